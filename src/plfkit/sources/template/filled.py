"""The sheets of a filled-in template as cells by the ids of their columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from attrs import evolve, frozen

from plfkit.errors import Fault, Place
from plfkit.hints import LANGUAGES, Hint
from plfkit.model.words.core import FIVE_CHARACTERISTICS
from plfkit.model.words.titles import hint_at_word, normalise_title
from plfkit.model.words.vocabulary import Vocabulary, load_core_vocabulary
from plfkit.sources.about_sheet import ABOUT
from plfkit.sources.cells import RawTable
from plfkit.sources.descriptor import About
from plfkit.sources.dialects import Dialect
from plfkit.sources.grid import Grid
from plfkit.sources.limits import Limits
from plfkit.sources.sheets import NOTE, WorkbookSheet, lay_out_sheet
from plfkit.sources.template.layout import (
    TemplateColumn,
    TemplateSheet,
    load_layout,
    map_allowed_words,
)
from plfkit.sources.template.questions import TeamQuestion, list_questions


@frozen(eq=False)
class FilledTemplate:
    """A template in somebody's words.

    Attributes:
        language: The language of the template.
        about: What it says of itself.
        vocabulary: The kinds that rows may name.
        dialect: How numbers and dates are written that are stored as text; ends are last days.
        limits: How much is read.
    """

    language: str
    about: About
    vocabulary: Vocabulary
    dialect: Dialect
    limits: Limits

    @cached_property
    def questions(self) -> tuple[TeamQuestion, ...]:
        """What teams were asked, as it was when the template was handed out."""
        known = [name for name in self.about.frameworks if name in self._own_words.frameworks]
        return list_questions(self._own_words, known or (FIVE_CHARACTERISTICS,))

    @property
    def _own_words(self) -> Vocabulary:
        """The words that the template is written in; those it is read in if it does not say."""
        if self.about.vocabulary is not None:
            return self.about.vocabulary
        return load_core_vocabulary() if self.about.frameworks else self.vocabulary

    def find_other_questions(self) -> Iterator[Fault]:
        """Find frameworks of its profile that those in whose words it is to be read mean otherwise."""
        profile, known = self.about.profile, self.vocabulary.frameworks
        if profile is None or profile == self.vocabulary.profile:
            return
        own = {name: set(one.reversed) for name, one in self._own_words.frameworks.items()}
        for name in sorted({question.framework for question in self.questions}):
            if name not in known or set(known[name].reversed) != own[name]:
                hint = Hint("profile.name_it", profile=profile)
                yield Fault("other_profile", Place(ABOUT), hint)

    def check_sheet_names(self, sheets: Mapping[str, WorkbookSheet]) -> Iterator[Fault]:
        """Find sheets that the template does not have, and those it has that are missing."""
        known = [sheet.name[self.language] for sheet in load_layout().sheets]
        known.append(load_layout().guide[self.language])
        passed = {normalise_title(name) for name in (*known, ABOUT)}
        there = {normalise_title(name) for name in sheets}
        for name, sheet in sheets.items():
            if not sheet.is_blank and normalise_title(name) not in passed:
                near = hint_at_word(name, known) or Hint("near.sheets", names=tuple(known))
                hint = Hint("table.unknown_template_sheet", near=near, note=NOTE)
                yield Fault("unknown_table", Place(name), hint)
        employees = load_layout().find_sheet("employees").name[self.language]
        if normalise_title(employees) not in there:
            yield Fault("missing_table", Place(employees), Hint("table.needs_template_sheet"))

    def read_sheet_cells(
        self, sheet: TemplateSheet, sheets: Mapping[str, WorkbookSheet]
    ) -> RawTable:
        """Return the cells of one sheet by the ids of its columns."""
        wanted = normalise_title(sheet.name[self.language])
        found = next((s for n, s in sheets.items() if normalise_title(n) == wanted), None)
        if found is None or not (grid := lay_out_sheet(found, self.limits)).titles:
            return RawTable(file=sheet.name[self.language])
        columns = sheet.list_columns([question.column for question in self.questions])
        names = self._map_titles(columns)
        ids = [
            names.get(normalise_title(title)) or _number_title(sheet, title)
            for title in grid.titles
        ]
        if faults := list(self._list_title_faults(grid, ids, columns)):
            return RawTable(file=found.name, faults=[*faults, *grid.faults])
        cells = grid.to_raw_table(ids, numbers_are_ids=True)
        return evolve(cells, words=map_allowed_words(self.language))

    def _map_titles(self, columns: Sequence[TemplateColumn]) -> Mapping[str, str]:
        """Return the columns that titles mean: in the template's language, else in another."""
        others = [language for language in LANGUAGES if language != self.language]
        return {
            normalise_title(column.name[language]): column.id
            for language in (*others, self.language)
            for column in columns
        }

    def _list_title_faults(
        self, grid: Grid, ids: list[str], columns: Sequence[TemplateColumn]
    ) -> Iterator[Fault]:
        titles = [column.name[self.language] for column in columns]
        for number, (title, name) in enumerate(zip(grid.titles, ids, strict=True), 1):
            if not name:
                near = hint_at_word(title, titles)
                place = Place(grid.file, grid.row, title if near else grid.name_column(number))
                near = near or Hint("near.columns", names=tuple(titles))
                hint = Hint("column.unknown_in_sheet", near=near, note=NOTE)
                yield Fault("unknown_column", place, hint, title)
            elif name in ids[: number - 1]:
                place = Place(grid.file, grid.row, title)
                yield Fault("duplicate_column", place, Hint("column.repeated"))
        for column in columns:
            if column.required and column.id not in ids:
                place = Place(grid.file, grid.row, column.name[self.language])
                hint = Hint("column.missing_in_sheet", help=column.help)
                yield Fault("missing_column", place, hint)


def _number_title(sheet: TemplateSheet, title: str) -> str:
    """Return the column that a title means which has a higher number than the template's own."""
    *words, number = normalise_title(title).split(" ")
    for column in sheet.columns if number.isdecimal() else ():
        names = {normalise_title(column.name[language]) for language in LANGUAGES}
        if column.repeated and " ".join(words) in names:
            return column.add_number(int(number)).id
    return ""
