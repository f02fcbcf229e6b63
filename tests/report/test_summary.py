"""What a chief reads first says why a figure is not there."""

from __future__ import annotations

import pytest

from plfkit import (
    Community,
    Membership,
    Organisation,
    Person,
    Position,
    Survey,
    Unit,
    assess,
    load_profile,
    release,
)
from plfkit.model.records.rows import Answer
from plfkit.report.summary import write_summary
from plfkit.report.texts import Texts


@pytest.mark.parametrize(
    ("people", "members", "told"),
    [
        (2, 2, "How many of the staff are in a community is not shown"),
        (20, 20, "≥ 65% of the staff are on the list of members"),
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
    of_learning, of_any = write_summary(card, Texts.of("en"))[:2]
    assert told in of_any
    assert "learning community" in of_learning


def page_of(kinds: dict[str, int], answers: dict[str, int]) -> str:
    """The first sentence on forty people who sit in communities of some kinds, as many in each."""
    names = [f"p{n}" for n in range(40)]
    seats = iter(names)
    organisation = Organisation.of(
        units=[Unit("s", "school")],
        persons=[Person(name) for name in names],
        positions=[Position(name, "s", "teacher") for name in names],
        communities=[Community(kind, kind, unit="s") for kind in kinds],
        memberships=[
            Membership(kind, next(seats)) for kind, count in kinds.items() for _ in range(count)
        ],
        surveys=[Survey("v", "scale", instrument="five", lowest=1, highest=4)],
        answers=[
            Answer("v", None, kind, item=item, value=value)
            for kind, value in answers.items()
            for item in ("reflective_dialogues", "pupil_learning_focus")
        ],
    )
    profile = load_profile("generic")
    card = release(assess(organisation, profile), profile.privacy).content
    return write_summary(card, Texts.of("en"))[0]


@pytest.mark.parametrize(
    ("kinds", "answers", "told"),
    [
        (
            {"learning_community": 20, "team": 12},
            {"team": 2},
            "50.0% of the staff are in a learning",
        ),
        (
            {"learning_community": 20, "team": 12},
            {"team": 4},
            "80.0% of the staff are in a learning",
        ),
        ({"learning_community": 20, "team": 12}, {}, "Between 50.0% and 80.0% of the staff"),
        ({"team": 32}, {}, "≤ 80% of the staff are in a learning"),
        ({"learning_community": 38, "team": 0}, {}, "≥ 82% of the staff are in a learning"),
        ({"team": 40}, {}, "is not known yet"),
    ],
)
def test_first_sentence(kinds: dict[str, int], answers: dict[str, int], told: str) -> None:
    """A team counts once it sees both practices in itself; until it has answered it widens the range."""
    assert told in page_of(kinds, answers)
