"""Where commands that write data put them, and in which format."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click

from plfkit.cli.completing import complete_format


def add_target_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that say where data go and in which format, as ``out`` and ``form``.

    A format that cannot be, or not there, is refused before any work.
    """

    @wraps(command)
    def run(*args: Any, out: Path, form: str | None, **options: Any) -> None:
        if form is not None:
            from plfkit.sources.writing import choose_format

            choose_format(form, out)
        command(*args, out=out, form=form, **options)

    for add in reversed(_TARGET_OPTIONS):
        run = add(run)
    return run


format_option = click.option(
    "--format",
    "form",
    metavar="FORMAT",
    shell_complete=complete_format,
    help="The format of the files of a folder; CSV if left out.",
)
_TARGET_OPTIONS = (
    click.option(
        "--out",
        required=True,
        metavar="PATH",
        type=click.Path(path_type=Path),
        help="Where it goes: a folder, or a workbook if it ends in .xlsx.",
    ),
    format_option,
)
