"""Hypothesis strategies: periods, small surveyed networks, whole organisations."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from plfkit.model.organisation import Organisation
from plfkit.model.parts import (
    Community,
    Membership,
    Person,
    Position,
    Response,
    Survey,
    Tie,
    Unit,
)
from plfkit.periods import Period

_DAYS = st.dates(date(2014, 1, 1), date(2021, 12, 31))
_ROLES = ("teacher", "pedagogue", "reading_coach", "principal", "consultant", "support_staff")
_KINDS = ("team", "learning_community", "leadership_team", "learning_centre", "support_team")
_NAMES = st.none() | st.text("aæøåÅ '\"<,;=éß", min_size=1, max_size=8).filter(str.strip)


@st.composite
def periods(draw: st.DrawFn) -> Period:
    """Draw a period: open at either side, or of at least one day."""
    start = draw(st.none() | _DAYS)
    end = draw(st.none() | _DAYS)
    if start is not None and end is not None and end <= start:
        end = start + timedelta(days=1)
    return Period(start, end)


@st.composite
def surveyed_networks(
    draw: st.DrawFn,
    *,
    most: int = 4,
    relation: str = "advice",
    capped: bool | None = None,
    responding: bool | None = None,
) -> Organisation:
    """Draw an organisation of a few people and one survey about a relation.

    Args:
        draw: Hypothesis's.
        most: The most people.
        relation: What the survey asks about.
        capped: Whether names are limited; either if left out.
        responding: Whether everybody answered; either if left out.
    """
    ids = [f"p{number}" for number in range(draw(st.integers(1, most)))]
    limited = draw(st.booleans()) if capped is None else capped
    limit = draw(st.integers(1, most)) if limited else None
    ties: list[Tie] = []
    responses = []
    for source in ids:
        answered = responding or draw(st.booleans())
        responses.append(Response("s", source, answered=answered))
        others = [target for target in ids if target != source]
        if answered and others:
            named = draw(st.lists(st.sampled_from(others), unique=True, max_size=limit))
            ties += [Tie(source, target, relation, "s") for target in named]
    return Organisation.of(
        persons=[Person(name) for name in ids],
        surveys=[Survey("s", "network", relation, max_ties=limit)],
        responses=responses,
        ties=ties,
    )


@st.composite
def twice_surveyed_networks(
    draw: st.DrawFn, *, most: int = 4, relation: str = "advice"
) -> Organisation:
    """Draw an organisation of a few people and two surveys, of two schools that share some of them.

    Args:
        draw: Hypothesis's.
        most: The most people.
        relation: What the surveys ask about.
    """
    ids = [f"p{number}" for number in range(draw(st.integers(2, most)))]
    surveys, responses, ties = [], [], []
    for name in ("q", "r"):
        limit = draw(st.none() | st.integers(1, most))
        surveys.append(Survey(name, "network", relation, unit=f"school-{name}", max_ties=limit))
        roster = draw(st.lists(st.sampled_from(ids), unique=True, min_size=1))
        for source in roster:
            answered = draw(st.booleans())
            responses.append(Response(name, source, answered=answered))
            if answered:
                # Names off the roster happen, and use up the limit like any other.
                others = [target for target in ids if target != source]
                named = draw(st.lists(st.sampled_from(others), unique=True, max_size=limit))
                ties += [Tie(source, target, relation, name) for target in named]
    return Organisation.of(
        units=[Unit("school-q", "school"), Unit("school-r", "school")],
        persons=[Person(name) for name in ids],
        surveys=surveys,
        responses=responses,
        ties=ties,
    )


@st.composite
def organisations(draw: st.DrawFn) -> Organisation:
    """Draw an organisation of a municipality with schools, people, communities and a survey."""
    schools = [f"school-{number}" for number in range(draw(st.integers(1, 3)))]
    units = [Unit("m", "municipality"), *(Unit(s, "school", draw(_NAMES), "m") for s in schools)]
    people = [f"person-{number:02d}" for number in range(draw(st.integers(1, 12)))]
    positions = {
        (position.person, position.unit, position.role): position
        for position in draw(st.lists(_positions(people, [unit.id for unit in units]), max_size=20))
    }
    communities = [
        Community(
            f"community-{number}",
            draw(st.sampled_from(_KINDS)),
            draw(_NAMES),
            draw(st.none() | st.sampled_from(["m", *schools])),
            charter=draw(st.none() | st.booleans()),
            valid=draw(periods()),
        )
        for number in range(draw(st.integers(0, 4)))
    ]
    memberships = [
        Membership(community.id, person, valid=draw(periods()))
        for community in communities
        for person in draw(st.lists(st.sampled_from(people), unique=True))
    ]
    asked = {person: draw(st.booleans()) for person in people}
    return Organisation.of(
        units=units,
        persons=[Person(person, draw(_NAMES)) for person in people],
        positions=positions.values(),
        communities=communities,
        memberships=memberships,
        surveys=[Survey("survey", "network", "advice", date=draw(st.none() | _DAYS))],
        responses=[Response("survey", person, answered=a) for person, a in asked.items()],
        ties=draw(_ties(people, [person for person, answered in asked.items() if answered])),
    )


def _positions(people: list[str], units: list[str]) -> st.SearchStrategy[Position]:
    return st.builds(
        Position,
        person=st.sampled_from(people),
        unit=st.sampled_from(units),
        role=st.sampled_from(_ROLES),
        fte=st.none() | st.floats(0, 1),
        subject=st.none() | st.just("danish"),
        valid=periods(),
    )


@st.composite
def _ties(draw: st.DrawFn, people: list[str], sources: list[str]) -> list[Tie]:
    pairs: Any = st.tuples(st.sampled_from(sources), st.sampled_from(people)) if sources else None
    if pairs is None:
        return []
    chosen = draw(st.lists(pairs.filter(lambda pair: pair[0] != pair[1]), unique=True, max_size=20))
    return [Tie(source, target, "advice", "survey") for source, target in chosen]
