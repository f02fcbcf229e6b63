"""Cohesion where the definitions meet odd cases."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from searching import search

from plfkit import Organisation, Person, Position, Tie, Unit, measures, snapshot
from plfkit.errors import MeasureError, UndefinedFigureError
from plfkit.testing import organisations

FEW = search(30)


def network(people: str, *ties: str, relation: str = "reports_to") -> Organisation:
    """People of one letter each, ties of two letters."""
    return Organisation.of(
        persons=[Person(name) for name in people],
        ties=[Tie(tie[0], tie[1], relation) for tie in ties],
    )


@pytest.mark.parametrize(
    ("people", "ties", "reason"),
    [("a", (), "not_registered"), ("ab", (), "not_registered")],
)
def test_a_relation_without_any_tie_is_not_registered(
    people: str, ties: tuple[str, ...], reason: str
) -> None:
    """No rows is no register: the density is undefined, not zero."""
    result = measures.density(snapshot(network(people, *ties)), relation="reports_to")
    (figure,) = result
    assert (figure.value, figure.reason) == (None, reason)
    with pytest.raises(UndefinedFigureError, match=reason):
        result.item()


def test_full_and_one_sided_networks() -> None:
    """A full network has density and reciprocity 1, a one-sided one reciprocity 0."""
    full = snapshot(network("abc", "ab", "ba", "ac", "ca", "bc", "cb"))
    assert measures.density(full, relation="reports_to").item() == 1
    assert measures.reciprocity(full, relation="reports_to").item() == 1
    assert measures.reciprocity(snapshot(network("ab", "ab")), relation="reports_to").item() == 0


def test_reciprocity_without_ties_is_undefined() -> None:
    """In a part without ties nothing can be returned; the reason says so."""
    now = snapshot(network("abcd", "ab"))
    result = measures.reciprocity(now, relation="reports_to", by={"c": "x", "d": "x"})
    (figure,) = result
    assert (figure.value, figure.reason) == (None, "no_ties")


def test_reciprocity_asks_for_a_direction() -> None:
    """An undirected relation has no ties to return."""
    now = snapshot(network("ab", "ab", relation="collaboration"))
    with pytest.raises(MeasureError, match="has no direction"):
        measures.reciprocity(now, relation="collaboration")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"relation": "advise"}, 'did you mean "advice"'),
        ({"relation": "advice", "variant": "edge"}, "edgewise"),
    ],
)
def test_misspelt_arguments_get_suggestions(arguments: dict[str, Any], message: str) -> None:
    """Unknown relations and variants are refused with the nearest known one."""
    with pytest.raises(MeasureError, match=message):
        measures.reciprocity(snapshot(network("ab")), **arguments)


def test_overlapping_groups() -> None:
    """A coach who also teaches is in both groups; nobody is paired with themselves."""
    organisation = Organisation.of(
        units=[Unit("s", "school")],
        persons=[Person(name) for name in "abc"],
        positions=[
            Position("a", "s", "reading_coach"),
            *(Position(name, "s", "teacher") for name in "abc"),
        ],
        ties=[Tie("b", "a", "reports_to"), Tie("c", "a", "reports_to")],
    )
    result = measures.block_density(snapshot(organisation), relation="reports_to", groups="level")
    cells = {(f.from_, f.to): (f.numerator, f.denominator, f.n) for f in result}
    coach, staff = "resource_persons", "pedagogical_staff"
    assert cells == {
        (coach, coach): (None, None, 1),
        (coach, staff): (0, 2, 3),
        (staff, coach): (2, 2, 3),
        (staff, staff): (2, 6, 3),
    }
    assert result.several == 1
    assert result.sizes == {(None, coach): 1, (None, staff): 3}


def test_undirected_groups() -> None:
    """Density between groups has no direction where ties have none."""
    now = snapshot(network("abcd", "ab", "ac", relation="co_teaching"))
    groups = {"a": "x", "b": "x", "c": "y", "d": "y"}
    result = measures.block_density(now, relation="co_teaching", groups=groups)
    cells = {(f.from_, f.to): (f.numerator, f.denominator) for f in result}
    assert cells == {("x", "x"): (1, 1), ("x", "y"): (1, 4), ("y", "y"): (0, 1)}


def test_by_gives_a_row_for_each_induced_subgraph() -> None:
    """Within a group only ties inside it count."""
    now = snapshot(network("abcd", "ab", "bc", "cd"))
    result = measures.density(
        now, relation="reports_to", by={"a": "x", "b": "x", "c": "y", "d": "y"}
    )
    assert {f.part: (f.value, f.n) for f in result} == {"x": (0.5, 2), "y": (0.5, 2)}
    assert result.by == "mapping"


@FEW
@given(organisations(), st.randoms(use_true_random=False))
def test_names_do_not_matter(organisation: Organisation, shuffler: object) -> None:
    """Renaming everybody changes no figure of the whole."""
    ids = [person.id for person in organisation.persons]
    new = [f"renamed-{len(ids) - place:03d}" for place in range(len(ids))]
    name = dict(zip(ids, new, strict=True))
    renamed = Organisation.of(
        persons=[Person(name[person]) for person in ids],
        surveys=organisation.surveys,
        responses=[evolve(r, person=name[r.person]) for r in organisation.responses],
        ties=[evolve(t, source=name[t.source], target=name[t.target]) for t in organisation.ties],
    )
    del shuffler
    period = organisation.latest_period if organisation.surveys[0].date else None
    plain = Organisation.of(
        persons=[Person(person) for person in ids],
        surveys=organisation.surveys,
        responses=organisation.responses,
        ties=organisation.ties,
    )
    for function in (measures.density, measures.reciprocity):
        first = function(snapshot(plain, period), relation="advice")
        assert function(snapshot(renamed, period), relation="advice") == first


@FEW
@given(organisations())
def test_no_figure_is_nan(organisation: Organisation) -> None:
    """Each figure is a finite number or has a reason, in every measure and grouping."""
    now = snapshot(organisation)
    results = [
        measures.density(now, relation="advice", by="school"),
        measures.block_density(now, relation="advice", groups="level"),
        measures.reciprocity(now, relation="advice", by="level"),
        measures.degree(now, relation="advice"),
        measures.k_step_reach(now, relation="advice", by="role"),
        measures.group_reach(now, relation="advice", target="resource_persons", draws=0),
        measures.membership_coverage(now, by="level"),
        measures.level_anchoring(now),
    ]
    for result in results:
        for figure in result:
            assert (figure.value is None) == (figure.reason is not None)
            assert figure.value is None or figure.value >= 0
