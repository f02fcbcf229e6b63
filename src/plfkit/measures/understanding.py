"""Shared understanding: how far people agree on items, and what there is to tell of that."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Unpack

import numpy as np
from attrs import evolve, frozen

from plfkit.errors import MeasureError
from plfkit.graph.answers import Sheet
from plfkit.graph.groups import GroupSpec
from plfkit.graph.snapshot import Snapshot
from plfkit.measures.agreement import NOTHING, r_wg, variance_limits, variances
from plfkit.measures.answering import (
    NO_INTERVAL,
    NO_NULL,
    SOME,
    answers_result,
    describe,
    ends_of,
    find_reason,
    hear,
)
from plfkit.measures.catalogue import measure
from plfkit.measures.columns import ANSWERS, UNITS
from plfkit.measures.options import Options, how
from plfkit.model.kinds import Label
from plfkit.model.result import TOTAL, Figure, Result


@measure(
    label=Label(da="Enighed i svarene", en="Agreement of answers"),
    tells=Label(
        da="Hvor ens der svares: 1 er fuld enighed, 0 er så spredt som svar i flæng.",
        en="How alike answers are: 1 is full agreement, 0 as spread as answers at random.",
    ),
    beware=Label(
        da="Enighed siger ikke, hvad man er enige om: alle kan mene, at der ikke er fælles værdier.",
        en="Agreement does not say on what: everybody may think that no values are shared.",
    ),
    figure_class="answers",
    scale="index",
    tables=("surveys", "answers"),
    columns=(*ANSWERS, *UNITS),
    reference="James, Demaree & Wolf (1984), doi:10.1037/0021-9010.69.1.85",
    no_null=NO_NULL,
    no_interval=NO_INTERVAL,
)
def shared_understanding(
    snapshot: Snapshot,
    *,
    items: tuple[str, ...],
    by: GroupSpec | None = None,
    **options: Unpack[Options],
) -> Result:
    """Return how far people agree on each of some items, and on all of them together.

    Agreement (r_wg) is 1 less the variance of answers over that of answers equally likely on each
    whole number of the scale; 0 where answers vary more than that. For all items together it is
    r_wg(J), which rises with their number. The range has missing answers as near to, and as far from,
    each other as the scale allows; where some are missing it is an outer bound.

    Args:
        snapshot: The moment.
        items: The items.
        by: One set of figures for each of these groups, as in `framework_mean`.
        options: What every measure takes; nothing here rests on chance.

    Returns:
        The figures ``"total"`` and one for each item; ``n`` counts the respondents. Undefined with
        fewer than two answers to an item, and where nobody told the ends of the scale.

    Raises:
        MeasureError: There are no items, or answers under codes are to be told apart by what people
            are.
        UnknownGroupError: Answers cannot be grouped by `by`.

    Source:
        James, Demaree & Wolf (1984).
    """
    how(shared_understanding, options)
    if not items:
        raise MeasureError("shared_understanding needs the names of some items")
    wanted = tuple(dict.fromkeys(items))
    heard = hear("shared_understanding", snapshot, wanted, by=by)
    agreements = []
    for part, which in heard.parts:
        sheet = heard.sheet.take(which)
        agreements.append(find_agreement(sheet.columns(wanted), part, TOTAL))
        agreements += [find_agreement(sheet.columns((item,)), part, item) for item in wanted]
    return answers_result(
        snapshot,
        shared_understanding,
        heard,
        [agreement.figure for agreement in agreements],
        range_kind=find_range_kind(agreements),
        notes=note_agreement(agreements),
    )


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


def find_agreement(sheet: Sheet, part: str | None, name: str) -> Agreement:
    """Return r_wg of one item, or r_wg(J) of several."""
    figure = describe(sheet, part, name)
    variance = variances(sheet.values)
    ends = ends_of(sheet)
    if (reason := find_reason(sheet)) is not None or ends is None:
        return Agreement(evolve(figure, reason=reason or "scale_unknown"))
    known, few = sheet.listed.all(), np.isnan(variance).any()
    if few and not (known and (sheet.asked.sum(axis=0) > 1).all()):
        return Agreement(evolve(figure, reason="too_few_people"))
    agreement = partial(r_wg, items=len(sheet.items), ends=ends)
    value = None if few else agreement(float(variance.mean()))
    below = value is not None and value < -NOTHING
    figure = evolve(
        figure, value=None if value is None else max(0.0, value), reason=SOME if few else None
    )
    if not known:
        return Agreement(figure, below)
    limits = np.mean([_limits(sheet, at, ends) for at in range(len(sheet.items))], axis=0)
    upper, lower = (max(0.0, agreement(limit)) for limit in limits.tolist())
    return Agreement(evolve(figure, lower=lower, upper=upper), below, figure.observed != 1)


def _limits(sheet: Sheet, at: int, ends: tuple[float, float]) -> tuple[float, float]:
    """Return between which limits the variance of one item's answers lies."""
    answered, asked = sheet.answered[:, at], sheet.asked[:, at]
    return variance_limits(sheet.values[answered, at], int((asked & ~answered).sum()), ends)


def find_range_kind(agreements: Sequence[Agreement]) -> str:
    """Return what ranges are: where answers are missing, those of agreement are outer bounds."""
    return "outer_bound" if any(agreement.bounded for agreement in agreements) else "exact"


def note_agreement(agreements: Sequence[Agreement]) -> dict[str, int]:
    """Count the figures of agreement that were set to 0."""
    return {"agreement_below_zero": sum(agreement.below for agreement in agreements)}
