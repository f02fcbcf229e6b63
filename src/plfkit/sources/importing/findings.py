"""What an import finds: faults, each with its place, and advice on what was left out or not said."""

from __future__ import annotations

from collections import Counter

from attrs import define, field

from plfkit.errors import Fault, InvalidDataError, Place
from plfkit.faults import FaultCode
from plfkit.hints import Hint
from plfkit.sources.importing.reading import TakeReader

HIDING = frozenset({"bad_csv", "row_width", "uncomputed", "error_cell", "merged_cells"})
"""What is wrong with rows and cells that cannot be read: what else a table has is told all the same."""


@define
class ImportFindings:
    """Faults and advice of an import, so far.

    Attributes:
        faults: What is wrong.
        advice: What is worth a look.
    """

    faults: list[Fault] = field(factory=list)
    advice: list[Fault] = field(factory=list)
    _left_out: Counter[tuple[Place, str]] = field(factory=Counter)
    _rows_left_out: dict[tuple[Place, str], set[int]] = field(factory=dict)

    def add_advice(self, code: FaultCode, place: Place, hint: Hint) -> None:
        """Add what is worth a look."""
        self.advice.append(Fault(code, place, hint))

    @property
    def is_anything_hidden(self) -> bool:
        """Whether some rows or cells cannot be read."""
        return any(fault.code in HIDING for fault in self.faults)

    def count_left_out(self, reader: TakeReader) -> None:
        """Count what a take left out; a row that several takes leave out counts once."""
        place = Place(reader.table.file)
        for key, count in reader.left_out.items():
            self._left_out[place, key] += count
        for key, rows in reader.rows_left_out.items():
            self._rows_left_out.setdefault((place, key), set()).update(rows)

    def list_advice(self) -> list[Fault]:
        """Return all advice, each piece once."""
        counts = {**self._left_out, **{what: len(r) for what, r in self._rows_left_out.items()}}
        told = [
            Fault("left_out", place, Hint(key, count=count))
            for (place, key), count in counts.items()
            if count
        ]
        return [*dict.fromkeys([*self.advice, *told])]

    def raise_faults(self, *, but: frozenset[str] = frozenset()) -> None:
        """Refuse the import if there are faults, each told once, file by file from the top.

        Args:
            but: Codes of faults that can wait until others are found.

        Raises:
            InvalidDataError: There are.
        """
        if all(fault.code in but for fault in self.faults):
            return
        order = {fault.place.file: n for n, fault in reversed(list(enumerate(self.faults)))}
        once = dict.fromkeys(self.faults)
        raise InvalidDataError(sorted(once, key=lambda f: (order[f.place.file], f.place.row or 0)))
