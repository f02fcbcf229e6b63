"""Predictors about one of two people, or about how far apart they are, against dense regressions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from regressing import (
    NETWORKS,
    PATTERNS,
    cells_of,
    dense,
    drawn_orders,
    ordinary,
    semi_partialled,
    surveyed,
)

from plfkit import (
    Organisation,
    Period,
    Person,
    Position,
    Response,
    Snapshot,
    Survey,
    Tie,
    Unit,
    release,
    snapshot,
)
from plfkit.errors import DisclosureError, MeasureError
from plfkit.inference import Difference, Receiver, Sender, SignedDifference, mrqap, qap
from plfkit.inference.predictors import Attribute
from plfkit.inference.regression import STATISTICS, Statistic
from plfkit.model.declared.declarations import PrivacyFloor

Floats = NDArray[np.float64]
Compared = Callable[[float, float], float]
PEOPLE = "abcdefgh"
YEARS = dict(zip(PEOPLE, [1.0, 4.5, 2.0, 30.0, 7.0, 7.0, 12.0, 0.5], strict=True))
OLD = dict(zip(PEOPLE, [0, 0, 1, 1, 0, 1, 0, 0], strict=True))
KINDS: dict[str, tuple[Callable[[Mapping[str, float]], Attribute], Compared]] = {
    "sender": (Sender, lambda i, _: i),
    "receiver": (Receiver, lambda _, j: j),
    "difference": (Difference, lambda i, j: abs(i - j)),
    "signed_difference": (SignedDifference, lambda i, j: j - i),
}


def laid_out(kind: str, numbers: dict[str, float]) -> Floats:
    """A number of people over pairs, from its definition."""
    compare = KINDS[kind][1]
    return np.array([[compare(numbers[a], numbers[b]) for b in PEOPLE] for a in PEOPLE], np.float64)


@pytest.mark.parametrize("statistic", STATISTICS)
@pytest.mark.parametrize("pattern", PATTERNS)
@pytest.mark.parametrize("numbers", [YEARS, OLD], ids=["years", "old"])
@pytest.mark.parametrize("kind", KINDS)
def test_numbers_of_people_predict(
    kind: str, numbers: dict[str, float], pattern: str, statistic: Statistic
) -> None:
    """Coefficients, t and p are those of dense regressions over the very same permutations."""
    silent, draws = PATTERNS[pattern], 40
    matrices, seen = dense(silent)
    now = surveyed(silent)
    matrices.append(laid_out(kind, numbers) * seen)
    y, *columns = (matrix[seen] for matrix in matrices)
    coefficients, t, _ = ordinary(y, columns, cells_of(seen, statistic))
    predictor = KINDS[kind][0](numbers)
    result = mrqap(
        now,
        relation="advice",
        on=["observation", "coaching", predictor],
        statistic=statistic,
        draws=draws,
        missing="available",
    )
    *rows, _ = result
    assert [row.figure for row in rows] == [
        "intercept",
        "observation",
        "coaching",
        f"{kind}:mapping",
    ]
    assert [row.value for row in rows] == pytest.approx(coefficients.tolist(), abs=1e-9)
    assert [row.t for row in rows] == pytest.approx(t.tolist(), abs=1e-8)
    orders = drawn_orders(now, draws, 0)
    for tested in (1, 2, 3):
        drawn = semi_partialled(matrices, seen, tested, orders, statistic)
        far = (abs(drawn) >= abs(t[tested]) - 1e-7).sum()
        assert rows[tested].p_value == pytest.approx((far + 1) / (draws + 1))


@pytest.mark.parametrize("unit", [1e-9, 1e-6, 1e9])
@pytest.mark.parametrize("statistic", STATISTICS)
def test_units_do_not_matter(statistic: Statistic, unit: float) -> None:
    """Years, seconds or centuries: t and p are the same, and so is a correlation."""
    now = surveyed({})
    on: dict[str, Any] = {"relation": "advice", "draws": 60}

    def find(numbers: dict[str, float]) -> list[Any]:
        far = Difference(numbers)
        regressed = mrqap(now, on=["observation", far], statistic=statistic, **on).rows()
        correlated = qap(now, against=far, **on).rows()[0]
        tested = [(row["t"], row["p_value"]) for row in regressed[1:3]]
        return [*np.ravel(tested), correlated["value"], correlated["p_value"]]

    years = find(YEARS)
    assert None not in years
    assert find({one: unit * number for one, number in YEARS.items()}) == pytest.approx(years)


def test_a_correlation_with_numbers() -> None:
    """QAP takes a difference too: Pearson's over the pairs, and p over the same permutations."""
    matrices, seen = dense({})
    far = laid_out("difference", YEARS)
    expected = np.corrcoef(matrices[0][seen], far[seen])[0, 1]
    now = surveyed({})
    (figure,) = qap(now, relation="advice", against=Difference(YEARS), draws=60)
    assert figure.value == pytest.approx(expected, abs=1e-9)
    drawn = [
        np.corrcoef(matrices[0][np.ix_(np.argsort(o), np.argsort(o))][seen], far[seen])[0, 1]
        for o in drawn_orders(now, 60, 0, relations=("advice",))
    ]
    beyond = (np.abs(drawn) >= abs(expected) - 1e-9).sum()
    assert figure.p_value == pytest.approx((beyond + 1) / 61)


def office() -> Snapshot:
    """Ten people whose roles, hours and first days are known, and what they told."""
    people = "abcdefghij"
    return snapshot(
        Organisation.of(
            units=[Unit("north", "school")],
            persons=[Person(name) for name in people],
            positions=[
                Position(
                    name,
                    "north",
                    "teacher" if place else "principal",
                    fte=0.5 + place / 20,
                    valid=Period(date(2000 + place, 8, 1)),
                )
                for place, name in enumerate(people)
            ],
            surveys=[Survey("s", "network", "advice", date=date(2018, 11, 1))],
            responses=[Response("s", name, answered=True) for name in people],
            ties=[
                Tie(a, b, "advice", "s")
                for i, a in enumerate(people)
                for j, b in enumerate(people)
                if i != j and (i * j + i) % 3 == 0
            ],
        ),
        "2018/19",
    )


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("sender:teacher", [0.0] + [1.0] * 9),
        ("sender:school_leadership", [1.0] + [0.0] * 9),
        ("sender:fte", [0.5 + place / 20 for place in range(10)]),
        ("sender:years_employed", [None]),
    ],
)
def test_what_the_data_have_of_people(text: str, numbers: list[Any]) -> None:
    """Texts name roles, levels and numbers of people; the mapping to the same numbers gives the same."""
    now = office()
    if numbers == [None]:
        assert now.reference_day is not None
        first = [date(2000 + place, 8, 1) for place in range(10)]
        numbers = [(now.reference_day - day).days / 365.25 for day in first]
    same = Sender(dict(zip("abcdefghij", numbers, strict=True)))
    named, mapped = (
        [
            (row.value, row.t, row.p_value)
            for row in mrqap(now, relation="advice", on=[on], draws=20)
        ]
        for on in (text, same)
    )
    assert named == [pytest.approx(row) for row in mapped]


def test_hours_of_several_positions_add_up() -> None:
    """Whoever is half here and a quarter there has three quarters; with one unknown, nobody knows."""
    shares: dict[str, list[float | None]] = {
        "a": [0.5, 0.25],
        "b": [1.0],
        "c": [0.5, 0.5],
        "d": [0.2],
    }

    def hold(shares: Mapping[str, list[float | None]]) -> Snapshot:
        return snapshot(
            Organisation.of(
                units=[Unit("north", "school"), Unit("south", "school")],
                persons=[Person(p) for p in shares],
                positions=[
                    Position(p, unit, "teacher", fte=share)
                    for p, held in shares.items()
                    for unit, share in zip(("north", "south"), held, strict=False)
                ],
                surveys=[Survey("s", "network", "advice")],
                responses=[Response("s", p, answered=True) for p in shares],
                ties=[Tie("a", "b", "advice", "s"), Tie("c", "a", "advice", "s")],
            )
        )

    total = Receiver({"a": 0.75, "b": 1.0, "c": 1.0, "d": 0.2})
    named, mapped = (
        qap(hold(shares), relation="advice", against=on, draws=0).figures[0].value
        for on in ("receiver:fte", total)
    )
    assert named == pytest.approx(mapped)
    with pytest.raises(MeasureError, match="the number of 1 of the 4 people is not known"):
        qap(hold(shares | {"c": [0.5, None]}), relation="advice", against="receiver:fte", draws=0)


def test_years_count_from_the_first_known_day() -> None:
    """Of two positions the earlier counts, an undated one is passed over, and the person's own day counts."""
    people = "abc"
    starts: dict[str, list[date | None]] = {
        "a": [date(2010, 8, 1), date(2015, 8, 1)],
        "b": [None, date(2012, 8, 1)],
        "c": [None],
    }
    now = snapshot(
        Organisation.of(
            units=[Unit("north", "school"), Unit("south", "school")],
            persons=[
                Person(p, valid=Period(date(2005, 8, 1)) if p == "c" else Period()) for p in people
            ],
            positions=[
                Position(p, place, "teacher", valid=Period(day))
                for p in people
                for place, day in zip(("north", "south"), starts[p], strict=False)
            ],
            surveys=[Survey("s", "network", "advice", date=date(2018, 11, 1))],
            responses=[Response("s", p, answered=True) for p in people],
            ties=[Tie("a", "b", "advice", "s"), Tie("b", "c", "advice", "s")],
        ),
        "2018/19",
    )
    assert now.reference_day is not None
    days = {"a": date(2010, 8, 1), "b": date(2012, 8, 1), "c": date(2005, 8, 1)}
    years = {p: (now.reference_day - day).days / 365.25 for p, day in days.items()}
    named, mapped = (
        qap(now, relation="advice", against=on, draws=0).figures[0].value
        for on in ("receiver:years_employed", Receiver(years))
    )
    assert named == pytest.approx(mapped)


@pytest.mark.parametrize(
    ("on", "message"),
    [
        (Sender({"a": 1.0}), "sender:mapping: the number of 7 of the 8 people is not known"),
        ("receiver:fte", "receiver:fte: the number of 8 of the 8 people is not known"),
        ("difference:years", "'years' is neither .* a number that the data have"),
        ("sendr:fte", "sendr:fte"),
    ],
)
def test_numbers_that_nobody_knows(on: str | Attribute, message: str) -> None:
    """What people have no number for is refused, with how many and what there is."""
    with pytest.raises(MeasureError, match=message):
        mrqap(surveyed({}), relation="advice", on=[on], draws=0)


@pytest.mark.parametrize("number", ["a", "3", None, 1j, float("nan"), float("inf"), 10**400, 1e300])
def test_what_is_no_number(number: Any) -> None:
    """Text, and what no float holds, is as little a number of somebody as none is."""
    with pytest.raises(MeasureError, match="the number of 8 of the 8 people is not known"):
        mrqap(
            surveyed({}), relation="advice", on=[Difference(dict.fromkeys(PEOPLE, number))], draws=0
        )


def test_no_mapping() -> None:
    """A list in place of a mapping is told what is needed."""
    given: Any = [1, 2]
    with pytest.raises(TypeError, match="a Mapping is needed, not list"):
        mrqap(surveyed({}), relation="advice", on=[Sender(given)], draws=0)


def test_a_relation_without_a_direction_has_no_sender() -> None:
    """Sender and receiver are refused there; a difference is not, and counts each pair once."""
    now = snapshot(
        Organisation.of(
            persons=[Person(p) for p in PEOPLE],
            surveys=[Survey("s", "network", "collaboration")],
            responses=[Response("s", p, answered=True) for p in PEOPLE],
            ties=[Tie(t[0], t[1], "collaboration", "s") for t in NETWORKS["advice"].split()],
        )
    )
    for kind in (Sender, Receiver, SignedDifference):
        with pytest.raises(MeasureError, match="needs a relation with a direction"):
            mrqap(now, relation="collaboration", on=[kind(YEARS)], draws=0)
    result = mrqap(
        now, relation="collaboration", on=[Difference(YEARS)], statistic="robust", draws=20
    )
    upper = np.triu_indices(8, 1)
    ties = {frozenset(t) for t in NETWORKS["advice"].split()}
    y = np.array([float({PEOPLE[i], PEOPLE[j]} in ties) for i, j in zip(*upper, strict=True)])
    cells = np.stack(upper, axis=1)
    coefficients, t, _ = ordinary(y, [laid_out("difference", YEARS)[upper]], cells)
    *rows, _ = result
    assert [row.value for row in rows] == pytest.approx(coefficients.tolist())
    assert [row.t for row in rows] == pytest.approx(t.tolist())
    assert rows[0].denominator == 28


def test_an_attribute_of_one_person_does_not_leave() -> None:
    """A predictor that one person is apart by tells of that person's answers: the gate withholds it."""
    now = office()
    few = mrqap(now, relation="advice", on=["sender:principal"], draws=20)
    assert {row.n for row in few} == {1}
    (released,) = release(few, floor=PrivacyFloor())
    assert {row.reason for row in released} == {"withheld"}
    with pytest.raises(DisclosureError):
        release(
            mrqap(now, relation="advice", on=[Sender(YEARS | {"i": 1.0, "j": 2.0})], draws=0),
            floor=PrivacyFloor(),
        )


def test_what_readers_call_them() -> None:
    """Sentences name them in both languages."""
    now = office()
    on = ["sender:teacher", "receiver:fte", "difference:years_employed"]
    result = mrqap(now, relation="advice", on=on, draws=0)
    danish, english = result.sentence("da"), result.sentence("en")
    assert "afsender: lærer" in danish
    assert "modtager: beskæftigelsesgrad" in danish
    assert "difference: years employed" in english


def at_two_schools() -> Snapshot:
    """Eight people at four schools, two each, of whom all told about two relations."""
    names = ("advice", "observation")
    return snapshot(
        Organisation.of(
            units=[Unit(school, "school") for school in "wxyz"],
            persons=[Person(name) for name in PEOPLE],
            positions=[
                Position(name, "wxyz"[place // 2], "teacher" if place % 2 else "principal")
                for place, name in enumerate(PEOPLE)
            ],
            surveys=[Survey(name, "network", name) for name in names],
            responses=[Response(name, p, answered=True) for name in names for p in PEOPLE],
            ties=[Tie(t[0], t[1], name, name) for name in names for t in NETWORKS[name].split()],
        )
    )


@pytest.mark.parametrize(
    ("on", "within", "fixed"),
    [
        (["school", "observation"], "school", ["school"]),
        (["sender:teacher", "observation"], "role", ["sender:teacher"]),
        (["receiver:teacher", "school"], "school", ["school"]),
        (["school", "observation"], None, []),
        ([Difference(YEARS), "observation"], "school", []),
        (
            [Sender(dict(zip(PEOPLE, [1.0, 1.0, 3.0, 3.0, 3.0, 3.0, 7.0, 7.0], strict=True)))],
            "school",
            ["sender:mapping"],
        ),
        (["school", "role"], dict(zip(PEOPLE, PEOPLE, strict=True)), ["school", "role"]),
    ],
)
def test_what_permuting_cannot_change(on: list[Any], within: Any, fixed: list[str]) -> None:
    """A predictor that stays the same whoever changes places has a coefficient, no p, and a note."""
    now = at_two_schools()
    result = mrqap(now, relation="advice", on=on, within=within, draws=30)
    without = [row.figure for row in result if row.p_value is None]
    assert without == ["intercept", *fixed, "r_squared"]
    assert all(row.value is not None for row in result)
    assert result.notes == ({"cannot_change": len(fixed)} if fixed else {})
    assert (result.draws is None) == (len(fixed) == len(on))
    if fixed:
        assert "whoever changes places" in result.sentence("en")
        assert "hvem der end bytter plads" in result.sentence("da")


@pytest.mark.parametrize(
    ("against", "within", "fixed"),
    [("school", "school", True), ("sender:teacher", "role", True), ("school", None, False)],
)
def test_a_correlation_that_permuting_cannot_change(
    against: str, within: str | None, *, fixed: bool
) -> None:
    """A correlation that is the same in every draw has no p of 1, but none, and the reason."""
    result = qap(at_two_schools(), relation="advice", against=against, within=within, draws=30)
    (figure,) = result
    assert figure.value is not None
    assert (figure.p_value is None, figure.expected is None) == (fixed, fixed)
    assert result.notes == ({"cannot_change": 1} if fixed else {})
    assert ("no p for what stays" in result.sentence("en")) == fixed


SINCE = {one: 1990.0 + 3 * place for place, one in enumerate(PEOPLE)}
PAY = {one: 4e8 + (7.25 * place**2) % 23 for place, one in enumerate(PEOPLE)}


@pytest.mark.parametrize("statistic", STATISTICS)
@pytest.mark.parametrize("numbers", [SINCE, PAY], ids=["years", "pay"])
@pytest.mark.parametrize("silent", [{}, {"advice": "c"}], ids=["all", "one silent"])
def test_numbers_far_from_nought_are_exact(
    numbers: dict[str, float], silent: dict[str, str], statistic: Statistic
) -> None:
    """Years and pay have the coefficients, t, p and ranges of what is over their least of them."""
    now, least = surveyed(silent), min(numbers.values())
    over = {person: number - least for person, number in numbers.items()}

    def regress(given: dict[str, float]) -> list[Any]:
        on: list[Any] = [Sender(given), "observation", Receiver(given)]
        return mrqap(now, relation="advice", on=on, statistic=statistic, draws=30).rows()

    found, exact = regress(numbers), regress(over)
    for one, other in zip(found[1:], exact[1:], strict=True):
        known = [
            name for name in ("value", "t", "p_value", "lower", "upper") if other[name] is not None
        ]
        expected = [other[name] for name in known]
        assert [one[name] for name in known] == pytest.approx(expected, rel=1e-9, abs=1e-12)
    slopes = exact[1]["value"] + exact[3]["value"]
    assert found[0]["value"] == pytest.approx(exact[0]["value"] - least * slopes, rel=1e-9)


def test_the_intercept_of_years_is_that_of_years() -> None:
    """Its value and t are those of a regression on the years themselves, computed with more digits."""
    matrices, seen = dense({})
    y = matrices[0][seen].astype(np.longdouble)
    years = np.repeat(np.array(list(SINCE.values()))[:, None], len(PEOPLE), axis=1)[seen]
    ones = np.ones(len(y), np.longdouble)
    away = years.astype(np.longdouble) - np.longdouble(years.mean())
    slope = (away @ y) / (away @ away)
    start = y.mean() - slope * np.longdouble(years.mean())
    left = y - start - slope * years
    variance = (left @ left) / (len(y) - 2)
    error = np.sqrt(variance * (1 / ones.sum() + np.longdouble(years.mean()) ** 2 / (away @ away)))
    now = surveyed({})
    row, *_ = mrqap(now, relation="advice", on=[Sender(SINCE)], statistic="t", draws=0).rows()
    assert row["value"] == pytest.approx(float(start), rel=1e-10)
    assert row["t"] == pytest.approx(float(start / error), rel=1e-10)
