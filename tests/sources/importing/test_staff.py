"""A staff list: positions, shares, ids that are made, teams, and the list of the next year."""

from __future__ import annotations

from datetime import date

import pytest
from offices import (
    NETWORK,
    SCHOOL,
    STAFF,
    count_advice,
    drop_line,
    list_answered,
    list_hints,
    name_file,
    refuse,
    take,
    write_book,
)

from plfkit import Community, Membership, Organisation, Period, Person, Position, Unit

TITLES = "Nr,Navn,Stilling\n"
BY_NAME = drop_line(STAFF, "columns.person")
HOURS = STAFF + 'columns.hours = "Timer"\nevery.full_time = 37\nfile.decimal = ","\n'
YEARLY = STAFF.replace('kind = "staff"', 'kind = "staff"\nrepeated = "last"')
UNITS = """schema_version = 1
units.by.kind = "municipality"
units.nord = { kind = "school", name = "Nord Skole", parent = "by" }
units.syd = { kind = "school", name = "Syd Skole", parent = "by" }
communities.a = { kind = "department_team", name = "A-team", unit = "nord" }
communities.b = { kind = "department_team", name = "A-team", unit = "syd" }
[[take]]
kind = "staff"
columns.person = "Nr"
columns.unit = "Skole"
columns.role = "Stilling"
columns.community = "Team"
"""


def list_positions(organisation: Organisation) -> list[tuple[str, str, float | None]]:
    """Return who holds which position."""
    return [(row.person, row.role, row.fte) for row in organisation.positions]


def test_titles() -> None:
    """Titles that plfkit knows need no word; others say what they are, in any case."""
    mapping = STAFF + 'words.role = { "Indsk. koord." = "teacher", "Gæst" = "none" }\n'
    rows = "1,A,LÆRER\n2,B,indsk. Koord.\n3,C,Gæst\n"
    organisation = take(mapping, TITLES + rows)
    assert list_positions(organisation) == [("1", "teacher", None), ("2", "teacher", None)]
    assert count_advice(organisation) == {"import.no_position": 1}
    assert len(organisation.persons) == 3


def test_unknown_title() -> None:
    """A title that nobody knows is a fault, with its row."""
    (fault,) = refuse(STAFF, TITLES + "1,A,Lærer\n2,B,Stjernekigger\n")
    assert (fault.code, fault.place.row, fault.value) == ("unknown_kind", 3, "Stjernekigger")


def test_two_jobs() -> None:
    """Two jobs in a cell, or a word that means two, are positions without a share, which is counted."""
    mapping = STAFF + (
        'columns.fte = "Grad"\nsplit.role = "/"\n'
        'words.role = { "Lærer m. læsevejl." = ["teacher", "reading_coach"] }\n'
    )
    rows = "1,A,Lærer/Læsevejleder,0.8\n2,B,Lærer m. læsevejl.,\n3,C,Lærer,0.5\n"
    organisation = take(mapping, "Nr,Navn,Stilling,Grad\n" + rows)
    assert sorted(list_positions(organisation)) == [
        ("1", "reading_coach", None),
        ("1", "teacher", None),
        ("2", "reading_coach", None),
        ("2", "teacher", None),
        ("3", "teacher", 0.5),
    ]
    assert count_advice(organisation) == {"import.shares_of_several": 1}


def test_hours() -> None:
    """Hours become a share of full time; blank hours none."""
    export = 'Nr,Navn,Stilling,Timer\n1,A,Lærer,"29,6"\n2,B,Lærer,\n'
    organisation = take(HOURS, export)
    assert list_positions(organisation) == [("1", "teacher", 0.8), ("2", "teacher", None)]


@pytest.mark.parametrize("whole", ["", "0", "-37"])
def test_no_full_time(whole: str) -> None:
    """Hours without how many are full time, or with none, are no share."""
    mapping = HOURS.replace("every.full_time = 37", 'columns.full_time = "Fuld"')
    export = f"Nr,Navn,Stilling,Timer,Fuld\n1,A,Lærer,30,{whole}\n2,B,Lærer,,\n"
    (fault,) = refuse(mapping, export)
    assert (fault.remedy.key, fault.place.row) == ("import.no_full_time", 2)


def test_made_ids() -> None:
    """Without ids they are made, in the order of the rows and behind those that are taken."""
    there = Organisation.of(persons=[Person("p-1", "Anne Ahorn"), Person("p-2")])
    rows = 'Cai Cedertræ,Lærer\n"Ahorn, Anne",Lærer\nDan Drue,Lærer\n'
    organisation = take(BY_NAME, "Navn,Stilling\n" + rows, into=there)
    assert [(p.id, p.name) for p in organisation.persons] == [
        ("p-1", "Anne Ahorn"),
        ("p-2", None),
        ("p-3", "Cai Cedertræ"),
        ("p-4", "Dan Drue"),
    ]
    own = take(BY_NAME + 'id = "nord"\n', "Navn,Stilling\n" + rows)
    assert {person.id for person in own.persons} == {"nord-1", "nord-2", "nord-3"}


def test_namesakes_in_data() -> None:
    """A name that two in the data have is asked about."""
    there = Organisation.of(persons=[Person("a", "Bo Birk"), Person("b", "Bo Birk")])
    faults = refuse(BY_NAME, "Navn,Stilling\nBo Birk,Lærer\n", into=there)
    assert list_hints(faults) == ["import.several_people"]


@pytest.mark.parametrize(
    ("second", "is_same"), [("Anne Ahorn", True), ("AHORN, anne", True), ("Anne A.", False)]
)
def test_other_name(second: str, is_same: bool) -> None:  # noqa: FBT001 - a case of the table
    """Two rows of one id must have one name."""
    export = TITLES + f'1,Anne Ahorn,Lærer\n1,"{second}",Skoleleder\n'
    if is_same:
        assert len(take(STAFF, export).positions) == 2
    else:
        assert list_hints(refuse(STAFF, export)) == ["import.other_name"]


def test_ids_by_case() -> None:
    """An id written in another case is the same person's, in the list and in the data."""
    rows = "P1,Anne Ahorn,Skoleleder\np1,Anne Ahorn,Lærer\n"
    assert len(take(STAFF, TITLES + rows).persons) == 1
    organisation = take(YEARLY, TITLES + rows, into=SCHOOL)
    assert len(organisation.persons) == len(SCHOOL.persons)
    assert ("p1", "teacher", None) in list_positions(organisation)
    other = TITLES + "AB,Anne,Lærer\nab,Bo,Skoleleder\n"
    assert list_hints(refuse(STAFF, other)) == ["import.other_name"]


@pytest.mark.parametrize("cells", [",A,Lærer", "1,A,"])
def test_blank(cells: str) -> None:
    """A row without an id or a title is a fault."""
    assert list_hints(refuse(STAFF, TITLES + cells + "\n")) == ["cell.blank"]


def test_same_row() -> None:
    """The same row twice is asked about, and counted where the mapping says so."""
    export = TITLES + "1,A,Lærer\n1,A,lærer\n"
    assert list_hints(refuse(STAFF, export)) == ["import.same_row"]
    assert count_advice(take(YEARLY, export)) == {"import.same_positions": 1}


def test_teams() -> None:
    """A team is found among those of the row's unit, by name or id; units by either too."""
    rows = "1,nord,Lærer,a-team\n2,SYD SKOLE,Lærer,A-Team\n3,syd,Lærer,b\n4,nord,Lærer,\n"
    organisation = take(UNITS, "Nr,Skole,Stilling,Team\n" + rows)
    assert [(m.person, m.community) for m in organisation.memberships] == [
        ("1", "a"),
        ("2", "b"),
        ("3", "b"),
    ]


@pytest.mark.parametrize(
    ("row", "hint"),
    [
        ("1,Vest,Lærer,", "import.no_unit"),
        ("1,,Lærer,", "cell.blank"),
        ("1,nord,Lærer,C-team", "import.no_community"),
        ("1,by,Lærer,A-team", "import.no_community"),
    ],
)
def test_unknown_places(row: str, hint: str) -> None:
    """A unit or a team that nobody knows is a fault, and nobody's is guessed."""
    assert list_hints(refuse(UNITS, f"Nr,Skole,Stilling,Team\n{row}\n")) == [hint]


def test_units_by_case() -> None:
    """Of units whose ids differ in case alone each is itself."""
    there = Organisation.of(units=[Unit("AA", "school"), Unit("aa", "school")])
    mapping = "schema_version = 1\n" + UNITS[UNITS.index("[[take]]") :]
    mapping = drop_line(mapping, "columns.community")
    export = "Nr,Skole,Stilling\n1,AA,Lærer\n2,aa,Lærer\n"
    organisation = take(mapping, export, into=there)
    assert [(row.person, row.unit) for row in organisation.positions] == [("1", "AA"), ("2", "aa")]
    faults = refuse(mapping, export.replace("2,aa", "2,Aa"), into=there)
    assert list_hints(faults) == ["import.several_places"]


def test_units_of_the_data() -> None:
    """Units may be repeated in the mapping, and must not be contradicted there."""
    rows = "p2,Bo Birk,Skoleleder\n"
    assert len(take(YEARLY, TITLES + rows, into=SCHOOL).units) == 2
    for said, wrong in (("school", "daycare"), ("Nord Skole", "Syd Skole")):
        faults = refuse(YEARLY.replace(said, wrong), TITLES + rows, into=SCHOOL)
        assert list_hints(faults) == ["import.other_place"]


def test_name_further_down() -> None:
    """A name may stand in any row of its person; one that the data lack is told, and not added."""
    export = TITLES + "1,,Lærer\n1,Anne Ahorn,Skoleleder\n"
    assert [person.name for person in take(STAFF, export).persons] == ["Anne Ahorn"]
    there = Organisation.of(persons=[Person("1")])
    organisation = take(STAFF, export, into=there)
    assert [person.name for person in organisation.persons] == [None]
    assert count_advice(organisation) == {"import.name_not_added": 1}


def test_label_of_an_employee() -> None:
    """A second row of titles with a position in it is an employee's."""
    faults = refuse(STAFF + "file.labels = 2\n", TITLES + "1,A,Lærer\n2,B,Lærer\n")
    assert list_hints(faults) == ["import.record_for_labels"]


@pytest.mark.parametrize("number", [date(2026, 3, 1), True, 123456789012345678])
def test_mangled_ids(number: object) -> None:
    """What Excel made a day, a truth or a rounded number of is no id."""
    book = write_book(["Nr", "Navn", "Stilling"], [number, "Anne", "Lærer"])
    assert list_hints(refuse(STAFF, book)) == ["import.mangled"]


def test_endless_full_time() -> None:
    """Full time without end is none."""
    mapping = HOURS.replace("37", "inf")
    faults = refuse(mapping, "Nr,Navn,Stilling,Timer\n1,A,Lærer,30\n")
    assert list_hints(faults) == ["import.no_full_time"]


def test_role_of_no_team() -> None:
    """A role in a team without a team is a fault, not a row without one."""
    mapping = UNITS + 'columns.community_role = "Rolle"\n'
    export = "Nr,Skole,Stilling,Team,Rolle\n1,nord,Lærer,A-team,coordinator\n2,nord,Lærer,,"
    assert [m.role for m in take(mapping, export + "\n").memberships] == ["coordinator"]
    assert list_hints(refuse(mapping, export + "member\n")) == ["import.role_of_no_team"]


def test_number_for_a_title() -> None:
    """A title that means a number means nothing that plfkit knows."""
    faults = refuse(STAFF + 'words.role."Gæst" = 3\n', TITLES + "1,A,Gæst\n")
    assert [fault.code for fault in faults] == ["unknown_kind"]


class TestNextYear:
    """A list that is imported into the data of the year before."""

    LIST = "p1,Anne Ahorn,Skoleleder,1\np2,Bo B. Birk,Lærer,0.5\np5,Eva Eg,Lærer,1\n"
    EXPORT = "Nr,Navn,Stilling,Grad\n" + LIST
    SHARES = 'columns.fte = "Grad"\n'

    def test_refused(self) -> None:
        """A position that stands in the data is asked about."""
        faults = refuse(STAFF + self.SHARES, self.EXPORT, into=SCHOOL)
        assert list_hints(faults) == ["import.in_data"] * 2

    def test_last(self) -> None:
        """The list's row counts; names in the data are kept, and whoever is not listed is counted."""
        organisation = take(YEARLY + self.SHARES, self.EXPORT, into=SCHOOL)
        assert sorted(list_positions(organisation)) == [
            ("p1", "principal", 1),
            ("p2", "teacher", 0.5),
            ("p3", "teacher", None),
            ("p4", "teacher", None),
            ("p5", "teacher", 1),
        ]
        assert count_advice(organisation) == {
            "import.data_replaced": 2,
            "import.other_name_kept": 1,
            "import.no_longer_listed": 2,
        }
        assert organisation.persons[1].name == "Bo Birk"

    def test_first(self) -> None:
        """The data's row counts, and is counted."""
        mapping = YEARLY.replace('"last"', '"first"') + self.SHARES
        organisation = take(mapping, self.EXPORT, into=SCHOOL)
        assert ("p2", "teacher", None) in list_positions(organisation)
        assert count_advice(organisation)["import.data_kept"] == 2

    def test_before_stays(self) -> None:
        """The organisation to which a list is added stays as it is."""
        before = list_positions(SCHOOL)
        take(YEARLY + self.SHARES, self.EXPORT, into=SCHOOL)
        assert list_positions(SCHOOL) == before

    def test_replaced_is_not_asked(self) -> None:
        """Whoever has left by the new list is not of the staff that a question asks."""
        staff = YEARLY + 'columns.valid_to = "Til"\nfile.name = "s.csv"\n'
        network = NETWORK.replace("schema_version = 1\n", "").replace('"rows"', '"staff"')
        network += 'file.name = "n.csv"\n'
        files = [
            name_file("s.csv", "Nr,Navn,Stilling,Til\np2,Bo Birk,Lærer,2026-08-01\n"),
            name_file("n.csv", "Navn,Hvem 1\np1,p3\n"),
        ]
        organisation = take(staff + network, *files, into=SCHOOL)
        assert list_answered(organisation) == {"p1": True, "p3": False, "p4": False}

    def test_moved(self) -> None:
        """A position with a first day beside the same one without is no second position."""
        mapping = YEARLY + 'columns.valid_from = "Fra"\n'
        export = "Nr,Navn,Stilling,Fra\np2,Bo Birk,Lærer,2020-08-01\n"
        assert [fault.code for fault in refuse(mapping, export, into=SCHOOL)] == ["overlap"]

    def test_ended(self) -> None:
        """Whoever has an end in the data is not missed in the list."""
        ended = Position("p9", "nord", "teacher", valid=Period(date(2020, 8, 1), date(2021, 8, 1)))
        there = SCHOOL.with_(persons=[Person("p9")], positions=[ended])
        organisation = take(YEARLY + self.SHARES, self.EXPORT, into=there)
        assert count_advice(organisation)["import.no_longer_listed"] == 2

    def test_member(self) -> None:
        """A membership of the data stays; with another role it is asked about, and counted."""
        there = SCHOOL.with_(
            communities=[Community("a", "department_team", "A-team", "nord")],
            memberships=[Membership("a", "p2", "member")],
        )
        mapping = STAFF + 'columns.community = "Team"\ncolumns.community_role = "Rolle"\n'
        export = "Nr,Navn,Stilling,Team,Rolle\np2,Bo Birk,Skoleleder,A-team,member\n"
        assert list(take(mapping, export, into=there).memberships) == list(there.memberships)
        other = export.replace("member", "coordinator")
        assert list_hints(refuse(mapping, other, into=there)) == ["import.member_in_data"]
        for rule, role, key in (
            ("first", "member", "memberships_kept"),
            ("last", "coordinator", "memberships_replaced"),
        ):
            organisation = take(mapping + f'repeated = "{rule}"\n', other, into=there)
            assert [member.role for member in organisation.memberships] == [role]
            assert count_advice(organisation)[f"import.{key}"] == 1


class TestNamesakes:
    MAPPING = STAFF.replace('columns.person = "Nr"\n', "")
    EXPORT = "Navn,Stilling\nBo Birk,Lærer\nBirk Bo,Læsevejleder\n"

    def test_asked_about(self) -> None:
        """Without ids nobody knows whether two rows of one name are one person's."""
        assert list_hints(refuse(self.MAPPING, self.EXPORT)) == ["import.namesakes"]

    def test_same(self) -> None:
        """Said to be one person's, they are two positions of one."""
        organisation = take(self.MAPPING + 'namesakes = "same"\n', self.EXPORT)
        assert [person.name for person in organisation.persons] == ["Bo Birk"]
        assert {position.role for position in organisation.positions} == {
            "teacher",
            "reading_coach",
        }


def test_as_of() -> None:
    """Since when somebody is in a team a list does not say: not before the day it is of."""
    mapping = STAFF + (
        'columns.community = "Team"\ncolumns.valid_from = "Fra"\ncolumns.valid_to = "Til"\n'
        'as_of = "2026-11-01"\n'
        '[communities.a]\nkind = "team"\nname = "A-team"\nunit = "nord"\n'
    )
    export = (
        "Nr,Navn,Stilling,Team,Fra,Til\n1,Anne,Lærer,A-team,2015-08-01,\n"
        "2,Bo,Lærer,A-team,2027-01-01,\n3,Cai,Lærer,A-team,2015-08-01,2026-10-31\n"
    )
    organisation = take(mapping, export)
    begun = [membership.valid.start for membership in organisation.memberships]
    assert begun == [date(2026, 11, 1), date(2027, 1, 1)]
    assert count_advice(organisation)["import.left_before_list"] == 1
    assert organisation.positions[0].valid.start == date(2015, 8, 1)
