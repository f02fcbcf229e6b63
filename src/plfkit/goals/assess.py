"""Holding an organisation against a profile's goals, claims and indicators."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

import numpy as np
from attrs import evolve

from plfkit.errors import InvalidDataError, MeasureError
from plfkit.goals.scorecard import (
    ClaimOutcome,
    GoalOutcome,
    IndicatorOutcome,
    Overview,
    Scorecard,
)
from plfkit.goals.verdicts import verdict
from plfkit.graph.communities import communities
from plfkit.graph.snapshot import Snapshot, snapshot
from plfkit.measures import CORE, Catalogue, level_anchoring, membership_coverage
from plfkit.model.declarations import Indicator
from plfkit.model.kinds import Label
from plfkit.model.organisation import Organisation
from plfkit.model.result import Result
from plfkit.model.vocabulary import did_you_mean
from plfkit.periods import Period
from plfkit.profiles import Profile

NEAR = 0.85
"""How alike a name must be to a measure's to be taken for a slip."""

_SURVEYED = {"not_surveyed", "survey_undated"}


def assess(
    organisation: Organisation,
    profile: Profile,
    *,
    at: str | date | Period | None = None,
    catalogue: Catalogue | None = None,
) -> Scorecard:
    """Evaluate a profile's goals, indicators and claims on an organisation.

    Args:
        organisation: The data.
        profile: What the municipality wants to know.
        at: The period; the latest school year with a date if left out.
        catalogue: Where indicators find their measures; plfkit's own and the profile's if left out.

    Raises:
        PeriodError: The text is no period.
    """
    measures = CORE.extended(*profile.measures) if catalogue is None else catalogue
    now = snapshot(organisation, at)
    outcomes = {
        name: _outcome(organisation, now, name, indicator, measures)
        for name, indicator in profile.indicators.items()
    }
    used = {o.indicator.measure for o in outcomes.values() if o.result is not None}
    return Scorecard(
        profile=profile.id,
        label=profile.label,
        title=organisation.title,
        example=organisation.synthetic,
        at=str(now.period),
        reference_day=now.reference_text,
        goals=tuple(
            GoalOutcome(
                id=name,
                goal=goal,
                indicators=tuple(outcomes[key] for key in profile.indicators_of(name)),
            )
            for name, goal in profile.goals.items()
        ),
        description=tuple(outcomes[key] for key in profile.indicators_of(None)),
        claims=tuple(_claims(organisation, profile)),
        overview=_overview(now),
        names=dict(_names(now)),
        measures={m.name: m.about for m in measures if m.name in used},
        purpose=profile.purpose,
    )


def _outcome(
    organisation: Organisation,
    now: Snapshot,
    name: str,
    indicator: Indicator,
    catalogue: Catalogue,
) -> IndicatorOutcome:
    """Compute one indicator, or say what is missing."""
    known = indicator.measure in catalogue
    needed = (*(catalogue[indicator.measure].about.tables if known else ()), *indicator.tables)
    missing = _missing(organisation, needed)
    if missing or not known:
        near = (
            ""
            if known
            else did_you_mean(indicator.measure, [m.name for m in catalogue], closeness=NEAR)
        )
        return IndicatorOutcome(
            id=name,
            indicator=indicator,
            verdict="not_measured",
            missing=missing,
            reason="missing_tables" if known else "no_measure",
            detail=f"there is no measure {indicator.measure!r}{near}" if near else None,
        )
    try:
        result = catalogue[indicator.measure](now, indicator.arguments)
    except (MeasureError, InvalidDataError) as error:
        return IndicatorOutcome(
            id=name,
            indicator=indicator,
            verdict="not_measured",
            reason="refused",
            detail=str(error),
        )
    figure = result.main
    if figure is None or figure.value is not None:
        reached = "shown" if figure is None else verdict(figure, indicator)
        return IndicatorOutcome(id=name, indicator=indicator, result=result, verdict=reached)
    return IndicatorOutcome(
        id=name,
        indicator=indicator,
        result=result,
        verdict="not_measured",
        missing=("surveys",) if figure.reason in _SURVEYED else (),
        reason=figure.reason,
    )


def _missing(organisation: Organisation, needed: tuple[str, ...]) -> tuple[str, ...]:
    """Return the needed tables that are empty, or that are not among the native tables yet."""
    tables = organisation.tables
    return tuple(n for n in dict.fromkeys(needed) if n not in tables or not len(tables[n]))


def _claims(organisation: Organisation, profile: Profile) -> Iterator[ClaimOutcome]:
    for name, claim in profile.claims.items():
        missing = _missing(organisation, claim.tables)
        yield ClaimOutcome(id=name, claim=claim, verdict="open", missing=missing)


def _overview(now: Snapshot) -> Overview:
    known = communities(now)
    pairs = zip(known.kinds, known.established.tolist(), strict=True)
    return Overview(
        coverage=membership_coverage(now),
        coverage_by_level=_of_staff(membership_coverage(now, by="level"), now),
        coverage_by_school=membership_coverage(now, by="school"),
        anchoring_by_school=level_anchoring(now, by="school"),
        municipal_levels=tuple(n for n, level in now.vocabulary.levels.items() if level.municipal),
        communities=dict(sorted(Counter(kind for kind, counts in pairs if counts).items())),
    )


def _of_staff(by_level: Result, now: Snapshot) -> Result:
    """Leave out the levels on which nobody counts as staff: politicians, partners from elsewhere."""
    levels = {role.level for role in now.vocabulary.roles.values() if role.staff}
    kept = np.array([figure.part in levels for figure in by_level], np.bool_)
    return evolve(by_level, figures=by_level.figures.take(kept))


def _names(now: Snapshot) -> Iterator[tuple[str, Label]]:
    """Yield what readers call levels, roles, kinds, relations and units."""
    vocabulary = now.vocabulary
    for section in ("levels", "roles", "unit_kinds", "community_kinds", "relations"):
        for name, kind in vocabulary.section(section).items():
            yield name, kind.label
    for unit in now.units:
        yield unit.id, Label(unit.name or unit.id, unit.name or unit.id)
