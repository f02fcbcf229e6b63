"""What a user meets: the commands, and the errors."""

from __future__ import annotations

import inspect

import click

from plfkit import errors
from plfkit.cli import main

_WIDTH = 100


def print_help() -> str:
    """Print every command's help."""
    settings = {**main.context_settings, "terminal_width": _WIDTH}  # whoever writes the page
    above = click.Context(main, info_name="plfkit", **settings)
    lines = [
        "# Commands",
        "",
        "Data go to stdout, everything else to stderr. Exit codes: 0 fine, 1 faults in the data or a",
        "refusal, 2 misuse. [How to use them](../howto/use-the-commands.md) tells of formats, languages,",
        "Excel and completion; the shapes of JSON output are on [their own page](json.md).",
        "",
        "## plfkit",
        "",
        "```text",
        main.get_help(click.Context(main, info_name="plfkit", **settings)),
        "```",
    ]
    for name, command in sorted(main.commands.items()):
        lines += _help(command, name, above)
    return "\n".join(lines) + "\n"


def _help(command: click.Command, name: str, above: click.Context) -> list[str]:
    """Print a command's help, and that of the commands below it."""
    context = click.Context(command, parent=above, info_name=name)
    title = context.command_path
    lines = ["", f"## {title}", "", "```text", command.get_help(context), "```"]
    if isinstance(command, click.Group):
        for below, one in sorted(command.commands.items()):
            lines += _help(one, below, context)
    return lines


def list_errors() -> str:
    """List every error with what it means."""
    lines = [
        "# Errors",
        "",
        "Every error that plfkit raises on purpose is a `plfkit.PlfkitError`; its message says what is",
        "wrong, where, and what to do. They stand in `plfkit.errors`.",
        '`error.say(language="da", audience="page")` says it in Danish, for a reader of a page. For',
        '`"command_line"` the message names options, and for `"python"` keywords, as the text of the error',
        "does. Errors that only authors of profiles and callers of measures meet are mostly in English.",
        "",
        "| error | is a | raised when |",
        "|---|---|---|",
    ]
    for name, found in vars(errors).items():
        if inspect.isclass(found) and issubclass(found, Exception):
            doc = (inspect.getdoc(found) or "").splitlines()[0]
            lines.append(f"| `{name}` | `{found.__mro__[1].__name__}` | {doc} |")
    return "\n".join(lines) + "\n"
