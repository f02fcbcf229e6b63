"""Results of pupils: whether each of them rose, of the same schools, and of all their pupils."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from plfkit import Organisation, Registration, Unit, snapshot
from plfkit.goals.results import compare_pupil_outcomes
from plfkit.model.declared.facts import Rule
from plfkit.model.records.rows import Outcome, Person, Position
from plfkit.periods import Period

BEFORE, NOW = Period.parse("2017/18"), Period.parse("2018/19")
SPRING = Period(date(2019, 1, 1), date(2019, 8, 1))
AUTUMN = Period(date(2018, 8, 1), date(2019, 1, 1))


def read(unit: str, value: float, n: int = 10, **more: Any) -> Outcome:
    """Return how well the pupils of a school read this year, if no other year is named."""
    return Outcome(unit, **{"measure": "reading", "value": value, "n": n, "valid": NOW, **more})


def rose(*rows: Outcome, of: Sequence[str] = ("reading",), listed: bool = True) -> str:
    """Return whether results of two schools rose; the list of positions may be complete."""
    org = Organisation.of(
        units=[
            Unit("a", "school", parent="town"),
            Unit("b", "school", parent="town"),
            Unit("town", "municipality"),
        ],
        persons=[Person("anna")],
        positions=[Position("anna", "a", "teacher")],
        outcomes=rows,
        registrations=[Registration("town", kind=None, complete=True, of="positions")][
            : int(listed)
        ],
    )
    asked = Rule(counts="outcomes", more_than="year_before", outcomes=tuple(of))
    verdict, missing = compare_pupil_outcomes(asked, snapshot(org, BEFORE), snapshot(org, NOW))
    return " ".join([verdict, *map(str, missing)])


EARLIER = (read("a", 0.5, valid=BEFORE), read("b", 0.7, valid=BEFORE))
WRITING: dict[str, Any] = {"measure": "writing", "valid": BEFORE}


@pytest.mark.parametrize(
    ("rows", "verdict"),
    [
        ((read("a", 0.6), read("b", 0.7)), "supported"),
        ((read("a", 0.5), read("b", 0.7)), "contradicted"),
        ((read("a", 0.7), read("b", 0.4)), "contradicted"),
        ((read("a", 0.2, 1), read("b", 0.7, 9)), "supported"),
        ((read("a", 0.9),), "open outcomes"),
        ((), "open outcomes"),
        ((read("a", 0.6), read("b", 0.7), read("b", 0.1, subgroup="boys")), "supported"),
        ((read("a", 0.6), read("b", 0.7), read("a", 0.1, measure="maths")), "supported"),
        (
            (read("a", 0.6), read("b", 0.9, valid=AUTUMN), read("b", 0.6, 30, valid=SPRING)),
            "supported",
        ),
        (
            (read("a", 0.6), read("b", 0.9, valid=AUTUMN), read("b", 0.5, 30, valid=SPRING)),
            "contradicted",
        ),
        ((read("a", 0.6), read("b", 0.7), read("town", 0.1)), "open outcomes"),
        (
            (read("a", 0.1), read("b", 0.1), read("town", 0.6), read("town", 0.5, valid=BEFORE)),
            "supported",
        ),
    ],
)
def test_whether_it_rose(rows: tuple[Outcome, ...], verdict: str) -> None:
    """As the mean of all pupils of the same schools; the municipality's own figure stands for all."""
    assert rose(*EARLIER, *rows) == verdict


@pytest.mark.parametrize(
    ("before", "now", "verdict"),
    [((0.5, 1), (0.4, 2), "contradicted"), ((0.5, 2), (0.55, 20), "supported")],
)
def test_figures_of_few_pupils(
    before: tuple[float, int], now: tuple[float, int], verdict: str
) -> None:
    """They are compared as they are, however many more pupils there are a year later."""
    assert rose(read("town", *before, valid=BEFORE), read("town", *now)) == verdict


def test_a_figure_of_no_pupils() -> None:
    """It is no figure: nothing rose since it, nor fell to it."""
    for before, now in ((0, 10), (10, 0)):
        found = rose(read("town", 0.5, before, valid=BEFORE), read("town", 0.6, now))
        assert found == "open outcomes"
    assert rose(*EARLIER, read("a", 0.6), read("b", 0.7), read("town", 0.1, 0)) == "supported"


@pytest.mark.parametrize(("value", "verdict"), [(0.9, "supported"), (0.3, "contradicted")])
def test_each_must_have_risen(value: float, verdict: str) -> None:
    """Better reading does not make up for worse writing."""
    rows = [*EARLIER, read("a", 0.6), read("b", 0.8)]
    for unit in "ab":
        rows += [read(unit, 0.5, **WRITING), read(unit, value, measure="writing")]
    assert rose(*rows, of=("reading", "writing")) == verdict
    assert rose(*rows, of=("writing", "reading")) == verdict


def test_schools_that_may_not_be_all() -> None:
    """Without a complete list of positions there may be other schools."""
    rows = (*EARLIER, read("a", 0.6), read("b", 0.8))
    assert rose(*rows, listed=False) == "open registrations:positions"
