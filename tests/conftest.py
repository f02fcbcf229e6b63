"""What many tests start from: a fake profile, a small municipality, example folders."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from searching import DEPTHS

from plfkit import (
    Community,
    Membership,
    Organisation,
    Person,
    Position,
    Profile,
    Response,
    Survey,
    Tie,
    Unit,
)

for name, examples in DEPTHS.items():
    settings.register_profile(name, deadline=None, max_examples=examples)
settings.load_profile("plfkit")

ROOT = Path(__file__).parents[1]
TEXT = {"da": "Dansk tekst", "en": "English text"}


@pytest.fixture
def example() -> Path:
    """The hand-made example municipality."""
    return ROOT / "docs/examples/example_municipality"


@pytest.fixture
def root() -> Path:
    """The project's folder."""
    return ROOT


@pytest.fixture
def manifest() -> dict[str, Any]:
    """The document of a fake profile: one goal, a few indicators, one claim."""

    def indicator(measure: str, figure_class: str, **more: Any) -> dict[str, Any]:
        return {"label": TEXT, "measure": measure, "figure_class": figure_class, **more}

    mark = {"value": 0.5, "source": "decided"}
    return {
        "schema_version": 1,
        "id": "fake",
        "label": {"da": "Falsk Kommune", "en": "Fake Municipality"},
        "goals_complete": False,
        "goals": {"G": {"label": TEXT, "text": TEXT}},
        "indicators": {
            "coverage": indicator(
                "membership_coverage", "participation", goal="G", direction="up", target=mark
            ),
            "density": indicator("density", "answers", arguments={"relation": "advice"}),
            "later": indicator("not_written_yet", "answers", goal="G", tables=["events"]),
        },
        "claims": {
            "C": {
                "text": TEXT,
                "certainty": "stated",
                "rule": {"counts": "events", "at_least": 1, "events": ["workshop"]},
            }
        },
    }


@pytest.fixture
def profile(manifest: dict[str, Any]) -> Profile:
    """The fake profile."""
    return Profile.from_document(manifest)


@pytest.fixture
def town() -> Organisation:
    """Two schools with 10 teachers each, 2 leaders each, a survey, two teams and a leadership team."""
    schools = ["east", "west"]
    teachers = {school: [f"teacher-{school}-{n}" for n in range(10)] for school in schools}
    leaders = {school: [f"leader-{school}-{n}" for n in range(2)] for school in schools}
    people = [p for school in schools for p in [*teachers[school], *leaders[school]]]
    asked = {person: person != "teacher-west-9" for person in people}
    ties = [
        Tie(source, people[(place + step) % len(people)], "advice", "survey")
        for place, source in enumerate(people)
        if asked[source]
        for step in (1, 2, 5)
    ]
    return Organisation.of(
        units=[
            Unit("town", "municipality"),
            *(Unit(s, "school", f"{s} school", "town") for s in schools),
        ],
        persons=[Person(person, f"Name of {person}") for person in people],
        positions=[
            *(Position(p, school, "teacher") for school in schools for p in teachers[school]),
            *(Position(p, school, "principal") for school in schools for p in leaders[school]),
        ],
        communities=[
            Community("east-team", "team", "East team", "east"),
            Community("east-leaders", "leadership_team", None, "east"),
            Community("west-pair", "team", None, "west"),
        ],
        memberships=[
            *(Membership("east-team", person) for person in teachers["east"]),
            *(Membership("east-leaders", person) for person in leaders["east"]),
            *(Membership("west-pair", person) for person in teachers["west"][:2]),
        ],
        surveys=[Survey("survey", "network", "advice")],
        responses=[Response("survey", person, answered=a) for person, a in asked.items()],
        ties=ties,
    )
