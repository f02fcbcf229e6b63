"""Completions: networks that could be, had everybody answered."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from attrs import evolve, field, frozen

from plfkit.arrays import Flags, Numbers
from plfkit.errors import MeasureError
from plfkit.graph.adjacency import build_adjacency
from plfkit.graph.layers import Layer
from plfkit.graph.observation import Observation

MOST_PEOPLE_COMPLETED = 20_000
"""Beyond so many people no completions are drawn: there would be too many possible ties."""

_PAIRS_AT_A_TIME = 1_000_000
"""Of how many pairs it is drawn at a time whether one names the other."""


@frozen(eq=False)
class Completions:
    """Random completions of a layer in which some ties are unobserved.

    Each completion has a share of its own with which an unobserved tie is there: from that with which
    somebody names one of all people, to 1. Of 1,000 people, 1 to 10 names are as likely as 10 to 100,
    and 100 to 1,000: most figures lie farthest out where there are few ties, and there people differ
    most. Somebody who did not answer names as many as each survey allowed at most.

    Attributes:
        layer: The layer; its observation is known.
    """

    layer: Layer
    _questions: tuple[_Question, ...] = field(init=False, repr=False)

    def __attrs_post_init__(self) -> None:
        """Note who could have named whom; refuse layers with too many possible ties."""
        if self.layer.n > MOST_PEOPLE_COMPLETED:
            raise MeasureError(
                f"the range of {self.layer.n} people would take too long: ask for each school with "
                "by=, or for no range with draws=0"
            )
        observation = self.layer.observation
        assert observation is not None  # noqa: S101 - the caller has looked
        object.__setattr__(self, "_questions", tuple(_list_questions(observation)))

    def draw_extremes(self, chance: np.random.Generator) -> tuple[Layer, Layer]:
        """Return the completion without any unobserved tie, and one with as many as there can be."""
        return self.draw_with_share(chance, 0.0), self.draw_with_share(chance, 1.0)

    def draw(self, chance: np.random.Generator) -> Layer:
        """Return a completion."""
        # With n people the exponent −1 gives the share 1 / n, and 0 the share 1.
        return self.draw_with_share(chance, max(self.layer.n, 1) ** (chance.random() - 1))

    def draw_with_share(self, chance: np.random.Generator, share: float) -> Layer:
        """Return a completion in which each unobserved tie is there with a chance."""
        layer = self.layer
        named = [question.draw_names(chance, share) for question in self._questions]
        sources, targets = np.concatenate([layer.list_arcs(), *named], axis=1)
        if not layer.directed:
            sources, targets = (
                np.concatenate([sources, targets]),
                np.concatenate([targets, sources]),
            )
        return evolve(
            layer,
            adjacency=build_adjacency(sources, targets, layer.n),
            recorded=Observation.complete(layer.n, directed=layer.directed),
        )


def _list_questions(observation: Observation) -> Iterator[_Question]:
    """Yield what was left unanswered: survey by survey, and of those whom no survey listed."""
    codes, untold = observation.codes, ~observation.told
    for survey, limit in enumerate(observation.limits.tolist()):
        listed = untold & observation.rosters[:, survey]
        people = np.flatnonzero(observation.unanswered[codes, survey])
        yield from _ask_people(people, codes, listed, limit)
    beyond = untold & ~observation.asked
    people = np.flatnonzero(np.asarray(beyond.any(axis=1))[codes])
    yield from _ask_people(people, codes, beyond, np.inf)


def _ask_people(
    people: Numbers, codes: Numbers, open_to: Flags, limit: float
) -> Iterator[_Question]:
    """Yield the question whom people could have named, so many people at a time."""
    step = max(_PAIRS_AT_A_TIME // max(len(codes), 1), 1)
    for first in range(0, len(people), step):
        some = people[first : first + step]
        kinds, at = np.unique(codes[some], return_inverse=True)
        # Each class in the rows, each person in the columns: who is a candidate of a class.
        open_people = np.asarray(open_to[kinds][:, codes])
        sizes = open_people.sum(axis=1)
        begins = np.cumsum(sizes) - sizes
        here = open_people[at, some]
        # Of candidates 2, 5 and 7, person 5 has place 1: as many as come before.
        own = np.where(here, (open_people.cumsum(axis=1) - 1)[at, some], len(codes))
        yield _Question(
            people=some,
            candidates=np.nonzero(open_people)[1],
            begins=begins[at],
            others=sizes[at] - here,
            own=own,
            limit=limit,
        )


@frozen(eq=False, kw_only=True)
class _Question:
    """Whom some people could have named, and how many at most.

    Attributes:
        people: Who.
        candidates: The candidates, class of people after class.
        begins: Where the candidates of each one begin.
        others: How many candidates each one has, themselves left out.
        own: The place of each one among their own candidates; beyond the last if they are none.
        limit: How many names were allowed.
    """

    people: Numbers
    candidates: Numbers
    begins: Numbers
    others: Numbers
    own: Numbers
    limit: float

    def draw_names(self, chance: np.random.Generator, share: float) -> Numbers:
        """Draw who names whom, each candidate with a chance, and never more than were allowed."""
        if self.limit < self.others.max(initial=0):
            rows, places = self._draw_limited_places(chance, share, int(self.limit))
        else:
            rows, places = self._draw_places(chance, share)
        # The place of oneself is the last one's: of places 0, 1, 2 the person at 1 draws from 0 and 1.
        places = np.where(places == self.own[rows], self.others[rows], places)
        return np.stack([self.people[rows], self.candidates[self.begins[rows] + places]])

    def _draw_places(self, chance: np.random.Generator, share: float) -> tuple[Numbers, Numbers]:
        """Draw places among the candidates, each by itself."""
        ends = np.cumsum(self.others)
        # Person after person: with 3 and 4 candidates, the last one's third is cell 5.
        cells = np.flatnonzero(chance.random(int(self.others.sum()), np.float32) < share)
        counts = np.diff(np.searchsorted(cells, ends), prepend=0)
        rows = np.repeat(np.arange(len(ends)), counts)
        return rows, cells - (ends - self.others)[rows]

    def _draw_limited_places(
        self, chance: np.random.Generator, share: float, limit: int
    ) -> tuple[Numbers, Numbers]:
        """Draw how many each one names, and as many places, all sets of them equally likely.

        Floyd's way (Bentley & Floyd 1987): for 3 of 10 places draw one of the first 8, then of 9, then
        of 10; of what was drawn before, the last of those takes the place.
        """
        counts = np.minimum(chance.binomial(self.others, share), limit)
        chosen = np.full((len(counts), limit), -1)
        for nth in range(limit):
            last = self.others - counts + nth
            drawn = (chance.random(len(counts)) * (last + 1)).astype(np.int64)
            again = (chosen == drawn[:, None]).any(axis=1)
            chosen[:, nth] = np.where(nth < counts, np.where(again, last, drawn), -1)
        rows, nths = np.nonzero(chosen >= 0)
        return rows, chosen[rows, nths]
