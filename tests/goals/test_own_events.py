"""What each of many people was at, held against the same for one person at a time."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plfkit.goals.counting import AttendedEvents, CountRange
from plfkit.goals.own_events import OwnEvents
from plfkit.graph.picking import list_distinct_pairs
from plfkit.model.declared.facts import Rule

PEOPLE = 3
EVENT = st.tuples(st.integers(0, 90), st.booleans(), st.sets(st.integers(0, PEOPLE - 1)))
"""An event: its day, whether not everybody was noted, and who was."""


@pytest.mark.parametrize(
    "counts", ["events", "days", "people", "person_days", "rounds", "days:1", "person_days:2"]
)
@given(held=st.lists(EVENT, max_size=6), complete=st.booleans())
def test_together_is_one_by_one(
    counts: str, *, held: list[tuple[int, bool, set[int]]], complete: bool
) -> None:
    """Of each person there are as many as among their own events, with those they may have been at."""
    what, _, stay = counts.partition(":")
    rule = Rule(counts=what, exactly=int(stay or 1), stay=bool(stay), events=("workshop",))
    days = np.array([day for day, _, _ in held], np.int64)
    unnamed = np.array([half for _, half, _ in held], np.bool_)
    there = [(person, event) for event, (_, _, own) in enumerate(held) for person in own]
    persons, events = list_distinct_pairs(*np.array(there, np.int64).reshape(-1, 2).T)
    together = OwnEvents(
        rule=rule,
        days=days,
        persons=persons,
        events=events,
        half_named=unnamed,
        size=PEOPLE,
        complete=complete,
    )
    for person, ends in enumerate(zip(*together.count(), strict=True)):
        own = np.isin(np.arange(len(held)), events[persons == person])
        alone = AttendedEvents(
            rule=rule,
            days=days.astype("datetime64[D]"),
            events=events[persons == person],
            persons=np.zeros(own.sum(), np.int64),
            people=np.ones(1, np.bool_),
            sure=own,
            others=unnamed & ~own,
            complete=complete,
        )
        assert CountRange(*ends) == alone.count()
