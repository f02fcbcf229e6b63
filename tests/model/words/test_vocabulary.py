"""Kinds are values: the core vocabulary and how it is extended."""

from __future__ import annotations

from typing import Any

import pytest

from plfkit.errors import ProfileError
from plfkit.model.words.vocabulary import load_core_vocabulary

LABEL = {"da": "Mentor", "en": "Mentor"}


def test_core_vocabulary_is_the_published_one() -> None:
    """Levels run from the top, four of them are required, consultants are resource persons."""
    core = load_core_vocabulary()
    ranked = sorted(core.levels, key=lambda name: core.levels[name].rank)
    assert ranked == [
        "external_partner",
        "political_level",
        "administration",
        "school_leadership",
        "resource_persons",
        "pedagogical_staff",
    ]
    assert core.required_levels == tuple(ranked[2:])
    assert core.roles["consultant"].resource_person
    assert core.roles["consultant"].level == "administration"
    assert not core.roles["support_staff"].staff
    assert core.relations["reports_to"].evidence == "register"
    assert not core.relations["collaboration"].directed


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("Lærer", "teacher"),
        ("  LÆSE vejleder", "reading_coach"),
        ("læsevejleder", "reading_coach"),
        ("læsvejleder", None),
        ("TAP", "support_staff"),
        ("SFOleder", "department_head"),
        ("Afd.-leder", "department_head"),
        ("Lærer.", "teacher"),
        ("Bh. kl.leder", "teacher"),
        ("Pæd.medhj.", "pedagogue"),
        ("Skoleleder (konst.)", "principal"),
        ("Tekn. servicemedarb.", "support_staff"),
        ("Læsevejleder/lærer", None),
        ("Lærer-pædagog", None),
        ("-", None),
    ],
)
def test_job_titles_resolve_whatever_their_spelling(title: str, role: str | None) -> None:
    """Case, spaces, hyphens and full stops do not matter; letters do, and nothing is guessed."""
    assert load_core_vocabulary().resolve("roles", title) == role


@pytest.mark.parametrize(
    ("title", "level"),
    [
        ("Skolepædagog", "pedagogical_staff"),
        ("Pædagogmedhjælper", "pedagogical_staff"),
        ("Pædagogisk assistent", "pedagogical_staff"),
        ("Børnehaveklasseleder", "pedagogical_staff"),
        ("Overlærer", "pedagogical_staff"),
        ("Timelærer", "pedagogical_staff"),
        ("Barselsvikar", "pedagogical_staff"),
        ("Afd.leder", "school_leadership"),
        ("Viceskoleinspektør", "school_leadership"),
        ("SFO-leder", "school_leadership"),
        ("AKT-lærer", "resource_persons"),
        ("PLC-vejleder", "resource_persons"),
        ("Børne- og ungechef", "administration"),
        ("Direktør", "administration"),
        ("Pedel", None),
        ("Administrativ medarbejder", None),
        ("Teknisk serviceleder", None),
        ("Rengøringsassistent", None),
    ],
)
def test_danish_titles(title: str, level: str | None) -> None:
    """Each means a role, on the level where its holders work."""
    core = load_core_vocabulary()
    role = core.resolve("roles", title)
    assert role is not None
    assert core.roles[role].level == level


@pytest.mark.parametrize(
    "title",
    [
        *("Teamleder", "Psykolog", "Praktikant", "Studerende", "Koordinator", "UU-vejleder"),
        *("Ressourcelærer", "IT-ansvarlig", "Talepædagog", "Lærer u/uddannelse", "Vejleder"),
        *("Skolesocialrådgiver", "Sundhedsplejerske", "Timelønnet lærer", "Lærerassistent"),
    ],
)
def test_titles_that_may_mean_several_things_mean_none(title: str) -> None:
    """A municipality says what they are there; the core does not guess."""
    assert load_core_vocabulary().resolve("roles", title) is None


def test_spellings_that_two_roles_share_mean_neither() -> None:
    """Where a profile tells apart what differs by a hyphen alone, only the whole spelling counts."""
    aliases = {"principal": ["co-leder"], "teacher": ["coleder"]}
    grown = load_core_vocabulary().extended(
        {"roles": {role: {"aliases": words} for role, words in aliases.items()}}
    )
    found = [grown.resolve("roles", title) for title in ("co-leder", "coleder", "co leder")]
    assert found == ["principal", "teacher", None]


def test_a_profile_gives_a_usual_title_to_another_role() -> None:
    """What a role is called beside its labels is usual, not fixed: by alias, or by a label of its own."""
    for said in (
        {"label": LABEL, "aliases": ["Pedel"]},
        {"label": {"da": "Pedel", "en": "Porter"}},
    ):
        document = {"roles": {"porter": {"level": None, **said}}}
        document["roles"]["porter"].pop("level")
        grown = load_core_vocabulary().extended(document)
        assert grown.resolve("roles", "pedel") == "porter"
        assert grown.resolve("roles", "skolepedel") == "support_staff"
        assert load_core_vocabulary().extended(grown.additions()) == grown


def test_no_usual_title_of_the_core_names_two_kinds() -> None:
    """An alias is neither another kind's alias nor its label."""
    core = load_core_vocabulary()
    for section in core.sections:
        for name, kind in core.section(section).items():
            for alias in getattr(kind, "aliases", ()):
                assert core.resolve(section, alias) == name, alias


def test_a_profile_adds_a_role_without_code() -> None:
    """A new role needs a label and a level, no class."""
    grown = load_core_vocabulary().extended(
        {"roles": {"mentor": {"label": LABEL, "level": "resource_persons", "aliases": ["Mentor"]}}}
    )
    assert grown.resolve("roles", "mentor") == "mentor"
    assert "mentor" not in load_core_vocabulary().roles


def test_relabelled_role() -> None:
    """An existing role keeps its level and its aliases."""
    grown = load_core_vocabulary().extended(
        {"roles": {"teacher": {"label": LABEL, "aliases": ["underviser"]}}}
    )
    assert grown.roles["teacher"].label["da"] == "Mentor"
    assert grown.resolve("roles", "Underviser") == grown.resolve("roles", "lærer") == "teacher"


def test_members_a_level_asks_for() -> None:
    """At small schools two may be enough; the level is otherwise as it was."""
    grown = load_core_vocabulary().extended(
        {"levels": {"resource_persons": {"minimum_members": 2}}}
    )
    assert grown.levels["resource_persons"].minimum_members == 2
    assert grown.levels["resource_persons"].required


@pytest.mark.parametrize(
    ("extension", "message"),
    [
        ({"roles": {"teacher": {"level": "administration"}}}, "give a new meaning a new id"),
        ({"rolls": {}}, "did you mean 'roles'"),
        ({"roles": {"Mentor": {"label": LABEL}}}, "lower-case"),
        ({"roles": {"school": {"label": LABEL}}}, "share one name space"),
        ({"roles": {"mentor": {"label": LABEL, "level": "resource_person"}}}, "did you mean"),
        ({"roles": {"mentor": {"label": LABEL, "aliases": ["lærer"]}}}, "means both"),
        ({"roles": {"mentor": {"label": {"da": "Mentor"}}}}, "'en' is missing"),
        ({"relations": {"r": {"label": LABEL, "directed": "nej"}}}, "expected true or false"),
        ({"relations": {"r": {"label": LABEL, "directed": True, "evidence": "x"}}}, "evidence"),
        ({"roles": {"mentor": 3}}, "expected a table"),
        ({"reference_day": "31-02"}, "no day of the year"),
    ],
)
def test_contradictions_are_refused_with_the_reason(extension: Any, message: str) -> None:
    """A vocabulary that would contradict itself is refused, and the error says where."""
    with pytest.raises(ProfileError, match=message):
        load_core_vocabulary().extended(extension)
