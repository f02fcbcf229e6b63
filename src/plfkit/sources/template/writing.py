"""The template as a workbook to fill in: explained, with lists to choose from and example rows."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import cycle
from pathlib import Path
from typing import Any

from attrs import frozen

from plfkit.errors import UnknownLanguageError
from plfkit.hints import LANGUAGES, Hint, Language, quote_word
from plfkit.model.records.schema import DATE
from plfkit.model.words.core import FIVE_CHARACTERISTICS
from plfkit.model.words.vocabulary import Vocabulary, load_core_vocabulary
from plfkit.sources.about_sheet import write_about_sheet
from plfkit.sources.descriptor import About
from plfkit.sources.saving import Target, save_file
from plfkit.sources.sheets import NOTE
from plfkit.sources.template.layout import (
    SHORTEST,
    TemplateColumn,
    TemplateSheet,
    load_layout,
)
from plfkit.sources.template.questions import TeamQuestion, list_questions
from plfkit.sources.xlsx import start_workbook

_ROWS = 5000
_LISTS_SHEET = f"{NOTE}lists"
_TYPED = {"share", "weeks", "scale", "room"}
_TEMPLATE_COLUMN_WIDTH = 22
_SHOWN_ANSWERS = ((2, 2, 1, 0, 2), (1, 2, 1, 1, 1))
"""What the two example teams answer, in turn: how many thirds up the scale."""


def write_blank_template(
    path: Target,
    *,
    language: Language = "da",
    vocabulary: Vocabulary | None = None,
    frameworks: Sequence[str] = (FIVE_CHARACTERISTICS,),
    profile: str | None = None,
) -> Path | None:
    """Write the workbook of the first week, for people to fill in.

    Args:
        path: The .xlsx file, or a stream of bytes.
        language: ``"da"`` or ``"en"``.
        vocabulary: Whose kinds the lists offer; the core vocabulary if left out.
        frameworks: The frameworks on which teams assess themselves.
        profile: The profile with which the workbook is to be read, if any.

    Raises:
        UnknownLanguageError: There is no template in that language.
        MissingExtraError: XlsxWriter is not installed.
        StoreError: The file could not be written; what was there before still is.
    """
    if language not in LANGUAGES:
        values = {"name": quote_word(language), "known": LANGUAGES}
        raise UnknownLanguageError(Hint("language.no_template", **values))
    words = vocabulary or load_core_vocabulary()
    questions = list_questions(words, frameworks)
    data = io.BytesIO()
    with start_workbook(data) as book:
        writer = _TemplateWriter(book, language, words, questions)
        writer.write_sheets(profile)
        own = None if words == load_core_vocabulary() else words
        about = About(profile=words.profile, vocabulary=own, frameworks=tuple(frameworks))
        write_about_sheet(book, about, book.add_format()).hide()
    return save_file(path, data.getvalue())


@frozen(eq=False)
class _TemplateWriter:
    """A template on its way into a workbook."""

    book: Any
    language: Language
    vocabulary: Vocabulary
    questions: Sequence[TeamQuestion]

    def write_sheets(self, profile: str | None) -> None:
        """Write all sheets: the guide, those to fill in, and the lists they choose from.

        Args:
            profile: The profile with which the workbook is to be read, if any.
        """
        known = load_layout()
        self._write_guide(profile)
        lists = self._write_lists()
        for sheet in known.sheets:
            self._write_template_sheet(sheet, lists)

    def _list_columns(
        self, sheet: TemplateSheet, *, repeating: bool = True
    ) -> tuple[TemplateColumn, ...]:
        questions = [question.column for question in self.questions]
        return sheet.list_columns(questions, repeating=repeating)

    def _write_guide(self, profile: str | None) -> None:
        known = load_layout()
        page = self.book.add_worksheet(known.guide[self.language])
        wrapped = self.book.add_format({"text_wrap": True, "valign": "top"})
        bold = self.book.add_format({"bold": True, "valign": "top"})
        page.set_column(0, 0, 26)
        page.set_column(1, 1, 96)
        row = 0
        for text in self._list_guide_texts(profile):
            page.write_string(row, 1, text, wrapped)
            row += 1
        for sheet in known.sheets:
            row += 1
            page.write_string(row, 0, sheet.name[self.language], bold)
            page.write_string(row, 1, sheet.help[self.language], wrapped)
            for column in self._list_columns(sheet, repeating=False):
                row += 1
                page.write_string(row, 0, column.name[self.language], wrapped)
                page.write_string(row, 1, column.help[self.language], wrapped)
            row += 1

    def _list_guide_texts(self, profile: str | None) -> Iterator[str]:
        known = load_layout()
        option = "" if profile is None else f" --profile {profile}"
        if self.vocabulary.profile is not None:
            yield known.profile[self.language].format(profile=self.vocabulary.profile)
        for text in known.text:
            yield text[self.language].format(profile=option)

    def _write_lists(self) -> Mapping[str, str]:
        """Write what cells are chosen from; return the range of each list."""
        page = self.book.add_worksheet(_LISTS_SHEET)
        page.hide()
        ranges = {}
        used = {column.cell for sheet in load_layout().sheets for column in sheet.columns}
        for number, section in enumerate(s for s in self.vocabulary.sections if s in used):
            words = self._list_choices(section)
            for row, word in enumerate(words):
                page.write_string(row, number, word)
            letter = chr(ord("A") + number)
            ranges[section] = f"={_LISTS_SHEET}!${letter}$1:${letter}${max(len(words), 1)}"
        for sheet in load_layout().sheets:
            ranges[sheet.id] = f"='{sheet.name[self.language]}'!$A$2:$A${_ROWS}"
        return ranges

    def _list_choices(self, section: str) -> list[str]:
        """Return the words of a section that may be chosen: of relations those that people report."""
        kinds = self.vocabulary.section(section)
        return sorted(
            self._word_kind(section, name)
            for name, kind in kinds.items()
            if getattr(kind, "is_reported", True)
        )

    def _word_kind(self, section: str, name: str) -> str:
        """Return the label of a kind; its id where others are called the same."""
        label = self.vocabulary.section(section)[name].label[self.language]
        return label if self.vocabulary.resolve(section, label) == name else name

    def _write_template_sheet(self, sheet: TemplateSheet, lists: Mapping[str, str]) -> None:
        page = self.book.add_worksheet(sheet.name[self.language])
        page.freeze_panes(1, 1)
        look = {"bold": True, "text_wrap": True, "valign": "top", "border": 1}
        header = self.book.add_format({**look, "bg_color": "#E9EEED"})
        needed = self.book.add_format({**look, "bg_color": "#A9D5CC"})
        example = {"italic": True, "font_color": "#6B6B6B"}
        columns = self._list_columns(sheet)
        for number, column in enumerate(columns):
            page.set_column(
                number, number, _TEMPLATE_COLUMN_WIDTH, self._add_cell_format(column, {})
            )
            title = column.name[self.language]
            page.write_string(0, number, title, needed if column.required else header)
            page.write_comment(0, number, column.help[self.language], {"x_scale": 2})
            if (rule := self._build_cell_rule(column, lists)) is not None:
                page.data_validation(1, number, _ROWS, number, rule)
        for row, texts in enumerate(sheet.examples, 1):
            answers = self._list_shown_answers(row) if sheet.asks else ()
            cells = zip(columns, (*texts[self.language], *answers), strict=True)
            for number, (column, cell) in enumerate(cells):
                self._write_example_cell(
                    page, (row, number), column, cell, self._add_cell_format(column, example)
                )

    def _list_shown_answers(self, row: int) -> Iterator[str]:
        """Yield what an example team answers to each question."""
        thirds = cycle(_SHOWN_ANSWERS[row - 1])
        for question, third in zip(self.questions, thirds, strict=False):
            scale = question.scale
            yield str(scale.lowest + round(third * (scale.highest - scale.lowest) / 3))

    def _add_cell_format(self, column: TemplateColumn, look: Mapping[str, Any]) -> Any:
        number = {"date": "yyyy-mm-dd"}.get(
            column.cell, "General" if column.cell in _TYPED else "@"
        )
        return self.book.add_format({**look, "num_format": number})

    def _write_example_cell(
        self, page: Any, at: tuple[int, int], column: TemplateColumn, cell: str, look: Any
    ) -> None:
        if column.cell in self.vocabulary.sections:
            page.write_string(*at, self._word_kind(column.cell, cell), look)
        elif column.cell == "register":
            page.write_string(*at, load_layout().registers[cell][self.language], look)
        elif not cell:
            page.write_blank(*at, None, look)
        elif column.cell == "date":
            page.write_datetime(*at, date.fromisoformat(cell), look)
        elif column.cell in _TYPED:
            page.write_number(*at, float(cell), look)
        else:
            page.write_string(*at, cell, look)

    def _build_cell_rule(
        self, column: TemplateColumn, lists: Mapping[str, str]
    ) -> dict[str, Any] | None:
        """Return how Excel checks a cell; a word that is not on a list is only asked about."""
        known = load_layout()
        if column.cell == "person":
            # A list to choose from; a name may be written instead, and nobody is asked about it.
            return {"validate": "list", "source": lists["employees"], "show_error": False}
        if column.cell in lists:
            return {
                "validate": "list",
                "source": lists[column.cell],
                "error_type": "warning",
                "error_message": known.unusual[self.language],
            }
        flags = [known.yes[self.language], known.no[self.language]]
        registers = [word[self.language] for word in known.registers.values()]
        scale = column.scale or known.scale
        rules: dict[str, dict[str, Any]] = {
            "flag": {"validate": "list", "source": flags},
            "register": {"validate": "list", "source": registers},
            "share": {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": 1},
            "weeks": {"validate": "decimal", "criteria": ">=", "value": SHORTEST},
            "room": {"validate": "integer", "criteria": ">=", "value": 1},
            "scale": {
                "validate": "integer",
                "criteria": "between",
                "minimum": scale.lowest,
                "maximum": scale.highest,
            },
            "date": {"validate": "date", "criteria": ">=", "value": DATE.decode("1900-01-01")},
        }
        return rules.get(column.cell)
