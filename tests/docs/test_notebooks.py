"""The notebooks of the documentation run from top to bottom, and show what they speak of."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

import plfkit

FOLDER = Path(__file__).parents[2] / "docs/tutorial"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
MOST_SECONDS = 60
READ: Any = nbformat.read  # it has no types


def test_they_are_found() -> None:
    """There is one for the first week, and one for two years."""
    assert [path.name for path in NOTEBOOKS] == ["first-week.ipynb", "two-years.ipynb"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_nothing_is_stored(path: Path) -> None:
    """Outputs and counts of runs stay out of the file: they are made when the page is."""
    cells = READ(path, as_version=4).cells
    assert all(not cell.outputs and cell.execution_count is None for cell in list_code(cells))


@pytest.fixture(scope="module", params=NOTEBOOKS, ids=lambda path: path.stem)
def run(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A notebook after it was run in an empty folder."""
    notebook: Any = READ(request.param, as_version=4)
    folder = tmp_path_factory.mktemp("analyst")
    began = time.monotonic()
    client = NotebookClient(
        notebook, timeout=MOST_SECONDS, resources={"metadata": {"path": str(folder)}}
    )
    client.execute()
    notebook.metadata["seconds"] = time.monotonic() - began
    notebook.metadata["left"] = [path.name for path in folder.iterdir()]
    return notebook


def test_it_runs(run: Any) -> None:
    """In less than a minute, without a word on stderr, and it leaves nothing in the reader's folder."""
    outputs = [output for cell in list_code(run.cells) for output in cell.outputs]
    assert run.metadata["seconds"] < MOST_SECONDS
    assert [one.text for one in outputs if one.get("name") == "stderr"] == []
    assert run.metadata["left"] == []


def test_it_shows_pictures(run: Any) -> None:
    """At least one of plfkit's own, which says that it is an example, and one of another library."""
    shown = [
        output.data for cell in list_code(run.cells) for output in cell.outputs if "data" in output
    ]
    own = [data["text/html"] for data in shown if "<figure" in data.get("text/html", "")]
    assert own
    assert all("EXAMPLE" in picture for picture in own)
    assert any("image/png" in data for data in shown)


def test_every_cell_shows_something(run: Any) -> None:
    """A cell that shows nothing would leave its reader guessing."""
    silent = [cell.source for cell in list_code(run.cells) if not cell.outputs]
    assert silent == []


def test_what_they_say_holds() -> None:
    """What stands in words below the outputs, and would be wrong with another example."""
    langeland = plfkit.load_profile("langeland")
    org = plfkit.synthetic.municipality(langeland)
    moments = [plfkit.snapshot(org, year) for year in ("2017/18", "2018/19")]
    for now in moments:
        mutual: Any = plfkit.measures.reciprocity(
            now, relation="advice", interval=True, null="size", draws=200
        ).main
        assert mutual.interval_lower > 2 * mutual.expected
        assert mutual.p_value < 0.02
        assert 9 < mutual.value / mutual.expected < 12
        assert mutual.expected < mutual.lower < 1.5 * mutual.expected
        level: Any = plfkit.inference.qap(
            now, relation="advice", against="level", within="school", draws=500, seed=1
        ).main
        assert level.p_value < 0.01
        assert 0 < level.expected < level.value < 0.1
    answered = [
        plfkit.measures.response_rate(now, relation="advice", by=by)
        for by in (None, "school")
        for now in moments
    ]
    whole, by_school = answered[:2], answered[2:]
    schools: Any = zip(*by_school, strict=True)
    assert abs(whole[1].item() - whole[0].item()) < 0.03
    rose = [after.value > before.value for before, after in schools]
    assert sorted(rose) == [False, False, True]
    flips = plfkit.inference.flip_count(
        moments[1], "reciprocity", relation="advice", target=0.4
    ).main
    assert flips is not None
    responses = sum(
        not row.answered
        for row in moments[1].responses
        if row.survey in {s.id for s in moments[1].surveys if s.relation == "advice"}
    )
    assert (flips.value, flips.denominator) == (1, responses)
    change = plfkit.inference.change(
        org, "reciprocity", relation="advice", from_="2017/18", to="2018/19"
    ).main
    assert change is not None
    assert change.p_value is not None
    assert change.p_value > 0.5
    assert change.lower is not None
    assert change.upper is not None
    assert change.lower < 0 < change.upper
    released = plfkit.release(plfkit.assess(org, langeland, at="2018/19"), langeland.privacy)
    values = [
        point.result.main.value  # type: ignore[union-attr]
        for point in released.content["support_trained_direct"].trend
    ]
    assert values == sorted(values, reverse=True)  # type: ignore[type-var]
    picture = plfkit.plot(released, "trend", indicator="support_trained_direct", language="en")
    assert "not to be told apart" in picture.finding


def list_code(cells: Any) -> list[Any]:
    """The cells that hold code."""
    return [cell for cell in cells if cell.cell_type == "code"]
