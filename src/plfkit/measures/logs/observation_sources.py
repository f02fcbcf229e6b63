"""Sources of peer observation: answers, ties or visits, one at a time and never mixed."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from attrs import evolve, frozen

from plfkit.arrays import Flags, Numbers
from plfkit.errors import MeasureError
from plfkit.graph.answers import AnswerSheet
from plfkit.graph.attendance import may_have_attended, name_log_needs
from plfkit.graph.cases import Cases, compute_people_shares
from plfkit.graph.events import Events, select_events
from plfkit.graph.groups import GroupSpec, look_up_members
from plfkit.graph.layers import Layer
from plfkit.graph.logs import look_up_logs, mark_logged_people
from plfkit.graph.picking import list_distinct_pairs
from plfkit.graph.snapshot import Snapshot
from plfkit.hints import Hint
from plfkit.measures.engine.answering import (
    SelectedAnswers,
    build_answers_result,
    explain_no_answers,
    select_answers,
)
from plfkit.measures.engine.layer_counts import compute_response_rate, find_tie_range_kind
from plfkit.measures.engine.layer_parts import LayerParts, cut_layer
from plfkit.measures.engine.options import CheckedOptions
from plfkit.measures.engine.registered import (
    build_staff_result,
    collect_people_facts,
    split_staff,
)
from plfkit.measures.engine.silence import ANSWERED, explain_missing
from plfkit.model.results.facts import Facts, PeopleCount, PeopleSet, Who
from plfkit.model.results.figures import Figure
from plfkit.model.results.result import MeasureFunction, Result
from plfkit.model.words.choices import check_choice
from plfkit.model.words.notes import Note
from plfkit.model.words.ranges import RangeKind
from plfkit.model.words.reasons import Reason

OBSERVED_SIDE = "observed"
OBSERVER_SIDE = "observer"
ITEMS = {OBSERVED_SIDE: "was_observed", OBSERVER_SIDE: "observed_others"}
"""The items that ask whether somebody was observed, and whether they observed."""
VISIT = "observation_visit"
_NO_COLLEAGUES = ("external_partner", "political_level", "administration", "school_leadership")


@frozen
class ObservationQuestion:
    """What is asked of a source.

    Attributes:
        sides: Being observed, observing, or both of these: then the share is asked of those who have
            neither.
        relation: The relation, for ties.
        by: The groups.
        at_least: How often.
        how: What can be asked of every measure.
        people: Levels or roles of those who are asked about; all colleagues if empty.
    """

    sides: tuple[str, ...]
    relation: str
    by: GroupSpec | None
    at_least: int
    how: CheckedOptions
    people: tuple[str, ...]

    def find_eligible_people(self, snapshot: Snapshot) -> Flags:
        """Tell who is asked about: colleagues, of the levels or roles named."""
        named = np.ones(len(snapshot.person_ids), np.bool_)
        if self.people:
            members = [look_up_members(snapshot, name) for name in self.people]
            named = np.isin(np.arange(len(named)), np.concatenate(members))
        return named & ~_find_non_colleagues(snapshot)

    def name_variant(self, source: str) -> str:
        """Name the source, and whether those outside are counted."""
        return source if len(self.sides) == 1 else f"{source}, neither"

    def describe_people(self, snapshot: Snapshot) -> Who:
        """Say in public words who is asked about."""
        above = tuple(level for level in _NO_COLLEAGUES if level in snapshot.vocabulary.levels)
        return {"of": self.people, "not_of": above} if self.people else {"not_of": above}

    def turn_cases(self, cases: Cases) -> Cases:
        """Return who has one of several sides as who has neither."""
        if len(self.sides) == 1:
            return cases
        return Cases(~(cases.yes | cases.maybe), ~cases.yes, cases.counted, cases.silence)

    def turn_if_neither(self, rows: list[Figure]) -> list[Figure]:
        """Return figures of those who have one of several sides as figures of those who have neither."""
        return rows if len(self.sides) == 1 else [_invert_share(row) for row in rows]


def _find_non_colleagues(snapshot: Snapshot) -> Flags:
    """Tell who is no colleague of those who teach: leaders, the administration, and guests."""
    levels = list(snapshot.vocabulary.levels)
    above = [levels.index(level) for level in _NO_COLLEAGUES if level in levels]
    held = np.isin(snapshot.position_levels, above)
    return np.bincount(snapshot.position_persons[held], minlength=len(snapshot.person_ids)) > 0


def _invert_share(row: Figure) -> Figure:
    """Return the share of all others."""
    numerator = None
    if row.numerator is not None and row.denominator is not None:
        numerator = row.denominator - row.numerator
    # The share of the others is greatest where this one is least: the ends change places.
    value, lower, upper = (
        None if end is None else 1 - end for end in (row.value, row.upper, row.lower)
    )
    return evolve(row, value=value, lower=lower, upper=upper, numerator=numerator)


def measure_observation(
    function: MeasureFunction, snapshot: Snapshot, source: str, asked: ObservationQuestion
) -> Result:
    """Return the share of people asked about, as one source tells it.

    Raises:
        MeasureError: There is no such source, or what is asked does not fit it.
    """
    check_choice(function.__name__, "source", source, tuple(_SOURCES))
    if asked.at_least < 1:
        raise MeasureError(f"{function.__name__}: at_least is 1 or more, not {asked.at_least}")
    if asked.how.minimum_strength is not None and source != "ties":
        raise MeasureError(Hint("measure.strength_of_ties", measure=function.__name__))
    return _SOURCES[source](function, snapshot, asked)


def _measure_by_answers(
    function: MeasureFunction, snapshot: Snapshot, asked: ObservationQuestion
) -> Result:
    name = function.__name__
    if asked.at_least > 1:
        raise MeasureError(Hint("measure.times_of_answers", measure=name))
    heard = select_answers(name, snapshot, [ITEMS[side] for side in asked.sides], by=asked.by)
    sheet = heard.sheet
    # A code leads to nobody, so it cannot be told to be somebody who is left out.
    kept = ~sheet.linked | np.append(asked.find_eligible_people(snapshot), False)[sheet.persons]
    rows = [_compute_yes_share(sheet.take(which & kept), part) for part, which in heard.parts]
    result = build_answers_result(
        snapshot,
        function,
        heard,
        asked.turn_if_neither(rows),
        variant=asked.name_variant("answers"),
    )
    coded = int((~sheet.linked).sum())
    notes: dict[str, int] = {Note.ANSWERS_UNDER_CODES: coded} if coded else {}
    facts = _collect_answer_counts(result.facts, asked, heard, kept)
    return evolve(result, notes={**result.notes, **notes}, facts=facts)


def _collect_answer_counts(
    facts: Facts | None, asked: ObservationQuestion, heard: SelectedAnswers, kept: Flags
) -> Facts | None:
    """Return of whom the figures speak, and who said yes; of codes, which lead to nobody, of all alone."""
    if facts is None or not (heard.sheet.linked.all() and heard.sheet.listed.all()):
        return None if facts is None else evolve(facts, sets={None: facts.find_everybody()})
    sheet = heard.sheet.take(kept & np.asarray(heard.sheet.asked.all(axis=1)))
    yes, known = _find_yes_answers(sheet)
    surely, possibly = np.zeros((2, len(facts.staff.persons)), np.bool_)
    surely[sheet.persons] = np.asarray(yes.any(axis=1))[sheet.rows]
    possibly[sheet.persons] = np.asarray((yes | ~known).any(axis=1))[sheet.rows]
    turned = asked.turn_cases(Cases(surely, possibly, surely))
    people = PeopleSet(np.unique(sheet.persons), {"asked": sheet.items})
    if len(asked.sides) > 1:
        outside = np.ones_like(surely)
        outside[people.persons] = False
        turned = Cases(turned.yes & ~outside, turned.maybe & ~outside, turned.counted)
    sets = {
        part: PeopleSet(np.intersect1d(one.persons, people.persons), one.who)
        for part, one in facts.sets.items()
    }
    count = PeopleCount(people, turned.yes, turned.yes | turned.maybe, own_answers=True)
    idle = ("people", "relation", "minimum_strength", "at_least")
    return evolve(facts, sets=sets, count=count, selecting=idle)


def _compute_yes_share(sheet: AnswerSheet, part: str | None) -> Figure:
    """Return the share of those who answered who said yes to one item, or to either of two."""
    # Of either of two items only those are known who were asked both.
    sheet = sheet.take(np.asarray(sheet.asked.all(axis=1)))
    yes, known = _find_yes_answers(sheet)
    said, may = np.asarray(yes.any(axis=1)), np.asarray((yes | ~known).any(axis=1))
    cases = Cases(said, may, np.asarray(known.all(axis=1)))
    answering = np.asarray(sheet.answered.any(axis=1))
    if reason := explain_no_answers(sheet):
        return Figure(part=part, n=0, reason=reason)
    listed = bool(sheet.listed.all())
    figure = cases.compute_share(part=part, people=sheet.count_heads(answering), complete=listed)
    if figure.value is None:
        figure = evolve(
            figure, reason=Reason.SOME_DID_NOT_ANSWER if known.any() else Reason.SCALE_UNKNOWN
        )
    return evolve(figure, response_rate=float(answering.mean())) if listed else figure


def _find_yes_answers(sheet: AnswerSheet) -> tuple[Flags, Flags]:
    """Tell which answers are above the lowest of their scale, and of which that can be told."""
    column = sheet.table.column("lowest")
    # The lowest answer of each row's survey; NaN where nobody told it, and for no survey (−1).
    ends = np.append(np.where(column.missing, np.nan, column.values), np.nan)[sheet.surveys]
    known = sheet.answered & ~np.isnan(ends)
    return known & (np.nan_to_num(sheet.values) > np.nan_to_num(ends)), known


def _measure_by_ties(
    function: MeasureFunction, snapshot: Snapshot, asked: ObservationQuestion
) -> Result:
    whole_cut = cut_layer(snapshot, asked.relation, how=asked.how, by=asked.by, survey=None)
    cut = _restrict_to_colleagues(whole_cut, _find_non_colleagues(snapshot))
    whole, among = cut.whole, asked.find_eligible_people(snapshot)
    if not whole.directed:
        raise MeasureError(
            f"{function.__name__} asks who observes whom, but {asked.relation} has no direction: "
            "choose a directed relation"
        )
    everybody_told = whole.observation is not None and whole.observation.whole
    certain = everybody_told or asked.sides != (OBSERVER_SIDE,)
    cases = _find_tied_people(whole, asked)
    rows = [
        _compute_tied_share(whole, cases.take(np.searchsorted(whole.persons, persons)), part)
        for part, persons in ((part, layer.persons[among[layer.persons]]) for part, layer in cut)
    ]
    return cut.build_result(
        function,
        asked.turn_if_neither(rows),
        facts=_collect_tied_facts(cut, asked, cases, among),
        variant=asked.name_variant("ties"),
        range_kind=find_tie_range_kind(whole, exact_under_caps=False),
        method=None if certain else ANSWERED,
        evidence={"ties": whole.adjacency.nnz},
    )


def _collect_tied_facts(
    cut: LayerParts, asked: ObservationQuestion, cases: Cases, among: Flags
) -> Facts:
    """Return of whom the figures speak, and who was observed or observes, as far as ties tell."""
    whole, known = cut.whole, cut.collect_facts()
    turned, everybody = asked.turn_cases(cases), len(cut.snapshot.person_ids)
    surely, possibly = np.zeros((2, everybody), np.bool_)
    surely[whole.persons], possibly[whole.persons] = turned.yes, turned.yes | turned.maybe
    who = {**asked.describe_people(cut.snapshot), "asked": (asked.relation,)}
    universe = PeopleSet(whole.persons[among[whole.persons]], who)
    sets = {
        part: PeopleSet(one.persons[among[one.persons]], {**one.who, **who})
        for part, one in known.sets.items()
    }
    count = PeopleCount(universe, surely, possibly, own_answers=asked.sides == (OBSERVER_SIDE,))
    return evolve(known, sets=sets, count=count, answered=None, selecting=("people",))


def _restrict_to_colleagues(cut: LayerParts, others: Flags) -> LayerParts:
    """Return the layer and its parts without people who are no colleagues, and their ties."""
    whole, laid_out = (
        layer.keep_nodes(np.flatnonzero(~others[layer.persons]))
        for layer in (cut.whole, cut.laid_out)
    )
    return evolve(cut, whole=whole, laid_out=laid_out)


def _find_tied_people(layer: Layer, asked: ObservationQuestion) -> Cases:
    """Tell of each node whether enough ties run to it, or from it; unobserved ones may.

    Whom somebody observed they tell themselves, and count if they answered. Who observed them others
    tell: then all count, and there is a figure only where that is known of everybody.
    """
    observation = layer.observation
    yes, maybe = np.zeros((2, layer.n), np.bool_)
    for side in asked.sides:
        # Ties run from observer (row) to observed (column): columns sum to how often each was observed.
        told = np.asarray(layer.adjacency.sum(axis=0 if side == OBSERVED_SIDE else 1), np.int64)
        unseen = (
            np.zeros(layer.n, np.int64) if observation is None else _count_untold_ties(layer, side)
        )
        yes |= told >= asked.at_least
        maybe |= told + unseen >= asked.at_least
    counted = np.ones(layer.n, np.bool_)
    if asked.sides == (OBSERVER_SIDE,) and observation is not None:
        counted = observation.nodes_answered
    return Cases(yes, maybe, counted)


def _count_untold_ties(layer: Layer, side: str) -> Numbers:
    observation = layer.observation
    assert observation is not None  # noqa: S101 - the caller has looked
    if side == OBSERVED_SIDE:
        return observation.count_unseen_in()
    return observation.count_unseen_out(asked=True) + observation.count_unseen_out(asked=False)


def _compute_tied_share(whole: Layer, cases: Cases, part: str | None) -> Figure:
    """Return the share of some nodes; without a roster nobody knows its range."""
    if whole.reason is not None:
        return Figure(part=part, n=len(cases), reason=whole.reason)
    figure = cases.compute_share(part=part, people=len(cases), empty=Reason.EMPTY_GROUP)
    if whole.observation is None:
        return evolve(figure, lower=None, upper=None, observed=None)
    unsure = (cases.maybe & ~cases.yes)[cases.counted].any()
    if figure.reason in {Reason.NOT_REGISTERED, Reason.SOME_NOT_REGISTERED} or unsure:
        reason = explain_missing(whole)
        figure = evolve(figure, value=None, numerator=None, denominator=None, reason=reason)
    return evolve(figure, response_rate=compute_response_rate(whole))


def _measure_by_events(
    function: MeasureFunction, snapshot: Snapshot, asked: ObservationQuestion
) -> Result:
    events, logged = select_events(snapshot, (VISIT,)), look_up_logs(snapshot, (VISIT,))
    people = snapshot.staff & asked.find_eligible_people(snapshot)
    yes = _count_visits(snapshot, events, asked.sides) >= asked.at_least
    complete = mark_logged_people(snapshot, logged)
    maybe = (
        yes
        | ~complete
        | may_have_attended(snapshot, events)
        | _find_roleless_people(snapshot, events)
    )
    parts = split_staff(snapshot, asked.by)
    cases = Cases(yes, maybe, complete)
    rows = compute_people_shares(cases, people, parts)
    colleagues = PeopleSet(np.flatnonzero(people), asked.describe_people(snapshot))
    return build_staff_result(
        snapshot,
        function,
        asked.turn_if_neither(rows),
        parts,
        facts=collect_people_facts(
            snapshot,
            asked.turn_cases(cases),
            parts,
            asked=people,
            selecting=("people", "relation", "minimum_strength"),
            universe=colleagues,
        ),
        variant=asked.name_variant("events"),
        range_kind=RangeKind.EXACT if events.named.all() else RangeKind.OUTER_BOUND,
        needs=name_log_needs(snapshot, events, logged, people),
        evidence={"events": len(events)},
    )


def _count_visits(snapshot: Snapshot, events: Events, sides: tuple[str, ...]) -> Numbers:
    """Count the visits in which each person had one of some parts."""
    counts = np.zeros(len(snapshot.person_ids), np.int64)
    for side in sides:
        had = events.match_participation_roles((side,))
        if side == OBSERVED_SIDE:
            had &= ~_find_visits_by_others(snapshot, events)[events.events]
        persons, _ = list_distinct_pairs(events.persons[had], events.events[had])
        # Twice observed and once observer is twice either, not three times: a visit may be both.
        counts = np.maximum(counts, np.bincount(persons, minlength=len(counts)))
    return counts


def _find_visits_by_others(snapshot: Snapshot, events: Events) -> Flags:
    """Tell at which visits nobody is noted to have observed but people who are no colleagues."""
    observers = events.match_participation_roles((OBSERVER_SIDE,))
    others = observers & _find_non_colleagues(snapshot)[events.persons]
    noted, of_others = (
        np.bincount(events.events[which], minlength=len(events)) for which in (observers, others)
    )
    # Two observers, both leaders: theirs alone. One of them a teacher: a colleague's visit.
    return np.asarray((of_others > 0) & (of_others == noted))


def _find_roleless_people(snapshot: Snapshot, events: Events) -> Flags:
    """Tell who was at a visit without a note of whether they observed or were observed."""
    mask = np.zeros(len(snapshot.person_ids), np.bool_)
    mask[events.persons[~events.match_participation_roles((OBSERVED_SIDE, OBSERVER_SIDE))]] = True
    return mask


_SOURCES: Mapping[str, Callable[[MeasureFunction, Snapshot, ObservationQuestion], Result]] = {
    "answers": _measure_by_answers,
    "ties": _measure_by_ties,
    "events": _measure_by_events,
}
