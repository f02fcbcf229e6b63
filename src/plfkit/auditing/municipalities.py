"""Whose figures are whose: a comparison tells of several municipalities, each with its own staff list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from attrs import evolve, frozen

from plfkit.auditing.publications import PublishedFigures
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
) -> list[OwnFigures]:
    """Part what was published by municipality.

    Raises:
        InvalidDataError: There is no staff list for somebody's figures, or no telling whose they are.
    """
    named = sorted({*_list_municipalities(publications)}, key=str)
    if isinstance(staff, Organisation):
        if named != [None] * len(named):
            names = tuple(name for name in named if name is not None)
            raise _refuse_lists("missing_value", Hint("audit.several_lists", names=names))
        return [OwnFigures(None, staff, tuple(publications))]
    for name in named:
        if name is None:
            raise _refuse_lists("ambiguous", Hint("audit.whose", names=tuple(staff)))
        if name not in staff:
            hint = Hint("audit.no_list", name=name, near=hint_at_choice(name, staff))
            raise _refuse_lists("missing_value", hint)
    return [OwnFigures(name, own, _keep_own(publications, name)) for name, own in staff.items()]


def _list_municipalities(publications: Sequence[PublishedFigures]) -> Iterator[str | None]:
    for publication in publications:
        for figure in publication.figures:
            yield figure.municipality


def _keep_own(publications: Sequence[PublishedFigures], name: str) -> tuple[PublishedFigures, ...]:
    return tuple(
        evolve(one, figures=tuple(row for row in one.figures if row.municipality == name))
        for one in publications
    )


def _refuse_lists(code: FaultCode, hint: Hint) -> InvalidDataError:
    return InvalidDataError([Fault(code, Place("publication"), hint)])
