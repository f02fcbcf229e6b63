"""Tables of several figures: group by group, year by year, or from group to group."""

from __future__ import annotations

from attrs import frozen

from plfkit.goals.scorecard import IndicatorOutcome, Scorecard
from plfkit.model.results.fields import TOTAL
from plfkit.model.results.result import Result
from plfkit.model.words.reasons import Reason
from plfkit.report import figures
from plfkit.report.texts import Texts, make_collation_key


@frozen(kw_only=True)
class MatrixView:
    """Several figures of one indicator: group by group, or from group to group."""

    title: str
    columns: list[str]
    rows: list[tuple[str, list[str]]]


def lay_out_matrix(outcome: IndicatorOutcome, card: Scorecard, texts: Texts) -> MatrixView | None:
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
                figures.write_verdict(outcome.part_verdicts[part], texts),
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
        columns=[texts.write_period(point.at) for point in points],
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
