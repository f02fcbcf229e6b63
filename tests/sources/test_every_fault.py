"""One fault of every kind, in a folder and in a workbook: the same places, and hints that mend."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
import xlsxwriter

from plfkit import read
from plfkit.errors import Fault, InvalidDataError, Place, group_faults
from plfkit.hints import AUDIENCES, LANGUAGES, Audience
from plfkit.model.records.rows import NATIVE_ROWS

EXPECTED = """
units 3 kind unknown_kind
units 4 parent cycle
persons 3 valid_from invalid_value
persons 5 id duplicate
persons 6 id invalid_value
positions 3 fte over_full_time
positions 4 fte out_of_range
positions 4 role unknown_kind
positions 5 role unknown_kind
positions 6 unit outside
positions 7 person dangling_reference
communities 2 charter invalid_value
communities 3 focus dangling_reference
communities 3 valid_to reversed_interval
memberships 2 community outside
memberships 4 - overlap
surveys 3 relation contradiction
surveys 4 relation missing_value
responses 4 answered invalid_value
answers 2 respondent linked_respondent
answers 3 respondent missing_value
answers 4 survey wrong_survey
answers 4 value invalid_value
ties 2 source too_many_ties
ties 2 target self_tie
ties 4 source not_answered
ties 5 source dangling_reference
ties 5 source not_asked
ties 6 survey wrong_survey
events 2 community outside
events 2 headcount contradiction
events 3 hours out_of_range
events 3 kind unknown_kind
participations 4 event dangling_reference
registrations 3 - overlap
qualifications 3 kind missing_value
focuses 2 parent cycle
pathways 2 target self_pathway
pathways 3 pupils invalid_value
outcomes 2 n missing_value
outcomes 3 value invalid_value
"""


@pytest.fixture
def folder(root: Path) -> Path:
    """The faulty example."""
    return root / "docs/examples/faulty_municipality"


@pytest.fixture
def workbook(folder: Path, tmp_path: Path) -> Path:
    """The same cells as sheets of one workbook."""
    book = xlsxwriter.Workbook(tmp_path / "faulty.xlsx", {"strings_to_numbers": False})
    for name in NATIVE_ROWS:
        sheet = book.add_worksheet(name)
        with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
            for number, row in enumerate(csv.reader(stream)):
                for column, cell in enumerate(row):
                    sheet.write_string(number, column, cell)
    book.close()
    return tmp_path / "faulty.xlsx"


def faults_of(path: Path) -> tuple[Fault, ...]:
    """Read what must not be accepted."""
    with pytest.raises(InvalidDataError) as caught:
        read(path)
    return caught.value.faults


def listed(faults: tuple[Fault, ...], suffix: str = "") -> list[str]:
    """Table, row, column and code of each fault."""
    return [
        f"{f.place.file.removesuffix(suffix)} {f.place.row} {f.place.column or '-'} {f.code}"
        for f in faults
    ]


def expected() -> list[str]:
    """All faults but those that an unreadable row of persons hides."""
    hidden = {"positions 7 person dangling_reference", "ties 5 source dangling_reference"}
    return [line for line in EXPECTED.strip().splitlines() if line not in hidden]


def test_a_folder_gives_every_fault_where_it_stands(folder: Path) -> None:
    """Each kind of fault is found at file, row and column, in the order of mending."""
    assert listed(faults_of(folder), ".csv") == expected()


def test_faults_of_a_workbook(folder: Path, workbook: Path) -> None:
    """The format makes no difference to what is found; hints of sheets may have more to say."""
    faults = faults_of(workbook)
    assert listed(faults) == expected()
    for fault, other in zip(faults, faults_of(folder), strict=True):
        assert fault.hint.startswith(other.hint)


def test_dangling_references(folder: Path, tmp_path: Path) -> None:
    """When the one unreadable id is mended, references that dangle show."""
    for file in folder.glob("*.csv"):
        text = file.read_text(encoding="utf-8").replace("010170-1234", "ek-4")
        (tmp_path / file.name).write_text(text, encoding="utf-8")
    found = listed(faults_of(tmp_path), ".csv")
    mended = "persons 6 id invalid_value"
    assert found == [line for line in EXPECTED.strip().splitlines() if line != mended]


def test_no_hint_tells_what_a_cell_holds(folder: Path) -> None:
    """Ids of people stand in no message; they are there for those who ask."""
    faults = faults_of(folder)
    told = " ".join(str(fault) for fault in faults)
    assert "ek-" not in told
    assert "010170" not in told
    assert "ek-3" in {fault.value for fault in faults}


@pytest.mark.parametrize("audience", AUDIENCES)
def test_every_fault_is_said_in_both_languages(
    folder: Path, workbook: Path, audience: Audience
) -> None:
    """Danish differs from English wherever there are words, and a page has no code, option or keyword."""
    for fault in (*faults_of(folder), *faults_of(workbook)):
        danish, english = (fault.say(language=one, audience=audience) for one in LANGUAGES)
        assert "kolonne" in danish or fault.place.column is None
        assert not {"the", "this", "these", "write", "give"} & set(re.findall(r"\w+", danish))
        assert fault.remedy.say(language="da") != fault.remedy.say(language="en")
        assert (audience == "page") == (f"[{fault.code}]" not in english)
        assert audience != "page" or not re.search(r"--\w|\w=\S", danish + english)


def test_faults_of_one_kind_are_listed_together(tmp_path: Path) -> None:
    """Many cells with one fault are one line, and every row stands in it."""
    days = "\n".join(f"p{n},yesterday" for n in range(40))
    (tmp_path / "persons.csv").write_text(f"id,valid_from\n{days}\n")
    faults = faults_of(tmp_path)
    assert len(faults) == 40
    (group,) = group_faults(faults)
    assert str(group).startswith("persons.csv, rows 2–41, column valid_from: write the date")


def test_unknown_titles_are_a_line_each(tmp_path: Path) -> None:
    """Different titles without a near one are not lumped: each has its own rows."""
    titles = ["Teamleder", "Psykolog", "Teamleder", "Teamleder", "Lærer", "Praktikant"]
    people = "".join(f"p{n}\n" for n in range(6))
    positions = "".join(f"p{n},s,{title}\n" for n, title in enumerate(titles))
    (tmp_path / "persons.csv").write_text(f"id\n{people}")
    (tmp_path / "units.csv").write_text("id,kind\ns,school\n")
    (tmp_path / "positions.csv").write_text(f"person,unit,role\n{positions}", encoding="utf-8")
    groups = group_faults(faults_of(tmp_path))
    assert [group.faults[0].value for group in groups] == ["Teamleder", "Psykolog", "Praktikant"]
    assert [str(group).partition(", column")[0] for group in groups] == [
        "positions.csv, rows 2, 4–5",
        "positions.csv, row 3",
        "positions.csv, row 7",
    ]


def test_rows_are_listed_in_runs_as_far_as_a_line_goes() -> None:
    """Every row can be found: in the line, or where it says that all are listed."""
    rows = [3, 4, 5, 7, 9, 10]
    (group,) = group_faults(Fault("unreadable", Place("f", row), "mend it") for row in rows)
    assert str(group) == "f, rows 3–5, 7, 9–10: mend it [unreadable]"
    (group,) = group_faults(
        Fault("unreadable", Place("f", row), "mend it") for row in range(2, 5000, 2)
    )
    assert ", 100 and 2,449 more (faults holds each): mend" in str(group)
    told = group.say(audience="command_line")
    assert ", 100 and 2,449 more (plfkit check --format json lists each): mend" in told
    assert "rækkerne 2, 4, 6" in group.say(language="da")
