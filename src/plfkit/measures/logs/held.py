"""What was held: how many events of each kind took place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Unpack

import numpy as np

from plfkit.graph.events import select_events
from plfkit.graph.logs import look_up_logs
from plfkit.graph.snapshot import Snapshot
from plfkit.measures.engine.options import Options, resolve_options
from plfkit.measures.engine.registered import build_register_result, check_kinds
from plfkit.measures.logs.log_defaults import measure_meetings
from plfkit.model.records.needs import Need
from plfkit.model.records.rows import EVENTS_TABLE
from plfkit.model.results.figures import Figure
from plfkit.model.results.result import Result
from plfkit.model.words.kinds import Label
from plfkit.model.words.ranges import RangeKind
from plfkit.model.words.reasons import Reason


@measure_meetings(
    label=Label(da="Hvad der er holdt", en="What was held"),
    tells=Label(
        da="Hvor mange møder, besøg, kursusdage og andre begivenheder af hver slags der er registreret.",
        en="How many meetings, visits, days of training and other events of each kind are registered.",
    ),
    beware=Label(
        da="Et møde på listen siger ikke, hvad det førte til.",
        en="A meeting in the log does not say what it led to.",
    ),
    scale="count",
    tables=("events",),
    counts_people=False,
)
def held_events(
    snapshot: Snapshot, *, kinds: tuple[str, ...] | None = None, **options: Unpack[Options]
) -> Result:
    """Return how many events of each kind took place.

    Formula:
        for each kind: the number of registered events of exactly that kind in the period

    Where the logs of a kind have gaps there may have been more: then there is no value, and no upper end,
    and the lower end is what is registered. A kind of which nothing is registered and whose log is
    complete has 0.

    Beware:
        A high number does not mean that much came of it, or that many were there.

    Args:
        snapshot: The moment.
        kinds: The kinds of events, without their sorts; all that the vocabulary has if left out. Of
            these only kinds of which something is registered are told.
        options: What every measure takes; nothing here rests on chance or on answers.

    Returns:
        One ``figure`` for each kind. Undefined without events.

    Raises:
        UnknownGroupError: There is no such kind of event.

    Source:
        plfkit's own definition.

    Examples:
        Two days of training and one workshop. Nobody said that the logs are complete, so of each kind
        there were at least as many.

        >>> from plfkit.testing import build_moment
        >>> now = build_moment(events=["a,b training_day 2018-09-05", "c workshop 2018-11-07"])
        >>> [(figure.figure, figure.value, figure.lower) for figure in held_events(now)]
        [('training_day', None, 2.0), ('workshop', None, 1.0)]
    """
    resolve_options(held_events, options)
    check_kinds(snapshot, "event_kinds", kinds)
    asked = tuple(snapshot.vocabulary.event_kinds if kinds is None else dict.fromkeys(kinds))
    counts = _count_events(snapshot, asked)
    shown = [kind for kind in asked if kinds is not None or counts[kind]]
    complete = look_up_logs(snapshot, shown).complete[-1].tolist()
    rows = list(_list_held_figures(shown, counts, complete))
    gaps = [kind for kind, whole in zip(shown, complete, strict=True) if not whole]
    return build_register_result(
        snapshot,
        held_events,
        rows or [Figure(reason=Reason.NOT_REGISTERED)],
        range_kind=RangeKind.EXACT,
        needs=tuple(Need.of_list(EVENTS_TABLE, kind) for kind in gaps),
        missing=None,
    )


def _count_events(snapshot: Snapshot, kinds: Sequence[str]) -> dict[str, int]:
    column = select_events(snapshot).table.column("kind")
    return {kind: int(np.count_nonzero(column.match_text(kind))) for kind in kinds}


def _list_held_figures(
    kinds: Sequence[str], counts: dict[str, int], complete: Sequence[bool]
) -> Iterator[Figure]:
    for kind, whole in zip(kinds, complete, strict=True):
        count = float(counts[kind])
        yield Figure(
            figure=kind,
            value=count if whole else None,
            lower=count,
            upper=count if whole else None,
            reason=None if whole else Reason.SOME_NOT_REGISTERED,
        )
