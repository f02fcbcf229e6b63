"""Answers on scales for tests: surveys, who was asked, and what they told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from plfkit import Organisation, Snapshot, snapshot
from plfkit.model.records.rows import Answer, Person, Response, Survey, Unit
from plfkit.model.results.figures import Figure
from plfkit.model.results.result import Result

UNITS = [
    Unit("m", "municipality"),
    *(Unit(f"s{n}", "school", parent="m") for n in range(6)),
    Unit("s0-a", "school_department", parent="s0"),
]
Told = Mapping[str, Mapping[str, float]]
"""What each respondent answered, by item."""


def survey(name: str = "q", **known: Any) -> Survey:
    """A scale survey from 1 to 4, unless told otherwise."""
    return Survey(name, "scale", **{"lowest": 1, "highest": 4, **known})


def answers(told: Told, name: str = "q") -> list[Answer]:
    """The answers of codes."""
    return [
        Answer(name, code, item=item, value=value)
        for code, items in told.items()
        for item, value in items.items()
    ]


def roster(answered: int, silent: int, name: str = "q") -> list[Response]:
    """Who was asked: so many who answered, so many who did not."""
    return [
        Response(name, f"{name}-{number}", answered=number < answered)
        for number in range(answered + silent)
    ]


def moment(**tables: Any) -> Snapshot:
    """A moment of some surveys; those on their rosters are people."""
    people = {row.person for row in tables.get("responses", ())}
    people |= {row.person for row in tables.get("memberships", ())}
    persons = [Person(name) for name in sorted(people)]
    return snapshot(Organisation.of(**{"units": UNITS, "persons": persons, **tables}))


def of(result: Result, figure: str = "total", part: str | None = None) -> Figure:
    """One figure of a result."""
    return next(row for row in result if (row.figure, row.part) == (figure, part))
