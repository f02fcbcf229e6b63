"""Trends: how indicators change from year to year, and what breaks the row."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from attrs import evolve

import plfkit
from plfkit import Event, Label, Organisation, Profile, Snapshot, assess, measures
from plfkit.errors import MeasureError
from plfkit.goals import IndicatorOutcome
from plfkit.measures import measure
from plfkit.model.records.rows import Community as Team
from plfkit.model.records.rows import Membership, Person, Position, Response, Survey, Tie, Unit
from plfkit.model.words.reasons import Reason
from plfkit.periods import Period
from plfkit.report.glances import list_trend
from plfkit.report.page import render_report
from plfkit.report.records import record_indicator


def lilleby(**measures: str) -> Profile:
    """A municipality's profile with one indicator for each of some measures."""
    return Profile.from_document(
        {
            "schema_version": 1,
            "id": "lilleby",
            "label": {"da": "Lilleby", "en": "Lilleby"},
            "indicators": {
                name: {
                    "label": {"da": name.title(), "en": name.title()},
                    "measure": measure,
                    "arguments": {"relation": "advice"} if measure == "density" else {},
                }
                for name, measure in measures.items()
            },
        }
    )


PROFILE = lilleby(members="membership_coverage", density="density")
PEOPLE = ("anna", "bo", "carl", "dorte")


def organisation(**more: list[Any]) -> Organisation:
    """Return a school of four; three are in a team from 2017, and a survey is held each November."""
    since = Period(date(2017, 8, 1))
    surveys = [
        Survey(f"advice-{year}", "network", "advice", date=date(year, 11, 1))
        for year in (2016, 2017, 2018)
    ]
    rows: dict[str, Any] = {
        "units": [Unit("skole", "school")],
        "persons": [Person(name) for name in PEOPLE],
        "positions": [Position(name, "skole", "teacher") for name in PEOPLE],
        "communities": [Team("team", "team", unit="skole", valid=since)],
        "memberships": [Membership("team", name, valid=since) for name in PEOPLE[:3]],
        "surveys": surveys,
        "responses": [Response(s.id, name, answered=True) for s in surveys for name in PEOPLE],
        "ties": [Tie("anna", "bo", "advice", s.id) for s in surveys]
        + [Tie("bo", "carl", "advice", "advice-2018")],
    }
    return Organisation.of(**{**rows, **more})


def outcome(name: str, org: Organisation, **options: Any) -> IndicatorOutcome:
    """Return one indicator of the year 2018/19."""
    card = assess(org, PROFILE, at="2018/19", **options)
    return next(o for o in card.indicators if o.id == name)


def test_the_trend_holds_a_point_for_each_year() -> None:
    """One of twelve ordered pairs is tied in the first two years, two in the last."""
    points = outcome("density", organisation()).trend
    values = [point.result.item() for point in points]
    assert [point.at for point in points] == ["2016/17", "2017/18", "2018/19"]
    assert values == pytest.approx([1 / 12, 1 / 12, 2 / 12])


def test_the_change_is_that_since_the_year_before() -> None:
    """One pair more of twelve, since 2017/18; everybody answered, so that is certain."""
    change = outcome("density", organisation()).change
    assert change is not None
    assert change.since == "2017/18"
    assert change.value == pytest.approx(1 / 12)
    assert change.lower == pytest.approx(1 / 12)
    assert change.upper == pytest.approx(1 / 12)


def test_the_change_is_as_uncertain_as_both_years() -> None:
    """Who did not answer in either year may have asked nobody, or all three others."""
    org = organisation()
    silent = [Response(r.survey, r.person, answered=r.person != "dorte") for r in org.responses]
    change = outcome("density", organisation(responses=silent)).change
    assert change is not None
    assert change.lower == pytest.approx((2 - (1 + 3)) / 12)
    assert change.upper == pytest.approx((2 + 3 - 1) / 12)


def test_another_question_breaks_the_row() -> None:
    """A limit on names is another question: the year is marked, and there is no change."""
    surveys = [
        Survey(f"advice-{y}", "network", "advice", date=date(y, 11, 1), max_ties=limit)
        for y, limit in ((2016, None), (2017, None), (2018, 3))
    ]
    found = outcome("density", organisation(surveys=surveys))
    assert [point.breaks for point in found.trend] == [(), (), ("question_changed",)]
    assert found.change is None


def test_a_merged_school_breaks_the_row() -> None:
    """A school that closed the year before is no longer among those that the figure is about."""
    units = [
        Unit("skole", "school"),
        Unit("lukket", "school", valid=Period(None, date(2018, 8, 1))),
    ]
    found = outcome("members", organisation(units=units))
    assert [point.breaks for point in found.trend] == [(), (), ("schools_changed",)]
    assert found.change is None


def test_a_year_without_a_figure_gives_no_change() -> None:
    """Before there was any membership the figure does not exist; that is no rise from zero."""
    found = outcome("members", organisation())
    assert [point.result.main.value for point in found.trend if point.result.main] == [
        None,
        0.75,
        0.75,
    ]
    assert found.change is not None
    assert outcome("members", organisation(), years_back=0).change is None


REFUSING = lilleby(members="in_two_years")


@measure(
    label=Label("To år", "Two years"),
    tells=Label("Noget", "Something"),
    beware=Label("Intet", "Nothing"),
    figure_class="participation",
    tables=("persons",),
    reference="Made up.",
)
def in_two_years(now: Snapshot) -> plfkit.Result:
    """Refuse the year 2017/18, as a measure does that needs what was not there."""
    if str(now.period) == REFUSED:
        raise MeasureError("nobody asked that year")
    return evolve(measures.membership_coverage(now), measure="in_two_years")


REFUSED = "2017/18"


@pytest.mark.parametrize("refused", ["2016/17", "2017/18", "2018/19"])
def test_a_year_that_is_refused_leaves_a_mark(
    monkeypatch: pytest.MonkeyPatch, refused: str
) -> None:
    """First, between or last: the year stands in the row without a value, before the gate and behind."""
    monkeypatch.setitem(globals(), "REFUSED", refused)
    catalogue = measures.CORE.extended(in_two_years)
    card = assess(organisation(), REFUSING, at="2018/19", catalogue=catalogue)
    released = plfkit.release(card, REFUSING.privacy).content
    for one in (card.indicators[0], released.indicators[0]):
        assert [point.at for point in one.trend] == ["2016/17", "2017/18", "2018/19"]
        marked = {p.at: p.refusal for p in one.trend if p.refusal is not None}
        said = "nobody asked that year" if one is card.indicators[0] else Reason.REFUSED.meaning
        assert marked == {refused: said}
        [point] = [point for point in one.trend if point.at == refused]
        assert point.result.main is not None
        assert (point.result.main.value, point.result.main.reason) == (None, "refused")
    assert (card.indicators[0].change is None) == (refused != "2016/17")
    printed = {
        p["at"]: (p["reason"], p["detail"])
        for p in record_indicator(released.indicators[0])["trend"]
    }
    assert printed[refused] == ("refused", Reason.REFUSED.meaning)
    rows = list_trend(released.indicators[0], "da").rows
    assert [row[5] for row in rows if row[0] == refused] == ["refused"]


def test_the_page_says_which_year_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Beside the figures of the other years, in words."""
    monkeypatch.setitem(globals(), "REFUSED", "2017/18")
    catalogue = measures.CORE.extended(in_two_years)
    people = [f"p{number:02d}" for number in range(20)]
    org = Organisation.of(
        units=[Unit("skole", "school")],
        persons=[Person(name) for name in people],
        positions=[Position(name, "skole", "teacher") for name in people],
        communities=[Team("team", "team", unit="skole", valid=Period(date(2016, 8, 1)))],
        memberships=[
            Membership("team", name, valid=Period(date(2016, 8, 1))) for name in people[:12]
        ],
        events=[Event("e", "workshop", date(2016, 9, 1))],
    )
    card = assess(org, REFUSING, at="2018/19", catalogue=catalogue)
    html = render_report(plfkit.release(card, REFUSING.privacy), language="en")
    assert "2017/18: the profile asks for something the measure cannot give" in html
    assert "2016/17: 60.0%" in html


def test_no_trend_of_refusals() -> None:
    """There is nothing to follow: the reason stands with the indicator alone."""
    wrong = Profile.from_document(
        {**REFUSING.to_document(), "indicators": {"x": {**DENSITY, "arguments": {"relation": "?"}}}}
    )
    one = assess(organisation(), wrong, at="2018/19").indicators[0]
    assert (one.reason, one.trend) == ("refused", ())


DENSITY = {"label": {"da": "Tæthed", "en": "Density"}, "measure": "density"}


def test_how_far_back_is_asked_for() -> None:
    """`years_back` counts the years before; none are made up where there are no data."""
    assert len(outcome("density", organisation(), years_back=1).trend) == 2
    assert len(outcome("density", organisation(), years_back=40).trend) == 3


def test_the_evidence_names_the_communities() -> None:
    """Of the two communities in force the team has enough members to bear the figure out."""
    more = [Team("team", "team", unit="skole"), Team("par", "team", unit="skole")]
    members = [Membership("team", name) for name in PEOPLE[:3]]
    org = organisation(communities=more, memberships=[*members, Membership("par", "anna")])
    result = outcome("members", org).result
    assert result is not None
    assert result.rests_on == ("team",)
    assert result.evidence == {"communities": 1, "communities_unknown": 0, "too_small": 1}


def answered_in(year: int, *silent: str) -> Organisation:
    """The organisation, with some who did not answer in one of the years."""
    whole = organisation()
    survey = f"advice-{year}"
    heard = [
        Response(r.survey, r.person, answered=r.survey != survey or r.person not in silent)
        for r in whole.responses
    ]
    ties = [t for t in whole.ties if t.survey != survey or t.source not in silent]
    return organisation(responses=heard, ties=ties)


def test_fewer_answers_are_no_change() -> None:
    """From four to three who answered: nothing is told as down, and both rates stand beside."""
    fewer = outcome("density", answered_in(2018, "bo"))
    assert [point.breaks for point in fewer.trend][-1] == ("fewer_answered",)
    assert fewer.change is None
    more = outcome("density", answered_in(2017, "dorte"))
    assert [point.breaks for point in more.trend][-1] == ("more_answered",)
    alike = outcome("density", organisation())
    assert [point.breaks for point in alike.trend][-1] == ()
    assert alike.change is not None


def test_a_change_that_no_answers_undo_is_told() -> None:
    """All ties of 2018 against none of 2017: whoever was silent, density rose."""
    everybody = [
        Tie(a, b, "advice", "advice-2018")
        for a in PEOPLE[:3]
        for b in PEOPLE
        if a != b and (a, b) not in {("anna", "bo"), ("bo", "carl")}
    ]
    org = answered_in(2018, "dorte").with_(ties=everybody)
    density = outcome("density", org)
    assert density.trend[-1].breaks == ()
    assert density.change is not None
    assert density.change.lower is not None
    assert density.change.lower > 0


def test_the_gap_is_the_profiles() -> None:
    """A municipality that sets 30 points compares 75 with 100 %."""
    wide = evolve(PROFILE, standards=evolve(PROFILE.standards, response_gap=30.0))
    card = assess(answered_in(2018, "bo"), wide, at="2018/19")
    density = next(one for one in card.indicators if one.id == "density")
    assert density.trend[-1].breaks == ()
