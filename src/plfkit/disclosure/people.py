"""Whose figures are whose: things that tell of none of the same people are judged apart."""

from __future__ import annotations

import io
import pickle
from collections.abc import Iterator, Sequence
from typing import Any

from plfkit.model.results.facts import StaffList


def group_by_people(things: Sequence[object]) -> list[list[int]]:
    """Return the places of things, those together that tell of some of the same people.

    Of the same people are also things of several data in which ids are the same: nobody can tell whether
    these are two versions of one staff list.

    Args:
        things: What is to be shown: each with the staff lists that its figures rest on.

    Examples:
        Two tell of Ada, and one of her tells of Bo too, so that the third is judged with them.

        >>> from plfkit.model.results.facts import StaffList
        >>> ada, both, bo, eve = (StaffList(None, ids, {}, {}) for ids in ("a", "ab", "b", "e"))
        >>> group_by_people([ada, eve, bo, both])
        [[0, 2, 3], [1]]
    """
    groups: list[tuple[list[int], set[str]]] = []
    for place, thing in enumerate(things):
        places, people = (
            [place],
            {id_ for staff in _find_staff_lists(thing) for id_ in staff.persons},
        )
        apart = []
        for group in groups:
            if people.isdisjoint(group[1]):
                apart.append(group)
            else:
                places, people = group[0] + places, people | group[1]
        groups = [*apart, (places, people)]
    return sorted(sorted(places) for places, _ in groups)


def _find_staff_lists(thing: object) -> Iterator[StaffList]:
    """Yield the staff lists that anything in a thing rests on, however deep."""
    finder = _StaffListFinder()
    finder.dump(thing)
    yield from finder.found


class _StaffListFinder(pickle.Pickler):
    """Goes through all that a thing holds, as if to write it down, and notes the staff lists."""

    def __init__(self) -> None:
        super().__init__(io.BytesIO(), pickle.HIGHEST_PROTOCOL)
        self.found: list[StaffList] = []

    def persistent_id(self, thing: Any) -> bool | None:
        """Note a staff list, and have nothing written of it."""
        if not isinstance(thing, StaffList):
            return None
        self.found.append(thing)
        return True
