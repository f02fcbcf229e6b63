"""What plfkit.testing draws is what it says: whole organisations, moments, and faults that are found."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given

from plfkit import Organisation, Snapshot
from plfkit.errors import InvalidDataError
from plfkit.testing import FaultyTables, faulty_tables, organisations, snapshots


@given(faulty_tables())
def test_the_fault_that_was_put_in_is_found(faulty: FaultyTables) -> None:
    """An organisation is refused, and the fault stands in the table that it was put in."""
    with pytest.raises(InvalidDataError) as caught:
        Organisation.of(**faulty.records)
    assert (faulty.code, faulty.table) in {(f.code, f.place.file) for f in caught.value.faults}


@given(snapshots())
def test_moments_hold_what_is_in_force(now: Snapshot) -> None:
    """Whatever a moment holds overlaps its period."""
    for row in now.positions:
        assert row.valid.overlaps(now.period)


@given(organisations())
def test_organisations_are_named_and_marked(organisation: Organisation) -> None:
    """Each has people, and is told apart from another by its content alone."""
    assert len(organisation.persons) > 0
    rows = {name: list(table) for name, table in organisation.tables.items()}
    again = Organisation.of(**rows, title=organisation.title, synthetic=organisation.synthetic)  # type: ignore[arg-type]
    assert again == organisation


def test_contract_stands_alone() -> None:
    """In a process where both are missing, a profile is checked; only strategies ask for the extra."""
    code = """
import sys
sys.modules["pytest"] = sys.modules["hypothesis"] = None
from plfkit.testing import run_checks
print(run_checks("generic").run)
"""
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 - this Python
    assert int(done.stdout) > 10
