"""Staff lists: a row for each position."""

from __future__ import annotations

from collections.abc import Mapping

from plfkit.model.records.checking.nearness import find_near_words
from plfkit.sources.drafting.columns import SeenColumn, name_columns
from plfkit.sources.drafting.days import (
    ask_about_ends,
    ask_about_thousands,
    may_be_thousands,
    write_day_column,
)
from plfkit.sources.drafting.identity import join_cells
from plfkit.sources.drafting.places import (
    MOST_WORDS,
    ONLY_SCHOOL,
    SeenPlaces,
    offer_communities,
    offer_units,
)
from plfkit.sources.drafting.respondents import write_only
from plfkit.sources.drafting.sketching import Sketch, is_titled, show_rows
from plfkit.sources.drafting.writing import Page, clean_comment
from plfkit.sources.importing.titles import fold_word

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
    places = SeenPlaces.of(sketch, units)
    _write_unit_words(page, sketch, units, places)
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
    return [*offer_units(sketch, places), *offer_communities(sketch, places, units, teams), page]


def _write_staff_people(page: Page, sketch: Sketch) -> None:
    first, last = sketch.list_titled("first_name"), sketch.list_titled("last_name")
    names = (first[0], last[0]) if first and last else tuple(sketch.list_titled("name")[:1])
    ids = [column for column in sketch.list_titled("employee", "number") if column not in names]
    if len(ids) == 1 and not is_titled(ids[0], "number") and _is_id_of(ids[0], names):
        page.put("columns", "person", ids[0].title)
        sketch.settle(ids, "person", "person")
    elif ids:
        page.ask("columns", "person", "ask.staff_person")
        for column in sorted(
            ids, key=lambda c: is_titled(c, "number")
        ):  # a running number comes last
            sketch.offer_columns(page, "person", [column])
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
    """Write which column says where; return the one that has names of places, or None without any."""
    columns = sketch.list_titled("unit")
    # Names are longer than codes for them.
    columns.sort(key=lambda c: (c.looks_like_codes(), -max(map(len, c.answers), default=0)))
    if len(columns) == 1:
        page.put("columns", "unit", columns[0].title)
        sketch.settle(columns, "unit", "unit")
        return columns[0]
    page.ask("columns", "unit", "ask.unit" if columns else "ask.no_unit")
    for column in columns:
        sketch.offer_columns(page, "unit", [column])
    sketch.settle(columns, "unit", is_open=True)
    if not columns:
        page.offer("every", "unit", "" if sketch.organisation else ONLY_SCHOOL)
        return None
    return columns[0]


def _write_unit_words(
    page: Page, sketch: Sketch, main: SeenColumn | None, places: SeenPlaces
) -> None:
    """Write how a place is told that is spelled in several ways, and ask about codes for places."""
    page.get_lines("words.unit")
    if main is None:
        return
    if places.new and len(places.ids) > 1:
        page.ask("words.unit", "", "ask.one_place")
    _tell_near_places(page, sketch, places, sketch.find_rows(main))
    for column, fate in sketch.fates.items():
        if fate.what == "unit" and column is not main:
            words = sketch.find_rows(column)
            unknown = {w: rows for w, rows in words.items() if fold_word(w) not in places.ids}
            _list_unit_words(page, sketch, places, unknown, column.title)


def _tell_near_places(
    page: Page, sketch: Sketch, places: SeenPlaces, rows: Mapping[str, list[int]]
) -> None:
    """Tell what to write of places whose names are near others that stand in more rows."""
    often = sorted(places.new.values(), key=lambda name: -len(rows.get(name, ())))
    known = [name for name, one in places.ids.items() if one not in places.new]
    for number, name in enumerate(often):
        near = places.find_near(name, [*map(fold_word, often[:number]), *known])
        if near is not None:
            note = sketch.words("tell.rows", rows=show_rows(rows.get(name, [])))
            page.write_example("words.unit", name, near, note)


def _list_unit_words(
    page: Page, sketch: Sketch, places: SeenPlaces, unknown: Mapping[str, list[int]], title: str
) -> None:
    """List words that are no place, to be completed."""
    if unknown:
        page.ask("words.unit", "", "ask.words_unit", title=title, count=len(unknown))
    for word, rows in list(unknown.items())[:MOST_WORDS]:
        page.offer("words.unit", word, "", _note_rows(sketch, rows, places.find_near(word) or ""))


def _note_rows(sketch: Sketch, rows: list[int], near: str) -> str:
    return sketch.words("tell.rows_near" if near else "tell.rows", rows=show_rows(rows), near=near)


def _write_role(page: Page, sketch: Sketch) -> None:
    column, *others = sketch.list_titled("role")
    page.put("columns", "role", column.title)
    sketch.settle([column], "role", "role")
    sketch.settle(others, "role", is_open=True)
    sign = _find_role_split(sketch, column)
    if sign:
        page.say("split", "tell.two_roles")
        page.put("split", "role", sign)
    _write_titles(page, sketch, sketch.find_rows(column, sign))


def _write_titles(page: Page, sketch: Sketch, titles: Mapping[str, list[int]]) -> None:
    """Tell how titles that are known are read, and ask about the others."""
    roles, labels = sketch.vocabulary.words("roles"), sketch.label_words("roles")
    meant = {title: sketch.vocabulary.resolve("roles", title) for title in titles}
    known = {title: f"{role} ({labels[role]})" for title, role in meant.items() if role}
    if known:
        page.say("words.role", "tell.read_titles")
    for title, role in known.items():
        page.get_lines("words.role").append(f"#   {clean_comment(title)} → {role}")
    if unknown := [title for title, role in meant.items() if role is None]:
        page.ask("words.role", "", "ask.words_role", count=len(unknown))
    for title in unknown[:MOST_WORDS]:
        if not sketch.people.has_person(title):
            near = find_near_words(title, roles)
            role = "".join(f"{roles[word]} ({labels[roles[word]]})" for word in near)
            page.offer("words.role", title, "", _note_rows(sketch, titles[title], role))


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
    sketch.offer_columns(page, "community", columns[:1])
    sketch.settle(columns, "community", is_open=True)
    page.ask("", "as_of", "ask.as_of")
    page.offer("", "as_of", "", page.words("as_of.day"))
    return columns[0]
