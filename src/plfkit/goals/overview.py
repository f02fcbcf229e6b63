"""The overview of a scorecard: levels, schools and communities at a glance, year by year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from functools import partial

import numpy as np
from attrs import evolve

from plfkit.errors import MeasureError
from plfkit.goals.scorecard import Overview, OverviewYear
from plfkit.goals.years import SCHOOL, YearSnapshots
from plfkit.graph.communities import gather_communities
from plfkit.graph.snapshot import Snapshot
from plfkit.graph.standing import ACTIVE
from plfkit.measures import (
    block_density,
    held_events,
    level_anchoring,
    membership_coverage,
    own_communities,
    registered_data,
    response_rate,
    steady_rhythm,
)
from plfkit.model.results.result import Result


def build_overview(years: YearSnapshots, now: Snapshot, *, back: int) -> Overview:
    """Measure what readers see of an organisation before they look at any goal.

    Args:
        years: The organisation.
        now: The period that it is about.
        back: How many earlier years are shown, as far as there are data.
    """
    coverage_by_school = membership_coverage(now, by=SCHOOL)
    before = reversed([*years.list_years_before(now.period, back)])
    earlier = [years.take_snapshot(period) for period in before]
    return Overview(
        learning=membership_coverage(now, basis="learning"),
        coverage=membership_coverage(now),
        coverage_by_level=_keep_staff_levels(membership_coverage(now, by="level"), now),
        coverage_by_school=coverage_by_school,
        anchoring_by_school=level_anchoring(now, by=SCHOOL),
        municipal_levels=tuple(n for n, level in now.vocabulary.levels.items() if level.municipal),
        communities=dict(sorted(Counter(gather_communities(now).kinds).items())),
        answered=_measure_relations(now, response_rate),
        answered_by_school=_measure_relations(now, partial(response_rate, by=SCHOOL)),
        data_by_school=registered_data(now, by=SCHOOL),
        years=(
            *(_look_at_year(one, membership_coverage(one, by=SCHOOL)) for one in earlier),
            _look_at_year(now, coverage_by_school),
        ),
    )


def _look_at_year(moment: Snapshot, coverage_by_school: Result) -> OverviewYear:
    return OverviewYear(
        at=str(moment.period),
        communities=own_communities(moment, by=SCHOOL),
        coverage_by_school=coverage_by_school,
        # What a school's only team says of its meetings is the answer of two or three people.
        rhythm_by_school=steady_rhythm(moment, by=SCHOOL, basis=ACTIVE),
        rhythm=steady_rhythm(moment, basis=ACTIVE),
        events=held_events(moment),
        contacts=_measure_relations(moment, partial(block_density, groups="level")),
    )


def _measure_relations(moment: Snapshot, measure: Callable[..., Result]) -> dict[str, Result]:
    """Measure the relations that a survey asked about, in the vocabulary's order.

    One is left out if nobody can tell which of its surveys came last.
    """
    asked = {survey.relation for survey in moment.surveys}
    found = {}
    for relation in moment.vocabulary.relations:
        if relation in asked:
            with suppress(MeasureError):
                found[relation] = measure(moment, relation=relation)
    return found


def _keep_staff_levels(by_level: Result, now: Snapshot) -> Result:
    """Leave out the levels on which nobody counts as staff: politicians, partners from elsewhere."""
    levels = {role.level for role in now.vocabulary.roles.values() if role.staff}
    kept = np.array([figure.part in levels for figure in by_level], np.bool_)
    return evolve(by_level, figures=by_level.figures.take(kept))
