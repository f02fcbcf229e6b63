"""Counting for claims: rounds, stays, and what is held against what was said."""

from __future__ import annotations

import math
from datetime import date

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from plfkit import Event, Organisation, Participation, Person, snapshot
from plfkit.goals.counting import (
    AttendedEvents,
    CountRange,
    count_registered,
    read_event_days,
)
from plfkit.graph.events import select_events
from plfkit.model.declared.facts import Rule


def rule(**how: int | str) -> Rule:
    """Return a rule about teachers."""
    return Rule(counts="people", roles=("teacher",), **how)  # type: ignore[arg-type]


@given(st.integers(0, 5), st.integers(0, 5), st.integers(1, 5))
@example(2, 1, 2)
@example(1, 1, 2)
def test_verdicts_hold_for_every_number_there_may_be(lower: int, more: int, asked: int) -> None:
    """Supported if each number between the bounds bears it out, contradicted if none, open if some."""
    for how in ("at_least", "exactly"):
        fits = [
            number >= asked if how == "at_least" else number == asked
            for number in range(lower, lower + more + 1)
        ]
        expected = "supported" if all(fits) else "open" if any(fits) else "contradicted"
        assert CountRange(lower, lower + more).judge_rule(rule(**{how: asked})) == expected


@given(st.integers(0, 20), st.integers(1, 20))
def test_what_may_lack_something_contradicts_nothing(lower: int, asked: int) -> None:
    """Without a greatest number there is no contradiction, and no exact number either."""
    found = CountRange(lower, math.inf)
    assert found.judge_rule(rule(exactly=asked)) == "open"
    assert found.judge_rule(rule(at_least=asked)) == ("supported" if lower >= asked else "open")
    assert found.judge_after(CountRange(asked, asked)) == ("supported" if lower > asked else "open")
    assert CountRange(lower, lower).judge_after(CountRange(asked, math.inf)) == "open"


@given(*[st.tuples(st.integers(0, 4), st.integers(0, 2))] * 2)
def test_more_than_before(now: tuple[int, int], before: tuple[int, int]) -> None:
    """There are more if every number there may be is more than every one there may have been."""
    (low, more), (earlier, others) = now, before
    rises = {
        n > b for n in range(low, low + more + 1) for b in range(earlier, earlier + others + 1)
    }
    expected = "open" if len(rises) > 1 else "supported" if rises == {True} else "contradicted"
    found = CountRange(low, low + more).judge_after(CountRange(earlier, earlier + others))
    assert found == expected


def test_as_many_as_was_said_on_some_day() -> None:
    """Of 9, 10 and 12 at a time, ten were ten once, eleven never, and at least twelve once."""
    seen = [9, 10, 12]
    assert count_registered(rule(exactly=10), seen, complete=True) == CountRange(10, 10)
    assert count_registered(rule(exactly=11), seen, complete=True).judge_rule(rule(exactly=11)) == (
        "contradicted"
    )
    assert count_registered(rule(at_least=12), seen, complete=False) == CountRange(12, math.inf)


def attended(counts: str, sure: str, maybe: str, *, complete: bool = True) -> CountRange:
    """Count what anna and bo took part in: workshops on 1 (twice), 2 and 10 January, and in March.

    Args:
        counts: What is counted; stays of so many days after a colon.
        sure: The workshops that count for certain.
        maybe: Those that may count.
        complete: Whether there can be no others.
    """
    held = {"a": (1, 1), "b": (1, 1), "c": (1, 2), "d": (1, 10), "e": (3, 1)}
    there = {"a": ("anna", "bo"), "b": ("anna",), "c": ("anna",), "d": ("bo",), "e": ("per",)}
    org = Organisation.of(
        persons=[Person(name) for name in ("anna", "bo", "per")],
        events=[Event(key, "workshop", date(2017, *day)) for key, day in held.items()],
        participations=[Participation(key, name) for key, own in there.items() for name in own],
    )
    what, _, stay = counts.partition(":")
    asked = Rule(
        counts=what,
        exactly=int(stay or 1),
        stay=bool(stay),
        events=("workshop",),
    )
    known, open_ = (np.array([key in some for key in held], np.bool_) for some in (sure, maybe))
    events = select_events(snapshot(org, "2016/17"), ("workshop",))
    people = np.array([True, True, False])
    return AttendedEvents(
        rule=asked,
        days=read_event_days(events),
        events=events.events,
        persons=events.persons,
        people=people,
        sure=known,
        others=open_,
        complete=complete,
    ).count()


@pytest.mark.parametrize(
    ("counts", "sure", "maybe", "found"),
    [
        ("events", "abc", "e", (3, 4)),
        ("events", "", "", (0, 0)),
        ("days", "abc", "be", (2, 3)),
        ("people", "c", "e", (1, 2)),
        ("people", "c", "", (1, 1)),
        ("people", "ade", "e", (2, 2)),
        ("person_days", "abc", "e", (3, 5)),
        ("person_days", "e", "ab", (0, 4)),
        ("rounds", "abe", "", (2, 2)),
        ("rounds", "abe", "d", (2, 3)),
        ("rounds", "ab", "e", (1, 2)),
        ("rounds", "", "ae", (0, 2)),
        ("days:3", "abc", "", (3, 3)),
        ("days:4", "abc", "", (3, math.inf)),
        ("days:3", "abc", "d", (3, math.inf)),
        ("days:3", "acd", "", (3, 3)),
    ],
)
def test_what_was_attended(counts: str, sure: str, maybe: str, found: tuple[float, float]) -> None:
    """For certain, and with every event that may count; each stay is as long as its person's longest."""
    assert attended(counts, sure, maybe) == CountRange(*found)


@pytest.mark.parametrize(
    ("counts", "lower"),
    [("events", 5), ("days", 4), ("people", 2), ("person_days", 4), ("rounds", 1)],
)
def test_other_events_may_be_missing(counts: str, lower: int) -> None:
    """Where lists may lack some there is no end; and visits in January and in March may be one round."""
    assert attended(counts, "abcde", "", complete=False) == CountRange(lower, math.inf)
    assert attended(counts, "", "", complete=False) == CountRange(0, math.inf)
