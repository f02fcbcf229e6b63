"""How far apart units answer the same items, against the plain definition."""

from __future__ import annotations

from itertools import combinations, product

import numpy as np
import pytest
from answering import answers, moment, of, roster, survey
from hypothesis import given
from hypothesis import strategies as st

from plfkit import Organisation, Snapshot, release, snapshot
from plfkit.errors import MeasureError
from plfkit.measures import answer_difference
from plfkit.model.declared.declarations import PrivacyFloor
from plfkit.model.records.rows import Answer, Community, Membership, Person, Position, Unit

STEPS = st.integers(1, 4)
PLACES = st.lists(st.lists(STEPS, min_size=1, max_size=4), min_size=2, max_size=4)


def places(told: list[list[float]], silent: tuple[int, ...] = ()) -> Snapshot:
    """Schools with a survey each, answered by codes, and so many silent people at each."""
    asked = [*zip(told, silent or (0,) * len(told), strict=True)]
    return moment(
        surveys=[survey(f"q{n}", unit=f"s{n}") for n in range(len(told))],
        responses=[
            row for n, (own, more) in enumerate(asked) for row in roster(len(own), more, f"q{n}")
        ],
        answers=[
            row
            for n, own in enumerate(told)
            for row in answers(
                {f"x{place}": {"one": one} for place, one in enumerate(own)}, f"q{n}"
            )
        ],
    )


@given(told=PLACES)
def test_it_is_the_mean_distance_of_pairs_of_means(told: list[list[float]]) -> None:
    """Each pair of schools counts the same, and the level is the mean of their means."""
    result = answer_difference(places(told), items=("one",), unit="school")
    means = [float(np.mean(own)) for own in told]
    apart = np.mean([abs(a - b) for a, b in combinations(means, 2)])
    assert of(result).value == of(result, "one").value == pytest.approx(apart)
    assert of(result, "level").value == pytest.approx(np.mean(means))
    assert of(result).n == sum(map(len, told))


@given(
    told=st.lists(st.lists(STEPS, min_size=1, max_size=3), min_size=2, max_size=2),
    silent=st.tuples(st.integers(0, 2), st.integers(0, 2)),
)
def test_the_range_holds_all_completions(told: list[list[float]], silent: tuple[int, int]) -> None:
    """With two units the most is reached where silent people answer at the ends; none lies outside."""
    figure = of(answer_difference(places(told, silent), items=("one",), unit="school"))
    ways = [product((1.0, 2.0, 3.0, 4.0), repeat=count) for count in silent]
    found = [
        abs(np.mean([*told[0], *first]) - np.mean([*told[1], *second]))
        for first, second in product(*ways)
    ]
    assert figure.upper == pytest.approx(max(found))
    assert (figure.lower or 0) <= min(found) + 1e-9


def test_one_unit_has_a_level_and_no_difference() -> None:
    """Answers of one school are compared with nobody's; how high they lie is known all the same."""
    result = answer_difference(places([[2, 4]]), items=("one",), unit="school")
    assert (of(result).value, of(result).reason) == (None, "one_unit")
    assert of(result, "level").value == 3


def test_answers_on_two_scales_are_not_compared() -> None:
    """What lies two steps apart on one scale may not on another."""
    now = moment(
        surveys=[survey("q0", unit="s0"), survey("q1", unit="s1", highest=9)],
        answers=[*answers({"x": {"one": 2}}, "q0"), *answers({"y": {"one": 2}}, "q1")],
    )
    result = answer_difference(now, items=("one",), unit="school")
    assert {row.reason for row in result} == {"several_scales"}


def assessed(first: int) -> Snapshot:
    """A team of so many in a at 4, and two teams of eight in b at 2 and 3."""
    team = {f"p{n}": "t0" if n < first else f"t{1 + (n - first) // 8}" for n in range(first + 16)}
    return snapshot(
        Organisation.of(
            units=[Unit("a", "municipality"), Unit("b", "municipality")],
            persons=[Person(name) for name in team],
            positions=[
                Position(name, "a" if where == "t0" else "b", "teacher")
                for name, where in team.items()
            ],
            communities=[
                Community(name, "team", unit="a" if name == "t0" else "b")
                for name in ("t0", "t1", "t2")
            ],
            memberships=[Membership(where, name) for name, where in team.items()],
            surveys=[survey()],
            answers=[
                Answer("q", community=f"t{n}", item="one", value=value)
                for n, value in enumerate((4, 2, 3))
            ],
        )
    )


def test_self_assessments() -> None:
    """The teams of two municipalities, one at 4 and one at 2 and 3: 1.5 steps."""
    result = answer_difference(assessed(5), items=("one",), respondents="communities")
    assert (of(result).value, of(result).n) == (1.5, 21)
    assert of(result, "level").value == 3.25
    assert of(release(result, PrivacyFloor(k=5)).content).value == 1.5


def test_a_municipality_of_few_hides_the_difference() -> None:
    """Where four people stand behind one side, the other side's mean would tell of them."""
    result = answer_difference(assessed(4), items=("one",), respondents="communities")
    released = release(result, PrivacyFloor(k=5)).content
    assert {(row.value, row.reason) for row in released} == {(None, "withheld")}


def test_there_must_be_an_item() -> None:
    """Nothing to compare is refused."""
    with pytest.raises(MeasureError, match="some items"):
        answer_difference(moment(surveys=[], answers=[]), items=())
