"""The template's sheet for a question that was asked on paper."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from templates import FILLED, faults_of, fill

from plfkit import Organisation, Response, Survey, Tie, read, snapshot
from plfkit.measures import density

DAY = date(2019, 3, 1)
STAFF: list[list[Any]] = [
    ["1", "Anne Marie Bo", "s", "Lærer"],
    ["2", "Åse Lund", "s", "Lærer"],
    ["3", "Ib Holm Dahl", "s", "Lærer"],
    ["4", "Kim Bo", "s", "Pædagog"],
    [5, "Kim  bo", "s", "Pædagog"],
]
ADVICE = "Faglig sparring (søger → søgt)"


def filled(path: Path, *rows: list[Any], titles: tuple[str, ...] = ()) -> Path:
    """Fill in a school of five, and what came back from them on paper."""
    sheets = {**FILLED, "Medarbejdere": STAFF, "Teammedlemmer": [], "Undersøgelse": [*rows]}
    fill(path / "t.xlsx", sheets)
    book = openpyxl.load_workbook(path / "t.xlsx")
    for number, title in enumerate(titles, 11):
        book["Undersøgelse"].cell(1, number).value = title
    book.save(path / "t.xlsx")
    return path / "t.xlsx"


def network(organisation: Organisation) -> tuple[list[Survey], list[Response], list[Tie]]:
    """What was asked of whom, and whom they named."""
    surveys = [survey for survey in organisation.surveys if survey.kind == "network"]
    return surveys, list(organisation.responses), list(organisation.ties)


def test_replies_on_paper(tmp_path: Path) -> None:
    """Whoever has a row was asked; one with names answered, and so did one that says yes."""
    path = filled(
        tmp_path,
        ["1", ADVICE, DAY, 5, None, "2", "3"],
        ["2", "advice", DAY, 5, "JA"],
        ["3", "faglig sparring (søger → søgt)", DAY, 5, "nej"],
        [5, ADVICE, DAY, 5, "ja", None, None, 1],
    )
    assert network(read(path)) == (
        [Survey("survey_advice_2019-03-01", "network", "advice", date=DAY, max_ties=5)],
        [
            Response("survey_advice_2019-03-01", person, answered=answered)
            for person, answered in (("1", True), ("2", True), ("3", False), ("5", True))
        ],
        [
            Tie(source, target, "advice", "survey_advice_2019-03-01")
            for source, target in (("1", "2"), ("1", "3"), ("5", "1"))
        ],
    )


def test_silence_is_not_taken_for_nobody(tmp_path: Path) -> None:
    """Of four who were asked one is silent, and one was not asked: the figure has a range."""
    replies = [[str(one), ADVICE, DAY, None, "ja"] for one in (1, 2, 4)]
    path = filled(tmp_path, *replies, ["3", ADVICE, DAY, None, "nej"])
    (row,) = density(snapshot(read(path), "2018/19"), relation="advice")
    assert row.value == 0
    assert (row.lower, row.upper) != (0, 0)


def test_several_questions(tmp_path: Path) -> None:
    """Each relation and each day is a survey; without a day there is one that has none."""
    path = filled(
        tmp_path,
        ["1", ADVICE, DAY, 2, "ja", "2"],
        ["1", "Samarbejde", DAY, None, "ja", "3"],
        ["1", ADVICE, date(2020, 3, 1), 3, "ja", "3"],
        ["1", ADVICE, None, None, "ja", "4"],
    )
    surveys, responses, ties = network(read(path))
    assert {(one.id, one.relation, one.date, one.max_ties) for one in surveys} == {
        ("survey_advice", "advice", None, None),
        ("survey_advice_2019-03-01", "advice", DAY, 2),
        ("survey_advice_2020-03-01", "advice", date(2020, 3, 1), 3),
        ("survey_collaboration_2019-03-01", "collaboration", DAY, None),
    }
    assert len(responses) == len(ties) == 4


@pytest.mark.parametrize(
    "name", ["Åse Lund", "åse  LUND", "Lund, Åse", "Lund Åse", "A\u030ase Lund"]
)
def test_names(tmp_path: Path, name: str) -> None:
    """Case, spacing, the form of accents and which name comes first do not matter."""
    (tie,) = read(filled(tmp_path, ["1", ADVICE, DAY, None, None, name])).ties
    assert tie.target == "2"


def test_first_and_last_names(tmp_path: Path) -> None:
    """Which of three names comes first does not matter, and a name with one less is nobody's."""
    for name in ("Dahl, Ib Holm", "Holm Dahl, Ib"):
        (tie,) = read(filled(tmp_path, ["1", ADVICE, DAY, None, None, name])).ties
        assert tie.target == "3"
    (fault,) = faults_of(filled(tmp_path, ["1", ADVICE, DAY, None, None, "Ib Dahl"]))
    assert fault.code == "dangling_reference"


def test_more_names_than_columns(tmp_path: Path) -> None:
    """Further columns are added with the next number."""
    path = filled(
        tmp_path,
        ["1", ADVICE, DAY, None, None, "2", None, None, None, None, "3", "4"],
        titles=("Navn 6", "navn 12"),
    )
    assert {tie.target for tie in read(path).ties} == {"2", "3", "4"}


FAULTS: list[tuple[list[Any], str, str, str]] = [
    ([None, ADVICE, DAY, None, "ja"], "missing_value", "Medarbejder", "her skal"),
    (["9", ADVICE, DAY, None, "ja"], "dangling_reference", "Medarbejder", "ingen i Medarbejdere"),
    (["Kim Bo", ADVICE, DAY, None, "ja"], "ambiguous", "Medarbejder", "2 personer"),
    (["1", "Sparing", DAY, None, "ja", "2"], "unknown_kind", "Spørgsmål", "kender ikke dette ord"),
    (["1", None, DAY, None, "ja", "2"], "missing_value", "Spørgsmål", ""),
    (["1", ADVICE, "snart", None, "ja"], "invalid_value", "Dato", "dato"),
    (["1", ADVICE, DAY, 0, "ja"], "out_of_range", "Plads til navne", "mindst 1"),
    (["1", ADVICE, DAY, 1, "ja", "2", "3"], "too_many_ties", "Plads til navne", "de 1"),
    (["1", ADVICE, DAY, None, "måske"], "invalid_value", "Har svaret", "ja eller nej"),
    (["1", ADVICE, DAY, None, None], "ambiguous", "Har svaret", "skriv ja"),
    (["1", ADVICE, DAY, None, "nej", "2"], "contradiction", "Har svaret", "nævner personer"),
    (["1", ADVICE, DAY, None, None, None, "x"], "dangling_reference", "Navn 2", "ingen i"),
    (["1", ADVICE, DAY, None, None, "2", "Lund, Åse"], "duplicate", "Navn 2", "to gange"),
    (["1", ADVICE, DAY, None, None, "2", "1"], "self_tie", "Navn 2", "sig selv"),
]
"""A row that is not in order, what is wrong, in which column, and a word of what mends it."""


@pytest.mark.parametrize(("row", "code", "column", "said"), FAULTS)
def test_each_fault_has_its_cell(
    tmp_path: Path, row: list[Any], code: str, column: str, said: str
) -> None:
    """One thing wrong is one fault, in the words of the sheet."""
    path = filled(tmp_path, ["4", ADVICE, None, None, "ja"], row)
    (fault,) = faults_of(path)
    assert (fault.code, str(fault.place)) == (code, f"Undersøgelse, row 3, column {column}")
    assert said in fault.remedy.say(language="da")


def test_one_row_each(tmp_path: Path) -> None:
    """A second row of the same person about the same question and day is a fault, and so is another room."""
    path = filled(
        tmp_path,
        ["1", ADVICE, DAY, 3, "ja", "2"],
        ["1", ADVICE, DAY, 3, "ja", "3"],
        ["2", ADVICE, DAY, 4, "ja", "3"],
    )
    assert [(fault.code, str(fault.place)) for fault in faults_of(path)] == [
        ("duplicate", "Undersøgelse, row 3, column Medarbejder"),
        ("contradiction", "Undersøgelse, row 4, column Plads til navne"),
    ]


def test_every_fault_at_once(tmp_path: Path) -> None:
    """Rows are judged in one pass, whatever is wrong with the others."""
    path = filled(tmp_path, *(row for row, *_ in FAULTS))
    assert len(faults_of(path)) >= len(FAULTS)


def test_without_people_nobody_is_named(tmp_path: Path) -> None:
    """Where the employees cannot be read, the names are not told one by one."""
    path = filled(tmp_path, ["1", ADVICE, DAY, None, "ja", "2"])
    book = openpyxl.load_workbook(path)
    book["Medarbejdere"]["A1"].value = "Nummer"
    book.save(path)
    of_paper = [fault for fault in faults_of(path) if fault.place.file == "Undersøgelse"]
    assert [fault.code for fault in of_paper] == ["missing_table"]


def test_questions_to_choose_from(tmp_path: Path) -> None:
    """The list has what people can be asked about, not what the registers say."""
    book = openpyxl.load_workbook(filled(tmp_path))
    (rule,) = (
        rule
        for rule in book["Undersøgelse"].data_validations.dataValidation
        if str(rule.sqref).startswith("B2")
    )
    sheet, cells = rule.formula1.split("!")
    words = {cell.value for (cell,) in book[sheet.strip("'")][cells.replace("$", "")]}
    assert ADVICE in words
    assert not any("nærmeste leder" in word for word in words)
