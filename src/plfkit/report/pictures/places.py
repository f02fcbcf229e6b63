"""Places of the organisation: a level at a school, or in the municipality, and its communities there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import frozen

from plfkit.goals.scorecard import OverviewYear, Scorecard
from plfkit.model.results.figures import Figure
from plfkit.model.words.reasons import Reason
from plfkit.report.pictures.canvas import SMALL
from plfkit.report.pictures.letters import estimate_width
from plfkit.report.pictures.phrases import JOINED, is_hidden
from plfkit.report.pictures.shapes import (
    DASHES,
    DOTS,
    GREEN,
    GREY,
    INK,
    PAPER,
    draw_cell,
    draw_dot,
    draw_hatch,
    draw_line,
)
from plfkit.report.texts import Texts
from plfkit.report.units import name_schools

COUNTED, SOME, NONE, AT_LEAST = "counted", "some", "none", "at_least"
NOBODY, HIDDEN, OPEN = "nobody", "hidden", "open"
_FEW_RADIUS, _LEAST_RADIUS, _LARGEST_RADIUS = 7.0, 9.0, 14.0
_THREE_DIGITS = 100
CIRCLE_ROOM = 30.0
"""How much room the largest circle takes with its margin, and how wide a number in it may be."""
_EDGE = 4.0
"""How much room a wider number has on either side, where its circle is drawn out for it."""
STEPS = (0.5, 0.8)
"""From which shares on a school's square is half full, and full."""
_SIDE = 15.0


@frozen(kw_only=True)
class LevelSpot:
    """A level at a school or in the municipality, and how many communities it has there.

    Attributes:
        state: How much is told of it.
        count: How many communities there are, or are at least.
    """

    state: str
    count: int = 0

    @classmethod
    def of(cls, figure: Figure | None, anchoring: Figure | None = None) -> LevelSpot:
        """Return the place that a figure tells of.

        Args:
            figure: How many communities there are.
            anchoring: Whether the level has one there; without a value where nobody is on it, or where
                no members of communities are registered at all.
        """
        told = figure is None or figure.lower or figure.reason == Reason.NOT_REGISTERED
        if anchoring is not None and anchoring.value is None and not (figure and told):
            return cls(state=HIDDEN if is_hidden(anchoring) else NOBODY)
        if figure is None:
            return cls(state=OPEN)
        if figure.value is not None:
            count = round(figure.value)
            return cls(state=COUNTED if count else NONE, count=count)
        if figure.lower and figure.upper is None:
            return cls(state=SOME)
        if figure.lower:
            return cls(state=AT_LEAST, count=round(figure.lower))
        return cls(state=HIDDEN if is_hidden(figure) else OPEN)

    def say_state(self, texts: Texts) -> str:
        """Say how many communities there are, as a table does."""
        return texts(f"pictures.place_{self.state}", count=texts.write_number(self.count))

    @property
    def mark(self) -> str:
        """What stands inside its circle."""
        if self.state == OPEN:
            return "?"
        if self.state in {COUNTED, AT_LEAST}:
            return f"{self.count}{'+' if self.state == AT_LEAST else ''}"
        return ""

    @property
    def mark_width(self) -> float:
        """How wide what stands inside is."""
        return estimate_width(self.mark, SMALL, bold=True)

    @property
    def width(self) -> float:
        """How much room it takes at most: as the largest circle, or as one drawn out for its number."""
        return CIRCLE_ROOM if self.mark_width <= CIRCLE_ROOM else self.mark_width + 2 * _EDGE

    @property
    def ink(self) -> str:
        """The colour of what stands inside."""
        return PAPER if self.state in {COUNTED, AT_LEAST} else INK

    def draw_circle(self, centre: tuple[float, float], most: int) -> str:
        """Draw its circle: the larger the more communities, beside the most there are anywhere.

        A number that no circle holds stands in one that is drawn out to both sides.
        """
        match self.state:
            case "counted" | "at_least":
                return self._draw_number_ground(centre, most)
            case "some":
                return draw_dot(centre, _FEW_RADIUS)
            case "none":
                return draw_dot(centre, _FEW_RADIUS, fill=PAPER)
            case "nobody":
                x, y = centre
                return draw_line((x - 5, y), (x + 5, y), stroke=GREY, width=2)
            case "hidden":
                return draw_dot(centre, _FEW_RADIUS, fill=PAPER, stroke=GREY, dashes=DASHES)
            case _:
                return draw_dot(centre, _LEAST_RADIUS, fill=PAPER, stroke=GREY, dashes=DOTS)

    def draw_sign(self, centre: tuple[float, float]) -> str:
        """Draw it for a legend: small, and with a plus where it stands for a least number."""
        if self.state not in {COUNTED, AT_LEAST}:
            return self.draw_circle(centre, self.count)
        x, y = centre
        ends = [((x - 4, y), (x + 4, y)), ((x, y - 4), (x, y + 4))]
        strokes = [draw_line(*two, stroke=PAPER, width=2) for two in ends]
        return draw_dot(centre, _LEAST_RADIUS) + "".join(strokes if self.state == AT_LEAST else [])

    def _draw_number_ground(self, centre: tuple[float, float], most: int) -> str:
        """Draw what a number stands on."""
        if self.mark_width > CIRCLE_ROOM:
            size = (self.width, 2 * _LARGEST_RADIUS)
            corner = (centre[0] - size[0] / 2, centre[1] - size[1] / 2)
            return draw_cell(corner, size, fill=GREEN, radius=_LARGEST_RADIUS)
        if self.count >= _THREE_DIGITS or self.state == AT_LEAST:
            return draw_dot(centre, _LARGEST_RADIUS)
        growth = (_LARGEST_RADIUS - _LEAST_RADIUS) * (self.count / max(most, 1)) ** 0.5
        return draw_dot(centre, _LEAST_RADIUS + growth)


@frozen(kw_only=True)
class SchoolPlaces:
    """A school in the picture of the organisation.

    Attributes:
        id: Its id in the data, by which the page finds it.
        name: Its name.
        places: Its places by level.
        coverage: How many of its staff are in a community.
    """

    id: str
    name: str
    places: Mapping[str, LevelSpot]
    coverage: Figure


def list_school_places(year: OverviewYear, card: Scorecard, texts: Texts) -> list[SchoolPlaces]:
    """Return the schools of a year in the order of their names, each with its places."""
    told = {(f.part, f.figure): f for f in year.communities}
    coverage = collect_by_school(year.coverage_by_school)
    # Who is on which level is known of the scorecard's own year.
    own = year.at == card.overview.years[-1].at
    anchoring = {(f.part, f.figure): f for f in card.overview.anchoring_by_school if own}
    levels = [level for level in list_levels(year) if level not in card.overview.municipal_levels]
    parts = dict.fromkeys(part for part, _ in told if part is not None)
    return [
        SchoolPlaces(
            id=part,
            name=name,
            places={
                level: LevelSpot.of(told.get((part, level)), anchoring.get((part, level)))
                for level in levels
            },
            coverage=coverage.get(part, Figure()),
        )
        for part, name in name_schools(parts, card, texts).items()
    ]


def collect_by_school(figures: Iterable[Figure]) -> dict[str, Figure]:
    """Return figures by school; small schools that are told together share one."""
    return {
        part: figure
        for figure in figures
        if figure.part is not None
        for part in figure.part.split(JOINED)
    }


def list_levels(year: OverviewYear) -> list[str]:
    """Return the levels that have a row, from the top."""
    return list(dict.fromkeys(f.figure for f in year.communities if f.part is None and f.figure))


def draw_coverage_square(figure: Figure, centre: tuple[float, float]) -> str:
    """Draw how many of a school's staff are surely in a community: a square that is filled from below."""
    corner, size = (centre[0] - _SIDE / 2, centre[1] - _SIDE / 2), (_SIDE, _SIDE)
    if is_hidden(figure):
        return draw_hatch(corner, size)
    if figure.lower is None:
        return draw_cell(corner, size, stroke=GREY, dashes=DOTS, radius=0)
    steps = 1 + count_steps(figure.lower)
    if steps > len(STEPS):
        return draw_cell(corner, size, fill=GREEN, radius=0)
    height = _SIDE * steps / (1 + len(STEPS))
    low = (corner[0], corner[1] + _SIDE - height)
    frame = draw_cell(corner, size, stroke=GREEN, radius=0)
    return frame + draw_cell(low, (_SIDE, height), fill=GREEN, radius=0)


def count_steps(share: float) -> int:
    """Return how many of the steps a share surely reaches."""
    return sum(share >= step for step in STEPS)
