"""Mappings that stay as they were made: profiles share the core's words, and no code may change them."""

from __future__ import annotations

from typing import Any, NoReturn


class FixedDict(dict[Any, Any]):
    """A dict that nobody can change; whoever wants another one makes it, as ``{**fixed, "key": value}``.

    Examples:
        >>> FixedDict(a=1)["a"]
        1
        >>> FixedDict(a=1)["a"] = 2
        Traceback (most recent call last):
        ...
        TypeError: this mapping cannot be changed: make another, as {**mapping, 'a': …}
    """

    __slots__ = ()

    def _refuse_change(self, *given: Any, **_named: Any) -> NoReturn:
        key = repr(given[0]) if given else "…"
        raise TypeError(f"this mapping cannot be changed: make another, as {{**mapping, {key}: …}}")

    __setitem__ = __delitem__ = __ior__ = _refuse_change
    clear = pop = popitem = setdefault = update = _refuse_change

    def __reduce__(self) -> tuple[type[FixedDict], tuple[dict[Any, Any]]]:
        return FixedDict, (dict(self),)
