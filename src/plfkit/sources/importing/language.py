"""The mapping language: a document into takes, with all that is wrong in it at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from attrs import Factory, frozen

from plfkit.errors import DocumentError, Problem
from plfkit.hints import Hint
from plfkit.model.documents import (
    explain_unknown_key,
    parse_toml_document,
    read_toml,
    structure_document,
)
from plfkit.model.records.schema import ID
from plfkit.model.validators import FieldError
from plfkit.model.words.kinds import Label
from plfkit.model.written_formats import MAPPING_FORMAT
from plfkit.sources.given import Given, to_toml_source
from plfkit.sources.importing.clashes import find_clashes
from plfkit.sources.importing.take import (
    TAKE_KINDS,
    FileWords,
    MappedCommunity,
    MappedUnit,
    Take,
    TakeKind,
)

_JOINED = ("columns", "words", "split", "every", "only", "survey", "file")
"""The tables of which a take may share some keys and have others of its own."""
_PLAIN_KEYS = frozenset({"kind", "file", "columns", "every", "split", "words", "only"})
"""The keys that takes of every kind may have."""
_KEYED = ("columns", "every", "split", "words")
"""The tables whose keys are those of the columns."""
_NEVER_BLANK = ("as_of", "survey", "every", "columns", "words")
"""The tables in which a blank text is an answer that is still open."""


@frozen
class _TakeStructurer:
    """Structures the takes of a mapping: what they share joined with what each says itself."""

    where: str
    shared: Mapping[str, Any]
    file: Mapping[str, Any]

    def structure_take(self, own: Any, number: int) -> Take:
        """Return one take; its problems say which it is."""
        path = ("take", str(number))
        if not isinstance(own, Mapping):
            raise DocumentError(self.where, [Problem(path, Hint("mapping.table"))])
        document = _join_keys(self.shared, own)
        kind = str(document.get("kind"))
        if kind not in TAKE_KINDS:
            hint = Hint("mapping.kinds", kinds=tuple(TAKE_KINDS))
            raise DocumentError(self.where, [Problem((*path, "kind"), hint)])
        document = _drop_foreign_keys(document, own, TAKE_KINDS[kind])
        problems = [
            *_find_unknown_keys(document, path, TAKE_KINDS[kind]),
            *_find_open_answers(own, path),
        ]
        if problems:
            raise DocumentError(self.where, problems)
        try:
            take = structure_document(self._rename_keys(document), Take, self.where)
        except DocumentError as error:
            raise DocumentError(self.where, _put_below(path, error.problems)) from error
        if clashes := list(find_clashes(take)):
            raise DocumentError(self.where, _put_below(path, clashes))
        return take

    def _rename_keys(self, document: Mapping[str, Any]) -> dict[str, Any]:
        """Return the keys of a take as `Take` calls them, with those of the file that all takes share."""
        columns = dict(document.get("columns", {}))
        renamed = {**document, "items": columns.pop("items", {}), "columns": columns}
        renamed["file"] = {**self.file, **document.get("file", {})}
        if "self" in renamed:  # which Python keeps for itself
            renamed["naming_oneself"] = renamed.pop("self")
        return renamed


def _put_below(path: tuple[str, ...], problems: Iterable[Problem]) -> list[Problem]:
    return [Problem((*path, *p.path), p.message, p.line) for p in problems]


def _join_keys(shared: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """Return the keys of both; those of a take itself win, in some tables key by key."""
    joined = {**shared, **own}
    return joined | {
        key: _join_tables(shared[key], own[key]) for key in _JOINED if key in shared and key in own
    }


def _join_tables(shared: Any, own: Any) -> Any:
    """Return the keys of two tables, and of tables in them; where one is none, its own wins."""
    if not isinstance(shared, Mapping) or not isinstance(own, Mapping):
        return own
    return {**shared, **{key: _join_tables(shared.get(key), value) for key, value in own.items()}}


def _drop_foreign_keys(
    document: Mapping[str, Any], own: Mapping[str, Any], kind: TakeKind
) -> dict[str, Any]:
    """Return a take without what it shares with takes of other kinds and has no use for."""
    known = kind.settings | _PLAIN_KEYS
    kept = {key: value for key, value in document.items() if key in known or key in own}
    for part in _KEYED:
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
    for part in _KEYED:
        given = document.get(part, {})
        if not isinstance(given, Mapping):
            yield Problem((*path, part), Hint("mapping.table"))
            continue
        for key in given:
            if key not in kind.columns:
                yield Problem((*path, part, key), explain_unknown_key(key, sorted(kind.columns)))


def _find_open_answers(document: Mapping[str, Any], path: tuple[str, ...]) -> Iterator[Problem]:
    """Find what a take leaves blank, as a draft does where somebody is to answer."""
    for key in _NEVER_BLANK:
        yield from _find_blanks(document.get(key), (*path, key))


def _find_blanks(value: Any, path: tuple[str, ...]) -> Iterator[Problem]:
    """Find blank texts in tables and tables in them."""
    if value == "":
        yield Problem(path, Hint("mapping.open_answer"))
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _find_blanks(inner, (*path, key))


@frozen(kw_only=True)
class ImportMapping:
    """How files are read as an organisation: what they are, and what is taken from them.

    Attributes:
        takes: What is taken, in order.
        names: The file with what names in the files mean.
        title: What readers should call the organisation; as it was called before if left out.
        units: Units that are to be there, by id.
        communities: Communities that are to be there, by id.
        folder: Where the mapping stands, if it was read from a file: other files are named from there.
        advice: What is worth a look in how it was written, if anything: its version.
    """

    takes: tuple[Take, ...]
    names: str | None = None
    title: Label | None = None
    units: Mapping[str, MappedUnit] = Factory(dict)
    communities: Mapping[str, MappedCommunity] = Factory(dict)
    folder: Path | None = None
    advice: Hint | None = None

    @classmethod
    def read(cls, path: Given) -> ImportMapping:
        """Read a mapping from a TOML file.

        Args:
            path: Its path, its bytes or a stream of bytes. Lists that it names are looked for beside
                the path; without one they are given with the files.

        Raises:
            ProfileError: The file cannot be read.
            DocumentError: It says what a mapping must not, or lacks what it must; all of it at once.
        """
        source = to_toml_source(path)
        folder = source.parent if isinstance(source, Path) else None
        return read_toml(source, lambda document, at: cls.of_document(document, at, folder))

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
        written: Any = document.get("schema_version")
        if can_be_read := MAPPING_FORMAT.is_known(written):
            current = {"schema_version": MAPPING_FORMAT.version}
            document = MAPPING_FORMAT.update_document(document, written) | current
        known = _structure_frame(document, where)
        takes, problems = _structure_takes(known, where)
        problems += _find_unused_shared_keys(known.common)
        problems += _find_open_answers(known.common, ("common",))
        problems += _find_blanks(document.get("units", {}), ("units",))
        problems += _find_blanks(document.get("communities", {}), ("communities",))
        if problems:
            raise DocumentError(where, problems)
        return cls(
            takes=tuple(takes),
            names=known.names,
            title=None if known.title is None else Label(known.title, known.title),
            units=known.units,
            communities=known.communities,
            folder=folder,
            advice=MAPPING_FORMAT.advise_update(written) if can_be_read else None,
        )


@frozen(kw_only=True)
class _MappingFrame:
    """The keys at the top of a mapping."""

    schema_version: int
    names: str | None = None
    title: str | None = None
    file: dict[str, Any] = Factory(dict)
    common: dict[str, Any] = Factory(dict)
    units: dict[str, MappedUnit] = Factory(dict)
    communities: dict[str, MappedCommunity] = Factory(dict)
    take: list[Any] = Factory(list)

    def __attrs_post_init__(self) -> None:
        """Refuse a mapping that a newer plfkit wrote."""
        if not MAPPING_FORMAT.is_known(self.schema_version):
            hint = Hint("mapping.version", version=MAPPING_FORMAT.version)
            raise FieldError("schema_version", hint)
        if self.title is not None:
            _require_showable_title(self.title)


def _require_showable_title(title: str) -> None:
    try:
        ID.check(title)
    except ValueError as error:
        raise FieldError("title", Hint.of(error)) from error


def _structure_takes(frame: _MappingFrame, where: str) -> tuple[list[Take], list[Problem]]:
    """Return the takes of a mapping, and what is wrong with those that are none."""
    structurer = _TakeStructurer(where, frame.common, frame.file)
    takes: list[Take] = []
    problems: list[Problem] = []
    for number, own in enumerate(frame.take):
        try:
            takes.append(structurer.structure_take(own, number))
        except DocumentError as error:
            problems += error.problems
    if not frame.take:
        problems.append(Problem(("take",), Hint("mapping.no_take")))
    return takes, problems


def _structure_frame(document: Mapping[str, Any], where: str) -> _MappingFrame:
    known = structure_document(document, _MappingFrame, where)
    try:
        structure_document(known.file, FileWords, where)
    except DocumentError as error:
        raise DocumentError(where, _put_below(("file",), error.problems)) from error
    return known


def _find_unused_shared_keys(shared: Mapping[str, Any]) -> Iterator[Problem]:
    """Find shared keys that no kind of take has."""
    known = frozenset().union(*(kind.settings for kind in TAKE_KINDS.values())) | _PLAIN_KEYS
    columns = frozenset().union(*(kind.columns for kind in TAKE_KINDS.values()))
    for key, value in shared.items():
        if key not in known:
            yield Problem(("common", key), explain_unknown_key(key, sorted(known)))
        elif key in _KEYED and isinstance(value, Mapping):
            for inner in value:
                if inner not in columns:
                    yield Problem(
                        ("common", key, inner), explain_unknown_key(inner, sorted(columns))
                    )
