"""A draft of a mapping: what files say of themselves, and what they leave to a person."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from attrs import frozen

from plfkit.model.records.organisation import Organisation
from plfkit.model.words.vocabulary import Vocabulary, load_core_vocabulary
from plfkit.sources.drafting.columns import SeenColumn
from plfkit.sources.drafting.days import (
    list_day_columns,
    list_open_ends,
    write_dates,
    write_decimal,
    write_end_days,
)
from plfkit.sources.drafting.edges import is_edge_list, plan_edges
from plfkit.sources.drafting.listing import list_columns, write_ignored
from plfkit.sources.drafting.looking import SeenFile, look_at_file
from plfkit.sources.drafting.meetings import is_meeting_list, plan_meetings
from plfkit.sources.drafting.people import Acquaintance
from plfkit.sources.drafting.respondents import plan_respondents
from plfkit.sources.drafting.sketching import Sketch
from plfkit.sources.drafting.staff import is_staff_list, plan_staff
from plfkit.sources.drafting.tables import SeenTable, find_tables
from plfkit.sources.drafting.writing import (
    DraftWords,
    Page,
    Question,
    write_comment,
    write_toml_value,
)
from plfkit.sources.given import Given, read_given_file
from plfkit.sources.importing.language import LANGUAGE_VERSION
from plfkit.sources.limits import Limits


@frozen
class Draft:
    """A mapping that a person finishes.

    Attributes:
        text: The mapping, in TOML: what the files prove stands, what they do not is commented out.
        questions: What is left to a person, in the order of the text.
    """

    text: str
    questions: tuple[Question, ...]

    def __str__(self) -> str:
        return self.text


@frozen
class _Place:
    """A table, and where it stands."""

    file: SeenFile
    sheet: str | None
    table: SeenTable


def build_draft(
    files: Sequence[Given],
    *,
    vocabulary: Vocabulary | None = None,
    organisation: Organisation | None = None,
    language: str = "da",
    show_values: bool = False,
    limits: Limits | None = None,
) -> Draft:
    """Look at files, and write a mapping for them.

    Args:
        files: Paths, bytes or streams.
        vocabulary: Whose words cells may be; the core's if left out.
        organisation: What the files will be added to; it tells which names are known.
        language: ``"da"`` or ``"en"``.
        show_values: Whether cells that may be personal are shown.
        limits: How much is read; generous if left out.

    Raises:
        InvalidDataError: A file is neither text nor a workbook, or holds no table.
        LimitError: A file is too large.
        UnknownLanguageError: There are no drafts in that language.
    """
    words = DraftWords.of(language)
    limits = limits or Limits()
    seen = [look_at_file(read_given_file(file, limits), limits) for file in files]
    places = list(chain.from_iterable(map(_find_places, seen)))
    people, known = Acquaintance.of(organisation), vocabulary or load_core_vocabulary()
    file_page = Page("[file]", words)
    planned: list[_Plan] = []
    for place in places:
        sketch = Sketch(place.table, people, organisation, known, words, show_values)
        first = 1 + sum(len(plan.takes) for plan in planned)
        planned.append(_Plan(place, sketch, _plan_table(sketch, first)))
    _write_file_pages(file_page, planned, are_several=len(seen) > 1)
    pages = [file_page, *chain.from_iterable(plan.pages for plan in planned)]
    return _join_pages(words, [file.name for file in seen], _merge_shared(pages))


@frozen
class _Plan:
    """A table with the pages that are written of it."""

    place: _Place
    sketch: Sketch
    pages: Sequence[Page]

    @property
    def takes(self) -> list[Page]:
        """The pages that are takes."""
        return [page for page in self.pages if page.heading == "[[take]]"]


def _write_file_pages(file_page: Page, planned: Sequence[_Plan], *, are_several: bool) -> None:
    """Write how the files are written: for all takes at once if they are of one table."""
    taken = [plan for plan in planned if plan.takes]
    if len(planned) == 1 or len(taken) == 1:
        (plan,) = taken or planned
        if are_several:
            file_page.put("", "name", plan.place.file.name)
        _write_file(file_page, "", plan.place, plan.sketch)
    for plan in planned:
        if not plan.takes and len(planned) > 1:
            _describe_table(file_page, plan.place, plan.sketch)
        elif len(taken) > 1:
            _write_file_of_takes(plan, are_several=are_several)
    if not taken:
        file_page.ask("", "take", "ask.no_take")


def _find_places(file: SeenFile) -> list[_Place]:
    tables = [(sheet.name, table) for sheet in file.sheets for table in find_tables(sheet)]
    return [_Place(file, name, table) for name, table in tables]


def _plan_table(sketch: Sketch, take: int) -> list[Page]:
    """Write the takes of a table, by what it seems to be."""
    if sketch.table.is_headless:
        return []
    if is_staff_list(sketch):
        return plan_staff(sketch, take)
    if is_edge_list(sketch):
        return plan_edges(sketch, take)
    if is_meeting_list(sketch):
        return plan_meetings(sketch, take)
    return plan_respondents(sketch, take)


def _describe_table(file_page: Page, place: _Place, sketch: Sketch) -> None:
    """Write what a table holds from which nothing is taken."""
    where = place.file.name if place.sheet is None else f"{place.file.name}, {place.sheet}"
    file_page.say("", "tell.no_take", where=where, row=place.table.header)
    file_page.get_lines("").extend(list_columns(sketch))


def _write_file_of_takes(plan: _Plan, *, are_several: bool) -> None:
    """Write where a table stands into each of its takes."""
    for page in plan.takes:
        if are_several:
            page.put("file", "name", plan.place.file.name)
        _write_file(page, "file", plan.place, plan.sketch, is_asked=page is plan.takes[0])


def _write_file(
    page: Page, at: str, place: _Place, sketch: Sketch, *, is_asked: bool = True
) -> None:
    """Write how a file is written, and where the table stands in it."""
    table, file = place.table, place.file
    questions = len(page.questions)
    if file.encoding is not None:
        _write_text_form(page, at, file)
    elif place.sheet is not None and file.has_sheets:
        page.put(at, "sheet", place.sheet)
    if not table.is_first:
        page.put(at, "header", table.named)
    if table.labels is not None:
        page.put(at, "labels", table.labels[0])
    if skipped := _list_skipped(table):
        page.say(at, "tell.skip")
        page.get_lines(at).append(skipped)
    if table.until is not None:
        page.put(at, "until", table.until)
    if (cells := table.name_cells()) is not None:
        page.put(at, "cells", cells)
    days = list_day_columns(sketch)
    write_dates(page, at, days)
    write_end_days(page, at, sketch)
    numbers = [
        c for c, fate in sketch.fates.items() if fate.key in {"hours", "fte", "full_time", "weight"}
    ]
    write_decimal(page, at, numbers)
    _write_empty(page, at, sketch, days)
    page.get_lines(at).extend(list_columns(sketch))
    write_ignored(page, at, sketch)
    if not is_asked:
        del page.questions[questions:]


def _write_text_form(page: Page, at: str, file: SeenFile) -> None:
    if file.encoding != "utf-8" and file.encoding is not None:
        if file.is_encoding_sure:
            page.put(at, "encoding", file.encoding)
        else:
            page.ask(at, "encoding", "ask.encoding")
            page.offer(at, "encoding", file.encoding)
    if file.delimiter != ",":
        page.put(at, "delimiter", file.delimiter)


def _list_skipped(table: SeenTable) -> str | None:
    """Return the line that names the rows without data: some by number, some by what they say."""
    rows = [str(table.import_ids)] if table.import_ids else []
    rows += map(write_toml_value, table.totals)
    return f"skip = [{', '.join(rows)}]" if rows else None


def _write_empty(page: Page, at: str, sketch: Sketch, days: Sequence[SeenColumn]) -> None:
    if ends := list_open_ends(days):
        page.put(at, "empty", ends, page.words("tell.open_ends"))
    dashes = sum(c.answers.get("-", 0) for c in sketch.table.columns)
    if dashes:
        page.ask(at, "empty", "ask.dashes", count=dashes)
        page.offer(at, "empty", [*ends, "-"])


def _merge_shared(pages: Sequence[Page]) -> list[Page]:
    """Return pages with one page for each heading that may stand once."""
    merged: dict[object, Page] = {}
    for page in pages:
        key = page.heading if page.heading != "[[take]]" else page.take
        if key in merged and page.heading == "[units]":
            merged[key].get_lines("").extend(page.get_lines(""))
            merged[key].questions.extend(page.questions)
        else:
            merged.setdefault(key, page)
    return list(merged.values())


def _join_pages(words: DraftWords, files: Sequence[str], pages: Sequence[Page]) -> Draft:
    head = [
        *write_comment(words("intro.what", files=", ".join(files))),
        "#",
        *write_comment(words("intro.how")),
        *write_comment(words("intro.then")),
    ]
    lines = [*head, "", f"schema_version = {LANGUAGE_VERSION}"]
    lines += [line.rstrip() for page in pages for line in ("", *page.write())]
    questions = tuple(chain.from_iterable(page.questions for page in pages))
    return Draft("\n".join(lines) + "\n", questions)
