"""Installed profiles: found without importing them, and loaded one at a time."""

from __future__ import annotations

import logging
from importlib.metadata import version

from plfkit.errors import UnknownProfileError
from plfkit.hints import Hint, quote_word
from plfkit.model.given_paths import explain_bad_path
from plfkit.model.words.titles import hint_at_word
from plfkit.profiles import hooks
from plfkit.profiles.calling import load_offer
from plfkit.profiles.plugins import ALLOWED, ProfileInfo, is_left_out, list_offers
from plfkit.profiles.profile import GENERIC, Profile

_log = logging.getLogger("plfkit.profiles")


def available_profiles() -> tuple[ProfileInfo, ...]:
    """List the profiles that are installed and usable, by id, without importing any of them.

    What the metadata alone show to be unusable is left out: names that several distributions claim,
    and profiles made for another plfkit. `plfkit.profiles.probe_profiles` tells why.
    """
    generic, offers = ProfileInfo(GENERIC, hooks.PROJECT, version(hooks.PROJECT)), list_offers()
    for offer in offers:
        if offer.problem is not None:
            _log.warning("%s", offer.problem)
    return tuple(sorted([generic, *(offer.info for offer in offers if offer.problem is None)]))


def load_installed_profile(name: str) -> Profile:
    """Load the profile that an installed distribution offers under a name.

    Args:
        name: Its id.

    Raises:
        UnknownProfileError: Nothing of that name is installed.
        DuplicateProfileError: Several distributions claim the name.
        IncompatibleProfileError: It was made for another plfkit.
        PluginError: The distribution's code or its profile is broken; it says whose.
    """
    claims = [offer for offer in list_offers() if offer.info.id == name]
    if not claims:
        raise UnknownProfileError(_explain_missing_profile(name))
    return load_offer(claims)


def _explain_missing_profile(name: str) -> Hint:
    if is_left_out(name):
        return Hint("profiles.not_allowed", name=quote_word(name), variable=ALLOWED)
    known = tuple(info.id for info in available_profiles())
    near = hint_at_word(name, known) or Hint("profiles.installed", names=known)
    missing = Hint("profiles.unknown", name=quote_word(name), near=near)
    return explain_bad_path(name, missing)
