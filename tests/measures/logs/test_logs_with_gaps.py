"""One rule for all measures of registers and logs, whatever took place and whatever was noted."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from attrs import frozen
from hypothesis import given
from hypothesis import strategies as st
from searching import search

from plfkit import Organisation, Result, Snapshot, snapshot
from plfkit.errors import MeasureError
from plfkit.measures import CORE
from plfkit.model.records.rows import (
    Answer,
    Community,
    Event,
    Focus,
    Membership,
    Participation,
    Pathway,
    Person,
    Position,
    Qualification,
    Registration,
    Survey,
    Unit,
)
from plfkit.model.results.figures import FIGURE_KEYS, SHARE_COUNTS, Figure
from plfkit.model.words.vocabulary import load_core_vocabulary
from plfkit.testing import snapshots

YEAR = "2018/19"
SCHOOLS = ("whole", "gaps")
"""A school whose logs are complete, and one whose logs have gaps."""

EVERY = tuple(load_core_vocabulary().event_kinds)
LIKELY = ("dialogue_meeting", "data_meeting", "planning_meeting", "observation_visit", "conference")
MEASURES = tuple(
    found.name
    for found in CORE
    if "relation" not in found.parameters or "source" in found.parameters
    if found.name not in {"framework_mean", "scale_statistics", "shared_understanding"}
)
"""All that rests on registers and logs, or can: all but measures of ties and of answers alone."""

CHOICES: dict[str, tuple[Any, ...]] = {
    "basis": ("registered", "active", "self_assessed"),
    "groups": ("kind", "community"),
    "source": ("events",),
    "at_least": (1, 2),
    "pedagogical": (False, True),
    "weighted": (False, True),
}
WITHOUT_COUNTS = {
    "event_hours_concentration",
    "own_communities",
    "shared_vocabulary",
    "outcome_gap",
}
"""Measures that are no share of anything that is counted."""

FEW = search(12)
Rows = dict[str, list[Any]]


@frozen
class Town:
    """Two schools, and what took place at each.

    Attributes:
        registers: People, communities and what is known of them.
        logs: What took place at the school whose logs are complete.
        gaps: What happened to be registered of the other.
        other: What might have been registered of it instead.
    """

    registers: Rows
    logs: Rows
    gaps: Rows
    other: Rows

    def moment(self, gaps: Rows) -> Snapshot:
        """Return the year, with what was registered of the school whose logs have gaps."""
        rows: dict[str, Any] = {
            name: [*self.registers[name], *self.logs.get(name, []), *gaps.get(name, [])]
            for name in self.registers
        }
        return snapshot(Organisation.of(**rows), YEAR)


def people(school: str) -> list[str]:
    """Return the staff of a school."""
    return [f"{school}-{number}" for number in range(5)]


@st.composite
def took_place(draw: st.DrawFn, school: str, name: str) -> Rows:
    """Draw what took place at a school, all of it among its own people."""
    events, parts = [], []
    for number in range(draw(st.integers(0, 14))):
        event = f"{name}{number:02d}"
        team = draw(st.sampled_from([school, f"{school}-b", None]))
        events.append(
            Event(
                event,
                draw(st.sampled_from(LIKELY)),
                date(2018, 8, 20) + timedelta(days=draw(st.integers(0, 300))),
                school if team is None or draw(st.booleans()) else None,
                team,
                hours=draw(st.sampled_from([1.0, 2.0, 2.0, None])),
            )
        )
        roles = st.sampled_from([None, "participant", "facilitator", "observer", "observed"])
        there = draw(st.lists(st.sampled_from(people(school)), unique=True, max_size=3))
        parts += [Participation(event, person, draw(roles)) for person in there]
    return {"events": events, "participations": parts}


@st.composite
def towns(draw: st.DrawFn) -> Town:
    """Draw two schools of five people and two teams each."""
    everybody = [name for school in SCHOOLS for name in people(school)]
    roles = ("principal", "reading_coach", "teacher", "teacher", "pedagogue")
    flags = st.sampled_from([True, False, None])
    teams = [name for school in SCHOOLS for name in (school, f"{school}-b")]
    assessed = draw(st.lists(st.sampled_from(teams), unique=True))
    kinds = ("reflective_dialogues", "pupil_learning_focus", "collaboration")
    trained = draw(st.lists(st.sampled_from(everybody), unique=True))
    registers: Rows = {
        "units": [
            Unit("town", "municipality"),
            *(Unit(school, "school", parent="town") for school in SCHOOLS),
        ],
        "persons": [Person(name) for name in everybody],
        "positions": [
            Position(name, school, role)
            for school in SCHOOLS
            for name, role in zip(people(school), roles, strict=True)
        ],
        "focuses": [Focus("reading", tags="text"), Focus("words", parent="reading")],
        "communities": [
            Community(
                name, "grade_team", None, name.removesuffix("-b"), "words", charter=draw(flags)
            )
            for name in teams
        ],
        "memberships": [
            Membership(name, person)
            for name in teams
            for person in people(name.removesuffix("-b"))[(2 if name.endswith("-b") else 0) :]
        ],
        "surveys": [Survey("self", "scale", date=date(2018, 11, 1), lowest=1, highest=4)],
        "answers": [
            Answer("self", None, name, item=item, value=draw(st.sampled_from([1.0, 4.0])))
            for name in assessed
            for item in kinds
        ],
        "qualifications": [
            Qualification(name, kind)
            for name in trained
            for kind in ("coach_training", "programme_element")
        ],
        "pathways": [
            Pathway("whole", "gaps", "7", draw(st.sampled_from([None, 3, 20]))),
            Pathway("whole", "whole", "8", 10),
        ],
        "registrations": [
            Registration(school, kind, complete=school == "whole")
            for school in SCHOOLS
            for kind in EVERY
        ],
        "events": [],
        "participations": [],
    }
    return Town(
        registers,
        draw(took_place("whole", "w")),
        draw(took_place("gaps", "g")),
        draw(took_place("gaps", "h")),
    )


def measured(name: str, now: Snapshot, arguments: dict[str, Any]) -> Result:
    """Measure one year, or the same year twice."""
    found = CORE[name]
    return found((now, now) if found.about.over_years else now, arguments)


def draw_arguments(name: str, data: st.DataObject) -> dict[str, Any]:
    """Draw how a measure is asked; what has no choice is asked as in its example."""
    found = CORE[name]
    own = {
        key: data.draw(st.sampled_from(CHOICES[key]), key)
        for key in found.parameters
        if key in CHOICES
    }
    if name in {"steady_rhythm", "structured_membership"}:
        own["basis"] = data.draw(st.sampled_from(("active", "self_assessed")), "its basis")
    if name == "transition_coverage":
        own["kinds"] = ("planning_meeting",)
    return {**{k: v for k, v in CORE[name].about.example.items() if k != "relation"}, **own}


def check_row(row: Figure, name: str) -> None:
    """Assert that a value is what its counts say, inside its range, with counts where that is a point."""
    assert (row.value is None) == (row.reason is not None), row
    if row.value is None:
        assert row.lower is None or row.lower != row.upper, row
        return
    if row.numerator is not None and row.denominator is not None:
        assert row.value == pytest.approx(row.numerator / row.denominator), row
    if row.lower is not None and row.upper is not None:
        assert row.lower <= row.value <= row.upper, row
        if row.lower == row.upper and name not in WITHOUT_COUNTS:
            assert None not in {row.numerator, row.denominator}, row


@FEW
@given(towns(), st.data())
@pytest.mark.parametrize("name", MEASURES)
def test_logs_with_gaps_change_no_value(name: str, town: Town, data: st.DataObject) -> None:
    """Whatever happens to stand in logs with gaps, what complete logs tell stays as it is.

    Only where nothing is open, because so much of the others is known, do these count as well; and
    where it rules the value out, there is none.
    """
    arguments = draw_arguments(name, data)
    results = [measured(name, town.moment(gaps), arguments) for gaps in (town.gaps, town.other)]
    for result in results:
        ranged = {row.lower is not None for row in result if row.value is not None}
        assert result.range_kind != "unknown" or True not in ranged
        assert result.range_kind == "unknown" or ranged != {False}
        for row in result:
            check_row(row, name)
    one, two = (
        {
            tuple(getattr(row, f"{key}_" if key == "from" else key) for key in FIGURE_KEYS): row
            for row in result
        }
        for result in results
    )
    for key in {*one} & {*two}:
        rows = (one[key], two[key])
        open_ = all(row.lower is None or row.lower != row.upper for row in rows)
        if open_ and None not in {row.value for row in rows}:
            for cell in ("value", *SHARE_COUNTS):
                assert getattr(rows[0], cell) == getattr(rows[1], cell), rows


@FEW
@given(snapshots(), st.data())
@pytest.mark.parametrize("name", MEASURES)
def test_any_organisation_keeps_the_rule(name: str, now: Snapshot, data: st.DataObject) -> None:
    """Whatever an organisation looks like, its figures keep the rule, or the measure says why not."""
    try:
        result = measured(name, now, draw_arguments(name, data))
    except MeasureError:
        return
    for row in result:
        check_row(row, name)
