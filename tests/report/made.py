"""Made-up outcomes: a figure, a mark and a year before, for tests that a reader can check by eye."""

from __future__ import annotations

from functools import cache, partial

from attrs import evolve

from plfkit import (
    Community,
    Membership,
    Organisation,
    Person,
    Position,
    Unit,
    assess,
    load_profile,
)
from plfkit.goals.marks import Mark
from plfkit.goals.scorecard import GoalOutcome, IndicatorOutcome, Scorecard, TrendPoint
from plfkit.measures import CORE
from plfkit.model.declared.declarations import Goal, Indicator, Scale, Target
from plfkit.model.records.tables import Table
from plfkit.model.results.figures import Figure
from plfkit.model.results.result import Result
from plfkit.model.words.breaks import Break
from plfkit.model.words.figure_classes import FigureClass
from plfkit.model.words.kinds import Label
from plfkit.model.words.ranges import RangeKind
from plfkit.model.words.verdicts import Verdict

PUPILS = "outcome_share"
"""A measure of supplied results of pupils, who are others every year."""


def make_result(
    figure: Figure,
    *,
    at: str = "2018/19",
    measure: str = "membership_coverage",
    scale: Scale = "share",
    range_kind: RangeKind = RangeKind.EXACT,
) -> Result:
    """Return a result of one figure, of people who take part."""
    return Result(
        figures=Table.of(Figure, [figure]),
        measure=measure,
        figure_class=FigureClass.PARTICIPATION,
        scale=scale,
        at=at,
        n=None,
        observed=None,
        range_kind=range_kind,
    )


def make_outcome(  # noqa: PLR0913 - each test names the few that matter to it
    figure: Figure | None,
    *,
    name: str = "A",
    measure: str = "membership_coverage",
    scale: Scale = "share",
    direction: str | None = "up",
    mark: Mark | None = None,
    target: Target | None = None,
    before: Figure | None = None,
    breaks: tuple[Break, ...] = (),
    range_kind: RangeKind = RangeKind.EXACT,
) -> IndicatorOutcome:
    """Return an outcome of one figure; with a year before, of two years."""
    make = partial(make_result, measure=measure, scale=scale, range_kind=range_kind)
    result = None if figure is None else make(figure)
    trend: tuple[TrendPoint, ...] = ()
    if before is not None and result is not None:
        earlier = make(before, at="2017/18")
        trend = (TrendPoint("2017/18", earlier), TrendPoint("2018/19", result, breaks))
    return IndicatorOutcome(
        id=name,
        indicator=Indicator(
            Label(f"tal {name}", f"figure {name}"), measure, direction=direction, target=target
        ),
        result=result,
        verdict=Verdict.SHOWN if figure is not None else Verdict.NOT_MEASURED,
        mark=mark,
        trend=trend,
    )


def between(lower: float, upper: float, value: float | None = None) -> Figure:
    """Return a figure with a range."""
    return Figure(value=value, lower=lower, upper=upper)


def exactly(value: float) -> Figure:
    """Return a figure that is known."""
    return between(value, value, value)


@cache
def _make_bare_card() -> Scorecard:
    """Return the card of a school of which nothing is asked."""
    people = [f"p{number}" for number in range(20)]
    school = Organisation.of(
        units=[Unit("s", "school", "Skolen")],
        persons=[Person(person) for person in people],
        positions=[Position(person, "s", "teacher") for person in people],
        communities=[Community("t", "team", unit="s")],
        memberships=[Membership("t", person) for person in people[:10]],
    )
    card = assess(school, load_profile("generic"))
    measures = {**card.measures, PUPILS: CORE[PUPILS].about}
    return evolve(card, description=(), measures=measures)


def make_card(*outcomes: IndicatorOutcome, goals: bool = True) -> Scorecard:
    """Return a card with a goal for each outcome, called G1, G2, …; or with the outcomes alone."""
    bare = _make_bare_card()
    if not goals:
        return evolve(bare, description=outcomes)
    made = [
        GoalOutcome(
            id=f"G{number}",
            goal=Goal(Label(f"mål {number}", f"goal {number}"), Label("tekst", "text")),
            indicators=(outcome,),
        )
        for number, outcome in enumerate(outcomes, start=1)
    ]
    return evolve(bare, goals=tuple(made))


def make_proposal(target: float) -> Mark:
    """Return a mark that nobody decided."""
    return Mark(target=target, proposed=True)
