"""Writing what was released beside a page: the document as JSON, the figures as CSV or a workbook."""

from __future__ import annotations

from os import PathLike
from pathlib import Path
from typing import Any, Literal, get_args, overload

from plfkit.disclosure import Released
from plfkit.errors import DisclosureError, StoreError
from plfkit.hints import Hint, Language, quote_word
from plfkit.report.documents import to_document
from plfkit.report.listings import build_workbook, format_csv, format_json
from plfkit.report.rows import list_released
from plfkit.sources.saving import FilePath, Stream, Target, save_file, save_text

FiguresFormat = Literal["csv", "xlsx"]
"""In which form figures are written."""


@overload
def write_document(released: Released[Any], path: FilePath) -> Path: ...
@overload
def write_document(released: Released[Any], path: Stream) -> None: ...
def write_document(released: Released[Any], path: Target) -> Path | None:
    """Write the document of a publication as JSON: what `to_document` returns.

    Args:
        released: What has passed the gate.
        path: The file, whose name ends in ``.json``; or a stream of text or bytes.

    Returns:
        The path of the file; None for a stream.

    Raises:
        DisclosureError: It has not passed the gate.
        StoreError: The name ends otherwise, or the file cannot be written.
    """
    _refuse_unreleased(released)
    if isinstance(path, str | PathLike):
        refuse_other_suffix(Path(path), ".json")
    return save_text(path, format_json(to_document(released)))


@overload
def write_figures(
    released: Released[Any],
    path: FilePath,
    *,
    format: FiguresFormat | None = None,
    language: Language = "da",
    excel: bool = False,
) -> Path: ...
@overload
def write_figures(
    released: Released[Any],
    path: Stream,
    *,
    format: FiguresFormat | None = None,
    language: Language = "da",
    excel: bool = False,
) -> None: ...
def write_figures(
    released: Released[Any],
    path: Target,
    *,
    format: FiguresFormat | None = None,  # noqa: A002 - what it is called everywhere
    language: Language = "da",
    excel: bool = False,
) -> Path | None:
    """Write the figures of a publication as CSV, or all its rows as a workbook.

    CSV holds the figures, one row each; a workbook has further sheets, of a scorecard the years, the
    claims, the standards and what the figures are about.

    Args:
        released: What has passed the gate: one thing.
        path: The file, whose name ends in ``.csv`` or ``.xlsx``; or a stream of bytes, for CSV of text too.
        format: ``"csv"`` or ``"xlsx"``; by the name of the file if left out, and for a stream CSV.
        language: The language of labels, and in a workbook and CSV for Excel of headings and words.
        excel: Whether CSV is for a Danish Excel: semicolons, decimal commas, a mark for UTF-8.

    Returns:
        The path of the file; None for a stream.

    Raises:
        DisclosureError: It has not passed the gate, or several things were released.
        StoreError: The name ends otherwise, or the file cannot be written.
        TypeError: A workbook is to go to a stream of text.
        MissingExtraError: XlsxWriter is not installed.
    """
    _refuse_unreleased(released)
    chosen = _choose_figures_format(path, format)
    listings = list_released(released)
    if chosen == "csv":
        return save_text(path, format_csv(listings[0], language=language, excel=excel))
    return save_file(path, build_workbook(listings, language=language))


def _choose_figures_format(path: Target, name: FiguresFormat | None) -> FiguresFormat:
    """Return the format that was asked for, else that of the file's name; refuse a name of another.

    Raises:
        StoreError: There is no such format, or the name of the file is not that of one.
    """
    if name is not None and name not in get_args(FiguresFormat):
        values = {"name": quote_word(name), "known": get_args(FiguresFormat)}
        raise StoreError(Hint("files.format", **values))
    if not isinstance(path, str | PathLike):
        return name or "csv"
    suffixes = (".csv", ".xlsx") if name is None else (f".{name}",)
    refuse_other_suffix(Path(path), *suffixes)
    return "csv" if Path(path).suffix.lower() == ".csv" else "xlsx"


def refuse_other_suffix(path: Path, *suffixes: str) -> None:
    """Refuse a file whose name does not say what it holds.

    Raises:
        StoreError: The name ends in none of the suffixes.
    """
    if path.suffix.lower() not in suffixes:
        raise StoreError(Hint("files.suffix", path=str(path), suffixes=suffixes))


def _refuse_unreleased(released: object) -> None:
    if not isinstance(released, Released):
        raise DisclosureError(Hint("disclosure.not_released"))
