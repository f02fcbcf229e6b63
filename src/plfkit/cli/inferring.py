"""``plfkit test``: relations held against each other, and years against years."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import click

from plfkit.cli.measuring import parse_setting
from plfkit.cli.options import (
    Data,
    at_option,
    data_options,
    draw_options,
    fault_lang_option,
    format_option,
)
from plfkit.cli.printing import print_result
from plfkit.cli.running import catch_errors, load_data, prepare_chance
from plfkit.disclosure import release
from plfkit.graph import snapshot
from plfkit.inference import change, flip_count, mrqap, qap
from plfkit.measures import CORE
from plfkit.model.records.organisation import Organisation
from plfkit.model.results.result import Result
from plfkit.profiles import Profile

relation_option = click.option("--relation", metavar="R", required=True, help="Which ties.")
within_option = click.option(
    "--within", metavar="G", help="People change places only within these groups: school, …"
)
missing_option = click.option(
    "--missing",
    type=click.Choice(["available", "null", "reconstruct"]),
    default="available",
    show_default=True,
    help="How unobserved ties are treated.",
)


@click.group("test")
def test_group() -> None:
    """Test figures: whether relations go together, whether a figure has changed."""


def _release_and_print(
    command: Callable[..., tuple[Organisation, Profile, Result]],
) -> Callable[..., None]:
    """Release what a command computes, and print it."""

    @wraps(command)
    def run(*args: Any, form: str, draws: int, seed: int, workers: int, **options: Any) -> None:
        with prepare_chance(draws, seed, workers) as chance:
            organisation, profile, result = command(*args, chance=chance, **options)
        print_result(release(result, floor=profile.privacy), form, organisation)

    return run


@test_group.command("qap")
@data_options
@relation_option
@click.option("--against", metavar="S", required=True, help="A relation, or what people may share.")
@within_option
@missing_option
@click.option("--adaptive", is_flag=True, help="Stop once 20 draws are as far out.")
@at_option
@fault_lang_option
@draw_options
@format_option("table", "json", "csv")
@catch_errors
@_release_and_print
def qap_command(
    data: Data,
    relation: str,
    against: str,
    within: str | None,
    missing: Any,
    at: str | None,
    *,
    adaptive: bool,
    chance: dict[str, Any],
) -> tuple[Organisation, Profile, Result]:
    """Correlate a relation in DATA with another, and test by permuting people (QAP)."""
    organisation, profile = load_data(data, at)
    now = snapshot(organisation, at)
    options = {"within": within, "missing": missing, **chance}
    return (
        organisation,
        profile,
        qap(now, relation=relation, against=against, adaptive=adaptive, **options),
    )


@test_group.command("mrqap")
@data_options
@relation_option
@click.option(
    "--on", metavar="S", multiple=True, required=True, help="A predictor; give it several times."
)
@within_option
@missing_option
@at_option
@fault_lang_option
@draw_options
@format_option("table", "json", "csv")
@catch_errors
@_release_and_print
def mrqap_command(
    data: Data,
    relation: str,
    on: tuple[str, ...],
    within: str | None,
    missing: Any,
    at: str | None,
    *,
    chance: dict[str, Any],
) -> tuple[Organisation, Profile, Result]:
    """Regress a relation in DATA on others (MRQAP, double semi-partialling)."""
    organisation, profile = load_data(data, at)
    options = {"within": within, "missing": missing, **chance}
    return (
        organisation,
        profile,
        mrqap(snapshot(organisation, at), relation=relation, on=on, **options),
    )


@test_group.command("change")
@data_options
@click.option("--measure", "name", metavar="M", required=True, help="Which figure.")
@click.option("--relation", metavar="R", help="Which ties, for a measure of ties.")
@click.option("--from", "from_", metavar="PERIOD", required=True, help="The earlier period.")
@click.option("--to", metavar="PERIOD", required=True, help="The later one.")
@click.option("--groups", metavar="G", help="The groups inside the formula.")
@click.option("--by", metavar="G", help="One figure for each of these groups.")
@click.option("--set", "settings", metavar="KEY=VALUE", multiple=True, help="A further argument.")
@draw_options
@format_option("table", "json", "csv")
@catch_errors
@_release_and_print
def change_command(
    data: Data,
    name: str,
    relation: str | None,
    from_: str,
    to: str,
    groups: str | None,
    by: str | None,
    settings: tuple[str, ...],
    *,
    chance: dict[str, Any],
) -> tuple[Organisation, Profile, Result]:
    """Tell how much a figure of DATA changed, among the people there in both periods."""
    organisation, profile = load_data(data, from_, to)
    chosen = {"relation": relation, "groups": groups, "by": by}
    arguments = {key: value for key, value in chosen.items() if value is not None}
    arguments |= dict(parse_setting(text) for text in settings) | chance
    result = change(
        organisation,
        name,
        from_=from_,
        to=to,
        catalogue=CORE.extended(*profile.measures),
        standards=profile.standards,
        **arguments,
    )
    return organisation, profile, result


@test_group.command("flips")
@data_options
@click.option("--measure", "name", metavar="M", required=True, help="density or reciprocity.")
@relation_option
@click.option("--target", type=float, metavar="X", help="The mark to be crossed.")
@click.option("--between", nargs=2, metavar="A B", help="Two groups of --by to be compared.")
@click.option("--by", metavar="G", help="One figure for each of these groups.")
@at_option
@fault_lang_option
@format_option("table", "json", "csv")
@catch_errors
def flips_command(
    data: Data,
    name: str,
    relation: str,
    target: float | None,
    between: tuple[str, str] | None,
    by: str | None,
    at: str | None,
    form: str,
) -> None:
    """Tell how many answers that did not come in could turn a figure of DATA round."""
    organisation, profile = load_data(data, at)
    result = flip_count(
        snapshot(organisation, at, standards=profile.standards),
        name,
        relation=relation,
        target=target,
        between=between or None,
        by=by,
    )
    print_result(release(result, floor=profile.privacy), form, organisation)
