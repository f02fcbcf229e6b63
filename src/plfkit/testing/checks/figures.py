"""Checks of figures: indicators, their measures, targets, goals and claims."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any

from plfkit.errors import PlfkitError
from plfkit.goals.divisions import find_part_figures
from plfkit.goals.indicators import NEAR
from plfkit.hints import Hint
from plfkit.model.declared.declarations import Indicator
from plfkit.model.results.figures import FIGURE_KEYS
from plfkit.model.results.result import Result
from plfkit.model.words.figure_classes import FigureClass
from plfkit.model.words.reasons import Reason
from plfkit.model.words.titles import suggest_word
from plfkit.testing.checks.advice import refuse_problems
from plfkit.testing.subjects import Subject


def measures_exist(subject: Subject) -> None:
    """Every indicator names a measure that plfkit or the profile itself has."""
    known = [measure.name for measure in subject.catalogue]
    users: dict[str, list[str]] = {}
    for name, indicator in subject.profile.indicators.items():
        if indicator.measure not in known:
            users.setdefault(indicator.measure, []).append(name)
    hints = {measure: suggest_word(measure, known, closeness=NEAR) for measure in users}
    refuse_problems(
        Hint(
            "contract.no_measure",
            name=repr(measure),
            near=hints[measure],
            where=tuple(subject.locate("indicators", name) for name in names),
        )
        for measure, names in users.items()
    )


def arguments_fit(subject: Subject) -> None:
    """Every indicator calls its measure with arguments that it takes."""
    catalogue = subject.catalogue
    refuse_problems(
        f"indicators.{name}: {misfit}"
        for name, indicator in subject.profile.indicators.items()
        if indicator.measure in catalogue
        and (
            misfit := catalogue[indicator.measure].explain_misfit_arguments(
                _complete_arguments(indicator)
            )
        )
        is not None
    )


def _complete_arguments(indicator: Indicator) -> Mapping[str, Any]:
    """Return an indicator's arguments, with the parts that its target is for."""
    by = {} if indicator.each is None else {"by": indicator.each}
    return {**indicator.arguments, **by}


def targets_in_reach(subject: Subject) -> None:
    """The target of a share, its steps and its baseline lie between 0 and 1."""
    catalogue = subject.catalogue
    refuse_problems(
        f"indicators.{name}: {what} {value:g} is out of reach: write 1 for 100 per cent"
        for name, indicator in subject.profile.indicators.items()
        if indicator.measure in catalogue and catalogue[indicator.measure].about.scale == "share"
        for what, value in _list_target_values(indicator)
        if not 0 <= value <= 1
    )


def _list_target_values(indicator: Indicator) -> Iterator[tuple[str, float]]:
    if indicator.target is not None:
        yield "the target", indicator.target.value
    if indicator.baseline is not None:
        yield "the baseline", indicator.baseline.value
    for year, value in indicator.steps.items():
        yield f"the step of {year}", value


def claims_checkable(subject: Subject) -> None:
    """Every claim says by a rule how data would settle it."""
    refuse_problems(
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
            result = subject.compute_measure(indicator.measure, _complete_arguments(indicator))
        except PlfkitError as error:
            problems.append(f"indicators.{name} cannot be computed: {error}")
        else:
            problems += _find_unjudgeable_target(name, indicator, result)
    refuse_problems(problems)


def goals_lead(subject: Subject) -> None:
    """Every goal with indicators names the one that tells most of it, which pages show first."""
    profile = subject.profile
    refuse_problems(
        f'goals.{name} names no leading figure: write leading = "{next(iter(own))}", or another of '
        "its indicators that gives one figure for the whole"
        for name, goal in profile.goals.items()
        if goal.leading is None and (own := profile.indicators_of(name))
    )


def _find_unjudgeable_target(name: str, indicator: Indicator, result: object) -> Iterator[str]:
    """Refuse a target where there is no one figure to hold against it, in all or for each part."""
    if indicator.target is None or not isinstance(result, Result) or not len(result):
        return
    if indicator.each is not None and not find_part_figures(result):
        yield f"indicators.{name} has a target for each {indicator.each}, and not one figure for each"
    elif indicator.each is None and result.main is None:
        yield f"indicators.{name} has a target and several figures: name the parts it is for, as each"


def measures_are_sound(subject: Subject) -> None:
    """The profile's own measures give what they declare: each key once, known reasons, sound figures."""
    problems: list[str] = []
    for name, arguments in _list_own_calls(subject):
        try:
            result = subject.compute_measure(name, arguments)
        except PlfkitError as error:
            problems.append(str(error))
        else:
            problems += [f"{name}: {problem}" for problem in _find_unsound_rows(result)]
    refuse_problems(problems)


def people_counted(subject: Subject) -> None:
    """The profile's own measures say how many people each figure about people rests on."""
    uncounted = {}
    for name, arguments in _list_own_calls(subject):
        with suppress(PlfkitError):  # what a measure refuses is told by another check
            result = subject.compute_measure(name, arguments)
            if result.figure_class is not FigureClass.ORGANISATIONAL:
                uncounted[name] = sum(f.value is not None and f.n is None for f in result)
    refuse_problems(
        f"{name}: {count} figures do not say how many people they rest on, so the gate withholds "
        "them: give each Figure its n"
        for name, count in uncounted.items()
        if count
    )


def _list_own_calls(subject: Subject) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield each of the profile's own measures with its example, and with what indicators give it."""
    for function in subject.profile.measures:
        name = function.__name__
        yield name, subject.catalogue[name].about.example
        for indicator in subject.usable_indicators.values():
            if indicator.measure == name:
                yield name, indicator.arguments


def _find_unsound_rows(result: Result) -> Iterator[str]:
    """Yield what is wrong with a result beyond what each call is held to."""
    rows = result.rows()
    keys = Counter(tuple(row.get(key) for key in FIGURE_KEYS) for row in rows)
    if repeated := [key for key, count in keys.items() if count > 1]:
        yield f"{len(repeated)} keys stand more than once: give each row keys of its own"
    for reason in {row["reason"] for row in rows} - {None, *Reason}:
        hint = suggest_word(reason, [*Reason]) or f"; there are {', '.join(Reason)}"
        yield f"there are no words for the reason {reason!r}{hint}"


def deterministic(subject: Subject) -> None:
    """Loaded and assessed twice, the profile is the same and so are its figures."""
    if subject.load() != subject.load():
        raise AssertionError("two loads give two profiles: build it from the file alone")
    if subject.assess_example() != subject.card:
        raise AssertionError("two assessments differ: a measure must not depend on chance or time")
