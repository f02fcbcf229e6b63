"""Faults and advice as lines: one for each thing to mend, with all its rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

import click

from plfkit.cli.speaking import choose_language, say_hint
from plfkit.errors import Fault, FaultGroup, group_faults
from plfkit.hints import Hint

FaultNoun = Literal["fault", "advice"]


def list_fault_lines(faults: Sequence[Fault], noun: FaultNoun, *, values: bool) -> Iterator[str]:
    """Yield a line for each group of faults, or of advice.

    Args:
        faults: The faults.
        noun: What they are.
        values: Whether the cells at fault are shown, and what they are near to.
    """
    for group in group_faults(faults):
        line = group.say(language=choose_language(), audience="command_line")
        if values:
            line = _add_cells(line, group)
        yield click.style(line, fg="red" if noun == "fault" else "yellow")


def _add_cells(line: str, group: FaultGroup) -> str:
    """Return a line with what the cells hold, and what that is most like."""
    cells = dict.fromkeys(repr(fault.value) for fault in group.faults if fault.value is not None)
    if cells:
        line = say_hint(Hint("listing.cells", line=line, cells=tuple(cells)))
    nearest = dict.fromkeys(repr(near) for fault in group.faults for near in fault.nearest)
    if nearest:
        line = say_hint(Hint("listing.nearest", line=line, nearest=tuple(nearest)))
    return line


def count_faults(faults: Sequence[Fault], noun: FaultNoun) -> Iterator[str]:
    """Yield the line that counts faults of native tables, if there are any."""
    if faults:
        what = _count_things(noun, len(faults))
        where = _count_things("file", len({fault.place.file for fault in faults}))
        yield say_hint(Hint("listing.counted", what=what, where=where))


def _count_things(noun: str, count: int) -> Hint:
    return Hint(f"count.{noun}") if count == 1 else Hint(f"count.{noun}s", count=count)
