"""Values that compute some of their attributes when somebody asks, and keep them."""

from __future__ import annotations

from typing import Any

from attrs import fields


class Caching:
    """What keeps some of what follows from its fields in its ``__dict__``, by `functools.cached_property`.

    With slots attrs would look such attributes up in a ``__getattr__``, and whoever completes keys, as in
    ``organisation.tables["``, looks into nothing that has one. What was kept is no part of a value, and
    stays behind when it is pickled.
    """

    def __getstate__(self) -> dict[str, Any]:
        return {one.name: getattr(self, one.name) for one in fields(type(self))}  # type: ignore[arg-type]
