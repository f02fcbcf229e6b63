"""The rows of what was released, and of faults: what tables, CSV and workbooks hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, assert_never

from plfkit.disclosure import Released
from plfkit.disclosure.released import Thing
from plfkit.goals.comparing import Comparison
from plfkit.goals.figure_blocks import AMOUNTS, list_records, name_groups
from plfkit.goals.scorecard import IndicatorOutcome, Scorecard
from plfkit.goals.tabling import gather_card_figures, gather_compared_figures, gather_year_figures
from plfkit.hints import LANGUAGES
from plfkit.model.declared.standards import STANDARD_KEYS, StandardWords
from plfkit.model.records.needs import read_needs
from plfkit.model.results.figures import NAMED_KEYS
from plfkit.model.results.result import Result
from plfkit.model.words.kinds import Label
from plfkit.report.listings import Listing, NamedCode
from plfkit.report.needs import word_need
from plfkit.report.texts import Texts

_KEYS = ("part", "part_name", "id", "from", "from_name", "to", "to_name", "figure", "figure_name")
_FIGURE_COLUMNS = (
    *("goal", "indicator", "label", "measure", "at", *_KEYS, *AMOUNTS),
    *("target", "target_source", "target_by", "verdict", "reason", "missing"),
    *("change", "change_lower", "change_upper"),
)
_YEAR_COLUMNS = ("indicator", "label", "at", *_KEYS, *AMOUNTS, "reason", "breaks")
_CLAIM_COLUMNS = (
    *("claim", "label", "certainty", "verdict", "supported", "contradicted", "open"),
    *("lower", "upper", "missing"),
)


def list_released(released: Released[Any], example: Label | None = None) -> tuple[Listing, ...]:
    """Return the rows of the one thing that was released, its figures first; or of several indicators.

    Args:
        released: What has passed the gate.
        example: What an example is called whose figures these are, where the thing does not say so.

    Raises:
        DisclosureError: Several things were released that are no indicators.
    """
    outcomes = [one for one in released if isinstance(one, IndicatorOutcome)]
    if len(outcomes) == len(released.contents) > 1:
        return (_list_years(outcomes, example),)
    thing: Thing = released.content
    match thing:
        case Result():
            return (list_result(thing, released.purpose, example),)
        case Scorecard():
            about = _list_about(thing, released)
            return (*_list_scorecard(thing), about)
        case Comparison():
            return _list_comparison(thing)
        case IndicatorOutcome():
            return (_list_years([thing], example),)
        case _:
            assert_never(thing)


def list_result(result: Result, purpose: str | None, example: Label | None) -> Listing:
    """Return the long table of a result; why single persons are shown stands in every row."""
    more = {"purpose": purpose, "example": example}
    known = {name: value for name, value in more.items() if value is not None}
    records = [
        _word_figure_code(row | name_groups(row, result.names) | known) for row in result.rows()
    ]
    columns = [
        column
        for name in result.columns
        for column in ((name, f"{name}_name") if name in NAMED_KEYS else (name,))
    ]
    return Listing.of_records("figures", records, *columns, *known)


def _list_scorecard(card: Scorecard) -> Iterator[Listing]:
    example = card.title or card.label if card.example else None
    marked = () if example is None else ("example",)
    measures = {name: info.label for name, info in card.measures.items()}
    records = [
        {**_word_codes(record, measures, card), "example": example}
        for record in list_records(gather_card_figures(card))
    ]
    yield Listing.of_records("figures", records, *_FIGURE_COLUMNS, *marked)
    yield _list_years(card.indicators, example)
    yield _list_claims(card)
    yield _list_standards(card)


def _list_standards(card: Scorecard) -> Listing:
    """Return where lines are drawn: in a sentence each, with the number and where it comes from."""
    standards = card.standards
    told = (StandardWords.of(language).tell_standards(standards) for language in LANGUAGES)
    rows = [
        (NamedCode(name, Label(*said)), getattr(standards, name), standards.find_source(name))
        for name, said in zip(STANDARD_KEYS, zip(*told, strict=True), strict=True)
    ]
    return Listing("standards", ("standard", "value", "source"), rows)


def _word_codes(
    record: Mapping[str, Any], measures: Mapping[str, Label], card: Scorecard
) -> dict[str, Any]:
    """Return a row in which readers are told the names of measures, figures and what is missing."""
    measure = record["measure"]
    named = NamedCode(measure, measures[measure]) if measure in measures else measure
    missing = _word_needs(record.get("missing", ()), card)
    return _word_figure_code({**record, "measure": named, "missing": missing})


def _word_figure_code(record: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row in which one of several figures has its name beside its code, as a total has."""
    figure = record.get("figure")
    label = None if figure is None else Texts.read_texts()["figures"].get(figure)
    return dict(record) if label is None else {**record, "figure": NamedCode(str(figure), label)}


def _word_needs(needs: Sequence[str], card: Scorecard) -> tuple[NamedCode, ...]:
    return tuple(
        NamedCode(need, Label(*(word_need(read, card.names, one) for one in LANGUAGES)))
        for need, read in zip(needs, read_needs(needs), strict=True)
    )


def _list_years(outcomes: Sequence[IndicatorOutcome], example: Label | None) -> Listing:
    """Return a row for each figure of each year."""
    records = [
        {**_word_figure_code(record), "example": example}
        for outcome in outcomes
        for record in list_records(gather_year_figures(outcome))
    ]
    marked = () if example is None else ("example",)
    return Listing.of_records("years", records, *_YEAR_COLUMNS, *marked)


def _list_claims(card: Scorecard) -> Listing:
    records = [
        {
            "claim": one.id,
            "label": one.claim.text,
            "certainty": one.claim.certainty,
            "verdict": one.verdict,
            "supported": one.supported,
            "open": one.open,
            "contradicted": one.contradicted,
            "lower": one.lower,
            "upper": one.upper,
            "missing": _word_needs([*map(str, one.missing)], card),
        }
        for one in card.claims
    ]
    return Listing.of_records("claims", records, *_CLAIM_COLUMNS)


def _list_about(card: Scorecard, released: Released[Any]) -> Listing:
    """Return what the figures are about, and how they were judged."""
    facts: Mapping[str, Any] = {
        "profile": card.profile,
        "title": card.title or card.label,
        "at": card.at,
        "reference_day": card.reference_day,
        "example": card.example,
        "k": released.floor.k,
        "judged": released.judged,
        "not_told_small": released.small,
        "not_told_others": released.others,
    }
    return Listing("about", ("fact", "what"), list(facts.items()))


def _list_comparison(comparison: Comparison) -> tuple[Listing, ...]:
    """Return a row for each figure of each municipality, and what is not compared."""
    records = [*list_records(gather_compared_figures(comparison))]
    columns = (
        "name",
        "example",
        "indicator",
        "label",
        "measure",
        "at",
        *_KEYS,
        *AMOUNTS,
        "reason",
    )
    return Listing.of_records("figures", records, *columns), list_refused(comparison)


def list_refused(comparison: Comparison) -> Listing:
    """Return what cannot be compared, and why."""
    rows = [
        (one.name, one.indicator, one.label, one.measure, one.reason) for one in comparison.refused
    ]
    return Listing("refused", ("name", "indicator", "label", "measure", "reason"), rows)
