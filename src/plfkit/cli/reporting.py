"""``plfkit report``: a page, and beside it the document and the figures."""

from __future__ import annotations

import webbrowser
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import click

from plfkit.cli.assessing import assess_data
from plfkit.cli.command import Command
from plfkit.cli.options import Data, at_option, data_options, ledger_option
from plfkit.cli.output import excel_option, require_workbooks
from plfkit.cli.speaking import choose_language, notify_user, refuse_usage, say_hint, tell_notice
from plfkit.errors import MissingExtraError
from plfkit.hints import Hint
from plfkit.model.words.vocabulary import hint_at_word

if TYPE_CHECKING:
    from plfkit.disclosure import Released
    from plfkit.goals import Scorecard

PAGE_SUFFIXES = (".html", ".htm")
_BESIDE = {"json": (".json", ".schema.json"), "csv": (".csv",), "xlsx": (".xlsx",)}
"""The ends of the names of what may stand beside the page."""


@click.command(
    cls=Command,
    examples=[
        "plfkit report --profile vejle --lang en",
        "plfkit report town --profile vejle --ledger protocol.json --out vejle.html --with json,csv,xlsx",
    ],
)
@data_options
@at_option
@click.option(
    "--out",
    metavar="FILE.html",
    default="plfkit-report.html",
    show_default=True,
    type=click.Path(path_type=Path),
)
@click.option(
    "--with",
    "beside",
    metavar="WORDS",
    default="",
    help="What to write beside the page, separated by commas: json (the document and its schema), "
    "csv (the figures), xlsx (figures, years, claims).",
)
@excel_option
@click.option("--open", "shown", is_flag=True, help="Open the page in the browser.")
@ledger_option
def report(
    data: Data,
    at: str | None,
    out: Path,
    beside: str,
    reader: str | None,
    ledger: Path | None,
    *,
    shown: bool,
) -> None:
    """Write a report on DATA, a native folder or a workbook, as one self-contained HTML page.

    Without DATA, on an example municipality that fits the profile.
    """
    files = _plan_files(out, beside, excel=reader is not None)
    released = assess_data(data, at, ledger)
    _write_files(released, out, files, excel=reader is not None)
    _notify_verdicts(released.content)
    if not shown:
        notify_user("open_page")
    elif not webbrowser.open(out.resolve().as_uri()):
        notify_user("no_browser")
    for path in (out, *files.values()):
        click.echo(path)


def _notify_verdicts(card: Scorecard) -> None:
    """Tell how each goal stands."""
    from plfkit.report.listings import word_text

    language = choose_language()
    for goal in card.goals:
        counts = ", ".join(
            f"{n} {word_text('verdict', name, language)}" for name, n in sorted(goal.counts.items())
        )
        tell_notice(f"{goal.id}: {goal.verdict.words[language]} ({counts})")


def _plan_files(out: Path, beside: str, *, excel: bool) -> Mapping[str, Path]:
    """Return what is to stand beside the page, by what it ends in; refuse what cannot be written.

    Raises:
        UsageError: There is no such form, or only CSV can be for Excel.
        StoreError: A file cannot be written, or the page's name does not end as a page's.
        MissingExtraError: Libraries are not installed.
    """
    from plfkit.sources.saving import refuse_bad_target

    words = [word.strip() for word in beside.split(",") if word.strip()]
    for word in words:
        if word not in _BESIDE:
            near = hint_at_word(word, _BESIDE) or Hint("near.choices", names=", ".join(_BESIDE))
            raise refuse_usage("unknown_form", "--with", form=repr(word), near=say_hint(near))
    if excel and "csv" not in words:
        raise refuse_usage("excel_with_csv", "--for")
    if out.suffix.lower() not in PAGE_SUFFIXES:
        raise refuse_usage("suffix", "--out", path=out, suffixes=", ".join(PAGE_SUFFIXES))
    files = {end: out.with_suffix(end) for word in dict.fromkeys(words) for end in _BESIDE[word]}
    for path in (out, *files.values()):
        refuse_bad_target(path)
    if "xlsx" in words:
        require_workbooks()
    if not (find_spec("jinja2") and find_spec("babel")):
        raise MissingExtraError("report", Hint("libraries.report"))
    return files


def _write_files(
    released: Released[Scorecard], out: Path, files: Mapping[str, Path], *, excel: bool
) -> None:
    """Write the page and what stands beside it."""
    from plfkit.report import build_document_schema, write_document, write_figures, write_report
    from plfkit.report.listings import format_json
    from plfkit.sources.saving import save_text

    language = choose_language()
    write_report(released, out, language=language)
    for end, path in files.items():
        match end:
            case ".json":
                write_document(released, path)
            case ".schema.json":
                save_text(path, format_json(build_document_schema()))
            case _:
                write_figures(released, path, language=language, excel=excel)
