"""Profiles: municipalities as values, loaded one at a time."""

from typing import TYPE_CHECKING

from plfkit.profiles.describing import describe
from plfkit.profiles.hooks import hookimpl
from plfkit.profiles.loading import (
    available_profiles,
    from_tables,
    load_profile,
    read,
    write_template,
)
from plfkit.profiles.manifest import manifest_schema
from plfkit.profiles.plugins import GENERIC, ProfileInfo
from plfkit.profiles.profile import Profile
from plfkit.rooms import load_module

__all__ = [
    "GENERIC",
    "Profile",
    "ProfileInfo",
    "available_profiles",
    "describe",
    "from_tables",
    "hookimpl",
    "load_profile",
    "manifest_schema",
    "read",
    "write_template",
]


if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        return load_module(__name__, name)
