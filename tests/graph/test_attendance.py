"""Attendance: who belongs to a unit, and who may have been where nobody noted it, by hand."""

from __future__ import annotations

import numpy as np

from plfkit import Snapshot
from plfkit.graph.attendance import judge_attendance, mark_own_people
from plfkit.graph.events import select_events
from plfkit.graph.logs import look_up_logs
from plfkit.testing import build_moment

UNITS = ["k municipality", "s school parent=k", "d school_department parent=s", "t school parent=k"]


def build_town(*events: str) -> Snapshot:
    """Return a school with a department and another school; Pia leads the one and coaches at the other."""
    positions = ["ann d teacher", "bo t teacher", "pia s principal", "pia t reading_coach"]
    return build_moment(
        units=UNITS, positions=[*positions, "ann s teacher"], complete=["k"], events=events
    )


def test_own_people() -> None:
    """Whoever holds a position at a unit or below it is its own, on that level; anybody's of no unit."""
    now = build_town()
    units = {name: number for number, name in enumerate(now.units.column("id").categories)}
    asked = {
        ("ann", "d"): True,
        ("ann", "s"): True,
        ("ann", "k"): True,
        ("ann", "t"): False,
        ("bo", "s"): False,
        ("bo", None): True,
        ("pia", "t"): False,
        ("pia", None): False,
    }
    persons = np.array([now.person_ids.index(person) for person, _ in asked])
    places = np.array([-1 if unit is None else units[unit] for _, unit in asked])
    found = mark_own_people(now, persons, places, "pedagogical_staff")
    assert found.tolist() == [*asked.values()]


def test_events_without_names() -> None:
    """Who holds two positions at a school may have been at its meeting once; at one of no unit anybody."""
    now = build_town(
        "e data_meeting 2018-11-01 unit=s",
        "f data_meeting 2018-11-02",
        "g data_meeting 2018-11-03 unit=d",
    )
    events = select_events(now)
    logs = look_up_logs(now, ("data_meeting",))
    # Ann works in the department and at the school: three. Pia leads the school: two. Bo: one.
    most = {
        person: sum(
            judge_attendance(now, events, logs, at_least=count).maybe[number]
            for count in (1, 2, 3, 4)
        )
        for number, person in enumerate(now.person_ids)
    }
    assert most == {"ann": 3, "bo": 1, "pia": 2}
