"""``plfkit check``: every fault of the data, in one pass."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from plfkit.cli.command import REFUSED, Command
from plfkit.cli.options import Data, data_options
from plfkit.cli.output import Output, Reply, add_output_options, deliver
from plfkit.cli.speaking import choose_language, say_hint
from plfkit.errors import Fault, InvalidDataError, LimitError, group_faults
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
    from plfkit.report.records import build_faults_document

    document = build_faults_document(faults, advice, values=values, language=choose_language())
    counted = () if organisation is None else (say_hint(_count_rows(organisation)),)
    listed, noun = (faults, "fault") if faults else (advice, "advice")
    return Reply(
        document=document,
        listings=(_list_faults(document, values=values),),
        glance=(*counted, *_list_fault_lines(listed, noun, values=values)),
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


def _list_fault_lines(faults: Sequence[Fault], noun: str, *, values: bool) -> Iterator[str]:
    """Yield a line for each group of faults, or of advice, and one that counts them all."""
    if not faults:
        return
    for group in group_faults(faults):
        line = group.say(language=choose_language(), audience="command_line")
        cells = dict.fromkeys(
            repr(fault.value) for fault in group.faults if fault.value is not None
        )
        if values and cells:
            line = say_hint(Hint("listing.cells", line=line, cells=tuple(cells)))
        yield click.style(line, fg="red" if noun == "fault" else "yellow")
    what = _count_things(noun, len(faults))
    where = _count_things("file", len({fault.place.file for fault in faults}))
    yield say_hint(Hint("listing.counted", what=what, where=where))


def _count_things(noun: str, count: int) -> Hint:
    return Hint(f"count.{noun}") if count == 1 else Hint(f"count.{noun}s", count=count)
