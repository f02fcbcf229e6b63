"""Say what still keeps this tree from being released; it changes nothing and publishes nothing.

python tests/release/readiness.py
"""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import yaml
from packaging.version import Version

ROOT = Path(__file__).parents[2]
HEADING = re.compile(r"^## (?P<version>\S+) \((?P<date>[^)]+)\)$", re.MULTILINE)


def main() -> int:
    """Print the version, then everything that is not ready."""
    problems = list(find_problems(ROOT))
    print(f"plfkit {read_version(ROOT)}: {'not ready' if problems else 'ready to be tagged'}")
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


def read_version(root: Path) -> str:
    """Return the version, of which `pyproject.toml` is the one place."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return str(project["version"])


def find_problems(root: Path) -> Iterator[str]:
    """Yield what is not ready in a tree, and what to do about it."""
    version = read_version(root)
    if Version(version).is_devrelease or Version(version).local:
        yield f"pyproject.toml: {version} is not a version to be released; name one that is"
    yield from check_tree(root, version)
    yield from check_changelog(root, version)
    yield from check_citation(root, version)


def check_tree(root: Path, version: str) -> Iterator[str]:
    """Yield what is not committed, and a tag that is there already."""
    if changed := _ask_git(root, "status", "--porcelain"):
        yield f"not committed: commit or stash\n{changed}"
    if _ask_git(root, "tag", "--list", f"v{version}"):
        yield f"v{version} is tagged already: raise the version in pyproject.toml"


def _ask_git(root: Path, *command: str) -> str:
    asked = ["git", "-C", str(root), *command]
    return subprocess.run(asked, check=True, capture_output=True, text=True).stdout.rstrip()  # noqa: S603 - no input from outside


def read_latest(root: Path) -> tuple[str, str]:
    """Return the version and the date, or the word in its place, of the changelog's first section."""
    found = HEADING.search((root / "CHANGELOG.md").read_text(encoding="utf-8"))
    return (found["version"], found["date"]) if found else ("", "")


def check_changelog(root: Path, version: str) -> Iterator[str]:
    """Yield what the changelog's first section lacks: this version, and its date."""
    named, date = read_latest(root)
    if named != version:
        yield f"CHANGELOG.md: the first section is of {named or 'no version'}, not of {version}"
    elif not re.fullmatch(r"\d{4}-\d\d-\d\d", date):
        yield f"CHANGELOG.md: {version} has no date; write it in place of ({date})"


def check_citation(root: Path, version: str) -> Iterator[str]:
    """Yield where whoever cites plfkit would name another version, or another day."""
    cited = yaml.safe_load((root / "CITATION.cff").read_text(encoding="utf-8"))
    if cited["version"] != version:
        yield f"CITATION.cff: names {cited['version']}, not {version}"
    day, (_, date) = str(cited.get("date-released", "unreleased")), read_latest(root)
    if day != date:
        yield f"CITATION.cff: date-released is {day}, and in CHANGELOG.md it is {date}"


if __name__ == "__main__":
    sys.exit(main())
