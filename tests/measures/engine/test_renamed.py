"""Ids of before in calls of a measure of one's own: what was given, and what its code says by default."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import Any

import pytest

from plfkit import (
    Figure,
    Label,
    Organisation,
    Person,
    Position,
    Result,
    Snapshot,
    Table,
    Unit,
    snapshot,
)
from plfkit.errors import RenamedWarning
from plfkit.measures import Catalogue, measure
from plfkit.model.words.vocabulary import load_core_vocabulary

SAID = Label("Andel", "Share")
GUIDE = {
    "label": {"da": "Rolle", "en": "Role"},
    "level": "resource_persons",
    "resource_person": True,
}
MENTOR = {**GUIDE, "label": {"da": "Anden", "en": "Other"}}
WORDS = load_core_vocabulary().extended(
    {"roles": {"new": {**GUIDE, "formerly": ["old"]}, "m": MENTOR}}
)


@measure(
    label=SAID,
    tells=SAID,
    beware=SAID,
    figure_class="organisational",
    tables=("positions",),
    reference="the tests' own",
    counts_people=False,
    scale="count",
)
def holders(
    snapshot: Snapshot, role: str = "old", *, others: Sequence[str] = ("m", "old"), place: str = "s"
) -> Result:
    """Count the positions with a role, or with one of several."""
    counted = sum(one.role in {role, *others} and one.unit == place for one in snapshot.positions)
    row = Figure(value=counted, observed=1.0)
    about: dict[str, Any] = {
        "at": str(snapshot.period),
        "figure_class": "organisational",
        "counts_people": False,
    }
    return Result(
        figures=Table.of(Figure, [row]),
        measure="holders",
        scale="count",
        n=None,
        observed=1.0,
        **about,
    )


@pytest.fixture
def now() -> Snapshot:
    """A school where Ann has the role, by the id of now."""
    return snapshot(
        Organisation.of(
            vocabulary=WORDS,
            units=[Unit("s", "school")],
            persons=[Person("ann"), Person("bo")],
            positions=[Position("ann", "s", "new"), Position("bo", "s", "teacher")],
        )
    )


@pytest.mark.parametrize("by_name", [False, True])
def test_a_default_means_the_kind_of_now(now: Snapshot, *, by_name: bool) -> None:
    """Called without arguments the figure is that of the kind, and the warning names the measure's place."""
    with pytest.warns(RenamedWarning) as warned:
        found = Catalogue.of(holders)["holders"](now, {}) if by_name else holders(now)
    assert found.item() == 1
    assert found.call == {"role": "new", "others": ("m", "new"), "place": "s"}
    (first, second) = warned
    line = holders.__wrapped__.__code__.co_firstlineno  # type: ignore[attr-defined]
    assert (first.filename, first.lineno) == (__file__, line)
    assert f"holders (test_renamed.py, line {line}): role is old by default" in str(first.message)
    assert "others is old by default" in str(second.message)
    assert isinstance(first.message, DeprecationWarning)


@pytest.mark.parametrize("given", [("old",), ()])
def test_arguments_by_place_and_by_name(now: Snapshot, given: tuple[str, ...]) -> None:
    """Either is read as the id of now, and the warning stands where the measure was called."""
    named: dict[str, Any] = {"others": ()} if given else {"role": "old", "others": ()}
    with pytest.warns(RenamedWarning, match="role: old is called new now") as warned:
        assert holders(now, *given, **named).item() == 1
    assert [one.filename for one in warned] == [__file__]


def test_ids_of_now_are_left_alone(now: Snapshot) -> None:
    """Nothing is told of them, and a wrong call is refused as Python refuses it."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert holders(now, "teacher", others=()).item() == 1
    with pytest.raises(TypeError, match="multiple values"):
        holders(now, "old", role="old")  # type: ignore[misc] # as is shown


def test_an_error_filter_says_what_it_is_about(now: Snapshot) -> None:
    """Where warnings are errors the measure does not seem to fail: the old id is told."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(RenamedWarning, match="is called new now"):
            Catalogue.of(holders)["holders"](now, {"role": "old"})
