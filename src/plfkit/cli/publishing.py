"""``plfkit ledger``: what was published before."""

from __future__ import annotations

from pathlib import Path

import click
from attrs import asdict

from plfkit.cli.command import Command
from plfkit.cli.output import Output, Reply, add_output_options, deliver
from plfkit.cli.speaking import notify_user

_COLUMNS = ("told_on", "period", "property", "part", "people")


@click.command(
    "ledger",
    cls=Command,
    examples=["plfkit ledger protocol.json", "plfkit ledger protocol.json --for excel"],
)
@click.argument(
    "place", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@add_output_options
def ledger_command(place: Path, output: Output) -> None:
    """List what the ledger FILE holds: what was told, of how many people, when.

    It never holds what was counted, and people only as pseudonyms. It is confidential all the same.
    """
    from plfkit.disclosure import open_ledger
    from plfkit.report.listings import Listing

    told = [asdict(entry) for entry in open_ledger(place)]
    notify_user("confidential", path=str(place))
    listing = Listing.of_records("told", told, *_COLUMNS)
    reply = Reply(
        document=lambda: {"told": told}, listings=lambda: (listing,), glance=lambda: (listing,)
    )
    deliver(reply, output)
