"""Finding installed profiles without importing them, and loading one at a time."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from contextvars import ContextVar
from importlib import resources
from importlib.metadata import version
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Literal

from plfkit.errors import DocumentError, Problem, ProfileError, UnknownProfileError
from plfkit.model.documents import read_toml
from plfkit.model.kinds import Label
from plfkit.model.organisation import Organisation
from plfkit.model.vocabulary import Vocabulary, is_kind_id, load_core_vocabulary, suggest_word
from plfkit.profiles import hooks
from plfkit.profiles.plugins import (
    ALLOWED,
    GENERIC,
    ProfileInfo,
    is_left_out,
    list_offers,
    load_offer,
)
from plfkit.profiles.profile import Profile
from plfkit.sources import Dialect, Limits, read_frames, read_source
from plfkit.sources.template import write_blank_template


def available_profiles() -> tuple[ProfileInfo, ...]:
    """List the profiles that are installed and usable, by id, without importing any of them.

    What the metadata alone show to be unusable is left out: names that several distributions claim,
    and profiles made for another plfkit. `plfkit.profiles.probing.probe_profiles` tells why.
    """
    generic = ProfileInfo(GENERIC, hooks.PROJECT, version(hooks.PROJECT))
    return tuple(
        sorted([generic, *(offer.info for offer in list_offers() if offer.problem is None)])
    )


def load_profile(source: str | Path | Traversable) -> Profile:
    """Load one profile.

    Args:
        source: ``"generic"``, the id of an installed profile, or a ``profile.toml``: its path, the
            folder that holds it, or a file inside a package (`importlib.resources.files`).

    Raises:
        UnknownProfileError: Nothing of that name is installed.
        DuplicateProfileError: Several distributions claim the name.
        IncompatibleProfileError: It was made for another plfkit.
        PluginError: The distribution's code or its profile is broken; it says whose.
        DocumentError: The file says something it must not; it says in which line.
        ProfileError: The file cannot be read, or it extends itself.
    """
    if not isinstance(source, str):
        return _read_profile(source)
    if source.endswith(".toml") or set(source) & _PATH:
        return _read_profile(Path(source))
    if source == GENERIC:
        return _read_profile(resources.files("plfkit.profiles") / "generic.toml")
    claims = [offer for offer in list_offers() if offer.info.id == source]
    if not claims:
        raise UnknownProfileError(f"no profile {source!r} is {_explain_missing_profile(source)}")
    return load_offer(claims)


_PATH = frozenset("/\\")
_extending: ContextVar[tuple[str, ...]] = ContextVar("_extending", default=())


def _read_profile(file: Path | Traversable) -> Profile:
    with suppress(OSError, ValueError):  # what cannot be looked at is told of when it is read
        if file.is_dir():
            file /= "profile.toml"
    return read_toml(file, _build_profile)


def _build_profile(document: dict[str, Any], where: str) -> Profile:
    """Build a profile from a document, and the profile that it extends before it."""
    extends, chain = document.get("extends"), _extending.get()
    if extends is None:
        return Profile.from_document(document, where)
    if not isinstance(extends, str) or not is_kind_id(extends) or extends in chain:
        told = " → ".join([*chain, str(extends)])
        problem = Problem(("extends",), f"name the id of another profile, not {told}")
        raise DocumentError(where, [problem])
    token = _extending.set((*chain, extends))
    try:
        base = load_profile(extends)
    except ProfileError as error:
        raise DocumentError(where, [Problem(("extends",), str(error))]) from error
    finally:
        _extending.reset(token)
    return Profile.from_document(document, where, base=base)


def _explain_missing_profile(name: str) -> str:
    if is_left_out(name):
        return f"allowed: {ALLOWED} does not list it"
    known = [info.id for info in available_profiles()]
    return "installed" + (suggest_word(name, known) or f"; installed are {', '.join(known)}")


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
        profile: Whose vocabulary the rows speak. If left out, or a profile that adds no words to the
            core's, the data's own: what plfkit wrote holds the vocabulary that it was written in.
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
    return read_source(path, vocabulary=_choose_vocabulary(profile), dialect=dialect, limits=limits)


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
    return read_frames(
        tables,
        vocabulary=_choose_vocabulary(profile),
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
    return write_blank_template(path, language=language, vocabulary=_choose_vocabulary(profile))


def _choose_vocabulary(profile: Profile | None) -> Vocabulary | None:
    """Return the words of a profile; None where it has none beside the core's."""
    known = load_core_vocabulary()
    return None if profile is None or profile.vocabulary == known else profile.vocabulary
