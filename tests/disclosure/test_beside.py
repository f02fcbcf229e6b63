"""What leaves beside figures: needs, evidence and refusals tell no more than the figures do."""

from __future__ import annotations

import pytest
from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st
from staffing import Staff, name_people

from plfkit import Organisation, Profile, assess, measures, release, snapshot
from plfkit.disclosure.beside import keep_public_evidence
from plfkit.model.declared.declarations import PrivacyFloor
from plfkit.model.records.needs import Need
from plfkit.model.records.rows import Community, Membership
from plfkit.model.results.result import Result
from plfkit.model.words.figure_classes import FigureClass
from plfkit.model.words.reasons import Reason

FLOOR = PrivacyFloor(k=5)
TOWN = Staff({"east": (3, 1, 30), "west": (2, 1, 40)})


def measure_learning(leaders: int, teachers: int) -> Result:
    """Return how many are in communities that see themselves as learning; none has said so."""
    now = snapshot(build_town(leaders, teachers), "2018/19")
    return measures.membership_coverage(now, basis="self_assessed")


def test_that_somebody_is_unknown() -> None:
    """Where a class hides whether it is known of everybody, nothing is said to settle it."""
    known, unknown = (measure_learning(leaders, 0) for leaders in (1, 2))
    assert (known.needs, unknown.needs) == ((), (Need("answers"),))
    left, other = (release(one, FLOOR).content for one in (known, unknown))
    assert [*left] == [*other]
    assert left.needs == other.needs == ()


def test_that_many_are_unknown() -> None:
    """Where what is told shows that not everybody is known, it is said what would settle it."""
    assert release(measure_learning(1, 20), FLOOR).content.needs == (Need("answers"),)


@given(st.integers(0, 1), st.integers(0, 29), st.booleans())
def test_one_person_in_a_class(leaders: int, teachers: int, leader: bool) -> None:  # noqa: FBT001
    """Where the figures are the same with one member more, so is all that stands beside them."""
    more = (leaders + leader, teachers + (not leader))
    cards = [release(measure_learning(*members), FLOOR) for members in ((leaders, teachers), more)]
    assume(cards[0].figures == cards[1].figures)
    assert cards[0].contents == cards[1].contents


def build_town(leaders: int, teachers: int = 15) -> Organisation:
    """Return the town in which so many of the west's two leaders, and of the east's teachers, have a team."""
    return Organisation.of(
        **TOWN.list_rows(),
        communities=[
            Community("lead", "leadership_team", unit="west"),
            Community("team", "team", unit="east"),
        ],
        memberships=[
            *(Membership("team", name) for name in name_people("east", "t", teachers)),
            *(Membership("lead", name) for name in name_people("west", "p", leaders)),
        ],
    )


def test_whether_two_are_members(profile: Profile) -> None:
    """That a team has members enough, or which one it is that has, says who is in it."""
    one, two = (release(assess(build_town(count), profile), FLOOR).content for count in (1, 2))
    assert one.overview.communities == two.overview.communities == {"leadership_team": 1, "team": 1}
    for left, other in zip(
        (one.overview.coverage, one.overview.learning),
        (two.overview.coverage, two.overview.learning),
        strict=True,
    ):
        assert left.evidence == other.evidence
        assert left.rests_on == other.rests_on == ()
        assert "too_small" not in left.evidence


def test_evidence_of_others(profile: Profile) -> None:
    """A measure of somebody else's calls evidence what it likes: of people none of it leaves."""
    coverage = assess(build_town(2), profile).overview.coverage
    given = evolve(coverage, evidence={"events": 7, "too_small": 1, "communities": 2}, facts=None)
    assert keep_public_evidence(given) == {"events": 7}
    assert keep_public_evidence(evolve(given, measure="of_a_plug_in")) == {}
    public = evolve(given, figure_class=FigureClass.ORGANISATIONAL)
    assert keep_public_evidence(public) == {"events": 7, "communities": 2}


@pytest.mark.parametrize(
    ("measure", "told"),
    [("density", "7 of 8 leaders answered"), ("of_a_plug_in", Reason.REFUSED.meaning)],
)
def test_why_a_measure_refuses(
    town: Organisation, profile: Profile, measure: str, told: str
) -> None:
    """Measures of plfkit's own say what was asked wrongly; what others say may be of anybody."""
    outcome = assess(town, profile).indicators[0]
    refused = evolve(
        outcome,
        indicator=evolve(outcome.indicator, measure=measure),
        reason=Reason.REFUSED,
        detail="7 of 8 leaders answered",
        trend=tuple(evolve(point, refusal="7 of 8 leaders answered") for point in outcome.trend),
    )
    left = release(refused, FLOOR).content
    assert left.detail == told
    assert {point.refusal for point in left.trend} == {told}
