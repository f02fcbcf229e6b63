"""Reading cases: from YAML files to cases, with the line of whatever is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from pathlib import Path
from typing import Any

from attrs import NOTHING, evolve, fields

from plfkit.errors import DocumentError, PeriodError, Problem, ProfileError
from plfkit.model.documents import structure_document
from plfkit.model.records.rows import NATIVE_ROWS
from plfkit.model.records.schema import list_column_specs
from plfkit.model.words.titles import suggest_word
from plfkit.periods import Period
from plfkit.testing.cases.case import CASE_TABLES, Case
from plfkit.testing.cases.yamltext import Document, parse_yaml

SUFFIXES = {".yaml", ".yml"}
_CASE_KEYS = ("title", "indicator", "claim", "at", "story", "because", "expect")


def read_cases(folder: str | Path) -> list[Case]:
    """Read every case of a folder, in the order of the files' names.

    Raises:
        ProfileError: There is no such folder, or no case in it.
        DocumentError: A file says what it must not; each problem with its line.
    """
    place = Path(folder)
    files = sorted(f for f in place.glob("*") if f.suffix in SUFFIXES) if place.is_dir() else []
    if not files:
        raise ProfileError(f"{place} holds no case: a case is a file that ends in .yaml")
    return [read_case(file) for file in files]


def read_case(file: str | Path) -> Case:
    """Read one case.

    Raises:
        ProfileError: The file cannot be read.
        DocumentError: It says what it must not; each problem with its line.
        MissingExtraError: The library that reads YAML is not installed.
    """
    where = str(file)
    try:
        text = Path(file).read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise ProfileError(f"{where} is not UTF-8: save it so") from error
    except OSError as error:
        raise ProfileError(f"{where} cannot be read: {error.strerror}") from error
    document = parse_yaml(text, where)
    try:
        return _build_case(document, where)
    except DocumentError as error:
        located = [_locate_case_problem(problem, document) for problem in error.problems]
        raise DocumentError(where, sorted(located, key=lambda p: p.line or 0)) from error


def _locate_case_problem(problem: Problem, document: Document) -> Problem:
    """Return a problem with its line; what is expected of one figure was written without a list."""
    path, line = problem.path, problem.line or document.find_line(problem.path)
    if path[:1] == ("expect",) and isinstance(document.value.get("expect"), dict):
        path = (path[0], *path[2:])
        line = document.find_line(path)
    return evolve(problem, path=path, line=line)


def _build_case(document: Document, where: str) -> Case:
    if not isinstance(document.value, dict):
        raise DocumentError(where, [Problem((), "a case is a table of keys and values")])
    if problems := list(_find_unknown_case_keys(document.value)):
        raise DocumentError(where, problems)
    said = {key: value for key, value in document.value.items() if key in _CASE_KEYS}
    expect = said.get("expect", [])
    said["expect"] = _rename_expected_keys(expect if isinstance(expect, list) else [expect])
    tables = {key: value for key, value in document.value.items() if key in CASE_TABLES}
    rows, lines = _read_case_rows(tables, document, where)
    lines |= {(key, 0): document.find_line((key,)) or 0 for key in said}
    made: Case = structure_document(said, Case, where)
    if made.at is not None:
        _check_case_period(made.at)
    return evolve(made, rows=rows, where=where, lines=lines)


def _check_case_period(at: str) -> None:
    try:
        Period.parse(at)
    except PeriodError as error:
        raise DocumentError("at", [Problem(("at",), str(error))]) from error


def _find_unknown_case_keys(document: Mapping[str, Any]) -> Iterator[Problem]:
    known = (*_CASE_KEYS, *CASE_TABLES)
    for key in document:
        if key not in known:
            hint = suggest_word(key, known) or f"; there are {', '.join(known)}"
            yield Problem((key,), f"unknown key {key!r}{hint}")


def _rename_expected_keys(rows: Sequence[Any]) -> list[Any]:
    """Return what is expected with the names that attributes have."""
    return [
        {("from_" if key == "from" else key): value for key, value in row.items()}
        if isinstance(row, dict)
        else row
        for row in rows
    ]


Lines = dict[tuple[str, int], int]


def _read_case_rows(
    tables: Mapping[str, Any], document: Document, where: str
) -> tuple[dict[str, list[Any]], Lines]:
    """Return the rows of each table as records, and the line of each."""
    rows: dict[str, list[Any]] = {}
    lines: Lines = {}
    problems: list[Problem] = []
    for table, written in tables.items():
        rows[table] = []
        if written == "":
            message = "no rows stand here: write them, or leave the table out"
            problems.append(Problem((table,), message, document.find_line((table,))))
            continue
        for place, row in enumerate(written if isinstance(written, list) else [written]):
            line = document.find_line((table, str(place)))
            try:
                records = list(expand_case_row(table, row, len(rows[table])))
            except DocumentError as error:
                problems += [
                    Problem(
                        (table, *p.path),
                        p.message,
                        document.find_line((table, str(place), *p.path)),
                    )
                    for p in error.problems
                ]
                continue
            for record in records:
                rows[table].append(record)
                lines[table, len(rows[table])] = line or 0
    if problems:
        raise DocumentError(where, problems)
    return rows, lines


def expand_case_row(table: str, row: Any, before: int) -> Iterator[Any]:
    """Yield the records that a row stands for.

    A list in a cell is a row for each of its items. Rows that need an id and give none are numbered.

    Args:
        table: Whose row it is.
        row: The row as it was written.
        before: How many rows the table has already.
    """
    if isinstance(row, str):
        row = {"id": row}
    if not isinstance(row, dict):
        raise DocumentError(table, [Problem((), "a row is a table of columns and cells")])
    part = NATIVE_ROWS[table]
    specs = {spec.name: spec for spec in list_column_specs(part)}
    problems = [
        Problem((name,), f"{table} has no column {name!r}{suggest_word(name, specs)}")
        for name in row
        if name not in specs
    ]
    if problems:
        raise DocumentError(table, problems)
    choices = [cell if isinstance(cell, list) else [cell] for cell in row.values()]
    for number, cells in enumerate(product(*choices), start=before + 1):
        own = {"id": f"{table}-{number}"} if "id" in specs else {}
        yield _build_case_record(part, specs, own | dict(zip(row, cells, strict=True)))


def _build_case_record(part: type, specs: Mapping[str, Any], row: Mapping[str, Any]) -> Any:
    cells: dict[str, Any] = {}
    problems = []
    for name, cell in row.items():
        try:
            cells[name] = None if cell == "" else specs[name].codec.decode(cell)
        except (ValueError, TypeError, AttributeError):
            due = specs[name].codec.description
            problems.append(Problem((name,), f"{cell!r} is no {due}"))
    missing = [
        spec.name for spec in specs.values() if spec.required and cells.get(spec.name) is None
    ]
    problems += [Problem((), f"the column {name!r} is missing") for name in missing]
    if problems:
        raise DocumentError("row", problems)
    bounds = [cells.pop(name, None) for name in ("valid_from", "valid_to")]
    if any(bounds):
        try:
            cells["valid"] = Period(*bounds)
        except PeriodError as error:
            raise DocumentError("row", [Problem(("valid_to",), str(error))]) from error
    names = {attribute.name.rstrip("_"): attribute.name for attribute in fields(part)}
    unsaid = {attribute.name: None for attribute in fields(part) if attribute.default is NOTHING}
    return part(**unsaid | {names[name]: cell for name, cell in cells.items()})
