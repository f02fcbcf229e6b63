"""``plfkit audit``: what published figures tell of groups of people, by whatever subtraction."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from plfkit.cli.command import REFUSED, Command
from plfkit.cli.naming import name_places
from plfkit.cli.options import Data, add_staff_options, workers_option
from plfkit.cli.output import Output, Reply, add_output_options, deliver
from plfkit.cli.running import load_data, start_workers
from plfkit.cli.speaking import choose_language, say_hint
from plfkit.hints import Hint, Language

if TYPE_CHECKING:
    from plfkit.auditing import Leak
    from plfkit.auditing.municipalities import StaffLists
    from plfkit.model.records.organisation import Organisation

_COLUMNS = ("property", "period", "group", "people", "what", "least", "most", "sentence")


@click.command(
    "audit",
    cls=Command,
    examples=[
        "plfkit audit vejle.html --staff town --profile vejle",
        "plfkit audit compared.html --staff town --staff island",
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
@workers_option
@add_output_options
def audit_command(
    files: tuple[Path, ...], lists: tuple[Data, ...], workers: int, output: Output
) -> None:
    """Find out what publications tell of people although it should stay unknown.

    Each FILE is a page or a document that plfkit wrote. They are read together, as one reader would who
    has the staff list in DATA and knows the rules. Each leak is named with the subtraction that makes it.
    """
    from plfkit.auditing import audit
    from plfkit.report.listings import Listing

    with start_workers(workers) as executor:
        leaks = audit(*files, staff=_find_staff(lists), executor=executor)
    language = choose_language()
    records = [_build_leak_document(leak, language) for leak in leaks]
    reply = Reply(
        document=lambda: {"leaks": records},
        listings=lambda: (Listing.of_records("leaks", records, *_COLUMNS),),
        glance=lambda: (
            *(leak.sentence(language) for leak in leaks),
            say_hint(_count_leaks(len(leaks))),
        ),
    )
    deliver(reply, output)
    if leaks:
        sys.exit(REFUSED)


def _find_staff(lists: tuple[Data, ...]) -> StaffLists:
    """Return the only staff list, or several by name, each to be read when its turn comes."""
    if len(lists) == 1:
        return load_data(lists[0], lists[0].load_profile())
    names = name_places(data.path for data in lists if data.path is not None)
    return StaffListsOnDemand(dict(zip(names, lists, strict=True)))


class StaffListsOnDemand(Mapping[str, "Organisation"]):
    """The staff lists of municipalities beside each other, of which one at a time is in memory."""

    def __init__(self, lists: Mapping[str, Data]) -> None:
        self._lists = lists

    def __getitem__(self, name: str) -> Organisation:
        data = self._lists[name].follow_written_profile()
        return load_data(data, data.load_profile())

    def __iter__(self) -> Iterator[str]:
        return iter(self._lists)

    def __len__(self) -> int:
        return len(self._lists)

    def __contains__(self, name: object) -> bool:
        return name in self._lists  # without reading it


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
