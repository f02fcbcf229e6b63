"""Ids of before in calls of measures: in what was given, and in the defaults that stand in code."""

from __future__ import annotations

import inspect
import warnings
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from plfkit.errors import RenamedWarning
from plfkit.graph.snapshot import Snapshot
from plfkit.hints import Hint
from plfkit.model.words.renamed_arguments import update_arguments

_FROM_CALLER = 4
"""How far above the warning whoever called the measure stands."""


def update_call(
    function: Callable[..., Any],
    moments: Sequence[Snapshot],
    given: tuple[Any, ...],
    named: Mapping[str, Any],
) -> tuple[tuple[Any, ...], Mapping[str, Any]]:
    """Return what a measure is called with, kinds by the ids of now; what a default says otherwise is given.

    Args:
        function: The measure.
        moments: The moments that it is called with; the last one's vocabulary tells.
        given: The arguments by place.
        named: The arguments by name.

    Warns:
        RenamedWarning: A kind is named by an id of before, by the caller or by a default.
    """
    if not any(any(moment.vocabulary.former_ids.values()) for moment in moments[-1:]):
        return given, named
    own = inspect.signature(function)
    placed = dict(zip([*own.parameters][1:], own.bind(*given, **named).args[1:], strict=False))
    placed = {name: value for name, value in placed.items() if name not in named}
    unsaid = {
        name: parameter.default
        for name, parameter in own.parameters.items()
        if parameter.default is not inspect.Parameter.empty and name not in {*placed, *named}
    }
    asked = {**unsaid, **placed, **named}
    current, changed = update_arguments(moments[-1].vocabulary, asked)
    for name, renamed in changed.items():
        for old, new in renamed.items():
            if name in unsaid:
                _tell_old_default(function, name, old, new)
            else:
                _tell_old_argument(name, old, new)
    return given[:1], {**placed, **named, **{name: current[name] for name in changed}}


def _tell_old_argument(name: str, old: str, new: str) -> None:
    hint = Hint("measure.renamed", name=name, old=old, new=new)
    warnings.warn(RenamedWarning(hint), stacklevel=_FROM_CALLER)


def _tell_old_default(function: Callable[..., Any], name: str, old: str, new: str) -> None:
    """Warn whoever wrote the measure, once, as if that stood in its own first line."""
    code, known = function.__code__, function.__globals__
    hint = Hint(
        "measure.default_renamed",
        measure=function.__name__,
        name=name,
        old=old,
        new=new,
        file=Path(code.co_filename).name,
        line=code.co_firstlineno,
    )
    warnings.warn_explicit(
        RenamedWarning(hint),
        category=RenamedWarning,
        filename=code.co_filename,
        lineno=code.co_firstlineno,
        module=function.__module__,
        registry=known.setdefault("__warningregistry__", {}),
    )
