"""What is registered of each school, and how many of its communities meet steadily."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from plfkit import Snapshot, measures
from plfkit.model.words.reasons import Reason
from plfkit.testing import build_moment

START = date(2018, 8, 20)


def test_members_and_logs() -> None:
    """Two of three communities have members, and one school of two says that its logs are complete."""
    now = build_moment(
        complete=["s"],
        units=["s school", "d school_department parent=s", "z school"],
        communities=["a team unit=s", "b team unit=s", "c team unit=d"],
        memberships=["a,c ann,bo,cy"],
    )
    rows = {(row.part, row.figure): row for row in measures.registered_data(now)}
    assert rows["s", "members"].value == pytest.approx(2 / 3)
    assert rows["s", "logs"].value == 1
    assert rows["z", "logs"].value == 0
    assert (rows["z", "members"].value, rows["z", "members"].reason) == (
        None,
        Reason.NO_COMMUNITIES,
    )


def test_a_log_of_one_kind() -> None:
    """A school that vouches for one kind of meeting has that part of the kinds."""
    now = build_moment(
        units=["s school"], registrations=["s events kind=data_meeting complete=yes"]
    )
    kinds = [kind for kind in now.vocabulary.event_kinds.values() if kind.meeting]
    (_, logs) = measures.registered_data(now)
    assert (logs.figure, logs.value) == ("logs", 1 / len(kinds))


def meet(**every: int) -> Snapshot:
    """Return a year of the school *s*'s teams, each of which meets every so many weeks."""
    return build_moment(
        "2018/19",
        complete=["s"],
        communities=[f"{team} team unit=s" for team in every],
        memberships=[f"{team} ann,bo,cy" for team in every],
        events=[
            f"{team}{n} dialogue_meeting {START + timedelta(weeks=n * weeks)} community={team}"
            for team, weeks in every.items()
            for n in range(44 // weeks)
        ],
    )


@pytest.mark.parametrize(("weeks", "steady"), [(1, 1), (6, 1), (7, 0), (13, 0)])
def test_by_the_log(weeks: int, steady: int) -> None:
    """Meetings at most six weeks apart are steady, beside a team that meets every other week."""
    now = meet(t=2, u=weeks)
    for by in (None, "school"):
        (figure,) = measures.steady_rhythm(now, by=by, basis="active")
        assert (figure.numerator, figure.denominator) == (1 + steady, 2)


def test_gaps_in_the_log() -> None:
    """A team whose log has gaps has no part in the value and widens the range."""
    now = build_moment(
        "2018/19",
        communities=["t team unit=s"],
        memberships=["t ann,bo,cy"],
        events=["e dialogue_meeting 2018-09-01 community=t"],
    )
    (figure,) = measures.steady_rhythm(now, basis="active")
    assert (figure.value, figure.lower, figure.upper) == (None, 0, 1)
    assert [need.table for need in measures.steady_rhythm(now, basis="active").needs]
    assert [need.table for need in measures.steady_rhythm(now).needs] == ["answers"]


def test_kinds_and_no_communities() -> None:
    """Only communities of the kinds asked about count; without any there is no share."""
    now = meet(t=2)
    (figure,) = measures.steady_rhythm(now, kinds=("leadership_team",))
    assert figure.reason == Reason.NO_COMMUNITIES
