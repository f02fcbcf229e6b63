"""Profiles: municipalities as values, loaded one at a time."""

from typing import TYPE_CHECKING

from plfkit.model.declared.sections import (
    FigureRow,
    PictureOf,
    Section,
    SectionContext,
    SectionFigure,
    Text,
)
from plfkit.model.declared.standards import Standards
from plfkit.profiles.describing import describe
from plfkit.profiles.hooks import hookimpl
from plfkit.profiles.loading import available_profiles, load_profile
from plfkit.profiles.manifest import manifest_schema
from plfkit.profiles.plugins import GENERIC, ProfileInfo
from plfkit.profiles.probing import probe_profiles
from plfkit.profiles.profile import Declarations, Profile
from plfkit.rooms import load_module

__all__ = [
    "GENERIC",
    "Declarations",
    "FigureRow",
    "PictureOf",
    "Profile",
    "ProfileInfo",
    "Section",
    "SectionContext",
    "SectionFigure",
    "Standards",
    "Text",
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
