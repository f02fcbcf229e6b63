"""The three sentences follow from the card: change the card, and they change as they should."""

from __future__ import annotations

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from report.made import PUPILS, between, exactly, make_card, make_outcome, make_proposal

from plfkit.goals.marks import Mark
from plfkit.goals.scorecard import IndicatorOutcome
from plfkit.model.declared.declarations import Target
from plfkit.model.records.needs import Need
from plfkit.model.results.figures import Figure
from plfkit.model.words.reasons import Reason
from plfkit.report.leading import choose_leading_outcome, find_progress
from plfkit.report.sections.answer import find_gap, write_answer
from plfkit.report.texts import Texts

CARD, ENGLISH = make_card(), Texts("en")
AT_EACH = Target(0.8, "proposed", each="school")
"""A target that each school is to reach, and nobody the whole."""


def answer(*outcomes: IndicatorOutcome, goals: bool = True) -> list[str]:
    """The sentences on some outcomes, in a year of its own."""
    card = evolve(make_card(*outcomes, goals=goals), at="2018/19")
    return write_answer(card, ENGLISH)


def test_one_mark_is_told_with_its_figure() -> None:
    """One leading figure has a proposal: it is told beside it, and so is the sure rise since last year."""
    wide = make_outcome(between(0.75, 0.85), name="A", mark=make_proposal(0.9), before=exactly(0.6))
    known = make_outcome(exactly(0.5), name="B")
    assert answer(wide, known)[0] == (
        "“figure A” is 75–85%; the proposal is 90%. Since the year before 1 of 1 figure surely rose, "
        "most “figure A” (75–85%, before 60%); none surely fell."
    )


@pytest.mark.parametrize(
    ("mark", "called"),
    [
        (make_proposal(0.8), "Nearest to its proposal (80%)"),
        (Mark(target=0.8, proposed=False), "Nearest to its target (80%)"),
        (Mark(target=0.9, proposed=False, step=0.8), "Nearest to its step on the way (80%)"),
    ],
)
def test_nearest_where_it_surely_is(mark: Mark, called: str) -> None:
    """60 to 70 of 80 is further than 50 of 90, whatever it is; its mark is called what it is."""
    near = make_outcome(between(0.6, 0.7), name="A", mark=mark)
    far = make_outcome(exactly(0.5), name="B", mark=make_proposal(0.9))
    assert answer(far, near)[0].startswith(f"{called} is “figure A”: 60–70%.")


@pytest.mark.parametrize("rival", [between(0.37, 0.97), between(0.3, 0.5), exactly(0.5)])
def test_nearest_is_open_where_ranges_meet(rival: Figure) -> None:
    """What may be as near is named beside what is nearest by its least."""
    known = make_outcome(exactly(0.5), name="A", mark=make_proposal(0.98))
    other = make_outcome(rival, name="B", mark=make_proposal(0.98))
    assert answer(known, other)[0].startswith(
        "Which of the goals is nearest cannot be said: figure A and figure B lie too close."
    )


def test_what_lies_on_the_right_side_is_not_near() -> None:
    """Marks that are surely passed are counted, and what only may have passed is not among them."""
    passed = [make_outcome(exactly(0.9), name=name, mark=make_proposal(0.8)) for name in "AB"]
    perhaps = make_outcome(between(0.75, 0.85), name="C", mark=make_proposal(0.8))
    assert answer(*passed, perhaps)[0].startswith(
        "Of 3 leading figures with a target or a proposal 2 surely lie on its right side: "
        "figure A and figure B."
    )


def test_no_marks_nothing_is_nearest() -> None:
    """Without marks nothing is ahead; a target for each school is none for the whole."""
    bare = make_outcome(exactly(0.5), name="A")
    each = make_outcome(exactly(0.5), name="B", mark=make_proposal(0.8), target=AT_EACH)
    assert answer(bare, each)[0].startswith(
        "None of the 2 goals' leading figures has a target or a proposal to be held against."
    )


def test_moves_are_counted_and_the_furthest_named() -> None:
    """Each way the largest sure move is named; what is too uncertain is counted among all."""
    outcomes = [
        make_outcome(exactly(now), name=name, before=exactly(before))
        for name, now, before in (("A", 0.8, 0.7), ("B", 0.6, 0.3), ("C", 0.2, 0.5))
    ]
    unsure = make_outcome(between(0.2, 0.9), name="D", before=exactly(0.5))
    assert answer(*outcomes, unsure)[0].endswith(
        "Since the year before 2 of 4 figures surely rose, most “figure B” (60%, before 30%), "
        "and 1 surely fell, most “figure C” (20%, before 50%)."
    )


def test_results_of_pupils_never_move() -> None:
    """A cohort that does better than another is no rise."""
    pupils = make_outcome(exactly(0.9), measure=PUPILS, before=exactly(0.1))
    assert answer(pupils)[0].endswith(
        "the one figure that can be followed neither surely rose nor fell."
    )


def test_nothing_to_compare_with() -> None:
    """A first year, a year before that is not shown, and data without dates are told apart."""
    first = make_outcome(exactly(0.5))
    hidden = make_outcome(exactly(0.5), before=Figure(reason=Reason.WITHHELD))
    assert answer(first)[0].endswith("there are no figures of the year before 2018/19.")
    assert answer(hidden)[0].endswith("2018/19: the year before is not shown.")
    undated = write_answer(make_card(first), ENGLISH)
    assert undated[0].endswith("The data have no dates, so up and down cannot be followed.")


def below_chance(p: float | None, *, name: str = "A") -> IndicatorOutcome:
    """A figure of 10 per cent where chance gives 90."""
    return make_outcome(evolve(exactly(0.1), expected=0.9, p_value=p), name=name)


def test_furthest_behind_prefers_marks() -> None:
    """What was decided goes before what was proposed, and that before chance."""
    chance = below_chance(0.01)
    proposed = make_outcome(between(0.5, 0.6), name="B", mark=make_proposal(0.8))
    decided = make_outcome(between(0.6, 0.7), name="C", mark=Mark(target=0.8, proposed=False))
    said = "Furthest from its {} (80%) lies “figure {}”: {}."
    assert answer(chance, proposed, decided)[1] == said.format("target", "C", "60–70%")
    assert answer(chance, proposed)[1] == said.format("proposal", "B", "50–60%")
    assert (
        answer(chance)[1] == "Furthest from what pure chance would give (90%) lies “figure A”: 10%."
    )


def test_chance_only_where_it_was_tested() -> None:
    """A figure lies off chance only by a p of 5 per cent at most, times how many were looked at."""
    assert find_gap(below_chance(None), CARD) is None
    assert answer(below_chance(None))[1].startswith("There are no targets or proposals")
    alone, beside_another = below_chance(0.03), below_chance(0.03, name="B")
    assert find_gap(alone, make_card(alone)) is not None
    assert find_gap(alone, make_card(alone, beside_another)) is None


@pytest.mark.parametrize(
    ("figure", "mark"), [(between(0.7, 0.9), 0.8), (exactly(0.8), 0.8), (Figure(value=0.2), 0.8)]
)
def test_nothing_surely_below(figure: Figure, mark: float) -> None:
    """A range that reaches the mark, the mark itself, and a figure without a range are not below."""
    said = answer(make_outcome(figure, mark=make_proposal(mark)))[1]
    assert said.startswith("Nothing surely lies on the wrong side: 1 of 1 figure")
    assert answer(make_outcome(figure))[1].startswith("There are no targets or proposals")


def test_a_target_for_each_is_not_for_the_whole() -> None:
    """That each school is to reach 80 says nothing of a whole that lies at 20."""
    each = make_outcome(exactly(0.2), mark=make_proposal(0.8), target=AT_EACH)
    assert find_gap(each, CARD) is None
    assert find_progress(each, CARD) is None


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
    gap = find_gap(outcome, CARD)
    wrong = [mark - end if up else end - mark for end in ends]
    if gap is None:
        assert min(wrong) <= 0
    else:
        assert min(wrong) == pytest.approx(gap.size)


def test_least_certain() -> None:
    """The widest range of a leading figure, with what would settle it; else how many are known."""
    wide = make_outcome(between(0.2, 0.9), name="A")
    assert wide.result is not None
    settled = evolve(wide, result=evolve(wide.result, needs=(Need("answers"),)))
    assert answer(wide)[2] == (
        "Least certain of the goals' leading figures is “figure A” (20–90%)."
    )
    assert answer(settled)[2].endswith("It could be settled by answers to questionnaires.")
    absent = make_outcome(None, name="B")
    assert answer(make_outcome(exactly(0.5)), absent)[2].startswith(
        "Known within 20 percentage points: 1 of 2 figures"
    )
    assert answer(make_outcome(exactly(0.5)))[2] == (
        "The figure is known within 20 percentage points."
    )


def test_a_class_is_not_what_is_least_certain() -> None:
    """A class is wide for the sake of small groups: nothing would make it narrower."""
    told_as_class = make_outcome(evolve(between(0.2, 0.9), reason=Reason.BAND))
    assert answer(told_as_class)[2].endswith(
        ": 0 of 1 figure; the rest is uncertain, not measured, or shown as an interval."
    )


def test_without_goals() -> None:
    """A profile without goals has nothing that is ahead."""
    said = answer(make_outcome(exactly(0.5), direction=None), goals=False)
    assert said[0].startswith("The profile has no goals")


@pytest.mark.parametrize(
    ("outcome", "progress"),
    [
        (make_outcome(between(0.45, 0.6), mark=make_proposal(0.9)), (0.5, 2 / 3)),
        (make_outcome(between(0.95, 1.0), mark=make_proposal(0.9)), (1.0, 1.0)),
        (make_outcome(between(0.1, 0.4), direction="down", mark=make_proposal(0.2)), (0.5, 1.0)),
        (make_outcome(exactly(0.0), direction="down", mark=make_proposal(0.2)), (1.0, 1.0)),
        (make_outcome(exactly(0.2)), None),
        (make_outcome(Figure(value=0.5), mark=make_proposal(0.9)), None),
        (make_outcome(exactly(2.0), scale="index", mark=make_proposal(3.0)), None),
    ],
)
def test_progress(outcome: IndicatorOutcome, progress: tuple[float, float] | None) -> None:
    """How much of the way a share has come at the least and at the most; none without a mark or a bound."""
    found = find_progress(outcome, CARD)
    assert (found and (found.lower, found.upper)) == (progress and pytest.approx(progress))


def test_of_several_the_least_certain() -> None:
    """The widest range is named, and what it hangs on."""
    wide = make_outcome(evolve(between(0.1, 0.9), reason=Reason.SOME_NOT_ASSESSED), name="A")
    assert wide.result is not None
    result = evolve(wide.result, needs=(Need("answers"),), evidence={"communities_unknown": 7})
    narrower = make_outcome(between(0.3, 0.7), name="B")
    said = answer(narrower, evolve(wide, result=result))[2]
    assert said == (
        "Least certain of the goals' leading figures is “figure A” (10–90%). "
        "It hangs on 7 communities that have not assessed themselves."
    )


def test_without_a_name_a_mark_leads() -> None:
    """Where the profile names none, a figure with a mark stands for the goal, then one with a wanted way."""
    plain = make_outcome(exactly(0.1), name="A", direction=None)
    wanted = make_outcome(exactly(0.2), name="B")
    marked = make_outcome(exactly(0.3), name="C", mark=make_proposal(0.9))
    (goal,) = make_card(plain).goals
    for outcomes, first in (((plain, wanted, marked), "C"), ((plain, wanted), "B")):
        chosen = choose_leading_outcome(evolve(goal, indicators=outcomes))
        assert chosen is not None
        assert chosen.id == first
