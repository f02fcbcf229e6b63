"""A figure in few characters says no more than its range, and where it moved no more than is sure."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from report.made import between, exactly, make_card, make_outcome, make_result

from plfkit.model.declared.declarations import Scale
from plfkit.model.declared.standards import Standards
from plfkit.model.results.figures import Figure
from plfkit.model.words.breaks import Break
from plfkit.model.words.reasons import Reason
from plfkit.report.headlines import (
    write_direction,
    write_headline,
    write_short_direction,
    write_spread,
)
from plfkit.report.texts import Texts

CARD, USUAL, DANISH, ENGLISH = make_card(), Standards(), Texts("da"), Texts("en")
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
        (between(-0.3, 0.2), "points", "−30 til 20 procentpoint"),
        (between(2.62, 2.76, 2.69), "index", "2,69"),
        (between(1.42, 109.0, 1.73), "index", "1,42–109"),
        (Figure(value=0.4), "share", "40 %"),
        (Figure(reason=Reason.NOBODY_ANSWERED), "share", "ingen af svarene er kommet ind"),
    ],
)
def test_headline(figure: Figure, scale: Scale, told: str) -> None:
    """A value, its least or its most, or its range where that is wide or all there is."""
    result = make_result(figure, scale=scale)
    assert write_headline(result, figure, USUAL, DANISH) == told


def test_several_figures_have_no_headline() -> None:
    """Where there is not one figure, that is said."""
    assert write_headline(make_result(exactly(0.5)), None, USUAL, DANISH) == "flere tal"


@given(ends=st.tuples(SHARES, SHARES), at=st.floats(0, 1), known=st.booleans())
def test_headline_claims_no_more(ends: tuple[float, float], at: float, known: bool) -> None:  # noqa: FBT001 - drawn
    """What is written of a share holds for every number in its range, to the nearest per cent."""
    lower, upper = min(ends), max(ends)
    value = lower + at * (upper - lower) if known else None
    figure = between(lower, upper, value)
    told = write_headline(make_result(figure), figure, USUAL, ENGLISH)
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
    ("figure", "told"),
    [
        (between(0.80, 0.90, 0.85), "could be 80–90%"),
        (exactly(0.85), ""),
        (between(0.80, 0.90, 0.80), ""),
        (between(0.2, 0.9, 0.5), ""),
    ],
)
def test_spread(figure: Figure, told: str) -> None:
    """Beside a value that stands alone is said what it could be; a headline that says so needs no more."""
    assert write_spread(make_outcome(figure), CARD, ENGLISH) == told


def test_direction_in_words() -> None:
    """The year before stands beside it, and a break says why there is none."""
    risen = make_outcome(exactly(0.71), before=exactly(0.62))
    asked = make_outcome(exactly(0.7), before=exactly(0.6), breaks=(Break.QUESTION_CHANGED,))
    assert write_direction(risen, CARD, DANISH) == "Op fra 62 % i 2017/18"
    assert write_direction(asked, CARD, ENGLISH) == (
        "Not comparable with 2017/18 (break: asked in another way)"
    )
    assert write_direction(make_outcome(exactly(0.7)), CARD, DANISH) == ""


def test_a_small_change_shows_its_decimal() -> None:
    """60.6 after 61.4 is told with a decimal: that it was 61 when it is 61 would say nothing."""
    fallen = make_outcome(exactly(0.606), before=exactly(0.6144))
    assert write_direction(fallen, CARD, ENGLISH) == "Practically unchanged: 61.4% in 2017/18"
    assert write_short_direction(fallen, CARD, ENGLISH) == "≈ practically unchanged"
