"""A municipality of eight schools of which fewer and fewer people answer, and what to ask of it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import numpy as np

from plfkit import (
    Community,
    Membership,
    Organisation,
    Pathway,
    Person,
    Position,
    Response,
    Result,
    Snapshot,
    Survey,
    Tie,
    Unit,
    snapshot,
)
from plfkit.measures import CORE, Measure
from plfkit.measures.engine.arguments import read_keywords

SCHOOLS, STAFF, COACHES = 8, 45, 5
RETURNED = 0.4
RATES = (0.77, 0.62, 0.46)

ARGUMENTS: dict[str, dict[str, Any]] = {
    "ei_index": {"groups": "team"},
    "brokerage": {"groups": "school", "scope": "network"},
    "formal_advice": {"target": "resource_person"},
    "sought_share": {"target": "resource_person"},
    "support_load": {"target": "resource_person"},
    "schools_on_one_person": {"target": "resource_person"},
    "cross_unit_contact": {"unit": "school"},
    "layer_overlap": {"against": "collaboration"},
    "observed_share": {"source": "ties"},
    "observer_share": {"source": "ties"},
}
"""What measures are asked beside a relation, where it is not what their example says they need."""

OF_SILENCE = {"response_rate"}
"""What measures how many are silent, and moves as they are."""

UNDIRECTED = {
    *("density", "block_density", "transitivity", "centralization", "ei_index", "degree"),
    *("k_step_reach", "group_reach", "support_load", "formal_advice", "cross_team_contacts"),
}
FURTHER: tuple[tuple[str, dict[str, Any]], ...] = (
    ("group_reach", {"k": 1}),
    ("group_reach", {"k": 3}),
    ("k_step_reach", {"k": 1}),
    ("k_step_reach", {"k": 1, "direction": "in"}),
    ("degree", {"direction": "total"}),
    ("sought_share", {"at_least": 3}),
    ("observed_share", {"source": "ties", "variant": "neither"}),
    ("transitivity", {"variant": "undirected"}),
    ("transitivity", {"variant": "strong"}),
    ("reciprocity", {"variant": "dyadic"}),
    ("ei_index", {"scope": "group", "direction": "in"}),
    ("centralization", {"direction": "out"}),
    ("centralization", {"variant": "betweenness"}),
    ("support_load", {"by": "school"}),
    ("cross_team_contacts", {"by": "school"}),
)


@cache
def whole() -> tuple[Organisation, tuple[Tie, ...]]:
    """A municipality of eight schools without its answers, and the ties that all would tell of."""
    chance = np.random.default_rng(11)
    people = [(school, n) for school in range(SCHOOLS) for n in range(STAFF)]
    ids = {pair: f"p{pair[0]}-{pair[1]:02d}" for pair in people}
    role = {pair: "maths_coach" if pair[1] < COACHES else "teacher" for pair in people}
    role |= {(school, STAFF - 1): "principal" for school in range(SCHOOLS)}
    told: set[tuple[str, tuple[int, int], tuple[int, int]]] = set()
    for school, n in people:
        for other in people:
            near = other[0] == school
            liked = 3.0 if other[1] < COACHES else 1.0
            same_team = near and other[1] // 9 == n // 9
            rate = (0.06 if same_team else 0.04 if near else 0.0006) * liked
            if other == (school, n):
                continue
            for relation, often in (("advice", 1.0), ("observation", 0.4), ("collaboration", 1.0)):
                if chance.random() < rate * often:
                    told.add((relation, (school, n), other))
                    if chance.random() < RETURNED:
                        told.add((relation, other, (school, n)))
    org = Organisation.of(
        units=[
            Unit("town", "municipality"),
            *(Unit(f"s{school}", "school", None, "town") for school in range(SCHOOLS)),
        ],
        persons=[Person(name) for name in ids.values()],
        positions=[Position(ids[pair], f"s{pair[0]}", role[pair]) for pair in people],
        communities=[
            Community(f"t{school}-{team}", "team", None, f"s{school}")
            for school in range(SCHOOLS)
            for team in range(5)
        ],
        memberships=[Membership(f"t{s}-{n // 9}", ids[s, n]) for s, n in people],
        pathways=[Pathway("s0", "s1", "7"), Pathway("s1", "s2", "8")],
        surveys=[
            Survey(name, "network", name) for name in ("advice", "observation", "collaboration")
        ],
    )
    return org, tuple(Tie(ids[a], ids[b], r, r) for r, a, b in sorted(told))


def answered_by(rate: float, seed: int) -> Snapshot:
    """The same municipality, with a part of its staff answering, drawn at random."""
    org, ties = whole()
    ids = org.persons.column("id").tolist()
    chance = np.random.default_rng(seed)
    heard = dict(zip(ids, (chance.random(len(ids)) < rate).tolist(), strict=True))
    return snapshot(
        org.with_(
            responses=[Response(s.id, p, answered=heard[p]) for s in org.surveys for p in ids],
            ties=[tie for tie in ties if heard[tie.source]],
        )
    )


def needed_by(measure: Measure) -> dict[str, Any]:
    """The arguments without which a measure cannot be called, as its example has them."""
    keywords = read_keywords(measure.function)
    example = measure.about.example
    return {k: v for k, v in example.items() if keywords[k].required and k != "relation"}


def calls() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every measure of ties, with all it is asked for here."""
    for measure in CORE:
        if "relation" in measure.parameters and measure.name not in OF_SILENCE:
            own = {**needed_by(measure), **ARGUMENTS.get(measure.name, {})}
            relation = "observation" if measure.name.startswith("observe") else "advice"
            yield measure.name, {"relation": relation, **own}
            if measure.name in UNDIRECTED:
                yield measure.name, {"relation": "collaboration", **own}
    for name, more in FURTHER:
        relation = "observation" if name.startswith("observe") else "advice"
        own = {**needed_by(CORE[name]), **ARGUMENTS.get(name, {})}
        yield name, {"relation": relation, **own, **more}


Key = tuple[str | None, ...]


def figures_of(result: Result) -> dict[Key, float]:
    """Every value by what it is about."""
    return {(f.part, f.from_, f.to, f.figure, f.id): f.value for f in result if f.value is not None}


def mean_of(values: dict[Key, float]) -> dict[Key, float]:
    """The mean over people, so that figures of persons can be compared too."""
    keys = {key[:4] for key in values}
    return {
        key: float(np.mean([value for own, value in values.items() if own[:4] == key]))
        for key in keys
    }
