"""Counts of people: what is told of those who have something, among some people."""

from __future__ import annotations

import numpy as np
from attrs import evolve

from plfkit.disclosure.classes import Span
from plfkit.disclosure.plans import ToldSet
from plfkit.disclosure.publication import Publication, ToldProperty
from plfkit.disclosure.recording import record_count, record_standing
from plfkit.disclosure.rounding import round_by_scale
from plfkit.disclosure.rules import hide_figure
from plfkit.model.results.facts import Facts, PeopleSet, mark_persons
from plfkit.model.results.figures import Figure
from plfkit.model.results.result import Result
from plfkit.model.words.closed import Sight
from plfkit.model.words.reasons import Reason


def release_counts(
    result: Result,
    facts: Facts,
    universe: PeopleSet,
    told: ToldProperty,
    publication: Publication,
) -> list[Figure]:
    """Return the figures of a result that counts people, as far as they are told.

    Groups that are joined because they are small have one figure together.
    """
    if told.stands_for(mark_persons(facts.staff, universe.persons), universe.who):
        standing = [_tell_standing(result, one, told, publication) for one in result.figures]
        # Groups that are told together stand together, once.
        return list({row.part: row for row in standing}.values())
    figures: list[Figure] = []
    joined = {
        label: one.labels for one in told.plan.sets if len(one.labels) > 1 for label in one.labels
    }
    for figure in result.figures:
        people = facts.sets.get(figure.part)
        labels = joined.get(figure.part or "", ())
        if labels and people is not None and _are_all_of_set(people, figure.part, told, facts):
            (one,) = (one for one in told.plan.sets if one.labels == labels)
            if all(figure.part != one.key for figure in figures):
                figures.append(_tell_joined(result, figure, one, told, publication))
            continue
        figures.append(_tell_counted_figure(result, figure, people, told, publication))
    return figures


def _tell_standing(
    result: Result, figure: Figure, told: ToldProperty, publication: Publication
) -> Figure:
    """Return a figure as it was told before, of people some of whom have come or left since."""
    found = told.find_standing_spans(figure.part)
    if found is None:
        publication.others += 1
        return record_count(publication, result, figure, None, told, None)
    size, spans = found
    publication.standing += 1
    joined = told.find_set(figure.part)
    part = figure.part if joined is None else joined.key
    before = evolve(figure, part=part, value=None, reason=Reason.BAND)
    shown = _build_told_figure(before, size, spans)
    return record_standing(publication, result, shown, told, spans)


def _are_all_of_set(people: PeopleSet, part: str | None, told: ToldProperty, facts: Facts) -> bool:
    """Tell whether a part is a level or place itself, and not some of its people."""
    sets = {
        **facts.staff.levels,
        **{k: v for one in facts.staff.places.values() for k, v in one.items()},
    }
    whole = sets.get(part or "")
    if whole is None:
        return False
    inside = whole[told.plan.universe[whole]]
    return len(inside) == len(people) and bool((inside == people.persons).all())


def _tell_joined(
    result: Result, figure: Figure, one: ToldSet, told: ToldProperty, publication: Publication
) -> Figure:
    """Return the figure of several small groups together."""
    facts = result.facts
    levels = () if facts is None else facts.staff.levels
    universe = {} if facts is None or facts.count is None else facts.count.universe.who
    key = "of" if figure.part in levels else "at"
    people = PeopleSet(one.persons, {**universe, key: one.labels})
    return _tell_counted_figure(result, evolve(figure, part=one.key), people, told, publication)


def _tell_counted_figure(
    result: Result,
    figure: Figure,
    people: PeopleSet | None,
    told: ToldProperty,
    publication: Publication,
) -> Figure:
    """Return what is told of one figure: itself, a class, or nothing."""
    reason = Reason.find_word(figure.reason)
    if reason is not None and reason.sight is Sight.ANYBODY and figure.lower is None:
        return hide_figure(figure, reason, n=None if people is None else len(people))
    if people is not None and not len(people):
        return hide_figure(figure, figure.reason, n=0)
    if people is None:
        publication.others += 1
        return record_count(publication, result, figure, None, told, None)
    persons = np.zeros_like(told.plan.universe)
    persons[people.persons] = True
    size = len(people)
    # Two classes do not fit into so few people; of others nothing is told, whatever might follow.
    few = size < 2 * told.plan.width - 1
    if few or not told.plan.may_tell_of(persons):
        publication.small += few
        publication.others += not few
        return record_count(publication, result, figure, people, told, None)
    spans = told.find_spans(persons)
    shown = _build_told_figure(figure, size, spans)
    return record_count(publication, result, shown, people, told, spans)


def _build_told_figure(figure: Figure, size: int, spans: tuple[Span, Span]) -> Figure:
    """Return a figure with exact ends where both are told exactly; else the class it lies in."""
    (least, surely), (possibly, most) = spans
    told = Figure(part=figure.part, figure=figure.figure, n=size)
    lower, upper = (round_by_scale(end / size, "share") for end in (least, most))
    if least != surely or possibly != most:
        return evolve(told, lower=lower, upper=upper, denominator=size, reason=Reason.BAND)
    if least == most:
        return evolve(
            told,
            value=lower,
            lower=lower,
            upper=upper,
            numerator=least,
            denominator=size,
            observed=1.0,
        )
    value = round_by_scale(figure.value, "share")
    known = round_by_scale(1 - (most - least) / size, "share")
    return evolve(told, value=value, lower=lower, upper=upper, observed=known, reason=figure.reason)
