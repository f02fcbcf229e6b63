"""What can be asked of every measure, and what holds where nothing is."""

from __future__ import annotations

import pytest

from plfkit.errors import MeasureError
from plfkit.measures import density, transitivity
from plfkit.measures.engine.options import (
    CheckedOptions,
    TieOptions,
    build_drawing,
    check_options,
    resolve_options,
)
from plfkit.measures.ties.mixing import ei_index
from plfkit.resampling import Drawing


def test_what_holds_where_nothing_is_asked() -> None:
    """Values of those who answered, no interval, no null, and a thousand draws from seed 0."""
    assert resolve_options(density, {}) == CheckedOptions()
    assert build_drawing({}) == Drawing(draws=1000, seed=0, executor=None)


def test_what_is_asked_holds() -> None:
    """Each keyword ends up where the measure looks for it."""
    asked: TieOptions = {
        "missing": "null",
        "null": "labels",
        "within": "school",
        "minimum_strength": 3.0,
        "draws": 7,
        "seed": 5,
    }
    assert resolve_options(ei_index, asked, TieOptions) == CheckedOptions(
        missing="null",
        null="labels",
        within="school",
        minimum_strength=3.0,
        drawing=Drawing(draws=7, seed=5),
    )
    assert resolve_options(density, {"interval": True}).interval


@pytest.mark.parametrize(
    ("measure", "asked", "message"),
    [
        (density, {"missing": "nul"}, 'did you mean "null"'),
        (density, {"missing": "whatever"}, "available.*reconstruct.*null"),
        (
            density,
            {"minimum_strength": 3},
            "takes no argument 'minimum_strength'.*it takes draws",
        ),
        (density, {"drwas": 3}, 'did you mean "draws"'),
        (density, {"null": "labels"}, "density has no null 'labels'"),
        (ei_index, {"null": "sizes"}, "ei_index has no null 'sizes': use 'labels'"),
        (ei_index, {"null": None, "within": "school"}, "labels"),
        (transitivity, {"interval": "bootstrap"}, "interval"),
    ],
)
def test_what_is_refused(measure: object, asked: dict[str, object], message: str) -> None:
    """What there is not, or what the measure has not, with what would do instead."""
    with pytest.raises(MeasureError, match=message):
        resolve_options(measure, asked)  # type: ignore[arg-type]
    check_options("density", {"missing": "null"}, TieOptions)
