"""A column as it is seen: how many cells are filled, with what, and what its title has in common."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

from attrs import frozen

from plfkit.sources.importing.cutting import say_cell
from plfkit.sources.importing.titles import fold_word

_SHAPES = re.compile(
    r"(?P<whole>\d+)"
    r"|(?P<number>[+-]?\d+(?:[.,]\d+)?)"
    r"|(?P<day>\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[-./]\d{1,2}[-./]\d{4})"
    r"|(?P<moment>(?:\d{4}[-/]\d{1,2}[-/]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./]\d{2,4})[T, ].*\d.*)"
    r"|(?P<address>[^@\s]+@[^@\s]+)"
    r"|(?P<sign>[\W_]+)"
)
"""What cells may look like; the first that fits counts."""
_CODE = re.compile(r"[A-Za-z]{0,2}\d{1,4}")
_LONG = 60  # signs beyond which a cell is an answer in somebody's own words
_STEMS = tuple(
    re.compile(form)
    for form in (
        r"(?P<head>.*\[)(?P<star>.+)(?P<tail>\])",
        r"(?P<head>.+___)(?P<star>.+)(?P<tail>)",
        r"(?P<head>.+\()(?P<star>\d+)(?P<tail>\))",
        r"(?P<head>.+\s-\s)(?P<star>.+?)(?P<tail>)",
        r"(?P<head>.+[?:]\s?\.\s?)(?P<star>.+)(?P<tail>)",
        r"(?P<head>.+/)(?P<star>[^/]+)(?P<tail>)",
        r"(?P<head>.*?\D)(?P<star>\d+)(?P<tail>)",
    )
)
"""What titles of a family look like; what differs between them is the star."""


@frozen(eq=False)
class SeenColumn:
    """A column.

    Attributes:
        number: Its place in the sheet, from 1.
        title: Its title.
        label: What a second row of titles says.
        cells: Its cells, from the first row of data on.
    """

    number: int
    title: str
    label: str
    cells: tuple[Any, ...]

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """Its cells as text; the empty one where it is blank."""
        return tuple(cell if isinstance(cell, str) else say_cell(cell) for cell in self.cells)

    @cached_property
    def answers(self) -> Mapping[str, int]:
        """How many cells hold each text."""
        return Counter(filter(None, self.texts))

    @cached_property
    def filled(self) -> int:
        """How many cells are filled."""
        return sum(self.answers.values())

    @cached_property
    def shapes(self) -> Mapping[str, int]:
        """How many cells look like what: ``whole``, ``number``, ``day``, ``text`` and so on."""
        shapes: Counter[str] = Counter()
        for answer, count in self.answers.items():
            shapes[find_shape(answer)] += count
        return shapes

    @cached_property
    def untyped(self) -> tuple[str, ...]:
        """Its texts that were text in the file: numbers and days of a workbook are not among them."""
        return tuple(dict.fromkeys(c for c in self.cells if isinstance(c, str)))

    def is_all(self, *shapes: str) -> bool:
        """Tell whether there are cells, and all of them look like one of some things."""
        return self.filled > 0 and all(shape in shapes for shape in self.shapes)

    def looks_like_codes(self) -> bool:
        """Tell whether all cells are short codes: numbers, or a letter and a number."""
        return self.filled > 0 and all(_CODE.fullmatch(answer) for answer in self.answers)


def find_shape(text: str) -> str:
    """Return what a cell looks like."""
    found = _SHAPES.fullmatch(text)
    if found is not None and found.lastgroup is not None:
        return found.lastgroup
    return "long" if len(text) > _LONG else "text"


@frozen(eq=False)
class TitleFamily:
    """Columns whose titles differ in one place.

    Attributes:
        pattern: What the titles have in common, ``*`` for what differs.
        stars: What stands there, by column.
    """

    pattern: str
    stars: Mapping[SeenColumn, str]

    @property
    def columns(self) -> tuple[SeenColumn, ...]:
        """Its columns."""
        return tuple(self.stars)


def find_families(columns: Iterable[SeenColumn]) -> list[TitleFamily]:
    """Find columns whose titles, or second titles, differ in one place, two of them at least."""
    stems: dict[str, dict[SeenColumn, str]] = {}
    for column in columns:
        for title in filter(None, (column.label, column.title)):
            if (stem := _split_stem(title)) is not None:
                stems.setdefault(stem[0], {})[column] = stem[1]
                break
    return [TitleFamily(pattern, stars) for pattern, stars in stems.items() if len(stars) > 1]


def _split_stem(title: str) -> tuple[str, str] | None:
    for form in _STEMS:
        if (found := form.fullmatch(title)) is not None and "*" not in title:
            return f"{found['head']}*{found['tail']}", found["star"]
    return None


def gather_answers(columns: Sequence[SeenColumn]) -> dict[str, int]:
    """Return how many cells of some columns hold each text, whatever its case."""
    found: dict[str, tuple[str, int]] = {}
    for column in columns:
        for answer, count in column.answers.items():
            spelled, before = found.get(fold_word(answer), (answer, 0))
            found[fold_word(answer)] = spelled, before + count
    return dict(found.values())


def name_columns(columns: Sequence[SeenColumn]) -> str | list[str]:
    """Return how a mapping names columns that are one cell together."""
    titles = [column.title for column in columns]
    return titles[0] if len(titles) == 1 else titles
