"""A filled-in template into an organisation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from attrs import evolve

from plfkit.errors import Fault, Place
from plfkit.hints import LANGUAGES, Hint
from plfkit.model.records.organisation import Organisation
from plfkit.model.records.rows import NATIVE_ROWS
from plfkit.sources.assembling import assemble_organisation
from plfkit.sources.cells import (
    DecodedTable,
    RawTable,
    code_cells,
    list_cells,
    read_table,
    take_raw_rows,
)
from plfkit.sources.importing.people import People
from plfkit.sources.sheets import WorkbookSheet
from plfkit.sources.template.assessments import (
    StatementReader,
    build_answer_rows,
    list_scale_surveys,
)
from plfkit.sources.template.filled import FilledTemplate
from plfkit.sources.template.layout import load_layout, map_flag_words, map_register_words
from plfkit.sources.template.paper import (
    PaperReader,
    build_response_rows,
    build_tie_rows,
    list_network_surveys,
)
from plfkit.sources.template.values import ValueReader, replace_words, spell_id

_POSITION = ("unit", "role", "fte", "subject", "valid_from", "valid_to")
_SHEETS = {
    "units": "units",
    "persons": "employees",
    "positions": "employees",
    "communities": "teams",
    "memberships": "members",
    "answers": "assessments",
    "responses": "surveys",
    "ties": "surveys",
    "registrations": "lists",
}
"""The sheet that people know a table as."""


def read_template(
    sheets: Mapping[str, WorkbookSheet], filled: FilledTemplate, faults: Sequence[Fault]
) -> Organisation:
    """Read a template that was filled in.

    Args:
        sheets: The workbook's sheets by name.
        filled: In whose words it is, and how it is to be read.
        faults: What was already found wrong with the workbook.

    Raises:
        InvalidDataError: The sheets have faults; all of them are in it.
    """
    found = [*faults, *filled.check_sheet_names(sheets), *filled.find_other_questions()]
    raw = {sheet.id: filled.read_sheet_cells(sheet, sheets) for sheet in load_layout().sheets}
    found += [fault for name in ("assessments", "surveys") for fault in raw[name].faults]
    examples, mixed = _judge_example_rows(raw)
    reads = _build_native_tables(raw, filled, found)
    about = evolve(
        filled.about, title=load_layout().title if examples else None, synthetic=examples
    )
    called = {table: raw[sheet].file for table, sheet in _SHEETS.items()}
    return assemble_organisation(reads, about, filled.vocabulary, [*found, *mixed], called=called)


def _build_native_tables(
    raw: Mapping[str, RawTable], filled: FilledTemplate, faults: list[Fault]
) -> dict[str, DecodedTable]:
    """Return the native tables that the sheets hold."""
    values = ValueReader(filled.vocabulary, filled.dialect, faults)
    employees, teams, paper = raw["employees"], raw["teams"], raw["surveys"]
    statements = StatementReader(values, filled.questions).read_statements(
        raw["assessments"], teams
    )
    replies = PaperReader(paper, values, _gather_people(employees), employees).read_replies()
    charters = replace_words(teams, "charter", map_flag_words())
    native = {
        "units": raw["units"],
        "persons": _build_person_rows(employees, faults),
        "positions": _build_position_rows(employees),
        "communities": _drop_raw_columns(charters, "weeks"),
        "memberships": raw["members"],
        "surveys": _build_survey_rows(
            [*list_scale_surveys(statements), *list_network_surveys(replies)]
        ),
        "responses": build_response_rows(replies, paper),
        "answers": build_answer_rows(statements),
        "ties": build_tie_rows(replies, paper),
        "registrations": _build_registration_rows(raw["lists"]),
    }
    return {
        name: read_table(table, NATIVE_ROWS[name], filled.vocabulary, filled.dialect)
        for name, table in native.items()
    }


def _build_survey_rows(surveys: Sequence[Mapping[str, Any]]) -> RawTable:
    """Return surveys as a table; nobody filled in a row of it, so each has the number it has here."""
    names = dict.fromkeys(name for survey in surveys for name in survey)
    return RawTable(
        file="surveys",
        columns={name: code_cells(survey.get(name) for survey in surveys) for name in names},
        rows=np.arange(1, len(surveys) + 1),
        numbers_are_ids=True,
    )


def _gather_people(employees: RawTable) -> People:
    """Return everybody who has an id among the employees."""
    people = People()
    rows = zip(list_cells(employees, "id"), list_cells(employees, "name"), strict=True)
    for person, name in rows:
        if person is not None:
            people.add_person(str(spell_id(person)), None if name is None else str(name))
    return people


def _drop_raw_columns(raw: RawTable, *columns: str) -> RawTable:
    kept = {name: coded for name, coded in raw.columns.items() if name not in columns}
    return evolve(raw, columns=kept)


def _judge_example_rows(raw: Mapping[str, RawTable]) -> tuple[bool, list[Fault]]:
    """Tell whether all rows are the template's examples; if only some are, those are faults."""
    prefixes = tuple(f"{load_layout().prefix[language]}-" for language in LANGUAGES)
    left: list[Fault] = []
    own = 0
    for name, table in raw.items():
        key = load_layout().find_sheet(name).columns[0].id
        for row, cell in enumerate(list_cells(table, key)):
            if isinstance(cell, str) and cell.strip().startswith(prefixes):
                place = Place(table.file, int(table.rows[row]), table.titles.get(key, key))
                left.append(Fault("example_row", place, Hint("table.example_row"), cell))
            else:
                own += 1
    return bool(left) and not own, left if own else []


def _build_person_rows(employees: RawTable, faults: list[Fault]) -> RawTable:
    """Return a row for each employee: the first that has their id, with the first name given."""
    ids, names = list_cells(employees, "id"), list_cells(employees, "name")
    first: dict[Any, int] = {}
    named: dict[Any, Any] = {}
    for row, (employee, name) in enumerate(zip(ids, names, strict=True)):
        key = ("blank", row) if employee is None else employee
        first.setdefault(key, row)
        if name is None or named.setdefault(key, name) == name:
            continue
        title = employees.titles.get("name", "name")
        place = Place(employees.file, int(employees.rows[row]), title)
        faults.append(Fault("contradiction", place, Hint("row.other_name"), str(name)))
    kept = take_raw_rows(employees, list(first.values()))
    columns = {key: kept.columns[key] for key in ("id",) if key in kept.columns}
    if named:
        columns["name"] = code_cells([named.get(key) for key in first])
    return evolve(kept, columns=columns)


def _build_position_rows(employees: RawTable) -> RawTable:
    """Return the rows that say anything of a position."""
    said = [list_cells(employees, name) for name in _POSITION]
    kept = [row for row in range(len(employees.rows)) if any(c[row] is not None for c in said)]
    rows = take_raw_rows(employees, kept)
    columns = {name: coded for name, coded in rows.columns.items() if name in _POSITION}
    if "id" in rows.columns:
        columns["person"] = rows.columns["id"]
    titles = {**rows.titles, "person": rows.titles.get("id", "id")}
    return evolve(rows, columns=columns, titles=titles, faults=())


def _build_registration_rows(lists: RawTable) -> RawTable:
    """Return what is said of lists, with the words that the tables have for it."""
    named = replace_words(lists, "of", map_register_words())
    return replace_words(named, "complete", map_flag_words())
