"""The picture of levels and communities says in words what its table says."""

from __future__ import annotations

import re
from collections import Counter
from html import unescape
from typing import Any

import pytest
from attrs import evolve

from plfkit import (
    Community,
    Membership,
    Organisation,
    Person,
    Position,
    Profile,
    Unit,
    assess,
    load_profile,
    release,
)
from plfkit.goals import Scorecard
from plfkit.model.declared.declarations import PrivacyFloor
from plfkit.report.levels import LevelView, build_level_view
from plfkit.report.texts import Texts
from plfkit.synthetic import municipality

CARDS: dict[str, Scorecard] = {}


def view(name: str, language: str, k: int) -> LevelView:
    """What the page shows of the levels of an example."""
    if name not in CARDS:
        profile = load_profile(name)
        org = municipality(profile, schools=None if name == "langeland" else 3)
        CARDS[name] = assess(org, profile, years_back=0)
    released = release(CARDS[name], PrivacyFloor(k=k, statistics=20))
    return build_level_view(released.content, Texts(language))


def said(shown: LevelView) -> str:
    """The text of the picture."""
    [alt] = re.findall(r'<svg role="img" aria-label="(.*?)"', str(shown.picture))
    return unescape(str(alt))


@pytest.mark.parametrize("k", [5, 12])
@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("name", ["vejle", "middelfart", "langeland"])
def test_text_and_table_are_the_same(name: str, language: str, k: int) -> None:
    """Every place with how it is, and how many are so, whatever the gate hides."""
    shown, texts = view(name, language, k), Texts(language)
    assert shown.places is not None
    cells = [
        (row, column, state)
        for row, states in shown.places.rows
        for column, state in zip(shown.places.columns, states, strict=True)
        if state != texts("goals.none")
    ]
    told = said(shown)
    for row, column, state in cells:
        line = told[told.index(f"{row} – ") :]
        assert f"{column}: {state}" in line[: line.index(".", len(row))]
    for state, count in Counter(state for _, _, state in cells).items():
        assert f"{state}: {count} " in told
    assert told.count(": ") == 1 + len({state for _, _, state in cells}) + len(cells)


@pytest.mark.parametrize("k", [5, 12])
def test_table_and_figures_are_the_same(k: int) -> None:
    """The table holds the released figures, neither more nor fewer."""
    shown, texts = view("vejle", "en", k), Texts("en")
    content = release(CARDS["vejle"], PrivacyFloor(k=k, statistics=20)).content
    assert shown.places is not None
    stated = Counter(state for _, states in shown.places.rows for state in states)
    municipal = content.overview.municipal_levels
    figures: dict[Any, Any] = {
        (None if f.figure in municipal else f.part, f.figure): f
        for f in content.overview.anchoring_by_school
        if f.figure != "total" and (f.part or f.figure in municipal)
    }
    expected = Counter(
        {1.0: "has", 0.0: "lacks", None: f.reason}[f.value] for f in figures.values()
    )
    assert stated[texts("overview.has")] == expected["has"]
    assert stated[texts("overview.lacks")] == expected["lacks"] > 0


@pytest.mark.parametrize(("leaders", "state"), [(8, "overview.lacks"), (9, "overview.has")])
def test_few_in_a_community_of_all(leaders: int, state: str) -> None:
    """Whether one of eight leaders is in the municipality's team would tell of them; of nine it is told."""
    schools = {f"s{school}": [f"p{school}{n}" for n in range(leaders)] for school in range(2)}
    people = [person for own in schools.values() for person in own]
    organisation = Organisation.of(
        units=[Unit("m", "municipality"), *(Unit(s, "school", s, "m") for s in schools)],
        persons=[Person(person) for person in people],
        positions=[Position(p, s, "principal") for s, own in schools.items() for p in own],
        communities=[Community("all", "leadership_team", unit="m")],
        memberships=[Membership("all", person) for person in people],
    )
    profile = load_profile("generic")
    released = release(assess(organisation, profile), profile.privacy)
    texts = Texts("en")
    shown = build_level_view(released.content, texts)
    assert shown.places is not None
    column = shown.places.columns.index("School leadership")
    told = {row: states[column] for row, states in shown.places.rows}
    assert (told["s0"], told["s1"]) == (texts(state), texts(state))


def test_schools_of_one_name_are_told_apart(town: Organisation, profile: Profile) -> None:
    """Two schools that are called the same have a row each, in the picture and in the table."""
    units = [evolve(u, name="Skolen") if u.kind == "school" else u for u in town.units]
    tables: dict[str, Any] = {**town.tables, "units": units}
    card = release(assess(Organisation.of(**tables), profile), profile.privacy).content
    shown = build_level_view(card, Texts("da"))
    assert shown.places is not None
    assert [row for row, _ in shown.places.rows][-2:] == ["Skolen", "Skolen (2)"]
    assert "Skolen (2) – " in said(shown)
