"""The parts of JSON Schemas of documents: every object is closed, so that a key nobody knows is refused."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, get_args

from plfkit.disclosure.recording import CLAIM, COUNT, HIDDEN, PUBLIC, STANDING, STATISTIC
from plfkit.faults import FaultCode
from plfkit.model.records.schema import INTEGER, ColumnSpec, list_column_specs
from plfkit.model.results.figures import FIGURE_KEYS, ON_REQUEST, Figure
from plfkit.model.words.breaks import Break, Mismatch
from plfkit.model.words.figure_classes import FigureClass
from plfkit.model.words.intervals import IntervalMethod
from plfkit.model.words.verdicts import ClaimVerdict, Verdict

Schema = dict[str, Any]
Keys = dict[str, Schema]
"""The keys of an object, with what stands under each."""

TEXT: Schema = {"type": "string"}
NUMBER: Schema = {"type": "number"}
WHOLE: Schema = {"type": "integer"}
FLAG: Schema = {"type": "boolean"}
ANYTHING: Schema = {}
SHARE: Schema = {"type": ["number", "null"], "minimum": 0, "maximum": 1}
SPAN: Schema = {"type": "array", "items": {**WHOLE, "minimum": 0}, "minItems": 2, "maxItems": 2}
"""The least and the most that a count can be, as it is told."""
_TOLD_KINDS = (COUNT, STATISTIC, CLAIM, PUBLIC, STANDING, HIDDEN)


def describe_object(keys: Keys, *, optional: Iterable[str] = ()) -> Schema:
    """Return the schema of an object that has all of these keys, but for some, and no others."""
    required = [name for name in keys if name not in {*optional}]
    return {
        "type": "object",
        "properties": keys,
        "required": required,
        "additionalProperties": False,
    }


def describe_list(entry: Schema) -> Schema:
    """Return the schema of a list."""
    return {"type": "array", "items": entry}


def describe_map(entry: Schema) -> Schema:
    """Return the schema of an object whose keys are names."""
    return {"type": "object", "additionalProperties": entry}


def allow_null(schema: Schema) -> Schema:
    """Return the schema of something that may be missing."""
    return {"anyOf": [schema, {"type": "null"}]}


def refer_to(name: str) -> Schema:
    """Return a reference to a definition."""
    return {"$ref": f"#/$defs/{name}"}


def choose_word(words: Iterable[str]) -> Schema:
    """Return the schema of one of some words."""
    return {"enum": [str(word) for word in words]}


def build_definitions() -> dict[str, Schema]:
    """Return what documents of publications refer to, by its name."""
    return {
        "label": describe_object({"da": TEXT, "en": TEXT}),
        "figure": _build_figure_schema(),
        "people": describe_object(dict.fromkeys(_PEOPLE, describe_list(TEXT)), optional=_PEOPLE),
        "told": _build_told_figure_schema(),
        "publication": _build_publication_schema(),
        "indicator": describe_object(list_indicator_keys()),
        "goal": _build_goal_schema(),
        "claim": _build_claim_outcome_schema(),
        "scorecard": describe_object(list_scorecard_keys()),
        "result": describe_object(list_result_keys()),
        "comparison": describe_object(list_comparison_keys()),
    }


_PEOPLE = ("of", "at", "not_of", "teaches", "asked")
"""In which words a set of people is told."""


def _list_end_keys() -> Keys:
    """Return what stands with every figure: its value and range, and why there is none."""
    amounts = dict.fromkeys(("value", "lower", "upper"), allow_null(NUMBER))
    return {**amounts, "reason": allow_null(TEXT)}


def _build_figure_schema() -> Schema:
    """Return the schema of a row of the long table: the columns of a `Figure`, as far as they apply."""
    keys = {spec.name: _build_column_schema(spec) for spec in list_column_specs(Figure)}
    return describe_object(keys, optional=(*FIGURE_KEYS, *ON_REQUEST))


def _build_column_schema(spec: ColumnSpec) -> Schema:
    if spec.codec.is_text:
        return allow_null({**TEXT, "description": spec.doc})
    number = WHOLE if spec.codec is INTEGER else NUMBER
    return allow_null({**number, "description": spec.doc})


def _build_told_figure_schema() -> Schema:
    """Return the schema of a row of a publication; keys under which nothing stands are left out."""
    keys: Keys = {
        "measure": TEXT,
        "arguments": describe_map(ANYTHING),
        "period": TEXT,
        "part": TEXT,
        "figure": TEXT,
        "class": choose_word(FigureClass),
        "property": TEXT,
        "family": TEXT,
        "threshold": NUMBER,
        "kinds": describe_list(TEXT),
        "universe": refer_to("people"),
        "who": refer_to("people"),
        "people": WHOLE,
        "kind": choose_word(_TOLD_KINDS),
        **dict.fromkeys(("surely", "possibly", "answered"), SPAN),
        "ends": {**SPAN, "items": allow_null(NUMBER)},
        "own_answers": FLAG,
        **dict.fromkeys(("from", "to", "told_on", "municipality"), TEXT),
        **dict.fromkeys(("value", "lower", "upper"), NUMBER),
    }
    always = {"measure", "period", "class", "property", "kind"}
    return describe_object(keys, optional=keys.keys() - always)


def _build_publication_schema() -> Schema:
    return describe_object(
        {
            "schema_version": WHOLE,
            "k": WHOLE,
            "statistics": WHOLE,
            "judged": {"enum": ["alone", "ledger"]},
            "identified": allow_null(TEXT),
            "not_told_small": WHOLE,
            "not_told_others": WHOLE,
            "figures": describe_list(refer_to("told")),
        }
    )


def list_indicator_keys() -> Keys:
    """Return the keys of an indicator, with its years."""
    part = {**_list_end_keys(), "part": TEXT, "n": allow_null(WHOLE)}
    part["verdict"] = allow_null(choose_word(Verdict))
    point = {**_list_end_keys(), "at": TEXT, "response_rate": SHARE}
    point |= {"several": describe_list(refer_to("figure")), "detail": allow_null(TEXT)}
    point["breaks"] = describe_list(choose_word(Break))
    return {
        "id": TEXT,
        "label": refer_to("label"),
        "class": choose_word(FigureClass),
        "measure": allow_null(TEXT),
        "arguments": describe_map(ANYTHING),
        **_list_end_keys(),
        "n": allow_null(WHOLE),
        "observed": SHARE,
        **_list_target_keys(),
        "verdict": allow_null(choose_word(Verdict)),
        "parts": describe_list(describe_object(part)),
        "missing": describe_list(TEXT),
        "detail": allow_null(TEXT),
        "change": allow_null(NUMBER),
        "change_range": allow_null(describe_list(allow_null(NUMBER))),
        "trend": describe_list(describe_object(point)),
        "settles": describe_list(TEXT),
        "evidence": describe_map(ANYTHING),
    }


def _list_target_keys() -> Keys:
    """Return the keys of an indicator that say what is wanted, by when, and from where."""
    return {
        "target": allow_null(NUMBER),
        "target_source": {"enum": ["decided", "proposed", None]},
        "target_by": allow_null(TEXT),
        "target_each": allow_null(TEXT),
        "target_needs": {"type": ["number", "string", "null"]},
        "target_due": allow_null(FLAG),
        "baseline": allow_null(NUMBER),
        "baseline_period": allow_null(TEXT),
        "steps": describe_map(NUMBER),
        "step_due": allow_null(TEXT),
    }


def _build_goal_schema() -> Schema:
    return describe_object(
        {
            "id": TEXT,
            "label": refer_to("label"),
            "rule": {"enum": ["all", "any"]},
            "verdict": choose_word(Verdict),
            "counts": describe_map(WHOLE),
            "indicators": describe_list(refer_to("indicator")),
        }
    )


def _build_claim_outcome_schema() -> Schema:
    counts = dict.fromkeys(("supported", "contradicted", "open", "people"), allow_null(WHOLE))
    return describe_object(
        {
            "id": TEXT,
            "label": refer_to("label"),
            "certainty": TEXT,
            "verdict": choose_word(ClaimVerdict),
            **counts,
            **dict.fromkeys(("lower", "upper"), allow_null(NUMBER)),
            "units": describe_map(choose_word(ClaimVerdict)),
            "lacking": describe_map(WHOLE),
            "missing": describe_list(TEXT),
        }
    )


def list_scorecard_keys() -> Keys:
    """Return the keys of a scorecard."""
    standard = {"id": TEXT, "value": ANYTHING, "source": allow_null(TEXT)}
    return {
        "profile": TEXT,
        "title": allow_null(refer_to("label")),
        "at": TEXT,
        "reference_day": allow_null(TEXT),
        "example": FLAG,
        "goals": describe_list(refer_to("goal")),
        "indicators": describe_list(refer_to("indicator")),
        "claims": describe_list(refer_to("claim")),
        "standards": describe_list(describe_object(standard)),
    }


def list_result_keys() -> Keys:
    """Return the keys of what a measure or a test gave."""
    optional_texts = ("variant", "relation", "groups", "by", "at", "reference_day", "range", "null")
    return {
        "measure": TEXT,
        "label": allow_null(refer_to("label")),
        **dict.fromkeys(optional_texts, allow_null(TEXT)),
        "class": choose_word(FigureClass),
        **dict.fromkeys(("n", "draws", "seed", "several"), allow_null(WHOLE)),
        "observed": SHARE,
        "missing": allow_null(TEXT),
        "interval": allow_null(choose_word(IntervalMethod)),
        "sentence": refer_to("label"),
        "notes": describe_map(ANYTHING),
        "purpose": allow_null(TEXT),
        "names": describe_map(refer_to("label")),
        "columns": describe_list(TEXT),
        "rows": describe_list(refer_to("figure")),
    }


def list_comparison_keys() -> Keys:
    """Return the keys of municipalities beside each other."""
    row = {**_list_end_keys(), "name": TEXT, "indicator": TEXT, "label": refer_to("label")}
    row |= {"n": allow_null(WHOLE), "observed": SHARE}
    row["several"] = describe_list(refer_to("figure"))
    figure: Keys = {"measure": TEXT, "arguments": describe_map(ANYTHING)}
    figure["rows"] = describe_list(describe_object(row))
    refused: Keys = dict.fromkeys(("name", "indicator", "measure", "detail"), TEXT)
    refused |= {"reason": choose_word(Mismatch), "label": refer_to("label")}
    return {
        "at": TEXT,
        "names": describe_list(TEXT),
        "examples": describe_list(TEXT),
        "figures": describe_list(describe_object(figure)),
        "refused": describe_list(describe_object(refused)),
    }


def list_fault_keys() -> Keys:
    """Return the keys of a fault, or of a piece of advice."""
    return {
        "code": choose_word(get_args(FaultCode)),
        "file": TEXT,
        "row": allow_null(WHOLE),
        "column": allow_null(TEXT),
        "hint": TEXT,
        "value": allow_null(TEXT),
        "nearest": describe_list(TEXT),
    }
