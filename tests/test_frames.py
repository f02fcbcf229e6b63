"""All that has figures or rows has frames: typed columns, whatever it holds, and either language."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from typing import Any

import pytest

import plfkit
from plfkit.disclosure import release_comparison
from plfkit.goals.tabling import TabledFigure, TabledResultFigure
from plfkit.model.records.frames import BACKENDS, Backend
from plfkit.model.records.rows import NATIVE_ROWS
from plfkit.model.records.schema import list_column_specs
from plfkit.model.records.tables import Table
from plfkit.model.results.figures import NamedFigure

Values = Mapping[str, Any]


@pytest.fixture(scope="module")
def values() -> Values:
    """Data of two made-up municipalities, and what an analyst makes of them."""
    profiles = {name: plfkit.load_profile(name) for name in ("vejle", "langeland")}
    towns = {n: plfkit.synthetic.municipality(p, schools=3) for n, p in profiles.items()}
    cards = {name: plfkit.assess(town, profiles[name]) for name, town in towns.items()}
    org, card = towns["langeland"], cards["vejle"]
    now = plfkit.snapshot(org, "2018/19")
    return {
        "org": org,
        "now": now,
        "card": card,
        "released": plfkit.release(card, card.privacy),
        "compared": release_comparison(cards),
        "density": plfkit.measures.density(now, relation="advice", by="school"),
    }


FIGURES: dict[str, Callable[[Values], Any]] = {
    "measure": lambda v: v["density"],
    "between levels": lambda v: plfkit.measures.block_density(
        v["now"], relation="advice", groups="level"
    ),
    "qap": lambda v: plfkit.inference.qap(v["now"], relation="advice", against="level", draws=9),
    "mrqap": lambda v: plfkit.inference.mrqap(
        v["now"], relation="advice", on=["level", "school"], draws=9
    ),
    "change": lambda v: plfkit.inference.change(
        v["org"], "density", relation="advice", from_="2017/18", to="2018/19", draws=9
    ),
    "flip_count": lambda v: plfkit.inference.flip_count(
        v["now"], "reciprocity", relation="advice", target=0.3
    ),
    "adjusted": lambda v: plfkit.inference.adjusted(
        plfkit.measures.reciprocity(v["now"], relation="advice", by="school", null="size", draws=9)
    ),
    "released result": lambda v: plfkit.release(v["density"], v["card"].privacy).content,
}
TOLD: dict[str, Callable[[Values], Any]] = {
    "scorecard": lambda v: v["card"],
    "trend": lambda v: v["card"]["V1b"],
    "comparison": lambda v: v["compared"].content,
    "released scorecard": lambda v: v["released"],
    "released comparison": lambda v: v["compared"],
    "released trend": lambda v: plfkit.release(v["card"]["V1b"], v["card"].privacy),
    "publication of two": lambda v: plfkit.release(
        v["density"], v["card"], floor=v["card"].privacy
    ),
}
KINDS: list[tuple[Callable[[Values], Any], type]] = [
    *((make, NamedFigure) for make in FIGURES.values()),
    *(
        (make, TabledResultFigure if "publication" in name else TabledFigure)
        for name, make in TOLD.items()
    ),
]


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize(("make", "row"), KINDS, ids=[*FIGURES, *TOLD])
def test_frames_of_figures(
    make: Callable[[Values], Any], row: type, backend: Backend, values: Values
) -> None:
    """The columns are those without any row, in name, order and type."""
    frame = make(values).to_frame(backend, language="en")
    bare = Table.empty(row).to_frame(backend)
    assert list_types(frame) == list_types(bare)
    assert [*list_types(frame)] == [spec.name for spec in list_column_specs(row)]
    assert len(frame) > 0


@pytest.mark.parametrize(
    "make", [*TOLD.values(), FIGURES["between levels"]], ids=[*TOLD, "measure"]
)
def test_labels_are_in_the_language_asked_for(
    make: Callable[[Values], Any], values: Values
) -> None:
    """A frame in English and one in Danish differ in labels and names alone."""
    da, en = (make(values).to_frame("pyarrow", language=one).to_pylist() for one in ("da", "en"))
    worded = {"label", *(f"{key}_name" for key in ("part", "from", "to", "figure"))}
    assert [drop(row, worded) for row in da] == [drop(row, worded) for row in en]
    assert da != en


def drop(row: Mapping[str, Any], names: set[str]) -> dict[str, Any]:
    """A row without some of its cells."""
    return {name: cell for name, cell in row.items() if name not in names}


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("what", ["org", "now"])
def test_frames_of_all_tables(what: str, backend: Backend, values: Values) -> None:
    """An organisation has a frame for each table, those without rows too, and so has a moment."""
    frames = values[what].to_frames(backend)
    assert [*frames] == [*NATIVE_ROWS]
    for name, frame in frames.items():
        assert list_types(frame) == list_types(Table.empty(NATIVE_ROWS[name]).to_frame(backend))
        assert len(frame) == len(values[what].tables[name])


@pytest.mark.parametrize("backend", BACKENDS)
def test_frames_of_an_organisation_come_back(backend: Backend, values: Values) -> None:
    """The organisation that is read from its own frames is the same."""
    org = values["org"]
    profile = plfkit.load_profile("langeland")
    again = plfkit.from_tables(
        org.to_frames(backend), profile=profile, title=org.title, synthetic=org.synthetic
    )
    assert again == org


def test_nothing_with_a_frame_is_left_out() -> None:
    """Each public class whose values have frames is among those looked at here."""
    public = [
        *(getattr(plfkit, name) for name in plfkit.__all__),
        *(getattr(plfkit.goals, name) for name in plfkit.goals.__all__),
    ]
    framed = {
        one.__name__
        for one in public
        if inspect.isclass(one) and (hasattr(one, "to_frame") or hasattr(one, "to_frames"))
    }
    assert framed == {
        *("Organisation", "Snapshot", "Result", "Scorecard", "IndicatorOutcome"),
        *("Comparison", "Released", "Table"),
    }


def list_types(frame: Any) -> dict[str, str]:
    """The type of each column of a frame, by its name."""
    if hasattr(frame, "schema") and not hasattr(frame, "dtypes"):
        return {field.name: str(field.type) for field in frame.schema}
    return dict(zip(map(str, frame.columns), map(str, frame.dtypes), strict=True))
