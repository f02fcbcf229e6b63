"""The units and communities that a mapping declares: those that are not there yet are added."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import asdict, frozen

from plfkit.errors import Fault, Place
from plfkit.faults import FaultCode
from plfkit.hints import Hint
from plfkit.model.records.organisation import Organisation
from plfkit.model.records.rows import NATIVE_ROWS
from plfkit.model.records.schema import list_column_specs
from plfkit.sources.importing.findings import ImportFindings
from plfkit.sources.importing.gathering import MAPPING, GatheredRows
from plfkit.sources.importing.known import KnownOrganisation
from plfkit.sources.importing.language import ImportMapping
from plfkit.sources.importing.take import MappedCommunity, MappedUnit

DECLARED_TITLES = {
    table: {spec.name: f"{word}.{spec.name}" for spec in list_column_specs(NATIVE_ROWS[table])}
    for table, word in {
        "units": "units",
        "communities": "communities",
        "surveys": "survey",
        "registrations": "complete",
    }.items()
}
"""What a mapping calls the columns of the rows that are its own."""
_OWNERS = {"units": "parent", "communities": "unit"}
"""The key that says which unit a place belongs to: an id, or a name."""


@frozen
class PlaceDeclarer:
    """Declares the places of a mapping.

    Attributes:
        mapping: The mapping.
        before: The organisation that it is added to.
        known: The units that there are, those of the mapping among them.
        rows: Where rows that are the mapping's own are gathered.
        findings: What is wrong.
    """

    mapping: ImportMapping
    before: Organisation
    known: KnownOrganisation
    rows: GatheredRows
    findings: ImportFindings

    def declare_places(self) -> None:
        """Gather the units and communities that are not there yet."""
        places: dict[str, Mapping[str, MappedUnit | MappedCommunity]]
        places = {"units": self.mapping.units, "communities": self.mapping.communities}
        for table, declared in places.items():
            there = {row.id: row for row in getattr(self.before, table)}
            for place, said in declared.items():
                cells = self._find_owner(table, place, asdict(said))
                if place not in there:
                    self.rows.add_row(table, None, id=place, **cells)
                    continue
                for name, value in cells.items():
                    if value is not None and value != getattr(there[place], name):
                        hint = Hint("import.other_place")
                        self._add_fault("contradiction", f"{table}.{place}.{name}", hint)

    def _find_owner(self, table: str, place: str, cells: dict[str, Any]) -> dict[str, Any]:
        """Return the cells of a place with the id of the unit that it belongs to."""
        key = _OWNERS[table]
        if cells[key] is None:
            return cells
        found = self.known.units.find_places(cells[key])
        if len(found) == 1:
            return {**cells, key: found[0]}
        hint = Hint("import.no_owner", unit=cells[key])
        self._add_fault("dangling_reference", f"{table}.{place}.{key}", hint)
        return {**cells, key: None}

    def _add_fault(self, code: FaultCode, path: str, hint: Hint) -> None:
        self.findings.faults.append(Fault(code, Place(MAPPING, None, path), hint))
