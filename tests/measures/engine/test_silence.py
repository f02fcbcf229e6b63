"""No figure of ties takes silence for a *no*: fewer answers widen ranges, and move no value."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest
from attrs import evolve
from silence import RATES, answered_by, calls, figures_of, mean_of

from plfkit import Organisation, Person, Position, Response, Snapshot, Survey, Tie, Unit, snapshot
from plfkit.graph.layers import Layer
from plfkit.measures import CORE
from plfkit.measures.engine.estimates import Bounds, Estimate
from plfkit.measures.engine.silence import (
    drop_uncertain,
    explain_gaps,
    explain_missing,
    scale_in_ties,
    scale_up_ties,
)
from plfkit.model.results.figures import list_plain_cells
from plfkit.model.words.ranges import RangeKind

DRAWS = 12
"""So many here; `tests/benchmarks/fewer_answers.py` makes fifty, and a table of them."""

NEAR = 0.05


@cache
def draws_of(rate: float) -> tuple[Snapshot, ...]:
    """The municipality as fewer and fewer answers show it."""
    return tuple(answered_by(rate, seed) for seed in range(1 if rate == 1 else DRAWS))


@pytest.mark.parametrize(
    ("name", "arguments"),
    [pytest.param(*call, id=f"{call[0]}-{n}") for n, call in enumerate(calls())],
)
def test_fewer_answers_move_no_value(name: str, arguments: dict[str, Any]) -> None:
    """With 77, 62 and 46 % answering at random each value is the whole one, or there is none."""
    arguments = {**arguments, "draws": 0}
    (everybody,) = (CORE[name](now, arguments) for now in draws_of(1.0))
    assert {figure.response_rate for figure in everybody} <= {1.0, None}
    whole_ones = figures_of(everybody)
    assert whole_ones
    for rate in RATES:
        results = [CORE[name](now, arguments) for now in draws_of(rate)]
        if results[0].method is None:
            for result in results:
                told = figures_of(result)
                assert told == {key: pytest.approx(whole_ones[key]) for key in told}
                assert {f.reason for f in result if f.value is None} <= {"some_did_not_answer"}
            continue
        means = [mean_of(figures_of(result)) for result in results]
        for key, value in mean_of(whole_ones).items():
            drawn = [mean[key] for mean in means if key in mean]
            if len(drawn) < DRAWS:
                continue
            error = np.std(drawn, ddof=1) / DRAWS**0.5
            assert abs(np.mean(drawn) - value) <= max(NEAR * abs(value), 5 * error), (rate, key)


def school(people: str, *ties: tuple[str, str], silent: str) -> Snapshot:
    """A school of teachers and the coach v, who sought advice as told; some did not answer."""
    return snapshot(
        Organisation.of(
            units=[Unit("s", "school")],
            persons=[Person(name) for name in people],
            positions=[
                Position(name, "s", "maths_coach" if name == "v" else "teacher") for name in people
            ],
            surveys=[Survey("q", "network", "advice")],
            responses=[Response("q", name, answered=name not in silent) for name in people],
            ties=[Tie(source, target, "advice", "q") for source, target in ties],
        )
    )


def test_the_reader_learns_whom_a_value_rests_on() -> None:
    """The sentence names those who answered, what must hold for all, and the range of everybody."""
    now = school("abcdv", ("a", "v"), silent="cd")
    result = CORE["group_reach"](
        now, {"relation": "advice", "target": "resource_person", "k": 1, "draws": 0}
    )
    figure = result.main
    assert figure is not None
    assert (figure.value, figure.numerator, figure.denominator) == (0.5, 1, 2)
    assert (figure.lower, figure.upper) == (0.25, 0.75)
    assert result.sentence("en") == (
        "Reach of a group of the relation advice (seeker → sought): of those who answered (60%), 50.0%; "
        "the same holds for all if the others do so as often; with 5 people; "
        "counting everybody it lies between 25.0% and 75.0%."
    )
    assert "af dem, der svarede (60 %)" in result.sentence("da")


def test_silent_on_the_way() -> None:
    """Somebody asks a silent colleague; half of those who answered ask the coach: it counts by half."""
    now = school("abcv", ("a", "c"), ("b", "v"), silent="c")
    result = CORE["group_reach"](now, {"relation": "advice", "target": "maths_coach"})
    (figure,) = result
    assert figure.value == pytest.approx((0.5 + 1) / 2)
    assert (figure.numerator, figure.denominator, result.method) == (1, 2, "paths")
    assert (figure.lower, figure.upper) == pytest.approx((1 / 3, 1))


def test_load_is_scaled_up_school_by_school() -> None:
    """At s 1 of 2 answered and asks, at t 1 of 4 did and asks: 2 + 4 = 6 colleagues of one coach."""
    staff = {"a": "s", "b": "s", "c": "t", "d": "t", "e": "t", "f": "t"}
    org = Organisation.of(
        units=[Unit("s", "school"), Unit("t", "school")],
        persons=[Person(name) for name in "abcdefv"],
        positions=[
            *(Position(name, school, "teacher") for name, school in staff.items()),
            Position("v", "s", "maths_coach"),
        ],
        surveys=[Survey("q", "network", "advice", max_ties=1)],
        responses=[Response("q", name, answered=name in "acv") for name in "abcdefv"],
        ties=[Tie("a", "v", "advice", "q"), Tie("c", "v", "advice", "q")],
    )
    result = CORE["support_load"](snapshot(org), {"relation": "advice", "target": "maths_coach"})
    (figure,) = result
    assert (figure.value, figure.lower, figure.upper) == pytest.approx((6, 2, 6))
    assert result.method == "told"


def test_limits_on_names_bound_contacts_and_load() -> None:
    """Two silent people of six may each have named one more: not every pair may be tied."""
    names = "abcdef"
    org = Organisation.of(
        units=[Unit("s", "school")],
        persons=[Person(name) for name in names],
        positions=[Position(n, "s", "maths_coach" if n in "ab" else "teacher") for n in names],
        surveys=[Survey("q", "network", "advice", max_ties=1)],
        responses=[Response("q", name, answered=name in "abcd") for name in names],
        ties=[Tie("c", "a", "advice", "q")],
    )
    now = snapshot(org)
    (load,) = CORE["support_load"](now, {"relation": "advice", "target": "maths_coach"})
    assert (load.lower, load.upper) == (0.5, 1.5)
    each = dict(zip(names, names, strict=True))
    (contacts,) = CORE["cross_team_contacts"](now, {"relation": "advice", "groups": each})
    assert (contacts.lower, contacts.upper) == pytest.approx((2 / 6, 2 / 6 + 2 * 2 / 6))


def test_existence_stays_open() -> None:
    """Nobody named the coach, but one of two did not answer: sought by none, or by one."""
    org = Organisation.of(
        persons=[Person(name) for name in "abv"],
        units=[Unit("s", "school")],
        positions=[Position(n, "s", "maths_coach" if n == "v" else "teacher") for n in "abv"],
        surveys=[Survey("q", "network", "advice")],
        responses=[Response("q", name, answered=name != "b") for name in "abv"],
    )
    result = CORE["sought_share"](snapshot(org), {"relation": "advice", "target": "maths_coach"})
    (figure,) = result
    assert (figure.value, figure.numerator, figure.reason) == (None, None, "some_did_not_answer")
    assert (figure.lower, figure.upper) == (0, 1)
    assert "because not everybody answered (67%)" in result.sentence("en")
    assert "counting everybody it lies between 0.0% and 100.0%" in result.sentence("en")
    heard = snapshot(org.with_(ties=[Tie("a", "v", "advice", "q")]))
    (figure,) = CORE["sought_share"](heard, {"relation": "advice", "target": "maths_coach"})
    assert (figure.value, figure.numerator, figure.denominator) == (1, 1, 1)


def layer_of(people: str, *ties: tuple[str, str], silent: str = "") -> Layer:
    """The layer of advice among people, some of whom did not answer."""
    return school(people, *ties, silent=silent).layer("advice")


def test_why_something_is_missing() -> None:
    """Nobody answered, some did not, or not everybody was asked."""
    assert explain_missing(layer_of("ab", silent="ab")) == "nobody_answered"
    assert explain_missing(layer_of("ab", silent="b")) == "some_did_not_answer"
    assert explain_missing(layer_of("ab")) == "not_all_asked"
    assert explain_missing(evolve(layer_of("ab"), recorded=None)) == "not_all_asked"


def estimate_of(*reasons: str | None) -> Estimate:
    """Shares of one half, or none where there is a reason."""
    value = np.where([reason is None for reason in reasons], 0.5, np.nan)
    return Estimate(value=value, reasons=reasons, numerator=value * 4, denominator=value * 8)


@pytest.mark.parametrize(
    ("silent", "reasons"),
    [
        ("", [None, "no_ties", "no_two_paths", "one_contact", "empty_group"]),
        ("b", [None, *["some_did_not_answer"] * 3, "empty_group"]),
    ],
)
def test_absence_may_be_silence(silent: str, reasons: list[str | None]) -> None:
    """Where somebody did not answer, what nobody told of may be there; other reasons stay."""
    whole = estimate_of(None, "no_ties", "no_two_paths", "one_contact", "empty_group")
    found = explain_gaps(whole, layer_of("ab", silent=silent))
    assert list_plain_cells(found.reasons) == reasons


@pytest.mark.parametrize(
    ("silent", "kind", "kept"),
    [
        ("", RangeKind.SIMULATED, [True, True]),
        ("b", RangeKind.EXACT, [True, False]),
        ("b", RangeKind.OUTER_BOUND, [True, False]),
        ("b", RangeKind.SIMULATED, [False, False]),
    ],
)
def test_values_that_an_answer_could_change(silent: str, kind: RangeKind, kept: list[bool]) -> None:
    """They go with their counts, unless a proven range leaves no room; a reason that stood remains."""
    bounds = Bounds(np.array([0.5, 0.5, 0]), np.array([0.5, 0.6, 0]), kind)
    found = drop_uncertain(
        estimate_of(None, None, "no_ties"), bounds, layer_of("ab", silent=silent)
    )
    for cells in (found.value, found.numerator, found.denominator):
        assert cells is not None
        assert (~np.isnan(cells)).tolist() == [*kept, False]
    told = [None if one else "some_did_not_answer" for one in kept]
    assert list_plain_cells(found.reasons) == (
        [None, None, "no_ties"] if not silent else [*told, "no_ties"]
    )
    assert drop_uncertain(evolve(found, numerator=None), bounds, layer_of("ab")).numerator is None


@pytest.mark.parametrize(
    ("ties", "seen", "pairs", "scaled"),
    [
        ([6], [20], [30], 9),
        ([6, 1], [20, 10], [30, 10], 9 + 1),
        ([6, 0], [20, 0], [30, 10], 9 + 3),
        ([6, 1], [20, 10], [30, 30], 9 + 3),
        ([0], [0], [30], np.nan),
    ],
)
def test_ties_are_scaled_up(
    ties: list[float], seen: list[float], pairs: list[float], scaled: float
) -> None:
    """Each school at its own rate, and one that told nothing at that of all together."""
    sides = [np.array(one, float) for one in (ties, seen, pairs)]
    assert scale_up_ties(sides[0], sides[1], sides[2]).tolist() == pytest.approx(
        [scaled], nan_ok=True
    )
    # Twice the same in two parts, whose strata are mixed.
    twice = [np.repeat(side, 2) for side in sides]
    parts = np.tile([0, 1], len(ties))
    found = scale_up_ties(twice[0], twice[1], twice[2], parts, 2)
    assert found.tolist() == pytest.approx([scaled] * 2, nan_ok=True)


def test_ties_received_are_scaled_up() -> None:
    """Named by 3 of the 6 who answered at a school of 10 others, somebody receives 5."""
    ties = [(giver, "v") for giver in "abc"]
    layer = layer_of("abcdefghijv", *ties, silent="ghij")
    everybody = np.zeros(11, np.int64)
    place = list(layer.persons).index(10)
    assert scale_in_ties(layer, everybody)[place] == pytest.approx(5)
    whole = layer_of("abcdefghijv", *ties)
    assert scale_in_ties(whole, everybody)[place] == 3
    # v itself is of another school, of which nobody but v was asked: the rate of the others is all.
    apart = np.where(np.arange(11) == place, 1, 0)
    assert scale_in_ties(layer, apart)[place] == pytest.approx(5)


def test_schools_that_told_nothing() -> None:
    """They have the rate of all others together, somebody's own colleagues among them."""
    named = [(giver, "v") for giver in "abc"]
    layer = layer_of("abcdefghijklv", *named, silent="ghijkl")
    place = list(layer.persons).index(12)
    # Of a to j, six answered: 3 · 10/6 = 5. Of k and l nobody did: 2 · 3/6 = 1.
    for own in (0, 1, 2):
        schools = np.array([0] * 10 + [1] * 2 + [own])
        assert scale_in_ties(layer, schools)[place] == pytest.approx(5 + 1)
    alone = layer_of("av", silent="a")
    assert np.isnan(scale_in_ties(alone, np.zeros(2, np.int64))[1])
