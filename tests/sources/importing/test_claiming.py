"""Which column says what: titles of a mapping against titles of a file."""

from __future__ import annotations

import pytest
from offices import (
    NETWORK,
    SCHOOL,
    STAFF,
    list_hints,
    list_ties,
    name_file,
    refuse,
    take,
    write_lines,
)

ANSWERED = ["Anne Ahorn", "Bo Birk"]


def ignore(*titles: str, mapping: str = NETWORK) -> str:
    """Return a mapping that ignores some titles."""
    return mapping.replace("[[take]]", f"[file]\nignore = {list(titles)}\n[[take]]")


@pytest.mark.parametrize(
    ("named", "ignored", "titles"),
    [
        ("Hvem *", [], ["Hvem 1"]),
        ("Hvem 1", ["Hvem *"], ["Hvem 1"]),
        ("Hvem *", ["H*"], ["Hvem 1"]),
        ("H*", ["Hvem har *"], ["Hvem 1"]),
        ("Hvem? [*]", [], ["Hvem? [1]"]),
        ("Hvem  søger\u00a0du", [], ["Hvem\nsøger  du "]),
        ("Ra\u030ad", [], ["Råd"]),
    ],
)
def test_title(named: str, ignored: list[str], titles: list[str]) -> None:
    """Only a star stands for anything; of two titles the one that says more wins."""
    mapping = ignore(*ignored).replace('"Hvem *"', f'"{named}"')
    cells = [f'"{title}"' for title in titles]
    export = write_lines(["Navn", *cells], ANSWERED)
    assert list_ties(take(mapping, export, into=SCHOOL)) == [("p1", "p2", None)]


def test_written_out_wins() -> None:
    """A title written out in one take is no pattern's of another."""
    second = NETWORK.replace("schema_version = 1\n", "").replace('"s"', '"t"')
    both = NETWORK + second.replace('"Hvem *"', '"Hvem 2"')
    organisation = take(both, "Navn,Hvem 1,Hvem 2\nAnne Ahorn,Bo Birk,Dan Drue\n", into=SCHOOL)
    assert [(tie.survey, tie.target) for tie in organisation.ties] == [("s", "p2"), ("t", "p4")]


def test_ignored_sooner() -> None:
    """A pattern to ignore that says more of a title wins over one that names it."""
    mapping = ignore("Hvem * bemærkning")
    export = "Navn,Hvem 1,Hvem 1 bemærkning\nAnne Ahorn,Bo Birk,ved ikke\n"
    assert list_ties(take(mapping, export, into=SCHOOL)) == [("p1", "p2", None)]


FAULTY = {
    "new column": ("Navn,Hvem 1,Nyt\nAnne Ahorn,Bo Birk,x\n", ["import.new_column"]),
    "untitled": ("Navn,,Hvem 1\nAnne Ahorn,x,Bo Birk\n", ["import.untitled_column"]),
    "case": ("navn,Hvem 1\nAnne Ahorn,Bo Birk\n", ["import.missing_title", "import.new_column"]),
    "missing": ("Hvem 1\nBo Birk\n", ["import.missing_title"]),
    "one sign": (
        "Navn,Hvem \nAnne Ahorn,Bo Birk\n",
        ["import.missing_title", "import.new_column"],
    ),
    "repeated": (
        "Navn,Hvem 1,Hvem 1\nAnne Ahorn,Bo Birk,Dan Drue\n",
        ["import.repeated_title"],
    ),
    "twice": (
        "Navn,Navn,Hvem 1\nAnne Ahorn,Bo Birk,Dan Drue\n",
        ["import.two_columns", "import.repeated_title"],
    ),
}


@pytest.mark.parametrize("name", FAULTY)
def test_fault(name: str) -> None:
    """What is new, gone, or there twice is a fault of the header, in both languages."""
    export, hints = FAULTY[name]
    faults = refuse(NETWORK, export, into=SCHOOL)
    assert list_hints(faults) == hints
    assert {fault.place.row for fault in faults} == {1}
    assert all(fault.say(language="da") != fault.say() for fault in faults)


def test_colleague_not_shown() -> None:
    """A title that may be a colleague's name is told of by its number."""
    faults = refuse(NETWORK, "Navn,Hvem 1,Bodil Bøg\nAnne Ahorn,Bo Birk,x\n", into=SCHOOL)
    assert "Bodil" not in faults[0].say()
    assert faults[0].value == "Bodil Bøg"


def test_two_patterns() -> None:
    """Two titles of one key that fit a column would count it twice."""
    mapping = NETWORK.replace('"Hvem *"', '["Hvem *", "H*"]')
    faults = refuse(mapping, "Navn,Hvem 1\nAnne Ahorn,Bo Birk\n", into=SCHOOL)
    assert list_hints(faults) == ["import.two_titles"]


def test_two_columns_fit() -> None:
    """Where one column is wanted, a title that fits two is a fault."""
    mapping = NETWORK.replace('"Navn"', '"N*"')
    faults = refuse(mapping, "Navn,Nr.,Hvem 1\nAnne Ahorn,1,Bo Birk\n", into=SCHOOL)
    assert list_hints(faults) == ["import.two_columns"]


def test_repeated_and_ignored() -> None:
    """Titles that repeat and are ignored do no harm."""
    export = "Navn,Hvem 1,Note,Note\nAnne Ahorn,Bo Birk,x,y\n"
    assert list_ties(take(ignore("Note"), export, into=SCHOOL))


def test_absent_ignored() -> None:
    """A title to ignore that is gone is told, and no fault."""
    organisation = take(ignore("Tid"), "Navn,Hvem 1\nAnne Ahorn,Bo Birk\n", into=SCHOOL)
    found = [(f.code, f.place.column) for f in organisation.advice]
    assert ("missing_column", "Tid") in found


def test_joined_columns() -> None:
    """Several titles where one cell is wanted are joined in their order."""
    mapping = STAFF.replace('"Navn"', '["Fornavn", "Efternavn"]')
    organisation = take(mapping, "Nr,Efternavn,Fornavn,Stilling\n1,Bøg,Bodil,Lærer\n")
    assert organisation.persons[0].name == "Bodil Bøg"


def test_files() -> None:
    """Which of several files is meant is said; one that nothing is taken from is told."""
    export = "Navn,Hvem 1\nAnne Ahorn,Bo Birk\n"
    named = NETWORK.replace("[[take]]", "[file]\nname = 'svar*.csv'\n[[take]]")
    files = [name_file("svar 2026.csv", export), name_file("andet.csv", "x\n1\n")]
    organisation = take(named, *files, into=SCHOOL)
    assert ("unread_file", "andet.csv") in [(f.code, f.place.file) for f in organisation.advice]
    for mapping, hint in ((NETWORK, "several_files"), (named, "no_file_named")):
        wrong = [name_file("a.csv", export), name_file("b.csv", export)]
        assert list_hints(refuse(mapping, *wrong, into=SCHOOL)) == [f"import.{hint}"]


def test_repeated_and_taken() -> None:
    """A title that repeats is a fault where something is taken from it, whatever is ignored beside."""
    mapping = ignore("H*").replace('"Hvem *"', '"Hvem 1"')
    faults = refuse(mapping, "Navn,Hvem 1,Hvem 1\np1,p2,p3\n", into=SCHOOL)
    assert list_hints(faults) == ["import.repeated_title"]


def test_no_column_to_choose_by() -> None:
    """Rows are chosen by a column that is there: one that is not is asked about, with the nearest."""
    mapping = NETWORK + 'only.Status = { "Aktiv" = true }\n'
    faults = refuse(mapping, "Navn,Hvem 1,Statuss\nAnne Ahorn,Bo Birk,Aktiv\n", into=SCHOOL)
    (missing,) = (fault for fault in faults if fault.code == "missing_column")
    assert missing.place.column == "Status"
    assert "Statuss" in missing.hint
