"""Whatever an organisation looks like, every measure gives sound figures or refuses with a reason."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from searching import search

from plfkit import Result, Snapshot, release
from plfkit.errors import MeasureError
from plfkit.measures import CORE
from plfkit.model.declared.declarations import PrivacyFloor
from plfkit.model.results.figures import FIGURE_KEYS
from plfkit.testing import snapshots

RELATIONS = ("advice", "collaboration", "reports_to")
GROUPS = (None, "school", "level", "team", "role")
CHOICES: dict[str, tuple[Any, ...]] = {
    "relation": RELATIONS,
    "by": GROUPS,
    "groups": GROUPS[1:],
    "target": ("teacher", "resource_person", "team"),
    "scope": ("network", "person"),
    "missing": ("available", "null"),
    "items": (("collaboration",), ("collaboration", "tillid æøå")),
    "framework": ("five_characteristics", "hord"),
    "respondents": ("people", "communities"),
    "source": ("answers", "ties", "events"),
}


OWN_CHOICES = {
    ("level_anchoring", "by"),
    ("characteristics_profile", "by"),
    ("meeting_mix", "groups"),
}
"""Arguments of these names that mean something else than elsewhere."""


def sound(result: Result) -> None:
    """Assert that each key stands once, and that each figure is finite or says why there is none."""
    rows = result.rows()
    keys = [tuple(row.get(key) for key in FIGURE_KEYS) for row in rows]
    assert len(set(keys)) == len(keys)
    for row in rows:
        assert (row["value"] is None) == (row["reason"] is not None), row
        numbers = [cell for cell in row.values() if isinstance(cell, float)]
        assert all(math.isfinite(number) for number in numbers), row
        if None not in {row["value"], row["lower"], row["upper"]}:
            assert row["lower"] - 1e-9 <= row["value"] <= row["upper"] + 1e-9, row


NAMES = [found.name for found in CORE]
TOGETHER = 10
"""How many measures look at the same moment: to draw one takes longer than to measure it."""


@search(30)
@given(snapshots(), st.data())
@pytest.mark.parametrize(
    "names",
    [NAMES[start : start + TOGETHER] for start in range(0, len(NAMES), TOGETHER)],
    ids=lambda names: f"{names[0]}-to-{names[-1]}",
)
def test_figures_are_sound(names: list[str], now: Snapshot, data: st.DataObject) -> None:
    """With any arguments and null a measure gives sound figures, before the gate and behind it."""
    for name in names:
        arguments = drawn_arguments(data, name)
        moments = (now, now) if CORE[name].about.over_years else now
        try:
            result = CORE[name](moments, {"draws": 3, **arguments})
        except MeasureError:
            continue
        sound(result)
        sound(release(result, PrivacyFloor()).content)
        assert result.sentence("en").endswith(".")


def drawn_arguments(data: st.DataObject, name: str) -> dict[str, Any]:
    """Draw what a measure is asked with."""
    found = CORE[name]
    drawn = {
        parameter: data.draw(st.sampled_from(CHOICES[parameter]), f"{name}({parameter}=)")
        for parameter in found.parameters
        if parameter in CHOICES and (name, parameter) not in OWN_CHOICES
    }
    arguments: dict[str, Any] = {**found.about.example, **drawn}
    if found.about.nulls:
        nulls = (None, *found.about.nulls)
        arguments["null"] = data.draw(st.sampled_from(nulls), f"{name}(null=)")
    return arguments
