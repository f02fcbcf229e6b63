"""What a rule finds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import frozen
from numpy.typing import NDArray

from plfkit.faults import FaultCode
from plfkit.hints import Hint
from plfkit.model.records.tables import Table

Tables = Mapping[str, Table[Any]]


@frozen(eq=False)
class Finding:
    """Rows that break one rule: the rule's code, where they stand, and what mends them.

    Attributes:
        code: What is wrong, or worth a look.
        table: The table.
        rows: The rows, numbered from 0.
        column: The column, if it is about one.
        hint: What mends it.
        as_one: Whether the rows are told of as one: it is about the column, not about each of them.
    """

    code: FaultCode
    table: str
    rows: NDArray[Any]
    column: str | None
    hint: Hint
    as_one: bool = False
