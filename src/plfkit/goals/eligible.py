"""Whom a rule is about: those who hold a role, are members and are trained, as it says."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from plfkit.graph.groups import nearest_unit
from plfkit.graph.snapshot import Snapshot
from plfkit.model.facts import Rule
from plfkit.model.organisation import Organisation
from plfkit.model.tables import Table, recode
from plfkit.profiles.profile import STAFF

Flags = NDArray[np.bool_]
Numbers = NDArray[np.int64]


@frozen(eq=False, slots=False)
class Eligible:
    """The people of a rule, from the rows in force on some day of a period.

    Attributes:
        organisation: All its years.
        rule: The rule.
        moment: The period.
    """

    organisation: Organisation
    rule: Rule
    moment: Snapshot

    def people(self, units: Flags | None) -> Flags:
        """Return who holds a role, is a member and is trained as the rule says, at some units."""
        rule = self.rule
        rows = self.counting if units is None or rule.events else self.counting & units[self.places]
        chosen = self._mask(self.holders[rows])
        if rule.events:
            return chosen
        if rule.communities:
            chosen = chosen & self._members(units)
        return chosen & self._trained if rule.qualifications else chosen

    @cached_property
    def each(self) -> Flags:
        """The people of whom the rule must hold."""
        chosen = self._mask(self.holders[self.judged])
        if (self.rule.each_person or STAFF) == STAFF:
            chosen = chosen & self.moment.staff
        return chosen & self._members(None) if self.rule.communities else chosen

    @cached_property
    def unregistered(self) -> tuple[str, ...]:
        """The tables the rule reads that say nothing of the period; an empty one disproves nothing."""
        rule, org = self.rule, self.organisation
        told = {
            "positions": bool(len(self._positions)),
            "memberships": not rule.communities
            or bool(org.in_force("memberships", self.moment.period).any()),
            "qualifications": not rule.qualifications or bool(self._trained.any()),
        }
        return tuple(name for name, there in told.items() if not there)

    @cached_property
    def counting(self) -> Flags:
        """The positions in a role that the rule names, or in any, held where it says.

        A role at a school is one position: nobody is taken for what they are elsewhere.
        """
        return self._inside & self._in_roles(self.rule.roles)

    @cached_property
    def judged(self) -> Flags:
        """The positions that make somebody one of those of whom the rule must hold."""
        role = self.rule.each_person or STAFF
        roles = self.moment.vocabulary.roles
        staff = tuple(name for name, kind in roles.items() if kind.staff)
        return self._inside & self._in_roles(staff if role == STAFF else (role,))

    def _in_roles(self, roles: tuple[str, ...]) -> Flags:
        column = self._positions.column("role")
        if not roles:
            return np.ones(len(column), np.bool_)
        return recode(column, tuple(dict.fromkeys(roles))) >= 0

    @cached_property
    def _inside(self) -> Flags:
        """The positions where the rule says, as in "all the schools' staff"."""
        if self.rule.within is None:
            return np.ones(len(self.places), np.bool_)
        near = np.append(nearest_unit(self.moment.units, self.rule.within), -1)
        return np.asarray(near[self.places] >= 0)

    def _members(self, units: Flags | None) -> Flags:
        """Return who is in a community of the rule's kinds, at some units or anywhere."""
        org = self.organisation
        rows = org.memberships.take(org.in_force("memberships", self.moment.period))
        ids = org.communities.column("id").categories
        sorts = org.vocabulary.sorts_of(*self.rule.communities)
        kinds = recode(org.communities.column("kind"), sorts) >= 0
        places = recode(org.communities.column("unit"), self.moment.units.column("id").categories)
        counted = np.zeros(len(ids) + 1, np.bool_)
        counted[org.communities.column("id").values] = kinds & (
            True if units is None else units[places]
        )
        inside = counted[recode(rows.column("community"), ids)]
        return self._mask(self._numbers(rows, "person")[inside])

    @cached_property
    def _trained(self) -> Flags:
        table = self.moment.qualifications
        rows = recode(table.column("kind"), self.rule.qualifications) >= 0
        return self._mask(self._numbers(table, "person")[rows])

    @cached_property
    def _positions(self) -> Table[Any]:
        org = self.organisation
        return org.positions.take(org.in_force("positions", self.moment.period))

    @cached_property
    def holders(self) -> Numbers:
        """Who holds each position in the period."""
        return self._numbers(self._positions, "person")

    @cached_property
    def places(self) -> Numbers:
        """The unit of each of these positions, by the sorted order of ids."""
        return recode(self._positions.column("unit"), self.moment.units.column("id").categories)

    def _numbers(self, table: Table[Any], column: str) -> Numbers:
        return self.moment.person_numbers(table, column)

    def _mask(self, persons: Numbers) -> Flags:
        mask = np.zeros(len(self.moment.person_ids), np.bool_)
        mask[persons] = True
        return mask
