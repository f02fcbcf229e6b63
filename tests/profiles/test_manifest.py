"""The JSON Schema of profile.toml: what editors know is what loading knows."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from jsonschema import Draft202012Validator

from plfkit import Profile
from plfkit.profiles import manifest_schema
from plfkit.testing import profiles

VALIDATOR = Draft202012Validator(manifest_schema())


def test_it_is_a_schema() -> None:
    """It is valid itself, and every key of it that has a meaning says so."""
    Draft202012Validator.check_schema(VALIDATOR.schema)
    indicator = VALIDATOR.schema["$defs"]["Indicator"]
    assert indicator["required"] == ["label", "measure"]
    assert all("description" in entry for entry in indicator["properties"].values())


def test_installed_profiles_keep_it(root: Path) -> None:
    """Every profile.toml of the project is accepted."""
    files = [*root.glob("plugins/*/src/*/profile.toml"), root / "src/plfkit/profiles/generic.toml"]
    assert len(files) >= 4
    for file in files:
        VALIDATOR.validate(tomllib.loads(file.read_text(encoding="utf-8")))


@given(profiles())
def test_whatever_loads_is_accepted(profile: Profile) -> None:
    """The schema never complains of a profile that plfkit takes."""
    assert VALIDATOR.is_valid(json.loads(json.dumps(profile.to_document())))


@pytest.mark.parametrize(
    "change",
    [
        {"goal": {}},
        {"schema_version": 2},
        {"label": {"da": "x"}},
        {"privacy": {"k": "five"}},
        {"goals": {"G": {"label": {"da": "x", "en": "y"}}}},
        {
            "indicators": {
                "i": {"label": {"da": "x", "en": "y"}, "measure": "m", "direction": "sideways"}
            }
        },
        {"claims": {"c": {"text": {"da": "x", "en": "y"}, "certainty": "sure"}}},
        {"vocabulary": {"roles": {"Big Role": {}}}},
        {"vocabulary": {"role": {}}},
        {"vocabulary": {"roles": {"guide": {"level": "resource_persons"}}}},
        {"vocabulary": {"levels": {"administration": {"rank": 3}}}},
    ],
)
def test_what_it_refuses_is_refused_when_loaded(
    manifest: dict[str, Any], change: dict[str, Any]
) -> None:
    """Unknown keys, wrong types and unknown words are marked in the editor already."""
    from plfkit.errors import ProfileError

    assert not VALIDATOR.is_valid({**manifest, **change})
    with pytest.raises(ProfileError):
        Profile.from_document({**manifest, **change})


def test_a_profile_that_extends_another_may_be_short() -> None:
    """With extends a name is enough, and an entry may only decide a target."""
    target = {"value": 0.8, "source": "decided"}
    own = {"schema_version": 1, "id": "mine", "indicators": {"V1a": {"target": target}}}
    assert VALIDATOR.is_valid({**own, "extends": "vejle"})
    assert VALIDATOR.is_valid(
        {**own, "extends": "vejle", "purpose": {"discussed_on": "2026-11-12"}}
    )
    assert not VALIDATOR.is_valid(own)
