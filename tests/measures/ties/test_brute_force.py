"""Every measure against its definition, spelt out person by person, on small networks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import combinations
from math import isnan
from typing import Any

import definitions
import pytest
from attrs import asdict, evolve, frozen
from definitions import ROLES, Network, both_ways, pairs, within
from hypothesis import given
from hypothesis import strategies as st
from searching import search

from plfkit import (
    Community,
    Membership,
    Organisation,
    Person,
    Response,
    Snapshot,
    Survey,
    Tie,
    measures,
    snapshot,
)
from plfkit.graph.groups import GroupSpec
from plfkit.model.results.figures import Figure
from plfkit.model.results.result import Result

FEW = search(12)
MAPPINGS = ("brokerage", "ei_index", "block_density")
Measured = Callable[..., Result]


@frozen
class Whole:
    """A network of which everything is known.

    Attributes:
        people: Everybody.
        network: Their ties, in both directions where they have none.
        directed: Whether they have one.
    """

    people: list[str]
    network: Network
    directed: bool = True

    @property
    def relation(self) -> str:
        """A relation of that kind."""
        return "advice" if self.directed else "collaboration"

    @property
    def now(self) -> Snapshot:
        """The network as a survey that everybody answered."""
        return self.told()

    def told(self, **more: Any) -> Snapshot:
        """The same beside other records."""
        ties = self.network if self.directed else [(a, b) for a, b in self.network if a < b]
        return snapshot(
            Organisation.of(
                persons=[Person(name) for name in self.people],
                surveys=[Survey("q", "network", self.relation)],
                responses=[Response("q", name, answered=True) for name in self.people],
                ties=[Tie(a, b, self.relation, "q") for a, b in ties],
                **more,
            )
        )


@st.composite
def networks(draw: st.DrawFn, *, least: int = 1, most: int = 6, directed: bool = True) -> Whole:
    """Draw a network: without any tie, with all of them, or with some, and then perhaps isolates."""
    people = [f"p{number}" for number in range(draw(st.integers(least, most)))]
    possible = sorted(pairs(people))
    if not directed:
        possible = [(a, b) for a, b in possible if a < b]
    chosen: list[tuple[str, str]] = []
    how = draw(st.sampled_from(["some", "some", "isolates", "isolates", "none", "all"]))
    if possible and how != "none":
        subsets = st.lists(st.sampled_from(possible), unique=True)
        chosen = possible if how == "all" else draw(subsets)
    if how == "isolates":
        chosen = [tie for tie in chosen if people[0] not in tie]
    network = frozenset(chosen)
    return Whole(people, network if directed else both_ways(network), directed)


@st.composite
def groupings(draw: st.DrawFn, people: Sequence[str]) -> dict[str, str]:
    """Draw a group for most people: groups of one are common, some people are in none, but the first."""
    labels = [draw(st.sampled_from(["x", "x", "y", "y", "z", None])) for _ in people[1:]]
    labels.insert(0, draw(st.sampled_from(["x", "y"])))
    return {p: label for p, label in zip(people, labels, strict=True) if label is not None}


def network(people: str, *ties: str, directed: bool = True) -> Whole:
    """People of one letter each, ties of two letters."""
    told = frozenset((tie[0], tie[1]) for tie in ties)
    return Whole([*people], told if directed else both_ways(told), directed)


def close(expected: float | None) -> Any:
    """Equal but for rounding; None is None."""
    return None if expected is None else pytest.approx(expected, rel=1e-9, abs=1e-9)


def sound(result: Result) -> Result:
    """Assert that figures have a value or a reason, and that nothing is NaN."""
    for figure in result:
        assert (figure.value is None) == (figure.reason is not None), figure
        assert not any(isinstance(cell, float) and isnan(cell) for cell in asdict(figure).values())
    return result


def agree(result: Result, expected: Sequence[float | None]) -> None:
    """Assert that values are the expected ones, and, as all is observed, ranges without width."""
    assert result.range_kind == "exact" or set(expected) <= {None}
    for figure, value in zip(sound(result), expected, strict=True):
        assert figure.value == close(value), figure
        assert (figure.lower, figure.upper) == (figure.value, figure.value)


def values(result: Result) -> list[float | None]:
    """The values alone."""
    return [figure.value for figure in sound(result)]


both = pytest.mark.parametrize("directed", [True, False])


@both
@FEW
@given(st.data())
def test_density_degree_and_reach(directed: bool, data: st.DataObject) -> None:  # noqa: FBT001
    """Pairs with a tie, people tied to, and people within two steps are counted."""
    whole = data.draw(networks(directed=directed))
    now, people, ties = whole.now, whole.people, whole.network
    agree(
        measures.density(now, relation=whole.relation),
        [definitions.density(people, ties)],
    )
    for direction in ("in", "out", "total") if directed else ("total",):
        agree(
            measures.degree(now, relation=whole.relation, direction=direction),
            definitions.degrees(people, ties, direction if directed else "any"),
        )
    others = len(people) - 1
    reached = [definitions.reached(ties, person, 2) for person in people]
    agree(
        measures.k_step_reach(now, relation=whole.relation, k=2),
        [len(one) / others if others else None for one in reached],
    )


@FEW
@given(networks())
def test_reciprocity(whole: Whole) -> None:
    """Every variant is counted pair by pair."""
    for variant in ("edgewise", "dyadic", "dyadic_nonnull"):
        result = measures.reciprocity(whole.now, relation="advice", variant=variant)
        agree(result, [definitions.reciprocity(whole.people, whole.network, variant)])


@both
@FEW
@given(st.data())
def test_block_density(directed: bool, data: st.DataObject) -> None:  # noqa: FBT001
    """From group to group, people in no group left out, pairs of different people are counted."""
    whole = data.draw(networks(directed=directed))
    groups = data.draw(groupings(whole.people))
    result = measures.block_density(whole.now, relation=whole.relation, groups=groups)
    labels = sorted(set(groups.values()))
    expected = [
        definitions.block_density(
            [p for p in groups if groups[p] == one],
            [p for p in groups if groups[p] == other],
            whole.network,
            pairs(whole.people),
        )
        for one in labels
        for other in labels
        if directed or one <= other
    ]
    agree(result, expected)


@pytest.mark.parametrize("variant", ["weak", "undirected", "strong"])
@both
@FEW
@given(st.data())
def test_transitivity(directed: bool, variant: str, data: st.DataObject) -> None:  # noqa: FBT001
    """Every variant is the share of triples that its definition counts."""
    whole = data.draw(networks(directed=directed))
    result = measures.transitivity(whole.now, relation=whole.relation, variant=variant)
    agree(result, [definitions.transitivity(whole.people, whole.network, variant)])
    (figure,) = result
    if figure.value is not None and variant != "strong":
        ties = both_ways(whole.network) if variant == "undirected" else whole.network
        counts = definitions.two_paths(whole.people, ties)
        assert (figure.numerator, figure.denominator) == counts
    if figure.value is None:
        assert figure.reason == ("too_few_people" if len(whole.people) < 3 else "no_two_paths")


@pytest.mark.parametrize(
    ("variant", "direction", "directed"),
    [
        *(("degree", direction, True) for direction in ("in", "out", "total", "any")),
        ("degree", "any", False),
        ("betweenness", "in", True),
        ("betweenness", "any", True),
        ("betweenness", "any", False),
    ],
)
@FEW
@given(st.data())
def test_centralization(
    variant: str,
    direction: str,
    directed: bool,  # noqa: FBT001
    data: st.DataObject,
) -> None:
    """Distances from the most central person are summed up, as a share of those in a star."""
    whole = data.draw(networks(directed=directed))
    given_ = None if not directed or (variant, direction) == ("betweenness", "in") else direction
    result = measures.centralization(
        whole.now, relation=whole.relation, variant=variant, direction=given_
    )
    expected = definitions.centralization(whole.people, whole.network, variant, direction)
    agree(result, [expected])
    if expected is None:
        assert {figure.reason for figure in result} == {"too_few_people"}


@pytest.mark.parametrize("direction", ["in", "out", "total", "any"])
def test_no_network_is_less_even_than_a_star(direction: str) -> None:
    """Over all networks of three and four people no sum of distances exceeds that of the star."""
    for people in (list("abc"), list("abcd")):
        most = max(
            definitions.uneven(definitions.degrees(people, one, direction))
            for _, one in definitions.random_networks(people, 1 / 2)
        )
        star = definitions.star(people, direction)
        assert definitions.uneven(definitions.degrees(people, star, direction)) == most


@st.composite
def parted(draw: st.DrawFn, whole: Whole) -> tuple[Snapshot, GroupSpec, definitions.Labels]:
    """Draw groups that part people, or teams that overlap: a moment, what to ask for, who is where."""
    if draw(st.booleans()):
        groups = draw(groupings(whole.people))
        return whole.now, groups, {person: frozenset({one}) for person, one in groups.items()}
    teams = {
        person: frozenset(draw(st.sets(st.sampled_from("tuv"), min_size=least, max_size=2)))
        for person, least in zip(whole.people, [1, 0, 0, 0, 0], strict=False)
    }
    now = whole.told(
        communities=[Community(name, "team") for name in "tuv"],
        memberships=[Membership(team, p) for p, names in teams.items() for team in sorted(names)],
    )
    return now, "team", {person: names for person, names in teams.items() if names}


@both
@FEW
@given(st.data())
def test_ei_index(directed: bool, data: st.DataObject) -> None:  # noqa: FBT001
    """Ties between groups less ties within, which share any group; people in no group are left out.

    What is expected is the mean over all ways to hand out the people's groups among them.
    """
    whole = data.draw(networks(directed=directed, most=5))
    now, groups, labels = data.draw(parted(whole))
    inside = within(whole.network, labels)
    ties = definitions.ties_at(inside, labels, "out", directed=directed)
    result = measures.ei_index(now, relation=whole.relation, groups=groups)
    agree(result, [definitions.ei(ties, labels)])
    (figure,) = result
    mixed = definitions.ei_of_random_mixing(frozenset(ties), labels)
    if mixed is not None:
        assert figure.expected == close(mixed)
    assert figure.denominator == (len(ties) or None)
    assert figure.reason == (None if ties else "no_ties")


@pytest.mark.parametrize("direction", ["out", "in", "all"])
@pytest.mark.parametrize("scope", ["person", "group"])
@both
@FEW
@given(st.data())
def test_ei_index_of_persons_and_groups(
    directed: bool,  # noqa: FBT001
    scope: str,
    direction: str,
    data: st.DataObject,
) -> None:
    """The same of the ties that somebody, or somebody of a group, told, was told of, or either."""
    whole = data.draw(networks(directed=directed, most=5))
    now, groups, labels = data.draw(parted(whole))
    ends = {person: [person] for person in labels}
    if scope == "group":
        names = sorted(frozenset().union(*labels.values()))
        ends = {name: [p for p in labels if name in labels[p]] for name in names}
    result = measures.ei_index(
        now, relation=whole.relation, groups=groups, scope=scope, direction=direction
    )
    counted = [
        definitions.ties_at(within(whole.network, labels), people, direction, directed=directed)
        for people in ends.values()
    ]
    agree(result, [definitions.ei(ties, labels) for ties in counted])
    assert [f.id if scope == "person" else f.from_ for f in result] == list(ends)
    assert [f.denominator for f in result] == [len(ties) or None for ties in counted]


@both
@FEW
@given(st.data())
def test_betweenness(directed: bool, data: st.DataObject) -> None:  # noqa: FBT001
    """Shortest paths are walked one by one; normalised, they are a share of all pairs of others."""
    whole = data.draw(networks(directed=directed))
    n = len(whole.people)
    raw = definitions.betweenness(whole.people, whole.network)
    scores: list[float | None] = [score / (1 if directed else 2) for score in raw]
    shares: list[float | None] = [definitions.share(score, (n - 1) * (n - 2)) for score in raw]
    raw_result = measures.betweenness(whole.now, relation=whole.relation)
    agree(raw_result, scores if n > 2 else [None] * n)
    agree(measures.betweenness(whole.now, relation=whole.relation, variant="normalised"), shares)
    assert {figure.reason for figure in raw_result} == {None if n > 2 else "too_few_people"}


@both
@FEW
@given(st.data())
def test_betweenness_from_some_people(directed: bool, data: st.DataObject) -> None:  # noqa: FBT001
    """With `sources` the figures are those of paths from so many people, scaled up to all."""
    whole = data.draw(networks(directed=directed, least=3, most=5))
    size, seed = data.draw(st.integers(1, 6)), data.draw(st.integers(0, 99))
    result = measures.betweenness(whole.now, relation=whole.relation, sources=size, seed=seed)
    from_each = [
        definitions.betweenness_from(whole.people, whole.network, source) for source in whole.people
    ]
    n = len(whole.people)
    scale = max(n / size, 1) / (1 if directed else 2)
    possible = [
        [close(scale * sum(one[person] for one in chosen)) for person in whole.people]
        for chosen in combinations(from_each, min(size, n))
    ]
    assert values(result) in possible
    assert result.notes == {"paths_from": min(size, n)}
    if size < n:
        assert {(figure.lower, figure.upper) for figure in result} == {(None, None)}
        assert result.range_kind == "unknown"


def test_every_source_is_drawn_by_some_seed() -> None:
    """Over seeds, paths begin at everybody, and the mean of the estimates is the figure."""
    whole = network("abcd", "ab", "bc", "cd", "da", "ca")
    exact = definitions.betweenness(whole.people, whole.network)
    drawn = [
        values(measures.betweenness(whole.now, relation="advice", sources=1, seed=seed))
        for seed in range(60)
    ]
    different = sorted({tuple(one) for one in drawn})
    each = [definitions.betweenness_from(whole.people, whole.network, s) for s in whole.people]
    assert different == sorted({tuple(4 * share for share in one.values()) for one in each})
    assert [sum(4 * one[p] for one in each) / 4 for p in whole.people] == exact


@pytest.mark.parametrize("alone", [0, 20])
@pytest.mark.parametrize("variant", ["directed", "undirected"])
@both
@search(20)
@given(st.data())
def test_constraint(
    directed: bool,  # noqa: FBT001
    variant: str,
    alone: int,
    data: st.DataObject,
) -> None:
    """Burt's four figures, summed over contacts one by one, among few people and many without ties."""
    whole = data.draw(networks(directed=directed))
    whole = evolve(whole, people=[*whole.people, *(f"q{n}" for n in range(10, 10 + alone))])
    result = measures.constraint(whole.now, relation=whole.relation, variant=variant)
    figures = definitions.burt(whole.people, whole.network, variant)
    agree(result, [value for name in figures for value in figures[name]])
    keys = [(name, person) for name in figures for person in whole.people]
    assert [(figure.figure, figure.id) for figure in result] == keys
    contacts = dict(
        zip(whole.people, definitions.degrees(whole.people, whole.network, "any"), strict=True)
    )
    for figure in result:
        if figure.value is None:
            assert figure.reason == ("one_contact" if contacts[figure.id or ""] else "no_ties")


@both
@FEW
@given(st.data())
def test_brokerage(directed: bool, data: st.DataObject) -> None:  # noqa: FBT001
    """Open two-paths are counted one by one, by the groups of the three, in both scopes."""
    whole = data.draw(networks(directed=directed))
    groups = data.draw(groupings(whole.people))
    counted = definitions.brokered(whole.network, groups)
    names = [*ROLES, "total"]
    of_person = measures.brokerage(whole.now, relation=whole.relation, groups=groups)
    expected = [
        float(
            sum(v == person and role in {name, *ROLES * (name == "total")} for v, role in counted)
        )
        for name in names
        for person in groups
    ]
    agree(of_person, expected)
    keys = [(name, person) for name in names for person in groups]
    assert [(figure.figure, figure.id) for figure in of_person] == keys
    of_network = measures.brokerage(
        whole.now, relation=whole.relation, groups=groups, scope="network"
    )
    sums = [sum(role == name for _, role in counted) for name in ROLES]
    agree(of_network, [float(one) for one in [*sums, len(counted)]])
    paths = definitions.two_paths(list(groups), within(whole.network, groups))[1]
    assert {figure.denominator for figure in of_network} == {paths}
    assert [figure.numerator for figure in of_network] == values(of_network)
    assert (of_network.notes.get("people_in_no_group", 0)) == len(whole.people) - len(groups)


def calls(groups: Mapping[str, str], *, directed: bool) -> list[tuple[str, dict[str, Any]]]:
    """Every measure of ties, in each of its forms."""
    forms: list[tuple[str, dict[str, Any]]] = [
        ("density", {}),
        ("block_density", {}),
        ("degree", {}),
        ("k_step_reach", {"k": 2}),
        ("betweenness", {}),
        ("constraint", {}),
        ("brokerage", {}),
        ("brokerage", {"scope": "network"}),
        ("ei_index", {}),
        ("ei_index", {"scope": "group"}),
        ("ei_index", {"scope": "person", "direction": "all"}),
        ("centralization", {}),
        ("centralization", {"variant": "betweenness"}),
        *(("transitivity", {"variant": v}) for v in ("weak", "undirected", "strong")),
    ]
    if directed:
        forms += [("reciprocity", {}), ("centralization", {"direction": "total"})]
    return [
        (name, {**more, **({"groups": groups} if name in MAPPINGS else {})}) for name, more in forms
    ]


def figures(result: Result, name: Mapping[str, str]) -> set[tuple[Any, ...]]:
    """The figures as a set, people renamed and numbers rounded."""

    def cell(value: Any) -> Any:
        return round(value, 9) if isinstance(value, float) else value

    def row(figure: Figure) -> dict[str, Any]:
        return {**asdict(figure), "id": name.get(figure.id or "")}

    return {tuple(cell(value) for value in row(figure).values()) for figure in sound(result)}


@both
@search(4)
@given(st.data())
def test_neither_names_nor_the_order_of_rows_matter(
    directed: bool,  # noqa: FBT001
    data: st.DataObject,
) -> None:
    """Every measure gives the same when people are renamed, and all rows come in another order."""
    whole = data.draw(networks(directed=directed, least=2))
    groups = data.draw(groupings(whole.people))
    new = dict(zip(whole.people, data.draw(st.permutations(whole.people)), strict=True))
    ties = data.draw(st.permutations(sorted(whole.network)))
    if not directed:
        ties = [(a, b) for a, b in ties if new[a] > new[b]]
    renamed = snapshot(
        Organisation.of(
            persons=[Person(name) for name in reversed(whole.people)],
            surveys=[Survey("q", "network", whole.relation)],
            responses=[Response("q", new[name], answered=True) for name in whole.people],
            ties=[Tie(new[a], new[b], whole.relation, "q") for a, b in ties],
        )
    )
    there = {new[person]: label for person, label in groups.items()}
    now = whole.now
    same = dict(zip(whole.people, whole.people, strict=True))
    both_forms = zip(calls(groups, directed=directed), calls(there, directed=directed), strict=True)
    for (name, arguments), (_, others) in both_forms:
        function: Measured = getattr(measures, name)
        first = function(now, relation=whole.relation, **arguments)
        second = function(renamed, relation=whole.relation, **others)
        assert figures(first, new) == figures(second, same), name


@search(4)
@given(st.data())
def test_parts_are_networks_of_their_own(data: st.DataObject) -> None:
    """`by=` gives, for each group, what the network of its people alone gives."""
    whole = data.draw(networks(least=2))
    groups = data.draw(groupings(whole.people))
    part = {person: "left" if data.draw(st.booleans()) else "right" for person in whole.people}
    alone = {
        side: Whole(people, within(whole.network, people)).now
        for side in sorted(set(part.values()))
        for people in [[p for p in whole.people if part[p] == side]]
    }
    for name, arguments in calls(groups, directed=True):
        function: Measured = getattr(measures, name)
        cut = function(whole.now, relation="advice", by=part, **arguments)
        for side, now in alone.items():
            inside = {p: label for p, label in groups.items() if part[p] == side}
            own = {**arguments, **({"groups": inside} if "groups" in arguments else {})}
            expected = function(now, relation="advice", **own)
            rows = [figure for figure in cut if figure.part == side]
            assert [f.value for f in rows] == [f.value for f in expected], name
            assert [(f.id, f.figure, f.reason) for f in rows] == [
                (f.id, f.figure, f.reason) for f in expected
            ]


def test_parts_without_figures() -> None:
    """One person alone has no reach, and nobody there is sought; the other part's range stays exact."""
    part = {"a": "left", "b": "left", "c": "right"}
    reach = measures.k_step_reach(network("abc", "ab").now, relation="advice", by=part)
    assert values(reach) == [1, 0, None]
    assert reach.range_kind == "exact"
    now = network("abcd", "ab").told(
        communities=[Community("t", "team")], memberships=[Membership("t", "b")]
    )
    found = measures.group_reach(now, relation="advice", target="team", by={**part, "d": "right"})
    assert [figure.reason for figure in found] == [None, "empty_group"]
    assert found.range_kind == "exact"


def test_register_is_known() -> None:
    """Who reports to whom: a boss of three is the centre, brokers for nobody, and has no range."""
    now = snapshot(
        Organisation.of(
            persons=[Person(name) for name in "abcd"],
            ties=[Tie(name, "a", "reports_to") for name in "bcd"],
        )
    )
    assert measures.centralization(now, relation="reports_to").item() == 1
    assert measures.centralization(now, relation="reports_to", direction="out").item() == (
        pytest.approx(3 * (1 - 0) / 9 - 2 / 9)
    )
    assert values(measures.betweenness(now, relation="reports_to")) == [0, 0, 0, 0]
    result = measures.brokerage(now, relation="reports_to", groups=dict.fromkeys("abcd", "x"))
    assert set(values(result)) == {0}
    (figure,) = measures.transitivity(now, relation="reports_to")
    assert (figure.value, figure.reason) == (None, "no_two_paths")


def test_three_ways_of_being_transitive() -> None:
    """With a → b → c and a → c the one two-path is closed, both ways all six, and four triples agree."""
    now = network("abc", "ab", "bc", "ac").now
    weak = measures.transitivity(now, relation="advice").main
    assert weak is not None
    assert (weak.numerator, weak.denominator) == (1, 1)
    either = measures.transitivity(now, relation="advice", variant="undirected").main
    assert either is not None
    assert (either.numerator, either.denominator) == (6, 6)
    # Of the six, a → b has no two steps through c beside it, and b → c none through a.
    strong = measures.transitivity(now, relation="advice", variant="strong").main
    assert strong is not None
    assert (strong.numerator, strong.denominator) == (4, 6)


def test_a_star_and_a_ring() -> None:
    """A star has centralization 1, a ring 0; half of the ties of a star in two directions come in."""
    star = network("abcd", "ba", "ca", "da", "ab", "ac", "ad").now
    ring = network("abcd", "ab", "bc", "cd", "da").now
    for direction, expected in {"in": 2 / 3, "out": 2 / 3, "total": 1, "any": 1}.items():
        found = measures.centralization(star, relation="advice", direction=direction)
        assert found.item() == pytest.approx(expected)
        assert measures.centralization(ring, relation="advice", direction=direction).item() == 0
    assert measures.centralization(star, relation="advice", variant="betweenness").item() == 1
    assert values(measures.betweenness(star, relation="advice")) == [6, 0, 0, 0]
    normalised = measures.betweenness(star, relation="advice", variant="normalised")
    assert values(normalised) == [1, 0, 0, 0]


def test_paths_of_equal_length_share() -> None:
    """Two corners of a square meet through either of the others, who have half of their paths each."""
    square = network("abcd", "ab", "ac", "bd", "cd", directed=False).now
    assert values(measures.betweenness(square, relation="collaboration")) == [0.5] * 4
    normalised = measures.betweenness(square, relation="collaboration", variant="normalised")
    assert values(normalised) == pytest.approx([1 / 6] * 4)


def test_the_end_of_a_path_is_wholly_constrained() -> None:
    """On a – b – c – d the end has one contact: constraint 1, not 1.25 from people they do not know."""
    now = network("abcd", "ab", "bc", "cd", directed=False).now
    result = measures.constraint(now, relation="collaboration")
    table = {(figure.figure, figure.id): figure for figure in sound(result)}
    assert table["constraint", "a"].value == 1
    assert table["constraint", "b"].value == 0.5
    assert table["effective_size", "b"].value == 2
    assert table["efficiency", "b"].value == 1
    assert table["hierarchy", "b"].value == 0
    assert table["hierarchy", "a"].reason == "one_contact"


def test_five_ways_to_pass_things_on() -> None:
    """The same path a → v → b gives each of the five roles when the groups of the three change."""
    now = network("avb", "av", "vb").now
    roles = {
        "xxx": "coordinator",
        "xyx": "itinerant",
        "xxy": "representative",
        "xyy": "gatekeeper",
        "xyz": "liaison",
    }
    for groups, role in roles.items():
        result = measures.brokerage(
            now, relation="advice", groups=dict(zip("avb", groups, strict=True)), scope="network"
        )
        assert {f.figure for f in result if f.value} == {role, "total"}


def test_no_shortcut_is_brokered() -> None:
    """With a → b beside a → v → b nobody needs v; a path back to where it began is none."""
    shut = network("avb", "av", "vb", "ab").now
    there_and_back = network("avb", "av", "va").now
    for now in (shut, there_and_back):
        result = measures.brokerage(now, relation="advice", groups=dict.fromkeys("avb", "x"))
        assert set(values(result)) == {0}


def test_ties_of_a_group_count_once() -> None:
    """Two in a team work together, and one of them with somebody else: one tie each way makes 0."""
    now = network("abc", "ab", "ac", directed=False).now
    result = measures.ei_index(
        now, relation="collaboration", groups={"a": "x", "b": "x", "c": "y"}, scope="group"
    )
    found = {f.from_: (f.value, f.numerator, f.denominator) for f in result}
    assert found == {"x": (0, 1, 2), "y": (1, 1, 1)}


def test_random_mixing_of_pairs_is_far_from_zero() -> None:
    """Three pairs: of the five others one is in one's own group, so chance alone gives 1 − 2/5."""
    now = network("abcdef", "ab", "cd", "ea").now
    result = measures.ei_index(
        now, relation="advice", groups=dict(zip("abcdef", "xxyyzz", strict=True))
    )
    (figure,) = result
    assert figure.value == pytest.approx(-1 / 3)
    assert figure.expected == pytest.approx(3 / 5)


def test_alone_and_in_pairs() -> None:
    """One person, or two, have no figure where a third is needed; each says why."""
    for whole in (network("a"), network("ab", "ab", "ba")):
        now = whole.now
        for name, more in (
            ("transitivity", {}),
            ("betweenness", {}),
            ("centralization", {"direction": "any"}),
            ("centralization", {"variant": "betweenness"}),
        ):
            function: Measured = getattr(measures, name)
            for figure in sound(function(now, relation="advice", **more)):
                assert figure.reason == "too_few_people"
    result = measures.constraint(network("a").now, relation="advice")
    assert {figure.reason for figure in sound(result)} == {"no_ties"}
