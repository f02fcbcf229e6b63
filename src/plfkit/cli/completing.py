"""What a shell completes: profiles, measures, relations, groups and indicators, by what stands before."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING
from warnings import catch_warnings, simplefilter

import click
from click.shell_completion import CompletionItem

from plfkit.errors import PlfkitError, PluginWarning

if TYPE_CHECKING:
    from plfkit.profiles import Profile

Completer = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]


def complete_profile(
    _context: click.Context, _option: click.Parameter, begun: str
) -> list[CompletionItem]:
    """Complete the id of an installed profile; a path completes as files do."""
    if set(begun) & {"/", "\\", "."}:
        return [CompletionItem(begun, type="file")]
    from plfkit.profiles import available_profiles

    return _pick_begun([info.id for info in available_profiles()], begun)


def complete_format(
    _context: click.Context, _option: click.Parameter, begun: str
) -> list[CompletionItem]:
    """Complete the name of a format of data."""
    from plfkit.sources.formats import FORMATS

    return _pick_begun(FORMATS, begun)


def complete_measure(
    context: click.Context, _option: click.Parameter, begun: str
) -> list[CompletionItem]:
    """Complete the name of a measure: plfkit's own, and those of the profile."""
    from plfkit.measures import CORE

    profile = _load_given_profile(context)
    own = () if profile is None else profile.measures
    names = [*(measure.name for measure in CORE), *(function.__name__ for function in own)]
    return _pick_begun(dict.fromkeys(names), begun)


def complete_relation(
    context: click.Context, _option: click.Parameter, begun: str
) -> list[CompletionItem]:
    """Complete a relation of the profile's vocabulary."""
    profile = _load_given_profile(context)
    return [] if profile is None else _pick_begun(profile.vocabulary.relations, begun)


def complete_group(
    context: click.Context, _option: click.Parameter, begun: str
) -> list[CompletionItem]:
    """Complete what people can be grouped by."""
    profile = _load_given_profile(context)
    return [] if profile is None else _pick_begun(profile.vocabulary.groupings, begun)


def complete_predictor(
    context: click.Context, option: click.Parameter, begun: str
) -> list[CompletionItem]:
    """Complete a relation, what people may share, or what one of them is."""
    return [
        *complete_relation(context, option, begun),
        *complete_group(context, option, begun),
        *_complete_attribute(context, begun),
    ]


def _complete_attribute(context: click.Context, begun: str) -> list[CompletionItem]:
    """Complete a prefix, and behind one what a predictor may be about."""
    from plfkit.inference.predictors import PREFIXES, list_measured

    profile = _load_given_profile(context)
    prefix = next((one for one in PREFIXES if begun.startswith(one)), None)
    if profile is None or prefix is None:
        return _pick_begun(PREFIXES, begun) if profile is not None else []
    return _pick_begun([prefix + name for name in list_measured(profile.vocabulary)], begun)


def complete_indicator(
    context: click.Context, _option: click.Parameter, begun: str
) -> list[CompletionItem]:
    """Complete an indicator of the profile: the one given, else the one that DATA were written for."""
    profile = _load_given_profile(context)
    return [] if profile is None else _pick_begun(profile.indicators, begun)


def _pick_begun(words: Iterable[str], begun: str) -> list[CompletionItem]:
    return [CompletionItem(word) for word in words if word.startswith(begun)]


def _load_given_profile(context: click.Context) -> Profile | None:
    """Load the profile that the command line names so far; None if it does not work."""
    from plfkit.profiles import GENERIC, load_profile
    from plfkit.sources import find_profile_name

    name = context.params.get("profile_name")
    # An option that still waits for its word leaves the arguments before it unread.
    places = [context.params.get("data"), *context.args]
    # A shell that completes has nowhere to tell of errors and warnings.
    with suppress(PlfkitError), catch_warnings():
        simplefilter("ignore", PluginWarning)
        if name in {None, GENERIC}:
            found = (Path(place) for place in places if place is not None)
            name = next((find_profile_name(place) for place in found if place.exists()), None)
        return load_profile(name or GENERIC)
    return None
