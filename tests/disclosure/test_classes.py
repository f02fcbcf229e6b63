"""Classes: a fixed grid over all counts that are possible, with ends as wide as the rest."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from plfkit.disclosure.classes import find_class, find_total_class


@given(st.integers(0, 60), st.integers(0, 60), st.integers(3, 15))
def test_grid(least: int, size: int, width: int) -> None:
    """Every count lies in one class; classes follow each other, and none is narrower than it may be."""
    most = least + size
    classes = [find_class(count, (least, most), width) for count in range(least, most + 1)]
    assert all(low <= least + place <= high for place, (low, high) in enumerate(classes))
    told = sorted(set(classes))
    assert (told[0][0], told[-1][1]) == (least, most)
    assert all(one[1] + 1 == other[0] for one, other in pairwise(told))
    assert len(told) == 1 or all(high - low + 1 >= width for low, high in told)


def test_few_people() -> None:
    """Of so few people that two classes do not fit nothing is told."""
    assert {find_class(count, (0, 12), 7) for count in range(13)} == {(0, 12)}


@given(st.integers(3, 10), st.data())
def test_total(k: int, data: st.DataObject) -> None:
    """A total is told exactly only where at least k counts lie between it and what is possible."""
    size = data.draw(st.integers(0, 200))
    least = data.draw(st.integers(0, size))
    most = data.draw(st.integers(least, size))
    count = data.draw(st.integers(least, most))
    low, high = find_total_class(count, (least, most), size=size, k=k)
    assert least <= low <= count <= high <= most
    if low == high and least < most:
        assert count - least >= k or low == least == most
        assert most - count >= k
        assert 2 * k - 2 <= count <= size - 2 * k + 2
