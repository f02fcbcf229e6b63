"""Scorecards behind the gate: every figure in them, and what claims and verdicts tell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from attrs import evolve, fields
from staffing import Staff, name_people

from plfkit import Organisation, Profile, assess, load_profile, measures, release
from plfkit.disclosure.claims import release_claim as clear_claim
from plfkit.disclosure.publication import Publication
from plfkit.disclosure.released import Released
from plfkit.errors import DisclosureError
from plfkit.goals.checking import RuleCheck
from plfkit.goals.claim_facts import collect_claim_facts
from plfkit.goals.marks import Mark
from plfkit.goals.scorecard import (
    ClaimOutcome,
    IndicatorOutcome,
    Overview,
    OverviewYear,
    Scorecard,
    TrendPoint,
)
from plfkit.model.declared.declarations import PrivacyFloor
from plfkit.model.declared.facts import Claim, Rule
from plfkit.model.records.needs import Need
from plfkit.model.records.tables import Table
from plfkit.model.results.figures import Figure
from plfkit.model.results.result import Result
from plfkit.model.words.figure_classes import FigureClass
from plfkit.model.words.kinds import Label
from plfkit.model.words.reasons import Reason
from plfkit.model.words.verdicts import ClaimVerdict, Verdict
from plfkit.synthetic import municipality

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


def test_claims_about_no_people(card: Scorecard) -> None:
    """Few events, and what has no rule, leave as they are."""
    for one in (
        claim(counts="events", at_least=1, events=("workshop",)),
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


def test_cards_show_no_persons(card: Scorecard) -> None:
    """However good the purpose."""
    with pytest.raises(DisclosureError, match="never shows single persons"):
        release(card, FLOOR, identified="a reason")
    assert release(card, FLOOR).floor == FLOOR


def test_claims_without_facts(card: Scorecard) -> None:
    """Of a claim about people nothing leaves where it is not known of whom it is."""
    for rule in (ABOUT_PEOPLE, ABOUT_PEOPLE | {"each_unit": "school"}, OF_EACH):
        outcome = outcome_of(claim(**rule), supported=1, lower=4, upper=9, lacking={"east": 1})
        left = release_claim(card, outcome)
        assert left == outcome_of(claim(**rule))


def test_claims_about_guests(card: Scorecard) -> None:
    """What a municipality itself tells of its guests or its office passes as it is."""
    outcome = outcome_of(claim(**ABOUT_PEOPLE), lower=1, upper=2, public=True)
    assert release_claim(card, outcome) == outcome


TWO = Staff({"east": (3, 6, 40), "west": (4, 5, 30)}, office=8)


def hold_claim(there: list[str]) -> ClaimOutcome:
    """Return what leaves of the claim that every teacher was at a workshop."""
    now = TWO.take_moment(
        [],
        events=[f"w workshop 2018-10-01 unit=v headcount={len(there)}"],
        participations=[f"w {','.join(there)}"],
        complete=["v", *TWO.schools],
    )
    verdicts: dict[str | None, ClaimVerdict] = {
        p: ClaimVerdict.CONTRADICTED for p in TWO.people if p[-4] == "t"
    }
    verdicts |= dict.fromkeys(there, ClaimVerdict.SUPPORTED)
    check = RuleCheck(Organisation.of(), Rule(**OF_EACH | {"each_person": "teacher"}), now)
    outcome = outcome_of(
        claim(**OF_EACH),
        supported=len(there),
        contradicted=len(verdicts) - len(there),
        open=0,
        facts=collect_claim_facts(check, verdicts),
    )
    return release_claim_alone(outcome)


def release_claim_alone(outcome: ClaimOutcome) -> ClaimOutcome:
    """Return what leaves of a claim, judged by itself."""
    return clear_claim(outcome, Publication(FLOOR))


def test_sides_of_a_claim() -> None:
    """Of how many it holds is told as a share is, and its verdict is worked out from that."""
    some = hold_claim([*name_people("east", "t", 30), *name_people("west", "t", 18)])
    assert (some.supported, some.contradicted, some.open) == (48, 22, 0)
    assert (some.verdict, some.people) == (ClaimVerdict.CONTRADICTED, 70)


@pytest.mark.parametrize("missing", [0, 1, 3])
def test_nearly_everybody(missing: int) -> None:
    """That a claim holds of all but one is told like that it holds of all: not known."""
    everybody = [*name_people("east", "t", 40 - missing), *name_people("west", "t", 30)]
    left = hold_claim(everybody)
    assert (left.verdict, left.supported, left.contradicted) == (ClaimVerdict.OPEN, None, None)
    assert (left.upper, left.people, left.lacking) == (70, 70, {})
    assert left.facts is None


def test_where_it_does_not_hold() -> None:
    """A school is named only where at least five people lack it by what is told."""
    left = hold_claim([*name_people("east", "t", 10), *name_people("west", "t", 30)])
    assert list(left.lacking) == ["east"]
    assert left.lacking["east"] >= FLOOR.k


def list_results(overview: Overview) -> Iterator[Result]:
    """Yield every result of an overview, those of its years too."""
    parts: list[Overview | OverviewYear] = [overview, *overview.years]
    for one in parts:
        for field in fields(one.__class__):
            value = getattr(one, field.name)
            found = value.values() if isinstance(value, Mapping) else [value]
            yield from (each for each in found if isinstance(each, Result))


def test_the_overview(card: Scorecard) -> None:
    """None of its figures leaves around the gate: of people none with the highest thresholds."""
    overview = release(card, PrivacyFloor(k=100, statistics=100)).content.overview
    for result in list_results(overview):
        assert result.facts is None
        if result.figure_class is not FigureClass.ORGANISATIONAL:
            assert all(figure.value is figure.lower is None for figure in result)
    assert release(card, FLOOR).content.overview.communities == card.overview.communities


@pytest.fixture(scope="module")
def example() -> Released[Scorecard]:
    """What is told of a made-up municipality of three schools."""
    generic = load_profile("generic")
    return release(assess(municipality(generic, schools=3), generic), FLOOR)


def test_the_years(example: Released[Scorecard]) -> None:
    """This year's coverage is told once; each year's figures stand in the publication."""
    overview = example.content.overview
    assert [year.at for year in overview.years] == ["2016/17", "2017/18", "2018/19"]
    assert overview.years[-1].coverage_by_school is overview.coverage_by_school
    told = [
        (row["period"], row["part"])
        for row in example.figures
        if row["measure"] == "membership_coverage" and row["arguments"].get("by") == "school"
    ]
    assert len(told) == len(set(told))
    assert {period for period, _ in told} == {year.at for year in overview.years}
    assert {row["property"] for row in example.figures if row["measure"] == "response_rate"} == {
        f"response_rate relation={relation}" for relation in overview.answered
    }


def test_contacts_between_levels(example: Released[Scorecard]) -> None:
    """How wide a range is would say how many of a level answered: of ties between levels none is told."""
    overview = example.content.overview
    figures = [one for year in overview.years for each in year.contacts.values() for one in each]
    assert any(figure.value is not None for figure in figures)
    for figure in figures:
        assert figure.observed is None
        assert figure.reason == Reason.BAND or figure.lower is figure.upper is None


SCHOOLS = Staff({"east": (0, 0, 40), "west": (0, 0, 40), "tiny": (0, 0, 4)})


def judge_schools(card: Scorecard, east: int, mark: Mark) -> IndicatorOutcome:
    """Return what leaves of a target for each school: so many of the east's are trained, 38 of the west's."""
    trained = [*name_people("east", "t", east), *name_people("west", "t", 38), "tinyt000"]
    now = SCHOOLS.take_moment(trained)
    whole, parts = (
        measures.qualification_share(now, kind="coach_training", by=by) for by in (None, "school")
    )
    outcome = evolve(
        card.goals[0].indicators[0],
        result=whole,
        parts=parts,
        part_verdicts=dict.fromkeys(SCHOOLS.schools, Verdict.MET),
        mark=mark,
        verdict=Verdict.MET,
        trend=(),
    )
    goal = evolve(card.goals[0], indicators=(outcome,))
    (left,) = release(evolve(card, goals=(goal,)), FLOOR).content.goals[0].indicators
    return left


@pytest.mark.parametrize(
    ("east", "told"), [(38, Verdict.MET), (30, Verdict.UNDECIDED), (2, Verdict.NOT_MET)]
)
def test_parts(card: Scorecard, east: int, told: Verdict) -> None:
    """A school is judged by the class that is told of it, and one too small to be told of not at all."""
    left = judge_schools(card, east, Mark(target=0.75, proposed=False))
    assert left.part_verdicts["east"] == told
    assert left.part_verdicts["tiny"] is None
    assert left.verdict == (Verdict.NOT_MET if told is Verdict.NOT_MET else Verdict.UNDECIDED)


def test_a_hidden_part_before_its_year(card: Scorecard) -> None:
    """What could be said of a school whatever its figure is, is said of a hidden one as well."""
    left = judge_schools(card, 20, Mark(target=0.99, proposed=False, due=False))
    assert (left.part_verdicts["tiny"], left.verdict) == (None, Verdict.ON_THE_WAY)
