"""The workbook of the first week, handed out to be filled in."""

from __future__ import annotations

from pathlib import Path
from typing import overload

from plfkit.hints import Language
from plfkit.profiles import GENERIC
from plfkit.profiles.asking import list_team_frameworks
from plfkit.profiles.profile import Profile
from plfkit.requiring import require_instance
from plfkit.sources.saving import FilePath, Stream, Target
from plfkit.sources.template.writing import write_blank_template


@overload
def write_template(
    path: FilePath, *, language: Language = "da", profile: Profile | None = None
) -> Path: ...
@overload
def write_template(
    path: Stream, *, language: Language = "da", profile: Profile | None = None
) -> None: ...
def write_template(
    path: Target, *, language: Language = "da", profile: Profile | None = None
) -> Path | None:
    """Write the workbook of the first week, for people to fill in.

    Args:
        path: The ``.xlsx`` file, or a stream of bytes.
        language: ``"da"`` or ``"en"``.
        profile: In whose words: its lists offer the kinds and relations of the profile, and teams
            assess themselves on its framework and on those that its figures ask communities about;
            those of the core if left out.

    Returns:
        The path of the file; None for a stream.

    Raises:
        UnknownLanguageError: There is no template in that language.
        MissingExtraError: XlsxWriter is not installed.
        StoreError: The file could not be written; what was there before still is.
    """
    if profile is None:
        return write_blank_template(path, language=language)
    require_instance(profile, Profile)
    return write_blank_template(
        path,
        language=language,
        vocabulary=profile.vocabulary,
        frameworks=list_team_frameworks(profile),
        profile=None if profile.id == GENERIC else profile.id,
    )
