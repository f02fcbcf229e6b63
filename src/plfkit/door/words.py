"""In whose words data are read; and what the log tells of reading."""

from __future__ import annotations

import logging

from plfkit.model.records.organisation import Organisation
from plfkit.model.words.vocabulary import Vocabulary, load_core_vocabulary
from plfkit.profiles.profile import Profile
from plfkit.requiring import require_instance

_log = logging.getLogger("plfkit.read")


def log_reading(organisation: Organisation) -> Organisation:
    """Tell the log how much was read, and return it; what the rows hold is told to nobody."""
    sizes = ", ".join(f"{size} {name}" for name, size in organisation.list_table_sizes() if size)
    _log.info("read %s; %d pieces of advice", sizes or "nothing", len(organisation.advice))
    return organisation


def choose_vocabulary(profile: Profile | None) -> Vocabulary | None:
    """Return the words of a profile; None where it has none beside the core's."""
    if profile is not None:
        require_instance(profile, Profile)
    known = load_core_vocabulary()
    return None if profile is None or profile.vocabulary == known else profile.vocabulary
