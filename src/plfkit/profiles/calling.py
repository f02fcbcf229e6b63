"""Calling the hooks of one plug-in, each apart from the others, so that one that is wrong harms only itself.

The profile is what a plug-in is for: without it the plug-in is refused. What its other hooks bring is
added to the profile, or set aside with a `PluginWarning`, and the profile works without it.
"""

from __future__ import annotations

import inspect
import logging
import sys
import warnings
from collections.abc import Iterator, Sequence
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from traceback import extract_tb
from typing import Any

import pluggy
from attrs import frozen

from plfkit.errors import (
    DuplicateProfileError,
    IncompatibleProfileError,
    PlfkitError,
    PluginError,
    PluginWarning,
    say_error,
)
from plfkit.model.words.titles import suggest_word
from plfkit.profiles import hooks
from plfkit.profiles.bringing import (
    BROUGHT_SORTS,
    BroughtSort,
    Judged,
    add_brought,
    judge_brought,
    name_reader_owners,
)
from plfkit.profiles.hooks import HookContext, ProfileContext
from plfkit.profiles.plugins import Offer
from plfkit.profiles.profile import Profile

PROFILE_HOOK = "plfkit_profile"
HOOKS = (PROFILE_HOOK, *(sort.hook for sort in BROUGHT_SORTS))
"""All hooks, in the order in which they are called."""

_log = logging.getLogger(__name__)
_LONGEST, _LONGEST_OWN = 200, 1_000
"""How much of what a plug-in says is passed on; more of what plfkit itself says of it."""


@frozen
class Plugin:
    """A plug-in whose module was imported.

    Attributes:
        offer: Whose it is.
        code: What its entry point leads to: mostly a module.
        folder: The folder of its package.
    """

    offer: Offer
    code: object
    folder: Traversable

    @property
    def about(self) -> dict[str, Any]:
        """What every context tells."""
        info = self.offer.info
        return {
            "distribution": info.distribution,
            "version": info.version,
            "folder": self.folder,
        }


class _OneHookManager(pluggy.PluginManager):
    """A manager that sees one hook of a plug-in: others that do not fit are no matter here."""

    def __init__(self, hook: str) -> None:
        super().__init__(hooks.PROJECT)
        self.add_hookspecs(hooks)
        self._seen = hook

    def parse_hookimpl_opts(self, plugin: object, name: str) -> pluggy.HookimplOpts | None:
        """Return how a function implements the hook; None if it implements none, or another."""
        options = super().parse_hookimpl_opts(plugin, name)
        return options if options is not None and _name_hook(options, name) == self._seen else None


def _name_hook(options: pluggy.HookimplOpts, name: str) -> str:
    """Return the hook that a function implements: it may be called otherwise than the function."""
    return options.get("specname") or name


def load_offer(claims: Sequence[Offer]) -> Profile:
    """Import the one distribution that claims a name, and return its profile with all that it brings.

    Args:
        claims: All that claim the name.

    Warns:
        PluginWarning: A part of what it brings is set aside.

    Raises:
        DuplicateProfileError: Several distributions claim it.
        IncompatibleProfileError: It was made for another plfkit.
        PluginError: The distribution's code or its profile is broken.
    """
    offer = _choose_offer(claims)
    try:
        plugin = import_plugin(offer)
        context = ProfileContext(id=offer.info.id, **plugin.about)
        results = _call_hook(plugin, PROFILE_HOOK, context)
        misspelt = [*_find_unknown_hooks(plugin)]
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # whatever a plug-in does, it is set aside
        remedy = _suggest_hook_remedy(error, PROFILE_HOOK, offer)
        raise PluginError(offer.explain_set_aside(_explain_error(error, offer), remedy)) from error
    profile = _check_profile(results, misspelt, offer)
    for reason in misspelt:
        remedy = _say_how_to_write(offer, *HOOKS[1:])
        problem = offer.explain_set_aside(reason, remedy, part="a hook")
        warnings.warn(PluginWarning(problem), stacklevel=2)
    for sort in BROUGHT_SORTS:
        profile = add_brought(profile, sort, _judge_hook(plugin, profile, sort))
    return name_reader_owners(profile, offer)


def _choose_offer(claims: Sequence[Offer]) -> Offer:
    """Return the one offer that can be used."""
    usable = [offer for offer in claims if offer.problem is None]
    if not usable:
        problems = [offer.problem for offer in claims if offer.problem is not None]
        if len(claims) > 1:
            raise DuplicateProfileError(*problems)
        if claims[0].needs is not None:
            raise IncompatibleProfileError(str(problems[0]))
        raise PluginError(*problems)
    (offer,) = usable
    return offer


def import_plugin(offer: Offer) -> Plugin:
    """Import what an entry point leads to; it may raise anything.

    Args:
        offer: The entry point, and whose it is.
    """
    _log.debug("importing %s", offer.entry.value)
    code = offer.entry.load()
    spec = sys.modules[offer.entry.module].__spec__
    if spec is not None and spec.parent:
        return Plugin(offer, code, resources.files(spec.parent))
    place = getattr(sys.modules[offer.entry.module], "__file__", None)
    return Plugin(offer, code, Path(place or ".").parent)


def _call_hook(plugin: Plugin, hook: str, context: HookContext) -> list[Any] | None:
    """Return what a plug-in's implementations of a hook give; None if it has none."""
    manager = _OneHookManager(hook)
    manager.register(plugin.code, name=plugin.offer.info.id)
    caller = getattr(manager.hook, hook)
    if not caller.get_hookimpls():
        return None
    whose = f"{plugin.offer.info.distribution} {plugin.offer.info.version}"
    _log.debug("calling %s of %s", hook, whose)
    results: list[Any] = caller(context=context)
    _log.debug("%s of %s is done", hook, whose)
    return results


def _find_unknown_hooks(plugin: Plugin) -> Iterator[str]:
    """Yield why functions that are meant as hooks are none: misspelt, or not marked."""
    manager = pluggy.PluginManager(hooks.PROJECT)
    for name in dir(plugin.code):
        options = manager.parse_hookimpl_opts(plugin.code, name)
        if options is not None and (hook := _name_hook(options, name)) not in HOOKS:
            yield f"unknown hook {hook!r}{suggest_word(hook, HOOKS)}"
        elif options is None and name in HOOKS:
            yield f"{name} is not marked with @plfkit.hookimpl"


def _check_profile(results: list[Any] | None, misspelt: Sequence[str], offer: Offer) -> Profile:
    """Return the one profile that a hook gave."""
    if results is None and misspelt:
        reason = f"its hook does not fit: {'; '.join(misspelt)}"
        raise PluginError(offer.explain_set_aside(reason, _say_how_to_write(offer, PROFILE_HOOK)))
    found = results or []
    if len(found) != 1 or type(found[0]) is not Profile:
        given = type(found[0]).__name__ if found else "nothing"
        reason = f"its hook gives {given}, not a Profile"
        raise PluginError(offer.explain_set_aside(reason, _say_how_to_write(offer, PROFILE_HOOK)))
    profile: Profile = found[0]
    if profile.id != offer.info.id:
        remedy = "its author must give both one name"
        reason = f"its entry point is named {offer.info.id!r}, the profile itself {profile.id!r}"
        raise PluginError(offer.explain_set_aside(reason, remedy))
    return profile


def _judge_hook(plugin: Plugin, profile: Profile, sort: BroughtSort) -> Judged:
    """Call one more hook, and find out what it brings; one that is wrong brings nothing."""
    try:
        results = _call_hook(plugin, sort.hook, sort.context(profile=profile, **plugin.about))
        if results is None:
            return Judged()
        given = results[0] if len(results) == 1 else None
        return judge_brought(sort, given, profile, plugin.offer)
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # noqa: BLE001 - whatever a hook does, only it is set aside
        remedy = _suggest_hook_remedy(error, sort.hook, plugin.offer)
        reason = _explain_error(error, plugin.offer)
        return Judged(set_aside=(plugin.offer.explain_set_aside(reason, remedy, part=sort.hook),))


def _explain_error(error: BaseException, offer: Offer) -> str:
    """Say in one line what a plug-in did, and where in its code."""
    longest = _LONGEST if not isinstance(error, PlfkitError) else _LONGEST_OWN
    message = say_error(error, longest=longest)
    if isinstance(error, pluggy.PluginValidationError):
        return f"its hook does not fit: {message.partition(': ')[2]}"
    what = "it ends the program" if isinstance(error, SystemExit) else "it fails while loading"
    return f"{what} ({', '.join(filter(None, (message, _locate_in_plugin(error, offer))))})"


def _locate_in_plugin(error: BaseException, offer: Offer) -> str:
    """Return the file and line of a plug-in's own code at which it failed; blank where it has none in it."""
    package = offer.entry.module.partition(".")[0]
    frames = [
        frame
        for frame in extract_tb(error.__traceback__)
        if package in {*Path(frame.filename).parts, Path(frame.filename).stem}
    ]
    return "".join(f"{Path(one.filename).name}, line {one.lineno}" for one in frames[-1:])


def _suggest_hook_remedy(error: BaseException, hook: str, offer: Offer) -> str | None:
    """Say how the hook is written, if that is what is wrong."""
    is_misfit = isinstance(error, pluggy.PluginValidationError)
    return _say_how_to_write(offer, hook) if is_misfit else None


def _say_how_to_write(offer: Offer, *names: str) -> str:
    written = " or ".join(f"def {write_signature(name)}" for name in names)
    return f"its author must write @plfkit.hookimpl {written} in {offer.entry.value}"


def write_signature(hook: str) -> str:
    """Return a hook as it is declared: name, context and what it gives.

    Args:
        hook: The hook's name.
    """
    return hook + str(inspect.signature(getattr(hooks, hook))).replace("'", "")
