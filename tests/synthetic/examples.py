"""Profiles to make examples of."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from plfkit import Organisation, Profile, load_profile
from plfkit.model.documents import parse_toml
from plfkit.synthetic import municipality

PLUGINS = Path(__file__).parents[2] / "plugins"
TEXT = {"da": "Tekst", "en": "Text"}
WORDS = {
    "roles": {
        "play_coach": {
            "label": {"da": "Legevejleder", "en": "Play coach"},
            "level": "resource_persons",
            "resource_person": True,
        }
    },
    "event_kinds": {"book_circle": {"label": {"da": "Bogkreds", "en": "Book circle"}}},
}
TINY: dict[str, Any] = {
    "schema_version": 1,
    "id": "tiny",
    "label": {"da": "Lilleby Kommune", "en": "Lilleby Municipality"},
    "goals": {"A": {"label": TEXT, "text": TEXT}},
    "schools": {
        "big": {"name": "Storskolen", "grades": "0-9", "certainty": "stated"},
        "small": {
            "name": "Lilleskolen",
            "grades": "0-6",
            "moves_to": "big",
            "certainty": "stated",
        },
        "late": {"name": "Overbygningen", "grades": "7-10", "certainty": "stated"},
    },
    "vocabulary": WORDS,
}


def profile_of(*rules: dict[str, Any], period: str | None = None, **changes: Any) -> Profile:
    """Return the tiny profile with claims that have these rules."""
    dated = {} if period is None else {"period": period}
    claims = {
        f"claim_{number}": {"text": TEXT, "certainty": "stated", "rule": rule, **dated}
        for number, rule in enumerate(rules)
    }
    return Profile.from_document({**TINY, "claims": claims, **changes})


def written_profiles() -> dict[str, Profile]:
    """Return the profiles that stand in this repository, installed or not."""
    files = sorted(PLUGINS.glob("*/src/*/profile.toml"))
    documents = [parse_toml(file.read_text(encoding="utf-8"), file.name) for file in files]
    return {document["id"]: Profile.from_document(document) for document in documents}


@cache
def profile(name: str) -> Profile:
    """Return a profile by its name; each is built once."""
    return profile_of() if name == "tiny" else load_profile(name)


@cache
def example(name: str, schools: int | None = None, seed: int = 0) -> Organisation:
    """Return an example of a profile; each is made once."""
    return municipality(profile(name), schools=schools, seed=seed)
