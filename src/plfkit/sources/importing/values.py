"""Numbers and days as the cells of a file hold them, written as its mapping says."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

from plfkit.hints import Hint
from plfkit.sources.dialects import DAY_FIRST
from plfkit.sources.importing.cutting import say_cell

_NUMBERS = {
    ".": re.compile(r"[+-]?[0-9]{1,15}(\.[0-9]{1,15})?"),
    ",": re.compile(r"[+-]?[0-9]{1,15}(,[0-9]{1,15})?"),
}
_ISO_DAY = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})")
_MONTH_FIRST = re.compile(
    r"(?P<month>[0-9]{1,2})(?P<dot>[-./])(?P<day>[0-9]{1,2})(?P=dot)(?P<year>[0-9]{4})"
)
_DAYS = {"iso": _ISO_DAY, "day-first": DAY_FIRST, "month-first": _MONTH_FIRST}
_DAY_PART = re.compile(
    r"""([^ T]+)
    ([ T]+(kl\.[ ]?)?[0-9]{1,2}([:.][0-9]{2}){1,2}([.,][0-9]+)?  # a time of day behind it
    [ ]?([ap]\.?m\.?)?[ ]?([A-Z]{1,5}|[+-][0-9]{2}:?[0-9]{2})?)?  # and of which zone""",
    re.IGNORECASE | re.VERBOSE,
)


def parse_number(cell: Any, decimal: str) -> float | None:
    """Return the number of a cell; None if it is none.

    >>> parse_number("32,5", ","), parse_number("32,5", "."), parse_number(32.5, ",")
    (32.5, None, 32.5)
    """
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return float(cell)
    text = say_cell(cell)
    return float(text.replace(",", ".")) if _NUMBERS[decimal].fullmatch(text) else None


def hint_at_number(text: str) -> Hint:
    """Say what mends a text that is no number as numbers were said to be written."""
    return Hint("import.comma_number" if _NUMBERS[","].fullmatch(text) else "import.number")


def parse_day(cell: Any, order: str) -> date | None:
    """Return the day of a cell, without the time of day behind it; None if it is none.

    >>> parse_day("09-11-2026 08:30", "day-first")
    datetime.date(2026, 11, 9)
    """
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    part = _DAY_PART.fullmatch(say_cell(cell))
    found = None if part is None else _DAYS[order].fullmatch(part[1])
    try:
        return found and date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        return None


def hint_at_day(text: str) -> Hint:
    """Say what mends a text that is no day as days were said to be written."""
    part = _DAY_PART.fullmatch(text)
    is_day = part is not None and (DAY_FIRST.fullmatch(part[1]) or _ISO_DAY.fullmatch(part[1]))
    return Hint("import.dates" if is_day else "import.day")
