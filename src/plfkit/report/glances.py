"""What was released, laid out to be read at a glance: paragraphs, and listings with few columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from plfkit.disclosure import Released
from plfkit.goals.comparing import Comparison
from plfkit.goals.scorecard import GoalOutcome, IndicatorOutcome, Scorecard
from plfkit.goals.tabling import choose_figures
from plfkit.hints import Language
from plfkit.model.declared.declarations import Indicator
from plfkit.model.records.needs import Need
from plfkit.model.results.result import Result
from plfkit.model.words.kinds import Label
from plfkit.model.words.reasons import Reason
from plfkit.report.listings import Headings, Listing, word_figure
from plfkit.report.needs import word_need
from plfkit.report.rows import list_refused, list_result

Glance = Iterator[str | Listing]
"""Paragraphs and listings, one below the other."""

_INDICATOR_COLUMNS = ("indicator", "value", "lower", "upper", "target", "verdict", "why")
_CLAIM_COLUMNS = ("claim", "verdict", "supported", "contradicted", "open", "missing")
_TREND_COLUMNS = ("at", "figure", "value", "lower", "upper", "reason", "breaks")


def show_result(released: Released[Result], language: Language, example: Label | None) -> Glance:
    """Yield what a result is about, its figures, and the sentence that says what they show."""
    result = released.content
    facts = {
        "variant": result.variant,
        "relation": _name_relation(result, language),
        "groups": _name_grouping(result.groups, language),
        "by": _name_grouping(result.by, language),
        "at": result.at,
        "reference_day": result.reference_day,
        "interval": result.interval,
        "null": result.null,
        "draws": result.draws,
        "seed": result.seed,
        "purpose": released.purpose,
        "example": None if example is None else example[language],
    }
    texts = Headings.of(language)
    known = [
        f"{texts.get_name('facts', key)} {value}"
        for key, value in facts.items()
        if value is not None
    ]
    name = result.measure if result.label is None else result.label[language]
    yield f"{name} ({', '.join([result.measure, *known])})"
    yield list_result(result, None, None).select_filled("value")
    yield result.sentence(language)


def _name_relation(result: Result, language: Language) -> str | None:
    """Return what readers call the relation of the ties; where it has no name, its word."""
    return result.relation if result.relation_label is None else result.relation_label[language]


def _name_grouping(kind: str | None, language: Language) -> str | None:
    return None if kind is None else Headings.of(language).get_name("by", kind)


def show_scorecard(card: Scorecard, language: Language) -> Glance:
    """Yield how each goal stands with its indicators, the figures of no goal, and the claims."""
    texts = Headings.of(language)
    example = texts("glances.example") if card.example else ""
    yield f"{(card.title or card.label)[language]}, {card.at}{example}"
    for goal in card.goals:
        yield ""
        yield _say_goal(goal, language)
        yield list_indicators(goal.indicators, language, card.names)
    if card.description:
        yield f"\n{texts('glances.description')}"
        yield list_indicators(card.description, language, card.names)
    if card.claims and card.example:
        yield f"\n{texts('glances.claims_of_example')}"
    elif card.claims:
        yield f"\n{texts('listings.claims')}"
        rows = [
            (
                one.id,
                one.verdict,
                one.supported,
                one.contradicted,
                one.open,
                _name_needs(one.missing, language, card.names),
            )
            for one in card.claims
        ]
        yield Listing("claims", _CLAIM_COLUMNS, rows)


def _say_goal(goal: GoalOutcome, language: Language) -> str:
    return f"{goal.id} {goal.goal.label[language]}: {goal.verdict.words[language]}"


def list_indicators(
    outcomes: Sequence[IndicatorOutcome], language: Language, names: Mapping[str, Label]
) -> Listing:
    """Return a row for each indicator, and one for each part that a target is for."""
    rows = [
        row
        for outcome in outcomes
        for row in (_list_cells(outcome, language, names), *_list_part_rows(outcome, language))
    ]
    return Listing("figures", _INDICATOR_COLUMNS, rows)


def _list_cells(
    outcome: IndicatorOutcome, language: Language, names: Mapping[str, Label]
) -> list[Any]:
    figure = outcome.figure
    several = outcome.result is not None and figure is None
    return [
        outcome.id,
        Headings.of(language)("glances.several") if several else figure and figure.value,
        None if figure is None else figure.lower,
        None if figure is None else figure.upper,
        _say_target(outcome.indicator, language),
        outcome.verdict or Reason.WITHHELD,
        _name_needs(outcome.missing, language, names)
        or outcome.reason
        or (figure and figure.reason),
    ]


def _list_part_rows(outcome: IndicatorOutcome, language: Language) -> Iterator[list[Any]]:
    """Yield a row for each part that a target is for."""
    for part, verdict in outcome.part_verdicts.items():
        figure = outcome.part_figures[part]
        ends = (figure.value, figure.lower, figure.upper)
        yield [
            f"  {_name_part(part, outcome.parts, language)}",
            *ends,
            None,
            verdict or Reason.WITHHELD,
            figure.reason,
        ]


def _name_part(part: str, result: Result | None, language: Language) -> str:
    """Return what readers call a part, and its id; the id alone where it has no name."""
    label = None if result is None else result.names.get(part)
    return part if label is None else f"{label[language]} ({part})"


def _say_target(indicator: Indicator, language: Language) -> str | None:
    """Say a target, who set it, by when, from where, on which way and for whom."""
    texts, target, baseline = Headings.of(language), indicator.target, indicator.baseline
    if target is None:
        return None

    def write(value: float) -> str:
        return word_figure(value, language)

    words = [f"{write(target.value)} ({texts.get_name('target_source', target.source)})"]
    if target.by is not None:
        words.append(texts("glances.by", year=target.by))
    if indicator.each is not None:
        key = "each" if target.needs == "all" else "share_of_each"
        needs = "" if target.needs == "all" else write(float(target.needs))
        words.append(
            texts(f"glances.{key}", kind=_name_grouping(indicator.each, language), share=needs)
        )
    if baseline is not None:
        words.append(texts("glances.from", value=write(baseline.value), year=baseline.period))
    if steps := sorted(indicator.steps.items()):
        said = (texts("glances.step", value=write(value), year=year) for year, value in steps)
        words.append(f"({', '.join(said)})")
    return " ".join(words)


def show_comparison(comparison: Comparison, language: Language) -> Glance:
    """Yield municipalities beside each other, in the order they were named, and what is refused."""
    mark = Headings.of(language)("glances.example")
    names = [f"{one}{mark if one in comparison.examples else ''}" for one in comparison.names]
    yield f"{', '.join(names)}, {comparison.at}\n"
    rows = [
        [
            next(iter(compared.outcomes.values())).indicator.label,
            *(_word_outcome(compared.outcomes.get(name), language) for name in comparison.names),
        ]
        for compared in comparison.figures
    ]
    yield Listing("figures", ("label", *comparison.names), rows)
    yield f"\n{Headings.of(language)('glances.refused')}"
    yield list_refused(comparison)


def _word_outcome(outcome: IndicatorOutcome | None, language: Language) -> str | None:
    """Return a figure and its range in few characters."""
    if outcome is None:
        return None
    figure = outcome.figure
    if figure is None:
        return Headings.of(language)("glances.several")
    known = Reason.find_word(figure.reason)
    shown = "–" if known is None else known.words[language]
    if figure.value is not None:
        shown = word_figure(figure.value, language)
    if figure.lower is None or figure.upper is None or figure.lower == figure.upper:
        return shown
    return f"{shown} [{word_figure(figure.lower, language)}; {word_figure(figure.upper, language)}]"


def show_trend(outcome: IndicatorOutcome, language: Language, *, example: bool) -> Glance:
    """Yield an indicator year by year, or what is missing."""
    texts = Headings.of(language)
    yield f"{outcome.id} {outcome.indicator.label[language]}{texts('glances.example') if example else ''}"
    if outcome.trend:
        yield list_trend(outcome, language)
        return
    known = Reason.find_word(outcome.reason)
    reason = outcome.reason if known is None else known.words[language]
    needs = _name_needs(outcome.missing, language, {}) or reason
    yield texts("glances.not_measured", needs=needs or texts("glances.unknown"))


def list_trend(outcome: IndicatorOutcome, language: Language) -> Listing:
    """Return an indicator year by year; several figures have a row each."""
    rows = [
        [
            point.at,
            _name_part(figure.part, point.result, language) if figure.part else figure.figure,
            *(figure.value, figure.lower, figure.upper, figure.reason),
            point.breaks,
        ]
        for point in outcome.trend
        for figure in choose_figures(point)
    ]
    return Listing("years", _TREND_COLUMNS, rows)


def _name_needs(
    needs: Sequence[Need], language: Language, names: Mapping[str, Label]
) -> str | None:
    """Say what is missing, as somebody could be asked for it."""
    return _join_words([word_need(need, names, language) for need in needs])


def _join_words(words: Sequence[object]) -> str | None:
    return ", ".join(map(str, words)) or None
