"""Files as version 0.2 wrote and read them: every later version reads them with the same meaning.

The files are frozen: they are never edited or written again. Where a format changes, a step in
`plfkit.model.written_formats` brings them up to date, and these tests stay as they are.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from plfkit import (
    Organisation,
    Profile,
    assess,
    audit,
    import_files,
    load_profile,
    measures,
    open_ledger,
    read,
    release,
    snapshot,
)
from plfkit.testing.cases import check_cases

FILES = Path(__file__).parent / "formats_of_0_2"
ROWS = {
    "units": 2,
    "persons": 6,
    "positions": 6,
    "communities": 2,
    "memberships": 7,
    "surveys": 3,
    "responses": 12,
    "answers": 3,
    "ties": 5,
    "events": 1,
    "participations": 2,
    "registrations": 1,
    "qualifications": 1,
    "focuses": 0,
    "pathways": 0,
    "outcomes": 0,
}


@pytest.fixture(scope="module", name="profile")
def load_frozen_profile() -> Profile:
    """The profile."""
    return load_profile(FILES / "profile.toml")


def test_profile(profile: Profile) -> None:
    """Every section says what it said."""
    words = profile.vocabulary
    assert (profile.id, profile.code, profile.framework) == ("lilleby", "999", "lilleby_two")
    assert (profile.privacy.k, profile.privacy.statistics, profile.standards.answers) == (5, 16, 16)
    assert (words.reference_day, words.levels["resource_persons"].minimum_members) == ("09-05", 2)
    assert words.resolve("roles", "Kollega-guide") == "guide"
    assert words.sorts_of("team")[-1] == "circle"
    assert not words.relations["walking"].directed
    assert words.event_kinds["walk"].characteristics == ("collaboration",)
    framework = words.frameworks["lilleby_two"]
    assert framework.list_items("lilleby_help") == ("help_1", "help_2")
    assert (framework.reversed, dict(framework.crosswalk)) == (
        ("help_2",),
        {"lilleby_trust": ("shared_values",)},
    )
    assert {*profile.indicators} == {"A1", "A2"}
    target = profile.indicators["A1"].target
    assert target is not None
    assert (target.value, target.source, target.by) == (0.5, "decided", "2018/19")
    assert profile.claims["circle"].rule is not None
    assert {*profile.context} | {*profile.challenges} | {*profile.programmes} | {
        *profile.schools
    } == {*("small", "few", "pilot", "birk")}
    assert profile.purpose is not None


@pytest.mark.parametrize("words", ["of the profile", "of the data"])
@pytest.mark.parametrize("source", ["folder", "workbook.xlsx"])
def test_data(source: str, words: str, profile: Profile) -> None:
    """All rows are there, in the words of the profile or in those that the data carry, with its figures."""
    data = read(FILES / source, profile=profile if words == "of the profile" else None)
    assert {name: len(table) for name, table in data.tables.items()} == ROWS
    assert data.title is not None
    assert (data.title.da, data.synthetic, data.advice) == ("Lilleby (eksempel)", True, ())
    now = snapshot(data)
    (advice,) = measures.density(now, relation="advice")
    assert (advice.numerator, advice.denominator) == (4, 25)
    assert (advice.lower, advice.upper) == (4 / 30, 7 / 30)
    assert measures.density(now, relation="walking").item() == 1 / 15
    card = assess(data, profile)
    assert [
        (one.id, one.verdict, one.result and next(iter(one.result)).value)
        for one in card.indicators
    ] == [
        ("A1", "met", 5 / 6),
        ("A2", "shown", 3 / 4),
    ]
    assert [(claim.id, claim.verdict) for claim in card.claims] == [("circle", "open")]


def test_mappings() -> None:
    """A mapping of today's language, and one of the older kind, take what they took."""
    school = read(FILES / "folder")
    told = import_files(FILES / "mapping.toml", FILES / "export.csv", into=school)
    assert list_ties(told, "sparring-2018") == [("ann", "bo"), ("ann", "cy"), ("bo", "cy")]
    older = import_files(FILES / "survey_mapping.toml", FILES / "survey_export.csv", into=school)
    assert list_ties(older, "sparring-2019") == [("ann", "bo"), ("cy", "ann"), ("cy", "bo")]
    asked = {r.person: r.answered for r in older.responses if r.survey == "sparring-2019"}
    assert asked == {"ann": True, "bo": False, "cy": True}


def list_ties(organisation: Organisation, survey: str) -> list[tuple[str, str]]:
    """The ties that a survey told of."""
    return sorted((tie.source, tie.target) for tie in organisation.ties if tie.survey == survey)


def test_cases(profile: Profile) -> None:
    """A case comes out as it was expected."""
    check_cases(profile, FILES / "cases")


def test_publications(profile: Profile, tmp_path: Path) -> None:
    """The audit reads what was published, and the ledger remembers it: the same may be told again."""
    data = read(FILES / "folder")
    assert not audit(FILES / "publication.json", staff=data)
    shutil.copy(FILES / "ledger.json", tmp_path)
    ledger = open_ledger(tmp_path / "ledger.json")
    release(assess(data, profile), profile.privacy, ledger=ledger)
    assert (tmp_path / "ledger.json").read_text() == (FILES / "ledger.json").read_text()
