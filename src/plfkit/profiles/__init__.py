"""Profiles: municipalities as values, loaded one at a time."""

from typing import TYPE_CHECKING

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
from plfkit.profiles.loading import available_profiles, load_profile
from plfkit.profiles.manifest import manifest_schema
from plfkit.profiles.plugins import GENERIC, ProfileInfo
from plfkit.profiles.probing import probe_profiles
from plfkit.profiles.profile import Declarations, Profile
from plfkit.rooms import load_module
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


if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        return load_module(__name__, name)


def __dir__() -> list[str]:
    return list(__all__)
