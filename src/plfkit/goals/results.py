"""Supplied results of pupils: whether they rose from one period to another."""

from __future__ import annotations

from collections.abc import Mapping

from plfkit.goals.lists import MUNICIPALITY, Lists
from plfkit.graph.snapshot import Snapshot
from plfkit.model.declared.facts import Rule
from plfkit.model.records.needs import Need
from plfkit.model.words.verdicts import ClaimVerdict

_NO_OUTCOMES = (Need("outcomes"),)
SCHOOL = "school"


def compare_pupil_outcomes(
    rule: Rule, before: Snapshot, now: Snapshot
) -> tuple[ClaimVerdict, tuple[Need, ...]]:
    """Tell whether each result that a rule names rose, and what is missing where that is not known.

    Results are those of all pupils, of the same schools in both periods, each school with the weight of
    its pupils. One school without a figure leaves it open, and so do schools that may not be all of the
    municipality's: its list of positions says whether they are.
    """
    verdicts = []
    for measure in rule.outcomes:
        earlier, later = (_sum_pupil_outcomes(moment, measure) for moment in (before, now))
        if not later or earlier.keys() != later.keys() or not _has_every_school(now, later):
            return ClaimVerdict.OPEN, _NO_OUTCOMES
        verdicts.append(_average_pupil_outcomes(later) > _average_pupil_outcomes(earlier))
    lists = Lists(now)
    if gaps := tuple(lists.name_gaps("positions", (), lists.whole)):
        return ClaimVerdict.OPEN, gaps
    return (ClaimVerdict.SUPPORTED if all(verdicts) else ClaimVerdict.CONTRADICTED), ()


def _has_every_school(moment: Snapshot, figures: Mapping[str, tuple[float, int]]) -> bool:
    """Tell whether every school of the data has a figure, or the municipality as a whole has one."""
    kinds = {unit.id: unit.kind for unit in moment.units}
    schools = {unit for unit, kind in kinds.items() if kind == SCHOOL}
    return any(kinds.get(unit) == MUNICIPALITY for unit in figures) or schools <= figures.keys()


def _sum_pupil_outcomes(moment: Snapshot, measure: str) -> Mapping[str, tuple[float, int]]:
    """Return a result of all pupils and their number, unit by unit; the municipality's own if given.

    What rests on no pupils is no result.
    """
    kinds = {unit.id: unit.kind for unit in moment.units}
    found: dict[str, tuple[float, int]] = {}
    for row in moment.outcomes:
        if row.measure == measure and row.subgroup is None and row.n:
            value, n = found.get(row.unit, (0.0, 0))
            found[row.unit] = (value + row.value * row.n, n + row.n)
    whole = {unit: own for unit, own in found.items() if kinds.get(unit) == MUNICIPALITY}
    return whole or found


def _average_pupil_outcomes(figures: Mapping[str, tuple[float, int]]) -> float:
    """Return the mean of all pupils: 0.6 of 100 and 0.9 of 50 are 0.7 of 150."""
    return sum(total for total, _ in figures.values()) / sum(n for _, n in figures.values())
