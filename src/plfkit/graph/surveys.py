"""From surveys and ties to a layer: which surveys count, who was asked, who answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from attrs import evolve, frozen

from plfkit.arrays import Flags, Numbers
from plfkit.errors import MeasureError
from plfkit.graph.adjacency import (
    Adjacency,
    build_adjacency,
    build_symmetric_adjacency,
    unpack_arcs,
)
from plfkit.graph.layers import Layer
from plfkit.graph.moment import Moment
from plfkit.graph.observation import Observation
from plfkit.graph.rosters import Rosters
from plfkit.hints import Hint, quote_word
from plfkit.model.records.rows import Survey, Tie
from plfkit.model.records.tables import Column, Table, recode_column
from plfkit.model.words.notes import Note
from plfkit.model.words.reasons import Reason
from plfkit.model.words.titles import hint_at_choice

_SIDES = ("source", "target")


def build_layer(
    moment: Moment,
    relation: str,
    *,
    survey: str | None = None,
    minimum_strength: float | None = None,
) -> Layer:
    """Return the ties of one relation; see `plfkit.graph.Snapshot.layer`."""
    told = gather_told_ties(moment, relation, survey=survey, minimum_strength=minimum_strength)
    directed = moment.vocabulary.relations[relation].directed
    persons, recorded, unrecorded = _observe_people(moment, relation, told)
    adjacency, notes = _build_layer_matrix(moment, told.rows, persons, directed=directed)
    notes |= told.notes
    counted = len(told.rows) or notes[Note.TIES_TOO_WEAK] or notes[Note.TIES_TOLD_ANEW]
    return Layer(
        relation=relation,
        directed=directed,
        persons=persons,
        adjacency=adjacency,
        recorded=recorded,
        unrecorded=unrecorded,
        reason=None if counted else _explain_empty_layer(moment, relation, told.surveys, recorded),
        notes={name: count for name, count in notes.items() if count},
    )


@frozen(eq=False)
class ToldTies:
    """What a layer is made of: the surveys that count, whom they asked, and the ties that they told.

    Those of the relation's sorts are among them.

    Attributes:
        surveys: The surveys.
        asked: Their rosters.
        all_ties: The ties of the moment.
        rows: Those that count, by their rows.
        notes: What was left out, by code.
    """

    surveys: Table[Survey]
    asked: Rosters
    all_ties: Table[Tie]
    rows: Numbers
    notes: Mapping[str, int]

    @property
    def ties(self) -> Table[Tie]:
        """The ties that count."""
        return self.all_ties.take(self.rows)

    def is_told_of(self, relation: str) -> bool:
        """Tell whether the relation itself was surveyed or told of, and not its sorts alone."""
        told_as = self.all_ties.column("relation").match_text(relation)
        surveyed = self.surveys.column("relation").match_text(relation)
        return bool(surveyed.any() or told_as[self.rows].any())


def gather_told_ties(
    moment: Moment,
    relation: str,
    *,
    survey: str | None = None,
    minimum_strength: float | None = None,
) -> ToldTies:
    """Return what the layer of a relation is made of; see `plfkit.graph.Snapshot.layer`."""
    known = moment.vocabulary.relations
    relation = moment.vocabulary.find_current(relation, "relations")
    if relation not in known:
        near = hint_at_choice(relation, known)
        raise MeasureError(Hint("measure.no_relation", name=quote_word(relation), near=near))
    # A survey that is named tells of what it asked about, and of nothing else.
    sorts: tuple[str, ...] = (relation,)
    if survey is None:
        sorts = moment.vocabulary.sorts_of(relation, section="relations")
    surveys, unnamed = _choose_surveys(moment, relation, sorts, survey)
    asked = Rosters.read(moment, surveys, relation)
    rows = _select_relation_ties(moment, sorts, surveys, loose=survey is None)
    strong = _mark_strong_ties(moment.ties.column("weight"), minimum_strength)[rows]
    too_weak, rows = int((~strong).sum()), rows[strong]
    replaced = asked.mark_replaced_ties(moment, rows)
    rows = rows[~replaced]
    notes: dict[str, int] = {
        Note.TIES_TOO_WEAK: too_weak,
        Note.TIES_TOLD_ANEW: int(replaced.sum()),
        Note.SURVEYS_LEFT_OUT: unnamed + asked.count_replaced_surveys(),
        Note.RESPONDENTS_AT_LIMIT: _count_at_limit(moment, rows, surveys),
    }
    return ToldTies(surveys, asked, moment.ties, rows, notes)


def _mark_strong_ties(weights: Column, minimum: float | None) -> Flags:
    """Tell which ties are strong enough to count.

    A tie without a strength counts; one of strength 0 is none, and neither is one below the minimum.

    Raises:
        MeasureError: The minimum is no number above 0.
    """
    if minimum is not None and not (minimum > 0 and np.isfinite(minimum)):
        raise MeasureError(Hint("measure.minimum_strength", value=minimum))
    enough = weights.values > 0 if minimum is None else weights.values >= minimum
    return np.asarray(weights.missing | enough)


def _explain_empty_layer(
    moment: Moment, relation: str, surveys: Table[Any], recorded: Observation | None
) -> str | None:
    """Return why a layer without ties has no figures; None if people were asked and named nobody."""
    if not moment.vocabulary.relations[relation].is_reported:
        return Reason.NOT_REGISTERED
    if not surveys.column("relation").match_text(relation).any():
        return Reason.SURVEY_UNDATED if relation in moment.undated_surveys else Reason.NOT_SURVEYED
    return Reason.NOBODY_ANSWERED if recorded is None else None


def _choose_surveys(
    moment: Moment, relation: str, sorts: Sequence[str], named: str | None
) -> tuple[Table[Any], int]:
    """Return the surveys that count, of the relation and its sorts or the named one, and how many do not."""
    of_relation = [s in sorts for s in moment.surveys.column("relation").tolist()]
    surveys = moment.surveys.take(np.array(of_relation, np.bool_))
    if named is None:
        return surveys, 0
    ids = surveys.column("id").tolist()
    if named not in ids:
        near = Hint("near.there_are", names=tuple(ids)) if ids else Hint("near.no_other")
        values = {"name": quote_word(named), "relation": relation, "period": str(moment.period)}
        raise MeasureError(Hint("measure.no_survey", near=near, **values))
    return surveys.take(np.array([i == named for i in ids], np.bool_)), len(ids) - 1


def _select_relation_ties(
    moment: Moment, sorts: Sequence[str], surveys: Table[Any], *, loose: bool
) -> Numbers:
    """Return the rows of a relation's and its sorts' ties that the surveys told of, and that none did."""
    column = moment.ties.column("relation")
    of_relation = np.array([name in sorts for name in column.categories] or [False])
    survey = moment.ties.column("survey")
    counting = recode_column(survey, surveys.column("id").categories) >= 0
    if loose:
        counting |= survey.missing
    return np.flatnonzero(of_relation[column.values] & (column.values >= 0) & counting)


def _observe_people(
    moment: Moment, relation: str, told: ToldTies
) -> tuple[Numbers, Observation | None, Flags]:
    """Return a layer's people, what was observed of them, and of whom nobody recorded that.

    Without any roster the nodes are all who were there, and all who have a tie. Of a relation that is
    itself neither surveyed nor told of, a sort of it tells of ties, and of no pair that there is none.
    """
    kind, asked = moment.vocabulary.relations[relation], told.asked
    recorded = asked.build_observation(told.surveys, directed=kind.directed)
    if recorded is not None and (
        asked.asked[:, asked.telling].any() or not told.is_told_of(relation)
    ):
        return _add_unasked_people(moment, relation, told, recorded)
    persons = _gather_everybody_there(moment, told.rows)
    nobody = np.zeros(len(persons), np.bool_)
    if not kind.is_reported:
        return persons, Observation.complete(len(persons), directed=kind.directed), nobody
    if len(told.rows) and not told.is_told_of(relation):
        return persons, Observation.empty(len(persons), directed=kind.directed), nobody
    return persons, None, ~nobody


def _add_unasked_people(
    moment: Moment, relation: str, told: ToldTies, recorded: Observation
) -> tuple[Numbers, Observation, Flags]:
    """Add the people of ties that no roster knows, and mark whom nobody recorded to have been asked.

    Ties of a sort are told by whoever was asked about the sort: nothing is missing there.
    """
    rosters = moment.responses.column("survey").categories
    loose = recode_column(moment.ties.column("survey"), rosters)[told.rows] < 0
    of_relation = moment.ties.column("relation").match_text(relation)[told.rows]
    asked, own_ends, ends = np.zeros((3, len(moment.person_ids)), np.bool_)
    asked[told.asked.persons] = True
    ends[_number_ends(moment, told.rows[loose])] = True
    own_ends[_number_ends(moment, told.rows[loose & of_relation])] = True
    people = np.flatnonzero(asked | ends)
    # Whom the rosters lack is the last node, whom nobody asked. Of four people, of whom the rosters
    # lack the second, the others are nodes 0, 1, 2.
    nodes = np.where(asked, np.cumsum(asked) - 1, len(told.asked.persons))[people]
    if len(people) > len(told.asked.persons):
        recorded = recorded.add_unasked_node()
    if (loose & ~of_relation).any():  # what a register tells of a sort is told beside all surveys
        recorded = evolve(recorded, surveys=recorded.surveys + 1)
    return people, recorded.keep_nodes(nodes), own_ends[people]


def _number_ends(moment: Moment, rows: Numbers) -> Numbers:
    """Return the people at both ends of some ties."""
    return np.concatenate([moment.number_people("ties", side)[rows] for side in _SIDES])


def _count_at_limit(moment: Moment, ties: Numbers, surveys: Table[Any]) -> int:
    """Count the people who named as many as their survey allowed: they may have had more to name."""
    limited = ~surveys.column("max_ties").missing
    if not limited.any():
        return 0
    limits = surveys.take(limited)
    survey = recode_column(moment.ties.column("survey"), limits.column("id").categories)[ties]
    rows, n = np.flatnonzero(survey >= 0), len(moment.person_ids)
    source, target = (moment.number_people("ties", side)[ties[rows]] for side in _SIDES)
    # A name as one number, so that one given twice fills one place: of 10 people survey 2, 3 → 7 is
    # 237, and 23 is who gave it.
    names = np.unique((survey[rows] * n + source) * n + target)
    givers, named = np.unique(names // max(n, 1), return_counts=True)
    most = limits.column("max_ties").values[np.argsort(limits.column("id").values)]
    return int((named >= most[givers // max(n, 1)]).sum())


def _gather_everybody_there(moment: Moment, rows: Numbers) -> Numbers:
    """Without a roster the nodes are all who were there, and all who have a tie."""
    mask = moment.present.copy()
    mask[_number_ends(moment, rows)] = True
    return np.flatnonzero(mask)


def _build_layer_matrix(
    moment: Moment, rows: Numbers, persons: Numbers, *, directed: bool
) -> tuple[Adjacency, dict[str, int]]:
    node = np.full(len(moment.person_ids), -1, np.int64)
    node[persons] = np.arange(len(persons))
    named = np.zeros(len(node), np.bool_)
    named[moment.number_people("ties", "target")[rows]] = True
    source, target = (node[moment.number_people("ties", side)[rows]] for side in _SIDES)
    inside = (source >= 0) & (target >= 0)
    source, target = source[inside], target[inside]
    if not directed:
        # An undirected tie told by both sides is the same cell, and stands once.
        source, target = np.minimum(source, target), np.maximum(source, target)
    n = len(persons)
    matrix = build_adjacency(source, target, n)
    notes: dict[str, int] = {
        Note.REPEATED_TIES: int(inside.sum()) - matrix.nnz,
        Note.TIES_OFF_ROSTER: int((~inside).sum()),
        Note.NAMED_NOT_ASKED: int((named & (node < 0)).sum()),
    }
    if not directed:
        # Counted as repeated before it is mirrored, or every tie would be.
        matrix = build_symmetric_adjacency(*unpack_arcs(matrix), n)
    return matrix, notes
