"""From surveys and ties to a layer: which surveys count, who was asked, who answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from attrs import evolve, frozen

from plfkit.arrays import Flags, Numbers
from plfkit.errors import MeasureError
from plfkit.graph.layers import (
    Adjacency,
    Layer,
    build_adjacency,
    build_symmetric_adjacency,
    unpack_arcs,
)
from plfkit.graph.moment import Moment
from plfkit.graph.observation import Observation
from plfkit.graph.rosters import Rosters
from plfkit.hints import Hint, quote_word
from plfkit.model.records.rows import Survey, Tie
from plfkit.model.records.tables import Column, Table, recode_column
from plfkit.model.words.notes import Note
from plfkit.model.words.reasons import Reason
from plfkit.model.words.titles import hint_at_choice


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
    adjacency, notes = _build_layer_matrix(moment, told.ties, persons, directed=directed)
    notes |= told.notes
    counted = len(told.ties) or notes[Note.TIES_TOO_WEAK] or notes[Note.TIES_TOLD_ANEW]
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
        ties: The rows that count.
        notes: What was left out, by code.
    """

    surveys: Table[Survey]
    asked: Rosters
    ties: Table[Tie]
    notes: Mapping[str, int]

    def is_told_of(self, relation: str) -> bool:
        """Tell whether the relation itself was surveyed or told of, and not its sorts alone."""
        columns = (table.column("relation") for table in (self.surveys, self.ties))
        return any(column.match_text(relation).any() for column in columns)


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
    ties = _select_relation_ties(moment, sorts, surveys, loose=survey is None)
    strong = _mark_strong_ties(ties.column("weight"), minimum_strength)
    too_weak, ties = int((~strong).sum()), ties.take(strong)
    replaced = asked.mark_replaced_ties(moment, ties)
    ties = ties.take(~replaced)
    notes: dict[str, int] = {
        Note.TIES_TOO_WEAK: too_weak,
        Note.TIES_TOLD_ANEW: int(replaced.sum()),
        Note.SURVEYS_LEFT_OUT: unnamed + asked.count_replaced_surveys(),
        Note.RESPONDENTS_AT_LIMIT: _count_at_limit(ties, surveys),
    }
    return ToldTies(surveys, asked, ties, notes)


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
) -> Table[Any]:
    """Return the ties of a relation and its sorts that the surveys told of, and those that none did."""
    column = moment.ties.column("relation")
    of_relation = np.array([name in sorts for name in column.categories] or [False])
    survey = moment.ties.column("survey")
    counting = recode_column(survey, surveys.column("id").categories) >= 0
    if loose:
        counting |= survey.missing
    return moment.ties.take(of_relation[column.values] & (column.values >= 0) & counting)


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
        return _add_unasked_people(moment, relation, told.ties, asked.persons, recorded)
    persons = _gather_everybody_there(moment, told.ties)
    nobody = np.zeros(len(persons), np.bool_)
    if not kind.is_reported:
        return persons, Observation.complete(len(persons), directed=kind.directed), nobody
    if len(told.ties) and not told.is_told_of(relation):
        return persons, Observation.empty(len(persons), directed=kind.directed), nobody
    return persons, None, ~nobody


def _add_unasked_people(
    moment: Moment, relation: str, ties: Table[Any], persons: Numbers, recorded: Observation
) -> tuple[Numbers, Observation, Flags]:
    """Add the people of ties that no roster knows, and mark whom nobody recorded to have been asked.

    Ties of a sort are told by whoever was asked about the sort: nothing is missing there.
    """
    rosters = moment.responses.column("survey").categories
    loose = ties.take(recode_column(ties.column("survey"), rosters) < 0)
    own = loose.take(loose.column("relation").match_text(relation))
    ends, own_ends = _number_ends(moment, loose), _number_ends(moment, own)
    people = np.union1d(persons, ends)
    # Whom the rosters lack is the last node, whom nobody asked.
    nodes = np.where(np.isin(people, persons), np.searchsorted(persons, people), len(persons))
    if len(people) > len(persons):
        recorded = recorded.add_unasked_node()
    if len(own) < len(loose):  # what a register tells of a sort is told beside all surveys
        recorded = evolve(recorded, surveys=recorded.surveys + 1)
    return people, recorded.keep_nodes(nodes), np.isin(people, own_ends)


def _number_ends(moment: Moment, ties: Table[Any]) -> Numbers:
    """Return the people at both ends of some ties."""
    sides = (ties.column(side) for side in ("source", "target"))
    return np.concatenate([recode_column(side, moment.person_ids) for side in sides])


def _count_at_limit(ties: Table[Any], surveys: Table[Any]) -> int:
    """Count the people who named as many as their survey allowed: they may have had more to name."""
    limits = surveys.take(~surveys.column("max_ties").missing)
    survey = recode_column(ties.column("survey"), limits.column("id").categories)
    rows = np.flatnonzero(survey >= 0)
    if not len(rows):
        return 0
    # Distinct triples of survey, source and target: a name given twice fills one place.
    cells = [survey[rows], ties.column("source").values[rows], ties.column("target").values[rows]]
    names = np.unique(np.stack(cells), axis=1)
    givers, named = np.unique(names[:2], axis=1, return_counts=True)
    most = limits.column("max_ties").values[np.argsort(limits.column("id").values)]
    return int((named >= most[givers[0]]).sum())


def _gather_everybody_there(moment: Moment, ties: Table[Any]) -> Numbers:
    """Without a roster the nodes are all who were there, and all who have a tie."""
    mask = moment.present.copy()
    mask[_number_ends(moment, ties)] = True
    return np.flatnonzero(mask)


def _build_layer_matrix(
    moment: Moment, ties: Table[Any], persons: Numbers, *, directed: bool
) -> tuple[Adjacency, dict[str, int]]:
    node = np.full(len(moment.person_ids), -1, np.int64)
    node[persons] = np.arange(len(persons))
    source = node[recode_column(ties.column("source"), moment.person_ids)]
    target = node[recode_column(ties.column("target"), moment.person_ids)]
    inside = (source >= 0) & (target >= 0)
    named = recode_column(ties.column("target"), moment.person_ids)
    source, target = source[inside], target[inside]
    if not directed:
        # An undirected tie told by both sides is the same cell, and stands once.
        source, target = np.minimum(source, target), np.maximum(source, target)
    n = len(persons)
    matrix = build_adjacency(source, target, n)
    notes: dict[str, int] = {
        Note.REPEATED_TIES: int(inside.sum()) - matrix.nnz,
        Note.TIES_OFF_ROSTER: int((~inside).sum()),
        Note.NAMED_NOT_ASKED: len(np.setdiff1d(named, persons)),
    }
    if not directed:
        # Counted as repeated before it is mirrored, or every tie would be.
        matrix = build_symmetric_adjacency(*unpack_arcs(matrix), n)
    return matrix, notes
