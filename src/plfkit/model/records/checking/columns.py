"""Rules about the cells of one column: known kinds, numbers within limits, ids that exist."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
from attrs import evolve

from plfkit.arrays import Numbers
from plfkit.hints import AllowedWord, ColumnName, Hint, TableName
from plfkit.model.records.checking.findings import Finding, Tables
from plfkit.model.records.checking.nearness import find_near_words
from plfkit.model.records.schema import ColumnSpec
from plfkit.model.records.tables import Column, Table, recode_column
from plfkit.model.words.titles import hint_at_word
from plfkit.model.words.vocabulary import Vocabulary

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
        meant = None if spec.kind is None else vocabulary.resolve(spec.kind, text)
        if meant is not None:
            hint = Hint("word.title_for_id", column=ColumnName(spec.name), id=meant)
        else:
            near = _suggest_kinds(text, spec, vocabulary) if number < _SUGGESTIONS else None
            near = near or _list_allowed_words(spec, known, vocabulary)
            hint = _describe_unknown_word(spec, near)
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
            hint = Hint("word.not_listable", table=TableName(word), near=near)
            yield Finding("unknown_kind", name, np.sort(at[rows]), spec.name, hint)


def _describe_unknown_word(spec: ColumnSpec, near: Hint) -> Hint:
    if spec.kind is None:
        return Hint("word.not_allowed", near=near)
    return Hint("word.unknown", column=ColumnName(spec.name), near=near)


def _list_allowed_words(spec: ColumnSpec, known: tuple[str, ...], vocabulary: Vocabulary) -> Hint:
    """Say what may stand there instead; of a long list, where it stands."""
    if spec.kind is None:
        return Hint("word.use_choice", words=tuple(map(AllowedWord, known)))
    word = "role" if spec.kind == "roles" else "kind"
    if len(known) > _LISTED:
        return Hint(f"word.use_listed_{word}", count=len(known))
    kinds = vocabulary.section(spec.kind).items()
    choices = tuple(Hint("word.kind", id=name, danish=kind.label.da) for name, kind in kinds)
    return Hint(f"word.use_{word}", kinds=choices)


def _suggest_kinds(text: str, spec: ColumnSpec, vocabulary: Vocabulary) -> Hint | None:
    """Suggest the nearest id, alias or label, and say what an alias means."""
    if spec.kind is None:
        return hint_at_word(text, map(AllowedWord, spec.choices))
    words, kinds = vocabulary.words(spec.kind), vocabulary.section(spec.kind)
    near = tuple(
        _quote_word_meaning(word, words[word], kinds[words[word]].label.da)
        for word in find_near_words(text, words)
    )
    if len(near) > 1:
        return Hint("word.several", words=near)
    return Hint("word.meant", word=near[0]) if near else None


def _quote_word_meaning(word: str, meant: str, danish: str) -> Hint:
    if word == meant:
        return Hint("word.id", id=word, danish=danish)
    if word.casefold() == danish.casefold():
        return Hint("word.label", label=word, id=meant)
    return Hint("word.alias", alias=word, id=meant, danish=danish)


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
    for limit, outside, key in (
        (spec.minimum, np.less, "cell.at_least"),
        (spec.maximum, np.greater, "cell.at_most"),
    ):
        if limit is not None:
            rows = np.flatnonzero(~column.missing & outside(column.values, limit))
            what = f"{spec.doc[0].lower()}{spec.doc[1:].rstrip('.')}"
            yield Finding("out_of_range", name, rows, spec.name, Hint(key, limit=limit, what=what))


def find_dangling_references(
    name: str, column: Column, spec: ColumnSpec, tables: Tables
) -> Iterator[Finding]:
    """Find ids that no row of the other table has."""
    if spec.refers_to is None or not column.categories:
        return
    if not len(tables[spec.refers_to]):
        first = np.flatnonzero(~column.missing)[:1]
        if not spec.loose:
            hint = Hint("table.no_rows", table=TableName(spec.refers_to))
            yield Finding("missing_table", name, first, spec.name, hint)
        return
    known = recode_column(column, tables[spec.refers_to].column("id").categories)
    hint = Hint("row.dangling", table=TableName(spec.refers_to))
    rows = np.flatnonzero((known < 0) & ~column.missing)
    yield Finding("dangling_reference", name, rows, spec.name, hint)
