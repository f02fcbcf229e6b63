"""A profile's own sections, as the page shows them: each part in the page's own words and pictures."""

from __future__ import annotations

from typing import assert_never

from attrs import frozen

from plfkit.disclosure import Released
from plfkit.goals.scorecard import IndicatorOutcome, Scorecard
from plfkit.report.figure_rows import FigureRowView, build_figure_row
from plfkit.report.headlines import write_outcome_headline
from plfkit.report.own_sections import (
    CheckedFigure,
    CheckedPart,
    CheckedPicture,
    CheckedSection,
    CheckedText,
    collect_own_sections,
)
from plfkit.report.pictures import Picture, draw_figures, draw_trend
from plfkit.report.texts import Texts


@frozen(kw_only=True)
class OwnPartView:
    """A part of such a section: a paragraph, a row with a figure, or pictures."""

    text: str = ""
    row: FigureRowView | None = None
    pictures: tuple[Picture, ...] = ()


@frozen(kw_only=True)
class OwnSectionView:
    """A section that the profile brings."""

    id: str
    title: str
    parts: list[OwnPartView]


@frozen(kw_only=True)
class OwnSectionsView:
    """What a profile brings, and of each section that is left out, why."""

    sections: list[OwnSectionView]
    left_out: list[str]


def build_own_sections_view(released: Released[Scorecard], texts: Texts) -> OwnSectionsView:
    """Let the profile write its sections, and return them as the page shows them."""
    found = collect_own_sections(released)
    return OwnSectionsView(
        sections=[
            _build_section(f"own-{number}", section, released.content, texts)
            for number, section in enumerate(found.sections, start=1)
        ],
        left_out=[texts.say_hint(one.told) for one in found.left_out],
    )


def _build_section(
    id_: str, section: CheckedSection, card: Scorecard, texts: Texts
) -> OwnSectionView:
    parts = [_build_part(part, card, texts) for part in section.parts]
    return OwnSectionView(id=id_, title=texts.label(section.title), parts=parts)


def _build_part(part: CheckedPart, card: Scorecard, texts: Texts) -> OwnPartView:
    match part:
        case CheckedText():
            return OwnPartView(
                text=part.fill(
                    texts.language, lambda outcome: _write_figure(outcome, card, texts), at=card.at
                )
            )
        case CheckedFigure():
            return OwnPartView(row=build_figure_row(part.outcome, card, texts))
        case CheckedPicture():
            return OwnPartView(pictures=_draw_own_part(part, card, texts))
        case _:
            assert_never(part)


def _write_figure(outcome: IndicatorOutcome, card: Scorecard, texts: Texts) -> str:
    return write_outcome_headline(outcome, card, texts)


def _draw_own_part(part: CheckedPicture, card: Scorecard, texts: Texts) -> tuple[Picture, ...]:
    """Draw the figures side by side in one picture, or the years of each."""
    if part.kind == "figures":
        drawn = [draw_figures(part.outcomes, card, texts)]
    else:
        drawn = [draw_trend(outcome, card, texts) for outcome in part.outcomes]
    return tuple(picture for picture in drawn if picture is not None)
