"""Parts of a figure that a target is for: one figure each, or none at all."""

from __future__ import annotations

import pytest

from plfkit import Result
from plfkit.goals.divisions import find_part_figures, settle_parts
from plfkit.model.declared.declarations import Indicator, Target
from plfkit.model.records.tables import Table
from plfkit.model.results.figures import Figure
from plfkit.model.words.figure_classes import FigureClass
from plfkit.model.words.kinds import Label
from plfkit.model.words.verdicts import Verdict

NORD, SYD = Figure(value=0.5, part="nord"), Figure(value=0.25, part="syd")
TOTAL, OTHER = (Figure(value=0.75, part="nord", figure=name) for name in ("total", "level"))


@pytest.mark.parametrize(
    ("figures", "found"),
    [
        ((NORD, SYD), {"nord": NORD, "syd": SYD}),
        ((Figure(value=0.4), NORD), {"nord": NORD}),
        ((OTHER, TOTAL, SYD), {"nord": TOTAL, "syd": SYD}),
        ((OTHER,), {"nord": OTHER}),
        ((NORD, NORD), {}),
        ((TOTAL, TOTAL), {}),
        ((NORD, Figure(value=1, part="syd", id="anna")), {}),
        ((NORD, Figure(value=1, part="syd", from_="a")), {}),
        ((NORD, Figure(value=1, part="syd", to="a")), {}),
        ((NORD, Figure(part="syd", reason="no_staff")), {"nord": NORD}),
        ((NORD, Figure(part="syd", reason="no_communities")), None),
    ],
)
def test_one_figure_each(figures: tuple[Figure, ...], found: dict[str, Figure] | None) -> None:
    """The only one or the total; parts without staff are none, and others without a figure are."""
    result = Result(
        figures=Table.of(Figure, figures),
        measure="x",
        figure_class="organisational",
        at="2018/19",
        n=None,
        observed=None,
    )
    expected = {figure.part: figure for figure in figures} if found is None else found
    assert find_part_figures(result) == expected


@pytest.mark.parametrize(
    ("direction", "expected"), [("up", "below_proposed"), ("down", "above_proposed")]
)
def test_all_parts_of_a_proposed_mark(direction: str, expected: str) -> None:
    """The worst of them stands for all: below where more is better, above where less is."""
    wanted = Indicator(
        Label("Dansk", "English"),
        "density",
        FigureClass.ANSWERS,
        direction=direction,
        target=Target(0.5, "proposed"),
    )
    verdicts = [Verdict.ABOVE_PROPOSED, Verdict.BELOW_PROPOSED]
    assert settle_parts(verdicts, wanted) == expected
