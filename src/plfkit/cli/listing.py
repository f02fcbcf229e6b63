"""``plfkit profiles``, ``measures`` and ``describe``: what there is, and what it holds."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from attrs import asdict

from plfkit.cli.command import Command
from plfkit.cli.completing import complete_profile
from plfkit.cli.options import profile_option
from plfkit.cli.output import Output, Reply, add_output_options, deliver
from plfkit.cli.speaking import choose_language

if TYPE_CHECKING:
    from plfkit.profiles import Profile
    from plfkit.profiles.probing import ProbedProfile

_SECONDS = 10.0
"""How long a profile may take to load; a test holds it against `plfkit.profiles.probing`."""


@click.command(cls=Command, examples=["plfkit profiles", "plfkit profiles --format json"])
@click.option(
    "--time-limit",
    "seconds",
    type=click.FloatRange(min=0, min_open=True),
    default=_SECONDS,
    show_default=True,
    metavar="SECONDS",
    is_eager=True,  # --strict-plugins goes by it
    help="How long each may take to load; tried again, it may take three times as long.",
)
@add_output_options
def profiles(output: Output, seconds: float) -> None:
    """List the profiles that are installed, each tried in a process of its own.

    One that does not work is set aside with the reason and what to do; the others work. One that does
    not finish in time is tried again with more time: on a busy machine that is no fault of its own.
    """
    from plfkit.profiles import GENERIC, available_profiles
    from plfkit.profiles.probing import probe_profiles
    from plfkit.report.listings import Listing

    probed = probe_profiles(seconds)
    working = [asdict(info) for info in available_profiles() if info.id == GENERIC]
    working += [asdict(one.info) for one in probed if one.problem is None]
    aside = [one for one in probed if one.problem is not None]
    records = [{**row, "state": "works"} for row in working] + [*map(_record_aside, aside)]
    columns = ("id", "distribution", "version", "state")
    reply = Reply(
        document={"profiles": working, "set_aside": [asdict(one.problem) for one in aside]},  # type: ignore[arg-type] # each has one
        listings=(Listing.of_records("profiles", records, *columns, "reason", "remedy"),),
        glance=(
            Listing.of_records("profiles", records, *columns),
            *(f"\n{one.problem}" for one in aside),
        ),
    )
    deliver(reply, output)


def _record_aside(one: ProbedProfile) -> dict[str, Any]:
    """Return the row of a profile that is set aside, with the reason and what to do."""
    state = "too_slow" if one.slow else "set_aside"
    return {
        **asdict(one.info),
        "state": state,
        "reason": getattr(one.problem, "reason", None),
        "remedy": getattr(one.problem, "remedy", None),
    }


@click.command(
    "measures", cls=Command, examples=["plfkit measures", "plfkit measures --out measures.xlsx"]
)
@profile_option
@add_output_options
def measures_command(profile_name: str, output: Output) -> None:
    """List the measures: what they tell, and which tests each allows."""
    from plfkit.measures import CORE
    from plfkit.profiles import load_profile
    from plfkit.report.listings import Listing
    from plfkit.report.records import build_measure_document

    catalogue = CORE.extended(*load_profile(profile_name).measures)
    rows = [
        [
            measure.name,
            measure.about.label,
            measure.about.figure_class,
            measure.about.no_interval is None,
            measure.about.nulls or None,
        ]
        for measure in catalogue
    ]
    listing = Listing("measures", ("measure", "label", "class", "interval", "nulls"), rows)
    document = {"measures": [build_measure_document(measure) for measure in catalogue]}
    deliver(Reply(document=document, listings=(listing,), glance=(listing,)), output)


@click.command(
    "describe",
    cls=Command,
    examples=["plfkit describe vejle", "plfkit describe vejle --indicators --out indicators.md"],
)
@click.argument("name", shell_complete=complete_profile)
@click.option(
    "--indicators",
    is_flag=True,
    help="Only the goals and their figures, as a page in Markdown for the documentation.",
)
@click.option(
    "--out",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where the text goes; if left out it is printed.",
)
def describe_command(name: str, *, indicators: bool, out: Path | None) -> None:
    """Print all that the profile NAME holds, as text that the municipality can review.

    NAME is an installed profile, or the path of a profile.toml. It is text to be read, in no other form:
    the rows are those of plfkit measures and plfkit goals, and the data those of the profile.toml.
    """
    from plfkit.profiles import load_profile

    profile = load_profile(name)
    text = _write_indicator_page(profile) if indicators else _describe_whole_profile(profile)
    if out is None:
        click.echo(text, nl=False)
        return
    from plfkit.sources.saving import save_text

    click.echo(save_text(out, text))


def _write_indicator_page(profile: Profile) -> str:
    from plfkit.profiles.indicator_page import write_indicator_page

    return write_indicator_page(profile, language=choose_language())


def _describe_whole_profile(profile: Profile) -> str:
    from plfkit.measures import CORE
    from plfkit.profiles import describe

    known = {measure.name: measure.about for measure in CORE.extended(*profile.measures)}
    return describe(profile, language=choose_language(), measures=known)
