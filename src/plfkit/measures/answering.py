"""What measures of answers on scales have in common: whose answers, cut into which parts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from plfkit.errors import MeasureError
from plfkit.graph.answers import Sheet, community_answers, people_answers
from plfkit.graph.communities import communities
from plfkit.graph.groups import GroupSpec, grouping, nearest_unit
from plfkit.graph.positions import are_at
from plfkit.graph.snapshot import Snapshot
from plfkit.measures.catalogue import Measured, described
from plfkit.measures.parts import check_choice
from plfkit.measures.registered import check_kinds
from plfkit.model.result import Figure, Result
from plfkit.model.tables import Table

PEOPLE, COMMUNITIES = RESPONDENTS = ("people", "communities")
NOBODY, SOME = "nobody_answered", "some_did_not_answer"
"""Why there is no figure where answers did not come in: none of them, or not all it takes."""
NO_NULL = "answers on a scale are compared with nothing that chance gives"
NO_INTERVAL = "who answers is no random sample, and a staff is counted whole"

Flags = NDArray[np.bool_]


@frozen(eq=False)
class Heard:
    """Whose answers a measure looks at, and the rows of each part; None is the whole.

    Attributes:
        sheet: The answers.
        by: What the parts are.
        parts: The rows of each part.
    """

    sheet: Sheet
    by: str | None
    parts: tuple[tuple[str | None, Flags], ...]


def hear(
    measure: str,
    snapshot: Snapshot,
    items: Sequence[str],
    *,
    respondents: str = PEOPLE,
    level: str | Sequence[str] | None = None,
    by: GroupSpec | None = None,
) -> Heard:
    """Return the answers to some items, of people or of communities, cut into parts.

    Args:
        measure: The measure that asks, for messages.
        snapshot: The moment.
        items: The items.
        respondents: ``"people"``, or ``"communities"``: their self-assessments.
        level: Those on this level, or on one of these, only; people as they are where the survey was
            held.
        by: One part for each of these groups; unit kinds by the unit of the survey or community.

    Raises:
        MeasureError: There are no such respondents, or answers that lead to nobody are to be told
            apart by what people are.
        UnknownGroupError: There is no such level, or answers cannot be grouped by `by`.
    """
    check_choice(measure, "respondents", respondents, RESPONDENTS)
    levels = (level,) if isinstance(level, str) else level
    check_kinds(snapshot, "levels", levels)
    if respondents == COMMUNITIES:
        sheet = _of_communities(snapshot, items, levels)
        if by is not None:
            check_kinds(snapshot, "unit_kinds", (str(by),))
    else:
        sheet = _of_people(measure, snapshot, items, levels)
    if by is None:
        return Heard(sheet, None, ((None, np.ones(len(sheet), np.bool_)),))
    if isinstance(by, str) and by in snapshot.vocabulary.unit_kinds:
        return Heard(sheet, by, _by_unit(snapshot, sheet, by))
    _refuse_unlinked(measure, sheet)
    groups = grouping(snapshot, by)
    parts = tuple((label, np.isin(sheet.persons, persons)) for label, persons in groups)
    return Heard(sheet, groups.name, parts)


def _of_communities(
    snapshot: Snapshot, items: Sequence[str], levels: Sequence[str] | None
) -> Sheet:
    known = communities(snapshot)
    sheet = community_answers(snapshot, known, items)
    counts = known.established
    if levels:
        named = [list(snapshot.vocabulary.levels).index(level) for level in levels]
        counts = counts & known.on_level[:, named].any(axis=1)
    return sheet.take(counts).columns(items)


def _of_people(
    measure: str, snapshot: Snapshot, items: Sequence[str], levels: Sequence[str] | None
) -> Sheet:
    sheet = people_answers(snapshot, items)
    if not levels:
        return sheet
    _refuse_unlinked(measure, sheet)
    there = [are_at(snapshot, level, sheet.persons, sheet.units) for level in levels]
    return sheet.take(np.any(there, axis=0))


def _refuse_unlinked(measure: str, sheet: Sheet) -> None:
    if not sheet.linked.all():
        raise MeasureError(
            f"{measure}: answers under codes lead to nobody, so nobody knows their level or role: use "
            "respondents='communities', or group by a unit kind"
        )


def _by_unit(snapshot: Snapshot, sheet: Sheet, kind: str) -> tuple[tuple[str, Flags], ...]:
    """Return the rows of each unit of a kind, by the nearest at or above the row's unit."""
    ids = snapshot.units.column("id").categories
    nearest = np.append(nearest_unit(snapshot.units, kind), -1)[sheet.units]
    of_kind = {unit.id for unit in snapshot.units if unit.kind == kind}
    return tuple((unit, nearest == place) for place, unit in enumerate(ids) if unit in of_kind)


def ends_of(sheet: Sheet) -> tuple[float, float] | None:
    """Return the ends of the scale that people were asked on; None if nobody told, or of several."""
    known = {ends for ends in sheet.scales if None not in ends}
    (lowest, highest) = next(iter(known)) if len(sheet.scales) == len(known) == 1 else (None, None)
    return None if lowest is None or highest is None else (lowest, highest)


def no_answers(sheet: Sheet) -> str | None:
    """Return the reason for having no figure where there is no answer."""
    if not len(sheet):
        return "not_surveyed"
    return None if sheet.answered.any() else NOBODY


def find_reason(sheet: Sheet) -> str | None:
    """Return why no figure can be computed from answers as numbers, whatever the figure.

    There is none, they were given on different scales, or one to a reversed item cannot be turned.
    """
    if known := no_answers(sheet):
        return known
    if len(sheet.scales) > 1:
        return "several_scales"
    return "scale_unknown" if sheet.unturned.any() else None


def describe(sheet: Sheet, part: str | None, name: str) -> Figure:
    """Return a figure without a value: what it is about, and on how many people it rests."""
    answering = np.asarray(sheet.answered.any(axis=1))
    known = len(sheet) > 0 and bool(sheet.listed.all())
    return Figure(
        part=part,
        figure=name,
        n=sheet.heads(answering),
        observed=observed(sheet),
        response_rate=float(answering.mean()) if known else None,
    )


def answers_result(
    snapshot: Snapshot,
    measure: Measured,
    heard: Heard,
    rows: list[Figure],
    *,
    range_kind: str = "exact",
    notes: Mapping[str, int] | None = None,
    variant: str | None = None,
) -> Result:
    """Return the result of a measure of answers, with what is the same for all of them.

    All but the count of people in no group is about those whom the figures are about.

    Args:
        snapshot: The moment.
        measure: The measure.
        heard: Whose answers it looked at.
        rows: Its figures.
        range_kind: What the range is, where there is one.
        notes: What was folded, beside what is left out of the answers.
        variant: Which definition was used.
    """
    inside = np.zeros(len(heard.sheet), np.bool_)
    for _, which in heard.parts:
        inside |= which
    sheet, ungrouped = heard.sheet.take(inside), heard.sheet.heads(~inside)
    noted = Counter({**snapshot.notes, **(notes or {})})
    noted.update(surveys_left_out=sheet.left_out, people_in_no_group=ungrouped)
    ranged = any(row.lower is not None for row in rows)
    return Result(
        figures=Table.of(Figure, rows),
        **described(measure),
        by=heard.by,
        at=str(snapshot.period),
        reference_day=snapshot.reference_text,
        n=sheet.heads(np.asarray(sheet.answered.any(axis=1))),
        observed=observed(sheet),
        range_kind=range_kind if ranged else "unknown",
        notes={name: count for name, count in noted.items() if count},
        needs=_needs(sheet),
        questions=tuple(sorted({_question(sheet, survey) for survey in sheet.used})),
        evidence={"surveys": len(sheet.used)},
        variant=variant,
    )


def observed(sheet: Sheet) -> float | None:
    """Return the share of what was asked that was answered; None if nobody knows who was asked."""
    if not len(sheet) or not sheet.listed.all():
        return None
    return float(sheet.answered.sum() / sheet.asked.sum())


def _needs(sheet: Sheet) -> tuple[str, ...]:
    """Name what would make the figures surer: who was asked, what they answered, on which scale."""
    gaps = {
        "responses": not sheet.listed.all(),
        "answers": not len(sheet) or bool((sheet.asked & ~sheet.answered).any()),
        "surveys": any(None in scale for scale in sheet.scales),
    }
    return tuple(table for table, missing in gaps.items() if missing)


def _question(sheet: Sheet, survey: int) -> str:
    """Say how a survey asked: with which questionnaire, on which scale."""
    columns = (sheet.table.column(name) for name in ("instrument", "lowest", "highest"))
    instrument, lowest, highest = (column[survey] for column in columns)
    scale = "?" if lowest is None else f"{lowest:g}-{highest:g}"
    return f"{instrument or '?'} {scale}"
