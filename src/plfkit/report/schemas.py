"""The JSON Schema of a publication's document, which `to_document` returns."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from plfkit.model.words.breaks import Break, Mismatch
from plfkit.model.words.figure_classes import FigureClass
from plfkit.model.words.verdicts import ClaimVerdict, Verdict
from plfkit.report.documents import SCHEMA_VERSION

Schema = dict[str, Any]

_TEXT: Schema = {"type": "string"}
_NUMBER: Schema = {"type": "number"}
_WHOLE: Schema = {"type": "integer"}
_FLAG: Schema = {"type": "boolean"}
_ANYTHING: Schema = {}
_SHARE: Schema = {"type": ["number", "null"], "minimum": 0, "maximum": 1}


def build_document_schema() -> Schema:
    """Return the JSON Schema of what `to_document` returns, and what commands print as JSON with it.

    A document tells of a scorecard, a result, a comparison or one indicator's trend; or of several of
    these, under ``contents``.
    """
    things = [{"$ref": f"#/$defs/{name}"} for name in _THINGS]
    several = _build_object({"contents": _list_of({"anyOf": things})})
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A plfkit publication",
        "type": "object",
        "properties": {
            "schema_version": {"const": SCHEMA_VERSION},
            "publication": {"$ref": "#/$defs/publication"},
        },
        "required": ["schema_version", "publication"],
        "anyOf": [*things, several],
        "$defs": _build_definitions(),
    }


def _build_definitions() -> dict[str, Schema]:
    return {
        "label": _build_object({"da": _TEXT, "en": _TEXT}, closed=True),
        "figure": _build_figure_schema(),
        "publication": _build_publication_schema(),
        "indicator": _build_indicator_schema(),
        "goal": _build_goal_schema(),
        "claim": _build_claim_schema(),
        "scorecard": _build_scorecard_schema(),
        "result": _build_result_schema(),
        "comparison": _build_comparison_schema(),
    }


_THINGS = ("scorecard", "result", "comparison", "indicator")


def _build_object(
    properties: dict[str, Schema], *, optional: Iterable[str] = (), closed: bool = False
) -> Schema:
    """Return the schema of an object that has all of these keys, but for some."""
    required = [name for name in properties if name not in {*optional}]
    schema: Schema = {"type": "object", "properties": properties, "required": required}
    return {**schema, "additionalProperties": False} if closed else schema


def _list_of(entry: Schema) -> Schema:
    return {"type": "array", "items": entry}


def _map_to(entry: Schema) -> Schema:
    return {"type": "object", "additionalProperties": entry}


def _allow_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def _refer_to(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _choose_word(*kinds: Iterable[str]) -> Schema:
    return {"enum": [str(word) for kind in kinds for word in kind]}


def _build_ends() -> dict[str, Schema]:
    """Return what stands with every figure: its value and range, and why there is none."""
    amounts = dict.fromkeys(("value", "lower", "upper"), _allow_null(_NUMBER))
    return {**amounts, "reason": _allow_null(_TEXT)}


def _build_figure_schema() -> Schema:
    """Return the schema of a row of the long table; a measure's own columns may stand beside these."""
    keys = dict.fromkeys(("part", "id", "from", "to", "figure"), _allow_null(_TEXT))
    people = {"n": _allow_null(_WHOLE), "observed": _SHARE, "response_rate": _SHARE}
    return _build_object({**keys, **_build_ends(), **people}, optional=keys)


def _build_publication_schema() -> Schema:
    return _build_object(
        {
            "schema_version": {"const": SCHEMA_VERSION},
            "k": _WHOLE,
            "statistics": _WHOLE,
            "judged": {"enum": ["alone", "ledger"]},
            "identified": _allow_null(_TEXT),
            "not_told_small": _WHOLE,
            "not_told_others": _WHOLE,
            "figures": _list_of({"type": "object"}),
        },
        closed=True,
    )


def _build_indicator_schema() -> Schema:
    part = {**_build_ends(), "part": _TEXT, "n": _allow_null(_WHOLE)}
    part["verdict"] = _allow_null(_choose_word(Verdict))
    point = {**_build_ends(), "at": _TEXT, "response_rate": _SHARE}
    point |= {"several": _list_of(_refer_to("figure")), "detail": _allow_null(_TEXT)}
    point["breaks"] = _list_of(_choose_word(Break))
    return _build_object(
        {
            "id": _TEXT,
            "label": _refer_to("label"),
            "class": _choose_word(FigureClass),
            "measure": _allow_null(_TEXT),
            "arguments": _map_to(_ANYTHING),
            **_build_ends(),
            "n": _allow_null(_WHOLE),
            "observed": _SHARE,
            **_build_target_keys(),
            "verdict": _allow_null(_choose_word(Verdict)),
            "parts": _list_of(_build_object(part)),
            "missing": _list_of(_TEXT),
            "detail": _allow_null(_TEXT),
            "change": _allow_null(_NUMBER),
            "change_range": _allow_null(_list_of(_allow_null(_NUMBER))),
            "trend": _list_of(_build_object(point)),
            "settles": _list_of(_TEXT),
            "evidence": _map_to(_ANYTHING),
        }
    )


def _build_target_keys() -> dict[str, Schema]:
    """Return the keys of an indicator that say what is wanted, by when, and from where."""
    return {
        "target": _allow_null(_NUMBER),
        "target_source": {"enum": ["decided", "proposed", None]},
        "target_by": _allow_null(_TEXT),
        "target_each": _allow_null(_TEXT),
        "target_needs": {"type": ["number", "string", "null"]},
        "target_due": _allow_null(_FLAG),
        "baseline": _allow_null(_NUMBER),
        "baseline_period": _allow_null(_TEXT),
        "steps": _map_to(_NUMBER),
        "step_due": _allow_null(_TEXT),
    }


def _build_goal_schema() -> Schema:
    return _build_object(
        {
            "id": _TEXT,
            "label": _refer_to("label"),
            "rule": {"enum": ["all", "any"]},
            "verdict": _choose_word(Verdict),
            "counts": _map_to(_WHOLE),
            "indicators": _list_of(_refer_to("indicator")),
        }
    )


def _build_claim_schema() -> Schema:
    counts = dict.fromkeys(("supported", "contradicted", "open", "people"), _allow_null(_WHOLE))
    return _build_object(
        {
            "id": _TEXT,
            "label": _refer_to("label"),
            "certainty": _TEXT,
            "verdict": _choose_word(ClaimVerdict),
            **counts,
            **dict.fromkeys(("lower", "upper"), _allow_null(_NUMBER)),
            "units": _map_to(_choose_word(ClaimVerdict)),
            "lacking": _map_to(_WHOLE),
            "missing": _list_of(_TEXT),
        }
    )


def _build_scorecard_schema() -> Schema:
    standard = {"id": _TEXT, "value": _ANYTHING, "source": _allow_null(_TEXT)}
    return _build_object(
        {
            "profile": _TEXT,
            "title": _allow_null(_refer_to("label")),
            "at": _TEXT,
            "reference_day": _allow_null(_TEXT),
            "example": _FLAG,
            "goals": _list_of(_refer_to("goal")),
            "indicators": _list_of(_refer_to("indicator")),
            "claims": _list_of(_refer_to("claim")),
            "standards": _list_of(_build_object(standard)),
        }
    )


def _build_result_schema() -> Schema:
    optional_texts = ("variant", "relation", "groups", "by", "at", "reference_day", "range", "null")
    return _build_object(
        {
            "measure": _TEXT,
            "label": _allow_null(_refer_to("label")),
            **dict.fromkeys(optional_texts, _allow_null(_TEXT)),
            "class": _choose_word(FigureClass),
            **dict.fromkeys(("n", "draws", "seed", "several"), _allow_null(_WHOLE)),
            "observed": _SHARE,
            "missing": _allow_null(_TEXT),
            "sentence": _refer_to("label"),
            "notes": _map_to(_ANYTHING),
            "purpose": _allow_null(_TEXT),
            "names": _map_to(_refer_to("label")),
            "columns": _list_of(_TEXT),
            "rows": _list_of(_refer_to("figure")),
        }
    )


def _build_comparison_schema() -> Schema:
    row = {**_build_ends(), "name": _TEXT, "indicator": _TEXT, "label": _refer_to("label")}
    row |= {"n": _allow_null(_WHOLE), "observed": _SHARE}
    row["several"] = _list_of(_refer_to("figure"))
    figure = {"measure": _TEXT, "arguments": _map_to(_ANYTHING)}
    figure["rows"] = _list_of(_build_object(row))
    refused = dict.fromkeys(("name", "indicator", "measure", "detail"), _TEXT)
    refused["reason"] = _choose_word(Mismatch)
    return _build_object(
        {
            "at": _TEXT,
            "names": _list_of(_TEXT),
            "examples": _list_of(_TEXT),
            "figures": _list_of(_build_object(figure)),
            "refused": _list_of(_build_object(refused)),
        }
    )
