"""``plfkit import``: files of offices and survey tools into data, as a mapping says."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from plfkit.cli.command import REFUSED, Command
from plfkit.cli.faulting import list_fault_lines
from plfkit.cli.options import limit_option, profile_option
from plfkit.cli.running import refuse_existing
from plfkit.cli.speaking import notify_user, refuse_usage, say_hint, tell_aside, tell_notice
from plfkit.cli.targets import format_option
from plfkit.errors import Fault, InvalidDataError, StoreError
from plfkit.hints import Hint

if TYPE_CHECKING:
    from plfkit.model.records.organisation import Organisation
    from plfkit.sources import Limits


@click.command(
    "import",
    cls=Command,
    examples=[
        "plfkit import personale.toml personale.csv --out data",
        "plfkit import spoergeskema.toml spoergeskema.csv --into data --out with-answers",
    ],
)
@click.argument("mapping", metavar="MAPPING", type=click.Path(exists=True, path_type=Path))
@click.argument(
    "files",
    metavar="FILE...",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
@click.option(
    "--out",
    metavar="DATA",
    type=click.Path(path_type=Path),
    help="Where the data go: a folder, or a workbook if it ends in .xlsx.",
)
@click.option(
    "--into",
    metavar="DATA",
    type=click.Path(exists=True, path_type=Path),
    help="The data to which the files are added.",
)
@click.option(
    "--replace",
    is_flag=True,
    help="Write over the folder of data at --out or, without it, over the DATA of --into.",
)
@click.option(
    "--open-names",
    metavar="FILE.csv",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Add names that mean nobody, or several, to this table, for you to decide. It is personal.",
)
@format_option
@profile_option
@limit_option
@click.option(
    "--show-values",
    is_flag=True,
    help="Show the cells at fault, and what is near; they may be personal.",
)
def import_command(
    mapping: Path,
    files: tuple[Path, ...],
    out: Path | None,
    into: Path | None,
    open_names: Path | None,
    form: str | None,
    profile_name: str,
    limits: Limits | None,
    *,
    replace: bool,
    show_values: bool,
) -> None:
    """Read FILEs as MAPPING says, and write what they hold as data.

    MAPPING is a TOML file; plfkit draft writes one from the files, for you to finish. Nothing is guessed:
    what the mapping does not say, and matters, is listed with the line to write, all of it at once. Lists
    that the mapping names stand beside it, or are given as FILEs.
    """
    from plfkit.door.files import import_files
    from plfkit.door.reading import read
    from plfkit.profiles import load_profile
    from plfkit.sources import write
    from plfkit.sources.writing import choose_format

    target = _choose_target(out, into, replace=replace)
    chosen = choose_format(form, target)
    profile = load_profile(profile_name)
    before = None if into is None else read(into, profile=profile, limits=limits)
    try:
        whole = import_files(mapping, *files, into=before, profile=profile, limits=limits)
    except InvalidDataError as error:
        _tell_faults(error.faults, open_names, values=show_values)
        sys.exit(REFUSED)
    for line in list_fault_lines(whole.advice, "advice", values=show_values):
        tell_notice(line)
    _tell_added_rows(before, whole)
    click.echo(write(whole, target, format=chosen.name))


def _choose_target(out: Path | None, into: Path | None, *, replace: bool) -> Path:
    """Return where the data go; nothing is written over that was not named for it, or is no data."""
    from plfkit.sources.descriptor import is_written

    if out is not None:
        is_data = out == into or is_written(out)
        if is_data and not replace:
            raise StoreError(Hint("files.exists_as_data", path=str(out)))
        if not is_data:
            refuse_existing(out)
        return out
    if into is None or not replace:
        raise refuse_usage("out_or_replace", "--out")
    return into


def _tell_faults(faults: Sequence[Fault], open_names: Path | None, *, values: bool) -> None:
    """Tell every fault, and add open names to the table where they are decided."""
    for line in list_fault_lines(faults, "fault", values=values):
        tell_aside(line)
    tell_aside(say_hint(Hint("listing.to_decide", count=len(set(map(_name_decision, faults))))))
    is_open = any(fault.code == "unknown_name" for fault in faults)
    if is_open and open_names is None:
        notify_user("open_names_option")
    if is_open and open_names is not None:
        from plfkit.sources.importing.names import add_open_names, list_open_names

        added = add_open_names(open_names, list_open_names(faults))
        notify_user("open_names", count=added, path=str(open_names))


def _name_decision(fault: Fault) -> tuple[object, ...]:
    """Return what faults have in common that one line, or one word, mends."""
    return fault.code, fault.place.file, fault.place.column, fault.remedy, fault.value


def _tell_added_rows(before: Organisation | None, whole: Organisation) -> None:
    """Tell how many rows there are more than before, table by table."""
    from plfkit.model.words.wording import TableWords

    labels = TableWords.read_texts()["tables"]
    sizes = {} if before is None else dict(before.list_table_sizes())
    counts = tuple(
        Hint(
            "listing.rows_of_table", count=size - sizes.get(name, 0), table=name, label=labels[name]
        )
        for name, size in whole.list_table_sizes()
        if size != sizes.get(name, 0)
    )
    tell_notice(say_hint(Hint("listing.added", counts=counts or Hint("listing.none"))))
