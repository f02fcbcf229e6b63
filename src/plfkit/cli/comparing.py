"""``plfkit compare`` and ``plfkit trend``: across municipalities, and across years."""

from __future__ import annotations

from pathlib import Path

import click
from attrs import evolve

from plfkit.cli.options import (
    Data,
    at_option,
    fault_lang_option,
    format_option,
    given_data_options,
    ledger_option,
    open_given_ledger,
    strict_option,
)
from plfkit.cli.running import catch_errors, load_data, notify_judgement, print_json
from plfkit.disclosure import release
from plfkit.disclosure.comparing import release_comparison
from plfkit.goals import Comparison, IndicatorOutcome, Scorecard, assess
from plfkit.goals.assess import YEARS_BACK
from plfkit.model.words.vocabulary import suggest_word
from plfkit.profiles import GENERIC
from plfkit.report.documents import to_document
from plfkit.report.records import (
    format_text_table,
    list_comparison_rows,
    list_trend_rows,
)
from plfkit.sources import find_profile_name

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
@fault_lang_option
@ledger_option
@format_option("table", "json")
@catch_errors
def compare_command(
    places: tuple[Path, ...],
    profiles: tuple[str, ...],
    at: str | None,
    ledger: Path | None,
    form: str,
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
    chosen = profiles or [find_profile_name(place) or GENERIC for place in places]
    cards = {}
    for name, place, profile_name in zip(names, places, chosen, strict=True):
        organisation, profile = load_data(Data(place, profile_name, {}), at)
        cards[name] = assess(organisation, profile, at=at, years_back=0)
    released = release_comparison(cards, ledger=open_given_ledger(ledger))
    notify_judgement(released)
    if form == "json":
        print_json(to_document(released))
    else:
        click.echo(_format_comparison(released.content))


def _format_comparison(comparison: Comparison) -> str:
    names = [
        f"{name} (an example)" if name in comparison.examples else name for name in comparison.names
    ]
    lines = [f"{', '.join(names)}, {comparison.at}", ""]
    lines.append(format_text_table(*list_comparison_rows(comparison)))
    lines += ["", "Not compared, and why:"]
    lines += [f"  {one.name} {one.indicator}: {one.detail}" for one in comparison.refused]
    return "\n".join(lines)


@click.command("trend")
@given_data_options
@click.option("--indicator", required=True, metavar="I", help="An indicator of the profile.")
@at_option
@fault_lang_option
@click.option(
    "--years",
    "years_back",
    type=click.IntRange(min=0),
    default=YEARS_BACK,
    show_default=True,
    metavar="N",
    help="How many earlier years.",
)
@ledger_option
@format_option("table", "json")
@catch_errors
def trend_command(
    data: Data, indicator: str, at: str | None, years_back: int, ledger: Path | None, form: str
) -> None:
    """Follow one indicator on DATA, a native folder or a workbook, from year to year.

    A year that cannot be compared with the one before says why: other schools, or another question.
    """
    if data.path is not None and data.profile_name == GENERIC:
        data = evolve(data, profile_name=find_profile_name(data.path) or GENERIC)
    organisation, profile = load_data(data, at)
    if indicator not in profile.indicators:
        known = profile.indicators
        hint = suggest_word(indicator, known) or f": there are {', '.join(known)}"
        raise click.BadParameter(
            f"the profile {profile.id} has no indicator {indicator!r}{hint}",
            param_hint="--indicator",
        )
    only = profile.keep_indicators({indicator})
    card = assess(organisation, only, at=at, years_back=years_back)
    released = release(card.indicators[0], floor=profile.privacy, ledger=open_given_ledger(ledger))
    notify_judgement(released)
    if form == "json":
        print_json({"profile": card.profile, "example": card.example, **to_document(released)})
    else:
        click.echo(_format_trend(card, released.content))


def _format_trend(card: Scorecard, outcome: IndicatorOutcome) -> str:
    lines = [f"{outcome.id} {outcome.indicator.label.en}{' (an example)' if card.example else ''}"]
    if not outcome.trend:
        needs = ", ".join(map(str, outcome.missing)) or outcome.reason or "not measured"
        return "\n".join([*lines, f"not measured: {needs}"])
    return "\n".join([*lines, format_text_table(*list_trend_rows(outcome))])
