"""Marks: what a figure is held against at a moment, when targets are dated."""

from __future__ import annotations

from datetime import date, timedelta

from attrs import frozen

from plfkit.model.declared.declarations import Indicator
from plfkit.periods import Period


@frozen(kw_only=True)
class Mark:
    """What a figure is held against at a moment.

    Attributes:
        target: What is to be reached in the end.
        proposed: Whether nobody decided it.
        due: Whether its year has come, or it has none; None where the data have no date.
        step: What is to be reached by now, of the latest step due; None if none is.
        step_year: The year of that step, as the profile writes it.
    """

    target: float
    proposed: bool
    due: bool | None = True
    step: float | None = None
    step_year: str | None = None

    @property
    def held_against(self) -> float:
        """The step due where the target's year lies ahead; else the target."""
        return self.target if self.step is None else self.step


def find_mark(indicator: Indicator, at: Period) -> Mark | None:
    """Return what an indicator is held against at a moment; None without a target.

    Args:
        indicator: The declaration.
        at: The period that its figure is of; its last day counts, or its first where it never ends.
    """
    target = indicator.target
    if target is None:
        return None
    proposed = target.source == "proposed"
    if target.by is None:
        return Mark(target=target.value, proposed=proposed)
    today = at.start if at.end is None else at.end - timedelta(days=1)
    if today is None:
        return Mark(target=target.value, proposed=proposed, due=None)
    if _has_year_come(target.by, today):
        return Mark(target=target.value, proposed=proposed)
    past = [year for year in indicator.steps if _has_year_come(year, today)]
    latest = max(past, key=_find_year_start, default=None)
    step = None if latest is None else indicator.steps[latest]
    return Mark(target=target.value, proposed=proposed, due=False, step=step, step_year=latest)


def _has_year_come(year: str, today: date) -> bool:
    return _find_year_start(year) <= today


def _find_year_start(year: str) -> date:
    return Period.parse(year).start or date.min
