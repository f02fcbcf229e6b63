"""The page's view of levels and communities: one picture and three small tables."""

from __future__ import annotations

from attrs import frozen

from plfkit.disclosure import WITHHELD
from plfkit.goals.scorecard import Scorecard
from plfkit.model.result import TOTAL, Figure, Result
from plfkit.report import figures
from plfkit.report.charts import Place, level_picture
from plfkit.report.texts import Texts, collation


@frozen(kw_only=True)
class LevelView:
    """Levels and communities as the page shows them."""

    picture: str | None
    by_level: list[tuple[str, str, str]]
    by_school: list[tuple[str, str, str]]
    kinds: list[tuple[str, str]]


def level_view(card: Scorecard, texts: Texts) -> LevelView:
    """Return the picture and tables of levels and communities."""
    overview = card.overview
    kinds = [
        (texts.label(card.names[kind]), texts.number(count))
        for kind, count in overview.communities.items()
    ]
    return LevelView(
        picture=_picture(card, texts),
        by_level=_coverage(overview.coverage_by_level, card, texts),
        by_school=sorted(
            _coverage(overview.coverage_by_school, card, texts), key=lambda row: collation(row[0])
        ),
        kinds=sorted(kinds, key=lambda row: collation(row[0])),
    )


def _coverage(result: Result, card: Scorecard, texts: Texts) -> list[tuple[str, str, str]]:
    return [
        (
            texts.label(card.names[figure.part or ""]),
            texts("goals.none") if figure.n is None else texts.number(figure.n),
            figures.value(figure, result.scale, texts),
        )
        for figure in result
        if figure.reason != "no_staff"
    ]


def _picture(card: Scorecard, texts: Texts) -> str | None:
    shown = [figure for figure in card.overview.anchoring_by_school if figure.figure != TOTAL]
    if all(figure.value is None and figure.reason != WITHHELD for figure in shown):
        return None
    levels = list(dict.fromkeys(figure.figure or "" for figure in shown))
    municipal = [level for level in levels if level in card.overview.municipal_levels]
    whole = texts("overview.whole")
    names = {texts.label(card.names[figure.part]) for figure in shown if figure.part}
    schools = sorted(names, key=collation)
    places = [
        Place(whole, texts.label(card.names[level]), _state(f, texts))
        for level in municipal
        for f in [next(figure for figure in shown if figure.figure == level)]
    ]
    places += [
        Place(
            texts.label(card.names[f.part]),
            texts.label(card.names[f.figure or ""]),
            _state(f, texts),
        )
        for f in shown
        if f.part and f.figure not in municipal
    ]
    states = [texts(f"overview.{name}") for name in ("has", "lacks", "unregistered", "withheld")]
    filled = sum(place.state == states[0] for place in places)
    return level_picture(
        places,
        [whole, *schools],
        [texts.label(card.names[level]) for level in levels],
        states,
        title=texts.label(card.title) if card.example and card.title else None,
        mark=texts("page.example_mark") if card.example else None,
        description=texts("overview.picture_alt", filled=filled, all=len(places)),
    )


def _state(figure: Figure, texts: Texts) -> str:
    if figure.value is None:
        return texts("overview.withheld" if figure.reason == WITHHELD else "overview.unregistered")
    return texts("overview.has") if figure.value else texts("overview.lacks")
