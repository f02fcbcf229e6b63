"""The staff list: who works where and on which level, as everybody may know."""

from __future__ import annotations

import numpy as np

from plfkit.arrays import Numbers
from plfkit.graph.groups import Grouping, code_positions
from plfkit.graph.snapshot import Snapshot
from plfkit.model.caching import work_out_once
from plfkit.model.results.facts import StaffList

_PLACE_KINDS = ("school",)
"""Kinds of units that people work in and that figures are told of."""


@work_out_once
def list_staff(snapshot: Snapshot) -> StaffList:
    """Return who counts as staff on the reference day, on which level and at which place."""
    rows = np.flatnonzero(snapshot.position_staff & snapshot.staff[snapshot.position_persons])
    persons = snapshot.position_persons[rows]
    units = snapshot.units.column("id").categories
    return StaffList(
        source=snapshot.persons,
        persons=snapshot.person_ids,
        levels=_split_people(
            "level", tuple(snapshot.vocabulary.levels), persons, snapshot.position_levels[rows]
        ),
        places={
            kind: _split_people(kind, units, persons, code_positions(snapshot, kind)[1][rows])
            for kind in _PLACE_KINDS
        },
    )


def _split_people(
    name: str, labels: tuple[str, ...], persons: Numbers, codes: Numbers
) -> dict[str, Numbers]:
    groups = Grouping.of(name, labels, persons, codes)
    return {label: people for label, people in groups if len(people)}
