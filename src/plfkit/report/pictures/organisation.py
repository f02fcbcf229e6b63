"""The organisation: administration on top, then schools side by side with a circle for each level."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from math import ceil

from attrs import frozen

from plfkit.goals.scorecard import OverviewYear, Scorecard
from plfkit.model.results.figures import Figure
from plfkit.model.results.result import Result
from plfkit.report import figures
from plfkit.report.pictures import phrases
from plfkit.report.pictures.canvas import SMALL, Canvas, LegendEntry, Look
from plfkit.report.pictures.letters import estimate_width
from plfkit.report.pictures.links import LevelLink, list_level_links
from plfkit.report.pictures.picture import Picture, PictureTable, build_picture
from plfkit.report.pictures.places import (
    AT_LEAST,
    COUNTED,
    HIDDEN,
    NONE,
    OPEN,
    SOME,
    Place,
    SchoolPlaces,
    draw_coverage_square,
    list_levels,
    list_school_places,
)
from plfkit.report.pictures.shapes import SOFT, TINT, draw_cell
from plfkit.report.texts import Texts

_NAMES, _WHOLE = 96.0, 112.0
_STEP, _WIDEST_STEP, _LEAST_WIDTH = 34.0, 60.0, 360.0
_PER_ROW = 20
_ROW, _MARGIN, _NAME_HEIGHT = 46.0, 8.0, 92.0


@frozen(kw_only=True)
class _Plan:
    """Where schools and levels stand.

    Attributes:
        step: How wide a school is.
        per_row: How many schools stand side by side.
        levels: The levels that schools have, from the top.
        turned: Whether the names of schools run upwards.
    """

    step: float
    per_row: int
    levels: tuple[str, ...]
    turned: bool

    @property
    def width(self) -> float:
        """How wide the picture is."""
        return max(_LEAST_WIDTH, _NAMES + _WHOLE + self.step * self.per_row + _MARGIN)

    def locate_school(self, place: int) -> float:
        """Return where the middle of a school stands."""
        return _NAMES + _WHOLE + self.step * (place + 0.5)


def draw_organisation(
    card: Scorecard, texts: Texts, *, year: str | None = None, relation: str | None = None
) -> Picture | None:
    """Draw the organisation of a year; None where no place has communities of which anything is told.

    Args:
        card: The scorecard.
        texts: The words.
        year: The year, as the scorecard writes it; its own if left out.
        relation: The relation whose contacts link the levels; the first that a survey asked about if
            left out. Links are drawn in the scorecard's own year, of which it knows the head counts.
    """
    shown = _find_year(card, year)
    if shown is None:
        return None
    schools = list_school_places(shown, card, texts)
    levels = list_levels(shown)
    whole = {f.figure or "": Place.of(f) for f in shown.communities if f.part is None}
    if not schools and all(place.state == OPEN for place in whole.values()):
        return None
    ties = _find_relation(shown, card, relation)
    links = list_level_links(ties, levels, card, texts)
    plan = _plan_picture(schools, levels, card)
    canvas = Canvas(plan.width, _MARGIN)
    _draw_whole(canvas, plan, whole, links, levels, card, texts)
    _draw_blocks(canvas, plan, schools, card, texts)
    states = [*whole.values(), *(place for one in schools for place in one.places.values())]
    canvas.add_legend(_list_place_entries(states, texts))
    about = texts("pictures.about_organisation", at=shown.at)
    if ties is not None and links:
        about += texts("pictures.about_links", relation=_name_relation(ties, texts))
    return build_picture(
        canvas,
        _lay_out_organisation(schools, whole, links, levels, ties, card, texts),
        name=f"organisation-{shown.at}" + ("" if ties is None else f"-{ties.relation}"),
        finding=say_organisation(schools, texts),
        about=about,
        card=card,
        texts=texts,
    )
