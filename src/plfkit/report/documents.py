"""The document of a publication: what was released, and what is told of each figure."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, assert_never

from plfkit.disclosure import Released
from plfkit.disclosure.gate import Thing
from plfkit.goals.comparing import Comparison
from plfkit.goals.scorecard import IndicatorOutcome, Scorecard
from plfkit.model.formats import PUBLICATION_FORMAT
from plfkit.model.results.result import Result
from plfkit.report.records import (
    build_comparison_document,
    build_result_document,
    build_scorecard_document,
    record_indicator,
)

SCHEMA_VERSION = PUBLICATION_FORMAT.version


def to_document(released: Released[Any]) -> dict[str, Any]:
    """Return what was released as plain values, ready for JSON.

    Under ``publication`` stands a row for each figure: measure, arguments, period, part and class, of
    whom it tells, and what is told: of a count from how many to how many surely and possibly, of other
    figures the figure and its range. `plfkit.audit` reads that. Beside it stand the things themselves;
    where several were released, under ``contents``.

    Args:
        released: What has passed the gate.
    """
    contents = [_build_document(one, released) for one in released]
    things = contents[0] if len(contents) == 1 else {"contents": contents}
    return {"schema_version": SCHEMA_VERSION, **things, "publication": build_publication(released)}


def build_publication(released: Released[Any]) -> dict[str, Any]:
    """Return the rows of a publication, with how it was judged."""
    return {
        "schema_version": SCHEMA_VERSION,
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
