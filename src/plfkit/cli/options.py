"""Arguments and options that several commands take."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec

import click
from attrs import frozen
from click.core import ParameterSource

from plfkit.disclosure import Ledger, open_ledger
from plfkit.door import read
from plfkit.errors import PlfkitError, PluginError
from plfkit.hints import LANGUAGES, Language
from plfkit.model.records.organisation import Organisation
from plfkit.profiles import Profile, load_profile
from plfkit.profiles.probing import SECONDS, refuse_set_aside_profiles
from plfkit.sources import find_data_language
from plfkit.synthetic import municipality

P = ParamSpec("P")

profile_option = click.option(
    "--profile",
    "profile_name",
    default="generic",
    show_default=True,
    metavar="P",
    help="An installed profile, or the path of a profile.toml.",
)


def _note_language(
    context: click.Context, option: click.Parameter, value: str | None
) -> str | None:
    """Remember the language that was asked for, in which faults are said then too."""
    if context.get_parameter_source(option.name or "") is not ParameterSource.DEFAULT:
        context.meta[_LANGUAGE] = value
    return value


_LANGUAGE = "plfkit.language"
lang_option = click.option(
    "--lang",
    type=click.Choice(LANGUAGES),
    default="da",
    show_default=True,
    callback=_note_language,
)
fault_lang_option = click.option(
    "--lang",
    type=click.Choice(LANGUAGES),
    callback=_note_language,
    expose_value=False,
    help="The language of faults and errors; if left out that of the data, which is Danish for the "
    "Danish template and English for all else.",
)


def open_given_ledger(path: Path | None) -> Ledger | None:
    """Return the ledger that was given with ``--ledger``; None if none was."""
    return None if path is None else open_ledger(path)


ledger_option = click.option(
    "--ledger",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="What was published before: this is judged beside it, and added. Confidential.",
)


def get_asked_language() -> Language | None:
    """Return the language that was asked for with ``--lang``; None if none was."""
    asked: Language | None = click.get_current_context().meta.get(_LANGUAGE)
    return asked


def choose_language() -> Language:
    """Return the language of faults and errors: the one asked for, else that of the data."""
    if (asked := get_asked_language()) is not None:
        return asked
    given = click.get_current_context().params
    places = [given.get("data"), *given.get("places", ())]
    with suppress(PlfkitError):  # what cannot be read has no language to tell
        languages = [find_data_language(place) for place in places if place is not None]
        return next((language for language in languages if language is not None), "en")
    return "en"


at_option = click.option(
    "--at",
    metavar="PERIOD",
    help="A school year (2018/19), a day or start/end; if left out the latest school year in which "
    "something begins, was asked or took place.",
)
_DIALECT = {"encoding": "utf-8", "delimiter": ",", "decimal": ".", "dates": "iso"}


def _enforce_strict_plugins(context: click.Context, _option: click.Parameter, strict: bool) -> None:  # noqa: FBT001
    if not strict:
        return
    try:
        refuse_set_aside_profiles(context.params.get("seconds", SECONDS))
    except PluginError as error:
        click.echo(f"plfkit: {error}", err=True)
        context.exit(1)


strict_option = click.option(
    "--strict-plugins",
    is_flag=True,
    expose_value=False,
    callback=_enforce_strict_plugins,
    help="Fail if an installed profile is set aside.",
)


@frozen
class Data:
    """What a command is to read: where it is, in whose words, and how it is written.

    Attributes:
        path: A folder or workbook; None for an example municipality that fits the profile.
        profile_name: The profile, by name or path.
        dialect: How text is written in the files.
    """

    path: Path | None
    profile_name: str
    dialect: dict[str, Any]

    def read(self) -> tuple[Organisation, Profile]:
        """Load the profile and read the data in its words."""
        profile = load_profile(self.profile_name)
        if self.path is None:
            return municipality(profile), profile
        return read(self.path, profile=profile, **self.dialect), profile


def data_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the argument DATA and the options that say how to read it, as ``data``.

    Without DATA it is about an example municipality.
    """
    return _add_data_options(command, required=False)


def given_data_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the same, but insist on DATA."""
    return _add_data_options(command, required=True)


def add_staff_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the same as ``--staff DATA``: its arguments are something else."""
    return _add_data_options(command, required=True, option="--staff")


def _add_data_options(
    command: Callable[..., None], *, required: bool, option: str | None = None
) -> Callable[..., None]:
    @wraps(command)
    def run(*args: Any, data: Path | None, profile_name: str, **options: Any) -> None:
        dialect = {name: options.pop(name) for name in _DIALECT}
        command(*args, data=Data(data, profile_name, dialect), **options)

    place: dict[str, Any] = {"type": click.Path(exists=True, path_type=Path), "required": required}
    if option is None:
        run = click.argument("data", metavar="DATA" if required else "[DATA]", **place)(run)
    else:
        about = "The staff list: data of who held which position where, and when."
        run = click.option(option, "data", metavar="DATA", help=about, **place)(run)
    for add in reversed(_DATA_OPTIONS):
        run = add(run)
    return run


_DATA_OPTIONS = (
    profile_option,
    strict_option,
    click.option(
        "--encoding", default="utf-8", metavar="E", help="Of CSV files; Windows in Denmark: cp1252."
    ),
    click.option(
        "--delimiter",
        default=",",
        metavar="D",
        callback=lambda _context, _option, value: value.replace("\\t", "\t"),
        help="What stands between the cells of a CSV file: , ; or \\t.",
    ),
    click.option(
        "--decimal", type=click.Choice([".", ","]), default=".", help="Before decimals: . or ,"
    ),
    click.option(
        "--dates",
        type=click.Choice(["iso", "day-first"]),
        default="iso",
        help="How dates are written: 2018-08-01 or 01-08-2018.",
    ),
)


def draw_options(command: Callable[P, None]) -> Callable[P, None]:
    """Give a command the options that say how chance is used."""
    for add in reversed(_DRAW_OPTIONS):
        command = add(command)
    return command


_DRAW_OPTIONS = (
    click.option(
        "--draws",
        type=click.IntRange(min=0),
        default=1000,
        show_default=True,
        metavar="N",
        help="How many draws a simulated range, an interval or a test rests on.",
    ),
    click.option(
        "--seed",
        type=click.IntRange(min=0),
        default=0,
        show_default=True,
        metavar="S",
        help="The number that chance begins with.",
    ),
    click.option(
        "--workers",
        type=click.IntRange(min=1),
        default=1,
        show_default=True,
        metavar="W",
        help="How many processes share long work; the figures are the same.",
    ),
)


def format_option(*formats: str) -> Callable[[Callable[P, None]], Callable[P, None]]:
    """Return the option ``--format`` with these choices, the first by default."""
    return click.option(
        "--format", "form", type=click.Choice(formats), default=formats[0], show_default=True
    )
