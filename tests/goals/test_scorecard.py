"""What stands on a scorecard: changes since the year before, and what would settle an indicator."""

from __future__ import annotations

from typing import Any

import pytest

from plfkit import Organisation, Profile, Result, assess
from plfkit.errors import NoDataError
from plfkit.goals import IndicatorOutcome, TrendPoint, Verdict
from plfkit.model.declared.declarations import Indicator
from plfkit.model.records.needs import Need
from plfkit.model.records.tables import Table
from plfkit.model.results.figures import Figure
from plfkit.model.words.breaks import Break
from plfkit.model.words.figure_classes import FigureClass
from plfkit.model.words.kinds import Label
from plfkit.model.words.ranges import RangeKind

INDICATOR = Indicator(Label("Dansk", "English"), "density", FigureClass.ANSWERS)
NEEDS = (Need("surveys"),)


def result(value: float | None, *ends: float | None, parts: int = 1, **more: Any) -> Result:
    """Return a figure with a range; in so many parts, or as the whole."""
    lower, upper = ends or (value, value)
    rows = [Figure(value=value, lower=lower, upper=upper)]
    if parts > 1:
        rows = [Figure(part=str(n), value=value, lower=lower, upper=upper) for n in range(parts)]
    return Result(
        figures=Table.of(Figure, rows),
        measure="density",
        figure_class=FigureClass.ANSWERS,
        at="2018/19",
        n=None,
        observed=None,
        needs=NEEDS,
        **more,
    )


def outcome(*years: Result, breaks: tuple[Break, ...] = (), **more: Any) -> IndicatorOutcome:
    """Return what an indicator gave year by year; something may break the row before the last."""
    told = [TrendPoint(str(2010 + n), one) for n, one in enumerate(years)]
    if told:
        told[-1] = TrendPoint(told[-1].at, told[-1].result, breaks)
    return IndicatorOutcome(
        **{
            "id": "i",
            "indicator": INDICATOR,
            "verdict": Verdict.SHOWN,
            "trend": tuple(told),
            **more,
        }
    )


def test_the_change_is_that_of_the_last_two_years() -> None:
    """Each end of it is as far as both ranges allow."""
    change = outcome(result(0.9), result(0.1, 0.0, 0.3), result(0.3, 0.2, 0.7)).change
    assert change is not None
    assert (change.since, change.value) == ("2011", 0.2)
    assert (change.lower, change.upper) == (-0.1, 0.7)


def test_a_change_has_nine_digits() -> None:
    """What is left over from how numbers are stored is no change."""
    change = outcome(result(0.25), result(0.5 + 4e-10)).change
    assert change is not None
    assert (change.value, change.lower, change.upper) == (0.25, 0.25, 0.25)


@pytest.mark.parametrize("years", [(None, 0.5), (0.5, None)])
def test_no_year_without_a_figure(years: tuple[float | None, ...]) -> None:
    """Nothing changed since a year that has no figure, or to one."""
    assert outcome(*(result(value) for value in years)).change is None


def test_years_that_are_not_compared() -> None:
    """One year is no change; nor are figures part by part, nor years with something between them."""
    assert outcome().change is None
    assert outcome(result(0.5)).change is None
    assert outcome(result(0.5, parts=2), result(0.5)).change is None
    assert outcome(result(0.5), result(0.5, parts=2)).change is None
    two = (result(0.25), result(0.5))
    assert outcome(*two, breaks=(Break.SCHOOLS_CHANGED,)).change is None
    assert outcome(*two).change is not None


@pytest.mark.parametrize("open_year", [0, 1])
def test_a_range_of_what_was_registered(open_year: int) -> None:
    """Such a range is not sure, nor is an unknown one: then how far the change goes is not known."""
    registered = result(0.5, 0.1, 0.9, range_kind=RangeKind.OF_REGISTERED)
    for unsure in (registered, result(0.5, None, None)):
        years = [result(0.25, 0.2, 0.3), result(0.5, 0.4, 0.6)]
        years[open_year] = unsure
        change = outcome(*years).change
        assert change is not None
        assert (change.lower, change.upper) == (None, None)


def test_what_would_settle_it() -> None:
    """Only one that is undecided can be settled, by what its figure needs."""
    assert outcome(result=result(0.5), verdict=Verdict.UNDECIDED).settles == NEEDS
    assert outcome(result=result(0.5), verdict=Verdict.MET).settles == ()
    assert outcome(verdict=Verdict.UNDECIDED).settles == ()
    assert outcome(result=result(0.5)).figure == result(0.5).main
    assert outcome().figure is None


def test_parts_of_an_outcome() -> None:
    """Its figures part by part, where its target is for each of them."""
    assert [*outcome(parts=result(0.5, parts=3)).part_figures] == ["0", "1", "2"]
    assert outcome(result=result(0.5, parts=3)).part_figures == {}
    assert outcome().part_verdicts == outcome().call == {}


def test_an_indicator_by_its_id(town: Organisation, profile: Profile) -> None:
    """A scorecard gives an indicator by its id, says what is near a slip, and can be walked through."""
    card = assess(town, profile)
    assert card["coverage"] is next(one for one in card if one.id == "coverage")
    assert "coverage" in card
    assert "coverge" not in card
    with pytest.raises(NoDataError, match="no indicator 'coverge', did you mean \"coverage\""):
        card["coverge"]
    with pytest.raises(NoDataError, match="there are coverage"):
        card["x"]
