"""Lists that are said to be complete: what is missing from any other says nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property

import numpy as np
from attrs import Factory, frozen

from plfkit.arrays import Flags, Numbers
from plfkit.graph.logs import find_staffed_units, look_up_logs
from plfkit.graph.snapshot import Snapshot
from plfkit.graph.unit_trees import find_nearest_above, find_unit_parents
from plfkit.model.records.needs import Need
from plfkit.model.records.rows import EVENTS_TABLE, Registration
from plfkit.periods import Period

MUNICIPALITY, OUTSIDE = "municipality", "external_organisation"

Named = tuple[str, str | None]
"""A list: the table that it is of, and the kind; None for all kinds."""


@frozen(eq=False, slots=False)
class Lists:
    """Which lists of which units are said to be complete for a whole period.

    A unit's list is complete when the nearest registration at or above the unit says so for every day
    of the period, and none at or above it says otherwise.

    Attributes:
        moment: The period.
    """

    moment: Snapshot
    _known: dict[Named, Flags] = Factory(dict)

    def name_gaps(self, of: str, kinds: Sequence[str], places: Flags) -> Iterator[Need]:
        """Name the lists that are not said to be complete.

        Args:
            of: The table that the lists are of.
            kinds: Of which kinds; none for all of them together.
            places: The units whose lists are asked for, by the sorted order of ids. Where there is no
                such unit, nobody has said anything.
        """
        lacking = [
            kind
            for kind in kinds or (None,)
            if not places.any() or not self.mark_complete_units(of, kind)[places].all()
        ]
        if of == EVENTS_TABLE:
            yield from (Need.of_list(of, kind) for kind in lacking)
        elif lacking == [None] or len(lacking) > 1:
            # Of eleven roles the whole list is asked for, which one row can vouch for.
            yield Need.of_list(of, None)
        else:
            yield from (Need.of_list(of, kind) for kind in lacking)

    def mark_complete_units(self, of: str, kind: str | None) -> Flags:
        """Tell for each unit, by the sorted order of ids, whether its list is complete."""
        if (of, kind) not in self._known:
            self._known[of, kind] = (
                self._mark_logged_units(kind)
                if of == EVENTS_TABLE
                else self._find_listed_units(of, kind)
            )
        return self._known[of, kind]

    @cached_property
    def whole(self) -> Flags:
        """The units that make up the municipality: its own, and wherever its staff work.

        Data of some schools alone are not those of their municipality: then there are none.
        """
        municipality = find_nearest_above(self.moment, MUNICIPALITY)
        own = np.zeros(len(municipality), np.bool_)
        own[find_staffed_units(self.moment)] = True
        own &= find_nearest_above(self.moment, OUTSIDE) < 0
        ours = np.unique(municipality[own & (municipality >= 0)])
        inside = np.isin(municipality, ours)
        return own | inside if inside.any() else inside

    def include_units_above(self, places: Flags) -> Flags:
        """Return some units and all that they belong to."""
        found, above = places.copy(), self._parent_units
        reached = np.flatnonzero(places)
        while len(reached := above[reached][above[reached] >= 0]):
            found[reached] = True
        return found

    def _mark_logged_units(self, kind: str | None) -> Flags:
        return np.asarray(look_up_logs(self.moment, (kind or "",)).complete[:-1, 0])

    def _find_listed_units(self, of: str, kind: str | None) -> Flags:
        said: dict[str, list[Registration]] = {}
        for row in self._registrations_by_table[of]:
            if row.kind is None or row.kind in self._find_covering_kinds(of, kind):
                said.setdefault(row.unit, []).append(row)
        units = self.moment.units.column("id").categories
        speaking = np.array([name in said for name in units], np.bool_)
        # A unit of which nothing is said is as complete as the nearest above it of which something is.
        nearest = np.arange(len(units))
        while (silent := (nearest >= 0) & ~speaking[nearest]).any():
            nearest[silent] = self._parent_units[nearest[silent]]
        listed = np.zeros(len(units) + 1, np.bool_)  # the last is for no unit: nobody said anything
        for unit in np.unique(nearest[nearest >= 0]).tolist():
            listed[unit] = self._is_listed(said, unit)
        return listed[nearest]

    def _find_covering_kinds(self, of: str, kind: str | None) -> set[str | None]:
        """Return the kinds of which a list holds a kind: of positions, its level's too."""
        role = self.moment.vocabulary.roles.get(kind or "") if of == "positions" else None
        return {kind} - {None} if role is None else {kind, role.level} - {None}

    def _is_listed(self, said: Mapping[str, Sequence[Registration]], unit: int) -> bool:
        """Tell whether what is said at and above a unit says that its list is complete."""
        units, above = self.moment.units.column("id").categories, []
        while unit >= 0:
            above.append(said.get(units[unit], ()))
            unit = int(self._parent_units[unit])
        nearest = next((rows for rows in above if rows), ())
        denied = any(not row.complete for rows in above for row in rows)
        return not denied and _is_fully_covered([row.valid for row in nearest], self.moment.period)

    @cached_property
    def _parent_units(self) -> Numbers:
        return find_unit_parents(self.moment)

    @cached_property
    def _registrations_by_table(self) -> Mapping[str, Sequence[Registration]]:
        table = self.moment.registrations
        of = table.column("of")
        return {
            word: table.take(np.flatnonzero(of.match_text(word)))
            for word in ("communities", "memberships", "positions", "qualifications")
        }


def _is_fully_covered(parts: Sequence[Period], whole: Period) -> bool:
    """Tell whether some periods together hold every day of another."""
    reached = whole.start or date.min
    for part in sorted(parts, key=lambda p: p.start or date.min):
        if (part.start or date.min) <= reached:
            reached = max(reached, part.end or date.max)
    return bool(parts) and reached >= (whole.end or date.max)
