"""What is told of one yes/no, and what follows from it, against all that is possible."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import numpy as np
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from searching import search

from plfkit.arrays import Flags
from plfkit.disclosure.classes import find_total_class
from plfkit.disclosure.plans import Plan, ToldSet
from plfkit.disclosure.tables import ToldCount, deduce_pair_span


def make_plan(members: Flags, width: int) -> Plan:
    """Return a plan of some sets of people: a row for each set, a column for everybody."""
    sets = tuple(ToldSet((str(n),), np.flatnonzero(row)) for n, row in enumerate(members))
    return Plan(np.ones(members.shape[1], np.bool_), sets, members, width)


def list_others(told: ToldCount) -> Iterator[Flags]:
    """Yield everybody who could have it by what is told, all 2^n tried."""
    for cells in product((False, True), repeat=told.plan.members.shape[1]):
        has = np.array(cells)
        spans = zip(told.plan.members, told.classes, strict=True)
        inside = all(low <= (row & has).sum() <= high for row, (low, high) in spans)
        if inside and told.whole[0] <= has.sum() <= told.whole[1]:
            yield has


@st.composite
def told_counts(draw: st.DrawFn) -> ToldCount:
    """Draw what is told of up to nine people in up to three sets, each person on one level."""
    people = draw(st.integers(4, 9))
    groups = draw(st.lists(st.integers(0, 2), min_size=people, max_size=people))
    members = np.array([[group == row for group in groups] for row in range(2)])
    has = np.array(draw(st.lists(st.booleans(), min_size=people, max_size=people)))
    return ToldCount.of(make_plan(members, 2), has, 1)


@search(30)
@given(told_counts(), st.data())
def test_what_follows(told: ToldCount, data: st.DataObject) -> None:
    """The least and the most of any people is what one of all possible municipalities has."""
    size = told.plan.members.shape[1]
    asked = np.array(data.draw(st.lists(st.booleans(), min_size=size, max_size=size)))
    counts = [int((has & asked).sum()) for has in list_others(told)]
    assert told.deduce_span(asked) == (min(counts), max(counts))


@search(30)
@given(told_counts())
def test_truth(told: ToldCount) -> None:
    """What is told holds of the people themselves, and of others too."""
    assert sum(1 for _ in list_others(told)) > 0


@st.composite
def pairs_of_marks(draw: st.DrawFn) -> tuple[Flags, Flags, Flags]:
    """Draw sets of sixteen people, levels and places, and who of them surely and possibly has it."""
    numbers = st.lists(st.integers(0, 3), min_size=16, max_size=16)
    levels, places, having = (np.array(draw(numbers)) for _ in range(3))
    members = np.array([levels == 0, places == 0, places == 1])
    return members, having == 0, having <= draw(st.integers(0, 2))


@search(60)
@given(pairs_of_marks(), st.integers(1, 3), st.booleans())
def test_wholes(marks: tuple[Flags, Flags, Flags], k: int, own: bool) -> None:  # noqa: FBT001
    """A total is told as what follows from the sets has it, also where nothing had to be worked out."""
    members, surely, possibly = marks
    plan = make_plan(members, 2)
    sure, may = ToldCount.of_pair(plan, surely, possibly, k, own_answers=own)
    open_ = evolve(sure, whole=(0, 16)), evolve(may, whole=(0, 16))
    least, most = deduce_pair_span(*open_, surely=True)
    assert sure.whole == find_total_class(int(surely.sum()), (least, most), size=16, k=k)
    least, most = deduce_pair_span(sure, open_[1], surely=False)
    span = (max(least, sure.whole[0]) if own else least), most
    assert may.whole == find_total_class(int(possibly.sum()), span, size=16, k=k)
    alone = ToldCount.of(plan, surely, k)
    span = evolve(alone, whole=(0, 16)).deduce_span(plan.universe)
    assert alone.whole == find_total_class(int(surely.sum()), span, size=16, k=k)


def test_a_whole_near_what_its_sets_allow() -> None:
    """Two schools of twenty, 12 at each of the class 7 to 13: two more would fit, and five are to."""
    members = np.repeat(np.eye(2, dtype=np.bool_), 20, axis=1)
    told = ToldCount.of(make_plan(members, 7), np.arange(40) % 20 < 12, 5)
    assert (told.classes, told.whole) == (((7, 13), (7, 13)), (22, 26))


def test_a_told_set_is_not_worked_out() -> None:
    """Of a set that is told its class is told, also where the whole would narrow it."""
    members = np.zeros((1, 40), np.bool_)
    members[0, :20] = True
    has = np.arange(40) < 19
    told = ToldCount.of(make_plan(members, 7), has, 5)
    assert told.find_span(members[0]) == (14, 20)
    assert told.deduce_span(members[0]) == (14, told.whole[1])
