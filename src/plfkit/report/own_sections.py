"""A profile's own sections of the page: written from what may be told, checked, or left out.

What a profile brings is somebody else's code. It sees plain values that have passed the gate, and what
it returns is taken apart here: the page gets released figures, words and kinds of pictures, and writes
them itself. A section that does anything else is left out, and the page says whose it was.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Mapping
from queue import Empty, SimpleQueue
from threading import Thread
from types import MappingProxyType

from attrs import frozen

from plfkit.disclosure import Released
from plfkit.errors import DisclosureError, SectionWarning, say_error, show_plainly
from plfkit.goals.scorecard import IndicatorOutcome, Scorecard
from plfkit.hints import Hint
from plfkit.model.declared.sections import (
    AT,
    BroughtSection,
    FigureRow,
    PictureOf,
    Section,
    SectionContext,
    SectionFigure,
    SectionPart,
    Text,
    fill_blanks,
)
from plfkit.model.words.kinds import Label
from plfkit.model.words.vocabulary import hint_at_word

SECONDS = 10.0
"""How long a section may take to write."""
_LONGEST_NAME = 100

Outcomes = Mapping[str, IndicatorOutcome]


@frozen
class CheckedText:
    """A paragraph of which each figure is one that is told.

    Attributes:
        text: Its words, with the ids of figures in braces.
        outcomes: The released indicators that stand in it, by id.
    """

    text: Label
    outcomes: Outcomes

    def fill(self, language: str, write: Callable[[IndicatorOutcome], str], *, at: str) -> str:
        """Return the paragraph as plain text, which the page escapes like any other.

        Args:
            language: ``"da"`` or ``"en"``.
            write: Writes a released figure as the page does, or that it is not shown.
            at: The period as the page writes it.
        """
        return fill_blanks(
            self.text[language], lambda name: at if name == AT else write(self.outcomes[name])
        )


@frozen
class CheckedFigure:
    """An indicator, for the page to show as it shows any.

    Attributes:
        outcome: The released indicator.
    """

    outcome: IndicatorOutcome


@frozen
class CheckedPicture:
    """A picture, for the page to draw.

    Attributes:
        kind: One of `plfkit.model.declared.sections.PICTURE_KINDS`.
        outcomes: The released indicators in it, in order.
    """

    kind: str
    outcomes: tuple[IndicatorOutcome, ...]


CheckedPart = CheckedText | CheckedFigure | CheckedPicture


@frozen
class CheckedSection:
    """A section of a profile's own that holds nothing but words and released figures.

    Attributes:
        title: Its heading: plain text without a number.
        parts: What it shows, in order.
    """

    title: Label
    parts: tuple[CheckedPart, ...]


@frozen
class OwnSections:
    """What became of a profile's own sections.

    Attributes:
        sections: Those to show.
        left_out: Of each other one: whose it is, why it is left out, and what to do.
    """

    sections: tuple[CheckedSection, ...] = ()
    left_out: tuple[Hint, ...] = ()


class _LeftOutError(Exception):
    """A section cannot be shown; its one argument is the hint that says why."""


def collect_own_sections(card: Released[Scorecard], *, seconds: float = SECONDS) -> OwnSections:
    """Let a profile's functions write their sections, and check what they wrote.

    Args:
        card: A scorecard that has passed the gate.
        seconds: How long each may take.

    Warns:
        SectionWarning: A section is left out.

    Raises:
        DisclosureError: The scorecard has not passed the gate.
    """
    if not isinstance(card, Released):
        raise DisclosureError(Hint("disclosure.not_released"))
    outcomes = {outcome.id: outcome for outcome in card.content.indicators}
    context = _build_section_context(card.content)
    sections, left_out = [], []
    for brought in card.content.sections:
        try:
            sections.append(_check_section(_write_in_time(brought, context, seconds), outcomes))
        except _LeftOutError as error:
            left_out.append(_explain_left_out(brought, error.args[0]))
            warnings.warn(str(left_out[-1]), SectionWarning, stacklevel=2)
    return OwnSections(tuple(sections), tuple(left_out))


def _build_section_context(card: Scorecard) -> SectionContext:
    figures = {outcome.id: _tell_section_figure(outcome) for outcome in card.indicators}
    return SectionContext(
        profile=card.profile, at=card.at, example=card.example, figures=MappingProxyType(figures)
    )


def _tell_section_figure(outcome: IndicatorOutcome) -> SectionFigure:
    """Return what is told of an indicator as plain values."""
    figure, change, verdict = outcome.figure, outcome.change, outcome.verdict
    return SectionFigure(
        label=outcome.indicator.label,
        value=None if figure is None else figure.value,
        lower=None if figure is None else figure.lower,
        upper=None if figure is None else figure.upper,
        verdict=None if verdict is None else str(verdict),
        change=None if change is None else change.value,
        change_lower=None if change is None else change.lower,
        change_upper=None if change is None else change.upper,
    )


def _write_in_time(brought: BroughtSection, context: SectionContext, seconds: float) -> Section:
    """Let a function write its section; one that hangs is not waited for."""
    written: SimpleQueue[object] = SimpleQueue()

    def write() -> None:
        try:
            written.put(brought.write(context))
        except BaseException as error:  # noqa: BLE001 - whatever it raises, its section is left out
            written.put(Hint("sections.fails", error=say_error(error)))

    Thread(target=write, daemon=True).start()
    try:
        found = written.get(timeout=seconds)
    except Empty:
        raise _LeftOutError(Hint("sections.too_slow", seconds=seconds)) from None
    if isinstance(found, Hint):
        raise _LeftOutError(found)
    if type(found) is not Section:
        raise _LeftOutError(Hint("sections.no_section", given=type(found).__name__))
    return found


def _check_section(section: Section, outcomes: Outcomes) -> CheckedSection:
    names = [name for part in section.parts for name in _list_part_indicators(part)]
    for name in names:
        if name not in outcomes:
            near = hint_at_word(name, outcomes) or ""
            raise _LeftOutError(Hint("sections.no_indicator", name=repr(name), near=near))
    return CheckedSection(section.title, tuple(_check_part(p, outcomes) for p in section.parts))


def _list_part_indicators(part: SectionPart) -> Iterator[str]:
    """Yield the ids of the indicators that a part names."""
    match part:
        case Text():
            yield from (name for name in part.blanks if name != AT)
        case FigureRow():
            yield part.indicator
        case PictureOf():
            yield from part.indicators


def _check_part(part: SectionPart, outcomes: Outcomes) -> CheckedPart:
    match part:
        case Text():
            named = {name: outcomes[name] for name in part.blanks if name != AT}
            return CheckedText(part.text, named)
        case FigureRow():
            return CheckedFigure(outcomes[part.indicator])
        case PictureOf():
            return CheckedPicture(part.kind, tuple(outcomes[name] for name in part.indicators))


def _explain_left_out(brought: BroughtSection, reason: Hint) -> Hint:
    name = show_plainly(brought.name, _LONGEST_NAME)
    return Hint("sections.left_out", name=name, owner=brought.owner, reason=reason)
