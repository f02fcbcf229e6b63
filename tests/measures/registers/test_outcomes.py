"""Gaps between groups of pupils: both levels, years pooled, and how far chance moves them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plfkit import Organisation, Unit, assess, load_profile, measures, snapshot
from plfkit.disclosure.gate import release
from plfkit.errors import MeasureError
from plfkit.measures.registers.outcomes import find_newcombe_interval
from plfkit.model.declared.declarations import PrivacyFloor
from plfkit.model.records.rows import Outcome
from plfkit.model.results.result import Result
from plfkit.periods import Period

GAP: dict[str, Any] = {"measure": "good_readers", "subgroups": ("high", "low")}
YEARS = ("2016/17", "2017/18", "2018/19")


def supplied(*rows: tuple[str, str, str, float, int]) -> Organisation:
    """Return schools with what they supplied: school, year, group, share, pupils."""
    return Organisation.of(
        units=[Unit(name, "school") for name in sorted({row[0] for row in rows})],
        outcomes=[
            Outcome(
                school, "good_readers", subgroup=group, value=share, n=n, valid=Period.parse(year)
            )
            for school, year, group, share, n in rows
        ],
    )


def three_years(school: str = "nord") -> list[tuple[str, str, str, float, int]]:
    """Ten pupils of either group a year; of high background 9, 8 and 7 read well, of low 5, 5, 6."""
    shares = {"high": (0.9, 0.8, 0.7), "low": (0.5, 0.5, 0.6)}
    return [
        (school, year, group, share, 10)
        for group, each in shares.items()
        for year, share in zip(YEARS, each, strict=True)
    ]


def told(result: Result) -> dict[str | None, Any]:
    """Return values and pupils by figure."""
    return {row.figure: (row.value, row.n) for row in result}


@pytest.mark.parametrize(
    ("first", "second", "ends"),
    [
        ((56, 70), (48, 80), (0.0524, 0.3339)),
        ((9, 10), (3, 10), (0.1705, 0.8090)),
        ((6, 7), (2, 7), (0.0582, 0.8062)),
        ((5, 56), (0, 29), (-0.0381, 0.1926)),
        ((0, 10), (0, 20), (-0.1611, 0.2775)),
        ((10, 10), (0, 10), (0.6075, 1.0)),
    ],
)
def test_the_interval_is_newcombes(
    first: tuple[int, int], second: tuple[int, int], ends: tuple[float, float]
) -> None:
    """Table II of Newcombe (1998), method 10."""
    (hits, n), (others, m) = first, second
    found = find_newcombe_interval(hits / n, n, others / m, m)
    assert found == pytest.approx(ends, abs=5e-5)


@given(st.integers(1, 60), st.integers(1, 60), st.floats(0, 1), st.floats(0, 1))
def test_the_interval_holds_the_gap_and_turns_with_it(n: int, m: int, p: float, q: float) -> None:
    """It lies within −1 and 1, holds the gap, and of the groups exchanged it is the mirror image."""
    low, high = find_newcombe_interval(p, n, q, m)
    slack = 1e-9
    assert -1 - slack <= low <= p - q + slack
    assert p - q - slack <= high <= 1 + slack
    assert find_newcombe_interval(q, m, p, n) == pytest.approx((-high, -low))


def test_interval_of_a_gap() -> None:
    """9 of 10 against 3 of 10, as in the same table: the interval goes by the pupils of each group."""
    rows = [("nord", "2018/19", "high", 0.9, 10), ("nord", "2018/19", "low", 0.3, 10)]
    result = measures.outcome_gap(snapshot(supplied(*rows), "2018/19"), **GAP)
    gap = next(row for row in result if row.figure == "total")
    assert (gap.interval_lower, gap.interval_upper) == pytest.approx((0.1705, 0.8090), abs=5e-5)


def test_both_levels_stand_beside_the_gap() -> None:
    """A gap can close from above: 70 and 60 per cent, ten points apart."""
    result = measures.outcome_gap(snapshot(supplied(*three_years()), "2018/19"), **GAP)
    figures = told(result)
    assert figures["high"] == (0.7, 10)
    assert figures["low"] == (0.6, 10)
    assert figures["total"] == (pytest.approx(0.1), 20)
    assert "niveauerne er 70,0 % – 60,0 %" in result.sentence()
    assert "årgange af samme slags" in result.sentence()
    assert "cohorts of the same sort" in result.sentence("en")


@pytest.mark.parametrize(
    ("years", "high", "low", "n"),
    [(1, 7 / 10, 6 / 10, 20), (2, 15 / 20, 11 / 20, 40), (3, 24 / 30, 16 / 30, 60)],
)
def test_years_are_pooled_by_pupils(years: int, high: float, low: float, n: int) -> None:
    """Each year counts by its pupils, and the range stays a point where every school supplied all."""
    now = snapshot(supplied(*three_years()), "2018/19")
    result = measures.outcome_gap(now, **GAP, years=years)
    gap = next(row for row in result if row.figure == "total")
    assert gap.value == pytest.approx(high - low)
    assert gap.n == n
    assert gap.lower == gap.upper == gap.value
    assert result.evidence.get("years_pooled", 1) == years


def test_several_years_count_once() -> None:
    """A row over two school years is no two rows."""
    rows = [("nord", "2017-08-01/2019-08-01", group, 0.5, 40) for group in ("high", "low")]
    result = measures.outcome_gap(snapshot(supplied(*rows), "2018/19"), **GAP, years=3)
    assert told(result)["total"] == (0, 80)


def test_school_lacking_a_year() -> None:
    """Syd supplied the last year only: what the pool would be is not known."""
    rows = [*three_years(), *(("syd", "2018/19", group, 0.5, 10) for group in ("high", "low"))]
    result = measures.outcome_gap(snapshot(supplied(*rows), "2018/19"), **GAP, years=3)
    gap = next(row for row in result if row.figure == "total")
    assert (gap.lower, gap.observed, result.range_kind) == (None, 4 / 6, "unknown")


@pytest.mark.parametrize("years", [0, 4])
def test_no_more_than_three_years_are_pooled(years: int) -> None:
    """Beyond three years the pupils of today have no part in most of the figure."""
    with pytest.raises(MeasureError, match="years is 1 to 3"):
        measures.outcome_gap(snapshot(supplied(*three_years()), "2018/19"), **GAP, years=years)


def test_pools_sharing_years() -> None:
    """Langeland's gap pools three years: each year is marked as a break, and there is no change."""
    rows = [
        Outcome(
            "nord",
            "progression_share",
            subgroup=group,
            value=share,
            n=100,
            valid=Period.parse(year),
        )
        for year in YEARS
        for group, share in (("high", 0.8), ("low", 0.6))
    ]
    org = Organisation.of(units=[Unit("nord", "school")], outcomes=rows)
    card = assess(org, load_profile("langeland"), at="2018/19")
    gap = next(o for o in card.indicators if o.id == "L0b_progression")
    assert gap.change is None
    assert [point.breaks for point in gap.trend[1:]] == [("years_shared",)] * (len(gap.trend) - 1)
    assert len(gap.trend) > 1


def test_levels_are_hidden_together() -> None:
    """All pupils of high background but two read well: neither level leaves, or one would tell the other."""
    rows = [("nord", "2018/19", "high", 38 / 40, 40), ("nord", "2018/19", "low", 20 / 40, 40)]
    result = measures.outcome_gap(snapshot(supplied(*rows), "2018/19"), **GAP)
    shown = release(result, PrivacyFloor(k=5, statistics=15)).content
    found = {row.figure: (row.value, row.reason) for row in shown}
    assert found["high"] == found["low"] == (None, "withheld")
    assert found["total"][0] == pytest.approx(0.45)
