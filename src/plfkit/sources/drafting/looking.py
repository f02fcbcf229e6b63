"""A file of whatever kind, opened to be looked at: how it is written, and the rows of its sheets."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence
from itertools import islice
from typing import Any

from attrs import frozen

from plfkit.errors import Fault, InvalidDataError, Place
from plfkit.hints import Hint
from plfkit.sources.dialects import Dialect
from plfkit.sources.given import GivenFile
from plfkit.sources.importing.rawrows import RawSheet, read_raw_sheets
from plfkit.sources.importing.titles import normalise_words
from plfkit.sources.limits import Limits
from plfkit.sources.recognising import find_file_kind

Row = Sequence[Any]
_MARKS = {b"\xef\xbb\xbf": "utf-8", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_SEPARATOR_LINE = re.compile(r'\s*"?sep=([,;\t])', re.IGNORECASE)
_DELIMITERS = (",", ";", "\t")
_FIRST_ROWS = 200  # enough to see what stands between cells
_WINDOWS_LETTERS = re.compile(
    r"[\x00-\x7fæøåÆØÅäöüÄÖÜéèáÉÈÁëïçñß§½°«»…€"
    r"\xa0\xb4\xb7\u2013\u2014\u2018\u2019\u201c\u201d]*"
)


@frozen
class SeenSheet:
    """The rows of a sheet, or of a file that is text.

    Attributes:
        name: What the sheet is called; None for a file that is text.
        rows: Its rows from the first on: None for a cell that is blank.
        has_faults: Whether cells in it have errors, or rows cannot be read.
    """

    name: str | None
    rows: Sequence[Row]
    has_faults: bool = False

    @classmethod
    def of(cls, sheet: RawSheet) -> SeenSheet:
        """Return a sheet with the cells of its rows as they are compared."""
        known: dict[str, str | None] = {}
        rows = [tuple(_normalise_cell(cell, known) for cell in row) for row in sheet.rows]
        return cls(sheet.sheet, rows, bool(sheet.faults))


@frozen
class SeenFile:
    """A file, and how it is written.

    Attributes:
        name: What it is called.
        encoding: The encoding of text; None for a workbook.
        is_encoding_sure: Whether the text has no letters that would be odd in it.
        delimiter: What stands between the cells of text.
        sheets: Its sheets that say anything.
        has_sheets: Whether it has more of them than one, said or not.
    """

    name: str
    encoding: str | None
    is_encoding_sure: bool
    delimiter: str
    sheets: tuple[SeenSheet, ...]
    has_sheets: bool


def look_at_file(file: GivenFile, limits: Limits) -> SeenFile:
    """Open a file, and find how it is written.

    Raises:
        InvalidDataError: It is neither text nor a workbook.
        LimitError: It is too large.
    """
    is_text = find_file_kind(file) in {"table", "unknown"}
    encoding, text = _decode_text_file(file) if is_text else (None, "")
    delimiter = _find_delimiter(text)
    dialect = Dialect(encoding=encoding or "utf-8", delimiter=delimiter)  # type: ignore[arg-type]
    sheets = list(map(SeenSheet.of, read_raw_sheets(file, dialect, limits)))
    return SeenFile(
        name=file.name,
        encoding=encoding,
        is_encoding_sure=encoding != "cp1252" or _WINDOWS_LETTERS.fullmatch(text) is not None,
        delimiter=delimiter,
        sheets=tuple(sheet for sheet in sheets if any(map(has_cells, sheet.rows))),
        has_sheets=len(sheets) > 1,
    )


def has_cells(row: Row) -> bool:
    """Tell whether a row says anything."""
    return any(cell is not None for cell in row)


def _normalise_cell(cell: Any, known: dict[str, str | None]) -> Any:
    """Return a cell with plain space, None where it is blank; texts that come again are known."""
    if not isinstance(cell, str):
        return cell
    if cell not in known:
        known[cell] = normalise_words(cell) or None
    return known[cell]


def _decode_text_file(file: GivenFile) -> tuple[str, str]:
    """Return the encoding of a file that is text, and the text.

    A mark is proof; and text of another encoding is hardly ever UTF-8 by chance.
    """
    marked = next((e for mark, e in _MARKS.items() if file.data.startswith(mark)), None)
    for encoding in (marked,) if marked else ("utf-8", "cp1252"):
        try:
            text = file.data.decode(encoding).lstrip("\ufeff")
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return encoding, text
    raise InvalidDataError([Fault("unreadable", Place(file.name), Hint("draft.no_table"))])


def _find_delimiter(text: str) -> str:
    """Return what stands between cells: what parts most rows into the same number of them."""
    if told := _SEPARATOR_LINE.match(text):
        return told[1]
    head = list(islice(io.StringIO(text, newline=""), _FIRST_ROWS))
    return max(_DELIMITERS, key=lambda sign: _weigh_delimiter(head, sign))


def _weigh_delimiter(lines: Sequence[str], sign: str) -> int:
    """Return how many signs part rows of one width: a comma inside numbers parts few."""
    try:
        widths = Counter(len(row) for row in csv.reader(lines, delimiter=sign) if len(row) > 1)
    except csv.Error:
        return 0
    return max(((width - 1) * rows for width, rows in widths.items()), default=0)
