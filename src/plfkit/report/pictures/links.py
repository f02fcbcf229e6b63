"""Links between levels: contacts per ten staff on a level with the next one, as lines of three widths."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from attrs import frozen

from plfkit.goals.scorecard import Scorecard
from plfkit.model.results.result import Result
from plfkit.report.pictures.contacts import (
    LevelContacts,
    list_level_contacts,
    write_contact_count,
)
from plfkit.report.pictures.phrases import is_hidden
from plfkit.report.pictures.shapes import DASHES, DOTS, GREY, MIDDLE, draw_line
from plfkit.report.texts import Texts

_WIDTHS = (1.5, 4.0, 8.0)
_BOUNDS = (1.0, 5.0)
"""From how many contacts per ten staff on a line is wider, and wider still."""


@frozen(kw_only=True)
class LevelLink:
    """The link from a level to the next one.

    Attributes:
        words: How many contacts there are.
        step: The number of its width; None where there may be none.
        is_told: Whether anything is told of them.
        hidden: Whether they are not shown.
    """

    words: str
    step: int | None
    is_told: bool = False
    hidden: bool = False

    def draw_strokes(self, start: tuple[float, float], end: tuple[float, float]) -> str:
        """Draw the line: dashed where it is not shown, dotted where there may be none."""
        if self.step is None:
            dashes = DASHES if self.hidden else DOTS
            return draw_line(start, end, stroke=GREY, width=1.5, dashes=dashes)
        return draw_line(start, end, stroke=MIDDLE, width=_WIDTHS[self.step])


def list_level_links(
    result: Result | None, levels: list[str], card: Scorecard, texts: Texts
) -> Mapping[tuple[str, str], LevelLink]:
    """Return the links between levels that follow one another; none where no relation was asked about.

    Args:
        result: The density of ties between levels, of the scorecard's own period.
        levels: The levels, from the top.
        card: The scorecard.
        texts: The words.
    """
    if result is None:
        return {}
    pairs = {(pair.from_, pair.to): pair for pair in list_level_contacts(result, card)}
    asked = {f.from_ for f in result} | {f.to for f in result}
    return {
        (upper, lower): _build_link(pairs.get((upper, lower)), texts)
        for upper, lower in pairwise(level for level in levels if level in asked)
    }


def _build_link(pair: LevelContacts | None, texts: Texts) -> LevelLink:
    """Build a link whose width is what there is at least: »under 4« may be none."""
    if pair is None:
        # A level whose head count is not told has no contacts that could be told.
        return LevelLink(words=texts("pictures.not_shown"), step=None, hidden=True)
    least = 0.0 if pair.told is None else pair.told.lower
    step = sum(least >= bound for bound in _BOUNDS) if least > 0 else None
    return LevelLink(
        words=write_contact_count(pair, texts),
        step=step,
        is_told=pair.told is not None,
        hidden=is_hidden(pair.figure),
    )
