"""A figure on one row: its name, where it lies, where it moves, how it stands, and all that is behind it."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from plfkit.goals.scorecard import IndicatorOutcome, Scorecard
from plfkit.model.results.result import Result
from plfkit.model.words.figure_classes import FigureClass
from plfkit.model.words.reasons import Reason
from plfkit.model.words.verdicts import Verdict
from plfkit.report import figures
from plfkit.report.headlines import write_outcome_headline, write_short_direction
from plfkit.report.leading import find_scale, is_asked_list_known
from plfkit.report.matrices import MatrixView, lay_out_matrix
from plfkit.report.pictures import draw_range_line
from plfkit.report.sureness import Span, find_direction, find_line
from plfkit.report.texts import Texts


@frozen(kw_only=True)
class FigureRowView:
    """A figure as the page shows it.

    Attributes:
        label: What it is.
        note: What readers should know about it.
        line: A line from 0 to 100 with the figure on it; empty for what is no share.
        value: The figure in few characters.
        moved: Where it moved.
        direction: The same as a word, to filter by.
        state: How it stands, in at most three words.
        look: The verdict that the state looks like.
        facts: All that is behind it, each with what it is.
        measure: The measure whose row in the method section explains it.
        years: The figure year by year, and whether a year breaks the row.
        matrix: Several figures as a table; None where there is one.
    """

    label: str
    note: str | None
    line: str
    value: str
    moved: str
    direction: str
    state: str
    look: str
    facts: list[tuple[str, str]]
    measure: str
    years: list[tuple[str, bool]]
    matrix: MatrixView | None


def build_figure_row(outcome: IndicatorOutcome, card: Scorecard, texts: Texts) -> FigureRowView:
    """Return an indicator as one row, and what opens below it."""
    indicator = outcome.indicator
    return FigureRowView(
        label=texts.label(indicator.label),
        note=None if indicator.note is None else texts.label(indicator.note),
        line=draw_share_line(outcome),
        value=write_outcome_headline(outcome, card, texts),
        moved=write_short_direction(outcome, card, texts),
        direction=find_direction(outcome, card),
        state=figures.write_verdict(outcome.verdict, texts),
        look=outcome.verdict or Reason.WITHHELD,
        facts=[(texts(f"row.{name}"), text) for name, text in _list_facts(outcome, card, texts)],
        measure=indicator.measure,
        years=figures.write_years(outcome, texts),
        matrix=lay_out_matrix(outcome, card, texts),
    )


def draw_share_line(outcome: IndicatorOutcome) -> str:
    """Draw where a share lies from 0 to 100 per cent; nothing of other numbers, or where none is told."""
    figure, result = outcome.figure, outcome.result
    if figure is None or result is None or result.scale != "share":
        return ""
    if figure.value is None and figure.lower is None:
        return ""
    return draw_range_line(figure, find_line(outcome), bounds=Span(0.0, 1.0))


def _list_facts(
    outcome: IndicatorOutcome, card: Scorecard, texts: Texts
) -> Iterator[tuple[str, str]]:
    """Yield what is known of a figure, by what it is; what says nothing is left out."""
    indicator, result, figure = outcome.indicator, outcome.result, outcome.figure
    scale, nothing = find_scale(outcome), texts("goals.none")
    facts = {
        "exactly": "" if figure is None else figures.write_value(figure, scale, texts),
        "counts": figures.write_counts(figure, texts) or figures.write_levels(result, texts),
        "beside": _write_side_figures(result, texts),
        "range": figures.write_range(figure, result, texts),
        "chance": figures.write_expected_value(figure, scale, texts),
        "interval": figures.write_interval(figure, result, texts),
        "people": _write_people(outcome, texts),
        "observed": figures.write_observed_share(figure, texts),
        "change": figures.write_change(outcome, texts),
        "change_range": figures.write_change_range(outcome, texts),
        "target": "" if indicator.target is None else _write_mark(outcome, card, texts),
        "evidence": _write_evidence(result, texts),
        "settles": _say_what_settles(outcome, card, texts),
    }
    yield from ((name, text) for name, text in facts.items() if text not in {"", nothing})


def _write_mark(outcome: IndicatorOutcome, card: Scorecard, texts: Texts) -> str:
    """Write what is to be reached, from where, and on which way."""
    indicator, scale = outcome.indicator, find_scale(outcome)
    written = [
        figures.write_target(indicator, scale, texts, card.names),
        figures.write_baseline(indicator, scale, texts),
        figures.write_steps(indicator, scale, texts),
    ]
    return "; ".join(filter(None, written))


def _write_people(outcome: IndicatorOutcome, texts: Texts) -> str:
    """Write how many people a figure is about; those behind communities and meetings are no part of it."""
    result, figure = outcome.result, outcome.figure
    if figure is None or result is None or figure.n is None:
        return ""
    personal = result.figure_class is not FigureClass.ORGANISATIONAL
    return texts.write_number(figure.n) if personal else ""


def _write_evidence(result: Result | None, texts: Texts) -> str:
    items = [] if result is None else [(n, c) for n, c in result.evidence.items() if c]
    return "; ".join(texts.of_id("evidence", name, count=count) for name, count in items)


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


def _say_what_settles(outcome: IndicatorOutcome, card: Scorecard, texts: Texts) -> str:
    """Say what would settle an undecided indicator, or why it is open."""
    if outcome.verdict is Verdict.UNDECIDED and outcome.reason is not None:
        return say_reason(outcome.reason, texts)
    listed = is_asked_list_known([outcome], card)
    return texts.write_needs(outcome.settles, card.names, listed=listed)


def say_absence(outcome: IndicatorOutcome, card: Scorecard, texts: Texts) -> str:
    """Say why an indicator is not measured, and what would change that."""
    if outcome.missing:
        return texts("goals.needs", tables=texts.write_needs(outcome.missing, card.names))
    return say_reason(outcome.reason, texts)


def say_reason(reason: str | None, texts: Texts) -> str:
    """Say a reason as a sentence of its own."""
    why = figures.explain_missing_value(reason, texts)
    return why[0].upper() + why[1:]
