"""School by school: each in a section that prints alone, in the order of names."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from attrs import frozen

from plfkit.goals.scorecard import OverviewYear, Scorecard
from plfkit.model.results.fields import TOTAL
from plfkit.model.results.figures import Figure
from plfkit.model.results.result import Result
from plfkit.model.words.reasons import Reason
from plfkit.report.figures import explain_missing_value
from plfkit.report.headlines import write_headline
from plfkit.report.pictures.phrases import name_relation
from plfkit.report.texts import Texts
from plfkit.report.units import NamedSchool, list_schools

_Find = Callable[[OverviewYear], Result]


@frozen(kw_only=True)
class SchoolView:
    """A school as the page shows it.

    Attributes:
        id: The id of its section.
        key: Its id, by which pictures mark it.
        name: What it is called.
        staff: How many people work there, in words; empty where that is not told.
        joined: With which schools it is told together, in words; empty where it stands alone.
        says: On which levels it has a community, in a sentence.
        columns: The years of its table, and the municipality.
        rows: What is told of it: what it is, year by year, and of the municipality this year.
    """

    id: str
    key: str
    name: str
    staff: str
    joined: str
    says: str
    columns: list[str]
    rows: list[tuple[str, list[str]]]


def list_school_views(card: Scorecard, texts: Texts) -> list[SchoolView]:
    """Return each school with its own figures, beside the municipality's."""
    return [
        _build_school_view(number, school, card, texts)
        for number, school in enumerate(list_schools(card, texts), start=1)
    ]


def _build_school_view(
    number: int, school: NamedSchool, card: Scorecard, texts: Texts
) -> SchoolView:
    coverage = find_school_figure(card.overview.coverage_by_school, school.id)
    return SchoolView(
        id=f"school-{number}",
        key=school.id,
        name=school.name,
        staff=_write_staff(coverage, texts),
        joined=_write_joined_schools(coverage, school, card, texts),
        says=_say_places(school, card, texts),
        columns=[
            *(texts.write_period(year.at) for year in card.overview.years),
            texts("schools.whole"),
        ],
        rows=[
            _lay_out_row("coverage", school, card, texts),
            _lay_out_row("rhythm", school, card, texts),
            *_lay_out_answers(school, card, texts),
        ],
    )


def find_school_figure(result: Result, school: str) -> Figure | None:
    """Return the figure of a school, or of the schools that it is told together with."""
    return next(
        (
            figure
            for figure in result
            if figure.part is not None
            and school in figure.part.split(" + ")
            and figure.figure in {None, TOTAL}
        ),
        None,
    )


def _write_staff(coverage: Figure | None, texts: Texts) -> str:
    if coverage is None or coverage.n is None:
        return ""
    return texts("schools.staff", count=texts.write_number(coverage.n))


def _write_joined_schools(
    coverage: Figure | None, school: NamedSchool, card: Scorecard, texts: Texts
) -> str:
    """Say with which small schools a school is told together."""
    parts = [] if coverage is None or coverage.part is None else coverage.part.split(" + ")
    others = [texts.label(card.names[part]) for part in parts if part != school.id]
    return texts("schools.joined", others=texts.write_listing(others)) if others else ""


def _say_places(school: NamedSchool, card: Scorecard, texts: Texts) -> str:
    """Say of each level of a school whether it has a community, as far as members are registered."""
    overview = card.overview
    if not (overview.years and overview.years[-1].has_members):
        return texts("places.nothing")
    said = [
        texts(
            "places.level",
            level=texts.label(card.names[figure.figure]),
            state=write_place_state(figure, texts),
        )
        for figure in overview.anchoring_by_school
        if figure.part == school.id
        and figure.figure is not None
        and figure.figure not in {TOTAL, *overview.municipal_levels}
    ]
    return texts("places.all", levels="; ".join(said)) if said else ""


def write_place_state(figure: Figure, texts: Texts) -> str:
    """Say whether a level at a place has a community, or why that is not told."""
    if figure.value is None:
        hidden = figure.reason == Reason.WITHHELD
        return texts("places.withheld" if hidden else "places.unregistered")
    return texts("places.has" if figure.value else "places.lacks")


def _lay_out_row(
    name: str, school: NamedSchool, card: Scorecard, texts: Texts
) -> tuple[str, list[str]]:
    """Lay out one figure of a school year by year, and the municipality's beside it."""
    find, find_whole = _FIGURES[name]
    years = card.overview.years
    cells = [_write_school_cell(find(year), school, card, texts) for year in years]
    cells.append(_write_whole(find_whole(card), card, texts))
    # Beside the cells of the years stands the municipality's, which is of the last one.
    told = [year.has_members for year in (*years, *years[-1:])]
    nothing = explain_missing_value(Reason.NOT_REGISTERED, texts)
    shown = [cell if one else nothing for cell, one in zip(cells, told, strict=bool(years))]
    return texts(f"schools.{name}"), shown


_FIGURES: Mapping[str, tuple[_Find, Callable[[Scorecard], Result | None]]] = {
    "coverage": (lambda year: year.coverage_by_school, lambda card: card.overview.coverage),
    "rhythm": (
        lambda year: year.rhythm_by_school,
        lambda card: card.overview.years[-1].rhythm if card.overview.years else None,
    ),
}
"""What is told of schools over the years: where it stands, and the municipality's own figure."""


def _lay_out_answers(
    school: NamedSchool, card: Scorecard, texts: Texts
) -> list[tuple[str, list[str]]]:
    """Lay out who answered this year, for each relation that was asked about; once if all are the same."""
    rows = [*_list_answer_rows(school, card, texts)]
    if len(rows) > 1 and all(cells == rows[0][1] for _, cells in rows):
        return [(texts("schools.answered_all"), rows[0][1])]
    return rows


def _list_answer_rows(
    school: NamedSchool, card: Scorecard, texts: Texts
) -> Iterator[tuple[str, list[str]]]:
    earlier = [texts("goals.none")] * max(len(card.overview.years) - 1, 0)
    for relation, result in card.overview.answered_by_school.items():
        whole = card.overview.answered.get(relation)
        name = name_relation(card.names[relation], relation, texts).lower()
        cells = [_write_school_cell(result, school, card, texts), _write_whole(whole, card, texts)]
        yield texts("schools.answered", relation=name), [*earlier, *cells]


def _write_school_cell(result: Result, school: NamedSchool, card: Scorecard, texts: Texts) -> str:
    figure = find_school_figure(result, school.id)
    if figure is None:
        return texts("goals.none")
    return write_headline(result, figure, card.standards, texts)


def _write_whole(result: Result | None, card: Scorecard, texts: Texts) -> str:
    """Write the municipality's own figure, as far as the result has one."""
    whole = None if result is None else next((f for f in result if f.part is None), None)
    if result is None or whole is None:
        return texts("goals.none")
    return write_headline(result, whole, card.standards, texts)
