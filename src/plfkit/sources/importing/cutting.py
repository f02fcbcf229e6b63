"""The table that a mapping means, cut out of whatever else stands in a file.

Rows above the header, blank ones, those to skip, and all from the end on are left out; so are columns
beside the table. Rows keep the numbers that they have in the file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, time
from functools import lru_cache
from itertools import islice
from typing import Any

from attrs import field, frozen

from plfkit.errors import Fault, InvalidDataError, Place
from plfkit.hints import Hint
from plfkit.model.words.titles import hint_at_word
from plfkit.sources.cells import CodedCells, is_blank
from plfkit.sources.csvtext import find_other_separator
from plfkit.sources.grid import Grid, lay_out_rows
from plfkit.sources.importing.rawrows import RawSheet
from plfkit.sources.importing.take import FileWords
from plfkit.sources.importing.titles import fold_word, match_title, normalise_words
from plfkit.sources.limits import Limits
from plfkit.sources.references import parse_reference, spell_column

_NEAR_ROWS = 100
"""Among so many rows that one is looked for which a mapping may mean."""


@frozen(eq=False)
class ExportTable:
    """A table as its file has it, cut out as a mapping says.

    Attributes:
        file: What it is called in faults.
        header: The row of its titles.
        titles: Its titles; the empty text where a column has none.
        labels: A second title for each column, where there is a second row of them.
        columns: The cells of each column.
        rows: The row of the file that each record stands in.
        skipped: How many rows were left out by what a mapping calls skip.
        letters: What each column is called that has no title.
        faults: Rows and cells of it that cannot be read.
    """

    file: str
    header: int
    titles: Sequence[str]
    labels: Sequence[str]
    columns: Sequence[CodedCells]
    rows: Sequence[int]
    skipped: int
    letters: Sequence[str]
    faults: Sequence[Fault] = ()
    _cells: dict[int, list[Any]] = field(factory=dict, init=False)

    def list_cells(self, position: int) -> list[Any]:
        """Return the cells of a column row by row, None where blank."""
        if position not in self._cells:
            coded = self.columns[position]
            distinct = [*coded.distinct, None]
            self._cells[position] = [distinct[code] for code in coded.codes.tolist()]
        return self._cells[position]

    def name_column(self, position: int) -> str:
        """Return what a column is called in faults."""
        return self.titles[position] or self.letters[position]


def say_cell(cell: Any) -> str:
    """Return a cell as the text that a reader sees: whole numbers as digits, days as ISO dates."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    return normalise_words(str(cell))


def cut_table(sheet: RawSheet, words: FileWords, limits: Limits) -> ExportTable:
    """Cut a table out of a sheet.

    Args:
        sheet: The rows.
        words: Where the table stands, and which cells mean nothing.
        limits: How much is read.

    Raises:
        InvalidDataError: It is not there, or its columns are separated otherwise.
        LimitError: It is too large.
    """
    first, last = _find_sheet_columns(words, sheet)
    rows = [row[first:last] for row in sheet.rows] if words.cells else sheet.rows
    header = _find_header(rows, words, sheet.file)
    labels = None if words.labels is None else _find_row(rows, words.labels)
    if words.labels is not None and labels in {None, header}:
        raise _refuse_row(sheet.file, "labels", words.labels, rows)
    end = _find_end(rows, words, header)
    skipped = [
        n for n in range(header, end) if any(_is_row(n + 1, rows[n], one) for one in words.skip)
    ]
    left_out = {*skipped} if labels is None else {*skipped, labels - 1}
    grid = lay_out_rows(
        _yield_table_rows(rows, header, end, left_out),
        Grid(file=sheet.file, name=_name_columns(sheet, first)),
        limits,
        above=header - 1,
        typed=sheet.sheet is not None,
    )
    if faults := _refuse_other_separator(sheet, grid, words):
        raise InvalidDataError(faults)
    second = () if labels is None else rows[labels - 1]
    return ExportTable(
        file=sheet.file,
        header=header,
        titles=list(map(normalise_words, grid.titles)),
        labels=[say_cell(second[n - 1]) if n <= len(second) else "" for n in grid.numbers],
        columns=[_blank_empty_cells(column, words.empty) for column in grid.columns],
        rows=grid.rows.tolist(),
        skipped=len(skipped),
        letters=[grid.name_column(position) for position in range(1, len(grid.titles) + 1)],
        faults=[*grid.faults, *_list_faults_inside(sheet, header, end, left_out)],
    )


def _name_columns(sheet: RawSheet, first: int) -> Callable[[int], str]:
    """Return what names a column that has no title to tell: letters in a workbook, else numbers."""
    name = "number {}".format if sheet.sheet is None else spell_column
    return lambda number: name(number + first)


def _refuse_other_separator(sheet: RawSheet, grid: Grid, words: FileWords) -> list[Fault]:
    """Return the fault of a header that is evidently separated otherwise than the mapping says."""
    separator = None if sheet.sheet else find_other_separator(grid.titles, words.dialect)
    if separator is None:
        return []
    hint = Hint("export.delimiter", separator=separator)
    return [Fault("delimiter", Place(sheet.file, grid.row), hint)]


def _find_sheet_columns(words: FileWords, sheet: RawSheet) -> tuple[int, int | None]:
    """Return the first column of the table, counted from 0, and the first beside it."""
    if words.cells is None:
        return 0, None
    try:
        return _parse_cells(words.cells)
    except ValueError as error:
        hint = Hint("import.cells")
        raise InvalidDataError([Fault("invalid_value", Place(sheet.file), hint)]) from error


def _parse_cells(cells: str) -> tuple[int, int]:
    """Return the two columns that a text as "A:F" names, the first counted from 0."""
    left, right = (_find_column(part.strip()) for part in cells.split(":"))
    if left > right:
        raise ValueError(cells)
    return left - 1, right


def _find_column(letters: str) -> int:
    """Return which column letters name, from 1; a number behind them would name a row, too."""
    if not letters.isalpha():
        raise ValueError(letters)
    return parse_reference(f"{letters.upper()}1")[0]


def _find_header(rows: Sequence[Sequence[Any]], words: FileWords, file: str) -> int:
    """Return the row of the titles, from 1."""
    if words.header is None:
        found = next((n for n, row in enumerate(rows, 1) if not all(map(is_blank, row))), None)
        if found is None:
            raise InvalidDataError([Fault("empty_file", Place(file, 1), Hint("file.empty"))])
        return found
    if (found := _find_row(rows, words.header)) is None:
        raise _refuse_row(file, "header", words.header, rows)
    return found


def _find_row(rows: Sequence[Sequence[Any]], named: int | str) -> int | None:
    """Return the first row that is named so, from 1."""
    if isinstance(named, int):
        return named if named <= len(rows) and not all(map(is_blank, rows[named - 1])) else None
    return next((n for n, row in enumerate(rows, 1) if _is_row(n, row, named)), None)


def _find_end(rows: Sequence[Sequence[Any]], words: FileWords, header: int) -> int:
    """Return how many rows stand before the first that no longer belongs to the table."""
    if words.until is None:
        return len(rows)
    below = enumerate(islice(rows, header, None), header + 1)
    return next((n - 1 for n, row in below if _is_row(n, row, words.until)), len(rows))


def _is_row(number: int, row: Sequence[Any], named: int | str) -> bool:
    """Tell whether a row is named by its number, or by what its first filled cell holds."""
    if isinstance(named, int):
        return number == named
    first = _say_first_cell(row)
    return bool(first) and match_title(fold_word(first), _fold_row_name(named)) is not None


def _say_first_cell(row: Sequence[Any]) -> str:
    """Return the first filled cell of a row; the empty text if all are blank."""
    return say_cell(next((cell for cell in row if not is_blank(cell)), None))


@lru_cache(maxsize=64)
def _fold_row_name(named: str) -> str:
    return fold_word(named)


def _refuse_row(
    file: str, key: str, named: int | str, rows: Sequence[Sequence[Any]]
) -> InvalidDataError:
    """Return the error of a row that is not there, with the nearest first cell."""
    firsts = filter(None, map(_say_first_cell, rows[:_NEAR_ROWS]))
    near = hint_at_word(named, firsts) if isinstance(named, str) else None
    hint = Hint("import.no_row", name=key, row=str(named), near=near or "")
    return InvalidDataError([Fault("missing_column", Place(file), hint)])


def _yield_table_rows(
    rows: Sequence[Sequence[Any]], header: int, end: int, left_out: set[int]
) -> Iterator[Sequence[Any]]:
    """Yield the header and what stands below it; rows that are left out are blank."""
    for number in range(header - 1, end):
        yield () if number in left_out else rows[number]


def _list_faults_inside(sheet: RawSheet, header: int, end: int, left_out: set[int]) -> list[Fault]:
    """Return the faults of cells and rows that belong to the table."""
    return [
        fault
        for fault in sheet.faults
        if fault.place.row is None
        or (header <= fault.place.row <= end and fault.place.row - 1 not in left_out)
    ]


def _blank_empty_cells(coded: CodedCells, empty: Sequence[str]) -> CodedCells:
    """Return cells of which those that mean nothing are blank."""
    if not empty:
        return coded
    nothing = {fold_word(text) for text in empty}
    kept = [None if fold_word(say_cell(cell)) in nothing else cell for cell in coded.distinct]
    return CodedCells.of(coded.codes, kept)
