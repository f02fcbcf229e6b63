"""``plfkit check``: every fault of the data, in one pass."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from plfkit.cli.command import REFUSED, Command
from plfkit.cli.faulting import FaultNoun, count_faults, list_fault_lines
from plfkit.cli.options import Data, data_options
from plfkit.cli.output import Output, Reply, add_output_options, deliver
from plfkit.cli.speaking import choose_language, say_hint
from plfkit.errors import Fault, InvalidDataError, LimitError
from plfkit.hints import Hint

if TYPE_CHECKING:
    from plfkit.model.records.organisation import Organisation
    from plfkit.report.listings import Listing

_COLUMNS = ("kind", "code", "file", "row", "column", "hint")


@click.command(
    cls=Command,
    examples=["plfkit check --profile vejle", "plfkit check town --profile vejle --format csv"],
)
@data_options
@click.option("--show-values", is_flag=True, help="Show the cells at fault; they may be personal.")
@add_output_options
def check(data: Data, output: Output, *, show_values: bool) -> None:
    """Check DATA, a native folder or a workbook, and list every fault with a hint that mends it.

    Faults of one kind in one column are listed together; the other formats list each of them. Advice
    tells of what is no fault but worth a look: the data can be used as they are. Without DATA, an
    example municipality that fits the profile is checked.
    """
    faults: tuple[Fault, ...] = ()
    advice: tuple[Fault, ...] = ()
    organisation = None
    profile = data.load_profile()
    try:
        organisation = data.read(profile)
        advice = organisation.advice
    except InvalidDataError as error:
        faults = error.faults
    except LimitError as error:
        faults = (error.fault,)
    deliver(_build_reply(organisation, faults, advice, values=show_values), output)
    if faults:
        sys.exit(REFUSED)


def _build_reply(
    organisation: Organisation | None,
    faults: Sequence[Fault],
    advice: Sequence[Fault],
    *,
    values: bool,
) -> Reply:
    from plfkit.report.fault_records import build_faults_document

    rows = None if organisation is None else dict(organisation.list_table_sizes())
    document = build_faults_document(
        faults,
        advice,
        values=values,
        rows=rows,
        language=choose_language(),
        audience="command_line",
    )
    counted = () if organisation is None else (say_hint(_count_rows(organisation)),)
    noun: FaultNoun = "fault" if faults else "advice"
    listed = faults or advice
    return Reply(
        document=lambda: document,
        listings=lambda: (_list_faults(document, values=values),),
        glance=lambda: (
            *counted,
            *list_fault_lines(listed, noun, values=values),
            *count_faults(listed, noun),
        ),
    )


def _list_faults(document: dict[str, Any], *, values: bool) -> Listing:
    """Return a row for each fault and each piece of advice."""
    from plfkit.report.listings import Listing

    records = [{"kind": "fault", **one} for one in document["faults"]]
    records += [{"kind": "advice", **one} for one in document["advice"]]
    return Listing.of_records("faults", records, *_COLUMNS, *(("value",) if values else ()))


def _count_rows(organisation: Organisation) -> Hint:
    from plfkit.model.words.wording import TableWords

    labels = TableWords.read_texts()["tables"]
    counts = tuple(
        Hint("listing.rows_of_table", count=len(table), table=name, label=labels[name])
        for name, table in organisation.tables.items()
        if len(table)
    )
    return Hint("listing.sound", counts=counts or Hint("listing.empty"))
