"""Cases: people, communities, meetings or places, of which each shows something or does not.

What is not registered is not zero. A case that shows nothing, but whose log has gaps, may show it
all the same: it has no part in the value, and widens the range.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from attrs import evolve, frozen

from plfkit.arrays import Flags, Floats, Numbers
from plfkit.model.results.figures import Figure
from plfkit.model.words.reasons import Reason

SHARE_ROUNDING = 1e-12
"""How far a share may lie outside its range and count as inside: sums are rounded in some order."""


@frozen(eq=False)
class Cases:
    """What is known of some cases.

    Attributes:
        yes: Which of them show it.
        maybe: Which of them may show it, as far as is registered; those that do may too.
        counted: Which of them enter the value: those whose logs are complete.
        silence: Why there is no value where some of those not counted may show it; None where those
            counted may stand for the others. Of people asked whether they are in one of several
            communities those of whom all is known are few, and mostly those who are in none.
    """

    yes: Flags
    maybe: Flags
    counted: Flags
    silence: str | None = None

    @classmethod
    def of_register(cls, yes: Flags) -> Cases:
        """Return cases of which a register tells everything."""
        return cls(yes, yes, np.ones(len(yes), np.bool_))

    @classmethod
    def of_known(cls, yes: Flags, complete: Flags) -> Cases:
        """Return cases that show nothing for certain only where logs are complete."""
        return cls(yes, yes | ~complete, complete)

    def __len__(self) -> int:
        return len(self.yes)

    def take(self, which: Numbers | Flags) -> Cases:
        """Return some of the cases."""
        return Cases(self.yes[which], self.maybe[which], self.counted[which], self.silence)

    def combine_with(self, other: Cases) -> Cases:
        """Return which cases show two things.

        One that lacks the one for certain is counted only where the other is known too: else those
        that lack something would count more often than those that have it.
        """
        return Cases(
            self.yes & other.yes,
            self.maybe & other.maybe,
            self.counted & other.counted,
            self.silence,
        )

    def fill_from(self, other: Cases) -> Cases:
        """Return the same by another source where this one does not know."""
        known = self.counted
        return Cases(
            np.where(known, self.yes, other.yes),
            np.where(known, self.maybe, other.maybe),
            known | other.counted,
            self.silence,
        )

    def compute_share(
        self,
        *,
        part: str | None = None,
        figure: str | None = None,
        people: int | None = None,
        empty: str = Reason.NOTHING_TO_COUNT,
        sizes: Floats | None = None,
        complete: bool = True,
    ) -> Figure:
        """Return the share of cases that show it.

        The value is the share among those counted, or among all where it is known of all whether they
        show it. The range goes from none of the others to all that may; where it rules the value of
        those counted out there is no value, nor where some of the others keep silent (`silence`).

        Args:
            part: The group of `by=` that it is about.
            figure: Which figure, for measures that have several.
            people: How many people it rests on; None for what is not about people.
            empty: Why there is no value where there are no cases.
            sizes: How much each case counts; all the same if left out.
            complete: Whether these are all cases that there are. Of more that nobody registered it is
                not known how many, and so there is no range.
        """
        keys = Figure(part=part, figure=figure, n=people)
        size = np.ones(len(self)) if sizes is None else sizes
        if not (everything := float(size.sum())):
            return evolve(keys, reason=empty)
        # Ann is in, Bo is not, of Cy it is not known: sure are Ann and Bo, and the share is 1/2. The range
        # goes from 1/3, without Cy, to 2/3.
        sure = self.yes | ~self.maybe
        counted = self.counted | (complete and bool(sure.all()))
        if complete:
            keys = evolve(
                keys,
                lower=float(size[self.yes].sum()) / everything,
                upper=float(size[self.yes | self.maybe].sum()) / everything,
                observed=float(size[sure].sum()) / everything,
            )
        if self.silence is not None and (self.maybe & ~self.yes & ~counted).any():
            return evolve(keys, reason=self.silence)
        return set_share_value(
            keys, float(size[self.yes & counted].sum()), float(size[counted].sum())
        )


def compute_share_within(cases: Cases, inside: Cases, *, empty: str) -> Figure:
    """Return the share of cases that show it, of those that lie inside something.

    A case of which it is not known whether it lies inside has no part in the value. At the least all
    of these that may show nothing do lie inside, at the most all that may show it: an outer bound
    where what settles the one settles a part of the other.

    Args:
        cases: What they show.
        inside: Whether they lie inside.
        empty: Why there is no value where none may lie inside.

    Returns:
        A figure without a range where it is known of none that it lies inside: there may be none.
    """
    certain, unsure = inside.yes, inside.maybe & ~inside.yes
    if not certain.any():
        return Figure(reason=Reason.NOT_REGISTERED if unsure.any() else empty)
    # Two lie inside, one of them shows it; a third may lie inside. Showing nothing, it would make 1/3 of
    # 1/2, showing it 2/3: what it shows itself says at which end it enters.
    least, most = certain | (unsure & ~cases.yes), certain | (unsure & (cases.yes | cases.maybe))
    figure = Figure(
        lower=float(cases.yes[least].mean()),
        upper=float((cases.yes | cases.maybe)[most].mean()),
        observed=float(((cases.yes | ~cases.maybe) & ~unsure)[certain | unsure].mean()),
    )
    # Where both ends meet, nothing that is not known can change the share: all that lie inside count.
    known = certain & cases.counted & inside.counted
    counted = certain if figure.lower == figure.upper else known
    return set_share_value(figure, float((cases.yes & counted).sum()), float(counted.sum()))


def set_share_value(figure: Figure, shown: float, counted: float) -> Figure:
    """Return a figure with the share of what was counted for its value.

    A share that its range rules out is no value: so much more, or less, is known of the cases that
    were not counted. It is not moved to the end of the range either, for then they would decide it.

    Args:
        figure: The figure, with its range if it has one.
        shown: How many of those counted show it.
        counted: How many were counted.
    """
    if not counted:
        return evolve(figure, reason=Reason.NOT_REGISTERED)
    value = shown / counted
    if figure.lower is not None and figure.upper is not None:
        if not figure.lower - SHARE_ROUNDING <= value <= figure.upper + SHARE_ROUNDING:
            return evolve(figure, reason=Reason.SOME_NOT_REGISTERED)
        # It may lie outside by rounding only: 0.1 + 0.2 over 0.3 is more than 1.
        value = min(max(value, figure.lower), figure.upper)
    return evolve(figure, value=value, numerator=shown, denominator=counted)


Part = tuple[str | None, Numbers]
"""A group of `by=`, None for the whole, and its people or cases."""


def compute_people_shares(
    cases: Cases, people: Flags, parts: Iterable[Part], *, empty: str = Reason.NO_STAFF
) -> list[Figure]:
    """Return the share of people that show something, part by part.

    Args:
        cases: One for each person of a snapshot.
        people: Who is asked about.
        parts: The groups, with the people of each.
        empty: Why there is no value where nobody is.
    """
    figures = []
    for part, persons in parts:
        here = persons[people[persons]]
        figures.append(cases.take(here).compute_share(part=part, people=len(here), empty=empty))
    return figures
