"""Organisations: checked, immutable, equal by content."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plfkit import (
    Answer,
    Community,
    Event,
    Focus,
    Membership,
    Organisation,
    Outcome,
    Participation,
    Pathway,
    Period,
    Person,
    Position,
    Qualification,
    Registration,
    Response,
    Survey,
    Tie,
    Unit,
)
from plfkit.errors import InvalidDataError
from plfkit.testing import organisations

YEAR, NEXT = Period.parse("2018/19"), Period.parse("2019/20")


@given(organisations(), st.randoms(use_true_random=False))
def test_row_order_does_not_matter(organisation: Organisation, shuffler: random.Random) -> None:
    """The same rows in any order make the same organisation."""
    rows: dict[str, Any] = {name: list(table) for name, table in organisation.tables.items()}
    for records in rows.values():
        shuffler.shuffle(records)
    title, synthetic = organisation.title, organisation.synthetic
    assert Organisation.of(**rows, title=title, synthetic=synthetic) == organisation


def test_one_different_cell_makes_another_organisation() -> None:
    """Equality sees every cell."""
    first = Organisation.of(persons=[Person("a")])
    assert first != Organisation.of(persons=[Person("a", "Ada")])
    assert first == Organisation.of(persons=[Person("a")])


ABC = [Person(name) for name in "abc"]
SCHOOL = [Unit("s", "school")]
TEAM = [Community("t", "team", valid=YEAR)]
SCALE = [Survey("q", "scale")]
LINKED = [Survey("q", "scale", linked=True)]
FOUR = [Survey("q", "scale", lowest=1, highest=4)]
MET = [Event("e", "workshop", date(2019, 3, 1))]
SURVEY = [Survey("q", "network", "advice", max_ties=1)]


@pytest.mark.parametrize(
    ("code", "tables"),
    [
        ("duplicate", {"persons": [*ABC, Person("a")]}),
        ("unknown_kind", {"units": [Unit("s", "scool")]}),
        ("dangling_reference", {"units": [Unit("s", "school", parent="x")]}),
        ("cycle", {"units": [Unit("s", "school", parent="t"), Unit("t", "school", parent="s")]}),
        ("cycle", {"units": [Unit("s", "school", parent="s")]}),
        ("missing_table", {"persons": ABC, "positions": [Position("a", "s", "teacher")]}),
        (
            "out_of_range",
            {"persons": ABC, "units": SCHOOL, "positions": [Position("a", "s", "teacher", 1.5)]},
        ),
        (
            "overlap",
            {
                "persons": ABC,
                "units": SCHOOL,
                "positions": [
                    Position("a", "s", "teacher"),
                    Position("a", "s", "teacher", valid=YEAR),
                ],
            },
        ),
        ("self_tie", {"persons": ABC, "ties": [Tie("a", "a", "advice")]}),
        ("missing_value", {"surveys": [Survey("q", "network")]}),
        (
            "wrong_survey",
            {"persons": ABC, "surveys": SURVEY, "ties": [Tie("a", "b", "coaching", "q")]},
        ),
        (
            "not_asked",
            {
                "persons": ABC,
                "surveys": SURVEY,
                "responses": [Response("q", "b", answered=True)],
                "ties": [Tie("a", "b", "advice", "q")],
            },
        ),
        (
            "not_answered",
            {
                "persons": ABC,
                "surveys": SURVEY,
                "responses": [Response("q", "a", answered=False)],
                "ties": [Tie("a", "b", "advice", "q")],
            },
        ),
        (
            "too_many_ties",
            {
                "persons": ABC,
                "surveys": SURVEY,
                "ties": [Tie("a", "b", "advice", "q"), Tie("a", "c", "advice", "q")],
            },
        ),
        ("cycle", {"focuses": [Focus("f", parent="g"), Focus("g", parent="f")]}),
        ("dangling_reference", {"focuses": [Focus("f", parent="x")]}),
        (
            "dangling_reference",
            {"focuses": [Focus("f")], "communities": [Community("t", "team", focus="g")]},
        ),
        (
            "outside",
            {
                "persons": ABC,
                "communities": TEAM,
                "memberships": [Membership("t", "a", valid=NEXT)],
            },
        ),
        (
            "outside",
            {
                "persons": ABC,
                "communities": TEAM,
                "memberships": [Membership("t", "a", valid=Period(date(2018, 1, 1)))],
            },
        ),
        (
            "outside",
            {
                "persons": [Person("a", valid=YEAR)],
                "units": SCHOOL,
                "positions": [Position("a", "s", "teacher", valid=NEXT)],
            },
        ),
        (
            "outside",
            {
                "communities": TEAM,
                "events": [Event("e", "workshop", date(2019, 8, 1), community="t")],
            },
        ),
        (
            "over_full_time",
            {
                "persons": ABC,
                "units": SCHOOL,
                "positions": [
                    Position("a", "s", "teacher", 0.8),
                    Position("a", "s", "reading_coach", 0.3),
                ],
            },
        ),
        ("contradiction", {"surveys": [Survey("q", "scale", "advice")]}),
        ("contradiction", {"surveys": [Survey("q", "network", "advice", lowest=0, highest=1)]}),
        ("missing_value", {"surveys": [Survey("q", "scale", lowest=1)]}),
        ("missing_value", {"surveys": [Survey("q", "scale", highest=4)]}),
        ("contradiction", {"surveys": [Survey("q", "scale", lowest=4, highest=1)]}),
        ("contradiction", {"surveys": [Survey("q", "scale", lowest=1, highest=1)]}),
        ("out_of_range", {"surveys": FOUR, "answers": [Answer("q", "x", item="trust", value=5)]}),
        ("out_of_range", {"surveys": FOUR, "answers": [Answer("q", "x", item="trust", value=0.9)]}),
        ("missing_value", {"surveys": SCALE, "answers": [Answer("q", item="trust", value=3)]}),
        (
            "contradiction",
            {
                "surveys": SCALE,
                "communities": TEAM,
                "answers": [Answer("q", "x", "t", item="trust", value=3)],
            },
        ),
        ("wrong_survey", {"surveys": SURVEY, "answers": [Answer("q", "x", item="trust", value=3)]}),
        (
            "linked_respondent",
            {
                "persons": ABC,
                "surveys": SCALE,
                "answers": [Answer("q", "a", item="trust", value=3)],
            },
        ),
        (
            "dangling_reference",
            {
                "persons": ABC,
                "surveys": LINKED,
                "answers": [Answer("q", "x", item="trust", value=3)],
            },
        ),
        (
            "not_asked",
            {
                "persons": ABC,
                "surveys": LINKED,
                "responses": [Response("q", "b", answered=True)],
                "answers": [Answer("q", "a", item="trust", value=3)],
            },
        ),
        (
            "not_answered",
            {
                "persons": ABC,
                "surveys": LINKED,
                "responses": [Response("q", "a", answered=False)],
                "answers": [Answer("q", "a", item="trust", value=3)],
            },
        ),
        (
            "duplicate",
            {"surveys": SCALE, "answers": [Answer("q", "x", item="i", value=v) for v in (1, 2)]},
        ),
        (
            "dangling_reference",
            {"persons": ABC, "events": MET, "participations": [Participation("f", "a")]},
        ),
        ("missing_table", {"persons": ABC, "participations": [Participation("e", "a")]}),
        (
            "duplicate",
            {"persons": ABC, "events": MET, "participations": [Participation("e", "a")] * 2},
        ),
        (
            "contradiction",
            {
                "persons": ABC,
                "events": [Event("e", "workshop", date(2019, 3, 1), headcount=1)],
                "participations": [Participation("e", "a"), Participation("e", "b")],
            },
        ),
        ("out_of_range", {"events": [Event("e", "workshop", date(2019, 3, 1), hours=-1)]}),
        ("unknown_kind", {"events": [Event("e", "party", date(2019, 3, 1))]}),
        (
            "overlap",
            {
                "units": SCHOOL,
                "registrations": [Registration("s", "workshop", complete=c) for c in (True, False)],
            },
        ),
        (
            "overlap",
            {
                "units": SCHOOL,
                "registrations": [
                    Registration("s", kind=None, complete=c, of="positions") for c in (True, False)
                ],
            },
        ),
        (
            "unknown_kind",
            {
                "units": SCHOOL,
                "registrations": [
                    Registration("s", kind="workshop", complete=True, of="positions")
                ],
            },
        ),
        (
            "unknown_kind",
            {
                "units": SCHOOL,
                "registrations": [Registration("s", kind="team", complete=True, of="ties")],
            },
        ),
        (
            "missing_value",
            {"units": SCHOOL, "registrations": [Registration("s", kind=None, complete=True)]},
        ),
        (
            "unknown_kind",
            {"persons": ABC, "qualifications": [Qualification("a", "driving_licence")]},
        ),
        ("self_pathway", {"units": SCHOOL, "pathways": [Pathway("s", "s")]}),
        ("out_of_range", {"units": SCHOOL, "outcomes": [Outcome("s", "reading", value=1, n=-1)]}),
        (
            "overlap",
            {"units": SCHOOL, "outcomes": [Outcome("s", "reading", value=v, n=9) for v in (1, 2)]},
        ),
        (
            "duplicate",
            {
                "persons": ABC,
                "surveys": SURVEY,
                "responses": [
                    Response("q", "a", answered=True),
                    Response("q", "a", answered=False),
                ],
            },
        ),
    ],
)
def test_each_rule_finds_its_fault(code: str, tables: dict[str, Any]) -> None:
    """Data that break one rule give that fault, and only that one."""
    with pytest.raises(InvalidDataError) as caught:
        Organisation.of(**{"persons": [], **tables})
    assert {fault.code for fault in caught.value.faults} == {code}


@given(st.floats(1, 4), st.none() | st.just(1.0))
def test_any_answer_on_its_scale_is_accepted(value: float, lowest: float | None) -> None:
    """The ends belong to the scale, and an answer without a scale may be any number."""
    survey = Survey("q", "scale", lowest=lowest, highest=lowest and 4.0)
    values = (value, 1, 4) if lowest else (value, -7, 99)
    answers = [Answer("q", f"x{n}", item="trust", value=v) for n, v in enumerate(values)]
    assert len(Organisation.of(persons=[], surveys=[survey], answers=answers).answers) == 3


def test_all_faults_come_in_one_pass() -> None:
    """Faults of different tables are reported together, each with place and hint."""
    with pytest.raises(InvalidDataError) as caught:
        Organisation.of(
            units=[Unit("s", "scool")], persons=[*ABC, Person("b")], ties=[Tie("a", "a", "advice")]
        )
    faults = {fault.code: fault for fault in caught.value.faults}
    assert set(faults) == {"unknown_kind", "duplicate", "self_tie"}
    assert 'did you mean "school"?' in faults["unknown_kind"].hint
    assert str(faults["duplicate"].place) == "persons, row 4, column id"


def test_values_are_not_told_unless_asked_for() -> None:
    """The error's text holds no id of a person; the fault has the cell for those who ask."""
    with pytest.raises(InvalidDataError) as caught:
        Organisation.of(persons=[Person("secret-person"), Person("secret-person")])
    assert "secret-person" not in str(caught.value)
    assert caught.value.faults[0].value == "secret-person"


def test_a_cycle_is_shown_as_a_path() -> None:
    """Units that belong to each other in a circle are named in order."""
    with pytest.raises(InvalidDataError, match="a → c → b → a"):
        Organisation.of(
            persons=[],
            units=[
                Unit("a", "school", parent="c"),
                Unit("b", "school", parent="a"),
                Unit("c", "school", parent="b"),
            ],
        )


def test_periods_that_follow_each_other_do_not_overlap() -> None:
    """One position a year is fine; so are repeated ties on different subjects."""
    organisation = Organisation.of(
        persons=ABC,
        units=SCHOOL,
        positions=[Position("a", "s", "teacher", valid=year) for year in (YEAR, NEXT)],
        ties=[Tie("a", "b", "advice", subject=subject) for subject in ("danish", "english")],
    )
    assert len(organisation.positions) == len(organisation.ties) == 2


@pytest.mark.parametrize(
    ("tables", "at"),
    [
        ({"persons": ABC}, "undated"),
        ({"persons": [Person("a", valid=Period(date(2019, 7, 31)))]}, "2018/19"),
        ({"surveys": [Survey("q", "network", "advice", date=date(2019, 8, 1))]}, "2019/20"),
    ],
)
def test_latest_period(tables: Any, at: str) -> None:
    """1 August begins a year; without dates there is none."""
    assert str(Organisation.of(**{"persons": [], **tables}).latest_period) == at


def test_membership_roles_are_checked_too() -> None:
    """Kinds of every section are looked up."""
    with pytest.raises(InvalidDataError, match="facilitator"):
        Organisation.of(
            persons=ABC,
            communities=[Community("t", "team")],
            memberships=[Membership("t", "a", "fasilitator")],
        )


@pytest.mark.parametrize(
    "tables",
    [
        {"communities": TEAM, "memberships": [Membership("t", "a")]},
        {"communities": TEAM, "memberships": [Membership("t", "a", valid=YEAR)]},
        {
            "units": SCHOOL,
            "positions": [Position("a", "s", "teacher", 0.5, valid=y) for y in (YEAR, NEXT)],
        },
        {
            "units": SCHOOL,
            "positions": [
                Position("a", "s", "teacher", 0.7),
                Position("a", "s", "reading_coach", 0.3),
                Position("b", "s", "teacher", 1.0, valid=YEAR),
                Position("b", "s", "principal", 1.0, valid=NEXT),
            ],
        },
        {"communities": [Community("t", "team", focus="reading")]},
        {"surveys": SCALE, "answers": [Answer("q", "code", item=item, value=1) for item in "ij"]},
        {"surveys": LINKED, "answers": [Answer("q", "a", item="trust", value=3)]},
        {
            "events": [Event("e", "workshop", date(2019, 3, 1), headcount=1)],
            "participations": [Participation("e", "a"), Participation("e", "a", "facilitator")],
        },
        {"units": SCHOOL, "pathways": [Pathway("s", "s", "7")]},
        {
            "units": SCHOOL,
            "registrations": [
                Registration("s", "workshop", complete=True, valid=y) for y in (YEAR, NEXT)
            ],
        },
        {
            "units": SCHOOL,
            "registrations": [
                *(
                    Registration("s", kind=kind, complete=True, of="positions")
                    for kind in (None, "teacher", "administration")
                ),
                *(
                    Registration("s", kind="team", complete=True, of=of)
                    for of in ("communities", "memberships")
                ),
                Registration("s", kind="coach_training", complete=False, of="qualifications"),
            ],
        },
    ],
)
def test_what_is_usual_is_no_fault(tables: dict[str, Any]) -> None:
    """Blank dates, shares that add up to full time, words for a focus, codes for respondents."""
    assert Organisation.of(**{"persons": ABC, **tables}).persons[0].id == "a"


def test_impossible_list_kind() -> None:
    """A list of memberships is of a kind of community: the nearest one is suggested."""
    row = Registration("s", kind="suport_team", complete=True, of="memberships")
    with pytest.raises(InvalidDataError) as caught:
        Organisation.of(persons=ABC, units=SCHOOL, registrations=[row])
    (fault,) = caught.value.faults
    assert (fault.place.row, fault.place.column) == (1, "kind")
    assert "is no kind that a list of memberships can be of" in fault.hint
    assert 'did you mean "support_team"' in fault.hint


def test_unknown_title() -> None:
    """Every row that has it can be found; the hint names the nearest known title, and no cell."""
    titles = ["læsevejledr", "teacher", "læsevejledr"]
    positions = [Position(p, "s", title) for p, title in zip("abc", titles, strict=True)]
    with pytest.raises(InvalidDataError) as caught:
        Organisation.of(persons=ABC, units=SCHOOL, positions=positions)
    first, second = caught.value.faults
    assert [first.place.row, second.place.row] == [1, 3]
    assert 'did you mean "læsevejleder" (reading_coach)?' in first.hint == second.hint
    assert "læsevejledr" not in first.hint
    assert first.value == "læsevejledr"


def test_rows_can_be_added() -> None:
    """The new organisation has old and new rows; the old one stays as it was."""
    before = Organisation.of(persons=ABC, title=None, synthetic=True)
    after = before.with_(units=SCHOOL, persons=[Person("d")])
    assert [person.id for person in after.persons] == ["a", "b", "c", "d"]
    assert len(after.units) == 1
    assert after.synthetic
    assert len(before.persons) == 3
    with pytest.raises(InvalidDataError, match="persons, row 4, column id"):
        before.with_(persons=[Person("a")])
    with pytest.raises(TypeError, match='did you mean "persons"'):
        before.with_(person=[Person("a")])  # type: ignore[call-arg]


@given(organisations())
def test_adding_to_nothing(
    organisation: Organisation,
) -> None:
    """It does not matter whether rows come at once or one table after another."""
    rows: dict[str, Any] = dict(organisation.tables)
    start = Organisation.of(title=organisation.title, synthetic=organisation.synthetic)
    assert start.with_(**rows) == organisation


@given(organisations(), st.data())
def test_somebody_who_opts_out_is_gone(organisation: Organisation, data: st.DataObject) -> None:
    """No cell tells of them any more, and what is left is sound; all other rows are there."""
    person = data.draw(st.sampled_from([row.id for row in organisation.persons]))
    left = organisation.without(person)
    rows: dict[str, Any] = {name: list(table) for name, table in left.tables.items()}
    assert Organisation.of(**rows, title=left.title, synthetic=left.synthetic) == left
    for name, table in organisation.tables.items():
        kept = [row for row in table if person not in attrs.astuple(row, recurse=False)]
        assert list(left.tables[name]) == kept, name


def test_nobody_can_be_left_out_twice() -> None:
    """An id that nobody has is refused, without telling whose it may be."""
    with pytest.raises(InvalidDataError, match="nobody has this id"):
        Organisation.of(persons=ABC).without("z")


def test_departments_of_no_school() -> None:
    """An office that was given the kind of a school's department is told of, one below a school not."""
    town = Organisation.of(
        units=[
            Unit("by", "municipality"),
            Unit("skoleafdelingen", "school_department", parent="by"),
            Unit("nord", "school", parent="by"),
            Unit("nord-a", "school_department", parent="nord"),
            Unit("nord-a-1", "school_department", parent="nord-a"),
            Unit("alene", "school_department"),
        ]
    )
    told = [(one.code, town.units[(one.place.row or 0) - 1].id) for one in town.advice]
    (advice,) = town.advice
    assert len(told) == 1
    assert "administration_unit" in advice.say(language="da")
    assert advice.code == "no_school"
    assert "skoleafdelingen" not in repr(advice)
