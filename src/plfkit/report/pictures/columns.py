"""Columns of the organisation: where levels, ties and schools stand, as wide as a phone or as the page."""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil, floor

from attrs import frozen

from plfkit.goals.scorecard import Scorecard
from plfkit.report.pictures.arrangement import OrganisationPlaces
from plfkit.report.pictures.canvas import SMALL
from plfkit.report.pictures.letters import estimate_width, shorten_text, split_text
from plfkit.report.pictures.places import CIRCLE_ROOM, LevelSpot

NAMES, _TIES, _WHOLE, _GAP = 92.0, 92.0, 54.0, 2.0
TIE_EDGE = 18.0
"""How much of the column of ties stands before and after their numbers."""
_WIDEST_STEP = 92.0
_NARROW, _WIDE = 338.0, 1020.0
"""How wide the picture is on a phone, and at most: the room of the page."""
_FEW, _PER_ROW = 4, 20
"""How many schools have room on a phone, and how many stand side by side at most."""
ROW, SQUARES, MARGIN, LINE = 46.0, 34.0, 8.0, 13.2
_NAME_HEIGHT, NAME_LINES = 122.0, 2


@frozen(kw_only=True)
class OrganisationPlan:
    """Where schools and levels stand.

    Attributes:
        step: How wide a school is.
        per_row: How many schools stand side by side.
        ties: How wide the column of the ties between levels is.
        spanning: How wide the column is of what spans schools.
        municipal: The levels of the municipality, from the top.
        levels: The levels that schools have, from the top.
        turned: Whether the names of schools run upwards.
        names: How high they are.
    """

    step: float
    per_row: int
    ties: float
    spanning: float
    municipal: tuple[str, ...]
    levels: tuple[str, ...]
    turned: bool
    names: float

    @property
    def left(self) -> float:
        """Where the schools begin."""
        return NAMES + self.ties + self.spanning

    @property
    def right(self) -> float:
        """Where the schools end."""
        return self.left + self.step * self.per_row

    @property
    def is_wide(self) -> bool:
        """Whether it is wider than a phone: then the names of the levels stand on the right too."""
        return self.per_row > _FEW

    @property
    def width(self) -> float:
        """How wide the picture is."""
        return max(_NARROW, self.right + MARGIN + (NAMES if self.is_wide else 0.0))

    @property
    def whole(self) -> float:
        """Where the middle of the column stands that is of the municipality."""
        return NAMES + self.ties + self.spanning / 2

    @property
    def block(self) -> float:
        """How high the rows of schools are that stand side by side, with their names."""
        return ROW * len(self.levels) + SQUARES + self.names

    def locate_school(self, place: int) -> float:
        """Return where the middle of a school stands."""
        return self.left + self.step * (place + 0.5)


def plan_columns(organisation: OrganisationPlaces, card: Scorecard) -> OrganisationPlan:
    """Plan how many schools stand side by side, and how wide each of them is."""
    count, municipal = len(organisation.schools), card.overview.municipal_levels
    ties = _measure_ties(organisation)
    spanning = max(_WHOLE, _measure_places(organisation.whole.values()))
    fixed = NAMES + ties + spanning + MARGIN
    room = _NARROW - fixed if count <= _FEW else _WIDE - fixed - NAMES
    least = _measure_places(p for one in organisation.schools for p in one.places.values())
    most = _FEW if count <= _FEW else max(1, min(_PER_ROW, int(room / least)))
    per_row = ceil(count / ceil(count / most)) if count else 1
    step = min(max(_WIDEST_STEP, least), max(least, room / per_row))
    names = [one.name for one in organisation.schools]
    lines = [split_text(name, step - 4, SMALL, lines=NAME_LINES) for name in names]
    turned = any(line.endswith(("…", "-")) for wrapped in lines for line in wrapped)
    shown = [shorten_text(name, _NAME_HEIGHT - 8, SMALL) for name in names]
    widest = max((estimate_width(name, SMALL) for name in shown), default=0.0)
    upright = LINE * max(map(len, lines), default=1) + 10
    return OrganisationPlan(
        step=step,
        per_row=per_row,
        ties=ties,
        spanning=spanning,
        municipal=tuple(level for level in organisation.names if level in municipal),
        levels=tuple(level for level in organisation.names if level not in municipal),
        turned=turned,
        names=min(_NAME_HEIGHT, widest + 12) if turned else upright,
    )


def _measure_ties(organisation: OrganisationPlaces) -> float:
    """Return how wide the column of the ties is: as wide as their longest number, 0 without any."""
    words = [estimate_width(link.words, SMALL) for link in organisation.links.values()]
    return max(_TIES, *(floor(width) + 1 + TIE_EDGE for width in words)) if words else 0.0


def _measure_places(places: Iterable[LevelSpot]) -> float:
    """Return how wide a column must be so that no number of communities reaches beyond it."""
    return max((place.width for place in places), default=CIRCLE_ROOM) + _GAP
