"""Where replies go, and in which form: a table, JSON, CSV or a workbook, on stdout or in a file.

Every command that prints rows or a document builds an `Reply` and gives it to `deliver`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import wraps
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from attrs import frozen

from plfkit.cli.layout import find_width, lay_out
from plfkit.cli.speaking import choose_language, refuse_usage
from plfkit.errors import MissingExtraError
from plfkit.hints import Hint, Language

if TYPE_CHECKING:
    from plfkit.report.listings import Listing

TABLE, JSON, CSV, WORKBOOK, PAGE = "table", "json", "csv", "xlsx", "html"
FORMATS = (TABLE, JSON, CSV, WORKBOOK)
_SUFFIXES = {".txt": TABLE, ".json": JSON, ".csv": CSV, ".xlsx": WORKBOOK}
_PAGE_SUFFIXES = {".html": PAGE, ".htm": PAGE}


@frozen(kw_only=True)
class Reply:
    """What a command has to tell: how to make each form of it, as only one is asked for.

    Attributes:
        document: For programs: plain values.
        listings: The rows: CSV has the first listing, a workbook all of them.
        glance: For reading: paragraphs and listings, one below the other.
    """

    document: Callable[[], Mapping[str, Any]]
    listings: Callable[[], Sequence[Listing]]
    glance: Callable[[], Iterable[str | Listing]]


@frozen
class Output:
    """Where a reply goes, and in which form.

    Attributes:
        form: One of `FORMATS`.
        path: The file; None for stdout.
        excel: Whether CSV is for a Danish Excel.
    """

    form: str
    path: Path | None
    excel: bool

    @classmethod
    def choose(
        cls, form: str | None, path: Path | None, reader: str | None, *, pages: bool = False
    ) -> Output:
        """Return what was asked for: the form by its name, else by the file's suffix, else a table.

        Args:
            form: The name.
            path: The file.
            reader: For whom CSV is.
            pages: Whether it may be a page, in a file.

        Raises:
            UsageError: Form and suffix contradict each other, or it cannot be shown where it would go.
            StoreError: The file cannot be written.
            MissingExtraError: A workbook was asked for, and XlsxWriter is not installed.
        """
        from plfkit.sources.saving import refuse_bad_target

        known = {**_SUFFIXES, **_PAGE_SUFFIXES} if pages else _SUFFIXES
        by_suffix = None if path is None else known.get(path.suffix.lower())
        chosen = form or by_suffix or (CSV if reader and path is None else TABLE)
        if path is not None and form is None and by_suffix is None:
            raise refuse_usage("suffix", "--out", path=path, suffixes=", ".join(known))
        if path is not None and by_suffix not in {None, chosen}:
            values = {"path": str(path), "suffix": path.suffix, "form": chosen}
            raise refuse_usage("other_form", "--out", **values)
        if reader is not None and chosen != CSV:
            raise refuse_usage("excel_is_csv", "--for")
        if chosen == WORKBOOK:
            require_workbooks()
        if chosen == PAGE:
            require_pages()
        if path is not None:
            refuse_bad_target(path)
        elif chosen == WORKBOOK and sys.stdout.isatty():
            raise refuse_usage("to_terminal", "--format")
        return cls(chosen, path, reader is not None)


def require_workbooks() -> None:
    """Refuse to begin where no workbook can be written.

    Raises:
        MissingExtraError: XlsxWriter is not installed.
    """
    if find_spec("xlsxwriter") is None:
        raise MissingExtraError("excel", Hint("libraries.writing_workbook"))


def require_pages() -> None:
    """Refuse to begin where no page can be written.

    Raises:
        MissingExtraError: The libraries of the report are not installed.
    """
    if not (find_spec("jinja2") and find_spec("babel")):
        raise MissingExtraError("report", Hint("libraries.report"))


def add_output_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command ``--format``, ``--out`` and ``--for``, as ``output``, judged before it begins."""
    return _add_options(command, pages=False)


def add_page_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the same, and let ``--out`` be a page too."""
    return _add_options(command, pages=True)


def _add_options(command: Callable[..., None], *, pages: bool) -> Callable[..., None]:
    @wraps(command)
    def run(
        *args: Any, form: str | None, out: Path | None, reader: str | None, **options: Any
    ) -> None:
        command(*args, output=Output.choose(form, out, reader, pages=pages), **options)

    for add in reversed(_PAGE_OPTIONS if pages else _OUTPUT_OPTIONS):
        run = add(run)
    return run


excel_option = click.option(
    "--for",
    "reader",
    type=click.Choice(["excel"]),
    help="CSV for a Danish Excel: semicolons, decimal commas, a mark for UTF-8, words in your language.",
)
_format_option = click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    help="In which form; if left out what the suffix of --out says, else a table.",
)


def _make_out_option(suffixes: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    return click.option(
        "--out",
        metavar="FILE",
        type=click.Path(path_type=Path),
        help=f"A file in place of stdout: {suffixes}.",
    )


_OUTPUT_OPTIONS = (_format_option, _make_out_option(".txt, .json, .csv or .xlsx"), excel_option)
_PAGE_OPTIONS = (
    _format_option,
    _make_out_option(".html for a page; .txt, .json, .csv or .xlsx"),
    excel_option,
)


def deliver(reply: Reply, output: Output) -> None:
    """Print a reply, or write it to its file and print the path."""
    language = choose_language()
    if output.path is None and output.form == TABLE:
        click.echo(lay_out(reply.glance(), language, width=find_width()))
        return
    content = _render_reply(reply, output, language)
    if output.path is not None:
        from plfkit.sources.saving import save_file

        encoded = content if isinstance(content, bytes) else content.encode()
        click.echo(save_file(output.path, encoded))
    else:
        # Excel goes by its mark and a workbook is no text: both go out byte by byte.
        raw = isinstance(content, bytes) or output.excel
        click.echo(content.encode() if raw and isinstance(content, str) else content, nl=False)


def deliver_page(page: str, output: Output) -> None:
    """Write a page to its file and print the path."""
    from plfkit.sources.saving import save_text

    if output.path is not None:
        click.echo(save_text(output.path, page))


def _render_reply(reply: Reply, output: Output, language: Language) -> str | bytes:
    from plfkit.report.listings import build_workbook, format_csv, format_json

    match output.form:
        case "json":
            return format_json(reply.document())
        case "csv":
            return format_csv(reply.listings()[0], language=language, excel=output.excel)
        case "xlsx":
            return build_workbook(reply.listings(), language=language)
        case _:
            return click.unstyle(lay_out(reply.glance(), language)) + "\n"
