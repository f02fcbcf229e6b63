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
from plfkit.disclosure.ends import (
    find_bounds,
    find_mean_beside,
    has_range_of_all,
    is_change,
    is_near_ends,
    limit_ends,
    list_near_ends,
)
from plfkit.disclosure.properties import name_property, write_call
from plfkit.disclosure.publication import Publication, ToldStatistic, is_of_two_periods
from plfkit.disclosure.recording import record_hidden, record_statistic
from plfkit.disclosure.rounding import round_figure
from plfkit.disclosure.rules import hide_figure
from plfkit.goals.years import Rates
from plfkit.model.results.facts import Facts, PeopleSet, mark_persons
from plfkit.model.results.figures import Figure
from plfkit.model.results.result import Result
from plfkit.model.words.closed import Sight
from plfkit.model.words.intervals import IntervalMethod
from plfkit.model.words.reasons import Reason

_TAKEN_AS = frozenset({"null", "reconstruct"})
"""What unobserved ties are taken as so that there is a value whoever answered."""


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
        and not _has_telling_value(result, figure, answered)
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


def _has_telling_value(result: Result, figure: Figure, answered: Span | None) -> bool:
    """Tell whether that a figure has a value, or why it has none, says who answered or that nobody has ties.

    What rests on a maximum has a value only where everybody answered. Of no ties nothing is a share, and
    where some did not answer that share may be anything.
    """
    if result.relation is None:
        return False
    unknown = answered is not None and answered[0] < answered[1]
    if result.extreme and unknown and result.missing not in _TAKEN_AS:
        return True
    if figure.value is not None:
        return False
    reason = Reason.find_word(figure.reason)
    if reason is not Reason.SOME_DID_NOT_ANSWER:
        return reason in {Reason.NO_TIES, Reason.NO_TWO_PATHS}
    return unknown or (figure.lower, figure.upper) == find_bounds(result, figure)


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
        told = evolve(_drop_widths(told, result), response_rate=None)
    else:
        told = evolve(told, response_rate=round(answered[0] / size, 3))
    if figure.from_ is not None or figure.to is not None:
        told = _drop_widths(told, result)
    if _have_few_changed(result, figure, publication):
        told = evolve(told, interval_lower=None, interval_upper=None, p_value=None, p_adjusted=None)
    ranged = figure.value is not None and figure.lower is not None
    # Of a range that is there only where everybody answered it would say that they did.
    if ranged and told.lower is None and not has_range_of_all(result, figure):
        told = evolve(told, reason=Reason.RANGE_WITHHELD)
    return _limit_near_ends(result, figure, told, answered, publication)


def _limit_near_ends(
    result: Result, figure: Figure, told: Figure, answered: Span | None, publication: Publication
) -> Figure:
    """Return a figure as a class where it lies near an end of its scale.

    That nobody's answer differs says beside such a class where in it the mean lies, so how far answers lie
    apart goes with it. Where scales differ nobody knows of which one a group's figure is.
    """
    if is_of_two_periods(result.at) and not is_change(figure):
        return told  # a range of how far it changed, where neither year has a figure
    size = told.n or 0
    mean = find_mean_beside(result, figure) or figure
    scales = list_near_ends(result, mean, size, answered, publication.floor.k)
    if mean is figure and len(scales) == 1:
        return limit_ends(figure, told, scales[0])
    if any(is_near_ends(mean, scale) for scale in scales):
        return hide_figure(figure, Reason.WITHHELD, n=size)
    return told


def _drop_widths(figure: Figure, result: Result) -> Figure:
    """Return a figure without what is wider the fewer answered: its range, its interval, chance's spread.

    Of 20 people who each name one colleague an interval of 0.039 to 0.071 says that 15 answered, and one
    of 0.037 to 0.074 that 14 did. So does the p of a change that follows from its interval.
    """
    widths = ["lower", "upper", "observed", "interval_lower", "interval_upper", "sd", "z"]
    if result.interval == IntervalMethod.PAIRS:
        # A change of 0.1 with a p of 0.05 among 20 people has an interval of 0 to 0.2.
        widths += ["p_value", "p_adjusted"]
    return evolve(figure, **dict.fromkeys(widths))


def _have_few_changed(result: Result, figure: Figure, publication: Publication) -> bool:
    """Tell whether so few people answered otherwise than before that chance and spread would say it.

    A p of 1, or an interval that is hardly wider than nothing, says of each of the others that they did not.
    """
    if result.facts is None or result.facts.changed is None:
        return False
    return result.facts.changed.get(figure.part, 0) < publication.floor.k
