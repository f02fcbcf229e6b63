"""The command line: data on stdout, all else on stderr.

Exit codes: 0 fine, 1 faults in the data or a refusal, 2 misuse. Rooms are imported by the commands that
enter them, so that help, the version and completion are there at once.
"""

from __future__ import annotations

import io
import sys

import click

from plfkit.cli.assessing import goals
from plfkit.cli.auditing import audit_command
from plfkit.cli.authoring import check_profile, schema
from plfkit.cli.casing import cases
from plfkit.cli.checking import check
from plfkit.cli.command import add_quiet_option, add_strict_option
from plfkit.cli.comparing import compare_command, trend_command
from plfkit.cli.drafting import draft_command
from plfkit.cli.importing import import_command
from plfkit.cli.inferring import test_group
from plfkit.cli.listing import describe_command, measures_command, profiles
from plfkit.cli.logs import show_log
from plfkit.cli.measuring import measure
from plfkit.cli.preparing import add_survey_command, demo, template
from plfkit.cli.protecting import exclude_command, pseudonymise_command
from plfkit.cli.publishing import ledger_command
from plfkit.cli.reporting import report
from plfkit.cli.starting import new_command
from plfkit.cli.tasks import Task, TaskGroup, respect_terminal

_TASKS = {
    "Look around": Task((profiles, describe_command, measures_command, demo), "plfkit profiles"),
    "Bring data in": Task(
        (template, draft_command, import_command, check, add_survey_command),
        "plfkit check --profile vejle",
    ),
    "Goals and pages": Task(
        (goals, report, trend_command, compare_command), "plfkit report --profile vejle --open"
    ),
    "Measure and test": Task(
        (measure, test_group), "plfkit measure membership_coverage --profile vejle --by level"
    ),
    "Publish safely": Task(
        (ledger_command, audit_command, pseudonymise_command, exclude_command),
        "plfkit audit vejle.html --staff town --profile vejle",
    ),
    "Write a profile": Task(
        (new_command, check_profile, cases, schema), "plfkit check-profile vejle"
    ),
}


@click.group(
    cls=TaskGroup,
    tasks=_TASKS,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 120},
    epilog="plfkit COMMAND --help shows the options of a command, and examples. Text is in Danish; "
    "--lang en or PLFKIT_LANG=en chooses English.",
)
@click.version_option(package_name="plfkit")
@add_quiet_option
@add_strict_option
@click.pass_context
def main(context: click.Context) -> None:
    """Measure professional learning communities, with the uncertainty of every figure."""
    respect_terminal(context)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal or pipe that lacks a letter gets its number, not an error.
            stream.reconfigure(errors="backslashreplace")
    show_log(context)
