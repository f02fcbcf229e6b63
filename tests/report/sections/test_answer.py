"""The three sentences follow from the card: change the card, and they change as they should."""

from __future__ import annotations

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from report.made import between, exactly, make_card, make_outcome, make_proposal

from plfkit.goals.scorecard import IndicatorOutcome
from plfkit.model.records.needs import Need
from plfkit.model.results.figures import Figure
from plfkit.report.leading import find_progress
from plfkit.report.sections.answer import find_gap, write_answer
from plfkit.report.texts import Texts

ENGLISH = Texts("en")


def answer(*outcomes: IndicatorOutcome, goals: bool = True) -> list[str]:
    """The sentences on some outcomes."""
    return write_answer(make_card(*outcomes, goals=goals), ENGLISH)


def test_furthest_along_by_what_is_sure() -> None:
    """75 to 85 of 90 is further on the way than 50 for certain; the year before stands beside it."""
    wide = make_outcome(between(0.75, 0.85), name="A", mark=make_proposal(0.9), before=exactly(0.6))
    known = make_outcome(exactly(0.5), name="B")
    assert answer(wide, known)[0] == (
        "What has surely come furthest is “figure A”: 75–85%. Up from 60% in 2017/18."
    )


def test_what_may_be_anything_is_not_ahead() -> None:
    """A figure between 37 and 97 is not said to have come furthest, though its least is the most."""
    anything = make_outcome(between(0.37, 0.97), name="A")
    known = make_outcome(exactly(0.3), name="B")
    assert "“figure B”" in answer(anything, known)[0]
    assert answer(anything)[0] == (
        "Which goal has come furthest cannot be said: the figures of the 1 goals are uncertain by more "
        "than 20 percentage points."
    )


def test_a_falling_leading_figure_changes_the_answer() -> None:
    """When A falls below B, B has come furthest, and A is said to have gone down."""
    other = make_outcome(exactly(0.6), name="B", before=exactly(0.6))
    risen = make_outcome(exactly(0.8), name="A", before=exactly(0.7))
    fallen = make_outcome(exactly(0.5), name="A", before=exactly(0.7))
    assert "“figure A”: 80%. Up from 70%" in answer(risen, other)[0]
    assert "“figure B”: 60%. Unchanged" in answer(fallen, other)[0]


def test_furthest_behind_prefers_marks() -> None:
    """A figure surely under its mark is named before one under what chance gives."""
    chance = make_outcome(evolve(exactly(0.1), expected=0.9), name="A")
    marked = make_outcome(between(0.6, 0.7), name="B", mark=make_proposal(0.8))
    assert (
        answer(chance, marked)[1]
        == "Furthest from what was proposed (80%) lies “figure B”: 60–70%."
    )
    assert (
        answer(chance)[1] == "Furthest from what pure chance would give (90%) lies “figure A”: 10%."
    )


@pytest.mark.parametrize(
    ("figure", "mark"), [(between(0.7, 0.9), 0.8), (exactly(0.8), 0.8), (Figure(value=0.2), 0.8)]
)
def test_nothing_surely_below(figure: Figure, mark: float) -> None:
    """A range that reaches the mark, the mark itself, and a figure without a range are not below."""
    said = answer(make_outcome(figure, mark=make_proposal(mark)))[1]
    assert said.startswith("Nothing surely lies below: 1 of 1 figures")
    assert answer(make_outcome(figure))[1].startswith("There are no targets or proposals")


@given(
    ends=st.tuples(st.floats(0, 1), st.floats(0, 1)),
    mark=st.floats(0.01, 1),
    up=st.booleans(),
)
def test_a_gap_holds(ends: tuple[float, float], mark: float, up: bool) -> None:  # noqa: FBT001 - drawn
    """Whatever the figure is within its range, it lies on the wrong side by at least the gap."""
    direction = "up" if up else "down"
    outcome = make_outcome(
        between(min(ends), max(ends)), mark=make_proposal(mark), direction=direction
    )
    gap = find_gap(outcome)
    wrong = [mark - end if up else end - mark for end in ends]
    if gap is None:
        assert min(wrong) <= 0
    else:
        assert min(wrong) == pytest.approx(gap.size * mark)


def test_largest_unknown() -> None:
    """The widest range of a leading figure, with what would settle it; else what is not measured."""
    wide = make_outcome(between(0.2, 0.9), name="A")
    assert wide.result is not None
    settled = evolve(wide, result=evolve(wide.result, needs=(Need("answers"),)))
    assert answer(wide)[2] == (
        "The largest thing we do not know is “figure A”: somewhere in the range 20–90%."
    )
    assert answer(settled)[2].endswith("It would show with answers to questionnaires.")
    absent = make_outcome(None, name="B")
    assert "1 of 2 figures are not measured" in answer(make_outcome(exactly(0.5)), absent)[2]
    assert answer(make_outcome(exactly(0.5)))[2] == (
        "All figures are known within 20 percentage points."
    )


def test_without_goals() -> None:
    """A profile without goals has nothing that is ahead."""
    said = answer(make_outcome(exactly(0.5), direction=None), goals=False)
    assert said[0].startswith("The profile has no goals")


@pytest.mark.parametrize(
    ("outcome", "progress"),
    [
        (make_outcome(between(0.45, 0.6), mark=make_proposal(0.9)), 0.5),
        (make_outcome(between(0.95, 1.0), mark=make_proposal(0.9)), 1.0),
        (make_outcome(exactly(0.2), direction="down"), 0.8),
        (make_outcome(exactly(0.2), direction=None), None),
        (make_outcome(exactly(2.0), scale="index"), None),
    ],
)
def test_progress(outcome: IndicatorOutcome, progress: float | None) -> None:
    """The least of a range on the way to its mark, or to all; none of what has no direction."""
    assert find_progress(outcome) == progress
