"""Limits that are looked at before any work is done, so that hostile input costs nothing."""

from __future__ import annotations

from typing import Any

from attrs import field, frozen

from plfkit.errors import Fault, LimitError, Place
from plfkit.hints import Hint, quote_word


def _check_limit(_limits: object, attribute: Any, most: object) -> None:
    """Refuse what is no whole number, or below 0: nothing could be read."""
    if type(most) is not int:
        shown = quote_word(most) if isinstance(most, str) else type(most).__name__
        raise TypeError(f"the limit {attribute.name} is a whole number, not {shown}")
    if most < 0:
        raise ValueError(f"the limit {attribute.name} is 0 or more, not {most}")


@frozen(kw_only=True)
class Limits:
    """How much plfkit reads before it refuses; the defaults are above the largest municipality.

    Attributes:
        bytes: The size of one file, and of what is packed in a workbook.
        rows: Rows of one table.
        columns: Columns of one table; a roster has one for each person of a municipality.
        cells: Cells of all sheets of a workbook, blank ones included.
        ratio: How many times a workbook may grow when it is unpacked.
    """

    bytes: int = field(default=2_000_000_000, validator=_check_limit)
    rows: int = field(default=20_000_000, validator=_check_limit)
    columns: int = field(default=5_000, validator=_check_limit)
    cells: int = field(default=40_000_000, validator=_check_limit)
    ratio: int = field(default=100, validator=_check_limit)

    def hold(self, what: str, found: int, file: str) -> None:
        """Refuse what is beyond a limit.

        Args:
            what: The name of the limit.
            found: How much there is.
            file: Where.

        Raises:
            LimitError: There is more than the limit allows.
        """
        most = getattr(self, what)
        if found > most:
            named = {"what": Hint(f"limits.{what}"), "name": what}
            hint = Hint("limit.exceeded", found=found, most=most, **named)
            raise LimitError(Fault("limit", Place(file), hint))


def fill_in_limits(limits: object) -> Limits:
    """Return the limits that were given, or the generous ones.

    Raises:
        TypeError: They are no `Limits`.
    """
    if limits is None:
        return Limits()
    if isinstance(limits, Limits):
        return limits
    shown = type(limits).__name__
    raise TypeError(f"limits are needed, as plfkit.Limits(bytes=20_000_000), not {shown}")
