"""Days and decimals: what the texts of a file prove about how it writes them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta

from plfkit.sources.drafting.columns import SeenColumn
from plfkit.sources.drafting.knowing import load_known_words
from plfkit.sources.drafting.sketching import Sketch, is_titled
from plfkit.sources.drafting.writing import Page

_DAY = re.compile(r"(\d{1,2})[-./](\d{1,2})[-./](\d{4})")
_TYPED = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DECIMALS = re.compile(r"[+-]?(\d+)([.,])(\d+)")
_THOUSANDS = 3  # digits behind a sign that may part thousands
_DAY_KEYS = {"valid_from", "valid_to", "date"}
MOST_MONTHS = 12


def write_day_column(page: Page, sketch: Sketch, key: str, column: SeenColumn) -> None:
    """Write which column says something, mostly since when."""
    page.put("columns", key, column.title)
    sketch.settle([column], key, key)


def list_day_columns(sketch: Sketch) -> list[SeenColumn]:
    """Return the columns that hold days which are taken, or may be."""
    return [
        column
        for column, fate in sketch.fates.items()
        if fate.key in _DAY_KEYS or fate.what in _DAY_KEYS
    ]


def write_dates(page: Page, table: str, columns: Iterable[SeenColumn]) -> None:
    """Write how days are written that are text, or ask; a number above 12 is no month."""
    texts = [text for column in columns for text in column.untyped if _DAY.match(text)]
    if not texts:
        return
    parts = [found.groups() for text in texts if (found := _DAY.match(text))]
    is_day_first = any(int(first) > MOST_MONTHS for first, _, _ in parts)
    is_month_first = any(int(second) > MOST_MONTHS for _, second, _ in parts)
    if is_day_first != is_month_first:
        page.put(table, "dates", "day-first" if is_day_first else "month-first")
        return
    page.ask(table, "dates", "ask.dates", count=len(texts))
    for value in ("day-first", "month-first"):
        page.offer(table, "dates", value, page.words(f"dates.{value}"))


def write_decimal(page: Page, table: str, columns: Iterable[SeenColumn]) -> None:
    """Write what stands before decimals in numbers that are text, or ask."""
    parts = [
        found.groups()
        for column in columns
        for text in column.untyped
        if (found := _DECIMALS.fullmatch(text))
    ]
    commas = [(whole, digits) for whole, sign, digits in parts if sign == ","]
    points = [digits for _, sign, digits in parts if sign == "."]
    if (
        commas
        and not points
        and any(len(digits) != _THOUSANDS or whole == "0" for whole, digits in commas)
    ):
        page.put(table, "decimal", ",")
    elif commas:
        page.ask(table, "decimal", "ask.decimal", count=len(commas))
        page.offer(table, "decimal", ",")


def may_be_thousands(text: str) -> bool:
    """Tell whether nobody knows if a point or comma stands before decimals or thousands."""
    return re.fullmatch(r"[1-9]\d{0,2}[.,]\d{3}", text) is not None


def ask_about_thousands(page: Page, sketch: Sketch, key: str, column: SeenColumn) -> None:
    """Ask whether the numbers of a column are thousands; until then it is not taken."""
    page.ask("columns", key, "ask.thousands", column=column.title)
    sketch.offer_columns(page, key, [column])
    sketch.settle([column], key, is_open=True)


def list_open_ends(columns: Iterable[SeenColumn]) -> list[str]:
    """Return days that stand for an open end."""
    years = load_known_words().open_years
    found = (text for column in columns for text in column.answers if any(y in text for y in years))
    return list(dict.fromkeys(found))


def ask_about_ends(page: Page, sketch: Sketch) -> None:
    """Write the column of ends; whether they are last days is asked unless a title says so."""
    for column in sketch.list_titled("valid_to")[:1]:
        ends = [end for end in column.answers if end not in list_open_ends([column])]
        if is_titled(column, "last_day"):
            write_day_column(page, sketch, "valid_to", column)
            continue
        last = sum(map(is_last_of_month, ends))
        page.ask("columns", "valid_to", "ask.ends", column=column.title, last=last, count=len(ends))
        sketch.offer_columns(page, "valid_to", [column], page.words("tell.say_ends"))
        sketch.settle([column], "valid_to", is_open=True)


def is_last_of_month(text: str) -> bool:
    """Tell whether a day is the last of its month, if it is sure which day it is."""
    day, typed = _DAY.match(text), _TYPED.match(text)
    numbers = day.groups()[::-1] if day else typed.groups() if typed else None
    try:
        return numbers is not None and (date(*map(int, numbers)) + timedelta(1)).day == 1
    except ValueError:
        return False


def write_end_days(page: Page, table: str, sketch: Sketch) -> None:
    """Write that ends are last days where a title says so, or ask."""
    titled = [c for c, fate in sketch.fates.items() if fate.what == "valid_to" and c.filled]
    sure = [column for column in titled if is_titled(column, "last_day")]
    if sure:
        page.put(table, "ends", "last day", sure[0].title)
    elif sketch.has_periods or any(
        set(column.answers) - set(list_open_ends([column])) for column in titled
    ):
        page.ask(table, "ends", "ask.periods" if sketch.has_periods else "ask.last_day")
        page.offer(table, "ends", "last day", page.words("tell.last_day"))
        page.offer(table, "ends", "day after", page.words("tell.day_after"))
