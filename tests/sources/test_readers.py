"""Readers of formats of a municipality's own: which files they get, what they may give, whose fault it is."""

from __future__ import annotations

import io
import zipfile
from collections import UserDict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

import plfkit
from plfkit import Label
from plfkit.errors import Fault, InvalidDataError, LimitError, Place
from plfkit.profiles import GivenFile, Reader, TextRow
from plfkit.sources import find_data_language, find_profile_name

PAYROLL = "LON|enhed|stilling\nBB|north|Lærer\nCC|north|Skoleleder\n".encode("cp1252")


def read_payroll(file: GivenFile) -> Iterator[TextRow | Fault]:
    """Yield a person and a position for each line."""
    yield TextRow("units", 1, {"id": "north", "kind": "school"})
    for line, text in enumerate(file.data.decode("cp1252").splitlines()[1:], 2):
        cells = text.split("|")
        if len(cells) < 3:
            yield Fault("row_width", Place(file.name, line), "write three cells")
            continue
        yield TextRow("persons", line, {"id": cells[0]})
        more = dict(part.split("=") for part in cells[3:])
        position = {"person": cells[0], "unit": cells[1], "role": cells[2], **more}
        yield TextRow("positions", line, position)


def make(read: Callable[[GivenFile], Iterable[Any]] = read_payroll, **about: Any) -> Reader:
    """Make a reader of payroll exports."""
    known = {"name": "payroll", "label": Label("Lønudtræk", "Payroll export"), "read": read}
    return Reader(**{**known, "begins": b"LON|", **about})


def speak(*readers: Reader) -> plfkit.Profile:
    """Return a profile with readers."""
    return evolve(plfkit.load_profile("generic"), readers=readers)


def refuse(data: Any, *readers: Reader, **how: Any) -> tuple[Fault, ...]:
    """Read what cannot be read, and return its faults."""
    with pytest.raises(InvalidDataError) as caught:
        plfkit.read(data, profile=speak(*readers), **how)
    return caught.value.faults


def test_a_file_is_known_by_its_first_bytes(tmp_path: Path) -> None:
    """Whatever it is called, and however it is given; another file is refused as ever."""
    path = tmp_path / "export.anything"
    path.write_bytes(PAYROLL)
    for given in (path, str(path), PAYROLL, io.BytesIO(PAYROLL)):
        read = plfkit.read(given, profile=speak(make()))
        assert [(one.person, one.role) for one in read.positions] == [
            ("BB", "teacher"),
            ("CC", "principal"),
        ]
    other = tmp_path / "export.lon"
    other.write_bytes(b"something else")
    [fault] = refuse(other, make(suffixes=".lon"))
    assert fault.remedy.key == "kinds.unknown"
    assert [one.code for one in refuse(PAYROLL)] == ["unread_file"]


def test_a_file_is_known_by_its_name(tmp_path: Path) -> None:
    """Where a format has no first bytes of its own the suffix decides, however it is written."""
    path = tmp_path / "Export.LON"
    path.write_bytes(PAYROLL)
    by_name = make(begins=(), suffixes=(".lon", ".pay"))
    assert len(plfkit.read(path, profile=speak(by_name)).persons) == 2
    assert [one.code for one in refuse(PAYROLL, by_name)] == ["unread_file"]


def test_what_plfkit_reads_is_given_to_no_reader(example: Path, tmp_path: Path) -> None:
    """Folders, workbooks and broken workbooks are read, or refused, as without one."""

    def never(_file: GivenFile) -> list[TextRow]:
        raise AssertionError

    greedy = make(never, begins=(b"PK", b"i"), suffixes=".xlsx")
    native = plfkit.read(example)
    workbook = plfkit.write(native, tmp_path / "all.xlsx")
    assert plfkit.read(example, profile=speak(greedy)) == native
    assert plfkit.read(workbook, profile=speak(greedy)) == native
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"PK")
    assert refuse(broken, greedy) == refuse(broken)


def test_a_zip_file_may_be_of_a_reader(tmp_path: Path) -> None:
    """A packed export that is no workbook is given to its reader, and asked for no profile or language."""
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("staff.txt", PAYROLL)

    def unpack(file: GivenFile) -> Iterator[TextRow | Fault]:
        with zipfile.ZipFile(io.BytesIO(file.data)) as given:
            yield from read_payroll(GivenFile(file.name, given.read("staff.txt")))

    assert len(plfkit.read(path, profile=speak(make(unpack, begins=b"PK"))).persons) == 2
    assert find_profile_name(path) is None
    assert find_data_language(path) is None


def test_faults_stand_where_the_cells_do(tmp_path: Path) -> None:
    """The reader's own faults and those of its rows are told together, each with file, line and column."""
    path = tmp_path / "staff.dat"
    lines = [
        "LON|",
        "BB|north|Lærer|fte=halv",
        "CC|south|Skoleleder",
        "DD",
        "EE|north|tryllekunstner",
    ]
    path.write_bytes("\n".join(lines).encode("cp1252"))
    found = {(one.code, str(one.place)) for one in refuse(path, make())}
    assert found == {
        ("invalid_value", "staff.dat, row 2, column fte"),
        ("dangling_reference", "staff.dat, row 3, column unit"),
        ("row_width", "staff.dat, row 4"),
        ("unknown_kind", "staff.dat, row 5, column role"),
    }


def test_columns_that_a_table_does_not_have() -> None:
    """An unknown one is told of at the line that first has it, with the nearest; a missing one by name."""
    rows = [
        TextRow("persons", 3, {"id": "a"}),
        TextRow("persons", 4, {"id": "b", "nam": "Bo"}),
        TextRow("positions", 5, {"person": "a", "unit": "u"}),
    ]
    unknown, missing = sorted(refuse(PAYROLL, make(lambda _: rows)), key=lambda one: one.code)[::-1]
    assert (unknown.code, str(unknown.place)) == ("unknown_column", "data, row 4, column nam")
    assert 'did you mean "name"' in unknown.hint
    assert (missing.code, str(missing.place)) == ("missing_column", "data, column role")


def test_numbers_and_dates_are_written_as_declared() -> None:
    """What is declared of the file holds for its rows."""
    data = b"LON|\nBB|north|teacher|fte=0,5|valid_to=31-07-2019"
    read = plfkit.read(data, profile=speak(make()), decimal=",", dates="day-first", ends="last day")
    [position] = read.positions
    assert position.fte == 0.5
    assert str(position.valid.end) == "2019-08-01"


def fail(_file: GivenFile) -> list[TextRow]:
    """Fail as code does that meets a name where it wants a number."""
    return [TextRow("persons", int("Jens Hansen"), {})]


def test_a_reader_that_fails_is_named() -> None:
    """The fault says which reader, whose, where in it and what to do, and nothing that stood in a cell."""
    [fault] = refuse(PAYROLL, make(fail, owner="plfkit-randers 1.2"))
    assert (fault.code, fault.place.file) == ("bad_reader", "data")
    assert "Payroll export (of plfkit-randers 1.2)" in fault.hint
    assert "ValueError (test_readers.py, line " in fault.hint
    danish = fault.say(language="da", audience="page")
    assert "Lønudtræk (fra plfkit-randers 1.2)" in danish
    assert "giv forfatteren besked" in danish
    assert "Jens" not in fault.hint + danish
    assert "of the profile" in refuse(PAYROLL, make(fail))[0].hint


@pytest.mark.parametrize("error", [SystemExit(3), MemoryError(), RecursionError(), GeneratorExit()])
def test_whatever_a_reader_raises_is_a_fault(error: BaseException) -> None:
    """It ends neither the program nor the reading of others."""

    def end(_file: GivenFile) -> Iterator[TextRow]:
        yield TextRow("persons", 1, {"id": "a"})
        raise error

    assert [one.code for one in refuse(PAYROLL, make(end))] == ["bad_reader"]


def test_faults_that_a_reader_raises_are_told_as_they_are() -> None:
    """A reader that stands on plfkit's own may let its faults through; an interrupt is the user's."""

    def stand_on(file: GivenFile) -> Iterator[TextRow]:
        raise InvalidDataError([Fault("bad_csv", Place(file.name, 7), "close the quote")])

    def interrupt(_file: GivenFile) -> Iterator[TextRow]:
        raise KeyboardInterrupt

    assert [str(one.place) for one in refuse(PAYROLL, make(stand_on))] == ["data, row 7"]
    with pytest.raises(KeyboardInterrupt):
        plfkit.read(PAYROLL, profile=speak(make(interrupt)))


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (["BB"], "gave str, not a TextRow"),
        ([("persons", 1, {"id": "a"})], "gave tuple, not a TextRow"),
        (None, "TypeError"),
        ([TextRow("person", 1, {"id": "a"})], 'did you mean "persons"'),
        ([TextRow("persons", 0, {"id": "a"})], "lacks its line"),
        ([TextRow("persons", 1, {"id": 7})], "cells are no text"),  # type: ignore[dict-item] # refused
        ([TextRow("persons", 1, ["a"])], "cells are no text"),  # type: ignore[arg-type] # the same
        ([TextRow("persons", 10**30, {"id": "a"})], "lacks its line"),
        ([TextRow([], 1, {"id": "a"})], "a table that there is not"),  # type: ignore[arg-type] # too
    ],
)
def test_what_is_no_row_is_refused(given: Any, reason: str) -> None:
    """It is the reader's fault, and said to be."""
    [fault] = refuse(PAYROLL, make(lambda _: given))
    assert fault.code == "bad_reader"
    assert reason in fault.hint


class Unreadable(UserDict[str, str]):
    """A mapping that fails."""

    def __getitem__(self, key: str) -> str:
        raise SystemExit


AT_ONE = Place("pay", 1)


@pytest.mark.parametrize(
    "wrong",
    [
        Fault("odd", AT_ONE, "mend it"),  # type: ignore[arg-type] # each is refused
        Fault([], AT_ONE, "mend it"),  # type: ignore[arg-type]
        Fault("nothing", None, "mend it"),  # type: ignore[arg-type]
        Fault("nothing", Place("pay", "1"), "mend it"),  # type: ignore[arg-type]
        Fault("nothing", Place("pay", 10**30), "mend it"),
        Fault("nothing", Place(Path("pay")), "mend it"),  # type: ignore[arg-type]
        Fault("nothing", AT_ONE, "mend it", value=7),  # type: ignore[arg-type]
        Fault("nothing", AT_ONE, "mend it", nearest=7),  # type: ignore[arg-type]
    ],
)
@pytest.mark.parametrize("raising", [False, True])
def test_faults_that_are_none(wrong: Fault, *, raising: bool) -> None:
    """What no fault can be is the reader's fault, whether it yields or raises it; it ends nothing."""

    def find(_file: GivenFile) -> Iterator[Fault]:
        yield wrong
        error = InvalidDataError([])
        error.faults = (wrong,)
        raise error

    def stumble(file: GivenFile) -> Iterator[Fault]:
        _, *_ = find(file)
        yield wrong

    [fault] = refuse(PAYROLL, make(stumble if raising else find))
    assert fault.code == "bad_reader"
    assert "gave a fault with a code, a place or a hint that plfkit does not know" in fault.hint


def test_no_letter_of_a_fault_is_a_command() -> None:
    """What a reader says is one line: no terminal obeys it, and it does not speak as plfkit."""
    place = Place("p\x1b[31m", 1, "c\u202e")
    hint = "\x1b]0;mine\x07mend it\r\nplfkit: all is well"
    faults = refuse(PAYROLL, make(lambda _: [Fault("nothing", place, hint)]))
    said = [fault.say() for fault in faults]
    assert any("mend it" in one for one in said)
    assert all(one.isprintable() for one in said)


def test_what_a_reader_goes_on_with() -> None:
    """A mapping that it fills anew for each row gives each row its own; one that fails is its fault."""

    def reuse(_file: GivenFile) -> Iterator[TextRow]:
        yield TextRow("units", 1, {"id": "north", "kind": "school"})
        cells: dict[str, str | None] = {}
        for line, name in enumerate(("BB", "CC"), 2):
            cells["id"] = name
            yield TextRow("persons", line, cells)

    read = plfkit.read(PAYROLL, profile=speak(make(reuse)))
    assert [one.id for one in read.persons] == ["BB", "CC"]
    [fault] = refuse(PAYROLL, make(lambda _: [TextRow("persons", 1, UserDict({"id": 7}))]))  # type: ignore[dict-item]
    assert "cells are no text" in fault.hint
    [fault] = refuse(PAYROLL, make(lambda _: [TextRow("persons", 1, Unreadable(id="a"))]))
    assert "SystemExit" in fault.hint


def test_a_reader_that_finds_nobody() -> None:
    """Without persons there is no organisation: the fault says which table the reader did not give."""
    [fault] = refuse(PAYROLL, make(lambda _: []))
    assert fault.code == "missing_table"
    assert "gave no rows of persons" in fault.hint


def test_a_file_of_two_readers_is_refused() -> None:
    """Neither is trusted, and both are named."""
    [fault] = refuse(
        PAYROLL, make(), make(name="other", label=Label("Andet", "Other"), begins=b"L")
    )
    assert fault.code == "ambiguous"
    assert "Payroll export (of the profile) or Other (of the profile)" in fault.hint


def test_limits_hold_for_readers(tmp_path: Path) -> None:
    """Bytes before the reader is called; rows and columns while it yields, even without an end."""

    def never_end(_file: GivenFile) -> Iterator[TextRow]:
        while True:
            yield TextRow("persons", 1, {"id": "a"})

    def never_end_finding(_file: GivenFile) -> Iterator[Fault]:
        while True:
            yield Fault("nothing", AT_ONE, "mend it")

    path = tmp_path / "big.lon"
    path.write_bytes(PAYROLL)
    wide = [TextRow("persons", 1, {str(number): "" for number in range(20)})]
    for reader, limits in (
        (make(never_end), plfkit.Limits(rows=5_000)),
        (make(never_end_finding), plfkit.Limits(rows=5_000)),
        (make(lambda _: wide), plfkit.Limits(columns=19)),
        (make(never_end), plfkit.Limits(bytes=10)),
    ):
        with pytest.raises(LimitError):
            plfkit.read(path, profile=speak(reader), limits=limits)


@pytest.mark.parametrize(
    ("about", "error"),
    [
        ({"name": 7}, TypeError),
        ({"label": "Payroll"}, TypeError),
        ({"read": "payroll"}, TypeError),
        ({"begins": "LON|"}, TypeError),
        ({"suffixes": (b".lon",)}, TypeError),
    ],
)
def test_readers_are_of_the_right_types(about: dict[str, Any], error: type[Exception]) -> None:
    """A wrong one is refused where it is made, before any file is read."""
    with pytest.raises(error):
        make(**about)


def test_a_fault_in_both_languages() -> None:
    """A reader says what mends a fault as a label: each page has it in its own language."""

    def read(file: GivenFile) -> Iterator[TextRow | Fault]:
        yield TextRow("units", 1, {"id": "north", "kind": "school"})
        yield TextRow("persons", 1, {"id": "BB"})
        yield Fault("row_width", Place(file.name, 2), Label("hent den igen", "export it again"))

    [fault] = refuse(PAYROLL, make(read))
    assert "hent den igen" in fault.say(language="da")
    assert "export it again" in fault.say(language="en")
    assert fault.hint == "export it again"
