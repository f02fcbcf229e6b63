"""A fourth municipality, from profile.toml alone: the file that the how-to page prints."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

import plfkit
from plfkit.cli import main
from plfkit.testing import CHECKS, check_profile


@pytest.fixture
def randers(root: Path, tmp_path: Path) -> Path:
    """The profile of Randers that the page on adding a municipality begins with."""
    page = (root / "docs/howto/add-a-municipality.md").read_text(encoding="utf-8")
    printed = re.search(r"```toml\n(.*?)```", page, re.DOTALL)
    assert printed is not None
    file = tmp_path / "profile.toml"
    file.write_text(printed[1], encoding="utf-8")
    return file


def test_it_keeps_the_contract(randers: Path) -> None:
    """Every check that a file can keep is run and passes."""
    assert check_profile(randers).run == len(CHECKS) - 1


def test_its_words_and_goals_are_used(randers: Path) -> None:
    """Its own role counts as a resource person, its title means teacher, its mark stays proposed."""
    profile = plfkit.load_profile(randers)
    example = plfkit.synthetic.municipality(profile, schools=3)
    roles = set(example.positions.column("role").categories)
    assert "learning_guide" in roles
    assert profile.vocabulary.resolve("roles", "Underviser") == "teacher"
    card = plfkit.assess(example, profile)
    assert [goal.verdict for goal in card.goals] == ["no_decided_target"]
    assert card.title == plfkit.Label(
        "Eksempelkommune (med Randers' mål)", "Example municipality (with Randers's goals)"
    )


@pytest.mark.parametrize("language", ["da", "en"])
def test_it_has_a_page_and_a_description(randers: Path, language: str, tmp_path: Path) -> None:
    """Without data and without code, both are in Danish and English, and the page is an example's."""
    page = tmp_path / "page.html"
    options = ["--profile", str(randers), "--lang", language, "--out", str(page)]
    assert CliRunner().invoke(main, ["report", *options]).exit_code == 0
    text = page.read_text(encoding="utf-8")
    goal = {
        "da": "Alle medarbejdere er med i et fællesskab.",
        "en": "All staff are in a community.",
    }
    assert goal[language] in text
    assert {"da": "Eksempelkommune", "en": "Example municipality"}[language] in text
    described = CliRunner().invoke(main, ["describe", str(randers), "--lang", language])
    assert goal[language] in described.stdout


def test_a_municipality_can_decide_a_target(tmp_path: Path) -> None:
    """A profile that extends an installed one decides, and only then is a goal met or not."""
    own = tmp_path / "decided" / "profile.toml"
    own.parent.mkdir()
    own.write_text(
        'schema_version = 1\nid = "vejle_2027"\nextends = "vejle"\n'
        '[indicators.V1b]\ntarget = { value = 0.1, source = "decided" }\n',
        encoding="utf-8",
    )
    profile = plfkit.load_profile(own)
    card = plfkit.assess(plfkit.synthetic.municipality(profile, schools=3), profile)
    assert {goal.id: goal.verdict for goal in card.goals} == {
        "V1": "met",
        "V2": "no_decided_target",
    }
