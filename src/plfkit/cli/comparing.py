"""``plfkit compare`` and ``plfkit trend``: across municipalities, and across years."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from attrs import evolve

from plfkit.cli.command import Command
from plfkit.cli.completing import complete_indicator, complete_profile
from plfkit.cli.naming import check_indicator, name_places
from plfkit.cli.options import (
    Data,
    add_reading_options,
    at_option,
    data_options,
    ledger_option,
    open_given_ledger,
    workers_option,
)
from plfkit.cli.output import PAGE, Output, Reply, add_page_options, deliver, deliver_page
from plfkit.cli.postponing import keep_unused_waiting
from plfkit.cli.running import load_data, notify_judgement, notify_untold_years, start_workers
from plfkit.cli.speaking import choose_language, refuse_usage

if TYPE_CHECKING:
    from plfkit.disclosure import Released
    from plfkit.goals import Comparison, IndicatorOutcome, Scorecard
    from plfkit.profiles import Profile

_PLACE = click.Path(exists=True, path_type=Path)
_YEARS_BACK = 4
"""How many earlier years a trend shows; a test holds it against `plfkit.goals.assess`."""


@click.command(
    "compare",
    cls=Command,
    examples=["plfkit compare town island", "plfkit compare town island --out compared.html"],
)
@click.argument("places", metavar="DATA...", type=_PLACE, nargs=-1, required=True)
@click.option(
    "--profile",
    "profiles",
    multiple=True,
    metavar="P",
    shell_complete=complete_profile,
    help="A profile for each DATA, in order; by default the one that the data were written for.",
)
@add_reading_options
@at_option
@ledger_option
@workers_option
@add_page_options
def compare_command(
    places: tuple[Path, ...],
    profiles: tuple[str, ...],
    reading: dict[str, Any],
    at: str | None,
    ledger: Path | None,
    workers: int,
    output: Output,
) -> None:
    """Put municipalities beside each other, each DATA a native folder or a workbook.

    Only figures that their profiles measure in the same way are compared; for the others the reason
    is given. Municipalities stand in the order they are named: there is no ranking.
    """
    keep_unused_waiting()
    from plfkit.disclosure import release_comparison
    from plfkit.goals import assess

    sources = _name_sources(places, profiles, reading)
    known = {name: data.load_profile() for name, data in sources.items()}
    with start_workers(workers) as executor:
        ask = partial(assess, at=at, years_back=0, executor=executor)
        cards = {
            name: ask(load_data(data, known[name], at), known[name])
            for name, data in sources.items()
        }
        released = release_comparison(cards, ledger=open_given_ledger(ledger), executor=executor)
    notify_judgement(released)
    if output.form == PAGE:
        from plfkit.report.compared import render_comparison

        deliver_page(render_comparison(released, language=choose_language()), output)
    else:
        deliver(_reply_with_comparison(released), output)


def _reply_with_comparison(released: Released[Comparison]) -> Reply:
    """Return municipalities beside each other in every form."""
    from plfkit.report.documents import to_document
    from plfkit.report.glances import show_comparison
    from plfkit.report.rows import list_released

    return Reply(
        document=lambda: to_document(released),
        listings=lambda: list_released(released),
        glance=lambda: show_comparison(released.content, choose_language()),
    )


def _name_sources(
    places: tuple[Path, ...], profiles: tuple[str, ...], reading: dict[str, Any]
) -> dict[str, Data]:
    """Return what is to be read by the municipalities' names, which are those of their files."""
    from plfkit.profiles import GENERIC

    if profiles and len(profiles) != len(places):
        raise refuse_usage("profile_each")
    sources = {name: Data(place, GENERIC, reading) for name, place in name_places(places).items()}
    if not profiles:
        return {name: source.follow_written_profile() for name, source in sources.items()}
    return {
        name: evolve(source, profile_name=profile)
        for (name, source), profile in zip(sources.items(), profiles, strict=True)
    }


@click.command(
    "trend",
    cls=Command,
    examples=[
        "plfkit trend town --indicator any_community",
        "plfkit trend --profile vejle --out years.html",
    ],
)
@data_options
@click.option(
    "--indicator",
    "indicators",
    multiple=True,
    metavar="I",
    shell_complete=complete_indicator,
    help="An indicator of the profile, once for each; those that lead its goals if left out.",
)
@at_option
@click.option(
    "--years",
    "years_back",
    type=click.IntRange(min=0),
    default=_YEARS_BACK,
    show_default=True,
    metavar="N",
    help="How many earlier years.",
)
@ledger_option
@workers_option
@add_page_options
def trend_command(
    data: Data,
    indicators: tuple[str, ...],
    at: str | None,
    years_back: int,
    ledger: Path | None,
    workers: int,
    output: Output,
) -> None:
    """Follow figures on DATA, a native folder or a workbook, from year to year.

    A year that cannot be compared with the one before says why: other schools, or another question.
    Years of which the data know only those who are still there are left out.
    Without DATA, an example municipality that fits the profile.
    """
    keep_unused_waiting()
    from plfkit.disclosure import release
    from plfkit.goals import assess

    data = data.follow_written_profile()
    profile = data.load_profile()
    only = profile.keep_indicators(_choose_indicators(profile, indicators))
    organisation = load_data(data, profile, at)
    with start_workers(workers) as executor:
        card = assess(organisation, only, at=at, years_back=years_back, executor=executor)
    notify_untold_years(organisation, card.at, years_back)
    book = open_given_ledger(ledger)
    if output.form == PAGE:
        from plfkit.report.followed import render_trend

        shown = release(card, floor=profile.privacy, ledger=book)
        notify_judgement(shown)
        deliver_page(render_trend(shown, language=choose_language()), output)
        return
    released = release(*card.indicators, floor=profile.privacy, ledger=book)
    notify_judgement(released)
    deliver(_reply_with_trend(card, released), output)


def _choose_indicators(profile: Profile, named: tuple[str, ...]) -> set[str]:
    """Return the indicators to follow: those named, else those that lead the goals.

    Raises:
        UsageError: The profile has none of that name, or names none that leads.
    """
    for name in named:
        check_indicator(profile, name)
    leading = {goal.leading for goal in profile.goals.values() if goal.leading is not None}
    chosen = {*named} or leading or {*profile.indicators_of(None)}
    if not chosen:
        raise refuse_usage("nothing_leads", "--indicator", profile=profile.id)
    return chosen


def _reply_with_trend(card: Scorecard, released: Released[IndicatorOutcome]) -> Reply:
    """Return the years of the figures in every form."""
    from plfkit.report.documents import to_document
    from plfkit.report.glances import show_trend
    from plfkit.report.rows import list_released

    about = {"profile": card.profile, "example": card.example}
    language = choose_language()
    return Reply(
        document=lambda: {**about, **to_document(released)},
        listings=lambda: list_released(
            released, card.title or card.label if card.example else None
        ),
        glance=lambda: [
            part
            for outcome in released
            for part in show_trend(outcome, language, example=card.example)
        ],
    )
