"""Checks of figures: indicators, their measures, targets, goals and claims."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from attrs import evolve

from plfkit.errors import PlfkitError
from plfkit.goals import Scorecard, assess
from plfkit.goals.indicators import NEAR
from plfkit.model.result import KEYS, Result
from plfkit.model.saying import Sayings
from plfkit.model.vocabulary import did_you_mean
from plfkit.testing.checks.advice import refuse
from plfkit.testing.subjects import Subject


def measures_exist(subject: Subject) -> None:
    """Every indicator names a measure that plfkit or the profile itself has."""
    known = [measure.name for measure in subject.catalogue]
    users: dict[str, list[str]] = {}
    for name, indicator in subject.profile.indicators.items():
        if indicator.measure not in known:
            users.setdefault(indicator.measure, []).append(name)
    hints = {measure: did_you_mean(measure, known, closeness=NEAR) for measure in users}
    refuse(
        f"there is no measure {measure!r}{hints[measure]}: see {', '.join(names)}"
        for measure, names in users.items()
    )


def arguments_fit(subject: Subject) -> None:
    """Every indicator calls its measure with arguments that it takes."""
    catalogue = subject.catalogue
    refuse(
        f"indicators.{name}: {misfit}"
        for name, indicator in subject.profile.indicators.items()
        if indicator.measure in catalogue
        and (misfit := catalogue[indicator.measure].misfit(indicator.arguments)) is not None
    )


def targets_in_reach(subject: Subject) -> None:
    """The target of a share lies between 0 and 1."""
    catalogue = subject.catalogue
    refuse(
        f"indicators.{name}: the target {target.value:g} is out of reach: write 1 for 100 per cent"
        for name, indicator in subject.profile.indicators.items()
        if (target := indicator.target) is not None
        and indicator.measure in catalogue
        and catalogue[indicator.measure].about.scale == "share"
        and not 0 <= target.value <= 1
    )


def claims_checkable(subject: Subject) -> None:
    """Every claim says by a rule how data would settle it."""
    refuse(
        f"claims.{name} has no rule, so it can only be open: say what would have to be counted, or "
        "move it to [context]"
        for name, claim in subject.profile.claims.items()
        if claim.rule is None
    )


def goals_evaluable(subject: Subject) -> None:
    """Every goal has indicators, and none of them is refused on an example that fits the profile."""
    profile = subject.profile
    served = {goal.serves for name, goal in profile.goals.items() if goal.serves != name}
    problems = [
        f"goals.{name} has no indicator: say which figures would tell of it"
        for name in profile.goals
        if not profile.indicators_of(name) and name not in served
    ]
    for name, indicator in subject.usable_indicators.items():
        try:
            subject.computed(indicator.measure, indicator.arguments)
        except PlfkitError as error:
            problems.append(f"indicators.{name} cannot be computed: {error}")
    refuse(problems)


def measures_are_sound(subject: Subject) -> None:
    """The profile's own measures give each key once, with a finite value or a reason for none."""
    problems = []
    for function in subject.profile.measures:
        for arguments in _calls(subject, function.__name__):
            result = subject.computed(function.__name__, arguments)
            problems += [f"{function.__name__}: {problem}" for problem in _unsound(result)]
    refuse(problems)


def _calls(subject: Subject, measure: str) -> list[Mapping[str, Any]]:
    """Return the arguments with which indicators call a measure; none of them if none does."""
    used = [i.arguments for i in subject.usable_indicators.values() if i.measure == measure]
    return used or ([{}] if subject.catalogue[measure].misfit({}) is None else [])


def _unsound(result: object) -> Iterator[str]:
    if not isinstance(result, Result):
        yield f"it gives {type(result).__name__}: return a plfkit.Result"
        return
    rows = result.rows()
    keys = Counter(tuple(row.get(key) for key in KEYS) for row in rows)
    if repeated := [key for key, count in keys.items() if count > 1]:
        yield f"{len(repeated)} keys stand more than once: give each row keys of its own"
    known = Sayings.catalogue()["reasons"]
    for reason in {row["reason"] for row in rows} - {None, *known}:
        hint = did_you_mean(reason, known) or f"; there are {', '.join(known)}"
        yield f"there are no words for the reason {reason!r}{hint}"
    for row in rows:
        if row["value"] is not None and row["reason"]:
            yield "a figure has a value and a reason for having none: give one of the two"
        numbers = [row[name] for name in ("value", "lower", "upper") if row[name] is not None]
        if not all(math.isfinite(number) for number in numbers):
            yield "a figure is infinite: leave it out and give a reason"
        if row["value"] is None and not row["reason"]:
            yield "a figure is missing without a reason: NaN and None need one"


def deterministic(subject: Subject) -> None:
    """Loaded and assessed twice, the profile is the same and so are its figures."""
    if subject.load() != subject.load():
        raise AssertionError("two loads give two profiles: build it from the file alone")
    if card_of(subject) != card_of(subject):
        raise AssertionError("two assessments differ: a measure must not depend on chance or time")


def card_of(subject: Subject) -> Scorecard:
    """Return the scorecard of the example, of the indicators that can be computed."""
    indicators = subject.usable_indicators
    return assess(subject.example, evolve(subject.profile, indicators=indicators))
