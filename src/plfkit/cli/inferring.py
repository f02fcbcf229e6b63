"""``plfkit test``: relations held against each other, and years against years."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

import click

from plfkit.cli.command import Command
from plfkit.cli.completing import complete_group, complete_predictor
from plfkit.cli.naming import check_grouping, check_predictor, check_relation, find_measure
from plfkit.cli.options import (
    Data,
    at_option,
    by_option,
    data_options,
    draw_options,
    groups_option,
    make_relation_option,
    measure_option,
    settings_option,
)
from plfkit.cli.output import Output, add_output_options
from plfkit.cli.printing import print_result
from plfkit.cli.progressing import respect_quiet
from plfkit.cli.running import load_data, prepare_chance

if TYPE_CHECKING:
    from plfkit.model.records.organisation import Organisation
    from plfkit.model.results.result import Result
    from plfkit.profiles import Profile

    Tested = tuple[Organisation, Profile, Result]

within_option = click.option(
    "--within",
    metavar="G",
    shell_complete=complete_group,
    help="People change places only within these groups: school, …",
)
missing_option = click.option(
    "--missing",
    type=click.Choice(["available", "null", "reconstruct"]),
    default="available",
    show_default=True,
    help="How unobserved ties are treated.",
)


class CommandGroup(click.Group):
    """The group of tests, each a command as all others are."""

    command_class = Command


@click.group("test", cls=CommandGroup)
def test_group() -> None:
    """Test figures: whether relations go together, whether a figure has changed."""


def _release_and_print(command: Callable[..., Tested]) -> Callable[..., None]:
    """Release what a command computes, and print it."""

    @wraps(command)
    def run(
        *args: Any, output: Output, draws: int, seed: int, workers: int, **options: Any
    ) -> None:
        from plfkit.disclosure import release

        with prepare_chance(draws, seed, workers) as chance, respect_quiet():
            organisation, profile, result = command(*args, chance=chance, **options)
        print_result(release(result, floor=profile.privacy), output, organisation)

    return run


def _check_names(
    profile: Profile, relation: str, predictors: tuple[str, ...], within: str | None
) -> None:
    """Refuse names that the profile's vocabulary does not have, before the data are read."""
    check_relation(profile.vocabulary, relation)
    for name in predictors:
        check_predictor(profile.vocabulary, name)
    if within is not None:
        check_grouping(profile.vocabulary, within)


@test_group.command(
    "qap",
    examples=[
        "plfkit test qap town --profile vejle --relation advice --against level --draws 200",
        "plfkit test qap town --profile vejle --relation advice --against level --out qap.json",
    ],
)
@data_options
@make_relation_option(required=True)
@click.option(
    "--against",
    metavar="S",
    required=True,
    shell_complete=complete_predictor,
    help="A relation, what people may share, or difference:fte, sender:teacher, ….",
)
@within_option
@missing_option
@click.option("--adaptive", is_flag=True, help="Stop once 20 draws are as far out.")
@at_option
@draw_options
@add_output_options
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
) -> Tested:
    """Correlate a relation in DATA with another, and test by permuting people (QAP)."""
    from plfkit.graph import snapshot
    from plfkit.inference import qap

    profile = data.load_profile()
    _check_names(profile, relation, (against,), within)
    organisation = load_data(data, profile, at)
    options = {"within": within, "missing": missing, "adaptive": adaptive, **chance}
    now = snapshot(organisation, at)
    return organisation, profile, qap(now, relation=relation, against=against, **options)


@test_group.command(
    "mrqap",
    examples=[
        "plfkit test mrqap town --profile vejle --relation advice --on level --draws 200",
        "plfkit test mrqap town --profile vejle --relation advice --on sender:teacher --draws 50",
    ],
)
@data_options
@make_relation_option(required=True)
@click.option(
    "--on",
    metavar="S",
    multiple=True,
    required=True,
    shell_complete=complete_predictor,
    help="A predictor; give it several times: a relation, level, sender:teacher, difference:fte, ….",
)
@click.option(
    "--statistic",
    type=click.Choice(["robust", "t"]),
    help="What is compared with chance: the robust t, the default from 15 people on, or R sna's.",
)
@within_option
@missing_option
@at_option
@draw_options
@add_output_options
@_release_and_print
def mrqap_command(
    data: Data,
    relation: str,
    on: tuple[str, ...],
    within: str | None,
    missing: Any,
    at: str | None,
    *,
    statistic: Any,
    chance: dict[str, Any],
) -> Tested:
    """Regress a relation in DATA on others (MRQAP, double semi-partialling)."""
    from plfkit.graph import snapshot
    from plfkit.inference import mrqap

    profile = data.load_profile()
    _check_names(profile, relation, on, within)
    organisation = load_data(data, profile, at)
    options = {"statistic": statistic, "within": within, "missing": missing, **chance}
    now = snapshot(organisation, at)
    return organisation, profile, mrqap(now, relation=relation, on=on, **options)


@test_group.command(
    "change",
    examples=[
        "plfkit test change town --profile vejle --measure membership_coverage --from 2017/18 --to 2018/19"
    ],
)
@data_options
@measure_option
@make_relation_option(required=False, about="Which ties, for a measure of ties.")
@click.option("--from", "from_", metavar="PERIOD", required=True, help="The earlier period.")
@click.option("--to", metavar="PERIOD", required=True, help="The later one.")
@groups_option
@by_option
@settings_option
@draw_options
@add_output_options
@_release_and_print
def change_command(
    data: Data,
    name: str,
    relation: str | None,
    from_: str,
    to: str,
    groups: str | None,
    by: str | None,
    settings: dict[str, str],
    *,
    chance: dict[str, Any],
) -> Tested:
    """Tell how much a figure of DATA changed, among the people there in both periods."""
    from plfkit.inference import change
    from plfkit.measures import CORE
    from plfkit.measures.engine.brought import add_profile_measures

    profile = data.load_profile()
    chosen = {"relation": relation, "groups": groups, "by": by}
    arguments = {key: value for key, value in chosen.items() if value is not None} | settings
    find_measure(profile, name, arguments)
    organisation = load_data(data, profile, from_, to)
    result = change(
        organisation,
        name,
        from_=from_,
        to=to,
        catalogue=add_profile_measures(CORE, profile),
        standards=profile.standards,
        **arguments,
        **chance,
    )
    return organisation, profile, result


@test_group.command(
    "flips",
    examples=[
        "plfkit test flips town --profile vejle --measure density --relation advice --target 0.1"
    ],
)
@data_options
@click.option(
    "--measure",
    "name",
    metavar="M",
    required=True,
    type=click.Choice(["density", "reciprocity"]),
    help="density or reciprocity.",
)
@make_relation_option(required=True)
@click.option("--target", type=float, metavar="X", help="The mark to be crossed.")
@click.option("--between", nargs=2, metavar="A B", help="Two groups of --by to be compared.")
@by_option
@at_option
@add_output_options
def flips_command(
    data: Data,
    name: str,
    relation: str,
    target: float | None,
    between: tuple[str, str] | None,
    by: str | None,
    at: str | None,
    output: Output,
) -> None:
    """Tell how many answers that did not come in could turn a figure of DATA round."""
    from plfkit.disclosure import release
    from plfkit.graph import snapshot
    from plfkit.inference import flip_count

    profile = data.load_profile()
    _check_names(profile, relation, (), by)
    organisation = load_data(data, profile, at)
    result = flip_count(
        snapshot(organisation, at, standards=profile.standards),
        name,
        relation=relation,
        target=target,
        between=between or None,
        by=by,
    )
    print_result(release(result, floor=profile.privacy), output, organisation)
