"""At most two decisions: a mark to settle on, and the data that would settle most."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from math import ceil

from attrs import frozen

from plfkit.goals.scorecard import IndicatorOutcome, Scorecard
from plfkit.model.records.needs import Need
from plfkit.model.words.figure_classes import FigureClass
from plfkit.report.headlines import write_full_headline, write_round_amount
from plfkit.report.leading import (
    count_silent_communities,
    find_scale,
    is_asked_list_known,
    list_figures_told,
    list_leading_figures,
)
from plfkit.report.pictures.phrases import name_relation
from plfkit.report.sureness import (
    Certainty,
    Span,
    find_line,
    find_outcome_span,
    find_span,
    grade_certainty,
)
from plfkit.report.texts import Texts

_SLACK = 1e-6
"""Shares are told to three digits: 0.9 of 365 is 328.5, and no 328.5000001."""


@frozen
class DecisionView:
    """A decision for the meeting: the question, and the figures it rests on."""

    question: str
    figures: str


def list_decisions(card: Scorecard, texts: Texts) -> list[DecisionView]:
    """Return at most two decisions, each with figures."""
    found = [_ask_for_mark(card, texts), _ask_for_data(card, texts)]
    return [one for one in found if one is not None]


def _ask_for_mark(card: Scorecard, texts: Texts) -> DecisionView | None:
    """Ask whether a proposed mark shall be the target, or how a decided one is to be reached."""
    outcome = _choose_marked_figure(card)
    if outcome is None or outcome.mark is None:
        return _ask_for_target(card, texts)
    scale = find_scale(outcome)
    words = {
        "mark": write_round_amount(outcome.mark.target, scale, texts),
        "label": texts.label(outcome.indicator.label),
        "value": write_full_headline(outcome, card, texts),
    }
    key = "mark" if outcome.mark.proposed else "reach"
    return DecisionView(
        texts(f"decide.{key}", **words),
        f"{texts('decide.today', **words)} {_say_missing_people(outcome, card, texts)}",
    )


def _choose_marked_figure(card: Scorecard) -> IndicatorOutcome | None:
    """Return the figure with a mark that matters most: decided, leading, and close to its mark.

    A mark that is reached for certain is no question any more.
    """
    leading = {one.outcome.id for one in list_leading_figures(card) if one.outcome is not None}
    marked = [
        (missing.upper, outcome)
        for outcome in list_figures_told(card)
        if (missing := count_missing(outcome, card)) is not None and missing.upper > 0
    ]
    chosen = min(
        marked,
        key=lambda pair: (
            pair[1].mark is None or pair[1].mark.proposed,
            pair[1].id not in leading,
            _measure_distance(pair[1], card),
        ),
        default=None,
    )
    return None if chosen is None else chosen[1]


def _measure_distance(outcome: IndicatorOutcome, card: Scorecard) -> float:
    """Return how far the nearest end of a range lies from its mark; 0 where the mark is within."""
    span, mark = find_outcome_span(outcome, card), outcome.mark
    if span is None or mark is None:
        return 0.0
    return max(mark.target - span.upper, span.lower - mark.target, 0.0)


def _say_missing_people(outcome: IndicatorOutcome, card: Scorecard, texts: Texts) -> str:
    """Say how many more people, or others that are counted, a mark takes, or may take."""
    missing = count_missing(outcome, card)
    if missing is None:
        return ""
    least, most = int(missing.lower), int(missing.upper)
    unit = "people" if _is_of_staff(outcome) else "cases"
    if least == 0:
        return texts(f"decide.more_{unit}_at_most", count=texts.write_number(most))
    ends = [texts.write_number(end) for end in (least, most)]
    count = ends[0] if least == most else texts("headline.between", low=ends[0], high=ends[1])
    return texts(f"decide.more_{unit}", count=count)


def count_missing(outcome: IndicatorOutcome, card: Scorecard) -> Span | None:
    """Return how many of those counted are missing to the mark of a share: at least, and at most.

    90 per cent of 365 are 329 people. Where 275 to 308 have it, 21 to 54 are missing.
    """
    figure, span, mark = outcome.figure, find_outcome_span(outcome, card), outcome.mark
    if figure is None or span is None or mark is None or find_line(outcome) is None:
        return None
    if find_scale(outcome) != "share":
        return None
    whole = figure.denominator or (figure.n if _is_of_staff(outcome) else None)
    if whole is None or outcome.indicator.direction != "up":
        return None
    wanted = ceil(mark.target * whole - _SLACK)
    have = [round(end * whole) for end in (span.lower, span.upper)]
    return Span(max(wanted - have[1], 0), max(wanted - have[0], 0))


def _is_of_staff(outcome: IndicatorOutcome) -> bool:
    """Tell whether a figure counts people of the staff, and not communities, places or pupils."""
    result = outcome.result
    return result is not None and result.figure_class is FigureClass.PARTICIPATION


def _ask_for_target(card: Scorecard, texts: Texts) -> DecisionView | None:
    """Ask how far the first leading figure without a mark shall come."""
    leading = [one.outcome for one in list_leading_figures(card) if one.goal is not None]
    unmarked = (o for o in leading if o is not None and o.figure is not None and o.mark is None)
    outcome = next(unmarked, None)
    if outcome is None:
        return None
    words = {
        "label": texts.label(outcome.indicator.label),
        "value": write_full_headline(outcome, card, texts),
    }
    return DecisionView(texts("decide.target", **words), texts("decide.today", **words))


def _ask_for_data(card: Scorecard, texts: Texts) -> DecisionView | None:
    """Ask whether to collect what would settle most figures, and say how many that is."""
    wanting = [(outcome, list_needs(outcome, card)) for outcome in card.indicators]
    counted = Counter(need for _, needs in wanting for need in needs)
    if not counted:
        return None
    # Of two that settle as many, the one that stands first in the profile.
    need, count = max(counted.items(), key=lambda item: item[1])
    waiting = [outcome for outcome, needs in wanting if need in needs]
    figures = texts(
        "decide.data_figures",
        count=count,
        all=len(card.indicators),
        label=texts.label(waiting[0].indicator.label),
    )
    return DecisionView(_ask_whom(need, waiting, card, texts), figures)


def _ask_whom(
    need: Need, waiting: Sequence[IndicatorOutcome], card: Scorecard, texts: Texts
) -> str:
    """Ask whether those who did not answer, or whose logs have gaps, are to be asked once more."""
    if need.table == "responses":
        asked = (o.result.relation for o in waiting if o.result is not None)
        # Figures of scales wait for those who are silent too, and are of no relation.
        relation = next(filter(None, asked), None)
        silent = _count_silent_people(relation, card, texts)
        if relation is not None and silent:
            name = name_relation(card.names[relation], relation, texts).lower()
            return texts("decide.remind", count=silent, relation=name)
    wanting = [o for o in card.indicators if o.result is not None and need in o.result.needs]
    silent_communities = next(filter(None, map(count_silent_communities, wanting)), 0)
    if silent_communities:
        return texts("decide.assess", count=silent_communities)
    listed = is_asked_list_known(waiting, card)
    return texts("decide.data", need=texts.write_needs([need], card.names, listed=listed))


def _count_silent_people(relation: str | None, card: Scorecard, texts: Texts) -> str:
    """Write how many of those who were asked did not answer, as far as is told."""
    result = card.overview.answered.get(relation or "")
    figure = None if result is None else result.main
    span = find_span(figure)
    if figure is None or span is None or figure.denominator is None:
        return ""
    size = figure.denominator
    least, most = (round((1 - end) * size) for end in (span.upper, span.lower))
    if not most:
        return ""
    ends = [texts.write_number(end) for end in (least, most)]
    return ends[0] if least == most else texts("headline.between", low=ends[0], high=ends[1])


def list_needs(outcome: IndicatorOutcome, card: Scorecard) -> tuple[Need, ...]:
    """Return what would settle a figure that is not measured, undecided, or far from certain."""
    if outcome.missing:
        return tuple(dict.fromkeys(outcome.missing))
    if outcome.result is None:
        return ()
    unsure = grade_certainty(outcome, card) in {Certainty.UNSURE, Certainty.NONE}
    return _drop_repeats(outcome.result.needs) if unsure or outcome.settles else ()


def _drop_repeats(needs: Iterable[Need]) -> tuple[Need, ...]:
    return tuple(dict.fromkeys(needs))
