"""The command line: data on stdout, all else on stderr.

Exit codes: 0 fine, 1 faults in the data or a refusal, 2 misuse.
"""

from __future__ import annotations

import io
import sys

import click

from plfkit.cli.assessing import goals, report
from plfkit.cli.auditing import audit_command
from plfkit.cli.authoring import check_profile, schema
from plfkit.cli.casing import cases
from plfkit.cli.checking import check
from plfkit.cli.comparing import compare_command, trend_command
from plfkit.cli.inferring import test_group
from plfkit.cli.listing import describe_command, measures_command, profiles
from plfkit.cli.measuring import measure
from plfkit.cli.options import strict_option
from plfkit.cli.preparing import add_survey_command, demo, template
from plfkit.cli.protecting import exclude_command, pseudonymise_command
from plfkit.cli.publishing import ledger_command


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="plfkit")
@strict_option
def main() -> None:
    """Measure professional learning communities, with the uncertainty of every figure."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal or pipe that lacks a letter gets its number, not an error.
            stream.reconfigure(errors="backslashreplace")


_COMMANDS = (
    *(profiles, measures_command, describe_command, check_profile, schema, cases),
    *(demo, template, add_survey_command, pseudonymise_command, exclude_command),
    *(check, measure, test_group, goals, compare_command, trend_command, report),
    *(ledger_command, audit_command),
)
for command in _COMMANDS:
    main.add_command(command)
