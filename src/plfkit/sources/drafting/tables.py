"""Where the tables of a sheet stand: titles, a second row of titles, rows without data, other tables."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise

from attrs import Factory, define, frozen

from plfkit.sources.drafting.columns import SeenColumn, find_shape
from plfkit.sources.drafting.knowing import is_total
from plfkit.sources.drafting.looking import Row, SeenSheet, has_cells
from plfkit.sources.importing.cutting import say_cell
from plfkit.sources.importing.titles import fold_word, match_title
from plfkit.sources.references import spell_column

_IMPORT_ID = '{"importid"'
_TITLES = {"text", "long"}
_MOST_WIDTH = 0.6  # how much of a table's width its titles fill, at least
_MANY_ROWS = 50
NumberedRow = tuple[int, Row]


@frozen
class SeenTable:
    """A table on a sheet.

    Attributes:
        header: The number of the row of titles.
        is_first: Whether no row above it says anything.
        titles: The titles.
        labels: The number of a second row of titles, and what it says.
        rows: The rows of data, with their numbers.
        totals: Rows that hold no data, by what their first filled cell says, else by number.
        import_ids: The number of a row of ids that a survey tool writes under the titles.
        until: The first row that no longer belongs to it, as a mapping names it.
        named: The row of titles, as a mapping names it.
        span: The first and the last of its columns, from 1, where others stand beside it.
    """

    header: int
    is_first: bool
    titles: tuple[str, ...]
    rows: tuple[NumberedRow, ...]
    labels: tuple[int, tuple[str, ...]] | None = None
    totals: tuple[str | int, ...] = ()
    import_ids: int | None = None
    until: str | int | None = None
    named: str | int = 1
    span: tuple[int, int] | None = None

    @cached_property
    def columns(self) -> tuple[SeenColumn, ...]:
        """Its columns that have a title or a cell."""
        second = self.labels[1] if self.labels else ()
        width = max(map(len, (self.titles, *(row for _, row in self.rows))))
        first, last = self.span or (1, width)
        columns = (
            SeenColumn(
                number=n,
                title=self.titles[n - 1] if n <= len(self.titles) else "",
                label=second[n - 1] if n <= len(second) else "",
                cells=tuple(row[n - 1] if n <= len(row) else None for _, row in self.rows),
            )
            for n in range(first, last + 1)
        )
        return tuple(column for column in columns if column.title or column.filled)

    @property
    def is_headless(self) -> bool:
        """Whether its first row is one like the others: it has numbers, and cells come again below."""
        return not _are_titles([t for t in self.titles if t]) and any(
            column.title in column.answers for column in self.columns if column.title
        )

    def name_cells(self) -> str | None:
        """Return its columns as a mapping names them: ``A:F``."""
        return None if self.span is None else ":".join(map(spell_column, self.span))


@define
class _Part:
    """Rows of a sheet from one row of titles to the next."""

    header: NumberedRow
    body: list[NumberedRow] = Factory(list)
    until: str | int | None = None


def find_tables(sheet: SeenSheet) -> list[SeenTable]:
    """Find the tables of a sheet, those below each other and those side by side."""
    rows = list(enumerate(sheet.rows, 1))
    found = []
    for part in _split_parts(rows):
        number, _ = part.header
        is_first = not any(has_cells(row) for n, row in rows if n < number)
        named = name_row(rows, number)
        spans = _find_table_spans(part)
        found += [_build_table(part, named, span, is_first=is_first) for span in spans]
    return found


def name_row(rows: Sequence[NumberedRow], number: int) -> str | int:
    """Return how a mapping names a row: by what it begins with if no row above does, else by number."""
    begins = _begin_row(next(row for n, row in rows if n == number))
    above = (row for n, row in rows if n < number and has_cells(row))
    is_clear = not any(fold_word(_begin_row(row)) == fold_word(begins) for row in above)
    return begins if is_clear and "*" not in begins else number


def _begin_row(row: Row) -> str:
    """Return what the first filled cell of a row says."""
    return say_cell(next(cell for cell in row if cell is not None))


def _build_table(
    part: _Part, named: str | int, span: tuple[int, int] | None, *, is_first: bool
) -> SeenTable:
    body = [(n, row) for n, row in part.body if has_cells(row)]
    labels, import_ids = _find_labels(body)
    body = [(n, row) for n, row in body if n not in {labels and labels[0], import_ids}]
    totals, data = _split_totals(body)
    return SeenTable(
        header=part.header[0],
        is_first=is_first,
        titles=tuple(map(say_cell, part.header[1])),
        named=named,
        labels=labels,
        rows=tuple(data),
        totals=totals,
        import_ids=import_ids,
        until=part.until,
        span=span,
    )


def _split_parts(rows: Sequence[NumberedRow]) -> Iterator[_Part]:
    """Yield the rows of each table; a new one begins below a blank row, with titles."""
    start = _find_title_row(rows)
    while start is not None:
        part = _Part(rows[start])
        stop = _find_next_start(rows, start)
        part.body = list(rows[start + 1 : stop])
        if stop is not None:
            part.until = name_row(rows[start + 1 :], rows[stop][0])
        yield part
        below = None if stop is None else _find_title_row(rows[stop:])
        start = None if below is None or stop is None else stop + below


def _find_title_row(rows: Sequence[NumberedRow]) -> int | None:
    """Find the row of titles: texts, each once, across most of the width of the rows below."""
    widths = [sum(cell is not None for cell in row) for _, row in rows]
    narrowest = min(2, max(widths, default=0))  # a line of one cell is a title of the whole
    for at, (_, row) in enumerate(rows):
        below = _measure_block(widths, at)
        if widths[at] >= max(below * _MOST_WIDTH, narrowest) and _are_titles(row):
            return at
    return next((at for at, width in enumerate(widths) if width), None)


def _measure_block(widths: Sequence[int], at: int) -> int:
    """Return how wide the rows below a row are, up to the next gap; two rows tell of a gap above."""
    block: list[int] = []
    for width in widths[at + 1 :]:
        if not width and len(block) > 0:
            break
        if width:
            block.append(width)
        if len(block) >= _MANY_ROWS:  # a table does not change its width further down
            break
    return max(block, default=0)


def _are_titles(row: Row) -> bool:
    """Tell whether the cells of a row may be titles: texts that are no numbers."""
    texts = [cell for cell in row if cell is not None]
    return bool(texts) and all(isinstance(c, str) and find_shape(c) in _TITLES for c in texts)


def _find_next_start(rows: Sequence[NumberedRow], start: int) -> int | None:
    """Find where the next table begins: below a blank row, titles or a line above titles."""
    for at in range(start + 2, len(rows) - 1):
        is_below_gap = not has_cells(rows[at - 1][1]) and has_cells(rows[at][1])
        is_repeated = rows[at][1] == rows[start][1]  # a header that comes again is none
        if is_below_gap and not is_repeated and _is_table_start(rows, at):
            return at
    return None


def _is_table_start(rows: Sequence[NumberedRow], at: int) -> bool:
    """Tell whether a table begins at a row: titles that are not those of data, and rows below."""
    row = rows[at][1]
    filled = sum(cell is not None for cell in row)
    if is_total(_begin_row(row)):
        return False
    if filled == 1:  # a line above titles
        below = rows[at + 1][1]
        return (
            sum(c is not None for c in below) > 1
            and _are_titles(below)
            and _is_unlike_below(rows, at + 1)
        )
    return filled > 1 and _are_titles(row) and _is_unlike_below(rows, at)


def _is_unlike_below(rows: Sequence[NumberedRow], at: int) -> bool:
    """Tell whether titles are of another sort than what stands below them: numbers, days, marks."""
    below = rows[at + 1][1] if at + 1 < len(rows) else ()
    return any(cell is not None and not _are_titles([cell]) for cell in below)


def _find_labels(
    body: Sequence[NumberedRow],
) -> tuple[tuple[int, tuple[str, ...]] | None, int | None]:
    """Find a second row of titles, which a row of import ids below it proves."""
    for (number, row), (below, ids) in pairwise(body[:2]):
        filled = [say_cell(cell) for cell in ids if cell is not None]
        if filled and all(text.lower().startswith(_IMPORT_ID) for text in filled):
            return (number, tuple(map(say_cell, row))), below
    return None, None


def _split_totals(
    body: Sequence[NumberedRow],
) -> tuple[tuple[str | int, ...], list[NumberedRow]]:
    """Part rows of totals from rows of data: they begin with a word for it, and are thinner."""
    filled = Counter(n for _, row in body for n, cell in enumerate(row) if cell is not None)
    usual = {n for n, count in filled.items() if count * 2 >= len(body)}
    totals, data = list[NumberedRow](), list[NumberedRow]()
    for number, row in body:
        is_thin = any(n >= len(row) or row[n] is None for n in usual)
        (totals if is_total(_begin_row(row)) and is_thin else data).append((number, row))
    names = dict.fromkeys(_name_total(_begin_row(row)) for _, row in totals)
    starts = {fold_word(_begin_row(row)) for _, row in data}
    # A name that fits a row of data too would leave that out: then the rows are named by number.
    is_clear = not any(match_title(s, fold_word(n)) is not None for n in names for s in starts)
    return tuple(names) if is_clear else tuple(number for number, _ in totals), data


def _name_total(text: str) -> str:
    """Return how a row of totals is named: without its numbers, which differ next year."""
    words = re.split(r"\d", text, maxsplit=1)
    return text if len(words) == 1 else f"{words[0].strip()}*"


def _find_table_spans(part: _Part) -> list[tuple[int, int] | None]:
    """Find the columns of tables side by side: blank columns part them, and titles come again."""
    header = part.header[1]
    width = max(len(header), *(len(row) for _, row in part.body), 1) if part.body else len(header)
    filled = {
        n for _, row in (part.header, *part.body) for n, c in enumerate(row, 1) if c is not None
    }
    groups: list[list[int]] = []
    for n in range(1, width + 1):
        if n in filled and n - 1 in filled and groups:
            groups[-1].append(n)
        elif n in filled:
            groups.append([n])
    titles = [{say_cell(header[n - 1]) for n in group if n <= len(header)} for group in groups]
    repeated = any(a & b for i, a in enumerate(titles) for b in titles[i + 1 :])
    return [(g[0], g[-1]) for g in groups] if len(groups) > 1 and repeated else [None]
