"""A rule and the rows it is held against: what counts where, and which lists would settle it."""

from __future__ import annotations

import math
from datetime import date
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from plfkit import Organisation, snapshot
from plfkit.goals.checking import RuleCheck
from plfkit.goals.counting import CountRange
from plfkit.model.declared.facts import Rule
from plfkit.model.records.rows import (
    Community,
    Event,
    Membership,
    Participation,
    Person,
    Position,
    Qualification,
    Registration,
    Unit,
)
from plfkit.model.words.verdicts import ClaimVerdict

DAY = date(2016, 11, 1)
PLACES = {"anna": "a", "bo": "a", "carl": "b", "hanne": "kommune", "gæst": "ude"}
ROLES = {"hanne": "head_of_education", "gæst": "visiting_teacher"}
WORKSHOP = {"counts": "events", "at_least": 1, "events": ["workshop"]}


def check(rule: dict[str, Any], **rows: Any) -> RuleCheck:
    """Return a rule held against two schools, A with two teachers and B with one, a head and a guest."""
    people: dict[str, list[Any]] = {"persons": [Person(name) for name in PLACES]}
    people["positions"] = [
        Position(name, unit, ROLES.get(name, "teacher")) for name, unit in PLACES.items()
    ]
    units = [
        Unit("a", "school", parent="kommune"),
        Unit("b", "school", parent="kommune"),
        Unit("kommune", "municipality"),
        Unit("ude", "external_organisation"),
    ]
    org = Organisation.of(**{"units": units, **people, **rows})
    return RuleCheck(org, Rule(**{"at_least": 1, **rule}), snapshot(org, "2016/17"))


def registered(*lists: str, unit: str = "kommune") -> list[Registration]:
    """Return that some lists are complete, each a table and a kind as in "events:workshop"."""
    named = [one.partition(":") for one in lists]
    return [Registration(unit, kind=kind or None, complete=True, of=of) for of, _, kind in named]


def workshop(
    *people: str, unit: str | None = None, headcount: int | None = None
) -> dict[str, list[Any]]:
    """Return a workshop with some people, and a complete log."""
    return {
        "events": [Event("w", "workshop", DAY, unit=unit, headcount=headcount)],
        "participations": [Participation("w", name) for name in people],
        "registrations": registered("events:workshop", "positions"),
    }


@given(
    st.lists(
        st.tuples(
            st.integers(1, 3), st.sets(st.sampled_from(["anna", "bo", "gæst"])), st.booleans()
        ),
        max_size=4,
    ),
    st.sampled_from(["events", "days"]),
    st.sampled_from([[], ["visiting_teacher"]]),
)
@example([(1, {"anna"}, True), (1, {"bo", "gæst"}, True)], "events", [])
def test_each_person_has_events_of_their_own(
    held: list[tuple[int, set[str], bool]], counts: str, roles: list[str]
) -> None:
    """Counted by hand: theirs, with a guest among them if it says so, and at most those half named too."""
    rows = {
        "events": [
            Event(f"w{number}", "workshop", DAY.replace(day=day), headcount=len(people) + more)
            for number, (day, people, more) in enumerate(held)
        ],
        "participations": [
            Participation(f"w{number}", name)
            for number, (_, people, _) in enumerate(held)
            for name in sorted(people)
        ],
        "registrations": registered("events:workshop", "positions"),
    }
    rule = {"events": ["workshop"], "counts": counts, "each_person": "teacher"}
    found = check({**rule, "roles": roles}, **rows).found
    for person in ("anna", "bo"):
        sure, others = set[int](), set[int]()
        for number, (day, people, more) in enumerate(held):
            key = day if counts == "days" else number
            if person in people and ("gæst" in people or not roles):
                sure.add(key)
            elif more or not people:
                others.add(key)
        assert found[person] == CountRange(len(sure), len(sure | others))


EACH_SCHOOL = {**WORKSHOP, "each_unit": "school"}


@pytest.mark.parametrize(
    ("unit", "found"),
    [
        ("a", {"a": (1, 1), "b": (0, 0)}),
        ("kommune", {"a": (0, 1), "b": (0, 1)}),
        ("ude", {"a": (0, 0), "b": (0, 0)}),
        (None, {"a": (0, 1), "b": (0, 1)}),
    ],
)
def test_where_an_event_was(unit: str | None, found: dict[str, tuple[int, int]]) -> None:
    """What was noted further up, or nowhere, may have been at any school; elsewhere it was not."""
    expected = {key: CountRange(*ends) for key, ends in found.items()}
    assert check(EACH_SCHOOL, **workshop("anna", unit=unit)).found == expected


@pytest.mark.parametrize(
    ("rule", "people", "headcount", "found"),
    [
        ({}, "", None, (1, 1)),
        ({"roles": ["teacher"]}, "", None, (0, 1)),
        ({"roles": ["teacher"]}, "anna", None, (1, 1)),
        ({"roles": ["teacher"]}, "hanne", None, (0, 0)),
        ({"roles": ["teacher"]}, "hanne", 1, (0, 0)),
        ({"roles": ["teacher"]}, "hanne", 2, (0, 1)),
        ({"roles": ["teacher"]}, "hanne hanne", 2, (0, 1)),
        ({"roles": ["teacher"]}, "hanne gæst", 2, (0, 0)),
        ({"within": "school"}, "hanne", None, (0, 0)),
        ({"within": "school"}, "hanne carl", None, (1, 1)),
        ({"communities": ["team"]}, "anna", None, (0, 0)),
        ({"communities": ["team"]}, "bo", None, (1, 1)),
        ({"communities": ["team"], "roles": ["head_of_education"]}, "bo", None, (0, 0)),
        ({"communities": ["team"], "roles": ["head_of_education"]}, "bo hanne", None, (1, 1)),
        ({"counts": "people"}, "anna bo gæst", None, (3, 3)),
        ({"counts": "people", "communities": ["team"]}, "anna bo carl", None, (2, 2)),
        ({"counts": "people", "communities": ["team"]}, "bo", 2, (1, 1)),
    ],
)
def test_who_was_there(
    rule: dict[str, Any], people: str, headcount: int | None, found: tuple[int, int]
) -> None:
    """An event counts with somebody of the role and of the team; unnamed people may be they."""
    rows = workshop(headcount=headcount)
    rows["participations"] = [
        Participation("w", name, role)
        for name, role in zip(people.split(), (None, "facilitator", "visitor"), strict=False)
    ]
    rows["communities"] = [Community("t", "team", unit="a")]
    rows["memberships"] = [Membership("t", "bo"), Membership("t", "carl")]
    rows["registrations"] += registered("communities", "memberships")
    assert check({**WORKSHOP, **rule}, **rows).found == {None: CountRange(*found)}


@pytest.mark.parametrize(
    ("rule", "lists"),
    [
        (WORKSHOP, ["workshop"]),
        ({**WORKSHOP, "roles": ["teacher"]}, ["workshop", "positions:teacher"]),
        (
            {**WORKSHOP, "communities": ["team"]},
            ["workshop", "communities:team", "memberships:team"],
        ),
        ({**EACH_SCHOOL, "roles": ["teacher"]}, ["workshop", "positions:teacher"]),
        ({**WORKSHOP, "each_person": "staff", "communities": ["team"]}, ["workshop"]),
        ({"counts": "people", "roles": ["teacher"]}, ["positions:teacher"]),
        (
            {"counts": "people", "communities": ["team"]},
            ["positions", "communities:team", "memberships:team"],
        ),
        ({"counts": "communities", "communities": ["team"]}, ["communities:team"]),
        (
            {"counts": "people", "qualifications": ["coach_training"]},
            ["positions", "qualifications:coach_training"],
        ),
    ],
)
def test_lists_that_would_settle_it(rule: dict[str, Any], lists: list[str]) -> None:
    """Each list that the rule reads is named, for one that is open, and none for one that is not."""
    rows: dict[str, Any] = {
        "events": [Event("v", "school_visit", DAY)],
        "communities": [Community("t", "team", unit="a")],
        "memberships": [Membership("t", "bo")],
        "qualifications": [Qualification("bo", "coach_training")],
    }
    found = check(rule, **rows)
    keys = [*found.found]
    assert all(one.upper == math.inf for one in found.found.values())
    needs = found.name_missing_lists(dict.fromkeys(keys, ClaimVerdict.OPEN))
    assert [str(need) for need in needs] == [f"registrations:{name}" for name in lists]
    assert not found.name_missing_lists(dict.fromkeys(keys, ClaimVerdict.SUPPORTED))
    said = [name if ":" in name else f"events:{name}" for name in lists if name != "positions"]
    rows["registrations"] = registered("positions", *said)
    assert not any(one.upper == math.inf for one in check(rule, **rows).found.values())


def test_nobody_to_ask() -> None:
    """Where there is no such unit, or nobody in such a role, that table would settle it."""
    for rule, table in (
        ({**WORKSHOP, "each_unit": "kindergarten"}, "units"),
        ({**WORKSHOP, "each_person": "principal"}, "positions"),
    ):
        found = check(rule, **workshop("anna"))
        assert not found.found
        assert [str(need) for need in found.name_missing_lists({})] == [table]


def test_names_would_settle_it() -> None:
    """Where a rule asks who was there and nobody noted it, names would; where it does not, they would not."""
    asked = check({**WORKSHOP, "roles": ["teacher"]}, **workshop())
    assert [str(n) for n in asked.name_missing_lists({None: ClaimVerdict.OPEN})] == [
        "participations"
    ]
    nowhere = check(EACH_SCHOOL, **workshop())
    assert not nowhere.name_missing_lists(dict.fromkeys("ab", ClaimVerdict.OPEN))


def test_a_stay_that_was_noted_to_be_short() -> None:
    """More days would settle it where the log is complete; where it is not, the log comes first."""
    rule = {"counts": "days", "at_least": 10, "stay": True, "events": ["workshop"]}
    rows = workshop("gæst")
    for said, named in ((rows["registrations"], "participations"), ([], "registrations:workshop")):
        found = check(
            {**rule, "each_person": "visiting_teacher"}, **{**rows, "registrations": said}
        )
        verdicts = {key: one.judge_rule(found.rule) for key, one in found.found.items()}
        assert verdicts == {"gæst": "open"}
        assert [str(need) for need in found.name_missing_lists(verdicts)] == [named]


def test_lists_of_the_schools_alone() -> None:
    """Of teachers who work at schools the schools' lists are enough; of all teachers they are not."""
    lists = [row for unit in "ab" for row in registered("positions", unit=unit)]
    rule = {"counts": "people", "roles": ["teacher"]}
    within = check({**rule, "within": "school"}, registrations=lists)
    assert within.found == {None: CountRange(3, 3)}
    assert check(rule, registrations=lists).found == {None: CountRange(3, math.inf)}
    half = check({**rule, "within": "school"}, registrations=lists[1:])
    assert half.found == {None: CountRange(3, math.inf)}


def test_how_many_lack_at_each_school() -> None:
    """Those who do not bear it out, or may not, at the school where they work; the head at none."""
    rows = workshop("carl")
    found = check({**WORKSHOP, "each_person": "everyone"}, **rows)
    verdicts = {key: one.judge_rule(found.rule) for key, one in found.found.items()}
    assert verdicts == {
        "anna": "contradicted",
        "bo": "contradicted",
        "carl": "supported",
        "hanne": "contradicted",
    }
    assert found.count_lacking_people(verdicts) == {"a": 2}
    assert found.count_lacking_people({**verdicts, "carl": ClaimVerdict.OPEN}) == {"a": 2, "b": 1}
    whole = check(WORKSHOP, **rows)
    assert whole.count_lacking_people({None: ClaimVerdict.CONTRADICTED}) == {}


@pytest.mark.parametrize(
    ("rule", "lists"),
    [
        (WORKSHOP, []),
        (EACH_SCHOOL, ["positions"]),
        ({**WORKSHOP, "each_person": "staff"}, ["positions"]),
        ({**WORKSHOP, "each_person": "everyone"}, ["positions"]),
        ({**WORKSHOP, "each_person": "teacher"}, ["positions:teacher"]),
    ],
)
def test_whether_that_is_each(rule: dict[str, Any], lists: list[str]) -> None:
    """Which schools there are, and who is everybody, only a complete list of positions tells."""
    found = check(rule, events=[Event("w", "workshop", DAY)])
    assert [str(need) for need in found.unknown] == [f"registrations:{name}" for name in lists]
    assert not check(rule, **workshop("anna")).unknown
