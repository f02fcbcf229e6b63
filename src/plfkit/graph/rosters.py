"""Rosters: who was asked by which survey, and which of several answers of one person counts."""

from __future__ import annotations

from typing import Any

import numpy as np
from attrs import frozen
from scipy import sparse

from plfkit.arrays import Flags, Numbers
from plfkit.errors import MeasureError
from plfkit.graph.moment import Moment
from plfkit.graph.observation import Observation
from plfkit.graph.patterns import number_patterns
from plfkit.hints import Hint
from plfkit.model.records.tables import Table, recode_column

_FEW_SURVEYS = 16
"""Of so many surveys a full product takes less time than one of sparse matrices."""


@frozen(eq=False)
class Rosters:
    """Who was asked and who answered, in the surveys of one relation and of its sorts.

    People with the same pattern of being asked and answering make a class. Surveys are numbered by
    the sorted order of their ids.

    Attributes:
        surveys: The surveys' ids, sorted.
        persons: Everybody on a roster, ascending.
        codes: The class of each of them.
        asked: Whether each class (row) is on the roster of each survey (column).
        answered: Whether it answered that survey.
        later: Whether each survey (row) was followed by another (column) about the same.
        telling: Whether each survey asked about the relation itself. What people answer about a sort
            of it tells of ties, and of no pair that there is none.
    """

    surveys: tuple[str, ...]
    persons: Numbers
    codes: Numbers
    asked: Flags
    answered: Flags
    later: Flags
    telling: Flags

    @classmethod
    def read(cls, moment: Moment, surveys: Table[Any], relation: str) -> Rosters:
        """Read the rosters of some surveys, of a relation and of its sorts.

        Raises:
            MeasureError: Surveys of one unit asked the same people again, and nobody can tell which
                of them is the later one.
        """
        ids = surveys.column("id").categories
        survey = recode_column(moment.responses.column("survey"), ids)
        rows = np.flatnonzero(survey >= 0)
        answering = moment.number_people("responses", "person")[rows]
        there = np.zeros(len(moment.person_ids), np.bool_)
        there[answering] = True
        persons, nodes = np.flatnonzero(there), (np.cumsum(there) - 1)[answering]
        answered = moment.responses.column("answered").values[rows]
        on_roster, heard, codes = _sort_into_classes(
            nodes, survey[rows], answered, shape=(len(persons), len(ids))
        )
        order = np.argsort(surveys.column("id").values)
        later, unclear = _compare_dates(surveys, order)
        telling = surveys.column("relation").match_text(relation)[order]
        rosters = cls(ids, persons, codes, on_roster, heard, later, telling)
        rosters._refuse_unordered_surveys(unclear)
        return rosters

    def _refuse_unordered_surveys(self, unclear: Flags) -> None:
        """Refuse surveys that cannot be ordered and that somebody answered both of."""
        if not unclear.any():
            return
        classes = sparse.csr_array(self.answered[self.answered.sum(axis=1) > 1])
        # Cell (s, t) tells whether a class answered both s and t.
        both = (classes.T @ classes).toarray()
        if (first := np.argwhere(both & unclear)).size:
            names = tuple(self.surveys[survey] for survey in sorted({*first[0].tolist()}))
            raise MeasureError(Hint("measure.which_survey", names=names))

    def build_observation(self, surveys: Table[Any], *, directed: bool) -> Observation | None:
        """Return who would have told of a tie to whom; None if nobody was recorded as asked."""
        if not len(self.persons):
            return None
        asked_in, answered_in = self.asked[:, self.telling], self.answered[:, self.telling]
        # Over surveys: class a told of class b if a answered some survey on whose roster b stands.
        told, asked = (_mark_common(side, asked_in) for side in (answered_in, asked_in))
        limits = surveys.column("max_ties")
        order = np.argsort(surveys.column("id").values)
        most = np.where(limits.missing, np.inf, limits.values)[order][self.telling]
        # Somebody whose other answers tell all that an unanswered survey asked adds no name there.
        unanswered = asked_in & ~answered_in & np.any(asked & ~told, axis=1, keepdims=True)
        return Observation(
            codes=self.codes,
            told=told,
            asked=asked,
            cap=np.where(unanswered, most, 0).sum(axis=1),
            directed=directed,
            limited=bool((unanswered & np.isfinite(most)).any()),
            surveys=int(self.asked.any(axis=0).sum()),
            rosters=asked_in,
            unanswered=unanswered,
            limits=most,
        )

    def mark_replaced_ties(self, moment: Moment, rows: Numbers) -> Flags:
        """Tell which ties somebody told, and was asked about and did not repeat when asked later.

        Of somebody who was asked twice about the same person the later answer counts.

        Args:
            moment: The moment.
            rows: The ties, by their rows.
        """
        replaced = np.zeros(len(rows), np.bool_)
        if not len(self.persons) or not self.later.any():
            return replaced
        survey = recode_column(moment.ties.column("survey"), self.surveys)[rows]
        # The class of everybody; −1 for those on no roster.
        class_of = np.full(len(moment.person_ids), -1, np.int64)
        class_of[self.persons] = self.codes
        source, target = (
            class_of[moment.number_people("ties", side)[rows]] for side in ("source", "target")
        )
        # The last entry is for sources on no roster.
        again = np.append(self.answered.sum(axis=1) > 1, False)
        told = np.flatnonzero((survey >= 0) & (target >= 0) & again[source])
        # A tie of the spring is gone if a survey answered in autumn lists the same person again.
        anew = self.answered[source[told]] & self.asked[target[told]] & self.later[survey[told]]
        replaced[told] = anew.any(axis=1)
        return replaced

    def count_replaced_surveys(self) -> int:
        """Count the surveys of which every answer was replaced by a later one."""
        again = self.answered.sum(axis=1) > 1
        return sum(
            self._is_replaced(survey)
            for survey in np.flatnonzero(self.answered[again].any(axis=0)).tolist()
        )

    def _is_replaced(self, survey: int) -> bool:
        later = self.later[survey]
        # Cell (a, b): class a answered a later survey that asked about class b as well.
        anew = (self.answered & later) @ (self.asked & later).T
        own = np.outer(self.answered[:, survey], self.asked[:, survey])
        return bool(later.any()) and not (own & ~anew).any()


def _sort_into_classes(
    nodes: Numbers, surveys: Numbers, answered: Flags, *, shape: tuple[int, int]
) -> tuple[Flags, Flags, Numbers]:
    """Sort people into classes by what they were asked and answered.

    Args:
        nodes: Who was asked.
        surveys: In which survey.
        answered: Whether they answered.
        shape: How many people and surveys there are.

    Returns:
        Whether each class (row) is on the roster of each survey (column), whether it answered that
        survey, and the class of each node.
    """
    people, count = shape
    # Everybody has a row: asked by surveys 0, 1, …, and behind them answered 0, 1, …. Equal rows are
    # one class: sixty thousand people make a few hundred.
    cells = [
        np.concatenate([nodes, nodes[answered]]),
        np.concatenate([surveys, count + surveys[answered]]),
    ]
    yes = np.ones(len(cells[0]), np.bool_)
    flags = sparse.coo_array((yes, tuple(cells)), shape=(people, 2 * count)).tocsr()
    flags.sort_indices()
    examples, codes = number_patterns(flags)
    on_roster, heard = np.hsplit(flags[examples].toarray(), 2)
    return on_roster, heard, codes


def _mark_common(classes: Flags, others: Flags) -> Flags:
    """Tell which classes (rows) have a survey (column) in common with which others (rows)."""
    if classes.shape[1] <= _FEW_SURVEYS:
        return np.asarray(classes.astype(np.float32) @ others.T.astype(np.float32) > 0)
    return np.asarray((sparse.csr_array(classes) @ sparse.csr_array(others).T).toarray())


def _compare_dates(surveys: Table[Any], order: Numbers) -> tuple[Flags, Flags]:
    """Tell which surveys of a relation are followed by which, and which of one unit nobody can order.

    Args:
        surveys: The surveys.
        order: The order in which they are numbered, by their rows.
    """
    date, unit = surveys.column("date"), surveys.column("unit").values[order]
    known, about = ~date.missing[order], surveys.column("relation").values[order]
    alike = about[:, None] == about[None, :]
    both = np.outer(known, known) & alike
    days = date.values[order].astype(np.int64)
    # Cell (0, 1) tells whether survey 1 came after survey 0.
    later = both & (days[None, :] > days[:, None])
    unclear = ~later & ~later.T & alike & (unit[:, None] == unit[None, :])
    np.fill_diagonal(unclear, val=False)
    return later, unclear
