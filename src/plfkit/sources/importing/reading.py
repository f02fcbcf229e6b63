"""The cells of a take: row by row under the keys of the mapping, with what their words mean."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from attrs import Factory, define, field

from plfkit.errors import Fault, Place
from plfkit.faults import FaultCode
from plfkit.hints import Hint
from plfkit.sources.importing.claiming import ITEMS, Claim, Claims
from plfkit.sources.importing.cutting import ExportTable, say_cell
from plfkit.sources.importing.language import Take
from plfkit.sources.importing.titles import ANYTHING, fold_word, normalise_words

_POINT_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
_COMMA_NUMBER = re.compile(r"[+-]?[0-9]+(,[0-9]+)?")
_ISO_DAY = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})")
_DAY_FIRST = re.compile(r"(?P<day>[0-9]{1,2})[-./](?P<month>[0-9]{1,2})[-./](?P<year>[0-9]{4})")
_MONTH_FIRST = re.compile(r"(?P<month>[0-9]{1,2})[-./](?P<day>[0-9]{1,2})[-./](?P<year>[0-9]{4})")
_DAYS = {"iso": _ISO_DAY, "day-first": _DAY_FIRST, "month-first": _MONTH_FIRST}
_DAY_PART = re.compile(r"[^ T]+")
_LAST_DAY = "last day"


@define
class TakeReader:
    """Reads the cells of a take; what cannot be read is added to the faults.

    Attributes:
        take: What the mapping says.
        table: The table in the file.
        claims: Which columns say what.
        faults: What is wrong so far.
        is_known: Whether a word needs no meaning of its own, as a title of the vocabulary.
        left_out: How much was left out, by the hint that says what.
    """

    take: Take
    table: ExportTable
    claims: Claims
    faults: list[Fault] = field(factory=list)
    is_known: Callable[[str, str], bool] = Factory(lambda: lambda _key, _text: False)
    left_out: Counter[str] = field(factory=Counter)

    def has(self, key: str) -> bool:
        """Tell whether a column, or a word for every row, says something."""
        return self.take.names(key)

    def name_column(self, key: str) -> str | None:
        """Return the title of the column that says something; None without one."""
        claims = self.claims.columns.get(key, ())
        return self.table.name_column(claims[0].position) if claims else None

    def make_place(self, row: int, key: str) -> Place:
        """Return where the cell of a key stands in a record, counted from 0."""
        return Place(self.table.file, self.table.rows[row], self.name_column(key))

    def make_column_place(self, row: int, claim: Claim) -> Place:
        """Return where the cell of one of several columns stands."""
        title = self.table.name_column(claim.position)
        if claim.title in self.take.columns.get("colleagues", ()):  # which is a person's name
            title = self.table.letters[claim.position]
        return Place(self.table.file, self.table.rows[row], title)

    def add_fault(self, code: FaultCode, place: Place, hint: Hint, cell: Any = None) -> None:
        """Add a fault."""
        self.faults.append(Fault(code, place, hint, None if cell is None else say_cell(cell)))

    def choose_rows(self) -> list[int]:
        """Return the records that are taken, by what the columns of ``only`` hold."""
        chosen = list(range(len(self.table.rows)))
        for title, position in self.claims.only.items():
            words, cells = self.take.only[title], self.table.list_cells(position)
            kept = [row for row in chosen if self._is_taken(row, cells[row], words, position)]
            self.left_out["import.not_chosen"] += len(chosen) - len(kept)
            chosen = kept
        return chosen

    def _is_taken(self, row: int, cell: Any, words: Any, position: int) -> bool:
        meaning = words.get(fold_word(say_cell(cell)), words.get(ANYTHING) if cell else None)
        if not isinstance(meaning, bool):
            place = Place(self.table.file, self.table.rows[row], self.table.name_column(position))
            title = self.table.name_column(position)
            self.add_fault("unknown_mark", place, Hint("import.unknown_choice", title=title), cell)
        return meaning is True

    def list_cells(self, key: str) -> Sequence[Any]:
        """Return the cell of a key for each record: as it stands, joined of several, or for every row."""
        if key in self.take.every:
            return [self.take.every[key]] * len(self.table.rows)
        claims = self.claims.columns.get(key, ())
        if len(claims) == 1:
            return self.table.list_cells(claims[0].position)
        if not claims:
            return [None] * len(self.table.rows)
        columns = (self.table.list_cells(claim.position) for claim in claims)
        return [_join_cells(cells) for cells in zip(*columns, strict=True)]

    def list_meanings(self, key: str) -> Sequence[Any]:
        """Return what the cell of a key means for each record, None where blank."""
        cells = self.list_cells(key)
        if key not in self.take.words or key in self.take.every:
            return cells
        known: dict[tuple[type, Any], Any] = {}
        return [self._find_meaning(key, row, cell, known) for row, cell in enumerate(cells)]

    def _find_meaning(
        self, key: str, row: int, cell: Any, known: dict[tuple[type, Any], Any]
    ) -> Any:
        if cell is None:
            return None
        if (type(cell), cell) not in known:
            known[type(cell), cell] = self.mean_word(key, cell)
        meaning = known[type(cell), cell]
        if isinstance(meaning, Hint):
            self.add_fault("unknown_mark", self.make_place(row, key), meaning, cell)
            return None
        return meaning

    def mean_cell(self, key: str, row: int, claim: Claim) -> Any:
        """Return what the cell of one of several columns means; None, and a fault, if nothing says so."""
        cell = self.table.list_cells(claim.position)[row]
        meaning = None if cell is None else self.mean_word(key, cell)
        if isinstance(meaning, Hint):
            self.add_fault("unknown_mark", self.make_column_place(row, claim), meaning, cell)
            return None
        return meaning

    def mean_word(self, key: str, cell: Any) -> Any:
        """Return what a cell that is not blank means; a hint if nothing says so."""
        words = self.take.words.get(key)
        text = say_cell(cell)
        if words is None:
            return cell
        if fold_word(text) in words:
            return words[fold_word(text)]
        if ANYTHING in words:
            return words[ANYTHING]
        if self._read_plain_number(cell) is not None or self.is_known(key, text):
            return cell
        return Hint("import.unknown_word", name=key)

    def split_cell(self, key: str, cell: Any) -> list[str]:
        """Return the texts of a cell, in which several may stand."""
        text = say_cell(cell)
        if key not in self.take.split:
            return [text] if text else []
        return [part for part in map(normalise_words, text.split(self.take.split[key])) if part]

    def yield_items(self) -> Iterator[tuple[Claim, str]]:
        """Yield the columns that are a question each, with the item that it is."""
        for claim in self.claims.columns.get(ITEMS, ()):
            yield claim, self.take.items[claim.title].replace(ANYTHING, claim.star)

    def read_number(self, cell: Any, place: Place) -> float | None:
        """Return the number of a cell; None, and a fault, if it is none."""
        if cell is None:
            return None
        number = self._read_plain_number(cell)
        if number is None:
            self.add_fault("invalid_value", place, self._hint_at_number(say_cell(cell)), cell)
        return number

    def _read_plain_number(self, cell: Any) -> float | None:
        if isinstance(cell, int | float) and not isinstance(cell, bool):
            return float(cell)
        text = say_cell(cell)
        is_comma = self.take.file.decimal == ","
        if not (_COMMA_NUMBER if is_comma else _POINT_NUMBER).fullmatch(text):
            return None
        return float(text.replace(",", "."))

    def _hint_at_number(self, text: str) -> Hint:
        if _COMMA_NUMBER.fullmatch(text):
            return Hint("import.comma_number")
        return Hint("import.number")

    def read_day(
        self, cell: Any, place: Place, *, is_end: bool = False, is_iso: bool = False
    ) -> date | None:
        """Return the day of a cell, of an end the day after; None, and a fault, if it is none.

        Args:
            cell: The cell.
            place: Where it stands.
            is_end: Whether it is the end of something.
            is_iso: Whether it is the mapping's own, whose days are year-month-day.
        """
        if cell is None:
            return None
        day = self._read_plain_day(cell, "iso" if is_iso else self.take.file.dates)
        if day is None:
            self.add_fault("invalid_value", place, _hint_at_day(say_cell(cell)), cell)
        elif is_end and self.take.file.ends == _LAST_DAY and day < date.max:
            return day + timedelta(days=1)
        return day

    def _read_plain_day(self, cell: Any, order: str) -> date | None:
        if isinstance(cell, datetime):
            return cell.date()
        if isinstance(cell, date):
            return cell
        text = _DAY_PART.match(say_cell(cell))
        found = None if text is None else _DAYS[order].fullmatch(text[0])
        return None if found is None else _build_day(found)


def _join_cells(cells: Sequence[Any]) -> str | None:
    return " ".join(filter(None, map(say_cell, cells))) or None


def _build_day(found: re.Match[str]) -> date | None:
    try:
        return date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        return None


def _hint_at_day(text: str) -> Hint:
    """Say what mends a text that is no day as they were said to be written."""
    part = _DAY_PART.match(text)
    if part is not None and (_DAY_FIRST.fullmatch(part[0]) or _ISO_DAY.fullmatch(part[0])):
        return Hint("import.dates")
    return Hint("import.day")
