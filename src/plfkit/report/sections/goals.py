"""Goal by goal: what was found, over the years and figure by figure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from attrs import frozen

from plfkit.goals.scorecard import GoalOutcome, IndicatorOutcome, Scorecard
from plfkit.model.words.verdicts import Verdict
from plfkit.report.figure_rows import FigureRowView, build_figure_row, say_absence
from plfkit.report.figures import write_verdict
from plfkit.report.headlines import write_full_headline
from plfkit.report.leading import choose_leading_outcome
from plfkit.report.pictures import (
    Picture,
    draw_hours,
    draw_matrix,
    draw_transitions,
    draw_trend,
)
from plfkit.report.sureness import (
    OPEN_DIRECTIONS,
    Certainty,
    Direction,
    find_direction,
    find_outcome_span,
    grade_certainty,
)
from plfkit.report.texts import Texts

_MOST_TRENDS = 6
"""How many small pictures of years stand side by side for one goal."""


@frozen(kw_only=True)
class FiguresView:
    """Figures that stand together.

    Attributes:
        counts: How many of them moved where, in a sentence.
        pictures: Pictures of years, hours and transitions.
        rows: A row for each figure.
        open: The labels of figures that are not measured, by what they lack.
        open_count: How many these are.
    """

    counts: str
    pictures: list[Picture]
    rows: list[FigureRowView]
    open: dict[str, list[str]]
    open_count: int


@frozen(kw_only=True)
class GoalView:
    """A goal, or a group of figures, as the page shows it.

    Attributes:
        id: The id of its section on the page.
        name: What it is called.
        figures: Its figures.
        finding: What was found, in a sentence.
        text: The goal in the municipality's words; empty for a group of figures.
        reading: What its figures say and do not say.
        rule: When the goal is met; empty where nothing is decided.
        state: How it stands, in few words.
        look: The verdict that the state looks like.
        matrix: Its figures as a picture of rows and columns.
    """

    id: str
    name: str
    figures: FiguresView
    finding: str = ""
    text: str = ""
    reading: str = ""
    rule: str = ""
    state: str = ""
    look: str = Verdict.SHOWN
    matrix: Picture | None = None


def build_goal_view(goal: GoalOutcome, card: Scorecard, texts: Texts) -> GoalView:
    """Return a goal with its figures, the leading one first."""
    leading = choose_leading_outcome(goal)
    first = [] if leading is None else [leading]
    rest = [o for o in goal.indicators if leading is None or o.id != leading.id]
    decided = goal.verdict is not Verdict.NO_DECIDED_TARGET
    return GoalView(
        id=f"goal-{goal.id}",
        name=f"{goal.id} · {texts.label(goal.goal.label)}",
        finding=_say_finding(leading, card, texts),
        text=texts.label(goal.goal.text),
        reading="" if goal.goal.reading is None else texts.label(goal.goal.reading),
        rule=texts(f"goals.rule_{goal.goal.rule}") if decided else "",
        state=write_verdict(goal.verdict, texts),
        look=goal.verdict,
        matrix=draw_matrix(goal, card, texts),
        figures=_build_figures([*first, *rest], card, texts),
    )


def build_figures_view(
    id_: str, outcomes: Sequence[IndicatorOutcome], card: Scorecard, texts: Texts
) -> GoalView:
    """Return figures that belong to no goal, laid out like those of one."""
    return GoalView(
        id=id_, name=texts(f"goals.{id_}"), figures=_build_figures(outcomes, card, texts)
    )


def _say_finding(leading: IndicatorOutcome | None, card: Scorecard, texts: Texts) -> str:
    """Say what the leading figure shows, in a sentence that cannot be misread."""
    if leading is None or leading.figure is None:
        return texts("goals.no_finding")
    return texts(
        "goals.finding",
        label=texts.label(leading.indicator.label),
        value=write_full_headline(leading, card, texts),
    )


def _build_figures(
    outcomes: Sequence[IndicatorOutcome], card: Scorecard, texts: Texts
) -> FiguresView:
    """Return the figures that are measured, and the labels of those that are not by their needs."""
    shown = [outcome for outcome in outcomes if not _is_left_out(outcome, card)]
    measured = [o for o in shown if o.verdict is not Verdict.NOT_MEASURED]
    open_: dict[str, list[str]] = {}
    for outcome in shown:
        if outcome.verdict is Verdict.NOT_MEASURED:
            label = texts.label(outcome.indicator.label)
            open_.setdefault(say_absence(outcome, card, texts), []).append(label)
    return FiguresView(
        counts=count_directions(measured, card, texts),
        pictures=_draw_pictures(measured, card, texts),
        rows=[build_figure_row(outcome, card, texts) for outcome in measured],
        open=open_,
        open_count=len(shown) - len(measured),
    )


def _is_left_out(outcome: IndicatorOutcome, card: Scorecard) -> bool:
    """Tell whether a figure is shown only above zero, and lies at zero for certain."""
    span = find_outcome_span(outcome, card)
    return outcome.indicator.only_above_zero and span is not None and span.upper == 0


def count_directions(outcomes: Sequence[IndicatorOutcome], card: Scorecard, texts: Texts) -> str:
    """Say how many figures moved where since the year before, for certain."""
    moved = Counter(find_direction(outcome, card) for outcome in outcomes)
    compared = len(outcomes) - moved[Direction.FIRST] - moved[Direction.UNTOLD]
    if not compared:
        return ""
    open_ = sum(moved[direction] for direction in OPEN_DIRECTIONS)
    counts = {"up": moved[Direction.UP], "down": moved[Direction.DOWN], "open": open_}
    same = moved[Direction.SAME] + moved[Direction.ALIKE]
    return texts("goals.moved", all=compared, same=same, **counts)


def _draw_pictures(
    outcomes: Sequence[IndicatorOutcome], card: Scorecard, texts: Texts
) -> list[Picture]:
    """Draw the years of the surest figures, and what has a picture of its own."""
    own = [
        picture
        for outcome in outcomes
        for draw in (draw_hours, draw_transitions)
        if (picture := draw(outcome, card, texts)) is not None
    ]
    # The leading figure stands first and stays there; of the others the surest are drawn.
    surest = sorted(outcomes[1:], key=lambda outcome: _rank_by_certainty(outcome, card))
    trends = [
        picture
        for outcome in [*outcomes[:1], *surest]
        if (picture := draw_trend(outcome, card, texts)) is not None
    ]
    return [*trends[:_MOST_TRENDS], *own]


def _rank_by_certainty(outcome: IndicatorOutcome, card: Scorecard) -> int:
    return list(Certainty).index(grade_certainty(outcome, card))
