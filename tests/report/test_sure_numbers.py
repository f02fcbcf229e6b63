"""The numbers of what is sure, one by one: ends, scales, widths, small steps, moves."""

from __future__ import annotations

import pytest
from attrs import evolve
from report.made import between, exactly, make_card, make_outcome, make_proposal, make_result

from plfkit.goals import Scorecard
from plfkit.goals.scorecard import IndicatorOutcome
from plfkit.model.declared.declarations import Indicator, MeasureInfo, Scale, Target
from plfkit.model.results.figures import Figure
from plfkit.model.words.figure_classes import FigureClass
from plfkit.model.words.kinds import Label
from plfkit.model.words.ranges import RangeKind
from plfkit.model.words.reasons import Reason
from plfkit.report.leading import count_silent_communities, list_leading_figures
from plfkit.report.sections.answer import list_moves
from plfkit.report.sureness import (
    Certainty,
    Direction,
    Span,
    find_direction,
    find_line,
    find_outcome_span,
    find_scale_bounds,
    grade_certainty,
    measure_width,
)

WORDS = Label("elever", "pupils")
COHORTS = MeasureInfo(
    label=WORDS,
    tells=WORDS,
    beware=WORDS,
    figure_class=FigureClass.ANSWERS,
    tables=("outcomes",),
    of_cohorts=True,
    reference="-",
)


def of_cohorts(outcome: IndicatorOutcome) -> Scorecard:
    """A card on which the measure of the made-up outcomes is of pupils."""
    return evolve(make_card(outcome), measures={"membership_coverage": COHORTS})


def with_interval(value: float, lower: float | None, upper: float | None) -> Figure:
    """A pupils' result with an interval."""
    return evolve(exactly(value), interval_lower=lower, interval_upper=upper)


@pytest.mark.parametrize(
    ("figure", "span"),
    [
        (with_interval(0.7, 0.65, 0.75), Span(0.65, 0.75)),
        (with_interval(0.7, 0.65, None), None),
        (with_interval(0.7, None, 0.75), None),
        (exactly(0.7), None),
    ],
)
def test_cohorts_are_as_sure_as_their_interval(figure: Figure, span: Span | None) -> None:
    """A result of pupils is bounded by its interval; without both ends nothing is sure of it."""
    outcome = make_outcome(figure)
    assert find_outcome_span(outcome, of_cohorts(outcome)) == span
    assert find_outcome_span(outcome, make_card()) == Span(0.7, 0.7)


@pytest.mark.parametrize("kind", [RangeKind.OF_REGISTERED, RangeKind.SIMULATED, RangeKind.UNKNOWN])
def test_ranges_that_bound_nothing(kind: RangeKind) -> None:
    """What is not registered, not drawn or not known may lie outside: nothing is sure."""
    outcome = make_outcome(exactly(0.9), before=exactly(0.1), range_kind=kind)
    card = make_card(outcome)
    assert find_outcome_span(outcome, card) is None
    assert grade_certainty(outcome, card) is Certainty.NONE
    assert find_direction(outcome, card) is Direction.UNSETTLED


def test_a_target_for_each_school_is_no_line_of_the_whole() -> None:
    """The mark of the whole is a line; that of each school is not."""
    outcome = make_outcome(exactly(0.92), mark=make_proposal(0.9))
    each = Indicator(WORDS, "m", direction="up", target=Target(0.9, "decided", each="school"))
    assert find_line(outcome) == 0.9
    assert find_line(evolve(outcome, indicator=each)) is None


@pytest.mark.parametrize(
    ("measure", "scale", "questions", "bounds"),
    [
        ("density", "share", (), Span(0.0, 1.0)),
        ("ei_index", "index", (), Span(-1.0, 1.0)),
        ("framework_mean", "index", ("five_characteristics 1-4",), Span(1.0, 4.0)),
        ("framework_mean", "index", ("one 1-4", "two 0-100"), None),
        ("framework_mean", "index", ("no ends",), None),
        ("support_load", "index", (), None),
    ],
)
def test_scales(
    measure: str, scale: Scale, questions: tuple[str, ...], bounds: Span | None
) -> None:
    """A share goes from 0 to 1, E–I from −1 to 1, and answers from where their question says."""
    result = evolve(make_result(exactly(0.5)), measure=measure, scale=scale, questions=questions)
    assert find_scale_bounds(result) == bounds


@pytest.mark.parametrize(
    ("span", "scale", "questions", "width"),
    [
        (Span(0.4, 0.6), "share", (), 20.0),
        (Span(0.05, 0.10), "points", (), 5.0),
        (Span(2.0, 2.6), "index", ("five 1-4",), 20.0),
        (Span(9.0, 11.0), "index", (), 20.0),
        (Span(0.0, 5.0), "count", (), 200.0),
        (Span(3.0, 3.0), "count", (), 0.0),
    ],
)
def test_widths(span: Span, scale: Scale, questions: tuple[str, ...], width: float) -> None:
    """Shares are measured in points, answers by the length of their scale, others by the number itself."""
    result = evolve(make_result(exactly(0.5)), scale=scale, questions=questions)
    assert measure_width(span, result) == pytest.approx(width)


def as_class(lower: float, upper: float) -> Figure:
    """A figure that a class stands for."""
    return evolve(between(lower, upper), reason=Reason.BAND)


@pytest.mark.parametrize(
    ("now", "before", "direction"),
    [
        (as_class(0.4, 0.6), as_class(0.5, 0.7), Direction.COARSE),
        (as_class(0.4, 0.6), between(0.5, 0.7), Direction.COARSE),
        (as_class(0.4, 0.6), as_class(0.1, 0.3), Direction.UP),
        (between(0.4, 0.6), between(0.5, 0.7), Direction.UNSETTLED),
        (between(0.2, 0.4), between(0.4, 0.6), Direction.UNSETTLED),
        (exactly(0.604), exactly(0.6), Direction.ALIKE),
        (exactly(0.596), exactly(0.6), Direction.ALIKE),
        (exactly(0.61), exactly(0.6), Direction.UP),
    ],
)
def test_directions_of_classes_and_small_steps(
    now: Figure, before: Figure, direction: Direction
) -> None:
    """Classes that overlap hide the way, ranges that touch leave it open, half a point is no change."""
    outcome = make_outcome(now, before=before)
    assert find_direction(outcome, make_card(outcome)) is direction


def test_moves_are_measured_by_what_is_sure() -> None:
    """The size of a move is the least that it can be: in points of shares, in parts of other numbers."""
    share = make_outcome(between(0.6, 0.8), name="A", before=between(0.3, 0.5))
    index = make_outcome(exactly(3.0), name="B", before=exactly(2.0), scale="index")
    fell = make_outcome(exactly(0.2), name="C", before=exactly(0.4))
    moves = {move.outcome.id: move for move in list_moves(make_card(share, index, fell))}
    assert moves["A"].size == pytest.approx(0.1)
    assert moves["B"].size == pytest.approx(0.5)
    assert moves["C"].size == pytest.approx(0.2)
    assert moves["C"].direction is Direction.DOWN


@pytest.mark.parametrize(
    ("reason", "kind", "count"),
    [
        (Reason.SOME_NOT_ASSESSED, RangeKind.EXACT, 7),
        (Reason.SOME_NOT_REGISTERED, RangeKind.EXACT, 0),
        (Reason.SOME_NOT_ASSESSED, RangeKind.OF_REGISTERED, 0),
    ],
)
def test_silent_communities(reason: Reason, kind: RangeKind, count: int) -> None:
    """Communities are said to be silent only where a figure waits for what they say of themselves."""
    outcome = make_outcome(evolve(between(0.4, 0.9), reason=reason), range_kind=kind)
    assert outcome.result is not None
    result = evolve(outcome.result, evidence={"communities_unknown": 7})
    assert count_silent_communities(evolve(outcome, result=result)) == count
    assert count_silent_communities(make_outcome(None)) == 0


def test_what_can_lead() -> None:
    """Without goals the first figures that are measured stand on page one; what is absent does not."""
    card = make_card(
        make_outcome(None, name="A"), make_outcome(exactly(0.5), name="B"), goals=False
    )
    assert [one.outcome.id for one in list_leading_figures(card) if one.outcome] == ["B"]
