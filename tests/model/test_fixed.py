"""Mappings that stay as they were made."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest

from plfkit.model.fixed import FixedDict
from plfkit.model.words.vocabulary import load_core_vocabulary


@pytest.mark.parametrize(
    "change",
    [
        lambda words: words.__setitem__("x", 1),
        lambda words: words.__delitem__("a"),
        lambda words: words.update(x=1),
        lambda words: words.setdefault("x", 1),
        lambda words: words.pop("a"),
        lambda words: words.popitem(),
        lambda words: words.clear(),
        lambda words: words.__ior__({"x": 1}),
    ],
)
def test_nobody_changes_it(change: Callable[[FixedDict], Any]) -> None:
    """Whichever way is tried is refused, and what it held it still holds."""
    fixed = FixedDict(a=1)
    with pytest.raises(TypeError, match="cannot be changed"):
        change(fixed)
    assert fixed == {"a": 1}


def copy_by_pickle(fixed: FixedDict) -> FixedDict:
    """Copy as between processes."""
    copied: FixedDict = pickle.loads(pickle.dumps(fixed))  # noqa: S301 - our own bytes
    return copied


@pytest.mark.parametrize("copy", [deepcopy, copy_by_pickle])
def test_it_is_copied(copy: Callable[[FixedDict], FixedDict]) -> None:
    """Another process gets the same, fixed too."""
    copied = copy(FixedDict(a=[1]))
    assert (type(copied), copied) == (FixedDict, {"a": [1]})


def test_the_words_that_all_profiles_share_are_fixed() -> None:
    """Nobody changes the core's kinds under everybody else."""
    with pytest.raises(TypeError):
        load_core_vocabulary().roles["x"] = load_core_vocabulary().roles["teacher"]  # type: ignore[index]
