"""Contact between levels: what chance alone gives."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import hypergeom
from searching import search

from plfkit.measures.ties.vertical import compute_hit_chance


@search(100)
@given(st.data())
def test_hit_chance(data: st.DataObject) -> None:
    """The chance that ties placed at random hit a wanted pair is the hypergeometric one."""
    pairs = data.draw(st.integers(1, 2_000))
    wanted, ties = data.draw(st.integers(0, pairs)), data.draw(st.integers(0, pairs))
    expected = float(hypergeom.sf(0, pairs, wanted, ties))
    assert compute_hit_chance(pairs, wanted, ties) == pytest.approx(expected, rel=1e-9, abs=1e-12)
