"""Indicators in shares: one after the other here, or by the processes of an executor.

The organisation goes to each process with the first share that it is handed, and its snapshots are made
there. What comes back names the staff lists that its figures rest on by their years, and is given those
of this process instead: the gate knows data by identity, and a staff list is larger than a figure.
"""

from __future__ import annotations

import io
import pickle
from collections.abc import Iterator
from concurrent.futures import Executor
from typing import Any, Protocol

from attrs import frozen

from plfkit.goals.indicators import assess_indicator
from plfkit.goals.scorecard import IndicatorOutcome
from plfkit.goals.years import YearSnapshots
from plfkit.graph.staff_list import list_staff
from plfkit.measures import CORE, Catalogue
from plfkit.measures.engine.brought import add_profile_measures
from plfkit.model.results.facts import StaffList
from plfkit.periods import Period
from plfkit.pieces import Shared, run_pieces
from plfkit.profiles import Profile

SHARES = 8
"""Into how many shares the indicators are split for an executor: with each the organisation is sent."""


@frozen(eq=False, kw_only=True)
class Assignment:
    """What all indicators are computed from.

    Attributes:
        years: The organisation.
        profile: Whose indicators they are.
        catalogue: Where their measures are found; plfkit's own and the profile's if None.
        at: The period that verdicts are about.
        back: How many earlier years trends go back.
    """

    years: YearSnapshots
    profile: Profile
    catalogue: Catalogue | None
    at: Period
    back: int

    def find_measures(self) -> Catalogue:
        """Return the measures that indicators may name."""
        if self.catalogue is None:
            return add_profile_measures(CORE, self.profile)
        return self.catalogue

    def assess(self, names: tuple[str, ...]) -> list[IndicatorOutcome]:
        """Compute some indicators."""
        now, measures = self.years.take_snapshot(self.at), self.find_measures()
        indicators = self.profile.indicators
        return [
            assess_indicator(self.years, now, name, indicators[name], measures, back=self.back)
            for name in names
        ]


def assess_in_shares(
    assignment: Assignment, executor: Executor | None
) -> Iterator[list[IndicatorOutcome]]:
    """Yield the outcomes of a profile's indicators share by share, until there are no more.

    Args:
        assignment: What they are computed from.
        executor: Where; here, and one by one, if None.
    """
    names = tuple(assignment.profile.indicators)
    count = len(names) if executor is None else min(SHARES, len(names))
    # Neighbours often need the same layers and take as long, so that each share has one of them.
    shared = Shared(assignment)
    shares = [_Share(shared, names[first::count]) for first in range(count)]
    for done in run_pieces(_assess_share, shares, executor):
        yield done.unpack(assignment.years)


@frozen(eq=False)
class _Share:
    assignment: Shared[Assignment]
    names: tuple[str, ...]


class _Parcel(Protocol):
    """What a share gave: as it is where it was computed, packed where another process did."""

    def unpack(self, years: YearSnapshots, /) -> list[IndicatorOutcome]:
        """Return the outcomes, of the years that are at hand."""


def _assess_share(share: _Share) -> _Parcel:
    assignment = share.assignment.value
    return _Outcomes(assignment.assess(share.names), assignment.years)


@frozen(eq=False)
class _Outcomes:
    """What a share gave, in the process that computed it."""

    outcomes: list[IndicatorOutcome]
    years: YearSnapshots

    def unpack(self, _years: YearSnapshots) -> list[IndicatorOutcome]:
        return self.outcomes

    def __reduce__(self) -> tuple[Any, ...]:
        written = io.BytesIO()
        _OutcomePickler(written, self.years).dump(self.outcomes)
        return _PackedOutcomes, (written.getvalue(),)


@frozen(eq=False)
class _PackedOutcomes:
    """What a share gave, on its way from the process that computed it."""

    packed: bytes

    def unpack(self, years: YearSnapshots) -> list[IndicatorOutcome]:
        return list(_OutcomeUnpickler(io.BytesIO(self.packed), years).load())


class _OutcomePickler(pickle.Pickler):
    """Writes the year of a staff list in its place."""

    def __init__(self, file: io.BytesIO, years: YearSnapshots) -> None:
        super().__init__(file, pickle.HIGHEST_PROTOCOL)
        self._periods = {id(list_staff(one)): one.period for one in years}

    def persistent_id(self, thing: Any) -> Period | None:
        """Return the year of a staff list; None for all else, which is written as it is."""
        return self._periods[id(thing)] if isinstance(thing, StaffList) else None


class _OutcomeUnpickler(pickle.Unpickler):
    """Puts this process's staff list of a year in its place again."""

    def __init__(self, file: io.BytesIO, years: YearSnapshots) -> None:
        super().__init__(file)
        self._years = years

    def persistent_load(self, period: Period) -> StaffList:
        """Return this process's staff list of a year."""
        return list_staff(self._years.take_snapshot(period))
