"""Profiles: strict documents, and distributions that offer them."""

from __future__ import annotations

import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest

from plfkit import Profile, available_profiles, load_profile
from plfkit.errors import (
    DuplicateProfileError,
    IncompatibleProfileError,
    PlfkitError,
    ProfileError,
    UnknownProfileError,
)


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
        ({"label": {"da": "x"}}, r"'en' is missing @ profile.toml.label"),
        ({"label": {"da": "x", "en": "\ud800"}}, "surrogates not allowed"),
        ({"privacy": {"k": 2}}, "3 at the very least"),
        ({"privacy": {"k": 20}}, "at least 20 people"),
        ({"id": "Big Town"}, "lower-case"),
        (
            {"claims": {"c": {"text": {"da": "x", "en": "x"}, "certainty": "sure"}}},
            "certainty is one of",
        ),
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
            "belongs to the goal 'H'",
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
def test_documents_that_say_something_wrong_are_refused(
    manifest: dict[str, Any], change: dict[str, Any], message: str
) -> None:
    """Unknown keys, missing languages and contradictions are refused with their path."""
    with pytest.raises(ProfileError, match=message):
        Profile.from_document({**manifest, **change})


def test_a_newer_format_asks_for_an_upgrade(manifest: dict[str, Any]) -> None:
    """A profile of a later format is not half understood."""
    with pytest.raises(IncompatibleProfileError, match="upgrade plfkit"):
        Profile.from_document({**manifest, "schema_version": 2})


def test_a_file_that_is_no_toml_is_refused_with_its_line(tmp_path: Path) -> None:
    """The message has the file and the line; a missing file is named."""
    path = tmp_path / "profile.toml"
    path.write_text("id = \n")
    with pytest.raises(ProfileError, match=r"profile\.toml is no valid TOML.*line 1"):
        load_profile(str(path))
    with pytest.raises(ProfileError, match="cannot be read"):
        load_profile(str(tmp_path / "other.toml"))


def test_the_built_in_profile_has_figures_and_no_goals() -> None:
    """The generic profile describes, sets no target and names no purpose."""
    generic = load_profile("generic")
    assert not generic.goals
    assert generic.purpose is None
    assert len(generic.indicators) == 6
    assert all(indicator.target is None for indicator in generic.indicators.values())


def install(folder: Path, name: str, module: str, code: str, profile: str = "fake") -> None:
    """Put a fake distribution on disk, as an installer would leave it."""
    (folder / f"{module}.py").write_text(code)
    info = folder / f"{name.replace('-', '_')}-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(f"[plfkit.profiles]\n{profile} = {module}\n")


HOOK = """
from plfkit import Profile, hookimpl
@hookimpl
def plfkit_profile():
    label = {"da": "Falsk", "en": "Fake"}
    return Profile.from_document({"schema_version": 1, "id": "fake", "label": label})
"""


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of installed distributions."""
    monkeypatch.syspath_prepend(str(tmp_path))
    return tmp_path


def test_a_distribution_offers_its_profile_by_a_hook(site: Path) -> None:
    """It is listed with its version without being imported, and loaded by name."""
    install(site, "plfkit-fake", "fake_profile_good", HOOK)
    (listed,) = [info for info in available_profiles() if info.id == "fake"]
    assert (listed.distribution, listed.version) == ("plfkit-fake", "1.0")
    assert "fake_profile_good" not in sys.modules
    assert load_profile("fake").label["da"] == "Falsk"


@pytest.mark.parametrize(
    ("module", "code", "message"),
    [
        ("fake_raising", "raise RuntimeError('boom')", "RuntimeError: boom"),
        ("fake_exiting", "import sys; sys.exit(3)", "SystemExit"),
        ("fake_misspelt", HOOK.replace("def plfkit_profile", "def plfkit_profil"), "plfkit_profil"),
        ("fake_silent", "", "not nothing"),
        ("fake_wrong", HOOK.replace("return Profile", "return str or Profile"), "not type"),
        ("fake_other_name", HOOK.replace('"id": "fake"', '"id": "other"'), "calls itself 'other'"),
        ("fake_arguments", HOOK.replace("plfkit_profile()", "plfkit_profile(extra)"), "extra"),
    ],
)
def test_a_broken_distribution_is_named_with_version_and_reason(
    site: Path, module: str, code: str, message: str
) -> None:
    """Whatever a plug-in does wrong, the error is ours and says whose fault it is."""
    install(site, "plfkit-fake", module, code)
    with pytest.raises(ProfileError, match=message) as caught:
        load_profile("fake")
    assert "plfkit-fake 1.0" in str(caught.value)
    assert load_profile("generic").id == "generic"


def test_two_distributions_with_one_name_are_both_refused(site: Path) -> None:
    """Neither claimant is trusted, and both are named."""
    install(site, "plfkit-fake", "fake_one", HOOK)
    install(site, "plfkit-impostor", "fake_two", HOOK)
    with pytest.raises(DuplicateProfileError, match="plfkit-fake, plfkit-impostor"):
        load_profile("fake")


def test_an_unknown_name_gets_a_suggestion() -> None:
    """A misspelt profile is refused with the nearest one."""
    with pytest.raises(UnknownProfileError, match='did you mean "generic"'):
        load_profile("genric")


def test_generic_is_listed_with_plfkits_version() -> None:
    """The built-in profile is listed like any other."""
    (info,) = [info for info in available_profiles() if info.id == "generic"]
    assert (info.distribution, info.version) == ("plfkit", version("plfkit"))


def test_every_error_is_ours() -> None:
    """One class catches them all."""
    assert issubclass(DuplicateProfileError, PlfkitError)
