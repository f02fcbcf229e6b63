"""Claims that count people: what is told of them follows from classes, as of any yes or no."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st
from staffing import Staff, name_people

from plfkit import Organisation, Profile, assess, audit, release
from plfkit.disclosure import Released
from plfkit.goals import ClaimOutcome, Scorecard
from plfkit.model.declared.declarations import PrivacyFloor
from plfkit.model.records.rows import (
    Event,
    Participation,
    Qualification,
    Registration,
)
from plfkit.periods import Period
from plfkit.report import write_document
from plfkit.report.sections.claims import build_claim_view
from plfkit.report.texts import Texts

FLOOR = PrivacyFloor(k=5)
TEXT = {"da": "Tekst", "en": "Text"}
BEFORE, NOW = "2017/18", "2018/19"
TOWN = Staff({"east": (3, 1, 30), "west": (4, 1, 40)})
TRAINED = {"counts": "people", "qualifications": ["coach_training"]}
RULES: list[dict[str, Any]] = [
    {**TRAINED, "at_least": 7},
    {**TRAINED, "exactly": 7},
    {**TRAINED, "at_least": 20, "roles": ["teacher"]},
    {**TRAINED, "at_least": 1, "roles": ["maths_coach"], "each_unit": "school"},
    {**TRAINED, "at_least": 9, "each_unit": "school"},
    {**TRAINED, "more_than": "year_before"},
    {"counts": "people", "at_least": 7, "events": ["workshop"]},
    {"counts": "people", "at_least": 7, "events": ["workshop"], "each_unit": "school"},
    {"counts": "person_days", "at_least": 7, "events": ["workshop"]},
    {"counts": "events", "at_least": 1, "events": ["workshop"], "roles": ["maths_coach"]},
    {"counts": "days", "at_least": 1, "events": ["workshop"], "each_person": "staff"},
]


def build_town(trained: list[str], *, earlier: int = 0, complete: bool = True) -> Organisation:
    """Return the town in which some people were trained, and were at the workshop in the east.

    Args:
        trained: These people.
        earlier: How many of them were already trained the year before.
        complete: Whether all lists are said to be complete.
    """
    years = [Period.parse(year) for year in (BEFORE, NOW)]
    lists = {"positions": None, "qualifications": None, "events": "workshop"}
    return Organisation.of(
        **TOWN.list_rows(),
        qualifications=[
            Qualification(
                name, "coach_training", valid=Period(years[number >= earlier].start, None)
            )
            for number, name in enumerate(trained)
        ],
        events=[Event("w", "workshop", date(2018, 10, 1), unit="east", headcount=len(trained))],
        participations=[Participation("w", name) for name in trained],
        registrations=[
            Registration("v", kind=kind, of=of, complete=True)
            for of, kind in lists.items()
            if complete
        ],
    )


def release_claims(town: Organisation, *rules: dict[str, Any]) -> Released[Scorecard]:
    """Return what leaves of claims with some rules, and of nothing else."""
    claims = {
        f"c{number}": {"text": TEXT, "certainty": "stated", "rule": rule}
        for number, rule in enumerate(rules)
    }
    profile = Profile.from_document(
        {"schema_version": 1, "id": "lilleby", "label": TEXT, "claims": claims}
    )
    return release(assess(town, profile, at=NOW), FLOOR)


def tell_claims(card: Released[Scorecard]) -> tuple[tuple[ClaimOutcome, ...], list[Any]]:
    """Return the claims that left, and the rows that were recorded of them."""
    rows = [row for row in card.figures if row["measure"] == "claim"]
    return card.content.claims, rows


trained = st.lists(st.sampled_from(TOWN.people), unique=True, max_size=len(TOWN.people))


@given(trained, st.sampled_from(TOWN.people), st.sampled_from(RULES), st.booleans())
def test_one_person_within_a_class(
    people: list[str],
    other: str,
    rule: dict[str, Any],
    complete: bool,  # noqa: FBT001
) -> None:
    """Where what is recorded is the same with one person more, so is all that is said of the claim."""
    assume(other not in people)
    cards = [
        release_claims(build_town(some, earlier=len(people), complete=complete), rule)
        for some in (people, [*people, other])
    ]
    (claims, rows), (more_claims, more_rows) = map(tell_claims, cards)
    assume(rows == more_rows)
    assert claims == more_claims
    assert all(claim.facts is None for claim in claims)


@pytest.mark.parametrize("rule", RULES)
def test_all_but_few(rule: dict[str, Any]) -> None:
    """Whether one of a few people has it changes nothing, neither near nobody nor near everybody."""
    teachers = [*name_people("east", "t", 30), *name_people("west", "t", 40)]
    for some in (teachers[:1], teachers):
        few = ["eastc000", "westc000"]
        told = [
            tell_claims(release_claims(build_town([*some, *few[:count]]), rule))
            for count in range(3)
        ]
        assert told[0] == told[1] == told[2]


def test_a_threshold_query() -> None:
    """Claims that ask for six, seven and eight of one thing are one question, told in one class."""
    rules = [{**TRAINED, "at_least": number} for number in (6, 7, 8)]
    cards = [
        release_claims(build_town(name_people("east", "t", number)), *rules) for number in (4, 6)
    ]
    few, more = (tell_claims(card) for card in cards)
    assert few == more
    assert [claim.verdict for claim in few[0]] == ["open", "open", "contradicted"]
    assert {(row["property"], *row["surely"]) for row in few[1]} == {
        ("claim counts=people qualifications=coach_training", 0, 7)
    }


def test_what_the_class_settles() -> None:
    """A claim that every number of the class bears out holds; one that none does does not."""
    town = build_town([*name_people("east", "t", 17), *name_people("west", "t", 25)])
    rules = [{**TRAINED, "at_least": number} for number in (42, 43)]
    held, missed = release_claims(town, *rules).content.claims
    assert (held.verdict, held.lower, held.upper) == ("supported", 42, 42)
    assert (missed.verdict, missed.supported, missed.contradicted) == ("contradicted", 0, 1)
    open_lists = build_town(name_people("east", "t", 20), complete=False)
    (open_,) = release_claims(open_lists, {**TRAINED, "at_least": 33}).content.claims
    assert (open_.verdict, open_.upper) == ("open", None)
    assert {need.of for need in open_.missing} == {"positions", "qualifications"}


def test_schools() -> None:
    """Of schools is told where each has people enough, each by the class it lies in."""
    rule = {**TRAINED, "at_least": 9, "each_unit": "school"}
    town = build_town([*name_people("east", "t", 25), "westt000"])
    (claim,) = release_claims(town, rule).content.claims
    assert claim.units == {"east": "supported", "west": "contradicted"}
    both = [*name_people("east", "t", 20), *name_people("west", "t", 20)]
    (known,) = release_claims(build_town(both), rule).content.claims
    (unknown,) = release_claims(build_town(both, complete=False), rule).content.claims
    assert (known.verdict, unknown.verdict) == ("supported", "open")  # there may be more schools
    assert known.units == unknown.units == {"east": "supported", "west": "supported"}
    (coaches,) = release_claims(town, {**rule, "roles": ["maths_coach"]}).content.claims
    assert (coaches.units, coaches.verdict, coaches.supported) == ({}, "open", None)
    card = release_claims(town, {**rule, "roles": ["maths_coach"]}).content
    view = build_claim_view(card.claims[0], card, Texts.of("en"))
    assert view.found == ["Not shown (disclosure control)"]


def test_more_than_the_year_before() -> None:
    """More is said where the classes of both years leave nothing else."""
    people = [*name_people("east", "t", 30), *name_people("west", "t", 20)]
    rule = {**TRAINED, "more_than": "year_before"}
    grown = release_claims(build_town(people, earlier=20), rule).content.claims[0]
    assert grown.verdict == "supported"
    few = release_claims(build_town(people[:7], earlier=2), rule).content.claims[0]
    assert (few.verdict, few.lower) == ("open", None)


def test_who_works_where_is_public() -> None:
    """How many hold a role stands in the staff list: such a claim passes as it is."""
    rule = {"counts": "people", "at_least": 1, "each_unit": "school", "roles": ["maths_coach"]}
    (claim,) = release_claims(build_town([]), rule).content.claims
    assert claim.units == {"east": "supported", "west": "supported"}
    guests = {
        "counts": "people",
        "exactly": 1,
        "roles": ["visiting_teacher"],
        "events": ["workshop"],
    }
    (claim,) = release_claims(build_town(["eastt000"]), guests).content.claims
    assert (claim.lower, claim.verdict) == (0, "contradicted")


def test_events_with_somebody() -> None:
    """That one of two coaches was at a workshop is not told; that one of seventy teachers was is."""
    rule = {"counts": "events", "at_least": 1, "events": ["workshop"]}
    town = build_town(["eastc000", "eastt000"])
    coach, teacher = release_claims(
        town, {**rule, "roles": ["maths_coach"]}, {**rule, "roles": ["teacher"]}
    ).content.claims
    assert (coach.verdict, coach.lower) == ("open", None)
    assert (teacher.verdict, teacher.lower) == ("supported", 1)


def test_the_audit_reads_claims(tmp_path: Path) -> None:
    """What is recorded of a claim is about people that the staff list has; an exact few is a leak."""
    town = build_town(name_people("east", "t", 4))
    card = release_claims(town, {**TRAINED, "at_least": 7})
    page = tmp_path / "card.json"
    write_document(card, page)
    assert audit(page, staff=town) == ()
    told = [
        {**row, "surely": [4, 4], "possibly": [4, 4]} if row["measure"] == "claim" else row
        for row in card.figures
    ]
    write_document(evolve(card, figures=tuple(told)), page)
    assert audit(page, staff=town)
