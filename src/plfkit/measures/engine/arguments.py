"""The arguments of a measure: what its annotations ask for, and what is given as data."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor
from functools import lru_cache
from math import isfinite
from typing import Any, get_args, get_origin, get_type_hints

from attrs import frozen

from plfkit.errors import MeasureError, say_error
from plfkit.hints import Hint

_REMEMBERED = 512
"""Of how many functions the keywords are kept: of all that a catalogue may have."""
_FLAGS = {"yes": True, "no": False, "true": True, "false": False}


def read_keywords(function: Callable[..., Any]) -> dict[str, Keyword]:
    """Return the keywords of a measure: its own, and those of an unpacked `TypedDict`.

    Raises:
        MeasureError: The function does not say of each of them what it takes.
    """
    try:
        return dict(_list_keywords(function))
    except Exception as error:  # whatever annotations may do as they are looked up
        name = getattr(function, "__name__", "?")
        remedy = "annotate each of its keywords, **options as Unpack[Options]"
        raise MeasureError(
            f"the measure {name} does not say what it takes ({say_error(error)}): {remedy}"
        ) from error


@lru_cache(maxsize=_REMEMBERED)
def _list_keywords(function: Callable[..., Any]) -> tuple[tuple[str, Keyword], ...]:
    """Return the keywords with their names; looking them up takes as long as a small figure."""
    return tuple(_find_keywords(function))


def _find_keywords(function: Callable[..., Any]) -> Iterator[tuple[str, Keyword]]:
    hints, own = get_type_hints(function), inspect.signature(inspect.unwrap(function))
    for name, parameter in [*own.parameters.items()][1:]:
        if parameter.kind is inspect.Parameter.VAR_KEYWORD:
            (options,) = get_args(hints[name])
            yield from ((n, Keyword(hint)) for n, hint in get_type_hints(options).items())
        else:
            required = parameter.default is inspect.Parameter.empty
            yield name, Keyword(hints[name], required=required)


@frozen
class Keyword:
    """A keyword of a measure: the type it takes, and whether it must be given."""

    hint: Any
    required: bool = False

    @property
    def takes_mapping(self) -> bool:
        """Whether a mapping may be given."""
        return any(get_origin(kind) is Mapping for kind in get_args(self.hint))


def convert_argument(measure_name: str, name: str, value: Any, hint: Any) -> Any:
    """Turn an argument given as data into what the measure's annotation asks for.

    Raises:
        MeasureError: It is nothing of the kind.
    """
    wanted = {hint} if get_origin(hint) is tuple else set(get_args(hint)) or {hint}
    if value is None and type(None) in wanted:
        return None
    if tuple[str, ...] in wanted and isinstance(value, str | list | tuple):
        words = value.split(",") if isinstance(value, str) else value
        if all(isinstance(word, str) for word in words):
            return tuple(words)
    if isinstance(value, str):
        value = _parse_argument(value, wanted)
    if float in wanted and type(value) is int:
        return float(value)
    # By its very type: True is an int to isinstance, and no number of steps.
    if type(value) in wanted & {bool, int, float}:
        return value
    if isinstance(value, Mapping) and any(get_origin(kind) is Mapping for kind in wanted):
        return value
    texts = str in wanted or any(isinstance(word, str) for word in wanted)
    if (isinstance(value, str) and texts) or (Executor in wanted and isinstance(value, Executor)):
        return value
    values = {"measure": measure_name, "name": name, "expected": _name_expected_type(wanted)}
    raise MeasureError(Hint("measure.bad_argument", **values))


def _parse_argument(text: str, wanted: set[Any]) -> Any:
    """Return what a text means where a number, yes or no is wanted; else the text."""
    if bool in wanted and text in _FLAGS:
        return _FLAGS[text]
    if int in wanted and text.strip("+-").isdecimal():
        return int(text)
    return _parse_argument_number(text) if float in wanted else text


def _parse_argument_number(text: str) -> float | str:
    """Return a text as a number; a text that is none, or is not finite, as it stands."""
    try:
        number = float(text)
    except ValueError:
        return text
    return number if isfinite(number) else text


def _name_expected_type(wanted: set[Any]) -> Hint:
    names: dict[Any, str] = {
        tuple[str, ...]: "texts",
        bool: "flag",
        int: "whole_number",
        float: "number",
        Executor: "executor",
    }
    known = [name for kind, name in names.items() if kind in wanted]
    return Hint(f"argument.{known[0] if known else 'text'}")
