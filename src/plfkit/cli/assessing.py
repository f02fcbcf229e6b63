"""``plfkit goals`` and ``plfkit report``: how the goals stand."""

from __future__ import annotations

from pathlib import Path

import click

from plfkit.cli.options import (
    Data,
    at_option,
    data_options,
    fault_lang_option,
    format_option,
    lang_option,
    ledger_option,
    open_given_ledger,
)
from plfkit.cli.running import catch_errors, load_data, notify_judgement, notify_user, print_json
from plfkit.disclosure import Released, release
from plfkit.goals import ClaimOutcome, IndicatorOutcome, Scorecard, assess
from plfkit.model.declared.declarations import Indicator
from plfkit.model.words.reasons import Reason
from plfkit.report import write_report
from plfkit.report.documents import to_document
from plfkit.report.records import format_text_table

_CLAIM_COLUMNS = ("claim", "verdict", "supported", "contradicted", "open", "missing")
_INDICATOR_COLUMNS = (
    "indicator",
    "value",
    "lower",
    "upper",
    "target",
    "verdict",
    "missing, or why",
)


@click.command()
@data_options
@at_option
@fault_lang_option
@ledger_option
@format_option("table", "json")
@catch_errors
def goals(data: Data, at: str | None, ledger: Path | None, form: str) -> None:
    """Hold DATA, a native folder or a workbook, against the profile's goals.

    Without DATA, an example municipality that fits the profile.
    """
    released = _assess_data(data, at, ledger)
    if form == "json":
        print_json(to_document(released))
    else:
        click.echo(_format_scorecard(released.content))


@click.command()
@data_options
@at_option
@lang_option
@click.option(
    "--out",
    metavar="FILE.html",
    default="plfkit-report.html",
    show_default=True,
    type=click.Path(dir_okay=False, path_type=Path),
)
@ledger_option
@catch_errors
def report(data: Data, at: str | None, lang: str, out: Path, ledger: Path | None) -> None:
    """Write a report on DATA, a native folder or a workbook, as one self-contained HTML page.

    Without DATA, on an example municipality that fits the profile.
    """
    released = _assess_data(data, at, ledger)
    path = write_report(released, out, language=lang)
    for goal in released.content.goals:
        counts = ", ".join(f"{n} {name}" for name, n in sorted(goal.counts.items()))
        notify_user(f"{goal.id}: {goal.verdict} ({counts})")
    notify_user("open the report in a browser:")
    click.echo(path)


def _assess_data(data: Data, at: str | None, ledger: Path | None) -> Released[Scorecard]:
    organisation, profile = load_data(data, at)
    card = assess(organisation, profile, at=at)
    notify_user(f"assessing {card.profile} at {card.at}")
    for outcome in card.indicators:
        if outcome.detail is not None:
            notify_user(f"{outcome.id}: {outcome.detail}")
    released = release(card, floor=profile.privacy, ledger=open_given_ledger(ledger))
    notify_judgement(released)
    return released


def _format_scorecard(card: Scorecard) -> str:
    title = card.title or card.label
    lines = [f"{title.en}, {card.at}{' (an example)' if card.example else ''}"]
    for goal in card.goals:
        lines += [
            "",
            f"{goal.id} {goal.goal.label.en}: {goal.verdict}",
            _format_indicator_table(goal.indicators),
        ]
    if card.description:
        lines += ["", "Figures that describe", _format_indicator_table(card.description)]
    if card.claims:
        lines += [
            "",
            "Claims",
            format_text_table(_CLAIM_COLUMNS, [_build_claim_row(o) for o in card.claims]),
        ]
    return "\n".join(lines)


def _format_indicator_table(outcomes: tuple[IndicatorOutcome, ...]) -> str:
    rows = [
        row
        for outcome in outcomes
        for row in (_build_indicator_row(outcome), *_build_part_rows(outcome))
    ]
    return format_text_table(_INDICATOR_COLUMNS, rows)


def _build_part_rows(outcome: IndicatorOutcome) -> list[list[object]]:
    """Return a row for each part that a target is for."""
    figures = outcome.part_figures
    return [
        [
            f"  {part}",
            *(figures[part].value, figures[part].lower, figures[part].upper),
            None,
            verdict or Reason.WITHHELD,
            figures[part].reason,
        ]
        for part, verdict in outcome.part_verdicts.items()
    ]


def _build_claim_row(outcome: ClaimOutcome) -> list[object]:
    return [
        outcome.id,
        outcome.verdict,
        outcome.supported,
        outcome.contradicted,
        outcome.open,
        ", ".join(map(str, outcome.missing)) or None,
    ]


def _build_indicator_row(outcome: IndicatorOutcome) -> list[object]:
    figure = outcome.figure
    several = "several" if outcome.result is not None and figure is None else None
    return [
        outcome.id,
        several if figure is None else figure.value,
        None if figure is None else figure.lower,
        None if figure is None else figure.upper,
        _format_target(outcome.indicator),
        outcome.verdict or Reason.WITHHELD,
        ", ".join(map(str, outcome.missing))
        or outcome.reason
        or (None if figure is None else figure.reason),
    ]


def _format_target(indicator: Indicator) -> str | None:
    """Write a target, who set it, by when, from where, on which way and for whom."""
    target, baseline = indicator.target, indicator.baseline
    if target is None:
        return None
    needs = "each" if target.needs == "all" else f"{target.needs:g} of each"
    steps = ", ".join(f"{value:g} in {year}" for year, value in sorted(indicator.steps.items()))
    return " ".join(
        [
            f"{target.value:g} ({target.source})",
            *([f"by {target.by}"] if target.by is not None else []),
            *([f"{needs} {indicator.each}"] if indicator.each is not None else []),
            *([f"from {baseline.value:g} in {baseline.period}"] if baseline is not None else []),
            *([f"({steps})"] if steps else []),
        ]
    )
