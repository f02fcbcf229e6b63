"""``plfkit cases``: cases worked out by hand, held against what plfkit computes."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from plfkit.cli.options import format_option, lang_option, profile_option, strict_option
from plfkit.cli.running import REFUSED, catch_errors, notify_user, print_json
from plfkit.profiles import load_profile
from plfkit.report.records import format_text_table
from plfkit.testing.cases import CaseOutcome, read_case, read_cases, run_case


@click.command()
@click.argument("place", metavar="CASES", type=click.Path(exists=True, path_type=Path))
@profile_option
@lang_option
@format_option("table", "json")
@strict_option
@catch_errors
def cases(place: Path, profile_name: str, lang: str, form: str) -> None:
    """Run CASES, a folder of YAML files or one of them, and tell which of them hold.

    Each case is a few people and events, what an indicator gives on them, and how that is worked out.
    """
    profile = load_profile(profile_name)
    found = read_cases(place) if place.is_dir() else [read_case(place)]
    outcomes = [run_case(case, profile) for case in found]
    if form == "json":
        print_json({"cases": [_build_case_document(outcome, lang) for outcome in outcomes]})
    else:
        rows = [
            [o.case.name, o.case.title[lang], o.computed, "holds" if o.holds else "does not hold"]
            for o in outcomes
        ]
        click.echo(format_text_table(("about", "case", "computed", "state"), rows))
    failed = [outcome for outcome in outcomes if not outcome.holds]
    for outcome in failed:
        notify_user(f"{outcome.case.where}: {'; '.join(outcome.differences)}")
    if failed:
        sys.exit(REFUSED)


def _build_case_document(outcome: CaseOutcome, lang: str) -> dict[str, object]:
    case = outcome.case
    return {
        "about": case.name,
        "title": case.title[lang],
        "story": case.story[lang],
        "because": case.because[lang],
        "computed": outcome.computed,
        "holds": outcome.holds,
        "differences": list(outcome.differences),
        "file": case.where,
    }
