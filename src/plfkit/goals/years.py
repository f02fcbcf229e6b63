"""The years of an organisation: a snapshot of each, and what changed between two of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from attrs import Factory, field, frozen

from plfkit.errors import PeriodError
from plfkit.graph.snapshot import Snapshot, snapshot
from plfkit.model.caching import work_out_once
from plfkit.model.declared.standards import Standards
from plfkit.model.records.organisation import Organisation
from plfkit.model.results.figures import Figure
from plfkit.model.results.result import Result
from plfkit.model.words.breaks import Break
from plfkit.periods import Period

SCHOOL = "school"
Rates = tuple[float, float]
"""Between what a response rate lies: twice the same where it is known."""
ANSWERED_BREAKS = frozenset({Break.MORE_ANSWERED, Break.FEWER_ANSWERED, Break.ANSWERS_NOT_COMPARED})
"""The breaks that rest on how many answered."""
_GAP_SLACK = 1e-9


@frozen(eq=False)
class YearSnapshots:
    """Snapshots of an organisation, each made once.

    Attributes:
        organisation: All its years.
        standards: Where measures draw their lines.
    """

    organisation: Organisation
    standards: Standards = Factory(Standards)
    _made: dict[Period, Snapshot] = field(factory=dict)

    def take_snapshot(self, period: Period) -> Snapshot:
        """Return the snapshot of a period."""
        if period not in self._made:
            made = snapshot(self.organisation, period, standards=self.standards)
            self._made.setdefault(period, made)  # another thread may have been first
        return self._made[period]

    def __iter__(self) -> Iterator[Snapshot]:
        """Yield the snapshots that were made."""
        return iter([*self._made.values()])

    def __reduce__(self) -> tuple[Any, ...]:
        """Be sent to another process without the snapshots, which are larger and made in no time."""
        return YearSnapshots, (self.organisation, self.standards)

    def list_years_before(self, now: Period, count: int) -> Iterator[Period]:
        """Yield up to so many periods a year apart that the data tell of, the latest first."""
        period = now
        for _ in range(count):
            try:
                earlier = period.year_before()
            except PeriodError:
                return
            if earlier is None or not self.organisation.is_told(earlier):
                return
            yield earlier
            period = earlier

    def name_breaks(
        self, before: tuple[Period, Result], after: tuple[Period, Result]
    ) -> tuple[Break, ...]:
        """Name why two years' figures cannot be compared: other schools, another question, other answers.

        The periods are neighbouring years: where either figure pools several, both rest on one year.
        """
        found: list[Break] = []
        schools = [_list_schools(self.take_snapshot(period)) for period, _ in (before, after)]
        if schools[0] != schools[1]:
            found.append(Break.SCHOOLS_CHANGED)
        asked = [result.questions for _, result in (before, after) if result.questions]
        if len(set(asked)) > 1:
            found.append(Break.QUESTION_CHANGED)
        if max(result.evidence.get("years_pooled", 1) for _, result in (before, after)) > 1:
            found.append(Break.YEARS_SHARED)
        gap = self.take_snapshot(after[0]).standards.response_gap
        return (*found, *_compare_exact_rates(before[1].main, after[1].main, gap))


@work_out_once
def _list_schools(moment: Snapshot) -> tuple[str, ...]:
    """Return the ids of a period's schools, in order."""
    are_schools = moment.units.column("kind").match_text(SCHOOL)
    return moment.units.column("id").take(are_schools).categories


def compare_response_rates(before: Rates, after: Rates, gap: float) -> Break | None:
    """Say whether more or fewer answered, so that this alone may have moved a figure.

    Args:
        before: Between what the response rate of the earlier year lies.
        after: Between what that of the later one lies.
        gap: How far the two may lie apart, in percentage points.
    """
    gap -= _GAP_SLACK
    least, most = 100 * (after[0] - before[1]), 100 * (after[1] - before[0])
    if least >= gap:
        return Break.MORE_ANSWERED
    if most <= -gap:
        return Break.FEWER_ANSWERED
    return None if -gap < least and most < gap else Break.ANSWERS_NOT_COMPARED


def _compare_exact_rates(
    before: Figure | None, after: Figure | None, gap: float
) -> Iterator[Break]:
    """Say that more or fewer answered, unless no answers can undo the change."""
    if before is None or after is None or has_no_overlap(before, after):
        return
    first, second = before.response_rate, after.response_rate
    if first is None or second is None:
        return
    found = compare_response_rates((first, first), (second, second), gap)
    yield from () if found is None else (found,)


def has_no_overlap(before: Figure, after: Figure) -> bool:
    """Tell whether two ranges have nothing in common; of those that are not known nobody can."""
    ends = (before.lower, before.upper, after.lower, after.upper)
    if None in ends:
        return False
    return bool(after.lower > before.upper or after.upper < before.lower)  # type: ignore[operator]
