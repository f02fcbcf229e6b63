"""Snapshots: time ends here."""

from __future__ import annotations

from datetime import date

import networkx as nx
import numpy as np
import pytest
from hypothesis import given

from plfkit import (
    Community,
    Event,
    Membership,
    Organisation,
    Participation,
    Period,
    Person,
    Position,
    Qualification,
    Response,
    Survey,
    Tie,
    Unit,
    snapshot,
)
from plfkit.errors import MeasureError, PeriodError
from plfkit.model.declared.standards import Standards
from plfkit.testing import organisations

OLD, NOW = Period.parse("2016/17"), Period.parse("2018/19")
UNITS = [Unit("s", "school")]


def test_people_are_there_while_they_have_a_position() -> None:
    """Somebody whose positions have all ended is gone; somebody without any is there."""
    organisation = Organisation.of(
        units=UNITS,
        persons=[Person("left"), Person("here"), Person("plain"), Person("dated", valid=OLD)],
        positions=[
            Position("left", "s", "teacher", valid=OLD),
            Position("here", "s", "teacher", valid=NOW),
        ],
    )
    now = snapshot(organisation)
    assert str(now.period) == "2018/19"
    there = [name for name, present in zip(now.person_ids, now.present, strict=True) if present]
    assert there == ["here", "plain"]


def test_heads_are_counted_on_the_reference_day() -> None:
    """Somebody who stayed from August to October is part of the year, but not of its head count."""
    autumn = Period(date(2018, 8, 1), date(2018, 11, 1))
    now = snapshot(
        Organisation.of(
            units=UNITS,
            persons=[Person("a"), Person("b")],
            positions=[Position("a", "s", "teacher", valid=autumn), Position("b", "s", "teacher")],
        ),
        "2018/19",
    )
    assert now.reference_day == date(2019, 3, 1)
    assert now.present.tolist() == [True, True]
    assert now.counted.tolist() == now.staff.tolist() == [False, True]


def test_a_day_a_year_and_a_period_name_a_moment() -> None:
    """`at` is a school year, a day or a period; nonsense is refused."""
    organisation = Organisation.of(persons=[Person("a")])
    assert str(snapshot(organisation, "16/17").period) == "2016/17"
    assert snapshot(organisation, date(2019, 5, 5)).reference_day == date(2019, 5, 5)
    assert str(snapshot(organisation, OLD).period) == "2016/17"
    assert str(snapshot(organisation).period) == "undated"
    with pytest.raises(PeriodError):
        snapshot(organisation, "last year")


def test_precedence_before_hours() -> None:
    """Leader before resource person before teacher, whatever the hours."""
    organisation = Organisation.of(
        units=[*UNITS, Unit("r", "school")],
        persons=[Person("a"), Person("b")],
        positions=[
            Position("a", "s", "teacher", 0.8),
            Position("a", "s", "reading_coach", 0.2),
            Position("b", "s", "teacher", valid=Period(date(2018, 1, 1))),
            Position("b", "r", "teacher", valid=Period(date(2015, 1, 1))),
        ],
    )
    now = snapshot(organisation, "2018/19")
    chosen = [now.positions[int(row)] for row in now.assigned]
    assert [(position.role, position.unit) for position in chosen] == [
        ("reading_coach", "s"),
        ("teacher", "r"),
    ]


@pytest.mark.parametrize(
    ("other", "kept"),
    [
        (Position("a", "r", "teacher", valid=Period(date(2010, 1, 1))), "s"),
        (Position("a", "z", "principal", valid=Period(date(2010, 1, 1))), "z"),
        (Position("a", "z", "principal", valid=Period(date(2018, 1, 1))), "s"),
        (Position("a", "z", "principal"), "z"),
        (Position("a", "r", "principal", valid=Period(date(2015, 1, 1))), "r"),
        (Position("a", "z", "principal", valid=Period(date(2015, 1, 1))), "s"),
    ],
)
def test_the_assigned_position(other: Position, kept: str) -> None:
    """The level decides, between the same levels the earliest start, then the unit's id."""
    organisation = Organisation.of(
        units=[*UNITS, Unit("r", "school"), Unit("z", "school")],
        persons=[Person("a")],
        positions=[Position("a", "s", "principal", valid=Period(date(2015, 1, 1))), other],
    )
    now = snapshot(organisation, "2018/19")
    assert now.positions[int(now.assigned[0])].unit == kept


def two_surveys(first: date | None, second: date | None, unit: str | None = None) -> Organisation:
    """Two surveys about advice; in the first a names b, in the second b names a."""
    return Organisation.of(
        units=UNITS,
        persons=[Person("a"), Person("b")],
        surveys=[
            Survey("q", "network", "advice", date=first),
            Survey("r", "network", "advice", date=second, unit=unit),
        ],
        responses=[Response(s, p, answered=True) for s in "qr" for p in "ab"],
        ties=[Tie("a", "b", "advice", "q"), Tie("b", "a", "advice", "r")],
    )


def ties_of(organisation: Organisation, survey: str | None = None) -> list[tuple[str, str]]:
    """The ties of the advice layer of 2018/19."""
    return sorted(snapshot(organisation, "2018/19").to_networkx("advice", survey=survey).edges)


def test_latest_answer_wins() -> None:
    """Two surveys of the same people in a year are not added up."""
    organisation = two_surveys(date(2018, 10, 1), date(2019, 2, 1))
    assert ties_of(organisation) == [("b", "a")]
    assert ties_of(organisation, "q") == [("a", "b")]
    with pytest.raises(MeasureError, match="no survey 'x'"):
        ties_of(organisation, "x")


def test_surveys_side_by_side() -> None:
    """A survey of one school replaces what its people said of each other, and nothing else."""
    organisation = two_surveys(date(2018, 10, 1), date(2019, 2, 1), unit="s")
    more = organisation.with_(
        persons=[Person("c")],
        responses=[Response("q", "c", answered=True)],
        ties=[Tie("a", "c", "advice", "q")],
    )
    assert ties_of(more) == [("a", "c"), ("b", "a")]


def test_two_latest_surveys_must_be_told_apart() -> None:
    """Surveys of one day cannot be ordered: one has to be named."""
    with pytest.raises(MeasureError, match="name one of q, r"):
        ties_of(two_surveys(date(2018, 10, 1), date(2018, 10, 1)))


def test_a_survey_without_a_date_belongs_to_no_year() -> None:
    """Its ties are not moved into a year; the reason says why the layer has nothing."""
    layer = snapshot(two_surveys(None, date(2017, 1, 1)), "2018/19").layer("advice")
    assert layer.reason == "survey_undated"
    assert layer.adjacency.nnz == 0


def test_an_undirected_tie_is_counted_once() -> None:
    """Told by both sides or by one, collaboration is one tie."""
    organisation = Organisation.of(
        persons=[Person(name) for name in "abc"],
        ties=[
            Tie("a", "b", "collaboration"),
            Tie("b", "a", "collaboration"),
            Tie("c", "b", "collaboration"),
        ],
    )
    graph = snapshot(organisation).to_networkx("collaboration")
    assert isinstance(graph, nx.Graph)
    assert not graph.is_directed()
    assert sorted(map(sorted, graph.edges)) == [["a", "b"], ["b", "c"]]
    assert snapshot(organisation).layer("collaboration").notes == {"repeated_ties": 1}


def test_ties_off_the_roster_are_left_out_and_counted() -> None:
    """Somebody who was not asked is no node of the layer."""
    organisation = Organisation.of(
        persons=[Person(name) for name in "abc"],
        surveys=[Survey("q", "network", "advice")],
        responses=[Response("q", name, answered=True) for name in "ab"],
        ties=[Tie("a", "b", "advice", "q"), Tie("a", "c", "advice", "q")],
    )
    layer = snapshot(organisation).layer("advice")
    assert layer.n == 2
    assert layer.notes == {"ties_off_roster": 1, "named_not_asked": 1}


def test_ties_without_survey() -> None:
    """Without a roster nobody knows who was asked: the observation is unknown, not complete."""
    organisation = Organisation.of(
        persons=[Person(n) for n in "abc"], ties=[Tie("a", "b", "advice")]
    )
    layer = snapshot(organisation).layer("advice")
    assert (layer.n, layer.adjacency.nnz) == (3, 1)
    assert layer.observation is None


def test_networkx_gets_the_graph_with_its_people() -> None:
    """Every node carries the assigned position; any networkx function works from here."""
    organisation = Organisation.of(
        units=UNITS,
        persons=[Person(name) for name in "abc"],
        positions=[Position("a", "s", "principal"), Position("b", "s", "support_staff")],
        ties=[Tie("a", "b", "reports_to"), Tie("b", "c", "reports_to")],
    )
    graph = snapshot(organisation).to_networkx("reports_to")
    place = {"unit": "s", "unit_kind": "school"}
    assert graph.nodes["a"] == {**place, "role": "principal", "level": "school_leadership"}
    assert graph.nodes["b"] == {**place, "role": "support_staff"}
    assert nx.shortest_path(graph, "a", "c") == ["a", "b", "c"]
    about = {name: graph.graph[name] for name in ("relation", "at", "directed", "observation")}
    assert about == {
        "relation": "reports_to",
        "at": "undated",
        "directed": True,
        "observation": "complete",
    }


@given(organisations())
def test_a_snapshot_of_all_time_holds_everything(organisation: Organisation) -> None:
    """Unbounded time filters nothing, and its layer has every tie between people on the roster."""
    now = snapshot(organisation, Period())
    for name in ("units", "positions", "communities", "memberships", "ties"):
        assert getattr(now, name) == getattr(organisation, name)
    matrix = now.layer("advice").adjacency
    assert matrix.nnz == sum(tie.weight != 0 for tie in organisation.ties)
    assert not np.any(matrix.diagonal())


def test_memberships_of_the_reference_day_count() -> None:
    """A membership that ended in January is not one of 1 March."""
    left = Period(date(2018, 8, 1), date(2019, 2, 1))
    organisation = Organisation.of(
        persons=[Person("a")],
        communities=[Community("t", "team")],
        memberships=[Membership("t", "a", valid=left)],
    )
    assert len(snapshot(organisation, "2018/19").memberships) == 0


def test_a_tie_of_an_earlier_survey_stays_in_its_year() -> None:
    """Dates of its own do not carry it into the layer of another survey."""
    organisation = Organisation.of(
        persons=[Person("a"), Person("b")],
        surveys=[
            Survey("old", "network", "advice", date=date(2017, 10, 1)),
            Survey("new", "network", "advice", date=date(2018, 10, 1)),
        ],
        responses=[Response(s, p, answered=True) for s in ("old", "new") for p in "ab"],
        ties=[
            Tie("a", "b", "advice", "old", valid=Period(date(2017, 8, 1))),
            Tie("b", "a", "advice", "new"),
        ],
    )
    layer = snapshot(organisation, "2018/19").layer("advice")
    assert layer.observation is not None
    assert ties_of(organisation) == [("b", "a")]


def test_surveys_that_are_not_used_are_counted() -> None:
    """Somebody who reads the figure learns that an earlier survey was left out."""
    layer = snapshot(two_surveys(date(2018, 10, 1), date(2019, 2, 1)), "2018/19").layer("advice")
    assert layer.notes == {"surveys_left_out": 1, "ties_told_anew": 1}


def test_the_school_of_a_department_is_found(town: Organisation) -> None:
    """The nearest unit of a kind at or above a unit; none where there is none."""
    whole = town.with_(units=[Unit("east-low", "school_department", parent="east")])
    now = snapshot(whole)
    assert now.nearest("east-low", "school") == "east"
    assert now.nearest("east", "school") == "east"
    assert now.nearest("east", "municipality") == "town"
    assert now.nearest("town", "school") is None
    assert now.nearest("nowhere", "school") is None


@pytest.mark.parametrize("name", ["staff", "assigned", "position_persons", "position_levels"])
def test_a_moment_cannot_be_changed(town: Organisation, name: str) -> None:
    """A measure that writes into what it is given fails, instead of falsifying the next."""
    with pytest.raises(ValueError, match="read-only"):
        getattr(snapshot(town), name)[:] = 0


def test_some_people_only() -> None:
    """As if nobody else had been there: rows about the others are gone, and so are ties to them."""
    names = ("anna", "bo", "ida")
    whole = snapshot(
        Organisation.of(
            units=UNITS,
            persons=[Person(name) for name in names],
            positions=[Position(name, "s", "teacher") for name in names],
            communities=[Community("t", "team", unit="s")],
            memberships=[Membership("t", name) for name in names],
            surveys=[Survey("q", "network", "advice")],
            responses=[Response("q", name, answered=True) for name in names],
            ties=[Tie(a, b, "advice", "q") for a in names for b in names if a != b],
            events=[Event("e", "workshop", date(2018, 10, 1))],
            participations=[Participation("e", name) for name in names],
            qualifications=[Qualification(name, "coach_training") for name in names],
        ),
        Period(),
    )
    fewer = whole.restricted(["ida", "anna", "nobody"])
    assert fewer.person_ids == names
    for flags in (fewer.present, fewer.counted, fewer.staff):
        assert flags.tolist() == [True, False, True]
        assert not flags.flags.writeable
    for rows in (fewer.positions, fewer.memberships, fewer.responses, fewer.participations):
        assert rows.column("person").tolist() == ["anna", "ida"]
    assert fewer.qualifications.column("person").tolist() == ["anna", "ida"]
    assert [(tie.source, tie.target) for tie in fewer.ties] == [("anna", "ida"), ("ida", "anna")]
    assert (len(fewer.communities), len(fewer.events)) == (1, 1)


@pytest.mark.parametrize(
    ("unit", "unasked"), [("nord", 2), ("lower", 1), ("syd", 1), ("town", 4), (None, 4)]
)
def test_staff_whom_nobody_asked(unit: str | None, unasked: int) -> None:
    """Staff at and below the unit that was surveyed, and on no roster: then it seems as if all were."""
    autumn = Period(date(2018, 8, 1), date(2018, 11, 1))
    org = Organisation.of(
        units=[
            Unit("town", "municipality"),
            Unit("nord", "school", parent="town"),
            Unit("lower", "school_department", parent="nord"),
            Unit("syd", "school", parent="town"),
        ],
        persons=[Person(name) for name in ("anna", "bo", "eva", "ida", "leo", "per", "ulf")],
        positions=[
            *(Position(name, "nord", "teacher") for name in ("anna", "bo")),
            Position("eva", "town", "consultant"),
            Position("ida", "lower", "teacher"),
            Position("leo", "nord", "substitute"),
            Position("per", "syd", "teacher"),
            Position("ulf", "nord", "teacher", valid=autumn),
        ],
        surveys=[
            Survey("q", "network", "advice", date=date(2018, 10, 1), unit=unit),
            Survey("p", "network", "collaboration", date=date(2018, 10, 1)),
        ],
        responses=[Response("q", "anna", answered=True)],
    )
    now = snapshot(org, "2018/19")
    assert now.layer("advice").notes == {"people_not_asked": unasked}
    assert now.layer("collaboration").notes == {}  # nobody knows who was asked at all
    assert now.layer("reports_to").notes == {}


def test_how_people_were_asked() -> None:
    """By which instruments, and for how many names: by the relation's own where none is named."""
    now = snapshot(
        Organisation.of(
            persons=[Person("a")],
            surveys=[
                Survey("q", "network", "advice", max_ties=5),
                Survey("r", "network", "advice", "Hvem spørger du?"),
                Survey("s", "network", "collaboration", max_ties=3),
            ],
        )
    )
    assert now.questions("advice") == ("Hvem spørger du?, ∞", "advice, 5")
    assert now.questions("reports_to") == ()


def test_a_role_without_a_level_comes_last() -> None:
    """Whoever teaches and works in the office counts as a teacher, and measures draw their own lines."""
    org = Organisation.of(
        units=UNITS,
        persons=[Person("a")],
        positions=[
            Position("a", "s", "support_staff", valid=Period(date(2010, 1, 1))),
            Position("a", "s", "teacher", valid=Period(date(2015, 1, 1))),
        ],
    )
    now = snapshot(org, "2018/19", standards=Standards(meetings=8))
    assert now.positions[int(now.assigned[0])].role == "teacher"
    assert (now.standards.meetings, len(now.pools) > 0) == (8, True)
