"""Finding installed profiles without importing them, and loading one at a time."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import resources
from importlib.metadata import EntryPoint, entry_points, version
from pathlib import Path
from typing import Any, Literal

import pluggy
from attrs import frozen

from plfkit.errors import DuplicateProfileError, ProfileError, UnknownProfileError
from plfkit.model.organisation import Organisation
from plfkit.model.vocabulary import Label, Vocabulary, did_you_mean
from plfkit.profiles import hooks
from plfkit.profiles.profile import Profile
from plfkit.sources import Dialect, Limits
from plfkit.sources import from_tables as frames_of
from plfkit.sources import read as read_source
from plfkit.sources.template import write_template as template_to

GENERIC = "generic"


@frozen(order=True)
class ProfileInfo:
    """An installed profile, as its distribution's metadata tell of it."""

    id: str
    distribution: str
    version: str


def available_profiles() -> tuple[ProfileInfo, ...]:
    """List the profiles that are installed, by id, without importing any of them."""
    found = [
        ProfileInfo(entry.name, entry.dist.name, entry.dist.version)
        for entry in entry_points(group=hooks.GROUP)
        if entry.dist is not None
    ]
    generic = ProfileInfo(GENERIC, hooks.PROJECT, version(hooks.PROJECT))
    return tuple(sorted({generic, *found}))


def load_profile(name: str) -> Profile:
    """Load one profile.

    Args:
        name: ``"generic"``, the id of an installed profile, or the path of a ``.toml`` file.

    Raises:
        UnknownProfileError: Nothing of that name is installed.
        DuplicateProfileError: Several distributions claim the name.
        ProfileError: The distribution's code or its profile is broken; it says whose.
    """
    if name.endswith(".toml"):
        return Profile.read(Path(name))
    if name == GENERIC:
        return Profile.read(resources.files("plfkit.profiles") / "generic.toml")
    claims = {
        (entry.dist.name if entry.dist else "?", entry.value): entry
        for entry in entry_points(group=hooks.GROUP, name=name)
    }
    if not claims:
        known = [info.id for info in available_profiles()]
        hint = did_you_mean(name, known) or f"; installed are {', '.join(known)}"
        raise UnknownProfileError(f"no profile {name!r} is installed{hint}")
    if len(claims) > 1:
        owners = ", ".join(sorted(owner for owner, _ in claims))
        raise DuplicateProfileError(
            f"several distributions claim the profile {name!r}, so none is used: {owners}; "
            "uninstall all but one"
        )
    return _from_plugin(next(iter(claims.values())))


def read(
    path: str | Path,
    *,
    profile: Profile | None = None,
    encoding: str = "utf-8",
    delimiter: Literal[",", ";", "\t"] = ",",
    decimal: Literal[".", ","] = ".",
    dates: Literal["iso", "day-first"] = "iso",
    limits: Limits | None = None,
) -> Organisation:
    """Read an organisation from a native folder or a workbook, in a profile's vocabulary.

    Args:
        path: A folder of CSV or Parquet files; or one ``.xlsx`` file, native or the template.
        profile: Whose vocabulary the rows speak; the core vocabulary if left out.
        encoding: The encoding of CSV files; ``"cp1252"`` is Windows in Denmark.
        delimiter: What stands between the cells of a CSV file.
        decimal: What stands before the decimals of numbers.
        dates: ``"iso"`` for 2018-08-01, ``"day-first"`` for 01-08-2018.
        limits: How much is read; generous if left out.

    Raises:
        InvalidDataError: Something is wrong with the files or their rows; every fault is in it.
        LimitError: Something is too large.
        MissingExtraError: The format needs libraries that are not installed.
    """
    dialect = Dialect(encoding=encoding, delimiter=delimiter, decimal=decimal, dates=dates)
    return read_source(path, vocabulary=_words(profile), dialect=dialect, limits=limits)


def from_tables(
    tables: Mapping[str, Any],
    *,
    profile: Profile | None = None,
    decimal: Literal[".", ","] = ".",
    dates: Literal["iso", "day-first"] = "iso",
    limits: Limits | None = None,
    title: Label | None = None,
    synthetic: bool = False,
) -> Organisation:
    """Build an organisation from frames, in a profile's vocabulary.

    Args:
        tables: A frame for each native table you have, by its name: pandas, polars, pyarrow, duckdb,
            or anything else with an Arrow stream.
        profile: Whose vocabulary the rows speak; the core vocabulary if left out.
        decimal: What stands before the decimals of numbers that a frame holds as text.
        dates: ``"iso"`` or ``"day-first"``, for dates that a frame holds as text.
        limits: How much is read; generous if left out.
        title: What readers should call the organisation.
        synthetic: Whether it is an example.

    Raises:
        InvalidDataError: Something is wrong with the frames or their rows; every fault is in it.
            Rows are counted from 1, without a header.
        LimitError: A frame is too large.
        MissingExtraError: narwhals and pyarrow are not installed.
    """
    return frames_of(
        tables,
        vocabulary=_words(profile),
        dialect=Dialect(decimal=decimal, dates=dates),
        limits=limits,
        title=title,
        synthetic=synthetic,
    )


def write_template(
    path: str | Path, *, language: str = "da", profile: Profile | None = None
) -> Path:
    """Write the workbook of the first week, for people to fill in.

    Args:
        path: The ``.xlsx`` file.
        language: ``"da"`` or ``"en"``.
        profile: Whose kinds its lists offer; those of the core vocabulary if left out.

    Raises:
        UnknownLanguageError: There is no template in that language.
        MissingExtraError: XlsxWriter is not installed.
        StoreError: The file could not be written; what was there before still is.
    """
    return template_to(path, language=language, vocabulary=_words(profile))


def _words(profile: Profile | None) -> Vocabulary | None:
    return None if profile is None else profile.vocabulary


def _from_plugin(entry: EntryPoint) -> Profile:
    owner = f"{entry.dist.name} {entry.dist.version}" if entry.dist else "an unknown distribution"
    try:
        profile = _call_hook(entry)
    except ProfileError as error:
        raise ProfileError(
            f"the profile {entry.name!r} of {owner} cannot be used: {error}"
        ) from error
    except (Exception, SystemExit) as error:
        raise ProfileError(
            f"the profile {entry.name!r} of {owner} failed while loading "
            f"({type(error).__name__}: {error}): upgrade or uninstall that distribution"
        ) from error
    if profile.id != entry.name:
        raise ProfileError(
            f"{owner} registers the profile {entry.name!r}, but the profile calls itself "
            f"{profile.id!r}: the two must agree"
        )
    return profile


def _call_hook(entry: EntryPoint) -> Profile:
    manager = pluggy.PluginManager(hooks.PROJECT)
    manager.add_hookspecs(hooks)
    manager.register(entry.load(), name=entry.name)
    manager.check_pending()
    results = manager.hook.plfkit_profile()
    if len(results) != 1 or not isinstance(results[0], Profile):
        given = type(results[0]).__name__ if results else "nothing"
        raise ProfileError(f"its hook plfkit_profile must return one Profile, not {given}")
    return results[0]
