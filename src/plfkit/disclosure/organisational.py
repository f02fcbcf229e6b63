"""Figures of units, communities and meetings: public, but for what would tell of a few people."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import evolve

from plfkit.disclosure.publication import Publication
from plfkit.disclosure.recording import record_hidden, record_statistic
from plfkit.disclosure.rounding import round_figure
from plfkit.disclosure.rules import release_figure
from plfkit.graph.places import measure_places
from plfkit.model.results.facts import Facts
from plfkit.model.results.figures import Figure
from plfkit.model.results.result import Result
from plfkit.model.words.figure_classes import FigureClass
from plfkit.model.words.reasons import Reason

_Key = tuple[str | None, str | None]
"""The part and the name of a figure."""


def release_plain(result: Result, publication: Publication) -> list[Figure]:
    """Return figures that say nothing of whom they speak, or speak of nobody, as far as they are told."""
    if _is_word_of_few(result):
        return _hide_all(result, publication)
    return [
        _record_plain(publication, result, release_figure(figure, result, publication.floor))
        for figure in result.figures
    ]


def release_places(result: Result, facts: Facts, publication: Publication) -> list[Figure]:
    """Return figures of places: where few people are, only communities of the unit's own count."""
    if _is_word_of_few(result):
        return _hide_all(result, publication)
    rows = []
    for figure in result.figures:
        cells = (facts.places or {}).get((figure.part, figure.figure), ())
        told = figure
        if figure.reason != Reason.NOT_REGISTERED or figure.value is not None:
            drawn = measure_places(cells, facts.silence, fewest=_find_fewest(publication))
            told = evolve(drawn, part=figure.part, figure=figure.figure)
        rows.append(_record_plain(publication, result, round_figure(evolve(told, n=None), result)))
    return rows


def release_community_counts(
    result: Result, heads: Mapping[_Key, int], publication: Publication
) -> list[Figure]:
    """Return how many communities stand on levels; on one of few people only whether any does.

    A team stands on the leaders' level if enough leaders are in it: of three teams at a school of four
    leaders two would tell of these four.
    """
    if _is_word_of_few(result):
        return _hide_all(result, publication)
    return [
        _record_plain(
            publication,
            result,
            _tell_presence(figure)
            if heads[figure.part, figure.figure] < _find_fewest(publication)
            else figure,
        )
        for figure in result.figures
    ]


def _tell_presence(figure: Figure) -> Figure:
    """Return a count as none, or as at least one: a band without an upper end."""
    if figure.upper is None or not figure.upper:
        return figure
    told = evolve(figure, value=None, lower=min(figure.lower or 0.0, 1.0), upper=None)
    return told if figure.value is None else evolve(told, reason=Reason.BAND)


def _is_of_assessments(result: Result) -> bool:
    """Tell whether what counts as a community depends on what communities answered of themselves."""
    return result.call.get("basis") in {"learning", "self_assessed", "either"}


def _is_word_of_few(result: Result) -> bool:
    """Tell whether figures tell what a unit's communities said: its only team of leaders is two people."""
    public = result.figure_class is FigureClass.ORGANISATIONAL
    return public and result.by is not None and _is_of_assessments(result)


def _hide_all(result: Result, publication: Publication) -> list[Figure]:
    publication.small += len(result)
    return [record_hidden(publication, result, figure, None) for figure in result.figures]


def _record_plain(publication: Publication, result: Result, figure: Figure) -> Figure:
    if figure.reason == Reason.WITHHELD:
        publication.small += 1
        return record_hidden(publication, result, figure, None)
    return record_statistic(publication, result, figure, None, None)


def _find_fewest(publication: Publication) -> int:
    """Return from how many people on a level it tells of none of them what communities it has."""
    return 2 * publication.floor.k - 1
