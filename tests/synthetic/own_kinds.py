"""A profile with a kind of its own of every sort, and indicators that name words as any argument."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from plfkit import Profile
from plfkit.measures import Measure
from plfkit.measures.engine.arguments import read_keywords

TEXT = {"da": "Tekst", "en": "Text"}


def label(danish: str) -> dict[str, str]:
    """Return a label whose two languages differ."""
    return {"da": danish, "en": f"{danish}, in English"}


def kind(danish: str, **more: Any) -> dict[str, Any]:
    """Return a kind with what it has beside its label."""
    return {"label": label(danish), **more}


VOCABULARY: Mapping[str, Mapping[str, Any]] = {
    "levels": {"specialists": kind("Specialister", rank=7, precedence=7)},
    "unit_kinds": {"district": kind("Distrikt"), "cluster": kind("Klynge")},
    "roles": {
        "play_coach": kind("Legevejleder", level="resource_persons", resource_person=True),
        "assistant": kind("Assistent", level="pedagogical_staff"),
        "speech_therapist": kind("Talepædagog", level="specialists"),
        "deputy_head": kind("Souschef i forvaltningen", level="administration"),
        "house_leader": kind("Husleder", level="school_leadership"),
    },
    "community_kinds": {
        "reading_team": kind("Læseteam", sort_of="team"),
        "study_circle": kind("Studiekreds", learning=True),
        "steering_group": kind("Styregruppe", level="school_leadership"),
        "expert_group": kind("Ekspertgruppe", level="specialists"),
        "head_group": kind("Chefgruppe", level="administration"),
        "book_network": kind("Bognetværk", sort_of="network"),
    },
    "membership_roles": {"scribe": kind("Referent")},
    "relations": {
        "mentoring": kind("Mentor (mentor → ny)", directed=True),
        "pairing": kind("Makkerskab", directed=False),
        "assigned": kind("Tildelt (→ ansvarlig)", directed=True, evidence="register"),
        "room_sharing": kind("Deler lokale", directed=False, evidence="register"),
    },
    "characteristics": {
        "own_trust": kind("Tillid", about=TEXT),
        "own_craft": kind("Håndværk", about=TEXT),
        "own_time": kind("Tid", about=TEXT),
    },
    "frameworks": {
        "house_model": kind(
            "Husets model",
            characteristics=["own_trust", "own_craft", "own_time"],
            reference="An example",
            keys={"own_trust": ["trust_1", "trust_2"], "own_craft": ["craft_1", "craft_2"]},
            reversed=["trust_2"],
            scale={"lowest": 0, "highest": 10, "about": TEXT},
        )
    },
    "event_kinds": {
        "book_circle": kind("Bogkreds"),
        "pupil_talk": kind("Elevkonference", meeting=True, characteristics=["collaboration"]),
    },
    "participation_roles": {"timekeeper": kind("Tidtager")},
    "qualification_kinds": {"mentor_training": kind("Mentoruddannelse")},
}
"""A kind of every sort, and several where an example has to treat them differently."""

SECTIONS = {
    "relation": "relations",
    "against": "relations",
    "groups": "community_kinds",
    "by": "unit_kinds",
    "unit": "unit_kinds",
    "per": "unit_kinds",
    "across": "unit_kinds",
    "within_units": "unit_kinds",
    "target": "roles",
    "people": "roles",
    "role": "roles",
    "beside": "roles",
    "roles": "roles",
    "functions": "roles",
    "level": "levels",
    "kinds": "community_kinds",
    "without": "community_kinds",
    "meetings": "event_kinds",
    "framework": "frameworks",
    "kind": "qualification_kinds",
    "qualification": "qualification_kinds",
    "qualifications": "qualification_kinds",
}
"""Kinds of which section an argument takes, by what it is called."""

OF_EVENTS = (
    "data_meeting_share",
    "held_events",
    "joint_event_exposure",
    "mixed_meetings",
    "practice_participation",
    "transition_coverage",
)
"""Measures whose kinds are those of events."""

OTHERWISE = {
    **dict.fromkeys(((name, "kinds") for name in OF_EVENTS), "event_kinds"),
    ("framing", "roles"): "membership_roles",
}
NO_KINDS = {("meeting_mix", "groups"), ("internal_facilitation", "people")}
"""Arguments that take words of the measure's own."""

WORDS: Mapping[str, Sequence[Any]] = {
    "items": (["trust_1"], ["craft_2", "own_time"], ["own_question"]),
    "artefacts": (["photo"],),
    "measure": ("own_figure",),
    "subgroup": ("boys",),
    "subgroups": (["boys", "girls"],),
    "subject": ("german",),
    "teaches": ("german",),
}
"""Words of columns, by the argument that they are given as."""


BESIDE: Mapping[str, Mapping[str, Any]] = {
    "characteristics_profile": {"source": "answers", "at_least": 1},
    "cross_unit_contact": {"unit": "school"},
    "answer_difference": {"unit": "school", "respondents": "communities"},
    "framework_mean": {"respondents": "communities"},
}
"""What is said beside, because what is taken otherwise asks for other data or for long."""


def find_section(measure: str, argument: str) -> str | None:
    """Return the section whose kinds an argument of a measure takes; None if it takes none."""
    if (measure, argument) in NO_KINDS:
        return None
    return OTHERWISE.get((measure, argument), SECTIONS.get(argument))


def list_calls(measure: Measure, vocabulary: Mapping[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """Return an argument and a call for each word that a measure can be given.

    Args:
        measure: The measure.
        vocabulary: The kinds that there are beside the core's.
    """
    keywords = read_keywords(measure.function)
    least = {n: v for n, v in measure.about.example.items() if keywords[n].required}
    least = {**least, **BESIDE.get(measure.name, {}), "draws": 10}
    calls = []
    for name, keyword in keywords.items():
        kinds = vocabulary.get(find_section(measure.name, name) or "", ())
        for word in WORDS.get(name, kinds):
            several = "tuple" in str(keyword.hint) or "Sequence" in str(keyword.hint)
            value = [word] if several and isinstance(word, str) else word
            calls.append((name, {**least, name: value}))
    return calls


def build_profile(vocabulary: Mapping[str, Any], calls: Sequence[tuple[str, Any]]) -> Profile:
    """Return a profile with these kinds and an indicator for each call."""
    indicators = {
        f"i{number}": {"label": TEXT, "measure": measure, "arguments": arguments}
        for number, (measure, arguments) in enumerate(calls)
    }
    return Profile.from_document(
        {
            "schema_version": 1,
            "id": "own_kinds",
            "label": label("Egne Ords Kommune"),
            "vocabulary": vocabulary,
            "goals": {"A": {"label": TEXT, "text": TEXT}},
            "indicators": indicators,
        }
    )
