"""What follows from a value alone is worked out once, when somebody first asks for it, and kept beside it.

A moment, a layer and what was observed of it never change, so neither does what follows from them: who is
in which group, which ties are returned. Of several threads that ask at once each may work it out, none waits
for another, and all get what the first of them put down.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, TypeVarTuple

from attrs import fields

Given = TypeVarTuple("Given")
Found = TypeVar("Found")

_NOTHING = object()
MOST_KEPT = 64
"""How many answers of one function are kept beside one value; the oldest goes."""


class Caching:
    """A value that keeps what follows from its fields in its ``__dict__``, with `work_out_once`.

    With slots it has none: attrs looks such attributes up in a ``__getattr__``, and whoever completes keys,
    as in ``organisation.tables["``, looks into nothing that has one. What was kept is no part of a value, and
    stays behind when it is pickled.
    """

    def __getstate__(self) -> dict[str, Any]:
        return {one.name: getattr(self, one.name) for one in fields(type(self))}  # type: ignore[arg-type]


def work_out_once(compute: Callable[[*Given], Found]) -> Callable[[*Given], Found]:
    """Keep what a function or property returns beside its first argument, a `Caching` value.

    Arrays that are kept are sealed. No lock is held meanwhile: a function may import, or ask for something
    else that is kept, whatever other threads do.

    Args:
        compute: What works it out, from the value and further arguments by position that can be hashed.

    Examples:
        >>> from attrs import frozen
        >>> @frozen(slots=False)
        ... class Sum(Caching):
        ...     parts: tuple[int, ...]
        ...
        ...     @property
        ...     @work_out_once
        ...     def total(self) -> int:
        ...         print("adding")
        ...         return sum(self.parts)
        >>> three = Sum((1, 2))
        >>> three.total, three.total
        adding
        (3, 3)
    """
    name = f"{compute.__module__}.{compute.__qualname__}"  # no attribute has such a name

    @wraps(compute)
    def look_up(*given: *Given) -> Found:
        arguments: tuple[Any, ...] = given
        owner, asked = arguments[0], arguments[1:]
        kept: dict[Any, Any] = vars(owner).get(name) or vars(owner).setdefault(name, {})
        known = kept.get(asked, _NOTHING)
        if known is not _NOTHING:
            return known  # type: ignore[no-any-return]
        found = compute(*given)
        seal_arrays(found)
        # What another thread put down meanwhile stands: both are equal, and one of them can go.
        found = kept.setdefault(asked, found)
        while len(kept) > MOST_KEPT:
            oldest, *_ = list(kept)  # a list of its own, as other threads may add to what is kept
            kept.pop(oldest, None)
        return found

    return look_up


def seal_arrays(value: Any) -> None:
    """Keep an array, those of a sparse matrix, or those of a tuple from being changed."""
    if isinstance(value, tuple):
        for part in value:
            if not isinstance(part, str):  # of labels there may be thousands
                seal_arrays(part)
    elif hasattr(value, "indptr"):
        seal_arrays((value.data, value.indices, value.indptr))
    elif hasattr(value, "setflags"):  # numpy may not have been imported
        value.setflags(write=False)
