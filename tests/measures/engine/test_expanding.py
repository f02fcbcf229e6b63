"""Keywords that a measure takes through an unpacked dictionary are shown one by one."""

from __future__ import annotations

import inspect
from typing import Any, TypedDict, Unpack, get_type_hints

import pytest

from plfkit import measures
from plfkit.inference import mrqap, qap
from plfkit.measures.engine.expanding import DEFAULTS, write_out_docstring, write_out_signature

SHOWING = [*(one.function for one in measures.CORE), qap, mrqap]


@pytest.mark.parametrize("function", SHOWING, ids=lambda one: one.__name__)
def test_every_keyword_is_shown(function: Any) -> None:
    """The signature has each keyword and what holds without it, the docstring what it means."""
    shown = inspect.signature(function).parameters
    assert not any(one.kind is one.VAR_KEYWORD for one in shown.values())
    told = str(inspect.getdoc(function))  # newer Pythons keep docstrings without their margin
    hints = get_type_hints(inspect.unwrap(function))
    taken = inspect.signature(inspect.unwrap(function)).parameters
    for name in [name for name, one in taken.items() if one.kind is one.VAR_KEYWORD]:
        (options,) = hints[name].__args__
        for keyword in get_type_hints(options):
            assert shown[keyword].default == DEFAULTS[keyword]
            assert f"\n    {keyword}: " in told, keyword
        assert f"\n    {name}: " not in told
    for name, one in shown.items():
        if one.kind is one.KEYWORD_ONLY:
            assert f" {name}: " in told, name


def test_options_tell_of_all_their_keywords() -> None:
    """``help`` of the options shows what those say that they build on."""
    for keyword in get_type_hints(measures.TieOptions):
        assert f"    {keyword}: " in str(measures.TieOptions.__doc__), keyword


class Own(TypedDict, total=False):
    """Keywords of somebody's own.

    Attributes:
        depth: How deep.
    """

    depth: int


class Needed(TypedDict):
    """Keywords that must be given."""

    depth: int


def deep(now: object, **options: Unpack[Own]) -> None:
    """Look.

    Args:
        now: The moment.
        options: What may
            be said.

    Returns:
        Nothing.
    """
    del now, options


def needed(now: object, **options: Unpack[Needed]) -> None:
    """Look."""
    del now, options


def plain(now: object, **options: Any) -> None:
    """Look."""
    del now, options


def test_keywords_of_somebodys_own() -> None:
    """What only the function knows has three dots, what is required nothing; others stay as they are."""
    assert write_out_signature(deep).parameters["depth"].default is ...
    assert write_out_signature(needed).parameters["depth"].default is inspect.Parameter.empty
    assert [*write_out_signature(plain).parameters] == ["now", "options"]
    text = inspect.cleandoc(str(write_out_docstring(deep)))
    assert "    now: The moment.\n    depth: How deep.\n\nReturns:" in text
    assert write_out_docstring(plain) == plain.__doc__
