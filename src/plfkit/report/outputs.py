"""Writing what was released beside a page: the document as JSON, the figures as CSV or a workbook."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from plfkit.disclosure import Released
from plfkit.errors import DisclosureError, StoreError
from plfkit.hints import Hint, Language
from plfkit.report.documents import to_document
from plfkit.report.listings import build_workbook, format_csv, format_json
from plfkit.report.rows import list_released
from plfkit.sources.saving import save_file, save_text


def write_document(released: Released[Any], path: str | Path) -> Path:
    """Write the document of a publication as JSON: what `to_document` returns.

    Args:
        released: What has passed the gate.
        path: The file; its name ends in ``.json``.

    Returns:
        The path of the file.

    Raises:
        DisclosureError: It has not passed the gate.
        StoreError: The name ends otherwise, or the file cannot be written.
    """
    _refuse_unreleased(released)
    refuse_other_suffix(Path(path), ".json")
    return save_text(path, format_json(to_document(released)))


def write_figures(
    released: Released[Any], path: str | Path, *, language: Language = "da", excel: bool = False
) -> Path:
    """Write the figures of a publication as CSV, or all its rows as a workbook.

    CSV holds the figures, one row each; a workbook has further sheets, of a scorecard the years, the
    claims, the standards and what the figures are about.

    Args:
        released: What has passed the gate: one thing.
        path: The file; its name ends in ``.csv`` or ``.xlsx``.
        language: The language of labels, and in a workbook and CSV for Excel of headings and words.
        excel: Whether CSV is for a Danish Excel: semicolons, decimal commas, a mark for UTF-8.

    Returns:
        The path of the file.

    Raises:
        DisclosureError: It has not passed the gate, or several things were released.
        StoreError: The name ends otherwise, or the file cannot be written.
        MissingExtraError: XlsxWriter is not installed.
    """
    _refuse_unreleased(released)
    refuse_other_suffix(Path(path), ".csv", ".xlsx")
    listings = list_released(released)
    if Path(path).suffix.lower() == ".csv":
        return save_text(path, format_csv(listings[0], language=language, excel=excel))
    return save_file(path, build_workbook(listings, language=language))


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
