"""What a profile holds, by name: for a list of what each installed profile brings."""

from __future__ import annotations

from attrs import frozen

from plfkit.model.words.vocabulary import load_core_vocabulary
from plfkit.profiles.profile import Profile


@frozen(kw_only=True)
class ProfileContents:
    """The names of what a profile holds.

    Attributes:
        goals: Its goals.
        indicators: Its indicators.
        claims: Its claims.
        kinds: Words that the core vocabulary does not have, as ``"roles.learning_guide"``.
        measures: Measures of its own.
        readers: Readers of formats of its own.
        sections: Sections of the page of its own.
    """

    goals: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    readers: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()


def list_contents(profile: Profile) -> ProfileContents:
    """Return the names of what a profile holds, what it takes over from another included.

    Args:
        profile: The profile.
    """
    core, words = load_core_vocabulary(), profile.vocabulary
    return ProfileContents(
        goals=tuple(profile.goals),
        indicators=tuple(profile.indicators),
        claims=tuple(profile.claims),
        kinds=tuple(
            f"{section}.{name}"
            for section in words.sections
            for name in words.section(section)
            if name not in core.section(section)
        ),
        measures=tuple(function.__name__ for function in profile.measures),
        readers=tuple(reader.name for reader in profile.readers),
        sections=tuple(getattr(write, "__name__", "?") for write in profile.sections),
    )
