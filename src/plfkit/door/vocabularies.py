"""In whose words data are read."""

from __future__ import annotations

from plfkit.model.words.vocabulary import Vocabulary, load_core_vocabulary
from plfkit.profiles.profile import Profile
from plfkit.requiring import require_instance


def choose_vocabulary(profile: Profile | None) -> Vocabulary | None:
    """Return the words of a profile; None where it has none beside the core's.

    Raises:
        TypeError: It is no profile.
    """
    if profile is None:
        return None
    require_instance(profile, Profile)
    return None if profile.vocabulary == load_core_vocabulary() else profile.vocabulary
