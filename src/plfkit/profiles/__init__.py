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
from plfkit.profiles.describing import describe
from plfkit.profiles.hooks import hookimpl
from plfkit.profiles.loading import available_profiles, load_profile
from plfkit.profiles.manifest import manifest_schema
from plfkit.profiles.plugins import GENERIC, ProfileInfo
from plfkit.profiles.profile import Profile
from plfkit.rooms import load_module

__all__ = [
    "GENERIC",
    "FigureRow",
    "PictureOf",
    "Profile",
    "ProfileInfo",
    "Section",
    "SectionContext",
    "SectionFigure",
    "Text",
    "available_profiles",
    "describe",
    "hookimpl",
    "load_profile",
    "manifest_schema",
]


if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        return load_module(__name__, name)
