"""``plfkit measure``: one measure of one moment."""

from __future__ import annotations

import inspect
from functools import partial
from inspect import Parameter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from plfkit.cli.command import Command
from plfkit.cli.completing import complete_group, complete_measure
from plfkit.cli.naming import find_measure
from plfkit.cli.options import (
    Data,
    at_option,
    by_option,
    data_options,
    draw_options,
    groups_option,
    ledger_option,
    make_relation_option,
    open_given_ledger,
    settings_option,
)
from plfkit.cli.output import Output, add_output_options
from plfkit.cli.postponing import keep_unused_waiting
from plfkit.cli.printing import print_result
from plfkit.cli.progressing import respect_quiet
from plfkit.cli.running import load_data, notify_judgement, prepare_chance
from plfkit.cli.speaking import refuse_usage
from plfkit.errors import DisclosureError
from plfkit.hints import Hint

if TYPE_CHECKING:
    from plfkit.measures import Measure
    from plfkit.model.results.result import Result
    from plfkit.profiles import Profile


@click.command(
    cls=Command,
    examples=[
        "plfkit measure membership_coverage --profile vejle --by level",
        "plfkit measure density town --profile vejle --relation advice --interval --format csv",
    ],
)
@click.argument("name", shell_complete=complete_measure)
@data_options
@make_relation_option(required=False, about="Which ties: advice, collaboration, …")
@groups_option
@by_option
@at_option
@settings_option
@click.option(
    "--interval",
    is_flag=True,
    help="Give a 95 % interval, where there is one; --set interval=bootstrap chooses how.",
)
@click.option("--null", metavar="N", help="Compare with chance: size, mutuals, degrees or labels.")
@click.option(
    "--within",
    metavar="G",
    shell_complete=complete_group,
    help="With labels: people change groups within these only.",
)
@click.option("--missing", metavar="M", help="Unobserved ties: available, null or reconstruct.")
@draw_options
@ledger_option
@click.option("--identified", is_flag=True, help="Show figures about single persons.")
@click.option("--purpose", metavar="TEXT", help="Why they are needed; printed with the figures.")
@add_output_options
def measure(
    name: str,
    data: Data,
    relation: str | None,
    groups: str | None,
    by: str | None,
    at: str | None,
    settings: dict[str, str],
    null: str | None,
    within: str | None,
    missing: str | None,
    draws: int,
    seed: int,
    workers: int,
    ledger: Path | None,
    purpose: str | None,
    output: Output,
    *,
    interval: bool,
    identified: bool,
) -> None:
    """Compute the measure NAME on DATA, a native folder or a workbook.

    Without DATA, on an example municipality that fits the profile. Figures about single persons are
    withheld unless --identified and --purpose are given. plfkit measures lists the measures.
    """
    keep_unused_waiting()
    from plfkit.disclosure import release
    from plfkit.graph import snapshot

    if identified != (purpose is not None):
        raise refuse_usage("both_identified")
    options = {"interval": interval or None, "null": null, "within": within, "missing": missing}
    chosen = {"relation": relation, "groups": groups, "by": by}
    arguments = {key: value for key, value in (options | chosen).items() if value is not None}
    arguments |= settings
    profile = data.load_profile()
    function = find_measure(profile, name, arguments)
    organisation = load_data(data, profile, at)
    with prepare_chance(draws, seed, workers) as chance, respect_quiet():
        known = {key: value for key, value in chance.items() if key in function.parameters}
        seen = partial(snapshot, organisation, standards=profile.standards)
        result = function(function.choose_moments(seen(at), seen), known | arguments)
    if not identified:
        refuse_unnamed_threshold(result, profile, function)
    released = release(
        result, floor=profile.privacy, ledger=open_given_ledger(ledger), identified=purpose
    )
    notify_judgement(released)
    print_result(released, output, organisation)


def refuse_unnamed_threshold(result: Result, profile: Profile, own: Measure) -> None:
    """Refuse a threshold that neither the measure nor the profile names.

    Asked for one after the other they would tell how many reach each: two of them who was asked once.

    Raises:
        DisclosureError: No indicator of the profile has the threshold, and it is not the measure's own.
    """
    from plfkit.disclosure.properties import THRESHOLDS

    defaults = inspect.signature(own.function).parameters
    for name in THRESHOLDS:
        asked = result.call.get(name)
        named: set[Any] = {
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
