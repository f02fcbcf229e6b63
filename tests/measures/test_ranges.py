"""Ranges: every completion of small networks is tried, and the range is what they span."""

from __future__ import annotations

import pytest
from definitions import completions, density, reached, reciprocity
from hypothesis import given, settings

from plfkit import Organisation, Person, Response, Survey, Tie, measures, snapshot
from plfkit.model.result import Figure, Result
from plfkit.testing import surveyed_networks

SMALL = settings(max_examples=120, deadline=None)


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


def test_people_of_different_surveys_were_not_asked_about_each_other() -> None:
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
    from plfkit import Unit

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
