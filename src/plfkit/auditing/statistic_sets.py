"""Statistics, which count nothing: how many they are of, how their sets differ, and those at an end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from plfkit.auditing.families import PlacedFigure
from plfkit.auditing.leaks import Leak, LeakKind, to_label
from plfkit.auditing.publications import PublishedFigure
from plfkit.auditing.staff_lists import NamedPeople
from plfkit.hints import Hint

_OF_PAIRS = frozenset({"density", "block_density"})
"""Measures of all pairs of people, as the reference of measures has them."""


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


def find_end_leaks(figures: Sequence[PlacedFigure], k: int) -> Iterator[Leak]:
    """Yield the statistics told to lie at the very end of what they can be: nothing, or all.

    A mean of no ties says of each that they have none. A share of many people, or of all pairs of them, is
    rounded so far that k others are as good as nothing.

    Args:
        figures: The figures of one property.
        k: How many people are few.
    """
    for one in figures:
        figure = one.figure
        if figure.kind != "statistic" or figure.ends is None or figure.value not in figure.ends:
            continue
        if figure.value is not None and _count_rounded(figure) < k:
            reason = Hint("audit.at_end", value=figure.value, group=one.who.words)
            yield _make_leak(one, one.who, figure.people or 0, reason)


def _count_rounded(figure: PublishedFigure) -> float:
    """Count the people, or pairs of them, that rounding leaves open beside an end."""
    people = figure.people or 0
    units = people * (people - 1) if figure.measure in _OF_PAIRS else people
    # Shares have three decimals; 1.00 on a scale of answers is anything below 1.005; 0 is 0.
    step = 0.0005 if figure.ends == (0.0, 1.0) else 0.005 if figure.value else 0.0
    return step * units


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
