"""Pseudonyms: the same under one key, others under another, and nothing else is changed."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import plfkit
from plfkit import (
    Answer,
    Community,
    Event,
    Membership,
    Organisation,
    Period,
    Person,
    Position,
    Qualification,
    Response,
    Survey,
    Tie,
    Unit,
)
from plfkit.errors import ProtectionError
from plfkit.model.records.schema import list_column_specs
from plfkit.protection import GENERALISATIONS, Generalisation, pseudonyms
from plfkit.synthetic import municipality
from plfkit.testing import organisations

KEY, OTHER = bytes(range(32)), bytes(range(1, 33))
PSEUDONYM = re.compile(r"[a-z](-[0-9a-f]{4}){4}")
WORDS = st.lists(st.sampled_from(GENERALISATIONS), unique=True)


def list_people(organisation: Organisation) -> list[str]:
    """Return the ids of people."""
    return [person.id for person in organisation.persons]


@given(organisations())
def test_one_key_gives_the_same_pseudonyms(organisation: Organisation) -> None:
    """Twice under one key is equal; another key shares no pseudonym, and no id or name is left."""
    hidden = plfkit.pseudonymise(organisation, KEY)
    assert plfkit.pseudonymise(organisation, KEY) == hidden
    other = plfkit.pseudonymise(organisation, OTHER)
    assert not set(list_people(other)) & set(list_people(hidden))
    assert len(hidden.persons) == len(organisation.persons)
    assert all(PSEUDONYM.fullmatch(person) for person in list_people(hidden))
    assert {person.name for person in hidden.persons} == {None}
    assert not set(list_people(organisation)) & set(gather_texts(hidden))


def gather_texts(organisation: Organisation) -> set[str]:
    """Return every text of every table."""
    return {
        text
        for table in organisation.tables.values()
        for spec in list_column_specs(table.row_type)
        if spec.codec.is_text
        for text in table.column(spec.name).categories
    }


@given(organisations())
def test_structure_is_kept(organisation: Organisation) -> None:
    """With pseudonyms in place of ids, rows about people are the rows there were."""
    hidden = plfkit.pseudonymise(organisation, KEY)
    new = pseudonyms.make_pseudonyms(list_people(organisation), KEY, of="persons")
    before = sorted((new[t.source], new[t.target], str(t.weight)) for t in organisation.ties)
    assert before == sorted((t.source, t.target, str(t.weight)) for t in hidden.ties)
    for name in ("positions", "memberships", "responses", "participations", "qualifications"):
        was = sorted(new[row.person] for row in organisation.tables[name])
        assert was == sorted(row.person for row in hidden.tables[name])
    linked = {answer.respondent for answer in organisation.answers if answer.survey == "named"}
    told = {answer.respondent for answer in hidden.answers if answer.survey == "named"}
    assert told == {new[str(person)] for person in linked}


@given(organisation=organisations(), words=WORDS)
def test_what_is_written_reads_back(
    organisation: Organisation,
    words: list[Generalisation],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """Whatever was generalised, the rest is without faults and comes back equal from files."""
    hidden = plfkit.pseudonymise(organisation, KEY, generalise=words)
    place = tmp_path_factory.mktemp("hidden")
    assert plfkit.read(plfkit.write(hidden, place / "data")) == hidden
    again = plfkit.pseudonymise(organisation, KEY, generalise=[*words, *words])
    assert again == hidden


FIGURES = {
    "density": {"relation": "advice"},
    "reciprocity": {"relation": "advice", "by": "school"},
    "centralization": {"relation": "advice"},
    "block_density": {"relation": "advice", "groups": "level"},
    "membership_coverage": {"by": "school"},
    "level_anchoring": {},
}
BY_YEAR = ("density", "reciprocity")
"""Figures of ties of a school year, which rest neither on titles nor on subjects nor on days."""


@given(profile=st.sampled_from(["generic", "vejle", "langeland"]), seed=st.integers(0, 10**6))
def test_figures_stay(profile: str, seed: int) -> None:
    """Figures of a municipality are what they were, but for those of what was generalised."""
    town = municipality(plfkit.load_profile(profile), schools=2, seed=seed)
    hidden = plfkit.pseudonymise(town, KEY)
    coarse = plfkit.pseudonymise(town, KEY, generalise=("title", "subject"))
    for name, arguments in FIGURES.items():
        measure = getattr(plfkit.measures, name)
        before = measure(plfkit.snapshot(town, "2018/19"), **arguments).rows()
        assert before
        for after in (hidden, coarse):
            assert measure(plfkit.snapshot(after, "2018/19"), **arguments).rows() == before, name
    dated = plfkit.pseudonymise(town, KEY, generalise=GENERALISATIONS)
    for year in ("2016/17", "2017/18", "2018/19"):
        sizes = [len(plfkit.snapshot(each, year).person_ids) for each in (town, dated)]
        assert sizes[0] == sizes[1]
        for name in BY_YEAR:
            measure, arguments = getattr(plfkit.measures, name), {"relation": "advice"}
            figures = [
                measure(plfkit.snapshot(each, year), **arguments).rows() for each in (town, dated)
            ]
            assert figures[0] == figures[1], (year, name)


def test_dates_are_widened_to_school_years() -> None:
    """No day is left but 1 August, no interval is empty, and what lay within something still does."""
    autumn, spring = Period(dt.date(2018, 9, 3), dt.date(2018, 12, 1)), dt.date(2019, 6, 30)
    known = Organisation.of(
        units=[Unit("s", "school")],
        persons=[Person("anna", valid=Period(dt.date(2016, 10, 1), spring)), Person("bodil")],
        communities=[Community("c", "team", valid=Period(dt.date(2017, 8, 1), spring))],
        memberships=[
            Membership("c", "anna", valid=autumn),
            Membership("c", "anna", valid=Period(dt.date(2019, 1, 1), spring)),
        ],
        positions=[
            Position("anna", "s", "teacher", 1.0, valid=autumn),
            Position("anna", "s", "principal", 1.0, valid=Period(dt.date(2018, 12, 1))),
        ],
        surveys=[Survey("q", "scale", date=dt.date(2019, 3, 1))],
        events=[Event("e", "workshop", dt.date(2018, 7, 31), community="c")],
    )
    dated = plfkit.pseudonymise(known, KEY, generalise=["dates"])
    year = Period.parse("2018/19")
    assert {row.valid for row in dated.memberships} == {year}
    assert len(dated.memberships) == 1
    assert {(row.role, row.fte, row.valid) for row in dated.positions} == {
        ("teacher", None, year),
        ("principal", None, Period(year.start)),
    }
    assert dated.communities[0].valid == Period(dt.date(2017, 8, 1), dt.date(2019, 8, 1))
    assert {row.valid.end for row in dated.persons} == {None, dt.date(2019, 8, 1)}
    assert dated.surveys[0].date == year.start
    assert dated.events[0].date == dt.date(2017, 8, 1)


def test_titles_and_subjects_are_made_coarser() -> None:
    """Roles become the first that counts alike, subjects go, and rows that say the same are one."""
    known = Organisation.of(
        units=[Unit("s", "school")],
        persons=[Person("anna"), Person("bodil")],
        positions=[
            Position("anna", "s", "pedagogue", 0.4),
            Position("anna", "s", "teacher", 0.4, "danish"),
            Position("bodil", "s", "department_head"),
            Position("bodil", "s", "maths_coach", 0.2, "mathematics"),
        ],
        ties=[
            Tie("anna", "bodil", "advice", weight=2, subject="danish"),
            Tie("anna", "bodil", "advice", weight=5, subject="english"),
        ],
        qualifications=[Qualification("anna", "teaching_qualification", "danish")],
        registrations=[
            plfkit.Registration("s", of="positions", kind="teacher", complete=True),
            plfkit.Registration("s", of="positions", kind="pedagogical_staff", complete=True),
            plfkit.Registration("s", of="positions", kind="team_coordinator", complete=True),
        ],
    )
    coarse = plfkit.pseudonymise(known, KEY, generalise=["title", "subject"])
    roles = sorted((row.role, row.fte, row.subject) for row in coarse.positions if row.fte is None)
    assert roles == [("principal", None, None), ("teacher", None, None)]
    assert [(row.role, row.fte) for row in coarse.positions if row.fte] == [("subject_coach", 0.2)]
    assert [(tie.weight, tie.subject) for tie in coarse.ties] == [(5, None)]
    assert coarse.qualifications[0].subject is None
    kinds = {row.kind for row in coarse.registrations}
    assert kinds == {"pedagogical_staff", "team_coordinator"}


def test_texts_that_name_somebody_are_dropped() -> None:
    """Names and artefacts that name a person are blank, ids get pseudonyms, all others stay."""
    known = Organisation.of(
        units=[Unit("s", "school", "Annaskolen"), Unit("d", "daycare", "Dagplejen Anna Jensen")],
        persons=[Person("anna-j", "Anna Jensen"), Person("bo", "Bo Å")],
        communities=[
            Community("team-anna-j", "team", "Annas team"),
            Community("team-2", "team", "Savanna", focus="anna-j"),
        ],
        memberships=[Membership("team-anna-j", "anna-j")],
        surveys=[Survey("q", "scale"), Survey("linked", "scale", linked=True)],
        responses=[Response("linked", "bo", answered=True)],
        answers=[
            Answer("q", "code-1", item="trust in anna-j", value=1),
            Answer("linked", "bo", item="trust", value=1),
        ],
        events=[
            Event("e", "workshop", dt.date(2019, 1, 1), artefact="referat (BO)"),
            Event("f", "workshop", dt.date(2019, 1, 1), artefact="dataark"),
        ],
        ties=[Tie("anna-j", "bo", "advice", subject="danish")],
    )
    hidden = plfkit.pseudonymise(known, KEY)
    assert {unit.name for unit in hidden.units} == {"Annaskolen", None}
    named, other = sorted(hidden.communities, key=lambda row: row.id.startswith("team"))
    assert PSEUDONYM.fullmatch(named.id)
    assert (named.name, hidden.memberships[0].community) == (None, named.id)
    assert (other.id, other.name) == ("team-2", "Savanna")
    assert PSEUDONYM.fullmatch(str(other.focus))
    assert {event.artefact for event in hidden.events} == {None, "dataark"}
    assert {answer.item for answer in hidden.answers} > {"trust"}
    assert hidden.ties[0].subject == "danish"
    texts = " ".join(gather_texts(hidden)).casefold()
    assert "anna-j" not in texts
    assert "code-1" not in texts
    assert len({str(answer.respondent)[0] for answer in hidden.answers} & {"p", "r"}) == 2


def test_short_keys_and_unknown_words_are_refused() -> None:
    """A key of 31 bytes is none, and what cannot be generalised is named, with what was meant."""
    known = Organisation.of(persons=[Person("a")])
    with pytest.raises(ProtectionError, match="has 31 bytes and must have 32") as short:
        plfkit.pseudonymise(known, KEY[:31])
    assert "skal være på mindst 32" in short.value.say(language="da")
    with pytest.raises(ProtectionError, match='did you mean "title"'):
        plfkit.pseudonymise(known, KEY, generalise=["titel"])  # type: ignore[list-item] # refused
    with pytest.raises(ProtectionError, match="use title, subject, dates"):
        plfkit.pseudonymise(known, KEY, generalise=["x"])  # type: ignore[list-item] # the same


def test_collisions_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two people never become one, however short pseudonyms were."""
    monkeypatch.setattr(pseudonyms, "_GROUPS", 0)
    with pytest.raises(ProtectionError, match="make another key"):
        plfkit.pseudonymise(Organisation.of(persons=[Person("a"), Person("b")]), KEY)


def test_an_example_stays_an_example(example: Path) -> None:
    """Title, vocabulary and the mark of an example are kept."""
    known = plfkit.read(example)
    hidden = plfkit.pseudonymise(known, KEY)
    assert (hidden.title, hidden.synthetic) == (known.title, known.synthetic)
    assert hidden.vocabulary == known.vocabulary


def test_one_text_as_two_things_has_two_pseudonyms() -> None:
    """A code that happens to be somebody's id does not lead to them."""
    person, code = (
        pseudonyms.make_pseudonyms(["a"], KEY, of=of)["a"] for of in ("persons", "respondents")
    )
    assert (person[0], code[0]) == ("p", "r")
    assert person[1:] != code[1:]
