"""Moments as graphs of two modes: people, and the communities that they are members of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from plfkit.errors import MeasureError
from plfkit.graph.convert import describe_person, encode_units, import_networkx
from plfkit.hints import Hint, quote_word
from plfkit.model.words.titles import hint_at_choice

if TYPE_CHECKING:
    import networkx as nx

    from plfkit.graph.snapshot import Snapshot

PERSONS, COMMUNITIES = 0, 1
"""The two modes, as networkx's attribute ``bipartite`` tells them apart."""
OF_COMMUNITIES = ("kind", "name", "unit", "focus", "charter")
ROLES_BETWEEN = ";"
"""What stands between several roles of one person in one community: no kind has it in its id."""


def build_two_mode_graph(now: Snapshot, kinds: Sequence[str]) -> nx.Graph:
    """Build the graph of people and communities of some kinds, with an edge for each membership.

    Raises:
        MeasureError: There is no such kind.
    """
    kinds = _check_community_kinds(now, kinds)
    chosen = [one for one in now.communities if one.kind in kinds]
    nodes = {one.id: f"community:{one.id}" for one in chosen}
    roles: dict[tuple[str, str], list[str]] = defaultdict(list)
    for membership in now.memberships:
        if membership.community in nodes:
            held = [] if membership.role is None else [membership.role]
            roles[membership.person, membership.community] += held
    people = now.numbers_of(person for person, _ in roles)
    graph = import_networkx().Graph(
        at=str(now.period),
        kinds=", ".join(kinds),
        **encode_units(now, {one.unit for one in chosen}, people),
    )
    for person in people.tolist():
        described = describe_person(now, person)
        graph.add_node(now.person_ids[person], bipartite=PERSONS, **described)
    for one in chosen:
        known = {name: getattr(one, name) for name in OF_COMMUNITIES}
        known = {name: value for name, value in known.items() if value is not None}
        graph.add_node(nodes[one.id], bipartite=COMMUNITIES, community=one.id, **known)
    for (person, community), held in sorted(roles.items()):
        role = {"role": ROLES_BETWEEN.join(sorted(held))} if held else {}
        graph.add_edge(person, nodes[community], **role)
    return graph


def _check_community_kinds(now: Snapshot, kinds: Sequence[str]) -> Sequence[str]:
    """Return the kinds that were named, or all if none was."""
    known = now.vocabulary.community_kinds
    for kind in kinds:
        if kind not in known:
            near = hint_at_choice(kind, known)
            raise MeasureError(Hint("measure.no_community_kind", name=quote_word(kind), near=near))
    return kinds or tuple(known)
