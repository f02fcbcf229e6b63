"""Trends behind the gate: a row breaks by what is told of who answered, and by nothing else."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st

from plfkit import Organisation, Profile, assess, release
from plfkit.disclosure import Released
from plfkit.goals import Scorecard
from plfkit.model.declared.declarations import PrivacyFloor
from plfkit.model.records.rows import Person, Position, Response, Survey, Tie, Unit
from plfkit.model.words.breaks import Break
from plfkit.report.figures import list_breaks
from plfkit.report.page import render_report
from plfkit.report.texts import Texts

FLOOR = PrivacyFloor(k=5)
TEXT = {"da": "Tæthed", "en": "Density"}
PROFILE: dict[str, Any] = {
    "schema_version": 1,
    "id": "lilleby",
    "label": TEXT,
    "goals_complete": False,
    "indicators": {"D": {"label": TEXT, "measure": "density", "arguments": {"relation": "advice"}}},
}


def build_town(people: int, answered: tuple[int, ...]) -> Organisation:
    """Return a town of three schools of which so many answered, year by year, alike by who answered."""
    surveys = [(f"s{year}", date(2016 + year, 3, 1), count) for year, count in enumerate(answered)]
    return Organisation.of(
        units=[Unit("m", "municipality"), *(Unit(s, "school", parent="m") for s in "abc")],
        persons=[Person(f"p{one}") for one in range(people)],
        positions=[Position(f"p{one}", "abc"[one % 3], "teacher") for one in range(people)],
        surveys=[Survey(name, "network", "advice", date=day) for name, day, _ in surveys],
        responses=[
            Response(name, f"p{one}", one < count)
            for name, _, count in surveys
            for one in range(people)
        ],
        ties=[
            Tie(f"p{one}", f"p{(one * 7 + step) % people}", "advice", survey=name)
            for name, _, count in surveys
            for one in range(count)
            for step in (1, 5)
            if one != (one * 7 + step) % people
        ],
    )


def release_years(town: Organisation) -> Released[Scorecard]:
    """Return what leaves of the town's density, year by year."""
    return release(assess(town, Profile.from_document(PROFILE)), FLOOR)


def list_told_breaks(card: Released[Scorecard]) -> list[tuple[str, ...]]:
    """Return what breaks the row, for each year after the first."""
    return [point.breaks for point in card.content.indicators[0].trend[1:]]


@given(st.integers(30, 60), st.data())
def test_one_answer_within_a_class(people: int, data: st.DataObject) -> None:
    """Where as much is told of who answered with one answer more, the same breaks stand."""
    count = st.integers(people * 2 // 3, people - 1)
    before, now = data.draw(count), data.draw(count)
    cards = [
        release_years(build_town(people, years)) for years in ((before, now), (before, now + 1))
    ]
    told, more = (
        [(row["period"], row["answered"]) for row in card.figures if row["measure"] == "density"]
        for card in cards
    )
    assume(told == more)
    assert list_told_breaks(cards[0]) == list_told_breaks(cards[1])


@pytest.mark.parametrize("answered", [(41, 43), (41, 44), (43, 43), (42, 48)])
def test_rates_in_one_class(answered: tuple[int, int]) -> None:
    """From 41 to 48 of 48 are one class: whether more answered cannot be said, and is not."""
    card = release_years(build_town(48, answered))
    assert list_told_breaks(card) == [(Break.ANSWERS_NOT_COMPARED,)]
    assert card.content.indicators[0].change is None
    page = render_report(card, language="en")
    assert "more answered" not in page
    assert "it cannot be said whether about as many answered" in page


def test_what_classes_settle() -> None:
    """Exact rates are compared; a class that lies wholly apart from a rate is more than it."""
    assert list_told_breaks(release_years(build_town(150, (90, 110, 112)))) == [
        (Break.MORE_ANSWERED,),
        (),
    ]
    (broken,) = list_told_breaks(release_years(build_town(150, (100, 150))))
    assert broken == (Break.MORE_ANSWERED,)
    # Of 300 nearly all are told as more than 292: two such years lie less than five points apart.
    assert list_told_breaks(release_years(build_town(300, (296, 300)))) == [()]


def test_no_rate_is_written_that_is_not_told() -> None:
    """More is said with the two rates, or without any number."""
    outcome = release_years(build_town(150, (100, 150))).content.indicators[0]
    before, now = outcome.trend
    assert list_breaks(now, before, Texts.of("en")) == ["break: more answered"]
    figures = [point.result.main for point in (before, now)]
    assert [None if one is None else one.response_rate for one in figures] == [0.667, None]
    outcome = release_years(build_town(150, (100, 120))).content.indicators[0]
    (said,) = list_breaks(outcome.trend[1], outcome.trend[0], Texts.of("en"))
    assert said == "break: more answered, 80% against 67%"


def test_other_breaks_stay() -> None:
    """What is public breaks a row as it did, whatever is told of who answered."""
    card = assess(build_town(48, (41, 44)), Profile.from_document(PROFILE))
    outcome = card.description[0]
    trend = [
        outcome.trend[0],
        evolve(outcome.trend[1], breaks=(Break.SCHOOLS_CHANGED, Break.MORE_ANSWERED)),
    ]
    left = release(evolve(outcome, trend=tuple(trend)), FLOOR).content
    assert left.trend[1].breaks == (Break.SCHOOLS_CHANGED, Break.ANSWERS_NOT_COMPARED)
    assert [(a.at, b.at) for a, b in pairwise(left.trend)] == [("2015/16", "2016/17")]
