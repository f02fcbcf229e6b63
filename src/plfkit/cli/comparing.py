"""``plfkit compare`` and ``plfkit trend``: across municipalities, and across years."""

from __future__ import annotations

from pathlib import Path

import click
from attrs import evolve

from plfkit.cli.options import (
    Data,
    at_option,
    format_option,
    given_data_options,
    strict_option,
)
from plfkit.cli.running import guarded, load, print_json
from plfkit.disclosure import compare, release
from plfkit.goals import Comparison, IndicatorOutcome, Scorecard, assess
from plfkit.goals.assess import YEARS_BACK
from plfkit.model.vocabulary import did_you_mean
from plfkit.profiles import GENERIC
from plfkit.report.records import (
    comparison_document,
    comparison_rows,
    text_table,
    trend_document,
    trend_rows,
)
from plfkit.sources import profile_of

_PLACE = click.Path(exists=True, path_type=Path)


@click.command("compare")
@click.argument("places", metavar="DATA...", type=_PLACE, nargs=-1, required=True)
@click.option(
    "--profile",
    "profiles",
    multiple=True,
    metavar="P",
    help="A profile for each DATA, in order; by default the one that the data were written for.",
)
@strict_option
@at_option
@format_option("table", "json")
@guarded
def compare_command(
    places: tuple[Path, ...], profiles: tuple[str, ...], at: str | None, form: str
) -> None:
    """Put municipalities beside each other, each DATA a native folder or a workbook.

    Only figures that their profiles measure in the same way are compared; for the others the reason
    is given. Municipalities stand in the order they are named: there is no ranking.
    """
    if profiles and len(profiles) != len(places):
        raise click.UsageError("give --profile once for each DATA, in their order, or not at all")
    names = [place.stem for place in places]
    if len(set(names)) < len(names):
        raise click.UsageError("two DATA have the same name: rename one of them")
    chosen = profiles or [profile_of(place) or GENERIC for place in places]
    cards = {}
    for name, place, profile_name in zip(names, places, chosen, strict=True):
        organisation, profile = load(Data(place, profile_name, {}), at)
        cards[name] = assess(organisation, profile, at=at, years_back=0)
    comparison = compare(cards)
    if form == "json":
        print_json(comparison_document(comparison))
    else:
        click.echo(_beside(comparison))


def _beside(comparison: Comparison) -> str:
    names = [
        f"{name} (an example)" if name in comparison.examples else name for name in comparison.names
    ]
    lines = [f"{', '.join(names)}, {comparison.at}", ""]
    lines.append(text_table(*comparison_rows(comparison)))
    lines += ["", "Not compared, and why:"]
    lines += [f"  {one.name} {one.indicator}: {one.detail}" for one in comparison.refused]
    return "\n".join(lines)


@click.command("trend")
@given_data_options
@click.option("--indicator", required=True, metavar="I", help="An indicator of the profile.")
@at_option
@click.option(
    "--years",
    "years_back",
    type=click.IntRange(min=0),
    default=YEARS_BACK,
    show_default=True,
    metavar="N",
    help="How many earlier years.",
)
@format_option("table", "json")
@guarded
def trend_command(data: Data, indicator: str, at: str | None, years_back: int, form: str) -> None:
    """Follow one indicator on DATA, a native folder or a workbook, from year to year.

    A year that cannot be compared with the one before says why: other schools, or another question.
    """
    if data.path is not None and data.profile_name == GENERIC:
        data = evolve(data, profile_name=profile_of(data.path) or GENERIC)
    organisation, profile = load(data, at)
    if indicator not in profile.indicators:
        known = profile.indicators
        hint = did_you_mean(indicator, known) or f": there are {', '.join(known)}"
        raise click.BadParameter(
            f"the profile {profile.id} has no indicator {indicator!r}{hint}",
            param_hint="--indicator",
        )
    only = evolve(profile, indicators={indicator: profile.indicators[indicator]})
    card = release(assess(organisation, only, at=at, years_back=years_back), profile.privacy)
    outcome = card.content.indicators[0]
    if form == "json":
        print_json(trend_document(card.content, outcome))
    else:
        click.echo(_trend(card.content, outcome))


def _trend(card: Scorecard, outcome: IndicatorOutcome) -> str:
    lines = [f"{outcome.id} {outcome.indicator.label.en}{' (an example)' if card.example else ''}"]
    if not outcome.trend:
        needs = ", ".join(outcome.missing) or outcome.reason or "not measured"
        return "\n".join([*lines, f"not measured: {needs}"])
    return "\n".join([*lines, text_table(*trend_rows(outcome))])
