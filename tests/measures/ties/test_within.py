"""Ties within schools: pairs of colleagues of the same school, all schools taken together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from attrs import evolve
from definitions import Network, centralization, completions
from hypothesis import given
from hypothesis import strategies as st
from peers import published
from searching import search

from plfkit import Organisation, Person, Position, Response, Survey, Tie, Unit, measures, snapshot
from plfkit.errors import MeasureError, UnknownGroupError
from plfkit.inference import change
from plfkit.model.results.figures import Figure
from plfkit.model.results.result import Result
from plfkit.periods import Period
from plfkit.testing import surveyed_networks

WITHIN: dict[str, Any] = {"relation": "advice", "within_units": "school"}
SCHOOLS = ("S09", "S11", "S13")
FEW = search(60)
Homes = dict[str, str]


def only(result: Result) -> Figure:
    """The one figure of a result."""
    (figure,) = result
    return figure


def placed(organisation: Organisation, homes: Homes) -> Organisation:
    """Give people positions at schools."""
    units = [Unit(name, "school") for name in sorted({*homes.values()})]
    positions = [Position(person, school, "teacher") for person, school in homes.items()]
    more = Organisation.of(
        units=units, persons=[Person(name) for name in homes], positions=positions
    )
    tables = {name: more.tables[name] for name in ("units", "positions")}
    return evolve(organisation, tables={**organisation.tables, **tables})


def three_schools() -> Organisation:
    """Three published schools as one municipality, with a tie between two of them."""
    found = {name: published(name) for name in SCHOOLS}
    homes = {f"{name}-{who}": name for name in SCHOOLS for who in found[name].people}
    ties = [
        Tie(f"{name}-{a}", f"{name}-{b}", "advice") for name in SCHOOLS for a, b in found[name].ties
    ]
    between = [Tie(next(iter(homes)), [*homes][-1], "advice")]
    people = [Person(name) for name in homes]
    return placed(Organisation.of(persons=people, ties=[*ties, *between]), homes)


def test_density_as_in_sna() -> None:
    """Each school's density by R sna counts by its pairs; the tie between two schools does not."""
    pairs = {
        name: len(published(name).people) * (len(published(name).people) - 1) for name in SCHOOLS
    }
    peers = {name: published(name).figures["density/sna::gden"] for name in SCHOOLS}
    pooled = sum(pairs[name] * peers[name] for name in SCHOOLS) / sum(pairs.values())
    figure = only(measures.density(snapshot(three_schools()), **WITHIN))
    assert figure.value == pytest.approx(pooled)
    assert (figure.numerator, figure.denominator) == (
        sum(len(published(name).ties) for name in SCHOOLS),
        sum(pairs.values()),
    )


def test_reciprocity_beside_chance() -> None:
    """Chance returns a tie as often as its school is dense: Σ m·d / Σ m."""
    ties = {name: len(published(name).ties) for name in SCHOOLS}
    peers = {name: published(name).figures for name in SCHOOLS}
    figure = only(measures.reciprocity(snapshot(three_schools()), **WITHIN))
    all_ties = sum(ties.values())
    returned = sum(
        ties[name] * peers[name]["reciprocity/sna::grecip(measure=edgewise)"] for name in SCHOOLS
    )
    chance = sum(ties[name] * peers[name]["density/sna::gden"] for name in SCHOOLS)
    assert figure.value == pytest.approx(returned / all_ties)
    assert figure.expected == pytest.approx(chance / all_ties)


@pytest.mark.parametrize("measure", [measures.density, measures.centralization])
def test_told_within_schools(
    measure: Callable[..., Result],
) -> None:
    """Of two pairs of colleagues three of four directions were told: d did not answer."""
    asked = Organisation.of(
        persons=[Person(name) for name in "abcd"],
        surveys=[Survey("q", "network", "advice")],
        responses=[Response("q", name, answered=name != "d") for name in "abcd"],
        ties=[Tie("a", "b", "advice", "q")],
    )
    now = snapshot(placed(asked, {"a": "s", "b": "s", "c": "t", "d": "t"}))
    assert only(measure(now, **WITHIN)).observed == 3 / 4


def inside(network: Network, homes: Homes) -> Network:
    """The ties between people of the same school."""
    return frozenset((a, b) for a, b in network if homes[a] == homes[b])


def dense(network: Network, homes: Homes) -> float | None:
    """Ties over ordered pairs within schools."""
    pairs = sum(n * (n - 1) for n in Counter(homes.values()).values())
    return len(inside(network, homes)) / pairs if pairs else None


def returned(network: Network, homes: Homes) -> float | None:
    """The share of ties within schools whose opposite is there."""
    ties = inside(network, homes)
    return sum((b, a) in ties for a, b in ties) / len(ties) if ties else None


def central(network: Network, homes: Homes) -> float | None:
    """The mean of the schools' centralizations, each weighted by (n − 1)²."""
    total, weights = 0.0, 0
    for school in {*homes.values()}:
        people = [person for person, home in homes.items() if home == school]
        ties = frozenset((a, b) for a, b in inside(network, homes) if homes[a] == school)
        if len(people) > 1:
            weight = (len(people) - 1) ** 2
            total += weight * (centralization(people, ties, "degree", "in") or 0)
            weights += weight
    return total / weights if weights else None


@FEW
@given(surveyed_networks(most=4), st.lists(st.sampled_from("xy"), min_size=4, max_size=4))
@pytest.mark.parametrize(
    ("name", "defined"),
    [("density", dense), ("reciprocity", returned), ("centralization", central)],
)
def test_ranges_are_what_the_completions_span(
    name: str,
    defined: Callable[[Network, Homes], float | None],
    organisation: Organisation,
    schools: list[str],
) -> None:
    """Every completion of a small network is tried, its ties between schools left out."""
    people = [person.id for person in organisation.persons]
    homes = dict(zip(people, schools, strict=False))
    result = getattr(measures, name)(snapshot(placed(organisation, homes)), **WITHIN)
    figure = only(result)
    values = [defined(network, homes) for network in completions(organisation)]
    known = [value for value in values if value is not None]
    if not known:
        assert figure.value is None
        return
    assert figure.lower is not None
    assert figure.upper is not None
    assert figure.lower <= min(known) + 1e-12
    assert figure.upper >= max(known) - 1e-12
    if result.range_kind == "exact":
        assert (figure.lower, figure.upper) == pytest.approx((min(known), max(known)))
    if len({*known}) == 1 and figure.value is not None:
        assert figure.value == pytest.approx(known[0])


def test_people_at_no_school_are_left_out_and_counted() -> None:
    """The consultant and her ties have no part; the notes say how many there are."""
    org = Organisation.of(
        persons=[Person(name) for name in ("a", "b", "ida")],
        ties=[Tie("a", "b", "advice"), Tie("ida", "a", "advice")],
    )
    result = measures.density(snapshot(placed(org, {"a": "x", "b": "x"})), **WITHIN)
    figure = only(result)
    assert (figure.value, figure.n) == (1 / 2, 2)
    assert result.notes == {"people_in_no_group": 1, "ties_in_no_group": 1}
    assert result.groups == "school"
    assert "inden for samme skole" in result.sentence()
    assert "within the same school" in result.sentence("en")


@pytest.mark.parametrize("name", ["density", "reciprocity", "centralization"])
@pytest.mark.parametrize(
    ("more", "error", "says"),
    [
        ({"interval": "bootstrap"}, MeasureError, "interval"),
        ({"null": "size"}, MeasureError, "null"),
        ({"within_units": "shcool"}, UnknownGroupError, "school"),
    ],
)
def test_unknowable_within_schools(
    name: str, more: dict[str, Any], error: type[Exception], says: str
) -> None:
    """Nulls and people drawn anew take a network as one; an unknown kind of unit is a slip."""
    with pytest.raises(error, match=says):
        getattr(measures, name)(snapshot(three_schools()), **{**WITHIN, **more})


def test_centralization_within_schools() -> None:
    """Betweenness has no range that a formula gives."""
    with pytest.raises(MeasureError, match="in- and out-degree"):
        measures.centralization(snapshot(three_schools()), **WITHIN, variant="betweenness")


def test_a_change_within_schools_stands_without_a_test() -> None:
    """In the second year one of two possible ties is gone; the tie to the other school never counted."""
    years = {"2017/18": ("ab", "ba", "ac"), "2018/19": ("ab", "ac")}
    homes = {"a": "x", "b": "x", "c": "y"}
    org = Organisation.of(
        persons=[Person(name) for name in homes],
        ties=[
            Tie(tie[0], tie[1], "reports_to", valid=Period.parse(year))
            for year, ties in years.items()
            for tie in ties
        ],
    )
    asked = {**WITHIN, "relation": "reports_to"}
    result = change(placed(org, homes), "density", from_="2017/18", to="2018/19", **asked)
    figure = only(result)
    assert (figure.before, figure.after, figure.value) == (1, 1 / 2, -1 / 2)
    assert figure.p_value is None
