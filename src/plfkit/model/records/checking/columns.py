"""Rules about the cells of one column: known kinds, numbers within limits, ids that exist."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
from attrs import evolve

from plfkit.arrays import Numbers
from plfkit.model.records.checking.findings import Finding, Tables
from plfkit.model.records.checking.nearness import find_near_words
from plfkit.model.records.schema import ColumnSpec
from plfkit.model.records.tables import Column, Table, recode_column
from plfkit.model.words.vocabulary import Vocabulary, suggest_word

_SUGGESTIONS = 100
"""How many different texts get a suggestion of their own; a wrong column would get thousands."""
_LISTED = 12
"""How many words a hint lists to choose from."""


def find_unknown_kinds(
    name: str, column: Column, spec: ColumnSpec, vocabulary: Vocabulary
) -> Iterator[Finding]:
    """Find texts that are no kind of the vocabulary, wherever they stand."""
    known: tuple[str, ...] = spec.choices
    if spec.kind is not None:
        known = tuple(vocabulary.section(spec.kind))
    if not known:
        return
    unknown = [text for text in column.categories if text not in set(known)]
    for number, (text, rows) in enumerate(_group_rows_by_text(column, unknown)):
        near = _suggest_kinds(text, spec, vocabulary) if number < _SUGGESTIONS else ""
        hint = f"this value {_say_what_is_wrong(spec)}{near or _list_allowed_words(spec, known, vocabulary)}"
        yield Finding("unknown_kind", name, np.sort(rows), spec.name, hint)


def find_wrong_section_kinds(
    name: str, table: Table[Any], spec: ColumnSpec, vocabulary: Vocabulary
) -> Iterator[Finding]:
    """Find texts that are no kind of the sections that another column of their row stands for."""
    if spec.depends_on is None:
        return
    deciding = table.column(spec.depends_on)
    for word, sections in spec.sections.items():
        at = np.flatnonzero(deciding.match_text(word))
        column = table.column(spec.name).take(at)
        known = tuple(kind for section in sections for kind in vocabulary.section(section))
        unknown = [text for text in column.categories if text not in set(known)]
        own = evolve(spec, kind=sections[0])
        for text, rows in _group_rows_by_text(column, unknown):
            near = _suggest_kinds(text, own, vocabulary) or _list_allowed_words(
                own, known, vocabulary
            )
            what = f"this value is no kind that a list of {word} can be of{near}"
            yield Finding("unknown_kind", name, np.sort(at[rows]), spec.name, what)


def _say_what_is_wrong(spec: ColumnSpec) -> str:
    if spec.kind is None:
        return "is not allowed here"
    return f"is no {spec.name} the vocabulary knows"


def _list_allowed_words(spec: ColumnSpec, known: tuple[str, ...], vocabulary: Vocabulary) -> str:
    """Say what may stand there instead; of a long list, where it stands."""
    if spec.kind is None:
        return f": use one of {', '.join(known)}"
    kinds = vocabulary.section(spec.kind).items()
    choice = f"use one of {', '.join(f'{name} ({kind.label.da})' for name, kind in kinds)}"
    if len(known) > _LISTED:
        choice = f"use one of the {len(known)} that the page on the vocabulary lists"
    if spec.kind == "roles":
        return f", nor near one: {choice}; or have a profile add the title to a role's aliases"
    return f": {choice}; or have a profile add it"


def _suggest_kinds(text: str, spec: ColumnSpec, vocabulary: Vocabulary) -> str:
    """Suggest the nearest id, alias or label, and say what an alias means."""
    if spec.kind is None:
        return suggest_word(text, spec.choices)
    words = vocabulary.words(spec.kind)
    near = [_quote_word_meaning(word, words[word]) for word in find_near_words(text, words)]
    if len(near) > 1:
        return f": it holds several, {' and '.join(near)}, which are a row each"
    return f", did you mean {near[0]}?" if near else ""


def _quote_word_meaning(word: str, meant: str) -> str:
    return f'"{word}"' if word == meant else f'"{word}" ({meant})'


def _group_rows_by_text(column: Column, texts: Iterable[str]) -> Iterator[tuple[str, Numbers]]:
    """Yield the rows of each text, after sorting the column once."""
    code_of: dict[str, int] | None = None
    for text in texts:
        if code_of is None:
            code_of = {text: code for code, text in enumerate(column.categories)}
            order = np.argsort(column.values, kind="stable")
            ordered = column.values[order]
        bounds = np.searchsorted(ordered, [code_of[text], code_of[text] + 1])
        yield text, order[bounds[0] : bounds[1]]


def find_out_of_range(name: str, column: Column, spec: ColumnSpec) -> Iterator[Finding]:
    """Find numbers below the least or above the greatest allowed."""
    for limit, outside, words in (
        (spec.minimum, np.less, "at least"),
        (spec.maximum, np.greater, "at most"),
    ):
        if limit is not None:
            rows = np.flatnonzero(~column.missing & outside(column.values, limit))
            what = f"{spec.doc[0].lower()}{spec.doc[1:].rstrip('.')}"
            hint = f"give {words} {limit:g} ({what})"
            yield Finding("out_of_range", name, rows, spec.name, hint)


def find_dangling_references(
    name: str, column: Column, spec: ColumnSpec, tables: Tables
) -> Iterator[Finding]:
    """Find ids that no row of the other table has."""
    if spec.refers_to is None or not column.categories:
        return
    if not len(tables[spec.refers_to]):
        first = np.flatnonzero(~column.missing)[:1]
        hint = f"there are no rows of {{{spec.refers_to}}}: add them"
        if not spec.loose:
            yield Finding("missing_table", name, first, spec.name, hint)
        return
    known = recode_column(column, tables[spec.refers_to].column("id").categories)
    hint = f"no row of {{{spec.refers_to}}} has this id: add it there or correct it here"
    rows = np.flatnonzero((known < 0) & ~column.missing)
    yield Finding("dangling_reference", name, rows, spec.name, hint)
