"""Figures that are no counts of people: means, densities, shares of ties.

They are told of the whole, and of groups that differ from one another, and from all that was told of the
same before, by nobody or by at least k people. Every group has enough people, by the staff list, and of
who answered is told that they are k or more. Near nothing and near everything a band stands for the
figure: a density of 0 would say of each that they ask nobody. The band holds all that the figure could be
had everybody answered, or is not told.
"""

from __future__ import annotations

from attrs import evolve

from plfkit.arrays import Flags
from plfkit.disclosure.classes import Span, find_total_class
from plfkit.disclosure.properties import name_property, write_call
from plfkit.disclosure.publication import Publication, ToldStatistic
from plfkit.disclosure.recording import record_hidden, record_statistic
from plfkit.disclosure.rounding import round_figure
from plfkit.disclosure.rules import hide_figure, tell_end_class
from plfkit.goals.years import Rates
from plfkit.model.results.facts import Facts, PeopleSet, mark_persons
from plfkit.model.results.figures import Figure
from plfkit.model.results.result import Result
from plfkit.model.words.closed import Sight
from plfkit.model.words.reasons import Reason

_PAIRS = frozenset({"density", "block_density"})
"""Measures whose shares are of all pairs of people; those of all others are of fewer ties, or people."""

_OF_SHARES = frozenset({"ei_index"})
"""Measures whose index from −1 to 1 is a share on another scale."""


def release_statistics(result: Result, facts: Facts, publication: Publication) -> list[Figure]:
    """Return the figures of a result that is no count of people, as far as they are told."""
    return [_tell_statistic(result, figure, facts, publication) for figure in result.figures]


def _tell_statistic(
    result: Result, figure: Figure, facts: Facts, publication: Publication
) -> Figure:
    reason = Reason.find_word(figure.reason)
    if reason is not None and reason.sight is Sight.ANYBODY:
        return hide_figure(figure, reason)
    people = facts.find_everybody() if figure.part is None else facts.sets.get(figure.part)
    if people is None:
        return _withhold_statistic(result, figure, None, publication)
    words = write_call("", people.who)
    label = (figure.part, figure.from_, figure.to, figure.figure, words)
    of, persons = name_property(result), mark_persons(facts.staff, people.persons)
    publication.recall_statistics(of, facts.staff)
    answered = _find_answered(result, figure, persons, publication)
    before = publication.find_statistic(of, label)
    if before is not None:
        return _record_told(result, before, people, answered, publication)
    if not (
        publication.may_tell_statistic(of, persons)
        and _may_tell_groups(result, figure, publication)
        and _have_enough_answered(figure, answered, publication)
    ):
        return _withhold_statistic(result, figure, people, publication)
    told = _limit_figure(result, figure, len(people), answered, publication)
    publication.statistics.append(ToldStatistic(of, label, persons, told))
    return _record_told(result, told, people, answered, publication)


def _record_told(
    result: Result,
    told: Figure,
    people: PeopleSet,
    answered: Span | None,
    publication: Publication,
) -> Figure:
    """Record what is told; a class that cannot hold the range is not, though its people are spoken of."""
    if told.reason == Reason.WITHHELD:
        return _withhold_statistic(result, told, people, publication)
    return record_statistic(publication, result, told, people, answered)


def _withhold_statistic(
    result: Result, figure: Figure, people: PeopleSet | None, publication: Publication
) -> Figure:
    few = people is not None and len(people) < publication.floor.statistics
    publication.small += few
    publication.others += not few
    return record_hidden(publication, result, figure, people)


def _find_answered(
    result: Result, figure: Figure, persons: Flags, publication: Publication
) -> Span | None:
    """Return how many of some people answered, as far as is told; None where nobody knows.

    Whose answers lead to nobody are counted for the whole alone.
    """
    told = publication.tell_answered(result)
    if told is not None and not (persons & ~told.plan.universe).any():
        return told.find_spans(persons)[0]
    size, k = int(persons.sum()), publication.floor.k
    if result.relation is not None or figure.part is not None or figure.n is None:
        return None
    return find_total_class(min(figure.n, size), (0, size), size=size, k=k) if size else None


def find_told_rates(result: Result, publication: Publication) -> Rates | None:
    """Return between what the response rate of the whole lies, as far as is told; None if nothing is."""
    figure, facts = result.main, result.facts
    if figure is None or figure.response_rate is None or facts is None or facts.communal:
        return None
    people = facts.find_everybody()
    persons = mark_persons(facts.staff, people.persons)
    answered = _find_answered(result, figure, persons, publication)
    return None if answered is None else (answered[0] / len(people), answered[1] / len(people))


def _have_enough_answered(figure: Figure, answered: Span | None, publication: Publication) -> bool:
    """Tell whether enough people answered, by what is told of it; else by their number."""
    k = publication.floor.k
    if answered is not None:
        return answered[0] >= k
    # Whose answers lead to nobody are counted in steps too, so that what is told is no exact number.
    return figure.n is not None and figure.n // (k + 2) * (k + 2) >= k


def _may_tell_groups(result: Result, figure: Figure, publication: Publication) -> bool:
    """Tell whether no group is too small that ties run between, nor those left out together."""
    k, ends = publication.floor.k, {figure.from_, figure.to} - {None}
    # The greatest of a school, or of a pair of groups, is one person's figure.
    if result.extreme and (figure.part is not None or ends):
        return False
    sizes = {group: n for (part, group), n in result.sizes.items() if part == figure.part}
    hidden = {group for group, size in sizes.items() if size < k}
    left = [size for size in sizes.values() if size >= k]
    # What is not told of one group of four follows from the whole: a second one goes with it.
    if hidden and left and sum(sizes[group] for group in hidden) < k:
        smallest = min(left)
        hidden |= {next(group for group, size in sizes.items() if size == smallest)}
    return not (hidden & ends if ends else hidden)


def _limit_figure(
    result: Result,
    figure: Figure,
    size: int,
    answered: Span | None,
    publication: Publication,
) -> Figure:
    """Return a figure without its counts, as a band near its ends.

    Its range stays only where it is told exactly how many answered, and so does all that is wider the
    fewer did: how wide it is would say it. Of ties between groups it never stays, for of each group it
    is not told how many did.
    """
    told = evolve(round_figure(figure, result), numerator=None, denominator=None, n=size)
    if result.facts is not None and result.facts.communal:
        told = evolve(told, response_rate=None)
    elif answered is None or answered[0] < answered[1]:
        told = evolve(_drop_widths(told), response_rate=None)
    else:
        told = evolve(told, response_rate=round(answered[0] / size, 3))
    if figure.from_ is not None or figure.to is not None:
        told = _drop_widths(told)
    if _have_few_changed(result, figure, publication):
        told = evolve(told, interval_lower=None, interval_upper=None, p_value=None, p_adjusted=None)
    if figure.value is not None and figure.lower is not None and told.lower is None:
        told = evolve(told, reason=Reason.RANGE_WITHHELD)
    if figure.before is not None:
        return told
    edge = _find_edge(result, figure, size, publication.floor.k)
    if result.measure in _OF_SHARES:
        return _turn_to_index(_limit_ends(_turn_to_share(figure), _turn_to_share(told), edge))
    return _limit_ends(figure, told, edge) if result.scale_of(figure) == "share" else told


def _limit_ends(figure: Figure, told: Figure, edge: float) -> Figure:
    """Return a share as a band where it lies near nothing or near all, its range told no nearer."""
    ends = (told.lower, told.upper) if figure.value is None else (figure.value, figure.value)
    if ends[0] is not None and ends[1] is not None:
        near = (0.0, edge) if ends[1] < edge else (1 - edge, 1.0) if ends[0] > 1 - edge else None
        if near is not None:
            return tell_end_class(figure, told, near)
    lower, upper = (_move_from_ends(end, edge) for end in (told.lower, told.upper))
    return evolve(told, lower=lower, upper=upper)


def _turn_to_share(figure: Figure) -> Figure:
    """Return an index from −1 to 1 as the share that it stands for: E–I of −1 is no tie that leaves."""
    value, lower, upper = (
        None if one is None else (1 + one) / 2 for one in (figure.value, figure.lower, figure.upper)
    )
    return evolve(figure, value=value, lower=lower, upper=upper)


def _turn_to_index(figure: Figure) -> Figure:
    """Return such a share as the index again."""
    value, lower, upper = (
        None if one is None else round(2 * one - 1, 3)
        for one in (figure.value, figure.lower, figure.upper)
    )
    return evolve(figure, value=value, lower=lower, upper=upper)


def _drop_widths(figure: Figure) -> Figure:
    """Return a figure without what is wider the fewer answered: its range, its interval, chance's spread.

    Of 20 people who each name one colleague an interval of 0.039 to 0.071 says that 15 answered, and one
    of 0.037 to 0.074 that 14 did.
    """
    intervals = {"interval_lower": None, "interval_upper": None, "sd": None, "z": None}
    return evolve(figure, lower=None, upper=None, observed=None, **intervals)


def _have_few_changed(result: Result, figure: Figure, publication: Publication) -> bool:
    """Tell whether so few people answered otherwise than before that chance and spread would say it.

    A p of 1, or an interval that is hardly wider than nothing, says of each of the others that they did not.
    """
    if result.facts is None or result.facts.changed is None:
        return False
    return result.facts.changed.get(figure.part, 0) < publication.floor.k


def _find_edge(result: Result, figure: Figure, size: int, k: int) -> float:
    """Return how near to nothing, or to all, a share is told as a band: k people, or k pairs of them."""
    heads = max(min(size, figure.n or size), 1)
    if result.measure not in _PAIRS:
        return round(min(k / heads, 0.5), 3)
    ends = [
        group_size
        for (part, group), group_size in result.sizes.items()
        for end in (figure.from_, figure.to)
        if part == figure.part and group == end
    ]
    pairs = ends[0] * ends[1] if len(ends) > 1 and figure.from_ != figure.to else 0
    if figure.from_ is not None and figure.from_ == figure.to and ends:
        pairs = ends[0] * (ends[0] - 1)
    return round(min(k / max(pairs or heads * (heads - 1), 1), 0.5), 3)


def _move_from_ends(end: float | None, edge: float) -> float | None:
    """Return an end of a range that says nothing of the last few people: 0.01 of 45 is told as 0."""
    if end is None:
        return None
    return 0.0 if end < edge else 1.0 if end > 1 - edge else end
