"""A question about ties: who was asked, who answered, and whom they named."""

from __future__ import annotations

import pytest
from offices import (
    NETWORK,
    SCHOOL,
    count_advice,
    drop_line,
    list_answered,
    list_hints,
    list_ties,
    name_file,
    refuse,
    take,
    write_book,
)

from plfkit import Organisation, Person, Position, Unit, measures, snapshot

SIX = "Navn,Hvem 1\nAnne Ahorn,Bo Birk\nBo Birk,Anne Ahorn\n"
MARKS = NETWORK.replace('named = "Hvem *"', 'colleagues = "til [*]"')
TOLD = NETWORK + 'columns.answered = "Status"\nwords.answered = { ja = true, nej = false }\n'
STRENGTHS = NETWORK + 'columns.weight = "Tit *"\n'


def build_ten() -> Organisation:
    """Return a school of ten, as letters name them."""
    letters = "ABCDEFGHIJ"
    return Organisation.of(
        units=[Unit("nord", "school")],
        persons=[Person(f"p{n}", f"Navn {letter}") for n, letter in enumerate(letters, 1)],
        positions=[Position(f"p{n}", "nord", "teacher") for n in range(1, 11)],
    )


SEVEN = """Navn,Hvem 1,Hvem 2
Navn A,Navn B,Navn H
Navn B,Navn A,
Navn C,Navn H,Navn I
Navn D,Navn A,Navn B
Navn E,Navn I,
Navn F,Navn A,
Navn G,,
"""
"""Seven of ten answered, and two of the silent three are named."""


class TestAsked:
    """Who was asked is said, and never guessed."""

    def test_staff(self) -> None:
        """All staff were asked: the three without a row are silent, and the range says so."""
        mapping = NETWORK.replace('"rows"', '"staff"') + 'nothing = "answered"\n'
        organisation = take(mapping, SEVEN, into=build_ten())
        assert sum(list_answered(organisation).values()) == 7
        assert len(list_answered(organisation)) == 10
        density = measures.density(snapshot(organisation, "2026/27"), relation="advice").main
        assert density is not None
        assert density.value == pytest.approx(9 / 63)
        assert [density.lower, density.upper] == pytest.approx([9 / 90, 36 / 90])
        assert density.response_rate == pytest.approx(0.7)

    def test_list(self) -> None:
        """A list names who was asked, by id or name, in its first column under a title."""
        mapping = NETWORK.replace('"rows"', '["liste.csv"]')
        asked = name_file("liste.csv", 'Inviteret,Mail\np1,x\n"Birk, Bo",y\np3,\n')
        organisation = take(mapping, SIX, asked, into=SCHOOL)
        assert list_answered(organisation) == {"p1": True, "p2": True, "p3": False}

    @pytest.mark.parametrize(
        ("text", "codes"),
        [
            ("Anne Ahorn\nBo Birk\n", {"missing_column"}),
            ('Navn\np1\np2\n"p3" x\n', {"bad_csv"}),
            ("Navn\np1\np2\np3,x\n", {"row_width"}),
            ("Navn\np1\np2\nCai\n", {"unknown_name"}),
            ("", {"empty_file"}),
        ],
    )
    def test_faulty_list(self, text: str, codes: set[str]) -> None:
        """Nobody who was asked is lost with a title that is not there, or a row that cannot be read."""
        mapping = NETWORK.replace('"rows"', '["liste.csv"]')
        faults = refuse(mapping, SIX, name_file("liste.csv", text), into=SCHOOL)
        assert {fault.code for fault in faults if fault.place.file == "liste.csv"} == codes

    def test_rows(self) -> None:
        """Everyone with a row was asked."""
        assert list_answered(take(NETWORK, SIX, into=SCHOOL)) == {"p1": True, "p2": True}

    def test_column(self) -> None:
        """A column says who was asked; whoever was not has no response."""
        mapping = drop_line(NETWORK, "asked") + (
            'columns.asked = "Inviteret"\nwords.asked = { x = true }\n'
            'columns.answered = "Status"\nwords.answered = { ja = true }\n'
        )
        export = "Navn,Inviteret,Status,Hvem 1\np1,x,ja,p2\np2,X,,\np3,,,\n"
        assert list_answered(take(mapping, export, into=SCHOOL)) == {"p1": True, "p2": False}

    def test_not_said(self) -> None:
        """Where nobody says who was asked it is told, in both languages."""
        organisation = take(drop_line(NETWORK, "asked"), SIX, into=SCHOOL)
        (told,) = (fault for fault in organisation.advice if fault.code == "not_said")
        assert told.say(language="da") != told.say(language="en")
        assert list_answered(organisation) == {"p1": True, "p2": True}

    def test_named_not_asked(self) -> None:
        """How many were named who are not among those asked is told, each once."""
        organisation = take(NETWORK, "Navn,Hvem 1,Hvem 2\np1,p2,p3\np2,p3,p1\n", into=SCHOOL)
        (told,) = (fault for fault in organisation.advice if fault.code == "not_asked")
        assert dict(told.remedy.values) == {"count": 1, "employed": 0}

    def test_employed_and_not_staff(self) -> None:
        """Where all staff were asked it is told how many are employed and none of the staff."""
        there = SCHOOL.with_(
            persons=[Person("p8", "Sekretær")], positions=[Position("p8", "nord", "support_staff")]
        )
        mapping = NETWORK.replace('"rows"', '"staff"')
        organisation = take(mapping, "Navn,Hvem 1\nBo Birk,p8\n", into=there)
        told = {f.remedy.key: dict(f.remedy.values) for f in organisation.advice}
        assert told["import.not_staff"] == {"count": 1}
        assert told["import.named_not_asked"] == {"count": 1, "employed": 1}

    def test_stray(self) -> None:
        """An answer of somebody who was not asked is a fault."""
        there = SCHOOL.with_(persons=[Person("p9", "Gæst")])
        mapping = NETWORK.replace('"rows"', '"staff"')
        faults = refuse(mapping, "Navn,Hvem 1\nGæst,p1\n", into=there)
        assert list_hints(faults) == ["import.not_asked"]

    def test_staff_of_no_day(self) -> None:
        """The staff are those of a day: without one, and with nobody there, it is asked."""
        mapping = NETWORK.replace('"rows"', '"staff"')
        for wrong, hint in (
            (drop_line(mapping, "survey.date"), "import.staff_on_no_day"),
            (mapping.replace('"nord"', '"Nord Skole"'), "import.no_staff"),
        ):
            assert hint in list_hints(refuse(wrong, SIX, into=SCHOOL))

    def test_nobody_answered(self) -> None:
        """An export without a row is the silence of all who were asked."""
        mapping = NETWORK.replace('"rows"', '"staff"')
        organisation = take(mapping, "Navn,Hvem 1\n", into=SCHOOL)
        assert list_answered(organisation) == dict.fromkeys(["p1", "p2", "p3", "p4"], False)

    def test_staff_below(self) -> None:
        """The staff of a unit are those below it too, though the mapping repeats a unit."""
        mapping = NETWORK.replace('"rows"', '"staff"').replace('"nord"', '"by"')
        repeated = mapping.replace("[[take]]", "units.nord.kind = 'school'\n[[take]]")
        for text in (mapping, repeated):
            assert len(list_answered(take(text, SIX, into=SCHOOL))) == 4


class TestAnswered:
    """Silence, half an answer, and an answer without names are three things."""

    def test_nothing(self) -> None:
        """A row without an answer is asked about."""
        export = "Navn,Hvem 1\np1,p2\np2,\n"
        assert list_hints(refuse(NETWORK, export, into=SCHOOL)) == ["import.nothing"]
        for word in ("answered", "silent"):
            organisation = take(NETWORK + f'nothing = "{word}"\n', export, into=SCHOOL)
            assert list_answered(organisation) == {"p1": True, "p2": word == "answered"}

    def test_half(self) -> None:
        """A row with answers that is not marked as answered is asked about; left out it is counted."""
        export = "Navn,Status,Hvem 1,Hvem 2\np1,ja,p2,\np2,nej,p1,p3\np3,,,\n"
        assert list_hints(refuse(TOLD, export, into=SCHOOL)) == ["import.half"]
        counted = take(TOLD + 'half = "answered"\n', export, into=SCHOOL)
        assert list_answered(counted) == {"p1": True, "p2": True, "p3": False}
        assert len(counted.ties) == 3
        silent = take(TOLD + 'half = "silent"\n', export, into=SCHOOL)
        assert list_answered(silent) == {"p1": True, "p2": False, "p3": False}
        assert list_ties(silent) == [("p1", "p2", None)]
        assert count_advice(silent) == {"import.silenced": 1}

    def test_marked_without_names(self) -> None:
        """Whoever is marked as answered answered, whomever they named."""
        export = "Navn,Status,Hvem 1\np1,ja,\np2,JA,p1\n"
        assert list_answered(take(TOLD, export, into=SCHOOL)) == {"p1": True, "p2": True}

    @pytest.mark.parametrize("word", ["måske", "2", "x"])
    def test_unknown_word(self, word: str) -> None:
        """A mark that the mapping does not know is no silence."""
        export = f"Navn,Status,Hvem 1\np1,{word},p2\n"
        faults = refuse(TOLD, export, into=SCHOOL)
        assert "import.unknown_word" in list_hints(faults)
        assert faults[0].place.column == "Status"

    def test_typed(self) -> None:
        """TRUE and FALSE of a workbook say so themselves."""
        mapping = NETWORK + 'columns.answered = "Status"\n'
        book = write_book(["Navn", "Status", "Hvem 1"], ["p1", True, "p2"], ["p2", False, None])
        assert list_answered(take(mapping, book, into=SCHOOL)) == {"p1": True, "p2": False}

    def test_filled_in(self) -> None:
        """A column that is filled in by whoever answers."""
        mapping = NETWORK + 'columns.answered = "Sendt"\nwords.answered."*" = true\n'
        export = "Navn,Sendt,Hvem 1\np1,2026-11-09 08:30,\np2,,\n"
        assert list_answered(take(mapping, export, into=SCHOOL)) == {"p1": True, "p2": False}


@pytest.mark.parametrize(("rule", "target"), [("first", "p2"), ("last", "p3")])
def test_repeated(rule: str, target: str) -> None:
    """Of two rows of one person that counts which the mapping says, and the other is counted."""
    export = "Navn,Hvem 1\np1,p2\nAnne Ahorn,p3\n"
    assert list_hints(refuse(NETWORK, export, into=SCHOOL)) == ["import.repeated"]
    organisation = take(NETWORK + f'repeated = "{rule}"\n', export, into=SCHOOL)
    assert list_ties(organisation) == [("p1", target, None)]
    assert count_advice(organisation) == {"import.superseded": 1}


def test_self() -> None:
    """Naming oneself is asked about; dropped it is counted."""
    export = "Navn,Hvem 1,Hvem 2\nAnne Ahorn,p2,p1\n"
    assert list_hints(refuse(NETWORK, export, into=SCHOOL)) == ["import.self"]
    organisation = take(NETWORK + 'self = "drop"\n', export, into=SCHOOL)
    assert list_ties(organisation) == [("p1", "p2", None)]
    assert count_advice(organisation) == {"import.dropped_selves": 1}


@pytest.mark.parametrize(
    ("sign", "cell"),
    [
        (";", "Bo Birk;Ceder\u00a0Cilla;"),
        (",", "Bo Birk, cilla ceder"),
        (" ", "p2  p3"),
        ("\\n", "Bo Birk\nCilla Ceder\n"),
        (" / ", "Bo Birk / p3"),
    ],
)
def test_several_in_a_cell(sign: str, cell: str) -> None:
    """What stands between names is said; a trailing one is no name, and twice the same one tie."""
    mapping = NETWORK + f'split.named = "{sign}"\n'
    organisation = take(mapping, f'Navn,Hvem 1,Hvem 2\np1,"{cell}",p3\n', into=SCHOOL)
    assert list_ties(organisation) == [("p1", "p2", None), ("p1", "p3", None)]


def test_strengths() -> None:
    """A strength stands beside its name; never is no tie."""
    mapping = STRENGTHS + "words.weight = { aldrig = 0, dagligt = 4 }\n"
    export = (
        "Navn,Hvem 1,Tit 1,Hvem 2,Tit 2,Hvem 3,Tit 3\np1,p2,Dagligt,p3,2,p4,aldrig\np2,p1,,,,,\n"
    )
    assert list_ties(take(mapping, export, into=SCHOOL)) == [
        ("p1", "p2", 4),
        ("p1", "p3", 2),
        ("p2", "p1", None),
    ]


@pytest.mark.parametrize(
    ("export", "hint"),
    [
        ("Navn,Hvem 1,Tit 1,Hvem 2,Tit 2\np1,p2,3,p2,4\n", "import.two_strengths"),
        ("Navn,Hvem 1,Tit 1,Hvem 2,Tit 2\np1,p2,3,,4\n", "import.strength_of_nobody"),
        ("Navn,Hvem 1,Tit 1\np1,p2,tit\n", "import.number"),
        ('Navn,Hvem 1,Tit 1\np1,p2,"3,5"\n', "import.comma_number"),
        ("Navn,Hvem 1,Tit 01\np1,p2,3\n", "import.unpaired"),
        ("Navn,Hvem 1,Hvem 2,Tit 1\np1,p2,p3,3\n", "import.unpaired"),
        ("Navn,Hvem 1,Tit 1,Tit 2\np1,p2,3,\n", "import.unpaired"),
    ],
)
def test_faulty_strengths(export: str, hint: str) -> None:
    """Two strengths, one of nobody, one that is none, and one without a name beside it are faults."""
    assert hint in list_hints(refuse(STRENGTHS, export, into=SCHOOL))


def test_strength_below_nought() -> None:
    """A strength below nought is none."""
    faults = refuse(STRENGTHS, "Navn,Hvem 1,Tit 1\np1,p2,-1\n", into=SCHOOL)
    assert [fault.code for fault in faults] == ["out_of_range"]


class TestColleagues:
    """A column for each colleague, whom its title names."""

    WORDS = "words.colleagues = { x = true, nej = false }\n"

    def test_marks(self) -> None:
        """A mark is a tie, a number its strength, nought and blank are none."""
        export = "Navn,til [p1],til [Bo Birk],til [p3],til [p4]\np1,,X,3,nej\np2,x,,0,\n"
        assert list_ties(take(MARKS + self.WORDS, export, into=SCHOOL)) == [
            ("p1", "p2", None),
            ("p1", "p3", 3),
            ("p2", "p1", None),
        ]

    @pytest.mark.parametrize("mark", ["ja", "?", "✓"])
    def test_unknown_mark(self, mark: str) -> None:
        """A mark that the mapping does not know is told, without the colleague's name."""
        export = f"Navn,til [Bo Birk]\np1,{mark}\n"
        (fault,) = refuse(MARKS + self.WORDS, export, into=SCHOOL)
        assert (fault.code, fault.value) == ("unknown_mark", mark)
        assert "Birk" not in fault.say()

    def test_typed_marks(self) -> None:
        """TRUE and FALSE of a workbook are words like others."""
        book = write_book(["Navn", "til [p2]", "til [p3]"], ["p1", True, False])
        words = "words.colleagues = { TRUE = true, FALSE = false }\n"
        assert list_ties(take(MARKS + words, book, into=SCHOOL)) == [("p1", "p2", None)]
        assert (
            list_hints(refuse(MARKS + self.WORDS, book, into=SCHOOL)) == ["import.unknown_word"] * 2
        )

    def test_unknown_colleague(self) -> None:
        """A column of somebody nobody knows is a fault of the header; so is one of two people."""
        there = SCHOOL.with_(persons=[Person("p9", "Bo Birk")])
        export = "Navn,til [Cai],til [Bo Birk]\np1,x,x\n"
        faults = refuse(MARKS + self.WORDS, export, into=there)
        assert {fault.place.row for fault in faults} == {1}
        assert set(list_hints(faults)) == {"import.nobody", "import.several_people"}


def test_one_pass() -> None:
    """What is wrong with a row of somebody who is not found is told with it."""
    faults = refuse(NETWORK, "Navn,Hvem 1\nCai,Dea\n,Eja\np1,p2\n", into=SCHOOL)
    assert [(f.place.row, f.place.column) for f in faults] == [
        (2, "Navn"),
        (2, "Hvem 1"),
        (3, "Navn"),
        (3, "Hvem 1"),
    ]


def test_two_questions() -> None:
    """Takes of one survey fill it together, and may not say different things of it."""
    second = NETWORK.replace("schema_version = 1\n", "").replace('"Hvem *"', '"Ven *"')
    second = second.replace('"advice"', '"coaching"')
    export = "Navn,Hvem 1,Ven 1\np1,p2,p3\n"
    other = NETWORK + second.replace('"s"', '"t"')
    assert len(take(other, export, into=SCHOOL).surveys) == 2
    faults = refuse(NETWORK + second, export, into=SCHOOL)
    assert "survey.relation" in {fault.place.column for fault in faults}
    assert "import.other_survey" in list_hints(faults)


def test_survey_in_data() -> None:
    """A survey that is in the data is not filled a second time."""
    once = take(NETWORK, SIX, into=SCHOOL)
    assert list_hints(refuse(NETWORK, SIX, into=once)) == ["import.survey_in_data"]


def test_unknown_relation() -> None:
    """A relation that nobody knows is told once, with the nearest one."""
    (fault,) = refuse(NETWORK.replace('"advice"', '"advise"'), SIX, into=SCHOOL)
    assert "advice" in fault.say(language="da")


def test_label_of_somebody() -> None:
    """A second row of titles that is a respondent's is no row of titles."""
    mapping = NETWORK + "file.labels = 2\n"
    assert "import.record_for_labels" in list_hints(refuse(mapping, SIX, into=SCHOOL))
    labelled = SIX.replace("Anne Ahorn,Bo", "Hvem er du?,Hvem søger du?\nAnne Ahorn,Bo", 1)
    assert len(take(mapping, labelled, into=SCHOOL).ties) == 2


def test_colleague_twice() -> None:
    """Two columns of one colleague are asked about."""
    mapping = MARKS + "words.colleagues = { x = true }\n"
    faults = refuse(mapping, "Navn,til [p2],til [Bo Birk]\np1,x,\n", into=SCHOOL)
    assert list_hints(faults) == ["import.colleague_twice"]


def test_address_further_down() -> None:
    """Whoever is named by an address may have their own row further down."""
    mapping = NETWORK + 'columns.also = "Mail"\n'
    export = "Navn,Mail,Hvem 1\np1,a@x,B@X\np2,b@x,a@x\n"
    assert list_ties(take(mapping, export, into=SCHOOL)) == [
        ("p1", "p2", None),
        ("p2", "p1", None),
    ]
