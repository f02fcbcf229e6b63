"""The audit itself: what several publications, read together, tell of every group that can be named."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from itertools import combinations, permutations

import numpy as np
from attrs import evolve, frozen

from plfkit.arrays import Flags, Numbers
from plfkit.auditing.families import Family, PlacedFigure
from plfkit.auditing.leaks import Leak, LeakKind, to_label
from plfkit.auditing.municipalities import OwnFigures, StaffLists, split_by_municipality
from plfkit.auditing.programmes import match_alike
from plfkit.auditing.publications import PublishedFigure, PublishedFigures, read_publication
from plfkit.auditing.staff_lists import KnownStaff, NamedPeople
from plfkit.auditing.statistic_sets import find_end_leaks, find_statistic_leaks
from plfkit.auditing.subtractions import explain_narrow_count
from plfkit.auditing.witnesses import find_narrow_counts
from plfkit.graph.snapshot import snapshot
from plfkit.hints import Hint
from plfkit.model.records.organisation import Organisation
from plfkit.periods import Period
from plfkit.pieces import run_pieces
from plfkit.sources.given import Given


def audit(*paths: Given, staff: StaffLists, executor: Executor | None = None) -> tuple[Leak, ...]:
    """Find out what published figures tell of groups of people although it should stay unknown.

    All documents are read together, as one reader would who has the staff list and knows the rules. Of
    every group that level, role, unit, their intersections, and those who came or left make, it is
    computed how many people at least and at most have each property.

    Args:
        *paths: The publications' documents: JSON, or pages that carry it, each as a path, bytes or a
            stream of bytes.
        staff: The staff list: who held which position where, and when. For municipalities beside each
            other the list of each, by the name it has there: ``{"Vejle": …, "Randers": …}``. It
            is asked for one list after the other, so that it may read each when it is asked.
        executor: Where municipalities are looked at, one at a time: any `concurrent.futures.Executor`;
            here if left out. What is found is the same.

    Returns:
        What is known too well; nothing if that is nothing.

    Raises:
        InvalidDataError: A document cannot be read, or names what the staff list does not have; or
            there is no telling which staff list is whose.
        LimitError: A document is too large.
    """
    publications = [read_publication(path) for path in paths]
    municipalities = split_by_municipality(publications, staff)
    found = run_pieces(_find_own_leaks, municipalities, executor)
    return _sort_leaks([leak for leaks in found for leak in leaks])


def _find_own_leaks(own: OwnFigures) -> list[Leak]:
    """Return what is known too well of one municipality's people, with its name."""
    return [
        evolve(leak, municipality=own.name) for leak in _find_leaks(own.staff, own.publications)
    ]


def _find_leaks(staff: Organisation, publications: Sequence[PublishedFigures]) -> Sequence[Leak]:
    """Return what is known too well of one municipality's people."""
    if not publications:
        return ()
    rules = _Rules(max(one.k for one in publications), max(one.statistics for one in publications))
    lists = _read_staff_lists(staff, publications)
    placed = [
        _locate_figure(figure, lists[Period.parse(figure.period)])
        for one in publications
        for figure in one.figures
        if figure.is_about_people()
    ]
    found = [*_find_other_people(placed)]
    fitting = [
        one for one in placed if one.figure.who.asked or one.figure.people == one.who.members.sum()
    ]
    for periods in _join_periods(lists):
        own = [one for one in fitting if Period.parse(one.figure.period) in periods]
        found += _Moments({period: lists[period] for period in periods}, own).judge(rules)
    return found


@frozen
class _Rules:
    """The rules of the gate: how many people are few, and of how many a statistic is."""

    k: int
    statistics: int


def _read_staff_lists(
    staff: Organisation, publications: Sequence[PublishedFigures]
) -> dict[Period, KnownStaff]:
    texts = {
        figure.period for one in publications for figure in one.figures if figure.is_about_people()
    }
    periods = sorted({Period.parse(text) for text in texts}, key=str)
    return {period: KnownStaff(snapshot(staff, period)) for period in periods}


def _locate_figure(figure: PublishedFigure, people: KnownStaff) -> PlacedFigure:
    universe = people.find_people(figure.universe).members
    who = people.find_people(figure.who)
    return PlacedFigure(_drop_strangers(figure, int(who.members.sum())), who, universe)


def _drop_strangers(figure: PublishedFigure, known: int) -> PublishedFigure:
    """Return a count of people who were asked as one of those among them who are on the staff list.

    A survey also asks partners and others of whom no staff list says who they are: any number of them may
    have it.

    Args:
        figure: The figure.
        known: How many of its people the staff list has.
    """
    strangers = (figure.people or 0) - known
    if not figure.who.asked or strangers <= 0:
        return figure
    surely, possibly = (
        None if ends is None else (max(ends[0] - strangers, 0), min(ends[1], known))
        for ends in (figure.surely, figure.possibly)
    )
    return evolve(figure, surely=surely, possibly=possibly)


def _join_periods(periods: Mapping[Period, KnownStaff]) -> list[list[Period]]:
    """Return the periods that overlap each other, as many together as do: then they tell of the same."""
    import networkx as nx  # noqa: PLC0415 - loads slowly, and whatever others registered for it

    graph = nx.Graph()
    graph.add_nodes_from(periods)
    graph.add_edges_from((a, b) for a, b in combinations(periods, 2) if a.overlaps(b))
    return sorted((sorted(found, key=str) for found in nx.find_cliques(graph)), key=str)


def _find_other_people(placed: Sequence[PlacedFigure]) -> Iterator[Leak]:
    """Yield figures that are not about the people that the staff list gives.

    A claim is about all who worked there at some time of its period: of one that is about others than
    the staff of the reference day nothing is judged.
    """
    for one in placed:
        if one.figure.kind == "claim":
            continue
        figure, people = one.figure, int(one.who.members.sum())
        if figure.people != people and not figure.who.asked:
            reason = Hint(
                "audit.other_people", told=figure.people, people=people, group=one.who.words
            )
            yield Leak(
                figure.property,
                figure.period,
                to_label(one.who.words),
                people,
                LeakKind.PEOPLE,
                figure.people,
                figure.people,
                reason,
            )


class _Moments:
    """Periods that overlap, their staff lists and figures, with people who are alike as one atom."""

    def __init__(self, lists: Mapping[Period, KnownStaff], placed: Sequence[PlacedFigure]) -> None:
        self.lists, self.placed = lists, placed
        self.name = ", ".join(map(str, lists))
        groups = [group for one in lists.values() for group in one.list_groups()]
        groups += _list_movers(lists)
        # The first name is the plainest: all staff are mostly those of the municipality too.
        flags = {group.members.tobytes(): group for group in reversed(groups)}
        self.groups = [*reversed(flags.values())]
        rows = [group.members for group in self.groups]
        rows += [row for one in placed for row in (one.who.members, one.universe)]
        codes, first = match_alike(np.stack(rows))
        self.sizes: Numbers = np.bincount(codes)
        self.first = first

    def judge(self, rules: _Rules) -> Iterator[Leak]:
        """Yield all that is known too well."""
        for own in _group_figures(self.placed, lambda figure: figure.property).values():
            yield from find_statistic_leaks(own, rules.k, rules.statistics)
            yield from find_end_leaks(own, rules.k)
        for own in _group_figures(self.placed, PublishedFigure.name_family).values():
            yield from self.judge_family(own, rules.k)

    def judge_family(self, figures: Sequence[PlacedFigure], k: int) -> Iterator[Leak]:
        """Yield the counts of one family that are known too well."""
        atoms = [self._to_atoms(one) for one in figures]
        family = Family(atoms, self.sizes)
        programme = family.build_programme()
        counts = [*family.list_counts([self._take_atoms(group) for group in self.groups])]
        narrow = find_narrow_counts(programme, counts, k)
        if narrow is None:
            yield from self._explain_contradiction(figures, k)
        for one in narrow or ():
            yield Leak(
                one.count.about,
                self.name,
                to_label(one.count.words),
                one.count.people,
                one.count.what,
                one.least,
                one.most,
                explain_narrow_count(programme, one),
            )

    def _explain_contradiction(self, figures: Sequence[PlacedFigure], k: int) -> Iterator[Leak]:
        """Say that figures contradict each other; those of several periods are first judged apart."""
        if len(self.lists) > 1:
            for period, people in self.lists.items():
                own = [one for one in figures if Period.parse(one.figure.period) == period]
                yield from _Moments({period: people}, own).judge_family(own, k) if own else ()
            return
        figure, kind = figures[0].figure, LeakKind.CONTRADICTION
        everybody = Hint("audit.all_staff")
        size = int(self.lists[Period.parse(figure.period)].now.staff.sum())
        reason = Hint("audit.contradiction", figures=len(figures))
        yield Leak(
            figure.name_family(), self.name, to_label(everybody), size, kind, None, None, reason
        )

    def _take_atoms(self, people: NamedPeople) -> NamedPeople:
        return evolve(people, members=people.members[self.first])

    def _to_atoms(self, one: PlacedFigure) -> PlacedFigure:
        return evolve(one, who=self._take_atoms(one.who), universe=one.universe[self.first])


def _group_figures(
    placed: Sequence[PlacedFigure], name: Callable[[PublishedFigure], str]
) -> Mapping[str, list[PlacedFigure]]:
    found: Mapping[str, list[PlacedFigure]] = defaultdict(list)
    for one in placed:
        found[name(one.figure)].append(one)
    return found


def _list_movers(lists: Mapping[Period, KnownStaff]) -> Iterator[NamedPeople]:
    """Yield those of each group who are not in it in another period: they came or left."""
    for (before, one), (after, other) in permutations(lists.items(), 2):
        theirs: dict[str, Flags] = {str(g.words): g.members for g in other.list_groups()}
        for group in one.list_groups():
            gone = theirs.get(str(group.words), np.zeros_like(group.members))
            about = {"one": str(before), "other": str(after)}
            words = Hint("audit.only_in", people=group.words, **about)
            yield NamedPeople(group.members & ~gone, words)


def _sort_leaks(found: Sequence[Leak]) -> tuple[Leak, ...]:
    """Sort leaks, each once."""
    keys = {
        (leak.municipality or "", leak.property, leak.period, leak.what, leak.sentence("en")): leak
        for leak in found
    }
    return tuple(keys[key] for key in sorted(keys))
