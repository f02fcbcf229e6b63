"""The page's view of levels and communities: one picture, the same as a table, and three small tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from attrs import frozen

from plfkit.goals.scorecard import Scorecard
from plfkit.model.results.fields import TOTAL
from plfkit.model.results.figures import Figure
from plfkit.model.results.result import Result
from plfkit.model.words.reasons import Reason
from plfkit.report import figures
from plfkit.report.charts import LevelPlace, draw_level_picture
from plfkit.report.goals import MatrixView
from plfkit.report.texts import Texts, make_collation_key


@frozen(kw_only=True)
class LevelView:
    """Levels and communities as the page shows them."""

    picture: str | None
    places: MatrixView | None
    by_level: list[tuple[str, str, str]]
    by_school: list[tuple[str, str, str]]
    kinds: list[tuple[str, str]]


def build_level_view(card: Scorecard, texts: Texts) -> LevelView:
    """Return the picture and tables of levels and communities."""
    overview, places = card.overview, _list_level_places(card, texts)
    kinds = [
        (texts.label(card.names[kind]), texts.write_number(count))
        for kind, count in overview.communities.items()
    ]
    return LevelView(
        picture=_draw_places(places, card, texts),
        places=_lay_out_places(places, texts),
        by_level=_list_coverage_rows(overview.coverage_by_level, card, texts),
        by_school=sorted(
            _list_coverage_rows(overview.coverage_by_school, card, texts),
            key=lambda row: make_collation_key(row[0]),
        ),
        kinds=sorted(kinds, key=lambda row: make_collation_key(row[0])),
    )


def _list_coverage_rows(
    result: Result, card: Scorecard, texts: Texts
) -> list[tuple[str, str, str]]:
    return [
        (
            texts.label(card.names[figure.part or ""]),
            texts("goals.none") if figure.n is None else texts.write_number(figure.n),
            figures.write_value(figure, result.scale, texts),
        )
        for figure in result
        if figure.reason != Reason.NO_STAFF
    ]


def _list_level_places(card: Scorecard, texts: Texts) -> list[LevelPlace]:
    """Return every place that should have a community: those of the whole, then school by school."""
    shown = [figure for figure in card.overview.anchoring_by_school if figure.figure != TOTAL]
    if all(figure.value is None and figure.reason != Reason.WITHHELD for figure in shown):
        return []
    municipal = card.overview.municipal_levels
    whole = {f.figure or "": f for f in reversed(shown) if f.figure in municipal}
    names = _name_picture_schools(dict.fromkeys(f.part for f in shown if f.part), card, texts)
    levels = list(dict.fromkeys(figure.figure or "" for figure in shown))
    of_schools = {(f.part, f.figure): f for f in shown if f.figure not in municipal}
    rows = [(texts("overview.whole"), whole)]
    rows += [
        (name, {level: f for level in levels if (f := of_schools.get((part, level)))})
        for part, name in names.items()
    ]
    return [
        LevelPlace(row, texts.label(card.names[level]), _write_place_state(found[level], texts))
        for row, found in rows
        for level in levels
        if level in found
    ]


def _name_picture_schools(parts: Iterable[str], card: Scorecard, texts: Texts) -> dict[str, str]:
    """Return what readers call schools, in their order; those of one name are told apart by number."""
    labels = {part: texts.label(card.names[part]) for part in parts}
    names: dict[str, str] = {}
    for part, label in sorted(labels.items(), key=lambda item: make_collation_key(item[1])):
        same = sum(labels[other] == label for other in names)
        names[part] = f"{label} ({same + 1})" if same else label
    return names


def _lay_out_places(places: Sequence[LevelPlace], texts: Texts) -> MatrixView | None:
    """Lay out as a table what the picture shows."""
    if not places:
        return None
    columns = list(dict.fromkeys(place.column for place in places))
    states = {(place.row, place.column): place.state for place in places}
    none = texts("goals.none")
    return MatrixView(
        title=texts("overview.picture_table"),
        columns=columns,
        rows=[
            (row, [states.get((row, column), none) for column in columns])
            for row in dict.fromkeys(place.row for place in places)
        ],
    )


def _describe_places(places: Sequence[LevelPlace], texts: Texts) -> str:
    """Say in words what the picture shows: how many places are how, then place by place."""
    counts = Counter(place.state for place in places)
    rows: dict[str, list[str]] = {}
    for place in places:
        cell = texts("overview.picture_cell", column=place.column, state=place.state)
        rows.setdefault(place.row, []).append(cell)
    return texts(
        "overview.picture_alt",
        counts="; ".join(
            texts("overview.picture_count", state=state, count=count, all=len(places))
            for state, count in counts.items()
        ),
        rows=" ".join(
            texts("overview.picture_row", row=row, cells="; ".join(cells))
            for row, cells in rows.items()
        ),
    )


def _draw_places(places: Sequence[LevelPlace], card: Scorecard, texts: Texts) -> str | None:
    if not places:
        return None
    return draw_level_picture(
        places,
        list(dict.fromkeys([texts("overview.whole"), *(place.row for place in places)])),
        list(dict.fromkeys(place.column for place in places)),
        [texts(f"overview.{name}") for name in ("has", "lacks", "unregistered", "withheld")],
        title=texts.label(card.title) if card.example and card.title else None,
        mark=texts("page.example_mark") if card.example else None,
        description=_describe_places(places, texts),
    )


def _write_place_state(figure: Figure, texts: Texts) -> str:
    if figure.value is None:
        return texts(
            "overview.withheld" if figure.reason == Reason.WITHHELD else "overview.unregistered"
        )
    return texts("overview.has") if figure.value else texts("overview.lacks")
