"""Cells as a source gave them, and the columns they become: the one place where cells are decoded.

A source yields each column as codes into its distinct cells. Every distinct cell is decoded once, so
a million rows cost a few thousand decodings, whatever format they came in.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

import numpy as np
from attrs import Factory, evolve, field, frozen
from numpy.typing import NDArray

from plfkit.arrays import Numbers
from plfkit.errors import Fault, Place
from plfkit.faults import FaultCode
from plfkit.hints import Hint
from plfkit.model.records.rows import NATIVE_ROWS
from plfkit.model.records.schema import (
    DATE,
    ID,
    INTEGER,
    NUMBER,
    ColumnSpec,
    are_texts_plain,
    list_column_specs,
    strip_space,
)
from plfkit.model.records.tables import Column, Table
from plfkit.model.words.titles import hint_at_word
from plfkit.model.words.vocabulary import Vocabulary
from plfkit.sources.dialects import Dialect

_LARGEST_EXACT = 2**53
_FEW_TEXTS = 100


class _CodeIndex(dict[Any, int]):
    """Codes by cell; a new cell gets the next code."""

    def __missing__(self, cell: Any) -> int:
        code = self[cell] = len(self)
        return code


@frozen(eq=False)
class CodedCells:
    """The cells of one column: codes into the distinct ones; −1 is blank."""

    codes: NDArray[np.int32]
    distinct: Sequence[Any]

    @classmethod
    def of(cls, codes: NDArray[np.int32], distinct: Sequence[Any]) -> CodedCells:
        """Return cells without the space around them; what is nothing but space is blank.

        Args:
            codes: A code for each row; −1 is blank.
            distinct: The cells as the source has them.
        """
        cells = [strip_space(cell) if isinstance(cell, str) else cell for cell in distinct]
        if cells == distinct and "" not in cells and None not in cells:
            return cls(codes, distinct)
        index = _CodeIndex()  # by type too: True and 1 are equal, and not the same
        codes_now = [-1 if cell in {"", None} else index[type(cell), cell] for cell in cells]
        # The code −1 takes the last place, which stays blank.
        return cls(np.array([*codes_now, -1], np.int32)[codes], [cell for _, cell in index])


@frozen(eq=False)
class Coder:
    """Codes cells as they come, in order of appearance.

    Attributes:
        is_typed: Whether cells may be of several types, of which equal ones, as True and 1, stay
            apart.
    """

    is_typed: bool = False
    _index: _CodeIndex = field(factory=_CodeIndex)
    _codes: array[int] = field(factory=lambda: array("i"))

    def extend(self, cells: Iterable[Any]) -> None:
        """Add cells that are hashable; those that are equal count as the same."""
        keys = ((type(cell), cell) for cell in cells) if self.is_typed else cells
        self._codes.extend(map(self._index.__getitem__, keys))

    def build_codes(self) -> CodedCells:
        """Return all cells so far."""
        distinct = [cell for _, cell in self._index] if self.is_typed else list(self._index)
        return CodedCells.of(np.array(self._codes, np.int32), distinct)


@frozen(eq=False, kw_only=True)
class RawTable:
    """A table as a source gave it, its header already found to be in order.

    Attributes:
        file: What the source calls it in faults: a file, a sheet.
        columns: The cells by the name of the column.
        rows: The row of the source that each record stood in.
        faults: What the source could not give.
        titles: What the source calls a column, where that is not its name.
        words: What the source has for words that a cell may hold, where it has others.
        numbers_are_ids: Whether whole numbers in a column of text are meant as their digits, as
            they are in a sheet.
    """

    file: str
    columns: Mapping[str, CodedCells] = Factory(dict)
    rows: Numbers = Factory(lambda: np.empty(0, np.int64))
    faults: Sequence[Fault] = ()
    titles: Mapping[str, str] = Factory(dict)
    words: Mapping[str, str] = Factory(dict)
    numbers_are_ids: bool = False


@frozen(eq=False)
class DecodedTable:
    """A table as its source gave it, decoded.

    Attributes:
        table: The rows; a cell that could not be read is missing in it.
        raw: Where they came from.
        faults: What could not be read.
    """

    table: Table[Any]
    raw: RawTable
    faults: Sequence[Fault]

    def may_hide_ids(self, fault: Fault) -> bool:
        """Tell whether a fault may hide some of the table's ids."""
        column = fault.place.column
        # A row that cannot be read may hold an id, and so may one whose fault has no column.
        is_of_rows = fault.code == "bad_csv" or column is None
        return is_of_rows or column == self.raw.titles.get("id", "id") or not self.raw.columns

    def locate_table_fault(self, fault: Fault) -> Fault:
        """Return a fault of a record, counted from 1, or of a column, as one of the source."""
        column, record = fault.place.column, fault.place.row
        row = None if record is None else int(self.raw.rows[record - 1])
        titles = self.raw.titles
        title = None if column is None else titles.get(column, column)
        place = Place(self.raw.file, row, title)
        hint = fault.remedy.rename(columns=titles, words=self.raw.words)
        return Fault(fault.code, place, hint, fault.value)


def code_cells(cells: Iterable[Any]) -> CodedCells:
    """Code cells of whatever types."""
    given = list(cells)
    coder = Coder(is_typed=len(set(map(type, given)) - {type(None)}) > 1)
    coder.extend(given)
    return coder.build_codes()


def list_cells(raw: RawTable, column: str) -> list[Any]:
    """Return the cells of a column row by row, None where blank or without such a column."""
    if column not in raw.columns:
        return [None] * len(raw.rows)
    coded = raw.columns[column]
    cells = [*coded.distinct, None]
    return [cells[code] for code in coded.codes.tolist()]


def take_raw_rows(raw: RawTable, kept: Sequence[int]) -> RawTable:
    """Return some of the rows, numbered from 0."""
    where = np.array(kept, np.int64)
    columns = {name: CodedCells(c.codes[where], c.distinct) for name, c in raw.columns.items()}
    return evolve(raw, columns=columns, rows=raw.rows[where])


def hint_at_table(name: str) -> Hint:
    """Suggest the table that a name may mean; if none is near, list them all."""
    names = tuple(NATIVE_ROWS)
    return hint_at_word(name, names) or Hint("near.tables", names=names)


def list_header_faults(
    names: Sequence[str],
    part: type,
    file: str,
    row: int | None,
    *,
    called: Callable[[int], str] = "number {}".format,
) -> list[Fault]:
    """Return what is wrong with a header: unknown columns, repeated ones, required ones missing.

    Args:
        names: The columns.
        part: The part whose table they should be.
        file: What the source is called in faults.
        row: The header's row.
        called: What a column is called that has no name to tell.
    """
    known = {spec.name: spec for spec in list_column_specs(part)}
    faults = []
    for number, name in enumerate(names, 1):
        if name not in known:
            # Without a header the first row holds data: its cells are told of by number only.
            near = hint_at_word(name, known)
            place = Place(file, row, name if near else called(number))
            hint = Hint("column.unknown", near=near or Hint("near.columns", names=tuple(known)))
            faults.append(Fault("unknown_column", place, hint, name))
        elif name in names[: number - 1]:
            faults.append(
                Fault("duplicate_column", Place(file, row, name), Hint("column.repeated"))
            )
    for name, spec in known.items():
        if spec.required and name not in names:
            doc = f"{spec.doc[0].lower()}{spec.doc[1:]}"
            hint = Hint("column.missing", column=name, doc=doc)
            faults.append(Fault("missing_column", Place(file, row, name), hint))
    return faults


def read_table(raw: RawTable, part: type, vocabulary: Vocabulary, dialect: Dialect) -> DecodedTable:
    """Decode the cells of a table."""
    faults = list(raw.faults)
    columns = {
        spec.name: read_column(raw, spec, vocabulary, dialect, faults)
        for spec in list_column_specs(part)
        if spec.name in raw.columns
    }
    for spec in list_column_specs(part):
        if spec.name in columns and spec.depends_on is not None:
            columns[spec.name] = _resolve_column(spec, columns, vocabulary)
    return DecodedTable(Table.from_columns(part, columns, len(raw.rows)), raw, faults)


def _resolve_column(
    spec: ColumnSpec, columns: Mapping[str, Column], vocabulary: Vocabulary
) -> Column:
    """Return a column with the ids that its texts mean, by what another column says of them."""
    column = columns[spec.name]
    deciding = columns.get(spec.depends_on or "", Column.of_missing(spec.codec, len(column)))

    def meant(word: str, text: str) -> str:
        sections = spec.sections.get(word or next(iter(spec.sections)), ())
        found = (vocabulary.resolve(section, text) for section in sections)
        return next((kind for kind in found if kind is not None), text)

    return column.relabel_texts_by(deciding, meant)


def read_column(
    raw: RawTable,
    spec: ColumnSpec,
    vocabulary: Vocabulary,
    dialect: Dialect,
    faults: list[Fault],
) -> Column:
    """Decode the cells of one column; what cannot be read is missing, and added to the faults."""
    if spec.name not in raw.columns:
        return Column.of_missing(spec.codec, len(raw.rows))
    return _ColumnReader(spec, vocabulary, dialect, raw.numbers_are_ids).read_cells(raw, faults)


@frozen
class _ColumnReader:
    """Reads the cells of one column."""

    spec: ColumnSpec
    vocabulary: Vocabulary
    dialect: Dialect
    numbers_are_ids: bool

    def read_cells(self, raw: RawTable, faults: list[Fault]) -> Column:
        coded = raw.columns[self.spec.name]
        if self._is_plain(coded):
            return Column.of_codes(coded.codes, coded.distinct)
        title = raw.titles.get(self.spec.name, self.spec.name)
        values: list[Any] = []
        wrong: dict[int, Fault] = {}
        for code, cell in enumerate([*coded.distinct, None]):
            try:
                values.append(self._decode_cell(cell))
            except ValueError as error:
                what: FaultCode = "missing_value" if is_blank(cell) else "invalid_value"
                value = None if is_blank(cell) else str(cell)
                hint = Hint.of(error).rename(words=raw.words)
                wrong[code] = Fault(what, Place(raw.file, None, title), hint, value)
                values.append(None)
        # Blanks are −1: they take the place after the last distinct cell, where None was decoded.
        codes = np.where(coded.codes < 0, len(coded.distinct), coded.codes)
        if wrong:
            where = np.flatnonzero(np.isin(codes, list(wrong)))
            faults += [wrong[int(codes[r])].at(raw.file, int(raw.rows[r])) for r in where]
        return self._spread_values(values, codes)

    def _is_plain(self, coded: CodedCells) -> bool:
        """Tell whether all cells are texts that mean themselves, as ids mostly are."""
        texts = coded.distinct
        return (
            self.spec.codec.is_text
            and self.spec.kind is None
            and len(texts) > _FEW_TEXTS
            and not (self.spec.required and (coded.codes < 0).any())
            and set(map(type, texts)) == {str}
            and are_texts_plain(texts)
        )

    def _decode_cell(self, cell: Any) -> Any:
        if is_blank(cell):
            if self.spec.required:
                raise ValueError(Hint("cell.blank"))
            return None
        value = self._decode_text(cell) if isinstance(cell, str) else self._check_typed_cell(cell)
        return self.dialect.find_day_after(value) if self.spec.is_end else value

    def _decode_text(self, cell: str) -> Any:
        try:
            value = self.spec.codec.decode(self._normalise_text(cell))
        except ValueError as error:
            raise ValueError(self._add_remedies(Hint.of(error), cell)) from error
        if self.spec.kind is not None:
            return self.vocabulary.resolve(self.spec.kind, value) or value
        if self.spec.item_of is not None:
            return self.vocabulary.find_current(value, self.spec.item_of)
        return value

    def _check_typed_cell(self, cell: Any) -> Any:
        return self.spec.codec.check(self._convert_typed_cell(cell))

    def _normalise_text(self, cell: str) -> str:
        """Return a text as plfkit writes it; so is a number that a sheet can only hold as text."""
        is_number = self.numbers_are_ids and self.spec.codec is NUMBER
        if is_number and _is_beyond_sheets(cell):
            return cell
        return self.dialect.normalise_cell(self.spec.codec, cell)

    def _add_remedies(self, hint: Hint, cell: str) -> Hint:
        """Return a hint with what else would mend a text that cannot be read."""
        declaration = self.dialect.suggest_declaration(self.spec.codec, cell)
        if declaration is not None:
            hint = Hint("cell.or_else", hint=hint, remedy=declaration)
        if self.numbers_are_ids and self.spec.codec in {NUMBER, INTEGER, DATE}:
            hint = Hint("cell.or_else", hint=hint, remedy=Hint("cell.make_typed"))
        return hint

    def _convert_typed_cell(self, cell: Any) -> Any:
        """Return a typed cell as the value it stands for, or as it is."""
        codec = self.spec.codec
        if codec is DATE and isinstance(cell, datetime):
            if cell.time() != time() or cell.tzinfo is not None:
                raise ValueError(Hint("cell.time_of_day"))
            return cell.date()
        is_whole = isinstance(cell, float) and cell.is_integer() and abs(cell) < _LARGEST_EXACT
        if codec is INTEGER and is_whole:
            return int(cell)
        if codec.is_text and not isinstance(cell, bool) and isinstance(cell, int | float):
            if self.numbers_are_ids and (is_whole or isinstance(cell, int)):
                return codec.decode(_spell_whole_id(int(cell)))
            raise ValueError(Hint("cell.number_for_text"))
        if codec.is_text and isinstance(cell, date):
            raise ValueError(Hint("cell.date_for_text"))
        return cell

    def _spread_values(self, values: list[Any], codes: NDArray[np.int32]) -> Column:
        """Spread the decoded distinct cells over the rows; None is missing."""
        if not self.spec.codec.is_text:
            return Column.of(self.spec.codec, values).take(codes)
        texts = list(dict.fromkeys(value for value in values if value is not None))
        index = {text: code for code, text in enumerate(texts)}
        # "teacher" and "Lærer" are two cells and one word: codes 0, 1, 0 become 0, 0, 0.
        translation = np.array([index.get(value, -1) for value in values], np.int32)
        return Column.of_codes(translation[codes], texts)


def _is_beyond_sheets(text: str) -> bool:
    """Tell whether a text is a number, as Python writes it, that no cell of a sheet keeps exactly."""
    try:
        number = float(text)
    except ValueError:
        return False
    # Sheets write 16 digits, and whole numbers up to 2**53 without a gap.
    is_kept = float(f"{number:.16G}") == number and abs(number) < _LARGEST_EXACT
    return repr(number) == text and not is_kept


def _spell_whole_id(number: int) -> str:
    """Return a whole number as its digits; one that lost its first nought may be a CPR number."""
    text = str(number)
    ID.decode(f"0{text}")
    return text


def is_blank(cell: Any) -> bool:
    """Tell whether a cell is missing or holds nothing but space."""
    return cell is None or (isinstance(cell, str) and not strip_space(cell))
