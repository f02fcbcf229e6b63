"""The workflow, the script and the sessions speak of the same things."""

from __future__ import annotations

import re
import runpy
import tomllib
from pathlib import Path
from typing import Any

import nox.registry
import pytest
import yaml

ROOT = Path(__file__).parents[2]


@pytest.fixture
def workflow(root: Path) -> dict[str, Any]:
    """The workflow that runs the tests."""
    return dict(yaml.safe_load((root / ".github/workflows/tests.yml").read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def sessions() -> set[str]:
    """The names of the sessions that nox knows."""
    runpy.run_path(str(ROOT / "noxfile.py"))
    return {*nox.registry.get()}


def test_pythons_are_those_of_the_classifiers(root: Path, workflow: dict[str, Any]) -> None:
    """Each Python that is claimed is run, no other, and the oldest is the one that is required."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    named = re.findall(r"Programming Language :: Python :: (3\.\d+)", str(project["classifiers"]))
    assert workflow["jobs"]["tests"]["strategy"]["matrix"]["python"] == named
    assert project["requires-python"] == f">={named[0]}"


def test_what_is_run_are_sessions(root: Path, workflow: dict[str, Any], sessions: set[str]) -> None:
    """The workflow and the script name sessions that there are; dependencies are old and new."""
    steps = [step for job in workflow["jobs"].values() for step in job["steps"]]
    runs = [step["run"] for step in steps if "run" in step]
    runs += (root / ".ci/run").read_text(encoding="utf-8").splitlines()
    called = [call for run in runs for call in re.findall(r"nox -s ((?:[a-z]+ ?)+)", run)]
    named = {name for call in called for name in call.split()}
    both = workflow["jobs"]["dependencies"]["strategy"]["matrix"]["session"]
    assert both == ["lowest", "newest"]
    assert {"lint", "types", "rooms", "files", "licences", "tests", "wheels"} <= named
    assert named | set(both) <= sessions


def test_sessions_are_listed_for_contributors(root: Path, sessions: set[str]) -> None:
    """Each check has its line in the page that contributors read."""
    page = (root / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert set(re.findall(r"nox -s (\w+)", page)) == sessions


def test_hooks_are_checks_of_the_environment(root: Path) -> None:
    """What runs before a commit is fetched from nowhere, and is what the sessions run."""
    hooks = yaml.safe_load((root / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    assert [repo["repo"] for repo in hooks["repos"]] == ["local"]
    assert {hook["language"] for hook in hooks["repos"][0]["hooks"]} == {"system"}
