"""Documents, plain values for JSON: of what was released, with what is told of each figure; of faults."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, assert_never, overload

from plfkit.disclosure import Released
from plfkit.disclosure.released import Thing
from plfkit.errors import DisclosureError, Fault
from plfkit.goals.comparing import Comparison
from plfkit.goals.scorecard import IndicatorOutcome, Scorecard
from plfkit.hints import Audience, Hint, Language
from plfkit.model.results.result import Result
from plfkit.model.written_formats import PUBLICATION_FORMAT
from plfkit.report.fault_records import Faulty, build_faults_document
from plfkit.report.records import (
    build_comparison_document,
    build_result_document,
    build_scorecard_document,
    record_indicator,
)


@overload
def to_document(found: Released[Any]) -> dict[str, Any]: ...
@overload
def to_document(
    found: Faulty,
    *,
    advice: Iterable[Fault] = (),
    language: Language = "en",
    audience: Audience = "python",
    values: bool = False,
) -> dict[str, Any]: ...
def to_document(
    found: Released[Any] | Faulty,
    *,
    advice: Iterable[Fault] = (),
    language: Language = "en",
    audience: Audience = "python",
    values: bool = False,
) -> dict[str, Any]:
    """Return what was released, or faults, as plain values, ready for JSON.

    Of what was released a row for each figure stands under ``publication``: measure, arguments, period,
    part and class, of whom it tells, and what is told: of a count from how many to how many surely and
    possibly, of other figures the figure and its range. `plfkit.audit` reads that. Beside it stand the
    things themselves, in both languages; where several were released, under ``contents``.

    Of faults ``ok`` says whether there are none; ``faults`` and ``advice`` hold a code, a place and a hint
    each. `plfkit.report.build_document_schema` has the JSON Schema of either.

    Args:
        found: What has passed the gate; or faults, or the error that holds them.
        advice: Advice on data that could be read: `Organisation.advice`.
        language: The language of the hints: ``"da"`` or ``"en"``.
        audience: Who reads the hints, as in `plfkit.Fault.say`.
        values: Whether the cells at fault are told too, and what they are most like. They may be personal.

    Raises:
        DisclosureError: It has not passed the gate.
        TypeError: It is neither.

    Examples:
        >>> import plfkit
        >>> fault = plfkit.Fault("missing_value", plfkit.Place("persons.csv", 3, "id"), "fill it in")
        >>> document = plfkit.to_document([fault], audience="page")
        >>> document["ok"], document["faults"][0]["row"], document["faults"][0]["hint"]
        (False, 3, 'fill it in')
    """
    if isinstance(found, Thing):
        raise DisclosureError(Hint("disclosure.not_released"))
    if not isinstance(found, Released):
        return build_faults_document(
            found, advice, language=language, audience=audience, values=values
        )
    contents = [_build_document(one, found) for one in found]
    things = contents[0] if len(contents) == 1 else {"contents": contents}
    return {
        "schema_version": PUBLICATION_FORMAT.version,
        **things,
        "publication": build_publication(found),
    }


def build_publication(released: Released[Any]) -> dict[str, Any]:
    """Return the rows of a publication, with how it was judged."""
    return {
        "schema_version": PUBLICATION_FORMAT.version,
        "k": released.floor.k,
        "statistics": released.floor.statistics,
        "judged": released.judged,
        "identified": released.purpose,
        "not_told_small": released.small,
        "not_told_others": released.others,
        "figures": [_drop_empty_values(row) for row in released.figures],
    }


def group_publication(publication: Mapping[str, Any]) -> dict[str, Any]:
    """Return a publication with what several figures share written once, as pages carry it.

    In place of ``figures`` stands ``series``: what a measure gave of one period, with its figures under
    ``told``.
    """
    series: dict[str, dict[str, Any]] = {}
    for row in publication["figures"]:
        shared = {name: row[name] for name in _SHARED if name in row}
        own = {name: value for name, value in row.items() if name not in shared}
        key = json.dumps(shared, sort_keys=True, ensure_ascii=False)
        series.setdefault(key, {**shared, "told": []})["told"].append(own)
    kept = {name: value for name, value in publication.items() if name != "figures"}
    return {**kept, "series": list(series.values())}


_SHARED = (
    *("measure", "arguments", "period", "class", "property", "family", "threshold"),
    "municipality",
    *("kind", "universe", "own_answers"),
)
"""What figures of one measure and period have in common."""


def _drop_empty_values(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row without what says nothing, so that a page that carries it stays small."""
    kept = {
        name: _drop_empty_values(value) if isinstance(value, Mapping) else value
        for name, value in row.items()
    }
    # 0.0 says something: only what is nothing by its kind goes.
    return {n: v for n, v in kept.items() if v is not None and v is not False and v not in ([], {})}


def _build_document(thing: Thing, released: Released[Any]) -> dict[str, Any]:
    match thing:
        case Result():
            return build_result_document(thing, released.purpose)
        case Scorecard():
            return build_scorecard_document(thing)
        case Comparison():
            return build_comparison_document(thing)
        case IndicatorOutcome():
            return record_indicator(thing)
        case _:
            assert_never(thing)
