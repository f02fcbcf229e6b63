"""Cases: people, communities, meetings or places, of which each shows something or does not.

What is not registered is not zero. A case that shows nothing, but whose log has gaps, may show it
all the same: it has no part in the value, and widens the range.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from plfkit.graph.groups import Grouping
from plfkit.model.result import Figure

Flags = NDArray[np.bool_]


@frozen(eq=False)
class Cases:
    """What is known of some cases.

    Attributes:
        yes: Which of them show it.
        maybe: Which of them may show it, as far as is registered; those that do may too.
        counted: Which of them enter the value: those whose logs are complete.
    """

    yes: Flags
    maybe: Flags
    counted: Flags

    @classmethod
    def certain(cls, yes: Flags) -> Cases:
        """Return cases of which a register tells everything."""
        return cls(yes, yes, np.ones(len(yes), np.bool_))

    @classmethod
    def logged(cls, yes: Flags, complete: Flags) -> Cases:
        """Return cases that show nothing for certain only where logs are complete."""
        return cls(yes, yes | ~complete, complete)

    def __len__(self) -> int:
        return len(self.yes)

    def take(self, which: NDArray[np.int64] | Flags) -> Cases:
        """Return some of the cases."""
        return Cases(self.yes[which], self.maybe[which], self.counted[which])

    def share(
        self,
        *,
        part: str | None = None,
        figure: str | None = None,
        people: int | None = None,
        empty: str = "nothing_to_count",
    ) -> Figure:
        """Return the share of cases that show it.

        The value is the share among those counted; the range goes from none of the others to all that
        may. A value outside it is moved to its end, and then has no counts.

        Args:
            part: The group of `by=` that it is about.
            figure: Which figure, for measures that have several.
            people: How many people it rests on; None for what is not about people.
            empty: Why there is no value where there are no cases.
        """
        count = len(self)
        if not count:
            return Figure(part=part, figure=figure, n=people, reason=empty)
        lower, upper = float(self.yes.sum()) / count, float((self.yes | self.maybe).sum()) / count
        shown, counted = float((self.yes & self.counted).sum()), float(self.counted.sum())
        value = min(max(shown / counted, lower), upper) if counted else None
        exact = value is not None and value == shown / counted
        return Figure(
            part=part,
            figure=figure,
            value=value,
            lower=lower,
            upper=upper,
            numerator=shown if exact else None,
            denominator=counted if exact else None,
            n=people,
            observed=float((self.yes | ~self.maybe).mean()),
            reason=None if counted else "not_registered",
        )


Part = tuple[str | None, NDArray[np.int64]]
"""A group of `by=`, None for the whole, and its people or cases."""


def parts_of(groups: Grouping | None, count: int) -> Iterator[Part]:
    """Yield the groups of `by=`, or the whole."""
    if groups is None:
        yield None, np.arange(count)
    else:
        yield from groups


def shares_of_people(
    cases: Cases, people: Flags, parts: Iterable[Part], *, empty: str = "no_staff"
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
        figures.append(cases.take(here).share(part=part, people=len(here), empty=empty))
    return figures
