"""Measure professional learning communities, with the uncertainty of every figure.

Read, take a snapshot, measure, assess, release, write. Everything here loads on first use; the types
of these names stand in ``__init__.pyi``.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

_NAMES_BY_ROOM = {
    "auditing": "Leak audit",
    "disclosure": "Ledger Released compare open_ledger release",
    "door.files": "draft_mapping import_files",
    "door.graphs": "from_networkx",
    "door.handing_out": "write_template",
    "door.reading": "from_tables read",
    "errors": "PlfkitError",
    "goals": "Scorecard assess",
    "graph": "Snapshot snapshot",
    "model.records.combining": "combine",
    "model.records.organisation": "Organisation",
    "model.records.rows": "Answer Community Event Focus Membership Outcome Participation Pathway Person "
    "Position Qualification Registration Response Survey Tie Unit",
    "model.results.result": "Result",
    "model.words.kinds": "Label",
    "periods": "Period SchoolYear",
    "profiles": "Profile available_profiles describe hookimpl load_profile",
    "report": "Picture plot to_document write_report",
    "protection": "exclude pseudonymise",
    "sources": "Limits write",
    "sources.drafting": "Draft",
    "sources.importing": "ImportMapping SurveyMapping add_survey",
}
_ROOMS = (
    *("auditing", "disclosure", "errors", "goals", "graph", "inference", "kernels", "measures"),
    *("model", "periods", "profiles", "protection", "report", "resampling", "sources"),
    *("starting", "synthetic", "testing"),
)
_ROOM_BY_NAME = {
    name: f"plfkit.{room}" for room, names in _NAMES_BY_ROOM.items() for name in names.split()
}
__all__ = sorted([*_ROOM_BY_NAME, *_ROOMS])  # noqa: PLE0605 - the table above is the one list


def __getattr__(name: str) -> Any:
    if name in _ROOMS:
        return import_module(f"plfkit.{name}")
    if name in _ROOM_BY_NAME:
        return getattr(import_module(_ROOM_BY_NAME[name]), name)
    raise AttributeError(f"module 'plfkit' has no attribute {name!r}")


def __dir__() -> list[str]:
    return list(__all__)
