"""Response: who was asked, and how many of them answered."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plfkit import Snapshot, measures, release
from plfkit.model.declared.declarations import PrivacyFloor
from plfkit.model.results.result import Result
from plfkit.model.words.reasons import Reason
from plfkit.testing import build_moment

PEOPLE = tuple("abcdefgh")
HOMES = dict(zip(PEOPLE, "ssssstt", strict=False))
"""Five teachers of the school *s*, two of *t*; *h* works nowhere."""


def ask(*rosters: dict[str, bool]) -> Snapshot:
    """Return a moment with a survey of advice for each roster: whether each of its people answered."""
    return build_moment(
        persons=PEOPLE,
        positions=[f"{person} {school} teacher" for person, school in HOMES.items()],
        surveys=[f"q{n} network relation=advice date=2018-1{n}-01" for n in range(len(rosters))],
        responses=[
            f"q{n} {person} {'yes' if answered else 'no'}"
            for n, roster in enumerate(rosters)
            for person, answered in roster.items()
        ],
    )


def list_shares(result: Result) -> dict[str | None, tuple[float | None, int | None]]:
    """Return the share and the number asked of each part."""
    return {row.part: (row.value, row.n) for row in result}


rosters = st.dictionaries(st.sampled_from(PEOPLE), st.booleans(), min_size=2)


@given(rosters)
def test_one_survey(roster: dict[str, bool]) -> None:
    """The share is counted by hand from the roster, for the whole and for each school."""
    now = ask(roster)

    def count(people: list[str]) -> tuple[float | None, int]:
        asked = [roster[one] for one in people if one in roster]
        return (sum(asked) / len(asked) if asked else None), len(asked)

    assert list_shares(measures.response_rate(now, relation="advice")) == {None: count([*PEOPLE])}
    by_school = measures.response_rate(now, relation="advice", by="school")
    assert list_shares(by_school) == {
        school: count([one for one, home in HOMES.items() if home == school]) for school in "st"
    }


@pytest.mark.parametrize(("spring", "answered"), [(True, 3), (False, 1)])
def test_two_surveys(spring: bool, answered: int) -> None:  # noqa: FBT001
    """Whoever left one of two surveys unanswered has not told all that they were asked."""
    now = ask({"a": True, "b": True}, {"a": spring, "c": spring})
    assert measures.response_rate(now, relation="advice", survey="q0").item() == 1
    assert measures.response_rate(now, relation="advice").item() == answered / 3


def test_nobody_asked() -> None:
    """Without a survey nobody was asked; with answers and no roster nobody knows who was."""
    nobody = ask()
    (figure,) = measures.response_rate(nobody, relation="advice")
    assert (figure.value, figure.reason) == (None, Reason.NOT_SURVEYED)
    unknown = build_moment(
        surveys=["q network relation=advice date=2018-11-01"], ties=["a b advice survey=q"]
    )
    (figure,) = measures.response_rate(unknown, relation="advice")
    assert (figure.value, figure.lower, figure.reason) == (None, None, Reason.NOT_REGISTERED)


def test_register() -> None:
    """Of a relation that a register holds nobody was asked."""
    now = build_moment(ties=["ann bo reports_to"])
    (figure,) = measures.response_rate(now, relation="reports_to")
    assert (figure.value, figure.reason) == (None, Reason.NOT_SURVEYED)


@pytest.mark.parametrize("measure_first", [True, False])
def test_told_once(measure_first: bool) -> None:  # noqa: FBT001
    """What is told of who answered is one property, whether a figure of ties or the measure comes first."""
    people = [f"p{number:02}" for number in range(40)]
    now = build_moment(
        positions=[f"{','.join(people)} s teacher"],
        surveys=["q network relation=advice date=2018-11-01"],
        responses=[f"q {','.join(people[:30])} yes", f"q {','.join(people[30:])} no"],
        ties=["p00 p01,p02 advice survey=q"],
    )
    both = [
        measures.response_rate(now, relation="advice"),
        measures.density(now, relation="advice"),
    ]
    told = release(*(both if measure_first else both[::-1]), floor=PrivacyFloor())
    rows = {row["measure"]: row for row in told.figures}
    assert rows["response_rate"]["property"] == "response_rate relation=advice"
    assert rows["response_rate"]["surely"] == rows["density"]["answered"] == [30, 30]
