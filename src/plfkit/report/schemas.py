"""The JSON Schemas of documents: of what `to_document` returns, and of what commands print as JSON."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal, get_args

from plfkit.hints import AUDIENCES, LANGUAGES
from plfkit.model.written_formats import PUBLICATION_FORMAT
from plfkit.report.fault_records import FAULTS_VERSION
from plfkit.report.schema_parts import (
    FLAG,
    TEXT,
    WHOLE,
    Keys,
    Schema,
    allow_null,
    build_definitions,
    choose_word,
    describe_list,
    describe_map,
    describe_object,
    list_comparison_keys,
    list_fault_keys,
    list_indicator_keys,
    list_result_keys,
    list_scorecard_keys,
    refer_to,
)

DocumentKind = Literal["publication", "goals", "measure", "compare", "trend", "faults"]
"""Which document: any that was published, or that of a command."""
DOCUMENT_KINDS: tuple[DocumentKind, ...] = get_args(DocumentKind)
_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def build_document_schema(kind: DocumentKind = "publication") -> Schema:
    """Return the JSON Schema of a document that `to_document` returns, or that a command prints as JSON.

    Every object of a document has the keys that its schema names and no others, so that a key that is
    misspelt, or that a later version adds, does not go unnoticed.

    Args:
        kind: ``"goals"``, ``"measure"`` (tests as well), ``"compare"`` and ``"trend"`` are of what was
            released, as the commands of these names print it; ``"publication"`` is any of these, or
            several at once; ``"faults"`` is of faults and advice, as ``plfkit check`` prints them.

    Raises:
        ValueError: There is no such document.

    Examples:
        >>> import plfkit
        >>> sorted(plfkit.report.build_document_schema("faults")["required"])
        ['advice', 'audience', 'faults', 'language', 'ok', 'schema_version']
    """
    if kind not in DOCUMENT_KINDS:
        raise ValueError(f"there is no document {kind!r}: choose {', '.join(DOCUMENT_KINDS)}")
    if kind == "faults":
        return {"$schema": _DIALECT, "title": "Faults that plfkit found", **_build_faults_schema()}
    shape = _build_publications_schema() if kind == "publication" else _SHAPES[kind]()
    title = "A plfkit publication" + ("" if kind == "publication" else f": {kind}")
    return {"$schema": _DIALECT, "title": title, **shape, "$defs": build_definitions()}


def _build_goals_schema() -> Schema:
    return _build_released_schema(list_scorecard_keys())


def _build_measure_schema() -> Schema:
    """Return the schema of a result; the command says beside it whether the data are an example."""
    return _build_released_schema(list_result_keys(), {"example": FLAG, "title": allow_null(TEXT)})


def _build_compare_schema() -> Schema:
    return _build_released_schema(list_comparison_keys())


def _build_trend_schema() -> Schema:
    """Return the schema of one indicator or several; the command says beside them whose they are."""
    about: Keys = {"profile": TEXT, "example": FLAG}
    several: Keys = {"contents": describe_list(refer_to("indicator"))}
    return {
        "anyOf": [
            _build_released_schema(list_indicator_keys(), about),
            _build_released_schema(several, about),
        ]
    }


_SHAPES: Mapping[str, Callable[[], Schema]] = {
    "goals": _build_goals_schema,
    "measure": _build_measure_schema,
    "compare": _build_compare_schema,
    "trend": _build_trend_schema,
}


def _build_publications_schema() -> Schema:
    things = ("scorecard", "result", "comparison", "indicator")
    several: Keys = {"contents": describe_list({"anyOf": [refer_to(name) for name in things]})}
    return {"anyOf": [*(shape() for shape in _SHAPES.values()), _build_released_schema(several)]}


def _build_released_schema(keys: Keys, about: Keys | None = None) -> Schema:
    """Return the schema of what was released, with its publication beside it."""
    beside: Keys = {"schema_version": {"const": PUBLICATION_FORMAT.version}}
    beside["publication"] = refer_to("publication")
    return describe_object({**keys, **beside, **(about or {})}, optional=about or ())


def _build_faults_schema() -> Schema:
    fault = describe_object(list_fault_keys(), optional=("value", "nearest"))
    return describe_object(
        {
            "schema_version": {"const": FAULTS_VERSION},
            "ok": FLAG,
            "language": choose_word(LANGUAGES),
            "audience": choose_word(AUDIENCES),
            "rows": describe_map(WHOLE),
            "faults": describe_list(fault),
            "advice": describe_list(fault),
        },
        optional=("rows",),
    )
