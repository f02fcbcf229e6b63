"""Scorecards behind the gate: every figure in them, and what claims and verdicts tell."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve

from plfkit import Organisation, Profile, assess, release
from plfkit.errors import DisclosureError
from plfkit.goals.marks import Mark
from plfkit.goals.scorecard import ClaimOutcome, IndicatorOutcome, Scorecard, TrendPoint
from plfkit.model.declared.declarations import PrivacyFloor
from plfkit.model.declared.facts import Claim, Rule
from plfkit.model.records.needs import Need
from plfkit.model.records.tables import Table
from plfkit.model.results.figures import Figure
from plfkit.model.results.result import Result
from plfkit.model.words.figure_classes import FigureClass
from plfkit.model.words.kinds import Label
from plfkit.model.words.verdicts import ClaimVerdict, Verdict

FLOOR = PrivacyFloor()
TEXT = Label("Tekst", "Text")


@pytest.fixture
def card(town: Organisation, profile: Profile) -> Scorecard:
    """The scorecard of two schools."""
    return assess(town, profile)


def claim(**rule: Any) -> Claim:
    """Return a claim with a rule."""
    return Claim(text=TEXT, certainty="stated", rule=Rule(**rule))


def outcome_of(about: Claim, **found: Any) -> ClaimOutcome:
    """Return what became of a claim."""
    return ClaimOutcome(id="c", claim=about, verdict=ClaimVerdict.OPEN, **found)


def release_claim(card: Scorecard, outcome: ClaimOutcome) -> ClaimOutcome:
    """Return what leaves of a claim."""
    (left,) = release(evolve(card, claims=(outcome,)), FLOOR).content.claims
    return left


ABOUT_PEOPLE: dict[str, Any] = {"counts": "people", "at_least": 2, "roles": ("teacher",)}
OF_EACH: dict[str, Any] = {
    "counts": "days",
    "at_least": 1,
    "each_person": "staff",
    "events": ("workshop",),
}


@pytest.mark.parametrize(
    ("lower", "upper", "shown"),
    [(4, 9, False), (1, 9, False), (5, 9, True), (9, 4, False), (0, 5, True), (0, None, True)],
)
def test_people_of_a_claim(
    card: Scorecard, lower: float, upper: float | None, *, shown: bool
) -> None:
    """How many people were found leaves where it is five or nobody, at either end."""
    outcome = outcome_of(claim(**ABOUT_PEOPLE), lower=lower, upper=upper)
    left = release_claim(card, outcome)
    assert (left.lower, left.upper) == ((lower, upper) if shown else (None, None))
    days = claim(counts="person_days", at_least=2, events=("workshop",))
    assert release_claim(card, evolve(outcome, claim=days)).lower == left.lower


def test_claims_about_no_people(card: Scorecard) -> None:
    """Few events, few people at each unit, and what has no rule leave as they are."""
    for one in (
        claim(counts="events", at_least=1, events=("workshop",)),
        claim(**ABOUT_PEOPLE, each_unit="school"),
        Claim(text=TEXT, certainty="stated"),
    ):
        whole: dict[str, Any] = {
            "supported": 1,
            "contradicted": 1,
            "open": 0,
            "lacking": {"east": 1},
        }
        outcome = outcome_of(one, lower=1, upper=2, **whole)
        assert release_claim(card, outcome) == outcome


@pytest.mark.parametrize(
    ("sides", "shown"),
    [
        ((5, 5, 5), True),
        ((0, 9, 0), True),
        ((4, 9, 9), False),
        ((9, 4, 9), False),
        ((9, 9, 1), False),
        ((9, 0, None), True),
    ],
)
def test_sides_of_a_claim(card: Scorecard, sides: tuple[int | None, ...], *, shown: bool) -> None:
    """Of how many people it holds leaves where five or nobody stand on each side."""
    lacking = {"east": 5, "west": 4}
    named = dict(zip(("supported", "contradicted", "open"), sides, strict=True))
    left = release_claim(card, outcome_of(claim(**OF_EACH), **named, lacking=lacking))
    found = (left.supported, left.contradicted, left.open)
    assert found == (sides if shown else (None, None, None))
    assert left.lacking == {"east": 5}


def test_the_overview(card: Scorecard) -> None:
    """None of its figures leaves around the gate."""
    overview = release(card, PrivacyFloor(k=100, statistics=100)).content.overview
    for result in (
        overview.learning,
        overview.coverage,
        overview.coverage_by_level,
        overview.coverage_by_school,
    ):
        assert {figure.reason for figure in result} == {"withheld"}
    few = Figure(value=1.0, n=4)
    anchoring = evolve(card.overview.anchoring_by_school, figures=Table.of(Figure, [few]))
    whole = evolve(card, overview=evolve(card.overview, anchoring_by_school=anchoring))
    (left,) = release(whole, FLOOR).content.overview.anchoring_by_school
    assert left == Figure(reason="withheld")
    assert release(card, FLOOR).content.overview.communities == card.overview.communities


def of(value: float, n: int) -> Result:
    """Return a share of so many people in communities."""
    row = Figure(value=value, lower=value, upper=value, numerator=value * n, denominator=n, n=n)
    return Result(
        figures=Table.of(Figure, [row]),
        measure="membership_coverage",
        figure_class=FigureClass.PARTICIPATION,
        at="2018/19",
        n=n,
        observed=1.0,
    )


def test_years_before(card: Scorecard) -> None:
    """A trend passes the gate year by year, of indicators of goals and of those that describe."""
    trend = (TrendPoint("2017/18", of(0.5, 4)), TrendPoint("2018/19", of(0.5, 20)))
    goals = tuple(
        evolve(goal, indicators=tuple(evolve(one, trend=trend) for one in goal.indicators))
        for goal in card.goals
    )
    described = tuple(evolve(one, trend=trend, result=None) for one in card.description)
    left = release(evolve(card, goals=goals, description=described), FLOOR).content
    assert left.description
    for outcome in left.indicators:
        reasons = [point.result.figures[0].reason for point in outcome.trend]
        assert reasons == ["withheld", None]


@pytest.mark.parametrize(
    ("value", "n", "verdict", "left"),
    [
        (0.6, 20, Verdict.MET, Verdict.MET),
        (0.6, 4, Verdict.MET, None),
        (0.6, 4, Verdict.SHOWN, None),
        (1.0, 20, Verdict.MET, Verdict.MET),
        (0.95, 20, Verdict.SHOWN, Verdict.SHOWN),
    ],
)
def test_verdicts(
    card: Scorecard, value: float, n: int, verdict: Verdict, left: Verdict | None
) -> None:
    """With a hidden figure goes its verdict, and what is missing; a band keeps what it tells."""
    outcome = evolve(card.goals[0].indicators[0], result=of(value, n), verdict=verdict)
    outcome = evolve(outcome, parts=None, missing=(Need("events"),), trend=())
    goal = evolve(card.goals[0], indicators=(outcome,))
    found = release(evolve(card, goals=(goal,)), FLOOR).content.goals[0].indicators[0]
    assert found.verdict == left
    assert found.missing == (() if left is None else (Need("events"),))
    assert found.reason == ("withheld" if left is None else outcome.reason)


def by_school(**schools: tuple[float, int]) -> Result:
    """Return a share of so many people at each school."""
    rows = [evolve(of(value, n).figures[0], part=school) for school, (value, n) in schools.items()]
    return evolve(of(0.5, 40), figures=Table.of(Figure, rows))


@pytest.mark.parametrize(
    ("east", "left", "verdict"),
    [
        ((0.6, 20), Verdict.MET, Verdict.MET),
        ((0.6, 4), None, Verdict.UNDECIDED),
        ((0.4, 20), Verdict.NOT_MET, Verdict.NOT_MET),
        ((1.0, 20), Verdict.MET, Verdict.MET),
    ],
)
def test_parts(
    card: Scorecard, east: tuple[float, int], left: Verdict | None, verdict: Verdict
) -> None:
    """A part's verdict goes with its figure, and that of all parts is settled by what is seen of them."""
    parts = by_school(east=east, west=(0.7, 20))
    verdicts = {"east": Verdict.MET if east[0] > 0.5 else Verdict.NOT_MET, "west": Verdict.MET}
    outcome = evolve(
        card.goals[0].indicators[0],
        result=of(0.6, 40),
        parts=parts,
        part_verdicts=verdicts,
        verdict=Verdict.MET,
    )

    def released(one: IndicatorOutcome) -> IndicatorOutcome:
        goal = evolve(card.goals[0], indicators=(one,))
        return release(evolve(card, goals=(goal,)), FLOOR).content.goals[0].indicators[0]

    found = released(outcome)
    assert found.part_verdicts == {"east": left, "west": Verdict.MET}
    assert found.verdict == verdict
    assert (found.part_figures["east"].reason == "withheld") == (left is None)
    assert released(evolve(outcome, part_verdicts={}, verdict=Verdict.SHOWN)).verdict == "shown"


def test_a_hidden_part_before_its_year(card: Scorecard) -> None:
    """What could be said of a part whatever its figure is, is said of a hidden one as well."""
    outcome = evolve(
        card.goals[0].indicators[0],
        result=of(0.6, 40),
        parts=by_school(east=(0.4, 4), west=(0.4, 20)),
        part_verdicts={"east": Verdict.ON_THE_WAY, "west": Verdict.ON_THE_WAY},
        mark=Mark(target=0.5, proposed=False, due=False),
        verdict=Verdict.ON_THE_WAY,
    )
    goal = evolve(card.goals[0], indicators=(outcome,))
    (left,) = release(evolve(card, goals=(goal,)), FLOOR).content.goals[0].indicators
    assert (left.part_verdicts["east"], left.verdict) == (None, Verdict.ON_THE_WAY)


def test_cards_show_no_persons(card: Scorecard) -> None:
    """However good the purpose."""
    with pytest.raises(DisclosureError, match="never shows single persons"):
        release(card, FLOOR, identified="a reason")
    assert release(card, FLOOR).floor == FLOOR
