"""Rules about tables whose rows belong to each other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from plfkit.hints import Hint, TableName
from plfkit.model.records.checking.findings import Finding
from plfkit.model.records.tables import Table

_SHOWN = 100


def find_parent_cycles(name: str, table: Table[Any]) -> Iterator[Finding]:
    """Find rows that belong to themselves by way of others; the hint has the way."""
    ids, parents = table.column("id").tolist(), table.column("parent").tolist()
    parent = dict(zip(ids, parents, strict=True))
    done: set[str] = set()
    for row, start in enumerate(ids):
        path: dict[str, None] = {}
        step = start
        while step is not None and step not in done and step not in path:
            path[step] = None
            step = parent.get(step)
        if step in path:
            walked = list(path)
            cycle = " → ".join([*walked[walked.index(step) :][:_SHOWN], step])
            hint = Hint("row.cycle", table=TableName(name), way=cycle)
            yield Finding("cycle", name, np.array([row]), "parent", hint)
        done.update(path)
