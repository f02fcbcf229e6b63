"""CSV text into the cells of one table, with a fault for whatever is no table."""

from __future__ import annotations

import csv
import gc
import io
from array import array
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice

import numpy as np

from plfkit.errors import Fault, Place
from plfkit.sources.cells import Coder, RawTable, header_faults
from plfkit.sources.dialects import Dialect
from plfkit.sources.limits import Limits

_BLOCK = 512  # rows that, with their cells, fit in a processor's cache
_MARK = b"\xef\xbb\xbf"
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")
_SEPARATORS = {";": "semicolons", ",": "commas", "\\t": "tabs"}


def read_csv(data: bytes, file: str, part: type, dialect: Dialect, limits: Limits) -> RawTable:
    """Read one table.

    Args:
        data: The file's bytes, with a header in row 1.
        file: What the file is called in faults.
        part: The part that each row is.
        dialect: How the file is written.
        limits: How much of it is read.
    """
    text = decode(data, file, dialect)
    if isinstance(text, Fault):
        return RawTable(file=file, faults=[text])
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=dialect.delimiter, strict=True)
    faults: list[Fault] = []
    header = _header(reader, file, part, dialect, limits, faults)
    if faults:
        return RawTable(file=file, faults=faults)
    coders = {name: Coder() for name in header}
    rows = array("q")
    with _without_collection():
        for numbers, block in _blocks(reader, len(header), file, faults):
            rows.extend(numbers)
            limits.hold("rows", len(rows), file)
            for coder, cells in zip(coders.values(), zip(*block, strict=True), strict=True):
                coder.extend(cells)
    columns = {name: coder.coded() for name, coder in coders.items()}
    return RawTable(file=file, columns=columns, rows=np.array(rows, np.int64), faults=faults)


@contextmanager
def _without_collection() -> Iterator[None]:
    """Pause the search for cycles: lists of texts make none, and it takes a tenth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def decode(data: bytes, file: str, dialect: Dialect) -> str | Fault:
    """Decode a file; what is evidently in another encoding than declared is refused."""
    place = Place(file)
    if dialect.is_utf8 and data.startswith(_WIDE_MARKS):
        hint = 'the text is UTF-16: declare it, --encoding utf-16 (in Python encoding="utf-16")'
        return Fault("encoding", place, hint)
    if not dialect.is_utf8 and (data.startswith(_MARK) or _is_utf8(data)):
        hint = f"the text is UTF-8, not {dialect.encoding}: save all files alike, and declare that"
        return Fault("encoding", place, hint)
    try:
        return data.decode("utf-8-sig" if dialect.is_utf8 else dialect.encoding)
    except UnicodeError as error:
        row = data.count(b"\n", 0, getattr(error, "start", 0)) + 1
        hint = f"the text is not {dialect.encoding.upper()}: save the file as “CSV UTF-8”"
        if dialect.is_utf8:
            hint += (
                ', or declare what it is, mostly --encoding cp1252 (in Python encoding="cp1252")'
            )
        return Fault("encoding", Place(file, row), hint)


def _is_utf8(data: bytes) -> bool:
    """Tell whether bytes that are not plain ASCII are UTF-8; by chance they hardly ever are."""
    if data.isascii() or b"\0" in data:
        return False
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _header(
    reader: Iterator[list[str]],
    file: str,
    part: type,
    dialect: Dialect,
    limits: Limits,
    faults: list[Fault],
) -> list[str]:
    try:
        header = next(reader, [])
    except csv.Error as error:
        faults.append(Fault("bad_csv", Place(file, 1), f"the header cannot be read: {error}"))
        return []
    if not header:
        hint = "the file is empty: give it a header, or remove it"
        faults.append(Fault("empty_file", Place(file, 1), hint))
        return []
    if (separator := other_separator(header, dialect)) is not None:
        option, word = f"'{separator}'", _SEPARATORS[separator]
        hint = f"columns are separated by {word}: declare it, --delimiter {option} (in Python "
        hint += f"delimiter={option})"
        faults.append(Fault("delimiter", Place(file, 1), hint))
        return []
    limits.hold("columns", len(header), file)
    faults += header_faults(header, part, file, 1)
    return header


def other_separator(header: Sequence[str], dialect: Dialect) -> str | None:
    r"""Return what evidently separates the columns of a header read as one cell; a tab as ``\t``."""
    for separator in _SEPARATORS:
        plain = separator.replace("\\t", "\t")
        if len(header) == 1 and plain != dialect.delimiter and plain in header[0]:
            return separator
    return None


def _blocks(
    reader: Iterator[list[str]], width: int, file: str, faults: list[Fault]
) -> Iterator[tuple[Sequence[int], list[list[str]]]]:
    """Yield rows of the right width in blocks, with the row number of each."""
    first = 2
    while True:
        rows: list[list[str]] = []
        failed: csv.Error | None = None
        try:
            rows.extend(islice(reader, _BLOCK))
        except csv.Error as error:
            failed = error
        numbers: Sequence[int] = range(first, first + len(rows))
        if any(map(width.__ne__, map(len, rows))):
            faults += _ragged(rows, width, first, file)
            numbers = [n for n, row in zip(numbers, rows, strict=True) if len(row) == width]
            rows_of_width = [row for row in rows if len(row) == width]
        else:
            rows_of_width = rows
        if numbers:
            yield numbers, rows_of_width
        if failed is not None:
            hint = f"the row cannot be read, nor can what follows ({failed}): look at its quotes"
            faults.append(Fault("bad_csv", Place(file, first + len(rows)), hint))
        if failed is not None or len(rows) < _BLOCK:
            return
        first += len(rows)


def _ragged(rows: list[list[str]], width: int, first: int, file: str) -> Iterator[Fault]:
    for number, row in enumerate(rows, first):
        if row and len(row) != width:
            hint = f"the row has {len(row)} cells, the header {width}: look for stray separators"
            yield Fault("row_width", Place(file, number), hint)
