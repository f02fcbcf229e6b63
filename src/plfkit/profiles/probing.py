"""Trying every installed profile in a process of its own, so that none can harm or hang the asker."""

from __future__ import annotations

import json
import os
from concurrent.futures import ThreadPoolExecutor

from attrs import asdict, frozen

from plfkit.errors import PluginError, ProfileError, SetAside
from plfkit.profiles.children import ChildRun, run_child
from plfkit.profiles.loading import load_profile
from plfkit.profiles.plugins import Offer, ProfileInfo, list_offers

SECONDS = 10.0
"""How long a profile may take to load before it is tried again, alone."""

PATIENCE = 3
"""How many times as long it may take then: a busy machine is no fault of a plug-in."""

_PROBE_PROGRAM = "import sys; from plfkit.profiles.probing import answer; answer(sys.argv[1])"


@frozen
class ProbedProfile:
    """An installed profile that was tried.

    Attributes:
        info: What its metadata tell.
        problem: Why it is not used, if something was wrong.
        slow: Whether all that is wrong is that it did not finish in time.
    """

    info: ProfileInfo
    problem: SetAside | None = None
    slow: bool = False


def probe_profiles(seconds: float = SECONDS) -> tuple[ProbedProfile, ...]:
    """Load every installed profile in a process of its own, and tell which of them work.

    One that does not finish in time is tried once more, when all others are done, with more time.

    Args:
        seconds: How long each may take at first.
    """
    found = list_offers()
    usable = [offer for offer in found if offer.problem is None]
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        tried = [*pool.map(lambda offer: _load_in_child(offer, seconds), usable)]
    probed = {
        offer.info: _judge_child_run(
            offer, ended or _load_in_child(offer, PATIENCE * seconds), seconds
        )
        for offer, ended in zip(usable, tried, strict=True)
    }
    return tuple(
        ProbedProfile(offer.info, offer.problem) if offer.problem else probed[offer.info]
        for offer in found
    )


def refuse_set_aside_profiles(seconds: float = SECONDS) -> None:
    """Refuse to go on while an installed profile is set aside.

    Args:
        seconds: How long each may take to load at first.

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
        stdout.write(json.dumps(_find_load_problem(name)))


def _find_load_problem(name: str) -> dict[str, str] | None:
    try:
        load_profile(name)
    except PluginError as error:
        return asdict(error.set_aside[0])
    except ProfileError as error:
        return {"reason": str(error)}
    return None


def _load_in_child(offer: Offer, seconds: float) -> ChildRun | None:
    """Load a profile in a process of its own; None if it did not finish in time."""
    return run_child(_PROBE_PROGRAM, offer.info.id, seconds)


def _judge_child_run(offer: Offer, ended: ChildRun | None, seconds: float) -> ProbedProfile:
    if ended is None:
        return ProbedProfile(
            offer.info, offer.explain_set_aside(*_explain_slow_profile(offer, seconds)), slow=True
        )
    try:
        problem = json.loads(ended.stdout)
    except ValueError:
        return ProbedProfile(
            offer.info, offer.explain_set_aside("it ends the program while loading")
        )
    if problem is None:
        return ProbedProfile(offer.info)
    return ProbedProfile(
        offer.info, offer.explain_set_aside(problem["reason"], problem.get("remedy"))
    )


def _explain_slow_profile(offer: Offer, seconds: float) -> tuple[str, str]:
    """Return what is known of a profile that did not finish: it may be slow, and need not be broken."""
    longer = PATIENCE * seconds
    reason = (
        f"it did not finish loading within {seconds:g} seconds, nor within {longer:g} when it was "
        "tried again: it is slow, or it hangs"
    )
    remedy = (
        f"give it longer (plfkit profiles --time-limit {longer:g}), "
        f"or upgrade or uninstall {offer.info.distribution}"
    )
    return reason, remedy
