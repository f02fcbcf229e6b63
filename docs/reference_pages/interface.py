"""What a user meets: the commands, and the errors."""

from __future__ import annotations

import inspect
from collections.abc import Mapping

import click

from plfkit import errors
from plfkit.cli import main
from plfkit.cli.tasks import Task, TaskGroup
from reference_pages.contents import list_contents

_WIDTH = 88
_LONGEST = 200
"""Letters of a command's first sentence, so that none is cut off."""


def print_help() -> dict[str, str]:
    """Print every command's help, each on a page of its own."""
    settings = {**main.context_settings, "terminal_width": _WIDTH}  # whoever writes the page
    above = click.Context(main, info_name="plfkit", **settings)
    pages = {
        f"reference/commands/{one.name}.md": "\n".join(_print_command(one, one.name, above)) + "\n"
        for task in _get_tasks().values()
        for one in task.load_commands()
    }
    return {"reference/commands.md": _list_commands(), **pages}


def _list_commands() -> str:
    """List the commands by what somebody wants to do."""
    lines = [
        "# Commands",
        "",
        "Data go to stdout, everything else to stderr. Exit codes: 0 fine, 1 faults in the data or a",
        "refusal, 2 misuse. [How to use them](../howto/use-the-commands.md) tells of formats, languages,",
        "Excel and completion; the shapes of JSON output are on [their own page](json.md). `plfkit --help`",
        "lists them too, and `plfkit COMMAND --help` prints what stands on the page of each.",
    ]
    for title, task in _get_tasks().items():
        lines += ["", f"## {title}", "", "| command | does |", "|---|---|"]
        lines += [_list_command(one) for one in task.load_commands()]
        lines += ["", "```text", task.example, "```", ""]
        lines += list_contents(f"commands/{name}" for name in task.commands)
    return "\n".join(lines) + "\n"


def _get_tasks() -> Mapping[str, Task]:
    assert isinstance(main, TaskGroup)
    return main.tasks


def _list_command(command: click.Command) -> str:
    link = f"[`plfkit {command.name}`](commands/{command.name}.md)"
    return f"| {link} | {command.get_short_help_str(limit=_LONGEST)} |"


def _print_command(command: click.Command, name: str | None, above: click.Context) -> list[str]:
    """Print a command's help, and that of the commands below it."""
    context = click.Context(command, parent=above, info_name=name)
    level = "#" * len(context.command_path.split()[1:])
    lines = [f"{level} {context.command_path}", "", "```text", command.get_help(context), "```"]
    if isinstance(command, click.Group):
        for below, one in sorted(command.commands.items()):
            lines += ["", *_print_command(one, below, context)]
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
        "does. What authors of profiles and plug-ins meet, and rarer refusals of measures and tests, are in",
        "English alone.",
        "",
        "| error | is a | raised when |",
        "|---|---|---|",
    ]
    for name, found in vars(errors).items():
        if inspect.isclass(found) and issubclass(found, Exception):
            doc = (inspect.getdoc(found) or "").splitlines()[0]
            lines.append(f"| `{name}` | `{found.__mro__[1].__name__}` | {doc} |")
    return "\n".join(lines) + "\n"
