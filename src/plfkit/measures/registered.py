"""What measures of registers and logs have in common."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from plfkit.errors import UnknownGroupError
from plfkit.graph.groups import members_of
from plfkit.graph.snapshot import Snapshot
from plfkit.measures.catalogue import Measured, described
from plfkit.model.result import Figure, Result
from plfkit.model.tables import Table
from plfkit.model.vocabulary import did_you_mean


def register_result(
    snapshot: Snapshot, measure: Measured, rows: list[Figure], **about: Any
) -> Result:
    """Return the result of a measure of registers or logs, with what is the same for all.

    Its `range_kind` is that of the rows that have a range; ``"unknown"`` where none has.
    """
    told = [row for row in rows if row.value is not None or row.lower is not None]
    if told and all(row.lower is None for row in told):
        about["range_kind"] = "unknown"
    return Result(
        figures=Table.of(Figure, rows),
        **described(measure),
        at=str(snapshot.period),
        reference_day=snapshot.reference_text,
        n=int(snapshot.staff.sum()),
        observed=rows[0].observed if rows else None,
        **about,
    )


def staff_among(snapshot: Snapshot, *names: str | None) -> NDArray[np.bool_]:
    """Tell which people count as staff and belong to each level or role named.

    Raises:
        UnknownGroupError: There is no such level or role.
    """
    chosen = snapshot.staff.copy()
    for name in names:
        if name is not None:
            inside = np.zeros(len(chosen), np.bool_)
            inside[members_of(snapshot, name)] = True
            chosen &= inside
    return chosen


def check_kinds(snapshot: Snapshot, section: str, kinds: Sequence[str] | None) -> None:
    """Refuse kinds that the vocabulary does not have.

    Raises:
        UnknownGroupError: There is no such kind in that section of the vocabulary.
    """
    known = snapshot.vocabulary.section(section)
    for kind in kinds or ():
        if kind not in known:
            hint = did_you_mean(kind, known) or f": there are {', '.join(known)}"
            what = section.removesuffix("s").replace("_", " ")
            raise UnknownGroupError(f"there is no {what} {kind!r}{hint}")
