"""A publication judged as one: what is hidden depends on what everybody may know, and on nothing else."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from searching import search
from staffing import Staff, hold_two_meetings, name_people, staffs, trained_people

from plfkit import Organisation, Released, Result, Snapshot, measures, release, snapshot
from plfkit.disclosure.properties import name_property
from plfkit.errors import DisclosureError
from plfkit.model.declared.declarations import PrivacyFloor
from plfkit.model.results.figures import Figure

FLOOR = PrivacyFloor()
TWO_SCHOOLS = Staff({"a": (3, 6, 40), "b": (4, 5, 30)}, office=8)
GROUPINGS = (None, "level", "school", "role")
PLANNED = ("school",)


def measure_trained(now: Snapshot, by: str | None = None) -> Result:
    """Return the share of staff who are trained as coaches."""
    return measures.qualification_share(now, kind="coach_training", by=by)


def publish(now: Snapshot, *groupings: str | None) -> Released[Result]:
    """Publish the share together for the whole, by level, …."""
    return release(*(measure_trained(now, by) for by in groupings), floor=FLOOR)


def list_told(released: Released[Result]) -> dict[Any, Any]:
    """Return what is told of each group, by its grouping and name."""
    return {
        (result.by, row.part): (row.value, row.lower, row.upper, row.reason)
        for result in released
        for row in result
    }


@search(20)
@given(staffs(), st.data())
def test_same_heads_same_cells(staff: Staff, data: st.DataObject) -> None:
    """Two municipalities with the same staff list and other training hide the same cells."""
    trained = [data.draw(trained_people(staff)) for _ in range(2)]
    moments = [staff.take_moment({*one, staff.people[0]}) for one in trained]
    cells = [
        [(r.by, row.part, row.n) for r in publish(now, *GROUPINGS) for row in r] for now in moments
    ]
    assert cells[0] == cells[1]
    planned = [
        {
            (part, row.reason == "withheld")
            for r in publish(now, *PLANNED)
            for row in r
            for part in [row.part]
        }
        for now in moments
    ]
    assert planned[0] == planned[1]


@search(20)
@given(staffs(), st.data())
def test_asked_apart(staff: Staff, data: st.DataObject) -> None:
    """Asked one by one, in any order, the same is told as together."""
    now = staff.take_moment({*data.draw(trained_people(staff)), staff.people[0]})
    together = list_told(publish(now, *GROUPINGS))
    order = data.draw(st.permutations(GROUPINGS))
    apart: dict[Any, Any] = {}
    for by in order:
        apart |= list_told(publish(now, by))
    assert apart == together


@search(20)
@given(staffs(), st.data())
def test_truth_lies_in_what_is_told(staff: Staff, data: st.DataObject) -> None:
    """The share itself lies in the class that is told of it."""
    now = staff.take_moment({*data.draw(trained_people(staff)), staff.people[0]})
    for by in GROUPINGS:
        raw = {row.part: row for row in measure_trained(now, by)}
        (told,) = publish(now, by)
        for row in told:
            if row.part in raw and row.lower is not None and row.upper is not None:
                value = raw[row.part].value
                assert value is not None
                assert row.lower - 0.0005 <= value <= row.upper + 0.0005


def find_row(released: Released[Result], part: str | None) -> Figure:
    """Return the figure of a group."""
    return next(row for result in released for row in result if row.part == part)


def test_a_school() -> None:
    """Of the 49 people at a school a class is told, with how many they are."""
    now = TWO_SCHOOLS.take_moment(name_people("a", "t", 20) + name_people("b", "t", 9))
    row = find_row(publish(now, "school"), "a")
    assert (row.value, row.numerator, row.denominator, row.n) == (None, None, 49, 49)
    assert row.reason == "band"
    assert row.lower is not None
    assert row.upper is not None
    assert (round(row.lower * 49), round(row.upper * 49)) == (15, 21)


def test_the_whole() -> None:
    """The municipality's own total is told exactly beside the schools and levels."""
    now = TWO_SCHOOLS.take_moment(name_people("a", "t", 20) + name_people("b", "t", 9))
    whole = find_row(publish(now, "school", "level", None), None)
    assert (whole.numerator, whole.denominator, whole.value) == (29, 96, 0.302)


@pytest.mark.parametrize("few", [0, 1, 4])
def test_nearly_nobody(few: int) -> None:
    """Four people of ninety-six are told like one: as few."""
    now = TWO_SCHOOLS.take_moment([*name_people("a", "t", few), "gone"])
    whole = find_row(publish(now, None), None)
    assert (whole.value, whole.lower) == (None, 0)
    assert whole.upper is not None
    assert round(whole.upper * 96) >= 7


def test_leaders_of_one_school() -> None:
    """Of the three leaders of a school nothing is told, nor does it follow."""
    now = TWO_SCHOOLS.take_moment([*name_people("a", "p", 3), *name_people("a", "t", 20)])
    result = measures.qualification_share(
        now, kind="coach_training", level="school_leadership", by="school"
    )
    assert {row.reason for row in release(result, FLOOR).content} == {"withheld"}


def test_mappings() -> None:
    """Groups of the asker's choice are refused: whom they leave out could be anybody."""
    now = TWO_SCHOOLS.take_moment(name_people("a", "t", 20))
    groups = dict.fromkeys(now.person_ids, "x") | {"at000": "y"}
    with pytest.raises(DisclosureError, match="asker's choice"):
        release(measures.membership_coverage(now, by=groups), FLOOR)


def test_a_second_threshold() -> None:
    """Who reaches one threshold and not the next is guarded: the second is told as a class."""
    now = hold_two_meetings()
    asked = [
        measures.practice_participation(now, kinds=("data_meeting",), at_least=times)
        for times in (1, 2)
    ]
    once, twice = (next(iter(result)) for result in release(*asked, floor=FLOOR))
    assert (once.numerator, twice.value) == (58, None)
    assert twice.lower is not None
    assert twice.upper is not None
    assert round((twice.upper - twice.lower) * 196) >= FLOOR.k


def test_days_apart() -> None:
    """Two moments some days apart are not both told: whoever came in between would show."""
    now = TWO_SCHOOLS.take_moment([*name_people("a", "t", 20), *name_people("b", "t", 12)])
    tables: Any = {
        name: now.tables[name] for name in ("units", "persons", "positions", "qualifications")
    }
    town: Any = Organisation.of(**tables)
    one, other = (measure_trained(snapshot(town, at)) for at in (None, "2019-03-01"))
    told = [next(iter(result)).reason for result in release(one, other, floor=FLOOR)]
    assert told == [None, "withheld"]


def test_no_facts() -> None:
    """A measure that does not say of whom it tells is told for the whole only, with 15 people."""
    now = TWO_SCHOOLS.take_moment(name_people("a", "t", 20))
    kept = [row.reason for by in (None, "school") for row in release(strip(now, by), FLOOR).content]
    assert kept == [None, "withheld", "withheld"]


def strip(now: Snapshot, by: str | None) -> Result:
    """Return the share of trained staff as a measure of somebody else's would give it."""
    return evolve(measure_trained(now, by), facts=None)


def test_facts_do_not_leave() -> None:
    """Who has what is counted stays inside."""
    (told,) = publish(TWO_SCHOOLS.take_moment(name_people("a", "t", 20)), None)
    assert told.facts is None
    assert "at000" not in str(told) + repr(publish(TWO_SCHOOLS.take_moment(["at000"]), None))


def test_two_versions() -> None:
    """Of two versions of the same people's data the second is not told beside the first."""
    moments = [
        TWO_SCHOOLS.take_moment([*name_people("a", "t", count), *name_people("b", "t", 12)])
        for count in (20, 17)
    ]
    both = release(*map(measure_trained, moments), floor=FLOOR)
    assert [next(iter(result)).reason for result in both] == [None, "withheld"]


def test_another_universe() -> None:
    """Asked by another argument for some of them, a yes or no is told as what follows from the first."""
    now = TWO_SCHOOLS.take_moment([*name_people("a", "t", 20), *name_people("b", "t", 12)])
    teachers = measures.qualification_share(now, kind="coach_training", role="teacher")
    first, second = release(measure_trained(now), teachers, floor=FLOOR)
    assert next(iter(first)).numerator == 32
    assert next(iter(second)).value is None
    assert next(iter(second)).denominator == 70


@pytest.mark.parametrize("kinds", [("team", "network"), ("team",)])
def test_words_for_the_same(kinds: tuple[str, ...]) -> None:
    """In whatever order kinds are named, and however often, the same yes or no is meant."""
    now = TWO_SCHOOLS.take_moment([], memberships=[f"t {','.join(name_people('a', 't', 20))}"])
    one, other = (
        name_property(measures.membership_coverage(now, kinds=named))
        for named in (kinds, tuple(reversed([*kinds, *kinds])))
    )
    assert one.name == other.name
    every = tuple(now.vocabulary.community_kinds)
    all_named, none_named = (
        name_property(measures.membership_coverage(now, kinds=named)) for named in (every, None)
    )
    assert all_named.name == none_named.name


def test_arguments_without_effect() -> None:
    """An argument that does nothing makes no other yes or no of it."""
    now = TWO_SCHOOLS.take_moment([], events=["e observation_visit 2018-10-01 unit=v"])
    names = {
        name_property(measures.observed_share(now, source="events", relation=relation)).name
        for relation in ("advice", "coaching")
    }
    assert len(names) == 1


@pytest.mark.parametrize("by", [None, "school"])
def test_how_many_are_members_is_not_n(by: str | None) -> None:
    """The number of people beside a figure is that of the staff list, or none."""
    now = TWO_SCHOOLS.take_moment([], memberships=[f"t {','.join(name_people('a', 't', 20))}"])
    result = measures.structured_membership(now, of="members", basis="either", by=by)
    assert {row.n for row in release(result, FLOOR).content} == {None}


def test_two_days_of_a_year() -> None:
    """Two single days of one school year are not both told, though they have no day in common."""
    now = TWO_SCHOOLS.take_moment([*name_people("a", "t", 20), *name_people("b", "t", 12)])
    names = ("units", "persons", "positions", "qualifications")
    tables: Any = {name: now.tables[name] for name in names}
    town = Organisation.of(**tables)
    days = [measure_trained(snapshot(town, at)) for at in ("2019-01-31", "2019-02-01")]
    assert [next(iter(r)).reason for r in release(*days, floor=FLOOR)] == [None, "withheld"]


def test_what_few_leave_behind() -> None:
    """Beside a figure of a chosen level no communities are counted, nor told how schools see theirs."""
    now = TWO_SCHOOLS.take_moment([], memberships=[f"t {','.join(name_people('a', 't', 20))}"])
    chosen = measures.structured_membership(now, level="school_leadership", basis="either")
    assert release(chosen, FLOOR).content.evidence == {}
    own = measures.level_anchoring(now, by="school", basis="learning")
    assert {row.reason for row in release(own, FLOOR).content} == {"withheld"}


NESTED: list[tuple[tuple[str, ...] | None, tuple[str, ...]]] = [
    (("team",), ("subject_team",)),
    (None, ("team",)),
    (("team", "network"), ("network", "team", "subject_team")),  # the same in other words
]


def hold_teams(in_others: int) -> Snapshot:
    """Return the moment in which 29 of 96 are in a subject team, and so many in another team."""
    people = [*name_people("a", "t", 20), *name_people("b", "t", 12)]
    return TWO_SCHOOLS.take_moment(
        [],
        communities=["s subject_team unit=a", "t team unit=b"],
        memberships=[f"s {','.join(people[:29])}"]
        + ([f"t {','.join(people[29 : 29 + in_others])}"] if in_others else []),
    )


def measure_members(now: Snapshot, kinds: tuple[str, ...] | None) -> Result:
    """Return the share of staff in communities of some kinds."""
    return measures.membership_coverage(now, basis="registered", kinds=kinds)


@pytest.mark.parametrize("in_others", [0, 3])
@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize(("wide", "narrow"), NESTED[:2])
def test_a_kind_and_its_sort(
    wide: tuple[str, ...] | None, narrow: tuple[str, ...], *, turned: bool, in_others: int
) -> None:
    """Who is in a kind and not in its sort is guarded: the second is told as a class, whichever it is."""
    now = hold_teams(in_others)
    asked = [measure_members(now, wide), measure_members(now, narrow)][:: -1 if turned else 1]
    first, second = (next(iter(result)) for result in release(*asked, floor=FLOOR))
    counts = [round(next(iter(one)).numerator or 0) for one in asked]
    assert first.numerator == counts[0]
    assert second.value is None
    least, most = (round((end or 0) * 96) for end in (second.lower, second.upper))
    assert most - least >= FLOOR.k
    assert least <= counts[1] <= most


def test_kinds_beside_each_other() -> None:
    """Of kinds neither of which holds the other both are told, and the same kinds are told once."""
    now = hold_teams(3)
    one, other = release(
        measure_members(now, ("subject_team",)), measure_members(now, ("network",)), floor=FLOOR
    )
    assert (next(iter(one)).numerator, next(iter(other)).reason) == (29, "band")
    same = [
        next(iter(r)) for r in release(*(measure_members(now, k) for k in NESTED[2]), floor=FLOOR)
    ]
    assert same[0] == same[1]
    assert same[0].numerator == 32


def test_meetings_of_one_kind_and_of_two() -> None:
    """Who was at meetings of one kind was at meetings of either: the second is told as a class."""
    now = hold_two_meetings()
    kinds = ("data_meeting",), ("data_meeting", "dialogue_meeting")
    asked = [measures.practice_participation(now, kinds=own) for own in kinds]
    one, both = (next(iter(result)) for result in release(*asked, floor=FLOOR))
    assert (one.numerator, both.value, both.reason) == (58, None, "band")
