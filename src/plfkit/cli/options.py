"""Arguments and options that several commands take."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec

import click
from attrs import evolve, frozen

from plfkit.cli.completing import (
    complete_group,
    complete_measure,
    complete_profile,
    complete_relation,
)
from plfkit.cli.speaking import refuse_usage

if TYPE_CHECKING:
    from plfkit.disclosure import Ledger
    from plfkit.model.records.organisation import Organisation
    from plfkit.profiles import Profile
    from plfkit.sources import Limits

P = ParamSpec("P")

DEFAULT_PROFILE = "generic"
"""The profile that speaks for nobody in particular."""

profile_option = click.option(
    "--profile",
    "profile_name",
    default=DEFAULT_PROFILE,
    show_default=True,
    metavar="P",
    shell_complete=complete_profile,
    help="An installed profile, or the path of a profile.toml.",
)


def open_given_ledger(path: Path | None) -> Ledger | None:
    """Return the ledger that was given with ``--ledger``; None if none was."""
    from plfkit.disclosure import open_ledger

    return None if path is None else open_ledger(path)


ledger_option = click.option(
    "--ledger",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="What was published before: this is judged beside it, and added. Confidential.",
)


at_option = click.option(
    "--at",
    metavar="PERIOD",
    help="A school year (2018/19), a day or start/end; if left out the latest school year in which "
    "something begins, was asked or took place.",
)
measure_option = click.option(
    "--measure",
    "name",
    metavar="M",
    required=True,
    shell_complete=complete_measure,
    help="Which figure.",
)
groups_option = click.option(
    "--groups", metavar="G", shell_complete=complete_group, help="The groups inside the formula."
)
by_option = click.option(
    "--by", metavar="G", shell_complete=complete_group, help="One figure for each of these groups."
)
settings_option = click.option(
    "--set",
    "settings",
    metavar="KEY=VALUE",
    multiple=True,
    callback=lambda _context, _option, texts: dict(map(parse_setting, texts)),
    help="A further argument.",
)


def make_relation_option(*, required: bool, about: str = "Which ties.") -> Callable[..., Any]:
    """Return the option ``--relation``.

    Args:
        required: Whether it must be given.
        about: What it says.
    """
    return click.option(
        "--relation",
        metavar="R",
        required=required,
        shell_complete=complete_relation,
        help=about,
    )


def parse_setting(text: str) -> tuple[str, str]:
    """Read a further argument, ``KEY=VALUE``."""
    key, equals, value = text.partition("=")
    if not equals or not key:
        raise refuse_usage("key_value", "--set", text=repr(text))
    return key, value


@frozen
class Data:
    """What a command is to read: where it is, in whose words, and how it is written.

    Attributes:
        path: A folder or workbook; None for an example municipality that fits the profile.
        profile_name: The profile, by name or path.
        reading: How the files are written and how much of them is read, as `plfkit.read` takes it.
    """

    path: Path | None
    profile_name: str
    reading: dict[str, Any]

    @property
    def limits(self) -> Limits | None:
        """How much is read; None for what is usual."""
        return self.reading.get("limits")

    def load_profile(self) -> Profile:
        """Load the profile, which names are looked up in before anything is read."""
        from plfkit.profiles import load_profile

        return load_profile(self.profile_name)

    def read(self, profile: Profile) -> Organisation:
        """Read the data in the words of a profile."""
        if self.path is None:
            from plfkit.synthetic import municipality

            return municipality(profile)
        from plfkit.door.reading import read

        return read(self.path, profile=profile, **self.reading)

    def find_written_profile(self) -> str | None:
        """Return the profile that the data say they were written for; None if they do not say."""
        if self.path is None:
            return None
        from plfkit.sources import find_profile_name

        return find_profile_name(self.path, limits=self.limits)

    def follow_written_profile(self) -> Data:
        """Return what is to be read, in the words it was written in where no profile was named."""
        from plfkit.profiles import GENERIC

        if self.profile_name != GENERIC:
            return self
        return evolve(self, profile_name=self.find_written_profile() or GENERIC)


def data_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the argument DATA and the options that say how to read it, as ``data``.

    Without DATA it is about an example municipality.
    """
    return _add_data_options(command, required=False)


def given_data_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the same, but insist on DATA."""
    return _add_data_options(command, required=True)


def add_staff_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command staff lists to read, ``--staff DATA`` once for each, as ``lists``."""

    @wraps(command)
    def call(
        *args: Any,
        staff: tuple[Path, ...],
        profile_name: str,
        reading: dict[str, Any],
        **options: Any,
    ) -> None:
        lists = tuple(Data(path, profile_name, reading) for path in staff)
        command(*args, lists=lists, **options)

    option = click.option(
        "--staff",
        metavar="DATA",
        type=click.Path(exists=True, path_type=Path),
        required=True,
        multiple=True,
        help="The staff list: data of who held which position where, and when. Of municipalities beside "
        "each other, once for each, called as it is in the comparison.",
    )
    return profile_option(option(add_reading_options(call)))


def _add_data_options(command: Callable[..., None], *, required: bool) -> Callable[..., None]:
    @wraps(command)
    def call(
        *args: Any, data: Path | None, profile_name: str, reading: dict[str, Any], **options: Any
    ) -> None:
        command(*args, data=Data(data, profile_name, reading), **options)

    run = add_reading_options(call)
    place: dict[str, Any] = {"type": click.Path(exists=True, path_type=Path), "required": required}
    argument = click.argument("data", metavar="DATA" if required else "[DATA]", **place)
    return profile_option(argument(run))


def add_reading_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that say how files are written and how much is read, as ``reading``."""

    @wraps(command)
    def run(*args: Any, **options: Any) -> None:
        reading = {name: options.pop(name) for name in _READING}
        command(*args, reading=reading, **options)

    for add in reversed(_READING_OPTIONS):
        run = add(run)
    return run


def parse_limits(
    _context: click.Context, _option: click.Parameter, texts: tuple[str, ...]
) -> Limits | None:
    """Read limits that are raised, ``NAME=NUMBER`` each; None if none is."""
    if not texts:
        return None
    from attrs import fields_dict

    from plfkit.sources import Limits

    raised = dict(map(parse_setting, texts))
    for name, most in raised.items():
        if name not in fields_dict(Limits) or not most.isdecimal():
            raise refuse_usage("limit", "--limit", names=", ".join(fields_dict(Limits)))
    return Limits(**{name: int(most) for name, most in raised.items()})


limit_option = click.option(
    "--limit",
    "limits",
    metavar="NAME=NUMBER",
    multiple=True,
    callback=parse_limits,
    help="Read more than is usual: bytes, rows, columns, cells or ratio.",
)
_READING = ("encoding", "delimiter", "decimal", "dates", "ends", "limits")
_READING_OPTIONS = (
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
    click.option(
        "--ends",
        type=click.Choice(["day-after", "last-day"]),
        default="day-after",
        callback=lambda _context, _option, value: value.replace("-", " "),
        help="What valid_to holds: the first day after, or the last day as staff systems have it.",
    ),
    limit_option,
)


workers_option = click.option(
    "--workers",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    metavar="W",
    help="How many processes share long work; the figures are the same.",
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
    workers_option,
)
