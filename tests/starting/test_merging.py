"""Merging line by line: what one side changed is taken, what both changed is never lost."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plfkit.starting.merging import (
    BETWEEN_MARK,
    MINE_MARK,
    THEIRS_MARK,
    has_conflict,
    merge_texts,
)

LINES = st.lists(st.sampled_from(["a", "b", "c", "d", "", " x", "é\u2028", "\r"]), max_size=8)
TEXTS = st.builds("\n".join, LINES) | st.builds(
    lambda lines: "".join(f"{x}\n" for x in lines), LINES
)


@given(TEXTS, TEXTS)
def test_one_side_alone(base: str, changed: str) -> None:
    """What only one of the two changed is taken as it is, whichever it was."""
    assert merge_texts(base, changed, base).text == changed
    assert merge_texts(base, base, changed).text == changed


@given(TEXTS, TEXTS)
def test_both_the_same(base: str, changed: str) -> None:
    """What both made the same of stands there once, without a conflict."""
    merged = merge_texts(base, changed, changed)
    assert (merged.text, merged.conflicts) == (changed, 0)


@given(TEXTS, TEXTS, TEXTS)
def test_no_line_is_lost(base: str, mine: str, theirs: str) -> None:
    """Whatever line either side wrote stands in what comes out of it."""
    merged = Counter(merge_texts(base, mine, theirs).text.split("\n"))
    for side in (mine, theirs):
        # A last line without an end of its own is counted as one that has it.
        written = Counter(side.split("\n")) - Counter(base.split("\n"))
        assert all(merged[line] for line in written if line)


@given(TEXTS, TEXTS, TEXTS)
def test_marks_are_counted(base: str, mine: str, theirs: str) -> None:
    """There are as many of each mark as conflicts, and none without one."""
    merged = merge_texts(base, mine, theirs)
    lines = merged.text.split("\n")
    for mark in (MINE_MARK, BETWEEN_MARK, THEIRS_MARK):
        assert sum(line.startswith(mark) for line in lines) == merged.conflicts
    assert has_conflict(merged.text) == bool(merged.conflicts)


@given(st.data())
def test_disjoint_changes(data: st.DataObject) -> None:
    """Changes of lines with another between them are both made."""
    base = [f"line {number}" for number in range(data.draw(st.integers(3, 12)))]
    first = data.draw(st.integers(0, len(base) - 3))
    second = data.draw(st.integers(first + 2, len(base) - 1))
    mine, theirs = [*base], [*base]
    mine[first] = "mine"
    theirs[second : second + 1] = data.draw(st.sampled_from([[], ["theirs"], ["two", "lines"]]))
    expected = [*mine[: first + 1], *base[first + 1 : second], *theirs[second:]]
    texts = ["".join(f"{line}\n" for line in lines) for lines in (base, mine, theirs, expected)]
    assert merge_texts(*texts[:3]).text == texts[3]


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [("a\nX\nc\n", "a\nY\nc\n"), ("a\nX\nc\n", "a\nc\n"), ("a\nX\nb\nc\n", "a\nY\nb\nc\n")],
)
def test_conflicts(mine: str, theirs: str) -> None:
    """The same line changed, changed and deleted, and two lines at one place: a person chooses."""
    merged = merge_texts("a\nb\nc\n", mine, theirs, theirs_named="plfkit 0.3")
    assert merged.conflicts == 1
    assert "<<<<<<< yours\nX\n" in merged.text
    assert ">>>>>>> plfkit 0.3\n" in merged.text


def test_a_mark_stands_on_a_line_of_its_own() -> None:
    """A last line without an end does not swallow the mark after it."""
    assert merge_texts("a", "b", "c").text == "<<<<<<< yours\nb\n=======\nc\n>>>>>>> theirs\n"
