"""What has passed the gate."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any, Generic, TypeVar

from attrs import frozen

from plfkit.disclosure.contents import describe_content, gather_figures
from plfkit.errors import DisclosureError
from plfkit.goals.comparing import Comparison
from plfkit.goals.figure_blocks import build_block_table
from plfkit.goals.scorecard import IndicatorOutcome, Scorecard
from plfkit.goals.tabling import TabledFigure, TabledResultFigure
from plfkit.hints import Hint, Language
from plfkit.model.caching import Caching
from plfkit.model.declared.declarations import PrivacyFloor
from plfkit.model.records.frames import Backend
from plfkit.model.results.result import Result
from plfkit.model.showing import Display, Framed, SelfShowing, count_things

Thing = Result | Scorecard | Comparison | IndicatorOutcome
"""What can be released."""
Content = TypeVar("Content", bound=Thing)
ALONE, WITH_LEDGER = "alone", "ledger"
"""Whether a publication was judged alone, or with all that a ledger holds."""


@frozen(repr=False, slots=False)
class Released(Caching, Framed, SelfShowing, Generic[Content]):
    """What has passed the gate together; only `release` makes these.

    Iterating gives each thing that was released.

    Attributes:
        contents: The things, with what may not be seen taken out.
        floor: The thresholds they passed.
        purpose: Why single persons are shown, where they are; else None.
        judged: ``"alone"``, or with the ``"ledger"`` of what was published before.
        small: How many figures are not told because they are of few people.
        others: How many are not told because they would tell of others.
        standing: How many stand as they were told before, of people some of whom have changed.
        figures: What is told of each figure, as plain values.
    """

    contents: tuple[Content, ...]
    floor: PrivacyFloor
    purpose: str | None = None
    judged: str = ALONE
    small: int = 0
    others: int = 0
    standing: int = 0
    figures: tuple[Mapping[str, Any], ...] = ()

    @cached_property  # Tab looks into it, and into no property
    def content(self) -> Content:
        """The one thing that was released.

        Raises:
            DisclosureError: Several were: iterate over them instead.
        """
        if len(self.contents) != 1:
            raise DisclosureError(Hint("disclosure.several_things", count=len(self.contents)))
        return self.contents[0]

    def __iter__(self) -> Iterator[Content]:
        return iter(self.contents)

    def to_frame(self, backend: Backend = "pandas", *, language: Language = "da") -> Any:
        """Return the figures of all that was released, a row each, as a data frame.

        It has the columns of `Scorecard.to_frame`, whatever was released; and where results were, also
        those of intervals, chance and change, as `Result.to_frame` has them.

        Args:
            backend: ``"pandas"``, ``"polars"`` or ``"pyarrow"``.
            language: The language of labels and names.

        Raises:
            MeasureError: There is no such backend.
            MissingExtraError: The libraries are not installed.
        """
        blocks = (block for content in self for block in gather_figures(content))
        tested = any(isinstance(one, Result) for one in self)
        row = TabledResultFigure if tested else TabledFigure
        return build_block_table(blocks, row, language).to_frame(backend)

    def _describe_self(self) -> Display:
        named = ", ".join(type(one).__name__ for one in self.contents)
        if self.purpose is not None:
            return Display(
                named, note="It tells of single persons: see it as a frame, by to_frame()."
            )
        judged = "judged alone" if self.judged == ALONE else "judged with a ledger"
        hidden = count_things(self.small + self.others, "figure")
        return Display(named, (judged, f"{hidden} not told"))

    def _repr_html_(self) -> str:
        shown = [] if self.purpose is not None else self.contents
        contents = (describe_content(one).write_html(type(one).__name__) for one in shown)
        return "".join([super()._repr_html_(), *contents])
