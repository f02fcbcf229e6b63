"""Contacts, support, levels, paths and overlap: against plain definitions, over all completions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import combinations, islice, product
from math import isnan, prod
from typing import Any

import pytest
from attrs import asdict, frozen
from definitions import Network, View, both_ways, completions, share
from hypothesis import given, reject
from hypothesis import strategies as st
from searching import search

from plfkit import Organisation, Result, measures, snapshot
from plfkit.errors import UnknownGroupError
from plfkit.model.records.rows import (
    Community,
    Membership,
    Pathway,
    Person,
    Position,
    Qualification,
    Response,
    Survey,
    Tie,
    Unit,
)
from plfkit.testing import build_moment, surveyed_networks

LIMIT = 2000
SLACK = 1e-9
ROLES = ("teacher", "teacher", "reading_coach", "principal", "head_of_education")
LEVELS = {
    "head_of_education": 0,
    "principal": 1,
    "reading_coach": 2,
    "teacher": 3,
}
SCHOOLS = ("nord", "syd")


@frozen
class Town:
    """A survey, and what its people are and where.

    Attributes:
        organisation: All of it.
        roles: Each person's role.
        schools: Each person's school.
        teams: Each person's team.
    """

    organisation: Organisation
    roles: Mapping[str, str]
    schools: Mapping[str, str]
    teams: Mapping[str, str]

    @property
    def people(self) -> list[str]:
        """Everybody."""
        return sorted(self.roles)

    def coaches(self) -> list[str]:
        """Those appointed to give advice."""
        return [p for p in self.people if self.roles[p] == "reading_coach"]

    def sought(self, network: Network) -> dict[str, int]:
        """How many who are no coaches seek each coach."""
        coaches = self.coaches()
        return {c: sum(a not in coaches for a, b in network if b == c) for c in coaches}


@st.composite
def towns(draw: st.DrawFn, *, relation: str = "advice") -> Town:
    """Draw a survey of a few people with roles, schools and teams."""
    org = draw(surveyed_networks(relation=relation))
    people = [person.id for person in org.persons]
    roles = {p: draw(st.sampled_from(ROLES)) for p in people}
    schools = {p: draw(st.sampled_from(SCHOOLS)) for p in people}
    teams = {p: draw(st.sampled_from(["a", "b"])) for p in people}
    return Town(
        org.with_(
            units=[Unit(name, "school") for name in SCHOOLS],
            positions=[Position(p, schools[p], roles[p]) for p in people],
            communities=[Community(name, "team") for name in ("a", "b")],
            memberships=[Membership(teams[p], p) for p in people],
            pathways=[Pathway("nord", "syd", grade="7")],
        ),
        roles,
        schools,
        teams,
    )


Figure = float | None
Definition = Callable[[Town, Network], Figure]


def tied(network: Network, a: str, b: str) -> bool:
    """Tell whether two people are tied in either direction."""
    return (a, b) in network or (b, a) in network


def contacts(town: Town, network: Network) -> Figure:
    """Colleagues of other teams whom one is tied to, on average."""
    count = sum(
        tied(network, a, b)
        for a in town.people
        for b in town.people
        if town.teams[a] != town.teams[b]
    )
    return share(count, len(town.people)) if len(town.people) > 1 else None


def unit_contact(town: Town, network: Network) -> Figure:
    """Staff tied to somebody of another school."""
    if len(set(town.schools.values())) < 2:
        return None
    met = [
        any(tied(network, a, b) for b in town.people if town.schools[a] != town.schools[b])
        for a in town.people
    ]
    return share(sum(met), len(met))


def formal(town: Town, network: Network) -> Figure:
    """Ties of those who are no coaches that run to a coach."""
    coaches = town.coaches()
    asking = [(a, b) for a, b in network if a not in coaches]
    if not coaches or len(coaches) == len(town.people):
        return None
    return share(sum(b in coaches for _, b in asking), len(asking))


def sought_share(town: Town, network: Network) -> Figure:
    """Coaches whom somebody seeks."""
    sought = town.sought(network)
    if not sought or len(sought) == len(town.people):
        return None
    return share(sum(count > 0 for count in sought.values()), len(sought))


def load(town: Town, network: Network) -> Figure:
    """Seekers of each coach, on average."""
    sought = town.sought(network)
    if not sought or len(sought) == len(town.people):
        return None
    return share(sum(sought.values()), len(sought))


def concentration(town: Town, network: Network) -> Figure:
    """The part of the ties to coaches that the most sought-after receives."""
    sought = town.sought(network)
    return share(max(sought.values(), default=0), sum(sought.values()))


def one_person(town: Town, network: Network) -> Figure:
    """Schools with several coaches that seek more than half of their support from one."""
    coaches, count, any_ = town.coaches(), 0, False
    for school in SCHOOLS:
        if sum(town.schools[coach] == school for coach in coaches) < 2:
            continue
        asked = [
            b for a, b in network if town.schools[a] == school and a not in coaches and b in coaches
        ]
        any_ |= bool(asked)
        count += any(2 * asked.count(c) > len(asked) for c in coaches)
    return float(count) if any_ else None


def vertical(town: Town, network: Network) -> Figure:
    """Pairs of adjacent levels at a school with a tie; the head is at every school."""
    met = []
    for school in SCHOOLS:
        for level in range(3):
            upper, lower = (
                [
                    p
                    for p in town.people
                    if LEVELS[town.roles[p]] == at and (at == 0 or town.schools[p] == school)
                ]
                for at in (level, level + 1)
            )
            if upper and lower:
                met.append(any(tied(network, a, b) for a in upper for b in lower))
    return share(sum(met), len(met))


def continuity(town: Town, network: Network) -> Figure:
    """Whether the one way, from Nord to Syd, is within two steps."""
    north, south = ([p for p in town.people if town.schools[p] == s] for s in SCHOOLS)
    if not (north and south):
        return None
    near = set(north)
    for _ in range(2):
        near |= {b for a in near for b in town.people if tied(network, a, b)}
    return float(bool(near & set(south)))


@frozen
class Form:
    """A measure, how it is asked, and its definition."""

    name: str
    define: Definition
    arguments: Mapping[str, Any] = {}

    def __call__(self, town: Town) -> Result:
        """Compute the measure."""
        function = getattr(measures, self.name)
        result: Result = function(snapshot(town.organisation), relation="advice", **self.arguments)
        return result

    def __str__(self) -> str:
        return self.name


FORMS = [
    Form("cross_team_contacts", contacts, {"groups": "team"}),
    Form("cross_unit_contact", unit_contact, {"unit": "school"}),
    Form("formal_advice", formal, {"target": "reading_coach"}),
    Form("sought_share", sought_share, {"target": "reading_coach"}),
    Form("support_load", load, {"target": "reading_coach"}),
    Form("advice_concentration", concentration, {"target": "reading_coach"}),
    Form("schools_on_one_person", one_person, {"target": "reading_coach"}),
    Form("vertical_connectedness", vertical),
    Form("path_continuity", continuity),
]
every = pytest.mark.parametrize("form", FORMS, ids=str)


def networks(organisation: Organisation) -> set[Network]:
    """Every network that could be."""
    found = list(islice(completions(organisation), LIMIT))
    if len(found) == LIMIT:
        reject()
    return set(found)


def contain(result: Result, values: list[Figure]) -> None:
    """Assert that the range holds every figure that could be, and is no wider where it is exact."""
    figure = result.main
    assert figure is not None
    known = [value for value in values if value is not None]
    cells = [cell for cell in asdict(figure).values() if isinstance(cell, float)]
    assert not any(map(isnan, cells))
    if not known or figure.lower is None or figure.upper is None:
        assert not known or figure.reason is not None
        return
    assert figure.lower <= min(known) + SLACK
    assert figure.upper >= max(known) - SLACK
    if figure.value is not None:
        assert figure.lower - SLACK <= figure.value <= figure.upper + SLACK
    if result.range_kind == "exact":
        assert figure.lower >= min(known) - SLACK
        assert figure.upper <= max(known) + SLACK


@every
@search(40)
@given(st.data())
def test_ranges_hold_every_completion(form: Form, data: st.DataObject) -> None:
    """Whatever the silent would have said, the figure lies within the range, and reaches its ends."""
    town = data.draw(towns())
    result = form(town)
    values = [form.define(town, network) for network in networks(town.organisation)]
    contain(result, values)


Strata = list[tuple[set[tuple[str, str]], set[tuple[str, str]]]]
"""Pairs that belong together: those observed, and all of them."""


def scaled(strata: Strata, network: Network) -> Figure:
    """The ties there are if pairs nobody told of are tied as often as the others of their stratum."""
    seen, ties = (
        [pair for looked, _ in strata for pair in looked],
        0.0,
    )
    if not seen:
        return None if any(pairs for _, pairs in strata) else 0.0
    everywhere = sum(pair in network for pair in seen) / len(seen)
    for looked, pairs in strata:
        rate = sum(p in network for p in looked) / len(looked) if looked else everywhere
        ties += rate * len(pairs)
    return ties


def load_of_those_who_answered(town: Town, view: View) -> Figure:
    """Told ties to coaches over the share who answered, school by school of those who ask."""
    coaches = town.coaches()
    asking = [p for p in town.people if p not in coaches]
    if not coaches or not asking:
        return None
    strata = []
    for school in SCHOOLS:
        pairs = {(a, c) for a in asking for c in coaches if town.schools[a] == school}
        strata.append((pairs & view.seen, pairs))
    ties = scaled(strata, view.ties)
    return None if ties is None else ties / len(coaches)


def contacts_of_those_who_answered(town: Town, view: View) -> Figure:
    """Tied pairs of other teams among pairs that both answered, in each school and between them."""
    if len(town.people) < 2:
        return None
    apart = {(a, b) for a, b in combinations(town.people, 2) if town.teams[a] != town.teams[b]}
    both = {(a, b) for a, b in apart if {(a, b), (b, a)} <= view.heard}
    strata = []
    for school in (*SCHOOLS, None):
        here = {
            (a, b)
            for a, b in apart
            if (town.schools[a] if town.schools[a] == town.schools[b] else None) == school
        }
        strata.append((here & both, here))
    ties = scaled(strata, both_ways(view.ties))
    return None if ties is None else 2 * ties / len(town.people)


ESTIMATED = {
    "support_load": load_of_those_who_answered,
    "cross_team_contacts": contacts_of_those_who_answered,
}


@every
@search(60)
@given(st.data())
def test_values_take_no_silence_for_a_no(form: Form, data: st.DataObject) -> None:
    """Counts are scaled up; shares of ties rest on those told; all else is there only if certain."""
    town = data.draw(towns())
    result = form(town)
    figure = result.main
    assert figure is not None
    view = View.of(town.organisation)
    if form.name in ESTIMATED:
        expected = ESTIMATED[form.name](town, view)
        if expected is not None and figure.lower is not None and figure.upper is not None:
            expected = min(max(expected, figure.lower), figure.upper)
    elif form.name == "formal_advice":
        expected = form.define(town, view.ties)
    else:
        certain = figure.lower is not None and figure.lower == figure.upper
        expected = form.define(town, view.ties) if certain or not view.silent else None
    assert figure.value == (None if expected is None else pytest.approx(expected))
    assert (figure.reason is None) == (figure.value is not None)
    assert view.silent or result.method is None


def reach_by_hand(town: Town, view: View, k: int) -> tuple[Figure, int]:
    """How many of those who answered get to a coach, the silent taken for their school's mean."""
    coaches = town.coaches()
    asked = [p for p in town.people if p not in coaches and p not in view.silent]
    if not coaches or not asked:
        return None, 0
    chance = {p: float(p in coaches) for p in town.people}
    sure = {p: p in coaches for p in town.people}
    for _ in range(k):
        ties = {p: [b for a, b in view.ties if a == p] for p in town.people}
        chance = {
            p: 1.0 if p in coaches else 1 - prod(1 - chance[b] for b in ties[p])
            for p in town.people
        }
        sure = {p: p in coaches or any(sure[b] for b in ties[p]) for p in town.people}
        for p in view.silent - {*coaches}:
            alike = [q for q in asked if town.schools[q] == town.schools[p]] or asked
            chance[p] = sum(chance[q] for q in alike) / len(alike)
    return sum(chance[p] for p in asked) / len(asked), sum(sure[p] for p in asked)


@pytest.mark.parametrize("k", [1, 2, 3])
@search(60)
@given(st.data())
def test_reach_is_that_of_those_who_answered(k: int, data: st.DataObject) -> None:
    """Silent people on the way count as often as those of their school who answered get there."""
    town = data.draw(towns())
    result = measures.group_reach(
        snapshot(town.organisation), relation="advice", target="reading_coach", k=k
    )
    (figure,) = result
    value, surely = reach_by_hand(town, View.of(town.organisation), k)
    if not town.coaches() or len(town.coaches()) == len(town.people):
        return
    assert figure.value == (None if value is None else pytest.approx(value))
    assert figure.numerator == (None if value is None else surely)


@search(60)
@given(st.data())
def test_in_degree_is_scaled_up_by_school(data: st.DataObject) -> None:
    """Each person's told ties over the share of the others who answered, school by school."""
    town = data.draw(towns())
    view = View.of(town.organisation)
    result = measures.degree(snapshot(town.organisation), relation="advice", direction="in")
    for figure in result:
        strata = []
        for school in SCHOOLS:
            pairs = {
                (a, figure.id or "")
                for a in town.people
                if a != figure.id and town.schools[a] == school
            }
            strata.append((pairs & view.seen, pairs))
        expected = scaled(strata, view.ties)
        if expected is not None and figure.lower is not None and figure.upper is not None:
            expected = min(max(expected, figure.lower), figure.upper)
        assert figure.value == (None if expected is None else pytest.approx(expected))


@pytest.mark.parametrize(
    "form",
    [f for f in FORMS if f.name in {"cross_team_contacts", "support_load", "sought_share"}],
    ids=str,
)
@search(25)
@given(st.data())
def test_one_tie_more_never_lowers_it(form: Form, data: st.DataObject) -> None:
    """Contacts and seekers only grow with ties."""
    town = data.draw(towns())
    people = [r.person for r in town.organisation.responses if r.answered]
    before = form(town).main
    told = View.of(town.organisation).ties
    free = [(a, b) for a in people for b in town.people if a != b and (a, b) not in told]
    limit = next(iter(town.organisation.surveys)).max_ties
    if not free or limit is not None or before is None or before.value is None:
        return
    a, b = data.draw(st.sampled_from(free))
    more = Town(
        town.organisation.with_(ties=[Tie(a, b, "advice", "s")]),
        town.roles,
        town.schools,
        town.teams,
    )
    after = form(more).main
    assert after is not None
    assert after.value is not None
    assert after.value >= before.value - SLACK


def both(first: Organisation, second: Organisation) -> Organisation:
    """Return two surveys, of two relations, among the same people."""
    rounds = [
        Survey("s", "network", "collaboration"),
        Survey("r", "network", "reflective_dialogue"),
    ]
    responses, ties = [], []
    for survey, org in zip(rounds, (first, second), strict=True):
        responses += [Response(survey.id, r.person, answered=r.answered) for r in org.responses]
        ties += [Tie(t.source, t.target, survey.relation or "", survey.id) for t in org.ties]
    people = {person.id: person for org in (first, second) for person in org.persons}
    return Organisation.of(
        persons=list(people.values()), surveys=rounds, responses=responses, ties=ties
    )


def overlap(one: Network, other: Network) -> Figure:
    """The share of pairs tied in the first that are tied in the second."""
    first, second = ({frozenset(pair) for pair in network} for network in (one, other))
    return share(len(first & second), len(first))


@search(60)
@given(
    surveyed_networks(relation="collaboration", capped=False, most=3),
    surveyed_networks(relation="reflective_dialogue", capped=False, most=3),
)
def test_overlap_holds_every_completion_of_both(one: Organisation, other: Organisation) -> None:
    """Over all completions of both relations, among those whom both are about, the range is exact."""
    shared = {r.person for r in one.responses} & {r.person for r in other.responses}
    whole = both(one, other)
    result = measures.layer_overlap(
        snapshot(whole), relation="collaboration", against="reflective_dialogue"
    )
    kept = [
        {frozenset(p for p in network if set(p) <= shared) for network in networks(org)}
        for org in (one, other)
    ]
    values = [overlap(first, second) for first, second in product(*kept)]
    contain(result, values)


@search(30)
@given(
    surveyed_networks(relation="collaboration", most=4),
    surveyed_networks(relation="reflective_dialogue", most=6),
    st.lists(st.sampled_from("xyz"), min_size=6, max_size=6),
)
def test_overlap_of_parts(one: Organisation, other: Organisation, labels: list[str]) -> None:
    """Parts that know more and less beside each other have the figures that each has alone."""
    now = snapshot(both(one, other))
    groups = dict(zip(now.person_ids, labels, strict=False))
    asked: dict[str, Any] = {"relation": "collaboration", "against": "reflective_dialogue"}
    alone = [
        figure
        for part in sorted({*groups.values()})
        for figure in measures.layer_overlap(
            now, by={name: own for name, own in groups.items() if own == part}, **asked
        )
    ]
    assert [*measures.layer_overlap(now, by=groups, **asked)] == alone


def test_overlap_beside_who_was_not_asked() -> None:
    """Of a part of which nobody recorded who was asked there is no range; its neighbours have theirs."""
    asked = [*"abc"]
    org = Organisation.of(
        persons=[Person(name) for name in "abcdef"],
        surveys=[Survey("s", "network", "collaboration"), Survey("r", "network", "advice")],
        responses=[Response(q, p, answered=p != "c") for q in "sr" for p in asked],
        ties=[
            *(
                Tie("a", "b", relation, q)
                for relation, q in (("collaboration", "s"), ("advice", "r"))
            ),
            Tie("d", "e", "collaboration"),
            Tie("d", "e", "advice"),
        ],
    )
    groups = dict.fromkeys("abc", "asked") | dict.fromkeys("de", "others") | {"f": "nobody"}
    found = measures.layer_overlap(
        snapshot(org), relation="collaboration", against="advice", by=groups
    )
    told = {one.part: (one.value, one.lower, one.upper, one.response_rate) for one in found}
    assert told == {
        "asked": (1, 1 / 3, 1, 2 / 3),
        "nobody": (None, None, None, None),
        "others": (1, None, None, None),
    }


def test_overlap_needs_both_relations_asked() -> None:
    """Where nobody was asked about the other relation there is no figure, and surveys are missing."""
    org = Organisation.of(
        persons=[],
        surveys=[Survey("s", "network", "collaboration")],
    )
    result = measures.layer_overlap(
        snapshot(org), relation="collaboration", against="reflective_dialogue"
    )
    assert result.main is not None
    assert result.main.value is None
    assert tuple(map(str, result.needs)) == ("surveys",)


def test_chance_of_formal_advice() -> None:
    """Of the four whom one of five can ask two are coaches: half of the ties would run to them."""
    people = {"anna": "teacher", "bo": "teacher", "ida": "teacher", "lise": "reading_coach"}
    people["mona"] = "reading_coach"
    org = Organisation.of(
        units=[Unit("skole", "school")],
        persons=[Person(name) for name in people],
        positions=[Position(name, "skole", role) for name, role in people.items()],
        ties=[Tie("anna", "mona", "reports_to"), Tie("bo", "anna", "reports_to")],
    )
    (figure,) = measures.formal_advice(snapshot(org), relation="reports_to")
    assert (figure.value, figure.expected) == (0.5, 0.5)


def test_only_trained_coaches_are_reached() -> None:
    """With `qualifications` the group holds those who are trained; an unknown one is refused."""
    org = Organisation.of(
        units=[Unit("skole", "school")],
        persons=[Person(name) for name in ("anna", "lise", "mona")],
        positions=[
            Position("anna", "skole", "teacher"),
            Position("lise", "skole", "reading_coach"),
            Position("mona", "skole", "reading_coach"),
        ],
        qualifications=[Qualification("lise", "coach_training")],
        ties=[Tie("anna", "mona", "reports_to")],
    )
    now = snapshot(org)
    asked: dict[str, Any] = {"relation": "reports_to", "target": "resource_person", "k": 1}
    assert measures.group_reach(now, **asked).item() == 1
    trained = measures.group_reach(now, **asked, qualifications=("coach_training",))
    assert trained.item() == 0
    with pytest.raises(UnknownGroupError, match='did you mean "coach_training"'):
        measures.group_reach(now, **asked, qualifications=("coach_trainin",))


@pytest.mark.parametrize(
    ("silent", "ties", "span"),
    [
        # Nobody told of anything: either coach may be all that the two have, or not.
        ("ann,bo", [], (0, 1)),
        # Bo asks Cy; if Ann asks Dan, Cy has one of two.
        ("ann", ["bo cy advice survey=q"], (0, 1)),
        ("", ["ann cy advice survey=q", "bo cy advice survey=q"], (1, 1)),
        ("", ["ann cy advice survey=q", "bo dan advice survey=q"], (0, 0)),
    ],
)
def test_a_school_may_hang_on_one_person(
    silent: str, ties: list[str], span: tuple[int, int]
) -> None:
    """What silent people of a school have not said of each coach widens the range, and nothing else does."""
    answers = [
        f"q {person} answered={'no' if person in silent.split(',') else 'yes'}"
        for person in ("ann", "bo", "cy", "dan")
    ]
    now = build_moment(
        positions=["ann,bo s teacher", "cy,dan s maths_coach"],
        surveys=["q network relation=advice"],
        responses=answers,
        ties=ties,
    )
    [figure] = measures.schools_on_one_person(now, relation="advice", target="maths_coach")
    assert (figure.lower, figure.upper) == span
