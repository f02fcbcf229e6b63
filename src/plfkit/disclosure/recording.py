"""What is published of each figure, as plain values: the rows of a publication's document."""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite
from typing import Any

from plfkit.disclosure.classes import Span
from plfkit.disclosure.ends import find_bounds
from plfkit.disclosure.properties import Property, name_property
from plfkit.disclosure.publication import Publication, ToldProperty
from plfkit.disclosure.rules import hide_figure
from plfkit.model.results.facts import PeopleSet, Who
from plfkit.model.results.figures import Figure
from plfkit.model.results.result import Result
from plfkit.model.words.figure_classes import FigureClass
from plfkit.model.words.reasons import Reason

COUNT, STATISTIC, PUBLIC, HIDDEN = "count", "statistic", "organisational", "withheld"
CLAIM, STANDING = "claim", "standing"
"""Kinds of what is told."""
ToldSpans = tuple[int, Span, Span]
"""Of how many people is told, how many of them surely have something, and how many may."""


def record_count(
    publication: Publication,
    result: Result,
    figure: Figure,
    people: PeopleSet | None,
    told: ToldProperty,
    spans: tuple[Span, Span] | None,
) -> Figure:
    """Record what is told of a count of people, and return the figure; without spans nothing is."""
    if spans is None:
        return record_hidden(publication, result, figure, people)
    count = None if result.facts is None else result.facts.count
    publication.figures.append(
        {
            **_describe_figure(result, figure, told.of),
            "universe": {} if count is None else describe_who(count.universe.who),
            "who": describe_who({} if people is None else people.who),
            "people": None if people is None else len(people),
            "kind": COUNT,
            "surely": list(spans[0]),
            "possibly": list(spans[1]),
            "own_answers": count is not None and count.own_answers,
        }
    )
    return figure


def record_standing(
    publication: Publication,
    result: Result,
    figure: Figure,
    told: ToldProperty,
    spans: tuple[Span, Span],
) -> Figure:
    """Record a count that stands as it was told before, of the people of that time, and return it."""
    publication.figures.append(
        {
            **_describe_figure(result, figure, told.of),
            "people": figure.n,
            "kind": STANDING,
            "surely": list(spans[0]),
            "possibly": list(spans[1]),
            "told_on": told.told_on,
        }
    )
    return figure


def record_statistic(
    publication: Publication,
    result: Result,
    figure: Figure,
    people: PeopleSet | None,
    answered: Span | None,
) -> Figure:
    """Record what is told of a figure that is no count of people, and return the figure."""
    publication.figures.append(
        {
            **_describe_figure(result, figure, name_property(result)),
            "who": describe_who({} if people is None else people.who),
            "people": None if people is None else len(people),
            "kind": PUBLIC if result.figure_class is FigureClass.ORGANISATIONAL else STATISTIC,
            "from": figure.from_,
            "to": figure.to,
            "value": figure.value,
            "lower": figure.lower,
            "upper": figure.upper,
            "answered": None if answered is None else list(answered),
            "ends": _find_plain_ends(result, figure),
        }
    )
    return figure


def _find_plain_ends(result: Result, figure: Figure) -> list[float | None] | None:
    """Return between what a figure can lie at all; None for no most, and for changes of one."""
    bounds = None if figure.before is not None else find_bounds(result, figure)
    return None if bounds is None else [end if isfinite(end) else None for end in bounds]


def record_hidden(
    publication: Publication, result: Result, figure: Figure, people: PeopleSet | None
) -> Figure:
    """Record that a figure is not told, and return it empty."""
    publication.figures.append(
        {
            **_describe_figure(result, figure, name_property(result)),
            "who": describe_who({} if people is None else people.who),
            "people": None if people is None else len(people),
            "kind": HIDDEN,
        }
    )
    return hide_figure(figure, Reason.WITHHELD, n=None if people is None else len(people))


def record_claim(
    publication: Publication, told: ToldProperty, who: Who, part: str | None, spans: ToldSpans
) -> None:
    """Record what is told of those who bear out a claim: of all whom it is about, or of a unit's.

    Args:
        publication: Where.
        told: What is told of them.
        who: Of whom, in public words.
        part: The unit; None for all.
        spans: What is told of these.
    """
    size, surely, possibly = spans
    publication.figures.append(
        {
            **_describe_claim(told.of.name, told.of.period),
            "part": part,
            "family": None if told.of.threshold is None else told.of.family,
            "threshold": told.of.threshold,
            "universe": describe_who(told.who),
            "who": describe_who(who),
            "people": size,
            "kind": CLAIM,
            "surely": list(surely),
            "possibly": list(possibly),
            "own_answers": False,
        }
    )


def record_hidden_claim(publication: Publication, name: str, period: str) -> None:
    """Record that nothing is told of a claim about people."""
    publication.figures.append({**_describe_claim(name, period), "people": None, "kind": HIDDEN})


def _describe_claim(name: str, period: str) -> dict[str, Any]:
    return {
        "measure": "claim",
        "arguments": {},
        "period": period,
        "part": None,
        "figure": None,
        "class": FigureClass.PARTICIPATION,
        "property": name,
        "family": None,
        "threshold": None,
    }


def describe_who(who: Who) -> dict[str, list[str]]:
    """Return a set of people in public words, every kind of word named."""
    return {key: list(who.get(key, ())) for key in ("of", "at", "not_of", "teaches", "asked")}


def _describe_figure(result: Result, figure: Figure, of: Property) -> dict[str, Any]:
    return {
        "measure": result.measure,
        "arguments": _list_plain_arguments(result.call),
        "period": of.period,
        "part": figure.part,
        "figure": figure.figure,
        "class": result.figure_class,
        "property": of.name,
        "family": None if of.family == of.name else of.family,
        "threshold": of.threshold,
        "kinds": None if of.kinds is None else sorted(of.kinds),
    }


def _list_plain_arguments(call: Mapping[str, Any]) -> dict[str, Any]:
    """Return arguments as JSON has them; what was left out and is nothing is not named."""
    return {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in sorted(call.items())
        if value is not None
    }
