"""Listings: rows under columns, written so that people or programs read them.

Programs read plain CSV: columns have the names that JSON has, cells the words that JSON has, numbers
points. People read tables, workbooks and CSV for Excel: headings and closed words are in their language.
No cell is ever a formula.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from attrs import frozen

from plfkit.hints import Language
from plfkit.model.words.breaks import Break, Mismatch
from plfkit.model.words.closed import ClosedWord
from plfkit.model.words.figure_classes import FigureClass
from plfkit.model.words.kinds import Label
from plfkit.model.words.reasons import Reason
from plfkit.model.words.verdicts import ClaimVerdict, Verdict
from plfkit.model.words.wording import Wording

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # noqa: RUF001 - wide ones too
_MONTHS = "jan|feb|mar|apr|maj|may|jun|jul|aug|sep|okt|oct|nov|dec"
_REREAD = re.compile(
    r"0\d+|\d{16,}|\d+e[+-]?\d+|\d+[.,]\d+|\d{1,2}:\d\d(:\d\d)?"
    r"|\d{1,4}[-/](0?[1-9]|1[0-2])|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}"
    rf"|\d+[ ./-]{{0,2}}({_MONTHS})[a-z]*|({_MONTHS})[a-z]*[ ./-]{{0,2}}\d+",
    re.IGNORECASE | re.ASCII,
)
"""Texts that Excel takes for a number, a date or a time: 007, 1E5, 1.2, 2011/12, 3-4, maj 5."""
_WIDEST_COLUMN = 60
_BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
_CLOSED_WORDS: Mapping[str, tuple[type[ClosedWord], ...]] = {
    "verdict": (Verdict, ClaimVerdict, Reason),
    "reason": (Reason, Mismatch),
    "why": (Reason,),
    "class": (FigureClass,),
    "breaks": (Break,),
}
"""Which closed words stand in a column."""


@frozen
class Headings(Wording):
    """What columns, listings and the words in their cells are called."""

    package = "plfkit.report"
    file = "headings.toml"

    def get_name(self, section: str, key: str) -> str:
        """Return what something is called; a name that is somebody's own stands as it is."""
        texts = self.read_texts()[section]
        return self.label(texts[key]) if key in texts else key


@frozen
class NamedCode:
    """A word that programs know, with what readers are told in its place.

    Attributes:
        code: The word.
        label: What readers are told.
    """

    code: str
    label: Label


@frozen
class Listing:
    """Rows of plain values, each column with a name.

    Attributes:
        name: What the rows are, a key of ``listings`` in ``headings.toml``.
        columns: The names of the columns, as programs read them.
        rows: The cells: numbers, texts, closed words, labels, several of these, or None.
    """

    name: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Any]]

    @classmethod
    def of_records(cls, name: str, records: Sequence[Mapping[str, Any]], *columns: str) -> Listing:
        """Build a listing from dicts; a cell that one lacks is empty.

        Args:
            name: What the rows are.
            records: The rows.
            columns: The columns; those of the first row if left out.
        """
        chosen = columns or tuple(records[0] if records else ())
        return cls(name, chosen, [[row.get(column) for column in chosen] for row in records])

    def select_filled(self, *always: str) -> Listing:
        """Return the listing without columns in which nothing stands, but for some."""
        kept = [
            number
            for number, name in enumerate(self.columns)
            if name in always or any(row[number] is not None for row in self.rows)
        ]
        return Listing(
            self.name,
            [self.columns[number] for number in kept],
            [[row[number] for number in kept] for row in self.rows],
        )


def word_headings(listing: Listing, language: Language) -> list[str]:
    """Return the headings of a listing in a language."""
    headings = Headings.of(language)
    return [headings.get_name("columns", name) for name in listing.columns]


def word_rows(listing: Listing, language: Language) -> list[list[Any]]:
    """Return the rows with their words in a language; numbers stay numbers, None stays None."""
    return [
        [
            _word_cell(column, cell, language)
            for column, cell in zip(listing.columns, row, strict=True)
        ]
        for row in listing.rows
    ]


def _word_cell(column: str, cell: Any, language: Language) -> Any:
    """Return a cell in a language: closed words by their labels, several cells as one."""
    match cell:
        case bool():
            return Headings.of(language).get_name("answers", "yes" if cell else "no")
        case Label():
            return cell[language]
        case NamedCode():
            return cell.label[language]
        case tuple() | list():
            return ", ".join(str(_word_cell(column, one, language)) for one in cell) or None
        case str():
            return word_text(column, cell, language)
        case _:
            return cell


def word_text(column: str, text: str, language: Language) -> str:
    """Return what readers are told for a word of a closed list; another text as it stands."""
    known = (kind.find_word(text) for kind in _CLOSED_WORDS.get(column, ()))
    for word in known:
        if word is not None:
            return _drop_blanks(word.words[language])
    texts = Headings.read_texts()
    return Headings.of(language).get_name(column, text) if column in texts else text


def _drop_blanks(words: str) -> str:
    """Return a wording up to where numbers would be filled in, as in "more answered, {now} …"."""
    return words.partition("{")[0].rstrip(" ,")


def word_figure(value: float, language: Language) -> str:
    """Write a number with four digits, for reading."""
    text = f"{value:.4g}"
    return text.replace(".", ",") if language == "da" else text


def format_json(document: Any) -> str:
    """Write plain values as JSON, which knows no NaN."""
    return json.dumps(document, ensure_ascii=False, allow_nan=False, indent=2) + "\n"


def format_csv(listing: Listing, *, language: Language = "da", excel: bool = False) -> str:
    """Write a listing as CSV.

    Args:
        listing: The rows.
        language: The language of labels; for Excel that of all words.
        excel: Whether a Danish Excel opens it with a double click: semicolons, decimal commas, and the
            mark by which it knows UTF-8. Else commas and points, and the words that programs know.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";" if excel else ",", lineterminator="\n")
    if excel:
        buffer.write(_BYTE_ORDER_MARK)
        rows = [word_headings(listing, language), *word_rows(listing, language)]
        writer.writerows([_write_excel_cell(cell) for cell in row] for row in rows)
    else:
        plain = ([_write_plain_cell(cell, language) for cell in row] for row in listing.rows)
        writer.writerows([quote_formula(cell) for cell in row] for row in [listing.columns, *plain])
    return buffer.getvalue()


def _write_excel_cell(cell: Any) -> Any:
    """Return a cell as a Danish Excel reads it: a number with a comma, a text that stays as it is."""
    if isinstance(cell, float):
        return str(cell).replace(".", ",")
    taken = isinstance(cell, str) and _REREAD.fullmatch(cell.strip())
    return f"'{cell}" if taken else quote_formula(cell)


def _write_plain_cell(cell: Any, language: Language) -> Any:
    """Return a cell as programs read it: closed words are their own names."""
    match cell:
        case bool():
            return str(cell).lower()
        case Label():
            return cell[language]
        case NamedCode():
            return cell.code
        case tuple() | list():
            return ", ".join(str(_write_plain_cell(one, language)) for one in cell)
        case _:
            return cell


def quote_formula(cell: Any) -> Any:
    """Keep a spreadsheet from taking a text for a formula; numbers are none."""
    if not isinstance(cell, str):
        return cell
    # A lone carriage return is not quoted, and what stands after it would begin a row of its own.
    text = cell.replace("\r\n", "\n").replace("\r", "\n")
    return f"'{text}" if text.startswith(_FORMULA) else text


def build_workbook(listings: Iterable[Listing], *, language: Language = "da") -> bytes:
    """Return a workbook with a sheet for each listing; the same listings give the same bytes.

    Raises:
        MissingExtraError: XlsxWriter is not installed.
    """
    from plfkit.sources.xlsx import start_workbook  # noqa: PLC0415 - for workbooks only

    data = io.BytesIO()
    with start_workbook(data) as book:
        bold, plain = book.add_format({"bold": True}), book.add_format()
        for listing in listings:
            page = book.add_worksheet(Headings.of(language).get_name("listings", listing.name))
            rows = [word_headings(listing, language), *word_rows(listing, language)]
            _fill_sheet(page, rows, plain)
            page.set_row(0, None, bold)
            page.freeze_panes(1, 0)
    return data.getvalue()


def _fill_sheet(page: Any, rows: Sequence[Sequence[Any]], plain: Any) -> None:
    """Fill a sheet: numbers as numbers, all else as text, columns as wide as what they hold."""
    from plfkit.sources.xlsx import write_text_cell  # noqa: PLC0415 - the same

    for number, row in enumerate(rows):
        for place, cell in enumerate(row):
            if isinstance(cell, int | float):
                page.write_number(number, place, cell)
            elif cell is not None:
                write_text_cell(page, (number, place), str(cell), plain)
    for place, cells in enumerate(zip(*rows, strict=True)):
        longest = max(len(str(cell)) for cell in cells)
        page.set_column(place, place, min(_WIDEST_COLUMN, 2 + longest))
