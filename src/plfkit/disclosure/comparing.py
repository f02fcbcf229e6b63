"""Municipalities beside each other, behind the gate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from functools import partial

from plfkit.disclosure.gate import release
from plfkit.disclosure.ledger import Ledger
from plfkit.disclosure.released import ALONE, WITH_LEDGER, Released
from plfkit.errors import DisclosureError, NotComparableError
from plfkit.goals.comparing import FEWEST_MUNICIPALITIES, Comparison, bring_together
from plfkit.goals.scorecard import Scorecard
from plfkit.hints import Hint
from plfkit.model.declared.declarations import PrivacyFloor
from plfkit.pieces import run_pieces
from plfkit.requiring import require_instance

Card = Scorecard | Released[Scorecard]


def compare(
    cards: Mapping[str, Card], *, ledger: Ledger | None = None, executor: Executor | None = None
) -> Comparison:
    """Put side by side what several municipalities measure in the same way, if it may be seen.

    Two indicators measure the same when they call the same measure with the same arguments, an argument
    that is left out being its default, when heads are counted by the same rules, and when people were
    asked in the same way. Everything passes the strictest of the municipalities' thresholds.

    Args:
        cards: The scorecards of one period, by the name of each municipality: as `plfkit.assess` gives
            them, or released with the strictest thresholds.
        ledger: What was published before; in it the municipalities' people must have ids of their own.
        executor: Where municipalities are judged, each by itself: any `concurrent.futures.Executor`; here
            if left out, and with a ledger. The comparison is the same.

    Raises:
        NotComparableError: There are fewer than two scorecards, they are of different periods, or no
            figure is measured in the same way by two of them; the message says why.
        DisclosureError: A scorecard was released with lower thresholds than another has.
    """
    return release_comparison(cards, ledger=ledger, executor=executor).content


def release_comparison(
    cards: Mapping[str, Card], *, ledger: Ledger | None = None, executor: Executor | None = None
) -> Released[Comparison]:
    """Return the same as `compare`, with what is told of each figure.

    Raises:
        NotComparableError: As `compare` does.
        DisclosureError: As `compare` does.
    """
    require_instance(cards, Mapping)
    if len(cards) < FEWEST_MUNICIPALITIES:
        raise NotComparableError(Hint("comparing.one"))
    floor = find_strictest_floor([_read_floor(card) for card in cards.values()])
    raw = {name: card for name, card in cards.items() if isinstance(card, Scorecard)}
    told = {name: card for name, card in cards.items() if isinstance(card, Released)}
    for name, card in told.items():
        if card.floor != floor:
            limits = {"k": floor.k, "statistics": floor.statistics}
            raise DisclosureError(Hint("disclosure.lower_floor", name=name, **limits))
    # Each municipality is a publication of its own: they have no people in common, but maybe ids.
    judge = partial(release, floor=floor, ledger=ledger)
    told |= zip(
        raw, run_pieces(judge, [*raw.values()], executor if ledger is None else None), strict=True
    )
    comparison = bring_together({name: told[name].content for name in cards})
    every = list(told.values())
    return Released(
        (comparison,),
        floor,
        judged=ALONE if ledger is None else WITH_LEDGER,
        small=sum(one.small for one in every),
        others=sum(one.others for one in every),
        figures=tuple(
            {**row, "municipality": name} for name in cards for row in told[name].figures
        ),
    )


def find_strictest_floor(floors: Sequence[PrivacyFloor]) -> PrivacyFloor:
    """Return the thresholds that satisfy all of some."""
    return PrivacyFloor(
        k=max(one.k for one in floors), statistics=max(one.statistics for one in floors)
    )


def _read_floor(card: Card) -> PrivacyFloor:
    return card.floor if isinstance(card, Released) else card.privacy
