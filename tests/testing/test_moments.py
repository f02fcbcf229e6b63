"""Small moments: what a line of text stands for."""

from __future__ import annotations

import pytest

from plfkit.errors import DocumentError
from plfkit.testing import build_moment


def test_commas_make_rows() -> None:
    """A cell with commas is a row for each of its words, for every word of another such cell."""
    now = build_moment(memberships=["t,u ann,bo"])
    assert [(row.community, row.person) for row in now.memberships] == [
        *(("t", "ann"), ("t", "bo")),
        *(("u", "ann"), ("u", "bo")),
    ]


def test_what_is_named_is_there() -> None:
    """Units, people and communities that rows refer to are added once; given ones stay as they are."""
    now = build_moment(
        units=["k daycare"], positions=["ann k pedagogue", "bo s teacher"], memberships=["t bo,cy"]
    )
    assert [(unit.id, unit.kind) for unit in now.units] == [("k", "daycare"), ("s", "school")]
    assert now.person_ids == ("ann", "bo", "cy")
    assert [community.kind for community in now.communities] == ["team"]


def test_cells_by_name() -> None:
    """Cells that are not required are given by name."""
    now = build_moment(communities=["t team charter=yes focus=reading"])
    assert (now.communities[0].charter, now.communities[0].focus) == (True, "reading")


def test_complete_logs() -> None:
    """A unit that is said to be complete has a complete log of every kind of event."""
    now = build_moment(complete=["s"], events=["m data_meeting 2018-10-01"])
    assert {row.kind for row in now.registrations} == set(now.vocabulary.event_kinds)
    assert all(row.unit == "s" and row.complete for row in now.registrations)


def test_years() -> None:
    """The period is the one asked for, and else the latest with data."""
    events = ["m data_meeting 2017-10-01", "n data_meeting 2018-10-01"]
    assert [row.id for row in build_moment(events=events).events] == ["n"]
    assert [row.id for row in build_moment("2017/18", events=events).events] == ["m"]


@pytest.mark.parametrize("line", ["t ann chair", "t", "t ann rank=1"])
def test_a_line_that_does_not_fit(line: str) -> None:
    """A cell too many, one too few and an unknown column are refused."""
    with pytest.raises(DocumentError, match=r"memberships|row"):
        build_moment(memberships=[line])
