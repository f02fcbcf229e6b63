"""Profiles that extend others: they add and decide, and change nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from plfkit import Profile, load_profile
from plfkit.errors import DocumentError, PluginError
from plfkit.model.declared.declarations import Baseline, Target
from plfkit.testing import profiles

OWN = {"schema_version": 1, "id": "decided", "extends": "fake"}
TEXT = {"da": "Dansk tekst", "en": "English text"}


def test_it_has_all_that_it_extends_and_what_it_adds(profile: Profile) -> None:
    """A municipality decides a target and a rule, adds a title and a goal, and keeps the rest."""
    own = {
        **OWN,
        "goals": {"G": {"rule": "any"}, "H": {"label": TEXT, "text": TEXT}},
        "indicators": {"coverage": {"target": {"value": 0.8, "source": "decided"}}},
        "vocabulary": {"roles": {"teacher": {"aliases": ["underviser"]}}},
        "privacy": {"k": 7},
    }
    decided = Profile.from_document(own, base=profile)
    assert (decided.id, decided.label) == ("decided", profile.label)
    assert decided.indicators["coverage"].target is not None
    assert decided.indicators["coverage"].target.value == 0.8
    assert decided.indicators["coverage"].measure == "membership_coverage"
    assert (decided.goals["G"].rule, list(decided.goals)) == ("any", ["G", "H"])
    assert decided.claims == profile.claims
    assert decided.vocabulary.resolve("roles", "Underviser") == "teacher"
    assert decided.privacy.k == 7
    assert profile.goals["G"].rule == "all"


def test_a_municipality_decides_a_dated_target(manifest: dict[str, Any]) -> None:
    """Year, parts, baseline and steps are its own; steps to the old target go with it."""
    old = {"value": 0.5, "source": "proposed", "by": "2029/30"}
    manifest["indicators"]["coverage"] |= {
        "target": old,
        "steps": {"2028/29": 0.4},
        "baseline": {"value": 0.2, "period": "2020/21"},
    }
    base = Profile.from_document(manifest)
    new = {"value": 0.9, "source": "decided", "by": "2027/28", "each": "school", "needs": 0.8}
    own = {**OWN, "indicators": {"coverage": {"target": new, "steps": {"2025/26": 0.7}}}}
    decided = Profile.from_document(own, base=base).indicators["coverage"]
    assert decided.target == Target(0.9, "decided", "2027/28", "school", 0.8)
    assert dict(decided.steps) == {"2025/26": 0.7}
    assert decided.baseline == Baseline(0.2, "2020/21")
    without = {**OWN, "indicators": {"coverage": {"target": {"value": 0.9, "source": "decided"}}}}
    assert not Profile.from_document(without, base=base).indicators["coverage"].steps


def test_a_municipality_sets_standards(manifest: dict[str, Any]) -> None:
    """It keeps those it does not name; the source of an old number is none for a new one."""
    manifest["standards"] = {
        "meetings": 8,
        "clear": 0.5,
        "sources": {"meetings": "the council", "clear": "a study"},
    }
    own = {**OWN, "standards": {"meetings": 10, "answers": 20}}
    standards = Profile.from_document(own, base=Profile.from_document(manifest)).standards
    assert (standards.meetings, standards.find_source("meetings")) == (10, None)
    assert (standards.clear, standards.find_source("clear")) == (0.5, "a study")


@pytest.mark.parametrize(
    ("change", "path"),
    [
        (
            {"indicators": {"coverage": {"measure": "density"}}},
            ("indicators", "coverage", "measure"),
        ),
        ({"goals": {"G": {"text": TEXT}}}, ("goals", "G", "text")),
        ({"claims": {"C": {"certainty": "site"}}}, ("claims", "C", "certainty")),
        ({"privacy": {"k": 4}}, ("privacy", "k")),
        ({"standards": {"answers": 14}}, ("standards", "answers")),
        ({"privacy": {"k": {"a": 1}}}, ("privacy", "k")),
        ({"framework": "other"}, ("framework",)),
        ({"goals_complete": True}, ("goals_complete",)),
        ({"vocabulary": {"reference_day": "10-01"}}, ("vocabulary", "reference_day")),
        (
            {"vocabulary": {"levels": {"resource_persons": {"minimum_members": 1}}}},
            ("vocabulary", "levels", "resource_persons", "minimum_members"),
        ),
        ({"indicators": {"coverage": 1}}, ("indicators", "coverage")),
        (
            {"vocabulary": {"roles": {"teacher": {"staff": False}}}},
            ("vocabulary", "roles", "teacher", "staff"),
        ),
        (
            {"indicators": {"coverage": {"target": {"value": 1.0, "source": "sure"}}}},
            ("indicators",),
        ),
    ],
)
def test_collisions_are_refused(
    profile: Profile, change: dict[str, Any], path: tuple[str, ...]
) -> None:
    """What something means cannot change, and thresholds do not fall; the error has the path."""
    with pytest.raises(DocumentError) as caught:
        Profile.from_document({**OWN, **change}, base=profile)
    assert caught.value.problems[0].path[: len(path)] == path


def test_it_needs_a_name_of_its_own(profile: Profile) -> None:
    """A profile that decides something is never taken for the one that it extends."""
    with pytest.raises(DocumentError, match="id: the required key 'id' is missing"):
        Profile.from_document({"schema_version": 1, "extends": "fake"}, base=profile)


def test_expectations_are_not_taken_over(manifest: dict[str, Any]) -> None:
    """What fails for now in one profile has to be said anew, with its reason, in another."""
    base = Profile.from_document({**manifest, "expected_failures": {"round_trip": "a reason"}})
    assert Profile.from_document(OWN, base=base).expected_failures == {}


def test_a_purpose_is_said_anew_text_by_text(manifest: dict[str, Any]) -> None:
    """A text replaces the whole text, in both languages; what is not said stays."""
    said = dict.fromkeys(("purpose", "audience", "limits"), TEXT)
    base = Profile.from_document({**manifest, "purpose": said})
    own = {**OWN, "purpose": {"discussed_on": "2026-11-12", "purpose": {"da": "Ny", "en": "New"}}}
    purpose = Profile.from_document(own, base=base).purpose
    assert purpose is not None
    assert (purpose.purpose.da, purpose.audience.da) == ("Ny", "Dansk tekst")
    assert purpose.discussed_on == "2026-11-12"
    with pytest.raises(DocumentError, match=r"purpose\.purpose\.en"):
        Profile.from_document({**OWN, "purpose": {"purpose": {"da": "Ny"}}}, base=base)


@given(profiles())
def test_extending_with_nothing_changes_only_the_name(profile: Profile) -> None:
    """Whatever the base holds, all of it is there; the strategy draws no expected failures."""
    own = Profile.from_document({**OWN, "id": profile.id}, base=profile)
    assert own == profile


def test_a_file_extends_an_installed_profile(install_distribution: Any, tmp_path: Path) -> None:
    """The base is found by its name, and its faults are told as its own."""
    code = """
from plfkit import Profile, hookimpl

@hookimpl
def plfkit_profile():
    label = {"da": "Falsk", "en": "Fake"}
    return Profile.from_document({"schema_version": 1, "id": "fake", "label": label})
"""
    install_distribution("plfkit-fake", code)
    install_distribution("plfkit-bad", "raise RuntimeError('boom')", profile="bad")
    file = tmp_path / "profile.toml"
    file.write_text('schema_version = 1\nid = "mine"\nextends = "fake"\n')
    assert load_profile(file).label["da"] == "Falsk"
    file.write_text('schema_version = 1\nid = "mine"\nextends = "bad"\n')
    with pytest.raises(
        DocumentError, match=r"line 3, extends: the profile 'bad' of plfkit-bad 1\.0"
    ):
        load_profile(file)
    file.write_text('schema_version = 1\nid = "mine"\nextends = "fake"\ngoal = 1\n')
    with pytest.raises(
        DocumentError, match=r"line 4, goal: unknown key 'goal', did you mean 'goals'"
    ):
        load_profile(file)


def test_profiles_that_extend_each_other_are_refused(
    install_distribution: Any, tmp_path: Path
) -> None:
    """A circle is told as one."""
    for name, other in (("one", "two"), ("two", "one")):
        file = tmp_path / f"{name}.toml"
        file.write_text(f'schema_version = 1\nid = "{name}"\nextends = "{other}"\n')
        code = f"""
from plfkit import hookimpl, load_profile

@hookimpl
def plfkit_profile():
    return load_profile({str(file)!r})
"""
        install_distribution(f"plfkit-{name}", code, profile=name)
    with pytest.raises(PluginError, match=r"(two → one → two|one → two → one)"):
        load_profile("one")
