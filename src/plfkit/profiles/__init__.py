"""Profiles: municipalities as values, loaded one at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from plfkit.rooms import index_names, load_name

if TYPE_CHECKING:
    from plfkit.model.declared.sections import (
        FigureRow,
        PictureOf,
        Section,
        SectionContext,
        SectionFigure,
        SectionWriter,
        Text,
    )
    from plfkit.model.declared.standards import Standards
    from plfkit.model.results.result import MeasureFunction
    from plfkit.profiles.describing import describe
    from plfkit.profiles.hooks import (
        HookContext,
        MeasuresContext,
        ProfileContext,
        ReadersContext,
        SectionsContext,
        hookimpl,
    )
    from plfkit.profiles.installed import available_profiles
    from plfkit.profiles.loading import load_profile
    from plfkit.profiles.manifest import manifest_schema
    from plfkit.profiles.plugins import ProfileInfo
    from plfkit.profiles.probing import probe_profiles
    from plfkit.profiles.profile import GENERIC, Declarations, Profile
    from plfkit.sources.given import GivenFile
    from plfkit.sources.readers import Reader, TextRow

__all__ = [
    "GENERIC",
    "Declarations",
    "FigureRow",
    "GivenFile",
    "HookContext",
    "MeasureFunction",
    "MeasuresContext",
    "PictureOf",
    "Profile",
    "ProfileContext",
    "ProfileInfo",
    "Reader",
    "ReadersContext",
    "Section",
    "SectionContext",
    "SectionFigure",
    "SectionWriter",
    "SectionsContext",
    "Standards",
    "Text",
    "TextRow",
    "available_profiles",
    "describe",
    "hookimpl",
    "load_profile",
    "manifest_schema",
    "probe_profiles",
]
_PLACES = index_names(
    {
        "model.declared.sections": "FigureRow PictureOf Section SectionContext SectionFigure SectionWriter "
        "Text",
        "model.declared.standards": "Standards",
        "model.results.result": "MeasureFunction",
        "profiles.describing": "describe",
        "profiles.hooks": "HookContext MeasuresContext ProfileContext ReadersContext SectionsContext "
        "hookimpl",
        "profiles.installed": "available_profiles",
        "profiles.loading": "load_profile",
        "profiles.manifest": "manifest_schema",
        "profiles.plugins": "ProfileInfo",
        "profiles.probing": "probe_profiles",
        "profiles.profile": "Declarations GENERIC Profile",
        "sources.given": "GivenFile",
        "sources.readers": "Reader TextRow",
    }
)
"""Where each name stands: it loads when it is asked for, since plfkit's own profile needs no plug-ins."""


if not TYPE_CHECKING:

    def __getattr__(name: str) -> Any:
        return load_name(__name__, name, _PLACES)


def __dir__() -> list[str]:
    return list(__all__)
