"""The mapping language: what a file is, and what is taken from it, as a person wrote it down.

The reference page about mappings describes the same keys for whoever writes one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from attrs import Factory, define, field, frozen
from attrs.converters import optional

from plfkit.errors import DocumentError, InvalidDataError, Problem
from plfkit.hints import Hint
from plfkit.model.documents import (
    explain_unknown_key,
    parse_toml_document,
    read_toml,
    structure_document,
)
from plfkit.model.validators import FieldError, OneOf
from plfkit.sources.dialects import Dialect
from plfkit.sources.importing.titles import ANYTHING, fold_word, normalise_words

LANGUAGE_VERSION = 1
NOTHING = "none"
"""What a word of a cell may mean: as if the cell were blank."""
NOBODY = "nobody"
"""Whom a name may mean: somebody who is left out."""
_JOINED = ("columns", "words", "split", "every", "only", "survey", "file")
_PLAIN_KEYS = frozenset({"kind", "file", "columns", "every", "split", "words", "only"})


@frozen
class TakeKind:
    """What may be taken from a file, and the keys with which a mapping says how.

    Attributes:
        columns: What a column may say.
        settings: The further keys.
        needs: What must be said, by a column or for every row; of several in one, any will do.
    """

    columns: frozenset[str]
    settings: frozenset[str]
    needs: tuple[tuple[str, ...], ...]


def _name_kind(columns: str, settings: str, *needs: str) -> TakeKind:
    alternatives = tuple(tuple(need.split("|")) for need in needs)
    return TakeKind(frozenset(columns.split()), frozenset(settings.split()), alternatives)


TAKE_KINDS: Mapping[str, TakeKind] = {
    "staff": _name_kind(
        "person name also unit role fte hours full_time subject valid_from valid_to community "
        "community_role",
        "id repeated",
        "person|name",
        "unit",
        "role",
    ),
    "network": _name_kind(
        "person also named weight colleagues answered asked",
        "survey asked repeated half nothing self",
        "person",
        "named|colleagues|answered",
        "survey",
    ),
    "scale": _name_kind(
        "person also respondent community unit date items item value answered asked",
        "survey asked repeated half nothing reversed",
        "items|item",
        "survey",
    ),
    "edges": _name_kind(
        "source target relation weight subject initiative formality valid_from valid_to",
        "survey asked repeated half self",
        "source",
        "target",
    ),
    "meetings": _name_kind(
        "event date unit community focus hours headcount artefact kind named colleagues person role",
        "id complete",
        "date",
        "kind",
    ),
}


def _write_day(value: object) -> object:
    """Return a day as text; TOML has days of its own."""
    return value.isoformat() if isinstance(value, date) else value


def _list_texts(value: Any) -> tuple[str, ...]:
    """Return a text, or a list of texts, as normalised texts."""
    texts = [value] if isinstance(value, str) else value
    if not isinstance(texts, list | tuple) or not all(isinstance(t, str) and t for t in texts):
        raise ValueError(Hint("mapping.texts"))
    return tuple(map(normalise_words, texts))


def _list_texts_by_key(given: Mapping[str, Any]) -> Mapping[str, tuple[str, ...]]:
    return {key: _list_texts(value) for key, value in given.items()}


def _fold_words(given: Mapping[str, Mapping[str, Any]]) -> Mapping[str, Mapping[str, Any]]:
    """Return tables of words by the words as they are compared; one may stand in it once."""
    found: dict[str, dict[str, Any]] = {}
    for key, table in given.items():
        found[key] = {}
        for word, meaning in table.items():
            if fold_word(word) in found[key]:
                raise ValueError(Hint("mapping.word_twice", word=word, name=key))
            found[key][fold_word(word)] = _read_meaning(meaning)
    return found


def _read_meaning(meaning: Any) -> Any:
    """Return what a word means; None for nothing."""
    if isinstance(meaning, list):
        return tuple(meaning)
    return None if meaning == NOTHING else meaning


def _normalise_keys(given: Mapping[str, Any]) -> Mapping[str, Any]:
    return {normalise_words(title): value for title, value in given.items()}


def _require_row(_instance: object, attribute: Any, value: object) -> None:
    """Refuse what names no row: a number from 1, or what its first filled cell holds."""
    for one in value if isinstance(value, tuple) else (value,):
        is_number = isinstance(one, int) and not isinstance(one, bool) and one > 0
        if one is not None and not is_number and not (isinstance(one, str) and one.strip()):
            raise FieldError(attribute.name, Hint("mapping.row"))


@frozen(kw_only=True)
class FileWords:
    """How a file is written, and where the table stands in it; the reference page has every key."""

    name: str = ANYTHING
    encoding: str = "utf-8"
    delimiter: str = ","
    decimal: str = field(default=".", validator=OneOf((".", ",")))
    dates: str = field(default="iso", validator=OneOf(("iso", "day-first", "month-first")))
    ends: str = field(default="day after", validator=OneOf(("day after", "last day")))
    empty: tuple[str, ...] = field(default=(), converter=_list_texts)
    sheet: str | None = field(default=None, converter=optional(normalise_words))
    header: Any = field(default=None, validator=_require_row)
    labels: Any = field(default=None, validator=_require_row)
    skip: tuple[Any, ...] = field(default=(), validator=_require_row)
    until: Any = field(default=None, validator=_require_row)
    cells: str | None = field(default=None)
    ignore: tuple[str, ...] = field(default=(), converter=_list_texts)

    @property
    def dialect(self) -> Dialect:
        """How the text of a file is written; numbers and days of a mapping are read elsewhere."""
        return Dialect(encoding=self.encoding, delimiter=self.delimiter)  # type: ignore[arg-type]

    def __attrs_post_init__(self) -> None:
        """Refuse an encoding or a delimiter that there is not."""
        try:
            _ = self.dialect
        except InvalidDataError as error:
            fault = error.faults[0]
            raise FieldError(fault.place.file, fault.remedy) from error


@frozen(kw_only=True)
class MappedSurvey:
    """The survey that answers belong to: a row of the table surveys."""

    id: str
    relation: str | None = None
    instrument: str | None = None
    date: Any = field(default=None, converter=_write_day)
    unit: str | None = None
    max_ties: int | None = None
    lowest: float | None = None
    highest: float | None = None


@frozen(kw_only=True)
class MappedUnit:
    """A unit that is to be there."""

    kind: str
    name: str | None = None
    parent: str | None = None


@frozen(kw_only=True)
class MappedCommunity:
    """A community that is to be there."""

    kind: str
    name: str | None = None
    unit: str | None = None
    charter: bool | None = None


@frozen(kw_only=True)
class CompleteList:
    """That a list has every meeting of some kinds."""

    kinds: tuple[str, ...]
    unit: str
    valid_from: Any = field(default=None, converter=_write_day)
    valid_to: Any = field(default=None, converter=_write_day)


@frozen(kw_only=True)
class Take:
    """One thing that is taken from a file; the reference page has every key."""

    kind: str
    file: FileWords = Factory(FileWords)
    columns: Mapping[str, Any] = field(factory=dict, converter=_list_texts_by_key)
    items: Mapping[str, str] = field(factory=dict, converter=_normalise_keys)
    every: Mapping[str, Any] = Factory(dict)
    split: Mapping[str, str] = Factory(dict)
    words: Mapping[str, Mapping[str, Any]] = field(factory=dict, converter=_fold_words)
    only: Mapping[str, Mapping[str, Any]] = field(
        factory=dict, converter=lambda given: _fold_words(_normalise_keys(given))
    )
    survey: MappedSurvey | None = None
    asked: Any = field(default=None)
    repeated: str = field(default="refuse", validator=OneOf(("first", "last", "refuse")))
    half: str = field(default="refuse", validator=OneOf(("answered", "silent", "refuse")))
    nothing: str = field(default="refuse", validator=OneOf(("answered", "silent", "refuse")))
    naming_oneself: str = field(default="refuse", validator=OneOf(("drop", "refuse")))
    reversed: tuple[str, ...] = ()
    complete: CompleteList | None = None
    id: str | None = None

    @asked.validator
    def _check_asked(self, attribute: Any, value: Any) -> None:
        is_file = isinstance(value, list) and len(value) == 1 and isinstance(value[0], str)
        if value is not None and value not in ("staff", "rows") and not is_file:
            raise FieldError(attribute.name, Hint("mapping.asked"))

    def __attrs_post_init__(self) -> None:
        """Refuse a take that cannot be applied, saying what it lacks."""
        known = TAKE_KINDS[self.kind]
        said = {*self.columns, *self.every, *(["items"] if self.items else [])}
        if self.survey is not None:
            said.add("survey")
        for need in known.needs:
            if not said.intersection(need):
                raise FieldError(need[0], Hint("mapping.need", keys=need, kind=self.kind))
        for problem in self._find_clashes():
            raise problem

    def names(self, key: str) -> bool:
        """Tell whether a column, or a word for every row, says something."""
        return key in self.columns or key in self.every

    def _find_clashes(self) -> Iterator[FieldError]:
        """Find what the keys of a take say against each other."""
        for key in ("colleagues", "weight") if self.kind != "edges" else ():
            if any(title.count(ANYTHING) != 1 for title in self.columns.get(key, ())):
                yield FieldError(key, Hint("mapping.one_star", name=key))
        if "weight" in self.columns and any(
            title.count(ANYTHING) != 1 for title in self.columns.get("named", ())
        ):
            yield FieldError("named", Hint("mapping.one_star", name="named"))
        for title, item in self.items.items():
            if ANYTHING in item and title.count(ANYTHING) != 1:
                yield FieldError("items", Hint("mapping.one_star", name=title))
        if "item" in self.columns and "value" not in self.columns:
            yield FieldError("value", Hint("mapping.need", keys=("value",), kind=self.kind))
        if "colleagues" in self.columns and "colleagues" not in self.words:
            yield FieldError("words", Hint("mapping.marks"))
        if self.kind == "staff" and self.names("hours") and not self.names("full_time"):
            yield FieldError("full_time", Hint("mapping.full_time"))
        if sum(key in self.columns for key in ("person", "respondent", "community")) > 1:
            if self.kind == "scale":
                yield FieldError("columns", Hint("mapping.one_respondent"))
        if self.kind == "scale" and self.survey is not None:
            if self.survey.lowest is None or self.survey.highest is None:
                yield FieldError("survey", Hint("mapping.ends_of_scale"))
        if self.kind == "network" and self.survey is not None and self.survey.relation is None:
            yield FieldError("survey", Hint("mapping.relation"))
        if self.kind == "meetings" and self.id is None and not self.names("event"):
            yield FieldError("id", Hint("mapping.need", keys=("event", "id"), kind=self.kind))
        if "asked" in self.columns and self.asked is not None:
            yield FieldError("asked", Hint("mapping.asked_twice"))


@define
class _TakeReader:
    """Reads the takes of a mapping: what they share joined with what each says itself."""

    where: str
    shared: Mapping[str, Any]
    file: Mapping[str, Any]

    def structure_take(self, own: Any, number: int) -> Take:
        """Return one take; its problems say which it is."""
        path = ("take", str(number))
        if not isinstance(own, Mapping):
            raise DocumentError(self.where, [Problem(path, Hint("mapping.table"))])
        document = _join_keys(self.shared, own)
        kind = document.get("kind")
        if kind not in TAKE_KINDS:
            hint = Hint("mapping.kinds", kinds=tuple(TAKE_KINDS))
            raise DocumentError(self.where, [Problem((*path, "kind"), hint)])
        document = _drop_foreign_keys(document, own, TAKE_KINDS[kind])
        if problems := list(_find_unknown_keys(document, path, TAKE_KINDS[kind])):
            raise DocumentError(self.where, problems)
        document["file"] = {**self.file, **document.get("file", {})}
        columns = dict(document.get("columns", {}))
        document["items"] = columns.pop("items", {})
        document["columns"] = columns
        if "self" in document:  # which Python keeps for itself
            document["naming_oneself"] = document.pop("self")
        try:
            return structure_document(document, Take, self.where)
        except DocumentError as error:
            located = [Problem((*path, *p.path), p.message, p.line) for p in error.problems]
            raise DocumentError(self.where, located) from error


def _join_keys(shared: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """Return the keys of both; those of a take itself win, in some tables key by key."""
    joined = dict(shared)
    for key, value in own.items():
        before = joined.get(key)
        is_joined = isinstance(before, Mapping) and isinstance(value, Mapping)
        goes_on = is_joined and (key in _JOINED or key == "items")
        joined[key] = _join_keys(before, value) if goes_on and before is not None else value
    return joined


def _drop_foreign_keys(
    document: Mapping[str, Any], own: Mapping[str, Any], kind: TakeKind
) -> dict[str, Any]:
    """Return a take without what it shares with takes of other kinds and has no use for."""
    known = kind.settings | _PLAIN_KEYS
    kept = {key: value for key, value in document.items() if key in known or key in own}
    for part in ("columns", "every", "split", "words"):
        if isinstance(kept.get(part), Mapping):
            mine = own.get(part, {})
            kept[part] = {k: v for k, v in kept[part].items() if k in kind.columns or k in mine}
    return kept


def _find_unknown_keys(
    document: Mapping[str, Any], path: tuple[str, ...], kind: TakeKind
) -> Iterator[Problem]:
    """Find keys that a take of this kind does not have."""
    for key in document:
        if key not in kind.settings | _PLAIN_KEYS:
            yield Problem(
                (*path, key), explain_unknown_key(key, sorted(kind.settings | _PLAIN_KEYS))
            )
    for part in ("columns", "every", "split", "words"):
        given = document.get(part, {})
        if not isinstance(given, Mapping):
            yield Problem((*path, part), Hint("mapping.table"))
            continue
        for key in given:
            if key not in kind.columns:
                yield Problem((*path, part, key), explain_unknown_key(key, sorted(kind.columns)))


@frozen(kw_only=True)
class ImportMapping:
    """How files are read as an organisation: what they are, and what is taken from them.

    Attributes:
        takes: What is taken, in order.
        names: The file with what names in the files mean.
        units: Units that are to be there, by id.
        communities: Communities that are to be there, by id.
        folder: Where the mapping stands, if it was read from a file: other files are named from there.
    """

    takes: tuple[Take, ...]
    names: str | None = None
    units: Mapping[str, MappedUnit] = Factory(dict)
    communities: Mapping[str, MappedCommunity] = Factory(dict)
    folder: Path | None = None

    @classmethod
    def read(cls, path: str | Path) -> ImportMapping:
        """Read a mapping from a TOML file.

        Raises:
            ProfileError: The file cannot be read.
            DocumentError: It says what a mapping must not, or lacks what it must; all of it at once.
        """
        file = Path(path)
        return read_toml(
            file, lambda document, where: cls.of_document(document, where, file.parent)
        )

    @classmethod
    def parse(cls, text: str, where: str = "mapping") -> ImportMapping:
        """Read a mapping from TOML text.

        Raises:
            DocumentError: As `read` says.
        """
        return parse_toml_document(
            text, where, lambda document, at: cls.of_document(document, at, None)
        )

    @classmethod
    def of_document(
        cls, document: Mapping[str, Any], where: str, folder: Path | None = None
    ) -> ImportMapping:
        """Build a mapping from what its file holds.

        Args:
            document: The keys and values of the TOML.
            where: What it is called in messages.
            folder: Where it stands.

        Raises:
            DocumentError: It says what a mapping must not, or lacks what it must.
        """
        known = _structure_frame(document, where)
        reader = _TakeReader(where, known.common, known.file)
        problems: list[Problem] = []
        takes: list[Take] = []
        for number, own in enumerate(known.take):
            try:
                takes.append(reader.structure_take(own, number))
            except DocumentError as error:
                problems += error.problems
        if not known.take:
            problems.append(Problem(("take",), Hint("mapping.no_take")))
        problems += _find_unused_shared_keys(known.common)
        if problems:
            raise DocumentError(where, problems)
        return cls(
            takes=tuple(takes),
            names=known.names,
            units=known.units,
            communities=known.communities,
            folder=folder,
        )


@frozen(kw_only=True)
class _MappingFrame:
    """The keys at the top of a mapping."""

    schema_version: int
    names: str | None = None
    file: dict[str, Any] = Factory(dict)
    common: dict[str, Any] = Factory(dict)
    units: dict[str, MappedUnit] = Factory(dict)
    communities: dict[str, MappedCommunity] = Factory(dict)
    take: list[Any] = Factory(list)

    def __attrs_post_init__(self) -> None:
        """Refuse a mapping that a newer plfkit wrote."""
        if self.schema_version != LANGUAGE_VERSION:
            raise FieldError("schema_version", Hint("mapping.version", version=LANGUAGE_VERSION))


def _structure_frame(document: Mapping[str, Any], where: str) -> _MappingFrame:
    known = structure_document(document, _MappingFrame, where)
    try:
        structure_document(known.file, FileWords, where)
    except DocumentError as error:
        located = [Problem(("file", *p.path), p.message, p.line) for p in error.problems]
        raise DocumentError(where, located) from error
    return known


def _find_unused_shared_keys(shared: Mapping[str, Any]) -> Iterator[Problem]:
    """Find shared keys that no kind of take has."""
    known = frozenset().union(*(kind.settings for kind in TAKE_KINDS.values())) | _PLAIN_KEYS
    columns = frozenset().union(*(kind.columns for kind in TAKE_KINDS.values()))
    for key, value in shared.items():
        if key not in known:
            yield Problem(("common", key), explain_unknown_key(key, sorted(known)))
        elif key in {"columns", "every", "split", "words"} and isinstance(value, Mapping):
            for inner in value:
                if inner not in columns:
                    yield Problem(
                        ("common", key, inner), explain_unknown_key(inner, sorted(columns))
                    )
