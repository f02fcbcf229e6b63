"""Tables as data frames of other libraries: the same columns and types, whatever the rows hold."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from plfkit.errors import MeasureError, MissingExtraError
from plfkit.hints import Hint
from plfkit.model.records.schema import INTEGER, ColumnSpec, list_column_specs
from plfkit.model.records.tables import Table
from plfkit.model.words.vocabulary import suggest_word

BACKENDS = ("pandas", "polars", "pyarrow")
_IN_EXTRA = {"narwhals", "pandas", "pyarrow"}
"""The libraries that ``plfkit[frames]`` brings."""


def build_frame(table: Table[Any], backend: str) -> Any:
    """Build a data frame with every column of a table; missing cells are missing.

    Args:
        table: The rows.
        backend: The library whose frame it is to be.

    Raises:
        MeasureError: There is no such backend.
        MissingExtraError: The libraries are not installed.
    """
    if backend not in BACKENDS:
        hint = suggest_word(str(backend), BACKENDS) or f": there are {', '.join(BACKENDS)}"
        raise MeasureError(f"there are no frames of {backend!r}{hint}")
    narwhals, library = _import_library("narwhals", backend), _import_library(backend, backend)
    specs = list_column_specs(table.row_type)
    cells = {spec.name: table.column(spec.name).tolist() for spec in specs}
    types = {spec.name: _choose_column_type(narwhals, spec) for spec in specs}
    if backend == "pandas":
        return _build_pandas_frame(library, cells, narwhals.Schema(types))
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
    if spec.codec.is_text:
        return narwhals.String()
    return narwhals.Int64() if spec.codec is INTEGER else narwhals.Float64()


def _build_pandas_frame(pandas: Any, cells: dict[str, list[Any]], schema: Any) -> Any:
    """Build a pandas frame; its usual whole numbers know no missing cell, so they get the type that does."""
    kinds = ["numpy_nullable" if kind.is_integer() else None for kind in schema.dtypes()]
    types = schema.to_pandas(kinds)
    return pandas.DataFrame(
        {name: pandas.Series(column, dtype=types[name]) for name, column in cells.items()}
    )
