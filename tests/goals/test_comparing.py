"""Comparing municipalities: only what is measured in the same way, and why the rest is not."""

from __future__ import annotations

from typing import Any

import pytest

from plfkit import Organisation, Profile, assess
from plfkit.errors import NotComparableError
from plfkit.goals import Scorecard, compare
from plfkit.model.parts import Community, Membership, Person, Position, Unit

LABEL = {"da": "Tekst", "en": "Text"}


def profile(name: str, indicators: dict[str, Any], **more: Any) -> Profile:
    """Return a profile with some indicators, all of them only describing."""
    document = {"schema_version": 1, "id": name, "label": LABEL, **more}
    document["indicators"] = {key: {"label": LABEL, **one} for key, one in indicators.items()}
    return Profile.from_document(document)


def card(made: Profile, members: int = 3) -> Scorecard:
    """Return the scorecard of a school of four, some of whom are in a team."""
    people = ["anna", "bo", "carl", "dorte"]
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


def test_the_same_call_is_compared_whatever_it_is_called() -> None:
    """Ids and labels are each profile's own: the measure and its arguments decide."""
    first, second = profile("a", {"A1": COVERAGE}), profile("b", {"B7": COVERAGE})
    found = compare({"a": card(first), "b": card(second, members=4)})
    (figure,) = found.figures
    values = {name: one.figure.value for name, one in figure.outcomes.items() if one.figure}
    assert values == {"a": 0.75, "b": 1.0}
    assert not found.refused


def test_names_stay_in_the_order_they_were_given() -> None:
    """There is no ranking: neither the value nor the alphabet decides who comes first."""
    one = profile("a", {"A1": COVERAGE})
    found = compare({"z": card(one), "a": card(one, members=4)})
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


def test_nothing_in_common_is_refused_with_the_reasons() -> None:
    """Two profiles that share no call have nothing to show side by side."""
    first, second = profile("a", {"A1": COVERAGE}), profile("b", {"B1": ANCHORING})
    with pytest.raises(NotComparableError, match="a A1: nobody else measures membership_coverage"):
        compare({"a": card(first), "b": card(second)})


def test_one_municipality_is_no_comparison() -> None:
    """It takes two."""
    with pytest.raises(NotComparableError, match="at least two"):
        compare({"a": card(profile("a", {"A1": COVERAGE}))})
