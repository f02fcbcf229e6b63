"""People named in texts: where somebody's id or name stands in a cell that is not about them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import numpy as np
from attrs import frozen

from plfkit.model.records.rows import NATIVE_ROWS
from plfkit.model.records.schema import find_column_spec
from plfkit.model.records.tables import Column, Table

FREE_TEXTS: Mapping[str, tuple[str, ...]] = {
    "units": ("name",),
    "communities": ("name",),
    "events": ("artefact",),
    "focuses": ("name", "tags"),
}
"""The columns in which anything may be written, by table; no other row refers to what stands there."""
_WORD = re.compile(r"[^\W_]+")
_SHORTEST, _SHORTEST_PART, _SHORTEST_INITIALS = 4, 3, 2
Phrase = tuple[str, ...]


@frozen
class Wanted:
    """Ids and names that are looked for in texts, as whole words and whatever their case.

    Attributes:
        phrases: What is looked for, word by word: ``("anna", "jensen")``.
        longest: How many words the longest of them has.
    """

    phrases: frozenset[Phrase]
    longest: int

    @classmethod
    def of(cls, phrases: Iterable[Phrase]) -> Wanted:
        """Return what to look for, given word by word."""
        found = frozenset(filter(None, phrases))
        return cls(found, max(map(len, found), default=0))

    def is_named_in(self, text: str) -> bool:
        """Tell whether one of them stands in a text; Anna stands in "Annas team" too.

        >>> Wanted.of([("anna", "jensen")]).is_named_in("Team ANNA Jensens")
        True
        >>> Wanted.of([("anna",)]).is_named_in("Savanna")
        False
        """
        words = split_into_words(text)
        for start in range(len(words)):
            for end in range(start + 1, min(start + self.longest, len(words)) + 1):
                phrase = tuple(words[start:end])
                owned = (*phrase[:-1], phrase[-1].removesuffix("s"))
                if phrase in self.phrases or owned in self.phrases:
                    return True
        return False


def split_into_words(text: str) -> list[str]:
    """Split a text into its words and numbers, without case.

    >>> split_into_words("Møde: p-0012 & Anna")
    ['møde', 'p', '0012', 'anna']
    """
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold())


def list_whole_phrases(persons: Table[Any]) -> Iterator[Phrase]:
    """Yield the ids and names of people that are long enough to be nothing else: four letters."""
    for column in ("id", "name"):
        for text in persons.column(column).categories:
            if len(text) >= _SHORTEST:
                yield tuple(split_into_words(text))


def list_all_phrases(persons: Table[Any]) -> Iterator[Phrase]:
    """Yield ids and names of people, initials, and each of their names alone."""
    yield from list_whole_phrases(persons)
    for text in persons.column("id").categories:
        if len(text) >= _SHORTEST_INITIALS and any(map(str.isalpha, text)):
            yield tuple(split_into_words(text))
    for text in persons.column("name").categories:
        yield from ((w,) for w in split_into_words(text) if len(w) >= _SHORTEST_PART)


def blank_mentions(
    tables: Mapping[str, Table[Any]], wanted: Wanted, *, columns: Mapping[str, tuple[str, ...]]
) -> dict[str, Table[Any]]:
    """Return tables in which a text that names one of some people is blank.

    Args:
        tables: All native tables by name.
        wanted: The ids and names to look for.
        columns: The columns to look at, by table, as in `FREE_TEXTS`.
    """
    done = dict(tables)
    for name, looked_at in columns.items():
        cells = {
            column: _blank_texts_that_name(tables[name].column(column), wanted)
            for column in looked_at
        }
        done[name] = replace_columns(tables[name], cells)
    return done


def replace_columns(table: Table[Any], columns: Mapping[str, Column]) -> Table[Any]:
    """Return a table with some of its columns replaced.

    Args:
        table: The table.
        columns: The new columns by name, of as many rows.
    """
    return Table(table.row_type, {**table.columns, **columns})


def blank_column(table: Table[Any], column: str) -> Table[Any]:
    """Return a table in which a column is blank throughout."""
    codec = find_column_spec(table.row_type, column).codec
    return replace_columns(table, {column: Column.of_missing(codec, len(table))})


def list_tables_with(column: str) -> tuple[str, ...]:
    """Return the names of the native tables that have a column."""
    return tuple(n for n, row in NATIVE_ROWS.items() if column in Table.empty(row).columns)


def _blank_texts_that_name(column: Column, wanted: Wanted) -> Column:
    named = [wanted.is_named_in(text) for text in column.categories]
    if not any(named):
        return column
    hidden = np.array([*named, True])[column.values]  # the last is for missing cells, code −1
    return Column.of_codes(np.where(hidden, np.int32(-1), column.values), column.categories)
