"""From surveys and ties to a layer: which surveys count, who was asked, who answered."""

from __future__ import annotations

from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from plfkit.errors import MeasureError
from plfkit.graph.layers import Adjacency, Layer, adjacency_of, arcs_of, both_ways
from plfkit.graph.observation import Observation
from plfkit.model.parts import Response, Survey, Tie
from plfkit.model.tables import Table, recode
from plfkit.model.vocabulary import Vocabulary, did_you_mean
from plfkit.periods import Period


class Moment(Protocol):
    """What a layer is built from; a snapshot is one."""

    @property
    def vocabulary(self) -> Vocabulary:
        """The kinds in use."""

    @property
    def period(self) -> Period:
        """The period."""

    @property
    def person_ids(self) -> tuple[str, ...]:
        """Everybody the organisation knows."""

    @property
    def present(self) -> NDArray[np.bool_]:
        """Who was there in the period."""

    @property
    def surveys(self) -> Table[Survey]:
        """Surveys held in the period."""

    @property
    def responses(self) -> Table[Response]:
        """Their rosters."""

    @property
    def ties(self) -> Table[Tie]:
        """Ties that hold in the period."""

    @property
    def undated_surveys(self) -> frozenset[str]:
        """Relations that a survey without a date asks about."""


def build_layer(moment: Moment, relation: str, *, survey: str | None = None) -> Layer:
    """Return the ties of one relation; see `plfkit.graph.Snapshot.layer`."""
    known = moment.vocabulary.relations
    if relation not in known:
        hint = did_you_mean(relation, known) or f"; there are {', '.join(known)}"
        raise MeasureError(f"there is no relation {relation!r}{hint}")
    kind = known[relation]
    surveys, left_out = _chosen(moment, relation, survey)
    ties = _ties_of(moment, relation, surveys, loose=survey is None)
    recorded, persons = _observe(moment, surveys, directed=kind.directed)
    if kind.evidence == "register" and recorded is None:
        persons = _everybody(moment, ties)
        recorded = Observation.complete(len(persons), directed=kind.directed)
        unrecorded = np.zeros(len(persons), np.bool_)
    else:
        persons, recorded, unrecorded = _unrecorded(moment, ties, persons, recorded)
    adjacency, notes = _matrix(moment, ties, persons, directed=kind.directed)
    notes |= {"surveys_left_out": left_out, "respondents_at_limit": _at_limit(ties, surveys)}
    return Layer(
        relation=relation,
        directed=kind.directed,
        persons=persons,
        adjacency=adjacency,
        recorded=recorded,
        unrecorded=unrecorded,
        reason=None if len(ties) else _why_nothing(moment, relation, surveys, recorded),
        notes={name: count for name, count in notes.items() if count},
    )


def _why_nothing(
    moment: Moment, relation: str, surveys: Table[Any], recorded: Observation | None
) -> str | None:
    """Return why a layer without ties has no figures; None if people were asked and named nobody."""
    if moment.vocabulary.relations[relation].evidence == "register":
        return "not_registered"
    if not len(surveys):
        return "survey_undated" if relation in moment.undated_surveys else "not_surveyed"
    return "unobserved" if recorded is None else None


def _chosen(moment: Moment, relation: str, named: str | None) -> tuple[Table[Any], int]:
    """Return the surveys that count, and how many do not: the named one, or each unit's latest."""
    of_relation = [s == relation for s in moment.surveys.column("relation").tolist()]
    surveys = moment.surveys.take(np.array(of_relation, np.bool_))
    ids = surveys.column("id").tolist()
    if named is not None:
        if named not in ids:
            held = f": there are {', '.join(ids)}" if ids else ", and no other"
            raise MeasureError(
                f"no survey {named!r} about {relation} was held in {moment.period}{held}"
            )
        return surveys.take(np.array([i == named for i in ids], np.bool_)), len(ids) - 1
    units, dates = surveys.column("unit").tolist(), surveys.column("date").tolist()
    latest: list[int] = []
    for unit in dict.fromkeys(units):
        rows = [row for row, other in enumerate(units) if other == unit]
        latest.append(_latest(rows, dates, ids, relation))
    return surveys.take(np.array(sorted(latest), np.int64)), len(ids) - len(latest)


def _latest(rows: list[int], dates: list[Any], ids: list[str], relation: str) -> int:
    if len(rows) == 1:
        return rows[0]
    newest = max((dates[row] for row in rows if dates[row] is not None), default=None)
    candidates = [row for row in rows if dates[row] in {None, newest}]
    if len(candidates) > 1:
        names = ", ".join(ids[row] for row in candidates)
        raise MeasureError(f"which survey about {relation} is the latest? name one of {names}")
    return candidates[0]


def _ties_of(moment: Moment, relation: str, surveys: Table[Any], *, loose: bool) -> Table[Any]:
    """Return the ties of a relation that the surveys told of, and those that none did."""
    column = moment.ties.column("relation")
    of_relation = np.array([name == relation for name in column.categories] or [False])
    survey = moment.ties.column("survey")
    counting = recode(survey, surveys.column("id").categories) >= 0
    if loose:
        counting |= survey.missing
    return moment.ties.take(of_relation[column.values] & (column.values >= 0) & counting)


def _unrecorded(
    moment: Moment, ties: Table[Any], persons: NDArray[np.int64], recorded: Observation | None
) -> tuple[NDArray[np.int64], Observation | None, NDArray[np.bool_]]:
    """Add the people of ties of which nobody recorded who was asked, and mark all such people.

    Without any roster the nodes are all who were there, and all who have a tie.
    """
    if recorded is None:
        persons = _everybody(moment, ties)
        return persons, None, np.ones(len(persons), np.bool_)
    rosters = moment.responses.column("survey").categories
    loose = ties.take(recode(ties.column("survey"), rosters) < 0)
    sides = [recode(loose.column(side), moment.person_ids) for side in ("source", "target")]
    people = np.union1d(persons, np.concatenate(sides))
    place = np.searchsorted(persons, people)
    known = np.isin(people, persons)
    nodes = np.where(known, np.minimum(place, len(persons) - 1), 0)
    return people, recorded.restricted(nodes), np.isin(people, np.concatenate(sides)) | ~known


def _at_limit(ties: Table[Any], surveys: Table[Any]) -> int:
    """Count the people who named as many as their survey allowed: they may have had more to name."""
    limits = surveys.take(~surveys.column("max_ties").missing)
    survey = recode(ties.column("survey"), limits.column("id").categories)
    rows = np.flatnonzero(survey >= 0)
    if not len(rows):
        return 0
    cells = [survey[rows], ties.column("source").values[rows], ties.column("target").values[rows]]
    names = np.unique(np.stack(cells), axis=1)
    givers, named = np.unique(names[:2], axis=1, return_counts=True)
    most = limits.column("max_ties").values[np.argsort(limits.column("id").values)]
    return int((named >= most[givers[0]]).sum())


def _observe(
    moment: Moment, surveys: Table[Any], *, directed: bool
) -> tuple[Observation | None, NDArray[np.int64]]:
    """Work out who would have told of a tie to whom, from the rosters of the surveys."""
    responses = moment.responses
    survey = recode(responses.column("survey"), surveys.column("id").categories)
    rows = np.flatnonzero(survey >= 0)
    if not len(rows):
        return None, np.empty(0, np.int64)
    persons, node = np.unique(
        recode(responses.column("person"), moment.person_ids)[rows], return_inverse=True
    )
    shape = (len(persons), len(surveys))
    asked, told = np.zeros(shape, np.bool_), np.zeros(shape, np.bool_)
    asked[node, survey[rows]] = True
    told[node, survey[rows]] = responses.column("answered").values[rows]
    patterns, codes = np.unique(np.hstack([asked, told]), axis=0, return_inverse=True)
    on_roster, answered = np.hsplit(patterns.astype(np.int64), 2)
    limits = surveys.column("max_ties")
    most = np.where(limits.missing, np.inf, limits.values)[np.argsort(surveys.column("id").values)]
    silent = on_roster > answered
    observation = Observation(
        codes=codes.ravel(),
        told=(answered @ on_roster.T) > 0,
        asked=(on_roster @ on_roster.T) > 0,
        cap=np.where(silent, most, 0).sum(axis=1),
        answered=np.asarray(~silent.any(axis=1)),
        directed=directed,
        limited=bool((silent & np.isfinite(most)).any()),
        surveys=len(np.unique(survey[rows])),
        rosters=on_roster > 0,
        unanswered=silent,
        limits=most,
    )
    return observation, persons


def _everybody(moment: Moment, ties: Table[Any]) -> NDArray[np.int64]:
    """Without a roster the nodes are all who were there, and all who have a tie."""
    mask = moment.present.copy()
    for side in ("source", "target"):
        mask[recode(ties.column(side), moment.person_ids)] = True
    return np.flatnonzero(mask)


def _matrix(
    moment: Moment, ties: Table[Any], persons: NDArray[np.int64], *, directed: bool
) -> tuple[Adjacency, dict[str, int]]:
    node = np.full(len(moment.person_ids), -1, np.int64)
    node[persons] = np.arange(len(persons))
    source = node[recode(ties.column("source"), moment.person_ids)]
    target = node[recode(ties.column("target"), moment.person_ids)]
    inside = (source >= 0) & (target >= 0)
    source, target = source[inside], target[inside]
    if not directed:
        source, target = np.minimum(source, target), np.maximum(source, target)
    n = len(persons)
    matrix = adjacency_of(source, target, n)
    notes = {
        "repeated_ties": int(inside.sum()) - matrix.nnz,
        "ties_off_roster": int((~inside).sum()),
    }
    if not directed:
        matrix = both_ways(*arcs_of(matrix), n)
    return matrix, notes
