"""Several organisations as one."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given

from plfkit import (
    Community,
    Organisation,
    Person,
    Position,
    Profile,
    Registration,
    Tie,
    Unit,
    combine,
    measures,
    snapshot,
)
from plfkit.errors import InvalidDataError
from plfkit.model.words.vocabulary import load_core_vocabulary
from plfkit.testing import organisations


def profile(name: str, vocabulary: dict[str, Any]) -> Profile:
    """A profile that adds to the vocabulary."""
    label = {"da": name, "en": name}
    return Profile.from_document(
        {"schema_version": 1, "id": name, "label": label, "vocabulary": vocabulary}
    )


def mentor(level: str) -> dict[str, Any]:
    """A role called mentor, on some level."""
    return {"roles": {"mentor": {"label": {"da": "Mentor", "en": "Mentor"}, "level": level}}}


def school(words: Profile, person: str) -> Organisation:
    """A school with one mentor."""
    return Organisation.of(
        vocabulary=words.vocabulary,
        units=[Unit("s", "school")],
        persons=[Person(person), Person("b")],
        positions=[Position(person, "s", "mentor")],
        ties=[Tie(person, "b", "advice")],
    )


def test_ids_are_told_apart_by_the_name_in_front() -> None:
    """The same id in two municipalities is two people, and ties stay where they were."""
    words = profile("p", mentor("resource_persons"))
    both = combine({"north": school(words, "a"), "south": school(words, "a")})
    assert [row.id for row in both.persons] == ["north:a", "north:b", "south:a", "south:b"]
    assert [(tie.source, tie.target) for tie in both.ties] == [
        ("north:a", "north:b"),
        ("south:a", "south:b"),
    ]
    counted = measures.density(snapshot(both), relation="advice", by="school")
    assert [row.part for row in counted] == ["north:s", "south:s"]


def test_same_kind_keeps_id() -> None:
    """Two profiles agree on what a mentor is: one kind."""
    words = profile("p", mentor("resource_persons"))
    both = combine({"north": school(words, "a"), "south": school(words, "c")})
    assert {row.role for row in both.positions} == {"mentor"}
    assert both.vocabulary.roles["mentor"].level == "resource_persons"


def test_a_kind_that_means_two_things_is_told_apart() -> None:
    """Two profiles mean different things by mentor: two kinds, each with its level."""
    north = school(profile("n", mentor("resource_persons")), "a")
    south = school(profile("s", mentor("administration")), "a")
    both = combine({"north": north, "south": south})
    assert [row.role for row in both.positions] == ["north_mentor", "south_mentor"]
    assert both.vocabulary.roles["south_mentor"].level == "administration"


def test_profiles_do_not_change_how_the_core_counts() -> None:
    """Labels and minimums that a profile gave to kinds of the core are not carried over."""
    level = {"pedagogical_staff": {"minimum_members": 7}}
    words = profile("p", {**mentor("resource_persons"), "levels": level})
    both = combine({"north": school(words, "a")})
    assert both.vocabulary.levels == load_core_vocabulary().levels


def test_a_word_for_a_focus_becomes_a_focus() -> None:
    """Words that stood for themselves can be told apart and keep their name."""
    one = Organisation.of(
        persons=[Person("a")], communities=[Community("t", "team", focus="læsning")]
    )
    both = combine({"north": one, "south": one})
    assert [(f.id, f.name) for f in both.focuses] == [
        ("north:læsning", "læsning"),
        ("south:læsning", "læsning"),
    ]


@given(organisations(), organisations())
def test_nothing_is_lost(first: Organisation, second: Organisation) -> None:
    """Every table has the rows of both; only focuses may be added."""
    both = combine({"x": first, "y": second})
    for name, table in both.tables.items():
        expected = len(first.tables[name]) + len(second.tables[name])
        assert len(table) == expected or name == "focuses", name
    assert both.synthetic == (first.synthetic or second.synthetic)


@pytest.mark.parametrize("names", [[], ["North"], ["north", "sø"], ["a:b"]])
def test_names_that_cannot_stand_in_front_are_refused(names: list[str]) -> None:
    """So is combining nothing."""
    with pytest.raises(InvalidDataError):
        combine({name: Organisation.of(persons=[Person("a")]) for name in names})


def test_lists_are_of_the_kinds_as_they_are_called_now() -> None:
    """Two municipalities mean different levels by a mentor: their lists are told apart with the role."""
    towns = {
        name: school(profile(name, mentor(level)), "a").with_(
            registrations=[
                Registration("s", kind="mentor", complete=True, of="positions"),
                Registration("s", kind="team", complete=True, of="communities"),
            ]
        )
        for name, level in (("north", "resource_persons"), ("south", "pedagogical_staff"))
    }
    both = combine(towns)
    assert {row.kind for row in both.registrations if row.of == "positions"} == {
        position.role for position in both.positions
    }
    assert {row.kind for row in both.registrations if row.of == "communities"} == {"team"}
