"""Municipalities beside each other, behind the gate."""

from __future__ import annotations

from collections.abc import Mapping

from plfkit.disclosure.gate import Released, release
from plfkit.disclosure.ledger import Ledger
from plfkit.errors import DisclosureError, NotComparableError
from plfkit.goals.comparing import FEWEST_MUNICIPALITIES, Comparison, bring_together
from plfkit.goals.scorecard import Scorecard
from plfkit.hints import Hint
from plfkit.model.declared.declarations import PrivacyFloor

Card = Scorecard | Released[Scorecard]


def compare(cards: Mapping[str, Card], *, ledger: Ledger | None = None) -> Comparison:
    """Put side by side what several municipalities measure in the same way, if it may be seen.

    Two indicators measure the same when they call the same measure with the same arguments, an argument
    that is left out being its default, when heads are counted by the same rules, and when people were
    asked in the same way. Everything passes the strictest of the municipalities' thresholds.

    Args:
        cards: The scorecards of one period, by the name of each municipality: as `plfkit.assess` gives
            them, or released with the strictest thresholds. Those that are not released are one
            publication.
        ledger: What was published before.

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
    for name, card in cards.items():
        if isinstance(card, Released) and card.floor != floor:
            limits = {"k": floor.k, "statistics": floor.statistics}
            raise DisclosureError(Hint("disclosure.lower_floor", name=name, **limits))
    raw = {name: card for name, card in cards.items() if isinstance(card, Scorecard)}
    told = release(*raw.values(), floor=floor, ledger=ledger) if raw else ()
    released = dict(zip(raw, told, strict=True))
    return bring_together(
        {
            name: card.content if isinstance(card, Released) else released[name]
            for name, card in cards.items()
        }
    )


def _read_floor(card: Card) -> PrivacyFloor:
    return card.floor if isinstance(card, Released) else card.privacy
