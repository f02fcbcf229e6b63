"""School by school: in the order of names, with what is told of each beside the municipality."""

from __future__ import annotations

import pytest
from attrs import evolve
from report.made import between, exactly, make_card, make_result

from plfkit.goals import Scorecard
from plfkit.goals.scorecard import OverviewYear
from plfkit.model.records.tables import Table
from plfkit.model.results.figures import Figure
from plfkit.model.words.kinds import Label
from plfkit.model.words.reasons import Reason
from plfkit.report.sections.schools import find_school_figure, list_school_views, write_place_state
from plfkit.report.texts import Texts, make_collation_key
from plfkit.report.units import list_schools

ENGLISH = Texts("en")


def in_parts(**figures: Figure) -> Table[Figure]:
    """Figures of schools, by their ids."""
    return Table.of(Figure, [evolve(figure, part=part) for part, figure in figures.items()])


def make_schools(**names: str) -> Scorecard:
    """A card of schools that are called so, each with leaders who have a community."""
    card = make_card()
    has = {school: evolve(exactly(1.0), figure="school_leadership") for school in names}
    places = evolve(card.overview.anchoring_by_school, figures=in_parts(**has))
    coverage = evolve(
        make_result(exactly(0.5)), figures=in_parts(**dict.fromkeys(names, exactly(0.5)))
    )
    year = evolve(card.overview.years[-1], coverage_by_school=coverage, rhythm_by_school=coverage)
    overview = evolve(
        card.overview, anchoring_by_school=places, coverage_by_school=coverage, years=(year,)
    )
    labels = {school: Label(name, name) for school, name in names.items()}
    return evolve(card, overview=overview, names={**card.names, **labels})


def test_order_and_names() -> None:
    """Skole 2 stands before Skole 10, å last; two of one name are told apart."""
    card = make_schools(a="Skole 10", b="Ågård", c="Skole 2", d="Skole 2")
    names = [school.name for school in list_schools(card, ENGLISH)]
    assert names == ["Skole 2", "Skole 2 (2)", "Skole 10", "Ågård"]


@pytest.mark.parametrize(
    ("first", "second"), [("Skole 2", "Skole 10"), ("Ærø", "Ørsted"), ("Ørsted", "Åby"), ("B", "b")]
)
def test_collation(first: str, second: str) -> None:
    """Numbers count as numbers, and æ, ø and å come after z in their order."""
    assert make_collation_key(first) < make_collation_key(second)


def test_a_school_and_the_municipality() -> None:
    """Each row has a cell for each year and the municipality's last; both rows are there."""
    (school,) = list_school_views(make_schools(a="Skolen"), ENGLISH)
    assert school.says == "School leadership: has a community."
    assert school.columns[-1] == "The municipality"
    rows = dict(school.rows)
    assert rows["Staff in at least one community"][0] == "50%"
    assert {len(cells) for cells in rows.values()} == {len(school.columns)}


def test_schools_told_together() -> None:
    """A school that is told with another has their figure, and says so."""
    card = make_schools(a="Skole A", b="Skole B")
    together = evolve(
        card.overview.coverage_by_school,
        figures=Table.of(Figure, [evolve(between(0.4, 0.6), part="a + b", n=30)]),
    )
    overview = evolve(card.overview, coverage_by_school=together)
    first, _ = list_school_views(evolve(card, overview=overview), ENGLISH)
    assert first.joined == "People are shown together with those of Skole B."
    found = find_school_figure(together, "b")
    assert found is not None
    assert found.n == 30


@pytest.mark.parametrize(
    ("figure", "told"),
    [
        (exactly(1.0), "has a community"),
        (exactly(0.0), "none registered yet"),
        (Figure(reason=Reason.WITHHELD), "not shown (disclosure control)"),
        (Figure(reason=Reason.NOT_REGISTERED), "nobody registered"),
    ],
)
def test_places(figure: Figure, told: str) -> None:
    """A level has a community, has none, is hidden, or has nobody on it: four different things."""
    assert write_place_state(figure, ENGLISH) == told


def test_equal_answers_are_one_row() -> None:
    """Where as many answered whatever was asked, that is told once."""
    card = make_schools(a="Skolen")
    result = evolve(make_result(exactly(0.8)), figures=in_parts(a=exactly(0.8)))
    other = evolve(result, figures=in_parts(a=exactly(0.7)))
    for relations, rows in (
        ({"advice": result, "observation": result}, ["Answered the survey"]),
        (
            {"advice": result, "observation": other},
            ["Answered (advice)", "Answered (peer observation)"],
        ),
    ):
        overview = evolve(card.overview, answered_by_school=relations)
        (school,) = list_school_views(evolve(card, overview=overview), ENGLISH)
        told = [name for name, _ in school.rows if name.startswith("Answered")]
        assert [name.split(" (")[0] for name in told] == [name.split(" (")[0] for name in rows]


def test_years_of_the_overview() -> None:
    """The table has a column for each year of the overview, the earliest first."""
    card = make_schools(a="Skolen")
    now: OverviewYear = card.overview.years[-1]
    overview = evolve(card.overview, years=(evolve(now, at="2017/18"), evolve(now, at="2018/19")))
    (school,) = list_school_views(evolve(card, overview=overview), ENGLISH)
    assert school.columns == ["2017/18", "2018/19", "The municipality"]
