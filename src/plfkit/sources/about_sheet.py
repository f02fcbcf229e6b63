"""The sheet of a workbook that says what the data are: a word and its value in each row."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from plfkit.errors import Fault, Place, ProfileError
from plfkit.hints import Hint
from plfkit.model.documents import parse_json
from plfkit.model.records.schema import strip_space
from plfkit.sources.cells import is_blank
from plfkit.sources.descriptor import About, encode_about, parse_about
from plfkit.sources.sheets import WorkbookSheet
from plfkit.sources.xlsx import write_text_cell

ABOUT = "plfkit"
"""The name of the sheet."""
VOCABULARY = "vocabulary"
"""The word whose value is one JSON document, in as many rows as it takes."""
FRAMEWORKS = "frameworks"
"""The word whose value is several ids, a space between them."""
_LONGEST_CELL = 30_000


def read_about(sheets: Mapping[str, WorkbookSheet]) -> tuple[About, list[Fault]]:
    """Read what a workbook says of itself; without the sheet nothing is known."""
    words: dict[str, Any] = {}
    vocabulary = ""
    for row in sheets[ABOUT].rows if ABOUT in sheets else ():
        key, value = (*row, "", "")[:2]
        if key == VOCABULARY:
            vocabulary += str(value)
        elif not is_blank(value):
            words[strip_space(str(key))] = value
    title = {language: words.pop(f"title_{language}", "") for language in ("da", "en")}
    if any(title.values()):
        words["title"] = {k: title[k] or title["en"] or title["da"] for k in title}
    if isinstance(version := words.get("schema_version"), float) and version.is_integer():
        words["schema_version"] = int(version)
    if FRAMEWORKS in words:
        words[FRAMEWORKS] = str(words[FRAMEWORKS]).split()
    try:
        if vocabulary:
            words[VOCABULARY] = parse_json(vocabulary, VOCABULARY)
        return parse_about(words), []
    except (ProfileError, ValueError) as error:
        return About(), [Fault("bad_descriptor", Place(ABOUT), Hint.of(error))]


def write_about_sheet(book: Any, about: About, plain: Any) -> Any:
    """Write the sheet, and return it.

    Args:
        book: The workbook.
        about: What it says of itself.
        plain: A format without any look.
    """
    page = book.add_worksheet(ABOUT)
    for row, (word, value) in enumerate(_list_about_words(about)):
        page.write_string(row, 0, word)
        if isinstance(value, str):
            write_text_cell(page, (row, 1), value, plain)
        else:
            (page.write_boolean if isinstance(value, bool) else page.write_number)(row, 1, value)
    return page


def _list_about_words(about: About) -> Iterator[tuple[str, Any]]:
    """Yield the words of the sheet; the vocabulary in pieces that a cell can hold."""
    words = encode_about(about)
    title, vocabulary = words.pop("title", {}), words.pop(VOCABULARY, None)
    if FRAMEWORKS in words:
        words[FRAMEWORKS] = " ".join(words[FRAMEWORKS])
    yield from words.items()
    yield from ((f"title_{language}", text) for language, text in title.items())
    text = "" if vocabulary is None else json.dumps(vocabulary, ensure_ascii=False)
    for start in range(0, len(text), _LONGEST_CELL):
        yield VOCABULARY, text[start : start + _LONGEST_CELL]
