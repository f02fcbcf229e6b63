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
    """Rows that break one rule: the rule's code, where they stand, and what mends them."""

    code: FaultCode
    table: str
    rows: NDArray[Any]
    column: str | None
    hint: Hint
