"""``plfkit cases``: cases worked out by hand, held against what plfkit computes."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from plfkit.cli.command import REFUSED, Command
from plfkit.cli.options import profile_option
from plfkit.cli.output import Output, Reply, add_output_options, deliver
from plfkit.cli.speaking import choose_language, tell_aside
from plfkit.hints import Language

if TYPE_CHECKING:
    from plfkit.testing.cases import CaseOutcome


@click.command(
    cls=Command,
    examples=[
        "plfkit cases cases --profile vejle",
        "plfkit cases cases --profile vejle --format csv",
    ],
)
@click.argument("place", metavar="CASES", type=click.Path(exists=True, path_type=Path))
@profile_option
@add_output_options
def cases(place: Path, profile_name: str, output: Output) -> None:
    """Run CASES, a folder of YAML files or one of them, and tell which of them hold.

    Each case is a few people and events, what an indicator gives on them, and how that is worked out.
    """
    from plfkit.profiles import load_profile
    from plfkit.report.listings import Listing
    from plfkit.testing.cases import read_case, read_cases, run_case

    profile = load_profile(profile_name)
    found = read_cases(place) if place.is_dir() else [read_case(place)]
    outcomes = [run_case(case, profile) for case in found]
    language = choose_language()
    rows = [
        [o.case.name, o.case.title, o.computed, "holds" if o.holds else "does_not_hold"]
        for o in outcomes
    ]
    listing = Listing("cases", ("about", "case", "computed", "state"), rows)
    document = {"cases": [_build_case_document(outcome, language) for outcome in outcomes]}
    reply = Reply(document=lambda: document, listings=lambda: (listing,), glance=lambda: (listing,))
    deliver(reply, output)
    failed = [outcome for outcome in outcomes if not outcome.holds]
    for outcome in failed:
        tell_aside(f"{outcome.case.where}: {'; '.join(outcome.differences)}")
    if failed:
        sys.exit(REFUSED)


def _build_case_document(outcome: CaseOutcome, language: Language) -> dict[str, Any]:
    case = outcome.case
    return {
        "about": case.name,
        "title": case.title[language],
        "story": case.story[language],
        "because": case.because[language],
        "computed": outcome.computed,
        "holds": outcome.holds,
        "differences": list(outcome.differences),
        "file": case.where,
    }
