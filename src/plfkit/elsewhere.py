"""Names that are looked for on the face and are elsewhere: where they are."""

from __future__ import annotations

from collections.abc import Mapping

from plfkit import errors

WELL_KNOWN: Mapping[str, str] = {
    "measures": "CORE Catalogue Measure add_profile_measures measure",
    "profiles": "FigureRow Reader Section SectionContext Standards TextRow",
    "report": "DocumentKind PictureKind build_document_schema",
    "starting": "start_distribution",
    "synthetic": "municipality",
    "testing": "check_profile",
}
"""Names that are looked for on the face, by the module that they stand in."""
INSTEAD: Mapping[str, str] = {
    "check": "plfkit.read checks what it reads, and InvalidDataError holds the faults",
    "load": "use plfkit.read for data, plfkit.load_profile for a profile",
    "render_figures": "use plfkit.write_figures",
    "save": "use plfkit.write for data, plfkit.write_report for a page",
    "schema": "use plfkit.report.build_document_schema",
    "trend": "use plfkit.write_trend, plfkit.render_trend, or plfkit.plot with 'trend'",
    "validate": "plfkit.read checks what it reads, and InvalidDataError holds the faults",
}
"""What others call what plfkit has by another name."""


def explain_missing_name(name: str) -> str:
    """Say that the face has no such name; and where the name is, if it is well known.

    Args:
        name: What was looked for.
    """
    missing = f"module 'plfkit' has no attribute {name!r}"
    if name in errors.__all__:
        return f"{missing}: use plfkit.errors.{name}"
    for room, names in WELL_KNOWN.items():
        if name in names.split():
            return f"{missing}: use plfkit.{room}.{name}"
    return f"{missing}: {INSTEAD[name]}" if name in INSTEAD else missing
