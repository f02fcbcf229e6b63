"""Faults as a document: plain values for programs, worded for whoever will read them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from plfkit.errors import Fault, InvalidDataError, LimitError
from plfkit.hints import Audience, Language

FAULTS_VERSION = 1
"""The version of the document of faults."""
Faulty = InvalidDataError | LimitError | Iterable[Fault]
"""What holds faults: an error that was raised for them, or the faults themselves."""


def build_faults_document(
    found: Faulty,
    advice: Iterable[Fault] = (),
    *,
    language: Language = "en",
    audience: Audience = "python",
    values: bool = False,
    rows: Mapping[str, int] | None = None,
) -> dict[str, Any]:
    """Return faults and advice as plain values, ready for JSON.

    Args:
        found: The faults, or the error that holds them.
        advice: The advice.
        language: The language of the hints.
        audience: Who reads the hints.
        values: Whether the cells are told too, and what they are most like; they may be personal.
        rows: How many rows each table has, where the data could be read.
    """
    faults = list_faults(found)
    told = {"language": language, "audience": audience}
    return {
        "schema_version": FAULTS_VERSION,
        "ok": not faults,
        **told,
        **({} if rows is None else {"rows": dict(rows)}),
        "faults": [_record_fault(one, language, audience, values=values) for one in faults],
        "advice": [_record_fault(one, language, audience, values=values) for one in advice],
    }


def list_faults(found: object) -> tuple[Fault, ...]:
    """Return the faults that an error holds, or that were given.

    Raises:
        TypeError: Neither an error with faults nor faults were given.
    """
    if isinstance(found, InvalidDataError):
        return found.faults
    if isinstance(found, LimitError):
        return (found.fault,)
    faults = tuple(found) if isinstance(found, Iterable) else (found,)
    if not all(isinstance(one, Fault) for one in faults):
        raise TypeError("give what was released, an error that holds faults, or faults")
    return faults


def _record_fault(
    fault: Fault, language: Language, audience: Audience, *, values: bool
) -> dict[str, Any]:
    place = fault.place
    document = {
        "code": fault.code,
        "file": place.file,
        "row": place.row,
        "column": place.column,
        "hint": fault.remedy.say(language=language, audience=audience),
    }
    if not values:
        return document
    return {**document, "value": fault.value, "nearest": list(fault.nearest)}
