"""The log of the library, shown to whoever runs a command and asks for it."""

from __future__ import annotations

import logging
import os
import sys

import click

from plfkit.cli.speaking import refuse_usage

LOG_VARIABLE = "PLFKIT_LOG"
"""The environment variable that says from which level on the log is shown on stderr."""
_LEVELS = {"debug": logging.DEBUG, "info": logging.INFO, "warning": logging.WARNING}


def show_log(context: click.Context) -> None:
    """Show the library's log on stderr while a command runs, if the environment asks for it.

    Raises:
        UsageError: The environment names no level.
    """
    asked = os.environ.get(LOG_VARIABLE)
    if not asked:
        return
    if asked.lower() not in _LEVELS:
        raise refuse_usage("log_level", variable=LOG_VARIABLE, levels=", ".join(_LEVELS))
    log, handler = logging.getLogger("plfkit"), logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(levelname)s %(name)s: %(message)s"))
    before = log.level
    log.addHandler(handler)
    log.setLevel(_LEVELS[asked.lower()])

    def hide_log() -> None:
        log.removeHandler(handler)
        log.setLevel(before)

    context.call_on_close(hide_log)
