"""The workbook of the first week: made, filled in by hand, and read back."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from templates import FILLED, faults_of, fill

from plfkit import Organisation, Period, Profile, assess, read, write, write_template
from plfkit.errors import InvalidDataError, UnknownLanguageError
from plfkit.hints import Language
from plfkit.model.records.rows import (
    Answer,
    Community,
    Membership,
    Person,
    Position,
    Registration,
    Unit,
)
from plfkit.profiles import load_profile

SHEETS = (
    *("Enheder", "Medarbejdere", "Teams", "Teammedlemmer", "Selvvurdering"),
    *("Undersøgelse", "Fuldstændige lister"),
)


def test_filled_template(tmp_path: Path) -> None:
    """Danish words become kinds, a last day the day after, a self-assessment answers of the team."""
    organisation = read(fill(tmp_path / "skema.xlsx", FILLED))
    assert list(organisation.units) == [
        Unit("k", "municipality", "Kommunen"),
        Unit("s", "school", "Skolen", "k"),
    ]
    assert list(organisation.persons) == [Person("1042"), Person("bo", "Bo"), Person("chef")]
    year = Period(date(2018, 8, 1), date(2019, 8, 1))
    assert list(organisation.positions) == [
        Position("1042", "s", "reading_coach", 0.2),
        Position("1042", "s", "teacher", 0.8, "dansk", year),
        Position("bo", "s", "teacher"),
    ]
    assert list(organisation.communities) == [
        Community("t", "subject_team", "Dansk", "s", "læsning", charter=True),
        Community("u", "team", None, "s", charter=False),
    ]
    assert list(organisation.memberships) == [
        Membership("t", "1042", "member"),
        Membership("t", "bo"),
    ]
    assert not organisation.synthetic


def test_self_assessment(tmp_path: Path) -> None:
    """One survey a day, which says that its scale goes from 1 to 4."""
    organisation = read(fill(tmp_path / "skema.xlsx", FILLED))
    surveys = {s.id: s for s in organisation.surveys if s.id.startswith("self_assessment")}
    assert {name: (s.date, s.lowest, s.highest) for name, s in surveys.items()} == {
        "self_assessment_2018-10-01": (date(2018, 10, 1), 1, 4),
        "self_assessment_2019-03-01": (date(2019, 3, 1), 1, 4),
    }
    latest = {
        a.item: a.value for a in organisation.answers if a.survey == "self_assessment_2019-03-01"
    }
    assert latest == {
        "shared_values": 4,
        "pupil_learning_focus": 3,
        "deprivatised_practice": 1,
        "collaboration": 3,
    }


def test_weeks_between_meetings(tmp_path: Path) -> None:
    """Rhythm has a survey of its own, on the day of the team's latest self-assessment if any."""
    teams = [[*row[:-1], 26] for row in FILLED["Teams"]]
    organisation = read(fill(tmp_path / "skema.xlsx", {**FILLED, "Teams": teams}))
    rhythms = [s for s in organisation.surveys if s.id.startswith("rhythm")]
    assert {(s.id, s.date, s.lowest, s.highest) for s in rhythms} == {
        ("rhythm", None, None, None),
        ("rhythm_2019-03-01", date(2019, 3, 1), None, None),
    }
    told = [a for a in organisation.answers if a.item == "weeks_between_meetings"]
    assert told == [
        Answer("rhythm", None, "u", item="weeks_between_meetings", value=26),
        Answer("rhythm_2019-03-01", None, "t", item="weeks_between_meetings", value=26),
    ]


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_template_as_it_comes_is_an_example(tmp_path: Path, language: Language) -> None:
    """Its example rows are sound data that call themselves an example, in both languages."""
    organisation = read(write_template(tmp_path / "t.xlsx", language=language))
    assert organisation.synthetic
    assert (
        len(organisation.units) == len(organisation.persons) == len(organisation.communities) == 2
    )
    assert len(organisation.answers) == 12
    assert {position.role for position in organisation.positions} == {"teacher", "reading_coach"}


def test_the_lists_are_in_the_words_of_the_profile(tmp_path: Path) -> None:
    """A kind that a profile relabels is offered under its new name and read under both."""
    label = {"da": "Folkeskole", "en": "Primary school"}
    profile = Profile.from_document(
        {
            "schema_version": 1,
            "id": "p",
            "label": label,
            "vocabulary": {"unit_kinds": {"school": {"label": label}}},
        }
    )
    path = write_template(tmp_path / "t.xlsx", profile=profile)
    book = openpyxl.load_workbook(path)
    assert book["Enheder"]["C3"].value == "Folkeskole"
    book["Enheder"]["C2"].value = "Skole"
    book.save(path)
    assert {unit.kind for unit in read(path, profile=profile).units} == {"school"}


def test_a_template_goes_on_as_a_native_workbook(tmp_path: Path) -> None:
    """What was read from it is written and read back equal."""
    organisation = read(fill(tmp_path / "skema.xlsx", FILLED))
    assert read(write(organisation, tmp_path / "native.xlsx")) == organisation


def test_the_first_week_gives_the_first_figures(tmp_path: Path) -> None:
    """Anchoring and coverage compute on the workbook alone."""
    more = [["eva", None, "s", "Lærer"], ["ib", None, "s", "Pædagog"]]
    filled = {
        **FILLED,
        "Medarbejdere": FILLED["Medarbejdere"] + more,
        "Teammedlemmer": [*FILLED["Teammedlemmer"], ["t", "eva", None]],
    }
    organisation = read(fill(tmp_path / "skema.xlsx", filled))
    card = assess(organisation, load_profile("generic"), at="2018/19")
    figures = {outcome.id: outcome.figure for outcome in card.description}
    coverage, anchoring = figures["membership_coverage"], figures["level_anchoring"]
    assert coverage is not None
    assert (coverage.numerator, coverage.denominator) == (3, 4)
    assert anchoring is not None
    assert anchoring.value is not None


def put(sheet: str, cell: str, value: Any) -> Callable[[openpyxl.Workbook], None]:
    """Return what writes one cell."""

    def change(book: openpyxl.Workbook) -> None:
        book[sheet][cell].value = value

    return change


def drop(sheet: str) -> Callable[[openpyxl.Workbook], None]:
    """Return what removes a sheet."""

    def change(book: openpyxl.Workbook) -> None:
        del book[sheet]

    return change


CHANGES = [
    (put("Enheder", "C3", "Skoel"), "unknown_kind", "Enheder, row 3, column Type"),
    (put("Enheder", "D3", "x"), "dangling_reference", "Enheder, row 3, column Overenhed"),
    (put("Enheder", "A1", "Idd"), "unknown_column", "Enheder, row 1, column Idd"),
    (put("Enheder", "E4", "x"), "row_width", "Enheder, row 4"),
    (put("Medarbejdere", "A4", None), "missing_value", "Medarbejdere, row 4, column Id"),
    (put("Medarbejdere", "A4", 0.5), "invalid_value", "Medarbejdere, row 4, column Id"),
    (
        put("Medarbejdere", "D4", "Lærrer"),
        "unknown_kind",
        "Medarbejdere, row 4, column Stilling",
    ),
    (put("Medarbejdere", "E2", 80), "out_of_range", "Medarbejdere, row 2, column Andel"),
    (put("Medarbejdere", "E3", 0.3), "over_full_time", "Medarbejdere, row 2, column Andel"),
    (put("Medarbejdere", "G2", "1/8-18"), "invalid_value", "Medarbejdere, row 2, column Fra"),
    (put("Medarbejdere", "H2", "snart"), "invalid_value", "Medarbejdere, row 2, column Til"),
    (
        put("Medarbejdere", "H2", date(2017, 1, 1)),
        "reversed_interval",
        "Medarbejdere, row 2, column Til",
    ),
    (put("Teams", "F2", "måske"), "invalid_value", "Teams, row 2, column Teamkontrakt"),
    (put("Teams", "G2", -1), "out_of_range", "Teams, row 2, column Uger mellem møder"),
    (put("Teams", "G2", "hver uge"), "invalid_value", "Teams, row 2, column Uger mellem møder"),
    (put("Teams", "A3", "t"), "duplicate", "Teams, row 3, column Id"),
    (
        put("Teammedlemmer", "B3", "eva"),
        "dangling_reference",
        "Teammedlemmer, row 3, column Medarbejder",
    ),
    (
        put("Teammedlemmer", "C3", "Formand"),
        "unknown_kind",
        "Teammedlemmer, row 3, column Rolle",
    ),
    (
        put("Selvvurdering", "A3", "x"),
        "dangling_reference",
        "Selvvurdering, row 3, column Team",
    ),
    (put("Selvvurdering", "A3", None), "missing_value", "Selvvurdering, row 3, column Team"),
    (put("Selvvurdering", "B3", None), "missing_value", "Selvvurdering, row 3, column Dato"),
    (
        put("Selvvurdering", "C3", 5),
        "out_of_range",
        "Selvvurdering, row 3, column Fælles værdier og visioner",
    ),
    (
        put("Selvvurdering", "C3", "høj"),
        "invalid_value",
        "Selvvurdering, row 3, column Fælles værdier og visioner",
    ),
    (put("Selvvurdering", "B3", date(2018, 10, 1)), "duplicate", "Selvvurdering, row 3"),
    (drop("Medarbejdere"), "missing_table", "Medarbejdere"),
    (lambda book: book.create_sheet("Noter").append(["x"]), "unknown_table", "Noter"),
]
"""What is changed in a sound workbook, and the fault that follows, with its place."""


@pytest.mark.parametrize(("change", "code", "place"), CHANGES)
def test_each_fault_has_its_place_in_the_sheet(
    tmp_path: Path, change: Callable[[openpyxl.Workbook], None], code: str, place: str
) -> None:
    """One thing wrong gives a fault where somebody who fills in the sheet would look for it."""
    path = fill(tmp_path / "skema.xlsx", FILLED)
    book = openpyxl.load_workbook(path)
    change(book)
    book.save(path)
    found = [(fault.code, str(fault.place)) for fault in faults_of(path)]
    assert any(c == code and p.startswith(place) for c, p in found), found
    assert all(sheet in {*SHEETS, "Noter"} for sheet in {f.place.file for f in faults_of(path)})


def test_example_rows_that_were_left_in_are_refused(tmp_path: Path) -> None:
    """A mixture of examples and own rows is no data: each example row is named."""
    path = write_template(tmp_path / "t.xlsx")
    book = openpyxl.load_workbook(path)
    book["Medarbejdere"].append(["bo", None, "eksempel-skole", "Lærer"])
    for number, cell in enumerate(["bo", None, "eksempel-skole", "Lærer"], 1):
        book["Medarbejdere"].cell(4, number).value = cell
    book.save(path)
    found = [str(fault.place) for fault in faults_of(path) if fault.code == "example_row"]
    assert "Medarbejdere, row 2, column Id" in found
    assert len(found) == 13


def test_one_person_with_two_names_is_a_fault(tmp_path: Path) -> None:
    """The same id with another name is somebody else, or a slip."""
    rows = [["bo", "Bo", "s", "Lærer"], ["bo", "Ib", "s", "Læsevejleder"]]
    path = fill(tmp_path / "t.xlsx", {**FILLED, "Medarbejdere": rows, "Teammedlemmer": []})
    (fault,) = faults_of(path)
    assert (fault.code, str(fault.place)) == ("contradiction", "Medarbejdere, row 3, column Navn")


def test_only_danish_and_english_are_spoken(tmp_path: Path) -> None:
    """Another language is refused by name."""
    with pytest.raises(UnknownLanguageError, match="da or en"):
        write_template(tmp_path / "t.xlsx", language="de")  # type: ignore[call-overload] # what is refused


def test_the_template_is_the_same_bytes_each_time(tmp_path: Path) -> None:
    """It carries no clock."""
    first, second = (write_template(tmp_path / f"{n}.xlsx").read_bytes() for n in "ab")
    assert first == second


def test_distinct_headers(tmp_path: Path) -> None:
    """Sheets and columns are translated, all but what is the same word."""
    same = {"Id", "Type", "Team"}
    names = []
    for language in ("da", "en"):
        book = openpyxl.load_workbook(write_template(tmp_path / "t.xlsx", language=language))
        headers = {cell.value for name in book.sheetnames[2:-1] for cell in book[name][1]}
        names.append(({*book.sheetnames} - {"_lists", "plfkit", "Teams"}, headers - same))
    assert not names[0][0] & names[1][0]
    assert not names[0][1] & names[1][1]


def test_both_languages(tmp_path: Path) -> None:
    """The same rows in the English template are the same organisation."""
    translated = dict(
        zip(
            ("Units", "Employees", "Teams", "Team members", "Self-assessment"),
            FILLED.values(),
            strict=True,
        )
    )
    english = read(fill(tmp_path / "en.xlsx", translated, language="en"))
    assert isinstance(english, Organisation)
    assert english == read(fill(tmp_path / "da.xlsx", FILLED))


def header_slips() -> list[tuple[str, str, Callable[[openpyxl.Workbook], None], str]]:
    """Each slip in each sheet's header: a remark beside it, another column, a misspelt one."""
    slips = []
    first = {"E": "Id", "M": "Id", "F": "Enhed", "U": "Medarbejder"}
    for sheet in SHEETS:
        slips += [
            (sheet, "remark", put(sheet, "K3", "husk"), "row_width"),
            (sheet, "column", put(sheet, "I1", "Bemærkning"), "unknown_column"),
            (sheet, "misspelt", put(sheet, "A1", "Idt"), "unknown_column"),
            (
                sheet,
                "twice",
                put(sheet, "B1", first.get(sheet[0], "Team")),
                "duplicate_column",
            ),
        ]
    return [slip for slip in slips if slip[:2] != ("Teams", "twice")]


@pytest.mark.parametrize(("sheet", "slip", "change", "code"), header_slips())
def test_no_sheet_is_passed_over_for_its_header(
    tmp_path: Path, sheet: str, slip: str, change: Callable[[openpyxl.Workbook], None], code: str
) -> None:
    """Whatever is wrong beside or in a header is told of, in each sheet: nothing is left out."""
    path = fill(tmp_path / f"{slip}.xlsx", FILLED)
    book = openpyxl.load_workbook(path)
    change(book)
    book.save(path)
    assert (code, sheet) in [(fault.code, fault.place.file) for fault in faults_of(path)]


ENGLISH = (
    "all an and are as be but cell column correct did does else employees from give has is it "
    "its kind mean must name nobody nor not of one or persons positions read remove role row "
    "say sheet than that the there these this those unit units use value valid_from valid_to was "
    "with word write you yes"
)
"""Words of English hints that no Danish word is spelt like, and names of native tables and columns."""


@pytest.mark.parametrize(
    "change", [change for change, *_ in CHANGES] + [slip[2] for slip in header_slips()]
)
def test_danish_sheets_have_danish_hints(
    tmp_path: Path, change: Callable[[openpyxl.Workbook], None]
) -> None:
    """No English is left, no name of a native table or column, no option and no keyword."""
    path = fill(tmp_path / "skema.xlsx", FILLED)
    book = openpyxl.load_workbook(path)
    change(book)
    book.save(path)
    for fault in faults_of(path):
        said = fault.say(language="da", audience="page")
        assert not {*ENGLISH.split()} & set(re.findall(r"\w+", said.lower())), said
        assert not re.search(r"--\w|\w=\S", said)


@pytest.mark.parametrize("name", ["Enheder", "Teams"])
def test_hints_speak_of_sheets(tmp_path: Path, name: str) -> None:
    """A sheet that others refer to and that is gone is called by its own name."""
    path = fill(tmp_path / "t.xlsx", FILLED)
    book = openpyxl.load_workbook(path)
    del book[name]
    book.save(path)
    assert any(f"there are no rows of {name}" in fault.hint for fault in faults_of(path))


def test_the_template_keeps_the_words_it_is_in(tmp_path: Path) -> None:
    """Read without its profile it means what it did; another profile that lacks a word leads to it."""
    label = {"da": "Mentor", "en": "Mentor"}
    role = {"label": label, "level": "resource_persons"}
    profile = Profile.from_document(
        {"schema_version": 1, "id": "p", "label": label, "vocabulary": {"roles": {"mentor": role}}}
    )
    path = write_template(tmp_path / "t.xlsx", profile=profile)
    book = openpyxl.load_workbook(path)
    book["Medarbejdere"]["D2"].value = "Mentor"
    book.save(path)
    other = {"unit_kinds": {"school": {"label": label}}}
    stranger = Profile.from_document(
        {"schema_version": 1, "id": "q", "label": label, "vocabulary": other}
    )
    with pytest.raises(InvalidDataError, match="other words than these"):
        read(path, profile=stranger)
    assert read(path) == read(path, profile=profile)
    assert {position.role for position in read(path, profile=profile).positions} == {
        "mentor",
        "reading_coach",
    }


def test_a_formula_that_nobody_computed_is_a_fault(tmp_path: Path) -> None:
    """What openpyxl writes has formulas without values until Excel has opened it."""
    path = fill(tmp_path / "t.xlsx", FILLED)
    book = openpyxl.load_workbook(path)
    book["Medarbejdere"]["E2"].value = "=1/2"
    book.save(path)
    found = [(fault.code, str(fault.place)) for fault in faults_of(path)]
    assert ("uncomputed", "Medarbejdere, row 2, column E") in found


def test_an_empty_sheet_is_no_fault(tmp_path: Path) -> None:
    """Excel makes such sheets by itself."""
    path = fill(tmp_path / "t.xlsx", FILLED)
    book = openpyxl.load_workbook(path)
    book.create_sheet("Ark1")
    book.save(path)
    assert len(read(path).persons) == 3


@pytest.mark.parametrize(
    ("language", "sheet", "words"),
    [
        ("da", "Fuldstændige lister", ("Stillinger", "Medlemmer af teams", "ja", "Skoleledelse")),
        ("en", "Complete lists", ("Positions", "Members of teams", "yes", "School leadership")),
    ],
)
def test_lists_said_to_be_complete(
    tmp_path: Path, language: Language, sheet: str, words: tuple[str, str, str, str]
) -> None:
    """Lists in the reader's words become registrations; the last day that is covered is the last day."""
    positions, members, yes, level = words
    path = fill(tmp_path / "t.xlsx", {}, language=language)
    book = openpyxl.load_workbook(path)
    rows: dict[str, list[list[Any]]] = {
        book.sheetnames[2]: [["k", None, "municipality", None]],
        book.sheetnames[3]: [["bo", None, "k", "teacher", None, None, None, None]],
        sheet: [
            ["k", positions, level, yes, date(2018, 8, 1), date(2019, 7, 31)],
            ["k", members, None, yes, None, None],
        ],
    }
    year = Period(date(2018, 8, 1), date(2019, 8, 1))
    found = read(fill(tmp_path / "t.xlsx", rows, language=language)).registrations
    assert list(found) == [
        Registration("k", kind=None, of="memberships", complete=True),
        Registration("k", kind="school_leadership", of="positions", complete=True, valid=year),
    ]


def test_a_list_of_nothing_known_is_told_of(tmp_path: Path) -> None:
    """A list that there is none of, and a kind that it cannot be of, are faults of their cells."""
    rows = [
        ["s", "Elever", None, "ja", None, None],
        ["s", "Stillinger", "Fagteam", "ja", None, None],
    ]
    found = faults_of(fill(tmp_path / "t.xlsx", {**FILLED, "Fuldstændige lister": rows}))
    assert {(f.code, str(f.place)) for f in found} == {
        ("unknown_kind", "Fuldstændige lister, row 2, column Liste"),
        ("unknown_kind", "Fuldstændige lister, row 3, column Slags"),
    }
    of, kind = (fault.remedy.say(language="da") for fault in found)
    assert (
        ": brug en af Møder og besøg, Teams og fællesskaber, Medlemmer af teams, Stillinger" in of
    )
    assert kind.startswith("det er ikke noget, en liste over")


def test_a_value_that_is_refused_is_judged_once(tmp_path: Path) -> None:
    """What stands off the scale, and a second row for a day, is one fault each."""
    rows = [["t", date(2018, 10, 1), 5, 2, 2, 2, 2], ["t", date(2018, 10, 1), 1, 2, 2, 2, 2]]
    found = faults_of(fill(tmp_path / "t.xlsx", {**FILLED, "Selvvurdering": rows}))
    assert [fault.code for fault in found] == ["out_of_range", "duplicate"]
