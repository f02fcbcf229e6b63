"""``plfkit profiles``, ``measures`` and ``describe``: what there is, and what it holds."""

from __future__ import annotations

import click
from attrs import asdict

from plfkit.cli.options import format_option, lang_option, profile_option, strict_option
from plfkit.cli.running import catch_errors, print_json
from plfkit.measures import CORE
from plfkit.profiles import GENERIC, available_profiles, describe, load_profile
from plfkit.profiles.probing import SECONDS, ProbedProfile, probe_profiles
from plfkit.report.records import build_measure_document, format_text_table

_PROFILE_COLUMNS = ("id", "distribution", "version", "state")


@click.command()
@format_option("table", "json")
@click.option(
    "--time-limit",
    "seconds",
    type=click.FloatRange(min=0, min_open=True),
    default=SECONDS,
    show_default=True,
    metavar="SECONDS",
    is_eager=True,  # --strict-plugins goes by it
    help="How long each may take to load; tried again, it may take three times as long.",
)
@strict_option
@catch_errors
def profiles(form: str, seconds: float) -> None:
    """List the profiles that are installed, each tried in a process of its own.

    One that does not work is set aside with the reason and what to do; the others work. One that does
    not finish in time is tried again with more time: on a busy machine that is no fault of its own.
    """
    probed = probe_profiles(seconds)
    working = [asdict(info) for info in available_profiles() if info.id == GENERIC]
    working += [asdict(one.info) for one in probed if one.problem is None]
    if form == "json":
        aside = [asdict(one.problem) for one in probed if one.problem is not None]
        print_json({"profiles": working, "set_aside": aside})
    else:
        click.echo(_format_profile_table(working, probed))


def _format_profile_table(working: list[dict[str, str]], probed: tuple[ProbedProfile, ...]) -> str:
    rows = [[*row.values(), "works"] for row in working]
    rows += [
        [*asdict(one.info).values(), "too slow" if one.slow else "set aside"]
        for one in probed
        if one.problem is not None
    ]
    aside = [f"\n{one.problem}" for one in probed if one.problem is not None]
    return "\n".join([format_text_table(_PROFILE_COLUMNS, rows), *aside])


@click.command("measures")
@profile_option
@lang_option
@format_option("table", "json")
@strict_option
@catch_errors
def measures_command(profile_name: str, lang: str, form: str) -> None:
    """List the measures: what they tell, and which tests each allows."""
    catalogue = CORE.extended(*load_profile(profile_name).measures)
    if form == "json":
        print_json({"measures": [build_measure_document(measure) for measure in catalogue]})
        return
    rows = [
        [
            measure.name,
            measure.about.label[lang],
            measure.about.figure_class,
            "yes" if measure.about.no_interval is None else "no",
            ", ".join(measure.about.nulls) or None,
        ]
        for measure in catalogue
    ]
    click.echo(format_text_table(("measure", "label", "class", "interval", "nulls"), rows))


@click.command("describe")
@click.argument("name")
@lang_option
@strict_option
@catch_errors
def describe_command(name: str, lang: str) -> None:
    """Print all that the profile NAME holds, as text that the municipality can review.

    NAME is an installed profile, or the path of a profile.toml.
    """
    profile = load_profile(name)
    known = {measure.name: measure.about for measure in CORE.extended(*profile.measures)}
    click.echo(describe(profile, language=lang, measures=known), nl=False)
