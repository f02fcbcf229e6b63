"""Peer observation: who was observed by a colleague, who observed one, by one source at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Unpack

import numpy as np
from attrs import evolve, frozen
from numpy.typing import NDArray

from plfkit.errors import MeasureError
from plfkit.graph.answers import Sheet
from plfkit.graph.events import Events, events_of
from plfkit.graph.groups import GroupSpec, grouping
from plfkit.graph.layers import Layer
from plfkit.graph.logs import logs, people_logged
from plfkit.graph.snapshot import Snapshot
from plfkit.measures import anchors
from plfkit.measures.answering import answers_result, hear, no_answers
from plfkit.measures.attendance import may_have_attended
from plfkit.measures.cases import Cases, Flags, shares_of_people
from plfkit.measures.catalogue import Measured, measure
from plfkit.measures.columns import ANSWERS, EVENTS, LAYER, PARTS, UNITS
from plfkit.measures.options import How, TieOptions, how
from plfkit.measures.parts import check_choice, parts, range_kind, response_rate
from plfkit.measures.practice import needs_of
from plfkit.measures.registered import register_result, staff_parts
from plfkit.measures.silence import ANSWERED, explain_missing
from plfkit.model.kinds import Label
from plfkit.model.result import Figure, Result

OBSERVED, OBSERVER = "observed", "observer"
ITEMS = {OBSERVED: "was_observed", OBSERVER: "observed_others"}
"""The items that ask whether somebody was observed, and whether they observed."""
VISIT = "observation_visit"

_COLUMNS = tuple(dict.fromkeys((*ANSWERS, *LAYER, *EVENTS, *PARTS, "participations.role", *UNITS)))
_NO_NULL = "what people tell, or logs hold, is compared with nothing that chance gives"
_NO_INTERVAL = "who answers is no random sample, and a staff is counted whole"
_BEWARE = Label(
    da="Tallet siger, om det er sket, ikke hvad der kom ud af det; nogle underviser slet ikke, og "
    "andre er her kun få timer. Er der spurgt, hvor ofte, tæller »en gang om året eller sjældnere« også "
    "som ja.",
    en="The figure says whether it happened, not what came of it; some do not teach at all, and others "
    "are here only a few hours. Where people were asked how often, “once a year or less” counts as yes "
    "too.",
)


@measure(
    label=Label(
        da="Medarbejdere, hvis undervisning en kollega har set",
        en="Staff whom a colleague observed",
    ),
    tells=Label(
        da="Hvor stor en del der er blevet observeret af en kollega, eller endnu ikke er med i "
        "kollegial observation.",
        en="How large a part was observed by a colleague, or does not take part in peer observation "
        "yet.",
    ),
    beware=_BEWARE,
    figure_class="answers",
    tables=("persons",),
    columns=_COLUMNS,
    reference="plfkit's own definition; bins as in TALIS",
    no_null=_NO_NULL,
    no_interval=_NO_INTERVAL,
)
def observed_share(
    snapshot: Snapshot,
    *,
    source: str = "answers",
    variant: str | None = None,
    relation: str = "observation",
    by: GroupSpec | None = None,
    at_least: int = 1,
    **options: Unpack[TieOptions],
) -> Result:
    """Return the share of people who were observed by a colleague.

    One source answers, and sources are never mixed:

    * ``"answers"``: the item ``was_observed`` of scale surveys; any answer above the lowest on the
      scale is a yes, so that yes and no, and bins of frequency, both do. The value is the share among
      those who answered, the range has the others on the roster on either side.
    * ``"ties"``: people to whom ties of the relation run. Silent colleagues may have observed
      anybody, so where some did not answer there is a value only if no answer could change it.
    * ``"events"``: staff with the part ``observed`` in visits that are registered. The value is the
      share among staff whose units' logs are complete; where what logs with gaps hold rules that out
      there is a range only.

    Args:
        snapshot: The moment.
        source: Which of the three.
        variant: ``"neither"`` for those who neither were observed nor observed anybody.
        relation: The relation from observer to observed, for ties.
        by: One figure for each of these groups; of answers, by the survey's unit.
        at_least: By how many colleagues, or in how many visits; answers do not tell.
        options: What every measure takes; nothing here rests on chance.

    Returns:
        One figure for each part; ``numerator`` counts those who were, ``denominator`` those of whom it
        is known. Undefined where nobody was asked, nothing is registered, or nobody told the ends of
        the scale.

    Raises:
        MeasureError: There is no such source, variant or relation, or `at_least` does not fit.
        UnknownGroupError: People cannot be grouped by `by`.
    """
    ways = how(observed_share, options, TieOptions)
    if variant is not None:
        check_choice("observed_share", "variant", variant, ("neither",))
    if variant is None:
        asked = _Asked((OBSERVED,), relation, by, at_least, ways)
        return _share(observed_share, snapshot, source, asked)
    either = _Asked((OBSERVED, OBSERVER), relation, by, at_least, ways)
    return evolve(_share(observed_share, snapshot, source, either), label=_OUTSIDE)


_OUTSIDE = Label(
    da="Medarbejdere, der endnu ikke er med i kollegial observation",
    en="Staff who do not take part in peer observation yet",
)


@measure(
    label=Label(
        da="Medarbejdere, der har set en kollega undervise", en="Staff who observed a colleague"
    ),
    tells=Label(
        da="Hvor stor en del der har observeret en kollegas undervisning.",
        en="How large a part has observed a colleague's teaching.",
    ),
    beware=_BEWARE,
    figure_class="answers",
    tables=("persons",),
    columns=_COLUMNS,
    anchors=anchors.OBSERVER,
    reference="plfkit's own definition; bins as in TALIS",
    no_null=_NO_NULL,
    no_interval=_NO_INTERVAL,
)
def observer_share(
    snapshot: Snapshot,
    *,
    source: str = "answers",
    relation: str = "observation",
    by: GroupSpec | None = None,
    at_least: int = 1,
    **options: Unpack[TieOptions],
) -> Result:
    """Return the share of people who observed a colleague.

    The sources are those of `observed_share`, one at a time: the item ``observed_others``, people from
    whom ties of the relation run, or staff with the part ``observer`` in registered visits. Ties of
    those who did not answer are not known: these have no part in the value.

    Args:
        snapshot: The moment.
        source: ``"answers"``, ``"ties"`` or ``"events"``.
        relation: The relation from observer to observed, for ties.
        by: One figure for each of these groups; of answers, by the survey's unit.
        at_least: How many colleagues, or in how many visits; answers do not tell.
        options: What every measure takes; nothing here rests on chance.

    Returns:
        One figure for each part, as `observed_share` has them, and undefined where those are.

    Raises:
        MeasureError: There is no such source or relation, or `at_least` does not fit.
        UnknownGroupError: People cannot be grouped by `by`.
    """
    ways = how(observer_share, options, TieOptions)
    asked = _Asked((OBSERVER,), relation, by, at_least, ways)
    return _share(observer_share, snapshot, source, asked)


@frozen
class _Asked:
    """What is asked of a source.

    Attributes:
        sides: Being observed, observing, or either; of either the share that has neither is given.
        relation: The relation, for ties.
        by: The groups.
        at_least: How often.
        how: What can be asked of every measure.
    """

    sides: tuple[str, ...]
    relation: str
    by: GroupSpec | None
    at_least: int
    how: How

    def variant(self, source: str) -> str:
        """Name the source, and whether those outside are counted."""
        return source if len(self.sides) == 1 else f"{source}, neither"

    def told(self, rows: list[Figure]) -> list[Figure]:
        """Return the figures asked for, from those of having either side."""
        return rows if len(self.sides) == 1 else [_others(row) for row in rows]


def _others(row: Figure) -> Figure:
    """Return the share of all others."""
    numerator = None
    if row.numerator is not None and row.denominator is not None:
        numerator = row.denominator - row.numerator
    value, lower, upper = (
        None if end is None else 1 - end for end in (row.value, row.upper, row.lower)
    )
    return evolve(row, value=value, lower=lower, upper=upper, numerator=numerator)


def _share(function: Measured, snapshot: Snapshot, source: str, asked: _Asked) -> Result:
    check_choice(function.__name__, "source", source, tuple(_SOURCES))
    if asked.at_least < 1:
        raise MeasureError(f"{function.__name__}: at_least is 1 or more, not {asked.at_least}")
    if asked.how.minimum_strength is not None and source != "ties":
        raise MeasureError(f"{function.__name__}: only ties are strong or weak: use source='ties'")
    return _SOURCES[source](function, snapshot, asked)


def _from_answers(function: Measured, snapshot: Snapshot, asked: _Asked) -> Result:
    name = function.__name__
    if asked.at_least > 1:
        raise MeasureError(
            f"{name}: answers tell whether, not how often: at_least needs source='ties' or 'events'"
        )
    heard = hear(name, snapshot, [ITEMS[side] for side in asked.sides], by=asked.by)
    rows = [_answered(heard.sheet.take(which), part) for part, which in heard.parts]
    return answers_result(
        snapshot, function, heard, asked.told(rows), variant=asked.variant("answers")
    )


def _answered(sheet: Sheet, part: str | None) -> Figure:
    """Return the share of those who answered who said yes to one item, or to either of two."""
    sheet = sheet.take(np.asarray(sheet.asked.all(axis=1)))
    yes, known = _yes(sheet)
    said, may = np.asarray(yes.any(axis=1)), np.asarray((yes | ~known).any(axis=1))
    cases = Cases(said, may, np.asarray(known.all(axis=1)))
    answering = np.asarray(sheet.answered.any(axis=1))
    if reason := no_answers(sheet):
        return Figure(part=part, n=0, reason=reason)
    listed = bool(sheet.listed.all())
    figure = cases.share(part=part, people=sheet.heads(answering), whole=listed)
    if figure.value is None:
        figure = evolve(figure, reason="some_did_not_answer" if known.any() else "scale_unknown")
    return evolve(figure, response_rate=float(answering.mean())) if listed else figure


def _yes(sheet: Sheet) -> tuple[Flags, Flags]:
    """Tell which answers are above the lowest of their scale, and of which that can be told."""
    column = sheet.table.column("lowest")
    ends = np.append(np.where(column.missing, np.nan, column.values), np.nan)[sheet.surveys]
    known = sheet.answered & ~np.isnan(ends)
    return known & (np.nan_to_num(sheet.values) > np.nan_to_num(ends)), known


def _from_ties(function: Measured, snapshot: Snapshot, asked: _Asked) -> Result:
    cut = parts(snapshot, asked.relation, how=asked.how, by=asked.by, survey=None)
    whole = cut.whole
    if not whole.directed:
        raise MeasureError(
            f"{function.__name__} asks who observes whom, but {asked.relation} has no direction: "
            "choose a directed relation"
        )
    cases = _tied(whole, asked)
    rows = [
        _told(whole, cases.take(np.searchsorted(whole.persons, layer.persons)), part)
        for part, layer in cut
    ]
    return cut.result(
        function,
        asked.told(rows),
        variant=asked.variant("ties"),
        range_kind=range_kind(whole, exact_under_caps=False),
        method=ANSWERED if asked.sides == (OBSERVER,) and not _is_whole(whole) else None,
        evidence={"ties": whole.adjacency.nnz},
    )


def _is_whole(layer: Layer) -> bool:
    return layer.observation is not None and layer.observation.whole


def _tied(layer: Layer, asked: _Asked) -> Cases:
    """Tell of each node whether enough ties run to it, or from it; unobserved ones may.

    Whom somebody observed they tell themselves, and count if they answered. Who observed them others
    tell: then all count, and there is a figure only where that is known of everybody.
    """
    observation = layer.observation
    yes, maybe = np.zeros((2, layer.n), np.bool_)
    for side in asked.sides:
        told = np.asarray(layer.adjacency.sum(axis=0 if side == OBSERVED else 1), np.int64)
        unseen = np.zeros(layer.n, np.int64) if observation is None else _unseen(layer, side)
        yes |= told >= asked.at_least
        maybe |= told + unseen >= asked.at_least
    counted = np.ones(layer.n, np.bool_)
    if asked.sides == (OBSERVER,) and observation is not None:
        counted = observation.nodes_answered
    return Cases(yes, maybe, counted)


def _unseen(layer: Layer, side: str) -> NDArray[np.int64]:
    observation = layer.observation
    assert observation is not None  # noqa: S101 - the caller has looked
    if side == OBSERVED:
        return observation.unseen_in()
    return observation.unseen_out(asked=True) + observation.unseen_out(asked=False)


def _told(whole: Layer, cases: Cases, part: str | None) -> Figure:
    """Return the share of some nodes; without a roster nobody knows its range."""
    if whole.reason is not None:
        return Figure(part=part, n=len(cases), reason=whole.reason)
    figure = cases.share(part=part, people=len(cases), empty="empty_group")
    if whole.observation is None:
        return evolve(figure, lower=None, upper=None, observed=None)
    open_ = (cases.maybe & ~cases.yes)[cases.counted].any()
    if figure.reason in {"not_registered", "some_not_registered"} or open_:
        reason = explain_missing(whole)
        figure = evolve(figure, value=None, numerator=None, denominator=None, reason=reason)
    return evolve(figure, response_rate=response_rate(whole))


def _from_events(function: Measured, snapshot: Snapshot, asked: _Asked) -> Result:
    events, logged = events_of(snapshot, (VISIT,)), logs(snapshot, (VISIT,))
    yes = _times(snapshot, events, asked.sides) >= asked.at_least
    complete = people_logged(snapshot, logged)
    maybe = yes | ~complete | may_have_attended(snapshot, events) | _roleless(snapshot, events)
    groups = None if asked.by is None else grouping(snapshot, asked.by)
    rows = shares_of_people(
        Cases(yes, maybe, complete), snapshot.staff, staff_parts(snapshot, groups)
    )
    return register_result(
        snapshot,
        function,
        asked.told(rows),
        variant=asked.variant("events"),
        by=None if groups is None else groups.name,
        several=None if groups is None else groups.several,
        range_kind="exact" if events.named.all() else "outer_bound",
        needs=needs_of(snapshot, events, logged, snapshot.staff),
        evidence={"events": len(events)},
    )


def _times(snapshot: Snapshot, events: Events, sides: tuple[str, ...]) -> NDArray[np.int64]:
    """Count the visits in which each person had one of some parts."""
    counts = np.zeros(len(snapshot.person_ids), np.int64)
    for side in sides:
        had = events.people_as((side,))
        once = np.unique(np.stack([events.events[had], events.persons[had]]), axis=1)
        counts = np.maximum(counts, np.bincount(once[1], minlength=len(counts)))
    return counts


def _roleless(snapshot: Snapshot, events: Events) -> Flags:
    """Tell who was at a visit without a note of whether they observed or were observed."""
    mask = np.zeros(len(snapshot.person_ids), np.bool_)
    mask[events.persons[~events.people_as((OBSERVED, OBSERVER))]] = True
    return mask


_SOURCES: Mapping[str, Callable[[Measured, Snapshot, _Asked], Result]] = {
    "answers": _from_answers,
    "ties": _from_ties,
    "events": _from_events,
}
