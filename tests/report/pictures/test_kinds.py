"""Every kind of picture, of whatever may have been released."""

from __future__ import annotations

import re
from itertools import product

import pytest
from attrs import evolve
from drawing import (
    LEVELS,
    check_picture,
    count_at_least,
    figures,
    make_card,
    make_municipality,
    make_outcome,
    make_result,
    marks,
    municipalities,
    trends,
)
from hypothesis import example, given
from hypothesis import strategies as st
from searching import search

from plfkit.goals.scorecard import GoalOutcome, Scorecard, TrendPoint
from plfkit.model.declared.declarations import Goal, Matrix, MatrixRow, Scale
from plfkit.model.results.figures import Figure
from plfkit.model.words.kinds import Label
from plfkit.model.words.verdicts import Verdict
from plfkit.report.pictures import (
    draw_contacts,
    draw_coverage,
    draw_figures,
    draw_hours,
    draw_matrix,
    draw_organisation,
    draw_transitions,
    draw_trend,
)
from plfkit.report.texts import Texts

LANGUAGES = st.sampled_from(["da", "en"]).map(Texts.of)
SCALES: list[Scale] = ["share", "points", "count", "index"]


@given(st.data(), st.sampled_from(SCALES), LANGUAGES)
@search(60)
def test_trends(data: st.DataObject, scale: Scale, texts: Texts) -> None:
    """A trend holds whatever years there are, and there is none only where no year has a number."""
    points, mark = data.draw(trends(scale)), data.draw(marks(scale))
    picture = draw_trend(make_outcome(points, mark), make_card(), texts)
    if picture is not None:
        check_picture(picture, texts)
    mains = [point.result.main or Figure() for point in points]
    assert (picture is None) == all(main.value is None and main.lower is None for main in mains)


@given(st.lists(st.sampled_from(SCALES), min_size=1, max_size=9), st.data(), LANGUAGES)
@search(40)
def test_rows(scales: list[Scale], data: st.DataObject, texts: Texts) -> None:
    """Figures of any scale stand below one another."""
    outcomes = [
        make_outcome(
            [TrendPoint("2018/19", make_result([data.draw(figures(scale))], scale))],
            data.draw(marks(scale)),
            data.draw(st.sampled_from([*Verdict, None])),
        )
        for scale in scales
    ]
    picture = draw_figures(outcomes, make_card(), texts)
    if picture is not None:
        check_picture(picture, texts)
        assert len(picture.table.rows) == len(scales)


CROWDED = make_municipality(60, [count_at_least(123)], ties=make_result([]))


@given(municipalities(), LANGUAGES)
@example(CROWDED, Texts.of("da"))
@search(15)
def test_schools(card: Scorecard, texts: Texts) -> None:
    """Coverage and the organisation hold from no school to sixty, and each school stands there once."""
    for picture in (draw_coverage(card, texts), draw_organisation(card, texts)):
        if picture is not None:
            check_picture(picture, texts)
    organisation = draw_organisation(card, texts)
    if organisation is not None:
        drawn = re.findall('data-school="(.*?)"', organisation.svg)
        assert sorted(drawn) == sorted(f.part or "" for f in card.overview.coverage_by_school)


@given(st.data(), LANGUAGES)
@search(40)
def test_contacts(data: st.DataObject, texts: Texts) -> None:
    """Contacts from level to level hold whatever is told of them."""
    card = data.draw(municipalities(most=1))
    picture = draw_contacts(card.overview.years[-1].contacts["advice"], card, texts)
    if picture is not None:
        check_picture(picture, texts)
        assert len(picture.table.rows) == len(LEVELS) ** 2


@given(st.data(), st.integers(1, 5), st.integers(1, 4), LANGUAGES)
@search(40)
def test_matrices(data: st.DataObject, columns: int, rows: int, texts: Texts) -> None:
    """A matrix holds for any figures, for scales beside each other, and where a figure is missing."""
    ids = [[f"i{row}_{column}" for column in range(columns)] for row in range(rows)]
    matrix = Matrix(
        columns=tuple(Label(f"Søjle {n}", f"Column {n}") for n in range(columns)),
        rows=tuple(MatrixRow(Label("Række", "Row"), tuple(names)) for names in ids[:1])
        + tuple(
            MatrixRow(Label(f"Ledelsesrække nummer {n}", f"Row number {n}"), tuple(names))
            for n, names in enumerate(ids[1:], start=2)
        ),
    )
    outcomes = []
    for name in [name for names in ids for name in names][1:]:
        scale = data.draw(st.sampled_from(SCALES))
        questions = ("made_up 1-4",) if scale == "index" else ()
        result = make_result([data.draw(figures(scale))], scale, questions=questions)
        outcome = make_outcome([TrendPoint("2018/19", result)])
        outcomes.append(
            type(outcome)(id=name, indicator=outcome.indicator, result=result, verdict=None)
        )
    label = Label("Et mål", "A goal")
    goal = GoalOutcome(id="G", goal=Goal(label, label, matrix=matrix), indicators=tuple(outcomes))
    picture = draw_matrix(goal, make_card(), texts)
    if picture is not None:
        check_picture(picture, texts)


@given(st.data(), LANGUAGES)
@search(40)
def test_transitions(data: st.DataObject, texts: Texts) -> None:
    """What became of communities holds for any figures."""
    states = ("team", "emerging", "learning_community")
    rows = [evolve(data.draw(figures()), from_=a, to=b) for a, b in product(states, states)]
    outcome = make_outcome([TrendPoint("2018/19", make_result(rows))])
    picture = draw_transitions(outcome, make_card(), texts)
    if picture is not None:
        check_picture(picture, texts)


@given(st.data(), st.integers(1, 11), st.integers(1, 4), LANGUAGES)
@search(40)
def test_hours(data: st.DataObject, parts: int, years: int, texts: Texts) -> None:
    """Parts that add up are stacked; a year in which one is missing says so."""
    points = []
    for year in range(years):
        hours = data.draw(st.lists(st.integers(0, 50), min_size=parts, max_size=parts))
        whole = sum(hours)
        shares = [round(one / whole, 3) if whole else None for one in hours]
        rows = [Figure(figure=f"part_{n}", value=share) for n, share in enumerate(shares)]
        points.append(TrendPoint(f"20{16 + year}/{17 + year}", make_result(rows)))
    picture = draw_hours(make_outcome(points), make_card(), texts)
    if picture is not None:
        check_picture(picture, texts)


@pytest.mark.parametrize("language", ["da", "en"])
def test_drawn_twice(language: str) -> None:
    """The same figures give the same bytes."""
    points = [TrendPoint("2017/18", make_result([Figure(value=0.5, lower=0.4, upper=0.6)]))] * 2
    texts = Texts.of(language)
    first, second = (draw_trend(make_outcome(points), make_card(), texts) for _ in range(2))
    assert first is not None
    assert first == second
