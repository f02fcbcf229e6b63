"""``plfkit report``: a page, and beside it the document and the figures."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from plfkit.cli.assessing import assess_data
from plfkit.cli.command import Command
from plfkit.cli.options import Data, at_option, data_options, ledger_option, workers_option
from plfkit.cli.output import excel_option, require_pages, require_workbooks
from plfkit.cli.speaking import choose_language, notify_user, refuse_usage, say_hint, tell_notice
from plfkit.hints import Hint, Language
from plfkit.model.words.titles import hint_at_word

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
@click.option(
    "--both-languages",
    "both",
    is_flag=True,
    help="Write the page in the other language too, and link the two: page.html, and page.en.html beside "
    "a Danish page, page.da.html beside an English one.",
)
@click.option("--open", "shown", is_flag=True, help="Open the page in the browser.")
@ledger_option
@workers_option
def report(
    data: Data,
    at: str | None,
    out: Path,
    beside: str,
    reader: str | None,
    ledger: Path | None,
    workers: int,
    *,
    both: bool,
    shown: bool,
) -> None:
    """Write a report on DATA, a native folder or a workbook, as one self-contained HTML page.

    Without DATA, on an example municipality that fits the profile.
    """
    files = _plan_files(out, beside, excel=reader is not None)
    translated = _plan_translation(out) if both else None
    released = assess_data(data, at, ledger, workers=workers)
    _write_pages(released, out, translated)
    _write_files(released, files, excel=reader is not None)
    _notify_verdicts(released.content)
    if shown:
        _open_page(out)
    else:
        notify_user("open_page")
    for path in (out, *([translated] if translated else ()), *files.values()):
        click.echo(path)


def _open_page(page: Path) -> None:
    """Open a page in the browser, or say that there is none."""
    import webbrowser

    if not webbrowser.open(page.resolve().as_uri()):
        notify_user("no_browser")


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
    require_pages()
    return files


def _plan_translation(out: Path) -> Path:
    """Return where the page stands in the other language; refuse what cannot be written."""
    from plfkit.sources.saving import refuse_bad_target

    path = out.with_suffix(f".{_find_other_language()}{out.suffix}")
    refuse_bad_target(path)
    return path


def _find_other_language() -> Language:
    return "en" if choose_language() == "da" else "da"


def _write_pages(released: Released[Scorecard], out: Path, translated: Path | None) -> None:
    """Write the page, and its translation if there is to be one; each links to the other."""
    from plfkit.report import write_report

    other = None if translated is None else translated.name
    write_report(released, out, language=choose_language(), other=other)
    if translated is not None:
        write_report(released, translated, language=_find_other_language(), other=out.name)


def _write_files(released: Released[Scorecard], files: Mapping[str, Path], *, excel: bool) -> None:
    """Write what stands beside the page."""
    from plfkit.report import build_document_schema, write_document, write_figures
    from plfkit.report.listings import format_json
    from plfkit.sources.saving import save_text

    language = choose_language()
    for end, path in files.items():
        match end:
            case ".json":
                write_document(released, path)
            case ".schema.json":
                save_text(path, format_json(build_document_schema()))
            case _:
                write_figures(released, path, language=language, excel=excel)
