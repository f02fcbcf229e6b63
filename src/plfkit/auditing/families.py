"""Families: the properties that bound each other, and all that was told of them, as one programme."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import permutations

import numpy as np
from attrs import frozen

from plfkit.arrays import Flags, Numbers
from plfkit.auditing.leaks import LeakKind
from plfkit.auditing.programmes import Count, IntegerProgramme, Link, Told
from plfkit.auditing.publications import COUNTED, Ends, PublishedFigure
from plfkit.auditing.staff_lists import NamedPeople
from plfkit.hints import Hint

_SURELY, _POSSIBLY = 0, 1
_SHARE_STEP = 0.001
"""How far the width of a range may be rounded: percentages have one decimal."""
_Identity = tuple[str, float | None, frozenset[str] | None]


@frozen(eq=False)
class PlacedFigure:
    """A figure with the people it is about, as flags over persons or atoms.

    Attributes:
        figure: The figure.
        who: Whom it is about.
        universe: Who can have the property at all.
    """

    figure: PublishedFigure
    who: NamedPeople
    universe: Flags


@frozen(eq=False)
class AuditedProperty:
    """One yes or no that people have.

    Attributes:
        name: What it is called.
        threshold: Its threshold, if it has one.
        kinds: The kinds that count; None for whatever kind.
        universe: The atoms whose people can have it.
        figures: What was told of it.
    """

    name: str
    threshold: float | None
    kinds: frozenset[str] | None
    universe: Flags
    figures: tuple[PlacedFigure, ...]

    @property
    def own_answers(self) -> bool:
        """Whether it is known only of those who answered."""
        return any(one.figure.own_answers for one in self.figures)

    def is_within(self, other: AuditedProperty) -> bool:
        """Tell whether whoever has it has another one of its family too."""
        if (self.threshold is None) != (other.threshold is None):
            return False
        wider = other.kinds is None or (self.kinds is not None and self.kinds <= other.kinds)
        return wider and (self.threshold or 0) >= (other.threshold or 0)


class Family:
    """Properties of one family: their tallies, and the counts that can be asked for.

    Every property has two tallies, of those who have it for certain and of those who may; where all
    registers are complete one, since the two are the same.
    """

    def __init__(self, figures: Sequence[PlacedFigure], sizes: Numbers) -> None:
        self.sizes = sizes
        self.properties = _collect_properties(figures)
        told = (one.figure for one in figures)
        self.single = not any(f.own_answers or f.surely != f.possibly for f in told)
        self.width = len(self.properties) * (1 if self.single else 2)
        self.thresholds = len({one.threshold for one in self.properties}) > 1

    def build_programme(self) -> IntegerProgramme:
        """Return all that is known."""
        caps = np.stack([np.where(one.universe, self.sizes, 0) for one in self.properties])
        caps = np.repeat(caps, self.width // len(self.properties), axis=0)
        return IntegerProgramme(caps, tuple(self._list_links()), tuple(self._list_told()))

    def _mark_signs(self, *pairs: tuple[int, int, int]) -> tuple[int, ...]:
        """Return the signs of all tallies: pairs are a property, one of its tallies and a sign."""
        signs = [0] * self.width
        for number, tally, sign in pairs:
            signs[number if self.single else 2 * number + tally] += sign
        return tuple(signs)

    def _list_links(self) -> Iterator[Link]:
        """Yield what is within what: certain within possible, a higher threshold within a lower."""
        for number in range(0 if self.single else len(self.properties)):
            yield Link(self._mark_signs((number, _POSSIBLY, 1), (number, _SURELY, -1)), 0, np.inf)
        for lower, higher in self._pair_nested():
            for tally in (_SURELY,) if self.single else (_SURELY, _POSSIBLY):
                yield Link(self._mark_signs((lower, tally, 1), (higher, tally, -1)), 0, np.inf)
            one, other = self.properties[lower], self.properties[higher]
            if one.kinds == other.kinds and one.own_answers and other.own_answers:
                # One question, so the same people are silent at both thresholds.
                pairs = (lower, _POSSIBLY, 1), (lower, _SURELY, -1)
                others = (higher, _POSSIBLY, -1), (higher, _SURELY, 1)
                yield Link(self._mark_signs(*pairs, *others), 0, 0)

    def _pair_nested(self) -> Iterator[tuple[int, int]]:
        """Yield properties of which the second is within the first, and none is between the two.

        Thresholds next to each other are such, and a kind of community and its sort.
        """
        numbers = range(len(self.properties))
        within = {
            (outer, inner)
            for outer, inner in permutations(numbers, 2)
            if self.properties[inner].is_within(self.properties[outer])
            and not self.properties[outer].is_within(self.properties[inner])
        }
        for outer, inner in sorted(within):
            if not any((outer, n) in within and (n, inner) in within for n in numbers):
                yield outer, inner

    def _list_told(self) -> Iterator[Told]:
        for number, one in enumerate(self.properties):
            for placed in one.figures:
                figure = placed.figure
                if figure.kind in COUNTED:
                    yield from self._tell_count(number, LeakKind.SURELY, placed.who, figure.surely)
                    if not self.single:
                        kind = LeakKind.POSSIBLY
                        yield from self._tell_count(number, kind, placed.who, figure.possibly)
                elif one.own_answers:
                    for ends in find_answered(figure):
                        yield from self._tell_count(number, LeakKind.ANSWERED, placed.who, ends)

    def _tell_count(
        self, number: int, what: LeakKind, who: NamedPeople, ends: Ends | None
    ) -> Iterator[Told]:
        if ends is not None:
            yield Told(self.count_people(number, what, who), *ends)

    def count_people(self, number: int, what: LeakKind, who: NamedPeople) -> Count:
        """Return the count of those who have a property, may have it, or answered."""
        one = self.properties[number]
        signs = {
            LeakKind.SURELY: ((number, _SURELY, 1),),
            LeakKind.POSSIBLY: ((number, _POSSIBLY, 1),),
            LeakKind.ANSWERED: ((number, _POSSIBLY, -1), (number, _SURELY, 1)),
        }[what]
        members = who.members & one.universe
        people = int(self.sizes[members].sum())
        phrase = Hint("audit.have" if self.single else f"audit.{what}")
        if self.thresholds and one.threshold is not None:
            phrase = Hint("audit.threshold", phrase=phrase, threshold=one.threshold)
        base = people if what == LeakKind.ANSWERED else 0
        return Count(
            members, self._mark_signs(*signs), base, people, who.words, what, phrase, one.name
        )

    def list_counts(self, groups: Sequence[NamedPeople]) -> Iterator[Count]:
        """Yield every count that must not be known too well."""
        for number, one in enumerate(self.properties):
            own = _name_once([*groups, *self._list_complements(one)], one.universe)
            kinds = [LeakKind.SURELY]
            kinds += [] if self.single else [LeakKind.POSSIBLY]
            kinds += [LeakKind.ANSWERED] if one.own_answers else []
            for kind in kinds:
                yield from (self.count_people(number, kind, who) for who in own)
        for lower, higher in self._pair_nested():
            yield from self._list_exact_counts(lower, higher)

    def _list_complements(self, one: AuditedProperty) -> Iterator[NamedPeople]:
        """Yield what is left of each published set without another one within it."""
        sets = _name_once([placed.who for placed in one.figures], one.universe)
        if not sets:
            return
        flags = np.stack([who.members for who in sets])
        # How many atoms of the one (rows) the other (columns) lacks: 0 where it holds it.
        lacking = flags.astype(np.int64) @ ~flags.T
        for inner, outer in np.argwhere(lacking == 0).tolist():
            if inner != outer:
                words = Hint("audit.without", people=sets[outer].words, others=sets[inner].words)
                yield NamedPeople(flags[outer] & ~flags[inner], words)

    def _list_exact_counts(self, lower: int, higher: int) -> Iterator[Count]:
        """Yield the counts of those who have the wider one and not the other, of each set told at both."""
        one, other = self.properties[lower], self.properties[higher]
        known = {placed.who.members.tobytes() for placed in other.figures}
        sets = [p.who for p in one.figures if p.who.members.tobytes() in known]
        everybody = NamedPeople(one.universe, Hint("audit.all_staff"))
        for who in _name_once([*sets, everybody], one.universe):
            people = int(self.sizes[who.members].sum())
            for tally, having in enumerate(("have",) if self.single else ("surely", "possibly")):
                signs = self._mark_signs((lower, tally, 1), (higher, tally, -1))
                kind = LeakKind.EXACTLY
                phrase = _say_between(one, other, Hint(f"audit.{having}"))
                yield Count(who.members, signs, 0, people, who.words, kind, phrase, one.name)


def _say_between(outer: AuditedProperty, inner: AuditedProperty, phrase: Hint) -> Hint:
    """Say that people have the wider of two properties and not the one within it."""
    if outer.kinds == inner.kinds:
        between = {"lower": outer.threshold, "higher": inner.threshold}
        return Hint("audit.exactly_so", phrase=phrase, **between)
    return Hint("audit.only_wider", phrase=phrase, inner=inner.name)


def _collect_properties(figures: Sequence[PlacedFigure]) -> tuple[AuditedProperty, ...]:
    """Return the properties of a family, by their thresholds."""
    named: Mapping[_Identity, list[PlacedFigure]] = defaultdict(list)
    for one in figures:
        kinds = None if one.figure.kinds is None else frozenset(one.figure.kinds)
        named[one.figure.property, one.figure.threshold, kinds].append(one)
    properties = [
        AuditedProperty(
            name,
            threshold,
            kinds,
            np.asarray(np.logical_or.reduce([one.universe for one in own])),
            tuple(own),
        )
        for (name, threshold, kinds), own in named.items()
    ]
    return tuple(sorted(properties, key=lambda one: (one.threshold or 0, one.name)))


def _name_once(groups: Sequence[NamedPeople], universe: Flags) -> list[NamedPeople]:
    """Return groups within a universe, without the empty ones, each set of people once."""
    found: dict[bytes, NamedPeople] = {}
    for group in groups:
        members = group.members & universe
        if members.any():
            found.setdefault(members.tobytes(), NamedPeople(members, group.words))
    return [*found.values()]


def find_answered(figure: PublishedFigure) -> Iterator[Ends]:
    """Yield between how many and how many people answered, as a statistic tells it.

    The range of a share of those who answered is as wide as the share of those who did not: a range from
    0.10 to 0.20 of 40 people says that 4 of them did not answer.
    """
    if figure.answered is not None:
        yield figure.answered
    value, lower, upper = figure.value, figure.lower, figure.upper
    people = figure.people or 0
    if not figure.own_answers or value is None or lower is None or upper is None:
        return
    answered = 1 - (upper - lower)
    least = np.ceil(people * (answered - _SHARE_STEP))
    most = np.floor(people * (answered + _SHARE_STEP))
    yield (max(0, int(least)), min(people, int(most)))
