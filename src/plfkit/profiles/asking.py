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


def list_read_frameworks(profile: Profile) -> tuple[str, ...]:
    """Return the frameworks that a profile's figures read, its own first, and those of its own vocabulary."""
    core, read = load_core_vocabulary().frameworks, dict.fromkeys([profile.framework])
    for indicator in profile.indicators.values():
        read |= dict.fromkeys(_find_read_frameworks(profile, indicator))
    return tuple(read | {name: None for name in profile.vocabulary.frameworks if name not in core})


def list_frameworks_of_teams(profile: Profile) -> tuple[str, ...]:
    """Return the frameworks that a profile's figures read from what communities answer as one."""
    read = filter(_is_read_from_communities, profile.indicators.values())
    found = (name for one in read for name in _find_read_frameworks(profile, one))
    return tuple(dict.fromkeys(found))


def _find_read_frameworks(profile: Profile, indicator: Indicator) -> list[str]:
    """Return the frameworks whose items a figure reads, by name or item for item."""
    arguments, frameworks = indicator.arguments, profile.vocabulary.frameworks
    if arguments.get("framework") in frameworks:
        return [str(arguments["framework"])]
    items = set(arguments.get("items") or ())
    return [name for name, one in frameworks.items() if items & one.all_items]


def _is_read_from_communities(indicator: Indicator) -> bool:
    """Tell whether a figure rests on what communities answer as one."""
    arguments = indicator.arguments
    if indicator.measure == "characteristics_profile":
        return bool(arguments.get("source", "answers") != "events")
    return bool(arguments.get("respondents") == "communities")
