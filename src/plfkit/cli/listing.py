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


@click.command(
    cls=Command,
    examples=["plfkit profiles --verbose", "plfkit profiles --format json"],
)
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
@click.option("--verbose", "-v", is_flag=True, help="Say what each brings, and for which plfkit.")
@add_output_options
def profiles(output: Output, seconds: float, *, verbose: bool) -> None:
    """List the profiles that are installed, each tried in a process of its own.

    One that does not work is set aside with the reason and what to do; the others work. So is a part of
    what comes with one, as measures or readers, and the rest of it works. One that does not finish in
    time is tried again with more time: on a busy machine that is no fault of its own.
    """
    from plfkit.profiles.probing import list_problems, probe_profiles
    from plfkit.report.listings import Listing

    probed = (_probe_generic(), *probe_profiles(seconds))
    ordered = sorted(probed, key=lambda one: (one.problem is not None, one.info))
    problems = [problem for one in ordered for problem in list_problems(one)]
    records = [_record_probe(one) for one in ordered]
    columns = ("id", "distribution", "version", "state", *(_VERBOSE if verbose else ()))
    working = [_write_working(one, verbose=verbose) for one in ordered if one.problem is None]
    reply = Reply(
        document=lambda: {
            "profiles": working,
            "set_aside": [asdict(problem) for problem in problems],
        },
        listings=lambda: (Listing.of_records("profiles", records, *columns, "reason", "remedy"),),
        glance=lambda: (
            Listing.of_records("profiles", records, *columns),
            *(f"\n{problem}" for problem in problems),
        ),
    )
    deliver(reply, output)


_COUNTED = ("goals", "indicators", "claims", "kinds")
_NAMED = ("measures", "readers", "sections")
_VERBOSE = ("made_for", *_COUNTED, *_NAMED)
"""What a list says more: how many there are of what every profile has, the names of what is code."""


def _probe_generic() -> ProbedProfile:
    """Return the built-in profile as one that was tried: nothing of it is somebody else's."""
    from plfkit.profiles import GENERIC, available_profiles, load_profile
    from plfkit.profiles.probing import ProbedProfile
    from plfkit.profiles.profile_contents import list_contents

    (info,) = (info for info in available_profiles() if info.id == GENERIC)
    made_for = f"{info.distribution}=={info.version}"
    return ProbedProfile(info, made_for=made_for, contents=list_contents(load_profile(GENERIC)))


def _record_probe(one: ProbedProfile) -> dict[str, Any]:
    """Return the row of a profile that was tried: what it brings, or why it or parts are not used."""
    contents = {} if one.contents is None else asdict(one.contents)
    counts = {name: len(contents[name]) for name in _COUNTED if contents}
    names = {name: contents[name] or None for name in _NAMED if contents}
    about = {**asdict(one.info), "state": _name_state(one), "made_for": one.made_for or None}
    record = {**about, **counts, **names}
    if one.problem is not None:
        return {**record, "reason": one.problem.reason, "remedy": one.problem.remedy}
    reasons = "; ".join(f"{part.part}: {part.reason}" for part in one.parts)
    remedies = "; ".join(dict.fromkeys(part.remedy for part in one.parts))
    return {**record, "reason": reasons or None, "remedy": remedies or None}


def _name_state(one: ProbedProfile) -> str:
    if one.problem is not None:
        return "too_slow" if one.slow else "set_aside"
    return "in_part" if one.parts else "works"


def _write_working(one: ProbedProfile, *, verbose: bool) -> dict[str, Any]:
    """Return a profile that works as JSON has it."""
    if not verbose or one.contents is None:
        return asdict(one.info)
    brings = {name: list(names) for name, names in asdict(one.contents).items()}
    return {**asdict(one.info), "made_for": one.made_for, **brings}


@click.command(
    "measures", cls=Command, examples=["plfkit measures", "plfkit measures --out measures.xlsx"]
)
@profile_option
@add_output_options
def measures_command(profile_name: str, output: Output) -> None:
    """List the measures: what they tell, and which tests each allows."""
    from plfkit.measures import CORE
    from plfkit.measures.engine.brought import add_profile_measures
    from plfkit.profiles import load_profile
    from plfkit.report.listings import Listing
    from plfkit.report.records import build_measure_document

    catalogue = add_profile_measures(CORE, load_profile(profile_name))
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
    reply = Reply(document=lambda: document, listings=lambda: (listing,), glance=lambda: (listing,))
    deliver(reply, output)


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
    from plfkit.measures.engine.brought import add_profile_measures
    from plfkit.profiles import describe

    known = {measure.name: measure.about for measure in add_profile_measures(CORE, profile)}
    return describe(profile, language=choose_language(), measures=known)
