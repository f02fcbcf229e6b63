"""The gate: what may leave. In memory everything is exact; what leaves is released.

What may leave of each figure stands in the module `rules` beside it; here results, scorecards and
claims are taken apart and put together again, so that nothing leaves beside their figures.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Generic, TypeVar, assert_never, overload

from attrs import evolve, frozen

from plfkit.disclosure.rounding import round_by_scale
from plfkit.disclosure.rules import (
    hide_level_figures,
    is_figure_shown,
    is_small_count,
    release_figure,
    withhold_persons,
    withhold_small_count,
)
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


def _release_scorecard(card: Scorecard, floor: PrivacyFloor) -> Scorecard:
    goals = (
        evolve(goal, indicators=tuple(_release_indicator(o, floor) for o in goal.indicators))
        for goal in card.goals
    )
    overview = card.overview
    return evolve(
        card,
        goals=tuple(goals),
        description=tuple(_release_indicator(outcome, floor) for outcome in card.description),
        claims=tuple(_release_claim(claim, floor) for claim in card.claims),
        overview=evolve(
            overview,
            learning=_release_result(overview.learning, floor),
            coverage=_release_result(overview.coverage, floor),
            coverage_by_level=_release_result(overview.coverage_by_level, floor),
            coverage_by_school=_release_result(overview.coverage_by_school, floor),
            anchoring_by_school=_release_result(overview.anchoring_by_school, floor),
        ),
    )


def _release_claim(outcome: ClaimOutcome, floor: PrivacyFloor) -> ClaimOutcome:
    """Release a claim: its verdict stands, counts of fewer than k people do not.

    What a claim says of an office or of guests, as "one head" or "ten teachers", is in its own words;
    how many were found beside that leaves only where it tells of k or nobody.
    """
    rule = outcome.claim.rule
    if rule is None:
        return outcome
    personal = rule.counts in {"people", "person_days"} and rule.each_unit is None
    # Either end from 1 to k − 1 hides both: "from 0 to 2 teachers" tells of two.
    if personal and (is_small_count(outcome.lower, floor) or is_small_count(outcome.upper, floor)):
        outcome = evolve(outcome, lower=None, upper=None)
    if rule.each_person is None:
        return outcome
    lacking = {unit: n for unit, n in outcome.lacking.items() if n >= floor.k}
    sides = (outcome.supported, outcome.contradicted, outcome.open)
    # All sides go together: of 20 people, 17 supported and none contradicted leave 3 open.
    if any(is_small_count(side, floor) for side in sides):
        return evolve(outcome, supported=None, contradicted=None, open=None, lacking=lacking)
    return evolve(outcome, lacking=lacking)


def _release_indicator(outcome: IndicatorOutcome, floor: PrivacyFloor) -> IndicatorOutcome:
    """Release an indicator; its verdict must tell no more than its figure does."""
    trend = tuple(evolve(p, result=_release_result(p.result, floor)) for p in outcome.trend)
    if outcome.result is None:
        return evolve(outcome, trend=trend)
    released = evolve(outcome, result=_release_result(outcome.result, floor), trend=trend)
    if outcome.parts is not None:
        return _release_indicator_parts(released, outcome.parts, floor)
    figure = released.figure
    if figure is None:
        return released
    if figure.reason == Reason.WITHHELD:
        return evolve(released, verdict=None, reason=Reason.WITHHELD, missing=())
    return evolve(released, verdict=_show_verdict(figure, outcome.verdict, outcome))


def _release_indicator_parts(
    outcome: IndicatorOutcome, parts: Result, floor: PrivacyFloor
) -> IndicatorOutcome:
    """Release the parts of an indicator; its verdict is settled anew from what is seen of them."""
    released = evolve(outcome, parts=_release_result(parts, floor))
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


def _release_result(result: Result, floor: PrivacyFloor) -> Result:
    """Build the released result; a field that is not named here does not leave."""
    if not result.figures.column("id").missing.all():
        rows = list(withhold_persons(result.figures, floor))
    else:
        rows = [release_figure(figure, result, floor) for figure in result.figures]
        rows = hide_level_figures(rows, result, floor)
    answers = result.figure_class == FigureClass.ANSWERS
    enough = not answers or withhold_small_count(result.n, floor.statistics) is not None
    several = result.several if (result.several or 0) >= floor.k else None
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
        n=withhold_small_count(result.n, floor.k),
        observed=round_by_scale(result.observed, "share") if enough else None,
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
        notes=_keep_public_notes(result.notes, floor, shown=all(map(is_figure_shown, rows))),
        evidence=result.evidence if not answers or any(map(is_figure_shown, rows)) else {},
        rests_on=() if answers else result.rests_on,
        needs=result.needs,
        questions=result.questions,
        reference=result.reference,
    )


def _keep_public_notes(
    notes: Mapping[str, int], floor: PrivacyFloor, *, shown: bool
) -> dict[str, int]:
    """Keep notes that tell of k people or of none; that a few are in no group is told without number."""
    kept = {
        name: count
        for name, count in notes.items()
        if _may_release_note(name, count, floor, shown=shown)
    }
    for note in Note:
        if note.few is not None and note in notes and note not in kept:
            kept[note.few] = floor.k
    if Note.FEW_IN_NO_GROUP in kept:
        kept.pop(Note.TIES_IN_NO_GROUP, None)
    return kept


def _may_release_note(name: str, count: int, floor: PrivacyFloor, *, shown: bool) -> bool:
    """Tell whether a note may leave; one of somebody else's measure is taken to count people."""
    note = Note.find_word(name)
    sight = Sight.FROM_K if note is None else note.sight
    match sight:
        case Sight.ANYBODY:
            return True
        case Sight.WITH_FIGURE:
            return shown
        case Sight.FROM_K:
            return count >= floor.k
        case _:
            assert_never(sight)
