"""``plfkit pseudonymise`` and ``plfkit exclude``: people made unrecognisable, or taken out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from plfkit.cli.command import Command
from plfkit.cli.options import Data, given_data_options
from plfkit.cli.running import refuse_existing
from plfkit.cli.speaking import notify_user, say_hint, tell_aside
from plfkit.cli.targets import add_target_options
from plfkit.errors import InvalidDataError
from plfkit.hints import Hint

if TYPE_CHECKING:
    from plfkit.model.records.organisation import Organisation

_GENERALISATIONS = ("title", "subject", "dates")
"""A test holds them against `plfkit.protection`."""


@click.command(
    "pseudonymise",
    cls=Command,
    examples=["plfkit pseudonymise town --profile vejle --key-file own.key --out hidden"],
)
@given_data_options
@click.option(
    "--key-file",
    required=True,
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="At least 32 bytes that nobody can guess, in a file that only you may read (chmod 600), "
    "outside the folders of DATA and PATH.",
)
@add_target_options
@click.option(
    "--generalise",
    default="",
    metavar="WORDS",
    help=f"What to make coarser too, separated by commas: {', '.join(_GENERALISATIONS)}.",
)
def pseudonymise_command(
    data: Data, key_file: Path, out: Path, form: str | None, generalise: str
) -> None:
    """Write DATA, a native folder or a workbook, with pseudonyms in place of people's ids.

    Names are dropped, and so are texts that name somebody. What comes out is still personal data:
    who knows where people work and with whom can find many of them again.
    """
    from plfkit.protection import pseudonymise, read_key
    from plfkit.protection.generalising import read_generalisations
    from plfkit.sources import write

    refuse_existing(out)
    words = read_generalisations(filter(None, (word.strip() for word in generalise.split(","))))
    key = read_key(key_file, apart_from=[*([data.path] if data.path else []), out])
    organisation = data.read(data.load_profile())
    hidden = pseudonymise(organisation, key, generalise=words)
    notify_user("pseudonyms", count=len(hidden.persons))
    click.echo(write(hidden, out, format=form))


@click.command(
    "exclude",
    cls=Command,
    examples=["plfkit exclude staff --person ek-029 --out fewer"],
)
@given_data_options
@click.option("--person", required=True, metavar="ID", help="The id of the person who goes.")
@add_target_options
@click.option(
    "--show-values",
    is_flag=True,
    help="If nobody has this id, show those that are near it; they may be personal.",
)
def exclude_command(
    data: Data, person: str, out: Path, form: str | None, *, show_values: bool
) -> None:
    """Write DATA, a native folder or a workbook, without a person and all that is told of them.

    Ties of others to them go too. Head counts of events stay. Figures that were published before
    stand as they are.
    """
    from plfkit.protection import exclude
    from plfkit.sources import write

    refuse_existing(out)
    organisation = data.read(data.load_profile())
    try:
        left = exclude(organisation, person)
    except InvalidDataError as error:
        if show_values:
            _show_near_ids(error)
        raise
    notify_user("rows_gone", count=_count_rows_gone(organisation, left))
    click.echo(write(left, out, format=form))


def _show_near_ids(error: InvalidDataError) -> None:
    """Tell the user of the ids that may have been meant."""
    for fault in error.faults:
        if fault.value is not None:
            shown = Hint("listing.cells", line=fault.place.file, cells=(fault.value,))
            tell_aside(say_hint(shown))


def _count_rows_gone(before: Organisation, after: Organisation) -> int:
    return sum(len(table) - len(after.tables[name]) for name, table in before.tables.items()) - 1
