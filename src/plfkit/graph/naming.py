"""What readers call the groups that figures are of: levels, roles and kinds, and units.

Persons have no place here: figures about single persons leave only where their purpose is told, and then
by their ids. Nor have communities, which may be named after somebody in them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from plfkit.graph.snapshot import Snapshot
from plfkit.model.records.native import NativeTables
from plfkit.model.results.figures import Figure
from plfkit.model.results.result import Result
from plfkit.model.words.kinds import Label
from plfkit.model.words.vocabulary import Vocabulary

_LABELLED_SECTIONS = (
    *("levels", "roles", "unit_kinds", "community_kinds"),
    *("relations", "event_kinds", "qualification_kinds", "characteristics"),
)
_OF_THE_VOCABULARY = {"level", "role"}
"""Groupings whose groups are words of the vocabulary, and no places."""


def list_word_labels(vocabulary: Vocabulary) -> Iterator[tuple[str, Label]]:
    """Yield what readers call levels, roles, kinds, relations and characteristics."""
    for section in _LABELLED_SECTIONS:
        for name, kind in vocabulary.section(section).items():
            yield name, kind.label


def collect_group_names(result: Result, moments: Iterable[Snapshot]) -> dict[str, Label]:
    """Return what readers call the groups in a result's figures, as far as they have a name.

    Args:
        result: The result.
        moments: What it was computed from; later ones have the last word.
    """
    if getattr(result.figures, "row_type", None) is not Figure:
        return {}  # somebody's own measure is wrong, and is told so where its result is judged
    groups = {
        id_
        for column in ("part", "from", "to", "figure")
        for id_ in result.figures.column(column).categories
    }
    names: dict[str, Label] = {}
    for now in moments if groups else ():
        words, places = dict(list_word_labels(now.vocabulary)), _read_place_names(now, groups)
        # A unit may be called as a level is: what the figures are grouped by decides.
        order = (
            (places, words) if {result.by, result.groups} & _OF_THE_VOCABULARY else (words, places)
        )
        names |= {id_: label for known in order for id_, label in known.items() if id_ in groups}
    return names


def _read_place_names(tables: NativeTables, groups: set[str]) -> Mapping[str, Label]:
    """Return the names of units that have one; a community may be named after somebody in it."""
    ids, names = (tables.units.column(column).tolist() for column in ("id", "name"))
    return {
        id_: Label(name, name)
        for id_, name in zip(ids, names, strict=True)
        if id_ in groups and name is not None
    }
