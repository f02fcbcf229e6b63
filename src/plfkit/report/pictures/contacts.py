"""Who asks whom: contacts of ten people on each level with each level, beside what chance gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from attrs import frozen

from plfkit.goals.scorecard import Scorecard
from plfkit.model.results.figures import Figure
from plfkit.model.results.result import Result
from plfkit.model.words.reasons import Reason
from plfkit.report import figures
from plfkit.report.pictures import phrases
from plfkit.report.pictures.canvas import Canvas
from plfkit.report.pictures.cells import (
    EMPTY,
    HIDDEN,
    Cell,
    CellGrid,
    draw_grid_row,
    list_shade_entries,
    write_grid_heads,
)
from plfkit.report.pictures.legends import list_entries
from plfkit.report.pictures.picture import Picture, PictureTable, build_picture
from plfkit.report.texts import Texts

_WIDTH, _NAMES, _ROW = 360.0, 92.0, 44.0
_TEN = 10
_Ends = tuple[float, float]
_MANY = 2.0
"""From how many times as much as chance gives a cell has the darkest shade."""


@frozen(kw_only=True)
class LevelContacts:
    """Contacts of ten people on one level with another.

    Attributes:
        from_: The level that they are on.
        to: The level of those they have contact with.
        figure: The contacts, with their range.
        chance: The least and the most that chance gives; None where that is not known.
        possible: The least and the most that it could give, had all answered.
    """

    from_: str
    to: str
    figure: Figure
    chance: tuple[float, float] | None
    possible: tuple[float, float] | None


def draw_contacts(result: Result, card: Scorecard, texts: Texts) -> Picture | None:
    """Draw contacts for ten people from level to level; None where none is told.

    Args:
        result: The density of ties between levels, as `plfkit.measures.block_density` gives it with
            ``groups="level"``, of the scorecard's own period.
        card: The scorecard, which knows how many people each level has.
        texts: The words.
    """
    pairs = list_level_contacts(result, card)
    if not any(phrases.list_numbers(pair.figure) for pair in pairs):
        return None
    levels = list(dict.fromkeys(pair.from_ for pair in pairs))
    cells = {(pair.from_, pair.to): _write_contact_cell(pair, texts) for pair in pairs}
    canvas = Canvas(_WIDTH, 4.0)
    grid = CellGrid(width=_WIDTH, names=_NAMES, columns=len(levels), height=_ROW)
    names = {level: phrases.name_group(level, card, texts) for level in levels}
    write_grid_heads(canvas, grid, [*names.values()])
    for level, name in names.items():
        draw_grid_row(canvas, grid, name, [cells[level, other] for other in levels])
    canvas.height += 4
    used = {"chance"} if any(cell.chance for cell in cells.values()) else set[str]()
    used |= {"hidden"} if any(cell.state == HIDDEN for cell in cells.values()) else set()
    shades = list_shade_entries(("shade_less", "shade_like", "shade_many"), texts)
    canvas.add_legend([*list_entries(used, texts), *shades])
    relation = result.relation_label
    label = texts.label(relation) if relation is not None else result.relation or ""
    return build_picture(
        canvas,
        _lay_out_contacts(pairs, names, texts),
        name=f"contacts-{result.relation}",
        finding=say_contacts(pairs, texts),
        about=texts("pictures.about_contacts", relation=label),
        card=card,
        texts=texts,
    )


def list_level_contacts(result: Result, card: Scorecard) -> list[LevelContacts]:
    """Return the contacts of ten people on each level with each level.

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
    seen = _find_overall_ends(told, sizes, _read_observed_ends)
    possible = _find_overall_ends(told, sizes, lambda figure: (figure.lower, figure.upper))
    return [
        _count_contacts(told[pair], pair, sizes, (seen, possible))
        for pair in ((from_, to) for from_ in levels for to in levels)
        if pair in told
    ]


def _read_observed_ends(figure: Figure) -> tuple[float | None, float | None]:
    """Return between what a figure lies among those who answered."""
    if figure.value is not None:
        return figure.value, figure.value
    return figure.lower, figure.upper


def _find_overall_ends(
    told: Mapping[tuple[str, str], Figure],
    sizes: Mapping[str, int],
    read: Callable[[Figure], tuple[float | None, float | None]],
) -> _Ends | None:
    """Return the least and the most that the density of all pairs is; None where one is not told."""
    pairs = low = high = 0.0
    for from_, n in sizes.items():
        for to, m in sizes.items():
            least, most = read(told.get((from_, to), Figure()))
            if least is None or most is None:
                return None
            weight = n * (m - (from_ == to))
            pairs, low, high = pairs + weight, low + weight * least, high + weight * most
    return (low / pairs, high / pairs) if pairs else None


def _count_contacts(
    figure: Figure,
    pair: tuple[str, str],
    sizes: Mapping[str, int],
    overall: tuple[_Ends | None, _Ends | None],
) -> LevelContacts:
    """Turn densities into contacts of ten people, with three digits, as all that leaves."""
    others = _TEN * (sizes[pair[1]] - (pair[0] == pair[1]))

    def count(density: float) -> float:
        return float(f"{density * others:.3g}")

    value, lower, upper = (
        None if density is None else count(density)
        for density in (figure.value, figure.lower, figure.upper)
    )
    chance, possible = (
        None if ends is None else (count(ends[0]), count(ends[1])) for ends in overall
    )
    return LevelContacts(
        from_=pair[0],
        to=pair[1],
        figure=Figure(value=value, lower=lower, upper=upper, reason=figure.reason),
        chance=chance,
        possible=possible,
    )


def _write_contact_cell(pair: LevelContacts, texts: Texts) -> Cell:
    """Write the contacts of ten people, and what chance gives below them."""
    figure = pair.figure
    if not phrases.list_numbers(figure):
        hidden = figure.reason == Reason.WITHHELD
        text = texts("pictures.not_shown" if hidden else "pictures.no_figure")
        return Cell(text=text, state=HIDDEN if hidden else EMPTY)
    return Cell(
        text=say_contact_count(figure, texts),
        below="" if pair.chance is None else _write_chance(pair.chance, texts),
        chance=pair.chance is not None,
        shade=_choose_contact_shade(pair),
    )


def say_contact_count(figure: Figure, texts: Texts) -> str:
    """Say how many contacts ten people have."""
    if figure.value is not None:
        return _write_tenths(figure.value, texts)
    if not figure.lower:
        return texts("pictures.under", value=_write_tenths(figure.upper or 0.0, texts))
    return f"{_write_tenths(figure.lower, texts)}–{_write_tenths(figure.upper or 0.0, texts)}"


def _write_tenths(number: float, texts: Texts) -> str:
    """Write a number of contacts with one decimal, and none from a hundred on."""
    return texts.write_tenths(number) if number < 10 * _TEN else texts.write_number(round(number))


def _write_chance(chance: _Ends, texts: Texts) -> str:
    """Write what chance gives: classes that stand for figures leave it a little room."""
    low, high = (
        texts.write_tenths(end) if end < _TEN else texts.write_number(round(end)) for end in chance
    )
    return low if low == high else f"{low}–{high}"


def _choose_contact_shade(pair: LevelContacts) -> int | None:
    """Choose a shade by how the contacts told compare with chance; None where that is not plain."""
    if pair.chance is None or not pair.chance[1]:
        return None
    ends = (pair.figure.value, pair.figure.value)
    if pair.figure.value is None:
        ends = (pair.figure.lower, pair.figure.upper)
    steps = {
        0 if end < chance else 1 if end < _MANY * chance else 2
        for end in ends
        for chance in pair.chance
        if end is not None
    }
    return steps.pop() if len(steps) == 1 else None


def _lay_out_contacts(
    pairs: Sequence[LevelContacts], names: Mapping[str, str], texts: Texts
) -> PictureTable:
    none = texts("goals.none")
    rows = []
    for pair in pairs:
        figure = pair.figure
        told = bool(phrases.list_numbers(figure))
        value = say_contact_count(figure, texts) if told else ""
        spread = none
        if phrases.has_range(figure) and figure.value is not None:
            ends = (_write_tenths(end or 0.0, texts) for end in (figure.lower, figure.upper))
            spread = " – ".join(ends)
        rows.append(
            (
                texts("pictures.from_to", start=names[pair.from_], end=names[pair.to]),
                value or figures.explain_missing_value(figure.reason, texts),
                spread,
                none if pair.chance is None else _write_chance(pair.chance, texts),
            )
        )
    heads = ("levels", "contacts", "range", "chance")
    return PictureTable(tuple(texts(f"pictures.head_{head}") for head in heads), tuple(rows))


def say_contacts(pairs: Sequence[LevelContacts], texts: Texts) -> str:
    """Say how many pairs of levels surely have more, or fewer, contacts than chance gives.

    Had all answered there might be more contacts everywhere, and chance would give more too: a pair is
    compared with the most and the least that chance could give then.
    """
    more = sum(
        pair.possible is not None
        and pair.figure.lower is not None
        and pair.figure.lower > pair.possible[1]
        for pair in pairs
    )
    fewer = sum(
        pair.possible is not None
        and pair.figure.upper is not None
        and pair.figure.upper < pair.possible[0]
        for pair in pairs
    )
    if not more and not fewer:
        return texts("pictures.contacts_unsure", all=len(pairs))
    counts = {"more": more, "fewer": fewer, "open": len(pairs) - more - fewer}
    said = [
        texts(f"pictures.contacts_{name}", count=count) for name, count in counts.items() if count
    ]
    return texts("pictures.contacts_sure", all=len(pairs), counts=texts.write_listing(said))
