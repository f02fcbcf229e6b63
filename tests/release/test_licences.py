"""Licences of what plfkit needs: what is permissive passes, and nothing else."""

from __future__ import annotations

from importlib.metadata import Distribution, PathDistribution
from pathlib import Path

import pytest
from release.licences import find_problems, is_permissive, list_dependencies, read_licence


@pytest.mark.parametrize(
    "licence",
    [
        *("MIT", "BSD-3-Clause AND 0BSD AND Zlib", "GPL-3.0-only OR MIT"),
        "BSD-2-Clause AND (Apache-2.0 WITH LLVM-exception)",
    ],
)
def test_permissive(licence: str) -> None:
    """Every part that binds at once is permissive, or one of those to choose from."""
    assert is_permissive(licence)


@pytest.mark.parametrize(
    "licence",
    [
        *("GPL-3.0-or-later", "LGPL-2.1-only", "MIT AND GPL-2.0-only", "MPL-2.0", "Proprietary"),
        *("BSD-3-Clause AND (MIT OR GPL-3.0-only) AND AGPL-3.0-only", "MIT AND", "BSD-like"),
    ],
)
def test_not_permissive(licence: str) -> None:
    """One part that binds is enough, and what is no SPDX expression is not guessed at."""
    assert not is_permissive(licence)


def make_distribution(folder: Path, *about: str) -> Distribution:
    """Write the metadata of a distribution, as an installer leaves it."""
    folder.mkdir(parents=True)
    lines = ["Metadata-Version: 2.4", "Name: made", "Version: 1.0", *about]
    (folder / "METADATA").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return PathDistribution(folder)


@pytest.mark.parametrize(
    ("about", "licence"),
    [
        (["License-Expression: MIT OR ISC", "License: else"], "MIT OR ISC"),
        (["Classifier: License :: OSI Approved :: BSD License"], "BSD-3-Clause"),
        (
            ["Classifier: License :: OSI Approved :: GNU General Public License (GPL)"],
            "GNU General Public License (GPL)",
        ),
        (["License: Apache-2.0"], "Apache-2.0"),
        ([], None),
    ],
)
def test_what_metadata_say(tmp_path: Path, about: list[str], licence: str | None) -> None:
    """The expression counts first, then classifiers, then the old free text."""
    assert read_licence(make_distribution(tmp_path / "made.dist-info", *about)) == licence


def test_problems_say_what_to_do(tmp_path: Path) -> None:
    """What binds, what says nothing and what is not installed are each told by name."""
    binding = make_distribution(tmp_path / "a.dist-info", "License-Expression: GPL-3.0-only")
    silent = make_distribution(tmp_path / "b.dist-info")
    found = list(find_problems({"binding": binding, "silent": silent, "absent": None}))
    assert [problem.split(":")[0] for problem in found] == ["binding", "silent", "absent"]
    assert "GPL-3.0-only is not among the permissive" in found[0]


def test_all_that_plfkit_needs_is_permissive() -> None:
    """With every extra, and with what those need in turn."""
    needed = list_dependencies(["plfkit[all]"])
    assert {"attrs", "scipy", "numba", "llvmlite", "hypothesis", "markupsafe"} <= set(needed)
    assert list(find_problems(needed)) == []


def test_an_extra_is_followed_only_where_it_is_asked_for() -> None:
    """Plfkit without extras needs no numba."""
    assert "numba" not in list_dependencies(["plfkit"])
