"""A draft of a mapping: what files say of themselves, and what they leave to a person."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from itertools import chain

from attrs import frozen

from plfkit.hints import Language
from plfkit.model.records.organisation import Organisation
from plfkit.model.showing import Display, SelfShowing, count_things
from plfkit.model.words.vocabulary import Vocabulary, load_core_vocabulary
from plfkit.model.written_formats import MAPPING_FORMAT
from plfkit.sources.drafting.edges import is_edge_list, plan_edges
from plfkit.sources.drafting.filing import write_file_form
from plfkit.sources.drafting.listing import list_columns
from plfkit.sources.drafting.looking import SeenFile, look_at_file
from plfkit.sources.drafting.meetings import is_meeting_list, plan_meetings
from plfkit.sources.drafting.nextstep import NextStep
from plfkit.sources.drafting.people import Acquaintance
from plfkit.sources.drafting.respondents import plan_respondents
from plfkit.sources.drafting.sketching import FrameworkUse, Sketch, is_titled
from plfkit.sources.drafting.staff import is_staff_list, plan_staff
from plfkit.sources.drafting.tables import SeenTable, find_tables
from plfkit.sources.drafting.writing import (
    DraftWords,
    Entry,
    Page,
    Question,
    clean_comment,
    write_comment,
)
from plfkit.sources.given import Given, read_given_file
from plfkit.sources.importing.take import TAKE_KINDS
from plfkit.sources.limits import Limits, fill_in_limits

_SHARED = "[common]"
_TAKE = "[[take]]"
_STAFF = Entry("kind", "staff", note="", is_sure=True)


@frozen(repr=False)
class Draft(SelfShowing):
    """A mapping that a person finishes.

    Attributes:
        questions: What is left to a person, in the order of the text.
        next_step: What is to be done when it is finished.
    """

    questions: tuple[Question, ...]
    next_step: NextStep
    _file_names: tuple[str, ...]
    _body_lines: tuple[str, ...]
    _words: DraftWords

    @property
    def text(self) -> str:
        """The mapping, in TOML: what the files prove stands, what they do not is commented out."""
        return "\n".join((*self._write_head(), *self._body_lines)) + "\n"

    @property
    def command(self) -> str:
        """The command that applies it when it is finished."""
        return self.next_step.write_command(self._words)

    def __str__(self) -> str:
        return self.text

    def _describe_self(self) -> Display:
        return Display(
            title=", ".join(self._file_names),
            facts=(count_things(len(self.questions), "question"),),
            head=("take", "key", "question"),
            rows=[(one.take, one.key, one.text) for one in self.questions],
            note="print(draft) shows the mapping; save its text, and answer the questions in it.",
        )

    def _write_head(self) -> list[str]:
        words = self._words
        return [
            *write_comment(words("intro.what", files=", ".join(self._file_names))),
            "#",
            *write_comment(words("intro.how")),
            *write_comment(words("intro.then", mapping=self.next_step.mapping)),
            f"#     {clean_comment(self.command)}",
        ]


@frozen
class _Place:
    """A table, and where it stands."""

    file: SeenFile
    sheet: str | None
    table: SeenTable

    @property
    def brings_people(self) -> bool:
        """Whether it says by which other id people are known: what is taken later then finds them."""
        columns = self.table.columns
        return all(any(is_titled(c, key) for c in columns) for key in ("also", "person"))


def build_draft(
    files: Sequence[Given],
    *,
    vocabulary: Vocabulary | None = None,
    organisation: Organisation | None = None,
    language: Language = "da",
    show_values: bool = False,
    limits: Limits | None = None,
    frameworks: FrameworkUse | None = None,
) -> Draft:
    """Look at files, and write a mapping for them.

    Args:
        files: Paths, bytes or streams.
        vocabulary: Whose words cells may be; the core's if left out.
        organisation: What the files will be added to; it tells which names are known.
        language: ``"da"`` or ``"en"``.
        show_values: Whether cells that may be personal are shown.
        limits: How much is read; generous if left out.
        frameworks: Which frameworks figures read; the five characteristics if left out.

    Raises:
        InvalidDataError: A file is neither text nor a workbook, or holds no table.
        LimitError: A file is too large.
        UnknownLanguageError: There are no drafts in that language.
    """
    words = DraftWords.of(language)
    limits = fill_in_limits(limits)
    seen = [look_at_file(read_given_file(file, limits), limits) for file in files]
    places = sorted(chain.from_iterable(map(_find_places, seen)), key=lambda p: not p.brings_people)
    people, known = Acquaintance.of(organisation), vocabulary or load_core_vocabulary()
    use = frameworks or FrameworkUse()
    sketches = [
        Sketch(place.table, people, organisation, known, words, show_values, use)
        for place in places
    ]
    pages = _plan_places(places, sketches, Page("[file]", words), are_several=len(seen) > 1)
    _explain_takes(words, pages)
    return Draft(
        questions=tuple(chain.from_iterable(page.questions for page in pages)),
        next_step=NextStep(
            files=tuple(map(_name_given_file, files, seen)),
            is_added=_needs_data(pages),
        ),
        file_names=tuple(file.name for file in seen),
        body_lines=tuple(_write_body(pages)),
        words=words,
    )


@frozen
class _Plan:
    """A table with the pages that are written of it."""

    place: _Place
    sketch: Sketch
    pages: list[Page]

    @property
    def takes(self) -> list[Page]:
        """The pages that are takes."""
        return [page for page in self.pages if page.heading == _TAKE]

    def give_to_takes(self) -> None:
        """Write into each take what they share: takes of other tables have no part in it."""
        for shared in [page for page in self.pages if page.heading == _SHARED]:
            for take in self.takes:
                take.join_page(shared)
            self.pages.remove(shared)


def _plan_places(
    places: Sequence[_Place], sketches: Sequence[Sketch], file_page: Page, *, are_several: bool
) -> list[Page]:
    """Write the pages of all tables: how the files are written first."""
    planned: list[_Plan] = []
    for place, sketch in zip(places, sketches, strict=True):
        first = 1 + sum(len(plan.takes) for plan in planned)
        planned.append(_Plan(place, sketch, _plan_table(sketch, first)))
    _write_file_pages(file_page, planned, are_several=are_several)
    return _merge_shared([file_page, *chain.from_iterable(plan.pages for plan in planned)])


def _write_file_pages(file_page: Page, planned: Sequence[_Plan], *, are_several: bool) -> None:
    """Write how the files are written: for all takes at once if they are of one table."""
    taken = [plan for plan in planned if plan.takes]
    if len(planned) == 1 or len(taken) == 1:
        (plan,) = taken or planned
        if are_several:
            file_page.put("", "name", plan.place.file.name)
        write_file_form(file_page, "", plan.place.file, plan.place.sheet, plan.sketch)
    for plan in planned:
        if not plan.takes and len(planned) > 1:
            _describe_table(file_page, plan.place, plan.sketch)
        elif len(taken) > 1:
            _write_file_of_takes(plan, are_several=are_several)
            plan.give_to_takes()
    if not taken:
        file_page.ask("", "take", "ask.no_take")


def _find_places(file: SeenFile) -> list[_Place]:
    tables = [(sheet.name, table) for sheet in file.sheets for table in find_tables(sheet)]
    return [_Place(file, name, table) for name, table in tables]


def _plan_table(sketch: Sketch, take: int) -> list[Page]:
    """Write the takes of a table, by what it seems to be."""
    if sketch.table.is_headless or sketch.list_titled("alters"):
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
        again = page is not plan.takes[0]
        write_file_form(page, "file", plan.place.file, plan.place.sheet, plan.sketch, again=again)


def _merge_shared(pages: Sequence[Page]) -> list[Page]:
    """Return pages with one page for each heading that may stand once."""
    merged: dict[object, Page] = {}
    for page in pages:
        key = page.heading if page.heading != _TAKE else page.take
        if key in merged:
            merged[key].join_page(page)
        else:
            merged[key] = page
    return list(merged.values())


def _needs_data(pages: Sequence[Page]) -> bool:
    """Tell whether what is taken is about people, and none of it is a staff list that brings them."""
    takes = [page for page in pages if page.heading == _TAKE]
    return bool(takes) and not any(_STAFF in page.get_lines("") for page in takes)


def _explain_takes(words: DraftWords, pages: Sequence[Page]) -> None:
    """Explain beside the first take what a take is."""
    takes = [page for page in pages if page.heading == _TAKE]
    if takes:
        said = Page(_TAKE, words)
        said.say("", "tell.take")
        said.list_choices("", {kind: words(f"take_kind.{kind}") for kind in TAKE_KINDS})
        takes[0].get_lines("")[:0] = said.get_lines("")


def _write_body(pages: Sequence[Page]) -> Iterator[str]:
    yield from ("", f"schema_version = {MAPPING_FORMAT.version}")
    for page in pages:
        yield from ("", *(line.rstrip() for line in page.write()))


def _name_given_file(given: Given, file: SeenFile) -> str:
    """Return how a command names a file: by its path, if it has one."""
    return str(given) if isinstance(given, str | os.PathLike) else file.name
