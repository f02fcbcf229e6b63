"""The first week: what the goals show when all there is is the template's workbook, filled in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from attrs import evolve

from plfkit import (
    Organisation,
    Snapshot,
    assess,
    load_profile,
    read,
    release,
    snapshot,
    write_template,
)
from plfkit.goals import Scorecard
from plfkit.goals.scorecard import IndicatorOutcome
from plfkit.model.records.rows import (
    NATIVE_ROWS,
    Answer,
    Community,
    Focus,
    Membership,
    Person,
    Position,
    Survey,
    Unit,
)
from plfkit.model.records.tables import Table
from plfkit.model.words.vocabulary import load_core_vocabulary
from plfkit.synthetic import municipality

NAMES = ("vejle", "middelfart", "langeland")
YEAR, DAY = "2018/19", date(2018, 11, 1)
RHYTHM = "weeks_between_meetings"
SUPPLIED = {"outcomes"}
"""What no staff can fill in: goals that rest on aggregates about pupils alone wait for them."""


def told(now: Snapshot) -> dict[str, dict[str, float]]:
    """What each community says of itself in the year."""
    found: dict[str, dict[str, float]] = {}
    for answer in now.answers:
        if answer.community is not None:
            found.setdefault(answer.community, {})[answer.item] = answer.value
    return found


def sheets(now: Snapshot) -> Iterator[tuple[str, list[list[Any]]]]:
    """Yield the rows that a municipality would fill in, sheet by sheet."""
    said, names = told(now), {focus.id: focus.name for focus in now.focuses}
    characteristics = now.vocabulary.frameworks["five_characteristics"].characteristics
    yes = {True: "ja", False: "nej", None: None}
    yield "Enheder", [[u.id, u.name, u.kind, u.parent] for u in now.units]
    yield "Medarbejdere", [[p.person, None, p.unit, p.role] for p in now.positions]
    yield (
        "Teams",
        [
            [
                *(c.id, c.name, c.kind, c.unit, names.get(c.focus or "")),
                *(yes[c.charter], said.get(c.id, {}).get(RHYTHM)),
            ]
            for c in now.communities
        ],
    )
    yield "Teammedlemmer", [[m.community, m.person, m.role] for m in now.memberships]
    yield (
        "Selvvurdering",
        [
            [name, DAY, *(items.get(one) for one in characteristics)]
            for name, items in said.items()
            if {*items} & {*characteristics}
        ],
    )


@cache
def workbook(name: str, folder: Path) -> Organisation:
    """Fill in the template with one year of an example's registers, and read it back."""
    return filled(name, snapshot(municipality(load_profile(name)), YEAR), folder)


def filled(name: str, now: Snapshot, folder: Path) -> Organisation:
    """Fill in a profile's template with what is known, and read it back."""
    path = write_template(folder / f"{name}.xlsx", profile=load_profile(name))
    book = openpyxl.load_workbook(path)
    for sheet in book.sheetnames[2:-1]:
        book[sheet].delete_rows(2, book[sheet].max_row)
    for sheet, rows in sheets(now):
        for number, row in enumerate(rows, 2):
            for column, value in enumerate(row, 1):
                book[sheet].cell(number, column).value = value
    book.save(path)
    return read(path, profile=load_profile(name))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for the workbooks."""
    return tmp_path_factory.mktemp("first-week")


def card_of(name: str, organisation: Organisation) -> Scorecard:
    """Return what leaves the gate of a first week."""
    profile = load_profile(name)
    card = assess(organisation, profile, at=YEAR, years_back=0)
    return release(card, profile.privacy).content


def is_shown(outcome: IndicatorOutcome) -> bool:
    """Tell whether a figure, a range or a band of it is to be seen."""
    if outcome.result is None or outcome.verdict in {None, "not_measured"}:
        return False
    return any(row.value is not None or row.lower is not None for row in outcome.result)


def shown_goals(card: Scorecard) -> set[str]:
    """Return the goals of which something is to be seen."""
    return {goal.id for goal in card.goals if any(map(is_shown, goal.indicators))}


def asked_of_staff(card: Scorecard) -> set[str]:
    """Return the goals that do not rest on aggregates about pupils alone."""
    wanted = {goal.id: {o.indicator.tables for o in goal.indicators} for goal in card.goals}
    return {goal for goal, tables in wanted.items() if tables != {tuple(SUPPLIED)}}


@pytest.mark.parametrize("name", NAMES)
def test_each_goal_shows_something_in_the_first_week(name: str, folder: Path) -> None:
    """Registers, rhythm and self-assessment give a figure under every goal but those about pupils."""
    card = card_of(name, workbook(name, folder))
    assert shown_goals(card) >= asked_of_staff(card)


def teachers_and_teams() -> Organisation:
    """Three schools of which nothing is known but teachers, teams, and what the teams say."""
    teams = [(f"s{school}", f"s{school}-t{team}") for school in range(3) for team in range(4)]
    told = {RHYTHM: 2, **dict.fromkeys(load_core_vocabulary().five_characteristics, 3)}
    people = [(unit, team, f"{team}-{number}") for unit, team in teams for number in range(5)]
    return Organisation.of(
        units=[Unit(unit, "school") for unit in ("s0", "s1", "s2")],
        persons=[Person(person) for *_, person in people],
        positions=[Position(person, unit, "teacher") for unit, _, person in people],
        focuses=[Focus("reading", name="reading")],
        communities=[
            Community(team, "grade_team", unit=unit, charter=True, focus="reading")
            for unit, team in teams
        ],
        memberships=[Membership(team, person) for _, team, person in people],
        surveys=[Survey("v", "scale", date=DAY, lowest=1, highest=4)],
        answers=[
            Answer("v", community=team, item=item, value=value)
            for _, team in teams
            for item, value in told.items()
        ],
    )


@pytest.mark.parametrize("name", NAMES)
def test_teachers_and_teams_are_enough_to_begin_with(name: str, tmp_path: Path) -> None:
    """Without leaders, pedagogues or coaches each goal shows something all the same."""
    card = card_of(name, filled(name, snapshot(teachers_and_teams()), tmp_path))
    assert shown_goals(card) >= asked_of_staff(card)


CULTURE = {
    "vejle": {"V1b", "V1f"},
    "middelfart": {"M1a", "M3e"},
    "langeland": {"L1e", "L2e", "L3i"},
}
FIRST = {
    "vejle": {"V1a", "V1c", "V1c_leaders", "V1g", "V2_structure_pedagogical_staff"},
    "middelfart": {"M1e", "M2f"},
    "langeland": {"L1a_levels", "L1a_members", "L1b", "L2d"},
}


@pytest.mark.parametrize("name", NAMES)
def test_first_workbook(name: str, folder: Path) -> None:
    """What the teams say of themselves, and what is registered of them, is seen under these goals."""
    shown = {
        outcome.id
        for outcome in card_of(name, workbook(name, folder)).indicators
        if is_shown(outcome)
    }
    assert shown >= CULTURE[name] | FIRST[name]


@pytest.mark.parametrize("name", NAMES)
def test_without_self_assessment_there_is_no_culture(name: str, folder: Path) -> None:
    """An empty sheet of self-assessments is no culture of zero: those figures are not measured."""
    filled = workbook(name, folder)
    gone: dict[str, Table[Any]] = {
        table: Table.empty(NATIVE_ROWS[table]) for table in ("surveys", "answers")
    }
    poorer = evolve(filled, tables={**filled.tables, **gone})
    card = assess(poorer, load_profile(name), years_back=0)
    asked = {o.id: o for o in card.indicators if o.id in CULTURE[name] - {"V1b"}}
    assert {o.verdict for o in asked.values()} == {"not_measured"}
    assert all("answers" in map(str, outcome.missing) for outcome in asked.values())
