"""Results: long tables of figures, with what they were computed from."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from attrs import frozen

from plfkit.errors import UndefinedFigureError
from plfkit.hints import Language
from plfkit.model.declared.declarations import Scale
from plfkit.model.records.frames import Backend, build_frame
from plfkit.model.results.fields import ResultFields
from plfkit.model.results.figures import (
    FIGURE_KEYS,
    ON_REQUEST,
    SHARE_COUNTS,
    Figure,
    add_group_names,
)
from plfkit.model.results.saying import say_result
from plfkit.model.showing import (
    Display,
    Framed,
    SelfShowing,
    advise_on_figures,
    count_things,
    describe_release,
)


@frozen(kw_only=True, slots=False, repr=False)
class Result(Framed, SelfShowing, ResultFields):
    """What a measure gives back: figures, and how they came about; see `ResultFields` for what it holds.

    Iterating gives `Figure` records; `item` gives the one number of a result that has only one. It shows
    itself without its figures, which are shown once they are released.
    """

    _INNER: ClassVar[frozenset[str]] = frozenset(
        {"counts_people", "extreme", "facts", "levels", "main_row", "scale_of", "silent", "sizes"}
        | {"weight"}
    )

    def _describe_self(self) -> Display:
        release = describe_release(is_released=self.is_released)
        relation = self.relation if self.relation_label is None else self.relation_label.da
        asked = {"relation": relation, "groups": self.groups, "by": self.by}
        return Display(
            title=self.measure,
            facts=(self.at, count_things(len(self), "row"), release),
            head=("what", "which"),
            rows=[
                *([] if self.label is None else [("label", self.label.da)]),
                *((what, which) for what, which in asked.items() if which is not None),
                ("period", self.at),
                ("rows", len(self)),
            ],
            note=advise_on_figures("result", is_released=self.is_released),
        )

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
        names = self.columns
        cells = [self._list_cells(name) for name in names]
        return [dict(zip(names, row, strict=True)) for row in zip(*cells, strict=True)]

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

    def sentence(self, language: Language = "da") -> str:
        """Say in one Danish or English sentence what the result shows, and how sure that is.

        It speaks of the figure that stands for the whole, or of how far several reach, and never of
        what brought them about.

        Args:
            language: ``"da"`` or ``"en"``.

        Raises:
            UnknownLanguageError: plfkit does not speak that language.
        """
        return say_result(self, language)

    def scale_of(self, figure: Figure) -> Scale:
        """Return what one of the figures is."""
        return self.scales.get(figure.figure or "", self.scale)

    def to_frame(self, backend: Backend = "pandas", *, language: Language = "da") -> Any:
        """Return the long table as a data frame.

        Every frame has all columns of a `Figure`, and the names of groups behind them, each of one
        type, whatever the result holds: those of several measures, places and years can be put one
        below the other.

        Args:
            backend: ``"pandas"``, ``"polars"`` or ``"pyarrow"``.
            language: The language of names.

        Raises:
            MeasureError: There is no such backend.
            MissingExtraError: The libraries are not installed.
        """
        return build_frame(add_group_names(self.figures, self.names, language), backend)

    def __len__(self) -> int:
        return len(self.figures)


MeasureFunction = Callable[..., Result]
"""A measure: from a snapshot, or those of two years, and keywords to a result."""
