"""Comparing municipalities: what is measured in the same way and may be seen, and why the rest is not."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve

from plfkit import Organisation, Profile, assess, compare, goals, release
from plfkit.errors import DisclosureError, NotComparableError
from plfkit.goals import Scorecard
from plfkit.goals.scorecard import IndicatorOutcome
from plfkit.model.declared.declarations import PrivacyFloor
from plfkit.model.records.rows import Community, Membership, Person, Position, Unit

LABEL = {"da": "Tekst", "en": "Text"}


def profile(name: str, indicators: dict[str, Any], **more: Any) -> Profile:
    """Return a profile with some indicators, all of them only describing."""
    document = {"schema_version": 1, "id": name, "label": LABEL, **more}
    document["indicators"] = {key: {"label": LABEL, **one} for key, one in indicators.items()}
    return Profile.from_document(document)


def card(made: Profile, members: int = 15) -> Scorecard:
    """Return the scorecard of a school of twenty, some of whom are in a team."""
    people = [f"p{number:02d}" for number in range(20)]
    org = Organisation.of(
        vocabulary=made.vocabulary,
        units=[Unit("skole", "school")],
        persons=[Person(name) for name in people],
        positions=[Position(name, "skole", "teacher") for name in people],
        communities=[Community("team", "team", unit="skole")],
        memberships=[Membership("team", name) for name in people[:members]],
    )
    return assess(org, made)


COVERAGE = {"measure": "membership_coverage"}
BY_LEVEL = {"measure": "membership_coverage", "arguments": {"by": "level"}}
ANCHORING = {"measure": "level_anchoring"}


def test_same_call() -> None:
    """Ids and labels are each profile's own: the measure and its arguments decide."""
    first, second = profile("a", {"A1": COVERAGE}), profile("b", {"B7": COVERAGE})
    found = compare({"a": card(first, members=12), "b": card(second, members=10)})
    (figure,) = found.figures
    values = {name: one.figure.value for name, one in figure.outcomes.items() if one.figure}
    assert values == {"a": 0.6, "b": 0.5}
    assert not found.refused


def test_names_stay_in_the_order_they_were_given() -> None:
    """There is no ranking: neither the value nor the alphabet decides who comes first."""
    one = profile("a", {"A1": COVERAGE})
    found = compare({"z": card(one), "a": card(one, members=10)})
    assert found.names == ("z", "a")
    assert list(found.figures[0].outcomes) == ["z", "a"]


def test_other_arguments_are_refused_with_both_calls() -> None:
    """By level here and for all there is not the same; the reason shows both."""
    first = profile("a", {"A1": COVERAGE, "A2": ANCHORING})
    second = profile("b", {"B1": BY_LEVEL, "B2": ANCHORING})
    found = compare({"a": card(first), "b": card(second)})
    reasons = {(one.name, one.indicator): (one.reason, one.detail) for one in found.refused}
    assert reasons["a", "A1"][0] == reasons["b", "B1"][0] == "other_arguments"
    assert "membership_coverage(by=level)" in reasons["a", "A1"][1]


def test_heads_counted_otherwise_are_refused() -> None:
    """Another reference day is another count, even by the same measure."""
    first = profile("a", {"A1": COVERAGE})
    second = profile("b", {"B1": COVERAGE}, vocabulary={"reference_day": "10-01"})
    with pytest.raises(NotComparableError, match="counts by other rules"):
        compare({"a": card(first), "b": card(second)})


def asked_as(made: Profile, question: str) -> Scorecard:
    """Return a scorecard whose figures rest on answers to a question."""
    whole = card(made)

    def ask(one: IndicatorOutcome) -> IndicatorOutcome:
        assert one.result is not None
        return evolve(one, result=evolve(one.result, questions=(question,)))

    return evolve(whole, description=tuple(map(ask, whole.description)))


def test_another_question() -> None:
    """People who were asked otherwise told something else, even if the call is the same."""
    first, second = profile("a", {"A1": COVERAGE}), profile("b", {"B1": COVERAGE})
    same = {"a": asked_as(first, "who"), "b": asked_as(second, "who")}
    assert len(compare(same).figures) == 1
    with pytest.raises(NotComparableError, match="a A1: b asked people otherwise; b B1: a asked"):
        compare({"a": asked_as(first, "who"), "b": asked_as(second, "how often")})


def test_nothing_in_common_is_refused_with_the_reasons() -> None:
    """Two profiles that share no call have nothing to show side by side."""
    first, second = profile("a", {"A1": COVERAGE}), profile("b", {"B1": ANCHORING})
    with pytest.raises(NotComparableError, match="a A1: nobody else measures membership_coverage"):
        compare({"a": card(first), "b": card(second)})


def test_why_not_compared() -> None:
    """Each that stands alone has its reason: it is not measured here, or nobody else measures it."""
    unmeasured = {"measure": "membership_coverage", "tables": ["events"]}
    structure = {"measure": "shared_structure", "arguments": {"kinds": ["team"]}}
    first = {"A1": ANCHORING, "A2": unmeasured, "A3": structure}
    second = {"B1": ANCHORING, "B2": COVERAGE}
    found = compare({"a": card(profile("a", first)), "b": card(profile("b", second))})
    assert {(one.name, one.indicator): one.reason for one in found.refused} == {
        ("a", "A2"): "not_measured",
        ("a", "A3"): "not_measured_elsewhere",
        ("b", "B2"): "not_measured_elsewhere",
    }


def test_figures_of_other_years() -> None:
    """Nobody is compared with somebody else's year before."""
    one = profile("a", {"A1": COVERAGE})
    later = evolve(card(one), at="2018/19")
    with pytest.raises(NotComparableError, match=r"different years \(2018/19, undated\)"):
        compare({"a": card(one), "b": later})


def test_examples_are_told_apart() -> None:
    """Who reads the comparison sees which of them are no municipalities."""
    one = profile("a", {"A1": COVERAGE})
    found = compare({"a": card(one), "b": evolve(card(one), example=True)})
    assert (found.names, found.examples, found.at) == (("a", "b"), ("b",), "undated")


def test_asked_twice_counts_once() -> None:
    """Two indicators of one profile that measure the same are no comparison."""
    twice = profile("a", {"A1": COVERAGE, "A2": COVERAGE})
    with pytest.raises(NotComparableError, match="nobody else measures membership_coverage"):
        compare({"a": card(twice), "b": card(profile("b", {"B1": ANCHORING}))})
    found = compare({"a": card(twice), "b": card(profile("b", {"B1": COVERAGE}))})
    assert [one.id for one in found.figures[0].outcomes.values()] == ["A1", "B1"]


def test_one_municipality_is_no_comparison() -> None:
    """It takes two."""
    with pytest.raises(NotComparableError, match="at least two"):
        compare({"a": card(profile("a", {"A1": COVERAGE}))})


def test_what_is_left_out_is_its_default() -> None:
    """Spelt out in one profile and left out in the other, the same call is the same."""
    bare = profile("a", {"A1": COVERAGE, "A2": ANCHORING})
    basis = {**COVERAGE, "arguments": {"basis": "registered"}}
    per = {**ANCHORING, "arguments": {"per": "school", "basis": "registered"}}
    found = compare({"a": card(bare), "b": card(profile("b", {"B1": basis, "B2": per}))})
    assert not found.refused
    assert {figure.measure: dict(figure.arguments) for figure in found.figures} == {
        "membership_coverage": {"basis": "registered"},
        "level_anchoring": {"per": "school", "basis": "registered"},
    }


def test_not_the_default() -> None:
    """One says which basis, the other leaves it to the default, which is another one."""
    active = {**COVERAGE, "arguments": {"basis": "active"}}
    first = profile("a", {"A1": COVERAGE, "A2": ANCHORING})
    second = profile("b", {"B1": active, "B2": ANCHORING})
    found = compare({"a": card(first), "b": card(second)})
    assert [figure.measure for figure in found.figures] == ["level_anchoring"]
    assert {one.reason for one in found.refused} == {"other_arguments"}


def test_the_strictest_threshold_holds_for_all() -> None:
    """With k = 21 in one of them, no share of twenty people is shown of either."""
    first = profile("a", {"A1": COVERAGE})
    second = profile("b", {"B1": COVERAGE}, privacy={"k": 21, "statistics": 21})
    raw = card(second)
    for other in (raw, release(raw, PrivacyFloor(k=21, statistics=21))):
        (figure,) = compare({"a": card(first), "b": other}).figures
        reasons = {name: one.figure.reason for name, one in figure.outcomes.items() if one.figure}
        assert reasons == {"a": "withheld", "b": "withheld"}


def test_what_passed_a_lower_threshold_is_refused() -> None:
    """A card that was released with less than the other takes is not shown beside it."""
    first = profile("a", {"A1": COVERAGE})
    second = profile("b", {"B1": COVERAGE}, privacy={"k": 10, "statistics": 20})
    lower = release(card(first), first.privacy)
    with pytest.raises(
        DisclosureError, match=r"a was released .* PrivacyFloor\(k=10, statistics=20\)"
    ):
        compare({"a": lower, "b": card(second)})
    same = release(card(first), second.privacy)
    assert compare({"a": same, "b": card(second)}).figures


def test_goals_know_the_same_comparison() -> None:
    """The room of goals names it too."""
    assert goals.compare is compare
