"""Measure professional learning communities, with the uncertainty of every figure.

Read, take a snapshot, measure, assess, release, write. Everything here loads on first use; the types
of these names stand in ``__init__.pyi``.
"""

from __future__ import annotations

import logging
from importlib import import_module
from typing import Any

from plfkit.rooms import index_names, load_module, load_name

logging.getLogger("plfkit").addHandler(logging.NullHandler())

_PLACES = index_names(
    {
        "auditing": "Leak audit",
        "disclosure": "Ledger Released compare open_ledger release",
        "door.files": "draft_mapping import_files",
        "door.graphs": "from_networkx",
        "door.handing_out": "write_template",
        "door.reading": "from_tables read",
        "errors": "InvalidDataError LimitError PlfkitError",
        "faults": "Fault FaultCode Place",
        "goals": "Change ClaimOutcome ClaimVerdict Comparison GoalOutcome IndicatorOutcome Scorecard "
        "TrendPoint Verdict assess",
        "graph": "Snapshot snapshot",
        "hints": "Audience Hint Language",
        "model.declared.declarations": "PrivacyFloor",
        "model.records.combining": "combine",
        "model.records.organisation": "Organisation",
        "model.records.rows": "Answer Community Event Focus Membership Outcome Participation Pathway Person "
        "Position Qualification Registration Response Survey Tie Unit",
        "model.records.tables": "Table",
        "model.results.figures": "Figure",
        "model.results.result": "Result",
        "model.words.breaks": "Break Mismatch",
        "model.words.figure_classes": "FigureClass",
        "model.words.intervals": "IntervalMethod",
        "model.words.kinds": "Label",
        "model.words.notes": "Note",
        "model.words.ranges": "RangeKind",
        "model.words.reasons": "Reason",
        "model.words.vocabulary": "Vocabulary",
        "periods": "Period SchoolYear",
        "preloading": "preload",
        "profiles": "Profile available_profiles describe hookimpl load_profile",
        "report": "Picture plot render_comparison render_report render_trend to_document write_comparison "
        "write_document write_figures write_report write_trend",
        "protection": "exclude pseudonymise",
        "sources": "Limits write",
        "sources.drafting": "Draft Question",
        "sources.importing": "ImportMapping SurveyMapping add_survey",
    }
)
_ROOMS = (
    *("auditing", "disclosure", "errors", "goals", "graph", "inference", "measures"),
    *("periods", "profiles", "protection", "report", "starting", "synthetic", "testing"),
)
"""The public modules: what each lists in its ``__all__`` is promised, as these names are."""
_INNER_ROOMS = ("kernels", "model", "pieces", "resampling", "sources")
"""Modules that are found here as well, of which nothing is promised."""
__all__ = sorted([*_PLACES, *_ROOMS])  # noqa: PLE0605 - the table above is the one list


def __getattr__(name: str) -> Any:
    if name == "__version__":
        return import_module("importlib.metadata").version(__name__)
    if name in _ROOMS or name in _INNER_ROOMS:
        return load_module(__name__, name)
    if name in _PLACES:
        return load_name(__name__, name, _PLACES)
    if name.startswith("_"):
        raise AttributeError(f"module 'plfkit' has no attribute {name!r}")
    raise AttributeError(import_module("plfkit.elsewhere").explain_missing_name(name))


def __dir__() -> list[str]:
    return list(__all__)
