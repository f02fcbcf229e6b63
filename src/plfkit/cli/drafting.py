"""``plfkit draft``: a mapping of files, for a person to finish."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
from attrs import evolve

from plfkit.cli.command import Command
from plfkit.cli.options import DEFAULT_PROFILE, limit_option, profile_option
from plfkit.cli.running import refuse_existing
from plfkit.cli.speaking import choose_language, notify_user

if TYPE_CHECKING:
    from plfkit.sources import Limits
    from plfkit.sources.drafting.nextstep import NextStep


@click.command(
    "draft",
    cls=Command,
    examples=[
        "plfkit draft personale.csv --lang en",
        "plfkit draft spoergeskema.csv --data staff --out sparring.toml",
    ],
)
@click.argument(
    "files",
    metavar="FILE...",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
@profile_option
@limit_option
@click.option(
    "--data",
    metavar="DATA",
    type=click.Path(exists=True, path_type=Path),
    help="What the files will be added to: it tells which names, schools and teams are known.",
)
@click.option(
    "--show-values",
    is_flag=True,
    help="Show names that are not known, and the nearest ones; they are personal.",
)
@click.option(
    "--out",
    metavar="FILE.toml",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where the mapping goes; if left out it is printed.",
)
def draft_command(
    files: tuple[Path, ...],
    profile_name: str,
    limits: Limits | None,
    data: Path | None,
    *,
    show_values: bool,
    out: Path | None,
) -> None:
    """Look at FILEs, CSV or workbooks, and write a mapping of them for you to finish.

    What the files prove stands in it; what is likely stands there commented out, with a question. It
    decides nothing that the files do not say. plfkit import applies it when you have finished it.
    """
    from plfkit.door.files import draft_mapping
    from plfkit.door.reading import read
    from plfkit.profiles import load_profile
    from plfkit.sources.saving import save_text

    if out is not None:
        refuse_existing(out)
    profile = load_profile(profile_name)
    organisation = None if data is None else read(data, profile=profile, limits=limits)
    draft = draft_mapping(
        *files,
        profile=profile,
        into=organisation,
        language=choose_language(),
        show_values=show_values,
        limits=limits,
    )
    draft = evolve(draft, next_step=_name_places(draft.next_step, out, data, profile_name))
    notify_user("questions", count=len(draft.questions))
    notify_user("then_import", command=draft.command)
    if out is None:
        click.echo(draft.text, nl=False)
    else:
        click.echo(save_text(out, draft.text))


def _name_places(step: NextStep, out: Path | None, data: Path | None, profile: str) -> NextStep:
    """Return the next step with the names that were given here."""
    return evolve(
        step,
        mapping=step.mapping if out is None else str(out),
        data=None if data is None else str(data),
        profile=None if profile == DEFAULT_PROFILE else profile,
    )
