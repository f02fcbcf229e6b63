"""Own communities: how many of them each school has on each level."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Unpack

import numpy as np
from attrs import evolve, frozen

from plfkit.graph.communities import locate_communities, mark_person_levels, pick_ids
from plfkit.graph.positions import group_levels_by_unit
from plfkit.graph.snapshot import Snapshot
from plfkit.graph.staff_list import list_staff
from plfkit.graph.standing import Standing, judge_standing
from plfkit.graph.unit_trees import find_units_of_kind
from plfkit.measures.engine.options import Options, resolve_options
from plfkit.measures.engine.registered import build_register_result, check_kinds
from plfkit.measures.registers.communities import count_community_evidence
from plfkit.measures.registers.register_defaults import STANDING_COLUMNS, measure_communities
from plfkit.model.results.facts import Facts
from plfkit.model.results.figures import Figure
from plfkit.model.results.result import Result
from plfkit.model.words.kinds import Label
from plfkit.model.words.reasons import Reason


@measure_communities(
    label=Label(da="Egne fællesskaber", en="Communities of its own"),
    tells=Label(
        da="Hvor mange fællesskaber hver skole selv har på hvert niveau, og hvor mange der går på tværs.",
        en="How many communities each school has of its own on each level, and how many span schools.",
    ),
    beware=Label(
        da="Flere fællesskaber er ikke bedre: en lille skole har brug for færre, og antallet siger "
        "ikke, hvad de laver.",
        en="More communities are not better: a small school needs fewer, and their number does not say "
        "what they do.",
    ),
    scale="count",
    counts_people=False,
    tables=("units", "persons", "positions", "communities", "memberships"),
    columns=STANDING_COLUMNS,
    example={"by": "school"},
)
def own_communities(
    snapshot: Snapshot,
    *,
    by: str = "school",
    basis: str = "registered",
    **options: Unpack[Options],
) -> Result:
    """Return how many communities of its own each unit has on each required level.

    Formula:
        communities that count, stand on the level, and belong to the unit or to one within it

    A community stands on the level of its kind, or on every level that gives it enough members; then
    it counts on each of them. Those of the municipality's levels, and those that belong to no single
    unit of the kind, stand in rows without a part.

    Beware:
        A high count is not better: what a school needs depends on its size, and nothing is said of what
        communities do.

    Args:
        snapshot: The moment.
        by: The kind of unit.
        basis: What makes a community count: ``"registered"``, ``"learning"``, ``"self_assessed"`` or
            ``"active"``, as `plfkit.measures.membership_coverage` says.
        options: What every measure takes; nothing here rests on chance or on answers.

    Returns:
        For each unit a ``figure`` for each required level that is not the municipality's, and without
        a part one for each required level. Where some may count of which it is not known there is a
        range only. Undefined where no memberships are registered.

    Raises:
        MeasureError: There is no such basis, or the period is too short for it.
        UnknownGroupError: There is no such kind of unit.

    Source:
        plfkit's own definition.

    Examples:
        The school has two teams of teachers. A network of principals belongs to no school.

        >>> from plfkit.testing import build_moment
        >>> now = build_moment(
        ...     positions=["ann,bo,cy s teacher", "pia,per s principal"],
        ...     communities=["t team unit=s", "u team unit=s", "n network"],
        ...     memberships=["t,u ann,bo,cy", "n pia,per"],
        ... )
        >>> [(one.part, one.figure, one.value) for one in own_communities(now) if one.value]
        [('s', 'pedagogical_staff', 2.0), (None, 'school_leadership', 1.0)]
    """
    resolve_options(own_communities, options)
    check_kinds(snapshot, "unit_kinds", (by,))
    found = judge_standing(snapshot, basis, "own_communities")
    places = [*_list_places_with_levels(snapshot, found, by)]
    rows = [place.count_communities(found) for place in places]
    if not len(snapshot.memberships):
        rows = [
            Figure(part=row.part, figure=row.figure, reason=Reason.NOT_REGISTERED) for row in rows
        ]
    return build_register_result(
        snapshot,
        own_communities,
        rows,
        facts=Facts(
            staff=list_staff(snapshot),
            sets={},
            heads={(place.unit, place.level): place.people for place in places},
        ),
        variant=basis,
        by=by,
        needs=found.needs,
        rests_on=pick_ids(found.communities.ids, found.counts),
        evidence=count_community_evidence(found, np.ones_like(found.counts)),
    )


@frozen(eq=False)
class _LevelPlace:
    """A level at a unit, or in the municipality (no unit), with the communities that stand there.

    Attributes:
        unit: The unit's id.
        level: The level.
        people: How many people it has there.
        counts: How many communities count there for certain.
        maybe: How many may count there; those that do may too.
    """

    unit: str | None
    level: str
    people: int
    counts: int
    maybe: int

    def count_communities(self, found: Standing) -> Figure:
        """Return how many of them count, and between what their number lies."""
        figure = Figure(part=self.unit, figure=self.level, lower=self.counts, upper=self.maybe)
        if self.counts == self.maybe:
            return evolve(figure, value=self.counts)
        return evolve(figure, reason=found.silence or Reason.SOME_NOT_REGISTERED)


def _list_places_with_levels(
    snapshot: Snapshot, found: Standing, kind: str
) -> Iterator[_LevelPlace]:
    """Yield the levels of each unit of a kind, and then what belongs to none of them."""
    levels, ids = snapshot.vocabulary.levels, snapshot.units.column("id").categories
    required = {name: list(levels).index(name) for name in snapshot.vocabulary.required_levels}
    on_level = found.communities.on_level
    at = locate_communities(snapshot, kind, found.communities.ids)
    people = group_levels_by_unit(snapshot, kind)
    own = {
        name: (
            people[name].count_among(snapshot.counted).tolist(),
            *(
                np.bincount(at[which & on_level[:, place] & (at >= 0)], minlength=len(ids)).tolist()
                for which in (found.counts, found.maybe)
            ),
        )
        for name, place in required.items()
        if not levels[name].municipal
    }
    for unit in find_units_of_kind(snapshot, kind).tolist():
        for name, numbers in own.items():
            heads, counts, maybe = (of_unit[unit] for of_unit in numbers)
            yield _LevelPlace(ids[unit], name, heads, counts, maybe)
    everybody = (mark_person_levels(snapshot) & snapshot.counted[:, None]).sum(axis=0).tolist()
    for name, place in required.items():
        standing = on_level[:, place] & ((at < 0) | levels[name].municipal)
        counts, maybe = (int((which & standing).sum()) for which in (found.counts, found.maybe))
        yield _LevelPlace(None, name, everybody[place], counts, maybe)
