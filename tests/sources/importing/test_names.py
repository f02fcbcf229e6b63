"""The table of names: what somebody decided, and what is still open."""

from __future__ import annotations

from pathlib import Path

import pytest
from offices import (
    NETWORK,
    SCHOOL,
    STAFF,
    count_advice,
    list_answered,
    list_hints,
    list_ties,
    name_file,
    refuse,
    take,
)

from plfkit import Limits, Organisation
from plfkit.errors import Fault, InvalidDataError
from plfkit.sources.given import GivenFile
from plfkit.sources.importing.names import OpenName, add_open_names, list_open_names, read_names

NAMED = "names = 'names.csv'\n" + NETWORK
EXPORT = "Navn,Hvem 1,Hvem 2\nAnne Ahorn,Bo fra 5.b,min søster\n"


def decide(names: str, mapping: str = NAMED, export: str = EXPORT) -> Organisation:
    """Import an export with a table of names."""
    return take(mapping, export, name_file("names.csv", names), into=SCHOOL)


def refuse_names(names: str, mapping: str = NAMED, export: str = EXPORT) -> list[Fault]:
    """Import what a table of names keeps from being accepted."""
    return refuse(mapping, export, name_file("names.csv", names), into=SCHOOL)


@pytest.mark.parametrize("sign", [",", ";"])
def test_decided(sign: str) -> None:
    """A name means the person who was written beside it, or nobody, who is counted."""
    names = "\ufeffrows,written,person\n2,BO  FRA 5.b,p2\n2,min søster,nobody\n,,\n"
    organisation = decide(names.replace(",", sign))
    assert list_ties(organisation) == [("p1", "p2", None)]
    assert count_advice(organisation) == {"import.nobodies": 1}


def test_nobody_answers() -> None:
    """The row of a respondent who is nobody is left out, and counted."""
    organisation = decide(
        "written,person\nprøve,nobody\n", export="Navn,Hvem 1\nprøve,Bo Birk\np1,p2\n"
    )
    assert list_answered(organisation) == {"p1": True}
    assert count_advice(organisation) == {"import.nobodies": 1}


@pytest.mark.parametrize(
    ("names", "hint"),
    [
        ("written,person\nBo fra 5.b,\nmin søster,nobody\n", "import.open_name"),
        ("written,person\nBo fra 5.b,p2\nbo fra 5.B,p3\n", "import.name_twice"),
        ("written,who\nBo fra 5.b,p2\n", "import.names_columns"),
        ("", "import.names_columns"),
        ("written,person\nBo fra 5.b,p9\nmin søster,nobody\n", "import.decided_nowhere"),
        ("written,person\nBo fra 5.b,Nobody\nmin søster,nobody\n", "import.decided_nowhere"),
    ],
)
def test_undecided(names: str, hint: str) -> None:
    """A blank, a contradiction, another column or an id that nobody has is a fault."""
    assert hint in list_hints(refuse_names(names))


def test_second_id() -> None:
    """In a staff list a text may be a second id of somebody who is in the list, in any order."""
    mapping = "names = 'names.csv'\n" + STAFF
    names = "written,person\n00211,00111\n"
    for rows in ("00211,Bo,Skoleleder\n00111,Bo,Lærer\n", "00111,Bo,Lærer\n00211,Bo,Skoleleder\n"):
        organisation = take(mapping, "Nr,Navn,Stilling\n" + rows, name_file("names.csv", names))
        assert [person.id for person in organisation.persons] == ["00111"]
        assert len(organisation.positions) == 2


@pytest.mark.parametrize("person", ["00112", "Nobody", "00 111"])
def test_id_made_of_a_slip(person: str) -> None:
    """An id in the table that is in no list makes no new person."""
    mapping = "names = 'names.csv'\n" + STAFF
    names = name_file("names.csv", f"written,person\n00211,{person}\n")
    export = "Nr,Navn,Stilling\n00211,Bo,Skoleleder\n00111,Bo,Lærer\n"
    assert list_hints(refuse(mapping, export, names)) == ["import.decided_nowhere"]


def test_before_names() -> None:
    """What was decided comes before an id and before a name that is found."""
    organisation = decide(
        "written,person\nBo Birk,p3\np4,p3\n", export="Navn,Hvem 1\np1,Bo Birk\np2,p4\n"
    )
    assert {tie.target for tie in organisation.ties} == {"p3"}


def test_list_not_there() -> None:
    """A table that the mapping names must be given, or stand beside the mapping."""
    assert list_hints(refuse(NAMED, EXPORT, into=SCHOOL)) == ["import.list_not_given"]


def test_add_open_names(tmp_path: Path) -> None:
    """Open names are added below what stands there, in a table that a Danish Excel opens as it is."""
    path = tmp_path / "names.csv"
    faults = refuse(NETWORK, "Navn,Hvem 1\nAnne Ahorn,Bo B\nBo B,Cai\n", into=SCHOOL)
    names = list_open_names(faults)
    assert [(n.written, n.rows) for n in names] == [
        ("Bo B", ("data: 2", "data: 3")),
        ("Cai", ("data: 3",)),
    ]
    assert add_open_names(path, names[:1]) == 1
    first = path.read_text("utf-8-sig")
    assert path.read_bytes().startswith(b"\xef\xbb\xbfwritten;person;")
    decided = first.replace("Bo B;;", "Bo B;p2;").replace("nearest\n", "nearest;note\n")
    path.write_text(decided, "cp1252")  # as Excel may save it
    assert add_open_names(path, names) == 1
    lines = path.read_text("utf-8-sig").splitlines()
    assert lines[:-1] == decided.splitlines()
    assert lines[-1].startswith("Cai;;")
    assert add_open_names(path, names) == 0
    with pytest.raises(InvalidDataError):
        read_names(GivenFile("names.csv", path.read_bytes()), Limits())


@pytest.mark.parametrize("before", ["a,b\n1,2\n", 'written,person\n"x" y,z\n'])
def test_no_table_of_names(tmp_path: Path, before: str) -> None:
    """A file that is no table of names is left as it is."""
    path = tmp_path / "names.csv"
    path.write_text(before)
    with pytest.raises(InvalidDataError):
        add_open_names(path, [OpenName("Cai", ("f: 2",))])
    assert path.read_text() == before
