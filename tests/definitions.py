"""Definitions spelt out: slow, obvious, and written without looking at plfkit's formulas."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import chain, combinations, permutations, product
from math import log
from pathlib import Path
from typing import Any

from attrs import evolve, frozen

from plfkit import Organisation

Network = frozenset[tuple[str, str]]
"""Ordered pairs with a tie; an undirected tie stands in both directions."""

Labels = Mapping[str, frozenset[str]]
"""The groups that each person is in."""

ROLES = ("coordinator", "itinerant", "representative", "gatekeeper", "liaison")


def completions(organisation: Organisation) -> Iterator[Network]:
    """Every network that could be, had everybody answered, within the surveys' limits on names.

    People who share no roster were not asked about each other, so anything may be between them.
    """
    relation = next(iter(organisation.surveys)).relation or ""
    directed = organisation.vocabulary.relations[relation].directed
    limits = {survey.id: survey.max_ties for survey in organisation.surveys}
    asked = {(response.survey, response.person) for response in organisation.responses}
    people = sorted({person for _, person in asked})
    told = {(tie.source, tie.target) for tie in organisation.ties}
    choices: list[list[set[tuple[str, str]]]] = [
        [{pair for pair in told if set(pair) <= set(people)}]
    ]
    heard = {(r.survey, r.person) for r in organisation.responses if r.answered}

    def said(a: str, b: str) -> bool:
        """Whether the first was asked about the second, and answered."""
        return any((s, a) in heard and (s, b) in asked for s in limits)

    for response in organisation.responses:
        if not response.answered:
            roster = [p for p in people if (response.survey, p) in asked and p != response.person]
            others = [p for p in roster if not said(response.person, p)]
            choices.append(_answers(response.person, others, limits[response.survey]))
    strangers = [
        (a, b)
        for a in people
        for b in people
        if a != b and not any((s, a) in asked and (s, b) in asked for s in limits)
    ]
    choices += [[set(), {pair}] for pair in strangers]
    for choice in product(*choices):
        network = set().union(*choice)
        yield frozenset(network if directed else network | {(b, a) for a, b in network})


def _answers(person: str, others: list[str], limit: int | None) -> list[set[tuple[str, str]]]:
    """Everything that one person could have answered."""
    most = len(others) if limit is None else min(limit, len(others))
    subsets = chain.from_iterable(combinations(others, size) for size in range(most + 1))
    return [{(person, other) for other in chosen} for chosen in subsets]


@frozen
class View:
    """What was told of a network, and which ties would have been told of.

    Attributes:
        people: Everybody it concerns.
        ties: The ties that were told.
        heard: The ordered pairs of which the first would have told of a tie to the second.
        directed: Whether one side tells of a tie.
        silent: Who did not answer all they were asked.
    """

    people: list[str]
    ties: Network
    heard: Network
    directed: bool
    silent: frozenset[str]

    @classmethod
    def of(cls, organisation: Organisation) -> View:
        """Return what the surveys of an organisation tell, all about one relation."""
        relation = next(iter(organisation.surveys)).relation or ""
        directed = organisation.vocabulary.relations[relation].directed
        asked = {(r.survey, r.person): r.answered for r in organisation.responses}
        people = sorted({person for _, person in asked})
        told = {(tie.source, tie.target) for tie in organisation.ties}
        told |= set() if directed else {(b, a) for a, b in told}
        return cls(
            people=people,
            ties=frozenset((a, b) for a, b in told if a in people and b in people),
            heard=frozenset(
                (a, b)
                for (survey, a), answered in asked.items()
                for b in people
                if a != b and answered and (survey, b) in asked
            ),
            directed=directed,
            silent=frozenset(person for (_, person), answered in asked.items() if not answered),
        )

    @property
    def seen(self) -> Network:
        """The pairs that are observed whichever way: without a direction both sides must answer."""
        if self.directed:
            return self.heard
        return frozenset((a, b) for a, b in self.heard if (b, a) in self.heard)

    def treated(self, missing: str) -> View:
        """Return the view with what is unobserved treated."""
        if missing == "null":
            return evolve(self, heard=pairs(self.people), silent=frozenset())
        if missing == "reconstruct":
            other_side = {
                (a, b) for b, a in self.ties if (a, b) not in self.heard and (b, a) in self.heard
            }
            return evolve(
                self,
                ties=self.ties | other_side,
                heard=self.heard | {(b, a) for a, b in self.heard},
            )
        return self


def pairs(people: Sequence[str]) -> Network:
    """All ordered pairs of different people."""
    return frozenset(permutations(people, 2))


def both_ways(network: Network) -> Network:
    """The network with each tie taken in both directions."""
    return network | {(b, a) for a, b in network}


def within(network: Network, people: Collection[str]) -> Network:
    """The ties between some people."""
    return frozenset((a, b) for a, b in network if a in people and b in people)


def share(over: float, under: float) -> float | None:
    """A share; None of nothing."""
    return over / under if under else None


def density(people: list[str], network: Network, seen: Network | None = None) -> float | None:
    """The share of (observed) ordered pairs of different people with a tie."""
    looked = pairs(people) if seen is None else within(seen, people)
    return share(sum(pair in network for pair in looked), len(looked))


def block_density(
    first: Collection[str], second: Collection[str], network: Network, seen: Network
) -> float | None:
    """The share of observed pairs from one group to another, of different people, with a tie."""
    looked = [(a, b) for a in first for b in second if (a, b) in seen]
    return share(sum(pair in network for pair in looked), len(looked))


def reciprocity(
    people: list[str], network: Network, variant: str, seen: Network | None = None
) -> float | None:
    """Three ways of counting what is returned, pair by pair."""
    states = [
        ((a, b) in network) + ((b, a) in network)
        for a, b in combinations(people, 2)
        if seen is None or {(a, b), (b, a)} <= seen
    ]
    mutual, one, none = states.count(2), states.count(1), states.count(0)
    over, under = {
        "edgewise": (2 * mutual, 2 * mutual + one),
        "dyadic_nonnull": (mutual, mutual + one),
        "dyadic": (mutual + none, mutual + one + none),
    }[variant]
    return share(over, under)


def two_paths(people: list[str], network: Network, seen: Network | None = None) -> Counts:
    """How many two-paths are closed, and how many there are, of those with all three observed."""
    known = pairs(people) if seen is None else seen
    paths = [
        (a, c)
        for a, b, c in permutations(people, 3)
        if {(a, b), (b, c), (a, c)} <= known and {(a, b), (b, c)} <= network
    ]
    return sum(path in network for path in paths), len(paths)


Counts = tuple[int, int]


def transitivity(
    people: list[str], network: Network, variant: str, seen: Network | None = None
) -> float | None:
    """Three ways of asking whether two steps are also one."""
    known = pairs(people) if seen is None else seen
    if variant == "undirected":
        mutual = frozenset((a, b) for a, b in known if (b, a) in known)
        return share(*two_paths(people, both_ways(network), mutual))
    if variant == "weak":
        return share(*two_paths(people, network, known))
    if known < pairs(people):
        return None
    triples = list(permutations(people, 3))
    agreeing = [
        ((a, c) in network) == ((a, b) in network and (b, c) in network) for a, b, c in triples
    ]
    return share(sum(agreeing), len(triples))


def degrees(people: list[str], network: Network, direction: str) -> list[float]:
    """How many ties each person has: ``any`` counts people tied in either direction."""
    into = [float(sum(b == v for _, b in network)) for v in people]
    out = [float(sum(a == v for a, _ in network)) for v in people]
    any_way = [float(sum(a == v for a, _ in both_ways(network))) for v in people]
    total = [i + o for i, o in zip(into, out, strict=True)]
    return {"in": into, "out": out, "total": total, "any": any_way}[direction]


def betweenness(people: list[str], network: Network) -> list[float]:
    """Over ordered pairs of others, the share of their shortest paths that run through a person."""
    score = dict.fromkeys(people, 0.0)
    for source in people:
        for person, part in betweenness_from(people, network, source).items():
            score[person] += part
    return list(score.values())


def betweenness_from(people: list[str], network: Network, source: str) -> dict[str, float]:
    """The same over the paths from one person only."""
    score = dict.fromkeys(people, 0.0)
    for target in people:
        paths = shortest_paths(network, source, target) if target != source else []
        for path in paths:
            for person in path[1:-1]:
                score[person] += 1 / len(paths)
    return score


def shortest_paths(network: Network, source: str, target: str) -> list[list[str]]:
    """All paths of the least length, longer ones tried only while there are none."""
    paths = [[source]]
    while paths:
        arrived = [path for path in paths if path[-1] == target]
        if arrived:
            return arrived
        paths = [[*p, b] for p in paths for a, b in network if a == p[-1] and b not in p]
    return []


def centralities(people: list[str], network: Network, variant: str, direction: str) -> list[float]:
    """The centrality of each person; ``any`` takes ties both ways, ``in`` is betweenness along them."""
    if variant == "degree":
        return degrees(people, network, direction)
    return betweenness(people, both_ways(network) if direction == "any" else network)


def uneven(scores: list[float]) -> float:
    """How far all are from the greatest, summed up."""
    return sum(max(scores, default=0) - score for score in scores)


def star(people: list[str], direction: str) -> Network:
    """The most uneven network: all ties lead to one person, or from or both to and from them."""
    centre, others = people[0], people[1:]
    into, out = {(a, centre) for a in others}, {(centre, b) for b in others}
    return frozenset({"in": into, "out": out}.get(direction, into | out))


def centralization(
    people: list[str], network: Network, variant: str, direction: str
) -> float | None:
    """How uneven centralities are, as a share of how uneven they are in a star."""
    shape = "any" if variant == "betweenness" else direction
    most = uneven(centralities(people, star(people, shape), variant, direction))
    return share(uneven(centralities(people, network, variant, direction)), most)


def ei(ties: Collection[tuple[str, str]], labels: Labels) -> float | None:
    """Ties between groups less ties within, over all; those within share any group."""
    internal = sum(bool(labels[a] & labels[b]) for a, b in ties)
    external = len(ties) - internal
    return share(external - internal, external + internal)


def ties_at(
    network: Network, ends: Collection[str], direction: str, *, directed: bool
) -> Collection[tuple[str, str]]:
    """The ties that some people told (``out``), that others told of them (``in``), or all of both.

    Each tie is there once, also one between two of these people.
    """
    if not directed:
        network, direction = frozenset((a, b) for a, b in network if a < b), "all"
    sides = {"out": (0,), "in": (1,), "all": (0, 1)}[direction]
    return [tie for tie in network if any(tie[side] in ends for side in sides)]


def ei_of_random_mixing(network: Network, labels: Labels) -> float | None:
    """The mean index over all ways to hand out the people's groups among them."""
    people = list(labels)
    values = [
        ei(network, dict(zip(people, handed_out, strict=True)))
        for handed_out in permutations(labels.values())
    ]
    known = [value for value in values if value is not None]
    return share(sum(known), len(known))


def burt(people: list[str], network: Network, variant: str) -> dict[str, list[float | None]]:
    """Burt's constraint, effective size, efficiency and hierarchy of each person."""

    def tie(i: str, j: str) -> int:
        both = ((i, j) in network) + ((j, i) in network)
        return min(both, 1) if variant == "undirected" else both

    def p(i: str, j: str) -> float:
        return tie(i, j) / sum(tie(i, k) for k in people)

    figures: dict[str, list[float | None]] = {
        name: [] for name in ("constraint", "effective_size", "efficiency", "hierarchy")
    }
    for i in people:
        contacts = [j for j in people if tie(i, j)]
        each, size = [], 0.0
        for j in contacts:
            others = [q for q in contacts if q != j]
            each.append((p(i, j) + sum(p(i, q) * p(q, j) for q in others)) ** 2)
            strongest = max(tie(j, k) for k in people)
            size += 1 - sum(p(i, q) * tie(j, q) / strongest for q in others)
        k, total = len(contacts), sum(each)
        unequal = sum(c / (total / k) * log(c / (total / k)) for c in each)
        figures["constraint"].append(total if k else None)
        figures["effective_size"].append(size if k else None)
        figures["efficiency"].append(share(size, k))
        figures["hierarchy"].append(unequal / (k * log(k)) if k > 1 else None)
    return figures


def role_of(group: Mapping[str, str], a: str, v: str, b: str) -> str:
    """What somebody is who passes on from a to b, by the groups of the three."""
    if group[a] == group[v] == group[b]:
        return "coordinator"
    if group[a] == group[b]:
        return "itinerant"
    if group[a] == group[v]:
        return "representative"
    return "gatekeeper" if group[b] == group[v] else "liaison"


def brokered(
    network: Network, group: Mapping[str, str], seen: Network | None = None
) -> list[tuple[str, str]]:
    """Each open two-path, as its broker and the broker's role; all three ties must be observed."""
    known = pairs([*group]) if seen is None else seen
    return [
        (v, role_of(group, a, v, b))
        for a, v, b in permutations(group, 3)
        if {(a, v), (v, b), (a, b)} <= known
        and {(a, v), (v, b)} <= network
        and (a, b) not in network
    ]


def random_networks(people: list[str], density: float) -> Iterator[tuple[float, Network]]:
    """Every directed network with the probability it has if every tie is there with the same one."""
    everywhere = sorted(pairs(people))
    for cells in product((False, True), repeat=len(everywhere)):
        network = frozenset(pair for pair, there in zip(everywhere, cells, strict=True) if there)
        absent = len(everywhere) - len(network)
        yield density ** len(network) * (1 - density) ** absent, network


def reached(network: Network, start: str, k: int) -> set[str]:
    """The people within k steps of somebody, that person left out."""
    found = {start}
    for _ in range(k):
        found |= {b for a, b in network if a in found}
    return found - {start}


def golden(name: str) -> dict[str, Any]:
    """Golden facts of a published network."""
    path = Path(__file__).parent / "golden" / f"{name}.json"
    document: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return document
