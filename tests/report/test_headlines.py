"""A figure in few characters says no more than its range, and a change only where both ranges settle it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from report.made import between, exactly, make_outcome

from plfkit.goals.scorecard import IndicatorOutcome
from plfkit.model.declared.declarations import Scale
from plfkit.model.declared.standards import Standards
from plfkit.model.results.figures import Figure
from plfkit.model.words.breaks import Break
from plfkit.model.words.ranges import RangeKind
from plfkit.model.words.reasons import Reason
from plfkit.report.headlines import (
    Certainty,
    Direction,
    find_direction,
    grade_certainty,
    write_direction,
    write_headline,
)
from plfkit.report.texts import Texts

USUAL, DANISH, ENGLISH = Standards(), Texts("da"), Texts("en")
SHARES = st.integers(0, 1000).map(lambda thousandths: thousandths / 1000)


@pytest.mark.parametrize(
    ("figure", "scale", "told"),
    [
        (exactly(0.882), "share", "88 %"),
        (between(0.381, 0.57, 0.381), "share", "mindst 38 %"),
        (between(0.30, 0.42, 0.42), "share", "højst 42 %"),
        (between(0.80, 0.90, 0.85), "share", "85 %"),
        (between(0.506, 0.839, 0.621), "share", "50–84 %"),
        (between(0.753, 0.844), "share", "75–85 %"),
        (between(0.5, 0.5), "share", "50 %"),
        (exactly(0.126), "points", "13 procentpoint"),
        (between(2.62, 2.76, 2.69), "index", "2,69"),
        (between(1.42, 109.0, 1.73), "index", "1,42–109"),
        (Figure(value=0.4), "share", "40 %"),
        (Figure(reason=Reason.NOBODY_ANSWERED), "share", "ingen af svarene er kommet ind"),
        (None, "share", "flere tal"),
    ],
)
def test_headline(figure: Figure | None, scale: Scale, told: str) -> None:
    """A value, its least or its most, or its range where that is wide or all there is."""
    assert write_headline(figure, scale, USUAL, DANISH) == told


@given(ends=st.tuples(SHARES, SHARES), at=st.floats(0, 1), known=st.booleans())
def test_headline_claims_no_more(ends: tuple[float, float], at: float, known: bool) -> None:  # noqa: FBT001 - drawn
    """What is written of a share holds for every number in its range, to the nearest per cent."""
    lower, upper = min(ends), max(ends)
    value = lower + at * (upper - lower) if known else None
    told = write_headline(between(lower, upper, value), "share", USUAL, ENGLISH)
    numbers = [int(number) / 100 for number in re.findall(r"\d+", told)]
    if len(numbers) > 1:
        assert numbers[0] <= lower + 1e-9
        assert upper <= numbers[1] + 1e-9
    elif told.startswith("at least"):
        assert numbers[0] <= lower + 1e-9
    elif told.startswith("at most"):
        assert numbers[0] >= upper - 1e-9
    else:
        assert upper - lower <= 0.2 + 1e-6


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
    assert grade_certainty(figure, scale, USUAL) is step


@pytest.mark.parametrize(
    ("outcome", "direction"),
    [
        (make_outcome(exactly(0.7), before=exactly(0.6)), Direction.UP),
        (make_outcome(exactly(0.5), before=exactly(0.6)), Direction.DOWN),
        (make_outcome(exactly(0.6), before=exactly(0.6)), Direction.SAME),
        (make_outcome(between(0.6, 0.8), before=between(0.5, 0.61)), Direction.UNSETTLED),
        (make_outcome(between(0.62, 0.8), before=between(0.5, 0.61)), Direction.UP),
        (make_outcome(Figure(value=0.9), before=Figure(value=0.1)), Direction.UNSETTLED),
        (
            make_outcome(exactly(0.9), before=exactly(0.1), range_kind=RangeKind.OF_REGISTERED),
            Direction.UNSETTLED,
        ),
        (
            make_outcome(exactly(0.7), before=exactly(0.6), breaks=(Break.QUESTION_CHANGED,)),
            Direction.BROKEN,
        ),
        (make_outcome(exactly(0.7)), Direction.FIRST),
        (make_outcome(exactly(0.7), before=Figure(reason=Reason.WITHHELD)), Direction.FIRST),
    ],
)
def test_direction(outcome: IndicatorOutcome, direction: Direction) -> None:
    """Up is up only where no answers of the two years could undo it."""
    assert find_direction(outcome) is direction


@given(first=st.tuples(SHARES, SHARES), second=st.tuples(SHARES, SHARES))
def test_direction_holds(first: tuple[float, float], second: tuple[float, float]) -> None:
    """Whatever two years could have been within their ranges, a direction that is told is right."""
    before, now = between(min(first), max(first)), between(min(second), max(second))
    told = find_direction(make_outcome(now, before=before))
    pairs = [(b, n) for b in first for n in second]
    if told is Direction.UP:
        assert all(n > b for b, n in pairs)
    elif told is Direction.DOWN:
        assert all(n < b for b, n in pairs)
    elif told is Direction.SAME:
        assert {n - b for b, n in pairs} == {0}
    else:
        assert any(n > b for b, n in pairs)
        assert any(n <= b for b, n in pairs)


def test_direction_in_words() -> None:
    """The year before stands beside it, and a break says why there is none."""
    risen = make_outcome(exactly(0.71), before=exactly(0.62))
    asked = make_outcome(exactly(0.7), before=exactly(0.6), breaks=(Break.QUESTION_CHANGED,))
    assert write_direction(risen, USUAL, DANISH) == "Op fra 62 % i 2017/18"
    assert write_direction(asked, USUAL, ENGLISH) == (
        "Not comparable with 2017/18 (break: asked in another way)"
    )
    assert write_direction(make_outcome(exactly(0.7)), USUAL, DANISH) == ""
