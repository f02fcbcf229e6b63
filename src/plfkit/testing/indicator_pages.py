"""Holding the page of a distribution's indicators to its profile."""

from __future__ import annotations

from pathlib import Path

from plfkit.hints import Language
from plfkit.profiles import Profile
from plfkit.profiles.indicator_page import write_indicator_page


def check_indicator_page(profile: Profile, file: str | Path, *, language: Language = "da") -> None:
    """Hold a page of goals and figures to the profile that it tells of.

    Args:
        profile: The profile.
        file: The page, as ``plfkit describe NAME --indicators --out FILE`` wrote it.
        language: The language in which it was written.

    Raises:
        AssertionError: The page is not there, or says something else; the message says how to write it.
        UnknownLanguageError: There are no texts in that language.
    """
    page = Path(file)
    fresh = write_indicator_page(profile, language=language)
    if not page.is_file() or page.read_text(encoding="utf-8") != fresh:
        again = f"plfkit describe {profile.id} --indicators --lang {language} --out {page}"
        raise AssertionError(f"{page} does not say what the profile says: write it anew, {again}")
