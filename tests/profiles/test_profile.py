"""Profiles: strict documents, and values that are what their documents say."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from plfkit import Profile, load_profile
from plfkit.errors import DocumentError, IncompatibleProfileError, ProfileError
from plfkit.testing import profiles


def test_a_document_becomes_a_profile(profile: Profile) -> None:
    """Goals, indicators and claims are values; the privacy floor is 5 unless it says otherwise."""
    assert profile.privacy.k == 5
    assert list(profile.indicators_of("G")) == ["coverage", "later"]
    assert list(profile.indicators_of(None)) == ["density"]
    assert profile.claims["C"].certainty == "stated"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"goal": {}}, "unknown key 'goal', did you mean 'goals'"),
        ({"label": {"da": "x"}}, r"label\.en: the required key 'en' is missing"),
        ({"label": {"da": "x", "en": "\ud800"}}, "surrogates not allowed"),
        ({"privacy": {"k": 2}}, "3 at the very least"),
        ({"privacy": {"k": 20}}, "at least 20 people"),
        ({"id": "Big Town"}, "lower-case"),
        (
            {"claims": {"c": {"text": {"da": "x", "en": "x"}, "certainty": "sure"}}},
            "claims.c.certainty: certainty is one of",
        ),
        (
            {"framework": "five"},
            "framework: there is no 'five' here; there are collective_responsibility, dufour, eva",
        ),
        ({"schools": {"s": {"name": "S", "grades": "6-0", "certainty": "site"}}}, "schools.s"),
        (
            {"vocabulary": {"roles": {"r": {"label": {"da": "x", "en": "y"}, "level": "top"}}}},
            "top",
        ),
        ({"vocabulary": []}, "vocabulary: expected a table"),
        ({"vocabulary": {"profile": "x"}}, "vocabulary.profile: unknown key"),
        ({"vocabulary": {"roles": {"teacher": {"aliases": ["x\u001b"]}}}}, "control characters"),
        ({"label": {"da": "x\u202e", "en": "x"}}, "control characters"),
        ({"label": {"da": "x", "en": "\u2066"}}, "control characters"),
        (
            {"vocabulary": {"roles": {"staff": {"label": {"da": "x", "en": "x"}}}}},
            "vocabulary.roles.staff: staff means several roles",
        ),
        (
            {
                "schools": {
                    "s": {"name": "S", "grades": "0-6", "certainty": "site", "moves_to": "s"}
                }
            },
            "schools.s.moves_to: s cannot be its own",
        ),
        ({"label": "By"}, "label: expected a table with the keys da, en"),
        (
            {
                "context": {
                    "c": {"text": {"da": "x", "en": "y"}, "certainty": "site", "period": "2024/26"}
                }
            },
            r"context\.c\.period: '2024/26' does not name two years in a row",
        ),
        ({"extends": "vejle"}, "load it with plfkit.load_profile"),
        ({"schema_version": 0}, "schema_version"),
        ({"schema_version": True}, "schema_version"),
        (
            {
                "indicators": {
                    "i": {
                        "label": {"da": "x", "en": "x"},
                        "measure": "m",
                        "figure_class": "answers",
                        "goal": "H",
                    }
                }
            },
            "indicators.i.goal: there is no 'H' here",
        ),
        (
            {
                "indicators": {
                    "i": {
                        "label": {"da": "x", "en": "x"},
                        "measure": "m",
                        "figure_class": "answers",
                        "target": {"value": 1.0, "source": "decided"},
                    }
                }
            },
            "needs a direction",
        ),
    ],
)
def test_wrong_documents(manifest: dict[str, Any], change: dict[str, Any], message: str) -> None:
    """Unknown keys, missing languages and contradictions are refused with their path."""
    with pytest.raises(ProfileError, match=message):
        Profile.from_document({**manifest, **change})


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        ({"counts": "events", "at_least": 1}, "say which kinds of events"),
        ({"counts": "people", "at_least": 1}, "say what is counted"),
        ({"counts": "people", "roles": ["teacher"]}, "say one of at_least, exactly and"),
        ({"counts": "people", "at_least": 0, "roles": ["teacher"]}, "at least one"),
        ({"counts": "heads", "at_least": 1, "roles": ["teacher"]}, "counts is one of"),
        ({"counts": "people", "at_least": 1, "roles": ["teachr"]}, 'did you mean "teacher"'),
        ({"counts": "people", "at_least": 1, "roles": ["teacher"], "each_unit": "ship"}, "ship"),
        ({"counts": "people", "at_least": 1, "roles": ["teacher"], "within": "ship"}, "ship"),
        (
            {"counts": "people", "at_least": 1, "exactly": 1, "roles": ["teacher"]},
            "say one of at_least, exactly and",
        ),
        ({"counts": "people", "more_than": "soon", "roles": ["teacher"]}, "is no period"),
        (
            {"counts": "days", "more_than": "year_before", "events": ["workshop"]}
            | {"each_person": "staff"},
            "cannot hold for each_person",
        ),
        ({"counts": "people", "at_least": 1, "roles": ["teacher"], "stay": True}, "one of days"),
        (
            {"counts": "people", "at_least": 1, "roles": ["teacher"], "subjects": ["danish"]},
            "those of qualifications",
        ),
        ({"counts": "communities", "at_least": 1, "roles": ["teacher"]}, "say what is counted"),
        (
            {"counts": "communities", "at_least": 1, "communities": ["team"]}
            | {"roles": ["teacher"]},
            "by their kind alone",
        ),
        ({"counts": "outcomes", "at_least": 1, "outcomes": ["reading"]}, "say more_than"),
        (
            {"counts": "people", "at_least": 1, "roles": ["teacher"], "outcomes": ["reading"]},
            "reads outcomes",
        ),
        (
            {"counts": "people", "at_least": 1, "events": ["workshop"]}
            | {"qualifications": ["coach_training"]},
            "not both",
        ),
    ],
)
def test_claims_that_count_nothing_are_refused(
    manifest: dict[str, Any], rule: dict[str, Any], message: str
) -> None:
    """A rule says what is counted and how many there should be, in words of the vocabulary."""
    claim = {**manifest["claims"]["C"], "rule": rule}
    with pytest.raises(DocumentError, match=message) as caught:
        Profile.from_document({**manifest, "claims": {"C": claim}})
    assert caught.value.problems[0].path[:3] == ("claims", "C", "rule")


def test_a_claim_compares_with_an_earlier_period(manifest: dict[str, Any]) -> None:
    """The period that a count is to exceed ends before the claim's begins."""
    rule = {"counts": "people", "more_than": "2018/19", "roles": ["teacher"]}
    claim = {**manifest["claims"]["C"], "period": "2018-09-01/2019-08-01", "rule": rule}
    with pytest.raises(DocumentError, match="ends before the claim's begins"):
        Profile.from_document({**manifest, "claims": {"C": claim}})


@pytest.mark.parametrize(
    ("certainties", "message"),
    [
        ({"source": "site"}, "does not say its source"),
        ({"text": "site"}, "does not say its text"),
        ({"rule": "sure"}, "is one of stated, site, inferred"),
    ],
)
def test_certainty_is_of_what_a_claim_says(
    manifest: dict[str, Any], certainties: dict[str, str], message: str
) -> None:
    """A claim gives the certainty of its period, its rule or its source, if it has one."""
    claim = {**manifest["claims"]["C"], "certainties": certainties}
    with pytest.raises(DocumentError, match=message):
        Profile.from_document({**manifest, "claims": {"C": claim}})


@given(profiles())
def test_a_profile_is_what_its_document_says(profile: Profile) -> None:
    """Written and read back it is equal, whatever it holds."""
    assert Profile.from_document(profile.to_document()) == profile


def test_a_document_says_only_what_the_profile_adds(manifest: dict[str, Any]) -> None:
    """Aliases that the core has are not written again, nor kinds that it has."""
    words = {"roles": {"teacher": {"aliases": ["underviser"]}}, "minimum_members": 2}
    profile = Profile.from_document({**manifest, "vocabulary": words})
    assert profile.to_document()["vocabulary"] == words


def test_a_newer_format_asks_for_an_upgrade(manifest: dict[str, Any]) -> None:
    """A profile of a later format is not half understood."""
    with pytest.raises(IncompatibleProfileError, match="upgrade plfkit"):
        Profile.from_document({**manifest, "schema_version": 2})


def test_no_toml(tmp_path: Path) -> None:
    """The message has the file and the line; a missing file is named."""
    path = tmp_path / "profile.toml"
    path.write_text("id = \n")
    with pytest.raises(ProfileError, match=r"profile\.toml is no valid TOML.*line 1"):
        load_profile(str(path))
    with pytest.raises(ProfileError, match="cannot be read"):
        load_profile(str(tmp_path / "other.toml"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[a.b]\nc = 1\n[a.b]\n", "linje 3: tabellen [a.b] står to gange"),
        ("a = 1\na = 2\n", "linje 2: det samme står to gange"),
        ("a = 1\nb 2\n", "linje 2 er ikke skrevet, som TOML skrives"),
    ],
)
def test_no_toml_in_danish(tmp_path: Path, text: str, said: str) -> None:
    """What stands twice is told in the reader's language, with its line."""
    path = tmp_path / "profile.toml"
    path.write_text(text)
    with pytest.raises(ProfileError) as caught:
        load_profile(str(path))
    assert said in caught.value.args[0].say(language="da")


def test_the_built_in_profile_has_figures_and_no_goals() -> None:
    """The generic profile describes, sets no target and names no purpose."""
    generic = load_profile("generic")
    assert not generic.goals
    assert generic.purpose is None
    assert len(generic.indicators) == 6
    assert all(indicator.target is None for indicator in generic.indicators.values())


def test_every_problem_is_told_with_its_line(tmp_path: Path) -> None:
    """All that is wrong is told at once, in the order of the file, each with line and path."""
    path = tmp_path / "profile.toml"
    path.write_text(
        """\
schema_version = 1
id = "town"
label = { da = "By", en = "Town" }

[indicators.coverage]
label = { da = "Med", en = "In" }
measur = "membership_coverage"
target = [
  "a",
  "b",
]

[claims.two]
text = { da = "To", en = "Two" }
certainty = "stated"
rule.counts = "people"
rule.exactly = 2
rule.roles = [
  "teachr",
]
""",
        encoding="utf-8",
    )
    with pytest.raises(DocumentError) as caught:
        load_profile(path)
    assert [(p.line, ".".join(p.path)) for p in caught.value.problems] == [
        (5, "indicators.coverage.measure"),
        (7, "indicators.coverage.measur"),
        (8, "indicators.coverage.target"),
    ]
    path.write_text(
        path.read_text().replace("measur =", "measure =").replace("target = [", "arguments.k = [")
    )
    with pytest.raises(DocumentError, match=r"line 18, claims\.two\.rule\.roles.*teacher"):
        load_profile(path)


def test_a_profile_is_loaded_from_a_file_or_its_folder(tmp_path: Path) -> None:
    """A path, its text and the folder that holds profile.toml all lead to it."""
    lines = ["schema_version = 1", 'id = "town"', 'label = { da = "By", en = "Town" }']
    (tmp_path / "profile.toml").write_text("\n".join(lines))
    for source in (tmp_path, str(tmp_path), tmp_path / "profile.toml", f"{tmp_path}/profile.toml"):
        assert load_profile(source).id == "town"
