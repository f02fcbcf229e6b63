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
from plfkit.model.declared.declarations import MeasureInfo
from plfkit.model.results.figures import Figure
from plfkit.model.words.breaks import Break
from plfkit.model.words.figure_classes import FigureClass
from plfkit.model.words.kinds import Label
from plfkit.model.words.ranges import RangeKind
from plfkit.model.words.reasons import Reason
from plfkit.model.words.verdicts import Verdict
from plfkit.report.headlines import write_direction, write_outcome_headline
from plfkit.report.pictures import draw_contacts, draw_trend
from plfkit.report.pictures.arrangement import say_anchored_schools
from plfkit.report.pictures.cells import Cell
from plfkit.report.pictures.contacts import list_level_contacts, say_contacts
from plfkit.report.pictures.coverage import say_coverage
from plfkit.report.pictures.hours import say_largest_part
from plfkit.report.pictures.matrices import say_matrix
from plfkit.report.pictures.movements import say_trend
from plfkit.report.pictures.phrases import keep_ranges_together
from plfkit.report.pictures.places import LevelSpot, SchoolPlaces
from plfkit.report.pictures.rows import say_standings
from plfkit.report.pictures.transitions import say_moves
from plfkit.report.texts import Texts
from plfkit.report.units import name_schools

EN, DA = Texts.of("en"), Texts.of("da")
CARD = make_card()
ENDS = st.tuples(st.floats(0, 1), st.floats(0, 1)).map(lambda pair: tuple(sorted(pair)))
"""What a figure of which nothing is told may be."""


def read_ends(figure: Figure) -> tuple[float, float] | None:
    """The least and the most a figure can be."""
    if figure.lower is None or figure.upper is None:
        return None
    return figure.lower, figure.upper


def make_years(*ends: tuple[float, float], reason: Reason = Reason.BAND) -> list[TrendPoint]:
    """A year for each range, told as a class."""
    return [
        TrendPoint(
            f"20{17 + n}/{18 + n}", make_result([Figure(lower=low, upper=high, reason=reason)])
        )
        for n, (low, high) in enumerate(ends)
    ]


@given(trends("share"), ENDS)
@search(200)
def test_years(points: list[TrendPoint], anything: tuple[float, float]) -> None:
    """Up, down, at least and at most hold at both ends of every range, whatever a hidden figure is."""
    said = say_trend(make_outcome(points), CARD, EN)
    mains = [point.result.main or Figure() for point in points[-2:]]
    before, now = [read_ends(main) or anything for main in (mains[0], mains[-1])]
    moves = {", up from": 1, ", down from": -1, ", unchanged": 0}
    for sign in [sign for words, sign in moves.items() if words in said]:
        assert not points[-1].breaks
        assert {(b > a) - (b < a) for a, b in product(before, now)} == {sign}
    if "practically unchanged" in said:
        assert all(abs(b - a) < 0.0101 for a, b in product(before, now))
    for word, number in re.findall(r"something: at (least|most) (\d+)%", said):
        end = int(number) / 100
        assert all(one >= end - 1e-6 if word == "least" else one <= end + 1e-6 for one in now)


@given(trends("share"))
@search(200)
def test_years_as_the_card_says(points: list[TrendPoint]) -> None:
    """The heading holds the figure as its card does, and goes up, down or nowhere where the card does."""
    outcome = make_outcome(points)
    said, card = say_trend(outcome, CARD, EN), write_direction(outcome, CARD, EN)
    for heading, words in ((", up from", "Up from"), (", down from", "Down from")):
        assert (heading in said) == card.startswith(words)
    if heading_keeps_headline(said):
        assert f": {write_outcome_headline(outcome, CARD, EN)}" in said


def heading_keeps_headline(said: str) -> bool:
    """Whether a heading has its figure in whole per cent: not where a decimal tells two years apart."""
    return not re.search(r"\d\.\d%|not shown for|no data for", said)


@pytest.mark.parametrize(
    ("before", "now", "said"),
    [
        ((0.5, 0.5), (0.61, 0.7), "61–70%, up from 50%"),
        ((0.5, 1.0), (0.1, 0.4), "10–40%, down from 50–100%"),
        ((0.5, 0.5), (0.5, 0.5), "50%, unchanged since 2017/18"),
        ((0.5, 0.504), (0.503, 0.507), "50–51%, practically unchanged since 2017/18"),
        ((0.0, 0.52), (0.5, 0.6), "50–60%, not to be told apart from 2017/18"),
        ((0.22, 0.562), (0.564, 0.68), "56.4–68.0%, up from 22.0–56.2%"),
    ],
)
def test_years_in_words(before: tuple[float, float], now: tuple[float, float], said: str) -> None:
    """What it is of comes first; where whole per cents would hide a gap there is a decimal."""
    outcome = make_outcome(make_years(before, now))
    assert say_trend(outcome, CARD, EN) == f"A figure of something: {said}"


def test_years_that_say_less() -> None:
    """Across a break, of what was registered alone, and beside a hidden year no change is told."""
    rows = [Figure(value=value, lower=value, upper=value) for value in (0.2, 0.8)]
    years = [
        TrendPoint(at, make_result([row]))
        for at, row in zip(("2017/18", "2018/19"), rows, strict=True)
    ]
    broken = [years[0], evolve(years[1], breaks=(Break.SCHOOLS_CHANGED,))]
    assert "80%, not comparable with 2017/18" in say_trend(make_outcome(broken), CARD, EN)
    kind = RangeKind.OF_REGISTERED
    registered = [evolve(one, result=evolve(one.result, range_kind=kind)) for one in years]
    assert "too uncertain to say" in say_trend(make_outcome(registered), CARD, EN)
    for reason, words in ((Reason.WITHHELD, "is not shown"), (Reason.NOT_REGISTERED, "no data of")):
        first = evolve(years[0], result=make_result([Figure(reason=reason)]))
        assert words in say_trend(make_outcome([first, years[1]]), CARD, EN)


def test_cohorts() -> None:
    """Pupils are others every year: without an interval no year is said to be above another."""
    words = Label("Elever", "Pupils")
    info = MeasureInfo(
        label=words,
        tells=words,
        beware=words,
        figure_class=FigureClass.ORGANISATIONAL,
        tables=("units", "outcomes"),
        reference="-",
        of_cohorts=True,
    )
    outcome = make_outcome(make_years((0.2, 0.2), (0.8, 0.8)))
    assert "up from" in say_trend(outcome, CARD, EN)
    said = say_trend(outcome, evolve(CARD, measures={"made_up": info}), EN)
    assert "too uncertain to say whether it changed" in said


def test_missing_years_are_named() -> None:
    """A year without a figure says so in words: no data, or not shown."""
    for reason, words in ((Reason.NOT_REGISTERED, "ingen data"), (Reason.WITHHELD, "ikke vist")):
        years = make_years((0.5, 0.6), (0.5, 0.6))
        absent = evolve(years[0], result=make_result([Figure(reason=reason)]))
        picture = draw_trend(make_outcome([absent, years[1]]), CARD, DA)
        assert picture is not None
        assert f">{words}</text>" in picture.svg
        assert picture.about == "Procent, år for år"


def test_ranges_stay_together() -> None:
    """No line of a Danish heading ends inside a range, or between a number and its sign."""
    kept = keep_ranges_together("Et tal: 34–45 %")
    assert " %" not in kept
    assert "4\N{WORD JOINER}–\N{WORD JOINER}4" in kept


def name_figures(shown: list[Figure]) -> dict[str, Figure]:
    """Figures by schools of their own."""
    return {f"School {n}": evolve(f, part=f"s{n}") for n, f in enumerate(shown, start=1)}


def say_of(shown: dict[str, Figure]) -> str:
    """What is said of the coverage of schools."""
    return say_coverage(shown, make_result([]), CARD, EN)


@given(st.lists(figures(), min_size=1, max_size=60))
@search(200)
def test_coverage(shown: list[Figure]) -> None:
    """All, so many schools at least, the others between: true of every end, and of nobody hidden."""
    said = say_of(name_figures(shown))
    ends = [pair for pair in map(read_ends, shown) if pair is not None]
    absent = len(shown) - len(ends)
    left = sum(int(n) for n in re.findall(r"; (\d+) (?:not shown|without data)", said))
    assert left == (absent if ends else 0)
    schools = f"{len(ends)} schools" if not absent else f"the {len(ends)} schools shown"
    if found := re.match(
        rf"At (\d+) of {schools} at least (\d+)% .* others (\d+)(?:–(\d+))?%", said
    ):
        count, step, low, high = (int(n) for n in found.groups(default=found[3]))
        assert sum(lower >= step / 100 - 1e-9 for lower, _ in ends) == count >= len(ends) / 2
        others = [pair for pair in ends if pair[0] < step / 100 - 1e-9]
        assert all(low - 1e-6 <= 100 * a and 100 * b <= high + 1 for a, b in others)
    elif found := re.match(rf"At all {schools} at least (\d+)%", said):
        assert all(100 * lower >= int(found[1]) - 1e-6 for lower, _ in ends)
    else:
        assert not ends or len(ends) == 1 or f"At {schools}" in said


def test_coverage_in_words() -> None:
    """Six of eight schools, and the two others, as one would say it; no school is named."""
    shown = [Figure(lower=0.9, upper=1.0, reason=Reason.BAND)] * 6
    shown += [Figure(value=value, lower=value, upper=value) for value in (0.83, 0.88)]
    said = (
        "At 6 of 8 schools at least 90% are in a community of any kind (teams included), "
        "at the others 83–88%"
    )
    assert say_of(name_figures(shown)) == said


def test_joined_schools() -> None:
    """Small schools told together are named together and counted as two; a hidden one is counted apart."""
    shown = name_figures([Figure(lower=0.8, upper=1.0, reason=Reason.BAND)] * 2)
    shown["Å og Ø"] = Figure(part="a + b", lower=0.9, upper=1.0, reason=Reason.BAND)
    shown["Hidden"] = Figure(part="h", reason=Reason.WITHHELD)
    said = say_of(shown)
    assert said.startswith("At all the 2 schools shown at least 80%")
    assert said.endswith("; Å og Ø are shown together: 90–100%; 1 not shown")
    del shown["School 1"], shown["School 2"]
    assert "cannot be shown of any of 3 schools by itself" in say_of(shown)


@given(st.data())
@search(60)
def test_contacts(data: st.DataObject) -> None:
    """More and fewer contacts than chance are counted only where every density that is told so says so."""
    card = data.draw(municipalities(most=1))
    names = LEVELS[:2]
    rows = [evolve(data.draw(figures()), from_=a, to=b) for a, b in product(names, names)]
    pairs = list_level_contacts(make_result(rows, relation="advice"), card)
    said = say_contacts(pairs, "Advice", EN)
    found = re.search(r"chance between (\d+) of 4 .*, fewer between (\d+)", said)
    shades = [pair.find_step() for pair in pairs]
    more, fewer = map(int, found.groups()) if found else (0, 0)
    assert (more, fewer) == (shades.count(1) + shades.count(2), shades.count(0))
    heads = {f.part: f.n or 0 for f in card.overview.coverage_by_level}
    weights = [heads[row.from_] * (heads[row.to] - (row.from_ == row.to)) for row in rows]
    # Of those who answered a density is its value with three decimals, or its class; else it is open.
    half = 0.0005
    ends = [
        (max(row.value - half, 0.0), min(row.value + half, 1.0))
        if row.value is not None
        else read_ends(row) or (0.0, 1.0)
        for row in rows
    ]
    if not found:
        return
    for world in product(*ends):
        overall = sum(w * d for w, d in zip(weights, world, strict=True)) / sum(weights)
        assert sum(d > overall - 1e-9 for d in world) >= more
        assert sum(d < overall + 1e-9 for d in world) >= fewer


def test_contacts_of_small_levels() -> None:
    """A class has no shade; levels that are counted together are named, and brackets are left out."""
    rows = [
        evolve(Figure(lower=0.0, upper=0.1, reason=Reason.BAND), from_=a, to=b)
        for a, b in product(LEVELS[2:], LEVELS[2:])
    ]
    joined = Figure(part=" + ".join(LEVELS[:2]), n=17)
    heads = [joined, *(Figure(part=level, n=40) for level in LEVELS[2:])]
    label = Label("Sparring (søger → søgt)", "Advice (seeker → sought)")
    labels = {level: Label(level, level) for level in LEVELS}
    overview = evolve(CARD.overview, coverage_by_level=make_result(heads))
    card = evolve(CARD, overview=overview, names={**CARD.names, **labels})
    result = make_result(rows, relation="advice", relation_label=label)
    picture = draw_contacts(result, card, EN)
    assert picture is not None
    assert picture.finding == "Advice: none of 4 pairs of levels can be told from pure chance"
    assert "Administration and school_leadership are few and counted together" in picture.about
    assert {pair.find_step() for pair in list_level_contacts(result, card)} == {None}


@given(st.lists(figures(), min_size=1, max_size=6), ENDS)
@search(200)
def test_largest_part(shown: list[Figure], anything: tuple[float, float]) -> None:
    """A part takes most only where no ends of the ranges make another as large."""
    rows = [evolve(figure, figure=f"part {n}") for n, figure in enumerate(shown)]
    names = {str(row.figure): str(row.figure) for row in rows}
    said = say_largest_part(make_result(rows), names, CARD, EN)
    named = re.findall("“(.*?)” takes most", said)
    for name in named:
        ends = {row.figure: read_ends(row) or anything for row in rows}
        assert all(other == name or most < ends[name][0] for other, (_, most) in ends.items())


def test_registered_hours() -> None:
    """Parts without a range are of the hours registered: none of them is said to take most."""
    rows = [Figure(figure=name, value=value) for name, value in (("a", 0.7), ("b", 0.3))]
    said = say_largest_part(make_result(rows), {"a": "Talk", "b": "Plans"}, CARD, EN)
    assert said.startswith("Of the hours registered in 2018/19: “Talk” 70%, “Plans” 30%;")


@given(st.lists(st.lists(counts(), min_size=3, max_size=3), min_size=1, max_size=20))
@search(100)
def test_organisation(schools: list[list[Figure]]) -> None:
    """Schools with communities on every level are counted only where that is told of every level."""
    names = {str(n): f"Level {n}" for n in range(3)}
    shown = [
        SchoolPlaces(
            id=f"s{number}",
            name=f"School {number}",
            places={str(n): LevelSpot.of(figure) for n, figure in enumerate(rows)},
            coverage=Figure(),
        )
        for number, rows in enumerate(schools, start=1)
    ]
    said = say_anchored_schools(shown, names, EN)
    surely = sum(all((figure.lower or 0) >= 1 for figure in rows) for rows in schools)
    without = sum(any(figure.value == 0 for figure in rows) for rows in schools)
    if said.startswith(("All", "The school")):
        assert surely == len(schools)
    elif said.startswith("There are no data"):
        assert not surely
        assert not without
    else:
        assert re.match(f"{surely} of {len(schools)} schools? with registered", said)
        assert (f"; {without} without any registered" in said) == (without > 0)


def test_nobody_on_a_level() -> None:
    """A level on which nobody is registered lacks nothing; a hidden one is not known."""
    none, nobody = Figure(value=0.0, lower=0.0, upper=0.0), Figure(reason=Reason.NOT_REGISTERED)
    spots = [LevelSpot.of(none, nobody), LevelSpot.of(Figure(value=2.0, lower=2.0, upper=2.0))]
    school = SchoolPlaces(
        id="a", name="A", places=dict(zip("ab", spots, strict=True)), coverage=Figure()
    )
    said = say_anchored_schools([school] * 3, {"a": "Leaders", "b": "Staff"}, EN)
    assert said == (
        "All 3 schools have registered communities of their own on every level that has people"
    )
    assert LevelSpot.of(none, Figure(reason=Reason.WITHHELD)).state == "hidden"
    assert LevelSpot.of(none, Figure(value=0.0)).state == "none"


def test_moves() -> None:
    """On, back and stayed add up to all communities; with one number hidden none of them is told."""
    states = ["team", "emerging", "learning_community"]
    pairs = [*product(states, states)]
    moves = {pair: Figure(value=0.1, numerator=float(n)) for n, pair in enumerate(pairs)}
    expected = (
        "Of 36 communities registered in both years 8 moved on and 16 moved back; "
        "12 stayed where they were"
    )
    assert say_moves(moves, states, EN) == expected
    moves[pairs[0]] = Figure(reason=Reason.WITHHELD)
    assert say_moves(moves, states, EN) == "8 of 9 transitions can be shown"


def test_standings() -> None:
    """Without marks the rows are counted; what was only proposed is never reached."""
    points = [TrendPoint("2018/19", make_result([Figure(value=1.0, lower=1.0, upper=1.0)]))]
    assert say_standings([make_outcome(points)] * 3, EN).endswith(": 3")
    above = make_outcome(points, verdict=Verdict.ABOVE_PROPOSED)
    said = say_standings([above, make_outcome(points, verdict=Verdict.MET)], EN)
    assert said.endswith("1 reaches the target and 1 lies on the wanted side of the proposal")


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


STATES = st.sampled_from([None, None, "hidden", "empty"])


@given(st.lists(st.tuples(st.none() | st.integers(0, 2), STATES), min_size=1, max_size=12))
@search(60)
def test_thirds(drawn: list[tuple[int | None, str | None]]) -> None:
    """The figures of a matrix are counted; hidden and unmeasured ones are not among the uncertain."""
    cells = [Cell(text="", shade=None if state else shade, state=state) for shade, state in drawn]
    told = [cell.shade for cell in cells if cell.state is None]
    said = say_matrix(cells, EN)
    numbers = [int(word) for word in re.findall(r"\d+", said.replace("the one figure", "1"))]
    assert numbers[0] == len(told)
    if len(numbers) > 1:
        absent = len(cells) - len(told)
        assert sum(numbers[1:]) == len(cells)
        assert said.endswith(f"not measured or not shown: {absent}") or not absent
    else:
        assert set(told) <= {None}
