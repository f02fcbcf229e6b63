"""``plfkit check``: every fault of the data, in one pass."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence

import click

from plfkit.cli.options import Data, data_options, format_option
from plfkit.cli.running import REFUSED, catch_errors, print_json
from plfkit.errors import Fault, InvalidDataError, LimitError, group_faults
from plfkit.report.records import build_faults_document


@click.command()
@data_options
@format_option("text", "json")
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
    summary = ""
    try:
        organisation, _ = data.read()
        advice, summary = organisation.advice, repr(organisation).strip("<>")
    except InvalidDataError as error:
        faults = error.faults
    except LimitError as error:
        faults = (error.fault,)
    if form == "json":
        print_json(build_faults_document(faults, advice, values=show_values))
    elif faults:
        click.echo("\n".join(_list_fault_lines(faults, ("fault", "faults"), values=show_values)))
    else:
        click.echo(f"No faults. {summary}")
        if advice:
            click.echo(
                "\n".join(
                    _list_fault_lines(
                        advice, ("piece of advice", "pieces of advice"), values=show_values
                    )
                )
            )
    if faults:
        sys.exit(REFUSED)


def _list_fault_lines(
    faults: Sequence[Fault], nouns: tuple[str, str], *, values: bool
) -> Iterator[str]:
    for group in group_faults(faults):
        cells = dict.fromkeys(
            repr(fault.value) for fault in group.faults if fault.value is not None
        )
        shown = f" – cells hold {', '.join(cells)}" if values and cells else ""
        yield f"{group}{shown}"
    places = len({fault.place.file for fault in faults})
    counted = f"{len(faults)} {nouns[len(faults) > 1]}"
    where = "1 file or sheet" if places == 1 else f"{places} files or sheets"
    yield f"{counted} in {where}. Row 1 is the header."
