"""What a value keeps of what follows from its fields is no part of it."""

from __future__ import annotations

import pickle

import pytest
from attrs.exceptions import FrozenInstanceError

from plfkit import Organisation, snapshot


def test_what_is_kept_stays_behind(town: Organisation) -> None:
    """A moment that has answered questions is as large, packed up, as a new one, and means the same."""
    fresh, used = snapshot(town), snapshot(town)
    layer = used.layer("advice")
    assert used.staff.any()
    assert len(pickle.dumps(used)) == len(pickle.dumps(fresh))
    again = pickle.loads(pickle.dumps(used))  # noqa: S301 - our own
    assert again.tables == used.tables
    assert (again.layer("advice").adjacency != layer.adjacency).nnz == 0
    assert pickle.loads(pickle.dumps(town)) == town  # noqa: S301


def test_values_stay_as_they_are(town: Organisation) -> None:
    """Without slots they are no more to be changed than with them."""
    for value in (town, snapshot(town), town.vocabulary):
        with pytest.raises(FrozenInstanceError):
            value.tables = {}  # type: ignore[misc, union-attr]
        with pytest.raises(FrozenInstanceError):
            value.new = 1  # type: ignore[union-attr]
