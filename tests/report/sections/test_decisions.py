"""At most two decisions, each with figures that hold."""

from __future__ import annotations

from math import ceil

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from report.made import between, exactly, make_card, make_outcome, make_proposal, make_result

from plfkit.goals.marks import Mark
from plfkit.goals.scorecard import IndicatorOutcome
from plfkit.model.declared.declarations import Target
from plfkit.model.records.needs import Need
from plfkit.model.records.tables import Table
from plfkit.model.results.figures import Figure
from plfkit.model.words.ranges import RangeKind
from plfkit.model.words.reasons import Reason
from plfkit.report.sections.decisions import count_missing, list_decisions
from plfkit.report.texts import Texts

CARD, ENGLISH = make_card(), Texts("en")


def of_staff(lower: float, upper: float, size: int) -> Figure:
    """A share of so many members of staff."""
    return evolve(between(lower, upper), denominator=size, n=size)


@pytest.mark.parametrize(
    ("figure", "told"),
    [
        (
            of_staff(0.753, 0.844, 365),
            "Today: 75–85% (275–308 of 365). It takes 21–54 more members of staff.",
        ),
        (of_staff(0.8, 0.8, 100), "Today: 80% (80 of 100). It takes 10 more members of staff."),
        (
            of_staff(0.85, 0.95, 100),
            "Today: 85–95% (85–95 of 100). It takes at most 5 more members of staff, perhaps none.",
        ),
    ],
)
def test_people_missing_to_a_mark(figure: Figure, told: str) -> None:
    """90 % of 365 are 329; where 275 to 308 are in, 21 to 54 are missing."""
    (decision,) = list_decisions(make_card(make_outcome(figure, mark=make_proposal(0.9))), ENGLISH)
    assert decision.question == "Should 90% be the target for “figure A”?"
    assert decision.figures == told


def test_what_is_reached_is_no_question() -> None:
    """A mark that is surely reached is not asked about, nor how far its figure should come."""
    reached = make_outcome(of_staff(0.9, 0.9, 100), name="A", mark=make_proposal(0.9))
    near = make_outcome(of_staff(0.5, 0.9, 100), name="B", mark=make_proposal(0.9))
    assert list_decisions(make_card(reached), ENGLISH) == []
    (decision,) = list_decisions(make_card(reached, near), ENGLISH)
    assert decision.question == "Should 90% be the target for “figure B”?"


def test_a_target_for_each_school_counts_nobody_in_the_whole() -> None:
    """How many are missing at each school cannot be told from the whole."""
    each = Target(0.9, "proposed", each="school")
    outcome = make_outcome(of_staff(0.5, 0.5, 100), mark=make_proposal(0.9), target=each)
    assert count_missing(outcome, CARD) is None
    assert list_decisions(make_card(outcome), ENGLISH) == []


@pytest.mark.parametrize("kind", [RangeKind.OF_REGISTERED, RangeKind.SIMULATED])
def test_ranges_that_bound_nothing_count_nobody(kind: RangeKind) -> None:
    """What is registered, or was simulated, does not say how many more it takes."""
    outcome = make_outcome(of_staff(0.5, 0.5, 100), mark=make_proposal(0.9), range_kind=kind)
    assert count_missing(outcome, CARD) is None


@given(
    size=st.integers(1, 2000),
    parts=st.tuples(st.floats(0, 1), st.floats(0, 1)),
    mark=st.integers(1, 100).map(lambda per_cent: per_cent / 100),
)
def test_missing_people_by_counting(size: int, parts: tuple[float, float], mark: float) -> None:
    """However many are in within the range, as many more as said bring the share to the mark."""
    have = sorted(round(part * size) for part in parts)
    figure = of_staff(round(have[0] / size, 3), round(have[1] / size, 3), size)
    missing = count_missing(make_outcome(figure, mark=make_proposal(mark)), CARD)
    assert missing is not None
    wanted = ceil(round(mark * size, 6))
    slack = 1 + size / 1000  # shares are told with three digits
    assert abs(missing.upper - max(wanted - have[0], 0)) <= slack
    assert abs(missing.lower - max(wanted - have[1], 0)) <= slack


def test_a_decided_target_goes_first() -> None:
    """What the municipality decided is asked about before what was proposed."""
    proposed = make_outcome(of_staff(0.5, 0.5, 100), name="A", mark=make_proposal(0.9))
    decided = make_outcome(of_staff(0.5, 0.5, 100), name="B", mark=Mark(target=0.8, proposed=False))
    first = list_decisions(make_card(proposed, decided), ENGLISH)[0]
    assert first.question == "How is the 80% reached that was decided for “figure B”?"


def test_without_marks_a_target_is_asked_for() -> None:
    """The first goal's leading figure wants a target; figures without goals want none."""
    outcome = make_outcome(exactly(0.4))
    assert [one.question for one in list_decisions(make_card(outcome), ENGLISH)] == [
        "How far should you come with “figure A”?"
    ]
    assert list_decisions(make_card(outcome, goals=False), ENGLISH) == []


def needing(name: str, *needs: str) -> IndicatorOutcome:
    """An outcome that is far from certain for want of some tables."""
    outcome = make_outcome(between(0.1, 0.9), name=name)
    assert outcome.result is not None
    wanted = tuple(Need(table) for table in needs)
    return evolve(outcome, result=evolve(outcome.result, needs=wanted))


def test_data_that_settle_most() -> None:
    """Of two tables the one that more figures wait for is asked about, with how many these are."""
    card = make_card(needing("A", "events"), needing("B", "answers"), needing("C", "answers"))
    decision = list_decisions(card, ENGLISH)[-1]
    assert decision.question == "Should answers to questionnaires be collected?"
    assert decision.figures == "That would make 2 of 3 figures surer, among them “figure B”."


def test_of_several_proposals_the_closest() -> None:
    """Where two are proposed, the one whose range is nearest to its mark is asked about."""
    far = make_outcome(of_staff(0.2, 0.3, 100), name="A", mark=make_proposal(0.9))
    near = make_outcome(of_staff(0.7, 0.8, 100), name="B", mark=make_proposal(0.9))
    (decision,) = list_decisions(make_card(far, near), ENGLISH)
    assert decision.question == "Should 90% be the target for “figure B”?"


def awaiting(name: str, need: str, relation: str | None = None) -> IndicatorOutcome:
    """An outcome that waits for a table, of a relation or of none."""
    outcome = needing(name, need)
    assert outcome.result is not None
    return evolve(outcome, result=evolve(outcome.result, relation=relation))


@pytest.mark.parametrize(
    ("answered", "silent"),
    [(of_staff(0.8, 0.8, 100), "20"), (of_staff(0.7, 0.8, 100), "20–30")],
)
def test_those_who_are_silent_get_a_reminder(answered: Figure, silent: str) -> None:
    """How many did not answer is told as it is known, though the first that waits is of no relation."""
    card = make_card(awaiting("A", "responses"), awaiting("B", "responses", "advice"))
    result = make_result(answered)
    asked = evolve(card, overview=evolve(card.overview, answered={"advice": result}))
    assert list_decisions(asked, ENGLISH)[-1].question.startswith(
        f"Should the {silent} members of staff who did not answer about advice"
    )


def test_nobody_is_reminded_who_answered() -> None:
    """Where all answered, or how many did is not told, no number is made up."""
    card = make_card(awaiting("A", "responses", "advice"))
    for answered in ({}, {"advice": make_result(of_staff(1.0, 1.0, 100))}):
        told = evolve(card, overview=evolve(card.overview, answered=answered))
        assert "reminder" not in list_decisions(told, ENGLISH)[-1].question


def test_communities_that_are_silent_are_asked() -> None:
    """Where a figure waits for what communities say of themselves, their number is told."""
    outcome = needing("A", "answers")
    assert outcome.result is not None
    figure = evolve(outcome.result.figures[0], reason=Reason.SOME_NOT_ASSESSED)
    result = evolve(
        outcome.result,
        figures=Table.of(Figure, [figure]),
        evidence={"communities_unknown": 7},
    )
    others = needing("B", "events")
    card = make_card(others, evolve(outcome, result=result), needing("C", "answers"))
    assert list_decisions(card, ENGLISH)[-1].question == (
        "Should the 7 communities that have not yet done so be asked to assess themselves?"
    )
