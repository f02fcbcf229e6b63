"""``plfkit measure``: one measure of one moment."""

from __future__ import annotations

from typing import Any

import click

from plfkit.cli.options import Data, at_option, data_options, format_option
from plfkit.cli.running import guarded, load, notify, print_json, title
from plfkit.disclosure import WITHHELD, Released, release
from plfkit.graph import snapshot
from plfkit.measures import CORE
from plfkit.model.result import Result
from plfkit.report.records import csv_text, result_document, text_table


@click.command(epilog=f"Measures: {', '.join(measure.name for measure in CORE)}.")
@click.argument("name")
@data_options
@click.option("--relation", metavar="R", help="Which ties: advice, collaboration, …")
@click.option("--groups", metavar="G", help="The groups inside the formula.")
@click.option("--by", metavar="G", help="One figure for each of these groups.")
@at_option
@click.option("--set", "settings", metavar="KEY=VALUE", multiple=True, help="A further argument.")
@format_option("table", "json", "csv")
@click.option("--identified", is_flag=True, help="Show figures about single persons.")
@click.option("--purpose", metavar="TEXT", help="Why they are needed; printed with the figures.")
@guarded
def measure(  # noqa: PLR0913, PLR0917 - a command's options
    name: str,
    data: Data,
    relation: str | None,
    groups: str | None,
    by: str | None,
    at: str | None,
    settings: tuple[str, ...],
    form: str,
    purpose: str | None,
    *,
    identified: bool,
) -> None:
    """Compute the measure NAME on DATA, a native folder or a workbook.

    Without DATA, on an example municipality that fits the profile. Figures about single persons are
    withheld unless --identified and --purpose are given.
    """
    if identified != (purpose is not None):
        raise click.UsageError("figures about single persons need both --identified and --purpose")
    chosen = {"relation": relation, "groups": groups, "by": by}
    arguments = {key: value for key, value in chosen.items() if value is not None}
    arguments |= dict(_setting(text) for text in settings)
    organisation, profile = load(data, at)
    function = CORE.extended(*profile.measures)[name]
    result = function(snapshot(organisation, at), arguments)
    example = title(organisation) if organisation.synthetic else None
    _print(release(result, profile.privacy, identified=purpose), form, example)


def _setting(text: str) -> tuple[str, str]:
    key, equals, value = text.partition("=")
    if not equals or not key:
        raise click.BadParameter(f"write KEY=VALUE, not {text!r}", param_hint="--set")
    return key, value


def _print(released: Released[Result], form: str, example: str | None) -> None:
    result = released.content
    if any(row.reason == WITHHELD for row in result):
        notify("some figures are withheld: too few people, or figures about single persons")
    if released.purpose is not None:
        notify(f"figures about single persons, for this purpose: {released.purpose}")
    if form == "json":
        print_json({"example": example is not None, "title": example, **result_document(released)})
    elif form == "csv":
        purpose = {} if released.purpose is None else {"purpose": released.purpose}
        rows = [row | purpose for row in result.rows()]
        click.echo(csv_text([*result.columns, *purpose], rows), nl=False)
    else:
        click.echo(_heading(released, example))
        click.echo(text_table(*_readable(result)))


def _heading(released: Released[Result], example: str | None) -> str:
    result = released.content
    facts = {
        "variant": result.variant,
        "relation": result.relation,
        "groups": result.groups,
        "by": result.by,
        "at": result.at,
        "reference day": result.reference_day,
        "purpose": released.purpose,
        "example": example,
    }
    known = [f"{name} {value}" for name, value in facts.items() if value is not None]
    return f"{result.measure} ({', '.join(known)})"


def _readable(result: Result) -> tuple[list[str], list[list[Any]]]:
    """Return the columns that hold anything, value always among them."""
    rows = result.rows()
    columns = [
        name
        for name in result.columns
        if name == "value" or any(row[name] is not None for row in rows)
    ]
    return columns, [[row[name] for name in columns] for row in rows]
