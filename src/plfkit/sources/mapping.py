"""How an exported survey is declared to be one: which column says what."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from attrs import Factory, field, frozen
from attrs.converters import optional

from plfkit.errors import InvalidDataError
from plfkit.model.documents import read_toml, structure_document
from plfkit.sources.dialects import Dialect


def normalise_words(text: str) -> str:
    """Return a text as it is compared: composed letters, and one plain space between words."""
    return unicodedata.normalize("NFC", " ".join(text.replace("\ufeff", " ").split()))


def _is_title_match(title: str, pattern: str) -> bool:
    """Tell whether a title is what a mapping says; only ``*`` stands for anything else than itself."""
    return re.fullmatch(".*".join(map(re.escape, pattern.split("*"))), title) is not None


def _normalise_texts(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(map(normalise_words, texts))


@frozen(kw_only=True)
class MappedSurvey:
    """The survey that the answers belong to: a row of the table surveys."""

    id: str
    relation: str
    instrument: str | None = None
    date: str | None = None
    unit: str | None = None
    max_ties: int | None = None


@frozen(kw_only=True)
class ExportFile:
    """How an export is written, if it is a CSV file."""

    encoding: str = "utf-8"
    delimiter: str = ","

    @property
    def dialect(self) -> Dialect:
        """The same, as readers of CSV take it; refuses what is no encoding and no delimiter."""
        return Dialect(encoding=self.encoding, delimiter=self.delimiter)  # type: ignore[arg-type]

    def __attrs_post_init__(self) -> None:
        """Refuse a mapping whose words plfkit does not know."""
        try:
            _ = self.dialect
        except InvalidDataError as error:
            raise ValueError(str(error.faults[0])) from error


@frozen(kw_only=True)
class SurveyMapping:
    """How an exported file is to be read as a survey.

    Attributes:
        survey: The survey.
        respondent: The column that says whose row it is.
        names: The columns whose cells hold those who were named; ``*`` stands for anything, every
            other character for itself.
        colleagues: The columns that are about one colleague each; what ``*`` stands for is the id.
        marks: What a colleague's cell holds if they were named.
        unmarked: What else such a cell may hold; it may always be blank.
        people: Whether the export has people's ``"id"`` or ``"name"``, as in the table persons.
        answered: The column that says whether somebody answered; without one a row with any name
            is an answer.
        answered_when: What that column holds if they did.
        silent_when: What else that column may hold; it may always be blank.
        blank: What a row without any name means, if no column says: ``"answered"`` or ``"silent"``.
        ignore: Columns that are of no concern; ``*`` as in names.
        file: How the file is written: encoding, delimiter.
    """

    survey: MappedSurvey
    respondent: str = field(converter=normalise_words)
    names: str | None = field(default=None, converter=optional(normalise_words))
    colleagues: str | None = field(default=None, converter=optional(normalise_words))
    marks: tuple[str, ...] = field(default=(), converter=_normalise_texts)
    unmarked: tuple[str, ...] = field(default=(), converter=_normalise_texts)
    people: str = field(default="id")
    answered: str | None = field(default=None, converter=optional(normalise_words))
    answered_when: tuple[str, ...] = field(default=(), converter=_normalise_texts)
    silent_when: tuple[str, ...] = field(default=(), converter=_normalise_texts)
    blank: str | None = field(default=None)
    ignore: tuple[str, ...] = field(default=(), converter=_normalise_texts)
    file: ExportFile = Factory(ExportFile)

    def __attrs_post_init__(self) -> None:
        """Refuse a mapping that does not say how anybody is named."""
        if (self.names is None) == (self.colleagues is None):
            raise ValueError("say either names or colleagues: the columns that tell who was named")
        if self.colleagues is not None and (self.colleagues.count("*") != 1 or not self.marks):
            raise ValueError(
                "colleagues needs one * and marks, what a cell holds if they were named"
            )
        if (self.answered is None) != (not self.answered_when):
            raise ValueError("answered and answered_when belong together")
        if self.people not in {"id", "name"}:
            raise ValueError('people is "id" or "name"')
        if self.blank not in {None, "answered", "silent"}:
            raise ValueError('blank is "answered" or "silent"')

    @classmethod
    def read(cls, path: str | Path) -> SurveyMapping:
        """Read a mapping from a TOML file.

        Raises:
            ProfileError: The file cannot be read, or does not say what a mapping must.
        """
        return read_toml(
            Path(path), lambda document, where: structure_document(document, cls, where)
        )

    def ignores(self, title: str) -> bool:
        """Tell whether a column is of no concern; a title that is written out means itself."""
        if title in self.ignore:
            return True
        return title != self.names and any(
            _is_title_match(title, pattern) for pattern in self.ignore
        )

    def names_in(self, title: str) -> bool:
        """Tell whether the cells of a column hold those who were named."""
        return self.names is not None and _is_title_match(title, self.names)

    def is_colleague(self, title: str) -> bool:
        """Tell whether a column is one colleague's."""
        if self.colleagues is None:
            return False
        is_long_enough = len(title) >= len(self.colleagues)  # the * stands for one sign at least
        return is_long_enough and _is_title_match(title, self.colleagues)

    def colleague(self, title: str) -> str:
        """Return whose column it is, as the title says it."""
        before, _, after = (self.colleagues or "").partition("*")
        return title[len(before) : len(title) - len(after)].strip()
