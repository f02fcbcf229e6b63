"""``plfkit demo``, ``plfkit template`` and ``plfkit add-survey``: from nothing or little to data."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from plfkit.cli.command import Command
from plfkit.cli.options import Data, given_data_options, profile_option, workers_option
from plfkit.cli.running import name_organisation, refuse_existing, start_workers
from plfkit.cli.speaking import choose_language, notify_user, refuse_usage
from plfkit.cli.targets import add_target_options


@click.command(
    cls=Command,
    examples=[
        "plfkit demo --profile vejle --schools 3 --out town",
        "plfkit demo --profile langeland --schools 3 --out island",
    ],
)
@profile_option
@add_target_options
@click.option(
    "--schools", type=click.IntRange(min=1), help="How many; by default as the profile tells."
)
@click.option("--seed", type=click.IntRange(min=0), default=0, show_default=True)
@workers_option
def demo(
    profile_name: str,
    out: Path,
    form: str | None,
    schools: int | None,
    seed: int,
    workers: int,
) -> None:
    """Write an example municipality that fits a profile: three school years, every table filled.

    It is made up, and says so wherever it shows.
    """
    from plfkit.profiles import load_profile
    from plfkit.sources import write
    from plfkit.sources.descriptor import is_example
    from plfkit.synthetic import municipality

    if not is_example(out):
        refuse_existing(out)
    profile = load_profile(profile_name)
    with start_workers(workers) as executor:
        example = municipality(profile, schools=schools, seed=seed, executor=executor)
    notify_user("made_up", title=name_organisation(example))
    notify_user("look_at_it", command=f"plfkit check {_quote_arguments(out, profile_name)}")
    click.echo(write(example, out, format=form))


@click.command(
    cls=Command,
    examples=[
        "plfkit template --out skabelon.xlsx",
        "plfkit template --profile vejle --lang en --out template.xlsx",
    ],
)
@click.option(
    "--out",
    required=True,
    metavar="FILE.xlsx",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The workbook to write.",
)
@profile_option
def template(out: Path, profile_name: str) -> None:
    """Write a workbook to fill in: units, employees, teams and one self-assessment for each team."""
    from plfkit.door.handing_out import write_template
    from plfkit.profiles import load_profile
    from plfkit.sources import WORKBOOK

    if out.suffix.lower() != WORKBOOK.suffix:
        raise refuse_usage("workbook", "--out")
    refuse_existing(out)
    path = write_template(out, language=choose_language(), profile=load_profile(profile_name))
    notify_user("delete_examples")
    click.echo(f"plfkit check {_quote_arguments(path, profile_name)}")


def _quote_arguments(path: Path, profile_name: str) -> str:
    """Return a path and a profile as a shell takes them."""
    from plfkit.profiles import GENERIC

    named = [] if profile_name == GENERIC else ["--profile", profile_name]
    return shlex.join([str(path), *named])


@click.command(
    "add-survey",
    cls=Command,
    examples=["plfkit add-survey staff svar.csv --mapping mapping.toml --out with-survey"],
)
@given_data_options
@click.argument("export", metavar="EXPORT", type=click.Path(exists=True, path_type=Path))
@click.option(
    "--mapping",
    required=True,
    metavar="FILE.toml",
    type=click.Path(path_type=Path),
    help="How the export is a survey.",
)
@add_target_options
def add_survey_command(
    data: Data, export: Path, mapping: Path, out: Path, form: str | None
) -> None:
    """Add EXPORT, a survey with one row for each respondent, to DATA, and write the whole.

    plfkit import does the same, and takes more than one file. MAPPING is of either kind.
    """
    from plfkit.door.files import import_files
    from plfkit.sources import write

    profile = data.load_profile()
    organisation = data.read(profile)
    whole = import_files(mapping, export, into=organisation, profile=profile, limits=data.limits)
    notify_user("asked", count=len(whole.responses) - len(organisation.responses))
    notify_user("ties", count=len(whole.ties) - len(organisation.ties))
    click.echo(write(whole, out, format=form))
