"""``plfkit measure``: one measure of one moment."""

from __future__ import annotations

import inspect
from functools import partial
from inspect import Parameter
from pathlib import Path

import click

from plfkit.cli.options import (
    Data,
    at_option,
    data_options,
    draw_options,
    fault_lang_option,
    format_option,
    ledger_option,
    open_given_ledger,
)
from plfkit.cli.printing import print_result
from plfkit.cli.running import catch_errors, load_data, notify_judgement, prepare_chance
from plfkit.disclosure import release
from plfkit.disclosure.properties import THRESHOLDS
from plfkit.errors import DisclosureError
from plfkit.graph import snapshot
from plfkit.hints import Hint
from plfkit.measures import CORE
from plfkit.model.results.result import Result
from plfkit.profiles import Profile


@click.command(epilog=f"Measures: {', '.join(measure.name for measure in CORE)}.")
@click.argument("name")
@data_options
@click.option("--relation", metavar="R", help="Which ties: advice, collaboration, …")
@click.option("--groups", metavar="G", help="The groups inside the formula.")
@click.option("--by", metavar="G", help="One figure for each of these groups.")
@at_option
@fault_lang_option
@click.option("--set", "settings", metavar="KEY=VALUE", multiple=True, help="A further argument.")
@click.option("--interval", is_flag=True, help="Give a 95 % interval, where one is valid.")
@click.option("--null", metavar="N", help="Compare with chance: size, mutuals, degrees or labels.")
@click.option("--within", metavar="G", help="With labels: people change groups within these only.")
@click.option("--missing", metavar="M", help="Unobserved ties: available, null or reconstruct.")
@draw_options
@format_option("table", "json", "csv")
@ledger_option
@click.option("--identified", is_flag=True, help="Show figures about single persons.")
@click.option("--purpose", metavar="TEXT", help="Why they are needed; printed with the figures.")
@catch_errors
def measure(
    name: str,
    data: Data,
    relation: str | None,
    groups: str | None,
    by: str | None,
    at: str | None,
    settings: tuple[str, ...],
    null: str | None,
    within: str | None,
    missing: str | None,
    draws: int,
    seed: int,
    workers: int,
    form: str,
    ledger: Path | None,
    purpose: str | None,
    *,
    interval: bool,
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
    arguments |= dict(parse_setting(text) for text in settings)
    organisation, profile = load_data(data, at)
    function = CORE.extended(*profile.measures)[name]
    asked: dict[str, str | bool | None] = {
        "interval": interval or None,
        "null": null,
        "within": within,
        "missing": missing,
    }
    options = {key: value for key, value in asked.items() if value is not None}
    with prepare_chance(draws, seed, workers) as chance:
        known = {key: value for key, value in chance.items() if key in function.parameters}
        seen = partial(snapshot, organisation, standards=profile.standards)
        moments = function.choose_moments(seen(at), seen)
        result = function(moments, known | options | arguments)
    if not identified:
        refuse_unnamed_threshold(result, profile)
    released = release(
        result, floor=profile.privacy, ledger=open_given_ledger(ledger), identified=purpose
    )
    notify_judgement(released)
    print_result(released, form, organisation)


def refuse_unnamed_threshold(result: Result, profile: Profile) -> None:
    """Refuse a threshold that neither the measure nor the profile names.

    Asked for one after the other they would tell how many reach each: two of them who was asked once.

    Raises:
        DisclosureError: No indicator of the profile has the threshold, and it is not the measure's own.
    """
    own = CORE.extended(*profile.measures)[result.measure]
    defaults = inspect.signature(own.function).parameters
    for name in THRESHOLDS:
        asked = result.call.get(name)
        named = {
            one.arguments.get(name)
            for one in profile.indicators.values()
            if one.measure == result.measure
        }
        usual = defaults[name].default if name in defaults else None
        if (
            asked is not None
            and asked not in named
            and asked != usual
            and usual is not Parameter.empty
        ):
            known = sorted(str(one) for one in {*named, usual} if one is not None)
            raise DisclosureError(
                Hint(
                    "disclosure.unnamed_threshold",
                    measure=result.measure,
                    name=name,
                    known=", ".join(known),
                )
            )


def parse_setting(text: str) -> tuple[str, str]:
    """Read a further argument, ``KEY=VALUE``."""
    key, equals, value = text.partition("=")
    if not equals or not key:
        raise click.BadParameter(f"write KEY=VALUE, not {text!r}", param_hint="--set")
    return key, value
