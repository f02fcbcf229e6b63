"""The gate: what may leave. In memory everything is exact; what leaves is released.

The class of a figure decides the rule. Organisational figures pass. Participation passes with at
least k people, its extremes as a band. Statistics of answers need enough people, at least k on both
sides of every count and of every group that ties run between or to, and lose their counts. Figures
about single persons never pass unless somebody asks for them by name and says why.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from math import floor, log10
from typing import Any, Generic, TypeVar, assert_never, overload

from attrs import evolve, frozen

from plfkit.errors import DisclosureError
from plfkit.goals.divisions import settle_parts
from plfkit.goals.scorecard import ClaimOutcome, IndicatorOutcome, Scorecard
from plfkit.goals.verdicts import judge_figure
from plfkit.hints import Hint
from plfkit.model.declared.declarations import PrivacyFloor
from plfkit.model.records.tables import Table
from plfkit.model.results.figures import Figure
from plfkit.model.results.result import Result
from plfkit.model.words.closed import Sight
from plfkit.model.words.figure_classes import FigureClass
from plfkit.model.words.notes import Note
from plfkit.model.words.reasons import Reason
from plfkit.model.words.verdicts import Verdict

Content = TypeVar("Content")

HIGH, LOW = 0.9, 0.1
"""Participation beyond these is published as a band."""

_SCALED_COLUMNS = ("value", "lower", "upper", "interval_lower", "interval_upper", "expected", "sd")
"""Columns in the unit of the figure; with them go what it was before and after a change."""

_UNITLESS_COLUMNS = ("z", "t", "p_greater", "p_less", "p_value", "p_adjusted")
_RELEASED_DIGITS = 3


@frozen
class Released(Generic[Content]):
    """Something that has passed the gate; only `release` makes these.

    Attributes:
        content: The result or scorecard, with what may not be seen taken out.
        floor: The thresholds it passed.
        purpose: Why single persons are shown, where they are; else None.
    """

    content: Content
    floor: PrivacyFloor
    purpose: str | None = None


@overload
def release(
    content: Result, floor: PrivacyFloor, *, identified: str | None = None
) -> Released[Result]: ...
@overload
def release(
    content: Scorecard, floor: PrivacyFloor, *, identified: str | None = None
) -> Released[Scorecard]: ...
def release(
    content: Result | Scorecard, floor: PrivacyFloor, *, identified: str | None = None
) -> Released[Result] | Released[Scorecard]:
    """Take out of a result or scorecard what may not be seen, and round the rest.

    Args:
        content: What is to be shown.
        floor: The thresholds, as a profile declares them.
        identified: The purpose for which figures about single persons are needed; they are kept,
            and all figures stay exact. Results only.

    Raises:
        DisclosureError: The purpose is empty, or a scorecard was asked for with single persons.
    """
    if isinstance(content, Scorecard):
        if identified is not None:
            raise DisclosureError(Hint("disclosure.persons_in_scorecard"))
        return Released(_release_scorecard(content, floor), floor)
    if identified is None:
        return Released(_release_result(content, floor), floor)
    if not identified.strip():
        raise DisclosureError(Hint("disclosure.no_purpose"))
    return Released(_drop_silent_persons(content), floor, identified)


def _drop_silent_persons(result: Result) -> Result:
    """Leave out whoever did not answer, and the ranges of single persons, which tell who did not."""
    ids = result.figures.column("id")
    if ids.missing.all():
        return result
    rows = [
        evolve(figure, lower=None, upper=None)
        for figure in result
        if figure.id not in result.silent
    ]
    return evolve(result, figures=Table.of(Figure, rows), silent=frozenset())


def _release_scorecard(card: Scorecard, limits: PrivacyFloor) -> Scorecard:
    goals = (
        evolve(goal, indicators=tuple(_release_indicator(o, limits) for o in goal.indicators))
        for goal in card.goals
    )
    overview = card.overview
    return evolve(
        card,
        goals=tuple(goals),
        description=tuple(_release_indicator(outcome, limits) for outcome in card.description),
        claims=tuple(_release_claim(claim, limits) for claim in card.claims),
        overview=evolve(
            overview,
            learning=_release_result(overview.learning, limits),
            coverage=_release_result(overview.coverage, limits),
            coverage_by_level=_release_result(overview.coverage_by_level, limits),
            coverage_by_school=_release_result(overview.coverage_by_school, limits),
            anchoring_by_school=_release_result(overview.anchoring_by_school, limits),
        ),
    )


def _release_claim(outcome: ClaimOutcome, limits: PrivacyFloor) -> ClaimOutcome:
    """Release a claim: its verdict stands, counts of fewer than k people do not.

    What a claim says of an office or of guests, as "one head" or "ten teachers", is in its own words;
    how many were found beside that leaves only where it tells of k or nobody.
    """
    rule = outcome.claim.rule
    if rule is None:
        return outcome
    personal = rule.counts in {"people", "person_days"} and rule.each_unit is None
    # Either end from 1 to k − 1 hides both: "from 0 to 2 teachers" tells of two.
    if personal and (
        _is_small_count(outcome.lower, limits) or _is_small_count(outcome.upper, limits)
    ):
        outcome = evolve(outcome, lower=None, upper=None)
    if rule.each_person is None:
        return outcome
    lacking = {unit: n for unit, n in outcome.lacking.items() if n >= limits.k}
    sides = (outcome.supported, outcome.contradicted, outcome.open)
    # All sides go together: of 20 people, 17 supported and none contradicted leave 3 open.
    if any(_is_small_count(side, limits) for side in sides):
        return evolve(outcome, supported=None, contradicted=None, open=None, lacking=lacking)
    return evolve(outcome, lacking=lacking)


def _is_small_count(count: float | None, limits: PrivacyFloor) -> bool:
    return count is not None and 0 < count < limits.k


def _release_indicator(outcome: IndicatorOutcome, limits: PrivacyFloor) -> IndicatorOutcome:
    """Release an indicator; its verdict must tell no more than its figure does."""
    trend = tuple(evolve(p, result=_release_result(p.result, limits)) for p in outcome.trend)
    if outcome.result is None:
        return evolve(outcome, trend=trend)
    released = evolve(outcome, result=_release_result(outcome.result, limits), trend=trend)
    if outcome.parts is not None:
        return _release_indicator_parts(released, outcome.parts, limits)
    figure = released.figure
    if figure is None:
        return released
    if figure.reason == Reason.WITHHELD:
        return evolve(released, verdict=None, reason=Reason.WITHHELD, missing=())
    return evolve(released, verdict=_show_verdict(figure, outcome.verdict, outcome))


def _release_indicator_parts(
    outcome: IndicatorOutcome, parts: Result, limits: PrivacyFloor
) -> IndicatorOutcome:
    """Release the parts of an indicator; its verdict is settled anew from what is seen of them."""
    released = evolve(outcome, parts=_release_result(parts, limits))
    if not outcome.part_verdicts:
        return released
    figures = released.part_figures
    verdicts = {
        part: _show_verdict(figures[part], verdict, outcome)
        for part, verdict in outcome.part_verdicts.items()
    }
    # A hidden part counts as what could be said of it whatever its figure is.
    known = [
        judge_figure(figures[part], outcome.indicator, outcome.mark) if verdict is None else verdict
        for part, verdict in verdicts.items()
    ]
    settled = settle_parts(known, outcome.indicator)
    return evolve(released, part_verdicts=verdicts, verdict=settled)


def _show_verdict(
    figure: Figure, verdict: Verdict | None, outcome: IndicatorOutcome
) -> Verdict | None:
    """Return what may be seen of a verdict: no more than its figure tells."""
    if verdict is None or not verdict.tells:
        return verdict
    if figure.reason == Reason.WITHHELD:
        return None
    if figure.reason == Reason.BAND:
        return judge_figure(figure, outcome.indicator, outcome.mark)
    return verdict


def _release_result(result: Result, limits: PrivacyFloor) -> Result:
    """Build the released result; a field that is not named here does not leave."""
    if not result.figures.column("id").missing.all():
        rows = list(_withhold_persons(result.figures, limits))
    else:
        rows = [_release_figure(figure, result, limits) for figure in result.figures]
        rows = _hide_level_figures(rows, result, limits)
    answers = result.figure_class == FigureClass.ANSWERS
    enough = not answers or _withhold_small_count(result.n, limits.statistics) is not None
    several = result.several if (result.several or 0) >= limits.k else None
    return Result(
        figures=Table.of(Figure, rows),
        measure=result.measure,
        figure_class=result.figure_class,
        scale=result.scale,
        scales=result.scales,
        variant=result.variant,
        relation=result.relation,
        groups=result.groups,
        by=result.by,
        at=result.at,
        reference_day=result.reference_day,
        n=_withhold_small_count(result.n, limits.k),
        observed=_round_by_scale(result.observed, "share") if enough else None,
        range_kind=result.range_kind,
        missing=result.missing,
        method=result.method,
        minimum_strength=result.minimum_strength,
        null=result.null,
        draws=result.draws,
        seed=result.seed,
        extreme=result.extreme,
        counts_people=result.counts_people,
        label=result.label,
        relation_label=result.relation_label,
        several=several,
        notes=_keep_public_notes(result.notes, limits, shown=all(map(_is_figure_shown, rows))),
        evidence=result.evidence if not answers or any(map(_is_figure_shown, rows)) else {},
        rests_on=() if answers else result.rests_on,
        needs=result.needs,
        questions=result.questions,
        reference=result.reference,
    )


def _hide_level_figures(rows: list[Figure], result: Result, limits: PrivacyFloor) -> list[Figure]:
    """Hide all levels beside their difference where one is hidden: it would follow from the others."""
    names = {level.figure for level in result.levels}
    levels = [row for row in rows if row.figure in names]
    if all(row.reason != Reason.WITHHELD for row in levels):
        return rows
    return [
        _hide_figure(row, limits, Reason.WITHHELD) if row.figure in names else row for row in rows
    ]


def _keep_public_notes(
    notes: Mapping[str, int], limits: PrivacyFloor, *, shown: bool
) -> dict[str, int]:
    """Keep notes that tell of k people or of none; that a few are in no group is told without number."""
    kept = {
        name: count
        for name, count in notes.items()
        if _may_release_note(name, count, limits, shown=shown)
    }
    for note in Note:
        if note.few is not None and note in notes and note not in kept:
            kept[note.few] = limits.k
    if Note.FEW_IN_NO_GROUP in kept:
        kept.pop(Note.TIES_IN_NO_GROUP, None)
    return kept


def _may_release_note(name: str, count: int, limits: PrivacyFloor, *, shown: bool) -> bool:
    """Tell whether a note may leave; one of somebody else's measure is taken to count people."""
    note = Note.find_word(name)
    sight = Sight.FROM_K if note is None else note.sight
    match sight:
        case Sight.ANYBODY:
            return True
        case Sight.WITH_FIGURE:
            return shown
        case Sight.FROM_K:
            return count >= limits.k
        case _:
            assert_never(sight)


def _is_figure_shown(figure: Figure) -> bool:
    return figure.reason != Reason.WITHHELD


def _withhold_persons(figures: Iterable[Figure], limits: PrivacyFloor) -> Iterator[Figure]:
    """Yield one empty row for each part and figure in place of the rows about persons."""
    groups: dict[tuple[str | None, str | None], int | None] = {}
    for figure in figures:
        # One row for all persons of a part, so that the number of rows tells nothing.
        groups[figure.part, figure.figure] = figure.n
    for (part, name), n in groups.items():
        yield Figure(
            part=part, figure=name, n=_withhold_small_count(n, limits.k), reason=Reason.WITHHELD
        )


def _release_figure(figure: Figure, result: Result, limits: PrivacyFloor) -> Figure:
    if figure.reason == Reason.REFUSED:
        return figure  # the measure looked at nobody
    match result.figure_class:
        case FigureClass.ORGANISATIONAL:
            personal = figure.n is not None and figure.n < limits.k
            if personal:
                return _hide_figure(figure, limits, Reason.WITHHELD)
            return _round_figure(figure, result)
        case FigureClass.PARTICIPATION:
            return _release_participation(figure, result, limits)
        case FigureClass.ANSWERS:
            return _release_answers(figure, result, limits)
        case _:
            assert_never(result.figure_class)


def _release_answers(figure: Figure, result: Result, limits: PrivacyFloor) -> Figure:
    reason = Reason.find_word(figure.reason)
    if reason is not None and reason.sight is Sight.ANYBODY:
        return _hide_figure(figure, limits, reason)
    if _may_release_answers(figure, result, limits):
        return evolve(_round_figure(figure, result), numerator=None, denominator=None)
    return _hide_figure(figure, limits, Reason.WITHHELD)


def _release_participation(figure: Figure, result: Result, limits: PrivacyFloor) -> Figure:
    few = result.counts_people and _is_small_count(figure.denominator, limits)
    if few or _withhold_small_count(figure.n, limits.k) is None:
        return _hide_figure(figure, limits, Reason.WITHHELD)
    if figure.before is not None and figure.after is not None:
        ends = (figure.before, figure.after)
        # A change from 0.93 to 0.95 would tell two extremes, which leave as bands only.
        shown = all(LOW < end < HIGH for end in ends)
        return (
            _round_figure(figure, result)
            if shown
            else _hide_figure(figure, limits, Reason.WITHHELD)
        )
    only_range = figure.value is None and _has_range_only(figure, FigureClass.PARTICIPATION)
    told = figure.lower if only_range else figure.value
    if told is None:
        return _hide_figure(figure, limits, figure.reason)
    of_share = result.scale_of(figure) == "share"
    if LOW < told < HIGH or not of_share or (only_range and _is_beyond_bands(figure)):
        return _round_figure(figure, result)
    # 19 of 20 and 20 of 20 leave as the same band, from 0.9 to 1.
    lower, upper = (HIGH, 1.0) if told >= HIGH else (0.0, LOW)
    # Intervals, and what chance gives, would tell where in the band the figure lies.
    return evolve(
        _hide_figure(figure, limits, Reason.BAND),
        lower=lower,
        upper=upper,
        denominator=figure.denominator,
        observed=_round_by_scale(figure.observed, "share"),
        response_rate=_round_by_scale(figure.response_rate, "share"),
    )


def _has_range_only(figure: Figure, figure_class: FigureClass) -> bool:
    """Tell whether a figure has a reason with which figures of its class have a range."""
    reason = Reason.find_word(figure.reason)
    return reason is not None and reason.range_of is figure_class


def _is_beyond_bands(figure: Figure) -> bool:
    """Tell whether a range reaches beyond either band."""
    if figure.lower is None or figure.upper is None:
        return False
    return figure.upper > LOW and figure.lower < HIGH


def _may_release_answers(figure: Figure, result: Result, limits: PrivacyFloor) -> bool:
    """Tell whether enough people stand on all sides of a statistic of answers."""
    if _withhold_small_count(figure.n, limits.statistics) is None:
        return False
    ends = {figure.from_, figure.to} - {None}
    # The greatest of a school, or of a pair of groups, is one person's figure.
    if result.extreme and (figure.part is not None or ends):
        return False
    for (part, group), size in result.sizes.items():
        if part == figure.part and (not ends or group in ends) and size < limits.k:
            return False
    if not result.counts_people:
        return True
    sides = _count_sides(figure, result)
    if sides is None:
        return result.scale_of(figure) in {"index", "points"} or (
            result.extreme and figure.before is not None
        )
    return min(sides) >= limits.k


def _count_sides(figure: Figure, result: Result) -> tuple[float, float] | None:
    """Count who is known to show something, and who is known not to; None if nothing was counted."""
    if (
        _has_range_only(figure, FigureClass.ANSWERS)
        and result.scale_of(figure) == "share"
        and figure.lower is not None
        and figure.upper is not None
    ):
        known = figure.n or 0
        # A range from 0.2 to 0.9 over 20 people: 4 are known to show it and 2 are known not to.
        return figure.lower * known, (1 - figure.upper) * known
    if figure.numerator is None or figure.denominator is None:
        return None
    return figure.numerator / result.weight, figure.denominator - figure.numerator


def _hide_figure(figure: Figure, limits: PrivacyFloor, reason: str | None) -> Figure:
    """Keep what the figure is about and why it is not shown."""
    return Figure(
        part=figure.part,
        from_=figure.from_,
        to=figure.to,
        figure=figure.figure,
        n=_withhold_small_count(figure.n, limits.k),
        reason=reason,
    )


def _withhold_small_count(count: int | None, threshold: int) -> int | None:
    return None if count is None or count < threshold else count


def _round_figure(figure: Figure, result: Result) -> Figure:
    scales = {
        **dict.fromkeys((*_SCALED_COLUMNS, "before", "after"), result.scale_of(figure)),
        **dict.fromkeys(("observed", "response_rate"), "share"),
        **dict.fromkeys(_UNITLESS_COLUMNS, "index"),
    }
    rounded: dict[str, Any] = {
        name: _round_by_scale(getattr(figure, name), scale) for name, scale in scales.items()
    }
    return evolve(figure, **rounded)


def _round_by_scale(value: float | None, scale: str) -> float | None:
    """Round a share to a tenth of a per cent, anything else to three significant digits."""
    if value is None or not value:
        return value
    if scale in {"share", "points"}:
        return round(value, _RELEASED_DIGITS)
    # 0.01234 has its first digit at 10⁻², so it is rounded to 3 − 1 + 2 = 4 decimals: 0.0123.
    return round(value, _RELEASED_DIGITS - 1 - floor(log10(abs(value))))
