"""Arguments and options that several commands take."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec

import click
from attrs import frozen

from plfkit.model.organisation import Organisation
from plfkit.profiles import Profile, load_profile, read

P = ParamSpec("P")

profile_option = click.option(
    "--profile",
    "profile_name",
    default="generic",
    show_default=True,
    metavar="P",
    help="An installed profile, or the path of a profile.toml.",
)
at_option = click.option(
    "--at",
    metavar="PERIOD",
    help="A school year (2018/19), a day or start/end; the latest school year if left out.",
)
_DIALECT = {"encoding": "utf-8", "delimiter": ",", "decimal": ".", "dates": "iso"}


@frozen
class Data:
    """What a command is to read: where it is, in whose words, and how it is written."""

    path: Path
    profile_name: str
    dialect: dict[str, Any]

    def read(self) -> tuple[Organisation, Profile]:
        """Load the profile and read the data in its words."""
        profile = load_profile(self.profile_name)
        return read(self.path, profile=profile, **self.dialect), profile


def data_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the argument DATA and the options that say how to read it, as ``data``."""

    @wraps(command)
    def run(*args: Any, data: Path, profile_name: str, **options: Any) -> None:
        dialect = {name: options.pop(name) for name in _DIALECT}
        command(*args, data=Data(data, profile_name, dialect), **options)

    for add in reversed(_DATA):
        run = add(run)
    return run


_DATA = (
    click.argument("data", metavar="DATA", type=click.Path(exists=True, path_type=Path)),
    profile_option,
    click.option(
        "--encoding", default="utf-8", metavar="E", help="Of CSV files; Windows in Denmark: cp1252."
    ),
    click.option(
        "--delimiter",
        default=",",
        metavar="D",
        callback=lambda _context, _option, value: value.replace("\\t", "\t"),
        help="What stands between the cells of a CSV file: , ; or \\t.",
    ),
    click.option(
        "--decimal", type=click.Choice([".", ","]), default=".", help="Before decimals: . or ,"
    ),
    click.option(
        "--dates",
        type=click.Choice(["iso", "day-first"]),
        default="iso",
        help="How dates are written: 2018-08-01 or 01-08-2018.",
    ),
)


def format_option(*formats: str) -> Callable[[Callable[P, None]], Callable[P, None]]:
    """Return the option ``--format`` with these choices, the first by default."""
    return click.option(
        "--format", "form", type=click.Choice(formats), default=formats[0], show_default=True
    )
