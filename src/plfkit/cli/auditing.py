"""``plfkit audit``: what published figures tell of groups of people, by whatever subtraction."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from plfkit.cli.command import REFUSED, Command
from plfkit.cli.options import Data, add_staff_options
from plfkit.cli.output import Output, Reply, add_output_options, deliver
from plfkit.cli.running import load_data
from plfkit.cli.speaking import choose_language, say_hint
from plfkit.hints import Hint, Language

if TYPE_CHECKING:
    from plfkit.auditing import Leak

_COLUMNS = ("property", "period", "group", "people", "what", "least", "most", "sentence")


@click.command(
    "audit",
    cls=Command,
    examples=[
        "plfkit audit vejle.html --staff town --profile vejle",
        "plfkit audit vejle.html vejle.json --staff town --profile vejle --format json",
    ],
)
@click.argument(
    "files",
    metavar="FILE...",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
@add_staff_options
@add_output_options
def audit_command(files: tuple[Path, ...], data: Data, output: Output) -> None:
    """Find out what the publications in FILE... tell of people although it should stay unknown.

    FILE is a page or a document that plfkit wrote. Several are read together, as one reader would who
    has the staff list in DATA and knows the rules. Each leak is named with the subtraction that makes it.
    """
    from plfkit.auditing import audit
    from plfkit.report.listings import Listing

    organisation = load_data(data, data.load_profile())
    leaks = audit(*files, staff=organisation)
    language = choose_language()
    records = [_build_leak_document(leak, language) for leak in leaks]
    reply = Reply(
        document={"leaks": records},
        listings=(Listing.of_records("leaks", records, *_COLUMNS),),
        glance=(
            *(leak.sentence(language) for leak in leaks),
            say_hint(_count_leaks(len(leaks))),
        ),
    )
    deliver(reply, output)
    if leaks:
        sys.exit(REFUSED)


def _count_leaks(count: int) -> Hint:
    if count > 1:
        return Hint("audit.count", count=count)
    return Hint("audit.one") if count else Hint("audit.none")


def _build_leak_document(leak: Leak, language: Language) -> dict[str, object]:
    return {
        "property": leak.property,
        "period": leak.period,
        "group": leak.group[language],
        "people": leak.people,
        "what": leak.what,
        "least": leak.least,
        "most": leak.most,
        "sentence": leak.sentence(language),
    }
