"""Verdicts: the whole range must lie on one side."""

from __future__ import annotations

import pytest
from attrs import evolve

from plfkit.goals import GoalOutcome, IndicatorOutcome
from plfkit.goals.verdicts import verdict
from plfkit.model.declarations import Goal, Indicator, Target
from plfkit.model.kinds import Label
from plfkit.model.result import Figure

TEXT = Label("Dansk", "English")


def indicator(direction: str | None, source: str = "decided", mark: float = 0.5) -> Indicator:
    """An indicator with a target, if it has a direction."""
    target = None if direction is None else Target(mark, source)
    return Indicator(TEXT, "density", "answers", direction=direction, target=target)


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
def test_a_target_is_met_when_the_whole_range_reaches_it(
    direction: str, lower: float | None, upper: float | None, expected: str
) -> None:
    """Equal counts as reached; a range that straddles the mark, or is unknown, decides nothing."""
    figure = Figure(value=0.5, lower=lower, upper=upper)
    assert verdict(figure, indicator(direction)) == expected


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
    figure = Figure(value=value, lower=value, upper=value)
    assert verdict(figure, indicator(direction, "proposed")) == expected


def test_without_direction_a_figure_is_shown() -> None:
    """More is neither better nor worse."""
    assert verdict(Figure(value=1, lower=1, upper=1), indicator(None)) == "shown"


@pytest.mark.parametrize(
    ("rule", "verdicts", "expected"),
    [
        ("all", ["met", "met"], "met"),
        ("all", ["met", "not_met", "undecided"], "not_met"),
        ("all", ["met", "undecided"], "undecided"),
        ("all", ["met", "not_measured"], "undecided"),
        ("all", ["met", None], "undecided"),
        ("any", ["not_met", "met"], "met"),
        ("any", ["not_met", "not_met"], "not_met"),
        ("any", ["not_met", "not_measured"], "undecided"),
        ("all", [], "no_decided_target"),
    ],
)
def test_a_goal_follows_its_rule(rule: str, verdicts: list[str | None], expected: str) -> None:
    """All or any of the indicators with a decided target; proposed ones never count."""
    decided = [
        IndicatorOutcome(id=str(n), indicator=indicator("up"), verdict=v)
        for n, v in enumerate(verdicts)
    ]
    proposed = IndicatorOutcome(
        id="p", indicator=indicator("up", "proposed"), verdict="below_proposed"
    )
    shown = IndicatorOutcome(id="s", indicator=indicator(None), verdict="shown")
    goal = GoalOutcome(id="G", goal=Goal(TEXT, TEXT, rule), indicators=(*decided, proposed, shown))
    assert goal.verdict == expected
    assert sum(goal.counts.values()) == len(verdicts) + 2
    assert evolve(goal, indicators=(proposed, shown)).verdict == "no_decided_target"
