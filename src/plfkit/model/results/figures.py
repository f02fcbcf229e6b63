"""Figures: a long table of them, one row each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from plfkit.hints import Language
from plfkit.model.records import schema
from plfkit.model.records.tables import Column, Table
from plfkit.model.words.kinds import Label

FIGURE_KEYS = ("part", "id", "from", "to", "figure")
NAMED_KEYS = ("part", "from", "to", "figure")
"""Those that are about groups, which readers have names for; persons have none here."""


SHARE_COUNTS = ("numerator", "denominator")


ON_REQUEST = (
    *("interval_lower", "interval_upper", "expected", "sd", "z", "t"),
    *("p_greater", "p_less", "p_value", "p_adjusted", "before", "after"),
)
"""Columns that stand only where they were asked for."""


@frozen
class Figure:
    """One figure of a result: what it is about, its value, its range, and why it may be missing.

    Attributes:
        part: The group of `by=` it was computed in.
        id: The person it is about.
        from_: The group that ties run from.
        to: The group that ties run to.
        figure: Which figure, for measures that have several.
        value: The figure.
        lower: The least it could be, had all been observed.
        upper: The most it could be, had all been observed.
        numerator: The count above the line of a share.
        denominator: The count below the line of a share.
        n: How many people it rests on; without it, no figure of participation or answers leaves.
        observed: Share of what it needs that was observed.
        response_rate: Share of those asked who answered.
        reason: Why there is no value, or that the range is known and not told.
        interval_lower: The lower end of its 95 % interval.
        interval_upper: The upper end of its 95 % interval.
        expected: What chance alone gives.
        sd: The standard deviation of what chance gives.
        z: How many of these it lies above what chance gives.
        t: A coefficient over its standard error.
        p_greater: How often chance gives as much or more.
        p_less: How often chance gives as little or less.
        p_value: How often chance is as far out, on either side.
        p_adjusted: The same, corrected for several figures.
        before: What it was before, where the figure is a change.
        after: What it was afterwards.
    """

    part: str | None = schema.declare_label("The group of `by=` it was computed in.")
    id: str | None = schema.declare_label("The person it is about.")
    from_: str | None = schema.declare_label("The group that ties run from.")
    to: str | None = schema.declare_label("The group that ties run to.")
    figure: str | None = schema.declare_label("Which figure, for measures that have several.")
    value: float | None = schema.declare_number("The figure.")
    lower: float | None = schema.declare_number("The least it could be, had all been observed.")
    upper: float | None = schema.declare_number("The most it could be, had all been observed.")
    numerator: float | None = schema.declare_number("The count above the line of a share.")
    denominator: float | None = schema.declare_number("The count below the line of a share.")
    n: int | None = schema.declare_integer(
        "How many people it rests on; without it, no figure of participation or answers leaves."
    )
    observed: float | None = schema.declare_number("Share of what it needs that was observed.")
    response_rate: float | None = schema.declare_number("Share of those asked who answered.")
    reason: str | None = schema.declare_label(
        "Why there is no value, or that the range is known and not told."
    )
    interval_lower: float | None = schema.declare_number("The lower end of its 95 % interval.")
    interval_upper: float | None = schema.declare_number("The upper end of its 95 % interval.")
    expected: float | None = schema.declare_number("What chance alone gives.")
    sd: float | None = schema.declare_number("The standard deviation of what chance gives.")
    z: float | None = schema.declare_number("How many of these it lies above what chance gives.")
    t: float | None = schema.declare_number("A coefficient over its standard error.")
    p_greater: float | None = schema.declare_number("How often chance gives as much or more.")
    p_less: float | None = schema.declare_number("How often chance gives as little or less.")
    p_value: float | None = schema.declare_number("How often chance is as far out, on either side.")
    p_adjusted: float | None = schema.declare_number("The same, corrected for several figures.")
    before: float | None = schema.declare_number(
        "What it was before, where the figure is a change."
    )
    after: float | None = schema.declare_number("What it was afterwards.")


@frozen
class NamedFigure(Figure):
    """A figure, and what readers call the groups that it is about."""

    part_name: str | None = schema.declare_text("What readers call the group in `part`.")
    from_name: str | None = schema.declare_text("What readers call the group in `from`.")
    to_name: str | None = schema.declare_text("What readers call the group in `to`.")
    figure_name: str | None = schema.declare_text(
        "What readers call the figure, where it is a group's."
    )


def add_group_names(
    table: Table[Figure], names: Mapping[str, Label], language: Language
) -> Table[NamedFigure]:
    """Return figures with what readers call their groups.

    Args:
        table: The figures.
        names: What readers call the groups, by id.
        language: In which language.
    """
    told = {id_: label[language] for id_, label in names.items()}
    columns = {f"{key}_name": table.column(key).relabel_known_texts(told) for key in NAMED_KEYS}
    return Table.from_columns(NamedFigure, {**table.columns, **columns}, len(table))


def build_figures(length: int, **columns: Cells | None) -> Table[Figure]:
    """Build the long table of a result from arrays, codes or lists; NaN and None are missing.

    Args:
        length: How many rows.
        columns: Cells by column; `from_` stands for ``from``. Those left out are missing.
    """
    built: dict[str, Column] = {}
    same: dict[tuple[int, str], Column] = {}
    for name, cells in columns.items():
        if cells is not None:
            header = "from" if name == "from_" else name
            codec = schema.find_column_spec(Figure, header).codec
            # Where everybody answered, value and range are one array, and one column.
            alike = id(cells), codec.dtype
            if alike not in same:
                same[alike] = _build_figure_column(codec, cells)
            built[header] = same[alike]
    return Table.from_columns(Figure, built, length)


def replace_column(table: Table[Figure], name: str, cells: NDArray[Any]) -> Table[Figure]:
    """Return figures with one column replaced; NaN is missing."""
    column = _build_figure_column(schema.find_column_spec(Figure, name).codec, cells)
    return Table.from_columns(Figure, {**table.columns, name: column}, len(table))


@frozen(eq=False)
class CodedTexts:
    """Text as codes into distinct texts; −1 is missing.

    Attributes:
        codes: The code of each cell.
        texts: What they stand for.
        are_sorted: Whether the texts are the categories of a column, as the ids of people are: sorted,
            and each there once. Then they need not be sorted again.
    """

    codes: NDArray[np.int32]
    texts: Sequence[str]
    are_sorted: bool = False

    @classmethod
    def of_repeated(cls, texts: Sequence[str], *, each: int = 1, times: int = 1) -> CodedTexts:
        """Return texts, each so many times over, and all of them so many times."""
        codes = np.tile(np.repeat(np.arange(len(texts), dtype=np.int32), each), times)
        return cls(codes, texts)

    def replace_texts(self, texts: Sequence[str]) -> CodedTexts:
        """Return the same cells with other texts, some of which may be the same."""
        distinct = tuple(dict.fromkeys(texts))
        numbers = {text: number for number, text in enumerate(distinct)}
        # The last entry is for the code −1.
        codes = np.array([*(numbers[text] for text in texts), -1], np.int32)
        return CodedTexts(codes[self.codes], distinct)

    def take(self, rows: NDArray[Any]) -> CodedTexts:
        """Return some of the cells."""
        return CodedTexts(self.codes[rows], self.texts, self.are_sorted)

    def __len__(self) -> int:
        return len(self.codes)


def code_texts(cells: CodedTexts | Sequence[str | None]) -> CodedTexts:
    """Return plain texts as codes, None being missing; coded ones as they are."""
    if isinstance(cells, CodedTexts):
        return cells
    texts = tuple(dict.fromkeys(cell for cell in cells if cell is not None))
    numbers = {None: -1} | {text: number for number, text in enumerate(texts)}
    return CodedTexts(np.array([numbers[cell] for cell in cells], np.int32), texts)


Cells = NDArray[Any] | CodedTexts | Sequence[Any]
"""Cells of a column: numbers, NaN being missing; coded text; or plain values, None being missing."""


def list_plain_cells(cells: Cells) -> list[Any]:
    """Return cells as plain values; NaN is left to whoever builds the table."""
    if isinstance(cells, CodedTexts):
        texts = (*cells.texts, None)
        return [texts[code] for code in cells.codes.tolist()]
    return cells.tolist() if isinstance(cells, np.ndarray) else list(cells)


def stack_cells(columns: Sequence[Cells | None], lengths: Sequence[int]) -> Cells:
    """Return the cells of one column in several tables, below each other; None is a column they lack.

    Texts stay codes: those of two tables, 0 1 of (a, b) and 0 of (b), become 0 1 1 of (a, b).
    """
    known = [cells for cells in columns if cells is not None]
    if all(isinstance(cells, np.ndarray) and cells.dtype.kind in "fiu" for cells in known):
        blanks = (np.full(length, np.nan) for length in lengths)
        pairs = zip(columns, blanks, strict=True)
        return np.concatenate([blank if cells is None else cells for cells, blank in pairs])
    coded = [
        code_texts([None] * length if cells is None else cells)  # type: ignore[arg-type]
        for cells, length in zip(columns, lengths, strict=True)
    ]
    first = coded[0]
    if all(one.texts is first.texts for one in coded):  # as the ids of people are
        codes = np.concatenate([one.codes for one in coded])
        return CodedTexts(codes, first.texts, first.are_sorted)
    texts = {text: None for one in coded for text in one.texts}
    numbers = {text: number for number, text in enumerate(texts)}
    renumbered = [
        np.array([*(numbers[text] for text in one.texts), -1], np.int32)[one.codes] for one in coded
    ]
    return CodedTexts(np.concatenate(renumbered), tuple(texts))


def take_rows(columns: Mapping[str, Cells], rows: NDArray[Any]) -> dict[str, Cells]:
    """Return some rows of a table of cells."""
    return {
        name: (cells if isinstance(cells, np.ndarray) else code_texts(cells)).take(rows)
        for name, cells in columns.items()
    }


def _build_figure_column(codec: schema.Codec, cells: Cells) -> Column:
    if isinstance(cells, CodedTexts):
        build = Column.of_sorted_codes if cells.are_sorted else Column.of_codes
        return build(cells.codes, cells.texts)  # type: ignore[arg-type]
    if isinstance(cells, np.ndarray) and cells.dtype.kind in "fiu":
        return _build_number_column(codec, cells)
    if codec.is_text:
        # Mostly no figure has a reason for being missing: then there is nothing to code.
        return Column.of(codec, list(cells)) if any(cells) else Column.of_missing(codec, len(cells))
    plain = [None if isinstance(cell, float) and np.isnan(cell) else cell for cell in cells]
    return Column.of(codec, plain)


def _build_number_column(codec: schema.Codec, cells: NDArray[Any]) -> Column:
    """Build a column of numbers; what `repeat_number` gave stays one number."""
    if len(cells) > 1 and cells.strides == (0,):
        one = _build_number_column(codec, cells[:1])
        return Column(repeat_number(one.values, len(cells)), repeat_number(one.missing, len(cells)))
    missing = np.isnan(cells)
    known = np.where(missing, 0, cells) if missing.any() else cells
    return Column(known.astype(codec.dtype), missing)


def repeat_number(cell: NDArray[Any], length: int) -> NDArray[Any]:
    """Return the only cell of an array so many times over; in memory it stands once."""
    return np.broadcast_to(cell, (length,))
