"""What questions on a scale measure: items that are known by key or word for word, and those near them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

import attrs

from plfkit.model.words.kinds import Framework
from plfkit.model.words.titles import normalise_title
from plfkit.model.words.vocabulary import Vocabulary
from plfkit.sources.drafting.columns import SeenColumn, gather_answers
from plfkit.sources.drafting.sketching import Sketch
from plfkit.sources.drafting.writing import Page

_SHORTEST_PIECE = 4  # signs that two wordings share in a row, by chance seldom
_NEAR = 0.7  # how much of the shorter of two wordings stands in the other
_MOST_NEAR = 2
_ITEMS_TOLD, _TEAMS_TOLD = "items", "teams"


def write_items(
    page: Page, sketch: Sketch, columns: Sequence[SeenColumn], pattern: str | None
) -> None:
    """Write which item each question is; those that nobody knows are asked about.

    Args:
        page: Where.
        sketch: The table.
        columns: The questions, a column each.
        pattern: What their titles have in common, if anything.
    """
    known = {c: item for c in columns if (item := find_item(sketch.vocabulary, c.title, c.label))}
    for column, item in known.items():
        page.put("columns.items", column.title, item)
    sketch.settle(known, "item", "items")
    unknown = [column for column in columns if column not in known]
    if unknown:
        _ask_items(page, sketch, unknown)
    if pattern and unknown and (numbered := _suggest_numbered(sketch.vocabulary, columns)):
        page.offer("columns.items", pattern, numbered, sketch.words("tell.numbered"))
    for column in unknown:
        label = column.label if column.label and sketch.may_show(column.label) else ""
        note = "; ".join(filter(None, (label, _note_item(sketch, column.title, column.label))))
        likely = find_labelled_item(sketch.vocabulary, column) or ""
        page.offer("columns.items", column.title, likely, note)
    _tell_of_teams(page, sketch, list(known.values()))


def write_item_words(page: Page, sketch: Sketch, column: SeenColumn) -> None:
    """Write which items the cells of a column are; where all are their keys, there is nothing to write."""
    known = {text: find_item(sketch.vocabulary, text) for text in gather_answers([column])}
    if all(text == item for text, item in known.items()):
        return
    if unknown := [text for text, item in known.items() if item is None]:
        page.ask("words.item", "", "ask.words_item", count=len(unknown))
    for text, item in known.items():
        if item is not None:
            page.put("words.item", text, item)
        elif sketch.may_show(text):
            page.offer("words.item", text, "", _note_item(sketch, text))


def _ask_items(page: Page, sketch: Sketch, unknown: Sequence[SeenColumn]) -> None:
    """Ask what questions measure; what they may be is listed once for a table."""
    if _ITEMS_TOLD in sketch.told:
        page.ask("columns.items", "", "ask.items_again", count=len(unknown))
        return
    sketch.told.add(_ITEMS_TOLD)
    page.ask("columns.items", "", "ask.items", count=len(unknown))
    for name in sketch.frameworks.asked:
        framework = sketch.vocabulary.frameworks[name]
        page.say("columns.items", "tell.framework", label=framework.label[page.words.language])
        page.list_choices("columns.items", _label_items(sketch, framework))


def _label_items(sketch: Sketch, framework: Framework) -> dict[str, str]:
    """Return what the items of a framework are called; many of one characteristic are on a line."""
    labels = sketch.label_words("characteristics")
    found: dict[str, str] = {}
    for characteristic in framework.characteristics:
        items = framework.list_items(characteristic)
        worded = {i: framework.wordings[i] for i in items if i in framework.wordings}
        if len(worded) == len(items):
            found |= {item: label[sketch.words.language] for item, label in worded.items()}
        else:
            shown = items if len(items) <= _MOST_NEAR else (items[0], "…", items[-1])
            found[" ".join(shown)] = labels[characteristic]
    return found


def _note_item(sketch: Sketch, *titles: str) -> str:
    """Return what is said beside a question: the items that are near it."""
    labels = sketch.label_words("characteristics")
    near = find_near_items(sketch, *titles)
    shown = ", ".join(f"{item} ({labels[item]})" if item in labels else item for item in near)
    return shown and sketch.words("tell.near_items", near=shown)


def _tell_of_teams(page: Page, sketch: Sketch, items: Sequence[str]) -> None:
    """Tell, once for a table, that figures want what teams answer, where single people answered."""
    of_teams = {
        name: sketch.vocabulary.frameworks[name].label[page.words.language]
        for name in sketch.frameworks.from_teams
    }
    found = [
        label
        for name, label in of_teams.items()
        if sketch.vocabulary.frameworks[name].all_items.intersection(items)
    ]
    if found and _TEAMS_TOLD not in sketch.told:
        sketch.told.add(_TEAMS_TOLD)
        page.say("columns.items", "tell.team_items", framework=", ".join(found))


def find_item(vocabulary: Vocabulary, *titles: str) -> str | None:
    """Return the item that a question is, by one of its titles: its key, or its own words."""
    known: dict[str, set[str]] = {}
    for text, item in _list_items(vocabulary):
        known.setdefault(text, set()).add(item)
    pieces = (piece for title in titles for piece in _list_pieces(title))
    sure = (item for piece in pieces if len(found := known.get(piece, ())) == 1 for item in found)
    return next(sure, None)


def _list_pieces(title: str) -> list[str]:
    """Return a title and what stands last in it, behind a question or in brackets, to be compared."""
    texts = (title, title.rpartition("?.")[2], title.rpartition("[")[2].rstrip("]"))
    plain = map(_fold_wording, texts)
    return [text for text in dict.fromkeys(plain) if text]


def find_labelled_item(vocabulary: Vocabulary, column: SeenColumn) -> str | None:
    """Return the characteristic whose name is the title of a column: it may be another's too."""
    titles = {normalise_title(title) for title in (column.title, column.label) if title}
    for name, known in vocabulary.characteristics.items():
        if titles & {normalise_title(known.label.da), normalise_title(known.label.en)}:
            return name
    return None


def _list_items(vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
    """Yield what questions are written as, folded, with the item each of them is: its key, its own words."""
    for framework in vocabulary.frameworks.values():
        for characteristic in framework.characteristics:
            items = framework.list_items(characteristic)
            about = vocabulary.characteristics[characteristic].about
            wordings = {characteristic: about} if items == (characteristic,) else framework.wordings
            for item in items:
                yield item, item
                if item in wordings:
                    yield from (
                        (_fold_wording(text), item) for text in attrs.astuple(wordings[item])
                    )


def _fold_wording(text: str) -> str:
    return normalise_title(text).rstrip(".")


def _suggest_numbered(vocabulary: Vocabulary, columns: Sequence[SeenColumn]) -> str | None:
    """Return the items of a framework whose numbers titles may have: ``plca_r_*``."""
    numbers = [found[0] for c in columns if (found := re.search(r"\d+$", c.title))]
    items = {item for item, _ in _list_items(vocabulary)}
    for name in vocabulary.frameworks:
        if len(numbers) == len(columns) and all(f"{name}_{number}" in items for number in numbers):
            return f"{name}_*"
    return None


def find_near_items(sketch: Sketch, *titles: str) -> list[str]:
    """Return the items whose wordings share most of a title, or it most of theirs; the nearest first."""
    plain = [piece for title in titles for piece in _list_pieces(title)]
    asked = map(sketch.vocabulary.frameworks.__getitem__, sketch.frameworks.asked)
    items = frozenset[str]().union(*(framework.all_items for framework in asked))
    near: dict[str, float] = {}
    for text, item in _list_items(sketch.vocabulary):
        if item in items and text != item:
            share = max((_measure_share(title, text) for title in plain), default=0.0)
            near[item] = max(share, near.get(item, 0.0))
    found = sorted((i for i in near if near[i] >= _NEAR), key=lambda item: -near[item])
    return found[:_MOST_NEAR]


def _measure_share(one: str, other: str) -> float:
    """Return how much of the shorter of two wordings stands in the other, piece by piece."""
    blocks = SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
    shared = sum(block.size for block in blocks if block.size >= _SHORTEST_PIECE)
    return shared / max(min(len(one), len(other)), 1)
