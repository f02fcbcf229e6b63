"""What a chief reads first says why a figure is not there."""

from __future__ import annotations

import pytest

from plfkit import (
    Community,
    Membership,
    Organisation,
    Person,
    Position,
    Unit,
    assess,
    load_profile,
    release,
)
from plfkit.report.summary import summary
from plfkit.report.texts import Texts


@pytest.mark.parametrize(
    ("people", "members", "told"),
    [
        (2, 2, "How many of the staff are in a community is not shown"),
        (20, 20, "≥ 90% of the staff are registered"),
        (20, 0, "has not been looked into yet"),
    ],
)
def test_a_share_that_is_hidden_was_looked_into(people: int, members: int, told: str) -> None:
    """Two people are too few to show; nobody is said to have forgotten to look."""
    names = [f"p{n}" for n in range(people)]
    organisation = Organisation.of(
        units=[Unit("s", "school")],
        persons=[Person(name) for name in names],
        positions=[Position(name, "s", "teacher") for name in names],
        communities=[Community("t", "team", unit="s")],
        memberships=[Membership("t", name) for name in names[:members]],
    )
    profile = load_profile("generic")
    card = release(assess(organisation, profile), profile.privacy).content
    first = summary(card, Texts.of("en"))[0]
    assert told in first
