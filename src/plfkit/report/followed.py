"""The page of years: how figures moved, what breaks the row, and what was done when."""

from __future__ import annotations

from pathlib import Path
from typing import overload

from attrs import frozen

from plfkit.disclosure import Released
from plfkit.errors import DisclosureError
from plfkit.goals.scorecard import Scorecard
from plfkit.hints import Hint, Language
from plfkit.report.figures import write_breaks
from plfkit.report.page import render_page
from plfkit.report.sections.events import EventsView, build_events_view
from plfkit.report.sections.goals import GoalView, build_figures_view
from plfkit.report.sections.heads import HeadView, build_head_view
from plfkit.report.sections.methods import MethodsView, build_methods_view
from plfkit.report.sections.trust import TrustView, build_trust_view
from plfkit.report.texts import Texts
from plfkit.sources.saving import FilePath, Stream, Target, save_text


@frozen(kw_only=True)
class FollowedView:
    """What the page of years writes, in words.

    Attributes:
        head: What the data are called, and whether they are an example.
        figures: The figures, each with its years.
        breaks: What breaks the row of a figure, and in which year.
        events: What was done when.
        trust: What colleagues want to know.
        methods: How the figures were made.
    """

    head: HeadView
    figures: GoalView
    breaks: list[str]
    events: EventsView
    trust: TrustView
    methods: MethodsView


@overload
def write_trend(
    card: Released[Scorecard],
    path: FilePath,
    *,
    language: Language = "da",
    other: str | None = None,
) -> Path: ...
@overload
def write_trend(
    card: Released[Scorecard], path: Stream, *, language: Language = "da", other: str | None = None
) -> None: ...
def write_trend(
    card: Released[Scorecard],
    path: Target,
    *,
    language: Language = "da",
    other: str | None = None,
) -> Path | None:
    """Write how the figures of a scorecard moved over the years, as one HTML file.

    Args:
        card: A scorecard that has passed the gate; with `Profile.keep_indicators` it has a few figures.
        path: The file, or a stream of text or bytes, which gets the page once it is made.
        language: ``"da"`` or ``"en"``.
        other: Where the same page stands in the other language.

    Returns:
        The path of the file; None for a stream.

    Raises:
        DisclosureError: The scorecard has not passed the gate.
        UnknownLanguageError: The page does not speak that language.
        StoreError: The file, or the stream, cannot be written.
        MissingExtraError: The libraries of the report are not installed.
    """
    return save_text(path, render_trend(card, language=language, other=other))


def render_trend(
    card: Released[Scorecard], *, language: Language = "da", other: str | None = None
) -> str:
    """Return the page of years as the text of one HTML page; no disk is touched.

    Args:
        card: A scorecard that has passed the gate.
        language: ``"da"`` or ``"en"``.
        other: Where the same page stands in the other language, as `write_trend` says.

    Raises:
        DisclosureError: It has not passed the gate.
        UnknownLanguageError: The page does not speak that language.
        MissingExtraError: The libraries of the report are not installed.
    """
    if not isinstance(card, Released):
        raise DisclosureError(Hint("disclosure.not_released"))
    texts = Texts.of(language)
    view = build_followed_view(card, texts)
    return render_page("followed.html", texts, view=view, other=other)


def build_followed_view(card: Released[Scorecard], texts: Texts) -> FollowedView:
    """Return everything the page of years shows of a released scorecard."""
    content = card.content
    return FollowedView(
        head=build_head_view(card, texts),
        figures=build_figures_view("followed", content.indicators, content, texts),
        breaks=_list_breaks(content, texts),
        events=build_events_view(content, texts),
        trust=build_trust_view(card, texts),
        methods=build_methods_view(card, texts),
    )


def _list_breaks(card: Scorecard, texts: Texts) -> list[str]:
    """Say of each figure in which year its row is broken, and why."""
    return [
        texts(
            "followed.break",
            label=texts.label(outcome.indicator.label),
            at=point.at,
            why=write_breaks(point, before, texts),
        )
        for outcome in card.indicators
        for before, point in zip((None, *outcome.trend), outcome.trend, strict=False)
        if point.breaks
    ]
