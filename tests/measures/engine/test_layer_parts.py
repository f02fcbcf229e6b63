"""What every measure of ties does before and after its formula."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from attrs import evolve

from plfkit import (
    Community,
    Membership,
    Organisation,
    Person,
    Position,
    Response,
    Snapshot,
    Survey,
    Tie,
    Unit,
    snapshot,
)
from plfkit.graph.groups import resolve_grouping
from plfkit.measures import degree, density
from plfkit.measures.engine.layer_counts import (
    compute_observed_share,
    compute_response_rate,
    compute_share,
    compute_shares,
    count_observed_pairs,
    find_tie_range_kind,
)
from plfkit.measures.engine.layer_parts import (
    build_person_keys,
    count_outside,
    cut_layer,
    list_silent_ids,
)
from plfkit.measures.engine.options import CheckedOptions
from plfkit.model.results.figures import list_plain_cells


def town(
    *, relation: str = "advice", silent: str = "d", limit: int | None = None, **surveys: str
) -> Snapshot:
    """Two schools; a is a teacher at x and a principal at y; who was asked by which survey."""
    asked = surveys or {"q": "abcd"}
    return snapshot(
        Organisation.of(
            units=[Unit("x", "school"), Unit("y", "school")],
            persons=[Person(name) for name in "abcde"],
            positions=[
                *(Position(name, "x", "teacher") for name in "ab"),
                *(Position(name, "y", "teacher") for name in "cd"),
                Position("a", "y", "principal"),
            ],
            communities=[Community("t", "team", unit="x")],
            memberships=[Membership("t", name) for name in "ab"],
            surveys=[Survey(name, "network", relation, max_ties=limit) for name in asked],
            responses=[
                Response(name, person, answered=person not in silent)
                for name, people in asked.items()
                for person in people
            ],
            ties=[Tie(a, b, relation, next(iter(asked))) for a, b in ("ab", "ac", "cb")],
        )
    )


def test_what_a_result_says_of_a_layer() -> None:
    """Which ties, of whom, how much of them was observed, and what would tell more."""
    now = town()
    result = density(now, relation="advice", by="school", minimum_strength=2, draws=0)
    assert (result.relation, result.by, result.minimum_strength) == ("advice", "school", 2)
    assert result.relation_label is not None
    assert (result.at, result.n, result.several) == ("undated", 4, 1)
    assert result.observed == pytest.approx(9 / 12)
    assert [*map(str, result.needs)] == ["responses"]
    assert result.questions == now.questions("advice")
    assert density(town(silent=""), relation="advice").needs == ()
    assert [*map(str, density(now, relation="observation").needs)] == ["surveys"]
    assert [*map(str, density(town(q=""), relation="advice").needs)] == ["responses"]
    assert density(now, relation="advice").several is None


def test_the_day_of_a_year_and_one_of_two_surveys() -> None:
    """A result names the day on which people were what they are; a survey that is named is read."""
    now = snapshot(Organisation.of(persons=[Person("a"), Person("b")]), "2018/19")
    result = density(now, relation="reports_to")
    assert (result.reference_day, result.at) == ("2019-03-01", "2018/19")
    twice = town(q="abcd", r="abcd")
    found = [density(twice, relation="advice", survey=name).item() for name in "qr"]
    assert found == [pytest.approx(3 / 9), 0]


def test_people_at_several_schools() -> None:
    """In the part of a school somebody is what they are at that school."""
    now = town()
    cut = cut_layer(now, "advice", how=CheckedOptions(), by="school", survey=None)
    layer, found = cut.laid_out, {}
    for target in ("teacher", "principal", "team"):
        there = cut.mark_target(target)
        for number, part in enumerate(cut.labels):
            nodes = np.flatnonzero(there & (layer.node_parts == number))
            found[part, target] = [now.person_ids[person] for person in layer.persons[nodes]]
    assert found == {
        ("x", "teacher"): ["a", "b"],
        ("x", "principal"): [],
        ("x", "team"): ["a", "b"],
        ("y", "teacher"): ["c", "d"],
        ("y", "principal"): ["a"],
        ("y", "team"): ["a"],
    }


def test_who_is_in_no_group() -> None:
    """They are counted, and so are the ties to or from them; an undirected tie once."""
    for relation, ties in (("advice", 2), ("collaboration", 2)):
        now = town(relation=relation)
        layer = now.layer(relation)
        groups = resolve_grouping(now, {"b": "u", "c": "u"})
        assert count_outside(layer, groups.everybody) == {
            "people_in_no_group": 2,
            "ties_in_no_group": ties,
        }
        inside = layer.keep_nodes(layer.find_nodes(groups.everybody))
        assert [now.person_ids[person] for person in inside.persons] == ["b", "c"]
        assert count_outside(inside, groups.everybody) == {}


def test_parts_of_which_as_much_is_known() -> None:
    """Parts with and without silent people stand apart, and so do those of nobody, with their reason."""
    now = town(silent="d")
    cut = cut_layer(now, "advice", how=CheckedOptions(), by="school", survey=None)
    sets = {one.labels: one.layer for one in cut.sort_parts()}
    assert {*sets} == {("x",), ("y",)}
    alike = cut_layer(town(silent=""), "advice", how=CheckedOptions(), by="school", survey=None)
    assert [one.labels for one in alike.sort_parts()] == [("x", "y")]
    apart = alike.sort_parts(apart=np.array([False, True]))
    assert [one.labels for one in apart] == [("x",), ("y",)]
    emptied = alike.sort_parts(alike.laid_out.keep_nodes(np.array([2])))
    assert [(one.labels, one.layer.n, one.layer.reason) for one in emptied] == [
        (("x",), 0, "empty_group"),
        (("y",), 1, None),
    ]
    told = evolve(alike, whole=evolve(alike.whole, reason="not_surveyed"))
    nobody = told.sort_parts(told.laid_out.keep_nodes(np.empty(0, np.int64)))
    assert [one.layer.reason for one in nobody] == ["not_surveyed"]


def test_shares() -> None:
    """Of nothing there is no share."""
    assert compute_share(1, 4) == 0.25
    assert compute_share(1, 1) == 1
    assert compute_share(0, 0) is compute_share(0, None) is None
    found = compute_shares(np.array([1, 3, 0]), np.array([1, 4, 0]))
    np.testing.assert_array_equal(found, [1, 0.75, np.nan])


def test_what_was_observed() -> None:
    """Three of four answered, so that nine of twelve pairs were told of; unrecorded nothing is known."""
    now = town()
    layer = now.layer("advice")
    assert count_observed_pairs(layer).tolist() == [9]
    assert (compute_observed_share(layer), compute_response_rate(layer)) == (0.75, 0.75)
    assert list_silent_ids(now, layer) == {"d"}
    bare = evolve(layer, recorded=None)
    assert np.isnan(count_observed_pairs(bare)).all()
    assert compute_observed_share(bare) is compute_response_rate(bare) is None
    assert list_silent_ids(now, bare) == frozenset()
    assert degree(now, relation="advice").silent == {"d"}
    assert density(now, relation="advice").silent == frozenset()


@pytest.mark.parametrize(
    ("more", "exact_under_caps", "kind"),
    [
        ({}, False, "exact"),
        ({"limit": 2}, True, "exact"),
        ({"limit": 2}, False, "outer_bound"),
        ({"limit": 2, "q": "abc", "r": "d"}, True, "outer_bound"),
        ({"limit": 2, "q": "abc", "r": "d"}, False, "outer_bound"),
    ],
)
def test_kinds_of_ranges(more: dict[str, Any], exact_under_caps: bool, kind: str) -> None:  # noqa: FBT001 - a parameter
    """Exact without a limit on names, or where a formula follows that of a single survey."""
    layer = town(**more).layer("advice")
    assert find_tie_range_kind(layer, exact_under_caps=exact_under_caps) == kind
    unknown = evolve(layer, recorded=None)
    assert find_tie_range_kind(unknown, exact_under_caps=exact_under_caps) == "unknown"


def test_keys_of_figures_about_people() -> None:
    """All people for the first figure, then all of them for the next."""
    now = town()
    layer = now.layer("advice")
    keys = {name: list_plain_cells(cells) for name, cells in build_person_keys(now, layer).items()}
    assert keys == {"id": ["a", "b", "c", "d"]}
    keys = {
        name: list_plain_cells(cells)
        for name, cells in build_person_keys(now, layer, ("in", "out")).items()
    }
    assert keys == {"id": [*"abcdabcd"], "figure": ["in"] * 4 + ["out"] * 4}
