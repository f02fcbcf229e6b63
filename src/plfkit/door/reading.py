"""Organisations from native data: folders, workbooks, frames."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from plfkit.door.read_log import log_reading
from plfkit.door.vocabularies import choose_vocabulary
from plfkit.model.records.organisation import Organisation
from plfkit.model.words.kinds import Label
from plfkit.profiles.profile import Profile
from plfkit.requiring import require_instance
from plfkit.sources import Dialect, Given, Limits, read_frames, read_source


def read(  # noqa: PLR0913 - a declaration each
    path: Given | Mapping[str, Given],
    *,
    profile: Profile | None = None,
    encoding: str = "utf-8",
    delimiter: Literal[",", ";", "\t"] = ",",
    decimal: Literal[".", ","] = ".",
    dates: Literal["iso", "day-first"] = "iso",
    ends: Literal["day after", "last day"] = "day after",
    limits: Limits | None = None,
) -> Organisation:
    """Read an organisation from a native folder or a workbook, in a profile's vocabulary.

    Args:
        path: A folder of CSV, Parquet or JSON Lines files; or one workbook, native or the template,
            as a path, bytes or a stream of bytes; or the files of a folder by their names, each
            given in one of these ways, or one workbook by its name, as a form sends them. Other
            files are read if the profile brings a reader of them.
        profile: Whose vocabulary the rows speak. If it is left out, or adds no words to the
            core's, the data's own is used: what plfkit wrote holds the vocabulary it was written in.
        encoding: The encoding of CSV files; ``"cp1252"`` is Windows in Denmark.
        delimiter: What stands between the cells of a CSV file.
        decimal: What stands before the decimals of numbers.
        dates: ``"iso"`` for 2018-08-01, ``"day-first"`` for 01-08-2018.
        ends: What ``valid_to`` holds: ``"day after"`` for the first day no longer in force,
            ``"last day"`` as staff systems have it. The template has last days in any case.
        limits: How much is read; generous if left out.

    Raises:
        InvalidDataError: Something is wrong with the files or their rows; every fault is in it.
        LimitError: Something is too large.
        MissingExtraError: The format needs libraries that are not installed.
    """
    dialect = Dialect(
        encoding=encoding, delimiter=delimiter, decimal=decimal, dates=dates, ends=ends
    )
    source = read_source(
        path,
        vocabulary=choose_vocabulary(profile),
        dialect=dialect,
        limits=limits,
        readers=() if profile is None else profile.readers,
    )
    return log_reading(source)


def from_tables(  # noqa: PLR0913 - a declaration each
    tables: Mapping[str, Any],
    *,
    profile: Profile | None = None,
    decimal: Literal[".", ","] = ".",
    dates: Literal["iso", "day-first"] = "iso",
    ends: Literal["day after", "last day"] = "day after",
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
        ends: What ``valid_to`` holds: ``"day after"`` or ``"last day"``.
        limits: How much is read; generous if left out.
        title: What readers should call the organisation.
        synthetic: Whether it is an example.

    Raises:
        InvalidDataError: Something is wrong with the frames or their rows; every fault is in it.
            Rows are counted from 1, without a header.
        LimitError: A frame is too large.
        MissingExtraError: narwhals and pyarrow are not installed.
    """
    require_instance(tables, Mapping)
    return log_reading(
        read_frames(
            tables,
            vocabulary=choose_vocabulary(profile),
            dialect=Dialect(decimal=decimal, dates=dates, ends=ends),
            limits=limits,
            title=title,
            synthetic=synthetic,
        )
    )
