"""A list of ties: a row for each, of a survey or by itself."""

from __future__ import annotations

from datetime import date

import pytest
from offices import (
    EDGES,
    NETWORK,
    SCHOOL,
    count_advice,
    drop_line,
    list_answered,
    list_hints,
    list_ties,
    name_file,
    refuse,
    take,
)

SURVEY = EDGES + (
    'survey = { id = "s", relation = "advice", date = "2026-11-09", unit = "nord" }\n'
)
WEIGHTS = EDGES + 'columns.weight = "Tit"\n'


def test_ties() -> None:
    """Each row is a tie, by id or name; nought is none."""
    export = 'Fra,Til,Tit\np1,Bo Birk,2\n"Birk, Bo",p3,\np1,p4,0\n'
    assert list_ties(take(WEIGHTS, export, into=SCHOOL)) == [("p1", "p2", 2), ("p2", "p3", None)]


def test_attributes() -> None:
    """Days, subject and relation stand in columns of their own."""
    mapping = drop_line(EDGES, "every.relation") + (
        'columns.relation = "Slags"\nwords.relation = { "sparring" = "advice" }\n'
        'columns.subject = "Fag"\ncolumns.valid_to = "Til og med"\nfile.ends = "last day"\n'
    )
    export = (
        "Fra,Til,Slags,Fag,Til og med\np1,p2,Sparring,mathematics,2027-07-31\np1,p3,coaching,,\n"
    )
    ties = list(take(mapping, export, into=SCHOOL).ties)
    assert {(t.relation, t.subject, t.valid.end) for t in ties} == {
        ("advice", "mathematics", date(2027, 8, 1)),
        ("coaching", None, None),
    }
    faults = refuse(mapping, "Fra,Til,Slags,Fag,Til og med\np1,p2,snak,,\n", into=SCHOOL)
    assert list_hints(faults)[:1] == ["import.unknown_word"]


@pytest.mark.parametrize(
    ("row", "hint"),
    [(",p2", "cell.blank"), ("p1,", "cell.blank"), ("p1,Cai", "import.nobody")],
)
def test_half_a_tie(row: str, hint: str) -> None:
    """A tie without one of its ends, or with one that nobody is, is a fault."""
    assert list_hints(refuse(EDGES, f"Fra,Til\n{row}\n", into=SCHOOL)) == [hint]


def test_no_relation() -> None:
    """A tie of no relation is a fault."""
    faults = refuse(drop_line(EDGES, "every"), "Fra,Til\np1,p2\n", into=SCHOOL)
    assert list_hints(faults) == ["import.no_relation"]


@pytest.mark.parametrize(("rule", "weight"), [("first", 2), ("last", 3)])
def test_same_tie(rule: str, weight: float) -> None:
    """The same tie twice is asked about, and counted; the other way round is another one."""
    export = "Fra,Til,Tit\np1,p2,2\nAnne Ahorn,p2,3\np2,p1,1\n"
    assert list_hints(refuse(WEIGHTS, export, into=SCHOOL)) == ["import.same_tie"]
    organisation = take(WEIGHTS + f'repeated = "{rule}"\n', export, into=SCHOOL)
    assert list_ties(organisation) == [("p1", "p2", weight), ("p2", "p1", 1)]
    assert count_advice(organisation) == {"import.superseded": 1}


def test_self() -> None:
    """A tie to oneself is asked about; dropped it is counted."""
    export = "Fra,Til\np1,p1\np1,p2\n"
    assert list_hints(refuse(EDGES, export, into=SCHOOL)) == ["import.self"]
    organisation = take(EDGES + 'self = "drop"\n', export, into=SCHOOL)
    assert count_advice(organisation) == {"import.dropped_selves": 1}


def test_of_a_survey() -> None:
    """Ties of a survey bring who was asked, where the mapping says so."""
    export = "Fra,Til\np1,p2\np2,p1\n"
    assert not take(SURVEY, export, into=SCHOOL).responses
    organisation = take(SURVEY + 'asked = "staff"\n', export, into=SCHOOL)
    assert list_answered(organisation) == {"p1": True, "p2": True, "p3": False, "p4": False}
    assert {tie.survey for tie in organisation.ties} == {"s"}


def test_after_a_list_of_egos() -> None:
    """Ties of somebody who has not finished are asked about, or left out and counted."""
    egos = drop_line(NETWORK, "columns.named") + (
        'columns.answered = "Slut"\nwords.answered = { ja = true, nej = false }\n'
        'file.name = "ego.csv"\n'
    )
    edges = SURVEY.replace("schema_version = 1\n", "") + 'file.name = "edge.csv"\n'
    files = [("ego.csv", "Navn,Slut\np1,ja\np2,nej\n"), ("edge.csv", "Fra,Til\np1,p2\np2,p1\n")]

    def open_files() -> list[object]:
        return [name_file(*file) for file in files]

    assert list_hints(refuse(egos + edges, *open_files(), into=SCHOOL)) == ["import.half_tie"]
    organisation = take(egos + edges + 'half = "silent"\n', *open_files(), into=SCHOOL)
    assert list_ties(organisation) == [("p1", "p2", None)]
    assert count_advice(organisation) == {"import.silenced": 1}
