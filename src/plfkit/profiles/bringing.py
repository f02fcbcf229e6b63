"""What a plug-in brings beside its profile: judged one by one, added to the profile, or set aside."""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Callable
from typing import Any

from attrs import evolve, frozen

from plfkit.errors import PluginWarning, SetAside
from plfkit.model.declared.declarations import find_measure_info
from plfkit.profiles.hooks import HookContext, MeasuresContext, ReadersContext, SectionsContext
from plfkit.profiles.plugins import Offer
from plfkit.profiles.profile import Profile
from plfkit.sources.readers import Reader


@frozen(kw_only=True)
class BroughtSort:
    """A sort of things that a hook brings and a profile holds.

    Attributes:
        hook: The hook.
        context: What the hook is told.
        field: Where the profile holds them.
        noun: What one of them is called in messages.
        find_problem: Says why one cannot be used; None if it can.
        is_named: Whether each is found by its name, so that no two may share one.
    """

    hook: str
    context: Callable[..., HookContext]
    field: str
    noun: str
    find_problem: Callable[[Any], str | None]
    is_named: bool = True


def _find_measure_problem(thing: object) -> str | None:
    if not callable(thing) or find_measure_info(thing) is None:
        return "it is no measure: its author must decorate it with @plfkit.measures.measure(…)"
    return None


def _find_reader_problem(thing: object) -> str | None:
    if type(thing) is not Reader:  # of a subclass plfkit could make no other with an owner
        return f"it is no plfkit.profiles.Reader, but {type(thing).__name__}"
    from plfkit.sources.reader_rows import find_reader_problem  # noqa: PLC0415 - few profiles bring one

    return find_reader_problem(thing)


def _find_section_problem(thing: object) -> str | None:
    return None if callable(thing) else f"it is no function, but {type(thing).__name__}"


BROUGHT_SORTS = (
    BroughtSort(
        hook="plfkit_measures",
        context=MeasuresContext,
        field="measures",
        noun="measure",
        find_problem=_find_measure_problem,
    ),
    BroughtSort(
        hook="plfkit_readers",
        context=ReadersContext,
        field="readers",
        noun="reader",
        find_problem=_find_reader_problem,
    ),
    BroughtSort(
        hook="plfkit_sections",
        context=SectionsContext,
        field="sections",
        noun="section",
        find_problem=_find_section_problem,
        is_named=False,
    ),
)
"""What may be brought, in the order in which the hooks are called."""


@frozen
class Judged:
    """What came of a hook.

    Attributes:
        usable: What can be used, in the order in which it was given.
        set_aside: What cannot, and why.
    """

    usable: tuple[Any, ...] = ()
    set_aside: tuple[SetAside, ...] = ()


def judge_brought(sort: BroughtSort, given: object, profile: Profile, offer: Offer) -> Judged:
    """Find out what of that which a hook gave can be used; of several with one name none is trusted.

    Args:
        sort: What the hook brings.
        given: What it gave.
        profile: The profile so far; what it holds already is not brought again.
        offer: Whose it is.
    """
    if not isinstance(given, list | tuple):
        shown = "nothing" if given is None else type(given).__name__
        reason = f"it gives {shown}, not a list of {sort.noun}s"
        return Judged(set_aside=(offer.explain_set_aside(reason, part=sort.hook),))
    held: tuple[Any, ...] = getattr(profile, sort.field)
    new = [thing for thing in given if not any(thing is one for one in held)]
    taken, claimed = {*map(_name_thing, held)}, Counter(map(_name_thing, new))
    usable, set_aside = [], []
    for thing in new:
        name = _name_thing(thing)
        problem = sort.find_problem(thing)
        if problem is None and sort.is_named and (name in taken or claimed[name] > 1):
            problem = f"another {sort.noun} has the same name: its author must rename one of them"
        if problem is None:
            usable.append(thing)
        else:
            part = f"the {sort.noun} {name!r}"
            set_aside.append(offer.explain_set_aside(problem, part=part))
    return Judged(tuple(usable), tuple(set_aside))


def add_brought(profile: Profile, sort: BroughtSort, judged: Judged) -> Profile:
    """Return a profile with what can be used of that which a hook gave.

    Args:
        profile: The profile so far.
        sort: What the hook brings.
        judged: What came of it.

    Warns:
        PluginWarning: Something is set aside.
    """
    for problem in judged.set_aside:
        warnings.warn(PluginWarning(problem), stacklevel=2)
    added: dict[str, Any] = {sort.field: (*getattr(profile, sort.field), *judged.usable)}
    return evolve(profile, **added) if judged.usable else profile


def _name_thing(thing: object) -> str:
    """Return what a measure, a reader or a section is called."""
    name = getattr(thing, "name", None) or getattr(thing, "__name__", None)
    return name if isinstance(name, str) else type(thing).__name__


def name_reader_owners(profile: Profile, offer: Offer) -> Profile:
    """Return a profile whose readers say which distribution brings them.

    Args:
        profile: The profile.
        offer: Whose those are that do not say it yet.
    """
    owner = f"{offer.info.distribution} {offer.info.version}"
    named = [evolve(one, owner=one.owner or owner) for one in profile.readers]
    return evolve(profile, readers=tuple(named)) if named else profile
