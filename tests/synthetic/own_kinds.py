"""A profile with a kind of its own of every sort, and indicators that name words as any argument."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from plfkit import Profile

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

RELATIONS = [*VOCABULARY["relations"], "advice", "observation", "coaching", "handover", "co_teaching"]
ROLES = [*VOCABULARY["roles"], "teacher", "reading_coach", "consultant"]
LEVELS = ["specialists", "resource_persons", "pedagogical_staff", "school_leadership"]
COMMUNITIES = [*VOCABULARY["community_kinds"], "learning_community", "team"]
UNITS = [*VOCABULARY["unit_kinds"], "school", "municipality"]
EVENTS = [*VOCABULARY["event_kinds"], "dialogue_meeting", "workshop"]
QUALIFICATIONS = [*VOCABULARY["qualification_kinds"], "teaching_qualification"]
FRAMEWORKS = [*VOCABULARY["frameworks"], "five_characteristics", "eva", "plca_r"]
ITEMS = ["trust_1", "craft_2", "own_time", "shared_values", "own_question"]
