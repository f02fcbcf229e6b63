"""Units and communities that a mapping declares."""

from __future__ import annotations

from offices import STAFF, refuse, take

LIST = "Nr,Navn,Stilling\n1,Anne,Lærer\n"


def test_owner_by_name() -> None:
    """What a unit belongs to is named by id or by name, in any order."""
    mapping = STAFF.replace(
        'units.nord.name = "Nord Skole"',
        'units.nord.name = "Nord Skole"\nunits.nord.parent = "Fabelby Kommune"\n'
        'units.by.kind = "municipality"\nunits.by.name = "Fabelby Kommune"',
    )
    organisation = take(mapping, LIST)
    assert {unit.id: unit.parent for unit in organisation.units} == {"by": None, "nord": "by"}


def test_no_owner() -> None:
    """One that there is not is told of with the line to write, for each unit once."""
    mapping = STAFF.replace(
        'units.nord.kind = "school"', 'units.nord.kind = "school"\nunits.nord.parent = "Fabelby"'
    )
    (fault,) = refuse(mapping, LIST)
    assert fault.place.column == "units.nord.parent"
    assert "[units.town]" in fault.hint
    assert "Fabelby" in fault.hint
