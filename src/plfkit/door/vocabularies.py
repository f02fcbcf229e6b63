"""In whose words data are read."""

from __future__ import annotations

from plfkit.model.words.vocabulary import Vocabulary, load_core_vocabulary
from plfkit.profiles.profile import Profile


def choose_vocabulary(profile: Profile | None) -> Vocabulary | None:
    """Return the words of a profile; None where it has none beside the core's."""
    known = load_core_vocabulary()
    return None if profile is None or profile.vocabulary == known else profile.vocabulary
