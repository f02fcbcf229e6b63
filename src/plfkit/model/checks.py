"""The rules of the tables: every fault of an organisation, found in one pass over its columns.

Each rule looks at whole columns and yields findings; `check` turns them into faults whose place is
the table's name and the number of the record, counted from 1.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from plfkit.errors import Fault, Place
from plfkit.model.parts import PARTS
from plfkit.model.schema import ColumnSpec, columns_of
from plfkit.model.tables import Column, Table, recode
from plfkit.model.vocabulary import Vocabulary, did_you_mean

Tables = Mapping[str, Table[Any]]
_SUGGESTIONS = 100
"""How many different texts get a suggestion of their own; a wrong column would get thousands."""
_UNIQUE = {
    "units": ("id",),
    "persons": ("id",),
    "communities": ("id",),
    "surveys": ("id",),
    "responses": ("survey", "person"),
}
_ONE_AT_A_TIME = {
    "positions": ("person", "unit", "role", "subject"),
    "memberships": ("community", "person", "role"),
    "ties": ("source", "target", "relation", "survey", "subject", "initiative", "formality"),
}


@frozen
class _Finding:
    code: str
    table: str
    rows: NDArray[Any]
    column: str | None
    hint: str


def check(
    tables: Tables, vocabulary: Vocabulary, *, unreliable: frozenset[str] = frozenset()
) -> list[Fault]:
    """Return every fault of the tables, in the order of tables, rows and columns.

    Args:
        tables: The tables by name.
        vocabulary: The kinds that rows may name.
        unreliable: Tables whose ids could not all be read; what refers to them is not judged.
    """
    order = {name: number for number, name in enumerate(PARTS)}
    faults = [
        Fault(found.code, Place(found.table, int(row) + 1, found.column), found.hint, value)
        for found in _findings(tables, vocabulary, unreliable)
        for row, value in zip(found.rows, _values(tables, found), strict=True)
    ]
    return sorted(
        faults, key=lambda f: (order[f.place.file], f.place.row, f.place.column or "", f.code)
    )


def _values(tables: Tables, found: _Finding) -> Iterator[str | None]:
    for row in found.rows:
        value = tables[found.table].column(found.column)[row] if found.column else None
        yield None if value is None else str(value)


def _findings(
    tables: Tables, vocabulary: Vocabulary, unreliable: frozenset[str]
) -> Iterator[_Finding]:
    for name, table in tables.items():
        for spec in columns_of(PARTS[name]):
            yield from _kinds(name, table.column(spec.name), spec, vocabulary)
            yield from _limits(name, table.column(spec.name), spec)
            if spec.refers_to not in unreliable:
                yield from _references(name, table.column(spec.name), spec, tables)
        yield from _repeats(name, table)
        yield from _intervals(name, table)
    yield from _unit_cycles(tables["units"])
    yield from _surveys(tables["surveys"])
    yield from _ties(tables)


def _rows_by_text(column: Column, texts: Iterable[str]) -> Iterator[tuple[str, NDArray[Any]]]:
    """Yield the rows of each text, after sorting the column once."""
    code_of = {text: code for code, text in enumerate(column.categories)}
    order = np.argsort(column.values, kind="stable")
    ordered = column.values[order]
    for text in texts:
        bounds = np.searchsorted(ordered, [code_of[text], code_of[text] + 1])
        yield text, order[bounds[0] : bounds[1]]


def _kinds(
    name: str, column: Column, spec: ColumnSpec, vocabulary: Vocabulary
) -> Iterator[_Finding]:
    known: tuple[str, ...] = spec.choices
    if spec.kind is not None:
        known = tuple(vocabulary.section(spec.kind))
    if not known:
        return
    unknown = [text for text in column.categories if text not in set(known)]
    what = f"is no {spec.name} the vocabulary knows" if spec.kind else "is not allowed here"
    choice = f": use one of {', '.join(known)}"
    if spec.kind is not None:
        choice += "; or have a profile add it"
    for number, (text, rows) in enumerate(_rows_by_text(column, unknown)):
        near = did_you_mean(text, known) if number < _SUGGESTIONS else ""
        yield _Finding("unknown_kind", name, rows, spec.name, f"this value {what}{near or choice}")


def _limits(name: str, column: Column, spec: ColumnSpec) -> Iterator[_Finding]:
    for limit, outside, words in (
        (spec.minimum, np.less, "at least"),
        (spec.maximum, np.greater, "at most"),
    ):
        if limit is not None:
            rows = np.flatnonzero(~column.missing & outside(column.values, limit))
            yield _Finding("out_of_range", name, rows, spec.name, f"give {words} {limit:g}")


def _references(name: str, column: Column, spec: ColumnSpec, tables: Tables) -> Iterator[_Finding]:
    if spec.refers_to is None or not column.categories:
        return
    if not len(tables[spec.refers_to]):
        first = np.flatnonzero(~column.missing)[:1]
        hint = f"the table {spec.refers_to} is missing or empty: add it"
        yield _Finding("missing_table", name, first, spec.name, hint)
        return
    known = set(tables[spec.refers_to].column("id").categories)
    unknown = [text for text in column.categories if text not in known]
    hint = f"no row of {spec.refers_to} has this id: add it there or correct it here"
    rows = [rows for _, rows in _rows_by_text(column, unknown)]
    where = np.concatenate([np.empty(0, np.int64), *rows])
    yield _Finding("dangling_reference", name, where, spec.name, hint)


def _groups(table: Table[Any], columns: Sequence[str]) -> NDArray[Any]:
    cells = np.stack([table.column(name).values for name in columns])
    return np.unique(cells, axis=1, return_inverse=True)[1].ravel()


def _repeats(name: str, table: Table[Any]) -> Iterator[_Finding]:
    columns = _UNIQUE.get(name)
    if columns is None or not len(table):
        return
    present = np.flatnonzero(~np.any([table.column(c).missing for c in columns], axis=0))
    keys = _groups(table, columns)[present]
    first = np.unique(keys, return_index=True)[1]
    rows = np.delete(present, first)
    what = " and ".join(columns)
    hint = f"an earlier row has the same {what}: keep one of them"
    yield _Finding("duplicate", name, rows, columns[-1], hint)


def _intervals(name: str, table: Table[Any]) -> Iterator[_Finding]:
    if "valid_from" not in table.columns or not len(table):
        return
    start, end = table.column("valid_from"), table.column("valid_to")
    reversed_ = ~start.missing & ~end.missing & (end.values <= start.values)
    hint = "valid_to is the first day no longer in force: it must come after valid_from"
    yield _Finding("reversed_interval", name, np.flatnonzero(reversed_), "valid_to", hint)
    if name not in _ONE_AT_A_TIME:
        return
    far = np.iinfo(np.int64)
    begins = np.where(start.missing, far.min, start.values.astype(np.int64))
    ends = np.where(end.missing, far.max, end.values.astype(np.int64))
    groups = _groups(table, _ONE_AT_A_TIME[name])
    order = np.lexsort((ends, begins, groups))
    same = groups[order][1:] == groups[order][:-1]
    overlapping = same & (begins[order][1:] < ends[order][:-1]) & ~reversed_[order][1:]
    hint = "another row says the same for the same days: keep one, or end the first earlier"
    yield _Finding("overlap", name, np.sort(order[1:][overlapping]), None, hint)


def _unit_cycles(units: Table[Any]) -> Iterator[_Finding]:
    ids, parents = units.column("id").tolist(), units.column("parent").tolist()
    parent = dict(zip(ids, parents, strict=True))
    done: set[str] = set()
    for row, unit in enumerate(ids):
        path: dict[str, None] = {}
        while unit is not None and unit not in done and unit not in path:
            path[unit] = None
            unit = parent.get(unit)  # noqa: PLW2901 - the walk upwards is the loop
        if unit in path:
            walked = list(path)
            cycle = " → ".join([*walked[walked.index(unit) :][:_SUGGESTIONS], unit])
            hint = f"these units belong to each other in a circle: {cycle}"
            yield _Finding("cycle", "units", np.array([row]), "parent", hint)
        done.update(path)


def _surveys(surveys: Table[Any]) -> Iterator[_Finding]:
    network = _equals(surveys.column("kind"), "network")
    rows = np.flatnonzero(network & surveys.column("relation").missing)
    hint = "a network survey asks about one relation: name it"
    yield _Finding("missing_value", "surveys", rows, "relation", hint)


def _equals(column: Column, text: str) -> NDArray[np.bool_]:
    code = column.categories.index(text) if text in column.categories else -2
    return np.asarray(column.values == code)


def _ties(tables: Tables) -> Iterator[_Finding]:
    ties, surveys = tables["ties"], tables["surveys"]
    source, target = ties.column("source"), ties.column("target")
    to_target = recode(source, target.categories)
    rows = np.flatnonzero((to_target == target.values) & (to_target >= 0))
    yield _Finding("self_tie", "ties", rows, "target", "a tie needs two people: remove the row")

    survey = recode(ties.column("survey"), surveys.column("id").categories)
    known = np.flatnonzero(survey >= 0)
    row_of = np.zeros(len(surveys.column("id").categories), np.int64)
    row_of[surveys.column("id").values] = np.arange(len(surveys))
    asked_about = recode(surveys.column("relation"), ties.column("relation").categories)
    differs = asked_about[row_of[survey[known]]] != ties.column("relation").values[known]
    hint = "the tie's survey asks about another relation: correct one of the two"
    yield _Finding("wrong_survey", "ties", known[differs], "survey", hint)
    yield from _respondents(tables, survey)
    yield from _too_many(tables, survey, row_of)


def _respondents(tables: Tables, survey: NDArray[np.int64]) -> Iterator[_Finding]:
    """Ties told by people who were not asked, or who are said not to have answered."""
    ties, responses, surveys = tables["ties"], tables["responses"], tables["surveys"]
    ids = surveys.column("id").categories
    people = tables["persons"].column("id").categories
    asked_in = recode(responses.column("survey"), ids)
    width = max(len(people), 1)
    roster = asked_in * width + recode(responses.column("person"), people)
    told = survey * width + recode(ties.column("source"), people)
    has_roster = (survey >= 0) & np.isin(survey, asked_in)
    strangers = np.flatnonzero(has_roster & ~np.isin(told, roster))
    hint = "was not asked in this survey: add them to responses or remove the tie"
    yield _Finding("not_asked", "ties", strangers, "source", f"the one who reports the tie {hint}")
    answered = responses.column("answered")
    silent = roster[~answered.missing & ~answered.values]
    rows = np.flatnonzero(has_roster & np.isin(told, silent))
    hint = "the one who reports the tie did not answer, say the responses: correct one of the two"
    yield _Finding("not_answered", "ties", rows, "source", hint)


def _too_many(
    tables: Tables, survey: NDArray[np.int64], row_of: NDArray[np.int64]
) -> Iterator[_Finding]:
    ties, limit = tables["ties"], tables["surveys"].column("max_ties")
    rows = np.flatnonzero((survey >= 0) & ~ties.column("source").missing)
    rows = rows[~limit.missing[row_of[survey[rows]]]]
    if not len(rows):
        return
    cells = [survey[rows], ties.column("source").values[rows], ties.column("target").values[rows]]
    pairs, where = np.unique(np.stack(cells), axis=1, return_inverse=True)
    givers, giver, named = np.unique(pairs[:2], axis=1, return_inverse=True, return_counts=True)
    excess = named > limit.values[row_of[givers[0]]]
    guilty = excess[giver.ravel()[where.ravel()]]
    first = np.unique(giver.ravel()[where.ravel()][guilty], return_index=True)[1]
    hint = (
        "this person reports more people than the survey's max_ties allows: correct one of the two"
    )
    yield _Finding("too_many_ties", "ties", rows[guilty][first], "source", hint)
