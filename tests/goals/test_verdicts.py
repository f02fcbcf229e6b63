"""Verdicts: the whole range must lie on one side, and nothing is missed before its year."""

from __future__ import annotations

from math import ceil
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from plfkit.goals import GoalOutcome, IndicatorOutcome, Verdict
from plfkit.goals.marks import find_mark
from plfkit.goals.verdicts import judge_figure, settle_verdicts
from plfkit.model.declared.declarations import Goal, Indicator, Target
from plfkit.model.results.figures import Figure
from plfkit.model.words.figure_classes import FigureClass
from plfkit.model.words.kinds import Label
from plfkit.periods import Period

TEXT = Label("Dansk", "English")
STEPS = {"2026/27": 0.8, "2025/26": 0.7}


def indicator(
    direction: str | None, source: str = "decided", mark: float = 0.5, **more: Any
) -> Indicator:
    """An indicator with a target, if it has a direction."""
    by, steps = more.get("by"), more.get("steps", {})
    target = None if direction is None else Target(mark, source, by)
    return Indicator(
        TEXT, "density", FigureClass.ANSWERS, direction=direction, target=target, steps=steps
    )


def verdict(
    wanted: Indicator, lower: float | None, upper: float | None = None, at: str = "2018/19"
) -> Verdict:
    """The verdict of a figure of one year; without an upper end the range is a point."""
    figure = Figure(value=0.5, lower=lower, upper=lower if upper is None else upper)
    return judge_figure(figure, wanted, find_mark(wanted, Period.parse(at)))


@pytest.mark.parametrize(
    ("direction", "lower", "upper", "expected"),
    [
        ("up", 0.5, 0.9, "met"),
        ("up", 0.2, 0.49, "not_met"),
        ("up", 0.2, 0.5, "undecided"),
        ("up", None, None, "undecided"),
        ("down", 0.1, 0.5, "met"),
        ("down", 0.51, 0.9, "not_met"),
        ("down", 0.5, 0.9, "undecided"),
    ],
)
def test_target_met(
    direction: str, lower: float | None, upper: float | None, expected: str
) -> None:
    """Equal counts as reached; a range that straddles the mark, or is unknown, decides nothing."""
    assert verdict(indicator(direction), lower, upper) == expected


@pytest.mark.parametrize(
    ("direction", "value", "expected"),
    [
        ("up", 0.6, "above_proposed"),
        ("up", 0.4, "below_proposed"),
        ("down", 0.6, "above_proposed"),
        ("down", 0.4, "below_proposed"),
    ],
)
def test_a_proposed_mark_is_never_met_or_not_met(
    direction: str, value: float, expected: str
) -> None:
    """What the municipality has not decided gives a place above or below, nothing more."""
    assert verdict(indicator(direction, "proposed"), value) == expected


def test_without_direction_a_figure_is_shown() -> None:
    """More is neither better nor worse."""
    assert verdict(indicator(None), 1) is Verdict.SHOWN


@pytest.mark.parametrize(
    ("at", "lower", "upper", "expected"),
    [
        ("2024/25", 0.1, 0.1, "on_the_way"),  # no step is due yet
        ("2024/25", None, None, "on_the_way"),
        ("2025/26", 0.7, 0.75, "on_the_way"),
        ("2025/26", 0.6, 0.69, "behind"),
        ("2025/26", 0.6, 0.7, "undecided"),
        ("2025/26", None, None, "undecided"),
        ("2026/27", 0.75, 0.79, "behind"),  # the later step is due, however the file orders them
        ("2026-08-01", 0.75, 0.79, "behind"),
        ("2026-07-31", 0.75, 0.79, "on_the_way"),
        ("2025/26", 0.9, 1.0, "met"),  # before its year: nothing is left to reach
        ("2027/28", 0.85, 0.89, "not_met"),
        ("2027/28", 0.85, 0.9, "undecided"),
        ("2030/31", 0.9, 0.9, "met"),
        ("2025-08-01/2027-08-02", 0.85, 0.85, "not_met"),  # its last day lies in the target's year
        ("undated", 0.85, 0.85, "undecided"),
        ("undated", 0.95, 0.95, "met"),
    ],
)
def test_before_its_year(at: str, lower: float | None, upper: float | None, expected: str) -> None:
    """90 % by 2027/28, with 70 % in 2025/26 and 80 % in 2026/27 on the way."""
    wanted = indicator("up", mark=0.9, by="2027/28", steps=STEPS)
    assert verdict(wanted, lower, upper, at) == expected


def test_the_latest_step_however_its_year_is_written() -> None:
    """25/26 comes before 2026/27."""
    wanted = indicator("up", mark=0.9, by="2027/28", steps={"25/26": 0.7, "2026/27": 0.8})
    assert verdict(wanted, 0.75, at="2026/27") is Verdict.BEHIND
    mark = find_mark(wanted, Period.parse("2026/27"))
    assert mark is not None
    assert (mark.step, mark.step_year, mark.held_against) == (0.8, "2026/27", 0.8)


@given(
    st.tuples(st.integers(0, 10), st.integers(0, 10)),
    st.sampled_from(["2024/25", "2025/26", "2026/27", "2027/28", "undated"]),
    st.sampled_from(["decided", "proposed"]),
)
def test_down_mirrors_up(ends: tuple[int, int], at: str, source: str) -> None:
    """What 0.7 of 0.9 is upwards, 0.3 of 0.1 is downwards; above and below change places."""
    low, high = sorted(end / 10 for end in ends)
    up = indicator("up", source, 0.9, by="2027/28", steps=STEPS)
    mirrored = {year: round(1 - step, 1) for year, step in STEPS.items()}
    down = indicator("down", source, 0.1, by="2027/28", steps=mirrored)
    there = verdict(down, round(1 - high, 1), round(1 - low, 1), at)
    places = {
        Verdict.ABOVE_PROPOSED: Verdict.BELOW_PROPOSED,
        Verdict.BELOW_PROPOSED: Verdict.ABOVE_PROPOSED,
    }
    assert verdict(up, low, high, at) is places.get(there, there)


@given(st.floats(0, 1), st.floats(0, 1), st.sampled_from(["up", "down"]))
def test_before_its_year_nothing_is_missed(one: float, other: float, direction: str) -> None:
    """Whatever the figure and the steps: a year that lies ahead gives no `not_met`."""
    low, high = sorted((one, other))
    wanted = indicator(direction, mark=0.5, by="2027/28", steps={"2025/26": 0.4})
    assert verdict(wanted, low, high, "2026/27") is not Verdict.NOT_MET


@pytest.mark.parametrize(
    ("at", "value", "expected"),
    [
        ("2026/27", 0.85, "above_proposed"),
        ("2026/27", 0.75, "below_proposed"),
        ("2027/28", 0.85, "below_proposed"),
        ("2024/25", 0.85, "below_proposed"),
    ],
)
def test_a_proposed_dated_mark_is_that_of_the_year(at: str, value: float, expected: str) -> None:
    """Above or below the step that is due; without one, above or below the mark itself."""
    wanted = indicator("up", "proposed", 0.9, by="2027/28", steps=STEPS)
    assert verdict(wanted, value, at=at) == expected


@pytest.mark.parametrize(
    ("rule", "verdicts", "expected"),
    [
        ("all", ["met", "met"], "met"),
        ("all", ["met", "not_met", "undecided"], "not_met"),
        ("all", ["met", "undecided"], "undecided"),
        ("all", ["met", "not_measured"], "undecided"),
        ("all", ["met", None], "undecided"),
        *(
            (rule, [open_one, None], "undecided")
            for rule in ("all", "any")
            for open_one in ("undecided", "not_measured", "shown", None)
        ),
        ("all", [None, "undecided", "not_met"], "not_met"),
        ("any", [None, "not_measured", "not_met"], "undecided"),
        ("any", ["not_met", "met"], "met"),
        ("any", ["not_met", "not_met"], "not_met"),
        ("any", ["not_met", "not_measured"], "undecided"),
        ("all", ["on_the_way", "on_the_way"], "on_the_way"),
        ("all", ["on_the_way", "met"], "on_the_way"),
        ("all", ["on_the_way", "behind"], "behind"),
        ("all", ["behind", "undecided"], "behind"),
        ("all", ["behind", "not_met"], "not_met"),
        ("any", ["behind", "on_the_way"], "on_the_way"),
        ("any", ["not_met", "behind"], "behind"),
        ("all", [], "no_decided_target"),
    ],
)
def test_a_goal_follows_its_rule(rule: str, verdicts: list[str | None], expected: str) -> None:
    """All or any of the indicators with a decided target; proposed ones never count."""
    decided = [
        IndicatorOutcome(
            id=str(n), indicator=indicator("up"), verdict=None if v is None else Verdict[v.upper()]
        )
        for n, v in enumerate(verdicts)
    ]
    proposed = IndicatorOutcome(
        id="p", indicator=indicator("up", "proposed"), verdict=Verdict.BELOW_PROPOSED
    )
    shown = IndicatorOutcome(id="s", indicator=indicator(None), verdict=Verdict.SHOWN)
    goal = GoalOutcome(id="G", goal=Goal(TEXT, TEXT, rule), indicators=(*decided, proposed, shown))
    assert goal.verdict == expected
    assert sum(goal.counts.values()) == len(verdicts) + 2
    assert evolve(goal, indicators=(proposed, shown)).verdict is Verdict.NO_DECIDED_TARGET


ORDER = [Verdict.MET, Verdict.ON_THE_WAY, Verdict.UNDECIDED, Verdict.BEHIND, Verdict.NOT_MET]
UNRANKED = {
    Verdict.ABOVE_PROPOSED,
    Verdict.BELOW_PROPOSED,
    Verdict.SHOWN,
    Verdict.NOT_MEASURED,
    Verdict.NO_DECIDED_TARGET,
}
"""Verdicts of proposed marks, and those that count as undecided."""


def test_the_order_names_every_verdict() -> None:
    """Each verdict has a place from met to not met, or is one of those that have none of their own."""
    assert {*ORDER, *UNRANKED} == set(Verdict)
    assert UNRANKED.isdisjoint(ORDER)


@given(st.lists(st.sampled_from(ORDER), min_size=1), st.integers(1, 10))
def test_as_many_have_the_verdict_or_a_better_one(verdicts: list[Verdict], tenths: int) -> None:
    """What several settle on is the best that so many of them reach, counted one by one."""
    needed = ceil(tenths * len(verdicts) / 10)
    settled = ORDER.index(settle_verdicts(verdicts, needed))
    as_good = [sum(ORDER.index(v) <= place for v in verdicts) for place in range(len(ORDER))]
    assert as_good[settled] >= needed
    assert settled == 0 or as_good[settled - 1] < needed


def test_every_verdict_has_words_of_its_own() -> None:
    """No two verdicts read alike in either language, and each says when it is given."""
    for language in ("da", "en"):
        assert len({v.words[language] for v in Verdict}) == len(Verdict)
    assert all(v.words.da != v.words.en and v.meaning.endswith(".") for v in Verdict)
    assert {v for v in Verdict if not v.tells} == {
        Verdict.SHOWN,
        Verdict.NOT_MEASURED,
        Verdict.NO_DECIDED_TARGET,
    }
