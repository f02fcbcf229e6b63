"""``plfkit new``: a distribution for a municipality, and an older one brought up to date."""

from __future__ import annotations

import shlex
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click
from attrs import asdict, evolve

from plfkit.cli.command import REFUSED, Command
from plfkit.cli.running import refuse_existing
from plfkit.cli.speaking import choose_language, notify_user, refuse_usage, say_words
from plfkit.errors import ProfileError

if TYPE_CHECKING:
    from plfkit.starting import Answers


@click.command(
    "new",
    cls=Command,
    examples=["plfkit new randers --defaults", "plfkit new --update plfkit-randers"],
)
@click.argument("name", required=False)
@click.option(
    "--out",
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help="Where it goes, a folder that is empty or not there; plfkit-NAME if left out.",
)
@click.option("--defaults", is_flag=True, help="Ask nothing: what is not said is read off NAME.")
@click.option("--danish", metavar="TEXT", help="The municipality's name in Danish.")
@click.option("--english", metavar="TEXT", help="Its name in English.")
@click.option("--code", metavar="NNN", help="Its official number of three digits.")
@click.option("--author", metavar="TEXT", help="Who writes the distribution.")
@click.option(
    "--update",
    metavar="DIR",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Bring the distribution DIR up to date with this plfkit's template, and make none.",
)
def new_command(
    name: str | None, out: Path | None, update: Path | None, *, defaults: bool, **given: str | None
) -> None:
    """Make a distribution with a profile for the municipality NAME: tested, typed, ready to be filled in.

    NAME is the profile's id, in small letters: randers, or lyngby_taarbaek. With --update the template
    as it was, as it is, and what you changed are merged; conflicts are marked as git marks them, and the
    exit code is then 1. profile.toml, cases, README and changelog are yours and stay as they are.
    """
    said = {option: text for option, text in given.items() if text is not None}
    if update is not None and not (name or out or defaults or said):
        _update_and_tell(update)
    elif name is not None and update is None:
        _start_and_tell(name, out, said, ask_nothing=defaults)
    else:
        raise refuse_usage("name_or_update")


def _start_and_tell(
    name: str, out: Path | None, given: dict[str, str], *, ask_nothing: bool
) -> None:
    from plfkit.starting import answer_by_default, start_distribution

    answers = answer_by_default(name, **given)
    folder = out or Path(answers.distribution)
    refuse_existing(folder)
    if not ask_nothing:
        answers = _ask_author(answers, given)
    start_distribution(answers, folder)
    notify_user("examples_to_replace", path=str(folder / f"src/plfkit_{name}/profile.toml"))
    install = ["python", "-m", "pip", "install", "-e", f"{folder}[testing]"]
    notify_user("then_install", command=shlex.join(install))
    notify_user("then_test", command=shlex.join(["python", "-m", "pytest", str(folder)]))
    click.echo(folder)


def _ask_author(answers: Answers, given: dict[str, str]) -> Answers:
    """Ask what no option has said; what is known stands there to be taken with Enter.

    Raises:
        click.UsageError: Nobody answers, as where a program started it.
    """
    for name, known in asdict(answers).items():
        if name != "name" and name not in given:
            try:
                answers = click.prompt(
                    say_words(f"question.{name}"),
                    default=known,
                    show_default=bool(known),
                    value_proc=partial(_take_answer, answers, name),
                    err=True,
                )
            except click.Abort:
                if sys.stdin is not None and sys.stdin.isatty():
                    raise
                raise refuse_usage("nobody_answers") from None
    return answers


def _take_answer(answers: Answers, name: str, said: str) -> Answers:
    """Add an answer to the others; one that will not do is asked for again."""
    try:
        return evolve(answers, **{name: said.strip()})
    except ProfileError as error:
        raise click.UsageError(error.say(language=choose_language())) from error


def _update_and_tell(folder: Path) -> None:
    from plfkit.starting import update_distribution

    changes = update_distribution(folder)
    if not changes:
        notify_user("up_to_date", path=str(folder))
    for one in changes:
        click.echo(f"{say_words(f'fate.{one.fate}')}: {one.path}")
    if any(one.needs_author for one in changes):
        notify_user("resolve_conflicts")
        sys.exit(REFUSED)
