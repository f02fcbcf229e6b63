"""``plfkit audit``: what published figures tell of groups of people, by whatever subtraction."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from plfkit.auditing import Leak, audit
from plfkit.cli.options import Data, add_staff_options, format_option, lang_option
from plfkit.cli.running import REFUSED, catch_errors, load_data, print_json
from plfkit.hints import Hint, Language


@click.command("audit")
@click.argument(
    "files",
    metavar="FILE...",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
@add_staff_options
@format_option("text", "json")
@lang_option
@catch_errors
def audit_command(files: tuple[Path, ...], data: Data, form: str, lang: Language) -> None:
    """Find out what the publications in FILE... tell of people although it should stay unknown.

    FILE is a page or a document that plfkit wrote. Several are read together, as one reader would who
    has the staff list in DATA and knows the rules. Each leak is named with the subtraction that makes it.
    """
    organisation, _ = load_data(data)
    leaks = audit(*files, staff=organisation)
    if form == "json":
        print_json({"leaks": [_build_leak_document(leak, lang) for leak in leaks]})
    else:
        for leak in leaks:
            click.echo(leak.sentence(lang))
        click.echo(_count_leaks(len(leaks)).say(language=lang, audience="command_line"))
    if leaks:
        sys.exit(REFUSED)


def _count_leaks(count: int) -> Hint:
    if count > 1:
        return Hint("audit.count", count=count)
    return Hint("audit.one") if count else Hint("audit.none")


def _build_leak_document(leak: Leak, language: Language) -> dict[str, object]:
    return {
        "property": leak.property,
        "period": leak.period,
        "group": leak.group[language],
        "people": leak.people,
        "what": leak.what,
        "least": leak.least,
        "most": leak.most,
        "sentence": leak.sentence(language),
    }
