"""QAP: the peer's figures of a published network, and brute force where ties are unobserved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import permutations, product
from math import comb, sqrt
from typing import Any

import numpy as np
import pytest
from attrs import frozen
from hypothesis import given
from hypothesis import strategies as st
from networks import managers
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
    read,
    release,
    snapshot,
)
from plfkit.errors import DisclosureError, MeasureError
from plfkit.inference import adjusted, mrqap, qap
from plfkit.inference.aligning import align_relations
from plfkit.inference.permuted_products import PermutedProduct
from plfkit.model.declared.declarations import PrivacyFloor
from plfkit.model.results.figures import Figure
from plfkit.model.results.result import Result
from plfkit.resampling import Drawing, Permutations, Work

PEER_DRAWS = 5000
DRAWS = 2000


@frozen
class Peer:
    """What R sna 2.7-1 says of two relations: gcor, and qaptest with 5,000 draws."""

    relation: str
    against: str
    gcor: float
    p_ge: float
    p_le: float
    sd: float


PEER = (
    Peer("advice", "friendship", 0.154585452048473, 0.017, 0.9882, 0.0706),
    Peer("advice", "reports_to", 0.223558182291692, 0.0, 1.0, 0.0516),
    Peer("friendship", "reports_to", 0.186235562647612, 0.0, 1.0, 0.0453),
)
"""Source: R sna 2.7-1, qaptest, on Krackhardt's managers."""

Pair = tuple[str, str]


def only(result: Result) -> Figure:
    """The one figure of a result."""
    (figure,) = result
    return figure


def number(value: float | None) -> float:
    """A figure that must be there."""
    assert value is not None
    return value


def error(p: float, *draws: int) -> float:
    """Four standard errors of a p, or of the difference of two, from so many draws."""
    return 4 * sqrt(max(p * (1 - p), 1e-3) * sum(1 / count for count in draws))


@pytest.mark.parametrize("peer", PEER, ids=lambda peer: f"{peer.relation}-{peer.against}")
@pytest.mark.parametrize("turned", [False, True], ids=["there", "back"])
def test_the_peer_says_the_same(peer: Peer, turned: bool) -> None:  # noqa: FBT001 - a parameter
    """Correlation to 1e-9, and p and spread of permuted people within chance, whichever is first."""
    first, second = (peer.relation, peer.against)[:: -1 if turned else 1]
    result = qap(managers(), relation=first, against=second, draws=DRAWS, seed=4)
    figure = only(result)
    assert figure.value == pytest.approx(peer.gcor, abs=1e-9)
    assert figure.denominator == 21 * 20
    assert number(figure.p_greater) == pytest.approx(
        peer.p_ge, abs=error(peer.p_ge, DRAWS, PEER_DRAWS)
    )
    assert number(figure.p_less) == pytest.approx(
        peer.p_le, abs=error(peer.p_le, DRAWS, PEER_DRAWS)
    )
    spread = 4 * peer.sd * sqrt(1 / (2 * DRAWS) + 1 / (2 * PEER_DRAWS)) + 5e-5
    assert number(figure.sd) == pytest.approx(peer.sd, abs=spread)
    assert number(figure.expected) == pytest.approx(0, abs=4 * peer.sd / sqrt(DRAWS))
    assert number(figure.p_greater) <= number(figure.p_value)
    assert (result.draws, result.seed, result.null) == (DRAWS, 4, "qap")


@frozen
class Asked:
    """Who was asked about one relation, who of them answered, and what they told."""

    relation: str
    directed: bool
    answered: Mapping[str, bool]
    ties: frozenset[Pair]

    @property
    def present(self) -> frozenset[Pair]:
        """Ordered pairs with a tie, both ways where it has no direction."""
        return self.ties if self.directed else self.ties | {(b, a) for a, b in self.ties}

    @property
    def seen(self) -> frozenset[Pair]:
        """Ordered pairs that were observed."""
        heard = {(a, b) for a in self.answered for b in self.answered if self.answered[a]}
        back = heard if self.directed else {(a, b) for a, b in heard if (b, a) in heard}
        return frozenset((a, b) for a, b in back if a != b)


def organisation_of(asked: Iterable[Asked], schools: Mapping[str, str] | None = None) -> Snapshot:
    """A survey for each relation."""
    asked = list(asked)
    people = sorted({person for one in asked for person in one.answered})
    places = schools or {}
    return snapshot(
        Organisation.of(
            units=[Unit(school, "school") for school in sorted(set(places.values()))],
            persons=[Person(person) for person in people],
            positions=[Position(person, school, "teacher") for person, school in places.items()],
            surveys=[Survey(one.relation, "network", one.relation) for one in asked],
            responses=[
                Response(one.relation, person, answered=answered)
                for one in asked
                for person, answered in one.answered.items()
            ],
            ties=[Tie(a, b, one.relation, one.relation) for one in asked for a, b in one.ties],
        )
    )


@st.composite
def two_surveys(draw: st.DrawFn) -> tuple[Asked, Asked]:
    """Two relations among a few people; not everybody is asked about both, or answers."""
    people = "abcdef"[: draw(st.integers(3, 6))]
    found = []
    for relation in draw(
        st.permutations(["advice", "observation", "collaboration", "co_teaching"])
    )[:2]:
        roster = [p for p in people if draw(st.integers(0, 5))] or list(people)
        answered = {p: bool(draw(st.integers(0, 3))) for p in roster}
        cells = [(a, b) for a, b in product(roster, roster) if a != b and answered[a]]
        ties = frozenset(pair for pair in cells if draw(st.booleans()))
        found.append(Asked(relation, relation in {"advice", "observation"}, answered, ties))
    return found[0], found[1]


def correlation(one: Iterable[Pair], other: Iterable[Pair], seen: Iterable[Pair]) -> float | None:
    """Pearson's over the pairs that were seen."""
    one, other, cells = set(one), set(other), sorted(seen)
    x, y = (np.array([cell in ties for cell in cells], float) for ties in (one, other))
    if not cells or not x.std() or not y.std():
        return None
    return float(np.corrcoef(x, y)[0, 1])


@given(two_surveys())
@search(60)
def test_only_pairs_observed_in_both_count(asked: tuple[Asked, Asked]) -> None:
    """The correlation is that over the pairs observed in both, by brute force."""
    one, other = asked
    common = set(one.answered) & set(other.answered)
    seen = {(a, b) for a, b in one.seen & other.seen if {a, b} <= common}
    result = qap(organisation_of(asked), relation=one.relation, against=other.relation, draws=20)
    figure = only(result)
    expected = correlation(one.present, other.present, seen)
    assert (figure.value is None) == (expected is None)
    if expected is None:
        assert figure.reason == "no_variation"
        assert figure.p_value is None
    else:
        assert figure.value == pytest.approx(expected, abs=1e-9)
    assert figure.denominator == len(seen) / (1 if one.directed or other.directed else 2)
    assert figure.n == len(common)


@given(two_surveys(), st.integers(0, 1000))
@search(40)
def test_response_patterns_stay(asked: tuple[Asked, Asked], seed: int) -> None:
    """Whoever stands in a place was asked and answered in both surveys as its owner did."""
    now = organisation_of(asked)
    names = tuple(one.relation for one in asked)
    pairs = align_relations(now, names, within=None, missing="available")
    people = [now.person_ids[person] for person in pairs.layer.persons]
    chance = np.random.default_rng(seed)
    for order in Permutations(pairs.strata).draw(chance, 10):
        assert sorted(order) == list(range(len(people)))
        for place, person in enumerate(order):
            for one in asked:
                assert one.answered[people[place]] == one.answered[people[person]]


def rearranged(
    people: Iterable[str], alike: Mapping[str, tuple[object, ...]]
) -> Iterator[dict[str, str]]:
    """Every way in which people can change places with those who are like them."""
    strata: dict[tuple[object, ...], list[str]] = defaultdict(list)
    for person in people:
        strata[alike[person]].append(person)
    for orders in product(*(permutations(members) for members in strata.values())):
        pairs = zip(strata.values(), orders, strict=True)
        yield {a: b for members, order in pairs for a, b in zip(members, order, strict=True)}


def pairs_in(ties: str) -> frozenset[Pair]:
    """Ties of two letters."""
    return frozenset((tie[0], tie[1]) for tie in ties.split())


SOME = Asked(
    "advice",
    directed=True,
    answered=dict(zip("abcdefg", [True] * 5 + [False] * 2, strict=True)),
    ties=pairs_in("ab ac bc ca cd de ea eg"),
)
OTHERS = Asked(
    "observation",
    directed=True,
    answered=dict(zip("abcdefg", [True] * 4 + [False] + [True] * 2, strict=True)),
    ties=pairs_in("ab bc ba cd da ga fa gf"),
)


@pytest.mark.parametrize("schools", [None, dict(zip("abcdefg", "xxyyxyy", strict=True))])
def test_chance_is_over_every_rearrangement_allowed(schools: dict[str, str] | None) -> None:
    """Mean, spread and p are those over all rearrangements that keep patterns, and schools if asked."""
    seen = SOME.seen & OTHERS.seen
    value = number(correlation(SOME.present, OTHERS.present, seen))
    alike = {
        p: (SOME.answered[p], OTHERS.answered[p], (schools or {}).get(p)) for p in SOME.answered
    }
    values = np.array(
        [
            number(
                correlation({(to[a], to[b]) for a, b in SOME.present & seen}, OTHERS.present, seen)
            )
            for to in rearranged(SOME.answered, alike)
        ]
    )
    assert len(values) == (48 if schools is None else 8)
    result = qap(
        organisation_of([SOME, OTHERS], schools),
        relation="advice",
        against="observation",
        within=None if schools is None else "school",
        draws=DRAWS,
    )
    figure = only(result)
    assert figure.value == pytest.approx(value, abs=1e-9)
    spread = float(values.std())
    assert number(figure.expected) == pytest.approx(values.mean(), abs=4 * spread / sqrt(DRAWS))
    assert number(figure.sd) == pytest.approx(spread, rel=0.1)
    for p, far in [
        (figure.p_greater, values >= value - 1e-9),
        (figure.p_less, values <= value + 1e-9),
        (figure.p_value, abs(values) >= abs(value) - 1e-9),
    ]:
        share = float(far.mean())
        assert number(p) == pytest.approx(share, abs=error(share, DRAWS) + 1 / DRAWS)


def three_schools() -> tuple[Snapshot, dict[str, str]]:
    """Twelve people in three schools, all of whom answered about two relations."""
    people = "abcdefghijkl"
    schools = {person: "xyz"[place // 4] for place, person in enumerate(people)}
    everybody = dict.fromkeys(people, True)
    near = frozenset((a, people[(place + 1) % 12]) for place, a in enumerate(people))
    far = near | {(a, people[(place + 5) % 12]) for place, a in enumerate(people)}
    asked = [
        Asked("advice", directed=True, answered=everybody, ties=near),
        Asked("observation", directed=True, answered=everybody, ties=far),
    ]
    return organisation_of(asked, schools), schools


def test_between_three_schools_there_is_no_p() -> None:
    """A correlation and its spread, but no p until people change places within their schools."""
    now, _ = three_schools()
    free = qap(now, relation="advice", against="observation", draws=100)
    assert only(free).value is not None
    assert only(free).expected is not None
    assert [only(free).p_value, only(free).p_greater, only(free).p_less] == [None] * 3
    assert free.notes == {"too_few_schools": 3}
    within = qap(now, relation="advice", against="observation", within="school", draws=100)
    assert only(within).p_value is not None
    assert only(within).value == only(free).value
    assert within.notes == {}


def test_groups_across_three_schools() -> None:
    """People who change places within a role still change places between three schools."""
    now, _ = three_schools()
    result = qap(now, relation="advice", against="observation", within="role", draws=100)
    assert only(result).p_value is None
    assert result.notes == {"too_few_schools": 3}


def test_within_keeps_schools() -> None:
    """Under within= nobody ever stands in a place of another school."""
    now, schools = three_schools()
    pairs = align_relations(now, ("advice", "observation"), within="school", missing="available")
    people = [now.person_ids[person] for person in pairs.layer.persons]
    orders = Permutations(pairs.strata).draw(np.random.default_rng(1), 50)
    assert (orders != np.arange(12)).any()
    for order in orders:
        assert [schools[people[person]] for person in order] == [schools[p] for p in people]


def test_what_people_share_is_a_relation_too() -> None:
    """Against a mapping, pairs of the same label are tied and everybody may change places."""
    groups = dict(zip("abcdefg", "xxxyyyy", strict=True))
    shared = {(a, b) for a, b in permutations(groups, 2) if groups[a] == groups[b]}
    figure = only(qap(organisation_of([OTHERS]), relation="observation", against=groups, draws=9))
    expected = number(correlation(OTHERS.present, shared, OTHERS.seen))
    assert figure.value == pytest.approx(expected, abs=1e-9)


def drawn_correlations(now: Snapshot, names: tuple[str, str], drawing: Drawing) -> list[float]:
    """The correlations of the draws that qap makes, by its own products, from their definition."""
    pairs = align_relations(now, names, within=None, missing="available")
    task = PermutedProduct.of(pairs, Permutations(pairs.strata))
    common = Work(drawing, "test").draw(task)[:, 0]
    x, y = pairs.sums / pairs.pairs
    found = (common / pairs.pairs - x * y) / np.sqrt(x * (1 - x) * y * (1 - y))
    return [float(value) for value in found]


@pytest.mark.parametrize("seed", range(4))
def test_adaptive_stop(seed: int) -> None:
    """It stops at exactly that draw, p is 20 over how many it took, and nothing is one-sided."""
    now, names = managers(), ("advice", "friendship")
    drawing = Drawing(draws=3000, seed=seed)
    value = PEER[0].gcor
    far = [abs(one) >= value - 1e-9 for one in drawn_correlations(now, names, drawing)]
    twentieth = int(np.flatnonzero(far)[19]) + 1
    result = qap(
        now, relation=names[0], against=names[1], adaptive=True, draws=drawing.draws, seed=seed
    )
    figure = only(result)
    assert result.draws == twentieth
    assert figure.p_value == pytest.approx(20 / twentieth)
    assert (figure.p_greater, figure.p_less) == (None, None)
    assert result.notes == {"stopped_early": drawing.draws - twentieth}
    with pytest.raises(MeasureError, match="adaptive"):
        adjusted(result)


def test_adaptive_early_stop() -> None:
    """A correlation that chance easily gives needs few draws."""
    now, _ = three_schools()
    crossed = dict(zip("abcdefghijkl", "uv" * 6, strict=True))
    result = qap(
        now,
        relation="advice",
        against=crossed,
        within="school",
        adaptive=True,
        draws=1000,
    )
    figure = only(result)
    assert figure.p_value is not None
    assert result.draws is not None
    if "stopped_early" in result.notes:
        assert figure.p_value == pytest.approx(20 / result.draws)


def test_adaptive_does_not_stop_far_out() -> None:
    """Where chance is never as far out all draws are made, and p is one over one more."""
    result = qap(managers(), relation="advice", against="reports_to", adaptive=True, draws=500)
    assert result.draws == 500
    assert only(result).p_value == pytest.approx(1 / 501)
    assert result.notes == {}
    (figure,) = adjusted(result)
    assert figure.p_adjusted == figure.p_value


def test_no_draws_give_a_correlation_alone() -> None:
    """Without draws there is nothing to compare it with."""
    figure = only(qap(managers(), relation="advice", against="friendship", draws=0))
    assert figure.value == pytest.approx(PEER[0].gcor, abs=1e-9)
    assert (figure.expected, figure.sd, figure.z, figure.p_value) == (None,) * 4


def test_pairs_are_counted_once_without_a_direction() -> None:
    """Two undirected relations are compared over unordered pairs."""
    everybody = dict.fromkeys("abcd", True)
    asked = [
        Asked(name, directed=False, answered=everybody, ties=frozenset(ties))
        for name, ties in [
            ("collaboration", {("a", "b"), ("b", "c")}),
            ("co_teaching", {("a", "b")}),
        ]
    ]
    now = organisation_of(asked)
    figure = only(qap(now, relation="collaboration", against="co_teaching", draws=9))
    assert figure.denominator == comb(4, 2)
    # 1/6 in common, means 1/3 and 1/6.
    assert figure.value == pytest.approx((1 / 6 - 1 / 18) / sqrt(2 / 9 * 5 / 36))


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"missing": "nul"}, "qap does not know missing="),
        ({"drwas": 1}, "qap takes no argument 'drwas'"),
        ({"draws": -1}, "0 or more"),
    ],
)
def test_what_qap_refuses(more: dict[str, object], message: str) -> None:
    """Misspelt keywords and treatments that there are not are named."""
    with pytest.raises(MeasureError, match=message):
        qap(managers(), relation="advice", against="friendship", **more)  # type: ignore[arg-type]


def weighted(*strengths: float) -> Snapshot:
    """Six people who were asked about two relations, and told how strong their ties are."""
    people = "abcdef"
    ties = {"advice": "ab bc cd de ef fa ac bd ce", "observation": "ab bc cd de ac bd ea fb da"}
    return snapshot(
        Organisation.of(
            persons=[Person(person) for person in people],
            surveys=[Survey(name, "network", name) for name in ties],
            responses=[
                Response(name, person, answered=person != "f" or name == "advice")
                for name in ties
                for person in people
            ],
            ties=[
                Tie(tie[0], tie[1], name, name, weight=(1.0, 3.0)[place % 3 > 0])
                for name, told in ties.items()
                for place, tie in enumerate(told.split())
                if (1.0, 3.0)[place % 3 > 0] in strengths and (tie[0] != "f" or name == "advice")
            ],
        )
    )


def test_what_the_result_says_of_itself() -> None:
    """What was asked, of whom, how it was tested, and whose test it is."""
    result = qap(
        weighted(1, 3),
        relation="advice",
        against="observation",
        missing="null",
        minimum_strength=3.0,
        draws=10,
        seed=3,
    )
    assert (result.measure, result.variant, result.null) == ("qap", "against observation", "qap")
    assert result.label is not None
    assert (result.label.da, result.label.en) == (
        "Sammenhæng (QAP) med kollegial observation",
        "QAP correlation with peer observation",
    )
    assert result.relation_label is not None
    assert (result.relation, result.relation_label.en[:6]) == ("advice", "Advice")
    assert (result.missing, result.minimum_strength) == ("null", 3.0)
    assert (result.draws, result.seed, result.scale, result.range_kind) == (
        10,
        3,
        "index",
        "exact",
    )
    assert (result.at, result.figure_class, result.n) == ("undated", "answers", 6)
    assert "Krackhardt (1988)" in (result.reference or "")


def test_weak_ties_may_be_left_out() -> None:
    """From a strength on, the correlation is that of a network without the weaker ties."""
    names = {"relation": "advice", "against": "observation", "draws": 20}
    strong = qap(weighted(1, 3), **names, minimum_strength=2)  # type: ignore[arg-type]
    assert only(strong) == only(qap(weighted(3), **names))  # type: ignore[arg-type]
    assert only(strong).value != only(qap(weighted(1, 3), **names)).value  # type: ignore[arg-type]


def test_what_was_observed_of_the_pairs() -> None:
    """Five of six answered both surveys, of the pairs five sixths, unless silence is taken for no."""
    now = weighted(1, 3)
    figure = only(qap(now, relation="advice", against="observation", draws=20))
    assert (figure.observed, figure.denominator, figure.n) == (25 / 30, 25, 6)
    assert figure.z == pytest.approx(
        (number(figure.value) - number(figure.expected)) / number(figure.sd)
    )
    figure = only(qap(now, relation="advice", against="observation", missing="null", draws=0))
    assert (figure.observed, figure.denominator) == (1, 30)


@pytest.mark.parametrize("adaptive", [False, True])
def test_an_interruption_is_noted(monkeypatch: pytest.MonkeyPatch, adaptive: bool) -> None:  # noqa: FBT001 - a parameter
    """Whoever stops the draws gets a p by those made, and how many are missing."""

    def stop(self: Work, task: Any) -> Iterator[Any]:
        yield task(np.random.default_rng(0), 4)
        object.__setattr__(self, "interrupted", True)

    monkeypatch.setattr(Work, "draw_chunks", stop)
    result = qap(
        weighted(1, 3), relation="advice", against="observation", draws=10, adaptive=adaptive
    )
    assert (result.draws, result.notes) == (4, {"draws_missing": 6})
    assert only(result).p_value is not None


def test_relations_that_cannot_be_compared() -> None:
    """A relation nobody was asked about is named, with why."""
    with pytest.raises(MeasureError, match="coaching cannot be compared: nobody was asked"):
        qap(weighted(3), relation="coaching", against="advice")
    with pytest.raises(MeasureError, match="there is no relation 'nothing'"):
        qap(weighted(3), relation="nothing", against="advice")
    with pytest.raises(MeasureError, match="reports_to cannot be compared: it is not registered"):
        qap(weighted(3), relation="advice", against="reports_to")


def test_what_relations_are_held_against() -> None:
    """Sentence and call name what a relation is held against and within which groups, released too."""
    now = snapshot(read("docs/examples/example_municipality"), "2018/19")
    asked: dict[str, Any] = {"relation": "advice", "within": "school", "draws": 20}
    one = qap(now, against="level", **asked)
    assert one.call == {"relation": "advice", "against": "level", "within": "school"}
    several = mrqap(now, on=["level", "role"], **asked)
    assert several.call == {
        "relation": "advice",
        "on": ("level", "role"),
        "within": "school",
        "statistic": "robust",
    }
    for result in (one, several, *release(one, several, floor=PrivacyFloor())):
        danish = result.sentence("da")
        assert "med samme niveau" in danish
        assert "inden for samme skole" in danish
    assert "the same role" in several.sentence("en")


def test_groups_of_the_askers_choice() -> None:
    """What a relation is held against must not be groups of the asker's choice, if it is to leave."""
    now = snapshot(read("docs/examples/example_municipality"), "2018/19")
    chosen = dict.fromkeys(now.person_ids[:20], "x")
    result = qap(now, relation="advice", against=chosen, draws=20)
    with pytest.raises(DisclosureError):
        release(result, floor=PrivacyFloor())


def test_why_there_is_no_p() -> None:
    """Across three schools there is no p, and the sentence says why."""
    now = snapshot(read("docs/examples/example_municipality"), "2018/19")
    result = qap(now, relation="advice", against="level", draws=20)
    assert "the schools are too few (3)" in result.sentence("en")
