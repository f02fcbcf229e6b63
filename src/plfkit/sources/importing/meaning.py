"""What a single cell means: a text, a number or a day, by the words and the declarations of its take."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from attrs import frozen

from plfkit.hints import Hint
from plfkit.sources.importing.cutting import say_cell
from plfkit.sources.importing.take import Take
from plfkit.sources.importing.titles import ANYTHING, fold_word, normalise_words
from plfkit.sources.importing.values import hint_at_day, hint_at_number, parse_day, parse_number

ISO = "iso"
"""How days are written in a mapping itself."""
_LAST_DAY = "last day"
_CALLED = frozenset({"person", "name", "also", "respondent"})
"""What somebody is called: Excel makes days, truths and rounded numbers of what is typed."""
_LARGEST_EXACT = 2**53


@frozen
class CellMeanings:
    """Tells what cells of a take mean; a hint where nothing says so.

    Attributes:
        take: What the mapping says.
        is_known: Whether a word under a key needs no meaning of its own, as a title of the vocabulary.
    """

    take: Take
    is_known: Callable[[str, str], bool]

    def mean_choice(self, title: str, cell: Any) -> bool | Hint:
        """Return whether the row of a cell is taken, by a column by which rows are chosen."""
        words = self.take.only[title]
        meaning = words.get(fold_word(say_cell(cell)), words.get(ANYTHING))
        return meaning if isinstance(meaning, bool) else Hint("import.unknown_choice", title=title)

    def mean_word(self, key: str, cell: Any) -> Any:
        """Return what a cell means; itself if its column has no words."""
        words = self.take.words.get(key)
        if words is None:
            return cell
        text = say_cell(cell)
        if fold_word(text) in words:
            return words[fold_word(text)]
        if ANYTHING in words:
            return words[ANYTHING]
        is_number = parse_number(cell, self.take.file.decimal) is not None
        is_clear = is_number or self.is_known(key, text)
        return cell if is_clear else Hint("import.unknown_word", name=key)

    def mean_text(self, key: str, cell: Any) -> str | Hint | None:
        """Return the text that a cell means; None for nothing."""
        meaning = cell if key in self.take.every else self.mean_word(key, cell)
        is_large = isinstance(meaning, float) and abs(meaning) >= _LARGEST_EXACT
        if key in _CALLED and (is_large or isinstance(meaning, date | bool)):
            return Hint("import.mangled")
        return meaning if meaning is None or isinstance(meaning, Hint) else say_cell(meaning)

    def mean_day(self, key: str, cell: Any, *, order: str, is_end: bool) -> date | Hint | None:
        """Return the day that a cell means, of an end the day after; None for nothing."""
        words = self.take.words.get(key, {})
        meaning = words.get(fold_word(say_cell(cell)), cell)
        if meaning is None:
            return None
        # A day that the mapping has for a word is written as its other days are.
        return self.read_day(meaning, order=order if meaning is cell else ISO, is_end=is_end)

    def mean_number(self, key: str, cell: Any) -> float | Hint | None:
        """Return the number that a cell means; None for nothing."""
        meaning = self.mean_word(key, cell)
        if meaning is None or isinstance(meaning, Hint):
            return meaning
        if isinstance(meaning, bool) and key in self.take.words:
            return float(meaning)
        number = parse_number(meaning, self.take.file.decimal)
        return hint_at_number(say_cell(cell)) if number is None else number

    def read_day(self, cell: Any, *, order: str, is_end: bool) -> date | Hint:
        """Return a day that is written as days were said to be, of an end the day after."""
        day = parse_day(cell, order)
        if day is None:
            return hint_at_day(say_cell(cell))
        is_last = is_end and self.take.file.ends == _LAST_DAY and day < date.max
        return day + timedelta(days=1) if is_last else day

    def split_cell(self, key: str, cell: Any) -> list[str]:
        """Return the texts of a cell, in which several may stand."""
        if isinstance(cell, tuple):  # a word that means several
            return list(map(say_cell, cell))
        sign = self.take.split.get(key)
        if sign is None or cell is None:
            return [text] if (text := say_cell(cell)) else []
        text = str(cell) if sign.isspace() and isinstance(cell, str) else say_cell(cell)
        return [part for part in map(normalise_words, text.split(sign)) if part]
