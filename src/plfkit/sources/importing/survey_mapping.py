"""The older kind of mapping, for one question about ties; it is read as one of today's language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from attrs import Factory, field, frozen
from attrs.converters import optional

from plfkit.errors import DocumentError, Problem, ProfileError
from plfkit.hints import Hint
from plfkit.model.documents import parse_toml_document, read_toml, structure_document
from plfkit.model.validators import OneOf
from plfkit.model.words.vocabulary import Vocabulary
from plfkit.sources.given import Given, read_given_file, to_toml_source
from plfkit.sources.importing.gathering import MAPPING
from plfkit.sources.importing.language import ImportMapping
from plfkit.sources.importing.own_words import refuse_unknown_meanings
from plfkit.sources.importing.take import FileWords, MappedSurvey, Take
from plfkit.sources.importing.titles import ANYTHING, normalise_words
from plfkit.sources.limits import Limits


def _normalise_all(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(map(normalise_words, texts))


@frozen(kw_only=True)
class MappedQuestion:
    """The survey that the answers belong to."""

    id: str
    relation: str
    instrument: str | None = None
    date: str | None = None
    unit: str | None = None
    max_ties: int | None = None


@frozen(kw_only=True)
class MappedFile:
    """How an export is written, if it is a CSV file."""

    encoding: str = "utf-8"
    delimiter: str = ","

    def __attrs_post_init__(self) -> None:
        """Refuse an encoding or a delimiter that there is not."""
        FileWords(encoding=self.encoding, delimiter=self.delimiter)


@frozen(kw_only=True)
class SurveyMapping:
    """How an exported file is to be read as a survey: a mapping of the older kind.

    Attributes:
        survey: The survey.
        respondent: The column that says whose row it is.
        names: The columns whose cells hold those who were named; ``*`` stands for anything, every
            other character for itself.
        colleagues: The columns that are about one colleague each; what ``*`` stands for is who it is.
        marks: What a colleague's cell holds if they were named.
        unmarked: What else such a cell may hold; it may always be blank.
        people: Whether the export has people's ``"id"`` or ``"name"``; either is found.
        answered: The column that says whether somebody answered; without one a row with any name
            is an answer.
        answered_when: What that column holds if they did.
        silent_when: What else that column may hold; it may always be blank.
        blank: What a row without any name means, if no column says: ``"answered"`` or ``"silent"``.
        ignore: Columns that are of no concern; ``*`` as in names.
        file: How the file is written: encoding, delimiter.
    """

    survey: MappedQuestion
    respondent: str = field(converter=normalise_words)
    names: str | None = field(default=None, converter=optional(normalise_words))
    colleagues: str | None = field(default=None, converter=optional(normalise_words))
    marks: tuple[str, ...] = field(default=(), converter=_normalise_all)
    unmarked: tuple[str, ...] = field(default=(), converter=_normalise_all)
    people: str = field(default="id", validator=OneOf(("id", "name")))
    answered: str | None = field(default=None, converter=optional(normalise_words))
    answered_when: tuple[str, ...] = field(default=(), converter=_normalise_all)
    silent_when: tuple[str, ...] = field(default=(), converter=_normalise_all)
    blank: str | None = field(default=None, validator=OneOf(("answered", "silent")))
    ignore: tuple[str, ...] = field(default=(), converter=_normalise_all)
    file: MappedFile = Factory(MappedFile)

    def __attrs_post_init__(self) -> None:
        """Refuse a mapping that does not say who was named, or who answered."""
        if (self.names is None) == (self.colleagues is None):
            raise ValueError(Hint("mapping.names_or_colleagues"))
        if self.colleagues is not None and (self.colleagues.count(ANYTHING) != 1 or not self.marks):
            raise ValueError(Hint("mapping.colleagues_and_marks"))
        if (self.answered is None) != (not self.answered_when):
            raise ValueError(Hint("mapping.answered_when"))

    @classmethod
    def read(cls, path: Given) -> SurveyMapping:
        """Read a mapping from a TOML file.

        Args:
            path: Its path, its bytes or a stream of bytes.

        Raises:
            ProfileError: The file cannot be read, or does not say what a mapping must.
        """
        return read_toml(to_toml_source(path), _structure_older)

    def to_import_mapping(self) -> ImportMapping:
        """Return what it says in today's language of mappings."""
        titles: dict[str, Any] = {
            "person": self.respondent,
            "named": self.names,
            "colleagues": self.colleagues,
            "answered": self.answered,
        }
        words: dict[str, Any] = {
            "named": dict.fromkeys(self.unmarked, "none"),
            "colleagues": _mean_flags(self.marks, self.unmarked),
            "answered": _mean_flags(self.answered_when, self.silent_when),
        }
        survey = {name: getattr(self.survey, name) for name in MappedQuestion.__annotations__}
        take = Take(
            kind="network",
            file=FileWords(
                encoding=self.file.encoding, delimiter=self.file.delimiter, ignore=self.ignore
            ),
            columns={key: title for key, title in titles.items() if title is not None},
            words={key: table for key, table in words.items() if table},
            survey=MappedSurvey(**survey),
            nothing=self.blank or "refuse",
        )
        return ImportMapping(takes=(take,))


def _is_older(document: Mapping[str, Any]) -> bool:
    """Tell whether a document is a mapping of the older kind, which has neither edition nor takes."""
    return "schema_version" not in document and "take" not in document


def _structure_older(document: Mapping[str, Any], where: str) -> SurveyMapping:
    try:
        return structure_document(document, SurveyMapping, where)
    except DocumentError as error:
        hint = Problem(("schema_version",), Hint("mapping.older"))
        raise DocumentError(where, [*error.problems, hint]) from error


def _mean_flags(yes: Iterable[str], no: Iterable[str]) -> dict[str, bool]:
    return {**dict.fromkeys(no, False), **dict.fromkeys(yes, True)}


def read_mapping(
    given: Given | ImportMapping, limits: Limits, vocabulary: Vocabulary
) -> ImportMapping:
    """Read a mapping, of today's language or of the older kind.

    Args:
        given: Its path, its bytes or a stream of them; a mapping that was read is returned.
        limits: How much is read.
        vocabulary: The kinds that its words may mean.

    Raises:
        InvalidDataError: There is no such file.
        DocumentError: It says what a mapping must not, or lacks what it must.
    """
    if isinstance(given, ImportMapping):
        refuse_unknown_meanings({"take": [*map(_show_take, given.takes)]}, vocabulary, MAPPING)
        return given
    folder = Path(given).parent if isinstance(given, str | Path) else None
    file = read_given_file(given, limits)
    where = str(given) if folder is not None else file.name
    try:
        text = file.data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ProfileError(Hint("document.no_utf8", file=where)) from error

    def build(document: Mapping[str, Any], at: str) -> ImportMapping:
        if _is_older(document):
            return _structure_older(document, at).to_import_mapping()
        mapping = ImportMapping.of_document(document, at, folder)
        refuse_unknown_meanings(document, vocabulary, at)
        return mapping

    return parse_toml_document(text, where, build)


def _show_take(take: Take) -> dict[str, Any]:
    """Return what a take says of words, as the file of its mapping would."""
    return {"kind": take.kind, "words": take.words, "every": take.every}
