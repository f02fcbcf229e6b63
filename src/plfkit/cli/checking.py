"""``plfkit check``: every fault of a folder, in one pass."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import click

from plfkit.cli.options import directory, format_option, profile_option
from plfkit.cli.running import REFUSED, guarded, print_json
from plfkit.errors import Fault, InvalidDataError
from plfkit.profiles import load_profile, read
from plfkit.report.records import faults_document

_SHOWN = 100


@click.command()
@directory
@profile_option
@format_option("text", "json")
@click.option("--show-values", is_flag=True, help="Show the cells at fault; they may be personal.")
@guarded
def check(directory: Path, profile_name: str, form: str, *, show_values: bool) -> None:
    """Check the native folder DIR and list every fault with a hint that mends it."""
    profile = load_profile(profile_name)
    faults: tuple[Fault, ...] = ()
    summary = ""
    try:
        summary = repr(read(directory, profile=profile)).strip("<>")
    except InvalidDataError as error:
        faults = error.faults
    if form == "json":
        print_json(faults_document(faults, values=show_values))
    elif faults:
        click.echo(_listing(faults, values=show_values))
    else:
        click.echo(f"No faults. {summary}")
    if faults:
        sys.exit(REFUSED)


def _listing(faults: Sequence[Fault], *, values: bool) -> str:
    lines = []
    for fault in faults[:_SHOWN]:
        cell = f" – the cell holds {fault.value!r}" if values and fault.value is not None else ""
        lines.append(f"{fault}{cell}")
    rest = Counter(fault.code for fault in faults[_SHOWN:])
    lines += [f"… and {count} more of {code}" for code, count in sorted(rest.items())]
    places = len({fault.place.file for fault in faults})
    lines.append(f"{len(faults)} faults in {places} files. Row 1 is the header.")
    return "\n".join(lines)
