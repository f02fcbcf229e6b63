"""Keywords that a measure takes as ``**options: Unpack[…]``, written out for whoever reads its signature.

``help``, editors and Tab show a function's signature and docstring; both name every keyword, what holds
where it is left out, and what it means. No annotation is evaluated for that, since that is slow.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from textwrap import dedent
from typing import Any, ForwardRef, TypeVar, is_typeddict

F = TypeVar("F", bound=Callable[..., Any])
_UNPACKED = re.compile(r"(?:typing\.|t\.)?Unpack\[(\w+)\]")
_ARGS = re.compile(
    r"^(?P<margin> *)Args:\n(?:(?P=margin) +.*\n|\n(?=(?P=margin)  ))*", re.MULTILINE
)
_TOLD = re.compile(r"^Attributes:\n((?: {4}.*\n)*)", re.MULTILINE)

DEFAULTS: Mapping[str, Any] = {
    "missing": "available",
    "interval": False,
    "null": None,
    "within": None,
    "minimum_strength": None,
    "draws": 1000,
    "seed": 0,
    "executor": None,
}
"""What holds where a keyword that every measure takes is left out."""


def write_out_keywords(function: F, told: Callable[..., Any] | None = None) -> F:
    """Have a function show each keyword that it takes through an unpacked `TypedDict`.

    Args:
        function: The function that is shown.
        told: The one whose signature and docstring say so, where it is wrapped.
    """
    of = told or function
    signature, function.__doc__ = write_out_signature(of), write_out_docstring(of)
    setattr(function, "__signature__", signature)  # noqa: B010 - functions have none of their own
    return function


def write_out_signature(function: Callable[..., Any]) -> inspect.Signature:
    """Return a function's signature with each keyword of its unpacked `TypedDict` by itself.

    Keywords that may be left out have what then holds as their default, or ``...`` where only the
    function knows.
    """
    own = inspect.signature(function)
    written: list[inspect.Parameter] = []
    for parameter in own.parameters.values():
        options = find_options(function, parameter)
        written += [parameter] if options is None else _list_parameters(options)
    return own.replace(parameters=written)


def write_out_docstring(function: Callable[..., Any]) -> str | None:
    """Return a function's docstring with what each of those keywords means after its own arguments."""
    text = function.__doc__
    for parameter in inspect.signature(function).parameters.values():
        options = find_options(function, parameter)
        if text and options is not None and (args := _ARGS.search(text)):
            margin = args["margin"]
            told = "".join(
                f"{margin}    {line}".rstrip() + "\n" for line in _tell_keywords(options)
            )
            own = _drop_entry(args[0], f"{margin}    {parameter.name}: ").rstrip()
            return f"{text[: args.start()]}{own}\n{told}{_begin_after_blank(text[args.end() :])}"
    return text


def _drop_entry(args: str, head: str) -> str:
    """Return a list of arguments without the entry that begins so, and the lines that go on further in."""
    kept: list[str] = []
    inside = False
    for line in args.splitlines(keepends=True):
        inside = line.startswith(head) or (
            inside and line.startswith(f"{head[: -len(head.lstrip())]} ")
        )
        kept += [] if inside else [line]
    return "".join(kept)


def _begin_after_blank(rest: str) -> str:
    """Return what follows the arguments, after an empty line if anything does."""
    return f"\n{rest.removeprefix(chr(10))}" if rest.strip() else rest


def find_options(function: Callable[..., Any], parameter: inspect.Parameter) -> type | None:
    """Return the `TypedDict` that a parameter unpacks; None if it unpacks none."""
    if parameter.kind is not parameter.VAR_KEYWORD:
        return None
    said = parameter.annotation
    if isinstance(said, str):
        found = _UNPACKED.fullmatch(said)
        options = found and getattr(function, "__globals__", {}).get(found[1])
    else:
        options = next(iter(getattr(said, "__args__", ())), None)
    return options if is_typeddict(options) else None


def _list_parameters(options: type) -> Iterator[inspect.Parameter]:
    required: frozenset[str] = getattr(options, "__required_keys__", frozenset())
    for name, hint in options.__annotations__.items():
        default = inspect.Parameter.empty if name in required else DEFAULTS.get(name, ...)
        said = hint.__forward_arg__ if isinstance(hint, ForwardRef) else hint
        yield inspect.Parameter(
            name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=said
        )


@cache
def _tell_keywords(options: type) -> tuple[str, ...]:
    """Return the lines that tell of each keyword, as its docstring tells them."""
    found = _TOLD.search(f"{inspect.getdoc(options)}\n")
    return () if found is None else tuple(dedent(found[1]).splitlines())


def tell_keywords_of(*others: type) -> Callable[[type], type]:
    """Add to the docstring of a `TypedDict` what those say that it builds on, as ``help`` shows only its own.

    Args:
        others: What it builds on; Python does not tell.
    """

    def add_keywords(options: type) -> type:
        below = [f"    {line}\n" for other in others for line in _tell_keywords(other)]
        options.__doc__ = f"{(inspect.getdoc(options) or '').rstrip()}\n{''.join(below)}"
        return options

    return add_keywords
