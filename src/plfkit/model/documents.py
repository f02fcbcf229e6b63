"""Documents that people write, TOML and JSON, into values: strictly, and with errors that help.

cattrs alone turns `None` into the text ``'None'`` and ``"nej"`` into true. Here a value has the type
that is asked for or it is refused, an unknown key is refused with the nearest known one, and every
problem of a document is reported at once with its path.
"""

from __future__ import annotations

import json
import math
import tomllib
from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache
from typing import Any, TypeVar

from attrs import fields
from cattrs import ClassValidationError, Converter, IterableValidationError, transform_error
from cattrs.errors import ForbiddenExtraKeysError

from plfkit.errors import PlfkitError, ProfileError

T = TypeVar("T")


def parse_toml(text: str, where: str) -> dict[str, Any]:
    """Read TOML text.

    Raises:
        ProfileError: The text is no TOML; the message has line and column.
    """
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise ProfileError(f"{where} is no valid TOML: {error}") from error


def parse_json(text: str, where: str) -> dict[str, Any]:
    """Read a JSON object: no repeated keys, no NaN, no numbers or nesting without end.

    Raises:
        ProfileError: The text is not such an object.
    """
    try:
        document = json.loads(text, object_pairs_hook=_unique, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise ProfileError(f"{where} is no valid JSON: {error}") from error
    if not isinstance(document, dict):
        raise ProfileError(f"{where} must hold one JSON object")
    return document


def structure(document: Any, cls: type[T], where: str) -> T:
    """Turn a document into a value of an attrs class.

    Args:
        document: Dicts, lists and scalars, as a TOML or JSON reader gives them.
        cls: The class to build.
        where: What the document is called in messages.

    Raises:
        ProfileError: Every problem of the document, each with its path.
    """
    try:
        return _converter().structure(document, cls)
    except ProfileError:
        raise
    except (
        ClassValidationError,
        IterableValidationError,
        PlfkitError,
        ValueError,
        TypeError,
        AttributeError,
    ) as error:
        if isinstance(error, ClassValidationError | IterableValidationError):
            problems = transform_error(error, path=where, format_exception=_explain)
        else:
            problems = [f"{_explain(error, None)} @ {where}"]
        raise ProfileError(
            "\n".join([f"{where} cannot be used:", *(f"  {p}" for p in problems)])
        ) from error


def _explain(error: BaseException, type_: type | None) -> str:
    if isinstance(error, ForbiddenExtraKeysError):
        return "; ".join(_unknown_key(key, error.cl) for key in sorted(error.extra_fields))
    if isinstance(error, KeyError):
        return f"the required key {error.args[0]!r} is missing"
    if isinstance(error, TypeError | AttributeError):
        return "expected a table or a list"
    if isinstance(error, PlfkitError | ValueError):
        return str(error)
    return f"not a valid {getattr(type_, '__name__', type_)}: {error}"


def _unknown_key(key: str, cls: type) -> str:
    known = [attribute.name for attribute in fields(cls)]
    close = get_close_matches(key, known, n=1)
    hint = f"did you mean {close[0]!r}?" if close else f"known keys: {', '.join(known)}"
    return f"unknown key {key!r}, {hint}"


@cache
def _converter() -> Converter:
    converter = Converter(forbid_extra_keys=True)
    for type_, name in ((str, "text"), (bool, "true or false"), (int, "a whole number")):
        converter.register_structure_hook(type_, _exactly(type_, name))
    converter.register_structure_hook(float, _finite)
    converter.register_structure_hook_func(lambda type_: type_ == tuple[str, ...], _texts)
    converter.register_structure_hook_func(lambda type_: type_ is Any, lambda value, _: value)
    return converter


def _exactly(type_: type, name: str) -> Any:
    def check(value: Any, _: Any) -> Any:
        if type(value) is not type_:
            raise ValueError(f"expected {name}, found {type(value).__name__}")
        if isinstance(value, str):
            value.encode("utf-8")  # half a character cannot be written anywhere
        return value

    return check


def _finite(value: Any, _: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ValueError(f"expected a finite number, found {type(value).__name__}")
    return float(value)


def _texts(value: Any, _: Any) -> tuple[str, ...]:
    if not isinstance(value, list | tuple) or not all(isinstance(item, str) for item in value):
        raise ValueError("expected a list of texts")
    return tuple(value)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    keys = dict(pairs)
    if len(keys) != len(pairs):
        raise ValueError("a key stands twice in one object")
    return keys


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no number")


def mapping_of(document: Mapping[str, Any], key: str, where: str) -> Mapping[str, Any]:
    """Return the table under a key, empty if it is absent.

    Raises:
        ProfileError: Something else stands there.
    """
    value = document.get(key, {})
    if not isinstance(value, Mapping):
        raise ProfileError(f"{where}: {key!r} must be a table")
    return value
