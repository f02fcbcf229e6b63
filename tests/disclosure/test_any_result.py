"""What leaves of any result at all, class by class: no few people, and nobody in particular."""

from __future__ import annotations

from typing import Any

from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st

from plfkit import release
from plfkit.model.declared.declarations import PrivacyFloor
from plfkit.model.records.tables import Table
from plfkit.model.results.figures import Figure
from plfkit.model.results.result import Result
from plfkit.model.words.figure_classes import FigureClass
from plfkit.model.words.reasons import Reason

HIGH, LOW = 0.9, 0.1
COUNTS = st.integers(0, 40)
REASONS = st.sampled_from(
    ["some_did_not_answer", "not_all_asked", "some_not_registered", "same_answers", "no_ties"]
)


@st.composite
def floors(draw: st.DrawFn) -> PrivacyFloor:
    """Draw thresholds that a profile may declare."""
    k = draw(st.integers(5, 12))
    return PrivacyFloor(k=k, statistics=draw(st.integers(max(k, 15), 25)))


@st.composite
def shares(draw: st.DrawFn) -> Figure:
    """Draw a share of people, known or with a range only, that rests on at least as many people."""
    denominator = draw(st.integers(1, 40))
    numerator, open_ = draw(st.integers(0, denominator)), draw(st.integers(0, 3))
    value = numerator / denominator
    figure = Figure(
        value=value,
        lower=numerator / (denominator + open_),
        upper=(numerator + open_) / (denominator + open_),
        numerator=numerator,
        denominator=denominator,
        n=draw(st.none() | st.integers(denominator, denominator + 10)),
        interval_lower=draw(st.none() | st.just(value / 2)),
        expected=draw(st.none() | st.just(0.5)),
        z=draw(st.none() | st.just(1.0)),
    )
    if draw(st.booleans()):
        return figure
    n = denominator + open_
    return evolve(figure, value=None, numerator=None, denominator=None, n=n, reason=draw(REASONS))


def result(figure_class: FigureClass, *figures: Figure, **about: Any) -> Result:
    """Return a result of some figures."""
    head = {"measure": "m", "at": "2018/19", "n": 40, "observed": 0.9, **about}
    return Result(figures=Table.of(Figure, figures), figure_class=figure_class, **head)


def is_few(count: float | None, floor: PrivacyFloor) -> bool:
    """Tell whether a count that left tells of somebody, and of fewer than k."""
    return count is not None and 1e-9 < count < floor.k - 1e-9


@given(shares(), floors(), COUNTS)
def test_answers(figure: Figure, floor: PrivacyFloor, whole: int) -> None:
    """Of answers no side of a share leaves that 1 to k − 1 people stand on, nor any such number."""
    released = release(result(FigureClass.ANSWERS, figure, n=whole, several=whole), floor).content
    (left,) = released
    assert left.numerator is left.denominator is None
    for count in (left.n, released.n, released.several):
        assert not is_few(count, floor)
    if left.reason == Reason.WITHHELD:
        assert left == Figure(n=left.n, reason=Reason.WITHHELD)
        return
    assert figure.n is not None
    assert figure.n >= floor.statistics
    if figure.numerator is not None and figure.denominator is not None:
        sides = (figure.numerator, figure.denominator - figure.numerator)
    else:
        assert figure.lower is not None
        assert figure.upper is not None
        sides = (figure.lower * figure.n, (1 - figure.upper) * figure.n)
    assert min(sides) >= floor.k - 1e-9


@given(shares(), floors())
def test_participation(figure: Figure, floor: PrivacyFloor) -> None:
    """Of participation no denominator below k leaves, and what nearly all or nobody does is a band."""
    (left,) = release(result(FigureClass.PARTICIPATION, figure), floor).content
    assert not is_few(left.n, floor)
    assert not is_few(left.denominator, floor)
    if left.value is not None:
        assert LOW < left.value < HIGH
    if left.reason == Reason.BAND:
        assert (left.lower, left.upper) in {(0, LOW), (HIGH, 1)}
        told = Figure(denominator=figure.denominator, n=figure.n, reason=Reason.BAND)
        assert evolve(left, lower=None, upper=None) == told


@given(shares(), floors(), st.sampled_from(FigureClass))
def test_one_person(figure: Figure, floor: PrivacyFloor, figure_class: FigureClass) -> None:
    """Behind a hidden figure one person more or fewer on its upper side is not seen."""
    assume(figure.numerator is not None and figure.numerator < (figure.denominator or 0))
    numerator = (figure.numerator or 0) + 1
    value = numerator / (figure.denominator or 1)
    other = evolve(figure, numerator=numerator, value=value, upper=max(value, figure.upper or 0))
    first, second = (release(result(figure_class, one), floor).content for one in (figure, other))
    hidden = [one.figures[0].reason for one in (first, second)]
    assume(hidden in ([Reason.WITHHELD, Reason.WITHHELD], [Reason.BAND, Reason.BAND]))
    if value <= LOW or (figure.value or 0) >= HIGH or hidden == [Reason.WITHHELD, Reason.WITHHELD]:
        assert first == second


@given(
    st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 30)), min_size=1), floors(), COUNTS
)
def test_persons(rows: list[tuple[str, int]], floor: PrivacyFloor, n: int) -> None:
    """Of figures about persons there leaves which parts they are of, and how many if that is k."""
    figures = [
        Figure(part=part, id=f"p{number}", value=float(value), n=n)
        for number, (part, value) in enumerate(rows)
    ]
    left = release(result(FigureClass.ANSWERS, *figures, scale="count"), floor).content
    parts = dict.fromkeys(part for part, _ in rows)
    told = None if n < floor.k else n
    assert [*left] == [Figure(part=part, n=told, reason=Reason.WITHHELD) for part in parts]


@given(COUNTS, floors(), st.sampled_from(["repeated_ties", "people_not_asked"]))
def test_notes(count: int, floor: PrivacyFloor, name: str) -> None:
    """A note that counts people leaves from k on; that there were few is told without their number."""
    notes = release(result(FigureClass.ANSWERS, notes={name: count}), floor).content.notes
    if count >= floor.k:
        assert notes == {name: count}
    else:
        assert notes == ({"few_not_asked": floor.k} if name == "people_not_asked" else {})


@given(COUNTS, floors())
def test_groups(size: int, floor: PrivacyFloor) -> None:
    """Ties to a group of fewer than k leave in neither direction."""
    ends = [("small", "large"), ("large", "small"), ("large", "large")]
    rows = [Figure(from_=a, to=b, value=0.5, numerator=50, denominator=100, n=40) for a, b in ends]
    sizes = {(None, "small"): size, (None, "large"): 40}
    left = release(result(FigureClass.ANSWERS, *rows, sizes=sizes), floor).content
    shown = size >= floor.k
    assert [one.reason != Reason.WITHHELD for one in left] == [shown, shown, True]


@given(COUNTS, floors())
def test_few_behind_an_organisational_figure(n: int, floor: PrivacyFloor) -> None:
    """Where a figure of units rests on fewer than k people it is theirs, and stays inside."""
    (left,) = release(result(FigureClass.ORGANISATIONAL, Figure(value=1.0, n=n)), floor).content
    assert (left.value, left.n) == ((1.0, n) if n >= floor.k else (None, None))
