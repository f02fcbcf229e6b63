"""The page's view of goals and their indicators: every cell in words."""

from __future__ import annotations

from collections import Counter
from typing import Any

from attrs import frozen

from plfkit.goals.indicators import REFUSED
from plfkit.goals.scorecard import GoalOutcome, IndicatorOutcome, Scorecard
from plfkit.goals.verdicts import Verdict
from plfkit.model.result import TOTAL, Result
from plfkit.report import figures
from plfkit.report.texts import Texts, collation


@frozen(kw_only=True)
class IndicatorView:
    """An indicator as the page shows it."""

    label: str
    note: str | None
    value: str
    counts: str
    beside: str
    expected: str
    spread: str
    n: str
    observed: str
    baseline: str
    target: str
    has_target: bool
    steps: str
    verdict: str
    state: str
    evidence: str
    change: str
    change_spread: str
    trend: list[tuple[str, bool]]
    settles: str
    matrix: MatrixView | None


@frozen(kw_only=True)
class MatrixView:
    """Several figures of one indicator: group by group, or from group to group."""

    title: str
    columns: list[str]
    rows: list[tuple[str, list[str]]]


@frozen(kw_only=True)
class GoalView:
    """A goal as the page shows it."""

    id: str
    label: str
    text: str
    reading: str
    rule: str
    verdict: str
    state: str
    counts: list[str]
    measured: list[IndicatorView]
    open: dict[str, list[str]]
    open_count: int


def goal_view(goal: GoalOutcome, card: Scorecard, texts: Texts) -> GoalView:
    """Return a goal, its verdict and its indicators in words."""
    return GoalView(
        id=goal.id,
        label=texts.label(goal.goal.label),
        text=texts.label(goal.goal.text),
        reading="" if goal.goal.reading is None else texts.label(goal.goal.reading),
        rule=texts(f"goals.rule_{goal.goal.rule}"),
        verdict=_state_words(goal.verdict, texts),
        state=goal.verdict,
        counts=_counts(goal, texts),
        **_split(goal.indicators, card, texts),
    )


def _counts(goal: GoalOutcome, texts: Texts) -> list[str]:
    """Write how many indicators have each verdict."""
    counted = Counter(outcome.verdict for outcome in goal.indicators)
    ordered = sorted(counted.items(), key=lambda item: item[0] or _WITHHELD)
    return [f"{_state_words(verdict, texts)}: {count}" for verdict, count in ordered]


def _state_words(verdict: Verdict | None, texts: Texts) -> str:
    """Write a verdict, or that it is not shown."""
    return texts("verdicts.withheld") if verdict is None else texts.label(verdict.words)


_WITHHELD = "withheld"


def description_view(card: Scorecard, texts: Texts) -> GoalView:
    """Return the indicators that belong to no goal, laid out like a goal."""
    return GoalView(
        id="",
        label=texts("goals.description"),
        text="",
        reading="",
        rule="",
        verdict="",
        state=Verdict.SHOWN,
        counts=[],
        **_split(card.description, card, texts),
    )


def _is_left_out(outcome: IndicatorOutcome) -> bool:
    """Tell whether a figure is shown only above zero, and lies at zero for certain."""
    figure = outcome.figure
    return outcome.indicator.only_above_zero and figure is not None and figure.upper == 0


def _split(outcomes: tuple[IndicatorOutcome, ...], card: Scorecard, texts: Texts) -> dict[str, Any]:
    """Return the indicators that have figures, and the labels of those that do not by their needs."""
    open_: dict[str, list[str]] = {}
    outcomes = tuple(outcome for outcome in outcomes if not _is_left_out(outcome))
    for outcome in outcomes:
        if outcome.verdict is Verdict.NOT_MEASURED:
            label = texts.label(outcome.indicator.label)
            open_.setdefault(_say_needs(outcome, card, texts), []).append(label)
    measured = [
        _indicator(o, card, texts) for o in outcomes if o.verdict is not Verdict.NOT_MEASURED
    ]
    count = len(outcomes) - len(measured)
    return {"measured": measured, "open": open_, "open_count": count}


def _indicator(outcome: IndicatorOutcome, card: Scorecard, texts: Texts) -> IndicatorView:
    indicator, result, figure = outcome.indicator, outcome.result, outcome.figure
    scale = "share" if result is None else result.scale
    matrix = _matrix(outcome, card, texts)
    # Of communities, schools and meetings the people behind a figure are no part of what it says.
    personal = result is not None and result.figure_class != "organisational"
    n = figure.n if figure is not None and personal else None
    return IndicatorView(
        label=texts.label(indicator.label),
        note=None if indicator.note is None else texts.label(indicator.note),
        value=texts("goals.several") if figure is None else figures.value(figure, scale, texts),
        counts=figures.counts(figure, texts) or figures.levels(result, texts),
        beside="" if figure is None else _beside(result, texts),
        expected=figures.expected(figure, scale, texts) or figures.interval(figure, result, texts),
        spread=figures.spread(figure, result, texts),
        n=texts("goals.none") if n is None else texts.number(n),
        observed=figures.observed(figure, texts),
        baseline=figures.baseline(indicator, scale, texts),
        target=figures.target(indicator, scale, texts, card.names),
        has_target=indicator.target is not None,
        steps=figures.steps(indicator, scale, texts),
        verdict=_state_words(outcome.verdict, texts),
        state=outcome.verdict or _WITHHELD,
        evidence=_evidence(result, texts),
        change=figures.change(outcome, texts),
        change_spread=figures.change_spread(outcome, texts),
        trend=figures.trend(outcome, texts),
        settles=_say_what_settles(outcome, card, texts),
        matrix=matrix,
    )


def _say_what_settles(outcome: IndicatorOutcome, card: Scorecard, texts: Texts) -> str:
    """Say what would settle an undecided indicator, or why it is open."""
    if outcome.verdict is Verdict.UNDECIDED and outcome.reason is not None:
        return _say_why(outcome.reason, texts)
    if not outcome.settles:
        return ""
    return texts("goals.settles", needs=texts.needs(outcome.settles, card.names))


def _say_needs(outcome: IndicatorOutcome, card: Scorecard, texts: Texts) -> str:
    """Say why an indicator is not measured, and what would change that."""
    if outcome.missing:
        return texts("goals.needs", tables=texts.needs(outcome.missing, card.names))
    return _say_why(outcome.reason, texts)


def _say_why(reason: str | None, texts: Texts) -> str:
    """Say a reason as a sentence of its own."""
    why = figures.reason(reason, texts)
    return why[0].upper() + why[1:]


def _evidence(result: Result | None, texts: Texts) -> str:
    items = [] if result is None else [(n, c) for n, c in result.evidence.items() if c]
    if not items:
        return ""
    words = [texts.of_id("evidence", name, count=count) for name, count in items]
    return texts("goals.evidence", items="; ".join(words))


def _beside(result: Result | None, texts: Texts) -> str:
    """Write what stands beside a total and is no part of it, as a mean beside a share."""
    shown = [] if result is None else [f for f in result if f.part is None]
    words = [
        texts.of_id("figures", figure.figure or "")
        + f": {figures.value(figure, result.scale_of(figure), texts)}"
        for figure in shown
        if result is not None and figure.figure in result.scales and figure.value is not None
    ]
    return "; ".join(words)


def _matrix(outcome: IndicatorOutcome, card: Scorecard, texts: Texts) -> MatrixView | None:
    """Lay out several figures, if that is what the indicator gives."""
    result = outcome.result
    if result is None:
        return None
    label = texts.label(outcome.indicator.label)
    if outcome.part_verdicts:
        return _by_part(outcome, label, card, texts)
    if "from" in result.columns:
        return _from_to(result, label, card, texts)
    if outcome.figure is None and "part" not in result.columns:
        return _by_year(outcome, label, card, texts)
    if "part" in result.columns and outcome.figure is None:
        rows = [
            (_name(card, figure.part, texts), [figures.value(figure, result.scale, texts)])
            for figure in result
            if figure.figure in {None, TOTAL}
        ]
        return MatrixView(
            title=texts("goals.by_group", label=label), columns=[texts("goals.value")], rows=rows
        )
    return None


def _by_part(outcome: IndicatorOutcome, label: str, card: Scorecard, texts: Texts) -> MatrixView:
    """Lay out the parts that a target is for, each with its figure and how it stands."""
    scale = "share" if outcome.parts is None else outcome.parts.scale
    rows = [
        (
            _name(card, part, texts),
            [
                figures.value(figure, scale, texts),
                figures.spread(figure, outcome.parts, texts),
                _state_words(outcome.part_verdicts[part], texts),
            ],
        )
        for part, figure in outcome.part_figures.items()
        if part in outcome.part_verdicts
    ]
    return MatrixView(
        title=texts("goals.by_group", label=label),
        columns=[texts("goals.value"), texts("goals.range"), texts("goals.verdict")],
        rows=sorted(rows, key=lambda row: collation(row[0])),
    )


def _by_year(
    outcome: IndicatorOutcome, label: str, card: Scorecard, texts: Texts
) -> MatrixView | None:
    """Lay out several figures with a column for each year."""
    points = outcome.trend
    if not points:
        return None
    given = [point for point in points if point.refusal is None]
    cells = {
        (figure.figure, point.at): figures.value(figure, point.result.scale_of(figure), texts)
        for point in given
        for figure in point.result
    }
    names = dict.fromkeys(figure for figure, _ in cells)
    none = {
        point.at: texts("goals.none") if point in given else figures.reason(REFUSED, texts)
        for point in points
    }
    return MatrixView(
        title=texts("goals.by_year", label=label),
        columns=[point.at for point in points],
        rows=[
            (
                _figure_name(card, name, texts),
                [cells.get((name, at), empty) for at, empty in none.items()],
            )
            for name in names
        ],
    )


def _figure_name(card: Scorecard, name: str | None, texts: Texts) -> str:
    """Return what readers call one of several figures."""
    if name is None or name in card.names:
        return _name(card, name, texts)
    return texts.of_id("figures", name)


def _from_to(result: Result, label: str, card: Scorecard, texts: Texts) -> MatrixView:
    shown = [f for f in result if f.from_ is not None]
    cells = {(f.from_, f.to): figures.value(f, result.scale, texts) for f in shown}
    sources = list(dict.fromkeys(source for source, _ in cells))
    targets = list(dict.fromkeys(target for _, target in cells))
    return MatrixView(
        title=texts("goals.matrix", label=label),
        columns=[_figure_name(card, target, texts) for target in targets],
        rows=[
            (
                _figure_name(card, s, texts),
                [cells.get((s, t), texts("goals.none")) for t in targets],
            )
            for s in sources
        ],
    )


def _name(card: Scorecard, group: str | None, texts: Texts) -> str:
    if group is None:
        return texts("goals.none")
    return texts.label(card.names[group]) if group in card.names else group
