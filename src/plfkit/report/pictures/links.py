"""Links between levels: contacts of ten people on a level with the next one, as lines of three widths."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from attrs import frozen

from plfkit.goals.scorecard import Scorecard
from plfkit.model.results.result import Result
from plfkit.model.words.reasons import Reason
from plfkit.report.pictures import phrases
from plfkit.report.pictures.contacts import list_level_contacts, say_contact_count
from plfkit.report.pictures.shapes import DOTS, GREY, MIDDLE, draw_line
from plfkit.report.texts import Texts

_WIDTHS = (1.5, 4.0, 8.0)
_BOUNDS = (1.0, 5.0)
"""From how many contacts of ten people on a line is wider, and wider still."""
_DASHES = "5 3"


@frozen(kw_only=True)
class LevelLink:
    """The link from a level to the next one.

    Attributes:
        words: How many contacts there are.
        step: The number of its width; None where no number is told.
        hidden: Whether it is not shown.
    """

    words: str
    step: int | None
    hidden: bool = False

    def draw_strokes(self, start: tuple[float, float], end: tuple[float, float]) -> str:
        """Draw the line: dashed where it is not shown, dotted where nothing is known."""
        if self.step is None:
            dashes = _DASHES if self.hidden else DOTS
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
    pairs = {(pair.from_, pair.to): pair.figure for pair in list_level_contacts(result, card)}
    links = {}
    for upper, lower in pairwise(levels):
        figure = pairs.get((upper, lower))
        if figure is None or not phrases.list_numbers(figure):
            # A level whose head count is not told has no contacts that could be told.
            hidden = figure is None or figure.reason == Reason.WITHHELD
            words = texts("pictures.not_shown" if hidden else "pictures.unknown")
            links[upper, lower] = LevelLink(words=words, step=None, hidden=hidden)
            continue
        most = figure.value if figure.value is not None else figure.upper or 0.0
        step = sum(most >= bound for bound in _BOUNDS)
        links[upper, lower] = LevelLink(words=say_contact_count(figure, texts), step=step)
    return links
