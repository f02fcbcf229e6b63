"""Limits that are looked at before any work is done, so that hostile input costs nothing."""

from __future__ import annotations

from attrs import frozen

from plfkit.errors import Fault, LimitError, Place
from plfkit.hints import Hint


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

    bytes: int = 2_000_000_000
    rows: int = 20_000_000
    columns: int = 5_000
    cells: int = 40_000_000
    ratio: int = 100

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
