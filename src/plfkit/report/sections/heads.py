"""The head of every page: what the data are called, which year they are of, and whether they are real."""

from __future__ import annotations

import json
from typing import Any

from attrs import frozen

from plfkit.disclosure import Released
from plfkit.goals.scorecard import Scorecard
from plfkit.report.documents import build_publication, group_publication
from plfkit.report.texts import Texts


@frozen(kw_only=True)
class HeadView:
    """What stands at the top of a page, and what it carries for machines.

    Attributes:
        title: What the data are called.
        subtitle: The school year, and on which day people were counted.
        example: Whether it is an example.
        publication: What is told of each figure, for machines.
    """

    title: str
    subtitle: str
    example: bool
    publication: str


def build_head_view(released: Released[Scorecard], texts: Texts) -> HeadView:
    """Return the head of the page of a released scorecard."""
    card = released.content
    return HeadView(
        title=choose_title(card, texts),
        subtitle=_write_subtitle(card, texts),
        example=card.example,
        publication=write_publication(released),
    )


def choose_title(card: Scorecard, texts: Texts) -> str:
    """Return what the data are called: an example never bears the municipality's name."""
    if card.title is not None:
        return texts.label(card.title)
    if card.example:
        return texts("page.example_mark")
    if card.profile == "generic":
        return texts("page.data_without_profile")
    return texts.label(card.label)


def _write_subtitle(card: Scorecard, texts: Texts) -> str:
    """Say which school year the page is about, and when people were counted."""
    said = texts.write_subtitle(card.at)
    day = card.reference_day
    return (
        said if day is None else f"{said} {texts('page.reference_day', day=texts.write_date(day))}"
    )


def write_publication(released: Released[Any]) -> str:
    """Write what is told of each figure as JSON that may stand inside a page: nothing ends it early."""
    document = {"publication": group_publication(build_publication(released))}
    text = json.dumps(document, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("&", "\\u0026")
