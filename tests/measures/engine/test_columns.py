"""What measures say they read is all they read."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from attrs import evolve

from plfkit import Organisation, load_profile, snapshot
from plfkit.measures import CORE
from plfkit.measures.engine.catalogue import Measure
from plfkit.model.records.rows import NATIVE_ROWS
from plfkit.model.records.schema import list_column_specs
from plfkit.model.records.tables import Column, Table
from plfkit.model.results.result import Result
from plfkit.synthetic import municipality

pytestmark = pytest.mark.slow


@cache
def example() -> Organisation:
    """Return an example municipality with every table filled."""
    return municipality(load_profile("langeland"), schools=3)


def blanked(organisation: Organisation, kept: set[str]) -> Organisation:
    """Blank every column that may be blank and is not kept; dates of validity stay."""
    tables: dict[str, Table[Any]] = {}
    for name, table in organisation.tables.items():
        columns = dict(table.columns)
        for spec in list_column_specs(NATIVE_ROWS[name]):
            free = not spec.required and not spec.name.startswith("valid_")
            if free and f"{name}.{spec.name}" not in kept:
                columns[spec.name] = Column.of_missing(spec.codec, len(table))
        tables[name] = Table(NATIVE_ROWS[name], columns)
    return evolve(organisation, tables=tables)


def computed(measure: Measure, organisation: Organisation) -> Result:
    """Compute a measure of the last year of the example, with few draws where it draws."""
    now = snapshot(organisation, "2018/19")
    moments = measure.choose_moments(now, lambda period: snapshot(organisation, period))
    draws = {"draws": 20} if "draws" in measure.parameters else {}
    return measure(moments, {**measure.about.example, **draws})


@pytest.mark.parametrize("measure", list(CORE), ids=lambda measure: measure.name)
def test_other_columns_do_not_matter(measure: Measure) -> None:
    """With every undeclared column blank the result is the same, to the last note."""
    poorer = blanked(example(), set(measure.about.columns))
    assert computed(measure, poorer) == computed(measure, example())


@pytest.mark.parametrize("measure", list(CORE), ids=lambda measure: measure.name)
def test_declared_columns_exist_and_cover_the_tables(measure: Measure) -> None:
    """Every declared column is one of the native tables, and no needed table goes unread."""
    known = {
        f"{name}.{s.name}" for name, part in NATIVE_ROWS.items() for s in list_column_specs(part)
    }
    assert set(measure.about.columns) <= known
    read = {column.partition(".")[0] for column in measure.about.columns}
    assert set(measure.about.tables) <= read
