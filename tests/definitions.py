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
