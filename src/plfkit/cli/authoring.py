"""``plfkit check-profile`` and ``plfkit schema``: for those who write profiles."""

from __future__ import annotations

import sys

import click

from plfkit.cli.options import format_option, strict_option
from plfkit.cli.running import REFUSED, catch_errors, print_json
from plfkit.profiles import manifest_schema
from plfkit.testing.contract import ContractReport, run_checks


@click.command("check-profile")
@click.argument("name")
@format_option("text", "json")
@strict_option
@catch_errors
def check_profile(name: str, form: str) -> None:
    """Hold the profile NAME to the contract that all profiles keep, with advice.

    NAME is an installed profile, or the path of a profile.toml.
    """
    report = run_checks(name)
    if form == "json":
        print_json(_build_contract_document(report))
    else:
        click.echo(report)
    if report.failures:
        sys.exit(REFUSED)


def _build_contract_document(report: ContractReport) -> dict[str, object]:
    return {
        "profile": report.subject,
        "ok": not report.failures,
        "run": report.run,
        "checks": [
            {
                "name": outcome.check.name,
                "sentence": outcome.check.sentence,
                "state": outcome.state,
                "advice": outcome.advice,
            }
            for outcome in report.outcomes
        ],
    }


@click.command()
@strict_option
def schema() -> None:
    """Print the JSON Schema of profile.toml, for editors that complete and check what you write."""
    print_json(manifest_schema())
