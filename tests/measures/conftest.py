"""Published networks with the figures that R computed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from definitions import golden

from plfkit import Organisation, Person, Profile, Tie, snapshot
from plfkit.graph import Snapshot

MANAGERS = ("advice", "friendship", "reports_to")
SCHOOLS = ("S09", "S11", "S13")
LABEL = {"da": "Venskab", "en": "Friendship"}


@pytest.fixture(params=[*MANAGERS, *SCHOOLS])
def peer(request: pytest.FixtureRequest) -> tuple[Snapshot, str, Mapping[str, Any]]:
    """Each published network in turn: the snapshot, the relation and R's figures."""
    if request.param in MANAGERS:
        return _managers(request.param)
    return _school(request.param)


def _managers(relation: str) -> tuple[Snapshot, str, Mapping[str, Any]]:
    facts = golden("krackhardt_hightech")
    document = {
        "schema_version": 1,
        "id": "managers",
        "label": LABEL,
        "vocabulary": {"relations": {"friendship": {"label": LABEL, "directed": True}}},
    }
    organisation = Organisation.of(
        vocabulary=Profile.from_document(document).vocabulary,
        persons=[Person(name) for name in facts["groups"]],
        ties=[
            Tie(source, target, name)
            for name, network in facts["relations"].items()
            for source, target in network["ties"]
        ],
    )
    return (
        snapshot(organisation),
        relation,
        facts["relations"][relation] | {"groups": facts["groups"]},
    )


def _school(school: str) -> tuple[Snapshot, str, Mapping[str, Any]]:
    facts = golden("teacher_advice")
    people = [name for name, where in facts["schools"].items() if where == school]
    network = facts["relations"][school]
    organisation = Organisation.of(
        persons=[Person(name) for name in people],
        ties=[Tie(source, target, "advice") for source, target in network["ties"]],
    )
    groups = {name: facts["groups"][name] for name in people}
    return snapshot(organisation), "advice", network | {"groups": groups}
