"""What measures of registered communities have in common."""

from __future__ import annotations

from typing import Any

from plfkit.errors import MeasureError
from plfkit.graph.snapshot import Snapshot
from plfkit.measures.catalogue import Measured, described
from plfkit.model.result import Figure, Result
from plfkit.model.tables import Table

REGISTERED = "registered"
"""The basis on which a community counts: it is in force and has enough members."""


def check_basis(name: str, basis: str) -> None:
    """Refuse a basis for counting communities that does not exist yet.

    Raises:
        MeasureError: There is no such basis.
    """
    if basis != REGISTERED:
        raise MeasureError(f"{name} has no basis {basis!r} yet: use {REGISTERED}")


def register_result(
    snapshot: Snapshot, measure: Measured, rows: list[Figure], **about: Any
) -> Result:
    """Return the result of a measure of registered communities, with what is the same for all."""
    return Result(
        figures=Table.of(Figure, rows),
        **described(measure),
        variant=REGISTERED,
        at=str(snapshot.period),
        reference_day=snapshot.reference_text,
        n=int(snapshot.staff.sum()),
        observed=rows[0].observed if rows else None,
        **about,
    )
