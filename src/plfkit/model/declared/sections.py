"""Sections of a page that a profile brings itself: parts of few sorts, written from released figures.

A profile's function gets a `SectionContext` and returns a `Section`. Its texts hold no number of their
own: each stands as an indicator's id in braces, which the page fills with that figure as it may be told.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from attrs import field, frozen
from attrs.validators import deep_iterable, in_, instance_of, min_len

from plfkit.model.validators import find_hidden_letter
from plfkit.model.words.kinds import Label

AT = "at"
"""The blank that the page fills with the period."""
PICTURE_KINDS = ("figures", "trend")
"""Pictures that can be drawn of any indicators: their figures side by side, or year by year."""
_BLANK = re.compile(r"\{([^{}]+)\}")


def fill_blanks(text: str, write: Callable[[str], str]) -> str:
    """Return a text with each blank filled in.

    Args:
        text: A text of a section, in one language.
        write: Writes what stands for the name in a blank.
    """
    return _BLANK.sub(lambda found: write(found[1]), text)


def _check_texts(_instance: object, attribute: Any, value: Label) -> None:
    """Refuse a label with numbers of its own, loose braces, or other blanks in each language."""
    if type(value) is not Label:
        raise TypeError(f"{attribute.name} is a plfkit.Label, not {type(value).__name__}")
    for text in (value.da, value.en):
        # A subclass of text may say of itself that it is markup already; the page would believe it.
        if type(text) is not str:
            raise TypeError(f"{attribute.name} holds plain text, not {type(text).__name__}")
        if find_hidden_letter(text):
            raise ValueError(
                f"{text!r} holds letters that nobody sees: figures could be turned by them"
            )
        if any(letter.isnumeric() for letter in _BLANK.sub("", text)):
            raise ValueError(
                f"{text!r} holds a number: name the indicator in braces instead, as {{V1b}}, and the "
                "page writes its figure as it may be told"
            )
        if any(letter in "{}" for letter in _BLANK.sub("", text)):
            raise ValueError(f"{text!r} has a loose brace: braces hold the id of an indicator")
    danish, english = (sorted(_BLANK.findall(text)) for text in (value.da, value.en))
    if danish != english:
        raise ValueError(f"the Danish text tells of {danish}, the English of {english}")


@frozen
class Text:
    """A paragraph.

    Attributes:
        text: Its words. ``{V1b}`` stands for the figure of that indicator, ``{at}`` for the period; no
            other digit is allowed, and nothing in it is markup.
    """

    text: Label = field(validator=_check_texts)

    @property
    def blanks(self) -> tuple[str, ...]:
        """What stands in braces, each once: ids of indicators, and ``at``."""
        return tuple(dict.fromkeys(_BLANK.findall(self.text.da)))


@frozen
class FigureRow:
    """One indicator as the page shows it everywhere: name, figure, range, mark.

    Attributes:
        indicator: The indicator's id.
    """

    indicator: str = field(validator=instance_of(str))


def _list_ids(given: str | Iterable[str]) -> tuple[str, ...]:
    """Return ids as a tuple; one alone may stand without brackets."""
    return (given,) if isinstance(given, str) else tuple(given)


@frozen
class PictureOf:
    """A picture of indicators, drawn by the page, with its heading and its table.

    Attributes:
        kind: ``"figures"`` side by side, or the ``"trend"`` over the years.
        indicators: The ids of the indicators in it.
    """

    kind: str = field(validator=in_(PICTURE_KINDS))
    indicators: tuple[str, ...] = field(
        converter=_list_ids, validator=[min_len(1), deep_iterable(instance_of(str))]
    )


SectionPart = Text | FigureRow | PictureOf
_SECTION_PARTS = (Text, FigureRow, PictureOf)


def _check_title(instance: object, attribute: Any, value: Label) -> None:
    _check_texts(instance, attribute, value)
    if _BLANK.search(value.da):
        raise ValueError("a title has no figures in it: put them in a Text")


def _list_section_parts(given: Iterable[SectionPart]) -> tuple[SectionPart, ...]:
    return tuple(given)


def _check_section_parts(_instance: object, _attribute: Any, value: tuple[Any, ...]) -> None:
    for part in value:
        if type(part) not in _SECTION_PARTS:
            raise TypeError(
                f"a section is made of Text, FigureRow and PictureOf, not of {type(part).__name__}"
            )
    if not value:
        raise ValueError("a section has at least one part")


@frozen
class Section:
    """A section of a page.

    Attributes:
        title: Its heading.
        parts: What it shows, in order.
    """

    title: Label = field(validator=_check_title)
    parts: tuple[SectionPart, ...] = field(
        converter=_list_section_parts, validator=_check_section_parts
    )


@frozen(kw_only=True)
class SectionFigure:
    """What is told of an indicator: plain values, as the gate lets them out.

    Attributes:
        label: What readers call it.
        value: The figure; None where only a range or nothing is told.
        lower: The least that it can be; None where that is not told.
        upper: The most.
        verdict: How it stands; None where that is not told.
        change: By how much it changed since the year before; None where that is not told.
        change_lower: The least that the change can be.
        change_upper: The most.
    """

    label: Label
    value: float | None = None
    lower: float | None = None
    upper: float | None = None
    verdict: str | None = None
    change: float | None = None
    change_lower: float | None = None
    change_upper: float | None = None


@frozen(kw_only=True)
class SectionContext:
    """What a section is written from: what may be told, and nothing else.

    Attributes:
        profile: The profile's id.
        at: The period, as text.
        example: Whether the data are an example and no real municipality.
        figures: What is told of each indicator, by id; it cannot be changed.
    """

    profile: str
    at: str
    example: bool
    figures: Mapping[str, SectionFigure]


SectionWriter = Callable[[SectionContext], Section]
"""What a profile brings: a function that writes a section from what may be told."""


@frozen
class BroughtSection:
    """A profile's function that writes a section, with whose it is.

    Attributes:
        write: The function.
        owner: The distribution that brings it, with its version, by what is installed; None where
            none does.
    """

    write: SectionWriter
    owner: str | None

    @property
    def name(self) -> str:
        """What its author calls it; nobody but the author is to read it."""
        name = getattr(self.write, "__name__", None)
        return name if type(name) is str else type(self.write).__name__
