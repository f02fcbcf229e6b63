"""The columns of a take under the keys of the mapping, with what their cells mean.

Every distinct cell is read once, so a staff list of sixty thousand rows costs a few hundred readings of
days and shares. Only rows that are taken can be at fault.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial
from typing import Any

import numpy as np
from attrs import define, field

from plfkit.errors import Fault, Place
from plfkit.faults import FaultCode
from plfkit.hints import Hint
from plfkit.sources.cells import CodedCells, code_cells
from plfkit.sources.importing.claiming import ITEMS, Claims, ColumnClaim
from plfkit.sources.importing.cutting import ExportTable, say_cell
from plfkit.sources.importing.meaning import ISO, CellMeanings
from plfkit.sources.importing.take import Take
from plfkit.sources.importing.titles import ANYTHING, fold_word


@define
class TakeReader:
    """Reads the cells of a take; what cannot be read is added to the faults.

    Attributes:
        meanings: What single cells mean.
        table: The table in the file.
        claims: Which columns say what.
        faults: What is wrong so far.
        left_out: How much was left out, by the hint that says what.
        rows_left_out: The rows of the file that were left out, by the same.
        unasked: Who was named, and is not among those asked.
        not_staff: Who is employed in a position that is none of the staff, where all staff were asked.
        chosen: The records that are taken, from 0, by what the columns of ``only`` hold.
    """

    meanings: CellMeanings
    table: ExportTable
    claims: Claims
    faults: list[Fault] = field(factory=list)
    left_out: Counter[str] = field(factory=Counter)
    rows_left_out: dict[str, set[int]] = field(factory=dict)
    unasked: set[str] = field(factory=set)
    not_staff: set[str] = field(factory=set)
    chosen: Sequence[int] = field(init=False)
    _texts: dict[str, list[Any]] = field(factory=dict)

    def __attrs_post_init__(self) -> None:
        """Choose the rows."""
        self.chosen = range(len(self.table.rows))
        for title, position in self.claims.only.items():
            read = partial(self.meanings.mean_choice, title)
            column = self.table.name_column(position)
            coded = self.table.columns[position]
            is_taken = self._read_cells(coded, read, "unknown_mark", column)
            self._read_blank_choices(title, coded, is_taken)
            kept = [row for row in self.chosen if is_taken[row]]
            for row in set(self.chosen) - set(kept):
                self.drop_row("import.not_chosen", row)
            self.chosen = kept

    @property
    def take(self) -> Take:
        """What the mapping says."""
        return self.meanings.take

    def drop_row(self, key: str, row: int) -> None:
        """Note a record that is left out, from 0; one that several takes leave out is told of once."""
        self.rows_left_out.setdefault(key, set()).add(self.table.rows[row])

    def has(self, key: str) -> bool:
        """Tell whether a column, or a word for every row, says something."""
        return self.take.has(key)

    def name_column(self, key: str) -> str | None:
        """Return the title of the column that says something; None without one."""
        claims = self.claims.columns.get(key, ())
        return self.table.name_column(claims[0].position) if claims else None

    def make_place(self, row: int, key: str) -> Place:
        """Return where the cell of a key stands in a record, counted from 0."""
        return Place(self.table.file, self.table.rows[row], self.name_column(key))

    def make_column_place(self, row: int, claim: ColumnClaim) -> Place:
        """Return where the cell of one of several columns stands."""
        return Place(self.table.file, self.table.rows[row], self._name_claim(claim))

    def _name_claim(self, claim: ColumnClaim) -> str:
        if claim.title in self.take.columns.get("colleagues", ()):  # which is a person's name
            return self.table.letters[claim.position]
        return self.table.name_column(claim.position)

    def add_fault(self, code: FaultCode, place: Place, hint: Hint, cell: Any = None) -> None:
        """Add a fault."""
        self.faults.append(Fault(code, place, hint, None if cell is None else say_cell(cell)))

    def refuse_labels(self, key: str, is_cell: Callable[[str], bool]) -> None:
        """Refuse a second row of titles that is a record: it would be lost.

        Args:
            key: What a column of the table says.
            is_cell: Tells whether a text is such a cell, and no title.
        """
        for claim in self.claims.columns.get(key, ()):
            if is_cell(self.table.labels[claim.position]):
                place = Place(self.table.file, None, self._name_claim(claim))
                self.add_fault("ambiguous", place, Hint("import.record_for_labels"))

    # Whole columns, a value for each record; None where blank, at fault, or not taken.

    def list_texts(self, key: str) -> list[Any]:
        """Return the cells of a key as texts."""
        if key not in self._texts:
            self._texts[key] = self._read_key(key, say_cell, "invalid_value")
        return self._texts[key]

    def refuse_blank(self, row: int, key: str) -> None:
        """Add the fault of a cell that is blank and must not be; not of one that cannot be read."""
        text, words = self.list_texts(key)[row], self.take.words.get(key, {})
        if text is None or words.get(fold_word(text), text) is None:
            self.add_fault("missing_value", self.make_place(row, key), Hint("cell.blank"))

    def list_words(self, key: str) -> list[Any]:
        """Return the cells of a key as texts, with what its words mean."""
        return self._read_key(key, partial(self.meanings.mean_text, key), "unknown_mark")

    def list_meanings(self, key: str) -> list[Any]:
        """Return what the cells of a key mean."""
        if key in self.take.every or key not in self.take.words:
            return self._read_key(key, lambda cell: cell, "invalid_value")
        return self._read_key(key, partial(self.meanings.mean_word, key), "unknown_mark")

    def list_numbers(self, key: str) -> list[Any]:
        """Return the numbers of a key, with what its words mean."""
        return self._read_key(key, partial(self.meanings.mean_number, key), "invalid_value")

    def list_days(self, key: str, *, is_end: bool = False) -> list[Any]:
        """Return the days of a key; of the ends of something the days after."""
        order = ISO if key in self.take.every else self.take.file.dates
        read = partial(self.meanings.mean_day, key, order=order, is_end=is_end)
        return self._read_key(key, read, "invalid_value")

    def list_claim_meanings(self, key: str, claim: ColumnClaim) -> list[Any]:
        """Return what the cells of one of several columns mean."""
        coded = self.table.columns[claim.position]
        return self._read_cells(
            coded, partial(self.meanings.mean_word, key), "unknown_mark", self._name_claim(claim)
        )

    def list_claim_numbers(self, key: str, claim: ColumnClaim) -> list[Any]:
        """Return the numbers of one of several columns, with what its words mean."""
        coded, title = self.table.columns[claim.position], self._name_claim(claim)
        return self._read_cells(
            coded, partial(self.meanings.mean_number, key), "invalid_value", title
        )

    def _read_key(self, key: str, read: Callable[[Any], Any], code: FaultCode) -> list[Any]:
        if key in self.take.every:
            return [self._read_constant(key, read, code)] * len(self.table.rows)
        claims = self.claims.columns.get(key, ())
        if not claims:
            return [None] * len(self.table.rows)
        coded = self.table.columns[claims[0].position]
        if len(claims) > 1:
            columns = (self.table.list_cells(claim.position) for claim in claims)
            coded = code_cells(_join_cells(cells) for cells in zip(*columns, strict=True))
        return self._read_cells(coded, read, code, self.name_column(key))

    def _read_constant(self, key: str, read: Callable[[Any], Any], code: FaultCode) -> Any:
        value = read(self.take.every[key])
        if isinstance(value, Hint):
            self.add_fault(code, Place("mapping", None, f"every.{key}"), value)
            return None
        return value

    def _read_cells(
        self,
        coded: CodedCells,
        read: Callable[[Any], Any],
        code: FaultCode,
        title: str | None,
    ) -> list[Any]:
        """Read the distinct cells of a column, and return a value for each record.

        Args:
            coded: The cells.
            read: Makes a value of a cell, or a hint that says why it cannot.
            code: What is wrong then.
            title: The title of the column.
        """
        values = [read(cell) for cell in coded.distinct]
        wrong = {number for number, value in enumerate(values) if isinstance(value, Hint)}
        if wrong:
            self._add_cell_faults(coded, values, wrong, code=code, title=title)
        sound = [None if number in wrong else value for number, value in enumerate(values)]
        sound.append(None)  # the code of a blank cell is -1
        return [sound[number] for number in coded.codes.tolist()]

    def _add_cell_faults(
        self,
        coded: CodedCells,
        values: Sequence[Any],
        wrong: set[int],
        *,
        code: FaultCode,
        title: str | None,
    ) -> None:
        taken = np.zeros(len(self.table.rows), np.bool_)
        taken[list(self.chosen)] = True
        for row in np.flatnonzero(taken & np.isin(coded.codes, list(wrong))).tolist():
            number = int(coded.codes[row])
            place = Place(self.table.file, self.table.rows[row], title)
            self.add_fault(code, place, values[number], coded.distinct[number])

    def _read_blank_choices(self, title: str, coded: CodedCells, is_taken: list[Any]) -> None:
        """Read the blank cells of a column by which rows are chosen: the word "" says what they are."""
        meaning = self.take.only[title].get("")
        for row in self.chosen:
            if coded.codes[row] < 0:
                is_taken[row] = meaning
                if not isinstance(meaning, bool):
                    place = Place(self.table.file, self.table.rows[row], title)
                    self.add_fault("missing_value", place, Hint("import.blank_choice", title=title))

    def read_own_day(self, text: Any, place: Place, *, is_end: bool = False) -> date | None:
        """Return a day that the mapping itself has; None, and a fault, if it is none."""
        day = None if text is None else self.meanings.read_day(text, order=ISO, is_end=is_end)
        if isinstance(day, Hint):
            self.add_fault("invalid_value", place, day, text)
            return None
        return day

    def yield_items(self) -> Iterator[tuple[ColumnClaim, str]]:
        """Yield the columns that are a question each, with the item that it is."""
        for claim in self.claims.columns.get(ITEMS, ()):
            yield claim, self.take.items[claim.title].replace(ANYTHING, claim.star)


def _join_cells(cells: Sequence[Any]) -> str | None:
    return " ".join(filter(None, map(say_cell, cells))) or None
