"""Figures that a loop finds, or arrays where no loop is compiled: whichever does, they are the same."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from plfkit import Organisation, Person, Response, Snapshot, Survey, Tie, measures, snapshot
from plfkit.kernels import compiling
from plfkit.measures.ties import holes, reach, triangles

CALLS: dict[str, dict[str, Any]] = {
    "transitivity": {"variant": "weak"},
    "brokerage": {},
    "constraint": {},
    "k_step_reach": {"k": 3, "direction": "in"},
}


def draw_network(seed: int, *, ties: float) -> tuple[Snapshot, dict[str, str]]:
    """Draw 60 people in three groups, each of whom names a few of all or of twelve."""
    rng = np.random.default_rng(seed)
    people = [f"p{number:02}" for number in range(60)]
    near = np.arange(60) // 12
    chance = np.where(near[:, None] == near, 4, 1) * ties / 60
    told = np.argwhere((rng.random((60, 60)) < chance) & ~np.eye(60, dtype=np.bool_))
    organisation = Organisation.of(
        persons=[Person(name) for name in people],
        surveys=[Survey("q", "network", "advice")],
        responses=[Response("q", name, answered=True) for name in people],
        ties=[Tie(people[a], people[b], "advice", "q") for a, b in told.tolist()],
    )
    groups = rng.choice(["a", "b", "c"], 60).tolist()
    return snapshot(organisation), dict(zip(people, groups, strict=True))


@pytest.mark.parametrize("name", CALLS)
@pytest.mark.parametrize("ties", [0, 1, 1.5])
def test_loops_and_arrays(name: str, ties: float, monkeypatch: pytest.MonkeyPatch) -> None:
    """A compiled loop, arrays that take a few ties or sets at a time, and full matrices agree."""
    now, groups = draw_network(1, ties=ties)
    asked = {**CALLS[name], **({"groups": groups} if name == "brokerage" else {})}
    found = []
    for allowed, dense in ((0, 8), (10**12, 8), (10**12, 10**6)):
        monkeypatch.setattr(compiling._allowance, "left", allowed)  # noqa: SLF001 - how much may not be compiled
        monkeypatch.setattr(holes, "_PAIRS_TO_A_TIE", dense)
        monkeypatch.setattr(triangles, "_ARCS_AT_A_TIME", 50)
        monkeypatch.setattr(reach, "_CELLS_AT_A_TIME", 500)
        result = getattr(measures, name)(now, relation="advice", **asked)
        cells = result.figures.column("value")
        found.append(np.where(cells.missing, np.nan, cells.values))
    compiled, arrays, matrices = found
    np.testing.assert_allclose(compiled, arrays, rtol=1e-12, atol=1e-12)
    np.testing.assert_allclose(compiled, matrices, rtol=1e-12, atol=1e-12)
    assert ties == 0 or np.nanmax(arrays) > 0
