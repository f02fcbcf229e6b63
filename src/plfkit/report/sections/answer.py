"""The answer: what a chief reads first, made from the card."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from attrs import frozen

from plfkit.goals.scorecard import IndicatorOutcome, Scorecard
from plfkit.model.results.figures import Figure
from plfkit.model.words.verdicts import Verdict
from plfkit.periods import UNDATED
from plfkit.report.headlines import (
    write_full_headline,
    write_headline,
    write_outcome_headline,
    write_round_amount,
    write_wide_ends,
)
from plfkit.report.leading import (
    count_silent_communities,
    find_progress,
    find_scale,
    is_asked_list_known,
    list_figures_told,
    list_leading_figures,
)
from plfkit.report.sureness import (
    Certainty,
    Direction,
    find_direction,
    find_line,
    find_outcome_span,
    find_span,
    find_sure_span,
    grade_certainty,
    is_told_as_class,
    measure_width,
)
from plfkit.report.texts import Texts

_CHANCE = 0.05
"""Below which p a figure is said to differ from chance, corrected for how many are looked at."""


@frozen
class Gap:
    """How far a figure surely lies from what it is held against, on the wrong side.

    Attributes:
        outcome: The indicator.
        size: How far, from 0 to 1; of what is no share, as a part of what it is held against.
        mark: What it is held against.
        against: ``"decided"``, ``"step"`` on the way to that, ``"proposed"``, or ``"chance"``.
    """

    outcome: IndicatorOutcome
    size: float
    mark: float
    against: str


@frozen
class Move:
    """An indicator that surely moved since the year before.

    Attributes:
        outcome: The indicator.
        direction: Where it moved.
        size: How far at the least, from 0 to 1 of a share, or of what it was.
    """

    outcome: IndicatorOutcome
    direction: Direction
    size: float


def write_answer(card: Scorecard, texts: Texts) -> list[str]:
    """Write how far the goals are and what moved, what lies furthest behind, and what is least known."""
    return [
        f"{_say_nearest(card, texts)} {_say_moves(card, texts)}",
        _say_furthest_behind(card, texts),
        _say_least_certain(card, texts),
    ]


def _say_nearest(card: Scorecard, texts: Texts) -> str:
    """Say which leading figure is nearest to its mark; without marks nothing is ahead of anything."""
    if not card.goals:
        return texts("answer.no_goals", count=len(card.indicators))
    leading = [one.outcome for one in list_leading_figures(card) if one.outcome is not None]
    marked = [
        (progress, outcome)
        for outcome in leading
        if (progress := find_progress(outcome, card)) is not None
    ]
    if not leading:
        return texts("answer.no_leading")
    if not marked:
        return _say_why_none_is_near(leading, texts)
    reached = [texts.label(o.indicator.label) for progress, o in marked if progress.lower >= 1]
    if reached:
        words = {"count": len(reached), "all": len(marked), "labels": texts.write_listing(reached)}
        return texts("answer.reached", **words)
    progress, nearest = max(marked, key=lambda pair: pair[0].lower)
    # Nearest is only what surely is: the least of it lies above the most of every other.
    rivals = [o for other, o in marked if o is not nearest and other.upper >= progress.lower]
    if rivals:
        labels = [texts.label(o.indicator.label) for o in (nearest, *rivals)]
        return texts("answer.nearest_open", labels=texts.write_listing(labels))
    key = "alone" if len(marked) == 1 else "nearest"
    return texts(f"answer.{key}_{_name_mark(nearest)}", **_tell_figure(nearest, card, texts))


def _say_why_none_is_near(leading: Sequence[IndicatorOutcome], texts: Texts) -> str:
    """Say that no leading figure has a mark, or that how far those are that have one cannot be said."""
    held = [outcome for outcome in leading if find_line(outcome) is not None]
    if not held:
        return texts("answer.no_marks", count=len(leading))
    absent = all(outcome.verdict is Verdict.NOT_MEASURED for outcome in held)
    labels = texts.write_listing([texts.label(outcome.indicator.label) for outcome in held])
    key = "unmeasured" if absent else "open"
    return texts(f"answer.marks_{key}", count=len(held), labels=labels)


def _name_mark(outcome: IndicatorOutcome) -> str:
    """Name what an indicator is held against: a proposal, a step on the way, or a decided target."""
    mark = outcome.mark
    if mark is None or mark.proposed:
        return "proposed"
    return "decided" if mark.step is None else "step"


def _say_moves(card: Scorecard, texts: Texts) -> str:
    """Say how many figures surely rose and fell, and which of them moved furthest."""
    moves = list_moves(card)
    compared = sum(
        find_direction(o, card) not in {Direction.FIRST, Direction.UNTOLD} for o in card.indicators
    )
    if not compared:
        first = all(len(o.trend) <= 1 for o in card.indicators)
        key = "no_dates" if card.at == UNDATED else "first_year" if first else "untold_year"
        return texts(f"answer.{key}", at=card.at)
    words: dict[str, Any] = {"all": compared}
    for direction in (Direction.UP, Direction.DOWN):
        own = [move for move in moves if move.direction is direction]
        words[direction] = len(own)
        if own:
            words |= _describe_move(max(own, key=lambda move: move.size), card, texts)
    ways = [str(d) for d in (Direction.UP, Direction.DOWN) if words[d]]
    return texts(f"answer.moves_{'_'.join(ways) or 'none'}", **words)


def _describe_move(move: Move, card: Scorecard, texts: Texts) -> dict[str, str]:
    """Return a move's words, each under a name that begins with its direction."""
    outcome, name = move.outcome, str(move.direction)
    before = outcome.trend[-2].result
    return {
        f"{name}_label": texts.label(outcome.indicator.label),
        f"{name}_value": write_outcome_headline(outcome, card, texts),
        f"{name}_before": write_headline(before, before.main, card.standards, texts),
    }


def list_moves(card: Scorecard) -> list[Move]:
    """Return the indicators that surely moved, each with how far at the least."""
    moves = []
    for outcome in card.indicators:
        direction = find_direction(outcome, card)
        if direction not in {Direction.UP, Direction.DOWN}:
            continue
        before, now = (find_sure_span(p.result, card.measures) for p in outcome.trend[-2:])
        if before is not None and now is not None:
            size = max(now.lower - before.upper, before.lower - now.upper)
            scale = find_scale(outcome)
            whole = 1.0 if scale in {"share", "points"} else abs(before.lower + before.upper) / 2
            moves.append(Move(outcome, direction, size / (whole or 1.0)))
    return moves


def _say_furthest_behind(card: Scorecard, texts: Texts) -> str:
    """Say which figure surely lies furthest from its mark, or from chance, on the unwanted side."""
    told = [*list_figures_told(card)]
    gaps = [gap for outcome in told if (gap := find_gap(outcome, card)) is not None]
    if gaps:
        # What was decided goes before what was proposed, and that before chance.
        worst = max(gaps, key=lambda gap: (-_AGAINST.index(gap.against), gap.size))
        mark = write_round_amount(worst.mark, find_scale(worst.outcome), texts)
        words = _tell_figure(worst.outcome, card, texts) | {"mark": mark}
        return texts(f"answer.behind_{worst.against}", **words)
    marked = [o for o in card.indicators if find_line(o) is not None]
    if not marked:
        return texts("answer.nothing_to_hold_against", all=len(card.indicators))
    held = [o for o in marked if _can_be_held_against(o, card)]
    key = "none_behind" if held else "behind_open"
    return texts(f"answer.{key}", count=len(held or marked))


_AGAINST = ("decided", "step", "proposed", "chance")


def _can_be_held_against(outcome: IndicatorOutcome, card: Scorecard) -> bool:
    """Tell whether enough is known of a figure to say on which side of its mark it lies."""
    wanted = outcome.indicator.direction
    return wanted is not None and find_outcome_span(outcome, card) is not None


def find_gap(outcome: IndicatorOutcome, card: Scorecard) -> Gap | None:
    """Return how far a figure surely lies on the wrong side of its mark, or a share of chance."""
    figure, span, line = outcome.figure, find_outcome_span(outcome, card), find_line(outcome)
    wanted, scale = outcome.indicator.direction, find_scale(outcome)
    if figure is None or span is None or wanted is None:
        return None
    if line is not None:
        against, held = _name_mark(outcome), line
    elif scale == "share" and figure.expected is not None and _is_no_chance(figure, card):
        against, held = "chance", figure.expected
    else:
        return None
    size = held - span.upper if wanted == "up" else span.lower - held
    # Of what is no share, how far is told as a part of what is to be reached.
    whole = 1.0 if scale in {"share", "points"} else abs(held) or 1.0
    return Gap(outcome, size / whole, held, against) if size > 0 else None


def _is_no_chance(figure: Figure, card: Scorecard) -> bool:
    """Tell whether a figure differs from chance by more than chance, the worst of many looked at."""
    looked_at = sum(o.figure is not None and o.figure.p_value is not None for o in card.indicators)
    p = figure.p_adjusted
    if p is None:
        p = None if figure.p_value is None else figure.p_value * looked_at
    return p is not None and p <= _CHANCE


def _say_least_certain(card: Scorecard, texts: Texts) -> str:
    """Say which leading figure is the least certain, else which figure at all, else what is not measured."""
    leading = [one.outcome for one in list_leading_figures(card) if one.outcome is not None]
    for key, outcomes in (("goals", leading), ("all", [*list_figures_told(card)])):
        wide = [(width, o) for o in outcomes if (width := _measure_unknown(o, card)) is not None]
        if wide:
            _, widest = max(wide, key=lambda pair: pair[0])
            settled = _say_how_to_settle(widest, card, texts)
            words = write_wide_ends(widest, texts)
            label = texts.label(widest.indicator.label)
            return texts(f"answer.least_{key}", label=label, **words) + settled
    return _say_what_is_known(card, texts)


def _say_what_is_known(card: Scorecard, texts: Texts) -> str:
    """Say how many figures are known well, where no share is told with a wide range."""
    steps = [grade_certainty(outcome, card) for outcome in card.indicators]
    known = sum(
        step in {Certainty.SURE, Certainty.FAIRLY} and not is_told_as_class(outcome)
        for step, outcome in zip(steps, card.indicators, strict=True)
    )
    points, count = texts.write_number(card.standards.fairly_sure), len(card.indicators)
    absent = sum(outcome.verdict is Verdict.NOT_MEASURED for outcome in card.indicators)
    key = "all_known" if known == count else "none_known" if absent == count else "some_known"
    return texts(f"answer.{key}", width=points, count=known, all=count)


def _measure_unknown(outcome: IndicatorOutcome, card: Scorecard) -> float | None:
    """Return how wide a share's range is that is told and is wide; None of all others."""
    if find_scale(outcome) != "share" or is_told_as_class(outcome):
        return None
    width = measure_width(find_span(outcome.figure), outcome.result)
    return width if width is not None and width > card.standards.fairly_sure else None


def _say_how_to_settle(outcome: IndicatorOutcome, card: Scorecard, texts: Texts) -> str:
    silent = count_silent_communities(outcome)
    if silent:
        return " " + texts("answer.settled_by_communities", count=silent)
    needs = () if outcome.result is None else outcome.result.needs
    listed = is_asked_list_known([outcome], card)
    settled = texts.write_main_needs(needs, card.names, listed=listed)
    return " " + texts("answer.settled", needs=settled) if needs else ""


def _tell_figure(outcome: IndicatorOutcome, card: Scorecard, texts: Texts) -> dict[str, str]:
    """Return an indicator's label, its headline with the counts behind it, and its mark."""
    line = find_line(outcome)
    return {
        "label": texts.label(outcome.indicator.label),
        "value": write_full_headline(outcome, card, texts),
        "mark": "" if line is None else write_round_amount(line, find_scale(outcome), texts),
    }
