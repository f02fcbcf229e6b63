"""Teaching time: what is kept up all year, and what is a burst of weeks."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from plfkit import Organisation, Snapshot, snapshot
from plfkit.graph.events import select_events
from plfkit.graph.teaching import TeachingTime, count_teaching_days, count_year_teaching
from plfkit.model.declared.standards import Standards
from plfkit.model.records.rows import Community, Event, Membership, Person
from plfkit.periods import Period

YEAR = "2018/19"
MONTHLY = tuple(
    date(year, month, 10)
    for year, months in ((2018, (9, 10, 11, 12)), (2019, (1, 2, 3, 4, 5, 6)))
    for month in months
)
"""Ten meetings, one in every month from September to June."""


def weekly(first: date, count: int) -> tuple[date, ...]:
    """Return days a week apart."""
    return tuple(first + timedelta(weeks=week) for week in range(count))


def moment(
    days: tuple[date, ...],
    at: str | Period | None = YEAR,
    valid: Period = Period(),  # noqa: B008 - a value
) -> Snapshot:
    """Return a moment of one team that met on some days."""
    people = ("anna", "bo", "carl")
    return snapshot(
        Organisation.of(
            persons=[Person(name) for name in people],
            communities=[Community("team", "team", valid=valid)],
            memberships=[Membership("team", name, valid=valid) for name in people],
            events=[
                Event(f"e{n:02d}", "planning_meeting", day, community="team")
                for n, day in enumerate(days)
            ],
        ),
        at,
    )


def judge(now: Snapshot) -> tuple[bool, bool]:
    """Tell whether the team kept its meetings up, and whether it met at steady intervals."""
    events, time = select_events(now), TeachingTime.of(now, ("team",))
    whose = events.match_communities(("team",))
    return bool(time.is_kept_up(whose, events.dates)[0]), bool(
        time.is_steady(whose, events.dates)[0]
    )


def days_between(*days: str) -> list[int]:
    """Return how many days of teaching lie between days."""
    passed: list[int] = np.diff(
        count_teaching_days(np.array(days, "datetime64[D]"), Standards())
    ).tolist()
    return passed


def test_summers_do_not_count() -> None:
    """From 8 August to 26 June are 322 days; from there to the next 8 August are none."""
    assert days_between("2018-08-01", "2018-08-08", "2019-06-26", "2019-08-08") == [0, 322, 0]
    assert days_between("2019-06-20", "2019-08-10") == [8]
    assert count_year_teaching(Standards()) == 322


@pytest.mark.parametrize(
    ("days", "kept", "steady"),
    [
        (MONTHLY, True, True),
        (weekly(date(2018, 8, 13), 6), False, False),
        (weekly(date(2019, 4, 29), 8), False, False),
        (weekly(date(2018, 8, 13), 20), False, False),
        (MONTHLY[:4], False, False),
        (MONTHLY[1:8], True, True),
        (MONTHLY[::2], False, False),
        (weekly(date(2018, 8, 13), 6) + weekly(date(2019, 5, 13), 6), False, False),
        (MONTHLY[:3] + MONTHLY[7:], True, False),
        ((), False, False),
    ],
    ids=[
        "monthly",
        "six weeks in autumn",
        "eight weeks in spring",
        "all autumn",
        "too few",
        "October to April",
        "every other month",
        "autumn and spring",
        "not in winter",
        "never",
    ],
)
def test_a_year_is_a_whole_year(days: tuple[date, ...], kept: bool, steady: bool) -> None:  # noqa: FBT001
    """Six meetings in four stretches of two months are kept up; twelve weeks without break a rhythm."""
    assert judge(moment(days)) == (kept, steady)


def test_half_a_year_is_held_to_half() -> None:
    """In an autumn term three meetings in two of three stretches do, and one in each month is steady."""
    autumn = Period(date(2018, 8, 1), date(2019, 2, 1))
    assert judge(moment(MONTHLY[:5], autumn)) == (True, True)
    assert judge(moment(weekly(date(2018, 8, 13), 6), autumn)) == (False, False)


def test_team_from_january() -> None:
    """It met every month since; one that was there from August and met as often did not keep it up."""
    since = Period(date(2019, 1, 1))
    assert judge(moment(MONTHLY[4:], valid=since)) == (True, True)
    assert judge(moment(MONTHLY[4:])) == (False, False)


def test_too_short_a_time_tells_nothing() -> None:
    """Of a day, or of a team that ended after a month, nobody can say that it meets all year."""
    day = moment(MONTHLY, Period.parse("2018-10-10"))
    month = moment(MONTHLY[6:7], valid=Period(date(2019, 2, 15), date(2019, 3, 15)))
    for now in (day, month):
        assert not TeachingTime.of(now, ("team",)).tells.any()
        assert judge(now) == (False, False)


def test_undated_school_years() -> None:
    """An open period lasts for the school years in which something took place."""
    always = Period()
    assert judge(moment(weekly(date(2018, 8, 13), 6), always)) == (False, False)
    assert judge(moment(MONTHLY, always)) == (True, True)
    twice = MONTHLY + tuple(day + timedelta(days=365) for day in MONTHLY)
    assert judge(moment(twice, always)) == (True, True)
    assert judge(moment((), always)) == (False, False)


@given(st.sets(st.dates(date(2018, 8, 1), date(2019, 7, 31)), max_size=12), st.data())
def test_one_more_meeting_never_ends_what_was_kept_up(days: set[date], data: st.DataObject) -> None:
    """More meetings are never less."""
    more = data.draw(st.dates(date(2018, 8, 1), date(2019, 7, 31)))
    before, after = (judge(moment(tuple(sorted(one))))[0] for one in (days, days | {more}))
    assert after >= before


@given(
    st.lists(st.lists(st.integers(5, 60), min_size=4, max_size=14), min_size=3, max_size=3),
    st.sampled_from([0.25, 0.5, 1.0]),
)
@example([[5, *[28, 48] * 4], [*[20] * 5, 90, *[20] * 6], [20] * 16], 1.0)
@example([[20, 20, 60] * 3, [30, 50] * 4, [20] * 16], 0.25)
def test_rhythm_of_each_community(gaps_of_each: list[list[int]], varied: float) -> None:
    """Communities are steady as one by one: by their breaks, their median gap, and how gaps vary."""
    meetings = [
        (community, day)
        for community, gaps in enumerate(gaps_of_each)
        for day in np.cumsum(gaps).tolist()
        if day < 322
    ]
    standards, year = Standards(varied=varied), np.datetime64("2018-08-08")
    whose = np.array([one for one, _ in meetings], np.int64)
    days = year + np.array([day for _, day in meetings], np.int64)
    start, end = count_teaching_days(year + np.array([0, 321]), standards)
    time = TeachingTime(np.full(3, start), np.full(3, end), standards)
    expected = []
    for community in range(3):
        met = sorted({start + day for one, day in meetings if one == community})
        gaps, breaks = np.diff(met), np.diff([start, *met, end])
        expected.append(
            len(met) >= standards.fewest
            and breaks.max() <= standards.break_days
            and np.median(gaps) <= standards.gap_days
            and gaps.var() <= (varied * gaps.mean()) ** 2 + 1e-9
        )
    assert time.is_steady(whose, days).tolist() == expected
