"""CSV text into the cells of one table, with a fault for whatever is no table."""

from __future__ import annotations

import re
from collections.abc import Sequence

from attrs import evolve

from plfkit.errors import Fault, InvalidDataError, Place
from plfkit.hints import Hint
from plfkit.sources.cells import RawTable, list_header_faults
from plfkit.sources.dialects import Dialect
from plfkit.sources.given import GivenFile
from plfkit.sources.grid import Grid, lay_out_rows
from plfkit.sources.limits import Limits
from plfkit.sources.quoting import BrokenRow, split_rows

_MARK = b"\xef\xbb\xbf"
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")
_LOOK = 200
"""How many bytes of a file show its encoding."""
_SEPARATORS = {";": "semicolon", ",": "comma", "\\t": "tab"}
_EXCELS_LINE = re.compile(
    r"""\s*"?sep=(?P<told>\t|[^\w\s"])?"?[ ,;\t]*(?:\r\n|\r|\n|\Z)""", re.IGNORECASE
)
_HEADER = re.compile(r"[^\r\n]+")
_LINE_END = re.compile(r"\r\n|\r|\n")


def read_csv(given: GivenFile, part: type, dialect: Dialect, limits: Limits) -> RawTable:
    """Read one native table.

    Args:
        given: The file.
        part: The part that each row is.
        dialect: How the file is written.
        limits: How much of it is read.
    """
    file = given.name
    grid = read_grid(given.data, file, dialect, limits)
    if not grid.titles:
        empty = Fault("empty_file", Place(file, 1), Hint("file.empty"))
        return RawTable(file=file, faults=grid.faults or [empty])
    if (separator := find_other_separator(grid.titles, dialect)) is not None:
        named = Hint(f"separators.{_SEPARATORS[separator]}")
        hint = Hint("file.other_delimiter", separators=named, sign=f"'{separator}'")
        return RawTable(file=file, faults=[Fault("delimiter", Place(file, grid.row), hint)])
    if faults := list_header_faults(grid.titles, part, file, grid.row, called=grid.name_column):
        return RawTable(file=file, faults=[*faults, *grid.list_quoting_faults()])
    table = grid.to_raw_table(grid.titles)
    return evolve(table, faults=[*grid.faults, *grid.list_quoting_faults(grid.titles)])


def read_grid(data: bytes, file: str, dialect: Dialect, limits: Limits) -> Grid:
    """Read a table of whatever columns; one without titles if nothing of it can be read.

    Args:
        data: The file's bytes.
        file: What the file is called in faults.
        dialect: How the file is written.
        limits: How much of it is read.
    """
    empty = Grid(file=file)
    text = _decode_csv(data, file, dialect)
    if isinstance(text, Fault):
        return evolve(empty, faults=[text])
    above, delimiter, text = _pass_separator_line(text, dialect.delimiter)
    broken: list[BrokenRow] = []
    grid = lay_out_rows(split_rows(text, delimiter, broken), empty, limits, above=above)
    broken = [evolve(row, row=row.row + above) for row in broken]
    if broken and (not grid.titles or broken[0].row < (grid.row or 0)):
        # The header itself is broken: what was taken for it is a row like others.
        return evolve(empty, faults=evolve(empty, broken=broken).list_quoting_faults())
    return evolve(grid, broken=broken)


def split_text_rows(
    data: bytes, file: str, dialect: Dialect
) -> tuple[list[Sequence[str]], list[Fault]]:
    """Split a text into rows, whatever they hold; those that cannot be read are empty, with a fault each.

    A mark at its beginning tells its encoding, whatever was declared.

    Args:
        data: The file's bytes.
        file: What the file is called in faults.
        dialect: How the file is written.

    Raises:
        InvalidDataError: It is in another encoding than was said.
    """
    if data.startswith(_WIDE_MARKS):
        dialect = evolve(dialect, encoding="utf-16")
    elif data.startswith(_MARK):
        dialect = evolve(dialect, encoding="utf-8")
    text = _decode_csv(data, file, dialect)
    if isinstance(text, Fault):
        raise InvalidDataError([text])
    above, delimiter, text = _pass_separator_line(text, dialect.delimiter)
    broken: list[BrokenRow] = []
    rows: list[Sequence[str]] = [()] * above
    rows.extend(split_rows(text, delimiter, broken))
    broken = [evolve(row, row=row.row + above) for row in broken]
    return rows, Grid(file=file, broken=broken).list_quoting_faults()


def _pass_separator_line(text: str, delimiter: str) -> tuple[int, str, str]:
    """Read past the line ``sep=;`` with which programs tell Excel what separates the columns.

    Returns:
        How many rows that are, what separates the columns, and the text below. It is what the line
        says where the header has it, and what was declared otherwise.
    """
    if (line := _EXCELS_LINE.match(text)) is None:
        return 0, delimiter, text
    # The line is believed only if the header has that sign: `sep=;` above a,b,c says nothing.
    header = _HEADER.search(text, line.end())
    is_told = line["told"] and header is not None and line["told"] in header[0]
    # Blank lines above it count: rows keep the numbers that an editor shows.
    above = max(len(_LINE_END.findall(line[0])), 1)
    return above, line["told"] if is_told else delimiter, text[line.end() :]


def _decode_csv(data: bytes, file: str, dialect: Dialect) -> str | Fault:
    """Decode a file; what is evidently in another encoding than declared is refused."""
    if (hint := _find_other_encoding(data, dialect)) is not None:
        return Fault("encoding", Place(file), hint)
    # A mark says in which order the bytes are, whatever the declared name says of it.
    is_marked = dialect.is_utf16 and data.startswith(_WIDE_MARKS)
    codec = "utf-16" if is_marked else "utf-8" if dialect.is_utf8 else dialect.codec
    try:
        return data.decode(codec).lstrip("\ufeff")
    except UnicodeDecodeError as error:
        row = data.count(b"\n", 0, error.start) + 1
        hint = Hint("file.not_utf8")
        if not dialect.is_utf8:
            hint = Hint("file.other_encoding", encoding=dialect.encoding.upper())
        return Fault("encoding", Place(file, row), hint)


def _find_other_encoding(data: bytes, dialect: Dialect) -> Hint | None:
    """Say so where bytes are evidently in another encoding than declared."""
    if dialect.is_utf8:
        return Hint("file.is_utf16") if _looks_like_utf16(data) else None
    declared = dialect.encoding
    if data.startswith(_MARK) or _looks_like_utf8(data, dialect):
        return Hint("file.is_otherwise", found="UTF-8", encoding=declared)
    if data.startswith(_WIDE_MARKS) and not dialect.is_wide:
        return Hint("file.is_otherwise", found="UTF-16", encoding=declared)
    return None


def _looks_like_utf16(data: bytes) -> bool:
    """Tell whether bytes begin with the mark of UTF-16, or as plain letters do in it."""
    start = data[:_LOOK]
    return data.startswith(_WIDE_MARKS) or (len(start) > 1 and 2 * start.count(0) >= len(start) - 1)


def _looks_like_utf8(data: bytes, dialect: Dialect) -> bool:
    """Tell whether bytes are UTF-8, as by chance they hardly ever are.

    Plain letters are alike in most encodings, but not in one that has several bytes for each.
    """
    if not data or b"\0" in data or (data.isascii() and not dialect.is_wide):
        return False
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def find_other_separator(header: Sequence[str], dialect: Dialect) -> str | None:
    r"""Return what evidently separates the columns of a header read as one cell; a tab as ``\t``."""
    for separator in _SEPARATORS:
        plain = separator.replace("\\t", "\t")
        if len(header) == 1 and plain != dialect.delimiter and plain in header[0]:
            return separator
    return None
