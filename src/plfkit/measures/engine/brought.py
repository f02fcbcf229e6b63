"""Measures that a profile brings, beside plfkit's own."""

from __future__ import annotations

import warnings

from plfkit.errors import PluginWarning, SetAside
from plfkit.measures.engine.catalogue import Catalogue
from plfkit.model.results.result import MeasureFunction
from plfkit.profiles.plugins import find_owner_info
from plfkit.profiles.profile import Profile
from plfkit.requiring import require_instance


def add_profile_measures(catalogue: Catalogue, profile: Profile) -> Catalogue:
    """Return a catalogue with a profile's own measures.

    One whose name the catalogue has is set aside if an installed distribution brings it: who uses the
    profile cannot rename it. Anybody else is at hand, and is told to.

    Args:
        catalogue: Mostly `plfkit.measures.CORE`.
        profile: The profile.

    Warns:
        PluginWarning: A measure of an installed distribution is set aside.

    Raises:
        MeasureError: A function is no measure, or its name is taken, and no distribution brings it.
    """
    require_instance(profile, Profile)
    usable = []
    for function in profile.measures:
        problem = _find_collision(catalogue, function, profile.id)
        if problem is None:
            usable.append(function)
        else:
            warnings.warn(PluginWarning(problem), stacklevel=2)
    return catalogue.extended(*usable)


def _find_collision(
    catalogue: Catalogue, function: MeasureFunction, profile: str
) -> SetAside | None:
    """Say why a distribution's measure cannot stand beside those that there are; None if it can."""
    name = getattr(function, "__name__", repr(function))
    owner = find_owner_info(str(getattr(function, "__module__", None)))
    if name not in catalogue or owner is None:
        return None
    return SetAside(
        profile,
        owner.distribution,
        owner.version,
        "plfkit has a measure of that name, and indicators that name it get plfkit's",
        f"its author must rename it; till then upgrade or uninstall {owner.distribution}",
        f"the measure {name!r}",
    )
