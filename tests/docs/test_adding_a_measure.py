"""Whoever adds a measure as the page says, to the letter, has it pass at the first run."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

MEASURE_PAGE = "docs/howto/add-a-measure.md"
PROFILE_PAGE = "docs/howto/add-a-municipality.md"
TREE = (
    "src/plfkit",
    "tests",
    "docs",
    "conftest.py",
    "pyproject.toml",
    "README.md",
    "CONTRIBUTING.md",
)
EVERY_MEASURE = (
    *(f"tests/measures/engine/test_{name}.py" for name in ("calls", "catalogue", "columns")),
    *("tests/measures/engine/test_holding.py", "tests/measures/engine/test_missing.py"),
    *("tests/measures/test_any_moment.py", "tests/measures/logs/test_logs_with_gaps.py"),
    "tests/measures/ties/test_peers.py::test_number_of_comparisons",
    *("tests/graph/test_surveys.py", "tests/model/results/test_saying.py"),
    "tests/docs/test_documentation.py",
)
"""Tests that look at all measures that there are."""

ABOUT_NEW_ONES = (
    "charter or one_sided or every_measure_speaks or every_measure_command or fresh or comparisons"
)


def read_blocks(page: Path, language: str) -> list[str]:
    """Return the code blocks of a page."""
    return re.findall(
        rf"^```{language}\n(.*?)^```", page.read_text("utf-8"), re.DOTALL | re.MULTILINE
    )


def read_modules(page: Path) -> Iterator[tuple[str, str]]:
    """Yield the modules of a page, each with the path that its first line says."""
    for block in read_blocks(page, "python"):
        first, _, code = block.partition("\n")
        if first.startswith("# src/"):
            yield first.removeprefix("# "), code


def apply_change(tree: Path, block: str) -> None:
    """Add the lines of a change after those that stand before them."""
    first, _, hunks = block.partition("\n")
    path = tree / first.removeprefix("--- ")
    text = path.read_text("utf-8")
    for hunk in hunks.split("@@\n"):
        lines = hunk.splitlines(keepends=True)
        before = "".join(line[1:] for line in lines if line.startswith(" "))
        assert text.count(before) == 1, before
        text = text.replace(before, "".join(line[1:] for line in lines))
    path.write_text(text, "utf-8")


def run(*command: str, here: Path, path: Path) -> subprocess.CompletedProcess[str]:
    """Run Python elsewhere, with what stands there."""
    known = {**os.environ, "PYTHONPATH": os.pathsep.join([str(path), *sys.path])}
    return subprocess.run(  # noqa: S603 - this very Python
        [sys.executable, *command], cwd=here, env=known, capture_output=True, text=True, check=False
    )


def test_a_measure_of_the_core(root: Path, tmp_path: Path) -> None:
    """In a copy of the package pages, examples and all tests that look at every measure pass."""
    for name in TREE:
        source, target = root / name, tmp_path / name
        target.parent.mkdir(exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("_build"))
        else:
            shutil.copy(source, target)
    modules = {path: code for path, code in read_modules(root / MEASURE_PAGE) if "plfkit/" in path}
    assert len(modules) == 2
    for path, code in modules.items():
        (tmp_path / path).write_text(code, "utf-8")
    for block in read_blocks(root / MEASURE_PAGE, "diff"):
        apply_change(tmp_path, block)
    missing = [test for test in EVERY_MEASURE if not (root / test.partition("::")[0]).is_file()]
    assert not missing, f"EVERY_MEASURE names tests that are not there: {missing}"
    generated = run("docs/generate.py", here=tmp_path, path=tmp_path / "src")
    assert generated.returncode == 0, generated.stderr
    options = ("-q", "-n", "0", "-p", "no:cacheprovider", "--hypothesis-profile=quick")
    chosen = (*EVERY_MEASURE, *modules, "-k", ABOUT_NEW_ONES)
    tests = run("-m", "pytest", *options, *chosen, here=tmp_path, path=tmp_path / "src")
    assert tests.returncode == 0, tests.stdout[-4000:]


def test_a_measure_of_a_plug_in(root: Path, tmp_path: Path) -> None:
    """The municipality of the one page with the measure of the other keeps the contract."""
    [(path, code)] = [(p, c) for p, c in read_modules(root / MEASURE_PAGE) if "plfkit/" not in p]
    package = tmp_path / Path(path).relative_to("src").parent
    package.mkdir()
    (package / "__init__.py").write_text(code, "utf-8")
    (package / "profile.toml").write_text(read_blocks(root / PROFILE_PAGE, "toml")[0], "utf-8")
    info = tmp_path / "plfkit_randers-0.1.0.dist-info"
    info.mkdir()
    about = "Metadata-Version: 2.1\nName: plfkit-randers\nVersion: 0.1.0\nSummary: Of Randers.\n"
    (info / "METADATA").write_text(f"{about}\nThe profile of Randers.\n", "utf-8")
    (info / "entry_points.txt").write_text("[plfkit.profiles]\nranders = plfkit_randers\n", "utf-8")
    checked = run("-m", "plfkit.cli", "check-profile", "randers", here=tmp_path, path=tmp_path)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert "22 checks of randers: 22 passed" in checked.stdout
