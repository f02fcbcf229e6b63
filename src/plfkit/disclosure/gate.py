"""The gate: what may leave. In memory everything is exact; what leaves is released.

All that is released together is one publication, and is judged as one, with what was published before
where a ledger holds it. Results, scorecards, comparisons and claims are taken apart and put together
again from what is told, so that nothing leaves beside their figures.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from typing import TYPE_CHECKING, Any, assert_never, cast, get_args

from attrs import frozen

from plfkit.disclosure.people import group_by_people
from plfkit.disclosure.persons import release_persons
from plfkit.disclosure.publication import Publication
from plfkit.disclosure.released import ALONE, WITH_LEDGER, Content, Released, Thing
from plfkit.disclosure.released_cards import release_card, release_compared, release_indicator
from plfkit.disclosure.released_results import release_result
from plfkit.errors import DisclosureError
from plfkit.goals.comparing import Comparison
from plfkit.goals.scorecard import IndicatorOutcome, Scorecard
from plfkit.hints import Hint
from plfkit.model.declared.declarations import PrivacyFloor
from plfkit.model.results.result import Result
from plfkit.model.showing import count_things
from plfkit.pieces import run_pieces
from plfkit.requiring import require_instance

if TYPE_CHECKING:
    from plfkit.disclosure.ledger import Ledger

_log = logging.getLogger("plfkit.release")


def release(
    *things: Content | PrivacyFloor,
    floor: PrivacyFloor | None = None,
    ledger: Ledger | None = None,
    identified: str | None = None,
    executor: Executor | None = None,
) -> Released[Content]:
    """Take out of what is to be shown what may not be seen, and tell the rest as one publication.

    Which figures are told depends on what everybody may know: who works where, what is asked, what was
    told before. The counts themselves choose only the class of a fixed grid that is told in their place.

    Args:
        things: What is to be shown together: results, scorecards, comparisons, or single indicators
            with their trend. The thresholds may stand last instead of by name.
        floor: The thresholds, as a profile declares them.
        ledger: What was published before; what is told now is added before this function returns.
        identified: The purpose for which figures about single persons are needed; they are kept,
            and all figures stay exact. Results only.
        executor: Where things are judged that tell of other people than the rest do, such as the
            scorecards of several municipalities: any `concurrent.futures.Executor`; here if left out,
            and with a ledger. What is told is the same.

    Raises:
        DisclosureError: The purpose is empty, a scorecard was asked for with single persons, a result
            is grouped as its asker chose, or nothing or no threshold is given.
    """
    shown = tuple(one for one in things if not isinstance(one, PrivacyFloor))
    floors = [one for one in (*things, floor) if isinstance(one, PrivacyFloor)]
    if not shown or len(floors) != 1:
        raise DisclosureError(Hint("disclosure.what_to_release"))
    for one in shown:
        require_instance(one, *get_args(Thing))
    if identified is not None:
        return _release_identified(shown, floors[0], identified)
    if ledger is not None:
        publication = ledger.open_publication(floors[0])
        told = _judge_together(shown, publication)
        ledger.record_publication(publication)
    elif executor is None or len(shown) == 1:
        told = _judge_together(shown, Publication(floors[0]))
    else:
        told = _judge_in_pieces(shown, floors[0], executor)
    _log_release(told)
    return Released(
        cast("tuple[Content, ...]", told.contents),
        floors[0],
        judged=ALONE if ledger is None else WITH_LEDGER,
        small=told.small,
        others=told.others,
        standing=told.standing,
        figures=tuple(row for rows in told.rows for row in rows),
    )


@frozen
class _Judged:
    """What came of things that were judged together.

    Attributes:
        contents: The things, as they may be seen.
        rows: What is told of the figures of each.
        small: As in `Released`.
        others: As in `Released`.
        standing: As in `Released`.
    """

    contents: tuple[Thing, ...]
    rows: tuple[tuple[Mapping[str, Any], ...], ...]
    small: int
    others: int
    standing: int


def _judge_together(things: Sequence[Thing], publication: Publication) -> _Judged:
    """Take out of some things what may not be seen beside the others, one after the other."""
    contents, rows = [], []
    for thing in things:
        known = len(publication.figures)
        contents.append(_release_thing(thing, publication))
        rows.append(tuple(publication.figures[known:]))
    counts = publication.small, publication.others, publication.standing
    return _Judged(tuple(contents), tuple(rows), *counts)


def _judge_in_pieces(things: Sequence[Thing], floor: PrivacyFloor, executor: Executor) -> _Judged:
    """Judge things together with those that tell of some of the same people, and with no others."""
    groups = group_by_people(things)
    pieces = [(tuple(things[place] for place in group), floor) for group in groups]
    judged = [*run_pieces(_judge_piece, pieces, executor)]
    told = {
        place: one
        for group, done in zip(groups, judged, strict=True)
        for place, one in zip(group, zip(done.contents, done.rows, strict=True), strict=True)
    }
    contents, rows = zip(*(told[place] for place in range(len(things))), strict=True)
    return _Judged(
        contents,
        rows,
        sum(one.small for one in judged),
        sum(one.others for one in judged),
        sum(one.standing for one in judged),
    )


def _judge_piece(piece: tuple[Sequence[Thing], PrivacyFloor]) -> _Judged:
    things, floor = piece
    return _judge_together(things, Publication(floor))


def _log_release(told: _Judged) -> None:
    """Tell the log what was released, and how many figures of it are told."""
    kinds = Counter(type(one).__name__ for one in told.contents)
    what = ", ".join(count_things(count, kind) for kind, count in kinds.items())
    hidden, all_ = told.small + told.others, sum(map(len, told.rows))
    _log.info("released %s: %d figures, %d not told", what, all_, hidden)


def _release_identified(
    things: tuple[Content, ...], floor: PrivacyFloor, purpose: str
) -> Released[Content]:
    results = [one for one in things if isinstance(one, Result)]
    if len(results) != len(things):
        raise DisclosureError(Hint("disclosure.persons_in_scorecard"))
    if not purpose.strip():
        raise DisclosureError(Hint("disclosure.no_purpose"))
    contents = tuple(cast("Content", release_persons(one)) for one in results)
    return Released(contents, floor, purpose)


def _release_thing(thing: Thing, publication: Publication) -> Thing:
    match thing:
        case Scorecard():
            return release_card(thing, publication)
        case Comparison():
            return release_compared(thing, publication)
        case IndicatorOutcome():
            return release_indicator(thing, publication)
        case Result():
            return release_result(thing, publication)
        case _:
            assert_never(thing)
