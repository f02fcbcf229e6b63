"""The template: filled in everywhere, of this version, and what the three municipalities are made of."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from plfkit.errors import ProfileError
from plfkit.starting import RECORD, answer_by_default, is_content, render_distribution
from plfkit.starting.answers import read_record
from plfkit.starting.templates import find_own_version, find_templates

MUNICIPALITIES = ("langeland", "middelfart", "vejle")
OWN_VERSION = 'version = "'
"""The one line of a file that is no content in which municipalities may differ from what is made anew."""


def read_common_files(folder: Path) -> dict[str, str]:
    """Return the files of a distribution that are no content."""
    paths = [path for path in folder.rglob("*") if path.is_file() and "cache" not in str(path)]
    names = {path.relative_to(folder).as_posix(): path for path in paths}
    return {n: p.read_text(encoding="utf-8") for n, p in names.items() if not is_content(n)}


def leave_out_version(text: str) -> list[str]:
    """Return the lines of a file without that of the version."""
    return [line for line in text.splitlines() if not line.startswith(OWN_VERSION)]


@pytest.mark.parametrize("name", MUNICIPALITIES)
def test_municipalities_differ_by_content(root: Path, name: str) -> None:
    """Made anew from its answers, each has the same files, but for its content and its own tests."""
    folder = root / "plugins" / f"plfkit-{name}"
    record = read_record(folder)
    made = render_distribution(record.answers, plfkit=record.plfkit)
    expected = {path: text for path, text in made.items() if not is_content(path)}
    found = read_common_files(folder)
    assert found.keys() - expected.keys() == {f"tests/test_{name}_content.py"}
    for path, text in expected.items():
        assert leave_out_version(found[path]) == leave_out_version(text), path


@pytest.mark.parametrize("name", MUNICIPALITIES)
def test_municipalities_have_every_content(root: Path, name: str) -> None:
    """Each has all that is made for an author to fill in, but for measures, which none needs."""
    folder = root / "plugins" / f"plfkit-{name}"
    made = render_distribution(read_record(folder).answers, plfkit="0.2")
    content = {Path(path) for path in made if is_content(path) and "measures.py" not in path}
    singles = {path for path in content if path.parent.name not in {"cases", "claims"}}
    assert all((folder / path).is_file() for path in singles)
    assert all(any((folder / path.parent).iterdir()) for path in content - singles)


def test_everything_is_filled_in() -> None:
    """No blank is left, in no file and no path, and each answer stands somewhere."""
    answers = answer_by_default(
        "aarhus_randers", danish="Dansk By", english="English Town", code="730", author="Some Body"
    )
    made = render_distribution(answers, plfkit="0.2")
    assert "src/plfkit_aarhus_randers/py.typed" in made
    assert not any("$" in path for path in made)
    left = {path for path, text in made.items() if "$" in text}
    assert left == {".github/workflows/tests.yml"}
    assert made[".github/workflows/tests.yml"].count("$") == 1  # its own blank, for each Python
    whole = "".join(text for path, text in made.items() if path != RECORD)
    assert all(said in whole for said in ("Dansk By", "English Town", '"730"', "Some Body"))


def test_bounds_follow_the_version() -> None:
    """A distribution goes with the plfkit that made it until one that may change what is public."""
    made = render_distribution(answer_by_default("randers"), plfkit="0.11")
    project = tomllib.loads(made["pyproject.toml"])["project"]
    (needed,) = map(Requirement, project["dependencies"])
    assert needed.specifier.contains("0.11.4")
    assert not needed.specifier.contains("0.12.0")
    assert not needed.specifier.contains("0.10.9")
    testing = map(Requirement, project["optional-dependencies"]["testing"])
    assert needed.specifier in {one.specifier for one in testing}


def test_there_is_a_template_for_this_plfkit(root: Path) -> None:
    """The newest template is not newer than the project, and an older plfkit had none."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"].startswith(f"{find_own_version()}.")
    assert max(find_templates()) <= find_own_version()
    with pytest.raises(ProfileError, match="had no template"):
        render_distribution(answer_by_default("randers"), plfkit="0.1")
