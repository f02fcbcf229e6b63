"""Blocks of figures: rows of results that share all that the rows do not tell themselves.

A scorecard has a few for each indicator, however many schools there are. Tables that people read are
made of their records, row by row, and frames of their arrays.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from attrs import field, frozen

from plfkit.arrays import Numbers
from plfkit.hints import Language
from plfkit.model.records.schema import ColumnSpec, list_column_specs
from plfkit.model.records.tables import Column, Table
from plfkit.model.results.figures import (
    FIGURE_KEYS,
    NAMED_KEYS,
    ON_REQUEST,
    SHARE_COUNTS,
    Figure,
    build_figures,
)
from plfkit.model.results.result import Result
from plfkit.model.words.kinds import Label

AMOUNTS = ("value", "lower", "upper", "n", "observed", "response_rate")
_TOLD = (*FIGURE_KEYS, *AMOUNTS, "reason")
"""What every row tells."""
_NAMES = {f"{key}_name": key for key in NAMED_KEYS}
"""The columns of what readers call groups, and those of the groups."""


@frozen(eq=False, kw_only=True)
class FigureBlock:
    """Figures that have in common what their rows do not tell.

    Attributes:
        figures: A table that holds them.
        rows: Which of its rows they are, in their order.
        names: What readers call the groups in them.
        same: The cells that all of them have, by column: plain values, labels, or several words.
        own: The cells, by column, that differ from row to row and that the table does not have.
        told: The columns that are taken from the table.
    """

    figures: Table[Figure]
    rows: Numbers
    names: Mapping[str, Label]
    same: Mapping[str, Any]
    own: Mapping[str, Sequence[Any]] = field(factory=dict)
    told: Sequence[str] = _TOLD

    @classmethod
    def of(
        cls,
        result: Result | None,
        same: Mapping[str, Any],
        *,
        rows: Numbers | None = None,
        on_request: bool = False,
    ) -> FigureBlock:
        """Return figures of a result; one blank row where there is none.

        Args:
            result: The result.
            same: The cells that all of them have.
            rows: Which rows; all if left out.
            on_request: Whether counts and what was computed on request are told too.
        """
        figures = build_figures(1) if result is None else result.figures
        return cls(
            figures=figures,
            rows=np.arange(len(figures)) if rows is None else rows,
            names={} if result is None else result.names,
            same=same,
            told=(*_TOLD, *SHARE_COUNTS, *ON_REQUEST) if on_request else _TOLD,
        )

    def __len__(self) -> int:
        return len(self.rows)

    def list_records(self) -> Iterator[dict[str, Any]]:
        """Yield a record for each figure, with labels in both languages."""
        columns = {name: self._take_column(name).tolist() for name in self.told}
        names = (*columns, *self.own)
        for cells in zip(*columns.values(), *self.own.values(), strict=True):
            row = dict(zip(names, cells, strict=True))
            yield {**row, **name_groups(row, self.names), **self.same}

    def find_column(self, spec: ColumnSpec, language: Language) -> Column | None:
        """Return a column whose cells differ from row to row; None for one with the same in all."""
        name, key = spec.name, _NAMES.get(spec.name, spec.name)
        if name in self.own:
            return Column.of(spec.codec, self.own[name])
        if name in self.same or key not in self.told or self.figures.column(key).missing.all():
            return None
        column = self._take_column(key)
        if key == name:
            return column
        return column.relabel_known_texts(
            {id_: label[language] for id_, label in self.names.items()}
        )

    def _take_column(self, name: str) -> Column:
        return self.figures.column(name).take(self.rows)


def name_groups(row: Mapping[str, Any], names: Mapping[str, Label]) -> dict[str, Label | None]:
    """Return what readers call the groups of a figure, in columns of their own."""
    return {name: names.get(row.get(key) or "") for name, key in _NAMES.items()}


def list_records(blocks: Iterable[FigureBlock]) -> Iterator[dict[str, Any]]:
    """Yield a record for each figure of some blocks."""
    for block in blocks:
        yield from block.list_records()


def build_block_table(
    blocks: Iterable[FigureBlock], row: type[Any], language: Language
) -> Table[Any]:
    """Build the long table of some blocks, with labels in a language."""
    told = [*blocks]
    columns = {s.name: _build_block_column(told, s, language) for s in list_column_specs(row)}
    return Table.from_columns(row, columns, sum(map(len, told)))


def _build_block_column(
    blocks: Sequence[FigureBlock], spec: ColumnSpec, language: Language
) -> Column:
    """Build a column from those that blocks have, and one cell for each block that has none."""
    cells = [_spell_plain_cell(block.same.get(spec.name), language) for block in blocks]
    same, sizes = Column.of(spec.codec, cells), [len(block) for block in blocks]
    found = [block.find_column(spec, language) for block in blocks]
    if all(column is None for column in found):
        # Blocks of 2 and 1 rows: the cells 0, 0, 1.
        return same.take(np.repeat(np.arange(len(blocks)), sizes))
    filled = [
        same.take(np.full(size, block)) if column is None else column
        for block, (size, column) in enumerate(zip(sizes, found, strict=True))
    ]
    return filled[0].joined(*filled[1:])


def _spell_plain_cell(cell: Any, language: Language) -> Any:
    """Return a cell as a plain value: a label in a language, several words as one text."""
    match cell:
        case Label():
            return cell[language]
        case tuple():
            return ", ".join(map(str, cell)) or None
        case _:
            return cell
