"""Faults as documents: worded for whoever reads them, and without values unless these are asked for."""

from __future__ import annotations

import json
from typing import Any

import pytest

import plfkit
from plfkit.errors import DisclosureError, InvalidDataError, LimitError

CANARY = "kanarie"
FILES = {
    "units.csv": b"id,kind,name\nn,school,Nord\n",
    "persons.csv": b"id,name\np1,Anna\n",
    "positions.csv": f"person,unit,role,fte\np1,n,{CANARY},1\np1,n,teacher,{CANARY}\n".encode(),
}


@pytest.fixture(scope="module")
def error() -> InvalidDataError:
    """What reading data raises in which a word and a number are wrong."""
    with pytest.raises(InvalidDataError) as caught:
        plfkit.read(FILES)
    return caught.value


def test_places_and_hints(error: InvalidDataError) -> None:
    """Each fault has its code, file, row and column, and the hint in the language that was asked for."""
    document = plfkit.to_document(error, language="da", audience="page")
    assert (document["ok"], document["language"], document["audience"]) == (False, "da", "page")
    assert [
        (one["code"], one["file"], one["row"], one["column"]) for one in document["faults"]
    ] == [
        (fault.code, fault.place.file, fault.place.row, fault.place.column)
        for fault in error.faults
    ]
    for one, fault in zip(document["faults"], error.faults, strict=True):
        assert one["hint"] == fault.remedy.say(language="da", audience="page") != fault.hint


def test_values_are_told_when_asked_for(error: InvalidDataError) -> None:
    """No cell stands in the document, in any words, unless values are asked for."""
    for language in ("da", "en"):
        for audience in ("page", "python", "command_line"):
            told: Any = plfkit.to_document(error, language=language, audience=audience)
            assert CANARY not in json.dumps(told)
    shown = plfkit.to_document(error, values=True)
    assert {one["value"] for one in shown["faults"]} == {CANARY}
    assert all(isinstance(one["nearest"], list) for one in shown["faults"])


def test_advice_stands_beside_faults() -> None:
    """Advice on data that could be read is told, and the data are still fine."""
    unit = plfkit.Unit("n", "school", valid=plfkit.Period.parse("2018-08-01/2019-08-01"))
    town = plfkit.Organisation.of(
        units=[unit],
        persons=[plfkit.Person("p")],
        positions=[plfkit.Position("p", "n", "teacher", valid=plfkit.Period.parse("2018-08-01/"))],
    )
    assert town.advice
    document = plfkit.to_document((), advice=town.advice)
    assert document["ok"]
    assert len(document["advice"]) == len(town.advice)


def test_what_is_too_large_is_a_fault() -> None:
    """An error that is about one thing that is too large has one fault."""
    with pytest.raises(LimitError) as caught:
        plfkit.read(FILES, limits=plfkit.Limits(rows=0))
    [fault] = plfkit.to_document(caught.value)["faults"]
    assert fault["code"] == "limit"


def test_other_things_are_refused() -> None:
    """What holds no faults is no document; and what has not passed the gate is told so."""
    for wrong in (None, ValueError("no"), ["no"]):
        with pytest.raises(TypeError, match="holds faults"):
            plfkit.to_document(wrong)  # type: ignore[arg-type] # what is refused
    profile = plfkit.load_profile("generic")
    card = plfkit.assess(plfkit.synthetic.municipality(profile, schools=2), profile, years_back=0)
    with pytest.raises(DisclosureError, match="gate"):
        plfkit.to_document(card)  # type: ignore[arg-type]
