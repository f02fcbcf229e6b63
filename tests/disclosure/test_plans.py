"""Plans: of which sets of people is told, from head counts alone."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from staffing import Staff, staffs

from plfkit.disclosure.plans import Plan, join_small_sets, plan_sets
from plfkit.graph.staff_list import list_staff

K = 5


def plan(staff: Staff, k: int = K) -> Plan:
    """Return the plan for everybody."""
    now = staff.take_moment([])
    return plan_sets(list_staff(now), now.staff, k)


def test_office_and_leaders() -> None:
    """Five of the office are told together with the leaders; the teachers follow from the whole."""
    sets = plan(Staff({"a": (7, 7, 40), "b": (7, 7, 40)}, office=5)).sets
    assert [(one.labels, len(one.persons)) for one in sets] == [
        (("administration", "school_leadership"), 19),
        (("resource_persons",), 14),
        (("a",), 54),
        (("b",), 54),
    ]


def test_small_schools() -> None:
    """Small schools are told together; a last one that is left over is not told."""
    people = {name: np.arange(place * 20, place * 20 + 8) for place, name in enumerate("abcde")}
    assert [one.key for one in join_small_sets(people, least=13)] == ["a + b", "c + d"]
    told = join_small_sets(people, least=13, with_others=True)
    assert [one.key for one in told] == ["a + b + e", "c + d"]


def test_all_but_a_few() -> None:
    """A school that is all but four of the municipality is not told beside it."""
    assert [one.labels for one in plan(Staff({"a": (0, 0, 40)}, office=4)).sets] == []


@given(staffs())
def test_widths(staff: Staff) -> None:
    """Every set has room for two classes, and is nobody's own."""
    found = plan(staff)
    everybody = int(found.universe.sum())
    for one in found.sets:
        assert len(one.persons) + 1 >= 2 * (K + 2)
        assert everybody - len(one.persons) >= K or len(one.labels) > 1
