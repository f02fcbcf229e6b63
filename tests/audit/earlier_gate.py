"""The gate as it was before it judged a publication as one: each figure by itself.

It let a count of people out from five people on, exactly between 10 and 90 per cent and as a band beyond;
ties and answers from fifteen people on, with five on either side. What it told is written down here as a
publication's document has it, for the audit to find its leaks in.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil, floor
from typing import Any

import numpy as np
from audit.publishing import tell

from plfkit import Result
from plfkit.disclosure.properties import name_property
from plfkit.model.results.facts import Facts, PeopleSet
from plfkit.model.words.figure_classes import FigureClass

K, STATISTICS = 5, 15
HIGH, LOW = 0.9, 0.1


def list_rows(*results: Result) -> Iterator[dict[str, Any]]:
    """Yield what the earlier gate told of each figure."""
    for result in results:
        facts = result.facts
        assert facts is not None
        for figure in result:
            people = facts.sets.get(figure.part)
            ends = None if people is None else _tell_ends(result, facts, people)
            if people is not None and ends is not None:
                yield _describe(result, figure.part, people, ends)


def _tell_ends(result: Result, facts: Facts, people: PeopleSet) -> tuple[int, int] | None:
    """Return between how many and how many have it; None where the figure was withheld."""
    assert facts.count is not None
    size, count = len(people), int(facts.count.surely[people.persons].sum())
    if result.figure_class is FigureClass.ANSWERS:
        enough = size >= STATISTICS and min(count, size - count) >= K
        return (count, count) if enough else None
    if size < K:
        return None
    if LOW < count / size < HIGH:
        return count, count
    return (ceil(HIGH * size), size) if count / size >= HIGH else (0, floor(LOW * size))


def _describe(
    result: Result, part: str | None, people: PeopleSet, ends: tuple[int, int]
) -> dict[str, Any]:
    of = name_property(result)
    who = {key: list(words) for key, words in people.who.items()}
    about: dict[str, Any] = {"property": of.name, "family": of.family, "threshold": of.threshold}
    more: dict[str, Any] = {"period": of.period, "part": part, "who": who, "universe": {}}
    assert isinstance(people.persons, np.ndarray)
    return tell(len(people), list(ends), **about, **more)
