"""What all commands have in common: language, quiet, errors as exit codes, and examples in their help."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import click

from plfkit.cli.cycles import search_seldom
from plfkit.cli.speaking import (
    LANGUAGE_VARIABLE,
    note_language,
    note_quiet,
    say_hint,
    tell_aside,
    tell_error,
)
from plfkit.errors import (
    MeasureError,
    MissingDataWarning,
    NotComparableError,
    PeriodError,
    PlfkitError,
    PluginError,
    PluginWarning,
    RenamedWarning,
    UnknownProfileError,
)
from plfkit.hints import LANGUAGES, Hint

REFUSED, MISUSED = 1, 2
_MISUSE = (MeasureError, PeriodError, UnknownProfileError)


class Command(click.Command):
    """A command of plfkit's: it takes ``--lang``, ``--quiet`` and ``--strict-plugins``, and has examples.

    Attributes:
        examples: Command lines that run as they stand, where the help says so.
    """

    def __init__(self, *given: Any, examples: Sequence[str] = (), **more: Any) -> None:
        super().__init__(*given, **more)
        self.examples = tuple(examples)
        for add in (add_strict_option, add_quiet_option, _add_language_option):
            add(self)

    def invoke(self, context: click.Context) -> Any:
        """Run the command; plfkit's errors end it with a message and an exit code."""
        with exit_on_errors(), search_seldom():
            return super().invoke(context)

    def format_epilog(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples below the options."""
        super().format_epilog(context, formatter)
        if self.examples:
            write_examples(formatter, self.examples)


def write_examples(formatter: click.HelpFormatter, examples: Sequence[str]) -> None:
    """Write command lines as they are typed, none of them broken."""
    title = "Example" if len(examples) == 1 else "Examples"
    with formatter.section(title):
        formatter.write("".join(f"{'':>{formatter.current_indent}}{one}\n" for one in examples))


@contextmanager
def exit_on_errors() -> Iterator[None]:
    """Turn plfkit's errors into a message and an exit code, and its warnings into notices."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("always", MissingDataWarning)
            for told in (PluginWarning, RenamedWarning):
                warnings.simplefilter("default", told)
            warnings.showwarning = _show_warning
            yield
    except PlfkitError as error:
        tell_error(error)
        misused = isinstance(error, _MISUSE) and not isinstance(error, NotComparableError)
        sys.exit(MISUSED if misused else REFUSED)


def _show_warning(message: Warning | str, *_where: Any, **_more: Any) -> None:
    """Tell the user of a warning, without saying where in the code it was given."""
    tell_aside(say_hint(Hint.of(message)))


def _enforce_strict_plugins(context: click.Context, _option: click.Parameter, strict: bool) -> None:  # noqa: FBT001
    if not strict or context.resilient_parsing:
        return
    from plfkit.profiles.probing import SECONDS, refuse_set_aside_profiles

    try:
        refuse_set_aside_profiles(context.params.get("seconds", SECONDS))
    except PluginError as error:
        tell_error(error)
        context.exit(REFUSED)


add_strict_option = click.option(
    "--strict-plugins",
    is_flag=True,
    expose_value=False,
    callback=_enforce_strict_plugins,
    help="Fail if an installed profile is set aside.",
)
add_quiet_option = click.option(
    "--quiet",
    "-q",
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=note_quiet,
    help="Tell nothing but errors beside the data.",
)
_add_language_option = click.option(
    "--lang",
    type=click.Choice(LANGUAGES),
    expose_value=False,
    is_eager=True,
    callback=note_language,
    help="The language of all that people read; if left out that of the template that DATA is, else "
    f"that of {LANGUAGE_VARIABLE}, else da.",
)
