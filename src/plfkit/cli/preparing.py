"""``plfkit demo``, ``plfkit template`` and ``plfkit add-survey``: from nothing or little to data."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from plfkit.cli.options import (
    Data,
    given_data_options,
    lang_option,
    profile_option,
    strict_option,
)
from plfkit.cli.running import guarded, notify
from plfkit.profiles import GENERIC, load_profile, write_template
from plfkit.sources import WORKBOOK, write
from plfkit.sources.matrix import SurveyMapping, add_survey
from plfkit.synthetic import municipality


@click.command()
@profile_option
@strict_option
@click.option(
    "--out",
    required=True,
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Where it goes: a folder, or a workbook if it ends in .xlsx.",
)
@click.option(
    "--schools", type=click.IntRange(min=1), help="How many; by default as the profile tells."
)
@click.option("--seed", type=click.IntRange(min=0), default=0, show_default=True)
@guarded
def demo(profile_name: str, out: Path, schools: int | None, seed: int) -> None:
    """Write an example municipality that fits a profile: three school years, every table filled.

    It is made up, and says so wherever it shows.
    """
    example = municipality(load_profile(profile_name), schools=schools, seed=seed)
    if example.title is not None:
        notify(f"{example.title.da}: made up, no municipality's data")
    click.echo(write(example, out))


@click.command()
@click.option(
    "--out",
    required=True,
    metavar="FILE.xlsx",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The workbook to write.",
)
@lang_option
@profile_option
@strict_option
@guarded
def template(out: Path, lang: str, profile_name: str) -> None:
    """Write a workbook to fill in: units, employees, teams and one self-assessment for each team."""
    if out.suffix.lower() != WORKBOOK:
        raise click.BadParameter("a workbook's name ends in .xlsx", param_hint="--out")
    path = write_template(out, language=lang, profile=load_profile(profile_name))
    notify("delete the example rows when you fill it in; then check it:")
    words = ["plfkit", "check", str(path)]
    if profile_name != GENERIC:
        words += ["--profile", profile_name]
    click.echo(shlex.join(words))


@click.command("add-survey")
@given_data_options
@click.argument("export", metavar="EXPORT", type=click.Path(exists=True, path_type=Path))
@click.option(
    "--mapping",
    required=True,
    metavar="FILE.toml",
    type=click.Path(path_type=Path),
    help="How the export is a survey.",
)
@click.option(
    "--out",
    required=True,
    metavar="PATH",
    type=click.Path(path_type=Path),
    help="Where the whole goes: a folder, or a workbook if it ends in .xlsx.",
)
@guarded
def add_survey_command(data: Data, export: Path, mapping: Path, out: Path) -> None:
    """Add EXPORT, a survey with one row for each respondent, to DATA, and write the whole."""
    organisation, _ = data.read()
    whole = add_survey(organisation, export, SurveyMapping.read(mapping))
    notify(f"{len(whole.responses) - len(organisation.responses)} people were asked")
    notify(f"{len(whole.ties) - len(organisation.ties)} ties were told")
    click.echo(write(whole, out))
