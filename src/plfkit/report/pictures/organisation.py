"""The organisation: administration on top, then schools side by side with a circle for each level."""

from __future__ import annotations

from functools import partial
from math import ceil

from attrs import frozen

from plfkit.goals.scorecard import Scorecard
from plfkit.model.results.figures import Figure
from plfkit.model.words.reasons import Reason
from plfkit.report.pictures.arrangement import (
    OrganisationPlaces,
    find_level_contacts,
    find_overview_year,
    gather_organisation,
    lay_out_organisation,
    say_organisation,
)
from plfkit.report.pictures.canvas import SMALL, Canvas, LegendEntry, Look
from plfkit.report.pictures.letters import estimate_width, shorten_text, split_text
from plfkit.report.pictures.picture import Picture, build_picture
from plfkit.report.pictures.places import (
    AT_LEAST,
    COUNTED,
    HIDDEN,
    NONE,
    OPEN,
    SOME,
    STEPS,
    LevelSpot,
    count_steps,
    draw_coverage_square,
)
from plfkit.report.pictures.shapes import SOFT, TINT, draw_cell, draw_line
from plfkit.report.texts import Texts

_NAMES, _WHOLE = 96.0, 112.0
_STEP, _WIDEST_STEP, _LEAST_WIDTH = 34.0, 60.0, 360.0
_PER_ROW = 20
_ROW, _SQUARES, _MARGIN = 46.0, 34.0, 8.0
_NAME_HEIGHT, _NAME_LINE = 122.0, 24.0
_SMALL_SIGN = 10_000
"""How many communities the largest circle of a legend would stand for: so that its own is small."""
_SQUARE_SIGNS = {
    "low": Figure(lower=0.0),
    "half": Figure(lower=STEPS[0]),
    "most": Figure(lower=STEPS[1]),
    "hidden": Figure(reason=Reason.WITHHELD),
    "open": Figure(),
}


@frozen(kw_only=True)
class _Plan:
    """Where schools and levels stand.

    Attributes:
        step: How wide a school is.
        per_row: How many schools stand side by side.
        municipal: The levels of the municipality, from the top.
        levels: The levels that schools have, from the top.
        turned: Whether the names of schools run upwards.
        names: How high they are.
    """

    step: float
    per_row: int
    municipal: tuple[str, ...]
    levels: tuple[str, ...]
    turned: bool
    names: float

    @property
    def width(self) -> float:
        """How wide the picture is."""
        return max(_LEAST_WIDTH, _NAMES + _WHOLE + self.step * self.per_row + _MARGIN)

    @property
    def whole(self) -> float:
        """Where the middle of the column stands that is of the municipality."""
        return _NAMES + _WHOLE * 0.35

    @property
    def block(self) -> float:
        """How high the rows of schools are that stand side by side, with their names."""
        return _ROW * len(self.levels) + _SQUARES + self.names

    def locate_school(self, place: int) -> float:
        """Return where the middle of a school stands."""
        return _NAMES + _WHOLE + self.step * (place + 0.5)


def draw_organisation(
    card: Scorecard, texts: Texts, *, year: str | None = None, relation: str | None = None
) -> Picture | None:
    """Draw the organisation of a year; None where nothing is told of any place.

    Each school is a group of its own with its number, in the order of names, in ``data-school``.

    Args:
        card: The scorecard.
        texts: The words.
        year: The year, as the scorecard writes it; its own if left out.
        relation: The relation whose contacts link the levels; the first that a survey asked about if
            left out. Links are drawn in the scorecard's own year, of which it knows the head counts.
    """
    shown = find_overview_year(card, year)
    if shown is None:
        return None
    ties = find_level_contacts(shown, card, relation)
    organisation = gather_organisation(shown, ties, card, texts)
    if all(place.state == OPEN for place in organisation.places):
        return None
    plan = _plan_picture(organisation, card)
    canvas = Canvas(plan.width, _MARGIN)
    _draw_whole(canvas, plan, organisation)
    for start in range(0, len(organisation.schools), plan.per_row):
        _draw_block(canvas, plan, organisation, start, texts)
    if not organisation.schools:
        canvas.height += _ROW * len(plan.levels)
    canvas.add_legend(_list_place_entries(organisation, texts))
    about = texts("pictures.about_organisation", at=shown.at)
    if organisation.links:
        about += texts("pictures.about_links", relation=organisation.relation)
    return build_picture(
        canvas,
        lay_out_organisation(organisation, texts),
        name="-".join(["organisation", shown.at, *([] if ties is None else [str(ties.relation)])]),
        finding=say_organisation(organisation.schools, texts),
        about=about,
        card=card,
        texts=texts,
    )


def _plan_picture(organisation: OrganisationPlaces, card: Scorecard) -> _Plan:
    """Plan how many schools stand side by side, and how wide each of them is."""
    count, municipal = len(organisation.schools), card.overview.municipal_levels
    per_row = ceil(count / ceil(count / _PER_ROW)) if count else 1
    room = _LEAST_WIDTH - _NAMES - _WHOLE - _MARGIN
    step = min(_WIDEST_STEP, max(_STEP, room / per_row))
    shown = [shorten_text(one.name, _NAME_HEIGHT - 8, SMALL) for one in organisation.schools]
    widest = max((estimate_width(name, SMALL) for name in shown), default=0.0)
    return _Plan(
        step=step,
        per_row=per_row,
        municipal=tuple(level for level in organisation.names if level in municipal),
        levels=tuple(level for level in organisation.names if level not in municipal),
        turned=widest > step - 4,
        names=min(_NAME_HEIGHT, widest + 12) if widest > step - 4 else _NAME_LINE,
    )


def _draw_whole(canvas: Canvas, plan: _Plan, organisation: OrganisationPlaces) -> None:
    """Draw what is the municipality's: its own levels on top, and below them what spans schools."""
    levels = [*plan.municipal, *plan.levels]
    most = max((place.count for place in organisation.whole.values()), default=1)
    heights = {level: canvas.height + _ROW * (row + 0.5) for row, level in enumerate(levels)}
    for level in plan.municipal:
        corner = (0.0, heights[level] - _ROW / 2)
        canvas.add_shapes(draw_cell(corner, (plan.width, _ROW), fill=TINT, radius=0))
        _write_level_name(canvas, organisation.names[level], heights[level])
    for (upper, lower), link in organisation.links.items():
        start, end = ((plan.whole, heights[level]) for level in (upper, lower))
        canvas.add_shapes(link.draw_strokes(start, end))
        beside = (plan.whole + 9, (start[1] + end[1]) / 2 + 4)
        canvas.write_text(link.words, beside, Look(size=SMALL, halo=True), room=_WHOLE * 0.65 - 12)
    for level, place in organisation.whole.items():
        _draw_place(canvas, place, (plan.whole, heights[level]), most)
    canvas.height += _ROW * len(plan.municipal)


def _write_level_name(canvas: Canvas, name: str, y: float) -> None:
    lines = len(split_text(name, _NAMES - 10, SMALL, lines=3))
    place = (4.0, y + 4 - (lines - 1) * 6.6)
    canvas.write_lines(name, place, Look(size=SMALL), room=_NAMES - 10, lines=3)


def _draw_place(canvas: Canvas, place: LevelSpot, centre: tuple[float, float], most: int) -> None:
    canvas.add_shapes(place.draw_circle(centre, most))
    if place.mark:
        look = Look(size=SMALL, anchor="middle", bold=True, fill=place.ink)
        canvas.write_text(place.mark, (centre[0], centre[1] + 4), look)


def _draw_block(
    canvas: Canvas, plan: _Plan, organisation: OrganisationPlaces, start: int, texts: Texts
) -> None:
    """Draw schools side by side, below what is there."""
    schools = organisation.schools[start : start + plan.per_row]
    most = max((p.count for one in organisation.schools for p in one.places.values()), default=1)
    top, squares = canvas.height, canvas.height + _ROW * len(plan.levels)
    for row, level in enumerate(plan.levels):
        _write_level_name(canvas, organisation.names[level], top + _ROW * (row + 0.5))
        y = top + _ROW * (row + 1)
        canvas.add_shapes(draw_line((_NAMES, y), (plan.width - _MARGIN, y)))
    _write_level_name(canvas, texts("pictures.in_community"), squares + _SQUARES / 2)
    if start == 0:
        look = Look(size=SMALL, anchor="middle", fill=SOFT)
        canvas.write_lines(
            texts("pictures.spanning"), (plan.whole, squares + 12), look, room=_WHOLE * 0.66
        )
    for place, school in enumerate(schools):
        x = plan.locate_school(place)
        with canvas.collect_group(class_="school", data_school=str(school.number)):
            for row, level in enumerate(plan.levels):
                centre = (x, top + _ROW * (row + 0.5))
                _draw_place(canvas, school.places[level], centre, most)
            canvas.add_shapes(draw_coverage_square(school.coverage, (x, squares + _SQUARES / 2)))
            _write_school_name(canvas, plan, school.name, (x, squares + _SQUARES))
    canvas.height += plan.block


def _write_school_name(canvas: Canvas, plan: _Plan, name: str, place: tuple[float, float]) -> None:
    """Write a school's name below it, running upwards where it has no room."""
    if plan.turned:
        look = Look(size=SMALL, anchor="end", turned=True)
        canvas.write_text(name, (place[0] + 4, place[1] + 2), look, room=plan.names - 8)
    else:
        look = Look(size=SMALL, anchor="middle")
        canvas.write_text(name, (place[0], place[1] + 12), look, room=plan.step - 4)


def _list_place_entries(organisation: OrganisationPlaces, texts: Texts) -> list[LegendEntry]:
    """Return what circles and squares mean, as far as there are such."""
    used = {place.state for place in organisation.places}
    circles = [
        LegendEntry(
            partial(_draw_place_sign, LevelSpot(state=state, count=1)),
            texts(f"pictures.circle_{state}"),
        )
        for state in (COUNTED, AT_LEAST, SOME, NONE, HIDDEN, OPEN)
        if state in used
    ]
    levels = {_judge_coverage(school.coverage) for school in organisation.schools}
    squares = [
        LegendEntry(partial(draw_coverage_square, figure), texts(f"pictures.square_{name}"))
        for name, figure in _SQUARE_SIGNS.items()
        if name in levels
    ]
    return [*circles, *squares]


def _draw_place_sign(place: LevelSpot, centre: tuple[float, float]) -> str:
    return place.draw_circle(centre, _SMALL_SIGN)


def _judge_coverage(figure: Figure) -> str:
    """Name the square that a school's coverage has."""
    if figure.lower is None:
        return "hidden" if figure.reason == Reason.WITHHELD else "open"
    return ("low", "half", "most")[count_steps(figure.lower)]
