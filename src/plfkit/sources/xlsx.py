"""Writing workbooks: text stays text, and the same content gives the same bytes."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from importlib import import_module
from typing import Any

from plfkit.errors import MissingExtraError
from plfkit.hints import Hint

_MADE = datetime(2000, 1, 1)  # noqa: DTZ001 - a workbook carries no clock


@contextmanager
def start_workbook(data: io.BytesIO) -> Iterator[Any]:
    """Give a new workbook to write to; it is complete when the block ends.

    Raises:
        MissingExtraError: XlsxWriter is not installed.
    """
    try:
        xlsxwriter = import_module("xlsxwriter")
    except ImportError as error:
        raise MissingExtraError("excel", Hint("libraries.writing_workbook")) from error
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(data, options)
    book.set_properties({"created": _MADE})
    yield book
    book.close()


def write_text_cell(page: Any, at: tuple[int, int], text: str, plain: Any) -> None:
    """Write a text cell, whatever it looks like.

    XlsxWriter takes a text that looks like its own markup for markup; in two pieces it does not.

    Args:
        page: The sheet.
        at: Row and column, counted from 0.
        text: The text.
        plain: A format without any look, which parts the pieces.
    """
    if text.startswith("<r>") and text.endswith("</r>"):
        page.write_rich_string(*at, text[:2], plain, text[2:])
    else:
        page.write_string(*at, text)
