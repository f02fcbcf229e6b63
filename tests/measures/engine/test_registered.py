"""Measures of registers and logs: not registered is not zero, and more never lowers them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import chain, combinations
from typing import Any

import numpy as np
import pytest
from attrs import frozen
from hypothesis import given
from hypothesis import strategies as st
from searching import search

from plfkit import Organisation, Result, Snapshot, measures, snapshot
from plfkit.errors import MeasureError, UnknownGroupError
from plfkit.graph.events import list_meeting_kinds
from plfkit.measures.engine.registered import (
    build_register_result,
    build_staff_result,
    check_kinds,
    choose_characteristics,
    choose_communities,
    find_staff_among,
    split_staff,
)
from plfkit.model.records.rows import (
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
    Unit,
)
from plfkit.model.results.figures import Figure
from plfkit.model.words.ranges import RangeKind
from plfkit.model.words.vocabulary import load_core_vocabulary

YEAR = "2018/19"
SCHOOLS = ("nord", "syd")
KINDS = tuple(name for name, kind in load_core_vocabulary().event_kinds.items() if kind.meeting)
LOGGED = (*KINDS, "coaching_session", "school_development_talk")
"""What schools keep logs of, by which it is known who is active; of handovers the municipality does."""

SLACK = 1e-9
FEW = search(30)


@frozen
class School:
    """A drawn municipality: rows of it, and which schools' logs are complete."""

    rows: dict[str, list[Any]]
    logged: dict[str, bool]

    def organisation(self, **more: list[Any]) -> Organisation:
        """Return it, with further rows."""
        tables = {
            name: [*self.rows.get(name, []), *more.get(name, [])] for name in {*self.rows, *more}
        }
        everything: dict[str, Any] = tables
        return Organisation.of(**everything)

    @property
    def people(self) -> list[str]:
        """Everybody."""
        return [person.id for person in self.rows["persons"]]

    def at(self, person: str) -> str:
        """Return where somebody works."""
        return str(next(p.unit for p in self.rows["positions"] if p.person == person))


@st.composite
def schools(draw: st.DrawFn) -> School:
    """Draw two schools with a team each, some meetings, and logs that may have gaps."""
    people = [f"p{n}" for n in range(draw(st.integers(3, 6)))]
    at = {p: draw(st.sampled_from(SCHOOLS)) for p in people}
    teams = {name: [p for p in people if at[p] == name] for name in SCHOOLS}
    events, parts = [], []
    for number in range(draw(st.integers(0, 8))):
        school = draw(st.sampled_from(SCHOOLS))
        kind = draw(st.sampled_from(["dialogue_meeting", "data_meeting", "coordination_meeting"]))
        day = date(2018, 9, 3) + timedelta(days=30 * number)
        events.append(Event(f"e{number}", kind, day, unit=school, community=school, hours=1.0))
        there = draw(st.lists(st.sampled_from(people), unique=True))
        parts += [Participation(f"e{number}", p, "participant") for p in there]
    logged = {name: draw(st.booleans()) for name in SCHOOLS}
    rows: dict[str, list[Any]] = {
        "units": [
            Unit("kommune", "municipality"),
            *(Unit(n, "school", parent="kommune") for n in SCHOOLS),
        ],
        "persons": [Person(p) for p in people],
        "positions": [Position(p, at[p], "teacher") for p in people],
        "communities": [
            Community(n, "team", unit=n, charter=draw(st.sampled_from([True, False, None])))
            for n in SCHOOLS
        ],
        "memberships": [Membership(n, p) for n in SCHOOLS for p in teams[n]],
        "events": events,
        "participations": parts,
        "registrations": [
            Registration(n, kind, complete=logged[n]) for n in SCHOOLS for kind in LOGGED
        ],
    }
    return School(rows, logged)


def main(result: Result) -> Any:
    """Return the figure that stands for the whole."""
    figure: Any = result.main
    assert figure is not None
    if None not in {figure.value, figure.lower, figure.upper}:
        assert figure.lower - SLACK <= figure.value <= figure.upper + SLACK
    return figure


def subsets(items: list[str]) -> Iterator[tuple[str, ...]]:
    """Yield every subset."""
    return chain.from_iterable(combinations(items, n) for n in range(len(items) + 1))


def taking_part(town: School, **more: list[Any]) -> Any:
    """Return the share of staff who took part in a reflective dialogue."""
    now = snapshot(town.organisation(**more), YEAR)
    return main(measures.practice_participation(now, kinds=("dialogue_meeting",)))


@FEW
@given(schools())
def test_possible_people_in_range(town: School) -> None:
    """Whichever people of unlogged schools, or of unnamed meetings, were there, the range holds it."""
    figure = taking_part(town)
    named = {p.event for p in town.rows["participations"]}
    dialogues = [e for e in town.rows["events"] if e.kind == "dialogue_meeting"]
    unnamed = {e.community for e in dialogues if e.id not in named}
    surely = {p.person for p in town.rows["participations"] if p.event in {e.id for e in dialogues}}
    open_ = [
        p
        for p in town.people
        if p not in surely and (not town.logged[town.at(p)] or town.at(p) in unnamed)
    ]
    shares = [len(surely | set(more)) / len(town.people) for more in subsets(open_)]
    assert figure.lower == pytest.approx(min(shares))
    assert figure.upper == pytest.approx(max(shares))
    counted = [p for p in town.people if town.logged[town.at(p)] or not open_]
    if not counted:
        assert (figure.value, figure.reason) == (None, "not_registered")
        return
    share = len(surely & set(counted)) / len(counted)
    if min(shares) - SLACK <= share <= max(shares) + SLACK:
        assert figure.value == pytest.approx(share)
        assert figure.denominator == len(counted)
    else:
        assert (figure.value, figure.reason) == (None, "some_not_registered")


@FEW
@given(schools(), st.data())
def test_one_more_taking_part_never_lowers_it(town: School, data: st.DataObject) -> None:
    """Somebody noted at a dialogue raises the share, or leaves it, and the range too."""
    before = taking_part(town)
    someone = data.draw(st.sampled_from(town.people))
    more = taking_part(
        town,
        events=[Event("new", "dialogue_meeting", date(2019, 5, 1), unit=town.at(someone))],
        participations=[Participation("new", someone)],
    )
    assert None in {before.value, more.value} or more.value >= before.value - SLACK
    assert more.lower >= before.lower - SLACK


def active(name: str) -> dict[str, list[Any]]:
    """Return an active team of three leaders at a school: six meetings, dialogue and data among them."""
    people = [f"{name}-{n}" for n in range(3)]
    kinds = ("dialogue_meeting", "data_meeting", *["planning_meeting"] * 4)
    return {
        "persons": [Person(p) for p in people],
        "positions": [Position(p, name, "principal") for p in people],
        "communities": [Community("ledelse", "leadership_team", unit=name)],
        "memberships": [Membership("ledelse", p) for p in people],
        "events": [
            Event(
                f"l{n}",
                kind,
                date(2018, 9, 1) + timedelta(days=30 * n),
                unit=name,
                community="ledelse",
            )
            for n, kind in enumerate(kinds)
        ],
    }


@FEW
@given(schools())
def test_anchoring_never_lowered(town: School) -> None:
    """A leadership team that meets, reflects and looks at data anchors a level, where its log tells."""
    more = active("nord")
    people = {"persons": more.pop("persons"), "positions": more.pop("positions")}
    with_people = School({k: [*town.rows[k], *people.get(k, [])] for k in town.rows}, town.logged)

    def anchoring(**rows: list[Any]) -> Any:
        now = snapshot(with_people.organisation(**rows), YEAR)
        return main(measures.level_anchoring(now, basis="active"))

    before, after = anchoring(), anchoring(**more)
    assert after.lower >= before.lower - SLACK
    assert after.upper >= before.upper - SLACK
    if town.logged["nord"] and None not in {before.value, after.value}:
        assert after.value >= before.value - SLACK


def test_what_no_log_tells_of_may_have_made_it_active() -> None:
    """A team that may have reflected in coaching, and looked at data at a handover, may be active."""
    meetings = [
        Event(
            f"m{n}", "planning_meeting", date(2018, 9, 1) + timedelta(days=30 * n), "nord", "nord"
        )
        for n in range(6)
    ]
    town = Organisation.of(
        units=[Unit("nord", "school")],
        persons=[Person(p) for p in ("anna", "bo", "carl")],
        positions=[Position(p, "nord", "teacher") for p in ("anna", "bo", "carl")],
        communities=[Community("nord", "team", unit="nord")],
        memberships=[Membership("nord", p) for p in ("anna", "bo", "carl")],
        events=meetings,
        registrations=[Registration("nord", kind, complete=True) for kind in KINDS],
    )
    unknown = measures.membership_coverage(snapshot(town, YEAR), basis="active")
    assert (main(unknown).value, main(unknown).lower, main(unknown).upper) == (None, 0, 1)
    lacking = {"coaching_session", "school_development_talk", "handover_meeting"}
    assert set(map(str, unknown.needs)) == {f"registrations:{kind}" for kind in lacking}
    told = town.with_(registrations=[Registration("nord", k, complete=True) for k in lacking])
    known = main(measures.membership_coverage(snapshot(told, YEAR), basis="active"))
    assert (known.value, known.upper) == (0, 0)


@FEW
@given(schools())
def test_bases_ask_more_and_more(town: School) -> None:
    """Whoever is in an active community is in a registered one; the ranges say so too."""
    now = snapshot(town.organisation(), YEAR)
    registered = main(measures.membership_coverage(now))
    held = main(measures.membership_coverage(now, basis="active"))
    assert held.lower <= registered.lower + SLACK
    assert held.upper <= registered.upper + SLACK


@FEW
@given(schools())
def test_a_charter_never_lowers_structure(town: School) -> None:
    """Where every team has a charter, at least as many have charter and rhythm."""

    def structured(charter: bool | None) -> Any:  # noqa: FBT001
        teams = [
            Community(c.id, c.kind, unit=c.unit, charter=c.charter if charter is None else charter)
            for c in town.rows["communities"]
        ]
        rows = {**town.rows, "communities": teams}
        now = snapshot(School(rows, town.logged).organisation(), YEAR)
        return main(measures.structured_membership(now))

    before, after = structured(None), structured(charter=True)
    assert before.lower is None or after.lower >= before.lower - SLACK


@FEW
@given(schools(), st.data())
def test_training_never_lowers(town: School, data: st.DataObject) -> None:
    """One more with the training is one more."""
    first, second = (data.draw(st.sampled_from(town.people)) for _ in range(2))
    one, other = Qualification(first, "coach_training"), Qualification(second, "coach_training")

    def share(*rows: Qualification) -> Any:
        org = town.organisation(qualifications=list(rows))
        return main(measures.qualification_share(snapshot(org, YEAR), kind="coach_training"))

    assert share().reason == "not_registered"
    both = share(one) if first == second else share(one, other)
    assert share(one).value == pytest.approx(1 / len(town.people))
    assert both.value >= share(one).value


@FEW
@given(schools(), st.data())
def test_a_handover_never_lowers_coverage(town: School, data: st.DataObject) -> None:
    """A meeting with somebody of either side covers the way between the schools."""
    ways = [Pathway("nord", "syd", grade="7"), Pathway("syd", "nord", grade="8")]
    logs = [Registration("kommune", "handover_meeting", complete=data.draw(st.booleans()))]
    sides = [[p for p in town.people if town.at(p) == name] for name in SCHOOLS]
    people = [data.draw(st.sampled_from(side)) if side else None for side in sides]

    def covered(**rows: list[Any]) -> Any:
        org = town.organisation(pathways=ways, registrations=logs, **rows)
        return main(measures.transition_coverage(snapshot(org, YEAR)))

    before = covered()
    after = covered(
        events=[Event("h", "handover_meeting", date(2019, 5, 1), unit="nord")],
        participations=[Participation("h", p) for p in people if p is not None],
    )
    assert before.lower == 0
    assert before.upper == (0 if logs[0].complete else 1)
    met = None not in people
    assert after.lower == (1 if met else 0)
    assert (after.value is None) == (not logs[0].complete and not met)


@pytest.mark.parametrize(("links", "expected"), [(1, 1.0), (2, 0.5)])
def test_a_longer_chain_is_asked_for_by_links(links: int, expected: float) -> None:
    """Both focuses serve one, and only one of them serves a third above that."""
    org = Organisation.of(
        persons=[Person(name) for name in "abc"],
        focuses=[Focus("top"), Focus("mid", parent="top"), Focus("low", parent="mid")],
        communities=[Community("one", "team", focus="low"), Community("two", "team", focus="mid")],
        memberships=[Membership(team, name) for team in ("one", "two") for name in "abc"],
    )
    assert measures.focus_chain(snapshot(org), links=links).item() == expected


def test_meetings_that_no_log_tells_of_leave_no_range() -> None:
    """How many meetings Syd did not register nobody knows, so the share has no range."""
    rows: dict[str, list[Any]] = {
        "units": [Unit(name, "school") for name in SCHOOLS],
        "persons": [Person(name) for name in "abcdef"],
        "communities": [Community(name, "team", unit=name) for name in SCHOOLS],
        "memberships": [
            *(Membership("nord", name) for name in "abc"),
            *(Membership("syd", name) for name in "def"),
        ],
        "events": [
            Event("m1", "data_meeting", date(2018, 10, 1), unit="nord", community="nord"),
            Event("m2", "planning_meeting", date(2018, 11, 1), unit="nord", community="nord"),
        ],
        "registrations": [Registration("nord", kind, complete=True) for kind in KINDS],
    }
    result = measures.data_meeting_share(snapshot(School(rows, {}).organisation(), YEAR))
    figure = main(result)
    assert (figure.value, figure.lower, figure.upper) == (0.5, None, None)
    assert result.range_kind == "unknown"
    assert set(map(str, result.needs)) == {f"registrations:{kind}" for kind in KINDS}


def test_meeting_kinds_follow_the_vocabulary() -> None:
    """What a meeting is, the kind says: a profile's own meetings count without code."""
    words = load_core_vocabulary().extended(
        {"event_kinds": {"circle": {"label": {"da": "Kreds", "en": "Circle"}, "meeting": True}}}
    )
    now = snapshot(Organisation.of(vocabulary=words, persons=[Person("anna")]))
    assert set(list_meeting_kinds(now)) == {*KINDS, "circle"}


@pytest.mark.parametrize(
    ("name", "arguments", "error", "told"),
    [
        ("practice_participation", {"kinds": ("data_meting",)}, MeasureError, "data_meeting"),
        (
            "practice_participation",
            {"kinds": ("data_meeting",), "at_least": 0},
            MeasureError,
            "1 or more",
        ),
        ("qualification_share", {"kind": "coach_trainin"}, UnknownGroupError, "coach_training"),
        ("professional_mix", {"roles": ()}, MeasureError, "name the roles"),
        ("professional_mix", {"roles": ("teachr",)}, UnknownGroupError, "teacher"),
        ("shared_structure", {"kinds": ("temas",)}, UnknownGroupError, "team"),
        ("membership_coverage", {"basis": "aktive"}, MeasureError, "active"),
        (
            "structured_membership",
            {"basis": "registered"},
            MeasureError,
            "did you mean",
        ),
        ("focus_chain", {"links": 0}, MeasureError, "1 or more"),
        ("learning_centre_build_up", {"functions": ()}, MeasureError, "name as many"),
        ("characteristics_profile", {"at_least": 9}, MeasureError, "5 characteristics"),
        ("characteristics_profile", {"threshold": 2.0}, MeasureError, "between 0 and 1"),
        ("outcome_gap", {"measure": "x", "subgroups": ("high",)}, MeasureError, "two subgroups"),
        ("joint_event_exposure", {"unit": "schol"}, UnknownGroupError, "school"),
        ("path_continuity", {"relation": "advice", "k": 0}, MeasureError, "at least 1"),
    ],
)
def test_what_makes_no_sense_is_refused(
    name: str, arguments: dict[str, Any], error: type[Exception], told: str
) -> None:
    """Each says what is wrong and what there is."""
    now = snapshot(Organisation.of(persons=[Person("anna")]))
    with pytest.raises(error, match=told):
        getattr(measures, name)(now, **arguments)


def staffed() -> Snapshot:
    """Two schools; a teaches at x and leads y; d, of the support staff, does not count as staff."""
    return snapshot(
        Organisation.of(
            units=[Unit(name, "school") for name in "xy"],
            persons=[Person(name) for name in "abcd"],
            positions=[
                Position("a", "x", "teacher"),
                Position("b", "x", "reading_coach"),
                Position("a", "y", "principal"),
                Position("c", "y", "teacher"),
                Position("d", "y", "support_staff"),
            ],
            communities=[
                Community("t", "team", unit="x"),
                Community("n", "network", unit="x"),
                Community("u", "team", unit="y"),
            ],
            memberships=[
                *(Membership(name, person) for name in "tn" for person in "abc"),
                Membership("u", "c"),
            ],
        )
    )


@pytest.mark.parametrize(
    ("names", "people"),
    [
        ((), "abc"),
        ((None, None), "abc"),
        (("resource_persons",), "b"),
        (("teacher", None), "ac"),
        (("teacher", "principal"), "a"),
        (("resource_persons", "principal"), ""),
    ],
)
def test_staff_of_levels_and_roles(names: tuple[str | None, ...], people: str) -> None:
    """Those who count as staff, and belong to each level and role that is named."""
    now = staffed()
    assert [now.person_ids[p] for p in np.flatnonzero(find_staff_among(now, *names))] == [*people]
    assert now.staff.sum() == 3


def test_parts_of_the_staff() -> None:
    """At a school somebody is what they are there; in other groups, what they are."""
    now = staffed()

    def told(by: Any, *names: str | None) -> dict[str | None, str]:
        return {
            part: "".join(now.person_ids[person] for person in people)
            for part, people in split_staff(now, by, *names)
        }

    assert told(None) == {None: "abc"}
    assert told(None, "teacher") == {None: "ac"}
    assert told("school") == {"x": "ab", "y": "ac"}
    assert told("school", None, "teacher") == {"x": "a", "y": "c"}
    assert told({"a": "u", "d": "u", "c": "v"}) == {"u": "a", "v": "c"}
    assert split_staff(now, None).groups is None


def test_what_a_result_says_of_a_register() -> None:
    """When, of how many people, how far it was observed, and what is known of its range."""
    now = staffed()
    sure, bare = Figure(value=0.5, lower=0.5, upper=0.5, observed=0.75), Figure(value=0.5)
    none, range_alone = Figure(reason="no_staff"), Figure(lower=0, upper=1, reason="not_registered")
    kinds = {
        (sure,): "of_registered",
        (sure, bare): "of_registered",
        (range_alone,): "of_registered",
        (bare, none): "unknown",
        (none,): "of_registered",
        (): "of_registered",
    }
    for rows, kind in kinds.items():
        result = build_register_result(
            now, measures.membership_coverage, [*rows], range_kind=RangeKind.OF_REGISTERED
        )
        assert result.range_kind == kind
        assert result.observed == (rows[0].observed if rows else None)
        assert (len(result), result.n, result.at) == (len(rows), 3, "undated")
        assert (result.measure, result.reference_day) == (
            "membership_coverage",
            now.reference_text,
        )
    result = build_register_result(now, measures.membership_coverage, [], notes={"left_out": 2})
    assert result.notes == {**now.notes, "left_out": 2}
    parts = split_staff(now, "school")
    result = build_staff_result(now, measures.membership_coverage, [], parts)
    assert (result.by, result.several) == ("school", 1)
    whole = build_staff_result(now, measures.membership_coverage, [], split_staff(now, None))
    assert (whole.by, whole.several) == (None, None)


def test_communities_that_count() -> None:
    """Those with enough members, of all kinds or of those named."""
    for kinds, names in ((None, "nt"), (["team"], "t"), (["network", "team"], "nt"), ([], "")):
        known, counts = choose_communities(staffed(), kinds)
        assert "".join(sorted(np.array(known.ids)[counts])) == names
    with pytest.raises(UnknownGroupError, match="there is no community kind 'tea', did you mean"):
        choose_communities(staffed(), ["tea"])


def test_characteristics_that_are_asked_about() -> None:
    """Those named, each once and in their order, or all of the framework."""
    now, own = staffed(), "five_characteristics"
    everything = choose_characteristics(now, own, None)
    assert (len(everything), everything[0]) == (5, "shared_values")
    twice = ["collaboration", "shared_values", "collaboration"]
    assert choose_characteristics(now, own, twice) == ("collaboration", "shared_values")
    with pytest.raises(UnknownGroupError, match="there is no framework 'six'"):
        choose_characteristics(now, "six", None)
    with pytest.raises(MeasureError, match="has no characteristic 'colaboration'"):
        choose_characteristics(now, own, ["colaboration"])
    with pytest.raises(MeasureError, match="'xyzzy': there are shared_values"):
        choose_characteristics(now, own, ["xyzzy"])
    with pytest.raises(UnknownGroupError, match="'xyzzy': there are"):
        check_kinds(now, "levels", ["xyzzy"])
    check_kinds(now, "levels", None)
    check_kinds(now, "levels", ["administration"])
