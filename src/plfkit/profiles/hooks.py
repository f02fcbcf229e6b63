"""The hooks by which a distribution offers its profile, and what belongs to it that is code.

The entry point in the group ``plfkit.profiles`` names the module in which they stand; its name is the
profile's id. Only `plfkit_profile` is needed. Each hook gets one context that cannot be changed; whoever
does not need it leaves the argument out.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources.abc import Traversable

import pluggy
from attrs import frozen

from plfkit.model.declared.sections import SectionWriter
from plfkit.model.results.result import MeasureFunction
from plfkit.profiles.profile import Profile
from plfkit.sources.readers import Reader

PROJECT = "plfkit"
GROUP = "plfkit.profiles"

hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)
"""Marks the function of a plug-in that plfkit is to call: a hook is one so marked."""


@frozen(kw_only=True)
class HookContext:
    """What every hook is told: whose it is, and where its files are.

    Attributes:
        distribution: The distribution's name, as ``"plfkit-randers"``.
        version: Its version.
        folder: The folder of its package: ``context.folder / "profile.toml"`` is a file of it.
    """

    distribution: str
    version: str
    folder: Traversable


@frozen(kw_only=True)
class ProfileContext(HookContext):
    """What `plfkit_profile` is told.

    Attributes:
        id: The id that the profile must have: the name of its entry point.
    """

    id: str


@frozen(kw_only=True)
class MeasuresContext(HookContext):
    """What `plfkit_measures` is told.

    Attributes:
        profile: The profile that `plfkit_profile` gave.
    """

    profile: Profile


@frozen(kw_only=True)
class ReadersContext(HookContext):
    """What `plfkit_readers` is told.

    Attributes:
        profile: The profile that `plfkit_profile` gave.
    """

    profile: Profile


@frozen(kw_only=True)
class SectionsContext(HookContext):
    """What `plfkit_sections` is told; what a section is written from is its own `SectionContext`.

    Attributes:
        profile: The profile that `plfkit_profile` gave.
    """

    profile: Profile


@hookspec
def plfkit_profile(context: ProfileContext) -> Profile:  # type: ignore[empty-body]
    """Return the distribution's profile, mostly `plfkit.load_profile` of its ``profile.toml``.

    Called:
        First, each time `plfkit.load_profile` loads the profile by its id.

    Args:
        context: Whose it is, and which id it must have.

    Returns:
        The profile. It may already have measures, readers and sections, as
        ``evolve(profile, measures=(…,))`` gives them.

    Fails:
        The profile is refused: `load_profile` raises a `PluginError`, and all others work.
    """


@hookspec
def plfkit_measures(context: MeasuresContext) -> Sequence[MeasureFunction]:  # type: ignore[empty-body]
    """Return measures of the municipality's own: functions marked with `plfkit.measures.measure`.

    Called:
        Right after `plfkit_profile`, each time the profile is loaded.

    Args:
        context: The profile that they belong to.

    Returns:
        A list or tuple of measures, which are added to those of the profile.

    Fails:
        None of them is there, and the indicators that name them are not measured. A function that is
        no measure, and one whose name another measure has, is set aside alone.
    """


@hookspec
def plfkit_readers(context: ReadersContext) -> Sequence[Reader]:  # type: ignore[empty-body]
    """Return readers of formats that only this municipality has, such as an export of its payroll.

    Called:
        After `plfkit_measures`. The readers themselves are called when a file is read in the words of
        the profile, by `plfkit.read` or a command with ``--profile``, that none of plfkit's own formats
        reads and that one of them knows as its own.

    Args:
        context: The profile in whose words their rows will be read.

    Returns:
        A list or tuple of readers.

    Fails:
        None of them is there, and their files are refused as of no known sort. A reader with the name
        or the files of one of plfkit's own formats, or the name of another reader, is set aside alone.
        One that fails on a file gives a fault, ``bad_reader``, which names it and its distribution.
    """


@hookspec
def plfkit_sections(context: SectionsContext) -> Sequence[SectionWriter]:  # type: ignore[empty-body]
    """Return functions that each write a section of the page.

    Called:
        Last. The functions themselves are called when a page is written, with what may be told.

    Args:
        context: The profile whose page it is.

    Returns:
        A list or tuple of functions from a `SectionContext` to a `Section`.

    Fails:
        The page goes without them. A section that fails when it is written is left out alone, and the
        page says whose it was.
    """
