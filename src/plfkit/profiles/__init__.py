"""Profiles: municipalities as values, loaded one at a time."""

from plfkit.profiles.hooks import hookimpl
from plfkit.profiles.loading import (
    GENERIC,
    ProfileInfo,
    available_profiles,
    from_tables,
    load_profile,
    read,
    write_template,
)
from plfkit.profiles.profile import Profile

__all__ = [
    "GENERIC",
    "Profile",
    "ProfileInfo",
    "available_profiles",
    "from_tables",
    "hookimpl",
    "load_profile",
    "read",
    "write_template",
]
