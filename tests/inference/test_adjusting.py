"""Several tests at once: Holm's and Benjamini and Hochberg's corrections."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plfkit.errors import MeasureError
from plfkit.inference import adjusted
from plfkit.model.results.figures import build_figures
from plfkit.model.results.result import Result

METHODS = ("holm", "benjamini_hochberg")
PS = st.lists(st.none() | st.floats(0, 1), min_size=1, max_size=12).filter(
    lambda ps: any(p is not None for p in ps)
)


def result_of(ps: Sequence[float | None], **more: int) -> Result:
    """A result with such p-values."""
    return Result(
        figures=build_figures(len(ps), value=[1.0] * len(ps), p_value=list(ps)),
        measure="density",
        figure_class="answers",
        at="2018/19",
        n=20,
        observed=1.0,
        notes=more,
    )


def corrected(ps: Sequence[float | None], method: str) -> list[float | None]:
    """The corrected p-values."""
    return [figure.p_adjusted for figure in adjusted(result_of(ps), method)]


def test_holm_by_hand() -> None:
    """The smallest of four times 4, the next times 3, then 2, then 1, and never falling."""
    assert corrected([0.01, 0.04, 0.03, 0.005], "holm") == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert corrected([0.4, 0.6, 0.9], "holm") == [1.0, 1.0, 1.0]


def test_benjamini_hochberg_by_hand() -> None:
    """The largest of four as it is, the next times 4/3, then 4/2, then 4/1, and never rising."""
    found = corrected([0.01, 0.04, 0.03, 0.005], "benjamini_hochberg")
    assert found == pytest.approx([0.02, 0.04, 0.04, 0.02])
    # 0.02 · 3/2 = 0.03, but 0.025 stands after it and is not corrected at all.
    assert corrected([0.001, 0.02, 0.025], "benjamini_hochberg") == pytest.approx(
        [0.003, 0.025, 0.025]
    )


def test_holm_is_the_default() -> None:
    """Without a method it is Holm's."""
    result = result_of([0.01, 0.04])
    assert adjusted(result) == adjusted(result, "holm")


@pytest.mark.parametrize("method", METHODS)
@given(ps=PS)
def test_what_every_correction_keeps(method: str, ps: list[float | None]) -> None:
    """No p gets smaller or more than 1, their order is kept, and all else stays as it was."""
    result = result_of(ps, left_out=2)
    after = adjusted(result, method)
    found = [figure.p_adjusted for figure in after]
    assert [figure.p_value for figure in after] == ps
    assert [p is None for p in found] == [p is None for p in ps]
    known = sorted(
        (p, q) for p, q in zip(ps, found, strict=True) if p is not None and q is not None
    )
    for p, q in known:
        assert p <= q * (1 + 1e-12)
        assert q <= 1
    together = [q for _, q in known]
    assert all(a <= b * (1 + 1e-12) for a, b in pairwise(together))
    assert after.notes == {"left_out": 2, "tested_together": len(known)}


@given(ps=PS)
def test_holm_is_the_stricter(ps: list[float | None]) -> None:
    """Holm's p is never less than Benjamini and Hochberg's."""
    for holm, other in zip(*(corrected(ps, method) for method in METHODS), strict=True):
        assert (holm is None) == (other is None)
        if holm is not None and other is not None:
            assert holm >= other * (1 - 1e-12)


@given(ps=PS, seed=st.randoms(use_true_random=False))
@pytest.mark.parametrize("method", METHODS)
def test_the_order_of_figures_does_not_matter(
    method: str, ps: list[float | None], seed: Random
) -> None:
    """Each figure gets the same p wherever it stands."""
    places = list(range(len(ps)))
    seed.shuffle(places)
    found, moved = corrected(ps, method), corrected([ps[place] for place in places], method)
    assert moved == [found[place] for place in places]


@pytest.mark.parametrize("method", METHODS)
@given(p=st.floats(0, 1))
def test_one_test_needs_no_correction(method: str, p: float) -> None:
    """A family of one keeps its p, and untested figures beside it do not count."""
    assert corrected([None, p, None], method) == [None, p, None]


def test_what_is_refused() -> None:
    """A method that there is not, figures without p, and adaptive tests that stopped early."""
    with pytest.raises(MeasureError, match="holm or benjamini_hochberg, not 'bonferroni'"):
        adjusted(result_of([0.1]), "bonferroni")
    with pytest.raises(MeasureError, match="density has no p-values"):
        adjusted(result_of([None, None]))
    with pytest.raises(MeasureError, match="no p-values"):
        adjusted(result_of([]))
    with pytest.raises(MeasureError, match="adaptive"):
        adjusted(result_of([0.1], stopped_early=12))
