"""The table of names: what names in files mean, as somebody decided it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from attrs import frozen

from plfkit.errors import Fault, InvalidDataError, Place
from plfkit.hints import Hint
from plfkit.sources.given import GivenFile, read_given_file
from plfkit.sources.importing.lists import list_text_rows, read_list
from plfkit.sources.importing.titles import fold_word, normalise_words
from plfkit.sources.limits import Limits
from plfkit.sources.saving import save_file

_WRITTEN, _PERSON = "written", "person"
_TITLES = (_WRITTEN, _PERSON, "rows", "nearest")


@frozen
class OpenName:
    """A name in a file that means nobody who is known, or several.

    Attributes:
        written: The name as it stands there.
        rows: The rows in which it stands, with the file they are of.
        nearest: The names that are most like it.
    """

    written: str
    rows: tuple[str, ...]
    nearest: tuple[str, ...] = ()


def list_open_names(faults: Iterable[Fault]) -> list[OpenName]:
    """Return the names that faults tell of, each once with its rows."""
    rows: dict[str, dict[str, None]] = {}
    nearest: dict[str, tuple[str, ...]] = {}
    for fault in faults:
        if fault.code == "unknown_name" and fault.value is not None:
            place = fault.place
            where = place.file if place.row is None else f"{place.file}: {place.row}"
            rows.setdefault(fault.value, {})[where] = None
            nearest[fault.value] = fault.nearest
    return [OpenName(name, tuple(where), nearest[name]) for name, where in rows.items()]


def read_names(given: GivenFile, limits: Limits) -> dict[str, str]:
    """Read what names mean: ids, or that they are nobody.

    Args:
        given: A table with the columns ``written`` and ``person``; others are for its reader.
        limits: How much is read.

    Raises:
        InvalidDataError: It has other columns, a name without a person, or one with two.
    """
    sheet = read_list(given, limits)
    rows, faults = list_text_rows(sheet), [*sheet.faults]
    titles = rows[0] if rows else []
    missing = [title for title in (_WRITTEN, _PERSON) if title not in titles]
    faults += [
        Fault("missing_column", Place(given.name, 1, title), Hint("import.names_columns"))
        for title in missing
    ]
    if missing:
        raise InvalidDataError(faults)
    known: dict[str, str] = {}
    for number, row in enumerate(rows[1:], 2):
        written, person = (_get_cell(row, titles.index(title)) for title in (_WRITTEN, _PERSON))
        place = Place(given.name, number, _PERSON)
        if not written:
            continue
        if not person:
            faults.append(Fault("missing_value", place, Hint("import.open_name"), written))
        elif known.setdefault(fold_word(written), person) != person:
            faults.append(Fault("contradiction", place, Hint("import.name_twice"), written))
    if faults:
        raise InvalidDataError(faults)
    return known


def _get_cell(row: Sequence[str], position: int) -> str:
    return normalise_words(row[position]) if position < len(row) else ""


def add_open_names(path: Path, names: Iterable[OpenName]) -> int:
    """Add open names to a table of names, below what stands there; nothing there is changed.

    Args:
        path: The table; it is made if there is none.
        names: The names. Those that stand there already are not added again.

    Returns:
        How many were added.

    Raises:
        StoreError: The table could not be written.
        InvalidDataError: It is none.
    """
    rows = _read_standing_rows(path)
    titles = rows[0] if rows else list(_TITLES)
    if _WRITTEN not in titles:
        fault = Fault("missing_column", Place(path.name, 1, _WRITTEN), Hint("import.names_columns"))
        raise InvalidDataError([fault])
    known = {fold_word(_get_cell(row, titles.index(_WRITTEN))) for row in rows[1:]}
    added = [name for name in names if fold_word(name.written) not in known]
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerows([*rows, *([] if rows else [titles])])
    writer.writerows(_fill_row(titles, _describe_name(name)) for name in added)
    # A mark and semicolons, so that a Danish Excel opens it as it is.
    save_file(path, text.getvalue().encode("utf-8-sig"))
    return len(added)


def _read_standing_rows(path: Path) -> list[Sequence[str]]:
    """Return what stands in a table of names; nothing if there is none."""
    if not path.is_file():
        return []
    sheet = read_list(read_given_file(path, Limits()), Limits())
    if sheet.faults:
        raise InvalidDataError(sheet.faults)
    return list_text_rows(sheet)


def _describe_name(name: OpenName) -> Mapping[str, str]:
    rows, nearest = "; ".join(name.rows), "; ".join(name.nearest)
    return {_WRITTEN: name.written, "rows": rows, "nearest": nearest}


def _fill_row(titles: Sequence[str], cells: Mapping[str, str]) -> list[str]:
    return [cells.get(title, "") for title in titles]
