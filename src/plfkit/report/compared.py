"""The page of several municipalities: what may be compared, and what may not, and why."""

from __future__ import annotations

from pathlib import Path
from typing import overload

from attrs import evolve, frozen

from plfkit.disclosure import Released
from plfkit.errors import DisclosureError
from plfkit.goals.comparing import Compared, Comparison
from plfkit.goals.scorecard import IndicatorOutcome
from plfkit.hints import Hint, Language
from plfkit.model.declared.standards import Standards
from plfkit.report import figures
from plfkit.report.figure_rows import draw_share_line
from plfkit.report.headlines import write_headline
from plfkit.report.page import render_page
from plfkit.report.sections.heads import HeadView, write_publication
from plfkit.report.texts import Texts
from plfkit.sources.saving import FilePath, Stream, Target, save_text


@frozen(kw_only=True)
class MunicipalityRowView:
    """What one municipality has of a figure.

    Attributes:
        name: The municipality.
        line: A line from 0 to 100 with the figure on it.
        value: The figure in few characters.
        spread: Its range.
        n: How many people it is about.
        observed: Which part of what it rests on is known.
    """

    name: str
    line: str
    value: str
    spread: str
    n: str
    observed: str


@frozen(kw_only=True)
class ComparedFigureView:
    """A figure that several municipalities measure in the same way."""

    label: str
    rows: list[MunicipalityRowView]


@frozen(kw_only=True)
class ComparedView:
    """What the page writes, in words.

    Attributes:
        head: Which municipalities, and whether any is an example.
        names: The municipalities, in the order they were given; examples are called so.
        figures: What may be compared.
        refused: What may not, by the reason: whose figure, and what it is.
    """

    head: HeadView
    names: list[str]
    figures: list[ComparedFigureView]
    refused: list[tuple[str, list[str]]]


@overload
def write_comparison(
    comparison: Released[Comparison],
    path: FilePath,
    *,
    language: Language = "da",
    other: str | None = None,
) -> Path: ...
@overload
def write_comparison(
    comparison: Released[Comparison],
    path: Stream,
    *,
    language: Language = "da",
    other: str | None = None,
) -> None: ...
def write_comparison(
    comparison: Released[Comparison],
    path: Target,
    *,
    language: Language = "da",
    other: str | None = None,
) -> Path | None:
    """Write municipalities beside each other as one HTML file; there is no ranking.

    Args:
        comparison: A comparison that has passed the gate, as
            `plfkit.disclosure.release_comparison` gives it.
        path: The file, or a stream of text or bytes, which gets the page once it is made.
        language: ``"da"`` or ``"en"``.
        other: Where the same page stands in the other language.

    Returns:
        The path of the file; None for a stream.

    Raises:
        DisclosureError: The comparison has not passed the gate.
        UnknownLanguageError: The page does not speak that language.
        StoreError: The file, or the stream, cannot be written.
        MissingExtraError: The libraries of the report are not installed.
    """
    return save_text(path, render_comparison(comparison, language=language, other=other))


def render_comparison(
    comparison: Released[Comparison], *, language: Language = "da", other: str | None = None
) -> str:
    """Return municipalities beside each other as the text of one HTML page; no disk is touched.

    Args:
        comparison: A comparison that has passed the gate.
        language: ``"da"`` or ``"en"``.
        other: Where the same page stands in the other language, as `write_comparison` says.

    Raises:
        DisclosureError: It has not passed the gate.
        UnknownLanguageError: The page does not speak that language.
        MissingExtraError: The libraries of the report are not installed.
    """
    if not isinstance(comparison, Released):
        raise DisclosureError(Hint("disclosure.not_released"))
    texts = Texts.of(language)
    view = build_compared_view(comparison, texts)
    return render_page("compared.html", texts, view=view, other=other)


def build_compared_view(released: Released[Comparison], texts: Texts) -> ComparedView:
    """Return everything the page shows of a comparison."""
    comparison = released.content
    names = {name: _name_municipality(name, comparison, texts) for name in comparison.names}
    return ComparedView(
        head=HeadView(
            title=texts.write_listing([*comparison.names]),
            subtitle=texts.write_subtitle(comparison.at),
            example=bool(comparison.examples),
            publication=write_publication(released),
        ),
        names=[*names.values()],
        figures=[_lay_out_compared_figure(one, names, texts) for one in comparison.figures],
        refused=_list_refusals(comparison, texts),
    )


def _name_municipality(name: str, comparison: Comparison, texts: Texts) -> str:
    """Return what a municipality is called; an example is called one wherever it shows."""
    if name not in comparison.examples:
        return name
    return texts("compared.example", name=name)


def _lay_out_compared_figure(
    figure: Compared, names: dict[str, str], texts: Texts
) -> ComparedFigureView:
    first = next(iter(figure.outcomes.values()))
    return ComparedFigureView(
        label=texts.label(first.indicator.label),
        rows=[
            _build_municipality_row(names[name], outcome, texts)
            for name, outcome in figure.outcomes.items()
        ],
    )


def _build_municipality_row(
    name: str, outcome: IndicatorOutcome, texts: Texts
) -> MunicipalityRowView:
    figure = outcome.figure
    nothing = texts("goals.none")
    return MunicipalityRowView(
        name=name,
        line=draw_share_line(evolve(outcome, mark=None)),
        value=write_headline(outcome.result, figure, Standards(), texts),
        spread=figures.write_range(figure, outcome.result, texts),
        n=nothing if figure is None or figure.n is None else texts.write_number(figure.n),
        observed=figures.write_observed_share(figure, texts),
    )


def _list_refusals(comparison: Comparison, texts: Texts) -> list[tuple[str, list[str]]]:
    """List what may not be compared, by the reason."""
    found: dict[str, list[str]] = {}
    for one in comparison.refused:
        said = texts("compared.refused", name=one.name, indicator=texts.label(one.label))
        found.setdefault(texts.label(one.reason.words), []).append(said)
    return list(found.items())
