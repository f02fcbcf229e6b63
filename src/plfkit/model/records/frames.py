"""Tables as data frames of other libraries: the same columns and types, whatever the rows hold."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal, get_args

from plfkit.errors import MeasureError, MissingExtraError
from plfkit.hints import Hint, quote_word
from plfkit.model.records.schema import ColumnSpec, list_column_specs
from plfkit.model.words.titles import hint_at_choice

if TYPE_CHECKING:
    from plfkit.model.records.tables import Table

Backend = Literal["pandas", "polars", "pyarrow"]
BACKENDS: tuple[Backend, ...] = get_args(Backend)
_IN_EXTRA = {"narwhals", "pandas", "pyarrow"}
"""The libraries that ``plfkit[frames]`` brings."""
_COLUMN_TYPES = {
    "string": "String",
    "number": "Float64",
    "integer": "Int64",
    "boolean": "Boolean",
    "date": "Date",
}
"""The type of a frame's column, by that of its cells."""
_PANDAS_TYPES = {"integer": "Int64", "boolean": "boolean", "date": "datetime64[s]"}
"""What pandas has for these: its usual whole numbers and flags know no missing cell, and it has no dates."""


def build_frame(table: Table[Any], backend: Backend) -> Any:
    """Build a data frame with every column of a table; missing cells are missing.

    Args:
        table: The rows.
        backend: The library whose frame it is to be.

    Raises:
        MeasureError: There is no such backend.
        MissingExtraError: The libraries are not installed.
    """
    if backend not in BACKENDS:
        near = hint_at_choice(backend, BACKENDS)
        raise MeasureError(Hint("measure.no_frames", name=quote_word(backend), near=near))
    narwhals, library = _import_library("narwhals", backend), _import_library(backend, backend)
    specs = list_column_specs(table.row_type)
    cells = {spec.name: table.column(spec.name).tolist() for spec in specs}
    types = {spec.name: _choose_column_type(narwhals, spec) for spec in specs}
    if backend == "pandas":
        return _build_pandas_frame(library, cells, specs, narwhals.Schema(types))
    return narwhals.from_dict(cells, types, backend=backend).to_native()


def _import_library(library: str, backend: str) -> Any:
    try:
        return import_module(library)
    except ImportError as error:
        others = () if backend in _IN_EXTRA else (backend,)
        raise MissingExtraError(
            "frames", Hint("libraries.frame_of", library=backend), *others
        ) from error


def _choose_column_type(narwhals: Any, spec: ColumnSpec) -> Any:
    return getattr(narwhals, _COLUMN_TYPES[spec.codec.name])()


def _build_pandas_frame(
    pandas: Any, cells: dict[str, list[Any]], specs: Sequence[ColumnSpec], schema: Any
) -> Any:
    """Build a pandas frame, whose columns have the types that know missing cells."""
    usual = schema.to_pandas()
    types = {one.name: _PANDAS_TYPES.get(one.codec.name, usual[one.name]) for one in specs}
    return pandas.DataFrame(
        {name: pandas.Series(column, dtype=types[name]) for name, column in cells.items()}
    )
