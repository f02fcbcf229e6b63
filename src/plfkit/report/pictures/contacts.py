"""Who asks whom: contacts per ten staff on each level with each level, beside what chance gives."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from math import ceil, floor

from attrs import frozen

from plfkit.goals.scorecard import Scorecard
from plfkit.model.results.figures import Figure
from plfkit.model.results.result import Result
from plfkit.report.pictures import phrases
from plfkit.report.pictures.canvas import Canvas
from plfkit.report.pictures.cells import (
    Cell,
    CellGrid,
    draw_grid_row,
    list_cell_entries,
    write_absent_cell,
    write_grid_heads,
)
from plfkit.report.pictures.legends import list_entries
from plfkit.report.pictures.picture import Picture, PictureTable, build_picture
from plfkit.report.sureness import Span, find_span
from plfkit.report.texts import Texts

_WIDTH, _NAMES, _ROW = 448.0, 92.0, 44.0
_TEN = 10
_MANY = 2.0
"""From how many times as much as chance gives a cell has the darkest shade."""
_ROUNDING = 0.0005
"""Densities leave the gate with three decimals: 0.002 is anything from 0.0015 to 0.0025."""
_FEWER, _MORE, _MANY_MORE = 0, 1, 2
_SHADES = ("shade_fewer", "shade_more", "shade_many", "shade_open")


@frozen(kw_only=True)
class LevelContacts:
    """Contacts per ten staff on one level with another, among those who answered.

    Attributes:
        from_: The level that they are on.
        to: The level of those they have contact with.
        figure: The density that the contacts follow from.
        told: The least and the most that they are, as the density is told; None where it is not.
        chance: The least and the most that chance gives; None where that is not known.
    """

    from_: str
    to: str
    figure: Figure
    told: Span | None
    chance: Span | None

    def find_step(self) -> int | None:
        """Tell whether there are fewer or more contacts than chance gives, as far as the value settles it.

        A class settles nothing: it is told so that nobody can tell what a few people answered.
        """
        if self.figure.value is None or self.told is None or self.chance is None:
            return None
        if self.told.upper < self.chance.lower:
            return _FEWER
        if self.told.lower <= self.chance.upper:
            return None
        return _MANY_MORE if self.told.lower >= _MANY * self.chance.upper else _MORE


def draw_contacts(result: Result, card: Scorecard, texts: Texts) -> Picture | None:
    """Draw contacts per ten staff from level to level; None where none is told.

    Args:
        result: The density of ties between levels, as `plfkit.measures.block_density` gives it with
            ``groups="level"``, of the scorecard's own period.
        card: The scorecard, which knows how many people each level has.
        texts: The words.
    """
    pairs = list_level_contacts(result, card)
    if all(pair.told is None for pair in pairs):
        return None
    levels = list(dict.fromkeys(pair.from_ for pair in pairs))
    cells = {(pair.from_, pair.to): _write_contact_cell(pair, texts) for pair in pairs}
    rows = {level: [cells[level, other] for other in levels] for level in levels}
    grid = CellGrid.fit_cells(rows.values(), width=_WIDTH, names=_NAMES, height=_ROW)
    canvas = Canvas(grid.width, 4.0)
    names = {level: phrases.name_group(level, card, texts) for level in levels}
    write_grid_heads(canvas, grid, [*names.values()])
    for level, name in names.items():
        draw_grid_row(canvas, grid, name, rows[level])
    canvas.height += 4
    chance = {"chance"} if any(cell.chance for cell in cells.values()) else set[str]()
    shades = list_cell_entries([*cells.values()], _SHADES, texts)
    canvas.add_legend([*list_entries(chance, texts), *shades])
    relation = phrases.name_relation(result.relation_label, result.relation, texts)
    return build_picture(
        canvas,
        _lay_out_contacts(pairs, names, texts),
        name=f"contacts-{result.relation}",
        finding=say_contacts(pairs, relation, texts),
        about=texts("pictures.about_contacts") + say_levels_left_out(result, card, texts),
        card=card,
        texts=texts,
    )


def say_levels_left_out(result: Result, card: Scorecard, texts: Texts) -> str:
    """Say which levels have no contacts of their own, since they are small and told together."""
    heads = card.overview.coverage_by_level
    joined = phrases.name_joined_levels((f.part for f in heads), card, texts)
    counted = {level for f in heads if f.part for level in f.part.split(phrases.JOINED)}
    others = {f.from_ for f in result if f.from_} - counted
    said = texts("pictures.levels_joined", levels=joined) if joined else ""
    if not others:
        return said
    names = [phrases.name_group(level, card, texts) for level in sorted(others)]
    return said + texts("pictures.levels_uncounted", levels=texts.write_listing(names))


def list_level_contacts(result: Result, card: Scorecard) -> list[LevelContacts]:
    """Return the contacts per ten staff on each level with each level.

    Ten people on one level and all n on the other make ten times n pairs, n − 1 within a level; of these
    so many have contact as the density says. By chance the density is the same everywhere.

    Args:
        result: The density of ties between levels.
        card: The scorecard, which knows how many people each level has.
    """
    heads = {f.part: f.n for f in card.overview.coverage_by_level if f.part and f.n}
    told = {(f.from_ or "", f.to or ""): f for f in result if f.from_ and f.to}
    # Without direction a pair of levels has one row: it is told of both.
    told = {(to, from_): f for (from_, to), f in told.items()} | told
    levels = [level for level in dict.fromkeys(from_ for from_, _ in told) if level in heads]
    sizes = {level: heads[level] or 0 for level in levels}
    overall = _find_overall_density(told, sizes)
    return [
        _count_contacts(told[pair], pair, sizes, overall)
        for pair in ((from_, to) for from_ in levels for to in levels)
        if pair in told
    ]


def _find_density(figure: Figure) -> Span | None:
    """Return between what a density lies among those who answered, as it is told."""
    if figure.value is not None:
        return Span(max(figure.value - _ROUNDING, 0.0), min(figure.value + _ROUNDING, 1.0))
    return find_span(figure)


def _find_overall_density(
    told: Mapping[tuple[str, str], Figure], sizes: Mapping[str, int]
) -> Span | None:
    """Return the least and the most that the density of all pairs is; None where none is told.

    What is not told of two levels lies between no contact and contact of everybody with everybody: of few
    people that is little of the whole.
    """
    if not any(_find_density(figure) for figure in told.values()):
        return None
    pairs = low = high = 0.0
    for from_, n in sizes.items():
        for to, m in sizes.items():
            span = _find_density(told.get((from_, to), Figure())) or Span(0.0, 1.0)
            weight = n * (m - (from_ == to))
            pairs, low, high = pairs + weight, low + weight * span.lower, high + weight * span.upper
    return Span(low / pairs, high / pairs) if pairs else None


def _count_contacts(
    figure: Figure, pair: tuple[str, str], sizes: Mapping[str, int], overall: Span | None
) -> LevelContacts:
    """Turn a density into contacts per ten staff."""
    others = _TEN * (sizes[pair[1]] - (pair[0] == pair[1]))
    told, chance = (
        None if span is None else Span(span.lower * others, span.upper * others)
        for span in (_find_density(figure), overall)
    )
    return LevelContacts(from_=pair[0], to=pair[1], figure=figure, told=told, chance=chance)


def _write_contact_cell(pair: LevelContacts, texts: Texts) -> Cell:
    """Write the contacts per ten staff, and what chance gives below them."""
    if pair.told is None:
        return write_absent_cell(pair.figure, texts)
    return Cell(
        text=write_contact_count(pair, texts),
        below="" if pair.chance is None else _write_span(pair.chance, texts),
        chance=pair.chance is not None,
        shade=pair.find_step(),
    )


def write_contact_count(pair: LevelContacts, texts: Texts) -> str:
    """Write the contacts per ten staff with the digits that are known, or that none is told."""
    if pair.told is None:
        return phrases.write_absence(pair.figure, texts)
    if not pair.told.lower:
        return texts("pictures.under", value=_write_contacts(pair.told.upper, texts))
    return _write_span(pair.told, texts)


def _write_span(span: Span, texts: Texts) -> str:
    """Write what lies between two ends: one number where its last digit is known, else both."""
    if span.width <= 1:
        return _write_contacts((span.lower + span.upper) / 2, texts)
    return "–".join(texts.write_number(end) for end in (floor(span.lower), ceil(span.upper)))


def _write_contacts(number: float, texts: Texts) -> str:
    """Write a number of contacts: with one decimal below ten, and none from there on."""
    return texts.write_tenths(number) if number < _TEN else texts.write_number(round(number))


def _lay_out_contacts(
    pairs: Sequence[LevelContacts], names: Mapping[str, str], texts: Texts
) -> PictureTable:
    none = texts("goals.none")
    rows = tuple(
        (
            texts("pictures.from_to", start=names[pair.from_], end=names[pair.to]),
            write_contact_count(pair, texts),
            none if pair.chance is None else _write_span(pair.chance, texts),
        )
        for pair in pairs
    )
    heads = ("levels", "contacts", "chance")
    return PictureTable(tuple(texts(f"pictures.head_{head}") for head in heads), rows)


def say_contacts(pairs: Sequence[LevelContacts], relation: str, texts: Texts) -> str:
    """Say how many pairs of levels have more, or fewer, contacts than chance gives, as the shades do.

    It is said of those who answered: what the others would have said nobody knows.
    """
    steps = Counter(pair.find_step() for pair in pairs)
    words = {"relation": relation, "all": len(pairs)}
    classes = sum(pair.figure.value is None for pair in pairs)
    if len(pairs) == steps[None]:
        return texts("pictures.contacts_open", **words)
    said = texts(
        "pictures.contacts_found",
        **words,
        more=steps[_MORE] + steps[_MANY_MORE],
        fewer=steps[_FEWER],
    )
    return said + (texts("pictures.contacts_classes", count=classes) if classes else "")
