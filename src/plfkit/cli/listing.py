"""``plfkit profiles``: what is installed."""

from __future__ import annotations

import click
from attrs import asdict

from plfkit.cli.options import format_option
from plfkit.cli.running import guarded, print_json
from plfkit.profiles import available_profiles
from plfkit.report.records import text_table


@click.command()
@format_option("table", "json")
@guarded
def profiles(form: str) -> None:
    """List the profiles that are installed, without importing them."""
    found = [asdict(info) for info in available_profiles()]
    if form == "json":
        print_json({"profiles": found})
    else:
        click.echo(text_table(list(found[0]), [list(row.values()) for row in found]))
