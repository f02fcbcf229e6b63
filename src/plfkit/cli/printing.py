"""How results are printed: as a table and a sentence, as JSON or as CSV."""

from __future__ import annotations

from typing import Any

import click

from plfkit.cli.running import name_organisation, notify_user, print_json
from plfkit.disclosure import Released
from plfkit.model.records.organisation import Organisation
from plfkit.model.results.result import Result
from plfkit.model.words.notes import Note
from plfkit.model.words.reasons import Reason
from plfkit.report.documents import to_document
from plfkit.report.records import format_csv_text, format_text_table


def print_result(released: Released[Result], form: str, organisation: Organisation) -> None:
    """Print a released result; what a reader should know beside it goes to stderr."""
    result = released.content
    example = name_organisation(organisation) if organisation.synthetic else None
    if any(row.reason == Reason.WITHHELD for row in result):
        notify_user("some figures are withheld: too few people, or figures about single persons")
    if released.purpose is not None:
        notify_user(f"figures about single persons, for this purpose: {released.purpose}")
    if missing := result.notes.get(Note.DRAWS_MISSING):
        notify_user(f"interrupted: the figures rest on {missing} draws fewer than were asked for")
    if form == "json":
        print_json({"example": example is not None, "title": example, **to_document(released)})
    elif form == "csv":
        purpose = {} if released.purpose is None else {"purpose": released.purpose}
        rows = [row | purpose for row in result.rows()]
        click.echo(format_csv_text([*result.columns, *purpose], rows), nl=False)
    else:
        click.echo(_format_heading(released, example))
        click.echo(format_text_table(*_select_filled_columns(result)))
        click.echo(result.sentence("en"))


def _format_heading(released: Released[Result], example: str | None) -> str:
    result = released.content
    facts = {
        "variant": result.variant,
        "relation": result.relation,
        "groups": result.groups,
        "by": result.by,
        "at": result.at,
        "reference day": result.reference_day,
        "null": result.null,
        "draws": result.draws,
        "seed": result.seed,
        "purpose": released.purpose,
        "example": example,
    }
    known = [f"{name} {value}" for name, value in facts.items() if value is not None]
    return f"{result.measure} ({', '.join(known)})"


def _select_filled_columns(result: Result) -> tuple[list[str], list[list[Any]]]:
    """Return the columns that hold anything, value always among them."""
    rows = result.rows()
    columns = [
        name
        for name in result.columns
        if name == "value" or any(row[name] is not None for row in rows)
    ]
    return columns, [[row[name] for name in columns] for row in rows]
