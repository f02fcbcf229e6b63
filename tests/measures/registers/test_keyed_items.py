"""Characteristics that several items measure, some of them reversed, by what communities answered."""

from __future__ import annotations

from datetime import date
from itertools import product
from typing import Any

import pytest

from plfkit import Community, Membership, Organisation, Person, Snapshot, Survey, Unit, snapshot
from plfkit.measures import characteristics_profile, framework_mean
from plfkit.model.records.rows import Answer
from plfkit.model.words.vocabulary import load_core_vocabulary

TEXT = {"da": "Mod", "en": "Courage"}
WORDS = load_core_vocabulary().extended(
    {
        "characteristics": {"courage": {"label": TEXT, "about": TEXT}},
        "frameworks": {
            "ours": {
                "label": TEXT,
                "characteristics": ["courage"],
                "reference": "plfkit's tests",
                "keys": {"courage": ["show", "hide"]},
                "reversed": ["hide"],
            }
        },
    }
)
CLEAR = 3
"""Two thirds up a scale from 1 to 4."""


def answered(**values: int | None) -> Snapshot:
    """A team that answered some items."""
    people = ("ann", "bo", "cy")
    return snapshot(
        Organisation.of(
            vocabulary=WORDS,
            units=[Unit("s", "school")],
            persons=[Person(name) for name in people],
            communities=[Community("t", "team", unit="s")],
            memberships=[Membership("t", name) for name in people],
            surveys=[Survey("q", "scale", date=date(2018, 11, 1), lowest=1, highest=4)],
            answers=[
                Answer("q", item=item, value=value, community="t")
                for item, value in values.items()
                if value is not None
            ],
        )
    )


def profile(now: Snapshot) -> Any:
    """The one figure of the profile."""
    [figure] = characteristics_profile(now, framework="ours", at_least=1)
    return figure


@pytest.mark.parametrize(("show", "hide"), list(product(range(1, 5), repeat=2)))
def test_what_the_mean_says_the_profile_says(show: int, hide: int) -> None:
    """A team shows the characteristic just where `framework_mean` lies clearly up the scale."""
    now = answered(show=show, hide=hide)
    means = framework_mean(now, framework="ours", respondents="communities")
    [mean] = [one.value for one in means if one.figure == "courage"]
    assert mean == (show + 5 - hide) / 2
    assert profile(now).value == float(mean >= CLEAR)


@pytest.mark.parametrize(
    ("show", "hide", "ends"),
    [(4, None, (0, 1)), (1, None, (0, 0)), (None, 1, (0, 1)), (None, None, (0, 1))],
)
def test_an_item_that_was_not_answered(
    show: int | None, hide: int | None, ends: tuple[int, int]
) -> None:
    """The range is that of all that could have been answered, and there is a value where that is one."""
    possible = [
        profile(answered(show=one, hide=other)).value
        for one in ([show] if show else range(1, 5))
        for other in ([hide] if hide else range(1, 5))
    ]
    found = profile(answered(show=show, hide=hide, courage=4))
    assert (found.lower, found.upper) == ends
    assert found.value == (ends[0] if ends[0] == ends[1] else None)
    assert ends == (min(possible), max(possible))
