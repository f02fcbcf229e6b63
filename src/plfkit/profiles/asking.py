"""What a profile's communities are asked to say of themselves."""

from __future__ import annotations

from plfkit.model.declared.declarations import Indicator
from plfkit.model.words.vocabulary import load_core_vocabulary
from plfkit.profiles.profile import Profile


def list_team_frameworks(profile: Profile) -> tuple[str, ...]:
    """Return the frameworks on which communities assess themselves.

    These are the profile's framework, those about which its figures ask communities, and those of its
    own vocabulary, unless its figures only ask single people about them.
    """
    core, asked = load_core_vocabulary().frameworks, dict.fromkeys([profile.framework])
    for name in profile.vocabulary.frameworks:
        reading = [
            one for one in profile.indicators.values() if one.arguments.get("framework") == name
        ]
        if any(map(_is_read_from_communities, reading)) or (name not in core and not reading):
            asked[name] = None
    return tuple(asked)


def _is_read_from_communities(indicator: Indicator) -> bool:
    """Tell whether a figure rests on what communities answer as one."""
    arguments = indicator.arguments
    if indicator.measure == "characteristics_profile":
        return bool(arguments.get("source", "answers") != "events")
    return bool(arguments.get("respondents") == "communities")
