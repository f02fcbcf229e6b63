"""Targets for each school or level: the figure of each part, and how the parts add up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil

import numpy as np

from plfkit.goals.verdicts import settle_verdicts
from plfkit.model.declared.declarations import Indicator
from plfkit.model.results.fields import TOTAL
from plfkit.model.results.figures import Figure
from plfkit.model.results.result import Result
from plfkit.model.words.reasons import Reason
from plfkit.model.words.verdicts import Verdict

_SHARE_SLACK = 1e-9
"""Keeps seven tenths of ten parts from being eight."""


def find_part_figures(result: Result) -> Mapping[str, Figure]:
    """Return the figure of each part, but for those where nobody works.

    Empty where a part has several figures, or where they are about persons or pairs of groups: then
    none of them is what a target is for.
    """
    return {part: result.figures[row] for part, row in find_part_rows(result).items()}


def find_part_rows(result: Result) -> Mapping[str, int]:
    """Return the row of the figure of each part, as `find_part_figures` returns the figures."""
    figures = result.figures
    part, figure = figures.column("part"), figures.column("figure")
    asked = ~part.missing & ~figures.column("reason").match_text(Reason.NO_STAFF)
    rows = np.flatnonzero(asked)
    codes, first, sizes = np.unique(part.values[rows], return_index=True, return_counts=True)
    # The only figure of a part, or its total, as far as it is about the part and nobody in it.
    alone = np.zeros(len(part.categories), np.bool_)
    alone[codes] = sizes == 1
    whole = np.logical_and.reduce([figures.column(k).missing for k in ("id", "from", "to")])
    mains = rows[(alone[part.values] | figure.match_text(TOTAL))[rows] & whole[rows]]
    if len(mains) != len(codes) or len(np.unique(part.values[mains])) != len(codes):
        return {}
    row_of = np.empty(len(part.categories), np.int64)
    row_of[part.values[mains]] = mains
    in_order = codes[np.argsort(first)].tolist()
    return {part.categories[code]: int(row_of[code]) for code in in_order}


def settle_parts(verdicts: Sequence[Verdict | None], indicator: Indicator) -> Verdict:
    """Return an indicator's verdict from those of the parts that its target is for."""
    target = indicator.target
    share = 1.0 if target is None or target.needs == "all" else target.needs
    needed = max(1, ceil(share * len(verdicts) - _SHARE_SLACK))
    return settle_verdicts(verdicts, needed, up=indicator.direction == "up")
