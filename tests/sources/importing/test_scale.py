"""Questions on a scale: wide and long, in words, reversed, by person, code or team, for each unit or day."""

from __future__ import annotations

import pytest
from offices import (
    NETWORK,
    SCALE,
    SCHOOL,
    count_advice,
    drop_line,
    list_answered,
    list_hints,
    refuse,
    take,
    write_book,
)

from plfkit import Community, Organisation, Unit

LONG = """schema_version = 1
[[take]]
kind = "scale"
survey = { id = "k", lowest = 1, highest = 5 }
columns.respondent = "Kode"
columns.item = "Spm"
columns.value = "Svar"
"""
CODED = SCALE + 'columns.respondent = "Kode"\n'
LINKED = SCALE + 'columns.person = "Navn"\nasked = "staff"\n'


def list_answers(organisation: Organisation) -> list[tuple[str | None, str, float]]:
    """Return who answered what."""
    return [(a.respondent or a.community, a.item, a.value) for a in organisation.answers]


def test_wide() -> None:
    """A column for each item, whose titles carry over; a blank is no answer, each row is somebody."""
    organisation = take(SCALE, "q1,q2\n3,4\n2,\n,\n")
    assert list_answers(organisation) == [
        ("r1", "item_1", 3),
        ("r1", "item_2", 4),
        ("r2", "item_1", 2),
    ]
    assert organisation.surveys[0].linked is None


def test_codes() -> None:
    """Nine answers of two respondents on five items; whoever has not answered has none."""
    mapping = CODED + (
        'columns.answered = "Status"\n'
        'words.answered = { "Gennemført" = true, "Ikke svaret" = false }\n'
        'file.delimiter = ";"\n'
    )
    export = (
        "Kode;Status;q1;q2;q3;q4;q5\na;Gennemført;3;4;3;2;4\nb;Gennemført;2;;3;1;4\n"
        "c;Ikke svaret;;;;;\n"
    )
    organisation = take(mapping, export)
    assert len(organisation.answers) == 9
    assert {answer.respondent for answer in organisation.answers} == {"a", "b"}
    assert not organisation.responses


def test_long() -> None:
    """A row for each answer, of one respondent in several rows."""
    export = "Kode,Spm,Svar\na,tillid,3\na,mål,4\nb,tillid,5\nb,mål,\n"
    assert list_answers(take(LONG, export)) == [
        ("a", "mål", 4),
        ("a", "tillid", 3),
        ("b", "tillid", 5),
    ]


@pytest.mark.parametrize(("rule", "value"), [("first", 3), ("last", 5)])
def test_long_repeated(rule: str, value: float) -> None:
    """The same question twice is asked about, and counted."""
    export = "Kode,Spm,Svar\na,tillid,3\na,tillid,5\n"
    assert list_hints(refuse(LONG, export)) == ["import.repeated"]
    organisation = take(LONG + f'repeated = "{rule}"\n', export)
    assert list_answers(organisation) == [("a", "tillid", value)]
    assert count_advice(organisation) == {"import.superseded": 1}


def test_answer_to_nothing() -> None:
    """An answer without a question is a fault."""
    (fault,) = refuse(LONG, "Kode,Spm,Svar\na,,3\n")
    assert (fault.place.column, fault.remedy.key) == ("Spm", "cell.blank")
    dropped = LONG + 'words.item = { "Bemærkning" = "none", "tillid" = "trust" }\n'
    export = "Kode,Spm,Svar\na,tillid,3\na,bemærkning,1\n"
    assert list_answers(take(dropped, export)) == [("a", "trust", 3)]


def test_words() -> None:
    """Words have numbers, and none; numbers are numbers."""
    mapping = SCALE + 'words.items = { "Helt enig" = 5, "Uenig" = 2, "Ved ikke" = "none" }\n'
    assert list_answers(take(mapping, "q1,q2,q3\nhelt  enig,3,ved ikke\nUENIG,,\n")) == [
        ("r1", "item_1", 5),
        ("r1", "item_2", 3),
        ("r2", "item_1", 2),
    ]
    faults = refuse(mapping, "q1,q2\nHelt enig,Enig\nEnig,\n")
    assert [(f.place.row, f.place.column) for f in faults] == [(2, "q2"), (3, "q1")]


@pytest.mark.parametrize("cell", ["0", "6", "99", "-1", "1000000"])
def test_beyond_the_ends(cell: str) -> None:
    """A number outside the scale is a fault, with its ends."""
    (fault,) = refuse(SCALE, f"q1\n{cell}\n")
    assert fault.remedy.key == "import.beyond_ends"
    assert "1 til 5" in fault.say(language="da")


def test_percent() -> None:
    """A share of a workbook is no number of the scale."""
    assert list_hints(refuse(SCALE, write_book(["q1"], [0.8]))) == ["import.beyond_ends"]
    assert list_hints(refuse(SCALE, "q1\n80 %\n")) == ["import.number"]


class TestReversed:
    """Items that are worded against the others."""

    def test_turned(self) -> None:
        """Such an answer is kept as lowest and highest less what was answered."""
        mapping = SCALE + 'reversed = ["item_2"]\n'
        assert list_answers(take(mapping, "q1,q2\n1,1\n")) == [
            ("r1", "item_1", 1),
            ("r1", "item_2", 5),
        ]
        mapping = LONG + 'reversed = ["mål"]\n'
        assert list_answers(take(mapping, "Kode,Spm,Svar\na,mål,2\n")) == [("a", "mål", 4)]

    @pytest.mark.parametrize(
        ("mapping", "export"), [(SCALE, "q1,q2\n1,1\n"), (LONG, "Kode,Spm,Svar\na,mål,2\n")]
    )
    def test_slip(self, mapping: str, export: str) -> None:
        """An item that there is not is told, in a wide file and in a long one."""
        faults = refuse(mapping + 'reversed = ["Item_2"]\n', export)
        assert list_hints(faults) == ["import.reversed_nowhere"]


def test_linked() -> None:
    """People by name: the survey is linked, and whoever was asked and is silent has a response."""
    export = "Navn,q1\nAnne Ahorn,3\np2,\n"
    assert list_hints(refuse(LINKED, export, into=SCHOOL)) == ["import.nothing"]
    organisation = take(LINKED + 'nothing = "silent"\n', export, into=SCHOOL)
    assert list_answered(organisation) == {"p1": True, "p2": False, "p3": False, "p4": False}
    assert list_answers(organisation) == [("p1", "item_1", 3)]
    assert organisation.surveys[0].linked is True


@pytest.mark.parametrize(("rule", "value"), [("first", 3), ("last", 4)])
def test_repeated(rule: str, value: float) -> None:
    """A respondent twice is asked about, be it a person or a code."""
    for mapping, titles, who in ((LINKED, "Navn,q1\n", "p1"), (CODED, "Kode,q1\n", "a")):
        export = f"{titles}{who},3\n{who},4\n"
        assert list_hints(refuse(mapping, export, into=SCHOOL)) == ["import.repeated"]
        organisation = take(mapping + f'repeated = "{rule}"\n', export, into=SCHOOL)
        assert list_answers(organisation) == [(who, "item_1", value)]


def test_one_for_every_row() -> None:
    """A respondent that is the same for every row is one respondent."""
    mapping = SCALE + 'every.respondent = "alle"\n'
    assert list_answers(take(mapping, "q1\n3\n")) == [("alle", "item_1", 3)]
    assert list_hints(refuse(mapping, "q1\n3\n4\n")) == ["import.repeated"]


def test_team() -> None:
    """A team that answers as one is found by name or id."""
    there = SCHOOL.with_(communities=[Community("a", "department_team", "A-team", "nord")])
    mapping = SCALE + 'columns.community = "Team"\n'
    organisation = take(mapping, "Team,q1\nA-Team,3\n", into=there)
    assert [(a.community, a.respondent) for a in organisation.answers] == [("a", None)]
    assert list_hints(refuse(mapping, "Team,q1\nB-team,3\n", into=there)) == ["import.no_community"]
    assert list_hints(refuse(mapping, "Team,q1\n,3\n", into=there)) == ["cell.blank"]


def test_units_and_days() -> None:
    """A survey for each unit and day, whose id ends in it."""
    there = SCHOOL.with_(units=[Unit("syd", "school", "Syd Skole", "by")])
    mapping = drop_line(SCALE, "survey.date") + (
        'columns.unit = "Skole"\ncolumns.date = "Dato"\nfile.dates = "day-first"\n'
    )
    export = "Skole,Dato,q1\nNord Skole,9-11-2026,3\nsyd,10-11-2026 08:30,4\nnord,09.11.2026,5\n"
    organisation = take(mapping, export, into=there)
    assert {(s.id, s.unit, str(s.date)) for s in organisation.surveys} == {
        ("k-nord-2026-11-09", "nord", "2026-11-09"),
        ("k-syd-2026-11-10", "syd", "2026-11-10"),
    }
    assert len(organisation.answers) == 3
    faults = refuse(mapping, "Skole,Dato,q1\n,9-11-2026,3\nnord,,4\n", into=there)
    assert list_hints(faults) == ["cell.blank"] * 2


def test_half() -> None:
    """Answers of somebody who is not marked as finished are asked about, and counted if left out."""
    mapping = CODED + 'columns.answered = "Slut"\nwords.answered = { ja = true, nej = false }\n'
    export = "Kode,Slut,q1\na,ja,3\nb,nej,4\nc,,\n"
    assert list_hints(refuse(mapping, export)) == ["import.half"]
    organisation = take(mapping + 'half = "silent"\n', export)
    assert list_answers(organisation) == [("a", "item_1", 3)]
    assert count_advice(organisation) == {"import.silenced": 1}


def test_unreadable_answer() -> None:
    """A row whose one answer cannot be read is not asked whether it is an answer."""
    for mapping, titles in ((LINKED, "Navn,q1\n"), (CODED, "Kode,q1\n")):
        faults = refuse(mapping, titles + "p1,enig\n", into=SCHOOL)
        assert list_hints(faults) == ["import.number"]


def test_scale_and_network() -> None:
    """One file may hold questions of both kinds; columns of each are spoken for by either."""
    both = NETWORK + SCALE.replace("schema_version = 1\n", "") + 'columns.person = "Navn"\n'
    both = both.replace('"k"', '"k"\nasked = "rows"')
    organisation = take(both, "Navn,Hvem 1,q1\np1,p2,3\n", into=SCHOOL)
    assert (len(organisation.ties), len(organisation.answers)) == (1, 1)


def test_long_marks() -> None:
    """Rows of one respondent agree on whether they answered."""
    mapping = LONG + 'columns.answered = "Slut"\nwords.answered = { ja = true, nej = false }\n'
    export = "Kode,Spm,Svar,Slut\na,tillid,3,ja\na,mål,4,nej\n"
    assert list_hints(refuse(mapping, export)) == ["import.other_marks"]
    assert len(take(mapping, export.replace("nej", "ja")).answers) == 2


def test_label_of_an_answer() -> None:
    """A second row of titles with a number in it is a respondent's."""
    faults = refuse(SCALE + "file.labels = 2\n", "q1,q2\n3,4\n5,5\n")
    assert list_hints(faults) == ["import.record_for_labels"] * 2
