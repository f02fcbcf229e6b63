"""``plfkit ledger``: what was published before."""

from __future__ import annotations

from pathlib import Path

import click
from attrs import asdict

from plfkit.cli.options import format_option
from plfkit.cli.running import catch_errors, notify_user, print_json
from plfkit.disclosure import open_ledger
from plfkit.report.records import format_text_table

_COLUMNS = ("told_on", "period", "property", "part", "people")


@click.command("ledger")
@click.argument(
    "place", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@format_option("table", "json")
@catch_errors
def ledger_command(place: Path, form: str) -> None:
    """List what the ledger FILE holds: what was told, of how many people, when.

    It never holds what was counted, and people only as pseudonyms. It is confidential all the same.
    """
    told = [asdict(entry) for entry in open_ledger(place)]
    notify_user(f"{place} is confidential: it tells of whom each figure was")
    if form == "json":
        print_json({"told": told})
    else:
        rows = [[one[name] for name in _COLUMNS] for one in told]
        click.echo(format_text_table(_COLUMNS, rows))
