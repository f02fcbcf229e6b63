"""Findings say what follows from the figures, wherever in their ranges they lie, and nothing else."""

from __future__ import annotations

import re
from itertools import product

import pytest
from attrs import evolve
from drawing import (
    LEVELS,
    counts,
    figures,
    make_card,
    make_outcome,
    make_result,
    municipalities,
    trends,
)
from hypothesis import given
from hypothesis import strategies as st
from searching import search

from plfkit.goals.scorecard import TrendPoint
from plfkit.model.results.figures import Figure
from plfkit.model.words.breaks import Break
from plfkit.model.words.kinds import Label
from plfkit.model.words.ranges import RangeKind
from plfkit.model.words.reasons import Reason
from plfkit.report.pictures import draw_contacts
from plfkit.report.pictures.arrangement import say_organisation
from plfkit.report.pictures.contacts import list_level_contacts, say_contacts
from plfkit.report.pictures.coverage import say_coverage
from plfkit.report.pictures.hours import say_largest_part
from plfkit.report.pictures.matrices import say_matrix
from plfkit.report.pictures.movements import say_trend
from plfkit.report.pictures.places import LevelSpot, SchoolPlaces
from plfkit.report.pictures.rows import say_standings
from plfkit.report.pictures.transitions import say_moves
from plfkit.report.texts import Texts
from plfkit.report.units import name_schools

EN = Texts.of("en")


def read_ends(figure: Figure) -> tuple[float, float] | None:
    """The least and the most a figure can be."""
    if figure.lower is None or figure.upper is None:
        return None
    return figure.lower, figure.upper


@given(trends("share"))
@search(200)
def test_years(points: list[TrendPoint]) -> None:
    """Rose and fell are said only where no values in the two ranges say otherwise."""
    said = say_trend(points, EN)
    moves = {"rose:": 1, "fell:": -1, "the same": 0}
    claimed = [sign for word, sign in moves.items() if word in said]
    if claimed:
        before, now = (read_ends(point.result.main or Figure()) for point in points[-2:])
        assert before is not None
        assert now is not None
        assert not points[-1].breaks
        signs = {(b > a) - (b < a) for a, b in product(before, now)}
        assert signs == {claimed[0]}


@pytest.mark.parametrize(
    ("before", "now", "said"),
    [
        ((0.5, 0.5), (0.61, 0.7), "The figure rose: 61–70% in 2018/19 against 50% in 2017/18"),
        (
            (0.5, 1.0),
            (0.1, 0.4),
            "The figure fell: 10–40% in 2018/19 against at least 50% in 2017/18",
        ),
        ((0.5, 0.5), (0.5, 0.5), "The figure is the same in 2018/19 as in 2017/18: 50%"),
        (
            (0.0, 0.52),
            (0.5, 0.6),
            "50–60% in 2018/19 against at most 52% in 2017/18: too uncertain",
        ),
    ],
)
def test_years_in_words(before: tuple[float, float], now: tuple[float, float], said: str) -> None:
    """What is known of a class or a range stands in the sentence as it is known."""
    points = [
        TrendPoint(at, make_result([Figure(lower=ends[0], upper=ends[1], reason=Reason.BAND)]))
        for at, ends in (("2017/18", before), ("2018/19", now))
    ]
    assert say_trend(points, EN).startswith(said)


def test_years_that_say_less() -> None:
    """Across a break, and of what was registered alone, no change is told."""
    rows = [Figure(value=value, lower=value, upper=value) for value in (0.2, 0.8)]
    years = [
        TrendPoint(at, make_result([row]))
        for at, row in zip(("2017/18", "2018/19"), rows, strict=True)
    ]
    broken = [years[0], evolve(years[1], breaks=(Break.SCHOOLS_CHANGED,))]
    assert "does not compare" in say_trend(broken, EN)
    kind = RangeKind.OF_REGISTERED
    registered = [evolve(one, result=evolve(one.result, range_kind=kind)) for one in years]
    assert "the range is unknown" in say_trend(registered, EN)


@given(st.lists(figures(), min_size=1, max_size=60))
@search(200)
def test_coverage(shown: list[Figure]) -> None:
    """So many schools at least, the others between, and those that are not shown: true of every end."""
    said = say_coverage(shown, EN)
    numbers = [int(word) for word in re.findall(r"\d+", said)]
    ends = [pair for pair in map(read_ends, shown) if pair is not None]
    hidden = len(shown) - len(ends)
    assert ("not shown or not known" in said) == (0 < hidden < len(shown))
    assert numbers[-1] == hidden or not 0 < hidden < len(shown)
    if "at least" in said:
        count, all_, step = numbers[:3] if "the others" in said else (len(ends), *numbers[:2])
        assert all_ == len(shown)
        assert sum(lower >= step / 100 for lower, _ in ends) == count >= len(ends) / 2
        others = [pair for pair in ends if pair[0] < step / 100]
        if "the others" in said:
            low, high = numbers[3], numbers[4] if f"{numbers[3]}–" in said else numbers[3]
            assert all(low - 1 <= 100 * a and 100 * b <= high + 1 for a, b in others)


def test_coverage_in_words() -> None:
    """Six of eight schools, and the two others, as one would say it; no school is named."""
    shown = [Figure(lower=0.9, upper=1.0, reason=Reason.BAND)] * 6
    shown += [Figure(value=value, lower=value, upper=value) for value in (0.83, 0.88)]
    said = "At 6 of 8 schools at least 90% are in a community, at the others 83–88%"
    assert say_coverage(shown, EN) == said


@given(st.data())
@search(60)
def test_contacts(data: st.DataObject) -> None:
    """More and fewer contacts than chance are counted only where every end of every range says so."""
    card = data.draw(municipalities(most=1))
    names = LEVELS[:2]
    rows = [evolve(data.draw(figures()), from_=a, to=b) for a, b in product(names, names)]
    result = make_result(rows, relation="advice")
    pairs = list_level_contacts(result, card)
    said = say_contacts(pairs, EN)
    claims = dict.fromkeys(("more", "fewer"), 0)
    claims |= {word: int(n) for n, word in re.findall(r"(\d+) surely (?:have )?(more|fewer)", said)}
    if not any(claims.values()):
        return
    heads = {f.part: f.n or 0 for f in card.overview.coverage_by_level}
    weights = [heads[row.from_] * (heads[row.to] - (row.from_ == row.to)) for row in rows]
    ends = [read_ends(row) for row in rows]
    assert all(pair is not None for pair in ends)
    for world in product(*[pair for pair in ends if pair is not None]):
        overall = sum(w * d for w, d in zip(weights, world, strict=True)) / sum(weights)
        # Contacts of ten have three digits, so that what is nearly the same may be called so.
        assert sum(d > overall * 0.98 for d in world) >= claims["more"]
        assert sum(d < overall * 1.02 for d in world) >= claims["fewer"]


@given(st.lists(figures(), min_size=1, max_size=6))
@search(200)
def test_largest_part(shown: list[Figure]) -> None:
    """A part takes most only where no ends of the ranges make another as large."""
    parts = {f"part {number}": figure for number, figure in enumerate(shown)}
    said = say_largest_part("2018/19", parts, {name: name for name in parts}, EN)
    named = re.findall("“(.*?)”", said)
    if not named:
        return
    [name] = named
    own = parts[name]
    least = own.lower if own.lower is not None else own.value
    assert least is not None
    for other, figure in parts.items():
        most = figure.upper if figure.upper is not None else figure.value
        assert other == name or (most is not None and most < least)


@given(st.lists(st.lists(counts(), min_size=3, max_size=3), min_size=1, max_size=20))
@search(100)
def test_organisation(schools: list[list[Figure]]) -> None:
    """Schools with communities on every level are counted only where that is told of every level."""
    shown = [
        SchoolPlaces(
            number=number,
            name=f"School {number}",
            places={str(n): LevelSpot.of(figure) for n, figure in enumerate(rows)},
            coverage=Figure(),
        )
        for number, rows in enumerate(schools, start=1)
    ]
    said = say_organisation(shown, EN)
    surely = sum(all((figure.lower or 0) >= 1 for figure in rows) for rows in schools)
    lacking = sum(any(figure.value == 0 for figure in rows) for rows in schools)
    if said.startswith("All"):
        assert surely == len(schools)
    else:
        assert f"{surely} have communities of their own" in said
        assert (f"{lacking} lack" in said) == (lacking > 0)


def test_moves() -> None:
    """On, back and stayed add up to all communities; with one number hidden none of them is told."""
    states = ["team", "emerging", "learning_community"]
    pairs = [*product(states, states)]
    moves = {pair: Figure(value=0.1, numerator=float(n)) for n, pair in enumerate(pairs)}
    expected = "Of 36 communities 8 moved on and 16 moved back; 12 stayed where they were"
    assert say_moves(moves, states, EN) == expected
    moves[pairs[0]] = Figure(reason=Reason.WITHHELD)
    assert say_moves(moves, states, EN) == "8 of 9 transitions can be shown"


def test_standings() -> None:
    """Without marks the rows are counted; no figure is said to reach what nobody set."""
    points = [TrendPoint("2018/19", make_result([Figure(value=1.0, lower=1.0, upper=1.0)]))]
    assert say_standings([make_outcome(points)] * 3, EN).endswith(": 3")


def test_order_of_schools() -> None:
    """Schools stand as people order them: 2 before 10, å last, and two of one name told apart."""
    names = {
        "a": "School 10",
        "b": "School 2",
        "c": "Åby School",
        "d": "School 2",
        "e": "Øby School",
    }
    card = evolve(make_card(), names={part: Label(name, name) for part, name in names.items()})
    ordered = ["School 2", "School 2 (2)", "School 10", "Øby School", "Åby School"]
    assert [*name_schools(names, card, EN).values()] == ordered


def test_what_is_not_known_is_not_said_of_contacts() -> None:
    """Without head counts there is nothing to count contacts with, and no picture."""
    rows = [Figure(from_=a, to=b, value=0.5) for a, b in product(LEVELS, LEVELS)]
    assert draw_contacts(make_result(rows, relation="advice"), make_card(), EN) is None


@given(st.lists(st.none() | st.integers(0, 2), min_size=1, max_size=12))
@search(60)
def test_thirds(shades: list[int | None]) -> None:
    """The figures of a matrix are all counted, those that are too uncertain among them."""
    said = say_matrix(shades, EN)
    numbers = [int(word) for word in re.findall(r"\d+", said)]
    assert numbers[0] == len(shades)
    if len(numbers) > 1:
        assert sum(numbers[1:]) == len(shades)
    else:
        assert set(shades) == {None}
