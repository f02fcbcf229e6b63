"""Somebody who goes leaves nothing behind but head counts."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

import plfkit
from plfkit import Event, Organisation, Participation, Person
from plfkit.errors import InvalidDataError
from plfkit.hints import LANGUAGES
from plfkit.model.records.checking import check_tables
from plfkit.model.records.schema import list_column_specs
from plfkit.testing import organisations


@given(organisation=organisations(), data=st.data())
def test_nothing_is_left_of_somebody(organisation: Organisation, data: st.DataObject) -> None:
    """No cell holds the id, nothing dangles, and rows about others are all there."""
    person = data.draw(st.sampled_from([person.id for person in organisation.persons]))
    left = plfkit.exclude(organisation, person)
    cells = {
        text
        for table in left.tables.values()
        for spec in list_column_specs(table.row_type)
        if spec.codec.is_text
        for text in table.column(spec.name).categories
    }
    assert person not in cells
    assert check_tables(left.tables, left.vocabulary) == []
    told = {(tie.source, tie.target) for tie in organisation.ties}
    kept = {pair for pair in told if person not in pair}
    assert {(tie.source, tie.target) for tie in left.ties} == kept
    assert len(left.events) == len(organisation.events)
    assert [event.headcount for event in left.events] == [e.headcount for e in organisation.events]


def test_texts_that_name_them_go() -> None:
    """An artefact that names the one who goes is blank; one that names another stays."""
    day = dt.date(2019, 1, 1)
    known = Organisation.of(
        persons=[Person("p1", "Anna Jensen"), Person("p2", "Bodil Holm")],
        events=[
            Event("e", "workshop", day, headcount=2, artefact="referat, Anna Jensen"),
            Event("f", "workshop", day, artefact="referat, Bodil Holm"),
        ],
        participations=[Participation("e", "p1"), Participation("e", "p2")],
    )
    left = plfkit.exclude(known, "p1")
    assert [event.artefact for event in left.events] == [None, "referat, Bodil Holm"]
    assert left.events[0].headcount == 2
    assert [row.person for row in left.participations] == ["p2"]


def test_nobody_is_told_who_was_near() -> None:
    """A slip is answered with how many ids are near it; which they are is the fault's value."""
    known = Organisation.of(persons=[Person("anna-1"), Person("anna-2"), Person("bodil")])
    with pytest.raises(InvalidDataError, match="one of the 2 that are near it") as caught:
        plfkit.exclude(known, "anna")
    for language in LANGUAGES:
        assert "anna" not in caught.value.say(language=language, audience="command_line")
    assert caught.value.faults[0].value == "anna-2, anna-1"
    with pytest.raises(InvalidDataError, match="the 1 that is near it"):
        plfkit.exclude(known, "bodill")
    with pytest.raises(InvalidDataError, match="nobody has this id"):
        plfkit.exclude(known, "zzz")
