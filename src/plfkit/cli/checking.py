"""``plfkit check``: every fault of the data, in one pass."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence

import click

from plfkit.cli.options import (
    Data,
    choose_language,
    data_options,
    fault_lang_option,
    format_option,
    get_asked_language,
)
from plfkit.cli.running import REFUSED, catch_errors, print_json
from plfkit.errors import Fault, InvalidDataError, LimitError, group_faults
from plfkit.hints import Hint, Language
from plfkit.model.records.organisation import Organisation
from plfkit.model.words.wording import TableWords
from plfkit.report.records import build_faults_document


@click.command()
@data_options
@format_option("text", "json")
@fault_lang_option
@click.option("--show-values", is_flag=True, help="Show the cells at fault; they may be personal.")
@catch_errors
def check(data: Data, form: str, *, show_values: bool) -> None:
    """Check DATA, a native folder or a workbook, and list every fault with a hint that mends it.

    Faults of one kind in one column are listed together; --format json lists each of them. Advice
    tells of what is no fault but worth a look: the data can be used as they are. Without DATA, an
    example municipality that fits the profile is checked.
    """
    faults: tuple[Fault, ...] = ()
    advice: tuple[Fault, ...] = ()
    organisation = None
    try:
        organisation, _ = data.read()
        advice = organisation.advice
    except InvalidDataError as error:
        faults = error.faults
    except LimitError as error:
        faults = (error.fault,)
    if form == "json":
        language = get_asked_language() or "en"
        print_json(build_faults_document(faults, advice, values=show_values, language=language))
    else:
        language = choose_language()
        if organisation is not None:
            click.echo(_count_rows(organisation).say(language=language, audience="command_line"))
        listed, noun = (faults, "fault") if faults else (advice, "advice")
        for line in _list_fault_lines(listed, noun, language, values=show_values):
            click.echo(line)
    if faults:
        sys.exit(REFUSED)


def _count_rows(organisation: Organisation) -> Hint:
    labels = TableWords.read_texts()["tables"]
    counts = tuple(
        Hint("listing.rows_of_table", count=len(table), table=name, label=labels[name])
        for name, table in organisation.tables.items()
        if len(table)
    )
    return Hint("listing.sound", counts=counts or Hint("listing.empty"))


def _list_fault_lines(
    faults: Sequence[Fault], noun: str, language: Language, *, values: bool
) -> Iterator[str]:
    """Yield a line for each group of faults, or of advice, and one that counts them all."""
    if not faults:
        return
    for group in group_faults(faults):
        line = group.say(language=language, audience="command_line")
        cells = dict.fromkeys(
            repr(fault.value) for fault in group.faults if fault.value is not None
        )
        if values and cells:
            shown = Hint("listing.cells", line=line, cells=tuple(cells))
            line = shown.say(language=language, audience="command_line")
        yield line
    what = _count_things(noun, len(faults))
    where = _count_things("file", len({fault.place.file for fault in faults}))
    counted = Hint("listing.counted", what=what, where=where)
    yield counted.say(language=language, audience="command_line")


def _count_things(noun: str, count: int) -> Hint:
    return Hint(f"count.{noun}") if count == 1 else Hint(f"count.{noun}s", count=count)
