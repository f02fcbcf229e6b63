"""The page's view of goals and their indicators: every cell in words."""

from __future__ import annotations

from collections import Counter
from typing import Any

from attrs import frozen

from plfkit.goals.scorecard import GoalOutcome, IndicatorOutcome, Scorecard
from plfkit.model.results.fields import TOTAL
from plfkit.model.results.result import Result
from plfkit.model.words.figure_classes import FigureClass
from plfkit.model.words.reasons import Reason
from plfkit.model.words.verdicts import Verdict
from plfkit.report import figures
from plfkit.report.texts import Texts, make_collation_key


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


def build_goal_view(goal: GoalOutcome, card: Scorecard, texts: Texts) -> GoalView:
    """Return a goal, its verdict and its indicators in words."""
    return GoalView(
        id=goal.id,
        label=texts.label(goal.goal.label),
        text=texts.label(goal.goal.text),
        reading="" if goal.goal.reading is None else texts.label(goal.goal.reading),
        rule=texts(f"goals.rule_{goal.goal.rule}"),
        verdict=_write_verdict(goal.verdict, texts),
        state=goal.verdict,
        counts=_write_verdict_counts(goal, texts),
        **_split_indicators(goal.indicators, card, texts),
    )


def _write_verdict_counts(goal: GoalOutcome, texts: Texts) -> list[str]:
    """Write how many indicators have each verdict."""
    counted = Counter(outcome.verdict for outcome in goal.indicators)
    ordered = sorted(counted.items(), key=lambda item: item[0] or Reason.WITHHELD)
    return [f"{_write_verdict(verdict, texts)}: {count}" for verdict, count in ordered]


def _write_verdict(verdict: Verdict | None, texts: Texts) -> str:
    """Write a verdict, or that it is not shown."""
    return texts.label(Reason.WITHHELD.words if verdict is None else verdict.words)


def build_description_view(card: Scorecard, texts: Texts) -> GoalView:
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
        **_split_indicators(card.description, card, texts),
    )


def _is_indicator_left_out(outcome: IndicatorOutcome) -> bool:
    """Tell whether a figure is shown only above zero, and lies at zero for certain."""
    figure = outcome.figure
    return outcome.indicator.only_above_zero and figure is not None and figure.upper == 0


def _split_indicators(
    outcomes: tuple[IndicatorOutcome, ...], card: Scorecard, texts: Texts
) -> dict[str, Any]:
    """Return the indicators that have figures, and the labels of those that do not by their needs."""
    open_: dict[str, list[str]] = {}
    outcomes = tuple(outcome for outcome in outcomes if not _is_indicator_left_out(outcome))
    for outcome in outcomes:
        if outcome.verdict is Verdict.NOT_MEASURED:
            label = texts.label(outcome.indicator.label)
            open_.setdefault(_say_indicator_needs(outcome, card, texts), []).append(label)
    measured = [
        _build_indicator_view(o, card, texts)
        for o in outcomes
        if o.verdict is not Verdict.NOT_MEASURED
    ]
    count = len(outcomes) - len(measured)
    return {"measured": measured, "open": open_, "open_count": count}


def _build_indicator_view(
    outcome: IndicatorOutcome, card: Scorecard, texts: Texts
) -> IndicatorView:
    indicator, result, figure = outcome.indicator, outcome.result, outcome.figure
    scale = "share" if result is None else result.scale
    matrix = _lay_out_matrix(outcome, card, texts)
    # Of communities, schools and meetings the people behind a figure are no part of what it says.
    personal = result is not None and result.figure_class != FigureClass.ORGANISATIONAL
    n = figure.n if figure is not None and personal else None
    return IndicatorView(
        label=texts.label(indicator.label),
        note=None if indicator.note is None else texts.label(indicator.note),
        value=texts("goals.several")
        if figure is None
        else figures.write_value(figure, scale, texts),
        counts=figures.write_counts(figure, texts) or figures.write_levels(result, texts),
        beside="" if figure is None else _write_side_figures(result, texts),
        expected=figures.write_expected_value(figure, scale, texts)
        or figures.write_interval(figure, result, texts),
        spread=figures.write_range(figure, result, texts),
        n=texts("goals.none") if n is None else texts.write_number(n),
        observed=figures.write_observed_share(figure, texts),
        baseline=figures.write_baseline(indicator, scale, texts),
        target=figures.write_target(indicator, scale, texts, card.names),
        has_target=indicator.target is not None,
        steps=figures.write_steps(indicator, scale, texts),
        verdict=_write_verdict(outcome.verdict, texts),
        state=outcome.verdict or Reason.WITHHELD,
        evidence=_write_evidence(result, texts),
        change=figures.write_change(outcome, texts),
        change_spread=figures.write_change_range(outcome, texts),
        trend=figures.write_trend(outcome, texts),
        settles=_say_what_settles(outcome, card, texts),
        matrix=matrix,
    )


def _say_what_settles(outcome: IndicatorOutcome, card: Scorecard, texts: Texts) -> str:
    """Say what would settle an undecided indicator, or why it is open."""
    if outcome.verdict is Verdict.UNDECIDED and outcome.reason is not None:
        return _write_reason_sentence(outcome.reason, texts)
    if not outcome.settles:
        return ""
    return texts("goals.settles", needs=texts.write_needs(outcome.settles, card.names))


def _say_indicator_needs(outcome: IndicatorOutcome, card: Scorecard, texts: Texts) -> str:
    """Say why an indicator is not measured, and what would change that."""
    if outcome.missing:
        return texts("goals.needs", tables=texts.write_needs(outcome.missing, card.names))
    return _write_reason_sentence(outcome.reason, texts)


def _write_reason_sentence(reason: str | None, texts: Texts) -> str:
    """Say a reason as a sentence of its own."""
    why = figures.explain_missing_value(reason, texts)
    return why[0].upper() + why[1:]


def _write_evidence(result: Result | None, texts: Texts) -> str:
    items = [] if result is None else [(n, c) for n, c in result.evidence.items() if c]
    if not items:
        return ""
    words = [texts.of_id("evidence", name, count=count) for name, count in items]
    return texts("goals.evidence", items="; ".join(words))


def _write_side_figures(result: Result | None, texts: Texts) -> str:
    """Write what stands beside a total and is no part of it, as a mean beside a share."""
    shown = [] if result is None else [f for f in result if f.part is None]
    words = [
        texts.of_id("figures", figure.figure or "")
        + f": {figures.write_value(figure, result.scale_of(figure), texts)}"
        for figure in shown
        if result is not None and figure.figure in result.scales and figure.value is not None
    ]
    return "; ".join(words)


def _lay_out_matrix(outcome: IndicatorOutcome, card: Scorecard, texts: Texts) -> MatrixView | None:
    """Lay out several figures, if that is what the indicator gives."""
    result = outcome.result
    if result is None:
        return None
    label = texts.label(outcome.indicator.label)
    if outcome.part_verdicts:
        return _lay_out_parts(outcome, label, card, texts)
    if "from" in result.columns:
        return _lay_out_pairs(result, label, card, texts)
    if outcome.figure is None and "part" not in result.columns:
        return _lay_out_years(outcome, label, card, texts)
    if "part" in result.columns and outcome.figure is None:
        rows = [
            (
                _name_group(card, figure.part, texts),
                [figures.write_value(figure, result.scale, texts)],
            )
            for figure in result
            if figure.figure in {None, TOTAL}
        ]
        return MatrixView(
            title=texts("goals.by_group", label=label), columns=[texts("goals.value")], rows=rows
        )
    return None


def _lay_out_parts(
    outcome: IndicatorOutcome, label: str, card: Scorecard, texts: Texts
) -> MatrixView:
    """Lay out the parts that a target is for, each with its figure and how it stands."""
    scale = "share" if outcome.parts is None else outcome.parts.scale
    rows = [
        (
            _name_group(card, part, texts),
            [
                figures.write_value(figure, scale, texts),
                figures.write_range(figure, outcome.parts, texts),
                _write_verdict(outcome.part_verdicts[part], texts),
            ],
        )
        for part, figure in outcome.part_figures.items()
        if part in outcome.part_verdicts
    ]
    return MatrixView(
        title=texts("goals.by_group", label=label),
        columns=[texts("goals.value"), texts("goals.range"), texts("goals.verdict")],
        rows=sorted(rows, key=lambda row: make_collation_key(row[0])),
    )


def _lay_out_years(
    outcome: IndicatorOutcome, label: str, card: Scorecard, texts: Texts
) -> MatrixView | None:
    """Lay out several figures with a column for each year."""
    points = outcome.trend
    if not points:
        return None
    given = [point for point in points if point.refusal is None]
    cells = {
        (figure.figure, point.at): figures.write_value(figure, point.result.scale_of(figure), texts)
        for point in given
        for figure in point.result
    }
    names = dict.fromkeys(figure for figure, _ in cells)
    none = {
        point.at: texts("goals.none")
        if point in given
        else figures.explain_missing_value(Reason.REFUSED, texts)
        for point in points
    }
    return MatrixView(
        title=texts("goals.by_year", label=label),
        columns=[point.at for point in points],
        rows=[
            (
                _name_figure(card, name, texts),
                [cells.get((name, at), empty) for at, empty in none.items()],
            )
            for name in names
        ],
    )


def _name_figure(card: Scorecard, name: str | None, texts: Texts) -> str:
    """Return what readers call one of several figures."""
    if name is None or name in card.names:
        return _name_group(card, name, texts)
    return texts.of_id("figures", name)


def _lay_out_pairs(result: Result, label: str, card: Scorecard, texts: Texts) -> MatrixView:
    shown = [f for f in result if f.from_ is not None]
    cells = {(f.from_, f.to): figures.write_value(f, result.scale, texts) for f in shown}
    sources = list(dict.fromkeys(source for source, _ in cells))
    targets = list(dict.fromkeys(target for _, target in cells))
    return MatrixView(
        title=texts("goals.matrix", label=label),
        columns=[_name_figure(card, target, texts) for target in targets],
        rows=[
            (
                _name_figure(card, s, texts),
                [cells.get((s, t), texts("goals.none")) for t in targets],
            )
            for s in sources
        ],
    )


def _name_group(card: Scorecard, group: str | None, texts: Texts) -> str:
    if group is None:
        return texts("goals.none")
    return texts.label(card.names[group]) if group in card.names else group
