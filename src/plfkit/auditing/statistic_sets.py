"""Statistics, which count nothing: of how many people they are, and by how many their sets differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from plfkit.auditing.families import PlacedFigure
from plfkit.auditing.leaks import Leak, LeakKind, to_label
from plfkit.auditing.staff_lists import NamedPeople
from plfkit.hints import Hint


def find_statistic_leaks(
    figures: Sequence[PlacedFigure], k: int, statistics: int
) -> Iterator[Leak]:
    """Yield the leaks of the statistics of one property.

    A set has enough people, and two sets are the same or differ by k people on each side where they
    differ at all: else a few people are the difference.

    Args:
        figures: The figures of one property, whose periods overlap.
        k: How many people are few.
        statistics: The fewest people of a statistic.
    """
    told = {one.who.members.tobytes(): one for one in figures if one.figure.kind == "statistic"}
    for one in told.values():
        # Who was asked no staff list says: then there are as many as the publication tells.
        told_people = (one.figure.people or 0) if one.figure.who.asked else 0
        if (people := max(int(one.who.members.sum()), told_people)) < statistics:
            reason = Hint("audit.few", people=people, group=one.who.words, fewest=statistics)
            yield _make_leak(one, one.who, people, reason)
    for one, other in combinations(told.values(), 2):
        yield from _compare_sets(one, other, k)
        yield from _compare_sets(other, one, k)


def _compare_sets(one: PlacedFigure, other: PlacedFigure, k: int) -> Iterator[Leak]:
    members = one.who.members & ~other.who.members
    if 0 < (people := int(members.sum())) < k:
        about = {"one": one.who.words, "other": other.who.words}
        without = Hint("audit.without", people=one.who.words, others=other.who.words)
        reason = Hint("audit.two_statistics", people=people, **about)
        yield _make_leak(one, NamedPeople(members, without), people, reason)


def _make_leak(one: PlacedFigure, group: NamedPeople, people: int, reason: Hint) -> Leak:
    figure, kind = one.figure, LeakKind.STATISTIC
    words = to_label(group.words)
    return Leak(figure.property, figure.period, words, people, kind, None, None, reason)
