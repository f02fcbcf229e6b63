"""Which ties a layer has: their strength, and what several surveys of one relation tell together."""

from __future__ import annotations

from datetime import date
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plfkit import Organisation, Person, Response, Survey, Tie, measures, snapshot
from plfkit.errors import MeasureError
from plfkit.graph.layers import Layer
from plfkit.measures import CORE

AUTUMN, SPRING = date(2018, 10, 1), date(2019, 3, 1)


def told(layer: Layer, people: str) -> set[str]:
    """The ties of a layer as pairs of letters."""
    sources, targets = layer.list_arcs()
    return {people[a] + people[b] for a, b in zip(sources.tolist(), targets.tolist(), strict=True)}


def rated(**weights: float | None) -> Organisation:
    """Everybody answered how often they ask each other, from 0 (never) to 3 (weekly)."""
    return Organisation.of(
        persons=[Person(name) for name in "abc"],
        surveys=[Survey("q", "network", "advice")],
        responses=[Response("q", name, answered=True) for name in "abc"],
        ties=[Tie(t[0], t[1], "advice", "q", weight=w) for t, w in weights.items()],
    )


def test_a_tie_of_strength_0_is_no_tie() -> None:
    """Four *never* among four answers leave the two ties that are there, and a note."""
    org = rated(ab=2, ba=0, ac=0, ca=1, bc=0, cb=0)
    result = measures.density(snapshot(org), relation="advice")
    (figure,) = result
    assert (figure.numerator, figure.denominator) == (2, 6)
    assert result.notes == {"ties_too_weak": 4}
    assert measures.reciprocity(snapshot(org), relation="advice").item() == 0


def test_only_nevers_are_answers_too() -> None:
    """A density of 0 where all said never: it was asked about, and there is nothing."""
    result = measures.density(snapshot(rated(ab=0, ba=0)), relation="advice")
    assert result.item() == 0


def test_a_minimum_strength_leaves_weaker_ties_out() -> None:
    """From 2 on: the tie of 1 goes, the one without a strength stays, and the result says so."""
    now = snapshot(rated(ab=2, ba=1, ac=None, ca=0))
    assert told(now.layer("advice"), "abc") == {"ab", "ba", "ac"}
    assert told(now.layer("advice", minimum_strength=2), "abc") == {"ab", "ac"}
    result = measures.density(now, relation="advice", minimum_strength=2)
    assert (result.minimum_strength, result.notes) == (2, {"ties_too_weak": 2})
    assert set(now.to_networkx("advice", minimum_strength=2).edges) == {("a", "b"), ("a", "c")}


@pytest.mark.parametrize("minimum", [0, -1, float("nan"), float("inf")])
def test_a_minimum_strength_is_above_0(minimum: float) -> None:
    """Anything else is refused: from 0 on would make a tie of *never*."""
    with pytest.raises(MeasureError, match="above 0"):
        measures.density(snapshot(rated(ab=2)), relation="advice", minimum_strength=minimum)


OWN: dict[str, dict[str, Any]] = {
    "layer_overlap": {"against": "advice"},
    "observed_share": {"source": "ties"},
    "observer_share": {"source": "ties"},
    "schools_on_one_person": {"target": "teacher"},
}


OF_ANSWERS = {"response_rate"}
"""What is of a relation, and yet of who answered: no tie is too weak for that."""


@pytest.mark.parametrize(
    "name", [m.name for m in CORE if "relation" in m.parameters and m.name not in OF_ANSWERS]
)
def test_minimum_strength_everywhere(name: str) -> None:
    """It gives what the same measure gives on data that hold the strong ties only."""
    weak, strong = rated(ab=1, ba=3, ac=1, ca=3, cb=2), rated(ba=3, ca=3, cb=2)
    needed = {"groups": {"a": "x", "b": "x", "c": "y"}, "target": "teacher", **OWN.get(name, {})}
    own = {k: v for k, v in needed.items() if k in CORE[name].parameters} | {"relation": "advice"}
    first = CORE[name](snapshot(weak), {**own, "minimum_strength": 2})
    second = CORE[name](snapshot(strong), own)
    assert first.rows() == second.rows()
    assert first.minimum_strength == 2


def two_rosters(first: str, second: str, **heard: str) -> Organisation:
    """Two surveys of one year, who was asked in each, and who answered."""
    people = sorted({*first, *second})
    answered = {"autumn": heard.get("autumn", first), "spring": heard.get("spring", second)}
    rosters = {"autumn": first, "spring": second}
    return Organisation.of(
        persons=[Person(name) for name in people],
        surveys=[
            Survey("autumn", "network", "advice", date=AUTUMN),
            Survey("spring", "network", "advice", date=SPRING),
        ],
        responses=[
            Response(survey, name, answered=name in answered[survey])
            for survey, roster in rosters.items()
            for name in roster
        ],
    )


def test_unanswered_survey() -> None:
    """Person c answered in autumn about a and b, and was silent in spring, when d was on the list too."""
    org = two_rosters("abc", "cd", spring="d").with_(
        ties=[Tie("c", "a", "advice", "autumn"), Tie("d", "c", "advice", "spring")]
    )
    layer = snapshot(org, "2018/19").layer("advice")
    assert told(layer, "abcd") == {"ca", "dc"}
    observation = layer.observation
    assert observation is not None
    seen = {
        "abcd"[i] + "abcd"[j]
        for i, j in permutations(range(4), 2)
        if observation.seen[observation.codes[i], observation.codes[j]]
    }
    assert seen == {"ab", "ac", "ba", "bc", "ca", "cb", "dc"}
    assert observation.nodes_answered.tolist() == [True, True, False, True]
    inside = layer.keep_nodes(layer.find_nodes(layer.persons[:3]))
    assert inside.observation is not None
    assert inside.observation.nodes_answered.all()


def test_later_answer_counts() -> None:
    """Person a named b in autumn, and in spring, asked about b again, named nobody; d was asked once."""
    org = two_rosters("abd", "abc").with_(
        ties=[Tie("a", "b", "advice", "autumn"), Tie("a", "d", "advice", "autumn")]
    )
    layer = snapshot(org, "2018/19").layer("advice")
    assert told(layer, "abcd") == {"ad"}
    assert layer.notes == {"ties_told_anew": 1}


def test_earlier_answer_stands() -> None:
    """Silence takes nothing back."""
    org = two_rosters("ab", "ab", spring="b").with_(ties=[Tie("a", "b", "advice", "autumn")])
    layer = snapshot(org, "2018/19").layer("advice")
    assert told(layer, "ab") == {"ab"}
    assert layer.observation is not None
    assert layer.observation.whole
    assert not layer.observation.limited


@st.composite
def waves(draw: st.DrawFn) -> tuple[Organisation, dict[str, Any]]:
    """Two surveys of some people each, in either order of ids, and what everybody answered."""
    people = "abcde"
    names = draw(st.permutations(["q", "r"]))
    rosters = {name: draw(st.sets(st.sampled_from(people), min_size=1)) for name in names}
    heard = {name: draw(st.sets(st.sampled_from(sorted(rosters[name])))) for name in names}
    ties = {
        name: draw(
            st.sets(
                st.sampled_from(
                    [(a, b) for a in heard[name] for b in rosters[name] if a != b] or [("", "")]
                )
            )
        )
        - {("", "")}
        for name in names
    }
    org = Organisation.of(
        persons=[Person(name) for name in people],
        surveys=[
            Survey(name, "network", "advice", date=day)
            for name, day in zip(names, (AUTUMN, SPRING), strict=True)
        ],
        responses=[
            Response(n, p, answered=p in heard[n]) for n in names for p in sorted(rosters[n])
        ],
        ties=[Tie(a, b, "advice", n) for n in names for a, b in sorted(ties[n])],
    )
    return org, {"names": names, "rosters": rosters, "heard": heard, "ties": ties}


@given(waves())
def test_surveys_are_joined_pair_by_pair(drawn: tuple[Organisation, dict[str, Any]]) -> None:
    """A pair is observed if its seeker answered a survey that asked about it; the later answer counts."""
    org, known = drawn
    layer = snapshot(org, "2018/19").layer("advice")
    people = "".join("abcde"[person] for person in layer.persons)
    tied, seen = set(), set()
    for a, b in permutations(people, 2):
        answers = [
            (a, b) in known["ties"][name]
            for name in known["names"]
            if a in known["heard"][name] and {a, b} <= known["rosters"][name]
        ]
        seen |= {a + b} if answers else set()
        tied |= {a + b} if answers and answers[-1] else set()
    assert told(layer, people) == tied
    assert layer.observation is not None
    codes, matrix = layer.observation.codes, layer.observation.seen
    assert seen == {
        people[i] + people[j]
        for i, j in permutations(range(len(people)), 2)
        if matrix[codes[i], codes[j]]
    }
