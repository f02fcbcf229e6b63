"""Shared understanding: how many see it as shared, how far they agree, and what there is to tell."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Unpack

import numpy as np
from attrs import evolve, frozen

from plfkit.arrays import Numbers
from plfkit.errors import MeasureError
from plfkit.graph.answers import AnswerSheet
from plfkit.graph.cases import SHARE_ROUNDING
from plfkit.graph.groups import GroupSpec
from plfkit.graph.snapshot import Snapshot
from plfkit.measures.answers.agreement import (
    LEAST_VARIANCE,
    compute_average_deviation,
    compute_greatest_variance,
    compute_r_wg,
    compute_variances,
    find_variance_limits,
)
from plfkit.measures.answers.answer_defaults import measure_answers
from plfkit.measures.answers.scoring import average_scores, build_statistic, compute_clear_share
from plfkit.measures.engine.answering import (
    build_answers_result,
    explain_missing_score,
    find_scale_ends,
    prepare_answer_figure,
    select_answers,
)
from plfkit.measures.engine.columns import ANSWER_COLUMNS, UNIT_COLUMNS
from plfkit.measures.engine.options import Options, resolve_options
from plfkit.model.declared.declarations import Scale
from plfkit.model.results.fields import TOTAL
from plfkit.model.results.figures import Figure
from plfkit.model.results.result import Result
from plfkit.model.words.choices import check_choice
from plfkit.model.words.kinds import Label
from plfkit.model.words.notes import Note
from plfkit.model.words.ranges import RangeKind
from plfkit.model.words.reasons import Reason

UNIFORM, DISSENSUS = SPREADS = ("uniform", "dissensus")
"""What the spread of answers may be held against: answers at random, or half at either end."""

_BESIDE: dict[str, Scale] = dict.fromkeys(("mean", "deviation", "agreement"), "index")
"""What stands beside the shares, and is none."""


@measure_answers(
    label=Label(da="Fælles forståelse", en="Shared understanding"),
    tells=Label(
        da="Hvor stor en del af dem, der svarer, der ligger klart oppe ad skalaen; ved siden af, hvor højt "
        "svarene ligger i gennemsnit, og hvor langt de afviger fra det.",
        en="How large a part of those who answer lies clearly up the scale; beside it, how high answers "
        "lie on average, and how far they deviate from that.",
    ),
    beware=Label(
        da="Svar viser, hvordan man ser det selv. Læs enigheden sammen med niveauet: alle kan være enige "
        "om, at der ikke er fælles værdier.",
        en="Answers show how people see it themselves. Read agreement together with the level: everybody "
        "may agree that no values are shared.",
    ),
    scale="share",
    columns=(*ANSWER_COLUMNS, *UNIT_COLUMNS),
    reference="level by plfkit's own rule; deviation: Burke, Finkelstein & Dusig (1999), "
    "doi:10.1177/109442819921004; agreement: James, Demaree & Wolf (1984), "
    "doi:10.1037/0021-9010.69.1.85, and Lindell & Brandt (1997), doi:10.1177/01466216970213006",
    example={"items": ["shared_values", "collaboration"]},
)
def shared_understanding(
    snapshot: Snapshot,
    *,
    items: tuple[str, ...],
    agreement: str | None = None,
    by: GroupSpec | None = None,
    **options: Unpack[Options],
) -> Result:
    """Return how many respondents answer some items high up the scale, and how alike answers are.

    Formula:
        total = respondents whose mean lies clearly up the scale / respondents;
        deviation = mean over items and respondents of |answer − mean of the item|;
        agreement = 1 − mean variance of the items / greatest variance, or r_wg(J)

    A respondent does so if the mean of the items they answered lies at least as far up the scale as
    the standard `clear` says, two thirds unless the profile says otherwise (3 on a scale from 1 to
    4). The range of a share puts all missing answers at the one or the other end of the scale.

    Beware:
        High agreement does not mean that much is shared: everybody may agree that little is.

    Args:
        snapshot: The moment.
        items: The items.
        agreement: Adds within-group agreement, as 1 less the mean variance of answers over a greatest
            one: ``"uniform"`` that of answers equally likely on each whole number of the scale (r_wg,
            for several items r_wg(J), which rises with their number), ``"dissensus"`` that of half the
            answers at either end (r*_wg). 0 where answers vary more than that.
        by: One set of figures for each of these groups, as in `framework_mean`.
        options: What every measure takes; nothing here rests on chance.

    Returns:
        The figures ``"total"``, the share for all items together; ``"mean"``, the mean of respondents'
        scores, and ``"deviation"``, how far answers lie from the mean of their item on average, both in
        steps of the scale; ``"agreement"`` if asked for; and a share for each item. ``n`` counts the
        respondents. The deviation has a range only where everybody answered; where answers are missing
        that of agreement is an outer bound, and agreement has no value where its range rules it out.
        Undefined where nobody answered, on several scales, and, but for mean and deviation, where
        nobody told the ends of the scale; deviation and agreement with fewer than two answers to an item.

    Raises:
        MeasureError: There are no items, one is called as one of the figures, agreement is of no kind
            that there is, or answers under codes are to be told apart by what people are.
        UnknownGroupError: Answers cannot be grouped by `by`.

    Source:
        Burke, Finkelstein & Dusig (1999); James, Demaree & Wolf (1984); Lindell & Brandt (1997).

    Examples:
        On a scale from 1 to 4 two thirds up is 3. Four people answer 1, 2, 3 and 4: two of them lie there.
        From their mean, 2.5, they lie 1.5, 0.5, 0.5 and 1.5 away.

        >>> from plfkit.testing import build_moment
        >>> now = build_moment(
        ...     surveys=["q scale date=2018-11-01 lowest=1 highest=4 linked=yes"],
        ...     responses=["q ann,bo,cy,di yes"],
        ...     answers=[
        ...         *("q values 1 respondent=ann", "q values 2 respondent=bo"),
        ...         *("q values 3 respondent=cy", "q values 4 respondent=di"),
        ...     ],
        ... )
        >>> {row.figure: row.value for row in shared_understanding(now, items=("values",))}
        {'total': 0.5, 'mean': 2.5, 'deviation': 1.0, 'values': 0.5}
    """
    resolve_options(shared_understanding, options)
    wanted = tuple(dict.fromkeys(items))
    _check_understanding_items(wanted, agreement)
    heard = select_answers("shared_understanding", snapshot, wanted, by=by)
    clear = snapshot.standards.clear
    rows: list[Figure] = []
    agreements: list[Agreement] = []
    for part, which in heard.parts:
        sheet = heard.sheet.take(which).select_items(wanted)
        rows.append(compute_clear_share(sheet, part, TOTAL, clear=clear))
        rows.append(average_scores(sheet, part, "mean"))
        away = compute_average_deviation(sheet.values)
        rows.append(build_statistic(sheet, part, "deviation", away, enough=len(sheet) > 1))
        if agreement is not None:
            agreements.append(find_agreement(sheet, part, "agreement", against=agreement))
            rows.append(agreements[-1].figure)
        rows += [
            compute_clear_share(sheet.select_items((one,)), part, one, clear=clear)
            for one in wanted
        ]
    result = build_answers_result(
        snapshot,
        shared_understanding,
        heard,
        rows,
        range_kind=find_agreement_range(agreements),
        notes=note_agreement(agreements),
        variant=agreement,
    )
    return evolve(result, scales=_BESIDE)


def _check_understanding_items(items: Sequence[str], agreement: str | None) -> None:
    if not items:
        raise MeasureError("shared_understanding needs the names of some items")
    if taken := [item for item in items if item in {TOTAL, *_BESIDE}]:
        raise MeasureError(f"shared_understanding has a figure {taken[0]!r}: rename the item")
    if agreement is not None:
        check_choice("shared_understanding", "agreement", agreement, SPREADS)


@frozen
class Agreement:
    """How far people agree, and what there is to tell of it.

    Attributes:
        figure: The figure.
        below: Whether answers vary more than at random, and 0 stands for less than 0.
        bounded: Whether its range is an outer bound, because answers are missing.
    """

    figure: Figure
    below: bool = False
    bounded: bool = False


def find_agreement(
    sheet: AnswerSheet, part: str | None, name: str, *, against: str = UNIFORM
) -> Agreement:
    """Return the agreement on some items: r_wg or r_wg(J), or that against the greatest dissensus."""
    figure = prepare_answer_figure(sheet, part, name)
    variance = compute_variances(sheet.values)
    ends = find_scale_ends(sheet)
    if (reason := explain_missing_score(sheet)) is not None or ends is None:
        return Agreement(evolve(figure, reason=reason or Reason.SCALE_UNKNOWN))
    known, few = sheet.listed.all(), np.isnan(variance).any()
    if few and not (known and (sheet.asked.sum(axis=0) > 1).all()):
        return Agreement(evolve(figure, reason=Reason.TOO_FEW_PEOPLE))
    agree = partial(_compute_agreement, against=against, ends=ends)
    value = None if few else agree(float(variance.mean()), sheet.answered.sum(axis=0))
    # Answers that vary more than at random give less than 0: then 0 is shown, and a note says so.
    below = value is not None and value < -LEAST_VARIANCE
    figure = evolve(
        figure,
        value=None if value is None else max(0.0, value),
        reason=Reason.SOME_DID_NOT_ANSWER if few else None,
    )
    if not known:
        return Agreement(figure, below)
    limits = np.mean(
        [_limit_item_variance(sheet, at, ends) for at in range(len(sheet.items))], axis=0
    )
    counts = sheet.asked.sum(axis=0)
    # The least variance gives the most agreement, and the other way round.
    upper, lower = (max(0.0, agree(limit, counts)) for limit in limits.tolist())
    if (
        value is not None
        and not lower - SHARE_ROUNDING <= max(0.0, value) <= upper + SHARE_ROUNDING
    ):
        figure, below = evolve(figure, value=None, reason=Reason.SOME_DID_NOT_ANSWER), False
    return Agreement(evolve(figure, lower=lower, upper=upper), below, figure.observed != 1)


def _compute_agreement(
    variance: float, counts: Numbers, *, against: str, ends: tuple[float, float]
) -> float:
    """Return agreement from the mean variance of items, with so many answers to each."""
    if against == UNIFORM:
        return compute_r_wg(variance, len(counts), ends)
    return 1 - variance / float(
        np.mean([compute_greatest_variance(n, ends) for n in counts.tolist()])
    )


def _limit_item_variance(
    sheet: AnswerSheet, at: int, ends: tuple[float, float]
) -> tuple[float, float]:
    """Return between which limits the variance of one item's answers lies."""
    answered, asked = sheet.answered[:, at], sheet.asked[:, at]
    return find_variance_limits(sheet.values[answered, at], int((asked & ~answered).sum()), ends)


def find_agreement_range(agreements: Sequence[Agreement]) -> RangeKind:
    """Return what ranges are: where answers are missing, those of agreement are outer bounds."""
    return (
        RangeKind.OUTER_BOUND
        if any(agreement.bounded for agreement in agreements)
        else RangeKind.EXACT
    )


def note_agreement(agreements: Sequence[Agreement]) -> dict[str, int]:
    """Count the figures of agreement that were set to 0."""
    return {Note.AGREEMENT_BELOW_ZERO: sum(agreement.below for agreement in agreements)}
