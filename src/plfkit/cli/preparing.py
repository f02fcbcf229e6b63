"""``plfkit demo``, ``plfkit template`` and ``plfkit add-survey``: from nothing or little to data."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from plfkit.cli.options import (
    Data,
    fault_lang_option,
    given_data_options,
    lang_option,
    profile_option,
    strict_option,
)
from plfkit.cli.running import catch_errors, name_organisation, notify_user, refuse_existing
from plfkit.door import write_template
from plfkit.profiles import GENERIC, load_profile
from plfkit.sources import WORKBOOK, write
from plfkit.sources.descriptor import is_example
from plfkit.sources.mapping import SurveyMapping
from plfkit.sources.matrix import add_survey
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
@catch_errors
def demo(profile_name: str, out: Path, schools: int | None, seed: int) -> None:
    """Write an example municipality that fits a profile: three school years, every table filled.

    It is made up, and says so wherever it shows.
    """
    if not is_example(out):
        refuse_existing(out)
    example = municipality(load_profile(profile_name), schools=schools, seed=seed)
    notify_user(f"{name_organisation(example)}: made up, no municipality's data")
    notify_user(f"look at it: plfkit check {_quote_arguments(out, profile_name)}")
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
@catch_errors
def template(out: Path, lang: str, profile_name: str) -> None:
    """Write a workbook to fill in: units, employees, teams and one self-assessment for each team."""
    if out.suffix.lower() != WORKBOOK:
        raise click.BadParameter("a workbook's name ends in .xlsx", param_hint="--out")
    refuse_existing(out)
    path = write_template(out, language=lang, profile=load_profile(profile_name))
    notify_user("delete the example rows when you fill it in; then check it:")
    click.echo(f"plfkit check {_quote_arguments(path, profile_name)}")


def _quote_arguments(path: Path, profile_name: str) -> str:
    """Return a path and a profile as a shell takes them."""
    named = [] if profile_name == GENERIC else ["--profile", profile_name]
    return shlex.join([str(path), *named])


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
@fault_lang_option
@catch_errors
def add_survey_command(data: Data, export: Path, mapping: Path, out: Path) -> None:
    """Add EXPORT, a survey with one row for each respondent, to DATA, and write the whole."""
    organisation, _ = data.read()
    whole = add_survey(organisation, export, SurveyMapping.read(mapping))
    notify_user(f"{len(whole.responses) - len(organisation.responses)} people were asked")
    notify_user(f"{len(whole.ties) - len(organisation.ties)} ties were told")
    click.echo(write(whole, out))
