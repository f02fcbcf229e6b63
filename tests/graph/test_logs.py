"""Logs of events: complete where somebody says so for all of the period, and nobody denies it."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from plfkit import Organisation, snapshot
from plfkit.errors import MeasureError
from plfkit.graph.events import select_events
from plfkit.graph.logs import (
    Logs,
    find_event_units,
    find_staffed_units,
    look_up_logs,
    mark_logged_people,
)
from plfkit.model.records.rows import (
    Community,
    Event,
    Participation,
    Person,
    Position,
    Registration,
    Unit,
)
from plfkit.periods import Period

UNITS = [
    Unit("kommune", "municipality"),
    Unit("skole", "school", parent="kommune"),
    Unit("afdeling", "school_department", parent="skole"),
    Unit("andetsteds", "external_organisation"),
]
YEAR = "2018/19"


def complete(*rows: Registration, kinds: tuple[str, ...] = ("data_meeting",)) -> dict[str, bool]:
    """Return whether each unit's log is complete in the school year, and that of all (-)."""
    now = snapshot(Organisation.of(units=UNITS, registrations=list(rows)), YEAR)
    names = (*now.units.column("id").categories, "-")
    found = look_up_logs(now, kinds).complete
    return {name: bool(cells.all()) for name, cells in zip(names, found, strict=True)}


def row(unit: str, period: Period | None = None, *, says: bool) -> Registration:
    """Return what a unit says of its log of data meetings."""
    return Registration(unit, "data_meeting", complete=says, valid=period or Period())


def test_without_a_word_no_log_is_complete() -> None:
    """Nothing registered is nothing known."""
    assert not any(complete().values())


def test_lists_that_are_no_logs_say_nothing_of_logs() -> None:
    """A complete list of positions makes no log complete, and one with gaps denies none."""
    everyone = Registration("kommune", kind=None, complete=False, of="positions")
    assert not any(
        complete(Registration("kommune", kind=None, complete=True, of="communities")).values()
    )
    assert complete(row("kommune", says=True), everyone) == complete(row("kommune", says=True))


def test_a_word_holds_below_and_not_above() -> None:
    """The school speaks for its department, not for the municipality."""
    found = complete(row("skole", says=True))
    assert found == {
        "kommune": False,
        "skole": True,
        "afdeling": True,
        "andetsteds": False,
        "-": False,
    }


def test_the_whole_is_where_staff_work() -> None:
    """One school's word is not that of the other; with both, or the municipality's, all is told."""
    schools = [Unit("nord", "school", parent="kommune"), Unit("syd", "school", parent="kommune")]
    org = Organisation.of(
        units=[Unit("kommune", "municipality"), *schools, Unit("tom", "school", parent="kommune")],
        persons=[Person("anna"), Person("bo")],
        positions=[Position("anna", "nord", "teacher"), Position("bo", "syd", "teacher")],
    )

    def whole(*units: str) -> bool:
        rows = [row(unit, says=True) for unit in units]
        told = org.with_(registrations=rows)
        return bool(look_up_logs(snapshot(told, YEAR), ("data_meeting",)).complete[-1].all())

    assert [whole("nord"), whole("nord", "syd"), whole("kommune")] == [False, True, True]


def test_where_staff_work() -> None:
    """On the reference day, in a position that counts as staff; if nobody does, everywhere."""
    org = Organisation.of(
        units=[Unit(name, "school") for name in ("nord", "syd", "vest")],
        persons=[Person("anna"), Person("bo")],
        positions=[
            Position("anna", "nord", "teacher"),
            Position("anna", "syd", "substitute"),
            Position("bo", "vest", "teacher", valid=Period(date(2018, 8, 1), date(2018, 11, 1))),
        ],
    )
    assert find_staffed_units(snapshot(org, YEAR)).tolist() == [0]
    assert find_staffed_units(snapshot(Organisation.of(units=org.units), YEAR)).tolist() == [
        0,
        1,
        2,
    ]


def test_without_units_no_log_is_complete() -> None:
    """Of an organisation without units nobody can say that all its logs are complete."""
    now = snapshot(Organisation.of(persons=[Person("anna")]), YEAR)
    assert not look_up_logs(now, ("data_meeting",)).complete.any()


def test_municipality_speaks_for_schools() -> None:
    """Its word reaches down to the departments, but not beside itself."""
    found = complete(row("kommune", says=True))
    assert found["skole"]
    assert found["afdeling"]
    assert not found["andetsteds"]


def test_a_units_own_no_wins_and_so_does_one_above() -> None:
    """Gaps anywhere from the unit upwards are gaps; below they are none of its."""
    found = complete(row("kommune", says=True), row("skole", says=False))
    assert (found["kommune"], found["skole"], found["afdeling"]) == (True, False, False)
    assert not found["-"]
    found = complete(row("kommune", says=False), row("skole", says=True))
    assert not found["skole"]


def test_half_a_year_is_no_year() -> None:
    """Every day of the period must be covered; two halves make a whole."""
    first, second = (
        Period(date(2018, 8, 1), date(2019, 1, 1)),
        Period(date(2019, 1, 1), date(2019, 8, 1)),
    )
    assert not complete(row("skole", first, says=True))["skole"]
    assert complete(row("skole", first, says=True), row("skole", second, says=True))["skole"]
    assert not complete(row("skole", first, says=True), row("skole", second, says=False))["skole"]


def test_a_half_word_of_its_own() -> None:
    """A unit that speaks for half the year speaks for itself: the municipality's word fills no gap."""
    half = row("skole", Period(date(2018, 8, 1), date(2019, 1, 1)), says=True)
    found = complete(row("kommune", says=True), half)
    assert (found["kommune"], found["skole"], found["afdeling"]) == (True, False, False)


def test_each_kind_has_its_own_log() -> None:
    """A complete log of data meetings says nothing of dialogues, and what lacks is named."""
    org = Organisation.of(units=UNITS, registrations=[row("skole", says=True)])
    found = look_up_logs(snapshot(org, YEAR), ("data_meeting", "dialogue_meeting"))
    school = found.complete[list(snapshot(org, YEAR).units.column("id").categories).index("skole")]
    assert school.tolist() == [True, False]
    assert tuple(map(str, found.name_missing_logs(np.array([3])))) == (
        "registrations:dialogue_meeting",
    )
    assert tuple(map(str, found.name_missing_logs(np.array([3, 2])))) == (
        "registrations:data_meeting",
        "registrations:dialogue_meeting",
    )


def test_another_kind() -> None:
    """What is said of another kind of events says nothing of the one asked about."""
    other = Registration("skole", "dialogue_meeting", complete=True)
    assert not any(complete(other).values())


def test_days_outside_the_year() -> None:
    """Two years of registration that end in January cover half of this year."""
    assert not complete(row("skole", Period(date(2017, 1, 1), date(2019, 1, 1)), says=True))[
        "skole"
    ]
    assert not complete(row("skole", Period(date(2019, 1, 1), date(2021, 1, 1)), says=True))[
        "skole"
    ]
    assert complete(row("skole", Period(date(2017, 1, 1), date(2021, 1, 1)), says=True))["skole"]


@pytest.mark.parametrize(
    "period", [Period(), Period(date(2018, 8, 1)), Period(None, date(2019, 8, 1))]
)
def test_periods_without_end(period: Period) -> None:
    """A period that never begins or never ends is covered by what never does either."""
    for said, known in ((Period(), True), (Period(date(2018, 8, 1), date(2019, 8, 1)), False)):
        org = Organisation.of(units=UNITS, registrations=[row("skole", said, says=True)])
        assert look_up_logs(snapshot(org, period), ("data_meeting",)).complete[3, 0] == known


def test_the_first_unit_speaks_too() -> None:
    """Whatever its id: the municipality of these schools stands first among them."""
    units = [
        Unit("a", "municipality"),
        Unit("b", "school", parent="a"),
        Unit("c", "school", parent="b"),
    ]
    org = Organisation.of(units=units, registrations=[row("a", says=True)])
    found = look_up_logs(snapshot(org, YEAR), ("data_meeting",))
    assert found.complete[:, 0].tolist() == [True] * 4


def test_the_first_unit_passes_the_word_on() -> None:
    """Whatever its id: the school that stands first has a municipality above and a department below."""
    units = [
        Unit("a", "school", parent="c"),
        Unit("b", "school_department", parent="a"),
        Unit("c", "municipality"),
    ]
    for says in (True, False):
        rows = [row("c", says=says), row("b", says=True)]
        org = Organisation.of(units=units, registrations=rows)
        found = look_up_logs(snapshot(org, YEAR), ("data_meeting",)).complete
        assert found[:, 0].tolist() == [says] * 4


def test_units_with_all_kinds() -> None:
    """A unit's logs are complete if those of all kinds are; the last row is that of no unit."""
    flags = np.array([[True, False], [True, True], [False, True]])
    assert Logs(("x", "y"), flags).mark_complete_units(np.array([0, 1, -1])).tolist() == [
        False,
        True,
        False,
    ]


def test_whose_log_an_event_is_in() -> None:
    """Its own unit's, or else its community's, or else that of no unit."""
    org = Organisation.of(
        units=UNITS,
        communities=[Community("team", "team", unit="skole"), Community("free", "team")],
        events=[
            Event("m1", "data_meeting", date(2018, 10, 1), unit="afdeling", community="team"),
            Event("m2", "data_meeting", date(2018, 10, 2), community="team"),
            Event("m3", "data_meeting", date(2018, 10, 3), community="free"),
            Event("m4", "data_meeting", date(2018, 10, 4)),
        ],
    )
    now = snapshot(org, YEAR)
    assert find_event_units(now, select_events(now, ("data_meeting",))).tolist() == [0, 3, -1, -1]


@pytest.mark.parametrize(
    ("kinds", "known"),
    [
        (("data_meeting",), [True, False, False, False]),
        (("data_meeting", "dialogue_meeting"), [False, False, False, False]),
        (("workshop",), [True, True, True, True]),
        (("workshop", "data_meeting"), [True, False, False, False]),
    ],
)
def test_people_whose_logs_are_complete(kinds: tuple[str, ...], known: list[bool]) -> None:
    """Those of every unit where they work must be; of people who work nowhere, those of all units."""
    org = Organisation.of(
        units=UNITS,
        persons=[Person(name) for name in ("anna", "bo", "ida", "per")],
        positions=[
            Position("anna", "skole", "teacher"),
            Position("bo", "skole", "teacher"),
            Position("bo", "kommune", "consultant"),
            Position("ida", "kommune", "consultant"),
        ],
        registrations=[
            row("skole", says=True),
            Registration("kommune", "workshop", complete=True),
        ],
    )
    now = snapshot(org, YEAR)
    assert mark_logged_people(now, look_up_logs(now, kinds)).tolist() == known


def test_events_tell_who_took_part_as_what() -> None:
    """Events in the period, of the kinds asked for, with those noted and their roles."""
    org = Organisation.of(
        units=UNITS,
        persons=[Person("anna"), Person("bo")],
        events=[
            Event("m1", "data_meeting", date(2018, 10, 1), unit="skole"),
            Event("m2", "data_meeting", date(2018, 11, 1), unit="skole"),
            Event("m3", "workshop", date(2018, 11, 1), unit="skole"),
            Event("old", "data_meeting", date(2017, 11, 1), unit="skole"),
        ],
        participations=[Participation("m1", "anna", "facilitator"), Participation("m1", "bo")],
    )
    found = select_events(snapshot(org, YEAR), ("data_meeting",))
    assert found.table.column("id").tolist() == ["m1", "m2"]
    assert found.named.tolist() == [True, False]
    assert found.persons.tolist() == [0, 1]
    assert found.match_participation_roles(("facilitator",)).tolist() == [True, False]


def test_unknown_kinds_of_events_are_refused() -> None:
    """With the nearest known one."""
    with pytest.raises(MeasureError, match='did you mean "data_meeting"'):
        select_events(snapshot(Organisation.of(units=UNITS), YEAR), ("data_meting",))
