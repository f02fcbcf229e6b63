"""Targets for each school or level: the figure of each part, and how the parts add up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil

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
    rows: dict[str, list[Figure]] = {}
    for figure in result:
        if figure.part is not None and figure.reason != Reason.NO_STAFF:
            rows.setdefault(figure.part, []).append(figure)
    found = {part: _find_main_figure(own) for part, own in rows.items()}
    known = {part: figure for part, figure in found.items() if figure is not None}
    return known if len(known) == len(found) else {}


def _find_main_figure(figures: Sequence[Figure]) -> Figure | None:
    mains = [f for f in figures if len(figures) == 1 or f.figure == TOTAL]
    whole = [f for f in mains if f.id is None and f.from_ is None and f.to is None]
    return whole[0] if len(whole) == 1 else None


def settle_parts(verdicts: Sequence[Verdict | None], indicator: Indicator) -> Verdict:
    """Return an indicator's verdict from those of the parts that its target is for."""
    target = indicator.target
    share = 1.0 if target is None or target.needs == "all" else target.needs
    needed = max(1, ceil(share * len(verdicts) - _SHARE_SLACK))
    return settle_verdicts(verdicts, needed, up=indicator.direction == "up")
