"""Hypothesis strategies: periods, small surveyed networks, whole organisations, moments of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from attrs import evolve
from hypothesis import strategies as st

from plfkit.graph import Snapshot, snapshot
from plfkit.model.records.native import Records
from plfkit.model.records.organisation import Organisation
from plfkit.model.records.rows import (
    Answer,
    Community,
    Event,
    Focus,
    Membership,
    Outcome,
    Participation,
    Pathway,
    Person,
    Position,
    Qualification,
    Registration,
    Response,
    Survey,
    Tie,
    Unit,
)
from plfkit.model.words.kinds import Label
from plfkit.model.words.vocabulary import Vocabulary
from plfkit.periods import Period
from plfkit.testing.kinds import WORDS, use_own_kinds

_DAYS = st.dates(date(2014, 1, 1), date(2021, 12, 31))
_ROLES = ("teacher", "pedagogue", "reading_coach", "principal", "consultant", "support_staff")
_COMMUNITY_KINDS = (
    "team",
    "learning_community",
    "leadership_team",
    "learning_centre",
    "support_team",
)
_EVENTS = ("planning_meeting", "observation_visit", "training_day")
_NAMES = (
    st.none() | WORDS | st.sampled_from(["=1+1", "'007", "NA", "null", "TRUE", "_x0041_", "a\nb"])
)
_FINITE_NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
_ANSWERS = st.sampled_from([1.0, 2.0, 2.5, 4.0])
_POSITION_SHARES = st.none() | st.floats(0, 1)
_COMPLETE_LISTS: Mapping[str, tuple[str, str | None]] = {
    "a role": ("positions", "teacher"),
    "a level": ("positions", "administration"),
    "a kind": ("communities", "team"),
    "all kinds": ("memberships", None),
    "a training": ("qualifications", "coach_training"),
}
"""Lists other than logs that may be said to be complete, and of which kind."""


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
def organisations(
    draw: st.DrawFn, *, vocabulary: st.SearchStrategy[Vocabulary] | None = None
) -> Organisation:
    """Draw an organisation that fills every native table: a municipality with a few schools.

    Args:
        draw: Hypothesis's.
        vocabulary: Draws the vocabulary, every kind of which is used; the core's if left out.
    """
    schools = [f"school-{number}" for number in range(draw(st.integers(1, 3)))]
    people = [f"person-{number:02d}" for number in range(draw(st.integers(1, 8)))]
    focuses = _draw_focuses(draw)
    records = Records(
        units=[Unit("m", "municipality"), *(Unit(s, "school", draw(_NAMES), "m") for s in schools)],
        persons=[Person(person, draw(_NAMES)) for person in people],
        positions=_draw_positions(draw, people, ["m", *schools]),
        focuses=focuses,
        qualifications=_draw_qualifications(draw, people),
        pathways=_draw_pathways(draw, schools),
        outcomes=_draw_outcomes(draw, schools),
        registrations=_draw_registrations(draw, schools),
    )
    tags = [focus.id for focus in focuses] or ["reading", "Læsning"]
    communities = _draw_communities(draw, ["m", *schools], tags)
    title = draw(st.none() | st.builds(Label, da=WORDS, en=WORDS))
    records["communities"] = communities
    records["memberships"] = _draw_memberships(draw, communities, people)
    records.update(_draw_surveys(draw, people, communities))
    records.update(_draw_events(draw, people, communities, tags))
    whole = Organisation.of(**records, title=title, synthetic=draw(st.booleans()))
    if vocabulary is None:
        return whole
    words = draw(vocabulary)
    return evolve(whole, vocabulary=words).with_(**use_own_kinds(words))


@st.composite
def snapshots(draw: st.DrawFn) -> Snapshot:
    """Draw a moment of an organisation: a school year that it may or may not have data of."""
    organisation = draw(organisations())
    years = [f"{year}/{(year + 1) % 100:02d}" for year in range(2013, 2022)]
    return snapshot(organisation, draw(st.none() | st.sampled_from(years)))


def _draw_combinations(draw: st.DrawFn, *choices: list[str]) -> list[tuple[str, ...]]:
    """Draw a few different combinations of choices."""
    if not all(choices):
        return []
    one = st.tuples(*(st.sampled_from(choice) for choice in choices))
    return draw(st.lists(one, unique=True, max_size=5))


def _draw_positions(draw: st.DrawFn, people: list[str], units: list[str]) -> list[Position]:
    left = dict.fromkeys(people, 1.0)
    positions = []
    for person, unit, role in _draw_combinations(draw, people, units, list(_ROLES)):
        share = draw(_POSITION_SHARES)
        if share is not None:
            share = min(share, left[person])
            left[person] -= share
        subject = draw(st.none() | st.just("danish"))
        positions.append(Position(person, unit, role, share, subject, draw(periods())))
    return positions


def _draw_focuses(draw: st.DrawFn) -> list[Focus]:
    ids = [f"focus-{number}" for number in range(draw(st.integers(0, 2)))]
    return [
        Focus(name, draw(_NAMES), ids[number - 1] if number else None, draw(st.none() | WORDS))
        for number, name in enumerate(ids)
    ]


def _draw_communities(draw: st.DrawFn, units: list[str], focuses: list[str]) -> list[Community]:
    return [
        Community(
            f"community-{number}",
            draw(st.sampled_from(_COMMUNITY_KINDS)),
            draw(_NAMES),
            draw(st.none() | st.sampled_from(units)),
            draw(st.none() | st.sampled_from(focuses)),
            charter=draw(st.none() | st.booleans()),
            valid=draw(periods()),
        )
        for number in range(draw(st.integers(0, 3)))
    ]


def _draw_memberships(
    draw: st.DrawFn, communities: list[Community], people: list[str]
) -> list[Membership]:
    valid = {community.id: community.valid for community in communities}
    return [
        Membership(
            community,
            person,
            draw(st.none() | st.just("facilitator")),
            valid[community] if draw(st.booleans()) else Period(),
        )
        for community, person in _draw_combinations(draw, [c.id for c in communities], people)
    ]


def _draw_surveys(draw: st.DrawFn, people: list[str], communities: list[Community]) -> Records:
    """Draw a network survey, and scale surveys of teams, of codes and of people."""
    asked = {person: draw(st.booleans()) for person in people}
    answering = [person for person, answered in asked.items() if answered]
    teams = [team.id for team in communities if team.valid == Period()]
    items = ["collaboration", "tillid æøå"]
    answers = [
        *(("team", None, team, item) for team, item in _draw_combinations(draw, teams, items)),
        *(
            ("code", code, None, item)
            for code, item in _draw_combinations(draw, ["x1", "x2"], items)
        ),
        *(
            ("named", person, None, item)
            for person, item in _draw_combinations(draw, answering, items)
        ),
    ]
    return Records(
        surveys=[
            Survey("survey", "network", "advice", date=draw(st.none() | _DAYS)),
            Survey("team", "scale", instrument="five_characteristics", date=draw(_DAYS)),
            Survey("code", "scale", lowest=1, highest=4),
            Survey("named", "scale", linked=True),
        ],
        responses=[Response("survey", person, answered=a) for person, a in asked.items()],
        ties=[
            Tie(source, target, "advice", "survey", draw(st.none() | st.floats(0, 1e9)))
            for source, target in _draw_combinations(draw, answering, people)
            if source != target
        ],
        answers=[
            Answer(
                survey,
                code,
                team,
                item=item,
                value=draw(_ANSWERS if survey == "code" else _FINITE_NUMBERS),
            )
            for survey, code, team, item in answers
        ],
    )


def _draw_events(
    draw: st.DrawFn, people: list[str], communities: list[Community], focuses: list[str]
) -> Records:
    """Draw events and who took part."""
    teams = [None, *(team.id for team in communities if team.valid == Period())]
    events = [
        Event(
            f"event-{number}",
            draw(st.sampled_from(_EVENTS)),
            draw(_DAYS),
            community=draw(st.sampled_from(teams)),
            focus=draw(st.none() | st.sampled_from(focuses)),
            hours=draw(st.none() | st.floats(0, 24)),
            headcount=draw(st.none() | st.integers(len(people), 10**6)),
            artefact=draw(st.none() | WORDS),
        )
        for number in range(draw(st.integers(0, 3)))
    ]
    return Records(
        events=events,
        participations=[
            Participation(event, person, draw(st.none() | st.just("participant")))
            for event, person in _draw_combinations(draw, [event.id for event in events], people)
        ],
    )


def _draw_registrations(draw: st.DrawFn, units: list[str]) -> list[Registration]:
    logs = [
        Registration(unit, kind, complete=draw(st.booleans()), valid=draw(periods()))
        for unit, kind in _draw_combinations(draw, units, list(_EVENTS))
    ]
    for unit, name in _draw_combinations(draw, units, list(_COMPLETE_LISTS)):
        of, kind = _COMPLETE_LISTS[name]
        complete = draw(st.booleans())
        logs.append(Registration(unit, kind=kind, of=of, complete=complete, valid=draw(periods())))
    return logs


def _draw_qualifications(draw: st.DrawFn, people: list[str]) -> list[Qualification]:
    return [
        Qualification(person, kind, draw(st.none() | st.just("danish")), draw(periods()))
        for person, kind in _draw_combinations(
            draw, people, ["coach_training", "programme_element"]
        )
    ]


def _draw_pathways(draw: st.DrawFn, units: list[str]) -> list[Pathway]:
    return [
        Pathway(source, target, "7", draw(st.none() | st.integers(0, 999)), draw(periods()))
        for source, target in _draw_combinations(draw, units, units)
    ]


def _draw_outcomes(draw: st.DrawFn, units: list[str]) -> list[Outcome]:
    return [
        Outcome(
            unit,
            measure,
            draw(st.none() | st.just("girls")),
            value=draw(_FINITE_NUMBERS),
            n=draw(st.integers(0, 999)),
            valid=draw(periods()),
        )
        for unit, measure in _draw_combinations(draw, units, ["wellbeing", "reading"])
    ]
