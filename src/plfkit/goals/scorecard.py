"""Scorecards: goals and claims of a profile, held against an organisation's data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from attrs import field, frozen

from plfkit.errors import NoDataError
from plfkit.goals.divisions import find_part_figures
from plfkit.goals.figure_blocks import build_block_table
from plfkit.goals.marks import Mark
from plfkit.goals.tabling import TabledFigure, gather_card_figures, gather_year_figures
from plfkit.goals.verdicts import drop_registered_range, settle_verdicts
from plfkit.hints import Hint, Language, quote_word
from plfkit.model.declared.declarations import Goal, Indicator, MeasureInfo, PrivacyFloor, Purpose
from plfkit.model.declared.facts import Claim
from plfkit.model.declared.sections import BroughtSection
from plfkit.model.declared.standards import Standards
from plfkit.model.records.frames import Backend
from plfkit.model.records.needs import Need
from plfkit.model.results.facts import ClaimFacts
from plfkit.model.results.figures import Figure
from plfkit.model.results.result import Result
from plfkit.model.showing import (
    Display,
    Framed,
    SelfShowing,
    advise_on_figures,
    count_things,
    describe_release,
)
from plfkit.model.words.breaks import Break
from plfkit.model.words.kinds import Label
from plfkit.model.words.reasons import Reason
from plfkit.model.words.titles import hint_at_choice
from plfkit.model.words.verdicts import ClaimVerdict, Verdict

YEARS_COMPARED = 2
_CHANGE_DIGITS = 9
"""Digits of a difference that are not left over from how numbers are stored."""


@frozen
class TrendPoint:
    """What an indicator gave in one year.

    Attributes:
        at: The year, as text.
        result: What the measure gave.
        breaks: Why it cannot be compared with the year before.
        refusal: Why the measure refuses that year, if it does; the result then has one figure without
            a value, whose reason is ``refused``.
        response_gap: How far the response rates of the year and the one before may lie apart, in
            percentage points.
    """

    at: str
    result: Result
    breaks: tuple[Break, ...] = ()
    refusal: str | None = None
    response_gap: float = Standards().response_gap


@frozen
class Change:
    """How much an indicator changed since the year before.

    Attributes:
        since: The year before, as text.
        value: The figure less that of the year before.
        lower: The least that the change could be, had all been observed; None if not known.
        upper: The most that it could be; None if not known.
    """

    since: str
    value: float
    lower: float | None
    upper: float | None


@frozen(kw_only=True, repr=False)
class IndicatorOutcome(SelfShowing):
    """What an indicator gave.

    Attributes:
        id: The indicator's id.
        indicator: Its declaration.
        result: What the measure gave; None if it was not called.
        verdict: How it stands; None once the gate has withheld the figure.
        mark: The value that the figure is compared with; None without a target.
        parts: What the measure gave part by part, where the target is for each of them.
        part_verdicts: How each part stands; None for those that the gate has withheld.
        missing: What would have to be filled in to measure it.
        reason: Why there is no value.
        detail: More on the reason, for whoever keeps the profile.
        trend: What it gave year by year, this year last, with a mark for a year in which the measure
            refuses; empty if it was not measured.
        call: Every argument that the measure was called with, those that the declaration leaves out too.
    """

    id: str
    indicator: Indicator
    result: Result | None = None
    verdict: Verdict | None
    mark: Mark | None = None
    parts: Result | None = None
    part_verdicts: Mapping[str, Verdict | None] = field(factory=dict)
    missing: tuple[Need, ...] = ()
    reason: str | None = None
    detail: str | None = None
    trend: tuple[TrendPoint, ...] = ()
    call: Mapping[str, Any] = field(factory=dict)

    @property
    def change(self) -> Change | None:
        """How much it changed since the year before; None where that is not known or not comparable."""
        if len(self.trend) < YEARS_COMPARED or self.trend[-1].breaks:
            return None
        before, now = (
            _find_comparable_figure(point.result) for point in self.trend[-YEARS_COMPARED:]
        )
        if before is None or now is None or before.value is None or now.value is None:
            return None
        return Change(
            since=self.trend[-YEARS_COMPARED].at,
            value=round(now.value - before.value, _CHANGE_DIGITS),
            lower=_subtract_known(now.lower, before.upper),
            upper=_subtract_known(now.upper, before.lower),
        )

    @property
    def settles(self) -> tuple[Need, ...]:
        """What would settle it, if it is undecided: tables to fill in, events to register."""
        open_ = self.result is not None and self.verdict is Verdict.UNDECIDED
        return self.result.needs if self.result is not None and open_ else ()

    @property
    def figure(self) -> Figure | None:
        """The figure that the verdict is about; None if there are several, or none."""
        return None if self.result is None else self.result.main

    @property
    def part_figures(self) -> Mapping[str, Figure]:
        """The figure of each part that the target is for."""
        return {} if self.parts is None else find_part_figures(self.parts)

    def to_frame(self, backend: Backend = "pandas", *, language: Language = "da") -> Any:
        """Return the figures year by year as a data frame.

        It has the columns of `Scorecard.to_frame`.

        Args:
            backend: ``"pandas"``, ``"polars"`` or ``"pyarrow"``.
            language: The language of labels and names.

        Raises:
            MeasureError: There is no such backend.
            MissingExtraError: The libraries are not installed.
        """
        return build_block_table(gather_year_figures(self), TabledFigure, language).to_frame(
            backend
        )

    def _describe_self(self) -> Display:
        return Display(
            title=self.indicator.label.da,
            facts=(self.id, self.indicator.measure, count_things(len(self.trend), "year")),
            head=("year", "figures"),
            rows=[(point.at, len(point.result.figures)) for point in self.trend],
            note="Figures are shown once released: plfkit.release(outcome, profile.privacy).",
        )

    @property
    def counts_for_goal(self) -> bool:
        """Whether its verdict counts: only a target that the municipality decided does."""
        target = self.indicator.target
        return target is not None and target.source == "decided"


@frozen(kw_only=True, repr=False)
class GoalOutcome(SelfShowing):
    """How a goal stands.

    Attributes:
        id: The goal's id.
        goal: Its declaration.
        indicators: What its indicators gave.
    """

    id: str
    goal: Goal
    indicators: tuple[IndicatorOutcome, ...]

    def _describe_self(self) -> Display:
        return Display(
            title=self.goal.label.da,
            facts=(self.id, count_things(len(self.indicators), "indicator")),
            head=("indicator", "label"),
            rows=[(outcome.id, outcome.indicator.label.da) for outcome in self.indicators],
        )

    @property
    def counts(self) -> Mapping[str, int]:
        """How many indicators have each verdict; withheld ones count as ``withheld``."""
        return dict(Counter(outcome.verdict or Reason.WITHHELD for outcome in self.indicators))

    @property
    def verdict(self) -> Verdict:
        """The goal's verdict by its rule: the worst of its indicators' verdicts, or the best.

        Only indicators with a decided target count; one that is withheld or not measured leaves the
        goal open. Targets whose year lies ahead are on the way or behind, and so is the goal.
        """
        verdicts = [o.verdict for o in self.indicators if o.counts_for_goal]
        if not verdicts:
            return Verdict.NO_DECIDED_TARGET
        return settle_verdicts(verdicts, len(verdicts) if self.goal.rule == "all" else 1)


@frozen(kw_only=True, repr=False)
class ClaimOutcome(SelfShowing):
    """Whether the data bear out a claim.

    Attributes:
        id: The claim's id.
        claim: Its declaration.
        verdict: How it stands.
        supported: Of how many units, or people, it holds; 1 or 0 for one about the whole. None once
            the gate has hidden it, or where nothing could be counted.
        contradicted: Of how many it does not hold.
        open: Of how many it is not known.
        lower: How many there are for certain of what a claim about the whole counts; None where it
            compares two periods.
        upper: How many there may be; None where that is not known.
        units: The verdict of each unit, for a claim about each unit.
        lacking: How many people at each school do not bear it out, or may not, for a claim about each
            person; at least, once released.
        people: How many people a claim about each person is about; None for all others.
        public: Whether the municipality itself tells of them: an office, guests, or who works where.
        facts: Who bears out a claim about people; for the gate, and never beyond.
        missing: What would settle it.
    """

    id: str
    claim: Claim
    verdict: ClaimVerdict
    supported: int | None = None
    contradicted: int | None = None
    open: int | None = None
    lower: float | None = None
    upper: float | None = None
    units: Mapping[str, ClaimVerdict] = field(factory=dict)
    lacking: Mapping[str, int] = field(factory=dict)
    people: int | None = None
    public: bool = False
    missing: tuple[Need, ...] = ()
    facts: ClaimFacts | None = field(default=None, repr=False, eq=False)

    def _describe_self(self) -> Display:
        return Display(title=self.claim.text.da, facts=(self.id,))


@frozen(kw_only=True)
class OverviewYear:
    """The organisation in one year, school by school and level by level.

    Attributes:
        at: The year, as text.
        communities: How many communities of its own each school has on each level, and how many span
            schools.
        coverage_by_school: Staff in communities of any kind, school by school.
        rhythm_by_school: Communities that meet steadily by their log, school by school.
        rhythm: Communities that meet steadily by their log, in the whole.
        events: How many events of each kind were held.
        contacts: How close the ties between levels are, by relation that a survey asked about.
    """

    at: str
    communities: Result
    coverage_by_school: Result
    rhythm_by_school: Result
    rhythm: Result
    events: Result
    contacts: Mapping[str, Result]

    @property
    def has_members(self) -> bool:
        """Whether anything is registered of who is in which community; else nothing is told of any."""
        return {*self.communities.figures.column("reason").tolist()} != {Reason.NOT_REGISTERED}


@frozen(kw_only=True)
class Overview:
    """Levels and communities at a glance.

    Attributes:
        learning: Staff in learning communities.
        coverage: Staff in communities of any kind.
        coverage_by_level: Staff in communities, level by level.
        coverage_by_school: Staff in communities, school by school.
        anchoring_by_school: Which levels have a community, school by school.
        municipal_levels: The levels that belong to the municipality, not to each school.
        communities: How many communities of each kind are registered, by kind, whether they have
            members enough to count or not.
        answered: Who of those asked answered, by relation that a survey asked about.
        answered_by_school: The same, school by school.
        data_by_school: What is registered of communities and meetings, school by school.
        years: The organisation year by year, this year last.
    """

    learning: Result
    coverage: Result
    coverage_by_level: Result
    coverage_by_school: Result
    anchoring_by_school: Result
    municipal_levels: tuple[str, ...]
    communities: Mapping[str, int]
    answered: Mapping[str, Result]
    answered_by_school: Mapping[str, Result]
    data_by_school: Result
    years: tuple[OverviewYear, ...]


@frozen(kw_only=True, repr=False)
class Scorecard(Framed, SelfShowing):
    """A profile's goals and claims against the data of one period.

    It shows itself without figures and verdicts, which are shown once they are released.

    Attributes:
        profile: The profile's id.
        label: The profile's name.
        question: What the municipality asks of its pages; None if it has not said.
        title: What the data are called, if they say so.
        example: Whether the data are an example and no real municipality.
        at: The period, as text.
        reference_day: The day on which heads were counted, as text.
        goals: How each goal stands.
        description: Indicators that belong to no goal.
        claims: What became of each claim.
        overview: Levels and communities at a glance.
        counting: By which rules heads and communities were counted, as texts by name.
        names: What readers call the groups in the figures, by id.
        measures: What is known of the measures in use, by name.
        standards: Where lines are drawn that no law draws.
        purpose: Why the data are used; None if nobody has said so.
        privacy: The thresholds of the gate that the profile declares.
        sections: The functions that write the profile's own sections of the page; they are no part of
            what was found, and two scorecards may be equal without them.
        is_released: Whether it has passed the gate, so that it holds no more than may be told.
    """

    profile: str
    label: Label
    question: Label | None = None
    title: Label | None
    example: bool
    at: str
    reference_day: str | None
    goals: tuple[GoalOutcome, ...]
    description: tuple[IndicatorOutcome, ...]
    claims: tuple[ClaimOutcome, ...]
    overview: Overview
    counting: Mapping[str, str]
    names: Mapping[str, Label]
    measures: Mapping[str, MeasureInfo]
    standards: Standards
    purpose: Purpose | None
    privacy: PrivacyFloor
    sections: tuple[BroughtSection, ...] = field(default=(), repr=False, eq=False)
    is_released: bool = field(default=False, repr=False, eq=False)
    _INNER: ClassVar[frozenset[str]] = frozenset({"sections"})

    def __getitem__(self, indicator: str) -> IndicatorOutcome:
        """Return what an indicator gave, by its id; in notebooks Tab completes it.

        Raises:
            NoDataError: The scorecard has no such indicator.
        """
        outcomes = {outcome.id: outcome for outcome in self.indicators}
        if indicator not in outcomes:
            near = hint_at_choice(indicator, outcomes)
            raise NoDataError(Hint("scorecard.no_indicator", name=quote_word(indicator), near=near))
        return outcomes[indicator]

    def __contains__(self, indicator: object) -> bool:
        return any(outcome.id == indicator for outcome in self.indicators)

    def __iter__(self) -> Iterator[IndicatorOutcome]:
        return iter(self.indicators)

    def _ipython_key_completions_(self) -> list[str]:
        return [outcome.id for outcome in self.indicators]

    def _describe_self(self) -> Display:
        return Display(
            title=(self.title or self.label).da,
            facts=(
                *(["example"] if self.example else []),
                self.at,
                count_things(len(self.goals), "goal"),
                count_things(len(self.indicators), "indicator"),
                describe_release(is_released=self.is_released),
            ),
            head=("goal", "label", "indicators"),
            rows=[(goal.id, goal.goal.label.da, len(goal.indicators)) for goal in self.goals],
            note=advise_on_figures("card", is_released=self.is_released),
        )

    def to_frame(self, backend: Backend = "pandas", *, language: Language = "da") -> Any:
        """Return the figures, a row each, as a data frame.

        Every frame of a scorecard, a trend and a comparison has the same columns, each of one type: those
        of several can be put one below the other. In memory all is exact; of what was released it holds
        what may be told.

        Args:
            backend: ``"pandas"``, ``"polars"`` or ``"pyarrow"``.
            language: The language of labels and names.

        Raises:
            MeasureError: There is no such backend.
            MissingExtraError: The libraries are not installed.
        """
        return build_block_table(gather_card_figures(self), TabledFigure, language).to_frame(
            backend
        )

    @property
    def indicators(self) -> tuple[IndicatorOutcome, ...]:
        """All indicators: those of goals, then those that describe."""
        return (*(o for goal in self.goals for o in goal.indicators), *self.description)


def _find_comparable_figure(result: Result) -> Figure | None:
    """Return the figure that stands for the whole; without a range that is of registered things only."""
    figure = result.main
    return None if figure is None else drop_registered_range(figure, result.range_kind)


def _subtract_known(first: float | None, second: float | None) -> float | None:
    return None if first is None or second is None else round(first - second, _CHANGE_DIGITS)
