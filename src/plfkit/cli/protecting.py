"""``plfkit pseudonymise`` and ``plfkit exclude``: people made unrecognisable, or taken out."""

from __future__ import annotations

from pathlib import Path

import click

from plfkit.cli.options import Data, choose_language, fault_lang_option, given_data_options
from plfkit.cli.running import catch_errors, notify_user, refuse_existing
from plfkit.errors import InvalidDataError
from plfkit.hints import Hint
from plfkit.model.records.organisation import Organisation
from plfkit.protection import (
    GENERALISATIONS,
    exclude,
    pseudonymise,
    read_key,
)
from plfkit.protection.generalising import read_generalisations
from plfkit.sources import write

_out_option = click.option(
    "--out",
    required=True,
    metavar="PATH",
    type=click.Path(path_type=Path),
    help="Where it goes: a folder, or a workbook if it ends in .xlsx. Nothing is written over.",
)


@click.command("pseudonymise")
@given_data_options
@click.option(
    "--key-file",
    required=True,
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="At least 32 bytes that nobody can guess, in a file that only you may read (chmod 600), "
    "outside the folders of DATA and PATH.",
)
@_out_option
@click.option(
    "--generalise",
    default="",
    metavar="WORDS",
    help=f"What to make coarser too, separated by commas: {', '.join(GENERALISATIONS)}.",
)
@fault_lang_option
@catch_errors
def pseudonymise_command(data: Data, key_file: Path, out: Path, generalise: str) -> None:
    """Write DATA, a native folder or a workbook, with pseudonyms in place of people's ids.

    Names are dropped, and so are texts that name somebody. What comes out is still personal data:
    who knows where people work and with whom can find many of them again.
    """
    refuse_existing(out)
    words = read_generalisations(filter(None, (word.strip() for word in generalise.split(","))))
    key = read_key(key_file, apart_from=[*([data.path] if data.path else []), out])
    organisation, _ = data.read()
    hidden = pseudonymise(organisation, key, generalise=words)
    notify_user(f"{len(hidden.persons)} people have pseudonyms; the data are still personal data")
    click.echo(write(hidden, out))


@click.command("exclude")
@given_data_options
@click.option("--person", required=True, metavar="ID", help="The id of the person who goes.")
@_out_option
@click.option(
    "--show-values",
    is_flag=True,
    help="If nobody has this id, show those that are near it; they may be personal.",
)
@fault_lang_option
@catch_errors
def exclude_command(data: Data, person: str, out: Path, *, show_values: bool) -> None:
    """Write DATA, a native folder or a workbook, without a person and all that is told of them.

    Ties of others to them go too. Head counts of events stay. Figures that were published before
    stand as they are.
    """
    refuse_existing(out)
    organisation, _ = data.read()
    try:
        left = exclude(organisation, person)
    except InvalidDataError as error:
        if show_values:
            _show_near_ids(error)
        raise
    notify_user(f"rows that are gone with this person: {_count_rows_gone(organisation, left)}")
    click.echo(write(left, out))


def _show_near_ids(error: InvalidDataError) -> None:
    """Tell the user of the ids that may have been meant."""
    for fault in error.faults:
        if fault.value is not None:
            shown = Hint("listing.cells", line=fault.place.file, cells=(fault.value,))
            notify_user(shown.say(language=choose_language(), audience="command_line"))


def _count_rows_gone(before: Organisation, after: Organisation) -> int:
    return sum(len(table) - len(after.tables[name]) for name, table in before.tables.items()) - 1
