"""Reach: paths from people to people, and to a group."""

from __future__ import annotations

from typing import Any

import pytest
from definitions import completions, reached
from hypothesis import given
from searching import search

from plfkit import Organisation, Person, Position, Tie, Unit, measures, snapshot
from plfkit.errors import MeasureError
from plfkit.testing import build_moment, surveyed_networks


@search(100)
@given(surveyed_networks(most=5, responding=True, capped=False))
def test_group_reach(organisation: Organisation) -> None:
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


def star_of_two_schools() -> Organisation:
    """At x b, c and d ask a, who is the only coach; the three of y ask nobody."""
    homes = {**dict.fromkeys("abcd", "x"), **dict.fromkeys("efg", "y")}
    return Organisation.of(
        units=[Unit(name, "school") for name in "xy"],
        persons=[Person(name) for name in homes],
        positions=[
            Position(name, unit, "reading_coach" if name == "a" else "teacher")
            for name, unit in homes.items()
        ],
        ties=[Tie(source, target, "advice") for source, target in ("ba", "ca", "da")],
    )


def test_reach_of_random_groups() -> None:
    """One of x in a's place is a one time in four: 3 of 6 then, else nobody, 1/8 on average.

    Drawn from both schools it would be a one time in seven.
    """
    now = snapshot(star_of_two_schools())
    asked: dict[str, Any] = {"relation": "advice", "target": "reading_coach", "k": 1}
    found = [measures.group_reach(now, **asked, seed=seed) for seed in range(20)]
    ((first,), *_) = found
    assert first.value == 3 / 6
    means = [figure.expected or 0 for (figure,) in found]
    assert sum(means) / len(means) == pytest.approx(1 / 8, abs=0.01)
    assert found[0] == measures.group_reach(now, **asked, seed=0)
    assert (found[3].draws, found[3].seed) == (200, 3)


def test_without_draws_nothing_stands_beside_reach() -> None:
    """With draws=0 nothing is drawn, and with a null the draws are the null's."""
    now = snapshot(star_of_two_schools())
    asked: dict[str, Any] = {"relation": "advice", "target": "reading_coach", "k": 1}
    (figure,) = (none := measures.group_reach(now, **asked, draws=0))
    assert (figure.expected, none.draws) == (None, None)
    (figure,) = (null := measures.group_reach(now, **asked, null="labels", draws=50))
    assert null.draws == 50
    assert figure.expected is not None


def test_random_groups_some_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many random groups are held against a network at once, the figures are the same."""
    now = build_moment(
        positions=[
            "ann,bo,cy,dan s teacher",
            "eva s maths_coach",
            "fie,gro t teacher",
            "hal t maths_coach",
        ],
        surveys=["q network relation=advice"],
        responses=["q ann,bo,dan,eva,fie answered=yes", "q cy,gro,hal answered=no"],
        ties=["ann,dan cy advice survey=q", "bo eva advice survey=q", "fie gro advice survey=q"],
    )

    def measure() -> list[Any]:
        return list(measures.group_reach(now, relation="advice", target="maths_coach", k=2))

    together = measure()
    monkeypatch.setattr("plfkit.measures.ties.reached_groups._MOST_CELLS", 1)
    assert measure() == together
    assert together[0].expected is not None


def test_the_silent_get_there_as_their_school_does() -> None:
    """Cy is silent; of Ann, Bo and Dan at the same school Bo alone asks the coach: a chance of a third."""
    now = build_moment(
        positions=["ann,bo,cy,dan s teacher", "eva s maths_coach"],
        surveys=["q network relation=advice"],
        responses=["q ann,bo,dan,eva answered=yes", "q cy answered=no"],
        ties=["ann,dan cy advice survey=q", "bo eva advice survey=q"],
    )
    [figure] = measures.group_reach(now, relation="advice", target="maths_coach", k=2)
    assert (figure.numerator, figure.denominator) == (1.0, 3.0)
    assert figure.value == pytest.approx((1 / 3 + 1 + 1 / 3) / 3)
