"""Frames of other libraries: the same columns and types, whatever a result holds."""

from __future__ import annotations

import sys
from typing import Any

import pytest
from attrs import evolve

from plfkit import Result, load_profile, snapshot
from plfkit.errors import MeasureError, MissingExtraError
from plfkit.measures import CORE
from plfkit.model.records.frames import BACKENDS, Backend
from plfkit.model.records.schema import list_column_specs
from plfkit.model.results.figures import NamedFigure, build_figures
from plfkit.synthetic import municipality

NAMED = {"part_name", "from_name", "to_name", "figure_name"}
NAMES = [spec.name for spec in list_column_specs(NamedFigure)]


def shape(frame: Any, backend: Backend) -> dict[str, str]:
    """The type of each column of a frame, by name."""
    if backend == "pandas":
        return {name: str(kind) for name, kind in frame.dtypes.items()}
    if backend == "pyarrow":
        return {one.name: str(one.type) for one in frame.schema}
    return {name: str(kind) for name, kind in frame.schema.items()}


def cells(frame: Any, backend: Backend) -> list[dict[str, Any]]:
    """The rows of a frame, with None where a cell is missing."""
    if backend == "pandas":
        columns = {name: (frame[name].isna(), frame[name]) for name in frame.columns}
        return [
            {name: None if gone[at] else column[at] for name, (gone, column) in columns.items()}
            for at in range(len(frame))
        ]
    return list(frame.to_pylist() if backend == "pyarrow" else frame.to_dicts())


def result(**columns: Any) -> Result:
    """A result with some figures."""
    length = len(next(iter(columns.values()), []))
    table = build_figures(length, **columns)
    return Result(
        figures=table, measure="m", figure_class="answers", at="2018/19", n=None, observed=None
    )


@pytest.fixture(scope="module")
def results() -> list[Result]:
    """What each measure of the catalogue gives on an example."""
    org = municipality(load_profile("generic"), schools=2)
    now, before = (snapshot(org, at) for at in ("2018/19", "2017/18"))
    return [
        found(
            (before, now) if found.about.over_years else now,
            {**found.about.example, **({"draws": 20} if "draws" in found.parameters else {})},
        )
        for found in CORE
    ]


@pytest.mark.parametrize("backend", BACKENDS)
def test_every_measure_has_a_frame(results: list[Result], backend: Backend) -> None:
    """Of one shape, and with the cells of the result: an organisational figure tells of no people."""
    expected = shape(result().to_frame(backend), backend)
    assert any(figure.n is None for one in results for figure in one)
    for one in results:
        frame = one.to_frame(backend)
        assert shape(frame, backend) == expected, one.measure
        for row, known in zip(cells(frame, backend), one.rows(), strict=True):
            assert {name: row[name] for name in known} == known, one.measure
            assert {row[name] for name in set(NAMES) - set(known) - NAMED} <= {None}, one.measure


@pytest.mark.parametrize("backend", BACKENDS)
def test_missing_cells_change_no_type(backend: Backend) -> None:
    """Everybody missing, some missing, nobody missing, no row at all: one shape, whole people."""
    some = result(part=["a", None], value=[0.5, None], n=[3, None], reason=[None, "withheld"])
    full = result(part=["a"], value=[0.5], n=[3], reason=["band"])
    bare = result(part=[None], value=[None], n=[None], reason=["withheld"])
    shapes = [shape(one.to_frame(backend), backend) for one in (some, full, bare, result())]
    assert shapes[0] == shapes[1] == shapes[2] == shapes[3]
    assert list(shapes[0]) == NAMES
    assert shapes[0]["n"].lower() == "int64"
    assert [row["n"] for row in cells(some.to_frame(backend), backend)] == [3, None]


@pytest.mark.parametrize(
    ("backend", "missing", "command"),
    [
        ("pandas", "pandas", 'pip install "plfkit[frames]"'),
        ("polars", "narwhals", 'pip install "plfkit[frames]" polars'),
        ("polars", "polars", 'pip install "plfkit[frames]" polars'),
        ("pyarrow", "pyarrow", 'pip install "plfkit[frames]"'),
    ],
)
def test_the_remedy_brings_what_is_missing(
    monkeypatch: pytest.MonkeyPatch, backend: Backend, missing: str, command: str
) -> None:
    """The extra holds narwhals, pandas and pyarrow; polars is named beside it."""
    monkeypatch.setitem(sys.modules, missing, None)
    with pytest.raises(MissingExtraError) as caught:
        result().to_frame(backend)
    assert str(caught.value).endswith(f"needs more libraries: {command}")


def test_there_are_no_other_frames() -> None:
    """A slip is told with what was meant, and what is no library at all with those there are."""
    with pytest.raises(MeasureError, match='did you mean "polars"'):
        result().to_frame("polar")  # type: ignore[arg-type]
    with pytest.raises(MeasureError, match="there are pandas, polars, pyarrow"):
        result().to_frame("x")  # type: ignore[arg-type]


def test_frames_stack(results: list[Result]) -> None:
    """As somebody does who follows a figure over the years."""
    import polars as pl

    two = [evolve(one, at="x").to_frame("polars") for one in results[:2]]
    assert len(pl.concat(two)) == sum(map(len, two))
