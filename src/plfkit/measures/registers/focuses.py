"""Focuses: whether what communities inquire into hangs together."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain
from typing import Unpack

import numpy as np

from plfkit.arrays import Flags
from plfkit.errors import MeasureError
from plfkit.graph.cases import Cases, compute_share_within
from plfkit.graph.communities import (
    list_community_focuses,
    locate_communities,
    pick_ids,
)
from plfkit.graph.snapshot import Snapshot
from plfkit.graph.standing import REGISTERED, judge_standing
from plfkit.measures.engine.options import Options, resolve_options
from plfkit.measures.engine.registered import build_register_result, check_kinds
from plfkit.measures.registers.register_defaults import (
    FOCUS_COLUMNS,
    STANDING_COLUMNS,
    measure_focuses,
)
from plfkit.model.records.needs import Need
from plfkit.model.results.figures import Figure
from plfkit.model.results.result import Result
from plfkit.model.words.kinds import Label
from plfkit.model.words.reasons import Reason
from plfkit.model.words.titles import normalise_title


@measure_focuses(
    label=Label(da="Genstandsfelter, der hænger sammen", en="Focuses that are linked"),
    tells=Label(
        da="Hvor stor en del af fællesskaberne der har et genstandsfelt, som hører under skolens, der "
        "igen hører under kommunens.",
        en="How large a part of the communities has a focus that serves the school's, which in turn "
        "serves the municipality's.",
    ),
    beware=Label(
        da="En kæde på papir viser ikke, at fællesskabet arbejder med det.",
        en="A chain on paper does not show that the community works on it.",
    ),
    columns=(*FOCUS_COLUMNS, *STANDING_COLUMNS, "focuses.parent"),
    example={"links": 1, "basis": "learning"},
)
def focus_chain(
    snapshot: Snapshot,
    *,
    links: int = 2,
    basis: str = REGISTERED,
    **options: Unpack[Options],
) -> Result:
    """Return the share of communities whose focus serves a wider one, which serves a still wider.

    Formula:
        communities with enough wider focuses above their own / communities with a focus

    Communities without a registered focus, and those of which it is not known whether they count,
    have no part in the value, and widen the range.

    Beware:
        A high share does not mean that communities work on what the school or the municipality chose: a
        chain stands on paper.

    Args:
        snapshot: The moment.
        links: How many wider focuses there are to be above a community's own.
        basis: What makes a community count, as `plfkit.measures.membership_coverage` says.
        options: What every measure takes; nothing here rests on chance or on answers.

    Returns:
        One figure; ``numerator`` and ``denominator`` count communities with enough members and a
        focus. Undefined where no community has a focus.

    Raises:
        MeasureError: `links` is less than 1, or there is no such basis.

    Source:
        plfkit's own definition.

    Examples:
        The team *t* works on reading, which serves language, which serves learning. The team *u* works on
        language, with one wider focus above it: 1 of 2 has two.

        >>> from plfkit.testing import build_moment
        >>> now = build_moment(
        ...     focuses=["reading parent=language", "language parent=learning", "learning"],
        ...     communities=["t team focus=reading", "u team focus=language"],
        ...     memberships=["t,u ann,bo,cy"],
        ... )
        >>> focus_chain(now).item()
        0.5
    """
    resolve_options(focus_chain, options)
    if links < 1:
        raise MeasureError(f"focus_chain: links is 1 or more, not {links}")
    found = judge_standing(snapshot, basis, "focus_chain")
    known = found.communities
    focuses = list_community_focuses(snapshot, known)
    parents = {focus.id: focus.parent for focus in snapshot.focuses}
    has = np.array([focus is not None for focus in focuses], np.bool_)
    linked = np.array(
        [_count_wider_focuses(focus, parents) >= links for focus in focuses], np.bool_
    )
    inside = Cases(found.counts, found.maybe, found.known)
    figure = compute_share_within(Cases.of_known(linked, has), inside, empty=Reason.NO_COMMUNITIES)
    unsaid = () if has[found.maybe].all() else (Need("communities"),)
    return build_register_result(
        snapshot,
        focus_chain,
        [figure],
        variant=basis,
        needs=(*unsaid, *found.needs),
        evidence={
            "communities": int(found.counts.sum()),
            "communities_unknown": int((found.maybe & ~found.counts).sum()),
            "focuses": len({*focuses} - {None}),
        },
        rests_on=pick_ids(known.ids, linked & found.counts),
    )


@measure_focuses(
    label=Label(da="Fælles genstandsfelter", en="Focuses in common"),
    tells=Label(
        da="Hvor stor en del af fællesskaberne der arbejder med det samme genstandsfelt, eller under "
        "det samme fælles felt, som et fællesskab et andet sted.",
        en="How large a part of the communities works on the same focus, or under the same wider one, "
        "as a community elsewhere.",
    ),
    beware=Label(
        da="Et felt, der er bredt nok, er alles: det samme ord viser ikke, at man arbejder ens.",
        en="A focus that is wide enough is everybody's: the same word does not show the same work.",
    ),
    tables=("units", "communities", "memberships"),
    columns=(*FOCUS_COLUMNS, *STANDING_COLUMNS, "focuses.parent"),
    example={"across": "school", "basis": "learning"},
)
def shared_focus(
    snapshot: Snapshot,
    *,
    across: str = "school",
    basis: str = REGISTERED,
    **options: Unpack[Options],
) -> Result:
    """Return the share of communities that share a focus with a community of another unit.

    Formula:
        communities whose focus, or a wider one above it, is that of a community elsewhere /
        communities with a focus

    What a community works on is its own focus and all wider ones above it; two share one where any
    of these is the same, whatever its case and spacing. It may be shared with any community that
    has enough members, whatever the basis. Communities without a registered focus, and those of
    which it is not known whether they count, have no part in the value, and widen the range.

    Beware:
        A high share does not mean the same work: a focus that is wide enough is everybody's.

    Args:
        snapshot: The moment.
        across: The kind of unit: communities of two different ones are elsewhere from each other, and
            one that belongs to none, such as a network, from those of all.
        basis: What makes a community count, as `plfkit.measures.membership_coverage` says.
        options: What every measure takes; nothing here rests on chance or on answers.

    Returns:
        One figure; ``numerator`` and ``denominator`` count communities that count and have a focus.
        Undefined with fewer than two such units, and where no community has a focus.

    Raises:
        MeasureError: There is no such basis.
        UnknownGroupError: There is no such unit kind.

    Source:
        plfkit's own definition.

    Examples:
        At the schools *s* and *z* a team each works on reading; the others have maths and art: 2 of 4.

        >>> from plfkit.testing import build_moment
        >>> now = build_moment(
        ...     communities=[
        ...         "t team unit=s focus=reading",
        ...         "u team unit=s focus=maths",
        ...         "v team unit=z focus=reading",
        ...         "w team unit=z focus=art",
        ...     ],
        ...     memberships=["t,u,v,w ann,bo,cy"],
        ... )
        >>> shared_focus(now).item()
        0.5
    """
    resolve_options(shared_focus, options)
    check_kinds(snapshot, "unit_kinds", (across,))
    found = judge_standing(snapshot, basis, "shared_focus")
    known = found.communities
    parents = {focus.id: focus.parent for focus in snapshot.focuses}
    topics = [_collect_topics(focus, parents) for focus in list_community_focuses(snapshot, known)]
    at = locate_communities(snapshot, across, known.ids).tolist()
    has = np.array([bool(one) for one in topics], np.bool_)
    shared = _find_shared_topics(topics, at, known.established)
    # A community without a focus may share any topic: it leaves the company of all others open.
    blank = known.established & ~has
    cases = Cases(shared, shared | blank.any(), has)
    inside = Cases(found.counts, found.maybe, found.known)
    figure = compute_share_within(cases, inside, empty=Reason.NO_COMMUNITIES)
    if len({*at} - {-1}) <= 1:
        figure = Figure(reason=Reason.ONE_UNIT)
    unsaid = (Need("communities"),) if blank.any() else ()
    return build_register_result(
        snapshot,
        shared_focus,
        [figure],
        variant=f"{across}, {basis}",
        needs=(*unsaid, *found.needs),
        evidence={"communities": int(found.counts.sum()), "focuses": len({*chain(*topics)})},
        rests_on=pick_ids(known.ids, shared & found.counts),
    )


def _collect_topics(focus: str | None, parents: Mapping[str, str | None]) -> frozenset[str]:
    """Return a focus and all wider ones above it."""
    found: set[str] = set()
    # Focuses may lead back to one that was met: reading, language, reading. There the walk ends.
    while focus is not None and normalise_title(focus) not in found:
        found.add(normalise_title(focus))
        focus = parents.get(focus)
    return frozenset(found)


def _find_shared_topics(topics: list[frozenset[str]], at: list[int], which: Flags) -> Flags:
    """Tell which communities share a topic with one, of some, that is elsewhere."""
    where: dict[str, set[int]] = {}
    for own, place, counts in zip(topics, at, which.tolist(), strict=True):
        for topic in own if counts else ():
            where.setdefault(topic, set()).add(place)
    # Of a topic at places {s, z} somebody at s finds another in z; at {s} alone nobody does.
    shared = [
        any(where.get(topic, set()) - {place} for topic in own)
        for own, place in zip(topics, at, strict=True)
    ]
    return np.array(shared, np.bool_)


def _count_wider_focuses(focus: str | None, parents: Mapping[str, str | None]) -> int:
    """Count the wider focuses above one; a focus that no row tells of has none."""
    count = 0
    while focus is not None and (focus := parents.get(focus)) is not None:
        count += 1
    return count
