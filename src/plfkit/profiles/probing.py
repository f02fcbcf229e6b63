"""Trying every installed profile in a process of its own, so that none can harm or hang the asker."""

from __future__ import annotations

import json
import os
from concurrent.futures import ThreadPoolExecutor

from attrs import asdict, frozen

from plfkit.errors import PluginError, ProfileError, SetAside
from plfkit.profiles.children import run_child
from plfkit.profiles.loading import load_profile
from plfkit.profiles.plugins import Offer, ProfileInfo, offers

SECONDS = 10.0
"""How long a profile may take to load before it counts as hanging."""

_CHILD = "import sys; from plfkit.profiles.probing import answer; answer(sys.argv[1])"


@frozen
class Probed:
    """An installed profile that was tried, and why it is not used if something was wrong."""

    info: ProfileInfo
    problem: SetAside | None = None


def probe_profiles(seconds: float = SECONDS) -> tuple[Probed, ...]:
    """Load every installed profile in a process of its own, and tell which of them work.

    Args:
        seconds: How long each may take.
    """
    found = offers()
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        problems = pool.map(lambda offer: offer.problem or _probe(offer, seconds), found)
        return tuple(Probed(o.info, p) for o, p in zip(found, problems, strict=True))


def refuse_set_aside(seconds: float = SECONDS) -> None:
    """Refuse to go on while an installed profile is set aside.

    Raises:
        PluginError: Profiles are set aside; the error names each of them.
    """
    problems = [probed.problem for probed in probe_profiles(seconds) if probed.problem is not None]
    if problems:
        raise PluginError(*problems)


def answer(name: str) -> None:
    """Load a profile and print what is wrong with it as JSON; the child's side of a probe."""
    # What the plug-in prints goes to stderr, so that stdout holds the answer alone.
    with os.fdopen(os.dup(1), "w", encoding="utf-8") as stdout:
        os.dup2(2, 1)
        stdout.write(json.dumps(_problem(name)))


def _problem(name: str) -> dict[str, str] | None:
    try:
        load_profile(name)
    except PluginError as error:
        return asdict(error.set_aside[0])
    except ProfileError as error:
        return {"reason": str(error)}
    return None


def _probe(offer: Offer, seconds: float) -> SetAside | None:
    ended = run_child(_CHILD, offer.info.id, seconds)
    if ended is None:
        return offer.set_aside(f"it did not finish loading within {seconds:g} seconds")
    try:
        problem = json.loads(ended.stdout)
    except ValueError:
        return offer.set_aside("it ends the program while loading")
    if problem is None:
        return None
    return offer.set_aside(problem["reason"], problem.get("remedy"))
