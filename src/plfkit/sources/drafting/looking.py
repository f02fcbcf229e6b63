"""A file of whatever kind, opened to be looked at: how it is written, and the rows of its sheets."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import islice
from typing import Any

from attrs import frozen

from plfkit.errors import Fault, InvalidDataError, Place
from plfkit.hints import Hint
from plfkit.sources.given import GivenFile
from plfkit.sources.limits import Limits
from plfkit.sources.mapping import normalise_words
from plfkit.sources.packages import look_into_package
from plfkit.sources.quoting import BrokenRow, split_rows
from plfkit.sources.sheets import NOTE, import_calamine

Row = Sequence[Any]
_PACKAGE = b"PK\x03\x04"
_MARKS = {b"\xef\xbb\xbf": "utf-8", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_SEPARATOR_LINE = re.compile(r'\A\s*"?sep=([,;\t])"?[ ,;\t]*(?:\r\n|\r|\n)', re.IGNORECASE)
_DELIMITERS = (",", ";", "\t")
_FIRST_ROWS = 200  # enough to see what stands between cells


@frozen
class SeenSheet:
    """The rows of a sheet, or of a file that is text.

    Attributes:
        name: What the sheet is called; None for a file that is text.
        rows: Its rows: a text for a cell that is text, None for one that is blank.
        first: The number of the first row in the file.
        has_faults: Whether cells in it have errors, or rows cannot be read.
    """

    name: str | None
    rows: Sequence[Row]
    first: int = 1
    has_faults: bool = False


@frozen
class SeenFile:
    """A file, and how it is written.

    Attributes:
        name: What it is called.
        encoding: The encoding of text; None for a workbook.
        delimiter: What stands between the cells of text.
        sheets: Its sheets that say anything.
    """

    name: str
    encoding: str | None
    delimiter: str
    sheets: tuple[SeenSheet, ...]


def look_at_file(file: GivenFile, limits: Limits) -> SeenFile:
    """Open a file, and find how it is written.

    Raises:
        InvalidDataError: It is neither text nor a workbook.
        LimitError: It is too large.
    """
    if file.data.startswith(_PACKAGE):
        return SeenFile(file.name, None, ",", tuple(_read_sheets(file, limits)))
    encoding, text = _decode_text_file(file)
    line = _SEPARATOR_LINE.match(text)
    delimiter = line[1] if line else _find_delimiter(text)
    above = 0 if line is None else 1
    broken: list[BrokenRow] = []
    rows = [
        [normalise_cell(cell) for cell in row]
        for row in split_rows(text[line.end() if line else 0 :], delimiter, broken)
    ]
    _hold_size(rows, file.name, limits)
    sheet = SeenSheet(None, rows, above + 1, bool(broken))
    return SeenFile(file.name, encoding, delimiter, (sheet,) if any(map(says, rows)) else ())


def normalise_cell(cell: Any) -> Any:
    """Return a cell as it is compared: text with plain space, None where it is blank."""
    if isinstance(cell, str):
        return normalise_words(cell) or None
    return cell


def says(row: Row) -> bool:
    """Tell whether a row says anything."""
    return any(cell is not None for cell in row)


def _hold_size(rows: Sequence[Row], name: str, limits: Limits) -> None:
    limits.hold("rows", len(rows), name)
    limits.hold("columns", max(map(len, rows), default=0), name)


def _decode_text_file(file: GivenFile) -> tuple[str, str]:
    """Return the encoding of a file that is text, and the text.

    A mark is proof; and text of another encoding is hardly ever UTF-8 by chance.
    """
    encoding = next((e for mark, e in _MARKS.items() if file.data.startswith(mark)), None)
    for candidate in (encoding,) if encoding else ("utf-8", "cp1252"):
        try:
            text = file.data.decode(candidate).lstrip("\ufeff")
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return candidate, text
    raise InvalidDataError([Fault("unreadable", Place(file.name), Hint("draft.no_table"))])


def _find_delimiter(text: str) -> str:
    """Return what stands between cells: what parts most rows into the same number of them."""
    head = list(islice(io.StringIO(text, newline=""), _FIRST_ROWS))
    return max(_DELIMITERS, key=lambda sign: _weigh_delimiter(head, sign))


def _weigh_delimiter(lines: Sequence[str], sign: str) -> int:
    """Return how many signs part rows of one width: a comma inside numbers parts few."""
    try:
        widths = Counter(len(row) for row in csv.reader(lines, delimiter=sign) if len(row) > 1)
    except csv.Error:
        return 0
    return max(((width - 1) * rows for width, rows in widths.items()), default=0)


def _read_sheets(file: GivenFile, limits: Limits) -> Iterator[SeenSheet]:
    calamine = import_calamine()
    package = look_into_package(file.data, file.name, limits)
    faulty = {fault.place.file for fault in package.faults}
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(file.data))
        for name in book.sheet_names:
            cells = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            rows = [[normalise_cell(cell) for cell in row] for row in cells]
            if not name.startswith(NOTE) and any(map(says, rows)):
                _hold_size(rows, file.name, limits)
                yield SeenSheet(name, rows, has_faults=name in faulty)
    except (calamine.CalamineError, ValueError, OverflowError) as error:
        hint = Hint("workbook.unreadable", error=type(error).__name__)
        raise InvalidDataError([Fault("bad_workbook", Place(file.name), hint)]) from error


def show_cell(cell: Any) -> str:
    """Return a cell as text: whole numbers as their digits, days as year-month-day."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime) and not (cell.hour or cell.minute or cell.second):
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date) else str(cell)
