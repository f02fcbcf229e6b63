"""The group of all commands: by task in its help, with what was meant where a name is mistyped."""

from __future__ import annotations

import os
from collections.abc import Mapping
from difflib import get_close_matches
from importlib import import_module
from typing import Any

import click
from attrs import frozen

from plfkit.cli.cycles import end_without_search

_WIDEST = 120
"""How wide help is at most: longer lines are hard to read."""


@frozen
class Task:
    """What somebody wants to do, and the commands for it.

    Attributes:
        commands: Where each command stands, module and function, by the command's name, in the order
            one meets them.
        example: A command line that runs as it stands.
    """

    commands: Mapping[str, str]
    example: str

    def load_commands(self) -> tuple[click.Command, ...]:
        """Import the commands."""
        return tuple(map(_load_command, self.commands.values()))


def _load_command(place: str) -> click.Command:
    module, _, name = place.partition(":")
    command: click.Command = getattr(import_module(f"plfkit.cli.{module}"), name)
    return command


class TaskGroup(click.Group):
    """A group whose help lists commands by task; a command is imported when it is called, or told of.

    Attributes:
        tasks: The tasks, by what they are called.
    """

    def __init__(self, *given: Any, tasks: Mapping[str, Task], **more: Any) -> None:
        super().__init__(*given, **more)
        self.tasks = tasks
        self._places = {
            name: place for task in tasks.values() for name, place in task.commands.items()
        }

    def __call__(self, *given: Any, **more: Any) -> Any:
        """Run the command that is asked for as a whole process, which ends with it."""
        end_without_search()
        return super().__call__(*given, **more)

    def list_commands(self, _context: click.Context) -> list[str]:
        """Return the names of all commands, without importing any of them."""
        return sorted(self._places)

    def get_command(self, _context: click.Context, name: str) -> click.Command | None:
        """Return a command; None if there is none of that name."""
        return _load_command(self._places[name]) if name in self._places else None

    def format_commands(self, _context: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands by task, each task with an example."""
        longest = max(map(len, self._places))
        for title, task in self.tasks.items():
            with formatter.section(title):
                rows = [
                    (f"{one.name:<{longest}}", one.get_short_help_str(limit=_WIDEST))
                    for one in task.load_commands()
                ]
                formatter.write_dl(rows)
                formatter.write_paragraph()
                formatter.write_text(f"$ {task.example}")

    def resolve_command(
        self, context: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find a command; one that there is not is refused with the one that was meant."""
        name, *_ = args
        if name not in self._places and not name.startswith("-") and not context.resilient_parsing:
            near = get_close_matches(name, self._places, n=1)
            meant = f", did you mean {near[0]!r}?" if near else ": plfkit --help lists them."
            context.fail(f"There is no command {name!r}{meant}")
        return super().resolve_command(context, args)


def respect_terminal(context: click.Context) -> None:
    """Take the colour away where somebody asked for none, whatever the terminal can."""
    if os.environ.get("NO_COLOR"):
        context.color = False
