"""An exported survey, one row a respondent, added by a declared mapping."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from plfkit import Limits, Organisation, Person, SurveyMapping, Unit, add_survey, measures, snapshot
from plfkit.errors import InvalidDataError, LimitError, ProfileError
from plfkit.model.documents import structure_document

STAFF = Organisation.of(
    units=[Unit("s", "school")],
    persons=[
        Person("a", "Anna"),
        Person("b", "Bo"),
        Person("c", "Carl"),
        Person("d", "Bo"),
    ],
)
SURVEY = {"id": "q", "relation": "advice", "date": "2019-11-01"}
NAMES: dict[str, Any] = {"survey": SURVEY, "respondent": "id", "names": "advice_*"}
MARKS: dict[str, Any] = {
    "survey": SURVEY,
    "respondent": "id",
    "colleagues": "to_*",
    "marks": ["1", "x"],
}


def mapped(document: dict[str, Any]) -> SurveyMapping:
    """A mapping from what its file would hold."""
    return structure_document(document, SurveyMapping, "mapping.toml")


def added(tmp_path: Path, text: str, mapping: dict[str, Any]) -> Organisation:
    """The staff with the answers of an export."""
    export = tmp_path / "export.csv"
    export.write_text(text, encoding="utf-8")
    return add_survey(STAFF, export, mapped(mapping))


def ties(organisation: Organisation) -> list[tuple[str, str]]:
    """Who named whom."""
    return [(tie.source, tie.target) for tie in organisation.ties]


def answered(organisation: Organisation) -> dict[str, bool]:
    """Who was asked, and whether they answered."""
    return {row.person: row.answered for row in organisation.responses}


def test_columns_whose_cells_hold_names(tmp_path: Path) -> None:
    """Each cell names somebody; who has a row was asked, who has none was not."""
    text = "id,advice_1,advice_2\na,b,c\nb,,a\n"
    organisation = added(tmp_path, text, NAMES)
    assert ties(organisation) == [("a", "b"), ("a", "c"), ("b", "a")]
    assert answered(organisation) == {"a": True, "b": True}
    assert str(organisation.surveys[0].date) == "2019-11-01"


def test_a_column_for_each_colleague(tmp_path: Path) -> None:
    """A mark says that the colleague in the header was named; the rest of the header is their id."""
    mapping = {**MARKS, "unmarked": ["0"], "blank": "answered"}
    organisation = added(tmp_path, "id,to_a,to_b,to_c\na,,x,0\nb,1,,1\nc,,,\n", mapping)
    assert ties(organisation) == [("a", "b"), ("b", "a"), ("b", "c")]
    assert answered(organisation) == {"a": True, "b": True, "c": True}


BRACKETS: dict[str, Any] = {
    "survey": SURVEY,
    "respondent": "id",
    "ignore": ["time", "why?", "note[other]"],
}


@pytest.mark.parametrize(
    ("names", "header", "expected"),
    [
        ({"names": "to[*]"}, "to[1],to[2]", [("a", "b"), ("a", "c")]),
        ({"names": "who?*"}, "who? 1,who? 2", [("a", "b"), ("a", "c")]),
        ({"names": "t*", "ignore": ["t*e", "n*", "why?"]}, "to1,to2", [("a", "b"), ("a", "c")]),
        ({"names": "to 1", "ignore": ["t*", "note[*]", "why?"]}, "to 1,to 2", [("a", "b")]),
        ({"names": " to\xa01 ", "ignore": ["t*", "note[*]", "why?"]}, "to 1,to 2", [("a", "b")]),
    ],
)
def test_only_a_star_stands_for_anything(
    tmp_path: Path, names: dict[str, Any], header: str, expected: list[tuple[str, str]]
) -> None:
    """Brackets and question marks are plain; a title that is written out means itself."""
    text = f"id,time,why?,note[other],{header}\na,9,x,y,b,c\n"
    assert ties(added(tmp_path, text, {**BRACKETS, **names})) == expected


def test_a_question_mark_is_no_other_letter(tmp_path: Path) -> None:
    """What is not named in the mapping is refused, though one letter alone differs."""
    with pytest.raises(InvalidDataError, match="column number 2"):
        added(tmp_path, "id,why!,to1\na,x,b\n", {**BRACKETS, "names": "to*"})


def test_brackets_around_whose_column_it_is(tmp_path: Path) -> None:
    """As survey tools title a list of colleagues: question[answer]."""
    mapping = {**BRACKETS, "colleagues": "to[*]", "marks": ["Y"], "unmarked": ["N"]}
    text = "id,to[a],to[b],to[c],note[other]\na,,Y,N,x\nb,Y,,N,\n"
    assert ties(added(tmp_path, text, mapping)) == [("a", "b"), ("b", "a")]


def test_names_with_spaces(tmp_path: Path) -> None:
    """No-break spaces, two spaces and composed letters make no other name."""
    staff = Organisation.of(persons=[Person("a", "Åse Ås"), Person("b", "Bo  B")])
    (tmp_path / "export.csv").write_text("id,advice_1\n A\u030ase\xa0Ås,Bo B \n", encoding="utf-8")
    mapping = mapped({**NAMES, "people": "name"})
    assert ties(add_survey(staff, tmp_path / "export.csv", mapping)) == [("a", "b")]


def test_a_column_tells_who_answered(tmp_path: Path) -> None:
    """Somebody who named nobody and answered is told from somebody who did not answer."""
    mapping = {
        **NAMES,
        "answered": "Status",
        "answered_when": ["Gennemført"],
        "silent_when": ["Ikke svaret"],
        "ignore": ["Tid*"],
    }
    text = "id,advice_1,Status,Tidspunkt\na,b,Gennemført,9\nb,,Gennemført,\nc,,Ikke svaret,\n"
    organisation = added(tmp_path, text, mapping)
    assert answered(organisation) == {"a": True, "b": True, "c": False}
    density = measures.density(snapshot(organisation, "2019/20"), relation="advice").main
    assert density is not None
    assert (density.value, density.upper) == (1 / 4, 3 / 6)


def test_people_can_be_told_of_by_name(tmp_path: Path) -> None:
    """Names lead to ids where only one person has them."""
    organisation = added(tmp_path, "id,advice_1\nAnna,Carl\n", {**NAMES, "people": "name"})
    assert ties(organisation) == [("a", "c")]


def test_a_workbook_and_a_danish_file_are_read_alike(tmp_path: Path) -> None:
    """One sheet with numbers for ids, or a file in Windows' encoding: the mapping says how."""
    staff = Organisation.of(persons=[Person("1"), Person("2")])
    book = xlsxwriter.Workbook(tmp_path / "export.xlsx")
    sheet = book.add_worksheet("Svar")
    sheet.write_row(0, 0, ["id", "råd_1"])
    sheet.write_row(1, 0, [1, 2])
    book.close()
    (tmp_path / "export.csv").write_bytes("id;råd_1\r\n1;2\r\n".encode("cp1252"))
    mapping = {**NAMES, "names": "råd_*", "file": {"encoding": "cp1252", "delimiter": ";"}}
    found = [
        add_survey(staff, tmp_path / f"export.{end}", mapped(mapping)) for end in ("xlsx", "csv")
    ]
    assert ties(found[0]) == [("1", "2")]
    assert found[0] == found[1]


def test_answers_stand_beside_those_already_there(tmp_path: Path) -> None:
    """A second survey leaves the first as it was; the same one twice is refused."""
    once = added(tmp_path, "id,advice_1\na,b\n", NAMES)
    later = {**NAMES, "survey": {**SURVEY, "id": "r", "relation": "observation"}}
    export = tmp_path / "export.csv"
    twice = add_survey(once, export, mapped(later))
    assert [survey.id for survey in twice.surveys] == ["q", "r"]
    with pytest.raises(InvalidDataError, match="the survey is in the data already"):
        add_survey(once, export, mapped(NAMES))


@pytest.mark.parametrize(
    ("text", "mapping", "code", "place"),
    [
        ("id,advice_1\nx,b\n", NAMES, "unknown_name", "export.csv, row 2, column id"),
        ("id,advice_1\na,x\n", NAMES, "unknown_name", "export.csv, row 2, column advice_1"),
        ("id,advice_1\n,b\n", NAMES, "missing_value", "export.csv, row 2, column id"),
        ("id,advice_1\na,b\na,c\n", NAMES, "duplicate", "export.csv, row 3, column id"),
        ("id,advice_1\na,a\n", NAMES, "self_tie", "export.csv, row 2, column advice_1"),
        ("id,advice_1\na,b\nb,\n", NAMES, "ambiguous", "export.csv, row 3"),
        ("id,advice_1\na\n", NAMES, "row_width", "export.csv, row 2"),
        (
            "id,advice_1,age\na,b,44\n",
            NAMES,
            "unknown_column",
            "export.csv, row 1, column number 3",
        ),
        ("id,advice_1,id\na,b,b\n", NAMES, "duplicate_column", "export.csv, row 1, column id"),
        (
            "who,advice_1\na,b\n",
            {**NAMES, "ignore": ["who"]},
            "missing_column",
            "export.csv, row 1, column id",
        ),
        ("id,x\na,b\n", {**NAMES, "ignore": ["x"]}, "missing_column", "export.csv, row 1"),
        ("", NAMES, "empty_file", "export.csv, row 1"),
        ("id;advice_1\na;b\n", NAMES, "delimiter", "export.csv, row 1"),
        ('id,advice_1\na,"b\n', NAMES, "bad_csv", "export.csv, row 2"),
        ("id,to_b\na,maybe\n", MARKS, "unknown_mark", "export.csv, row 2, column number 2"),
        ("id,to_z\na,1\n", MARKS, "unknown_name", "export.csv, row 1, column number 2"),
        (
            "id,advice_1\nAnna,Bo\n",
            {**NAMES, "people": "name"},
            "unknown_name",
            "export.csv, row 2, column advice_1",
        ),
        (
            "id,advice_1,done\na,b,\n",
            {**NAMES, "answered": "done", "answered_when": ["yes"]},
            "ambiguous",
            "export.csv, row 2, column done",
        ),
        (
            "id,advice_1,done\na,,maybe\n",
            {**NAMES, "answered": "done", "answered_when": ["yes"], "silent_when": ["no"]},
            "unknown_mark",
            "export.csv, row 2, column done",
        ),
        (
            "id,advice_1,advice_2\na,b,c\n",
            {**NAMES, "survey": {**SURVEY, "max_ties": 1}},
            "too_many_ties",
            "export.csv, row 2, column id",
        ),
        (
            "id,advice_1\na,b\n",
            {**NAMES, "survey": {**SURVEY, "date": "1/11"}},
            "invalid_value",
            "export.csv",
        ),
        (
            "id,advice_1\na,b\n",
            {**NAMES, "survey": {**SURVEY, "relation": "advise"}},
            "unknown_kind",
            "mapping, column survey.relation",
        ),
    ],
)
def test_each_fault_has_its_place_in_the_export(
    tmp_path: Path, text: str, mapping: dict[str, Any], code: str, place: str
) -> None:
    """Whatever is wrong is told of at the cell of the export, and nobody's answer is guessed."""
    with pytest.raises(InvalidDataError) as caught:
        added(tmp_path, text, mapping)
    found = [(fault.code, str(fault.place)) for fault in caught.value.faults]
    assert any(c == code and p.startswith(place) for c, p in found), found


@pytest.mark.parametrize(
    ("document", "words"),
    [
        ({**NAMES, "names": None}, "names"),
        (
            {key: value for key, value in NAMES.items() if key != "names"},
            "either names or colleagues",
        ),
        ({**NAMES, "colleagues": "to_*"}, "either names or colleagues"),
        ({**MARKS, "colleagues": "to"}, "needs one"),
        ({**MARKS, "marks": []}, "needs one"),
        ({**NAMES, "answered": "Status"}, "belong together"),
        ({**NAMES, "people": "cpr"}, "one of id, name"),
        ({**NAMES, "blank": "maybe"}, "one of answered, silent"),
        ({**NAMES, "respondant": "id"}, "did you mean 'respondent'"),
        ({**NAMES, "file": {"delimiter": "|"}}, "delimiter"),
    ],
)
def test_a_mapping_that_does_not_say_enough_is_refused(
    document: dict[str, Any], words: str
) -> None:
    """The message has the key and what it takes."""
    with pytest.raises(ProfileError, match=words):
        mapped(document)


def test_a_mapping_is_read_from_its_file(tmp_path: Path) -> None:
    """A missing file, one that is no TOML and one that is give error, error and mapping."""
    file = tmp_path / "mapping.toml"
    with pytest.raises(ProfileError, match="cannot be read"):
        SurveyMapping.read(file)
    file.write_text("survey = [")
    with pytest.raises(ProfileError, match="no valid TOML"):
        SurveyMapping.read(file)
    file.write_text('respondent = "id"\nnames = "n*"\n[survey]\nid = "q"\nrelation = "advice"\n')
    assert SurveyMapping.read(file).survey.id == "q"


def test_large_export(tmp_path: Path) -> None:
    """Limits hold for exports too."""
    export = tmp_path / "export.csv"
    export.write_text("id,advice_1\na,b\n")
    for limits in (Limits(bytes=5), Limits(rows=1), Limits(columns=1)):
        with pytest.raises(LimitError):
            add_survey(STAFF, export, mapped(NAMES), limits=limits)


def test_export_encoding(tmp_path: Path) -> None:
    """The hint says where the export is declared, not how other files are."""
    export = tmp_path / "export.csv"
    export.write_bytes("id,advice_1,æ\na,b,\n".encode("cp1252"))
    with pytest.raises(InvalidDataError, match=r"under \[file\]"):
        add_survey(STAFF, export, mapped(NAMES))
