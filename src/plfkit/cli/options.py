"""Arguments and options that several commands take."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import ParamSpec

import click

P = ParamSpec("P")

directory = click.argument(
    "directory", metavar="DIR", type=click.Path(exists=True, file_okay=False, path_type=Path)
)
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


def format_option(*formats: str) -> Callable[[Callable[P, None]], Callable[P, None]]:
    """Return the option ``--format`` with these choices, the first by default."""
    return click.option(
        "--format", "form", type=click.Choice(formats), default=formats[0], show_default=True
    )
