"""Calls written out: whoever asks the same is seen to ask the same."""

from __future__ import annotations

from typing import Any

import pytest

from plfkit.measures import CORE
from plfkit.measures.engine.calls import fill_in_arguments


@pytest.mark.parametrize(
    ("measure", "bare", "spelt"),
    [
        ("membership_coverage", {}, {"basis": "registered", "by": None}),
        ("focus_chain", {}, {"links": 2}),
        ("k_step_reach", {"relation": "advice"}, {"relation": "advice", "draws": 1000, "seed": 0}),
        ("density", {"relation": "advice"}, {"relation": "advice", "missing": "available"}),
        ("density", {"relation": "advice"}, {"relation": "advice", "interval": False}),
        ("shared_structure", {"kinds": ["team"]}, {"kinds": ("team",)}),
        ("shared_structure", {"kinds": ["team", "network"]}, {"kinds": "team,network"}),
        ("focus_chain", {"links": 1}, {"links": "1"}),
    ],
)
def test_the_same_call_is_the_same(
    measure: str, bare: dict[str, Any], spelt: dict[str, Any]
) -> None:
    """A default that is spelt out, a list or a tuple or words in one text, 1 or "1"."""
    assert fill_in_arguments(CORE[measure], bare) == fill_in_arguments(CORE[measure], spelt)


@pytest.mark.parametrize("measure", [found.name for found in CORE])
def test_every_argument_is_written_out(measure: str) -> None:
    """Nothing is left to be guessed, and the measure takes what was written out."""
    whole = fill_in_arguments(CORE[measure], CORE[measure].about.example)
    assert set(whole) == set(CORE[measure].parameters)
    given = {name: value for name, value in whole.items() if value is not None}
    assert fill_in_arguments(CORE[measure], given) == whole
