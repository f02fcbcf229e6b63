"""Two years side by side: which communities there were in each, and what is known of them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from attrs import frozen

from plfkit.arrays import Flags
from plfkit.errors import MeasureError
from plfkit.graph.communities import pick_ids
from plfkit.graph.snapshot import Snapshot
from plfkit.graph.standing import judge_standing
from plfkit.measures.engine.registered import build_register_result
from plfkit.model.records.needs import Need
from plfkit.model.results.figures import Figure
from plfkit.model.results.result import MeasureFunction, Result
from plfkit.model.words.notes import Note
from plfkit.model.words.reasons import Reason


@frozen(eq=False)
class YearCommunities:
    """What communities were in one year, by their ids.

    Attributes:
        ids: Those with enough members.
        counts: Which of them counted for certain.
        maybe: Which of them may have counted; those that did may too.
        known: Of which of them it is known.
        needs: What would have to be registered for it to be known of all.
    """

    ids: tuple[str, ...]
    counts: Flags
    maybe: Flags
    known: Flags
    needs: tuple[Need, ...]

    @classmethod
    def of(cls, moment: Snapshot, basis: str, name: str) -> YearCommunities:
        """Look at the communities of one year; of a year that the data do not tell of nothing is known."""
        found = judge_standing(moment, basis, name)
        there = found.communities.established
        if Note.YEARS_BEFORE_DATA in moment.notes:
            ids = pick_ids(found.communities.ids, there)
            nothing = np.zeros(len(ids), np.bool_)
            return cls(ids, counts=nothing, maybe=~nothing, known=nothing, needs=())
        return cls(
            ids=pick_ids(found.communities.ids, there),
            counts=found.counts[there],
            maybe=found.maybe[there],
            known=found.known[there],
            needs=found.needs,
        )

    def match_ids(self, which: Flags, ids: Sequence[str]) -> Flags:
        """Tell which of some communities are among some of this year's."""
        chosen = {*pick_ids(self.ids, which)}
        return np.array([name in chosen for name in ids], np.bool_)


def read_two_years(
    moments: Sequence[Snapshot], basis: str, name: str
) -> tuple[YearCommunities, YearCommunities]:
    """Look at the communities of two years, the earlier first.

    Raises:
        MeasureError: There are not two snapshots.
    """
    if isinstance(moments, Snapshot) or len(moments) != 2:  # noqa: PLR2004 - the earlier and the later
        raise MeasureError(f"{name} takes the snapshots of two years, the earlier first")
    before, after = moments
    return YearCommunities.of(before, basis, name), YearCommunities.of(after, basis, name)


def explain_no_communities(moment: Snapshot, year: YearCommunities) -> str:
    """Say why nothing is known of a year's communities."""
    if not len(moment.memberships) or Note.YEARS_BEFORE_DATA in moment.notes:
        return Reason.NO_YEAR_BEFORE
    return Reason.NOT_REGISTERED if year.maybe.any() else Reason.NO_COMMUNITIES


def build_years_result(
    moments: Sequence[Snapshot],
    function: MeasureFunction,
    rows: list[Figure],
    years: tuple[YearCommunities, YearCommunities],
    evidence: dict[str, int],
    rests_on: tuple[str, ...] = (),
) -> Result:
    """Return the result of a measure that compares two years; it stands at the later."""
    return build_register_result(
        moments[1],
        function,
        rows,
        variant=f"{moments[0].period} – {moments[1].period}",
        needs=tuple(dict.fromkeys(need for year in years for need in year.needs)),
        evidence=evidence,
        rests_on=rests_on,
    )
