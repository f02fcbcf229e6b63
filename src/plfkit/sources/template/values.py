"""Columns of a template's sheet as values, and words of a reader's own as the tables have them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from attrs import evolve, frozen

from plfkit.errors import Fault, Place
from plfkit.faults import FaultCode
from plfkit.hints import Hint
from plfkit.model.records.checking.columns import find_out_of_range, find_unknown_kinds
from plfkit.model.records.checking.findings import Finding
from plfkit.model.records.schema import ColumnSpec
from plfkit.model.records.tables import Column
from plfkit.model.words.titles import normalise_title
from plfkit.model.words.vocabulary import Vocabulary
from plfkit.sources.cells import CodedCells, RawTable, read_column
from plfkit.sources.dialects import Dialect


@frozen
class ValueReader:
    """Reads columns that are no column of a native table; what is wrong is added to the faults."""

    vocabulary: Vocabulary
    dialect: Dialect
    faults: list[Fault]

    def read_values(self, raw: RawTable, spec: ColumnSpec) -> list[Any]:
        """Return the values of a column; one that is refused is None, and is judged no further."""
        column = read_column(raw, spec, self.vocabulary, self.dialect, self.faults)
        title, texts = raw.titles.get(spec.name, spec.name), column.tolist()
        values = list(texts)
        for found in self._judge_values(column, spec):
            hint = found.hint.rename(columns=raw.titles, words=raw.words)
            for row in found.rows.tolist():
                place = Place(raw.file, int(raw.rows[row]), title)
                word = texts[row] if spec.kind is not None else None
                self.faults.append(Fault(found.code, place, hint, word))
                values[row] = None
        return values

    def _judge_values(self, column: Column, spec: ColumnSpec) -> Iterator[Finding]:
        yield from find_out_of_range("", column, spec)
        yield from find_unknown_kinds("", column, spec, self.vocabulary)

    def refuse_cell(
        self,
        raw: RawTable,
        row: int,
        column: str,
        code: FaultCode,
        hint: Hint,
        value: Any = None,
    ) -> None:
        """Add a fault of a cell.

        Args:
            raw: The sheet.
            row: The row of it, from 0.
            column: The column, as the reader calls it.
            code: What is wrong.
            hint: What mends it.
            value: What the cell holds.
        """
        place = Place(raw.file, int(raw.rows[row]), raw.titles.get(column, column))
        self.faults.append(Fault(code, place, hint, None if value is None else str(value)))


def spell_id(cell: Any) -> Any:
    """Return an id as it is compared: the number 12 and the text 12 are one team."""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else cell


def replace_words(raw: RawTable, column: str, words: Mapping[str, str]) -> RawTable:
    """Return a sheet with the words that the tables have, where a column has the reader's own."""
    if column not in raw.columns:
        return raw
    coded = raw.columns[column]
    cells = [
        words.get(normalise_title(cell), cell) if isinstance(cell, str) else cell
        for cell in coded.distinct
    ]
    return evolve(raw, columns={**raw.columns, column: CodedCells(coded.codes, cells)})
