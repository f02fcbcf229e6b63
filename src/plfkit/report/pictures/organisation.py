"""The organisation: administration on top, then schools side by side with a circle for each level."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from math import ceil

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
from plfkit.report.pictures.columns import (
    LINE,
    MARGIN,
    NAME_LINES,
    NAMES,
    ROW,
    SQUARES,
    TIE_EDGE,
    OrganisationPlan,
    plan_columns,
)
from plfkit.report.pictures.contacts import say_levels_left_out
from plfkit.report.pictures.letters import split_text
from plfkit.report.pictures.links import LevelLink
from plfkit.report.pictures.picture import Picture, build_picture
from plfkit.report.pictures.places import (
    AT_LEAST,
    COUNTED,
    HIDDEN,
    NOBODY,
    NONE,
    OPEN,
    SOME,
    STEPS,
    LevelSpot,
    SchoolPlaces,
    count_steps,
    draw_coverage_square,
)
from plfkit.report.pictures.shapes import GREEN, GREY, SOFT, TINT, draw_cell, draw_dot, draw_line
from plfkit.report.texts import Texts

_HEAD_LINES = 4
_SQUARE_SIGNS = {
    "low": Figure(lower=0.0),
    "half": Figure(lower=STEPS[0]),
    "most": Figure(lower=STEPS[1]),
    "hidden": Figure(reason=Reason.WITHHELD),
    "open": Figure(),
}


def draw_organisation(
    card: Scorecard, texts: Texts, *, year: str | None = None, relation: str | None = None
) -> Picture | None:
    """Draw the organisation of a year; None where nothing is told of any place.

    Each school is a group of its own, with its id in the data in ``data-school``.

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
    linked = any(link.is_told for link in organisation.links.values())
    if not linked and all(place.state == OPEN for place in organisation.places):
        return None
    plan = plan_columns(organisation, card)
    canvas = Canvas(plan.width, MARGIN)
    _write_heads(canvas, plan, organisation, texts)
    _draw_whole(canvas, plan, organisation)
    for start in range(0, len(organisation.schools), plan.per_row):
        _draw_block(canvas, plan, organisation, start, texts)
    if not organisation.schools:
        canvas.height += ROW * len(plan.levels)
    canvas.add_legend(list_place_entries(organisation, texts))
    about = texts("pictures.about_organisation", at=texts.write_period(shown.at))
    if ties is not None and organisation.links:
        about += texts("pictures.about_links") + say_levels_left_out(ties, card, texts)
    return build_picture(
        canvas,
        lay_out_organisation(organisation, texts),
        name="-".join(["organisation", shown.at, *([] if ties is None else [str(ties.relation)])]),
        finding=say_organisation(organisation, texts),
        about=about,
        card=card,
        texts=texts,
    )


def _write_heads(
    canvas: Canvas, plan: OrganisationPlan, organisation: OrganisationPlaces, texts: Texts
) -> None:
    """Write above the first columns what they are: ties between levels, and what spans schools."""
    heads = [(texts("pictures.spanning"), plan.whole, plan.spanning)]
    if plan.ties:
        words = texts("pictures.ties_head", relation=organisation.relation)
        heads.append((words, NAMES + plan.ties / 2, plan.ties))
    lines = [split_text(words, room - 6, SMALL, lines=_HEAD_LINES) for words, _, room in heads]
    height = LINE * max(map(len, lines))
    look = Look(size=SMALL, anchor="middle", fill=SOFT)
    for wrapped, (words, x, room) in zip(lines, heads, strict=True):
        top = canvas.height + height - LINE * (len(wrapped) - 1) - 3
        canvas.write_lines(words, (x, top), look, room=room - 6, lines=_HEAD_LINES)
    canvas.height += ceil(height) + 4


def _draw_whole(canvas: Canvas, plan: OrganisationPlan, organisation: OrganisationPlaces) -> None:
    """Draw what is the municipality's: its own levels on top, and below them what spans schools."""
    levels = [*plan.municipal, *plan.levels]
    most = max((place.count for place in organisation.whole.values()), default=1)
    heights = {level: canvas.height + ROW * (row + 0.5) for row, level in enumerate(levels)}
    for level in plan.municipal:
        corner = (0.0, heights[level] - ROW / 2)
        canvas.add_shapes(draw_cell(corner, (plan.width, ROW), fill=TINT, radius=0))
        _write_level_names(canvas, plan, organisation.names[level], heights[level])
    _draw_ties(canvas, plan, organisation, heights)
    for level, place in organisation.whole.items():
        _draw_place(canvas, place, (plan.whole, heights[level]), most)
    canvas.height += ROW * len(plan.municipal)


def _draw_ties(
    canvas: Canvas,
    plan: OrganisationPlan,
    organisation: OrganisationPlaces,
    heights: Mapping[str, float],
) -> None:
    """Draw the ties between levels in a column of their own, beside their numbers."""
    x = NAMES + 10
    for (upper, lower), link in organisation.links.items():
        start, end = (x, heights[upper]), (x, heights[lower])
        canvas.add_shapes(link.draw_strokes((x, start[1] + 6), (x, end[1] - 6)))
        place = (x + 8, (start[1] + end[1]) / 2 + 4)
        canvas.write_text(link.words, place, Look(size=SMALL), room=plan.ties - TIE_EDGE)
    for level in dict.fromkeys(level for pair in organisation.links for level in pair):
        canvas.add_shapes(draw_dot((x, heights[level]), 3, fill=GREY, stroke=GREY))


def _write_level_names(canvas: Canvas, plan: OrganisationPlan, name: str, y: float) -> None:
    """Write the name of a row on the left, and where the picture is wide on the right too."""
    room = NAMES - 8
    lines = len(split_text(name, room, SMALL, lines=3))
    for x in (4.0, plan.right + MARGIN)[: 2 if plan.is_wide else 1]:
        place = (x, y + 4 - (lines - 1) * LINE / 2)
        canvas.write_lines(name, place, Look(size=SMALL), room=room, lines=3)


def _draw_place(canvas: Canvas, place: LevelSpot, centre: tuple[float, float], most: int) -> None:
    canvas.add_shapes(place.draw_circle(centre, most))
    if place.mark:
        look = Look(size=SMALL, anchor="middle", bold=True, fill=place.ink)
        canvas.write_text(place.mark, (centre[0], centre[1] + 4), look)


def _draw_block(
    canvas: Canvas,
    plan: OrganisationPlan,
    organisation: OrganisationPlaces,
    start: int,
    texts: Texts,
) -> None:
    """Draw schools side by side, below what is there."""
    schools = organisation.schools[start : start + plan.per_row]
    most = max((p.count for one in organisation.schools for p in one.places.values()), default=1)
    top, squares = canvas.height, canvas.height + ROW * len(plan.levels)
    for row, level in enumerate(plan.levels):
        _write_level_names(canvas, plan, organisation.names[level], top + ROW * (row + 0.5))
        y = top + ROW * (row + 1)
        canvas.add_shapes(draw_line((plan.left, y), (plan.right, y)))
    _write_level_names(canvas, plan, texts("pictures.in_community"), squares + SQUARES / 2)
    look = Look(size=SMALL, anchor="middle", bold=True, fill=GREEN)
    with canvas.collect_group(look):
        for place, school in enumerate(schools):
            with canvas.collect_group(look, plan.locate_school(place), data_school=school.id):
                _draw_school(canvas, plan, school, most)
    canvas.height += plan.block


def _draw_school(canvas: Canvas, plan: OrganisationPlan, school: SchoolPlaces, most: int) -> None:
    """Draw a school below what is there: its levels, its coverage and its name."""
    squares = canvas.height + ROW * len(plan.levels)
    for row, level in enumerate(plan.levels):
        _draw_place(canvas, school.places[level], (0.0, canvas.height + ROW * (row + 0.5)), most)
    canvas.add_shapes(draw_coverage_square(school.coverage, (0.0, squares + SQUARES / 2)))
    _write_school_name(canvas, plan, school.name, squares + SQUARES)


def _write_school_name(canvas: Canvas, plan: OrganisationPlan, name: str, y: float) -> None:
    """Write a school's name below it, running upwards where it has no room."""
    if plan.turned:
        look = Look(size=SMALL, anchor="end", turned=True)
        canvas.write_text(name, (4.0, y + 2), look, room=plan.names - 8)
    else:
        look = Look(size=SMALL, anchor="middle")
        canvas.write_lines(name, (0.0, y + 12), look, room=plan.step - 4, lines=NAME_LINES)


def list_place_entries(organisation: OrganisationPlaces, texts: Texts) -> list[LegendEntry]:
    """Return what circles and squares mean, as far as there are such."""
    used = {place.state for place in organisation.places}
    circles = [
        LegendEntry(LevelSpot(state=state, count=1).draw_sign, texts(f"pictures.circle_{state}"))
        for state in (COUNTED, AT_LEAST, SOME, NONE, NOBODY, HIDDEN, OPEN)
        if state in used
    ]
    levels = {_judge_coverage(school.coverage) for school in organisation.schools}
    squares = [
        LegendEntry(partial(draw_coverage_square, figure), texts(f"pictures.square_{name}"))
        for name, figure in _SQUARE_SIGNS.items()
        if name in levels
    ]
    return [*circles, *_list_link_entries(organisation, texts), *squares]


def _list_link_entries(organisation: OrganisationPlaces, texts: Texts) -> list[LegendEntry]:
    """Return what lines between levels mean that are no solid ones, as far as there are such."""
    links = organisation.links.values()
    used = {link.hidden for link in links if link.step is None}
    words = {True: "pictures.link_hidden", False: "pictures.link_open"}
    return [
        LegendEntry(
            partial(_draw_link_sign, LevelLink(words="", step=None, hidden=one)), texts(key)
        )
        for one, key in words.items()
        if one in used
    ]


def _draw_link_sign(link: LevelLink, centre: tuple[float, float]) -> str:
    return link.draw_strokes((centre[0] - 9, centre[1]), (centre[0] + 9, centre[1]))


def _judge_coverage(figure: Figure) -> str:
    """Name the square that a school's coverage has."""
    if figure.lower is None:
        return "hidden" if figure.reason == Reason.WITHHELD else "open"
    return ("low", "half", "most")[count_steps(figure.lower)]
