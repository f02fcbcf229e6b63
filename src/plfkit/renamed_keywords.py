"""Keywords that are called otherwise now: the old name works for one minor version, and warns."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, TypeVar, cast

F = TypeVar("F", bound=Callable[..., Any])
_ATTRIBUTE = "plfkit_old_names"


def take_old_names(**new_names: str) -> Callable[[F], F]:
    """Let a function take keywords by the names that they had before.

    Args:
        **new_names: What each is called now, by its old name.

    Examples:
        >>> @take_old_names(lang="language")
        ... def greet(*, language="da"):
        ...     return {"da": "Goddag", "en": "Good day"}[language]
        >>> import warnings
        >>> with warnings.catch_warnings(record=True) as told:
        ...     warnings.simplefilter("always")
        ...     greet(lang="en")
        'Good day'
        >>> print(told[0].message)
        greet: lang= is called language= now; the old name goes in the next minor version
    """

    def attach(function: F) -> F:
        @wraps(function)
        def call(*given: Any, **named: Any) -> Any:
            return function(*given, **_rename_keywords(function.__name__, named, new_names))

        setattr(call, _ATTRIBUTE, dict(new_names))
        return cast("F", call)

    return attach


def list_old_names(function: Callable[..., Any]) -> Mapping[str, str]:
    """Return what the keywords of a function are called now, by the names that they had before."""
    return dict(getattr(function, _ATTRIBUTE, {}))


def _rename_keywords(
    function: str, named: Mapping[str, Any], new_names: Mapping[str, str]
) -> dict[str, Any]:
    """Return keywords by the names of today.

    Raises:
        TypeError: One was given by both of its names.
    """
    renamed = dict(named)
    for old in new_names.keys() & named.keys():
        new = new_names[old]
        if new in named:
            raise TypeError(f"{function} got {new}= and its old name {old}=: leave {old}= out")
        message = (
            f"{function}: {old}= is called {new}= now; the old name goes in the next minor version"
        )
        warnings.warn(message, DeprecationWarning, stacklevel=3)
        renamed[new] = renamed.pop(old)
    return renamed
