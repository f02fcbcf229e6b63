"""Ranges of correlations and regressions, against every completion there could be."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

import numpy as np
import pytest
from attrs import frozen
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from regressing import ordinary
from searching import search

from plfkit import Organisation, Person, Position, Response, Snapshot, Survey, Tie, Unit, snapshot
from plfkit.inference import Difference, Sender, mrqap, qap

Floats = NDArray[np.float64]
DIRECTED, UNDIRECTED = ("advice", "observation"), ("collaboration", "co_teaching")
YEARS = {"a": 1.0, "b": 4.0, "c": 9.0, "d": 30.0}


@frozen
class Told:
    """What a few people told of one relation, and who of them was silent."""

    people: str
    relation: str
    ties: frozenset[tuple[str, str]]
    silent: str

    @property
    def directed(self) -> bool:
        """Whether a tie has a direction."""
        return self.relation in DIRECTED

    @property
    def cells(self) -> list[tuple[int, int]]:
        """The pairs of places, each once."""
        pairs = product(range(len(self.people)), repeat=2)
        return [(i, j) for i, j in pairs if i != j and (self.directed or i < j)]

    def find_state(self, i: int, j: int) -> int | None:
        """Return whether there is a tie; None if nobody knows."""
        a, b = self.people[i], self.people[j]
        if (a, b) in self.ties or (not self.directed and (b, a) in self.ties):
            return 1
        silent = a in self.silent or (not self.directed and b in self.silent)
        return None if silent else 0

    def list_completions(self) -> Iterator[Floats]:
        """Yield the relation over its pairs, in every way it could be."""
        states = [self.find_state(i, j) for i, j in self.cells]
        for filled in product(*((0, 1) if one is None else (one,) for one in states)):
            yield np.array(filled, float)


def moment(*told: Told, schools: str = "") -> Snapshot:
    """The moment in which these were told, each in a survey of its own."""
    people = told[0].people
    return snapshot(
        Organisation.of(
            units=[Unit(one, "school") for one in sorted(set(schools))],
            persons=[Person(name) for name in people],
            positions=[
                Position(name, one, "teacher") for name, one in zip(people, schools, strict=False)
            ],
            surveys=[Survey(one.relation, "network", one.relation) for one in told],
            responses=[
                Response(one.relation, name, answered=name not in one.silent)
                for one in told
                for name in people
            ],
            ties=[Tie(a, b, one.relation, one.relation) for one in told for a, b in one.ties],
        )
    )


@st.composite
def tellings(draw: st.DrawFn, relations: tuple[str, ...], people: str = "abcd") -> list[Told]:
    """What up to four people told of some relations; few are silent, or there are too many ways."""
    told = []
    for relation in relations:
        silent = draw(st.sampled_from(["", people[-1], people[0]]))
        ties = frozenset(
            (a, b)
            for a, b in product(people, repeat=2)
            if a != b and a not in silent and draw(st.booleans())
        )
        told.append(Told(people, relation, ties, silent))
    return told


def correlate(one: Floats, other: Floats) -> float:
    """Pearson's; NaN where one is the same everywhere."""
    return float(np.corrcoef(one, other)[0, 1]) if one.std() and other.std() else np.nan


def check_ends(figure: Any, values: list[float], *, reached: bool = True) -> None:
    """Every value lies in the range, and its ends are reached if it says so."""
    known = [value for value in values if not np.isnan(value)]
    if not known:
        assert (figure.lower, figure.upper) == (None, None)
        return
    assert figure.lower <= min(known) + 1e-9
    assert figure.upper >= max(known) - 1e-9
    if figure.value is not None:
        assert figure.lower - 1e-9 <= figure.value <= figure.upper + 1e-9
    if reached:
        assert figure.lower == pytest.approx(min(known), abs=1e-9)
        assert figure.upper == pytest.approx(max(known), abs=1e-9)


@pytest.mark.parametrize("relations", [DIRECTED, UNDIRECTED, (DIRECTED[0], UNDIRECTED[0])])
@given(st.data())
@search(25)
def test_correlations_of_all_completions(relations: tuple[str, str], data: st.DataObject) -> None:
    """The range of a correlation of two relations is that over all completions of both."""
    one, other = data.draw(tellings(relations))
    result = qap(moment(one, other), relation=one.relation, against=other.relation, draws=0)
    (figure,) = result
    place = {frozenset(cell): k for k, cell in enumerate(other.cells)}
    # Beside a relation with a direction, one without stands in both.
    order = [
        place[frozenset(cell)] if one.directed and not other.directed else k
        for k, cell in enumerate(one.cells)
    ]
    values = [
        correlate(x, y[order]) for x, y in product(one.list_completions(), other.list_completions())
    ]
    assert result.range_kind in {"exact", "outer_bound", "unknown"}
    check_ends(figure, values, reached=result.range_kind == "exact")
    known = [value for value in values if not np.isnan(value)]
    inside = (
        not known or figure.value is None or min(known) - 1e-9 <= figure.value <= max(known) + 1e-9
    )
    # A tie told by one side of a pair is known, and no part of the value, which may lie beyond then.
    if one.directed == other.directed and known and not np.isnan(values).any():
        assert result.range_kind == ("exact" if inside else "outer_bound")


@pytest.mark.parametrize("against", [YEARS, dict.fromkeys("ab", 0.0) | dict.fromkeys("cd", 1.0)])
@pytest.mark.parametrize("relation", ["advice", "collaboration"])
@given(st.data())
@search(15)
def test_correlations_with_numbers(
    relation: str, against: dict[str, float], data: st.DataObject
) -> None:
    """That with a difference is over all completions of the relation, and holds the value too."""
    (told,) = data.draw(tellings((relation,)))
    result = qap(moment(told), relation=relation, against=Difference(against), draws=0)
    (figure,) = result
    far = np.array([abs(against[told.people[i]] - against[told.people[j]]) for i, j in told.cells])
    values = [correlate(x, far) for x in told.list_completions()]
    check_ends(figure, values, reached=result.range_kind == "exact")


@pytest.mark.parametrize("on", ["school", "numbers"])
@given(st.data())
@search(20)
def test_coefficients_where_predictors_are_known(on: str, data: st.DataObject) -> None:
    """Where the relation alone has gaps, each coefficient's range is that over all its completions."""
    one, other = data.draw(tellings(DIRECTED))
    other = Told(other.people, other.relation, frozenset({("a", "b"), ("c", "a"), ("d", "b")}), "")
    schools = "xxyy" if on == "school" else ""
    known = np.array([other.find_state(i, j) for i, j in other.cells], float)
    if on == "school":
        second = np.array([schools[i] == schools[j] for i, j in one.cells], float)
    else:
        second = np.array([YEARS[one.people[i]] for i, _ in one.cells])
    predictor: Any = "school" if on == "school" else Sender(YEARS)
    completions = [y for y in one.list_completions() if y.std()]
    observed = [one.find_state(i, j) for i, j in one.cells]
    if len({state for state in observed if state is not None}) < 2:
        return
    result = mrqap(
        moment(one, other, schools=schools),
        relation="advice",
        on=["observation", predictor],
        draws=0,
        within="school" if schools else None,
    )
    fits = np.array([ordinary(y, [known, second])[0] for y in one.list_completions()])
    *rows, explained = result
    for row, values in zip(rows, fits.T, strict=True):
        check_ends(row, values.tolist(), reached=result.range_kind == "exact")
    if None in observed:
        assert (explained.lower, explained.upper) == (None, None)
    else:
        assert explained.lower == explained.value == explained.upper
    assert completions


def test_coefficients_where_predictors_have_gaps() -> None:
    """A span of completions lies within all there could be, comes near them, and is called simulated."""
    one = Told("abcd", "advice", frozenset({("a", "b"), ("b", "c"), ("c", "a")}), "d")
    other = Told("abcd", "observation", frozenset({("a", "b"), ("b", "d"), ("c", "b")}), "d")
    now = moment(one, other)
    result = mrqap(now, relation="advice", on=["observation"], draws=400, seed=1)
    assert (result.range_kind, result.draws) == ("simulated", 400)
    fits = []
    for x, y in product(other.list_completions(), one.list_completions()):
        coefficients, _, explained = ordinary(y, [x])
        fits.append([*coefficients, explained])
    for row, values in zip(result, np.array(fits).T, strict=True):
        assert row.lower is not None
        assert row.upper is not None
        assert values.min() - 1e-9 <= row.lower <= row.upper <= values.max() + 1e-9
        assert row.upper - row.lower > 0.8 * (values.max() - values.min())
    assert "400 simulated" in result.sentence("en")
    assert result == mrqap(now, relation="advice", on=["observation"], draws=400, seed=1)
    assert {row.lower for row in mrqap(now, relation="advice", on=["observation"], draws=0)} == {
        None
    }


def test_no_range_of_numbers_beside_gaps() -> None:
    """With numbers beside predictors that have gaps there is none, and the result says so."""
    one = Told("abcd", "advice", frozenset({("a", "b"), ("b", "c"), ("c", "a")}), "d")
    other = Told("abcd", "observation", frozenset({("a", "b"), ("b", "d"), ("c", "b")}), "d")
    on: list[Any] = ["observation", Sender(YEARS)]
    result = mrqap(moment(one, other), relation="advice", on=on, draws=20)
    assert result.range_kind == "unknown"
    assert {(row.lower, row.upper) for row in result} == {(None, None)}
    assert result.notes == {"no_range_of_predictors": 1}


def test_everybody_answered() -> None:
    """Where nothing is missing the range is the value."""
    told = [
        Told("abcd", name, frozenset({("a", "b"), (second, "c"), ("c", "d")}), "")
        for name, second in zip(DIRECTED, "ab", strict=True)
    ]
    now = moment(*told)
    for result in (
        qap(now, relation="advice", against="observation", draws=9),
        mrqap(now, relation="advice", on=["observation"], draws=9),
    ):
        assert result.range_kind == "exact"
        assert all(row.lower == row.value == row.upper for row in result)


def test_a_limit_on_names() -> None:
    """Where a survey took so many names only, the range is an outer bound, and says so."""
    people = "abcde"
    now = snapshot(
        Organisation.of(
            persons=[Person(name) for name in people],
            surveys=[Survey(name, "network", name, max_ties=1) for name in DIRECTED],
            responses=[Response(n, p, answered=p != "e") for n in DIRECTED for p in people],
            ties=[
                Tie(a, b, n, n)
                for n, t in zip(DIRECTED, ("ab bc cd", "ab bd ca"), strict=True)
                for a, b in map(tuple, t.split())
            ],
        )
    )
    result = qap(now, relation="advice", against="observation", draws=9)
    assert result.range_kind == "outer_bound"
    assert "at most between" in result.sentence("en")
