"""``plfkit check-profile`` and ``plfkit schema``: for those who write profiles, and who read documents."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from plfkit.cli.command import REFUSED, Command
from plfkit.cli.completing import complete_profile
from plfkit.cli.output import Output, Reply, add_output_options, deliver
from plfkit.cli.speaking import choose_language

if TYPE_CHECKING:
    from plfkit.testing.contract import ContractReport


@click.command(
    "check-profile",
    cls=Command,
    examples=["plfkit check-profile vejle"],
)
@click.argument("name", shell_complete=complete_profile)
@add_output_options
def check_profile(name: str, output: Output) -> None:
    """Hold the profile NAME to the contract that all profiles keep, with advice.

    NAME is an installed profile, or the path of a profile.toml. Checks are named in English.
    """
    from plfkit.report.listings import Listing
    from plfkit.testing.contract import run_checks

    report = run_checks(name)
    told = report.say(language=choose_language())
    document = _build_contract_document(report)
    listing = Listing.of_records(
        "checks", document["checks"], "name", "state", "sentence", "advice"
    )
    deliver(Reply(document=document, listings=(listing,), glance=(told,)), output)
    if report.failures:
        sys.exit(REFUSED)


def _build_contract_document(report: ContractReport) -> dict[str, Any]:
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


@click.command(cls=Command, examples=["plfkit schema", "plfkit schema report"])
@click.argument("what", type=click.Choice(["profile", "report"]), default="profile")
def schema(what: str) -> None:
    """Print a JSON Schema, as JSON: of profile.toml, or of the document that tells what was published.

    With that of profile.toml editors complete and check what you write. That of the document is also
    written by plfkit report --with json.
    """
    from plfkit.profiles import manifest_schema
    from plfkit.report.listings import format_json

    if what == "profile":
        click.echo(format_json(manifest_schema()), nl=False)
        return
    from plfkit.report import build_document_schema

    click.echo(format_json(build_document_schema()), nl=False)
