"""What keeps a tree from being released is told, each by itself."""

from __future__ import annotations

import subprocess
from importlib.metadata import version
from pathlib import Path

import pytest
from release import readiness

import plfkit

FILES = {
    "pyproject.toml": '[project]\nname = "made"\nversion = "0.2.0"\n',
    "CHANGELOG.md": "# Changelog\n\n## 0.2.0 (2027-01-04)\n\n## 0.1.0 (2026-01-04)\n",
    "CITATION.cff": "version: 0.2.0\ndate-released: 2027-01-04\n",
}


def run_git(root: Path, *command: str) -> None:
    """Run git as somebody whom no configuration of the machine changes."""
    who = ("-c", "user.name=Nobody", "-c", "user.email=nobody@example.org")
    command = ("git", "-C", str(root), *who, *command)
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - no input from outside


@pytest.fixture
def ready(tmp_path: Path) -> Path:
    """A tree that lacks nothing."""
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    run_git(tmp_path, "init", "-q")
    run_git(tmp_path, "add", ".")
    run_git(tmp_path, "commit", "-qm", "All there is")
    return tmp_path


def test_a_tree_that_is_ready(ready: Path) -> None:
    """Nothing is told where nothing is lacking."""
    assert list(readiness.find_problems(ready)) == []


@pytest.mark.parametrize(
    ("name", "before", "after", "told"),
    [
        ("CHANGELOG.md", "2027-01-04", "unreleased", "0.2.0 has no date"),
        ("CHANGELOG.md", "## 0.2.0", "## 0.1.9", "the first section is of 0.1.9, not of 0.2.0"),
        ("CITATION.cff", "2027-01-04", "2027-01-05", "in CHANGELOG.md it is 2027-01-04"),
        ("CITATION.cff", "version: 0.2.0", "version: 0.1.0", "names 0.1.0, not 0.2.0"),
        ("CITATION.cff", "date-released: 2027-01-04", "", "date-released is unreleased"),
        ("pyproject.toml", "0.2.0", "0.2.0.dev1", "not a version to be released"),
    ],
)
def test_what_is_lacking(ready: Path, name: str, before: str, after: str, told: str) -> None:
    """Each file that says something else is named with what to do."""
    path = ready / name
    path.write_text(path.read_text(encoding="utf-8").replace(before, after), encoding="utf-8")
    run_git(ready, "commit", "-qam", "Changed")
    assert any(
        problem.startswith(name) and told in problem for problem in readiness.find_problems(ready)
    )


def test_what_is_not_committed(ready: Path) -> None:
    """A file that git does not know would be in no tag."""
    (ready / "stray.txt").touch()
    (problem,) = readiness.find_problems(ready)
    assert "stray.txt" in problem


def test_a_version_is_tagged_once(ready: Path) -> None:
    """A tag that is there is not moved."""
    run_git(ready, "tag", "v0.2.0")
    (problem,) = readiness.find_problems(ready)
    assert "tagged already" in problem


def test_the_version_stands_in_one_place(root: Path) -> None:
    """What must repeat it says the same: how to cite, and the changelog's first section."""
    number = readiness.read_version(root)
    assert list(readiness.check_citation(root, number)) == []
    assert readiness.read_latest(root)[0] == number


def test_plfkit_says_its_version() -> None:
    """`plfkit.__version__` is what the installed distribution says, and is kept nowhere else."""
    assert plfkit.__version__ == version("plfkit")
    assert "__version__" not in vars(plfkit)
