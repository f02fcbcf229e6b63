"""Rules about surveys: what they ask, who was asked, and what was answered."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from plfkit.arrays import Flags, Numbers
from plfkit.hints import ColumnName, Hint, TableName
from plfkit.model.records.checking.findings import Finding, Tables
from plfkit.model.records.tables import Column, Table, find_rows_meant, number_rows, recode_column


def find_unclear_surveys(surveys: Table[Any]) -> Iterator[Finding]:
    """Find surveys that do not say what they ask, or say it twice."""
    network, scale = (surveys.column("kind").match_text(kind) for kind in ("network", "scale"))
    relation = surveys.column("relation").missing
    hint = Hint("survey.no_relation")
    yield Finding("missing_value", "surveys", np.flatnonzero(network & relation), "relation", hint)
    hint = Hint("survey.relation_of_scale")
    rows = np.flatnonzero(scale & ~relation)
    yield Finding("contradiction", "surveys", rows, "relation", hint)
    yield from _find_bad_scales(surveys, network)


def _find_bad_scales(surveys: Table[Any], network: Flags) -> Iterator[Finding]:
    """Find scales of surveys that have none, scales with one end, and scales upside down."""
    lowest, highest = surveys.column("lowest"), surveys.column("highest")
    for name, there, other in (("lowest", lowest, highest), ("highest", highest, lowest)):
        rows = np.flatnonzero(network & ~there.missing)
        hint = Hint("survey.scale_of_network", column=ColumnName(name))
        yield Finding("contradiction", "surveys", rows, name, hint)
        rows = np.flatnonzero(there.missing & ~other.missing & ~network)
        hint = Hint("survey.half_scale")
        yield Finding("missing_value", "surveys", rows, name, hint)
    both = ~lowest.missing & ~highest.missing & ~network
    rows = np.flatnonzero(both & (lowest.values >= highest.values))
    hint = Hint("survey.reversed_scale")
    yield Finding("contradiction", "surveys", rows, "highest", hint)


def find_bad_ties(tables: Tables) -> Iterator[Finding]:
    """Find ties of one person to themselves, and ties that their survey cannot have told."""
    table, surveys = tables["ties"], tables["surveys"]
    source, target = table.column("source"), table.column("target")
    to_target = recode_column(source, target.categories)
    rows = np.flatnonzero((to_target == target.values) & (to_target >= 0))
    yield Finding("self_tie", "ties", rows, "target", Hint("survey.self_tie"))
    survey = find_rows_meant(table.column("survey"), surveys)
    known = np.flatnonzero(survey >= 0)
    if not len(known):
        return
    asked_about = recode_column(surveys.column("relation"), table.column("relation").categories)
    differs = asked_about[survey[known]] != table.column("relation").values[known]
    hint = Hint("survey.other_relation")
    yield Finding("wrong_survey", "ties", known[differs], "survey", hint)
    yield from _find_unasked_people(tables, "ties", "source", survey)
    yield from _find_too_many_ties(tables, survey)


def find_bad_answers(tables: Tables) -> Iterator[Finding]:
    """Find answers of nobody, of two at a time, in the wrong survey, or linked without saying so."""
    table, surveys = tables["answers"], tables["surveys"]
    if not len(table):
        return
    respondent, community = table.column("respondent"), table.column("community")
    nobody = np.flatnonzero(respondent.missing & community.missing)
    hint = Hint("survey.no_answerer")
    yield Finding("missing_value", "answers", nobody, "respondent", hint)
    both = np.flatnonzero(~respondent.missing & ~community.missing)
    hint = Hint("survey.two_answerers")
    yield Finding("contradiction", "answers", both, "community", hint)
    survey = find_rows_meant(table.column("survey"), surveys)
    network = surveys.column("kind").match_text("network")
    rows = np.flatnonzero((survey >= 0) & network[survey]) if len(surveys) else nobody[:0]
    hint = Hint("survey.answer_of_network")
    yield Finding("wrong_survey", "answers", rows, "survey", hint)
    yield from _find_answers_off_scale(tables, survey)
    yield from _find_link_conflicts(tables, respondent, survey)


def _find_answers_off_scale(tables: Tables, survey: Numbers) -> Iterator[Finding]:
    """Find answers below the least or above the greatest of their survey's scale."""
    surveys, value = tables["surveys"], tables["answers"].column("value")
    known = np.flatnonzero((survey >= 0) & ~value.missing)
    for name, outside in (("lowest", np.less), ("highest", np.greater)):
        end, of = surveys.column(name), survey[known]
        rows = known[~end.missing[of] & outside(value.values[known], end.values[of])]
        hint = Hint("survey.off_scale", column=ColumnName(name), table=TableName("surveys"))
        yield Finding("out_of_range", "answers", rows, "value", hint)


def _find_link_conflicts(tables: Tables, respondent: Column, survey: Numbers) -> Iterator[Finding]:
    """Answers lead to persons where the survey says so, and nowhere else."""
    if not len(tables["surveys"]):
        return
    linked = tables["surveys"].column("linked")
    declared = (linked.values & ~linked.missing)[survey] & (survey >= 0)
    person = recode_column(respondent, tables["persons"].column("id").categories)
    rows = np.flatnonzero(~declared & (survey >= 0) & (person >= 0))
    hint = Hint("survey.linked_respondent")
    yield Finding("linked_respondent", "answers", rows, "respondent", hint)
    rows = np.flatnonzero(declared & (person < 0) & ~respondent.missing)
    hint = Hint("survey.unlinked_respondent", table=TableName("persons"))
    yield Finding("dangling_reference", "answers", rows, "respondent", hint)
    known = np.where(declared & (person >= 0), survey, -1)
    yield from _find_unasked_people(tables, "answers", "respondent", known)


def _find_unasked_people(
    tables: Tables, name: str, column: str, survey: Numbers
) -> Iterator[Finding]:
    """What was told by people who were not asked, or who are said not to have answered."""
    responses, people = tables["responses"], tables["persons"].column("id").categories
    asked_in = find_rows_meant(responses.column("survey"), tables["surveys"])
    width = max(len(people), 1)
    roster = asked_in * width + recode_column(responses.column("person"), people)
    told = survey * width + recode_column(tables[name].column(column), people)
    has_roster = (survey >= 0) & np.isin(survey, asked_in)
    strangers = np.flatnonzero(has_roster & ~np.isin(told, roster))
    named = {"column": ColumnName(column), "table": TableName("responses")}
    yield Finding("not_asked", name, strangers, column, Hint("survey.not_asked", **named))
    answered = responses.column("answered")
    silent = roster[~answered.missing & ~answered.values]
    rows = np.flatnonzero(has_roster & np.isin(told, silent))
    yield Finding("not_answered", name, rows, column, Hint("survey.not_answered", **named))


def _find_too_many_ties(tables: Tables, survey: Numbers) -> Iterator[Finding]:
    ties, limit = tables["ties"], tables["surveys"].column("max_ties")
    rows = np.flatnonzero((survey >= 0) & ~ties.column("source").missing)
    rows = rows[~limit.missing[survey[rows]]]
    if not len(rows):
        return
    # Several rows about one target are one name.
    named = ties.take(rows)
    pairs = number_rows([named.column(column) for column in ("survey", "source", "target")])
    names = np.unique(pairs, return_index=True)[1]
    givers = number_rows([named.column(column) for column in ("survey", "source")])
    giver, first, how_many = np.unique(givers[names], return_index=True, return_counts=True)
    excess = how_many > limit.values[survey[rows]][names[first]]
    guilty = np.flatnonzero(np.isin(givers, giver[excess]))
    where = guilty[np.unique(givers[guilty], return_index=True)[1]]
    hint = Hint("survey.too_many_ties")
    yield Finding("too_many_ties", "ties", rows[where], "source", hint)
