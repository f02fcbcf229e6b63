"""A distribution that is made: whole, in its own folder, and sound from the first day."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from plfkit.errors import StoreError
from plfkit.starting import Answers, answer_by_default, start_distribution

RANDERS = answer_by_default("randers")


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """A distribution made without a question, installed as an installer would leave it."""
    folder = start_distribution(RANDERS, tmp_path / "plfkit-randers")
    project = tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    info = folder / "src/plfkit_randers-0.1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(
        f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {project['version']}\n"
        f"Summary: {project['description']}\nRequires-Dist: {project['dependencies'][0]}\n\n"
        + (folder / "README.md").read_text(encoding="utf-8"),
        encoding="utf-8",
    )
    entry = "".join(f"{n} = {m}\n" for n, m in project["entry-points"]["plfkit.profiles"].items())
    (info / "entry_points.txt").write_text(f"[plfkit.profiles]\n{entry}", encoding="utf-8")
    return folder


def run(folder: Path, *command: str) -> str:
    """Run Python in a distribution that is installed; it must end well."""
    known = {**os.environ, "PYTHONPATH": os.pathsep.join([str(folder / "src"), *sys.path])}
    done = subprocess.run(  # noqa: S603 - this very Python
        [sys.executable, *command],
        cwd=folder,
        env=known,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-4000:]
    return done.stdout


def assert_contract(folder: Path) -> None:
    """Hold that every check of the contract passes, and that none advises."""
    told = run(folder, "-m", "plfkit", "check-profile", "randers")
    assert re.search(r"^(\d+) checks of randers: \1 passed$", told, re.MULTILINE), told


def use_own_measure(folder: Path) -> None:
    """Do what measures.py says: take the marks away, give the measure to the profile, name it."""
    package = folder / "src/plfkit_randers"
    measures, hook = package / "measures.py", package / "__init__.py"
    lines = measures.read_text(encoding="utf-8").splitlines()
    shown = [
        line.removeprefix("#:").removeprefix(" ") if line[:2] == "#:" else line for line in lines
    ]
    measures.write_text("\n".join([*shown, ""]), encoding="utf-8")
    text = hook.read_text(encoding="utf-8").replace(
        "import ProfileContext\n",
        "import ProfileContext\n\n"
        "from plfkit_randers.measures import plfkit_measures as plfkit_measures\n",
    )
    hook.write_text(text, encoding="utf-8")


def test_it_passes_its_own_tests(made: Path) -> None:
    """The contract, its cases and its page hold at once, and nothing is advised."""
    told = run(made, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist")
    assert " passed" in told
    assert " failed" not in told
    assert_contract(made)


@pytest.mark.slow
def test_its_own_measure_works(made: Path) -> None:
    """The measure that is commented out keeps the contract once its marks are taken away."""
    use_own_measure(made)
    run(made, "-m", "ruff", "check", ".")
    run(made, "-m", "ruff", "format", "--check", ".")
    assert "charter_share" in run(made, "-m", "plfkit", "measures", "--profile", "randers")
    assert_contract(made)


LONG = answer_by_default("a" * 30, danish="Ærø’s – " + "y" * 52, english="St. John’s – " + "x" * 47)


@pytest.mark.parametrize("answers", [RANDERS, LONG])
def test_it_is_tidy(tmp_path: Path, answers: Answers) -> None:
    """The linter has nothing to say of what is made, by the rules that it brings, whatever its name."""
    made = start_distribution(answers, tmp_path / "made")
    run(made, "-m", "ruff", "check", ".")
    run(made, "-m", "ruff", "format", "--check", ".")


@pytest.mark.slow
def test_its_types_hold(made: Path) -> None:
    """The strictest rules hold of what is made, and of the measure that it shows."""
    run(made, "-m", "mypy")
    use_own_measure(made)
    run(made, "-m", "mypy")


def test_nothing_is_written_over(tmp_path: Path) -> None:
    """A folder in which something stands is refused, a file too, and they stay as they were."""
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine").write_text("mine")
    (tmp_path / "file").write_text("mine")
    for name in ("full", "file"):
        with pytest.raises(StoreError, match="exists"):
            start_distribution(RANDERS, tmp_path / name)
    with pytest.raises(StoreError, match="cannot be written"):
        start_distribution(RANDERS, tmp_path / "file" / "below")
    assert [path.name for path in sorted(tmp_path.rglob("*"))] == ["file", "full", "mine"]


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    """Whoever works in it stays in it, and may read it as any folder that one makes."""
    (tmp_path / "empty").mkdir()
    (tmp_path / "usual").mkdir()
    before = (tmp_path / "empty").stat().st_ino
    made = start_distribution(RANDERS, tmp_path / "empty")
    assert made.stat().st_ino == before
    assert made.stat().st_mode == (tmp_path / "usual").stat().st_mode
    assert sorted(path.name for path in tmp_path.iterdir()) == ["empty", "usual"]
