"""The template as a workbook to fill in: explained, with lists to choose from and example rows."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from attrs import frozen

from plfkit.errors import UnknownLanguageError
from plfkit.hints import LANGUAGES
from plfkit.model.records.schema import DATE
from plfkit.model.words.vocabulary import Vocabulary, load_core_vocabulary
from plfkit.sources.saving import save_file
from plfkit.sources.sheets import NOTE
from plfkit.sources.template.layout import (
    HIGHEST,
    LOWEST,
    PROFILE,
    SHORTEST,
    TemplateColumn,
    TemplateSheet,
    load_layout,
)
from plfkit.sources.xlsx import start_workbook

_ROWS = 5000
_LISTS_SHEET = f"{NOTE}lists"
_TYPED = {"share", "weeks", "scale"}
_TEMPLATE_COLUMN_WIDTH = 22


def write_blank_template(
    path: str | Path, *, language: str = "da", vocabulary: Vocabulary | None = None
) -> Path:
    """Write the workbook of the first week, for people to fill in.

    Args:
        path: The .xlsx file.
        language: ``"da"`` or ``"en"``.
        vocabulary: Whose kinds the lists offer; the core vocabulary if left out.

    Raises:
        UnknownLanguageError: There is no template in that language.
        MissingExtraError: XlsxWriter is not installed.
        StoreError: The file could not be written; what was there before still is.
    """
    if language not in LANGUAGES:
        raise UnknownLanguageError(
            f"there is no template in {language!r}: use {' or '.join(LANGUAGES)}"
        )
    data = io.BytesIO()
    with start_workbook(data) as book:
        _TemplateWriter(book, language, vocabulary or load_core_vocabulary()).write_sheets()
    return save_file(path, data.getvalue())


@frozen(eq=False)
class _TemplateWriter:
    """A template on its way into a workbook."""

    book: Any
    language: str
    vocabulary: Vocabulary

    def write_sheets(self) -> None:
        """Write all sheets: the guide, those to fill in, and the lists they choose from."""
        known = load_layout()
        self._write_guide()
        lists = self._write_lists()
        for sheet in known.sheets:
            self._write_template_sheet(sheet, lists)

    def _write_guide(self) -> None:
        known = load_layout()
        page = self.book.add_worksheet(known.guide[self.language])
        wrapped = self.book.add_format({"text_wrap": True, "valign": "top"})
        bold = self.book.add_format({"bold": True, "valign": "top"})
        page.set_column(0, 0, 26)
        page.set_column(1, 1, 96)
        row = 0
        for text in known.text:
            page.write_string(row, 1, text[self.language], wrapped)
            row += 1
        if self.vocabulary.profile is not None:
            page.write_string(row, 0, PROFILE, wrapped)
            page.write_string(row, 1, self.vocabulary.profile, wrapped)
            row += 1
        for sheet in known.sheets:
            row += 1
            page.write_string(row, 0, sheet.name[self.language], bold)
            page.write_string(row, 1, sheet.help[self.language], wrapped)
            for column in sheet.list_columns(self.vocabulary, known.scale):
                row += 1
                page.write_string(row, 0, column.name[self.language], wrapped)
                page.write_string(row, 1, column.help[self.language], wrapped)
            row += 1

    def _write_lists(self) -> Mapping[str, str]:
        """Write what cells are chosen from; return the range of each list."""
        page = self.book.add_worksheet(_LISTS_SHEET)
        page.hide()
        ranges = {}
        used = {column.cell for sheet in load_layout().sheets for column in sheet.columns}
        for number, section in enumerate(s for s in self.vocabulary.sections if s in used):
            labels = sorted(
                k.label[self.language] for k in self.vocabulary.section(section).values()
            )
            for row, label in enumerate(labels):
                page.write_string(row, number, label)
            letter = chr(ord("A") + number)
            ranges[section] = f"={_LISTS_SHEET}!${letter}$1:${letter}${max(len(labels), 1)}"
        for sheet in load_layout().sheets:
            ranges[sheet.id] = f"='{sheet.name[self.language]}'!$A$2:$A${_ROWS}"
        return ranges

    def _write_template_sheet(self, sheet: TemplateSheet, lists: Mapping[str, str]) -> None:
        page = self.book.add_worksheet(sheet.name[self.language])
        page.freeze_panes(1, 0)
        look = {"bold": True, "text_wrap": True, "valign": "top", "border": 1}
        header = self.book.add_format({**look, "bg_color": "#E9EEED"})
        needed = self.book.add_format({**look, "bg_color": "#A9D5CC"})
        example = {"italic": True, "font_color": "#6B6B6B"}
        columns = sheet.list_columns(self.vocabulary, load_layout().scale)
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
            cells = zip(columns, texts[self.language], strict=True)
            for number, (column, cell) in enumerate(cells):
                self._write_example_cell(
                    page, (row, number), column, cell, self._add_cell_format(column, example)
                )

    def _add_cell_format(self, column: TemplateColumn, look: Mapping[str, Any]) -> Any:
        number = {"date": "yyyy-mm-dd"}.get(
            column.cell, "General" if column.cell in _TYPED else "@"
        )
        return self.book.add_format({**look, "num_format": number})

    def _write_example_cell(
        self, page: Any, at: tuple[int, int], column: TemplateColumn, cell: str, look: Any
    ) -> None:
        if column.cell in self.vocabulary.sections:
            kind = self.vocabulary.section(column.cell)[cell]
            page.write_string(*at, kind.label[self.language], look)
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
        if column.cell in lists:
            about = known.unusual[self.language]
            return {
                "validate": "list",
                "source": lists[column.cell],
                "error_type": "warning",
                "error_message": about,
            }
        words: Sequence[str] = (known.yes[self.language], known.no[self.language])
        rules: dict[str, dict[str, Any]] = {
            "flag": {"validate": "list", "source": list(words)},
            "register": {"validate": "list", "source": self._list_registers()},
            "share": {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": 1},
            "weeks": {"validate": "decimal", "criteria": ">=", "value": SHORTEST},
            "scale": {
                "validate": "integer",
                "criteria": "between",
                "minimum": LOWEST,
                "maximum": HIGHEST,
            },
            "date": {"validate": "date", "criteria": ">=", "value": DATE.decode("1900-01-01")},
        }
        return rules.get(column.cell)

    def _list_registers(self) -> list[str]:
        return [label[self.language] for label in load_layout().registers.values()]
