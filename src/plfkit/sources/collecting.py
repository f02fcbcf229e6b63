"""Rows that come one after the other, collected as the columns of a table."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from itertools import repeat
from typing import Any

import numpy as np
from attrs import Factory, frozen

from plfkit.errors import Fault, Place
from plfkit.hints import Hint
from plfkit.sources.cells import Coder, RawTable, list_header_faults
from plfkit.sources.limits import Limits


@frozen(eq=False)
class RowCollector:
    """Collects the cells of rows, column by column; what is no cell is a fault.

    Attributes:
        file: What the source is called in faults.
        limits: How much is read.
        coders: The cells so far, by column.
        first: The line of the first row that has a column.
        rows: The line that each row stood on.
        faults: What is wrong with rows.
    """

    file: str
    limits: Limits
    coders: dict[str, Coder] = Factory(dict)
    first: dict[str, int] = Factory(dict)
    rows: array[int] = Factory(lambda: array("q"))
    faults: list[Fault] = Factory(list)

    def add_rows(self, numbers: Sequence[int], rows: Sequence[Mapping[str, Any]]) -> None:
        """Add rows and the lines they stand on; a key that no row had before begins a column."""
        for number, row in zip(numbers, rows, strict=True):
            for key in row:
                if key not in self.coders:
                    self._begin_column(key, number)
        for key, coder in self.coders.items():
            cells = [row.get(key) for row in rows]
            if any(isinstance(cell, list | dict) for cell in cells):
                cells = [self._check_cell(*one, key) for one in zip(cells, numbers, strict=True)]
            coder.extend(cells)
        self.rows.extend(numbers)
        self.limits.hold("rows", len(self.rows), self.file)

    def build_raw_table(self, part: type) -> RawTable:
        """Return the table, or the faults of its columns in place of them.

        Args:
            part: The part that each row is.
        """
        if wrong := self._list_column_faults(part):
            return RawTable(file=self.file, faults=[*self.faults, *wrong])
        return RawTable(
            file=self.file,
            columns={key: coder.build_codes() for key, coder in self.coders.items()},
            rows=np.array(self.rows, np.int64),
            faults=self.faults,
        )

    def _begin_column(self, key: str, number: int) -> None:
        self.first[key] = number
        self.coders[key] = Coder(is_typed=True)
        self.coders[key].extend(repeat(None, len(self.rows)))
        self.limits.hold("columns", len(self.coders), self.file)

    def _check_cell(self, cell: Any, number: int, key: str) -> Any:
        """Return a cell; a list or an object is none."""
        if not isinstance(cell, list | dict):
            return cell
        place = Place(self.file, number, key)
        self.faults.append(Fault("invalid_type", place, Hint("json_lines.no_cell")))
        return None

    def _list_column_faults(self, part: type) -> list[Fault]:
        """Return what is wrong with the columns, each at the first row that has it."""
        if not self.rows:
            return []
        found = list_header_faults(list(self.coders), part, self.file, None)
        # The value of a fault is the column that is unknown; one that is missing stands nowhere.
        rows = [None if fault.value is None else self.first[fault.value] for fault in found]
        return [fault.at(self.file, row) for fault, row in zip(found, rows, strict=True)]
