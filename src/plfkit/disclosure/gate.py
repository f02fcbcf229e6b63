"""The gate: what may leave. In memory everything is exact; what leaves is released.

All that is released together is one publication, and is judged as one, with what was published before
where a ledger holds it. Results, scorecards, comparisons and claims are taken apart here and put together
again from what is told, so that nothing leaves beside their figures.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, TypeVar, assert_never, cast, get_args

from attrs import evolve, frozen

from plfkit.disclosure.beside import (
    keep_public_evidence,
    keep_public_notes,
    keep_told_doubt,
    keep_told_needs,
    round_down,
    tell_refusal,
)
from plfkit.disclosure.claims import release_claim
from plfkit.disclosure.contents import describe_content, gather_figures
from plfkit.disclosure.counted import release_counts
from plfkit.disclosure.organisational import (
    release_community_counts,
    release_places,
    release_plain,
)
from plfkit.disclosure.people import group_by_people
from plfkit.disclosure.persons import release_persons
from plfkit.disclosure.publication import Publication
from plfkit.disclosure.recording import record_hidden
from plfkit.disclosure.rounding import round_by_scale
from plfkit.disclosure.rules import hide_level_figures, withhold_persons
from plfkit.disclosure.statistics import release_statistics
from plfkit.disclosure.trends import release_breaks
from plfkit.errors import DisclosureError
from plfkit.goals.comparing import Comparison
from plfkit.goals.divisions import settle_parts
from plfkit.goals.figure_blocks import build_block_table
from plfkit.goals.scorecard import IndicatorOutcome, Overview, OverviewYear, Scorecard
from plfkit.goals.tabling import TabledFigure, TabledResultFigure
from plfkit.goals.verdicts import drop_registered_range, judge_figure
from plfkit.hints import Hint, Language
from plfkit.model.caching import Caching
from plfkit.model.declared.declarations import PrivacyFloor
from plfkit.model.records.frames import Backend
from plfkit.model.records.tables import Table
from plfkit.model.results.figures import Figure
from plfkit.model.results.result import Result
from plfkit.model.showing import Display, Framed, SelfShowing, count_things
from plfkit.model.words.figure_classes import FigureClass
from plfkit.model.words.kinds import Label
from plfkit.model.words.reasons import Reason
from plfkit.model.words.verdicts import Verdict
from plfkit.pieces import run_pieces
from plfkit.requiring import require_instance

if TYPE_CHECKING:
    from plfkit.disclosure.ledger import Ledger

_log = logging.getLogger("plfkit.release")
Thing = Result | Scorecard | Comparison | IndicatorOutcome
"""What can be released."""
Content = TypeVar("Content", bound=Thing)
ALONE, WITH_LEDGER = "alone", "ledger"
"""Whether a publication was judged alone, or with all that a ledger holds."""


@frozen(repr=False, slots=False)
class Released(Caching, Framed, SelfShowing, Generic[Content]):
    """What has passed the gate together; only `release` makes these.

    Iterating gives each thing that was released.

    Attributes:
        contents: The things, with what may not be seen taken out.
        floor: The thresholds they passed.
        purpose: Why single persons are shown, where they are; else None.
        judged: ``"alone"``, or with the ``"ledger"`` of what was published before.
        small: How many figures are not told because they are of few people.
        others: How many are not told because they would tell of others.
        standing: How many stand as they were told before, of people some of whom have changed.
        figures: What is told of each figure, as plain values.
    """

    contents: tuple[Content, ...]
    floor: PrivacyFloor
    purpose: str | None = None
    judged: str = ALONE
    small: int = 0
    others: int = 0
    standing: int = 0
    figures: tuple[Mapping[str, Any], ...] = ()

    @cached_property  # Tab looks into it, and into no property
    def content(self) -> Content:
        """The one thing that was released.

        Raises:
            DisclosureError: Several were: iterate over them instead.
        """
        if len(self.contents) != 1:
            raise DisclosureError(Hint("disclosure.several_things", count=len(self.contents)))
        return self.contents[0]

    def __iter__(self) -> Iterator[Content]:
        return iter(self.contents)

    def to_frame(self, backend: Backend = "pandas", *, language: Language = "da") -> Any:
        """Return the figures of all that was released, a row each, as a data frame.

        It has the columns of `Scorecard.to_frame`, whatever was released; and where results were, also
        those of intervals, chance and change, as `Result.to_frame` has them.

        Args:
            backend: ``"pandas"``, ``"polars"`` or ``"pyarrow"``.
            language: The language of labels and names.

        Raises:
            MeasureError: There is no such backend.
            MissingExtraError: The libraries are not installed.
        """
        blocks = (block for content in self for block in gather_figures(content))
        tested = any(isinstance(one, Result) for one in self)
        row = TabledResultFigure if tested else TabledFigure
        return build_block_table(blocks, row, language).to_frame(backend)

    def _describe_self(self) -> Display:
        named = ", ".join(type(one).__name__ for one in self.contents)
        if self.purpose is not None:
            return Display(
                named, note="It tells of single persons: see it as a frame, by to_frame()."
            )
        judged = "judged alone" if self.judged == ALONE else "judged with a ledger"
        hidden = count_things(self.small + self.others, "figure")
        return Display(named, (judged, f"{hidden} not told"))

    def _repr_html_(self) -> str:
        shown = [] if self.purpose is not None else self.contents
        contents = (describe_content(one).write_html(type(one).__name__) for one in shown)
        return "".join([super()._repr_html_(), *contents])


def release(
    *things: Content | PrivacyFloor,
    floor: PrivacyFloor | None = None,
    ledger: Ledger | None = None,
    identified: str | None = None,
    executor: Executor | None = None,
) -> Released[Content]:
    """Take out of what is to be shown what may not be seen, and tell the rest as one publication.

    Which figures are told depends on what everybody may know: who works where, what is asked, what was
    told before. The counts themselves choose only the class of a fixed grid that is told in their place.

    Args:
        things: What is to be shown together: results, scorecards, comparisons, or single indicators
            with their trend. The thresholds may stand last instead of by name.
        floor: The thresholds, as a profile declares them.
        ledger: What was published before; what is told now is added before this function returns.
        identified: The purpose for which figures about single persons are needed; they are kept,
            and all figures stay exact. Results only.
        executor: Where things are judged that tell of other people than the rest do, such as the
            scorecards of several municipalities: any `concurrent.futures.Executor`; here if left out,
            and with a ledger. What is told is the same.

    Raises:
        DisclosureError: The purpose is empty, a scorecard was asked for with single persons, a result
            is grouped as its asker chose, or nothing or no threshold is given.
    """
    shown = tuple(one for one in things if not isinstance(one, PrivacyFloor))
    floors = [one for one in (*things, floor) if isinstance(one, PrivacyFloor)]
    if not shown or len(floors) != 1:
        raise DisclosureError(Hint("disclosure.what_to_release"))
    for one in shown:
        require_instance(one, *get_args(Thing))
    if identified is not None:
        return _release_identified(shown, floors[0], identified)
    if ledger is not None:
        publication = ledger.open_publication(floors[0])
        told = _judge_together(shown, publication)
        ledger.record_publication(publication)
    elif executor is None or len(shown) == 1:
        told = _judge_together(shown, Publication(floors[0]))
    else:
        told = _judge_in_pieces(shown, floors[0], executor)
    _log_release(told)
    return Released(
        cast("tuple[Content, ...]", told.contents),
        floors[0],
        judged=ALONE if ledger is None else WITH_LEDGER,
        small=told.small,
        others=told.others,
        standing=told.standing,
        figures=tuple(row for rows in told.rows for row in rows),
    )


@frozen
class _Judged:
    """What came of things that were judged together.

    Attributes:
        contents: The things, as they may be seen.
        rows: What is told of the figures of each.
        small: As in `Released`.
        others: As in `Released`.
        standing: As in `Released`.
    """

    contents: tuple[Thing, ...]
    rows: tuple[tuple[Mapping[str, Any], ...], ...]
    small: int
    others: int
    standing: int


def _judge_together(things: Sequence[Thing], publication: Publication) -> _Judged:
    """Take out of some things what may not be seen beside the others, one after the other."""
    contents, rows = [], []
    for thing in things:
        known = len(publication.figures)
        contents.append(_release_thing(thing, publication))
        rows.append(tuple(publication.figures[known:]))
    counts = publication.small, publication.others, publication.standing
    return _Judged(tuple(contents), tuple(rows), *counts)


def _judge_in_pieces(things: Sequence[Thing], floor: PrivacyFloor, executor: Executor) -> _Judged:
    """Judge things together with those that tell of some of the same people, and with no others."""
    groups = group_by_people(things)
    pieces = [(tuple(things[place] for place in group), floor) for group in groups]
    judged = [*run_pieces(_judge_piece, pieces, executor)]
    told = {
        place: one
        for group, done in zip(groups, judged, strict=True)
        for place, one in zip(group, zip(done.contents, done.rows, strict=True), strict=True)
    }
    contents, rows = zip(*(told[place] for place in range(len(things))), strict=True)
    return _Judged(
        contents,
        rows,
        sum(one.small for one in judged),
        sum(one.others for one in judged),
        sum(one.standing for one in judged),
    )


def _judge_piece(piece: tuple[Sequence[Thing], PrivacyFloor]) -> _Judged:
    things, floor = piece
    return _judge_together(things, Publication(floor))


def _log_release(told: _Judged) -> None:
    """Tell the log what was released, and how many figures of it are told."""
    kinds = Counter(type(one).__name__ for one in told.contents)
    what = ", ".join(count_things(count, kind) for kind, count in kinds.items())
    hidden, all_ = told.small + told.others, sum(map(len, told.rows))
    _log.info("released %s: %d figures, %d not told", what, all_, hidden)


def _release_identified(
    things: tuple[Content, ...], floor: PrivacyFloor, purpose: str
) -> Released[Content]:
    results = [one for one in things if isinstance(one, Result)]
    if len(results) != len(things):
        raise DisclosureError(Hint("disclosure.persons_in_scorecard"))
    if not purpose.strip():
        raise DisclosureError(Hint("disclosure.no_purpose"))
    contents = tuple(cast("Content", release_persons(one)) for one in results)
    return Released(contents, floor, purpose)


def _release_thing(thing: Thing, publication: Publication) -> Thing:
    match thing:
        case Scorecard():
            return _release_scorecard(thing, publication)
        case Comparison():
            return _release_comparison(thing, publication)
        case IndicatorOutcome():
            return _release_indicator(thing, publication)
        case Result():
            return _release_result(thing, publication)
        case _:
            assert_never(thing)


def _release_comparison(comparison: Comparison, publication: Publication) -> Comparison:
    figures = tuple(
        evolve(
            figure,
            outcomes={
                name: _release_indicator(one, publication) for name, one in figure.outcomes.items()
            },
        )
        for figure in comparison.figures
    )
    return evolve(comparison, figures=figures)


def _release_scorecard(card: Scorecard, publication: Publication) -> Scorecard:
    levels = {figure.part for figure in card.overview.coverage_by_level}
    goals = tuple(
        evolve(goal, indicators=tuple(_release_indicator(o, publication) for o in goal.indicators))
        for goal in card.goals
    )
    return evolve(
        card,
        goals=goals,
        description=tuple(_release_indicator(outcome, publication) for outcome in card.description),
        claims=tuple(release_claim(claim, publication) for claim in card.claims),
        overview=_release_overview(card.overview, publication),
        is_released=True,
        names={**card.names, **_name_joined_groups(publication, card.names, levels)},
    )


def _release_overview(overview: Overview, publication: Publication) -> Overview:
    *earlier, now = overview.years
    released = evolve(
        overview,
        learning=_release_result(overview.learning, publication),
        coverage=_release_result(overview.coverage, publication),
        coverage_by_level=_release_result(overview.coverage_by_level, publication),
        coverage_by_school=_release_result(overview.coverage_by_school, publication),
        anchoring_by_school=_release_result(overview.anchoring_by_school, publication),
        answered=_release_relations(overview.answered, publication),
        answered_by_school=_release_relations(overview.answered_by_school, publication),
        data_by_school=_release_result(overview.data_by_school, publication),
    )
    # This year's coverage is told above, and a figure stands in a publication once.
    this_year = _release_year(now, released.coverage_by_school, publication)
    before = [
        _release_year(year, _release_result(year.coverage_by_school, publication), publication)
        for year in earlier
    ]
    return evolve(released, years=(*before, this_year))


def _release_year(
    year: OverviewYear, coverage_by_school: Result, publication: Publication
) -> OverviewYear:
    return evolve(
        year,
        communities=_release_result(year.communities, publication),
        coverage_by_school=coverage_by_school,
        rhythm_by_school=_release_result(year.rhythm_by_school, publication),
        rhythm=_release_result(year.rhythm, publication),
        events=_release_result(year.events, publication),
        contacts=_release_relations(year.contacts, publication),
    )


def _release_relations(
    results: Mapping[str, Result], publication: Publication
) -> dict[str, Result]:
    return {relation: _release_result(one, publication) for relation, one in results.items()}


def _name_joined_groups(
    publication: Publication, names: Mapping[str, Label], levels: Collection[str | None]
) -> dict[str, Label]:
    """Return what readers call small groups that are told together."""
    return {
        one.key: Label.join(
            [names[label] for label in one.labels], names=one.labels[0] not in levels
        )
        for told in publication.counts
        for one in told.plan.sets
        if len(one.labels) > 1 and all(label in names for label in one.labels)
    }


def _release_indicator(outcome: IndicatorOutcome, publication: Publication) -> IndicatorOutcome:
    """Release an indicator; its verdict is worked out again from what is told of its figure."""
    result = None if outcome.result is None else _release_result(outcome.result, publication)
    parts = None if outcome.parts is None else _release_result(outcome.parts, publication)
    years = [_release_result(point.result, publication) for point in outcome.trend]
    named = outcome.indicator.measure
    trend = tuple(
        evolve(point, refusal=tell_refusal(point.refusal, named))
        for point in release_breaks(outcome.trend, years, publication)
    )
    detail = outcome.detail
    if outcome.reason == Reason.REFUSED:
        detail = tell_refusal(detail, named)
    released = evolve(outcome, result=result, parts=parts, trend=trend, detail=detail)
    if result is None:
        return released
    if parts is not None:
        return _judge_released_parts(released)
    figure = released.figure
    if figure is None:
        return released
    if figure.reason == Reason.WITHHELD:
        return evolve(released, verdict=None, reason=Reason.WITHHELD, missing=())
    return evolve(released, verdict=_judge_released(figure, result, outcome.verdict, outcome))


def _judge_released_parts(outcome: IndicatorOutcome) -> IndicatorOutcome:
    """Judge the parts of an indicator from what is told of them; those not told have no verdict."""
    if not outcome.part_verdicts or outcome.parts is None:
        return outcome
    figures, result = outcome.part_figures, outcome.parts
    hidden = Figure(reason=Reason.WITHHELD)
    verdicts = {
        part: _judge_released(figures.get(part, hidden), result, verdict, outcome)
        for part, verdict in outcome.part_verdicts.items()
    }
    # A hidden part counts as what could be said of it whatever its figure is.
    known = [
        judge_figure(hidden, outcome.indicator, outcome.mark) if verdict is None else verdict
        for verdict in verdicts.values()
    ]
    settled = settle_parts(known, outcome.indicator)
    # Small parts that are told together have a figure together, and no verdict.
    told = {part: verdicts.get(part) for part in figures}
    return evolve(outcome, part_verdicts=told, verdict=settled)


def _judge_released(
    figure: Figure, result: Result, verdict: Verdict | None, outcome: IndicatorOutcome
) -> Verdict | None:
    """Return what a figure says of its target as it is told."""
    if verdict is None or not verdict.tells:
        return verdict
    if figure.reason == Reason.WITHHELD:
        return None
    sure = drop_registered_range(figure, result.range_kind)
    return judge_figure(sure, outcome.indicator, outcome.mark)


def _release_result(result: Result, publication: Publication) -> Result:
    """Build the released result; a field that is not named here does not leave."""
    _refuse_chosen_groups(result)
    floor = publication.floor
    rows = _release_rows(result, publication)
    whole = next((row for row in rows if row.part is None), None)
    several = None if result.several is None else round_down(result.several, floor)
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
        n=None if whole is None else whole.n,
        observed=_find_told_observed(result, whole),
        **keep_told_doubt(result, rows),
        missing=result.missing,
        minimum_strength=result.minimum_strength,
        null=result.null,
        extreme=result.extreme,
        counts_people=result.counts_people,
        label=result.label,
        relation_label=result.relation_label,
        several=several or None,
        names=_keep_told_names(result, rows, publication),
        notes=keep_public_notes(result.notes, rows, floor),
        evidence=keep_public_evidence(result),
        # Which communities bear a figure out shows who is in them: of two leaders, that both are.
        rests_on=(),
        needs=keep_told_needs(result, whole, publication),
        questions=result.questions,
        reference=result.reference,
        call=result.call,
        is_released=True,
    )


def _keep_told_names(
    result: Result, rows: Sequence[Figure], publication: Publication
) -> dict[str, Label]:
    """Return the names of the groups that are told of, those that are told together among them."""
    words = result.names if result.by in {"level", "role"} else ()
    names = {**result.names, **_name_joined_groups(publication, result.names, words)}
    told = {group for row in rows for group in (row.part, row.from_, row.to, row.figure)}
    return {group: label for group, label in names.items() if group in told}


def _refuse_chosen_groups(result: Result) -> None:
    """Refuse groups of the asker's choice: whom they leave out could be anybody."""
    # A relation is held against groups too: whether two people share one would tell of their tie.
    held = (result.call.get("against"), *(result.call.get("on") or ()))
    # So would a number of each of them: of "sender:mapping" the last word is looked at.
    chosen = {str(one).rpartition(":")[2] for one in held}
    if "mapping" in {result.by, result.groups, *chosen}:
        raise DisclosureError(Hint("disclosure.chosen_groups", measure=result.measure))


def _release_rows(result: Result, publication: Publication) -> list[Figure]:
    """Return what is told of each figure, by what is known of whom it speaks."""
    facts = result.facts
    if not result.figures.column("id").missing.all():
        return list(withhold_persons(result.figures))
    if facts is not None and facts.places is not None:
        return release_places(result, facts, publication)
    if facts is not None and facts.heads is not None:
        return release_community_counts(result, facts.heads, publication)
    if facts is not None and facts.count is not None:
        told = publication.tell_count(result)
        if told is not None:
            return release_counts(result, facts, facts.count.universe, told, publication)
        return [record_hidden(publication, result, figure, None) for figure in result.figures]
    if facts is not None and result.figure_class is not FigureClass.ORGANISATIONAL:
        rows = release_statistics(result, facts, publication)
    else:
        rows = release_plain(result, publication)
    return hide_level_figures(rows, result)


def _find_told_observed(result: Result, whole: Figure | None) -> float | None:
    """Return how much was observed of the whole, where that is told of its figure."""
    if result.figure_class is FigureClass.ORGANISATIONAL:
        return round_by_scale(result.observed, "share")
    return None if whole is None else whole.observed
