"""Staff lists: a row for each position."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from difflib import get_close_matches

from plfkit.sources.drafting.columns import SeenColumn
from plfkit.sources.drafting.days import (
    ask_about_ends,
    ask_about_thousands,
    may_be_thousands,
    write_day_column,
)
from plfkit.sources.drafting.identity import join_cells, name_columns
from plfkit.sources.drafting.respondents import write_only
from plfkit.sources.drafting.sketching import Sketch, is_titled, show_rows
from plfkit.sources.drafting.writing import Page
from plfkit.sources.importing.titles import fold_word

_MOST_WORDS = 400
_SPLITS = ("/", ",", "+", "&", ";")
_MOST_SHARE = 1.5  # a share above it is a number of hours, or of per cent


def is_staff_list(sketch: Sketch) -> bool:
    """Tell whether a table is a staff list: people with titles, and where or since when."""
    titles = sketch.list_titled("role")
    people = sketch.list_titled("name", "employee", "first_name")
    more = sketch.list_titled("unit", "hours", "fte", "valid_from")
    asked = sketch.list_titled(
        "named", "ignore"
    )  # columns of a survey, whose answers have titles too
    return bool(titles and people and more) and not asked


def plan_staff(sketch: Sketch, take: int) -> list[Page]:
    """Write the take of a staff list.

    Args:
        sketch: The table.
        take: The number of the take.
    """
    page = sketch.start_page(take)
    page.put("", "kind", "staff")
    sketch.ignore_if(lambda c: is_titled(c, "cpr"), "cpr")
    _write_staff_people(page, sketch)
    units = _write_unit(page, sketch)
    _write_role(page, sketch)
    _write_share(page, sketch)
    for key in ("subject", "valid_from"):
        for column in sketch.list_titled(key)[:1]:
            write_day_column(page, sketch, key, column)
    ask_about_ends(page, sketch)
    teams = _write_community(page, sketch)
    for column in sketch.list_titled("status"):
        write_only(page, sketch, column)
    sketch.ignore_if(lambda c: is_titled(c, "ignore_staff"), "tool")
    return [*_offer_units(sketch, units), *_offer_communities(sketch, units, teams), page]


def _write_staff_people(page: Page, sketch: Sketch) -> None:
    first, last = sketch.list_titled("first_name"), sketch.list_titled("last_name")
    names = (first[0], last[0]) if first and last else tuple(sketch.list_titled("name")[:1])
    ids = [column for column in sketch.list_titled("employee", "number") if column not in names]
    if len(ids) == 1 and not is_titled(ids[0], "number") and _is_id_of(ids[0], names):
        page.put("columns", "person", ids[0].title)
        sketch.settle(ids, "person", "person")
    elif ids:
        page.ask("columns", "person", "ask.staff_person")
        for column in ids:
            page.offer("columns", "person", column.title)
        sketch.settle(ids, "person", is_open=True)
    else:
        page.say("columns", "tell.made_ids")
    if names:
        page.put("columns", "name", name_columns(names))
        sketch.settle(names, "name", "name")


def _is_id_of(ids: SeenColumn, names: tuple[SeenColumn, ...]) -> bool:
    """Tell whether each id is one person's: it stands in every row, beside one name."""
    name_by_id: dict[str, str] = {}
    rows = zip(ids.texts, join_cells(names) if names else ids.texts, strict=True)
    return all(one and name_by_id.setdefault(fold_word(one), name) == name for one, name in rows)


def _write_unit(page: Page, sketch: Sketch) -> SeenColumn | None:
    """Write which column says where; return the one that has names of places."""
    columns = sketch.list_titled("unit")
    known = {name.casefold() for name in _list_known_units(sketch)}
    if len(columns) == 1:
        page.put("columns", "unit", columns[0].title)
        sketch.settle(columns, "unit", "unit")
    else:
        page.ask("columns", "unit", "ask.unit" if columns else "ask.no_unit")
        for column in columns:
            page.offer("columns", "unit", column.title)
        sketch.settle(columns, "unit", is_open=True)
        if not columns:
            page.offer("every", "unit", "")
    page.get_lines("words.unit")
    for column in columns:
        words = sketch.find_rows(column)
        unknown = {word: rows for word, rows in words.items() if word.casefold() not in known}
        _list_words(page, sketch, "unit", unknown, title=column.title)
    named = [column for column in columns if not column.looks_like_codes()]
    # Names are longer than codes for them.
    return max(named, key=lambda c: max(map(len, c.answers), default=0), default=None)


def _list_known_units(sketch: Sketch) -> list[str]:
    if sketch.organisation is None:
        return []
    units = sketch.organisation.units
    names = [*units.column("id").tolist(), *units.column("name").tolist()]
    return [name for name in names if name]


def _list_words(
    page: Page, sketch: Sketch, key: str, unknown: Mapping[str, list[int]], **words: str
) -> None:
    """List the words of a column that nobody knows, once each with their rows, to be completed."""
    if not unknown:
        return
    page.ask(f"words.{key}", "", f"ask.words_{key}", count=len(unknown), **words)
    known = _list_known_units(sketch) if key == "unit" else list(sketch.vocabulary.words("roles"))
    for word, rows in list(unknown.items())[:_MOST_WORDS]:
        if not sketch.people.has_person(word):
            near = "".join(get_close_matches(word.casefold(), known, n=1))
            key_of_note = "tell.rows_near" if near else "tell.rows"
            note = sketch.words(key_of_note, rows=show_rows(rows), near=near)
            page.offer(f"words.{key}", word, "", note)


def _write_role(page: Page, sketch: Sketch) -> None:
    column, *others = sketch.list_titled("role")
    page.put("columns", "role", column.title)
    sketch.settle([column], "role", "role")
    sketch.settle(others, "role", is_open=True)
    sign = _find_role_split(sketch, column)
    if sign:
        page.say("split", "tell.two_roles")
        page.put("split", "role", sign)
    words = sketch.find_rows(column, sign)
    unknown = {word: rows for word, rows in words.items() if not _is_known_role(sketch, word)}
    _list_words(page, sketch, "role", unknown)


def _is_known_role(sketch: Sketch, text: str) -> bool:
    return sketch.vocabulary.resolve("roles", text) is not None


def _find_role_split(sketch: Sketch, column: SeenColumn) -> str | None:
    """Find what parts two titles in a cell, both of them known, where the cell as a whole is not."""
    for sign in _SPLITS:
        cells = [answer for answer in column.answers if sign in answer]
        parted = [[_is_known_role(sketch, p.strip()) for p in cell.split(sign)] for cell in cells]
        if any(map(all, parted)) and not any(_is_known_role(sketch, cell) for cell in cells):
            return sign
    return None


def _write_share(page: Page, sketch: Sketch) -> None:
    """Write the share of full time, or hours and what full time is."""
    shares, hours = sketch.list_titled("fte"), sketch.list_titled("hours")
    if shares and _is_share(shares[0]):
        page.put("columns", "fte", shares[0].title)
        sketch.settle(shares[:1], "fte", "fte")
        return
    if not (found := [*hours, *shares][:1]):
        return
    full = sketch.list_titled("full_time")
    if any(may_be_thousands(text) for c in (*found, *full) for text in c.untyped):
        ask_about_thousands(page, sketch, "hours", found[0])
        return
    page.put("columns", "hours", found[0].title)
    sketch.settle(found, "hours", "hours")
    if full:
        page.put("columns", "full_time", full[0].title)
        sketch.settle(full[:1], "full_time", "full_time")
    else:
        page.ask("every", "full_time", "ask.full_time", column=found[0].title)
        for hours_a_week, note in ((37, "full.week"), (100, "full.percent"), (1680, "full.year")):
            page.offer("every", "full_time", hours_a_week, page.words(note))


def _is_share(column: SeenColumn) -> bool:
    """Tell whether numbers are shares of one."""
    if not column.is_all("whole", "number"):
        return False
    return max(float(answer.replace(",", ".")) for answer in column.answers) <= _MOST_SHARE


def _write_community(page: Page, sketch: Sketch) -> SeenColumn | None:
    columns = sketch.list_titled("community")
    if not columns:
        return None
    page.ask("columns", "community", "ask.community", column=columns[0].title)
    page.offer("columns", "community", columns[0].title)
    sketch.settle(columns, "community", is_open=True)
    return columns[0]


def _offer_units(sketch: Sketch, column: SeenColumn | None) -> list[Page]:
    """Offer a unit for each word of a column that is none yet: its kind is for a person to say."""
    known = {name.casefold() for name in _list_known_units(sketch)}
    words = [] if column is None else [a for a in column.answers if a.casefold() not in known]
    if not words:
        return []
    page = sketch.start_page(None, "[units]")
    page.ask("", "", "ask.units")
    kinds = ", ".join(sketch.vocabulary.unit_kinds)
    page.say("", "tell.unit_kinds", kinds=kinds)
    for word in words[:_MOST_WORDS]:
        _offer_part(page, f"units.{make_id(word)}", {"kind": "", "name": word, "parent": ""})
    return [page]


def _offer_communities(
    sketch: Sketch, units: SeenColumn | None, teams: SeenColumn | None
) -> list[Page]:
    if teams is None or units is None:
        return []
    page = sketch.start_page(None, "[communities]")
    page.ask("", "", "ask.communities")
    page.say("", "tell.community_kinds", kinds=", ".join(sketch.vocabulary.community_kinds))
    pairs = dict.fromkeys(zip(units.texts, teams.texts, strict=True))
    for unit, team in list(pairs)[:_MOST_WORDS]:
        if unit and team:
            name = f"communities.{make_id(unit)}_{make_id(team)}"
            _offer_part(page, name, {"kind": "", "name": team, "unit": ""})
    return [page]


def _offer_part(page: Page, table: str, keys: Mapping[str, str]) -> None:
    page.get_lines("").append(f"#[{table}]")
    for key, value in keys.items():
        page.offer("", key, value)


def make_id(text: str) -> str:
    """Make an id of a name: lower-case letters, digits and underscores."""
    danish = text.casefold().replace("æ", "ae").replace("ø", "oe").replace("å", "aa")
    plain = unicodedata.normalize("NFKD", danish).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "_", plain).strip("_") or "x"
