"""What peers say of published networks, as one table: their figure, plfkit's call, how close.

    python tests/peers.py

writes the page about it; a test fails when that is stale.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from itertools import combinations
from math import isclose, isnan, log, nan
from pathlib import Path
from typing import Any

from attrs import field, frozen
from definitions import golden

from plfkit import Community, Membership, Organisation, Person, Position, Tie, Unit, snapshot
from plfkit.graph import Snapshot
from plfkit.measures import CORE
from plfkit.model.results.figures import Figure
from plfkit.model.results.result import Result

PAGE = Path(__file__).parents[1] / "docs/reference/peers.md"
MANAGERS = ("advice", "friendship", "reports_to")
SCHOOLS = ("S09", "S11", "S13")
PEOPLE = (*MANAGERS, *SCHOOLS)
WOMEN = ("southern_women",)
AFFILIATIONS = (*WOMEN, "corporate_leadership")
FILES = {
    **dict.fromkeys(MANAGERS, "krackhardt_hightech"),
    **dict.fromkeys(SCHOOLS, "teacher_advice"),
    **{name: name for name in AFFILIATIONS},
}
"""The golden file of each published network."""

Cells = dict[str, float | None]
"""Numbers by the id of a person, the label of a group or a pair of them; "" for a single one."""


@frozen(eq=False)
class Published:
    """A published network and what peers say of it.

    Attributes:
        name: What it is called.
        people: Whom it is about.
        ties: Who is tied to whom, or who is in what.
        places: What people are in, where it is about that.
        groups: Groupings: the group of each person.
        figures: The peers' figures, by their own names.
        grouped: Those about people in groups, for each grouping.
    """

    name: str
    people: list[str]
    ties: list[tuple[str, str]]
    places: list[str] = field(factory=list)
    groups: dict[str, dict[str, str]] = field(factory=dict)
    figures: dict[str, Any] = field(factory=dict)
    grouped: dict[str, dict[str, Any]] = field(factory=dict)

    def told_by_peers(self, grouping: str | None) -> dict[str, Any]:
        """The peers' figures, of the whole or about people in groups."""
        return self.figures if grouping is None else self.grouped[grouping]

    @property
    def meetings(self) -> dict[str, list[str]]:
        """The people of each place."""
        return {place: [a for a, b in self.ties if b == place] for place in self.places}


@cache
def published(name: str) -> Published:
    """The published network of that name."""
    facts = golden(FILES[name])["networks"][name]
    ties = [(source, target) for source, target in facts["ties"]]
    return Published(name, **{**facts, "ties": ties})


Network = tuple[Snapshot, str | None]
"""A moment, and the relation that a measure is asked about."""


def of_ties(people: list[str], ties: list[tuple[str, str]], *, directed: bool) -> Network:
    """People and the ties between them, each undirected tie once."""
    relation = "advice" if directed else "collaboration"
    chosen = ties if directed else sorted({(min(pair), max(pair)) for pair in ties})
    organisation = Organisation.of(
        persons=[Person(name) for name in people],
        ties=[Tie(source, target, relation) for source, target in chosen],
    )
    return snapshot(organisation), relation


def told(network: Published) -> Network:
    """The ties in their direction."""
    return of_ties(network.people, network.ties, directed=True)


def union(network: Published) -> Network:
    """The same without direction: a tie wherever either side has one."""
    return of_ties(network.people, network.ties, directed=False)


def two_modes(network: Published) -> Network:
    """People and places as one network: everybody tied to where they are."""
    return of_ties([*network.people, *network.places], network.ties, directed=False)


def co_members(network: Published) -> Network:
    """People tied to those whom they meet anywhere."""
    pairs = [pair for there in network.meetings.values() for pair in combinations(there, 2)]
    return of_ties(network.people, pairs, directed=False)


def shared_places(network: Published) -> Network:
    """Places tied to those with which they share somebody."""
    pairs = [
        (one, other)
        for (one, there), (other, elsewhere) in combinations(network.meetings.items(), 2)
        if set(there) & set(elsewhere)
    ]
    return of_ties(network.places, pairs, directed=False)


def register(network: Published) -> Network:
    """People as staff of one school, and places as their teams."""
    organisation = Organisation.of(
        units=[Unit("school", "school")],
        persons=[Person(name) for name in network.people],
        positions=[Position(name, "school", "teacher") for name in network.people],
        communities=[Community(place, "team", None, "school") for place in network.places],
        memberships=[Membership(place, person) for person, place in network.ties],
    )
    return snapshot(organisation), None


@cache
def seen(view: Callable[[Published], Network], network: Published) -> Network:
    """A view of a network, built once."""
    return view(network)


@frozen
class Reading:
    """What is read from a result.

    Attributes:
        name: What the page calls it.
        take: How it is read from the figures of a result.
    """

    name: str
    take: Callable[[list[Figure], Result], Cells]


def about(figure: Figure) -> str:
    """Whom or what a figure is about."""
    pair = " → ".join(label for label in (figure.from_, figure.to) if label is not None)
    return figure.id or pair or figure.part or ""


def each(column: str) -> Reading:
    """A column of each figure."""
    return Reading(column, lambda rows, _: {about(row): getattr(row, column) for row in rows})


def count(column: str) -> Reading:
    """The same of a count: nothing where a figure does not exist is none."""
    return Reading(
        column, lambda rows, _: {about(row): getattr(row, column) or 0.0 for row in rows}
    )


def of_counts(name: str, formula: Callable[[float, float], float]) -> Reading:
    """A number from the two counts of each figure."""

    def take(rows: list[Figure], _: Result) -> Cells:
        return {about(row): formula(row.numerator or 0, row.denominator or 0) for row in rows}

    return Reading(name, take)


def overall(name: str, formula: Callable[[list[Figure]], float]) -> Reading:
    """One number from all figures."""
    return Reading(name, lambda rows, _: {"": formula(rows)})


def summed(rows: list[Figure], column: str) -> float:
    """The sum of a column."""
    return sum(getattr(row, column) or 0.0 for row in rows)


def times(factor: float, name: str) -> Reading:
    """Each figure's value times a number."""

    def take(rows: list[Figure], _: Result) -> Cells:
        return {about(row): None if row.value is None else row.value * factor for row in rows}

    return Reading(name, take)


VALUE, NUMERATOR, DENOMINATOR = each("value"), count("numerator"), count("denominator")
REST = of_counts("denominator − numerator", lambda over, under: under - over)
PEOPLE_THERE = Reading("n", lambda _, result: {"": result.n})
SIZES = Reading("sizes", lambda _, result: {label: n for (_, label), n in result.sizes.items()})
ABSENT = overall("1 − value", lambda rows: 1 - (rows[0].value or 0))
MEAN = overall("mean value", lambda rows: summed(rows, "value") / len(rows))
ALL_PAIRS = overall("sum of numerators", lambda rows: summed(rows, "numerator"))
POOLED = overall(
    "sum of numerators / sum of denominators",
    lambda rows: summed(rows, "numerator") / summed(rows, "denominator"),
)
PAIRS_WITHIN = overall(
    "sum of denominators within groups",
    lambda rows: summed([row for row in rows if row.from_ == row.to], "denominator"),
)
PAIRS_BETWEEN = overall(
    "sum of denominators between groups",
    lambda rows: summed([row for row in rows if row.from_ != row.to], "denominator"),
)
PEOPLE_IN_PLACES = overall(
    "value between the two",
    lambda rows: summed([row for row in rows if row.from_ != row.to], "value"),
)


@frozen
class Tolerance:
    """How close numbers have to be.

    Attributes:
        name: What the page says.
        relative: As a part of the larger one.
        absolute: As such.
    """

    name: str
    relative: float
    absolute: float

    def agree(self, one: float | None, other: float | None) -> bool:
        """Whether two numbers are the same, or both do not exist."""
        if one is None or other is None:
            return one is other
        return isclose(one, other, rel_tol=self.relative, abs_tol=self.absolute)


EXACT = Tolerance("10⁻⁹", 1e-9, 1e-9)
SINGLE = Tolerance("10⁻⁶ (single precision, eight decimals)", 1e-6, 1e-8)
DECIMALS = Tolerance("0.0005 (three decimals)", 0, 5.0001e-4)


@frozen(kw_only=True)
class Row:
    """One row of the table: a peer's figure, and how plfkit gives it.

    Attributes:
        keys: The peer's names of the figure; of several, their sum.
        measure: The name of plfkit's measure.
        arguments: What it is asked.
        view: What the network is made into.
        figure: Which of its figures, if it has several.
        reading: What is read from them.
        where: The networks for which the peer has the figure.
        tolerance: How close it has to be.
        grouped: Whether it is about people in groups.
        modes: Whether people and places are the groups.
        some: Whether the peer's figure is about some people only.
        reason: Why the figures differ; None if they agree.
        alike: Networks in which they do not differ all the same.
        formula: How the peer's figure follows from plfkit's, density and the number of people.
    """

    keys: tuple[str, ...]
    measure: str
    arguments: Mapping[str, Any] = field(factory=dict)
    view: Callable[[Published], Network] = told
    figure: str | None = None
    reading: Reading = VALUE
    where: tuple[str, ...] = PEOPLE
    tolerance: Tolerance = EXACT
    grouped: bool = False
    modes: bool = False
    some: bool = False
    reason: str | None = None
    alike: tuple[str, ...] = ()
    formula: Callable[[float, float, int], float] | None = None

    @property
    def peer(self) -> str:
        """Whose figure it is."""
        for word, peer in _PEERS.items():
            if word in self.keys[0]:
                return peer
        return "R"

    @property
    def call(self) -> str:
        """The call of plfkit, as a reader would write it."""
        about = [f'{name}="{value}"' for name, value in self.arguments.items() if name != "k"]
        steps = [f"k={self.arguments['k']}"] if "k" in self.arguments else []
        return f"{self.measure}({', '.join([*about, *steps])})"

    def cases(self) -> Iterator[Case]:
        """Every network and grouping that the row is about."""
        for name in self.where:
            for grouping in published(name).grouped if self.grouped else [None]:
                yield Case(self, name, grouping)


_PEERS = {
    "sna::": "R sna",
    "igraph::": "R igraph",
    "networkx.": "networkx",
    "UCINET": "UCINET",
    "bipartite_betweenness": "R igraph",
    "proj_rows_betweenness": "R igraph",
}


@frozen(repr=False)
class Case:
    """A row in one network, with one grouping if it is about groups."""

    row: Row
    name: str
    grouping: str | None

    def __repr__(self) -> str:
        about = [self.name, *([self.grouping] if self.grouping else []), " + ".join(self.row.keys)]
        return "-".join(about)

    @property
    def theirs(self) -> Cells:
        """The peer's numbers."""
        known = published(self.name).told_by_peers(self.grouping)
        parts = [_cells(known[key]) for key in self.row.keys]
        return parts[0] if len(parts) == 1 else {key: _sum(parts, key) for key in parts[0]}

    def ours(self, network: Published | None = None) -> Cells:
        """The numbers of plfkit, in this network or one like it."""
        row, network = self.row, network or published(self.name)
        groups = None
        if row.modes:
            groups = "modes"
        elif self.grouping is not None:
            groups = self.grouping
        result = _measured(network, row.view, row.measure, tuple(row.arguments.items()), groups)
        rows = [one for one in result if row.figure in {None, one.figure}]
        cells = row.reading.take(rows, result)
        return {key: cells[key] for key in self.theirs if key in cells} if row.some else cells

    def remade(self) -> bool:
        """Whether the peer's figure follows from plfkit's as the row says it does."""
        row, network = self.row, published(self.name)
        if row.formula is None:
            return True
        density = _measured(network, told, "density", (), None).item()
        value = self.ours()[""] or 0.0
        made = row.formula(value, density, len(network.people))
        return row.tolerance.agree(None if isnan(made) else made, self.theirs[""])

    def differences(self, network: Published | None = None) -> list[str]:
        """About whom or what the two say different things."""
        theirs, ours = self.theirs, self.ours(network)
        agree = self.row.tolerance.agree
        return [
            key
            for key in sorted({*theirs, *ours})
            if key not in theirs or key not in ours or not agree(theirs[key], ours[key])
        ]


def _cells(value: Any) -> Cells:
    """The peer's numbers by what they are about."""
    if not isinstance(value, dict):
        return {"": value}
    cells: Cells = {}
    for key, part in value.items():
        cells |= {f"{key} → {other}" if other else key: of for other, of in _cells(part).items()}
    return cells


def _sum(parts: list[Cells], key: str) -> float:
    return sum(part[key] or 0.0 for part in parts)


@cache
def _measured(
    network: Published,
    view: Callable[[Published], Network],
    measure: str,
    arguments: tuple[tuple[str, Any], ...],
    groups: str | None,
) -> Result:
    """What a measure gives, computed once."""
    now, relation = seen(view, network)
    asked: dict[str, Any] = dict(arguments)
    if relation is not None:
        asked["relation"] = relation
    if groups == "modes":
        people = dict.fromkeys(network.people, "people")
        asked["groups"] = people | dict.fromkeys(network.places, "places")
    elif groups is not None:
        asked["groups"] = network.groups[groups]
    return CORE[measure].function(now, **asked)


def same(measure: str, *keys: str, **about: Any) -> list[Row]:
    """A row for each of some names of the same figure; what is no field of a row is an argument."""
    known = {name: about.pop(name) for name in _FIELDS if name in about}
    return [Row(keys=(key,), measure=measure, arguments=about, **known) for key in keys]


_FIELDS = (
    *("view", "figure", "reading", "where", "tolerance"),
    *("grouped", "modes", "some", "reason", "alike", "formula"),
)


def ucinet(measure: str, *keys: str, **about: Any) -> list[Row]:
    """The same of UCINET, which computes in single precision."""
    named = [f"UCINET cohesion/{key}" for key in keys]
    return same(measure, *named, where=MANAGERS, tolerance=SINGLE, **about)


def networkx(measure: str, *keys: str, **about: Any) -> list[Row]:
    """The same of networkx, which measured one network."""
    return same(measure, *(f"networkx.{key}" for key in keys), where=("advice",), **about)


_ROLES = {
    "w_I": "coordinator",
    "w_O": "itinerant",
    "b_IO": "representative",
    "b_OI": "gatekeeper",
    "b_O": "liaison",
    "t": "total",
}
_MOMENTS = {"raw": VALUE, "expected": each("expected"), "sd": each("sd"), "z": each("z")}
_CENTRAL, _R = "centralization/", "reciprocity/"
_UNION = "undirected union"

AGREEING: tuple[Row, ...] = (
    *same("density", "n", reading=PEOPLE_THERE),
    *same("density", "m", reading=NUMERATOR),
    *same("density", "density/sna::gden", "density/igraph::edge_density"),
    *same("density", "distance/ordered_pairs", reading=DENOMINATOR),
    *same("density", "dyad_census/Null", view=union, reading=REST),
    *ucinet("density", "n", reading=PEOPLE_THERE),
    *ucinet("density", "ties", reading=NUMERATOR),
    *ucinet("density", "density"),
    *ucinet("density", "nulls_prop", view=union, reading=ABSENT),
    *same("block_density", "blocks/density", grouped=True),
    *same("block_density", "blocks/ties", grouped=True, reading=NUMERATOR),
    *same("block_density", "EI/possible_internal", grouped=True, reading=PAIRS_WITHIN),
    *same("block_density", "EI/possible_external", grouped=True, reading=PAIRS_BETWEEN),
    *same("reciprocity", f"{_R}sna::grecip(measure=edgewise)", f"{_R}igraph::reciprocity(default)"),
    *same("reciprocity", f"{_R}sna::grecip(measure=dyadic)", variant="dyadic"),
    *same(
        "reciprocity",
        f"{_R}sna::grecip(measure=dyadic.nonnull)",
        f"{_R}igraph::reciprocity(ratio)",
        variant="dyadic_nonnull",
    ),
    *same("reciprocity", "dyad_census/Mut", variant="dyadic_nonnull", reading=NUMERATOR),
    *same("reciprocity", "dyad_census/Asym", variant="dyadic_nonnull", reading=REST),
    *networkx("reciprocity", "overall_reciprocity"),
    *ucinet("reciprocity", "arc_reciprocity", variant="edgewise"),
    *ucinet("reciprocity", "dyad_reciprocity", variant="dyadic_nonnull"),
    *ucinet("reciprocity", "asymmetrics_prop", variant="dyadic", reading=ABSENT),
    Row(
        keys=("UCINET cohesion/mutuals_prop", "UCINET cohesion/nulls_prop"),
        measure="reciprocity",
        arguments={"variant": "dyadic"},
        where=MANAGERS,
        tolerance=SINGLE,
    ),
    *same("transitivity", "transitivity/sna::gtrans(weak)"),
    *same("transitivity", "transitivity/sna::gtrans(weakcensus)", reading=NUMERATOR),
    *same("transitivity", "transitivity/sna::gtrans(strong)", variant="strong"),
    *same(
        "transitivity",
        "transitivity/igraph::transitivity(global; direction ignored)",
        variant="undirected",
    ),
    *networkx("transitivity", f"transitivity({_UNION})", variant="undirected"),
    *ucinet("transitivity", "transitivity_closure"),
    *same(
        "centralization",
        f"{_CENTRAL}sna::centralization(degree,cmode=indegree)",
        f"{_CENTRAL}igraph::centr_degree(in,loops=FALSE)",
    ),
    *same(
        "centralization",
        f"{_CENTRAL}sna::centralization(degree,cmode=outdegree)",
        f"{_CENTRAL}igraph::centr_degree(out,loops=FALSE)",
        direction="out",
    ),
    *same(
        "centralization",
        f"{_CENTRAL}sna::centralization(degree,cmode=freeman)",
        direction="total",
    ),
    *same(
        "centralization",
        f"{_CENTRAL}sna::centralization(degree, mode=graph) on union-symmetrised",
        f"{_CENTRAL}igraph::centr_degree(gu,loops=FALSE)",
        direction="any",
    ),
    *same(
        "centralization",
        f"{_CENTRAL}sna::centralization(degree, mode=graph) on union-symmetrised",
        view=union,
    ),
    *same(
        "centralization",
        f"{_CENTRAL}sna::centralization(betweenness)",
        f"{_CENTRAL}igraph::centr_betw(directed)",
        variant="betweenness",
    ),
    *same(
        "centralization",
        f"{_CENTRAL}sna::centralization(betweenness, mode=graph) on union-symmetrised",
        variant="betweenness",
        direction="any",
    ),
    *same(
        "centralization",
        f"{_CENTRAL}sna::centralization(betweenness, mode=graph) on union-symmetrised",
        variant="betweenness",
        view=union,
    ),
    *ucinet("centralization", "in_centralization"),
    *ucinet("centralization", "out_centralization", direction="out"),
    *ucinet("centralization", "deg_centralization", direction="any"),
    *same("ei_index", "EI/directed/EI", grouped=True),
    *same("ei_index", "EI/directed/external", grouped=True, reading=NUMERATOR),
    *same("ei_index", "EI/directed/internal", grouped=True, reading=REST),
    *same("ei_index", "EI/expected_EI_random_density", grouped=True, reading=each("expected")),
    *same("ei_index", "EI/undirected_union/EI", grouped=True, view=union),
    *same("ei_index", "EI/undirected_union/external", grouped=True, view=union, reading=NUMERATOR),
    *same("ei_index", "EI/undirected_union/internal", grouped=True, view=union, reading=REST),
    *same("ei_index", "EI/by_group/n", grouped=True, reading=SIZES, scope="group"),
    *same("ei_index", "EI/by_group/EI_out", grouped=True, scope="group"),
    *same("ei_index", "EI/by_group/out_external", grouped=True, reading=NUMERATOR, scope="group"),
    *same("ei_index", "EI/by_group/out_internal", grouped=True, reading=REST, scope="group"),
    *same("ei_index", "EI/by_group/EI_und_dyads", grouped=True, view=union, scope="group"),
    *same(
        "ei_index",
        "EI/by_group/und_external",
        grouped=True,
        view=union,
        reading=NUMERATOR,
        scope="group",
    ),
    *same(
        "ei_index",
        "EI/by_group/und_internal",
        grouped=True,
        view=union,
        reading=REST,
        scope="group",
    ),
    *same("ei_index", "EI/by_node/EI_out", grouped=True, scope="person"),
    *same("ei_index", "EI/by_node/EI_union", grouped=True, view=union, scope="person"),
    *same("degree", "degree/indegree", direction="in"),
    *same("degree", "degree/outdegree", direction="out"),
    Row(
        keys=("degree/indegree", "degree/outdegree"),
        measure="degree",
        arguments={"direction": "total"},
    ),
    *ucinet("degree", "avg_degree", reading=MEAN, direction="out"),
    *(
        row
        for direction in ("in", "out")
        for k in (1, 2, 3)
        for row in same(
            "k_step_reach",
            f"k_step_reach/{direction}/k{k}",
            reading=NUMERATOR,
            direction=direction,
            k=k,
        )
    ),
    *same("k_step_reach", "distance/reachable_ordered_pairs", reading=ALL_PAIRS, k=99),
    *ucinet("k_step_reach", "prop_within_3", reading=POOLED, k=3),
    *ucinet("k_step_reach", "connectedness", reading=POOLED, k=99),
    *same(
        "betweenness",
        "betweenness/sna::betweenness",
        "betweenness/igraph::betweenness(normalized=FALSE)",
    ),
    *same("betweenness", "betweenness/igraph::betweenness(normalized=TRUE)", variant="normalised"),
    *same("betweenness", "betweenness/undirected-union igraph::betweenness", view=union),
    *networkx("betweenness", "betweenness(normalized)", variant="normalised"),
    *same("constraint", "burt/igraph::constraint(g)", figure="constraint"),
    *same(
        "constraint",
        f"burt/igraph::constraint({_UNION})",
        figure="constraint",
        variant="undirected",
    ),
    *same("constraint", f"burt/igraph::constraint({_UNION})", figure="constraint", view=union),
    *networkx("constraint", "constraint(DiGraph)", figure="constraint"),
    *networkx("constraint", "effective_size(DiGraph)", figure="effective_size"),
    *networkx("constraint", f"constraint({_UNION})", figure="constraint", variant="undirected"),
    *networkx(
        "constraint", f"effective_size({_UNION})", figure="effective_size", variant="undirected"
    ),
    *networkx("constraint", f"effective_size({_UNION})", figure="effective_size", view=union),
    *(
        row
        for moment, reading in _MOMENTS.items()
        for role, figure in _ROLES.items()
        for scope, path in (("person", ""), ("network", "global/"))
        for row in same(
            "brokerage",
            f"sna::brokerage/{path}{moment}/{role}",
            grouped=True,
            reading=reading,
            figure=figure,
            null="size",
            scope=scope,
        )
    ),
    *same("membership_coverage", "rows", where=AFFILIATIONS, view=register, reading=DENOMINATOR),
    *same(
        "membership_coverage",
        "col_degree",
        where=AFFILIATIONS,
        view=register,
        reading=DENOMINATOR,
        by="team",
    ),
    *same("density", "rows", where=AFFILIATIONS, view=co_members, reading=PEOPLE_THERE),
    *same("density", "cols", where=AFFILIATIONS, view=shared_places, reading=PEOPLE_THERE),
    *same("density", "ties", where=AFFILIATIONS, view=two_modes, reading=NUMERATOR),
    *same("density", "proj_rows_edges", where=AFFILIATIONS, view=co_members, reading=NUMERATOR),
    *same("density", "proj_cols_edges", where=AFFILIATIONS, view=shared_places, reading=NUMERATOR),
    *same("density", "proj_rows_density", where=AFFILIATIONS, view=co_members),
    *same(
        "block_density",
        "density",
        where=AFFILIATIONS,
        view=two_modes,
        modes=True,
        reading=PEOPLE_IN_PLACES,
    ),
    *same(
        "block_density",
        "UCINET density",
        where=WOMEN,
        view=two_modes,
        modes=True,
        reading=PEOPLE_IN_PLACES,
        tolerance=SINGLE,
    ),
    *same("degree", "row_degree", "col_degree", where=AFFILIATIONS, view=two_modes, some=True),
    *same(
        "degree",
        "UCINET two_mode_centrality/women/degree",
        where=WOMEN,
        view=two_modes,
        some=True,
        reading=times(1 / 14, "value / 14 events"),
        tolerance=DECIMALS,
    ),
    *same(
        "degree",
        "UCINET two_mode_centrality/events/degree",
        where=WOMEN,
        view=two_modes,
        some=True,
        reading=times(1 / 18, "value / 18 women"),
        tolerance=DECIMALS,
    ),
    *same("betweenness", "bipartite_betweenness", where=AFFILIATIONS, view=two_modes),
    *same("betweenness", "proj_rows_betweenness_unweighted", where=AFFILIATIONS, view=co_members),
    *same(
        "betweenness",
        "UCINET two_mode_centrality/women/betweenness",
        where=WOMEN,
        view=two_modes,
        some=True,
        reading=times(1 / 445, "value / 445, the most a woman can have"),
        tolerance=DECIMALS,
    ),
    *same(
        "betweenness",
        "UCINET two_mode_centrality/events/betweenness",
        where=WOMEN,
        view=two_modes,
        some=True,
        reading=times(1 / 452, "value / 452, the most an event can have"),
        tolerance=DECIMALS,
    ),
)
"""The figures that are the same."""

_LOCAL = "the mean over people of how closed each one's surroundings are, not a share of two-paths"
_LOOPS = "its default lets people be tied to themselves, so the most uneven network is another"
_ABOVE = "how far the figure lies above the density, as a part of how far it could"
_PAIRS = (
    "divided by the most that is possible between two kinds, not by the number of pairs of others"
)


def above_density(value: float, density: float, _: int) -> float:
    """How far a figure lies above the density, as a part of how far it could."""
    return (value - density) / (1 - density)


DIFFERING: tuple[Row, ...] = (
    *same(
        "reciprocity",
        f"{_R}sna::grecip(measure=dyadic)",
        reason='sna\'s default counts empty pairs as returned; `variant="dyadic"` does so, too',
    ),
    *same(
        "reciprocity",
        f"{_R}sna::grecip(measure=edgewise.lrr)",
        reason="the logarithm of the figure over the density, not the figure",
        formula=lambda value, density, _: log(value / density) if value else nan,
    ),
    *same(
        "reciprocity", f"{_R}sna::grecip(measure=correlation)", reason=_ABOVE, formula=above_density
    ),
    *ucinet("reciprocity", "reciprocity_index", reason=_ABOVE, formula=above_density),
    *same(
        "transitivity",
        "transitivity/igraph::transitivity(global; direction ignored)",
        reason='direction is ignored; `variant="undirected"` does so, too',
        alike=("reports_to",),
    ),
    *same(
        "transitivity",
        "transitivity/igraph::transitivity(average,isolates=zero)",
        "transitivity/igraph::transitivity(average,isolates=nan)",
        variant="undirected",
        reason=_LOCAL,
        alike=("reports_to",),
    ),
    *networkx(
        "transitivity",
        "transitivity(DiGraph)",
        reason="how often two people whom the same person names are tied, not the ends of a two-path",
    ),
    *ucinet("transitivity", "transitivity_index", reason=_ABOVE, formula=above_density),
    *same(
        "centralization",
        f"{_CENTRAL}igraph::centr_degree(in,loops=TRUE) [igraph default]",
        reason=_LOOPS,
        formula=lambda value, _, n: value * (n - 1) / n,
    ),
    *same(
        "betweenness",
        "UCINET two_mode_centrality/women/betweenness",
        "UCINET two_mode_centrality/events/betweenness",
        where=WOMEN,
        view=two_modes,
        some=True,
        tolerance=DECIMALS,
        variant="normalised",
        reason=_PAIRS,
    ),
)
"""Figures that differ by definition, beside the nearest of plfkit, and why."""

COMPARISONS = {"R": 2772, "R sna": 4868, "R igraph": 894, "networkx": 128, "UCINET": 110}
"""How many comparisons the table makes, so that none goes missing unnoticed."""


def counted() -> Counter[str]:
    """How many comparisons there are by peer."""
    found: Counter[str] = Counter()
    for row in AGREEING:
        found[row.peer] += sum(len(case.theirs) for case in row.cases())
    return found


_VIEWS: dict[Callable[[Published], Network], str] = {
    told: "",
    union: "ties without direction",
    two_modes: "people and places",
    co_members: "people who meet",
    shared_places: "places that share people",
    register: "the register",
}
_SOURCES = {
    "krackhardt_hightech": "Krackhardt (1987), Social Networks 9, 104–134",
    "teacher_advice": "Pitts & Spillane (2009), International Journal of Research & Method in "
    "Education 32, 185–207",
    "southern_women": "Davis, Gardner & Gardner (1941), Deep South",
    "corporate_leadership": "Barnes & Burkett (2010), Connections 30(2)",
}


def page() -> str:
    """Return the page about peers."""
    order = [found.name for found in CORE]
    rows = sorted(AGREEING, key=lambda row: order.index(row.measure))
    every = [case for row in rows for case in row.cases()]
    numbers = [value for case in every for value in case.theirs.values()]
    lines = [
        "# Peers",
        "",
        "What other tools say of published networks, beside what plfkit says. A test makes every",
        f"comparison of this page: {len(numbers):,} of them, in {numbers.count(None):,} of which both",
        "say that there is no figure. The peers' figures are kept with the tests, in `tests/golden`, so",
        "none of these tools is needed; this page is written by `python tests/peers.py`.",
        "",
        "| data set | networks | peers |",
        "|---|---|---|",
        *_data_sets(),
        "",
        "## What is the same",
        "",
        "Figures agree to 10⁻⁹, relative or absolute. UCINET computes in single precision and prints",
        "eight decimals, some of its logs three, and is held to that. *R* alone stands for figures of which",
        "the package is not on record.",
        "",
        "| measure | peer | comparisons | within |",
        "|---|---|---:|---|",
        *_summary(every),
        "",
        "In detail, with the peers' own names. A star stands for the five roles and the total.",
        "",
        "| peer's figure | plfkit | of | column | comparisons |",
        "|---|---|---|---|---:|",
        *_details(every),
        "",
        "## What differs by definition",
        "",
        "Each is shown with plfkit's nearest figure in one network, and is asserted to differ in every",
        "network that has it but those named. Where the reason is a formula, it is asserted, too.",
        "",
        "| peer's figure | network | theirs | plfkit | ours | why |",
        "|---|---|---:|---|---:|---|",
        *(_difference(row) for row in DIFFERING),
    ]
    return "\n".join(lines) + "\n"


def _data_sets() -> Iterator[str]:
    for file, source in _SOURCES.items():
        names = [name for name, where in FILES.items() if where == file]
        versions = golden(file)["versions"].items()
        peers = ", ".join(f"{peer} {version}" for peer, version in versions)
        sizes = ", ".join(f"`{name}` ({len(published(name).people)} people)" for name in names)
        yield f"| {source} | {sizes} | {peers} |"


def _summary(cases: list[Case]) -> Iterator[str]:
    found: Counter[tuple[str, str, str]] = Counter()
    for case in cases:
        row = case.row
        found[row.measure, row.peer, row.tolerance.name] += len(case.theirs)
    for (measure, peer, within), number in found.items():
        yield f"| [`{measure}`](measures/{measure}.md) | {peer} | {number:,} | {within} |"


def _details(cases: list[Case]) -> Iterator[str]:
    found: Counter[tuple[str, ...]] = Counter()
    for case in cases:
        row = case.row
        names = " + ".join(f"`{_starred(key)}`" for key in row.keys)
        about = (names, f"`{row.call}`", _VIEWS[row.view], _column(row))
        found[about] += len(case.theirs)
    for cells, number in found.items():
        yield f"| {' | '.join(cells)} | {number:,} |"


def _starred(key: str) -> str:
    path, _, role = key.rpartition("/")
    return f"{path}/*" if role in _ROLES and "brokerage" in path else key


def _column(row: Row) -> str:
    figure = f"`{row.figure}`" if row.figure is not None and row.measure != "brokerage" else ""
    return ", ".join(filter(None, [figure, row.reading.name]))


def _difference(row: Row) -> str:
    case = next(case for case in row.cases() if case.name not in row.alike)
    key = case.differences()[0]
    where = f"{case.name}, {key}" if key else case.name
    alike = f" (the same in {', '.join(row.alike)})" if row.alike else ""
    theirs, ours = (_number(cells[key]) for cells in (case.theirs, case.ours()))
    return f"| `{row.keys[0]}` | {where} | {theirs} | `{row.call}` | {ours} | {row.reason}{alike} |"


def _number(value: float | None) -> str:
    return "none" if value is None else f"{value:.4f}"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
