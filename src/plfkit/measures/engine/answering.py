"""What measures of answers on scales have in common: whose answers, cut into which parts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from attrs import evolve, frozen

from plfkit.arrays import Flags
from plfkit.errors import MeasureError
from plfkit.graph.answers import AnswerSheet, gather_community_answers, gather_people_answers
from plfkit.graph.communities import gather_communities
from plfkit.graph.groups import GroupSpec, resolve_grouping
from plfkit.graph.positions import mark_people_at
from plfkit.graph.snapshot import Snapshot
from plfkit.graph.staff_list import list_staff
from plfkit.graph.unit_trees import find_nearest_above
from plfkit.hints import Hint
from plfkit.measures.engine.catalogue import describe_measure
from plfkit.measures.engine.registered import check_kinds, describe_part
from plfkit.model.records.needs import COMMUNITY_ANSWERS, Need
from plfkit.model.records.tables import Table
from plfkit.model.results.facts import Facts, PeopleCount, PeopleSet, Who
from plfkit.model.results.figures import Figure
from plfkit.model.results.result import MeasureFunction, Result
from plfkit.model.words.choices import check_choice
from plfkit.model.words.ranges import RangeKind
from plfkit.model.words.reasons import Reason

PEOPLE, COMMUNITIES = RESPONDENTS = ("people", "communities")
_Parts = tuple[tuple[str, Flags], ...]
ANSWERS_NO_INTERVAL = "who answers is no random sample, and a staff is counted whole"


@frozen(eq=False)
class SelectedAnswers:
    """Whose answers a measure looks at, and the rows of each part; None is the whole.

    Attributes:
        sheet: The answers.
        by: What the parts are.
        parts: The rows of each part.
        levels: The levels that they are of, where only these were looked at.
        communal: Whether they are communities, each of which answers as one.
    """

    sheet: AnswerSheet
    by: str | None
    parts: tuple[tuple[str | None, Flags], ...]
    levels: tuple[str, ...] = ()
    communal: bool = False


def select_answers(
    measure: str,
    snapshot: Snapshot,
    items: Sequence[str],
    *,
    respondents: str = PEOPLE,
    level: str | Sequence[str] | None = None,
    by: GroupSpec | None = None,
) -> SelectedAnswers:
    """Return the answers to some items, of people or of communities, cut into parts.

    Args:
        measure: The measure that asks, for messages.
        snapshot: The moment.
        items: The items.
        respondents: ``"people"``, or ``"communities"``: their self-assessments.
        level: Those on this level, or on one of these, only; people as they are where the survey was
            held.
        by: One part for each of these groups; unit kinds by the unit of the survey or community, and
            where a survey has none by where people work.

    Raises:
        MeasureError: There are no such respondents, or answers that lead to nobody are to be told
            apart by what people are.
        UnknownGroupError: There is no such level, or answers cannot be grouped by `by`.
    """
    check_choice(measure, "respondents", respondents, RESPONDENTS)
    levels = (level,) if isinstance(level, str) else level
    named = tuple(levels or ())
    check_kinds(snapshot, "levels", levels)
    if respondents == COMMUNITIES:
        sheet = _select_community_answers(snapshot, items, levels)
        if by is not None:
            check_kinds(snapshot, "unit_kinds", (str(by),))
    else:
        sheet = _select_people_answers(measure, snapshot, items, levels)
    communal = respondents == COMMUNITIES
    if by is None:
        everybody = ((None, np.ones(len(sheet), np.bool_)),)
        return SelectedAnswers(sheet, None, everybody, named, communal)
    if isinstance(by, str) and by in snapshot.vocabulary.unit_kinds:
        parts = _split_rows_by_unit(snapshot, sheet, by)
        if not communal:
            sheet, parts = _add_people_of_units(snapshot, sheet, by, parts)
        return SelectedAnswers(sheet, by, parts, named, communal)
    _refuse_unlinked(measure, sheet)
    groups = resolve_grouping(snapshot, by)
    parts = tuple((label, np.isin(sheet.persons, persons)) for label, persons in groups)
    return SelectedAnswers(sheet, groups.name, parts, named)


def _select_community_answers(
    snapshot: Snapshot, items: Sequence[str], levels: Sequence[str] | None
) -> AnswerSheet:
    known = gather_communities(snapshot)
    sheet = gather_community_answers(snapshot, known, items)
    counts = known.established
    if levels:
        named = [list(snapshot.vocabulary.levels).index(level) for level in levels]
        counts = counts & known.on_level[:, named].any(axis=1)
    return sheet.take(counts).select_items(items)


def _select_people_answers(
    measure: str, snapshot: Snapshot, items: Sequence[str], levels: Sequence[str] | None
) -> AnswerSheet:
    sheet = gather_people_answers(snapshot, items)
    if not levels:
        return sheet
    _refuse_unlinked(measure, sheet)
    there = [mark_people_at(snapshot, level, sheet.persons, sheet.units) for level in levels]
    return sheet.take(np.any(there, axis=0))


def _refuse_unlinked(measure: str, sheet: AnswerSheet) -> None:
    if not sheet.linked.all():
        raise MeasureError(Hint("measure.unlinked_answers", measure=measure))


def _split_rows_by_unit(snapshot: Snapshot, sheet: AnswerSheet, kind: str) -> _Parts:
    """Return the rows of each unit of a kind, by the nearest at or above the row's unit."""
    ids = snapshot.units.column("id").categories
    # A row without a unit has the number −1, and so takes the −1 at the end.
    nearest = np.append(find_nearest_above(snapshot, kind), -1)[sheet.units]
    of_kind = {unit.id for unit in snapshot.units if unit.kind == kind}
    return tuple((unit, nearest == place) for place, unit in enumerate(ids) if unit in of_kind)


def _add_people_of_units(
    snapshot: Snapshot, sheet: AnswerSheet, kind: str, parts: _Parts
) -> tuple[AnswerSheet, _Parts]:
    """Add to each unit the people who work there and answered a survey of no unit.

    Of answers under codes to such a survey nobody knows the unit; the sheet says so where a unit is
    left without any.
    """
    open_ = sheet.units < 0
    if (open_ & (sheet.persons < 0)).any():
        sheet = evolve(sheet, unasked=Reason.ANSWERS_WITHOUT_PLACE)
    there = dict(resolve_grouping(snapshot, kind))
    nobody = np.empty(0, np.int64)
    return sheet, tuple(
        (unit, which | (open_ & np.isin(sheet.persons, there.get(unit, nobody))))
        for unit, which in parts
    )


def find_scale_ends(sheet: AnswerSheet) -> tuple[float, float] | None:
    """Return the ends of the scale that people were asked on; None if nobody told, or of several."""
    known = {ends for ends in sheet.scales if None not in ends}
    # One scale, and a known one: 1 to 5 beside a scale that nobody told may be two.
    (lowest, highest) = next(iter(known)) if len(sheet.scales) == len(known) == 1 else (None, None)
    return None if lowest is None or highest is None else (lowest, highest)


def explain_no_answers(sheet: AnswerSheet) -> str | None:
    """Return the reason for having no figure where there is no answer."""
    if not len(sheet):
        return sheet.unasked
    return None if sheet.answered.any() else Reason.NOBODY_ANSWERED


def explain_missing_score(sheet: AnswerSheet) -> str | None:
    """Return why no figure can be computed from answers as numbers, whatever the figure.

    There is none, they were given on different scales, or one to a reversed item cannot be turned.
    """
    if known := explain_no_answers(sheet):
        return known
    if len(sheet.scales) > 1:
        return Reason.SEVERAL_SCALES
    return Reason.SCALE_UNKNOWN if sheet.unturned.any() else None


def prepare_answer_figure(sheet: AnswerSheet, part: str | None, name: str) -> Figure:
    """Return a figure without a value: what it is about, and on how many people it rests."""
    answering = np.asarray(sheet.answered.any(axis=1))
    known = len(sheet) > 0 and bool(sheet.listed.all())
    return Figure(
        part=part,
        figure=name,
        n=sheet.count_heads(answering),
        observed=_compute_answered_share(sheet),
        response_rate=float(answering.mean()) if known else None,
    )


def build_answers_result(
    snapshot: Snapshot,
    measure: MeasureFunction,
    heard: SelectedAnswers,
    rows: list[Figure],
    *,
    range_kind: RangeKind = RangeKind.EXACT,
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
    sheet, ungrouped = heard.sheet.take(inside), heard.sheet.count_heads(~inside)
    noted = Counter({**snapshot.notes, **(notes or {})})
    # A counter adds: two people noted before and one here are three.
    noted.update(surveys_left_out=sheet.left_out, people_in_no_group=ungrouped)
    ranged = any(row.lower is not None for row in rows)
    return Result(
        figures=Table.of(Figure, rows),
        **describe_measure(measure),
        by=heard.by,
        at=str(snapshot.period),
        reference_day=snapshot.reference_text,
        n=sheet.count_heads(np.asarray(sheet.answered.any(axis=1))),
        observed=_compute_answered_share(sheet),
        range_kind=range_kind if ranged else RangeKind.UNKNOWN,
        notes={name: count for name, count in noted.items() if count},
        needs=_name_answer_needs(sheet),
        questions=tuple(sorted({_describe_question(sheet, survey) for survey in sheet.used})),
        evidence={"surveys": len(sheet.used)},
        variant=variant,
        facts=collect_answer_facts(snapshot, heard),
    )


def collect_answer_facts(snapshot: Snapshot, heard: SelectedAnswers) -> Facts:
    """Return of whom figures of answers speak, and who answered, where answers lead to persons.

    Whose answer it is nobody knows of those under codes, and a community answers as one: then the
    figures speak of the staff of the unit.
    """
    staff, sheet = list_staff(snapshot), heard.sheet
    personal = bool(sheet.linked.all()) and not heard.communal
    answered = np.zeros(len(staff.persons), np.bool_)
    if personal:
        answered[sheet.persons[np.asarray(sheet.answered.any(axis=1))]] = True
    everybody = np.flatnonzero(snapshot.staff)
    if heard.levels:
        on = [staff.levels.get(level, everybody[:0]) for level in heard.levels]
        everybody = np.unique(np.concatenate(on))
    among = np.zeros(len(staff.persons), np.bool_)
    among[everybody] = True
    places = staff.places.get(heard.by or "", {})
    sets = {}
    asked_people: Who = {"asked": heard.sheet.items} if personal else {}
    for part, which in heard.parts:
        who = describe_part(snapshot, heard.by, part, heard.levels, asked_people)
        if who is not None:
            here = everybody if part is None else places.get(part, everybody[:0])
            at_unit = np.unique(here[among[here]])
            sets[part] = PeopleSet(np.unique(sheet.persons[which]) if personal else at_unit, who)
    known = personal and len(sheet) > 0 and bool(sheet.listed.all())
    asked = PeopleSet(np.unique(sheet.persons), {})
    who_did = PeopleCount(asked, answered, answered, complete=True) if known else None
    return Facts(
        staff=staff,
        sets=sets,
        answered=who_did,
        selecting=("level",),
        communal=heard.communal,
    )


def _compute_answered_share(sheet: AnswerSheet) -> float | None:
    """Return the share of what was asked that was answered; None if nobody knows who was asked."""
    if not len(sheet) or not sheet.listed.all():
        return None
    return float(sheet.answered.sum() / sheet.asked.sum())


def _name_answer_needs(sheet: AnswerSheet) -> tuple[Need, ...]:
    """Name what would make the figures surer: who was asked, what they answered, on which scale."""
    answers = (
        COMMUNITY_ANSWERS if sheet.unasked is Reason.COMMUNITIES_NOT_ASKED else Need("answers")
    )
    gaps = {
        Need("responses"): not sheet.listed.all(),
        answers: not len(sheet) or bool((sheet.asked & ~sheet.answered).any()),
        Need("surveys"): any(None in scale for scale in sheet.scales),
    }
    return tuple(need for need, missing in gaps.items() if missing)


def _describe_question(sheet: AnswerSheet, survey: int) -> str:
    """Say how a survey asked: with which questionnaire, on which scale."""
    columns = (sheet.table.column(name) for name in ("instrument", "lowest", "highest"))
    instrument, lowest, highest = (column[survey] for column in columns)
    scale = "?" if lowest is None else f"{lowest:g}-{highest:g}"
    return f"{instrument or '?'} {scale}"
