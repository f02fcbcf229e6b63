"""Ids of before in data: they were read as those of now, and the data are advised to say those."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from plfkit.errors import Fault, Place
from plfkit.hints import Hint
from plfkit.model.records.schema import ColumnSpec, list_column_specs
from plfkit.model.words.vocabulary import Vocabulary
from plfkit.sources.cells import DecodedTable


def advise_on_renamed_cells(
    tables: Iterable[DecodedTable], vocabulary: Vocabulary
) -> Iterator[Fault]:
    """Yield where tables name kinds by ids that they had before: each once in a column, at its first row."""
    if not any(vocabulary.former_ids.values()):
        return
    for one in tables:
        for spec in list_column_specs(one.table.row_type):
            if spec.name in one.raw.columns and spec.named_sections:
                yield from _advise_on_column(one, spec, vocabulary)


def _advise_on_column(
    one: DecodedTable, spec: ColumnSpec, vocabulary: Vocabulary
) -> Iterator[Fault]:
    cells = one.raw.columns[spec.name]
    for code, cell in enumerate(cells.distinct):
        now = vocabulary.find_current(cell, *spec.named_sections) if isinstance(cell, str) else cell
        if now == cell:
            continue
        first = int(np.argmax(cells.codes == code))
        row = int(one.raw.rows[first]) or None
        place = Place(one.raw.file, row, one.raw.titles.get(spec.name, spec.name))
        yield Fault("renamed", place, Hint("word.renamed", old=cell, new=now))
