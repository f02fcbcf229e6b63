"""How values show themselves: in one line as text, and as a small table where HTML is shown, as in notebooks.

A value says what it is in a `Display`, in plain words; what is written of that, and that nothing in it is
taken for markup, is seen to here. In memory all is exact, so a value shows what it is of and how much
there is, and no figure of it before it is released.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import ClassVar, NoReturn

from attrs import frozen

from plfkit.errors import show_plainly

MOST_ROWS = 50
"""How many rows are shown; of more it is said how many there are."""
_NOT_RELEASED = "not released"
_LONGEST = 120


@frozen
class Display:
    """What a value shows of itself.

    Attributes:
        title: What it is of.
        facts: What else stands in its one line.
        head: The heads of the columns of its table.
        rows: The rows of its table.
        note: What to know, or to do, below it.
    """

    title: str
    facts: tuple[str, ...] = ()
    head: tuple[str, ...] = ()
    rows: Sequence[tuple[object, ...]] = ()
    note: str = ""

    def write_line(self, name: str) -> str:
        """Write what is shown where there is one line, as ``<Result: density, 2018/19, 1 row>``.

        Args:
            name: What the value is.
        """
        return f"<{name}: {', '.join(_write_plainly(part) for part in (self.title, *self.facts))}>"

    def write_html(self, name: str) -> str:
        """Write what is shown as HTML.

        Args:
            name: What the value is.
        """
        heading = " · ".join(map(_write_cell, (name, *self.facts)))
        parts = [f"<p><strong>{_write_cell(self.title)}</strong><br>{heading}</p>"]
        if self.rows:
            parts.append(self._write_table())
        if (more := len(self.rows) - MOST_ROWS) > 0:
            parts.append(f"<p>… and {count_things(more, 'more row')}</p>")
        if self.note:
            parts.append(f"<p><em>{escape(self.note)}</em></p>")
        return f'<div class="plfkit">{"".join(parts)}</div>'

    def _write_table(self) -> str:
        head = "".join(f'<th scope="col">{_write_cell(cell)}</th>' for cell in self.head)
        rows = (
            "".join(f"<td>{_write_cell(cell)}</td>" for cell in row)
            for row in self.rows[:MOST_ROWS]
        )
        body = "".join(f"<tr>{cells}</tr>" for cells in rows)
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def describe_release(*, is_released: bool) -> str:
    """Say whether a value has passed the gate."""
    return "released" if is_released else _NOT_RELEASED


def advise_on_figures(name: str, *, is_released: bool) -> str:
    """Say where the figures of a value are seen.

    Args:
        name: What somebody may call it.
        is_released: Whether it has passed the gate.
    """
    if is_released:
        return "Its figures are told in to_frame(), and where all that was released shows itself."
    return f"Figures are shown once released: plfkit.release({name}, profile.privacy)."


class Explorable:
    """What people look into by Tab: they are shown what is for them.

    A class lists in ``_INNER`` what other rooms of plfkit need of it and its users do not.
    """

    __slots__ = ()
    _INNER: ClassVar[frozenset[str]] = frozenset()

    def __dir__(self) -> Iterable[str]:
        return [name for name in super().__dir__() if name not in self._INNER]


NO_ARRAY = "a {kind} is no array: its to_frame() gives a data frame"


class Framed:
    """What gives a data frame where it is asked for one: whoever takes it for an array is told so."""

    __slots__ = ()

    def __array__(self, *_given: object, **_named: object) -> NoReturn:
        raise TypeError(NO_ARRAY.format(kind=type(self).__name__))


class SelfShowing(Explorable):
    """What shows itself: a class that says `_describe_self` has a short text and a small table."""

    __slots__ = ()

    def _describe_self(self) -> Display:
        """Return what the value shows of itself."""
        raise NotImplementedError

    def __repr__(self) -> str:
        return self._describe_self().write_line(type(self).__name__)

    def _repr_html_(self) -> str:
        return self._describe_self().write_html(type(self).__name__)


def count_things(count: int, one: str) -> str:
    """Write how many there are of something, as ``"1 row"`` or ``"8 rows"``."""
    return f"{count:,} {one if count == 1 else f'{one}s'}"


def _write_plainly(value: object) -> str:
    return show_plainly(str(value), _LONGEST)


def _write_cell(value: object) -> str:
    if value is None:
        return ""
    return escape(_write_plainly(f"{value:.6g}" if isinstance(value, float) else value))
