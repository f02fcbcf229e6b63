"""A profile's own sections of the page: written from what may be told, checked, or left out.

What a profile brings is somebody else's code. It sees plain values that have passed the gate, and what
it returns is taken apart here and made anew of plain values, so that all rules are checked again, of a
copy that nobody else holds: the page gets released figures, words and kinds of pictures, and writes them
itself. A section that does anything else is left out. The page says whose it was and why in words of its
own; what the function said goes to whoever runs it.
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Callable, Iterator, Mapping
from queue import Empty, SimpleQueue
from threading import Thread
from types import MappingProxyType
from typing import TypeVar

from attrs import frozen

from plfkit.disclosure import Released
from plfkit.errors import DisclosureError, SectionWarning, say_error, show_plainly
from plfkit.goals.scorecard import IndicatorOutcome, Scorecard
from plfkit.hints import Hint, quote_word
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
from plfkit.model.words.titles import hint_at_word

_log = logging.getLogger("plfkit.report")
SECONDS = 10.0
"""How long a section may take to write."""
_LONGEST_NAME = 100
_LONGEST_OWN = 1_000
_PROFILE = Label("profilen", "the profile")
"""Whose a section is that no installed distribution brings."""
_Kind = TypeVar("_Kind")

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
class LeftOutSection:
    """A section that is not shown.

    Attributes:
        told: What the page says: whose it is, and why in words that are always the same.
        why: What its author is to know: what it is called, what went wrong, and what to do. It may say
            anything, and is not for the page.
    """

    told: Hint
    why: Hint


@frozen
class OwnSections:
    """What became of a profile's own sections.

    Attributes:
        sections: Those to show.
        left_out: What became of each other one.
    """

    sections: tuple[CheckedSection, ...] = ()
    left_out: tuple[LeftOutSection, ...] = ()


class _LeftOutError(Exception):
    """A section cannot be shown; its one argument is the hint that says why to its author."""


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
            plain = _make_plain_section(_write_in_time(brought, context, seconds))
            sections.append(_check_section(plain, outcomes))
        except _LeftOutError as error:
            left_out.append(_explain_left_out(brought, error.args[0]))
            _log.warning("a section is left out: %s", left_out[-1].told)
            warnings.warn(str(left_out[-1].why), SectionWarning, stacklevel=2)
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


def _write_in_time(brought: BroughtSection, context: SectionContext, seconds: float) -> object:
    """Let a function write its section; one that hangs is not waited for."""
    written: SimpleQueue[tuple[object, Hint | None]] = SimpleQueue()

    def write() -> None:
        try:
            written.put((brought.write(context), None))
        except BaseException as error:  # noqa: BLE001 - whatever it raises, its section is left out
            written.put((None, Hint("sections.fails", error=say_error(error))))

    Thread(target=write, daemon=True).start()
    try:
        found, failure = written.get(timeout=seconds)
    except Empty:
        raise _LeftOutError(Hint("sections.too_slow", seconds=seconds)) from None
    if failure is not None:
        raise _LeftOutError(failure)
    return found


def _make_plain_section(found: object) -> Section:
    """Make a section anew of plain values: one that was not made as sections are is checked here.

    The thread that wrote it may still hold it, so nothing of what was returned is used any further.
    """
    if type(found) is not Section:
        raise _LeftOutError(Hint("sections.no_section", given=type(found).__name__))
    try:
        return Section(
            _make_plain_label(found.title),
            [*map(_make_plain_part, _take_exact(tuple, found.parts))],
        )
    except Exception as error:  # noqa: BLE001 - somebody else's objects may fail in any way
        raise _LeftOutError(
            Hint("sections.not_allowed", error=say_error(error, longest=_LONGEST_OWN))
        ) from None


def _make_plain_part(part: object) -> SectionPart:
    if type(part) is Text:
        return Text(_make_plain_label(part.text))
    if type(part) is FigureRow:
        return FigureRow(_take_exact(str, part.indicator))
    picture = _take_exact(PictureOf, part)
    names = _take_exact(tuple, picture.indicators)
    return PictureOf(_take_exact(str, picture.kind), [_take_exact(str, name) for name in names])


def _make_plain_label(label: object) -> Label:
    told = _take_exact(Label, label)
    return Label(_take_exact(str, told.da), _take_exact(str, told.en))


def _take_exact(kind: type[_Kind], given: object) -> _Kind:
    """Return what was given if it is of a kind itself: of a subclass it may say of itself anything.

    Raises:
        TypeError: It is not.
    """
    if type(given) is not kind:
        raise TypeError(f"a section holds a plain {kind.__name__}, not {type(given).__name__}")
    return given


def _check_section(section: Section, outcomes: Outcomes) -> CheckedSection:
    names = [name for part in section.parts for name in _list_part_indicators(part)]
    for name in names:
        if name not in outcomes:
            near = hint_at_word(name, outcomes) or ""
            raise _LeftOutError(Hint("sections.no_indicator", name=quote_word(name), near=near))
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


def _explain_left_out(brought: BroughtSection, reason: Hint) -> LeftOutSection:
    _, _, key = reason.key.partition(".")
    owner = _PROFILE if brought.owner is None else brought.owner
    name = show_plainly(brought.name, _LONGEST_NAME)
    return LeftOutSection(
        told=Hint("sections.told_left_out", owner=owner, reason=Hint(f"sections.told_{key}")),
        why=Hint("sections.left_out", name=name, owner=owner, reason=reason),
    )
