"""What a profile's communities are asked to say of themselves."""

from __future__ import annotations

from plfkit.model.declared.declarations import Indicator
from plfkit.model.words.core import FIVE_CHARACTERISTICS
from plfkit.model.words.vocabulary import load_core_vocabulary
from plfkit.profiles.profile import Profile

_PROFILE_MEASURE = "characteristics_profile"
_FRAMEWORK_MEASURES = (_PROFILE_MEASURE, "framework_mean", "scale_statistics")
"""Measures that read the five characteristics where an indicator names no framework or items."""

_OWN_WORD_BASES = ("learning", "self_assessed")
_OWN_WORD_MEASURES = ("community_transition", "leaders_in_teams")
"""On which bases communities count by what they say of the core practices, and which measures take such
a basis where an indicator names none."""


def list_team_frameworks(profile: Profile) -> tuple[str, ...]:
    """Return the frameworks on which communities assess themselves.

    These are the profile's framework, those about which its figures ask communities, and those of its
    own vocabulary, unless its figures only ask single people about them.
    """
    read = list_frameworks_of_teams(profile)
    core, asked = load_core_vocabulary().frameworks, dict.fromkeys([profile.framework])
    for name in profile.vocabulary.frameworks:
        named = any(i.arguments.get("framework") == name for i in profile.indicators.values())
        if name in read or (name not in core and not named):
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
    read = [FIVE_CHARACTERISTICS] if _is_by_own_word(indicator) else []
    if arguments.get("framework") in frameworks:
        return [*read, str(arguments["framework"])]
    items = set(arguments.get("items") or ())
    if not items:
        return [FIVE_CHARACTERISTICS] if indicator.measure in _FRAMEWORK_MEASURES else read
    return [*read, *(name for name, one in frameworks.items() if items & one.all_items)]


def _is_read_from_communities(indicator: Indicator) -> bool:
    """Tell whether a figure rests on what communities answer as one."""
    arguments = indicator.arguments
    if indicator.measure == _PROFILE_MEASURE:
        return bool(arguments.get("source", "answers") != "events")
    return bool(arguments.get("respondents") == "communities") or _is_by_own_word(indicator)


def _is_by_own_word(indicator: Indicator) -> bool:
    """Tell whether communities count in a figure by what they say of the core practices."""
    if "basis" not in indicator.arguments:
        return indicator.measure in _OWN_WORD_MEASURES
    return indicator.arguments["basis"] in _OWN_WORD_BASES
