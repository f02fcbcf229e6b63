"""Tables as frames: the same columns and types whatever the rows, and back again without a loss."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

import pytest
from hypothesis import given

from plfkit import Organisation, Person, from_tables
from plfkit.errors import MeasureError
from plfkit.model.records.frames import BACKENDS, Backend
from plfkit.model.records.rows import NATIVE_ROWS
from plfkit.model.records.schema import list_column_specs
from plfkit.model.records.tables import Table
from plfkit.testing import organisations

DUCKDB: Any = import_module("duckdb")
POLARS: Any = import_module("polars")
PYARROW: Any = import_module("pyarrow")


@pytest.mark.parametrize("backend", BACKENDS)
@given(organisation=organisations())
def test_frames_come_back(backend: Backend, organisation: Organisation) -> None:
    """Every table as a frame, and all frames as the organisation they came from."""
    frames = {name: table.to_frame(backend) for name, table in organisation.tables.items()}
    back = from_tables(frames, title=organisation.title, synthetic=organisation.synthetic)
    assert back == organisation


@pytest.mark.parametrize("backend", BACKENDS)
def test_columns_are_the_same_whatever_the_rows(
    backend: Backend, example_organisation: Organisation
) -> None:
    """A table has all its columns, each of the type that it has without a row."""
    for name, table in example_organisation.tables.items():
        bare = Table.empty(NATIVE_ROWS[name]).to_frame(backend)
        frame = table.to_frame(backend)
        headers = [spec.name for spec in list_column_specs(NATIVE_ROWS[name])]
        assert list(_list_types(frame)) == headers
        assert _list_types(frame) == _list_types(bare)


def _list_types(frame: Any) -> dict[str, str]:
    """The type of each column, by its name."""
    if isinstance(frame, PYARROW.Table):
        return {field.name: str(field.type) for field in frame.schema}
    return dict(zip(map(str, frame.columns), map(str, frame.dtypes), strict=True))


TAKERS: dict[str, Callable[[Any], list[str]]] = {
    "pyarrow": lambda people: PYARROW.table(people).column("id").to_pylist(),
    "duckdb": lambda people: [row[0] for row in DUCKDB.from_arrow(people).fetchall()],
    "polars": lambda people: POLARS.from_arrow(PYARROW.table(people))["id"].to_list(),
}


@pytest.mark.parametrize("take", TAKERS.values(), ids=TAKERS)
def test_other_libraries_take_a_table(take: Callable[[Any], list[str]]) -> None:
    """A table is an Arrow stream: nothing needs to be said for it to be read."""
    assert take(Organisation.of(persons=[Person("a"), Person("007")]).persons) == ["007", "a"]


def test_an_unknown_backend_is_refused() -> None:
    """The nearest backend is suggested."""
    with pytest.raises(MeasureError, match="polars"):
        Table.empty(Person).to_frame("polar")  # type: ignore[arg-type]
