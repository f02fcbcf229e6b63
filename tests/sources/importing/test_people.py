"""Whom a cell means: by id, by what else they are called, by name, and by nothing that is merely near."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from offices import NETWORK, SCHOOL, STAFF, list_hints, list_ties, name_file, refuse, take
from searching import search

from plfkit import Organisation, Person, Unit
from plfkit.sources.importing.people import People, split_name

LETTERS = st.text("abdeilnorsåæøéü", min_size=2, max_size=8).map(str.capitalize)
NAMES = st.lists(LETTERS, min_size=2, max_size=4, unique=True)


def know(*names: str) -> People:
    """Return people of these names, whose ids are numbers."""
    people = People()
    for number, name in enumerate(names, 1):
        people.add_person(f"{number:03}", name)
    return people


@search(100)
@given(parts=NAMES, turn=st.integers(1, 3), shape=st.sampled_from(["NFC", "NFD"]), data=st.data())
def test_same_name(parts: list[str], turn: int, shape: str, data: st.DataObject) -> None:
    """The last name first, case, spacing, a comma and the form of accents make no difference."""
    people = know(" ".join(parts))
    turned = [*parts[turn:], *parts[:turn]]
    sign = data.draw(st.sampled_from([" ", "  ", "\u00a0", ", ", " ,"]))
    written = turned[0] + sign + " ".join(turned[1:])
    cased = data.draw(st.sampled_from([written, written.upper(), written.lower()]))
    plain = unicodedata.normalize("NFC" if shape == "NFC" else "NFD", cased)
    assert people.find_people(plain) == {"001"}


@search(100)
@given(parts=NAMES, at=st.integers(0, 7), letter=st.sampled_from("abdeilnorsåæøéü"))
def test_changed_letter(parts: list[str], at: int, letter: str) -> None:
    """A name with another letter is another name."""
    name = " ".join(parts)
    changed = name[: at % len(name)] + letter + name[at % len(name) + 1 :]
    assume(split_name(changed) != split_name(name))
    assert not know(name).find_people(changed)
    assert not know(name).find_people(name[:-1])


@pytest.mark.parametrize(
    ("known", "written"),
    [
        ("Anne Marie Bøg", "Marie Anne Bøg"),
        ("Bodil Bøg", "Bodil B."),
        ("Bodil Bøg", "Bodil"),
        ("Bodil Bøg", "Bodil Boeg"),
        ("Aase Bøg", "Åse Bøg"),
        ("René Bøg", "Rene Bøg"),
        ("Bodil Bøg", "Bodil Bøg (vikar)"),
    ],
)
def test_nearly(known: str, written: str) -> None:
    """Nobody is found because a name is near; the nearest are there to choose from."""
    people = know(known)
    assert not people.find_people(written)
    assert people.find_nearest(written)[:1] in [(f"{known} (001)",), ()]


def test_namesakes() -> None:
    """A name that two have means both of them; either is found by id."""
    people = know("Bo Birk", "Birk, Bo")
    assert people.find_people("bo birk") == {"001", "002"}
    assert people.find_people("002") == {"002"}


def test_ids_by_case() -> None:
    """An id is found whatever its case; of two that differ in case alone each is itself."""
    people = People()
    people.add_person("AB", "Anne")
    assert people.find_people("ab") == {"AB"}
    people.add_person("ab", "Bo")
    assert people.find_people("ab") == {"ab"}
    assert people.find_people("Ab") == {"AB", "ab"}


def test_shared_address() -> None:
    """An address that two share is nobody's by itself."""
    staff = STAFF + 'columns.also = "Mail"\nfile.name = "staff.csv"\n'
    network = NETWORK.replace("schema_version = 1\n", "") + 'file.name = "net.csv"\n'
    list_ = "Nr,Navn,Stilling,Mail\n1,Anne,Lærer,kontor@x\n2,Bo,Lærer,kontor@x\n3,Cai,Lærer,c@x\n"
    files = [name_file("staff.csv", list_), name_file("net.csv", "Navn,Hvem 1\nC@X,kontor@x\n")]
    (fault,) = refuse(staff + network, *files)
    assert fault.remedy.key == "import.several_people"
    files = [name_file("staff.csv", list_), name_file("net.csv", "Navn,Hvem 1\nC@X,Bo\n")]
    assert list_ties(take(staff + network, *files)) == [("3", "2", None)]


def test_order_of_names() -> None:
    """An id comes before a name: somebody is called as another one's id."""
    organisation = Organisation.of(
        units=[Unit("nord", "school")], persons=[Person("Bo", "Cai"), Person("x", "Bo")]
    )
    assert list_ties(take(NETWORK, "Navn,Hvem 1\nx,Bo\n", into=organisation)) == [("x", "Bo", None)]


def test_each_row_told() -> None:
    """A name that nobody has is a fault wherever it stands, with the cell for whoever asks for it."""
    faults = refuse(NETWORK, "Navn,Hvem 1\nAnne Ahorn,Bo B\nBo Birk,Bo B\n", into=SCHOOL)
    assert list_hints(faults) == ["import.nobody"] * 2
    assert [fault.place.row for fault in faults] == [2, 3]
    assert faults[0].value == "Bo B"
    assert faults[0].nearest == ("Bo Birk (p2)",)
    assert "Bo B" not in faults[0].say(language="da")


def test_several_names_in_a_cell() -> None:
    """Where every part of a cell is somebody, it is asked what stands between names."""
    faults = refuse(NETWORK, "Navn,Hvem 1\nCilla Ceder,Anne Ahorn;Bo Birk;\n", into=SCHOOL)
    assert [fault.remedy.key for fault in faults] == ["import.several_names"]
    assert 'split.named = ";"' in faults[0].hint
    (fault,) = refuse(NETWORK, "Navn,Hvem 1\nCilla Ceder,Anne Ahorn;Bo B\n", into=SCHOOL)
    assert fault.remedy.key == "import.nobody"


def test_nearest_of_many() -> None:
    """Of very many people only those who share a part of the name are looked at."""
    people = People()
    for number in range(2_001):
        people.add_person(f"p{number}", f"Person{number} Nr{number}")
    people.add_person("x", "Anne Ahorn")
    assert people.find_nearest("Anne Ahron") == ("Anne Ahorn (x)",)
    assert people.find_nearest("Anna Ahron") == ()
