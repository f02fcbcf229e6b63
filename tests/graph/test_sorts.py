"""Relations that are a sort of another: a *yes* goes up, a *no* goes down, and ranges say so exactly."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import permutations, product
from typing import Any

import numpy as np
import pytest
from attrs import evolve, frozen
from hypothesis import given
from hypothesis import strategies as st

from plfkit import Organisation, Person, Response, Survey, Tie, from_networkx, measures, snapshot
from plfkit.errors import ProfileError
from plfkit.graph import Snapshot
from plfkit.graph.layers import Layer
from plfkit.model.words.vocabulary import Vocabulary, load_core_vocabulary

PEOPLE = "abc"
PAIRS = tuple("".join(pair) for pair in permutations(PEOPLE, 2))
LABEL = {"da": "Sparring om læsning", "en": "Advice on reading"}
AUTUMN, SPRING = date(2018, 10, 1), date(2019, 3, 1)


def know(**more: Any) -> Vocabulary:
    """The core vocabulary with a relation that is a sort of advice, or of what `more` says."""
    sort = {"label": LABEL, "directed": True, "sort_of": "advice", **more}
    return load_core_vocabulary().extended({"relations": {"reading_advice": sort}})


WORDS = know()


def told(layer: Layer) -> set[str]:
    """The ties of a layer as pairs of letters."""
    arcs = zip(*(side.tolist() for side in layer.list_arcs()), strict=True)
    return {PEOPLE[a] + PEOPLE[b] for a, b in arcs}


def ask(*surveys: tuple[str, str, str, str], words: Vocabulary = WORDS, **more: Any) -> Snapshot:
    """A moment in which surveys asked: relation, who was asked, who of them answered, and the ties."""
    named = dict(enumerate(surveys))
    organisation = Organisation.of(
        vocabulary=words,
        persons=[Person(name) for name in PEOPLE],
        surveys=[Survey(f"q{n}", "network", one[0]) for n, one in named.items()],
        responses=[
            Response(f"q{n}", person, answered=person in heard)
            for n, (_, people, heard, _) in named.items()
            for person in people
        ],
        ties=[
            *(Tie(t[0], t[1], one[0], f"q{n}") for n, one in named.items() for t in one[3].split()),
            *more.pop("ties", ()),
        ],
        **more,
    )
    return snapshot(organisation)


def span(now: Snapshot, relation: str) -> tuple[float | None, float | None, float | None]:
    """Value, least and most of a density."""
    (figure,) = measures.density(now, relation=relation)
    return figure.value, figure.lower, figure.upper


def test_a_tie_of_a_sort_is_one_of_the_relation() -> None:
    """All were asked about both; what one side of the questionnaire tells, the other cannot take back."""
    now = ask(("advice", "abc", "abc", "ab"), ("reading_advice", "abc", "abc", "ac"))
    assert told(now.layer("advice")) == {"ab", "ac"}
    assert told(now.layer("reading_advice")) == {"ac"}
    assert span(now, "advice") == (2 / 6, 2 / 6, 2 / 6)


def test_a_no_to_a_sort_says_nothing_of_the_relation() -> None:
    """Asked about reading alone, three people tell of one tie; of the other pairs nothing is known."""
    now = ask(("reading_advice", "abc", "abc", "ab"))
    assert span(now, "advice") == (None, 1 / 6, 1.0)
    assert span(now, "reading_advice") == (1 / 6, 1 / 6, 1 / 6)
    (figure,) = measures.response_rate(now, relation="advice")
    assert figure.value is None


def test_nobody_asked_about_the_relation_and_no_sort_named() -> None:
    """All said no to the sort: of the relation there is no figure, and the reason is that nobody asked."""
    (figure,) = measures.density(ask(("reading_advice", "abc", "abc", "")), relation="advice")
    assert (figure.value, figure.upper, figure.reason) == (None, None, "not_surveyed")


def test_a_no_to_the_relation_is_a_no_to_its_sorts() -> None:
    """Cy was not asked about reading, and seeks Ann alone: at most that one tie is of the sort."""
    now = ask(("advice", "abc", "abc", "ab ca"), ("reading_advice", "abc", "ab", "ab"))
    assert span(now, "reading_advice") == (1 / 4, 1 / 6, 2 / 6)
    (figure,) = measures.density(now, relation="reading_advice")
    assert figure.observed == pytest.approx(4 / 6)


def test_ranges_of_parts() -> None:
    """Of Ann and Cy alone the same is known as of these two among all."""
    now = ask(("advice", "abc", "abc", "ab ca"), ("reading_advice", "abc", "ab", "ab"))
    parts = measures.density(now, relation="reading_advice", by={"a": "x", "c": "x", "b": "y"})
    assert (parts.figures[0].lower, parts.figures[0].upper) == (0, 1 / 2)
    whole = now.layer("reading_advice").narrowed
    assert whole is not None
    assert len(whole.keep_nodes(np.array([0])).drop_empty_classes().told) == 1


def test_a_named_survey_tells_of_itself() -> None:
    """Of one survey alone neither ties of sorts nor noes of the relation count."""
    now = ask(("advice", "abc", "abc", "ab"), ("reading_advice", "abc", "ab", "ac"))
    assert told(now.layer("advice", survey="q0")) == {"ab"}
    assert now.layer("reading_advice", survey="q1").narrowed is None


def test_a_later_no_replaces_what_was_told_of_the_same() -> None:
    """In spring Ann no longer seeks Bo for advice, and was not asked about reading again: that tie stays."""
    surveys = [
        Survey("autumn", "network", "reading_advice", date=AUTUMN),
        Survey("spring", "network", "advice", date=SPRING),
        Survey("first", "network", "advice", date=AUTUMN),
    ]
    organisation = Organisation.of(
        vocabulary=WORDS,
        persons=[Person(name) for name in PEOPLE],
        surveys=surveys,
        responses=[Response(s.id, name, answered=True) for s in surveys for name in PEOPLE],
        ties=[Tie("a", "b", "reading_advice", "autumn"), Tie("a", "c", "advice", "first")],
    )
    now = snapshot(organisation)
    assert told(now.layer("advice")) == told(now.layer("reading_advice")) == {"ab"}


def test_a_register_of_a_sort() -> None:
    """Who has whom as mentor stands in a register: these seek advice, and of others nothing is known."""
    words = know(evidence="register")
    mentors = [Tie("a", "b", "reading_advice")]
    assert span(ask(words=words, ties=mentors), "advice") == (None, 1 / 6, 1.0)
    both = ask(("advice", "abc", "ab", "ac"), words=words, ties=mentors)
    assert span(both, "reading_advice") == (1 / 6, 1 / 6, 1 / 6)
    assert span(both, "advice") == (2 / 4, 2 / 6, 4 / 6)


def test_ties_without_a_survey() -> None:
    """A tie of the sort outside any survey is a tie; one of the relation makes the asked unknown, as ever."""
    now = ask(("advice", "ab", "ab", ""), ties=[Tie("a", "c", "reading_advice")])
    assert span(now, "advice") == (1 / 6, 1 / 6, 4 / 6)
    loose = ask(("reading_advice", "abc", "abc", "ab"), ties=[Tie("a", "c", "advice")])
    (figure,) = measures.density(loose, relation="advice")
    assert (figure.observed, figure.upper) == (None, None)


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"directed": False}, "advice runs from one person to another, reading_advice has no dir"),
        ({"sort_of": "reports_to"}, 'let reading_advice have evidence = "register" too'),
        ({"sort_of": "reading_advice"}, "would be a sort of itself"),
        ({"sort_of": "advise"}, 'did you mean "advice"'),
    ],
)
def test_sorts_that_cannot_be(more: Mapping[str, Any], message: str) -> None:
    """A sort is told the same way as what it is a sort of, by evidence that can add to it."""
    with pytest.raises(ProfileError, match=message):
        know(**more)


def test_an_overlap_of_kin_is_an_outer_bound() -> None:
    """Both layers' gaps are filled together, which the range of an overlap does not follow."""
    now = ask(("advice", "abc", "ab", "ab"), ("reading_advice", "abc", "a", "ab"))
    result = measures.layer_overlap(now, relation="reading_advice", against="advice")
    assert result.range_kind == "outer_bound"


@frozen
class Asked:
    """Two surveys of three people, told in truth.

    Attributes:
        directed: Whether ties have a direction.
        truth: For each pair 0 for no tie, 1 for one of the relation, 2 for one of the sort too.
        rosters: Who was asked about the relation, and about the sort.
        heard: Who answered of them.
    """

    directed: bool
    truth: Mapping[str, int]
    rosters: tuple[str, str]
    heard: tuple[str, str]

    def open_snapshot(self) -> Snapshot:
        """The moment that the answers make."""
        words = WORDS
        if not self.directed:
            both = {
                n: evolve(words.relations[n], directed=False) for n in ("advice", "reading_advice")
            }
            words = evolve(words, relations={**words.relations, **both})
        surveys = [
            (name, roster, heard, " ".join(self._list_told(level)))
            for level, (name, roster, heard) in enumerate(
                zip(("advice", "reading_advice"), self.rosters, self.heard, strict=True)
            )
            if roster
        ]
        return ask(*surveys, words=words)

    def _list_told(self, level: int) -> Iterator[str]:
        for pair, state in self.truth.items():
            if state > level and pair[0] in self.heard[level] and pair[1] in self.rosters[level]:
                yield pair

    def is_open(self, pair: str, level: int) -> bool:
        """Whether the answers leave open if there is a tie; a *yes* is believed whoever said it."""
        ways = (pair,) if self.directed else (pair, pair[::-1])
        heard = [w[0] in self.heard[level] and w[1] in self.rosters[level] for w in ways]
        return not (all(heard) or (any(heard) and self.truth[pair] > level))

    def list_completions(self) -> Iterator[tuple[int, ...]]:
        """Every state of the pairs that fits what was answered."""
        states = [
            [
                state
                for state in range(3)
                if all(
                    self.is_open(pair, level) or (state > level) == (self.truth[pair] > level)
                    for level in (0, 1)
                )
            ]
            for pair in PAIRS
        ]
        for completion in product(*states):
            states_of = dict(zip(PAIRS, completion, strict=True))
            if self.directed or all(states_of[p] == states_of[p[::-1]] for p in PAIRS):
                yield completion


@st.composite
def surveyed(draw: st.DrawFn) -> Asked:
    """Draw what three people were asked and told."""
    directed = draw(st.booleans())
    truth = {pair: draw(st.integers(0, 2)) for pair in PAIRS}
    if not directed:
        truth = {pair: truth["".join(sorted(pair))] for pair in PAIRS}
    groups = st.sampled_from(["", "ab", "ac", "bc", "abc"])
    rosters = (draw(groups), draw(groups))
    heard = tuple("".join(p for p in roster if draw(st.booleans())) for roster in rosters)
    return Asked(directed, truth, rosters, (heard[0], heard[1]))


@given(surveyed())
def test_ranges_are_those_of_all_completions(asked: Asked) -> None:
    """Density's range, of relation and sort, is what all networks span that fit the answers."""
    now = asked.open_snapshot()
    for level, relation in enumerate(("advice", "reading_advice")):
        layer = now.layer(relation)
        if layer.n < len(PEOPLE) or layer.reason is not None or layer.observation is None:
            continue
        counts = [sum(state > level for state in one) for one in asked.list_completions()]
        value, lower, upper = span(now, relation)
        assert (lower, upper) == (min(counts) / 6, max(counts) / 6)
        assert value is None or min(counts) / 6 <= value <= max(counts) / 6


@given(surveyed())
def test_ties_of_the_sort_are_ties_of_the_relation(asked: Asked) -> None:
    """Whatever was asked, no layer of a sort has a tie that the relation's lacks."""
    now = asked.open_snapshot()
    people = [now.layer(name) for name in ("advice", "reading_advice")]
    wide, narrow = (
        {(one.persons[a], one.persons[b]) for a, b in zip(*one.list_arcs(), strict=True)}
        for one in people
    )
    assert narrow <= wide


def test_a_graph_of_a_relation_names_the_sort() -> None:
    """An edge that only a sort told of says which; read again, the layers are the same."""
    now = ask(("advice", "abc", "abc", "ab"), ("reading_advice", "abc", "ab", "ab ac"))
    graph = now.to_networkx("advice")
    assert graph.edges["a", "c"]["sort"] == "reading_advice"
    assert "sort" not in graph.edges["a", "b"]
    before = [now.layer(name) for name in ("advice", "reading_advice")]
    for written in (graph, now.to_networkx(["advice", "reading_advice"])):
        again = snapshot(from_networkx(written, into=Organisation.of(vocabulary=WORDS)))
        assert [
            told(again.layer(one.relation)) for one in before[: 1 + written.is_multigraph()]
        ] == [told(one) for one in before[: 1 + written.is_multigraph()]]


def test_people_whom_only_the_sort_asked() -> None:
    """Cy was asked about reading alone: of whom Cy seeks beside that, nothing is known, and Cy is silent."""
    now = ask(("advice", "ab", "ab", "ab"), ("reading_advice", "abc", "abc", "ca"))
    (figure,) = measures.density(now, relation="advice")
    assert (figure.value, figure.lower, figure.upper) == (1 / 2, 2 / 6, 5 / 6)
    out = {f.id: f.value for f in measures.degree(now, relation="advice", direction="out")}
    assert out == {"a": 1, "b": 0, "c": None}
    (figure,) = measures.response_rate(now, relation="advice")
    assert (figure.numerator, figure.denominator) == (2, 2)
    assert measures.density(now, relation="advice").notes.get("people_not_asked") is None
    assert now.questions("advice") == ("advice, ∞", "reading_advice, ∞")
