"""Whose figures are whose: a comparison tells of several municipalities, each with its own staff list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from attrs import evolve, frozen

from plfkit.auditing.publications import PublishedFigure, PublishedFigures
from plfkit.errors import Fault, InvalidDataError, Place
from plfkit.faults import FaultCode
from plfkit.hints import Hint
from plfkit.model.records.organisation import Organisation
from plfkit.model.words.titles import hint_at_choice

StaffLists = Organisation | Mapping[str, Organisation]
"""The staff list of one municipality; or of several, by the names that the publications give them."""


@frozen
class OwnFigures:
    """What publications tell of one municipality, and its staff list.

    Attributes:
        name: What the publications call it; None where they tell of one only.
        staff: Its staff list.
        publications: What they tell of it.
    """

    name: str | None
    staff: Organisation
    publications: tuple[PublishedFigures, ...]


def split_by_municipality(
    publications: Sequence[PublishedFigures], staff: StaffLists
) -> Iterator[OwnFigures]:
    """Yield what was published of each municipality; its staff list is asked for when its turn comes.

    Raises:
        InvalidDataError: There is no staff list for somebody's figures, or no telling whose they are.
    """
    figures = [_group_by_municipality(one) for one in publications]
    named = sorted({name for groups in figures for name in groups}, key=str)
    if isinstance(staff, Organisation):
        if named != [None] * len(named):
            names = tuple(name for name in named if name is not None)
            raise _refuse_lists("missing_value", Hint("audit.several_lists", names=names))
        yield OwnFigures(None, staff, tuple(publications))
        return
    for name in named:
        if name is None:
            raise _refuse_lists("ambiguous", Hint("audit.whose", names=tuple(staff)))
        if name not in staff:
            hint = Hint("audit.no_list", name=name, near=hint_at_choice(name, staff))
            raise _refuse_lists("missing_value", hint)
    for name in named:
        own = (
            evolve(one, figures=tuple(groups.get(name, ())))
            for one, groups in zip(publications, figures, strict=True)
        )
        yield OwnFigures(name, staff[str(name)], tuple(own))


def _group_by_municipality(
    publication: PublishedFigures,
) -> dict[str | None, list[PublishedFigure]]:
    groups: dict[str | None, list[PublishedFigure]] = defaultdict(list)
    for figure in publication.figures:
        groups[figure.municipality].append(figure)
    return groups


def _refuse_lists(code: FaultCode, hint: Hint) -> InvalidDataError:
    return InvalidDataError([Fault(code, Place("publication"), hint)])
