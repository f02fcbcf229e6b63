"""Definitions spelt out: slow, obvious, and written without looking at plfkit's formulas."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import chain, combinations, product
from pathlib import Path
from typing import Any

from plfkit import Organisation

Network = frozenset[tuple[str, str]]


def completions(organisation: Organisation) -> Iterator[Network]:
    """Every network that could be, had everybody answered, within the survey's limit on names."""
    (survey,) = organisation.surveys
    directed = organisation.vocabulary.relations[survey.relation or ""].directed
    people = [person.id for person in organisation.persons]
    told = {(tie.source, tie.target) for tie in organisation.ties}
    answers = []
    for response in organisation.responses:
        if response.answered:
            answers.append([{pair for pair in told if pair[0] == response.person}])
            continue
        others = [person for person in people if person != response.person]
        most = len(others) if survey.max_ties is None else survey.max_ties
        subsets = chain.from_iterable(combinations(others, size) for size in range(most + 1))
        answers.append([{(response.person, other) for other in chosen} for chosen in subsets])
    for choice in product(*answers):
        network = set().union(*choice)
        yield frozenset(network if directed else network | {(b, a) for a, b in network})


def density(people: list[str], network: Network) -> float | None:
    """The share of ordered pairs of different people with a tie."""
    pairs = [(a, b) for a in people for b in people if a != b]
    return sum(pair in network for pair in pairs) / len(pairs) if pairs else None


def reciprocity(people: list[str], network: Network, variant: str) -> float | None:
    """Three ways of counting what is returned, pair by pair."""
    states = [((a, b) in network) + ((b, a) in network) for a, b in combinations(people, 2)]
    mutual, one, none = states.count(2), states.count(1), states.count(0)
    over, under = {
        "edgewise": (2 * mutual, 2 * mutual + one),
        "dyadic_nonnull": (mutual, mutual + one),
        "dyadic": (mutual + none, mutual + one + none),
    }[variant]
    return over / under if under else None


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
