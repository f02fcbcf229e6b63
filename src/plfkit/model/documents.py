"""Documents that people write, TOML and JSON, into values: strictly, and with errors that help.

cattrs alone turns `None` into the text ``'None'`` and ``"nej"`` into true. Here a value has the type
that is asked for or it is refused, an unknown key is refused with the nearest known one, and every
problem of a document is reported at once with its path.
"""

from __future__ import annotations

import json
import math
import re
import tomllib
from ast import literal_eval
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from difflib import get_close_matches
from enum import StrEnum
from functools import cache
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import IO, Any, Literal, TypeVar, get_origin

from attrs import evolve, fields, has
from cattrs import ClassValidationError, Converter, IterableValidationError
from cattrs.cols import mapping_structure_factory
from cattrs.errors import AttributeValidationNote, ForbiddenExtraKeysError

from plfkit.errors import DocumentError, PlfkitError, Problem, ProfileError
from plfkit.hints import Hint
from plfkit.model.fixed import FixedDict
from plfkit.model.given_paths import explain_bad_path, name_path
from plfkit.model.streams import read_stream
from plfkit.model.validators import FieldError

T = TypeVar("T")
_DEEPEST = 20
"""How many keys deep a line is looked for; no document is that deep."""
_MAY_END = re.compile(r"""[\]}"']\s*(#.*)?$""")
"""How the last line of a statement of several lines looks."""
_TOML_MESSAGE = re.compile(r"(?P<what>.*) \(at line (?P<line>\d+), column \d+\)", re.DOTALL)
_TABLE_TWICE = re.compile(r"Cannot declare \((.*)\) twice")
"""What Python's reader of TOML says."""
_UNNAMED = "TOML"
_LONGEST_TEXT = 10_000
_UNSHOWABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
"""Commands, and marks that turn what stands behind them; marks that only hide may be in a file's titles."""
_ALL_OR_NUMBER = Literal["all"] | float


def parse_toml(text: str, where: str) -> dict[str, Any]:
    """Read TOML text.

    Raises:
        ProfileError: The text is no TOML; the message has line and column.
    """
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        hint = Hint("document.no_toml", where=where, error=_explain_toml_error(str(error)))
        raise ProfileError(hint) from error


def _explain_toml_error(message: str) -> Hint | str:
    """Say what a reader of TOML says, in the reader's language as far as it can be."""
    if (found := _TOML_MESSAGE.fullmatch(message)) is None:
        return message
    line = int(found["line"])
    if (table := _TABLE_TWICE.fullmatch(found["what"])) is not None:
        names = literal_eval(f"[{table[1]}]")
        return Hint("document.toml_table_twice", line=line, table=".".join(names))
    if found["what"] == "Cannot overwrite a value":
        return Hint("document.toml_key_twice", line=line)
    return Hint("document.toml_line", line=line, error=found["what"])


def parse_json(text: str, where: str) -> dict[str, Any]:
    """Read a JSON object: no repeated keys, no NaN, no numbers or nesting without end.

    Raises:
        ProfileError: The text is not such an object.
    """
    try:
        document = _make_json_decoder().decode(text)
    except (ValueError, RecursionError) as error:
        raise ProfileError(Hint("document.no_json", where=where, error=Hint.of(error))) from error
    if not isinstance(document, dict):
        raise ProfileError(Hint("document.no_object", where=where))
    return document


TomlSource = Path | Traversable | bytes | IO[bytes]
"""What a TOML file may be given as: where it stands, its bytes, or a stream of bytes."""


def read_toml(source: TomlSource, build: Callable[[dict[str, Any], str], T]) -> T:
    """Read a TOML file and build a value from it.

    Args:
        source: The file.
        build: Makes the value from the document and what the document is called.

    Raises:
        ProfileError: There is no such file, or it is no TOML in UTF-8.
        DocumentError: The document cannot be used; each problem has its path and line.
        TypeError: It is a stream of text.
    """
    where = _name_source(source)
    try:
        text = _read_source(source).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ProfileError(Hint("document.no_utf8", file=where)) from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or Hint("document.no_file")
        if isinstance(source, Path):
            reason = explain_bad_path(source, Hint.of(reason))
        raise ProfileError(Hint("document.unreadable", file=where, reason=reason)) from error
    return parse_toml_document(text, where, build)


def _name_source(source: TomlSource) -> str:
    """Return what a source is called in messages: its path, or the last part of a stream's name."""
    if isinstance(source, bytes):
        return _UNNAMED
    if not hasattr(source, "read"):
        return name_path(source, _UNNAMED) if isinstance(source, Path) else str(source)
    name = getattr(source, "name", None)
    return Path(name).name if isinstance(name, str) and name else _UNNAMED


def _read_source(source: TomlSource) -> bytes:
    if isinstance(source, bytes):
        return source
    if not isinstance(source, Path | Traversable):
        if not hasattr(source, "read"):
            raise TypeError(f"a path, bytes or a stream is needed, not {type(source).__name__}")
        return read_stream(source)
    if not source.is_file():
        raise FileNotFoundError
    return source.read_bytes()


def parse_toml_document(text: str, where: str, build: Callable[[dict[str, Any], str], T]) -> T:
    """Build a value from TOML text.

    Args:
        text: The text.
        where: What the document is called in messages.
        build: Makes the value from the document and what the document is called.

    Raises:
        ProfileError: The text is no TOML.
        DocumentError: The document cannot be used; each problem has its path and line.
    """
    document = parse_toml(text, where)
    try:
        return build(document, where)
    except DocumentError as error:
        if error.where != where:
            raise
        lines = find_path_lines(text)
        located = [_locate_problem(problem, lines) for problem in error.problems]
        raise DocumentError(where, sorted(located, key=lambda p: p.line or 0)) from error


def structure_document(document: Any, cls: type[T], where: str) -> T:
    """Turn a document into a value of an attrs class.

    Args:
        document: Dicts, lists and scalars, as a TOML or JSON reader gives them.
        cls: The class to build.
        where: What the document is called in messages.

    Raises:
        DocumentError: Every problem of the document, each with its path.
    """
    try:
        return _build_converter().structure(document, cls)
    except (
        ClassValidationError,
        IterableValidationError,
        PlfkitError,
        ValueError,
        TypeError,
        AttributeError,
    ) as error:
        raise DocumentError(where, _list_document_problems(error, ())) from error


def find_path_lines(text: str) -> dict[tuple[str, ...], int]:
    """Return the line on which each path of a TOML text first stands.

    Statements are read one by one, each alone: what stands in a list has the line of its list.

    Args:
        text: Valid TOML.
    """
    found: dict[tuple[str, ...], int] = {}
    table: tuple[str, ...] = ()
    statement: list[str] = []
    counts: dict[tuple[str, ...], int] = {}
    for number, line in enumerate(text.split("\n"), start=1):
        statement.append(line)
        if len(statement) > 1 and not _MAY_END.search(line):
            continue
        with suppress(tomllib.TOMLDecodeError):
            paths = list(_walk_paths(tomllib.loads("\n".join(statement)), ()))
            header = statement[0].lstrip()
            if header.startswith("["):
                named = max(paths, key=len, default=())
                if header.startswith("[["):
                    counts[named] = counts.get(named, -1) + 1
                table = _number_list_items(named, counts)
                paths = [table[:end] for end in range(1, len(table) + 1)]
            else:
                paths = [(*table, *path) for path in paths]
            for path in paths:
                found.setdefault(path, number - len(statement) + 1)
            statement = []
    return found


def _number_list_items(
    path: tuple[str, ...], counts: Mapping[tuple[str, ...], int]
) -> tuple[str, ...]:
    """Return a path with the number of the item behind each list of tables: ``take, 0, columns``."""
    numbered: list[str] = []
    for end, key in enumerate(path, 1):
        numbered.append(key)
        if path[:end] in counts:
            numbered.append(str(counts[path[:end]]))
    return tuple(numbered)


def _walk_paths(document: Any, path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Yield every path in a document, those of tables before what they hold."""
    is_table = isinstance(document, dict) and len(path) < _DEEPEST
    for key, value in document.items() if is_table else ():
        yield (*path, key)
        yield from _walk_paths(value, (*path, key))


def _locate_problem(problem: Problem, lines: Mapping[tuple[str, ...], int]) -> Problem:
    """Return a problem with the line of its path, or of as much of it as there is."""
    ways = (problem.path[:end] for end in range(len(problem.path), 0, -1))
    return evolve(problem, line=next((lines[way] for way in ways if way in lines), None))


def _list_document_problems(
    error: BaseException, path: tuple[str, ...], cls: type | None = None
) -> Iterator[Problem]:
    """Walk through what cattrs found, and say each thing once."""
    if isinstance(error, ClassValidationError | IterableValidationError):
        noted, others = error.group_exceptions()
        for inner, note in noted:
            key = note.name if isinstance(note, AttributeValidationNote) else note.index
            yield from _list_document_problems(inner, (*path, str(key)), note.type)
        for inner in others:
            yield from _list_document_problems(inner, path, getattr(error, "cl", None))
    elif isinstance(error, DocumentError):
        yield from (evolve(problem, path=(*path, *problem.path)) for problem in error.problems)
    elif isinstance(error, ForbiddenExtraKeysError):
        for key in sorted(error.extra_fields):
            yield Problem((*path, key), explain_unknown_key(key, _list_keys(error.cl)))
    elif isinstance(error, FieldError):
        yield Problem((*path, error.key), Hint.of(error))
    else:
        yield Problem(path, _explain_wrong_value(error, cls))


def _explain_wrong_value(error: BaseException, cls: type | None) -> Hint:
    if isinstance(error, KeyError):
        return Hint("document.missing_key", name=repr(error.args[0]))
    if isinstance(error, PlfkitError | ValueError):
        return Hint.of(error)
    if cls is not None and has(cls):
        return Hint("document.table_of", keys=_list_keys(cls))
    return Hint("document.table_or_list")


def explain_unknown_key(key: str, known: Iterable[str]) -> Hint:
    """Return what mends a key that nobody knows: the nearest one, or all there are."""
    names = tuple(known)
    if close := get_close_matches(key, names, n=1):
        return Hint("document.near_key", name=repr(key), near=repr(close[0]))
    return Hint("document.unknown_key", name=repr(key), keys=names)


def _list_keys(cls: type) -> tuple[str, ...]:
    return tuple(attribute.alias.rstrip("_") for attribute in fields(cls))


@cache
def _build_converter() -> Converter:
    converter = Converter(forbid_extra_keys=True)
    for type_, name in ((str, "text"), (bool, "flag"), (int, "whole_number")):
        converter.register_structure_hook(type_, _make_type_hook(type_, name))
    converter.register_structure_hook(float, _structure_finite_number)
    converter.register_structure_hook_func(lambda type_: type_ == tuple[str, ...], _structure_texts)
    converter.register_structure_hook(StrEnum, _structure_word)
    converter.register_structure_hook_func(
        lambda type_: type_ == _ALL_OR_NUMBER, _structure_all_or_number
    )
    converter.register_structure_hook_func(lambda type_: type_ is Any, lambda value, _: value)
    converter.register_structure_hook_factory(_is_mapping, _make_mapping_hook)
    return converter


def _is_mapping(type_: Any) -> bool:
    return get_origin(type_) is Mapping


def _make_mapping_hook(type_: Any, converter: Any) -> Callable[[Any, Any], Any]:
    return mapping_structure_factory(type_, converter, structure_to=FixedDict)


def _make_type_hook(type_: type, name: str) -> Any:
    def check(value: Any, _: Any) -> Any:
        if type(value) is not type_:
            raise ValueError(Hint(f"document.{name}", found=type(value).__name__))
        if isinstance(value, str):
            value.encode("utf-8")  # half a character cannot be written anywhere
            if len(value) > _LONGEST_TEXT or _UNSHOWABLE.search(value):
                raise ValueError(Hint("document.long_text", most=_LONGEST_TEXT))
        return value

    return check


_structure_text = _make_type_hook(str, "text")


def _structure_finite_number(value: Any, _: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ValueError(Hint("document.number", found=type(value).__name__))
    return float(value)


def _structure_all_or_number(value: Any, type_: Any) -> Any:
    if isinstance(value, str) and value != "all":
        raise ValueError(Hint("document.all_or_number", found=repr(value)))
    return value if value == "all" else _structure_finite_number(value, type_)


def _structure_word(value: Any, kind: type[StrEnum]) -> StrEnum:
    if value not in [*kind]:
        raise ValueError(Hint("document.word", words=tuple(map(str, kind)), found=repr(value)))
    return kind(value)


def _structure_texts(value: Any, _: Any) -> tuple[str, ...]:
    if not isinstance(value, list | tuple) or not all(isinstance(item, str) for item in value):
        raise ValueError(Hint("document.texts"))
    return tuple(_structure_text(item, str) for item in value)


@cache
def _make_json_decoder() -> json.JSONDecoder:
    """Return what reads JSON strictly; made once, because a table has a document a row."""
    return json.JSONDecoder(
        object_pairs_hook=_refuse_repeated_keys, parse_constant=_refuse_json_constant
    )


def _refuse_repeated_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    keys = dict(pairs)
    if len(keys) != len(pairs):
        raise ValueError(Hint("document.key_twice"))
    return keys


def _refuse_json_constant(name: str) -> None:
    raise ValueError(Hint("document.no_number", name=name))


def get_subtable(document: Mapping[str, Any], key: str, where: str) -> Mapping[str, Any]:
    """Return the table under a key, empty if it is absent.

    Raises:
        ProfileError: Something else stands there.
    """
    value = document.get(key, {})
    if not isinstance(value, Mapping):
        raise ProfileError(Hint("document.needs_table", where=where, name=repr(key)))
    return value
