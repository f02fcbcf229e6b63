"""Ranges: every completion of small networks is tried, and the range is what they span."""

from __future__ import annotations

from collections import Counter
from itertools import islice

import pytest
from attrs import evolve
from definitions import Network, brokered, completions, density, reached, reciprocity
from hypothesis import assume, given
from searching import search

from plfkit import (
    Organisation,
    Person,
    Position,
    Response,
    Snapshot,
    Survey,
    Tie,
    Unit,
    measures,
    snapshot,
)
from plfkit.measures.ties.brokerage import BROKERAGE_ROLES
from plfkit.model.results.figures import Figure
from plfkit.model.results.result import Result
from plfkit.testing import surveyed_networks, twice_surveyed_networks

SMALL = search(120)


def spans(figure: Figure, values: list[float | None], *, exact: bool) -> None:
    """Assert that a figure's range is what the completions span, or contains it if not exact."""
    known = [value for value in values if value is not None]
    if not known:
        assert (figure.lower, figure.upper) == (None, None)
        return
    assert figure.lower is not None
    assert figure.upper is not None
    if exact:
        assert figure.lower == pytest.approx(min(known))
        assert figure.upper == pytest.approx(max(known))
    assert figure.lower <= min(known) + 1e-12
    assert figure.upper >= max(known) - 1e-12
    if figure.value is not None:
        assert figure.lower - 1e-12 <= figure.value <= figure.upper + 1e-12


def people(organisation: Organisation) -> list[str]:
    """Everybody's id."""
    return [person.id for person in organisation.persons]


def only(result: Result) -> Figure:
    """The one figure of a result."""
    (figure,) = result
    return figure


@SMALL
@given(surveyed_networks())
def test_density(organisation: Organisation) -> None:
    """The range of density is exact, with and without a limit on names."""
    result = measures.density(snapshot(organisation), relation="advice")
    values = [density(people(organisation), network) for network in completions(organisation)]
    assert result.range_kind == "exact"
    spans(only(result), values, exact=True)


@SMALL
@given(surveyed_networks(relation="collaboration"))
def test_density_of_undirected_ties(organisation: Organisation) -> None:
    """It is exact without a limit on names, and contains every completion with one."""
    result = measures.density(snapshot(organisation), relation="collaboration")
    values = [density(people(organisation), network) for network in completions(organisation)]
    spans(only(result), values, exact=result.range_kind == "exact")


@SMALL
@given(surveyed_networks(most=4, capped=False))
@pytest.mark.parametrize("variant", ["edgewise", "dyadic", "dyadic_nonnull"])
def test_reciprocity(variant: str, organisation: Organisation) -> None:
    """Every variant's range is exact without a limit on names."""
    result = measures.reciprocity(snapshot(organisation), relation="advice", variant=variant)
    values = [reciprocity(people(organisation), n, variant) for n in completions(organisation)]
    spans(only(result), values, exact=True)


@SMALL
@given(surveyed_networks(most=4, capped=True))
def test_reciprocity_with_a_limit_on_names(organisation: Organisation) -> None:
    """With a limit it is called an outer bound where somebody did not answer, and is one."""
    result = measures.reciprocity(snapshot(organisation), relation="advice")
    silent = any(not response.answered for response in organisation.responses)
    assert result.range_kind == ("outer_bound" if silent else "exact")
    values = [reciprocity(people(organisation), n, "edgewise") for n in completions(organisation)]
    spans(only(result), values, exact=not silent)


@SMALL
@given(surveyed_networks())
@pytest.mark.parametrize("direction", ["in", "out", "total"])
def test_degree(direction: str, organisation: Organisation) -> None:
    """Each person's range is exact, with and without a limit on names."""
    result = measures.degree(snapshot(organisation), relation="advice", direction=direction)
    networks = list(completions(organisation))
    for figure in result:
        into = [sum(b == figure.id for _, b in network) for network in networks]
        out = [sum(a == figure.id for a, _ in network) for network in networks]
        values = {"in": into, "out": out, "total": [i + o for i, o in zip(into, out, strict=True)]}
        spans(figure, [float(value) for value in values[direction]], exact=True)


@SMALL
@given(surveyed_networks(relation="collaboration"))
def test_degree_of_undirected_ties(organisation: Organisation) -> None:
    """The range contains every completion, and is what they span without a limit on names."""
    result = measures.degree(snapshot(organisation), relation="collaboration")
    networks = list(completions(organisation))
    for figure in result:
        values = [float(sum(a == figure.id for a, _ in network)) for network in networks]
        spans(figure, list(values), exact=result.range_kind == "exact")


@SMALL
@given(surveyed_networks())
@pytest.mark.parametrize("k", [1, 2, 3])
def test_k_step_reach(k: int, organisation: Organisation) -> None:
    """Each person's range is exact without a limit on names, and contains every completion with."""
    result = measures.k_step_reach(snapshot(organisation), relation="advice", k=k)
    networks = list(completions(organisation))
    others = len(people(organisation)) - 1
    for figure in result:
        values = [
            len(reached(n, figure.id or "", k)) / others if others else None for n in networks
        ]
        spans(figure, values, exact=result.range_kind == "exact")


@SMALL
@given(surveyed_networks())
def test_block_density(organisation: Organisation) -> None:
    """Between overlapping groups too the range is what the completions span."""
    ids = people(organisation)
    groups = {name: "first" if place < 2 else "second" for place, name in enumerate(ids)}
    result = measures.block_density(snapshot(organisation), relation="advice", groups=groups)
    networks = list(completions(organisation))
    for figure in result:
        pairs = [
            (a, b)
            for a in ids
            for b in ids
            if a != b and (groups[a], groups[b]) == (figure.from_, figure.to)
        ]
        values = [sum(p in n for p in pairs) / len(pairs) if pairs else None for n in networks]
        spans(figure, values, exact=True)


@SMALL
@given(twice_surveyed_networks())
def test_two_surveys_with_people_in_common(organisation: Organisation) -> None:
    """Rosters that overlap, people who answered one of two, names off the roster: ranges still hold."""
    networks = list(islice(completions(organisation), 5000))
    assume(len(networks) < 5000)
    now = snapshot(organisation)
    asked = sorted({response.person for response in organisation.responses})
    dense = measures.density(now, relation="advice")
    exact = dense.range_kind == "exact"
    spans(only(dense), [density(asked, network) for network in networks], exact=exact)
    for variant in measures.ties.dyads.RECIPROCITY_VARIANTS:
        returned = measures.reciprocity(now, relation="advice", variant=variant)
        values = [reciprocity(asked, network, variant) for network in networks]
        figure = only(returned)
        spans(evolve(figure, value=None), values, exact=returned.range_kind == "exact")
    for direction, end in (("out", 0), ("in", 1)):
        degrees = measures.degree(now, relation="advice", direction=direction)
        for figure in degrees:
            counts = [float(sum(pair[end] == figure.id for pair in n)) for n in networks]
            spans(figure, list(counts), exact=degrees.range_kind == "exact")
    others = len(asked) - 1
    reach = measures.k_step_reach(now, relation="advice", k=2)
    for figure in reach:
        shares = [
            len(reached(n, figure.id or "", 2)) / others if others else None for n in networks
        ]
        spans(figure, shares, exact=reach.range_kind == "exact")


def spans_of_brokerage(
    now: Snapshot, ids: list[str], networks: list[Network], relation: str = "advice"
) -> None:
    """Assert that the range of every role of everybody is what completions span."""
    groups = {name: "first" if place % 3 < 2 else "second" for place, name in enumerate(ids)}
    result = measures.brokerage(now, relation=relation, groups=groups, draws=0)
    counts = [Counter(brokered(network, groups)) for network in networks]
    for figure in result:
        roles = [figure.figure] if figure.figure != "total" else list(BROKERAGE_ROLES)
        person = figure.id or ""
        values = [float(sum(count[person, role or ""] for role in roles)) for count in counts]
        spans(figure, list(values), exact=result.range_kind == "exact")
        if figure.value is not None:
            assert set(values) == {figure.value}


@SMALL
@given(surveyed_networks())
def test_brokerage(organisation: Organisation) -> None:
    """Everybody's range of each role is exact, with and without a limit on names, and so is a value."""
    now = snapshot(organisation)
    spans_of_brokerage(now, people(organisation), list(completions(organisation)))


@SMALL
@given(surveyed_networks(relation="collaboration"))
def test_brokerage_of_undirected_ties(organisation: Organisation) -> None:
    """The same without directions, where either side may have told of a tie."""
    networks = list(completions(organisation))
    spans_of_brokerage(snapshot(organisation), people(organisation), networks, "collaboration")


@SMALL
@given(twice_surveyed_networks())
def test_brokerage_in_two_surveys(organisation: Organisation) -> None:
    """With rosters that overlap, and names off the roster, no completion leaves the range."""
    networks = list(islice(completions(organisation), 5000))
    assume(len(networks) < 5000)
    asked = sorted({response.person for response in organisation.responses})
    spans_of_brokerage(snapshot(organisation), asked, networks)


@SMALL
@given(surveyed_networks())
def test_group_reach(organisation: Organisation) -> None:
    """The share that reaches a group spans what the completions span without a limit on names."""
    ids = people(organisation)
    placed = Organisation.of(
        units=[Unit("s", "school")],
        persons=organisation.persons,
        positions=[Position(p, "s", "maths_coach" if p == "p0" else "teacher") for p in ids],
        surveys=organisation.surveys,
        responses=organisation.responses,
        ties=organisation.ties,
    )
    result = measures.group_reach(
        snapshot(placed), relation="advice", target="resource_person", k=2
    )
    outside = [person for person in ids if person != "p0"]
    values = [
        sum("p0" in reached(n, person, 2) for person in outside) / len(outside) if outside else None
        for n in completions(organisation)
    ]
    spans(only(result), values, exact=result.range_kind == "exact")


def test_nobody_answered() -> None:
    """Three people were asked and none answered: no figure is zero, each says why, ranges are open."""
    organisation = Organisation.of(
        persons=[Person(name) for name in "abc"],
        surveys=[Survey("q", "network", "advice")],
        responses=[Response("q", name, answered=False) for name in "abc"],
    )
    now = snapshot(organisation)
    for result in (
        measures.density(now, relation="advice"),
        measures.reciprocity(now, relation="advice"),
        measures.degree(now, relation="advice"),
        measures.k_step_reach(now, relation="advice", direction="in"),
    ):
        assert {(figure.value, figure.reason) for figure in result} == {(None, "nobody_answered")}
        assert {figure.lower for figure in result} == {0}


def test_empty_survey() -> None:
    """Nobody knows who was asked, and nobody named anybody: that is no density of zero."""
    people = [Person(name) for name in "abc"]
    organisation = Organisation.of(persons=people, surveys=[Survey("q", "network", "advice")])
    figure = only(measures.density(snapshot(organisation), relation="advice"))
    assert (figure.value, figure.lower, figure.reason) == (None, None, "nobody_answered")


def test_missing_roster_elsewhere() -> None:
    """School A's figure is the same whether or not school B recorded who was asked."""

    def figure(*more: Tie, surveys: tuple[Survey, ...] = ()) -> Figure:
        organisation = Organisation.of(
            units=[Unit("A", "school"), Unit("B", "school")],
            persons=[Person(name) for name in "abcdxy"],
            positions=[
                *(Position(name, "A", "teacher") for name in "abcd"),
                *(Position(name, "B", "teacher") for name in "xy"),
            ],
            surveys=[Survey("q", "network", "advice", unit="A"), *surveys],
            responses=[Response("q", name, answered=name != "c") for name in "abc"],
            ties=[*(Tie(a, b, "advice", "q") for a, b in ("ab", "ba", "ac", "bc")), *more],
        )
        rows = measures.density(snapshot(organisation), relation="advice", by="school")
        return next(row for row in rows if row.part == "A")

    alone = figure()
    assert (alone.numerator, alone.denominator, alone.n) == (4, 4, 3)
    beside = Survey("r", "network", "advice", unit="B")
    assert figure(Tie("x", "y", "advice", "r"), surveys=(beside,)) == alone
    assert figure(Tie("x", "y", "advice")) == alone


def test_school_not_surveyed() -> None:
    """A reader of a table by school sees every school."""
    organisation = Organisation.of(
        units=[Unit("A", "school"), Unit("B", "school")],
        persons=[Person(name) for name in "abx"],
        positions=[
            Position("a", "A", "teacher"),
            Position("b", "A", "teacher"),
            Position("x", "B", "teacher"),
        ],
        surveys=[Survey("q", "network", "advice", unit="A")],
        responses=[Response("q", name, answered=True) for name in "ab"],
        ties=[Tie("a", "b", "advice", "q")],
    )
    result = measures.density(snapshot(organisation), relation="advice", by="school")
    assert {f.part: (f.value, f.reason) for f in result} == {
        "A": (0.5, None),
        "B": (None, "not_surveyed"),
    }


def test_names_used_up_are_noted() -> None:
    """Who named as many as the survey allowed may have had more to name; they are counted."""
    organisation = Organisation.of(
        persons=[Person(name) for name in "abcd"],
        surveys=[Survey("q", "network", "advice", max_ties=1)],
        responses=[Response("q", name, answered=True) for name in "abcd"],
        ties=[Tie(a, b, "advice", "q") for a, b in ("ab", "bc", "cd")],
    )
    assert snapshot(organisation).layer("advice").notes == {"respondents_at_limit": 3}


def test_a_register_has_a_range_without_width() -> None:
    """Who reports to whom is known of everybody, and nobody was asked."""
    organisation = Organisation.of(
        persons=[Person(name) for name in "abc"], ties=[Tie("a", "b", "reports_to")]
    )
    figure = only(measures.density(snapshot(organisation), relation="reports_to"))
    assert figure.lower == figure.value == figure.upper == pytest.approx(1 / 6)
    assert (figure.observed, figure.response_rate) == (1, None)


def test_without_a_roster_the_range_is_unknown() -> None:
    """If nobody recorded who was asked there is no range, and the observed share is not 1."""
    organisation = Organisation.of(
        persons=[Person(n) for n in "abc"], ties=[Tie("a", "b", "advice")]
    )
    result = measures.density(snapshot(organisation), relation="advice")
    figure = only(result)
    assert figure.value == pytest.approx(1 / 6)
    assert (figure.lower, figure.upper, figure.observed, result.observed) == (None,) * 4
    assert result.range_kind == "unknown"


def test_different_surveys() -> None:
    """Two schools' surveys leave the pairs across them unobserved; a tie told across is in the range."""
    ids = ["a1", "a2", "b1", "b2"]
    organisation = Organisation.of(
        persons=[Person(name) for name in ids],
        units=[],
        surveys=[Survey("a", "network", "advice", unit=None)],
        responses=[Response("a", name, answered=True) for name in ids[:2]],
        ties=[Tie("a1", "a2", "advice", "a")],
    )
    assert only(measures.density(snapshot(organisation), relation="advice")).observed == 1
    two = Organisation.of(
        persons=[Person(name) for name in ids],
        units=[Unit("A", "school"), Unit("B", "school")],
        surveys=[Survey(u.lower(), "network", "advice", unit=u) for u in "AB"],
        responses=[Response(name[0], name, answered=True) for name in ids],
        ties=[Tie("a1", "a2", "advice", "a"), Tie("a1", "b1", "advice", "a")],
    )
    figure = only(measures.density(snapshot(two), relation="advice"))
    assert (figure.numerator, figure.denominator) == (1, 4)
    assert figure.lower == pytest.approx(2 / 12)
    assert figure.upper == pytest.approx((2 + 7) / 12)
