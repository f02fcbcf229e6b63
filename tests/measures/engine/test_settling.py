"""Settling: ranges of many figures stop where they hardly grow, and say how many draws they rest on."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from silence import answered_by

from plfkit import measures
from plfkit.measures.engine.settling import FEWEST_FIGURES, FigureSpan, Settling
from plfkit.model.results.result import Result
from plfkit.resampling.drawing import CHUNK

NOUGHTS = np.zeros((2, FEWEST_FIGURES))


def take_in_chunks(total: int, growth: float, figures: int = FEWEST_FIGURES) -> int:
    """Return how many draws ranges took that grow by a share with each chunk."""
    settling = Settling(FigureSpan.of(NOUGHTS[:, :figures]), total)
    for number in range(total // CHUNK):
        if settling.take_in(np.full((CHUNK, figures), (1 + growth) ** number)):
            break
    return settling.span.draws


@pytest.mark.parametrize(
    ("total", "growth", "draws"),
    [(1000, 0.02, 100), (1000, 0.04, 1000), (5000, 0.02, 5000), (5000, 0.005, 500), (100, 0, 100)],
)
def test_growth(total: int, growth: float, draws: int) -> None:
    """A twentieth of the draws that widens ranges by less than 3 % is the last; the more, the later."""
    assert take_in_chunks(total, growth) == draws


def test_few_figures() -> None:
    """Over few figures an average says little, and all draws are made."""
    assert take_in_chunks(1000, 0.0, FEWEST_FIGURES - 1) == 1000


def test_undefined_figures() -> None:
    """A figure that is undefined in every completion has no range, and holds up nobody."""
    figures = np.tile(np.append(np.ones(FEWEST_FIGURES), np.nan), (CHUNK, 1))
    settling = Settling(FigureSpan.of(figures[:2] * 0), 1000)
    assert [settling.take_in(figures) for _ in range(2)] == [False, True]
    assert np.isnan(settling.span.lower[-1])


def constrained(**options: object) -> Result:
    """Constraint at one of eight schools where half of the staff answered."""
    now = answered_by(0.46, 1)
    schools = {id_: id_[:2] for id_ in now.person_ids if id_.startswith("p0")}
    return measures.constraint(now, relation="advice", by=schools, **options)  # type: ignore[arg-type]


def test_it_is_told() -> None:
    """A result says how many completions its ranges rest on, and a note how many were spared."""
    result = constrained()
    assert result.draws is not None
    assert 100 <= result.draws < 1000
    assert result.notes["range_settled"] == 1000 - result.draws
    assert "draws_missing" not in result.notes


def test_who_draws_does_not_matter() -> None:
    """With an executor ranges settle after the same draws, and are the same."""
    with ThreadPoolExecutor(2) as pool:
        there = constrained(executor=pool)
    assert there.rows() == constrained().rows()
    assert there.draws == constrained().draws
