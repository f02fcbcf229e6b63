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

SCHEMAS = ("goals", "measure", "compare", "trend", "faults", "profile", "publication")
"""What a JSON Schema is printed of."""


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
    reply = Reply(document=lambda: document, listings=lambda: (listing,), glance=lambda: (told,))
    deliver(reply, output)
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


@click.command(cls=Command, examples=["plfkit schema", "plfkit schema faults"])
@click.argument("what", type=click.Choice(SCHEMAS), default="profile")
def schema(what: str) -> None:
    """Print a JSON Schema, as JSON: of profile.toml, or of a document that plfkit writes.

    With that of profile.toml editors complete and check what you write. Goals, measure, compare and trend are
    what the commands of these names print with --format json; faults is what check prints so; publication is
    any document of what was published, as plfkit report --with json writes it with its schema.
    """
    from plfkit.report.listings import format_json

    click.echo(format_json(_build_schema(what)), nl=False)


def _build_schema(what: str) -> dict[str, Any]:
    if what == "profile":
        from plfkit.profiles import manifest_schema

        return manifest_schema()
    from plfkit.report import build_document_schema

    return build_document_schema(what)  # type: ignore[arg-type] # one of the choices
