"""Holding an organisation against a profile's goals, claims and indicators."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from concurrent.futures import Executor
from datetime import date

from plfkit.goals.claims import check_claims
from plfkit.goals.overview import build_overview
from plfkit.goals.scorecard import GoalOutcome, IndicatorOutcome, Scorecard
from plfkit.goals.shares import Assignment, assess_in_shares
from plfkit.goals.years import YearSnapshots
from plfkit.graph.naming import list_word_labels
from plfkit.graph.snapshot import Snapshot, resolve_period
from plfkit.measures import Catalogue
from plfkit.model.declared.sections import BroughtSection, SectionWriter
from plfkit.model.declared.standards import COUNTED
from plfkit.model.records.organisation import Organisation
from plfkit.model.words.kinds import Label
from plfkit.periods import Period
from plfkit.profiles import Profile
from plfkit.profiles.plugins import find_owner
from plfkit.progress import Progress
from plfkit.requiring import require_instance

_log = logging.getLogger("plfkit.assess")
YEARS_BACK = 4
"""How many earlier years a trend shows."""


def assess(
    organisation: Organisation,
    profile: Profile,
    *,
    at: str | date | Period | None = None,
    catalogue: Catalogue | None = None,
    years_back: int = YEARS_BACK,
    progress: Progress | None = None,
    executor: Executor | None = None,
) -> Scorecard:
    """Evaluate a profile's goals, indicators and claims on an organisation.

    Args:
        organisation: The data.
        profile: What the municipality wants to know.
        at: The period; the latest school year with a date if left out.
        catalogue: Where indicators find their measures; plfkit's own and the profile's if left out.
        years_back: How many earlier years the trend of each indicator shows, as far as there are data.
        progress: What is called after each indicator, with an executor after each share of them: how many
            are done, and how many there are.
        executor: Where indicators are computed, a share of them at a time: any
            `concurrent.futures.Executor`; here if left out. The scorecard is the same.

    Raises:
        PeriodError: The text is no period.
    """
    require_instance(organisation, Organisation)
    require_instance(profile, Profile)
    years = YearSnapshots(organisation, profile.standards)
    now = years.take_snapshot(resolve_period(organisation, at))
    assignment = Assignment(
        years=years, profile=profile, catalogue=catalogue, at=now.period, back=years_back
    )
    outcomes = _compute_outcomes(assignment, executor, progress)
    used = {o.indicator.measure for o in outcomes.values() if o.result is not None}
    return Scorecard(
        profile=profile.id,
        label=profile.label,
        question=profile.question,
        title=organisation.title,
        example=organisation.synthetic,
        at=str(now.period),
        reference_day=now.reference_text,
        goals=_gather_goals(profile, outcomes),
        description=tuple(outcomes[key] for key in profile.indicators_of(None)),
        claims=tuple(check_claims(years, profile, now.period)),
        overview=build_overview(years, now, back=years_back),
        counting=_describe_counting_rules(now),
        names=dict(_collect_reader_labels(organisation)),
        measures={m.name: m.about for m in assignment.find_measures() if m.name in used},
        standards=profile.standards,
        purpose=profile.purpose,
        privacy=profile.privacy,
        sections=tuple(map(_name_section_owner, profile.sections)),
    )


def _compute_outcomes(
    assignment: Assignment, executor: Executor | None, progress: Progress | None
) -> dict[str, IndicatorOutcome]:
    """Return what came of each indicator, and tell how far it is as they come."""
    outcomes: dict[str, IndicatorOutcome] = {}
    for share in assess_in_shares(assignment, executor):
        outcomes |= {outcome.id: outcome for outcome in share}
        if progress is not None:
            progress(len(outcomes), len(assignment.profile.indicators))
    measured = sum(one.result is not None for one in outcomes.values())
    about = assignment.profile.id, assignment.at, measured, len(outcomes)
    _log.info("assessed %s at %s: %d of %d measured", *about)
    return outcomes


def _gather_goals(
    profile: Profile, outcomes: Mapping[str, IndicatorOutcome]
) -> tuple[GoalOutcome, ...]:
    """Return each goal with what came of its indicators."""
    return tuple(
        GoalOutcome(
            id=name,
            goal=goal,
            indicators=tuple(outcomes[key] for key in profile.indicators_of(name)),
        )
        for name, goal in profile.goals.items()
    )


def _name_section_owner(write: SectionWriter) -> BroughtSection:
    """Return a profile's function with the distribution that brings it."""
    return BroughtSection(write, find_owner(str(getattr(write, "__module__", None))))


def _describe_counting_rules(now: Snapshot) -> dict[str, str]:
    """Return the rules by which heads and communities are counted."""
    words = now.vocabulary
    least = {name: level.minimum_members for name, level in words.levels.items()}
    return {
        "reference_day": words.reference_day,
        "minimum_members": str(words.minimum_members),
        "required_levels": ", ".join(words.required_levels),
        "minimum_by_level": ", ".join(f"{name} {least[name]}" for name in words.required_levels),
        **{name: str(getattr(now.standards, name)) for name in COUNTED},
    }


def _collect_reader_labels(organisation: Organisation) -> Iterator[tuple[str, Label]]:
    """Yield what readers call levels, roles, kinds, relations and the units of all years."""
    yield from list_word_labels(organisation.vocabulary)
    for unit in organisation.units:
        yield unit.id, Label(unit.name or unit.id, unit.name or unit.id)
