"""A staff list of one day, with the days on which its people were hired: what it says of earlier years."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

import plfkit
from plfkit import Community, Membership, Organisation, Person, Position, Survey, Unit, measures
from plfkit.periods import Period
from plfkit.report.followed import render_trend
from plfkit.report.page import render_report
from plfkit.testing.moments import build_moment

PROFILE = plfkit.load_profile("generic")
PEOPLE = [f"p{number:02d}" for number in range(24)]


def staff_list(**more: Any) -> Organisation:
    """Return two dozen teachers in two teams, hired from 2011 on, and a survey of November 2018."""
    hired = [Period(date(2011 + number % 7, 8, 1)) for number in range(len(PEOPLE))]
    rows: dict[str, Any] = {
        "units": [Unit("s", "school")],
        "persons": [Person(name) for name in PEOPLE],
        "positions": [
            Position(name, "s", "teacher", valid=since)
            for name, since in zip(PEOPLE, hired, strict=True)
        ],
        "communities": [Community(team, "learning_community", unit="s") for team in "ab"],
        "memberships": [
            Membership("ab"[number % 2], name, valid=since)
            for number, (name, since) in enumerate(zip(PEOPLE, hired, strict=True))
        ],
        "surveys": [Survey("q", "network", relation="advice", date=date(2018, 11, 9))],
    }
    return Organisation.of(**{**rows, **more})


def test_a_list_of_one_day_has_one_year() -> None:
    """Who left before is missing, so no figure has a year before, and the page does not tell of one."""
    card = plfkit.assess(staff_list(), PROFILE)
    assert [year.at for year in card.overview.years] == ["2018/19"]
    assert {point.at for one in card.indicators for point in one.trend} == {"2018/19"}
    released = plfkit.release(card, PROFILE.privacy)
    for page in (render_report(released), render_trend(released)):
        assert "2017/18" not in page.replace("året før 2017/18", "")
        assert "fortæller ikke om tidligere år" in page


def test_somebody_who_left_makes_a_year() -> None:
    """A list that has those who stopped in 2017 tells of that year, and of all since."""
    left = Position("gone", "s", "teacher", valid=Period(date(2012, 8, 1), date(2017, 2, 1)))
    org = staff_list()
    more = org.with_(persons=[Person("gone")], positions=[left])
    card = plfkit.assess(more, PROFILE)
    assert [year.at for year in card.overview.years] == ["2016/17", "2017/18", "2018/19"]


@pytest.mark.parametrize(
    ("surveys", "value", "reason"),
    [
        (["q scale date=2018-11-01"], None, "no_year_before"),
        (["q scale date=2018-11-01", "p scale date=2017-11-01"], 0.0, None),
    ],
)
def test_nothing_became_of_communities_nobody_saw(
    surveys: list[str], value: float | None, reason: str | None
) -> None:
    """The communities of today were not the communities of the year before because their dates say so."""
    tables = {"communities": ["t learning_community"], "memberships": ["t ann,bo,cy"]}
    years = [build_moment(at, surveys=surveys, **tables) for at in ("2017/18", "2018/19")]
    total = next(iter(measures.community_transition(years)))
    assert (total.value, total.reason) == (value, reason)
