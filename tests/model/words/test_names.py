"""Titles that one kind takes from another, and ids that kinds had before, in every section."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from plfkit import (
    Community,
    Membership,
    Organisation,
    Person,
    Position,
    Profile,
    Tie,
    Unit,
    combine,
    import_files,
    measures,
    read,
    snapshot,
    write,
)
from plfkit.errors import InvalidDataError, ProfileError
from plfkit.model.words.vocabulary import Vocabulary, load_core_vocabulary
from plfkit.testing import run_checks
from plfkit.testing.cases import check_cases

LABEL = {"da": "Læringsguide", "en": "Learning guide"}
CORE = load_core_vocabulary()
NEEDED: dict[str, dict[str, Any]] = {
    "levels": {"rank": 9, "precedence": 9},
    "unit_kinds": {},
    "roles": {"level": "resource_persons"},
    "community_kinds": {},
    "membership_roles": {},
    "relations": {"directed": True},
    "characteristics": {"about": LABEL},
    "frameworks": {"characteristics": ["collaboration"], "reference": "ours"},
    "event_kinds": {},
    "participation_roles": {},
    "qualification_kinds": {},
}
"""What a kind of each section must say beside its label."""


def extend(section: str, **more: Any) -> Vocabulary:
    """The core vocabulary with a kind in a section that says this."""
    kind = {"label": LABEL, **NEEDED[section], **more}
    return CORE.extended({section: {"learning_guide": kind}})


def own(vocabulary: Vocabulary | dict[str, Any], **more: Any) -> Profile:
    """A profile with what it adds to the core."""
    words = vocabulary if isinstance(vocabulary, dict) else vocabulary.additions()
    document = {"schema_version": 1, "id": "ours", "label": {"da": "Vores", "en": "Ours"}}
    return Profile.from_document({**document, "vocabulary": words, **more})


@pytest.mark.parametrize("section", NEEDED)
def test_a_kind_takes_labels_of_the_core(section: str) -> None:
    """In both languages, however they are spelt; the core's kind keeps its id, and all else it is called."""
    name, kind = next(iter(CORE.section(section).items()))
    labels = [word for word in (kind.label.da, kind.label.en) if word.casefold() != name]
    assert labels
    words = extend(section, takes=[word.upper() for word in labels])
    assert {words.resolve(section, word) for word in labels} == {"learning_guide"}
    assert words.resolve(section, name) == name
    assert CORE.extended(words.additions()) == words
    assert Vocabulary.from_document(words.to_document()) == words


def test_a_role_takes_a_title() -> None:
    """The clash says which line to write; with it, the title means the profile's own role alone."""
    with pytest.raises(
        ProfileError, match=r'takes = \["læringsvejleder"\] in roles.learning_guide'
    ):
        extend("roles", aliases=["Læringsvejleder"])
    words = extend("roles", aliases=["Læringsvejleder"], takes=["læringsvejleder"])
    titles = ("Lærings-vejleder", "LÆRINGSVEJLEDER", "counselor", "Learning coach")
    assert [words.resolve("roles", title) for title in titles] == [
        *("learning_guide", "learning_guide", "learning_coach", "learning_coach")
    ]


def test_a_title_is_taken_in_every_spelling() -> None:
    """Also where the core itself writes it with a hyphen."""
    assert CORE.resolve("roles", "SFO-leder") == "department_head"
    words = extend("roles", takes=["sfo leder"])
    assert {words.resolve("roles", t) for t in ("SFO-leder", "SFOleder", "sfo leder")} == {
        "learning_guide"
    }


def test_a_role_of_the_core_takes_a_title() -> None:
    """A profile may let another of the core's roles have it, and a further profile another still."""
    words = CORE.extended({"roles": {"consultant": {"takes": ["Læringsvejleder"]}}})
    again = words.extended({"roles": {"consultant": {"takes": ["Skolepedel"]}}})
    assert again.roles["consultant"].takes == ("Læringsvejleder", "Skolepedel")
    assert again.resolve("roles", "skolepedel") == "consultant"
    assert CORE.extended(again.additions()) == again


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"takes": ["teacher"]}, "an id always means itself"),
        ({"takes": ["Trolderiddler"]}, "no other kind is called 'Trolderiddler'"),
        ({"formerly": ["teacher"]}, "means teacher here"),
        ({"formerly": ["school"]}, "means school here"),
        ({"formerly": ["lærer"]}, "was no id"),
        ({"formerly": ["skolepedel"]}, "means support_staff here"),
        ({"formerly": "guide"}, "expected a list of texts"),
    ],
)
def test_names_that_cannot_be_taken(more: Any, message: str) -> None:
    """An id means itself, what nobody is called needs no taking, and an id of before means one kind."""
    with pytest.raises(ProfileError, match=message):
        extend("roles", **more)


def test_two_kinds_cannot_take_one_title() -> None:
    """Nor have had one id before."""
    for key, word in (("takes", "Læringsvejleder"), ("formerly", "guide")):
        kinds = {
            name: {"label": {"da": name, "en": name}, "level": "resource_persons", key: [word]}
            for name in ("one", "two")
        }
        with pytest.raises(ProfileError, match=r"one takes|means one here"):
            CORE.extended({"roles": kinds})


def test_a_taken_title_in_another_profiles_words_is_a_conflict() -> None:
    """There it would silently mean the core's kind."""
    words = extend("roles", takes=["Læringsvejleder"])
    assert list(CORE.find_conflicts(words)) == [("roles", "Læringsvejleder")]
    assert not list(words.find_conflicts(words))
    assert not list(words.find_conflicts(CORE))


def test_combining_leaves_taken_titles_behind() -> None:
    """Rows are read already: two municipalities that took one title for roles of their own come together."""
    ours = extend(
        "roles", aliases=["Læringsvejleder"], takes=["Læringsvejleder"], formerly=["guide"]
    )
    theirs = CORE.extended(
        {
            "roles": {
                "guide": {"label": LABEL, "level": None, "takes": ["læringsvejleder"]}
                | {"level": "administration"}
            }
        }
    )
    both = combine(
        {
            "vejle": hold(ours, "learning_guide"),
            "randers": hold(theirs, "guide"),
        }
    )
    assert both.positions.column("role").categories == ("guide", "learning_guide")
    assert both.vocabulary.resolve("roles", "Læringsvejleder") == "learning_coach"
    assert both.vocabulary.resolve("roles", "guide") == "guide"


def hold(vocabulary: Vocabulary, role: str) -> Organisation:
    """An organisation in which Ann holds a role."""
    return Organisation.of(
        vocabulary=vocabulary,
        units=[Unit("s", "school")],
        persons=[Person("ann")],
        positions=[Position("ann", "s", role)],
    )


@pytest.mark.parametrize("section", NEEDED)
def test_an_id_of_before_means_the_kind(section: str) -> None:
    """In every section, and a document of the vocabulary keeps it."""
    words = extend(section, formerly=["guide"])
    assert words.resolve(section, "guide") == words.find_current("guide") == "learning_guide"
    assert words.find_current("guide", section) == "learning_guide"
    assert CORE.extended(words.additions()) == words


def test_a_profile_builds_on_ids_of_before() -> None:
    """What extends a profile may amend a kind, or name it, as it was called when that was written."""
    base = CORE.extended({"community_kinds": {"circle": {"label": LABEL, "formerly": ["ring"]}}})
    words = base.extended(
        {
            "community_kinds": {
                "ring": {"label": {"da": "Kreds", "en": "Circle"}},
                "small_ring": {"label": LABEL, "sort_of": "ring"},
            }
        }
    )
    assert words.community_kinds["circle"].label["da"] == "Kreds"
    assert words.community_kinds["small_ring"].sort_of == "circle"
    assert "ring" not in words.community_kinds


OLD: dict[str, dict[str, dict[str, Any]]] = {
    "roles": {"guide": {"label": LABEL, "level": "resource_persons"}},
    "relations": {"guiding": {"label": LABEL, "directed": True, "sort_of": "advice"}},
    "community_kinds": {"ring": {"label": LABEL}},
    "event_kinds": {"walk": {"label": LABEL, "meeting": True}},
}
NEW = {
    section: {f"new_{name}": {**kind, "formerly": [name]} for name, kind in kinds.items()}
    for section, kinds in OLD.items()
}
"""The same, every kind under another id."""
ROWS: dict[str, Any] = {
    "units": [Unit("s", "school")],
    "persons": [Person("ann"), Person("bo"), Person("cy")],
    "positions": [Position(name, "s", "guide") for name in ("ann", "bo", "cy")],
    "communities": [Community("r", "ring")],
    "memberships": [Membership("r", name) for name in ("ann", "bo", "cy")],
    "ties": [Tie("ann", "bo", "guiding")],
}


def test_a_folder_in_the_words_of_before(tmp_path: Path) -> None:
    """Read in those of now it is the same organisation; each column that says an old id is told, once."""
    written = Organisation.of(vocabulary=own(OLD).vocabulary, **ROWS)
    write(written, tmp_path / "data")
    again = read(tmp_path / "data", profile=own(NEW))
    assert again.positions.column("role").categories == ("new_guide",)
    assert {(f.code, f.place.file, f.place.row, f.place.column) for f in again.advice} == {
        ("renamed", "positions.csv", 2, "role"),
        ("renamed", "communities.csv", 2, "kind"),
        ("renamed", "ties.csv", 2, "relation"),
    }
    assert read(tmp_path / "data") == written
    moved = CORE.extended(NEW)
    assert not list(moved.find_conflicts(written.vocabulary))
    elsewhere = own(OLD | {"roles": {"guide": {"label": LABEL, "level": "administration"}}})
    write(Organisation.of(vocabulary=elsewhere.vocabulary, **ROWS), tmp_path / "other")
    other = Profile.from_document(own(NEW).to_document() | {"id": "others"})
    with pytest.raises(InvalidDataError, match="means something else"):
        read(tmp_path / "other", profile=other)


def test_measures_take_ids_of_before() -> None:
    """They warn, give the figures of the kind, and record the call as it is said now."""
    now = snapshot(read_as_new())
    for function, old, new in (
        (measures.membership_coverage, {"kinds": ("ring",)}, {"kinds": ("new_ring",)}),
        (measures.density, {"relation": "guiding"}, {"relation": "new_guiding"}),
        (
            measures.density,
            {"relation": "advice", "by": "ring"},
            {"relation": "advice", "by": "new_ring"},
        ),
        (measures.held_events, {"kinds": ("walk",)}, {"kinds": ("new_walk",)}),
        (
            measures.formal_advice,
            {"relation": "guiding", "target": "guide"},
            {"relation": "new_guiding", "target": "new_guide"},
        ),
    ):
        expected = function(now, **new)
        with pytest.warns(DeprecationWarning, match="is called new_"):
            found = function(now, **old)
        assert found == expected
        assert found.call == expected.call
    assert now.layer("guiding") is now.layer("new_guiding")


def read_as_new() -> Organisation:
    """The organisation in the words of now."""
    rows = {
        **ROWS,
        "positions": [Position(name, "s", "new_guide") for name in ("ann", "bo", "cy")],
        "communities": [Community("r", "new_ring")],
        "ties": [Tie("ann", "bo", "new_guiding")],
    }
    return Organisation.of(vocabulary=own(NEW).vocabulary, **rows)


def test_a_profile_that_names_ids_of_before() -> None:
    """It is read as if it said those of now, and tells where it does not."""

    def declare(role: str, relation: str, community: str) -> dict[str, Any]:
        return {
            "indicators": {
                "i": {
                    "label": LABEL,
                    "measure": "formal_advice",
                    "arguments": {"relation": relation, "target": role, "by": community},
                    "direction": "up",
                },
            },
            "claims": {
                "c": {
                    "text": LABEL,
                    "certainty": "stated",
                    "rule": {
                        "counts": "communities",
                        "each_unit": "school",
                        "communities": [community],
                        "at_least": 1,
                    },
                },
                "d": {
                    "text": LABEL,
                    "certainty": "stated",
                    "rule": {
                        "counts": "events",
                        "each_person": role,
                        "events": ["walk" if role == "guide" else "new_walk"],
                        "at_least": 1,
                    },
                },
            },
        }

    old = own(NEW, **declare("guide", "guiding", "ring"))
    new = own(NEW, **declare("new_guide", "new_guiding", "new_ring"))
    assert old == new
    assert not new.advice
    assert {".".join(one.path): str(one.message) for one in old.advice} == {
        "indicators.i.arguments.relation": "'guiding' is called 'new_guiding' now: write that",
        "indicators.i.arguments.target": "'guide' is called 'new_guide' now: write that",
        "indicators.i.arguments.by": "'ring' is called 'new_ring' now: write that",
        "claims.c.rule.communities": "'ring' is called 'new_ring' now: write that",
        "claims.d.rule.each_person": "'guide' is called 'new_guide' now: write that",
        "claims.d.rule.events": "'walk' is called 'new_walk' now: write that",
    }
    assert Profile.from_document(old.to_document()) == old


def test_items_of_a_characteristic_of_before(tmp_path: Path) -> None:
    """A characteristic is its own item: answers to the old one are answers to it."""
    words = CORE.extended(
        {
            "characteristics": {
                "pupil_focus": {"label": LABEL, "about": LABEL, "formerly": ["focus"]}
            }
        }
    )
    for name, text in {
        "persons": "id\nann\n",
        "communities": "id,kind\nt,team\n",
        "surveys": f"id,kind,date\nq,scale,{date(2018, 9, 1)}\n",
        "answers": "survey,community,item,value\nq,t,focus,3\n",
    }.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    found = read(tmp_path, profile=own(words))
    assert found.answers.column("item").categories == ("pupil_focus",)
    assert [fault.code for fault in found.advice] == ["renamed"]


CASE = """
indicator: i
title: { da: "Én guide", en: "One guide" }
story: { da: "Ann er guide.", en: "Ann is a guide." }
units: [{ id: s, kind: school }]
persons: [ann, bo]
positions:
  - { person: ann, unit: s, role: guide }
  - { person: bo, unit: s, role: teacher }
communities: [{ id: c, kind: ring }]
memberships: [{ community: c, person: [ann, bo] }]
expect: { value: 0 }
because: { da: "En kreds på to har ikke nok medlemmer.", en: "A circle of two has too few members." }
"""


def test_cases_in_the_words_of_before(tmp_path: Path) -> None:
    """They come out as before, and each line that says an old id is named."""
    indicator = {"label": LABEL, "measure": "membership_coverage", "direction": "up"}
    profile = own(NEW, indicators={"i": indicator | {"arguments": {"kinds": ["new_ring"]}}})
    (tmp_path / "one.yaml").write_text(CASE, encoding="utf-8")
    with pytest.warns(DeprecationWarning, match="is called") as warned:
        check_cases(profile, tmp_path)
    assert [str(one.message).partition("one.yaml")[2] for one in warned] == [
        ", line 8: 'guide' is called 'new_guide' now: write that",
        ", line 10: 'ring' is called 'new_ring' now: write that",
    ]


def test_mappings_in_the_words_of_before() -> None:
    """What a mapping and an export call a kind is read as it is called now, and told."""
    mapping = """schema_version = 1
[[take]]
kind = "edges"
survey.id = "q"
survey.relation = "guiding"
survey.date = "2018-11-01"
columns.source = "Fra"
columns.target = "Til"
"""
    found = import_files(
        mapping.encode(), b"Fra,Til\nann,bo\n", into=read_as_new(), profile=own(NEW)
    )
    assert {(t.relation, t.survey) for t in found.ties if t.survey} == {("new_guiding", "q")}
    told = {(one.place.file, one.place.column) for one in found.advice if one.code == "renamed"}
    assert ("mapping", "survey.relation") in told


def test_the_contract_advises() -> None:
    """Old ids in a profile are no failure; two kinds of one label are none, if one of them takes it."""
    indicator = {"label": LABEL, "measure": "density", "arguments": {"relation": "guiding"}}
    told = {**LABEL, "da": "Læringsvejleder"}
    roles = {"ours": {"label": told, "level": "resource_persons", "takes": ["Læringsvejleder"]}}
    report = run_checks(
        own(NEW | {"roles": roles}, indicators={"i": indicator | {"direction": "up"}})
    )
    outcomes = {outcome.check.name: outcome for outcome in report.outcomes}
    assert outcomes["names_current"].state == "advice"
    assert "indicators.i.arguments.relation" in outcomes["names_current"].advice
    assert outcomes["vocabulary_extends_the_core"].state == "passed"


TAKEN = {"label": {"da": "Læringsvejleder", "en": "Guide"}, "level": "resource_persons"}


@pytest.mark.parametrize(
    ("roles", "refused"),
    [
        ({"a": TAKEN}, ["a.label: the label 'Læringsvejleder' means both learning_coach and a: "]),
        ({"a": TAKEN | {"takes": ["læringsvejleder"]}}, []),
        (
            {"learning_coach": {"label": {"da": "Talentvejleder", "en": "x"}}},
            ["learning_coach.label"],
        ),
        (
            {
                "a": TAKEN | {"label": LABEL},
                "b": TAKEN | {"label": {"da": "x", "en": "y"}, "aliases": [LABEL["en"]]},
            },
            ["a.label"],
        ),
    ],
)
def test_a_label_that_another_kind_has(roles: dict[str, Any], refused: list[str]) -> None:
    """Without `takes` it would mean neither, or the other: the profile is refused with the line to write."""
    document = {"schema_version": 1, "id": "p", "label": LABEL, "vocabulary": {"roles": roles}}
    if not refused:
        assert Profile.from_document(document).vocabulary.resolve("roles", "Læringsvejleder") == "a"
        return
    with pytest.raises(ProfileError) as caught:
        Profile.from_document(document)
    assert all(f"vocabulary.roles.{one}" in str(caught.value) for one in refused)
    assert "alone, write takes = [" in str(caught.value)
