"""The goals and figures of a profile as a page in Markdown, for the documentation of its distribution."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from plfkit.hints import Language
from plfkit.model.declared.declarations import Indicator
from plfkit.profiles.description_words import (
    DescriptionWords,
    describe_direction,
    write_measure_call,
)
from plfkit.profiles.profile import Profile


def write_indicator_page(profile: Profile, *, language: Language = "da") -> str:
    """Return the goals of a profile, each with a table of its indicators, in Markdown.

    Args:
        profile: The profile.
        language: ``"da"`` or ``"en"``.

    Returns:
        The page. Indicators that belong to no goal stand last.

    Raises:
        UnknownLanguageError: There are no texts in that language.

    Examples:
        >>> from plfkit import load_profile
        >>> print(write_indicator_page(load_profile("generic"), language="en").splitlines()[0])
        # Goals and figures: No municipality profile
    """
    say = DescriptionWords.of(language)
    title = f"{say('headings.goals')}: {say.label(profile.label)}"
    return "\n".join([f"# {title}", *_write_goals(profile, say)]) + "\n"


def _write_goals(profile: Profile, say: DescriptionWords) -> Iterator[str]:
    for name, goal in profile.goals.items():
        yield from ("", f"## {name}: {say.label(goal.label)}", "", say.label(goal.text))
        yield from _write_table(profile.indicators_of(name), say)
    if others := profile.indicators_of(None):
        yield from ("", f"## {say('headings.description')}")
        yield from _write_table(others, say)


def _write_table(indicators: Mapping[str, Indicator], say: DescriptionWords) -> Iterator[str]:
    """Write a row for each indicator; nothing where there is none."""
    if not indicators:
        return
    heads = [say(f"page.{name}") for name in ("indicator", "tells", "measure", "wanted")]
    yield from ("", f"| {' | '.join(heads)} |", "|---|---|---|---|")
    for name, one in indicators.items():
        wanted = "; ".join(describe_direction(one, say))
        cells = (f"`{name}`", say.label(one.label), f"`{write_measure_call(one)}`", wanted)
        yield f"| {' | '.join(cell.replace('|', '&#124;') for cell in cells)} |"
