"""Cases: the share among those of whom it is known, its range, and what happens where they disagree."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plfkit.graph.cases import Cases

YES, NO, OPEN = "yes", "no", "open"


def cases(*told: tuple[str, bool]) -> Cases:
    """Return cases of which each shows it, does not, or may; and whether its log is complete."""
    words = [word for word, _ in told]
    return Cases(
        yes=np.array([word == YES for word in words], np.bool_),
        maybe=np.array([word != NO for word in words], np.bool_),
        counted=np.array([counted for _, counted in told], np.bool_),
    )


def test_a_log_with_gaps_widens_the_range_only() -> None:
    """One of two with complete logs shows it; two others may: 1/2, from 1/4 to 3/4."""
    figure = cases((YES, True), (NO, True), (OPEN, False), (OPEN, False)).compute_share()
    assert (figure.value, figure.numerator, figure.denominator) == (1 / 2, 1, 2)
    assert (figure.lower, figure.upper, figure.observed) == (1 / 4, 3 / 4, 1 / 2)


def test_a_value_that_the_range_rules_out_is_none() -> None:
    """None of two shows it, but seven of eight others surely do: no end of the range is a value."""
    figure = cases(*[(NO, True)] * 2, *[(YES, False)] * 7, (OPEN, False)).compute_share()
    assert (figure.value, figure.reason) == (None, "some_not_registered")
    assert (figure.numerator, figure.denominator) == (None, None)
    assert (figure.lower, figure.upper) == (7 / 10, 8 / 10)


def test_what_is_known_of_everybody_has_its_counts() -> None:
    """All eight whose log has gaps surely show it: nothing is open, so 8 of 10 is the figure."""
    figure = cases(*[(NO, True)] * 2, *[(YES, False)] * 8).compute_share()
    assert (figure.value, figure.numerator, figure.denominator) == (8 / 10, 8, 10)
    assert figure.lower == figure.upper == figure.value


def test_cases_that_nobody_registered_leave_no_range() -> None:
    """Of meetings it is known what they were, but not how many more there are: 0 of 2, without range."""
    figure = cases(*[(NO, True)] * 2, *[(YES, False)] * 8).compute_share(complete=False)
    assert (figure.value, figure.numerator, figure.denominator) == (0, 0, 2)
    assert (figure.lower, figure.upper, figure.observed) == (None, None, None)


def test_sizes_weigh_value_and_range() -> None:
    """Three hours of four that show it, and one that may: 3/4, from 3/5 to 4/5."""
    sizes = np.array([3.0, 1.0, 1.0])
    figure = cases((YES, True), (NO, True), (OPEN, False)).compute_share(sizes=sizes)
    assert (figure.value, figure.lower, figure.upper) == (3 / 4, 3 / 5, 4 / 5)
    assert (figure.numerator, figure.denominator) == (3, 4)


TOLD = st.lists(st.tuples(st.sampled_from([YES, NO, OPEN]), st.booleans()), min_size=1, max_size=8)


@given(TOLD, st.booleans())
def test_a_value_lies_within_its_range_and_has_counts(
    told: list[tuple[str, bool]],
    whole: bool,  # noqa: FBT001
) -> None:
    """Whatever is known: a value is what its counts say, and inside its range; or there is a reason."""
    told = [(word, counted and word != OPEN) for word, counted in told]
    figure = cases(*told).compute_share(complete=whole)
    assert (figure.value is None) == (figure.reason is not None)
    if figure.value is not None:
        assert figure.denominator
        assert figure.value == pytest.approx((figure.numerator or 0) / figure.denominator)
    if whole:
        assert figure.lower is not None
        assert figure.upper is not None
        assert figure.value is None or figure.lower <= figure.value <= figure.upper
        if figure.lower == figure.upper:
            assert figure.value == figure.lower
    else:
        counted = [word for word, complete in told if complete]
        assert figure.denominator in {None, len(counted)}
