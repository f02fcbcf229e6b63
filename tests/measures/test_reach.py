"""Reach: paths from people to people, and to a group."""

from __future__ import annotations

import pytest
from definitions import completions, reached
from hypothesis import given, settings

from plfkit import Organisation, Person, Position, Tie, Unit, measures, snapshot
from plfkit.errors import MeasureError
from plfkit.testing import surveyed_networks


@settings(max_examples=100)
@given(surveyed_networks(most=5, responding=True, capped=False))
def test_group_reach_is_the_share_outside_who_get_to_the_group(organisation: Organisation) -> None:
    """Against the definition: people outside the group with somebody of it within two steps."""
    coaches = {"p0", "p3"}
    placed = Organisation.of(
        units=[Unit("s", "school")],
        persons=organisation.persons,
        positions=[
            Position(p.id, "s", "reading_coach" if p.id in coaches else "teacher")
            for p in organisation.persons
        ],
        surveys=organisation.surveys,
        responses=organisation.responses,
        ties=organisation.ties,
    )
    (network,) = completions(organisation)
    outside = [p.id for p in organisation.persons if p.id not in coaches]
    expected = sum(bool(reached(network, person, 2) & coaches) for person in outside)
    (figure,) = measures.group_reach(
        snapshot(placed), relation="advice", target="resource_persons", k=2
    )
    if outside:
        assert (figure.numerator, figure.denominator) == (expected, len(outside))
        assert figure.lower == figure.value == figure.upper
    else:
        assert figure.reason == "too_few_people"


def test_a_group_of_nobody_is_not_reached() -> None:
    """Without anybody in the group the figure is undefined, not zero."""
    organisation = Organisation.of(
        persons=[Person(name) for name in "ab"], ties=[Tie("a", "b", "reports_to")]
    )
    (figure,) = measures.group_reach(
        snapshot(organisation), relation="reports_to", target="administration"
    )
    assert (figure.value, figure.reason) == (None, "empty_group")


@pytest.mark.parametrize("arguments", [{"k": 0}, {"direction": "both"}])
def test_nonsense_is_refused(arguments: dict[str, object]) -> None:
    """No steps at all, or an unknown direction, is refused."""
    now = snapshot(Organisation.of(persons=[Person("a")]))
    with pytest.raises(MeasureError):
        measures.k_step_reach(now, relation="advice", **arguments)  # type: ignore[arg-type]
