"""Measure professional learning communities, with the uncertainty of every figure.

Read, take a snapshot, measure, assess, release, write. Everything here loads on first use.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from plfkit import measures as measures
    from plfkit.disclosure import Released as Released
    from plfkit.disclosure import release as release
    from plfkit.errors import PlfkitError as PlfkitError
    from plfkit.goals import Scorecard as Scorecard
    from plfkit.goals import assess as assess
    from plfkit.graph import Snapshot as Snapshot
    from plfkit.graph import snapshot as snapshot
    from plfkit.model.organisation import Organisation as Organisation
    from plfkit.model.parts import Community as Community
    from plfkit.model.parts import Membership as Membership
    from plfkit.model.parts import Person as Person
    from plfkit.model.parts import Position as Position
    from plfkit.model.parts import Response as Response
    from plfkit.model.parts import Survey as Survey
    from plfkit.model.parts import Tie as Tie
    from plfkit.model.parts import Unit as Unit
    from plfkit.model.result import Result as Result
    from plfkit.periods import Period as Period
    from plfkit.periods import SchoolYear as SchoolYear
    from plfkit.profiles import Profile as Profile
    from plfkit.profiles import available_profiles as available_profiles
    from plfkit.profiles import hookimpl as hookimpl
    from plfkit.profiles import load_profile as load_profile
    from plfkit.profiles import read as read
    from plfkit.report import write_report as write_report

_HOMES = {
    "disclosure": "Released release",
    "errors": "PlfkitError",
    "goals": "Scorecard assess",
    "graph": "Snapshot snapshot",
    "model.organisation": "Organisation",
    "model.parts": "Community Membership Person Position Response Survey Tie Unit",
    "model.result": "Result",
    "periods": "Period SchoolYear",
    "profiles": "Profile available_profiles hookimpl load_profile read",
    "report": "write_report",
}
_HOME = {name: f"plfkit.{room}" for room, names in _HOMES.items() for name in names.split()}
__all__ = sorted([*_HOME, "measures"])  # noqa: PLE0605 - the table above is the one list


def __getattr__(name: str) -> Any:
    if name == "measures":
        return import_module("plfkit.measures")
    if name in _HOME:
        return getattr(import_module(_HOME[name]), name)
    raise AttributeError(f"module 'plfkit' has no attribute {name!r}")
