"""Levels: on which of them there are communities."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Unpack

import numpy as np
from attrs import evolve

from plfkit.errors import UnknownGroupError
from plfkit.graph.communities import pick_ids
from plfkit.graph.places import measure_places
from plfkit.graph.snapshot import Snapshot
from plfkit.graph.staff_list import list_staff
from plfkit.graph.standing import judge_standing
from plfkit.measures.engine.options import Options, resolve_options
from plfkit.measures.engine.registered import build_register_result
from plfkit.measures.registers.anchor_places import AnchorPlace, look_at_places
from plfkit.measures.registers.communities import count_community_evidence
from plfkit.measures.registers.register_defaults import STANDING_COLUMNS, measure_communities
from plfkit.model.results.facts import Facts, PlaceFact
from plfkit.model.results.fields import TOTAL
from plfkit.model.results.figures import Figure
from plfkit.model.results.result import Result
from plfkit.model.words.kinds import Label
from plfkit.model.words.reasons import Reason
from plfkit.model.words.titles import suggest_word

_UNREGISTERED = Figure(lower=0.0, upper=1.0, reason=Reason.NOT_REGISTERED)


@measure_communities(
    label=Label(da="Forankring på niveauer", en="Anchoring on levels"),
    tells=Label(
        da="Hvor mange af de steder (niveau på en skole eller i kommunen), hvor der skal være et "
        "fællesskab, der har mindst ét.",
        en="How many of the places (a level at a school or in the municipality) that should have a "
        "community have at least one.",
    ),
    beware=Label(
        da="Ét fællesskab er nok: tallet siger ikke, hvor mange der er med, eller hvad de laver.",
        en="One community is enough: the figure does not say how many are in it, or what they do.",
    ),
    tables=("units", "persons", "positions", "communities", "memberships"),
    columns=STANDING_COLUMNS,
    example={"basis": "registered"},
)
def level_anchoring(
    snapshot: Snapshot,
    *,
    by: str | None = None,
    basis: str = "registered",
    per: str = "school",
    **options: Unpack[Options],
) -> Result:
    """Return the share of required levels that have at least one community.

    Formula:
        places with a community / places that should have one, a place being a level at a unit

    Levels of the municipality are asked for once; the others in each unit of the kind `per`. A
    community stands on the level of its kind, or on every level that gives it enough members. One
    that belongs to no single unit, such as a network of leaders, counts for each unit that has at
    least half of its people of that level in it. Somebody is on a level at a unit only by a
    position there: a principal who coaches elsewhere is a leader at the one and a resource person
    at the other.

    Without units of that kind the whole organisation is one place. Over all units each unit has its
    own places and the municipality's levels one each; `by` a unit kind, each unit is shown with the
    municipality's levels beside its own.

    Where the data hold nobody on a level there may be communities that were not registered: the upper
    end of the range counts them as there, the value and the lower end do not. A place with a
    community of which it is not known whether it counts has no part in the value; where communities
    did not say what they are there is a range only.

    Beware:
        A high share does not mean that many people are in a community, or that it does much: one is
        enough.

    Args:
        snapshot: The moment.
        by: A unit kind: one table for each of these units, the municipality's levels among them.
        basis: What makes a community count: ``"registered"``, ``"learning"``, ``"self_assessed"`` or
            ``"active"``, as `membership_coverage` says.
        per: The kind of unit in which the levels below the municipality's are asked for.
        options: What every measure takes; nothing here rests on chance or on answers.

    Returns:
        For each part a ``figure`` for each required level and ``"total"``; ``numerator`` counts the
        places with a community, ``denominator`` the places that need one. ``n`` counts people, and
        is given only where a unit's figure reveals whether these are in a community of several
        units. Undefined where no memberships are registered, and where nobody is on the level.

    Raises:
        MeasureError: There is no such basis, or an option is refused.
        UnknownGroupError: `by` or `per` is no unit kind.

    Source:
        plfkit's own definition.

    Examples:
        Leaders and teachers have a community, the coach has none. Of the administration nobody is
        registered, so whether it has one is not known: 2 of 4 for certain, 3 of 4 at the most.

        >>> from plfkit.testing import build_moment
        >>> now = build_moment(
        ...     positions=["pia,per s principal", "col s reading_coach", "ann,bo,cy s teacher"],
        ...     communities=["l leadership_team unit=s", "t team unit=s"],
        ...     memberships=["l pia,per", "t ann,bo,cy"],
        ... )
        >>> total = next(iter(level_anchoring(now)))
        >>> total.value, total.lower, total.upper
        (0.5, 0.5, 0.75)
    """
    resolve_options(level_anchoring, options)
    kind = by or per
    if kind not in snapshot.vocabulary.unit_kinds:
        hint = suggest_word(kind, snapshot.vocabulary.unit_kinds)
        raise UnknownGroupError(f"level_anchoring looks at unit kinds, {kind!r} is none{hint}")
    found = judge_standing(snapshot, basis, "level_anchoring")
    places = look_at_places(snapshot, found, kind)
    groups = [(place.label, [place]) for place in places] if by else [(None, places)]
    known = {label: _list_place_facts(snapshot, group) for label, group in groups}
    rows = [
        figure
        for label, facts in known.items()
        for figure in _list_anchoring_figures(snapshot, label, facts, found.silence)
    ]
    everywhere = np.ones(len(found.communities.ids), np.bool_)
    return build_register_result(
        snapshot,
        level_anchoring,
        rows,
        facts=Facts(
            staff=list_staff(snapshot),
            sets={},
            places={
                (label, name): one for label, all_ in known.items() for name, one in all_.items()
            },
            silence=found.silence,
        ),
        variant=basis,
        by=by,
        needs=found.needs,
        rests_on=pick_ids(found.communities.ids, found.counts),
        evidence={
            **count_community_evidence(found, everywhere),
            "places": sum(place.label is not None for place in places),
        },
    )


def _list_place_facts(
    snapshot: Snapshot, group: Sequence[AnchorPlace]
) -> dict[str, tuple[PlaceFact, ...]]:
    """Return what is known of each required level at some places, and of all of them together."""
    levels = snapshot.vocabulary.levels
    names, facts = list(levels), {}
    for name in snapshot.vocabulary.required_levels:
        at = names.index(name)
        # Every place has the same levels of the municipality: they are counted at the first alone.
        asked = group[:1] if levels[name].municipal else group
        facts[name] = tuple(
            place.describe_level(at, municipal=levels[name].municipal) for place in asked
        )
    return {TOTAL: tuple(one for cells in facts.values() for one in cells), **facts}


def _list_anchoring_figures(
    snapshot: Snapshot,
    label: str | None,
    facts: Mapping[str, tuple[PlaceFact, ...]],
    silence: str | None,
) -> Iterator[Figure]:
    """Yield the total and the levels of some places; the municipality's levels are asked for once."""
    registered = bool(len(snapshot.memberships))
    for name, cells in facts.items():
        figure = measure_places(cells, silence) if registered else _UNREGISTERED
        # Over several places a figure no longer tells which of them it is about.
        one_place = len(facts[TOTAL]) == len(facts) - 1
        n = min((c.people for c in cells if c.personal), default=None) if one_place else None
        yield evolve(figure, part=label, figure=name, n=n)
