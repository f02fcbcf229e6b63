"""``plfkit goals``: how the goals stand."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from plfkit.cli.command import Command
from plfkit.cli.options import (
    Data,
    at_option,
    data_options,
    ledger_option,
    open_given_ledger,
    workers_option,
)
from plfkit.cli.output import Output, Reply, add_output_options, deliver
from plfkit.cli.postponing import keep_unused_waiting
from plfkit.cli.progressing import show_progress
from plfkit.cli.running import load_data, notify_judgement, start_workers
from plfkit.cli.speaking import choose_language, notify_user, say_words, tell_notice

if TYPE_CHECKING:
    from plfkit.disclosure import Released
    from plfkit.goals import Scorecard


@click.command(
    cls=Command,
    examples=["plfkit goals --profile vejle", "plfkit goals town --profile vejle --out goals.xlsx"],
)
@data_options
@at_option
@ledger_option
@workers_option
@add_output_options
def goals(data: Data, at: str | None, ledger: Path | None, workers: int, output: Output) -> None:
    """Hold DATA, a native folder or a workbook, against the profile's goals.

    Without DATA, an example municipality that fits the profile.
    """
    released = assess_data(data, at, ledger, workers=workers)

    from plfkit.report.documents import to_document
    from plfkit.report.glances import show_scorecard
    from plfkit.report.rows import list_released

    reply = Reply(
        document=lambda: to_document(released),
        listings=lambda: list_released(released),
        glance=lambda: show_scorecard(released.content, choose_language()),
    )
    deliver(reply, output)


def assess_data(
    data: Data, at: str | None, ledger: Path | None, *, workers: int
) -> Released[Scorecard]:
    """Read data, hold them against the profile's goals, and release what came out."""
    keep_unused_waiting()
    from plfkit.disclosure import release
    from plfkit.goals import assess

    profile = data.load_profile()
    organisation = load_data(data, profile, at)
    period = at or organisation.latest_period
    about = say_words("notice.assessing", profile=profile.id, at=period)
    with start_workers(workers) as executor, show_progress(about) as progress:
        card = assess(organisation, profile, at=at, progress=progress, executor=executor)
    notify_user("assessing", profile=card.profile, at=card.at)
    for outcome in card.indicators:
        if outcome.detail is not None:
            tell_notice(f"{outcome.id}: {outcome.detail}")
    released = release(card, floor=profile.privacy, ledger=open_given_ledger(ledger))
    notify_judgement(released)
    return released
