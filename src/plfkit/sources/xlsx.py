"""Writing workbooks: text stays text, and the same content gives the same bytes."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from importlib import import_module
from typing import Any

from plfkit.errors import MissingExtraError

_MADE = datetime(2000, 1, 1)  # noqa: DTZ001 - a workbook carries no clock


@contextmanager
def open_workbook(data: io.BytesIO) -> Iterator[Any]:
    """Give a workbook to write to; it is complete when the block ends.

    Raises:
        MissingExtraError: XlsxWriter is not installed.
    """
    try:
        xlsxwriter = import_module("xlsxwriter")
    except ImportError as error:
        raise MissingExtraError("excel", "Writing a workbook") from error
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
