"""Differences: how far apart units answer the same items, and how high."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Unpack

import numpy as np
from attrs import evolve, frozen

from plfkit.arrays import Flags
from plfkit.errors import MeasureError
from plfkit.graph.answers import AnswerSheet
from plfkit.graph.snapshot import Snapshot
from plfkit.measures.answers.answer_defaults import measure_answers
from plfkit.measures.answers.scoring import average_if_known, average_scores
from plfkit.measures.engine.answering import (
    PEOPLE,
    SelectedAnswers,
    build_answers_result,
    explain_missing_score,
    prepare_answer_figure,
    select_answers,
)
from plfkit.measures.engine.columns import ANSWER_COLUMNS, COMMUNITY_COLUMNS, UNIT_COLUMNS
from plfkit.measures.engine.options import Options, resolve_options
from plfkit.model.results.fields import TOTAL
from plfkit.model.results.figures import Figure
from plfkit.model.results.result import Result
from plfkit.model.words.kinds import Label
from plfkit.model.words.ranges import RangeKind
from plfkit.model.words.reasons import Reason

LEVEL_FIGURE = "level"
"""The figure beside the difference: how high the units answer."""


@measure_answers(
    label=Label(
        da="Forskel i svar på samme spørgsmål", en="Difference in answers to the same items"
    ),
    tells=Label(
        da="Hvor langt fra hinanden to kommuners gennemsnit på samme spørgsmål ligger, i trin på skalaen; "
        "ved siden af, hvor højt svarene ligger.",
        en="How far apart two municipalities' means on the same items lie, in steps of the scale; beside "
        "it, how high answers lie.",
    ),
    beware=Label(
        da="En lille forskel kan være fælles sprog, men også lige stor uenighed begge steder; og en stor "
        "kan være forskel i praksis, ikke i sprog.",
        en="A small difference may be a shared language, but also as much disagreement in either place; "
        "and a large one may be a difference in practice, not in language.",
    ),
    columns=(*ANSWER_COLUMNS, "answers.community", *COMMUNITY_COLUMNS, *UNIT_COLUMNS),
    reference="plfkit's own definition: the mean of the absolute differences of means",
    example={"items": ["shared_values"], "unit": "school", "respondents": "communities"},
)
def answer_difference(
    snapshot: Snapshot,
    *,
    items: tuple[str, ...],
    unit: str = "municipality",
    respondents: str = PEOPLE,
    **options: Unpack[Options],
) -> Result:
    """Return how far apart units' means on the same items lie, in steps of the scale.

    Formula:
        mean over the items, and over pairs of units, of |mean of the one − mean of the other|

    Of each item the figure is the mean, over all pairs of units that answered it, of the absolute
    difference of their means. The range puts all missing answers at the one or the other end of the
    scale; with more than two units it is an outer bound.

    Beware:
        A small difference does not mean a shared language: it may be as much disagreement in either
        place.

    Args:
        snapshot: The moment.
        items: The items.
        unit: The kind of unit.
        respondents: ``"people"``, or ``"communities"``: how those with enough members assess
            themselves.
        options: What every measure takes; nothing here rests on chance.

    Returns:
        ``"total"``, the mean of the items' differences; ``"level"``, the mean of the units' means,
        beside which to read it; and a difference for each item. ``n`` counts the respondents, or
        the members of the communities that answered. Undefined with answers of fewer than two
        units, and on several scales.

    Raises:
        MeasureError: There are no items.
        UnknownGroupError: There is no such unit kind.

    Source:
        plfkit's own definition: the mean of the absolute differences of means.

    Examples:
        At the school *s* answers have mean 3, at *z* mean 2: they lie 1 apart, around 2.5.

        >>> from plfkit.testing import build_moment
        >>> now = build_moment(
        ...     surveys=[f"{at} scale unit={at} date=2018-11-01 lowest=1 highest=4" for at in "sz"],
        ...     answers=[
        ...         "s reading 2 respondent=ann",
        ...         "s reading 4 respondent=bo",
        ...         "z reading 2 respondent=cy,di",
        ...     ],
        ... )
        >>> apart = answer_difference(now, items=("reading",), unit="school")
        >>> {row.figure: row.value for row in apart}
        {'total': 1.0, 'level': 2.5, 'reading': 1.0}
    """
    resolve_options(answer_difference, options)
    wanted = tuple(dict.fromkeys(items))
    if not wanted:
        raise MeasureError("answer_difference needs the names of some items")
    heard = select_answers("answer_difference", snapshot, wanted, respondents=respondents, by=unit)
    sheets = {
        part or "": heard.sheet.take(which).select_items(wanted) for part, which in heard.parts
    }
    sheets = {unit: sheet for unit, sheet in sheets.items() if sheet.answered.any()}
    inside = _mark_unit_answers(heard)
    whole = heard.sheet.take(inside).select_items(wanted)
    spreads = [_ItemSpread.of(sheets, whole, item) for item in wanted]
    rows = [
        _average_differences(whole, spreads),
        _average_level(whole, spreads),
        *(s.difference for s in spreads),
    ]
    heads: dict[tuple[str | None, str], int] = {
        (None, name): sheet.count_heads(np.asarray(sheet.answered.any(axis=1)))
        for name, sheet in sheets.items()
    }
    result = build_answers_result(
        snapshot,
        answer_difference,
        evolve(heard, parts=((None, inside),)),  # the figures are of all units together
        rows,
        range_kind=RangeKind.EXACT if len(sheets) <= 2 else RangeKind.OUTER_BOUND,  # noqa: PLR2004 - one pair
        variant=f"{unit}, {respondents}",
    )
    # The gate has to know how many people answered in each unit.
    return evolve(result, by=None, sizes=heads, scales={LEVEL_FIGURE: "index"})


def _mark_unit_answers(heard: SelectedAnswers) -> Flags:
    """Tell which answers were given in a unit of the kind."""
    inside = np.zeros(len(heard.sheet), np.bool_)
    for _, which in heard.parts:
        inside |= which
    return inside


@frozen
class _ItemSpread:
    """The means of one item in each unit, and how far apart they lie."""

    means: tuple[Figure, ...]
    difference: Figure

    @classmethod
    def of(cls, sheets: Mapping[str, AnswerSheet], whole: AnswerSheet, item: str) -> _ItemSpread:
        """Compare units on one item."""
        own = whole.select_items((item,))
        figure = prepare_answer_figure(own, None, item)
        means = [
            average_scores(sheet.select_items((item,)), None, item) for sheet in sheets.values()
        ]
        means = [mean for mean in means if mean.value is not None]
        if reason := explain_missing_score(own):
            return cls((), evolve(figure, reason=reason))
        if len(means) < 2:  # noqa: PLR2004 - it takes a pair
            return cls(tuple(means), evolve(figure, reason=Reason.ONE_UNIT))
        apart = [_compare_unit_means(*pair) for pair in combinations(means, 2)]
        value, lower, upper = (average_if_known(ends) for ends in zip(*apart, strict=True))
        return cls(tuple(means), evolve(figure, value=value, lower=lower, upper=upper))


def _compare_unit_means(
    one: Figure, other: Figure
) -> tuple[float | None, float | None, float | None]:
    """Return how far two means lie apart, and how little and how much that could be."""
    value = abs((one.value or 0.0) - (other.value or 0.0))
    if one.lower is None or one.upper is None or other.lower is None or other.upper is None:
        return value, None, None
    # Ranges 1–2 and 3–4 lie 1 to 3 apart; 1–3 and 2–4 overlap, so 0 to 3.
    gaps = one.lower - other.upper, other.lower - one.upper
    return value, max(0.0, *gaps), -min(gaps)


def _average_differences(whole: AnswerSheet, spreads: Sequence[_ItemSpread]) -> Figure:
    """Return the mean of the items' differences; there is none where one of them has none."""
    figure = prepare_answer_figure(whole, None, TOTAL)
    if reasons := [s.difference.reason for s in spreads if s.difference.reason is not None]:
        return evolve(figure, reason=reasons[0])
    ends_by_item = [(s.difference.value, s.difference.lower, s.difference.upper) for s in spreads]
    value, lower, upper = (average_if_known(ends) for ends in zip(*ends_by_item, strict=True))
    return evolve(figure, value=value, lower=lower, upper=upper)


def _average_level(whole: AnswerSheet, spreads: Sequence[_ItemSpread]) -> Figure:
    """Return how high the units answer, each unit and each item counting the same."""
    figure = prepare_answer_figure(whole, None, LEVEL_FIGURE)
    reasons = [s.difference.reason for s in spreads if not s.means]
    if reasons:
        return evolve(figure, reason=reasons[0])
    ends_by_item = [
        [
            average_if_known(ends)
            for ends in zip(*((m.value, m.lower, m.upper) for m in s.means), strict=True)
        ]
        for s in spreads
    ]
    value, lower, upper = (average_if_known(ends) for ends in zip(*ends_by_item, strict=True))
    return evolve(figure, value=value, lower=lower, upper=upper)
