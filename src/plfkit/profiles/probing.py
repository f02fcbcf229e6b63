"""Trying every installed profile in a process of its own, so that none can harm or hang the asker."""

from __future__ import annotations

import json
import logging
import os
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TextIO

from attrs import asdict, frozen

from plfkit.errors import PluginError, PluginWarning, ProfileError, SetAside
from plfkit.profiles.children import ChildRun, run_child
from plfkit.profiles.loading import load_profile
from plfkit.profiles.plugins import Offer, ProfileInfo, list_offers
from plfkit.profiles.profile import Profile
from plfkit.profiles.profile_contents import ProfileContents, list_contents

SECONDS = 10.0
"""How long a profile may take to load before it is tried again, alone."""

PATIENCE = 3
"""How many times as long it may take then: a busy machine is no fault of a plug-in."""

# A program stands above all rooms: it may ask the measures which names are taken.
_PROBE_PROGRAM = """
import sys
from plfkit.profiles.probing import answer_probe

def gather_measures(profile):
    from plfkit.measures import CORE
    from plfkit.measures.engine.brought import add_profile_measures
    add_profile_measures(CORE, profile)

answer_probe(sys.argv[1], gather_measures)
"""


@frozen
class ProbedProfile:
    """An installed profile that was tried.

    Attributes:
        info: What its metadata tell.
        problem: Why it is not used, if something was wrong.
        slow: Whether all that is wrong is that it did not finish in time.
        made_for: Which plfkit its metadata ask for; blank if any will do.
        contents: What it brings; None if it is not used.
        parts: The parts of what its distribution brings that are not used, though it is.
    """

    info: ProfileInfo
    problem: SetAside | None = None
    slow: bool = False
    made_for: str = ""
    contents: ProfileContents | None = None
    parts: tuple[SetAside, ...] = ()


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
        offer.info: _judge_child_run(offer, _load_again(offer, ended, seconds), seconds)
        for offer, ended in zip(usable, tried, strict=True)
    }
    return tuple(
        ProbedProfile(offer.info, offer.problem, made_for=offer.made_for)
        if offer.problem
        else probed[offer.info]
        for offer in found
    )


def refuse_set_aside_profiles(seconds: float = SECONDS) -> None:
    """Refuse to go on while an installed profile, or a part of what it brings, is set aside.

    Args:
        seconds: How long each may take to load at first.

    Raises:
        PluginError: Something is set aside; the error names all of it.
    """
    if problems := [problem for one in probe_profiles(seconds) for problem in list_problems(one)]:
        raise PluginError(*problems)


def list_problems(probed: ProbedProfile) -> Iterator[SetAside]:
    """Yield what is set aside: the whole profile, or parts of what comes with it.

    Args:
        probed: A profile that was tried.
    """
    if probed.problem is not None:
        yield probed.problem
    yield from probed.parts


def answer_probe(name: str, gather: Callable[[Profile], None]) -> None:
    """Load a profile and print how that went, the last line as JSON; the child's side of a probe.

    Args:
        name: The profile's id.
        gather: What puts its measures beside plfkit's own.
    """
    # What the plug-in prints goes to stderr, so that stdout holds the answer alone.
    with os.fdopen(os.dup(1), "w", encoding="utf-8") as stdout:
        os.dup2(2, 1)
        _tell_progress(stdout)
        stdout.write(json.dumps(_try_profile(name, gather)))


def _tell_progress(stdout: TextIO) -> None:
    """Write a line for each step of loading: of a profile that hangs the last one tells where."""
    steps = logging.getLogger("plfkit.profiles.calling")
    steps.setLevel(logging.DEBUG)
    steps.propagate = False
    steps.addHandler(logging.StreamHandler(stdout))


def _try_profile(name: str, gather: Callable[[Profile], None]) -> dict[str, Any]:
    """Return what is wrong with a profile, or what it brings."""
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        try:
            profile = load_profile(name)
            if profile.measures:  # then the measures are loaded already
                gather(profile)
        except PluginError as error:
            return {"problem": asdict(error.set_aside[0])}
        except ProfileError as error:
            return {"problem": {"reason": str(error)}}
    parts = [one.message.set_aside for one in told if isinstance(one.message, PluginWarning)]
    return {"contents": asdict(list_contents(profile)), "parts": [*map(asdict, parts)]}


def _load_in_child(offer: Offer, seconds: float) -> ChildRun:
    """Load a profile in a process of its own."""
    return run_child(_PROBE_PROGRAM, offer.info.id, seconds)


def _load_again(offer: Offer, ended: ChildRun, seconds: float) -> ChildRun:
    """Load a profile once more, with more time, if it did not finish."""
    return ended if ended.code is not None else _load_in_child(offer, PATIENCE * seconds)


def _judge_child_run(offer: Offer, ended: ChildRun, seconds: float) -> ProbedProfile:
    about: dict[str, Any] = {"info": offer.info, "made_for": offer.made_for}
    last = (ended.stdout.splitlines() or [""])[-1]
    if ended.code is None:
        problem = offer.explain_set_aside(*_explain_slow_profile(offer, seconds, last))
        return ProbedProfile(problem=problem, slow=True, **about)
    try:
        told = json.loads(last)
    except ValueError:
        problem = offer.explain_set_aside("it ends the program while loading")
        return ProbedProfile(problem=problem, **about)
    if problem := told.get("problem"):
        known = offer.explain_set_aside(problem["reason"], problem.get("remedy"))
        return ProbedProfile(problem=known, **about)
    contents = {name: tuple(names) for name, names in told["contents"].items()}
    parts = tuple(SetAside(**part) for part in told["parts"])
    return ProbedProfile(contents=ProfileContents(**contents), parts=parts, **about)


def _explain_slow_profile(offer: Offer, seconds: float, last: str) -> tuple[str, str]:
    """Return what is known of a profile that did not finish: it may be slow, and need not be broken."""
    longer = PATIENCE * seconds
    reason = (
        f"it did not finish loading within {seconds:g} seconds, nor within {longer:g} when it was "
        f"tried again: it is slow, or it hangs{f' ({last})' if last else ''}"
    )
    remedy = (
        f"give it longer (plfkit profiles --time-limit {longer:g}), "
        f"or upgrade or uninstall {offer.info.distribution}"
    )
    return reason, remedy
