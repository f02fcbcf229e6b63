"""Merging two changes of one text, line by line: what either side changed alone is taken as it is.

Where both changed the same lines, or lines that touch, both are kept between the marks that git uses, for
a person to choose.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from attrs import frozen

MINE_MARK, BETWEEN_MARK, THEIRS_MARK = "<<<<<<< ", "=======", ">>>>>>> "
"""What a conflict begins with, what parts its halves, and what it ends with."""


@frozen
class Edit:
    """What somebody made of some lines of a text.

    Attributes:
        first: The first of these lines, from 0.
        last: The line after the last; equal to `first` where lines were only added.
        lines: What stands there now.
        mine: Which of the two sides did it.
    """

    first: int
    last: int
    lines: Sequence[str]
    mine: bool


@frozen
class Merged:
    """Two changes of one text as one text.

    Attributes:
        text: The text.
        conflicts: In how many places a person has to choose.
    """

    text: str
    conflicts: int


def merge_texts(base: str, mine: str, theirs: str, *, theirs_named: str = "theirs") -> Merged:
    r"""Merge what two sides made of a text.

    Args:
        base: The text as it was.
        mine: What one side made of it; it stands first in a conflict.
        theirs: What the other side made of it.
        theirs_named: What the other side is called in the marks.

    Returns:
        The merged text.

    Examples:
        >>> merge_texts("a\nb\nc\n", "A\nb\nc\n", "a\nb\nC\n").text
        'A\nb\nC\n'
        >>> merge_texts("a\n", "mine\n", "new\n").conflicts
        1
    """
    lines = _split_lines(base)
    edits = [*find_edits(lines, _split_lines(mine), mine=True)]
    edits += find_edits(lines, _split_lines(theirs), mine=False)
    merged: list[str] = []
    place = conflicts = 0
    for group in group_edits(edits):
        first, last = group[0].first, max(edit.last for edit in group)
        ours = apply_edits(lines, [e for e in group if e.mine], first, last)
        others = apply_edits(lines, [e for e in group if not e.mine], first, last)
        both = {edit.mine for edit in group} == {True, False} and ours != others
        chosen = ours if any(edit.mine for edit in group) else others
        merged += lines[place:first]
        merged += _mark_conflict(ours, others, theirs_named) if both else chosen
        conflicts += both
        place = last
    return Merged("".join([*merged, *lines[place:]]), conflicts)


def find_edits(base: Sequence[str], changed: Sequence[str], *, mine: bool) -> Iterator[Edit]:
    """Yield what was made of the lines of a text, from its first line to its last."""
    matcher = SequenceMatcher(None, base, changed, autojunk=False)
    for tag, first, last, start, end in matcher.get_opcodes():
        if tag != "equal":
            yield Edit(first, last, changed[start:end], mine)


def group_edits(edits: Sequence[Edit]) -> Iterator[list[Edit]]:
    """Yield edits of both sides that touch together, and each other one alone."""
    group: list[Edit] = []
    for edit in sorted(edits, key=lambda edit: (edit.first, edit.last)):
        if group and edit.first > max(one.last for one in group):
            yield group
            group = []
        group.append(edit)
    if group:
        yield group


def apply_edits(lines: Sequence[str], edits: Sequence[Edit], first: int, last: int) -> list[str]:
    """Return what edits make of the lines from one to before another."""
    made: list[str] = []
    for edit in edits:
        made += [*lines[first : edit.first], *edit.lines]
        first = edit.last
    return [*made, *lines[first:last]]


def has_conflict(text: str) -> bool:
    """Tell whether a text has marks of a conflict that nobody has resolved."""
    starts = {line[: len(MINE_MARK)] for line in text.splitlines()}
    return {MINE_MARK, THEIRS_MARK} <= starts


def _mark_conflict(mine: Sequence[str], theirs: Sequence[str], named: str) -> list[str]:
    """Return both halves of a conflict, each on lines of its own."""
    return [
        f"{MINE_MARK}yours\n",
        *_end_lines(mine),
        f"{BETWEEN_MARK}\n",
        *_end_lines(theirs),
        f"{THEIRS_MARK}{named}\n",
    ]


def _end_lines(lines: Sequence[str]) -> list[str]:
    """Return lines of which the last ends too, so that a mark does not stand beside it."""
    return [line if line.endswith("\n") else f"{line}\n" for line in lines]


def _split_lines(text: str) -> list[str]:
    """Split a text after every line feed, and nowhere else: other breaks are letters of a line."""
    *ended, rest = text.split("\n")
    return [*(f"{line}\n" for line in ended), *([rest] if rest else [])]
