"""Answers on scales: who was asked, by the latest survey that asked, and what they answered."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from attrs import evolve, frozen

from plfkit.arrays import Flags, Floats, Numbers
from plfkit.graph.communities import Communities, find_community_units
from plfkit.graph.snapshot import Snapshot
from plfkit.model.records.needs import COMMUNITY_ANSWERS, Need
from plfkit.model.records.reversed_items import find_survey_rows, turn_answers
from plfkit.model.records.rows import Survey
from plfkit.model.records.tables import Table, recode_column
from plfkit.model.words.reasons import Reason

Ends = tuple[float | None, float | None]


@frozen(eq=False)
class AnswerSheet:
    """Answers to some items (columns), one row for everybody who was asked.

    A row is a person, a code that leads to nobody, somebody of whom only is known that they did not
    answer, or a community that answers as one.

    Attributes:
        items: The items.
        table: The surveys of the period.
        values: The answers, those to reversed items turned; NaN where there is none, and where one
            cannot be turned because its survey does not tell the ends of its scale.
        unturned: Where an answer cannot be turned.
        asked: Whether the row was asked.
        surveys: The row of the survey that asked, and that each answer is from; −1 where none did.
        listed: Whether it is known of the row's survey who was asked.
        linked: Whether answers lead to persons.
        units: The number of the unit that the row belongs to, by the sorted order of ids; −1 for none.
        rows: Together with `persons`, the people behind each row.
        persons: Their numbers; −1 for one of whom nobody knows who they are.
        left_out: How many surveys asked the items but were not used, because a later one did too.
        unasked: Why there is no figure of rows where nobody was asked.
    """

    items: tuple[str, ...]
    table: Table[Survey]
    values: Floats
    unturned: Flags
    asked: Flags
    surveys: Numbers
    listed: Flags
    linked: Flags
    units: Numbers
    rows: Numbers
    persons: Numbers
    left_out: int
    unasked: Reason = Reason.NOT_SURVEYED

    def __len__(self) -> int:
        return len(self.values)

    @property
    def answered(self) -> Flags:
        """Whether there is an answer."""
        return ~np.isnan(self.values) | self.unturned

    def take(self, which: Flags) -> AnswerSheet:
        """Return some of the rows."""
        kept = which[self.rows]
        return evolve(
            self,
            values=self.values[which],
            unturned=self.unturned[which],
            asked=self.asked[which],
            surveys=self.surveys[which],
            listed=self.listed[which],
            linked=self.linked[which],
            units=self.units[which],
            # Of rows 0 to 3 the kept 1 and 3 become 0 and 1: so many were kept before them.
            rows=(np.cumsum(which) - 1)[self.rows[kept]],
            persons=self.persons[kept],
        )

    def select_items(self, items: Sequence[str]) -> AnswerSheet:
        """Return some of the items, for those who were asked one of them."""
        at = [self.items.index(item) for item in items]
        narrowed = evolve(
            self,
            items=tuple(items),
            values=self.values[:, at],
            unturned=self.unturned[:, at],
            asked=self.asked[:, at],
            surveys=self.surveys[:, at],
        )
        return narrowed.take(np.asarray(narrowed.asked.any(axis=1)))

    def count_heads(self, which: Flags) -> int:
        """Count the people behind some rows; a person behind several counts once."""
        persons = self.persons[which[self.rows]]
        # Of rows without a known person each is somebody else.
        return len(np.unique(persons[persons >= 0])) + int((persons < 0).sum())

    @property
    def used(self) -> list[int]:
        """The rows of the surveys that answers are from."""
        numbers: list[int] = np.unique(self.surveys[self.answered]).tolist()
        return numbers

    @property
    def scales(self) -> set[Ends]:
        """The scales that were asked on: least and greatest answer, None if not told."""
        lowest, highest = self.table.column("lowest"), self.table.column("highest")
        asked = np.unique(self.surveys[self.surveys >= 0]).tolist()
        return {(lowest[survey], highest[survey]) for survey in asked}


def gather_people_answers(snapshot: Snapshot, items: Sequence[str]) -> AnswerSheet:
    """Return what people answered to some items in the period; of each unit the latest survey counts.

    Those on the roster of a survey who did not answer are rows without answers.

    Args:
        snapshot: The moment.
        items: The items, in the order wanted.
    """
    given = _find_item_answers(snapshot, "respondent", items)
    chosen, left_out = _choose_latest_surveys(snapshot, given, len(items))
    kept = chosen[given.survey, given.item]
    pairs = np.stack([given.survey, given.who])[:, kept]
    # A row is a respondent of a survey, who has one entry for every item answered.
    pairs, row = np.unique(pairs, axis=1, return_inverse=True)
    persons = _match_respondents(snapshot)[pairs[1]]
    silent = _find_unheard_people(snapshot, np.asarray(chosen.any(axis=1)), pairs[0], persons)
    survey = np.concatenate([pairs[0], silent[0]])
    values = np.full((len(survey), len(items)), np.nan)
    values[row.ravel(), given.item[kept]] = given.value[kept]
    unturned = np.zeros(values.shape, np.bool_)
    unturned[row.ravel(), given.item[kept]] = np.isnan(given.value[kept])
    asked = chosen[survey]
    units = recode_column(snapshot.surveys.column("unit"), snapshot.units.column("id").categories)
    return AnswerSheet(
        items=tuple(items),
        table=snapshot.surveys,
        values=values,
        unturned=unturned,
        asked=asked,
        surveys=np.where(asked, survey[:, None], -1),
        listed=np.isin(
            survey, find_survey_rows(snapshot.responses.column("survey"), snapshot.surveys)
        ),
        linked=_mark_linked_surveys(snapshot)[survey],
        units=units[survey],
        rows=np.arange(len(survey)),
        persons=np.concatenate([persons, silent[1]]),
        left_out=left_out,
    )


def gather_community_answers(
    snapshot: Snapshot, known: Communities, items: Sequence[str]
) -> AnswerSheet:
    """Return what communities said of themselves in the period; the latest survey of each counts.

    Communities with enough members were asked what any of them answered, those that are silent by
    the latest survey that asked it.

    Args:
        snapshot: The moment.
        known: The communities; a row each.
        items: The items, in the order wanted.
    """
    given = _find_item_answers(snapshot, "community", items)
    who = recode_column(snapshot.answers.column("community"), known.ids)[given.row]
    rank = _rank_surveys(snapshot)[given.survey]
    # Written from the earliest survey to the latest, the latest answer is the one that stays.
    order = np.argsort(rank, kind="stable")
    order = order[known.established[who[order]] & (who[order] >= 0)]
    at = who[order], given.item[order]
    values = np.full((len(known.ids), len(items)), np.nan)
    surveys = np.full(values.shape, -1)
    values[at], surveys[at] = given.value[order], given.survey[order]
    unturned = np.zeros(values.shape, np.bool_)
    unturned[at] = np.isnan(given.value[order])
    used = np.unique(surveys[surveys >= 0])
    latest = np.full(len(items), -1)
    latest[given.item[order]] = given.survey[order]
    asked = (latest >= 0) & known.established[:, None]
    return AnswerSheet(
        items=tuple(items),
        table=snapshot.surveys,
        values=values,
        unturned=unturned,
        asked=asked,
        surveys=np.where(asked & (surveys < 0), latest, surveys),
        listed=np.ones(len(values), np.bool_),
        linked=np.ones(len(values), np.bool_),
        units=find_community_units(snapshot, known.ids),
        rows=known.numbers,
        persons=known.persons,
        left_out=len(np.setdiff1d(given.survey[order], used)),
        unasked=Reason.COMMUNITIES_NOT_ASKED
        if have_only_people_answered(snapshot, items)
        else Reason.NOT_SURVEYED,
    )


def have_only_people_answered(snapshot: Snapshot, items: Sequence[str]) -> bool:
    """Tell whether people answered some items on their own in the period, and no community as one."""
    of_people, of_communities = (
        len(_find_item_answers(snapshot, column, items).row)
        for column in ("respondent", "community")
    )
    return of_people > 0 and of_communities == 0


def name_community_need(snapshot: Snapshot, items: Sequence[str]) -> Need:
    """Name what would tell what communities answer to some items, where they have not."""
    return COMMUNITY_ANSWERS if have_only_people_answered(snapshot, items) else Need("answers")


@frozen(eq=False)
class _ItemAnswers:
    """Answers to the items asked about: their rows, and what stands in these."""

    row: Numbers
    survey: Numbers
    who: Numbers
    item: Numbers
    value: Floats


def _find_item_answers(snapshot: Snapshot, column: str, items: Sequence[str]) -> _ItemAnswers:
    answers = snapshot.answers
    item = recode_column(answers.column("item"), tuple(items))
    row = np.flatnonzero((item >= 0) & ~answers.column(column).missing)
    return _ItemAnswers(
        row=row,
        survey=find_survey_rows(answers.column("survey"), snapshot.surveys)[row],
        who=np.asarray(answers.column(column).values[row], np.int64),
        item=item[row],
        value=turn_answers(answers, snapshot.surveys, snapshot.vocabulary.reversed_items)[row],
    )


def _rank_surveys(snapshot: Snapshot) -> Numbers:
    """Return the place of each survey in time; of one day, the later id comes later."""
    surveys = snapshot.surveys
    # The last key decides first: the day, and within a day the id.
    order = np.lexsort((surveys.column("id").values, surveys.column("date").values))
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    return rank


def _choose_latest_surveys(
    snapshot: Snapshot, given: _ItemAnswers, items: int
) -> tuple[Flags, int]:
    """Tell of which survey (row) the answers to each item (column) count, and how many are left out."""
    surveys = snapshot.surveys
    has = np.zeros((len(surveys), items), np.bool_)
    has[given.survey, given.item] = True
    unit = surveys.column("unit")
    # One row more for surveys of no unit, whose code is −1.
    latest = np.full((len(unit.categories) + 1, items), -1)
    rank = _rank_surveys(snapshot)[:, None]
    np.maximum.at(latest, np.asarray(unit.values, np.int64), np.where(has, rank, -1))
    chosen = has & (latest[unit.values] == rank)
    return chosen, int((has.any(axis=1) & ~chosen.any(axis=1)).sum())


def _match_respondents(snapshot: Snapshot) -> Numbers:
    """Return the person that each respondent's text means; −1 for a code."""
    column = snapshot.answers.column("respondent")
    persons = np.full(len(column.categories) + 1, -1)
    persons[column.values] = recode_column(column, snapshot.person_ids)
    return persons


def _mark_linked_surveys(snapshot: Snapshot) -> Flags:
    linked = snapshot.surveys.column("linked")
    return np.asarray(linked.values & ~linked.missing)


def _find_unheard_people(
    snapshot: Snapshot, wanted: Flags, heard_in: Numbers, heard: Numbers
) -> tuple[Numbers, Numbers]:
    """Return who was asked in the surveys wanted but not heard: the survey, and the person if known.

    Where answers lead to nobody, it is known only how many did not answer.
    """
    asked_in = find_survey_rows(snapshot.responses.column("survey"), snapshot.surveys)
    count = len(wanted)
    person = snapshot.number_people("responses", "person")
    linked = _mark_linked_surveys(snapshot)
    width = len(snapshot.person_ids)
    known = np.flatnonzero((wanted & linked)[asked_in])
    # One number for a survey and a person: with 100 people, person 7 of survey 2 is 207.
    known = known[~np.isin(asked_in[known] * width + person[known], heard_in * width + heard)]
    asked, answered = (np.bincount(rows, minlength=count) for rows in (asked_in, heard_in))
    # Of 20 asked and 14 heard 6 did not answer; who they are nobody knows.
    gap = np.where(wanted & ~linked, np.maximum(asked - answered, 0), 0)
    nobody = np.repeat(np.arange(count), gap)
    return (
        np.concatenate([asked_in[known], nobody]),
        np.concatenate([person[known], np.full(len(nobody), -1)]),
    )
