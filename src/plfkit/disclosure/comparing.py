"""Municipalities beside each other, behind the gate."""

from __future__ import annotations

from collections.abc import Mapping

from plfkit.disclosure.gate import Released, release
from plfkit.errors import DisclosureError, NotComparableError
from plfkit.goals.comparing import FEWEST_MUNICIPALITIES, Comparison, bring_together
from plfkit.goals.scorecard import Scorecard
from plfkit.hints import Hint
from plfkit.model.declared.declarations import PrivacyFloor

Card = Scorecard | Released[Scorecard]


def compare(cards: Mapping[str, Card]) -> Comparison:
    """Put side by side what several municipalities measure in the same way, if it may be seen.

    Two indicators measure the same when they call the same measure with the same arguments, an argument
    that is left out being its default, when heads are counted by the same rules, and when people were
    asked in the same way. Everything passes the strictest of the municipalities' thresholds.

    Args:
        cards: The scorecards of one period, by the name of each municipality: as `plfkit.assess` gives
            them, or released with the strictest thresholds.

    Raises:
        NotComparableError: There are fewer than two scorecards, they are of different periods, or no
            figure is measured in the same way by two of them; the message says why.
        DisclosureError: A scorecard was released with lower thresholds than another has.
    """
    if len(cards) < FEWEST_MUNICIPALITIES:
        raise NotComparableError("a comparison takes at least two municipalities")
    floors = {name: _read_floor(card) for name, card in cards.items()}
    floor = PrivacyFloor(
        k=max(one.k for one in floors.values()),
        statistics=max(one.statistics for one in floors.values()),
    )
    return bring_together(
        {name: _release_at_floor(name, card, floor) for name, card in cards.items()}
    )


def _read_floor(card: Card) -> PrivacyFloor:
    return card.floor if isinstance(card, Released) else card.privacy


def _release_at_floor(name: str, card: Card, floor: PrivacyFloor) -> Scorecard:
    if not isinstance(card, Released):
        return release(card, floor).content
    if card.floor == floor:
        return card.content
    limits = {"k": floor.k, "statistics": floor.statistics}
    raise DisclosureError(Hint("disclosure.lower_floor", name=name, **limits))
