"""The group of all commands: by task in its help, with what was meant where a name is mistyped."""

from __future__ import annotations

import os
from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

import click
from attrs import frozen

_WIDEST = 120
"""How wide help is at most: longer lines are hard to read."""


@frozen
class Task:
    """What somebody wants to do, and the commands for it.

    Attributes:
        commands: The commands, in the order one meets them.
        example: A command line that runs as it stands.
    """

    commands: tuple[click.Command, ...]
    example: str


class TaskGroup(click.Group):
    """A group whose help lists commands by task.

    Attributes:
        tasks: The tasks, by what they are called.
    """

    def __init__(self, *given: Any, tasks: Mapping[str, Task], **more: Any) -> None:
        super().__init__(*given, **more)
        self.tasks = tasks
        for task in tasks.values():
            for command in task.commands:
                self.add_command(command)

    def format_commands(self, _context: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands by task, each task with an example."""
        longest = max(map(len, self.commands))
        for title, task in self.tasks.items():
            with formatter.section(title):
                rows = [
                    (f"{one.name:<{longest}}", one.get_short_help_str(limit=_WIDEST))
                    for one in task.commands
                ]
                formatter.write_dl(rows)
                formatter.write_paragraph()
                formatter.write_text(f"$ {task.example}")

    def resolve_command(
        self, context: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find a command; one that there is not is refused with the one that was meant."""
        name, *_ = args
        if name not in self.commands and not name.startswith("-") and not context.resilient_parsing:
            near = get_close_matches(name, self.commands, n=1)
            meant = f", did you mean {near[0]!r}?" if near else ": plfkit --help lists them."
            context.fail(f"There is no command {name!r}{meant}")
        return super().resolve_command(context, args)


def respect_terminal(context: click.Context) -> None:
    """Take the colour away where somebody asked for none, whatever the terminal can."""
    if os.environ.get("NO_COLOR"):
        context.color = False
