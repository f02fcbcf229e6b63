"""Places: a level at a unit, or in the municipality, of which is asked whether a community is there."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from attrs import evolve

from plfkit.graph.cases import Cases
from plfkit.model.results.facts import PlaceFact
from plfkit.model.results.figures import Figure
from plfkit.model.words.reasons import Reason


def measure_places(places: Sequence[PlaceFact], silence: str | None, *, fewest: int = 0) -> Figure:
    """Return the share of places that have a community.

    Args:
        places: The places.
        silence: Why there is no value where communities that are not known could decide it.
        fewest: Below how many people a place counts as having a community only if the unit has one of
            its own: whether one of several units is there would tell of these people.
    """
    known = [_choose_state(place, fewest) for place in places]
    # No community and no people: the register may have left out both. One may be there unseen.
    unseen = [
        not sure and not place.people for (sure, _, _), place in zip(known, places, strict=True)
    ]
    figure = Cases(
        np.array([sure for sure, _, _ in known], np.bool_),
        np.array([m or gap for (_, m, _), gap in zip(known, unseen, strict=True)], np.bool_),
        np.array([not unknown for _, _, unknown in known], np.bool_),
        silence,
    ).compute_share()
    if all(unseen):
        return evolve(
            figure, value=None, numerator=None, denominator=None, reason=Reason.NOT_REGISTERED
        )
    return figure


def _choose_state(place: PlaceFact, fewest: int) -> tuple[bool, bool, bool]:
    return place.own if place.people < fewest and not place.municipal else place.shown
