"""Tables as data frames of other libraries: the same columns and types, whatever the rows hold."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal, get_args

import numpy as np

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
    types = {spec.name: getattr(narwhals, _COLUMN_TYPES[spec.codec.name])() for spec in specs}
    if backend == "pandas":
        usual = narwhals.Schema(types).to_pandas()
        return library.DataFrame(
            {s.name: _build_pandas_array(library, table, s, usual[s.name]) for s in specs}
        )
    build = partial(narwhals.new_series, backend=backend)
    nowhere = np.zeros(len(table), np.int64)
    # Most columns of figures are blank throughout: one such column for each type does for all of them.
    blank = {kind: build("", [None], kind)[nowhere] for kind in set(types.values())}
    series = {s.name: _build_series(build, table, s, blank[types[s.name]]) for s in specs}
    return narwhals.from_dict(series, backend=backend).to_native()


def _import_library(library: str, backend: str) -> Any:
    try:
        return import_module(library)
    except ImportError as error:
        others = () if backend in _IN_EXTRA else (backend,)
        raise MissingExtraError(
            "frames", Hint("libraries.frame_of", library=backend), *others
        ) from error


def _build_series(
    build: Callable[..., Any], table: Table[Any], spec: ColumnSpec, blank: Any
) -> Any:
    """Build a column of a frame from its arrays; no cell becomes an object of its own."""
    column = table.column(spec.name)
    if column.missing.all():
        return blank.alias(spec.name)
    if spec.codec.is_text:
        # Texts are looked up by their codes. A missing one stands behind them for missing cells:
        # of "a", "b" and none the codes 0, −1, 1 take the places 0, 2, 1.
        texts = column.categories
        places = np.where(column.missing, len(texts), column.values)
        return build(spec.name, [*texts, None], blank.dtype)[places]
    cells = build(spec.name, column.values, blank.dtype)
    if not column.missing.any():
        return cells
    return cells.zip_with(build(spec.name, ~column.missing), blank)


def _build_pandas_array(pandas: Any, table: Table[Any], spec: ColumnSpec, usual: Any) -> Any:
    """Build a column of a pandas frame, of a type that knows missing cells."""
    column = table.column(spec.name)
    values, missing = column.values, column.missing.copy()
    match spec.codec.name:
        case "string":
            return pandas.array([*column.categories], dtype=usual).take(values, allow_fill=True)
        case "integer":
            return pandas.arrays.IntegerArray(values.astype(np.int64), missing)
        case "boolean":
            return pandas.arrays.BooleanArray(values.astype(np.bool_), missing)
        case "date":
            return np.where(missing, np.datetime64("NaT", "D"), values).astype("datetime64[s]")
        case _:
            return np.where(missing, np.nan, values)
