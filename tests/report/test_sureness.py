"""What is sure of a figure: how certain it is, and where it moved, as far as the ranges settle it."""

from __future__ import annotations

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from report.made import PUPILS, between, exactly, make_card, make_outcome

from plfkit.goals.scorecard import IndicatorOutcome
from plfkit.model.declared.declarations import Scale
from plfkit.model.results.figures import Figure
from plfkit.model.words.breaks import Break
from plfkit.model.words.ranges import RangeKind
from plfkit.model.words.reasons import Reason
from plfkit.report.sureness import (
    Certainty,
    Direction,
    find_direction,
    find_outcome_span,
    grade_certainty,
)

CARD = make_card()
SHARES = st.integers(0, 1000).map(lambda thousandths: thousandths / 1000)
BOUND_NOTHING = [RangeKind.OF_REGISTERED, RangeKind.SIMULATED, RangeKind.UNKNOWN]


@pytest.mark.parametrize(
    ("figure", "scale", "step"),
    [
        (between(0.80, 0.85), "share", Certainty.SURE),
        (between(0.80, 0.851), "share", Certainty.FAIRLY),
        (between(0.70, 0.90), "share", Certainty.FAIRLY),
        (between(0.69, 0.90), "share", Certainty.UNSURE),
        (between(2.4, 2.6, 2.5), "index", Certainty.FAIRLY),
        (exactly(0.0), "count", Certainty.SURE),
        (Figure(value=0.5), "share", Certainty.NONE),
    ],
)
def test_certainty(figure: Figure, scale: Scale, step: Certainty) -> None:
    """Five points are certain, twenty nearly so; of numbers that are no shares, per cent of the number."""
    assert grade_certainty(make_outcome(figure, scale=scale), CARD) is step


def test_answers_are_measured_by_their_scale() -> None:
    """A fifth of a step is a fifteenth of a scale from 1 to 4, and not a fourteenth of the mean."""
    outcome = make_outcome(between(2.7, 2.9, 2.8), scale="index")
    assert outcome.result is not None
    narrow = evolve(CARD.standards, sure=6.9)
    asked = evolve(outcome, result=evolve(outcome.result, questions=("five_characteristics 1-4",)))
    assert grade_certainty(asked, evolve(CARD, standards=narrow)) is Certainty.SURE
    assert grade_certainty(outcome, evolve(CARD, standards=narrow)) is Certainty.FAIRLY


@pytest.mark.parametrize("kind", BOUND_NOTHING)
def test_ranges_that_bound_nothing(kind: RangeKind) -> None:
    """What is of registered meetings only, was simulated, or is not known leaves every figure open."""
    outcome = make_outcome(exactly(0.9), before=exactly(0.1), range_kind=kind)
    assert find_outcome_span(outcome, CARD) is None
    assert grade_certainty(outcome, CARD) is Certainty.NONE
    assert find_direction(outcome, CARD) is Direction.UNSETTLED


def test_pupils_are_cohorts() -> None:
    """All pupils are counted, and yet this year's are not last year's: nothing rose, nothing is certain."""
    outcome = make_outcome(exactly(0.9), measure=PUPILS, before=exactly(0.1))
    assert grade_certainty(outcome, CARD) is Certainty.NONE
    assert find_direction(outcome, CARD) is Direction.UNSETTLED


def test_an_interval_among_cohorts_can_settle() -> None:
    """Where an interval among cohorts of the same sort is known, it stands for the range."""
    before, overlapping, apart = (
        evolve(exactly(value), interval_lower=value - 0.1, interval_upper=value + 0.1)
        for value in (0.3, 0.45, 0.6)
    )
    moved = [
        find_direction(make_outcome(now, measure=PUPILS, before=before), CARD)
        for now in (overlapping, apart)
    ]
    assert moved == [Direction.UNSETTLED, Direction.UP]


@pytest.mark.parametrize(
    ("outcome", "direction"),
    [
        (make_outcome(exactly(0.7), before=exactly(0.6)), Direction.UP),
        (make_outcome(exactly(0.5), before=exactly(0.6)), Direction.DOWN),
        (make_outcome(exactly(0.6), before=exactly(0.6)), Direction.SAME),
        (make_outcome(exactly(0.609), before=exactly(0.6)), Direction.ALIKE),
        (make_outcome(exactly(0.61), before=exactly(0.6)), Direction.UP),
        (make_outcome(exactly(2.51), scale="index", before=exactly(2.5)), Direction.ALIKE),
        (make_outcome(between(0.6, 0.8), before=between(0.5, 0.61)), Direction.UNSETTLED),
        (make_outcome(between(0.62, 0.8), before=between(0.5, 0.61)), Direction.UP),
        (make_outcome(Figure(value=0.9), before=Figure(value=0.1)), Direction.UNSETTLED),
        (
            make_outcome(exactly(0.7), before=exactly(0.6), breaks=(Break.QUESTION_CHANGED,)),
            Direction.BROKEN,
        ),
        (make_outcome(exactly(0.7)), Direction.FIRST),
        (make_outcome(exactly(0.7), before=Figure(reason=Reason.WITHHELD)), Direction.UNTOLD),
    ],
)
def test_direction(outcome: IndicatorOutcome, direction: Direction) -> None:
    """Up is up only where no answers of the two years could undo it, and less than a point is no change."""
    assert find_direction(outcome, CARD) is direction


def test_classes_that_overlap_are_too_coarse() -> None:
    """Two classes may tell apart two years; where they overlap it is the classes that do not."""
    classes = [
        evolve(between(low, high), reason=Reason.BAND) for low, high in ((0.3, 0.6), (0.5, 0.8))
    ]
    assert find_direction(make_outcome(classes[1], before=classes[0]), CARD) is Direction.COARSE
    apart = evolve(between(0.7, 1.0), reason=Reason.BAND)
    assert find_direction(make_outcome(apart, before=classes[0]), CARD) is Direction.UP


@given(first=st.tuples(SHARES, SHARES), second=st.tuples(SHARES, SHARES))
def test_direction_holds(first: tuple[float, float], second: tuple[float, float]) -> None:
    """Whatever two years could have been within their ranges, a direction that is told is right."""
    before, now = between(min(first), max(first)), between(min(second), max(second))
    told = find_direction(make_outcome(now, before=before), CARD)
    moves = [n - b for b in first for n in second]
    if told is Direction.UP:
        assert min(moves) > 0
    elif told is Direction.DOWN:
        assert max(moves) < 0
    elif told is Direction.SAME:
        assert set(moves) == {0}
    elif told is Direction.ALIKE:
        assert max(map(abs, moves)) < 0.01
    else:
        assert min(moves) <= 0 <= max(moves)
