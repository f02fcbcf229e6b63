"""What the docstring of a figure says of its fields."""

from __future__ import annotations

import inspect

from attrs import fields

from plfkit import Figure
from plfkit.model.records.schema import list_column_specs


def test_each_field_is_explained() -> None:
    """The docstring says of each field what its column says, in order."""
    said = " ".join((inspect.getdoc(Figure) or "").partition("Attributes:")[2].split())
    names = [one.name for one in fields(Figure)]
    told = zip(names, list_column_specs(Figure), strict=True)
    assert said == " ".join(f"{name}: {column.doc}" for name, column in told)
