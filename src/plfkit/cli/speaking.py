"""How the command line speaks: in which language, how much, and where."""

from __future__ import annotations

import os
from contextlib import suppress

import click

from plfkit.errors import PlfkitError
from plfkit.hints import LANGUAGES, Hint, Language

LANGUAGE_VARIABLE = "PLFKIT_LANG"
"""The environment variable that says in which language to speak, where no option does."""

_LANGUAGE, _QUIET = "plfkit.language", "plfkit.quiet"


def note_language(
    context: click.Context, _option: click.Parameter, value: Language | None
) -> Language | None:
    """Remember the language that was asked for."""
    if value is not None:
        context.meta[_LANGUAGE] = value
    return value


def note_quiet(context: click.Context, _option: click.Parameter, value: bool) -> bool:  # noqa: FBT001
    """Remember whether notices are wanted; before the command or after it is the same."""
    context.meta[_QUIET] = value or context.meta.get(_QUIET, False)
    return value


def is_quiet() -> bool:
    """Tell whether only errors are to be told."""
    context = click.get_current_context(silent=True)
    return context is not None and bool(context.meta.get(_QUIET))


def choose_language() -> Language:
    """Return the language of all that people read: as asked for, else that of the data, else the usual."""
    context = click.get_current_context(silent=True)
    if context is None:
        return _get_usual_language()
    if _LANGUAGE not in context.meta:
        context.meta[_LANGUAGE] = _find_language(context)
    language: Language = context.meta[_LANGUAGE]
    return language


def _find_language(context: click.Context) -> Language:
    """Return the language of the template that the data are; the usual one where they are none."""
    places = [*filter(None, (context.params.get("data"), *context.params.get("places", ())))]
    if not places:
        return _get_usual_language()
    from plfkit.sources import find_data_language

    limits = context.params.get("limits")
    with suppress(PlfkitError):  # what cannot be read has no language to tell
        for place in places:
            if (language := find_data_language(place, limits=limits)) is not None:
                return language
    return _get_usual_language()


def _get_usual_language() -> Language:
    """Return the language of the environment if it names one that plfkit speaks, else Danish."""
    named = os.environ.get(LANGUAGE_VARIABLE)
    return next((language for language in LANGUAGES if language == named), "da")


def say_hint(hint: Hint) -> str:
    """Say a hint to whoever sits at the command line."""
    return hint.say(language=choose_language(), audience="command_line")


def say_words(key: str, /, **words: object) -> str:
    """Say a text of the command line's own, by its section and name in ``words.toml``."""
    from plfkit.cli.words import CommandWords

    return CommandWords.of(choose_language())(key, **words)


def notify_user(key: str, /, **words: object) -> None:
    """Tell the user something that is neither data nor an error; not if quiet was asked for."""
    tell_notice(say_words(f"notice.{key}", **words))


def tell_notice(text: str) -> None:
    """Write a text beside the data, unless quiet was asked for."""
    if not is_quiet():
        tell_aside(text)


def tell_error(error: PlfkitError) -> None:
    """Tell the user what went wrong, quiet or not."""
    said = error.say(language=choose_language(), audience="command_line")
    _write_aside(said, colour="red")


def tell_aside(text: str) -> None:
    """Write a text beside the data, quiet or not."""
    _write_aside(text, colour=None)


def _write_aside(text: str, *, colour: str | None) -> None:
    click.echo(f"{click.style('plfkit:', bold=True, fg=colour)} {text}", err=True)


def refuse_usage(key: str, /, option: str | None = None, **words: object) -> click.UsageError:
    """Return the error that says that a command was used wrongly: to raise.

    Args:
        key: What to do instead: a text of the section ``usage`` in ``words.toml``.
        option: The option that it is about.
        words: What fills the blanks of the text.
    """
    text = say_words(f"usage.{key}", **words)
    # click's own error about an option would begin in English
    return click.UsageError(text if option is None else f"{option}: {text}")
