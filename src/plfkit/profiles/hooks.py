"""The hook by which a distribution offers its profile."""

from __future__ import annotations

import pluggy

from plfkit.profiles.profile import Profile

PROJECT = "plfkit"
GROUP = "plfkit.profiles"

hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)


@hookspec
def plfkit_profile() -> Profile:  # type: ignore[empty-body]
    """Return the distribution's profile.

    The entry point in the group ``plfkit.profiles`` names the module with this hook; the entry
    point's name is the profile's id.
    """
