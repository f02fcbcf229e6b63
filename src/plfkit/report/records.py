"""Results and scorecards as documents: what the command line prints as JSON."""

from __future__ import annotations

from typing import Any, Protocol

from attrs import asdict

from plfkit.goals.comparing import Comparison
from plfkit.goals.scorecard import (
    ClaimOutcome,
    GoalOutcome,
    IndicatorOutcome,
    Scorecard,
    TrendPoint,
)
from plfkit.hints import LANGUAGES
from plfkit.model.declared.declarations import MeasureInfo
from plfkit.model.declared.standards import STANDARD_KEYS
from plfkit.model.results.figures import Figure
from plfkit.model.results.result import Result
from plfkit.model.words.kinds import Label


def build_result_document(result: Result, purpose: str | None = None) -> dict[str, Any]:
    """Return a released result as plain values; the purpose stands where single persons are shown."""
    return {
        "measure": result.measure,
        "label": None if result.label is None else _record_label(result.label),
        "variant": result.variant,
        "relation": result.relation,
        "groups": result.groups,
        "by": result.by,
        "at": result.at,
        "reference_day": result.reference_day,
        "class": result.figure_class,
        "n": result.n,
        "observed": result.observed,
        "range": result.range_kind,
        "missing": result.missing,
        "interval": result.interval,
        "null": result.null,
        "draws": result.draws,
        "seed": result.seed,
        "sentence": {language: result.sentence(language) for language in LANGUAGES},
        "several": result.several,
        "notes": dict(result.notes),
        "purpose": purpose,
        "names": {group: _record_label(label) for group, label in sorted(result.names.items())},
        "columns": list(result.columns),
        "rows": result.rows(),
    }


class KnownMeasure(Protocol):
    """A measure of a catalogue."""

    @property
    def name(self) -> str:
        """Its name."""

    @property
    def about(self) -> MeasureInfo:
        """What is known of it."""

    @property
    def parameters(self) -> tuple[str, ...]:
        """The names of its arguments."""


def build_measure_document(measure: KnownMeasure) -> dict[str, Any]:
    """Return what is known of a measure as plain values, ready for JSON."""
    about = measure.about
    return {
        "name": measure.name,
        "label": _record_label(about.label),
        "tells": _record_label(about.tells),
        "beware": _record_label(about.beware),
        "class": about.figure_class,
        "scale": about.scale,
        "arguments": list(measure.parameters),
        "tables": list(about.tables),
        "interval": about.no_interval is None,
        "nulls": list(about.nulls),
        "reference": about.source.en,
        "anchors": [
            {**asdict(anchor), "label": _record_label(anchor.label)} for anchor in about.anchors
        ],
    }


def build_scorecard_document(card: Scorecard) -> dict[str, Any]:
    """Return a released scorecard as plain values, ready for JSON."""
    return {
        "profile": card.profile,
        "title": None if card.title is None else _record_label(card.title),
        "at": card.at,
        "reference_day": card.reference_day,
        "example": card.example,
        "goals": [_record_goal(goal) for goal in card.goals],
        "indicators": [record_indicator(outcome) for outcome in card.description],
        "claims": [_record_claim(outcome) for outcome in card.claims],
        "standards": [
            {
                "id": name,
                "value": getattr(card.standards, name),
                "source": card.standards.find_source(name),
            }
            for name in STANDARD_KEYS
        ],
    }


def build_comparison_document(comparison: Comparison) -> dict[str, Any]:
    """Return municipalities beside each other as plain values, ready for JSON."""
    return {
        "at": comparison.at,
        "names": list(comparison.names),
        "examples": list(comparison.examples),
        "figures": [
            {
                "measure": figure.measure,
                "arguments": dict(figure.arguments),
                "rows": [
                    {"name": name, "indicator": outcome.id, **_record_figure(outcome)}
                    for name, outcome in figure.outcomes.items()
                ],
            }
            for figure in comparison.figures
        ],
        "refused": [asdict(one) for one in comparison.refused],
    }


def _record_figure(outcome: IndicatorOutcome) -> dict[str, Any]:
    """Return the figure that stands for an indicator, or its figures if there are several."""
    result, main = outcome.result, outcome.figure
    shown = main or Figure()
    return {
        "label": _record_label(outcome.indicator.label),
        "value": shown.value,
        "lower": shown.lower,
        "upper": shown.upper,
        "n": shown.n,
        "observed": shown.observed,
        "reason": shown.reason,
        "several": [] if result is None or main is not None else result.rows(),
    }


def _record_label(label: Label) -> dict[str, str]:
    return {"da": label.da, "en": label.en}


def _record_goal(goal: GoalOutcome) -> dict[str, Any]:
    return {
        "id": goal.id,
        "label": _record_label(goal.goal.label),
        "rule": goal.goal.rule,
        "verdict": goal.verdict,
        "counts": dict(sorted(goal.counts.items())),
        "indicators": [record_indicator(outcome) for outcome in goal.indicators],
    }


def record_indicator(outcome: IndicatorOutcome) -> dict[str, Any]:
    """Return an indicator as plain values, ready for JSON."""
    indicator, result = outcome.indicator, outcome.result
    figure = outcome.figure or Figure()
    target = indicator.target
    return {
        "id": outcome.id,
        "label": _record_label(indicator.label),
        "class": indicator.figure_class if result is None else result.figure_class,
        "measure": indicator.measure,
        "arguments": dict(indicator.arguments),
        "value": figure.value,
        "lower": figure.lower,
        "upper": figure.upper,
        "n": figure.n,
        "observed": figure.observed,
        "target": None if target is None else target.value,
        "target_source": None if target is None else target.source,
        **_record_target_dates(outcome),
        "verdict": outcome.verdict,
        "parts": [_record_part(part, outcome) for part in outcome.part_verdicts],
        "missing": [str(need) for need in outcome.missing],
        "reason": outcome.reason or figure.reason,
        "detail": outcome.detail,
        "change": None if (moved := outcome.change) is None else moved.value,
        "change_range": None if moved is None else [moved.lower, moved.upper],
        "trend": [_record_trend_point(point) for point in outcome.trend],
        "settles": [str(need) for need in outcome.settles],
        "evidence": _record_evidence(result),
    }


def _record_target_dates(outcome: IndicatorOutcome) -> dict[str, Any]:
    """Return by when a target is to be reached, from where, on which way and by whom."""
    indicator, mark = outcome.indicator, outcome.mark
    target, baseline = indicator.target, indicator.baseline
    return {
        "target_by": None if target is None else target.by,
        "target_each": indicator.each,
        "target_needs": None if target is None or indicator.each is None else target.needs,
        "target_due": None if mark is None else mark.due,
        "baseline": None if baseline is None else baseline.value,
        "baseline_period": None if baseline is None else baseline.period,
        "steps": dict(indicator.steps),
        "step_due": None if mark is None else mark.step,
    }


def _record_part(part: str, outcome: IndicatorOutcome) -> dict[str, Any]:
    """Return one of the parts that a target is for, and how it stands."""
    figure = outcome.part_figures.get(part, Figure())
    return {
        "part": part,
        "value": figure.value,
        "lower": figure.lower,
        "upper": figure.upper,
        "n": figure.n,
        "reason": figure.reason,
        "verdict": outcome.part_verdicts[part],
    }


def _record_trend_point(point: TrendPoint) -> dict[str, Any]:
    main = point.result.main
    figure = main or Figure()
    return {
        "at": point.at,
        "value": figure.value,
        "lower": figure.lower,
        "upper": figure.upper,
        "response_rate": figure.response_rate,
        "reason": figure.reason,
        "several": [] if main else point.result.rows(),
        "breaks": list(point.breaks),
        "detail": point.refusal,
    }


def _record_evidence(result: Result | None) -> dict[str, Any]:
    if result is None:
        return {}
    evidence: dict[str, Any] = dict(result.evidence)
    if len(result) > 1:
        evidence["figures"] = result.rows()
    return evidence


def _record_claim(outcome: ClaimOutcome) -> dict[str, Any]:
    return {
        "id": outcome.id,
        "label": _record_label(outcome.claim.text),
        "certainty": outcome.claim.certainty,
        "verdict": outcome.verdict,
        "supported": outcome.supported,
        "contradicted": outcome.contradicted,
        "open": outcome.open,
        "lower": outcome.lower,
        "upper": outcome.upper,
        "units": dict(outcome.units),
        "lacking": dict(outcome.lacking),
        "people": outcome.people,
        "missing": [str(need) for need in outcome.missing],
    }
