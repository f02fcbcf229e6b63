"""Figures of scorecards, trends and comparisons as frames: one set of columns, whatever the data."""

from __future__ import annotations

from typing import Any

import pytest

import plfkit
from plfkit.disclosure import release_comparison
from plfkit.goals import Scorecard
from plfkit.goals.tabling import TabledFigure
from plfkit.model.records.frames import BACKENDS, Backend
from plfkit.model.records.schema import list_column_specs
from plfkit.model.records.tables import Table
from plfkit.report.listings import NamedCode
from plfkit.report.rows import list_released


@pytest.fixture(scope="module")
def cards() -> dict[str, Scorecard]:
    """Two made-up municipalities, with the goals of Vejle and of Langeland."""
    profiles = {name: plfkit.load_profile(name) for name in ("vejle", "langeland")}
    return {
        name: plfkit.assess(plfkit.synthetic.municipality(one, schools=3), one)
        for name, one in profiles.items()
    }


def list_types(frame: Any) -> dict[str, str]:
    """The type of each column of a frame, by its name."""
    if hasattr(frame, "schema") and not hasattr(frame, "dtypes"):
        return {field.name: str(field.type) for field in frame.schema}
    return dict(zip(map(str, frame.columns), map(str, frame.dtypes), strict=True))


@pytest.mark.parametrize("backend", BACKENDS)
def test_all_frames_have_the_same_columns(backend: Backend, cards: dict[str, Scorecard]) -> None:
    """Of a card, exact and released, of every trend, and of municipalities beside each other."""
    card = cards["vejle"]
    released = plfkit.release(card, card.privacy).content
    compared = release_comparison(cards).content
    things: list[Any] = [card, released, compared, *card.indicators[:5]]
    frames = [one.to_frame(backend) for one in things]
    bare = Table.empty(TabledFigure).to_frame(backend)
    assert [*list_types(bare)] == [spec.name for spec in list_column_specs(TabledFigure)]
    assert all(list_types(frame) == list_types(bare) for frame in frames)


def test_frames_hold_the_rows_of_the_tables(cards: dict[str, Scorecard]) -> None:
    """A released card has in its frame what it has in CSV and workbooks, names of schools too."""
    released = plfkit.release(cards["vejle"], cards["vejle"].privacy)
    figures, *_ = list_released(released)
    frame = released.content.to_frame("pyarrow", language="en").to_pylist()
    shared = [name for name in figures.columns if name not in {"example", "label", "missing"}]
    assert [[row[name] for name in shared] for row in frame] == [
        [
            _read_cell(cell)
            for name, cell in zip(figures.columns, row, strict=True)
            if name in shared
        ]
        for row in figures.rows
    ]
    named = {row["part"]: row["part_name"] for row in frame}
    schools = {school: name for school, name in named.items() if school and "skole" in school}
    assert all(schools.values())


def _read_cell(cell: Any) -> Any:
    """What CSV has in a cell: the code of a word that people are told in its place."""
    if isinstance(cell, NamedCode):
        return cell.code
    return cell["en"] if isinstance(cell, plfkit.Label) else cell


def test_frames_of_what_is_released_hold_what_may_be_told(cards: dict[str, Scorecard]) -> None:
    """What the gate has withheld has no value in a frame either."""
    card = cards["vejle"]
    exact = card.to_frame("pyarrow").to_pylist()
    told = plfkit.release(card, card.privacy).content.to_frame("pyarrow").to_pylist()
    values = [sum(row["value"] is not None for row in rows) for rows in (exact, told)]
    assert values[1] < values[0]
