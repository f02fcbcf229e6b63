"""Municipalities beside each other: each is audited with its own staff list."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import pytest
from executors import threads

import plfkit
from plfkit import Organisation, audit
from plfkit.disclosure import Released
from plfkit.disclosure.comparing import release_comparison
from plfkit.errors import InvalidDataError
from plfkit.goals import Comparison


@cache
def build_towns() -> dict[str, Organisation]:
    """Two example municipalities of different sizes, whose schools and people have the same ids."""
    profile = plfkit.load_profile("generic")
    towns = (plfkit.synthetic.municipality(profile, schools=n, seed=n) for n in (2, 3))
    return dict(zip(("Øster", "Vester"), towns, strict=True))


@cache
def release_both() -> Released[Comparison]:
    """What is told of both."""
    profile = plfkit.load_profile("generic")
    cards = {name: plfkit.assess(town, profile) for name, town in build_towns().items()}
    return release_comparison(cards)


def find_rows(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The rows of a publication."""
    yield from document["publication"]["figures"]


def test_each_is_audited_with_its_own_list() -> None:
    """A comparison passes, as document and as page; with another's list it does not."""
    towns, released = build_towns(), release_both()
    document = plfkit.to_document(released)
    assert {row["municipality"] for row in find_rows(document)} == {*towns}
    written = json.dumps(document).encode()
    assert audit(written, staff=towns) == ()
    page = plfkit.render_comparison(released, language="da").encode()
    assert audit(page, staff=towns) == ()
    wrong = audit(written, staff=dict.fromkeys(towns, towns["Vester"]))
    assert {leak.municipality for leak in wrong} == {"Øster"}
    assert wrong[0].sentence("da").startswith("Øster: ")


def test_one_list_is_not_taken_for_several() -> None:
    """Without a list for each there is no audit, rather than leaks that are none."""
    towns = build_towns()
    document = plfkit.to_document(release_both())
    written = json.dumps(document).encode()
    with pytest.raises(InvalidDataError, match=r"of several municipalities \(Vester and Øster\)"):
        audit(written, staff=towns["Øster"])
    with pytest.raises(InvalidDataError, match="no staff list for Vester"):
        audit(written, staff={"Øster": towns["Øster"]})
    for row in find_rows(document):
        del row["municipality"]
    with pytest.raises(InvalidDataError, match="do not say whose they are"):
        audit(json.dumps(document).encode(), staff=towns)


class ListsOnDemand(Mapping[str, Organisation]):
    """Staff lists that are read when they are asked for; it notes in which order they were."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __getitem__(self, name: str) -> Organisation:
        self.asked.append(name)
        return build_towns()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(build_towns())

    def __len__(self) -> int:
        return len(build_towns())

    def __contains__(self, name: object) -> bool:
        return name in build_towns()


def test_lists_are_asked_for_one_by_one() -> None:
    """A mapping that reads is asked once for each list; on an executor the same leaks are found."""
    document = plfkit.to_document(release_both())
    for row in find_rows(document):
        if row["kind"] == "count":
            row["surely"] = row["possibly"] = row["surely"][:1] * 2
    written, lists = json.dumps(document).encode(), ListsOnDemand()
    leaks = audit(written, staff=lists)
    assert lists.asked == sorted(build_towns())
    assert {leak.municipality for leak in leaks} == {*build_towns()}
    with threads() as pool:
        assert audit(written, staff=build_towns(), executor=pool) == leaks
