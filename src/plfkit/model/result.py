"""Results: long tables of figures, with what they were computed from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from attrs import field, frozen
from numpy.typing import NDArray

from plfkit.errors import UndefinedFigureError
from plfkit.model import schema
from plfkit.model.declarations import FigureClass, Scale
from plfkit.model.frames import build_frame
from plfkit.model.kinds import Label
from plfkit.model.saying import say_result
from plfkit.model.tables import Column, Table

FIGURE_KEYS = ("part", "id", "from", "to", "figure")
SHARE_COUNTS = ("numerator", "denominator")
ON_REQUEST = (
    *("interval_lower", "interval_upper", "expected", "sd", "z", "t"),
    *("p_greater", "p_less", "p_value", "p_adjusted", "before", "after"),
)
"""Columns that stand only where they were asked for."""

CORRELATION = "correlation"
TOTAL = "total"
"""The ``figure`` that sums up a measure with several."""

OF_REGISTERED = "of_registered"
"""The range of what complete logs hold, where nobody knows what others lack."""


@frozen
class Figure:
    """One figure of a result: what it is about, its value, its range, and why it may be missing."""

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
    reason: str | None = schema.declare_label("Why there is no value.")
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


@frozen(kw_only=True)
class Result:
    """What a measure gives back: figures, and how they came about.

    Iterating gives `Figure` records; `item` gives the one number of a result that has only one.

    Attributes:
        figures: The long table.
        measure: The measure's name.
        figure_class: The rule of the gate that the figures fall under.
        scale: What the figures are: shares or counts.
        scales: What those figures are that stand beside the total and are no part of it, by their name.
        variant: Which definition was used, where several are in use.
        relation: The relation of the ties.
        groups: The grouping inside the formula.
        by: The grouping that gives a row each.
        at: The period, as text.
        reference_day: The day on which heads were counted, as text.
        n: How many people the whole computation rests on; None once the gate has hidden it.
        observed: The observed share of the whole; None if nobody recorded who was asked.
        range_kind: What `lower` and `upper` are: ``"exact"``, ``"outer_bound"``, ``"simulated"`` (what
            random completions span, no bound), ``"of_registered"`` (what could be of the meetings in
            complete logs, while others have gaps) or ``"unknown"``.
        missing: How unobserved ties entered the value; None where there are no ties.
        method: How values follow from those who answered, where some did not: ``"observed"`` among the
            pairs of which it was told, ``"answered"`` among those who answered, ``"paths"`` likewise,
            silent people on the way counting as often as those of their school who answered,
            ``"told"`` and ``"pairs"`` scaled up school by school from ties told and from pairs that
            were observed, ``"null"`` and ``"reconstruct"`` as `missing` says. None where nothing is
            unobserved, and where values are those that no answer could change.
        minimum_strength: From which strength on ties count; None for all.
        null: What chance held fixed; None if the figures were compared with nothing.
        draws: How many draws the figures rest on that rest on draws; None if none does.
        seed: The number that chance began with; None likewise.
        extreme: Whether figures rest on a maximum, which tells of single persons.
        counts_people: Whether numerators and denominators count people, or ties between them.
        label: What readers call the measure.
        relation_label: What they call the relation.
        several: How many people are in more than one group.
        sizes: How many people each group has that ties run between or to, by part and label.
        weight: How many times the counts of a share count the same pair of people.
        silent: The people who did not answer, where figures are about persons. They never leave.
        notes: What was left out or folded, by code and count.
        evidence: What the figures rest on beside people, by code and count.
        rests_on: The communities that bear the figures out, by their ids.
        needs: What would have to be filled in or registered for the figures to exist, or to be surer:
            native tables, and registrations of a kind of event as ``"registrations:data_meeting"``.
        questions: How the answers were asked for; figures of years that were asked otherwise cannot
            be compared.
        reference: Where the definition comes from.
    """

    figures: Table[Figure]
    measure: str
    figure_class: FigureClass
    scale: Scale = "share"
    scales: Mapping[str, Scale] = field(factory=dict)
    variant: str | None = None
    relation: str | None = None
    groups: str | None = None
    by: str | None = None
    at: str
    reference_day: str | None = None
    n: int | None
    observed: float | None
    range_kind: str = "exact"
    missing: str | None = None
    method: str | None = None
    minimum_strength: float | None = None
    null: str | None = None
    draws: int | None = None
    seed: int | None = None
    extreme: bool = False
    counts_people: bool = True
    label: Label | None = None
    relation_label: Label | None = None
    several: int | None = None
    sizes: Mapping[tuple[str | None, str], int] = field(factory=dict)
    weight: int = 1
    silent: frozenset[str] = field(default=frozenset(), repr=False)
    notes: Mapping[str, int] = field(factory=dict)
    evidence: Mapping[str, int] = field(factory=dict)
    rests_on: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    reference: str = ""

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the long table: keys as far as they apply, then all others."""
        return tuple(
            name
            for name, column in self.figures.columns.items()
            if name not in {*FIGURE_KEYS, *ON_REQUEST} or not column.missing.all()
        )

    def rows(self) -> list[dict[str, Any]]:
        """Return the figures as dicts of plain values; None where there is none."""
        cells = [self._list_cells(name) for name in self.columns]
        return [dict(zip(self.columns, row, strict=True)) for row in zip(*cells, strict=True)]

    def _list_cells(self, name: str) -> list[Any]:
        cells = self.figures.column(name).tolist()
        if name in SHARE_COUNTS:
            return [int(v) if v is not None and v.is_integer() else v for v in cells]
        return cells

    def item(self) -> float:
        """Return the one figure as a number.

        Raises:
            UndefinedFigureError: There are several figures, or the only one does not exist.
        """
        if len(self.figures) != 1:
            raise UndefinedFigureError(
                f"{self.measure} gave {len(self.figures)} figures: iterate over the result instead"
            )
        figure = self.figures[0]
        if figure.value is None:
            raise UndefinedFigureError(f"{self.measure} does not exist here: {figure.reason}")
        return figure.value

    def sentence(self, language: str = "da") -> str:
        """Say in one Danish or English sentence what the result shows, and how sure that is.

        It speaks of the figure that stands for the whole, or of how far several reach, and never of
        what brought them about.

        Args:
            language: ``"da"`` or ``"en"``.

        Raises:
            UnknownLanguageError: plfkit does not speak that language.
        """
        return say_result(self, language)

    @property
    def levels(self) -> tuple[Figure, ...]:
        """The shares whose difference the main figure is, where they stand beside it."""
        gap = self.scale == "points" and self.figure_class == "answers" and self.relation is None
        rows = [row for row in self if row.figure not in {None, TOTAL, CORRELATION}]
        return tuple(rows) if gap else ()

    @property
    def main(self) -> Figure | None:
        """The figure that stands for the whole: the only one, or the one that is the total."""
        rows = list(self.figures)
        if len(rows) > 1:
            rows = [row for row in rows if row.figure in {TOTAL, CORRELATION}]
        return rows[0] if len(rows) == 1 else None

    def scale_of(self, figure: Figure) -> Scale:
        """Return what one of the figures is."""
        return self.scales.get(figure.figure or "", self.scale)

    def to_frame(self, backend: str = "pandas") -> Any:
        """Return the long table as a data frame.

        Every frame has all columns of a `Figure`, each of one type, whatever the result holds: those of
        several measures, places and years can be put one below the other.

        Args:
            backend: ``"pandas"``, ``"polars"`` or ``"pyarrow"``.

        Raises:
            MeasureError: There is no such backend.
            MissingExtraError: The libraries are not installed.
        """
        return build_frame(self.figures, backend)

    def __iter__(self) -> Iterator[Figure]:
        return iter(self.figures)

    def __len__(self) -> int:
        return len(self.figures)


def build_figures(length: int, **columns: Cells | None) -> Table[Figure]:
    """Build the long table of a result from arrays, codes or lists; NaN and None are missing.

    Args:
        length: How many rows.
        columns: Cells by column; `from_` stands for ``from``. Those left out are missing.
    """
    built: dict[str, Column] = {}
    for name, cells in columns.items():
        if cells is not None:
            header = name.rstrip("_")
            built[header] = _build_figure_column(
                schema.find_column_spec(Figure, header).codec, cells
            )
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
    """

    codes: NDArray[np.int32]
    texts: Sequence[str]

    @classmethod
    def of_repeated(cls, texts: Sequence[str], *, each: int = 1, times: int = 1) -> CodedTexts:
        """Return texts, each so many times over, and all of them so many times."""
        codes = np.tile(np.repeat(np.arange(len(texts), dtype=np.int32), each), times)
        return cls(codes, texts)

    def __len__(self) -> int:
        return len(self.codes)


Cells = NDArray[Any] | CodedTexts | Sequence[Any]
"""Cells of a column: numbers, NaN being missing; coded text; or plain values, None being missing."""


def list_plain_cells(cells: Cells) -> list[Any]:
    """Return cells as plain values; NaN is left to whoever builds the table."""
    if isinstance(cells, CodedTexts):
        texts = (*cells.texts, None)
        return [texts[code] for code in cells.codes.tolist()]
    return cells.tolist() if isinstance(cells, np.ndarray) else list(cells)


def _build_figure_column(codec: schema.Codec, cells: Cells) -> Column:
    if isinstance(cells, CodedTexts):
        return Column.coded(cells.codes, cells.texts)
    if isinstance(cells, np.ndarray) and cells.dtype.kind in "fiu":
        missing = np.isnan(cells)
        return Column(np.where(missing, 0, cells).astype(codec.dtype), missing)
    if codec.is_text:
        # Mostly no figure has a reason for being missing: then there is nothing to code.
        return Column.of(codec, list(cells)) if any(cells) else Column.of_missing(codec, len(cells))
    plain = [None if isinstance(cell, float) and np.isnan(cell) else cell for cell in cells]
    return Column.of(codec, plain)
