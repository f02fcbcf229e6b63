"""The command line: data on stdout, all else on stderr.

Exit codes: 0 fine, 1 faults in the data or a refusal, 2 misuse. A command is imported when it is called,
and imports the rooms that it enters, so that nobody waits for what they have not asked for.
"""

from __future__ import annotations

import io
import sys

import click

from plfkit.cli.command import add_quiet_option, add_strict_option
from plfkit.cli.logs import show_log
from plfkit.cli.tasks import Task, TaskGroup, respect_terminal

_TASKS = {
    "Look around": Task(
        {
            "profiles": "listing:profiles",
            "describe": "listing:describe_command",
            "measures": "listing:measures_command",
            "demo": "preparing:demo",
        },
        "plfkit profiles",
    ),
    "Bring data in": Task(
        {
            "template": "preparing:template",
            "draft": "drafting:draft_command",
            "import": "importing:import_command",
            "check": "checking:check",
            "add-survey": "preparing:add_survey_command",
        },
        "plfkit check --profile vejle",
    ),
    "Goals and pages": Task(
        {
            "goals": "assessing:goals",
            "report": "reporting:report",
            "trend": "comparing:trend_command",
            "compare": "comparing:compare_command",
        },
        "plfkit report --profile vejle --open",
    ),
    "Measure and test": Task(
        {"measure": "measuring:measure", "test": "inferring:test_group"},
        "plfkit measure membership_coverage --profile vejle --by level",
    ),
    "Publish safely": Task(
        {
            "ledger": "publishing:ledger_command",
            "audit": "auditing:audit_command",
            "pseudonymise": "protecting:pseudonymise_command",
            "exclude": "protecting:exclude_command",
        },
        "plfkit audit vejle.html --staff town --profile vejle",
    ),
    "Write a profile": Task(
        {
            "new": "starting:new_command",
            "check-profile": "authoring:check_profile",
            "cases": "casing:cases",
            "schema": "authoring:schema",
        },
        "plfkit check-profile vejle",
    ),
}
"""Every command by what it is for, and where it stands: module and function."""


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
