"""Folders of many municipalities: what is asked for wrongly is told before anything is read."""

from __future__ import annotations

from typing import Any

import pytest

from plfkit import load_profile
from plfkit.disclosure import release_folders
from plfkit.errors import DisclosureError

GENERIC = load_profile("generic")


@pytest.mark.parametrize(
    ("ledgers", "told"),
    [
        ({"Nrd": "nord.json"}, "there is a ledger for Nrd, but no folder"),
        ({"Nord": "one.json", "Syd": "./one.json"}, "Nord and Syd have the same ledger"),
    ],
)
def test_ledger_of_somebody_else(ledgers: dict[str, str], told: str) -> None:
    """A ledger that nobody would look into is refused, and one that two would write into."""
    with pytest.raises(DisclosureError, match=told):
        release_folders({"Nord": "nowhere", "Syd": "nowhere"}, GENERIC, ledgers=ledgers)


def test_no_folders() -> None:
    """Of no folders nothing comes, and nothing fails."""
    found = release_folders({}, GENERIC)
    assert (found.released, found.refused) == ({}, {})


@pytest.mark.parametrize(
    ("profile", "executor", "told"),
    [
        ("vejle", None, "a Profile or Mapping is needed, not str"),
        (GENERIC, 4, "an Executor is needed, not int"),
    ],
)
def test_something_else(profile: Any, executor: Any, told: str) -> None:
    """A profile's name in its place, and a number of workers, are told what is needed."""
    with pytest.raises(TypeError, match=told):
        release_folders({"Nord": "nowhere"}, profile, executor=executor)
