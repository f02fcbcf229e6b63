"""What chance alone gives: by formula and by draws, against all that chance could give."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise, permutations
from math import sqrt
from typing import Any

import definitions
import pytest
from definitions import ROLES, Network
from hypothesis import given
from hypothesis import strategies as st
from searching import search

from plfkit import Organisation, Person, Snapshot, Tie, measures, snapshot
from plfkit.model.results.result import Result
from plfkit.testing import surveyed_networks

NAMES = [*ROLES, "total"]


def register(people: str, *ties: str) -> Snapshot:
    """People of one letter each, ties of two letters, all of them known."""
    organisation = Organisation.of(
        persons=[Person(name) for name in people],
        ties=[Tie(tie[0], tie[1], "reports_to") for tie in ties],
    )
    return snapshot(organisation)


def count(role: str, brokered: list[tuple[str, str]], broker: str | None = None) -> int:
    """How many open two-paths are of a role (or any), and run through a broker (or any)."""
    return sum(role in {name, "total"} and broker in {v, None} for v, name in brokered)


def moments(values: list[tuple[float, float]]) -> tuple[float, float]:
    """Mean and standard deviation of numbers with probabilities."""
    mean = sum(p * value for p, value in values)
    return mean, sqrt(max(sum(p * (value - mean) ** 2 for p, value in values), 0))


@pytest.mark.parametrize("groups", ["xxxx", "xxxy", "xxyy", "xxyz", "wxyz"])
@pytest.mark.parametrize("ties", [("ab",), ("ab", "bc", "ca", "cd", "da", "ad")])
def test_brokerage_of_random_networks(groups: str, ties: tuple[str, ...]) -> None:
    """Over all networks of four, each as likely as its ties make it, the mean and spread of each role."""
    group = dict(zip("abcd", groups, strict=True))
    networks = [
        (p, definitions.brokered(network, group))
        for p, network in definitions.random_networks(list("abcd"), len(ties) / 12)
    ]
    now = register("abcd", *ties)
    result = measures.brokerage(now, relation="reports_to", groups=group, null="size")
    assert (result.null, result.draws) == ("size", None)
    for figure in result:
        values = [(p, float(count(figure.figure or "", b, figure.id))) for p, b in networks]
        mean, spread = moments(values)
        assert figure.expected == pytest.approx(mean)
        assert figure.sd == pytest.approx(spread)
        assert figure.value is not None
        if spread > 0:
            assert figure.z == pytest.approx((figure.value - mean) / spread)
        else:
            assert figure.z is None
    whole = measures.brokerage(
        now, relation="reports_to", groups=group, null="size", scope="network"
    )
    for figure in whole:
        mean, _ = moments([(p, float(count(figure.figure or "", b))) for p, b in networks])
        assert figure.expected == pytest.approx(mean)


@pytest.mark.parametrize("groups", ["xxxyy", "xxyyzz", "xxxyyzw"])
def test_brokerage_of_larger_random_networks(groups: str) -> None:
    """With more people than there are networks to try, pair by pair of two-paths through somebody."""
    people = "abcdefg"[: len(groups)]
    group = dict(zip(people, groups, strict=True))
    now = register(people, *(a + b for a, b in pairwise(people)))
    d = (len(people) - 1) / (len(people) * (len(people) - 1))
    open_ = d**2 * (1 - d)
    result = measures.brokerage(now, relation="reports_to", groups=group, null="size")
    for figure in result:
        role, v = figure.figure, figure.id or ""
        paths = [
            ({(a, v), (v, b)}, {(a, b)})
            for a, b in permutations([p for p in people if p != v], 2)
            if role in {definitions.role_of(group, a, v, b), "total"}
        ]
        variance = sum(
            d ** len(there | also) * (1 - d) ** len(absent | beside) - open_**2
            for there, absent in paths
            for also, beside in paths
        )
        assert figure.expected == pytest.approx(len(paths) * open_)
        assert figure.sd == pytest.approx(sqrt(variance))


def test_permuted_labels_of_equal_groups() -> None:
    """T open two-paths among N people in groups of n: coordinators are T (n−1)(n−2) / ((N−1)(N−2))."""
    people, groups = "abcdef", "xxxyyy"
    ties = ("ab", "bc", "cd", "de", "ef", "fa", "ac", "df")
    group = dict(zip(people, groups, strict=True))
    network: Network = frozenset((tie[0], tie[1]) for tie in ties)
    open_paths = len(definitions.brokered(network, group))
    result = measures.brokerage(
        register(people, *ties),
        relation="reports_to",
        groups=group,
        scope="network",
        null="labels",
        draws=500,
    )
    found = {figure.figure: figure for figure in result}
    coordinator = found["coordinator"]
    assert coordinator.sd is not None
    closed_form = open_paths * 2 * 1 / (5 * 4)
    assert coordinator.expected == pytest.approx(closed_form, abs=4 * coordinator.sd / sqrt(500))
    exact = _over_all_labels(network, group)
    for role, (mean, spread) in exact.items():
        figure = found[role]
        assert figure.expected == pytest.approx(mean, abs=4 * spread / sqrt(500) + 1e-12)
        assert figure.sd == pytest.approx(spread, rel=0.1, abs=1e-12)
    total = found["total"]
    assert (total.value, total.expected, total.sd, total.z) == (open_paths, open_paths, 0, None)


def _over_all_labels(network: Network, group: Mapping[str, str]) -> dict[str, tuple[float, float]]:
    handed_out = [
        definitions.brokered(network, dict(zip(group, labels, strict=True)))
        for labels in set(permutations(group.values()))
    ]
    each = 1 / len(handed_out)
    return {
        role: moments([(each, float(count(role, brokered))) for brokered in handed_out])
        for role in NAMES
    }


def test_permuted_labels_of_the_ei_index() -> None:
    """Mean, spread and both tails are those over all ways to hand out labels, but for chance."""
    people, ties = "abcde", ("ab", "ba", "bc", "cd", "de", "ce")
    group = dict(zip(people, "xxyyz", strict=True))
    values = [
        definitions.ei(
            [(t[0], t[1]) for t in ties],
            {p: frozenset({label}) for p, label in zip(people, labels, strict=True)},
        )
        or 0.0
        for labels in permutations(group.values())
    ]
    (figure,) = result = measures.ei_index(
        register(people, *ties), relation="reports_to", groups=group, null="labels", draws=500
    )
    assert (result.null, result.draws, result.seed) == ("labels", 500, 0)
    mean, spread = moments([(1 / len(values), value) for value in values])
    assert figure.expected == pytest.approx(mean)
    assert figure.sd == pytest.approx(spread, rel=0.1)
    assert figure.value is not None
    assert figure.sd is not None
    assert figure.z == pytest.approx((figure.value - mean) / figure.sd)
    more = sum(value >= figure.value - 1e-9 for value in values) / len(values)
    less = sum(value <= figure.value + 1e-9 for value in values) / len(values)
    assert figure.p_greater == pytest.approx(more, abs=0.05)
    assert figure.p_less == pytest.approx(less, abs=0.05)
    assert figure.p_value == pytest.approx(min(1, 2 * min(more, less)), abs=0.1)


@pytest.mark.parametrize("measure", ["ei_index", "block_density", "brokerage"])
def test_people_change_groups_within_strata_only(measure: str) -> None:
    """Where everybody of a stratum is in one group nothing changes: no spread, no z, p is 1."""
    group = dict(zip("abcdef", "xxxyyy", strict=True))
    now = register("abcdef", "ab", "bc", "cd", "de", "fa", "eb")
    arguments: dict[str, Any] = {"relation": "reports_to", "groups": group, "draws": 40}
    function = getattr(measures, measure)
    held: Result = function(now, null="labels", within=group, **arguments)
    for figure in held:
        if figure.value is not None:
            assert figure.sd == pytest.approx(0)
            assert figure.z is None
            assert (figure.p_greater, figure.p_less, figure.p_value) == (1, 1, 1)
    free: Result = function(now, null="labels", **arguments)
    assert any(figure.sd for figure in free)


@pytest.mark.parametrize("held", ["size", "mutuals"])
def test_transitivity_of_random_networks(held: str) -> None:
    """Mean and spread are those over all networks that hold it fixed, where they have two-paths."""
    people, ties = list("abcd"), ("ab", "ba", "bc", "cd", "da")
    told: Network = frozenset((tie[0], tie[1]) for tie in ties)

    def kept(network: Network) -> tuple[int, int]:
        mutual = sum((b, a) in network for a, b in network)
        return len(network), mutual if held == "mutuals" else 0

    values = [
        definitions.transitivity(people, network, "weak")
        for _, network in definitions.random_networks(people, 1 / 2)
        if kept(network) == kept(told)
    ]
    known = [value for value in values if value is not None]
    mean, spread = moments([(1 / len(known), value) for value in known])
    (figure,) = measures.transitivity(
        register("abcd", *ties), relation="reports_to", null=held, draws=400
    )
    assert figure.expected == pytest.approx(mean, abs=4 * spread / sqrt(400))
    assert figure.sd == pytest.approx(spread, rel=0.15)


@search(10)
@given(surveyed_networks(), st.data())
def test_no_null_makes_a_number_that_is_none(
    organisation: Organisation, data: st.DataObject
) -> None:
    """In small and half-answered networks what chance gives is a number or missing, p within 0 and 1."""
    groups = {p.id: data.draw(st.sampled_from("xy")) for p in organisation.persons}
    now = snapshot(organisation)
    results = [
        measures.transitivity(now, relation="advice", null="size", draws=5),
        measures.centralization(now, relation="advice", null="mutuals", draws=5),
        measures.reciprocity(now, relation="advice", null="degrees", draws=5),
        measures.ei_index(now, relation="advice", groups=groups, null="labels", draws=5),
        measures.block_density(now, relation="advice", groups=groups, null="labels", draws=5),
        measures.brokerage(now, relation="advice", groups=groups, null="size", draws=5),
        measures.brokerage(now, relation="advice", groups=groups, null="labels", draws=5),
    ]
    for result in results:
        for figure in result:
            for cell in (figure.expected, figure.sd, figure.z):
                assert cell is None or cell == cell  # noqa: PLR0124 - NaN
            for p in (figure.p_greater, figure.p_less, figure.p_value):
                assert p is None or 0 < p <= 1
            if figure.value is None:
                assert (figure.z, figure.p_value) == (None, None)
