"""Scorecards and comparisons as they may be seen, put together again from what is told of their results."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import evolve

from plfkit.disclosure.beside import tell_refusal
from plfkit.disclosure.claims import release_claim
from plfkit.disclosure.publication import Publication
from plfkit.disclosure.released_results import name_joined_groups, release_result
from plfkit.disclosure.trends import release_breaks
from plfkit.goals.comparing import Comparison
from plfkit.goals.divisions import settle_parts
from plfkit.goals.scorecard import IndicatorOutcome, Overview, OverviewYear, Scorecard
from plfkit.goals.verdicts import drop_registered_range, judge_figure
from plfkit.model.results.figures import Figure
from plfkit.model.results.result import Result
from plfkit.model.words.reasons import Reason
from plfkit.model.words.verdicts import Verdict


def release_compared(comparison: Comparison, publication: Publication) -> Comparison:
    """Return a comparison as it may be seen."""
    figures = tuple(
        evolve(
            figure,
            outcomes={
                name: release_indicator(one, publication) for name, one in figure.outcomes.items()
            },
        )
        for figure in comparison.figures
    )
    return evolve(comparison, figures=figures)


def release_card(card: Scorecard, publication: Publication) -> Scorecard:
    """Return a scorecard as it may be seen; names are those of groups that are told together too."""
    levels = {figure.part for figure in card.overview.coverage_by_level}
    goals = tuple(
        evolve(goal, indicators=tuple(release_indicator(o, publication) for o in goal.indicators))
        for goal in card.goals
    )
    return evolve(
        card,
        goals=goals,
        description=tuple(release_indicator(outcome, publication) for outcome in card.description),
        claims=tuple(release_claim(claim, publication) for claim in card.claims),
        overview=_release_overview(card.overview, publication),
        is_released=True,
        names={**card.names, **name_joined_groups(publication, card.names, levels)},
    )


def _release_overview(overview: Overview, publication: Publication) -> Overview:
    *earlier, now = overview.years
    released = evolve(
        overview,
        learning=release_result(overview.learning, publication),
        coverage=release_result(overview.coverage, publication),
        coverage_by_level=release_result(overview.coverage_by_level, publication),
        coverage_by_school=release_result(overview.coverage_by_school, publication),
        anchoring_by_school=release_result(overview.anchoring_by_school, publication),
        answered=_release_relations(overview.answered, publication),
        answered_by_school=_release_relations(overview.answered_by_school, publication),
        data_by_school=release_result(overview.data_by_school, publication),
    )
    # This year's coverage is told above, and a figure stands in a publication once.
    this_year = _release_year(now, released.coverage_by_school, publication)
    before = [
        _release_year(year, release_result(year.coverage_by_school, publication), publication)
        for year in earlier
    ]
    return evolve(released, years=(*before, this_year))


def _release_year(
    year: OverviewYear, coverage_by_school: Result, publication: Publication
) -> OverviewYear:
    return evolve(
        year,
        communities=release_result(year.communities, publication),
        coverage_by_school=coverage_by_school,
        rhythm_by_school=release_result(year.rhythm_by_school, publication),
        rhythm=release_result(year.rhythm, publication),
        events=release_result(year.events, publication),
        contacts=_release_relations(year.contacts, publication),
    )


def _release_relations(
    results: Mapping[str, Result], publication: Publication
) -> dict[str, Result]:
    return {relation: release_result(one, publication) for relation, one in results.items()}


def release_indicator(outcome: IndicatorOutcome, publication: Publication) -> IndicatorOutcome:
    """Release an indicator; its verdict is worked out again from what is told of its figure."""
    result = None if outcome.result is None else release_result(outcome.result, publication)
    parts = None if outcome.parts is None else release_result(outcome.parts, publication)
    years = [release_result(point.result, publication) for point in outcome.trend]
    named = outcome.indicator.measure
    trend = tuple(
        evolve(point, refusal=tell_refusal(point.refusal, named))
        for point in release_breaks(outcome.trend, years, publication)
    )
    detail = outcome.detail
    if outcome.reason == Reason.REFUSED:
        detail = tell_refusal(detail, named)
    released = evolve(outcome, result=result, parts=parts, trend=trend, detail=detail)
    if result is None:
        return released
    if parts is not None:
        return _judge_released_parts(released)
    figure = released.figure
    if figure is None:
        return released
    if figure.reason == Reason.WITHHELD:
        return evolve(released, verdict=None, reason=Reason.WITHHELD, missing=())
    return evolve(released, verdict=_judge_released(figure, result, outcome.verdict, outcome))


def _judge_released_parts(outcome: IndicatorOutcome) -> IndicatorOutcome:
    """Judge the parts of an indicator from what is told of them; those not told have no verdict."""
    if not outcome.part_verdicts or outcome.parts is None:
        return outcome
    figures, result = outcome.part_figures, outcome.parts
    hidden = Figure(reason=Reason.WITHHELD)
    verdicts = {
        part: _judge_released(figures.get(part, hidden), result, verdict, outcome)
        for part, verdict in outcome.part_verdicts.items()
    }
    # A hidden part counts as what could be said of it whatever its figure is.
    known = [
        judge_figure(hidden, outcome.indicator, outcome.mark) if verdict is None else verdict
        for verdict in verdicts.values()
    ]
    settled = settle_parts(known, outcome.indicator)
    # Small parts that are told together have a figure together, and no verdict.
    told = {part: verdicts.get(part) for part in figures}
    return evolve(outcome, part_verdicts=told, verdict=settled)


def _judge_released(
    figure: Figure, result: Result, verdict: Verdict | None, outcome: IndicatorOutcome
) -> Verdict | None:
    """Return what a figure says of its target as it is told."""
    if verdict is None or not verdict.tells:
        return verdict
    if figure.reason == Reason.WITHHELD:
        return None
    sure = drop_registered_range(figure, result.range_kind)
    return judge_figure(sure, outcome.indicator, outcome.mark)
