"""Numbers and days as the cells of a file hold them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from searching import search

from plfkit.sources.importing.values import hint_at_day, hint_at_number, parse_day, parse_number

DAY = date(2026, 8, 1)


@pytest.mark.parametrize(
    ("cell", "decimal", "number"),
    [
        ("32,5", ",", 32.5),
        ("32.5", ".", 32.5),
        ("-7", ",", -7),
        ("+0,80", ",", 0.8),
        (32.5, ",", 32.5),
        (0.8, ".", 0.8),
        ("32.5", ",", None),
        ("32,5", ".", None),
        ("1.234,5", ",", None),
        ("1.234", ",", None),
        ("1,234", ".", None),
        ("1 234", ",", None),
        ("80 %", ",", None),
        ("1e3", ".", None),
        ("nan", ".", None),
        ("inf", ".", None),
        ("٣", ".", None),
        (",5", ",", None),
        ("5,", ",", None),
        ("37 t", ",", None),
        ("29:36", ",", None),
        ("0x1F", ".", None),
        (True, ".", None),
    ],
)
def test_number(cell: Any, decimal: str, number: float | None) -> None:
    """A number is written as the mapping says, without anything beside it."""
    assert parse_number(cell, decimal) == number


@pytest.mark.parametrize(
    ("cell", "order"),
    [
        ("2026-08-01", "iso"),
        ("2026-8-1", "iso"),
        ("01-08-2026", "day-first"),
        ("1/8/2026", "day-first"),
        ("01.08.2026", "day-first"),
        ("8/1/2026", "month-first"),
        (DAY, "iso"),
        (datetime(2026, 8, 1, 23, 59), "day-first"),  # noqa: DTZ001 - as a workbook has it
        ("2026-08-01 10:30", "iso"),
        ("2026-08-01T10:30:00", "iso"),
        ("2026-08-01T10:30:00.000+02:00", "iso"),
        ("2026-08-01T10:30:00Z", "iso"),
        ("01-08-2026 kl. 10.30", "day-first"),
        ("8/1/2026 10:30:00 AM", "month-first"),
        ("01.08.2026 9.05.07 CEST", "day-first"),
    ],
)
def test_day(cell: Any, order: str) -> None:
    """A day is written as the mapping says; a time of day behind it is left out."""
    assert parse_day(cell, order) == DAY


@pytest.mark.parametrize(
    "text",
    [
        "46235",
        "2026",
        "1-8-26",
        "32-08-2026",
        "01-13-2026",
        "2026-08-01",
        "01-08-2026 eller 01-09-2026",
        "01-08-2026 - 31-07-2027",
        "01-08-2026 ?",
        "01-08-2026Tvivl",
        "ca. 01-08-2026",
        "august 2026",
        "01-08-2026 10",
        "٠١-٠٨-٢٠٢٦",  # noqa: RUF001 - digits of another script
    ],
)
def test_no_day(text: str) -> None:
    """Two days, a doubt, a serial number of Excel or another order is no day."""
    assert parse_day(text, "day-first") is None
    assert parse_day(46235.0, "day-first") is None


@search(100)
@given(text=st.text(max_size=20), order=st.sampled_from(["iso", "day-first", "month-first"]))
def test_any_text(text: str, order: str) -> None:
    """Whatever stands in a cell, it is a value or none, and there is something to say of it."""
    for found, hint in (
        (parse_day(text, order), hint_at_day(text)),
        (parse_number(text, ","), hint_at_number(text)),
    ):
        assert found is not None or hint.say(language="da") != hint.say(language="en")
