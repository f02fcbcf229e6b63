"""Commands on several processes print what they print on one."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from plfkit.cli import main


def run(*arguments: str | Path) -> str:
    """What a command prints."""
    done = CliRunner().invoke(main, [*map(str, arguments), "--lang", "en"])
    assert done.exit_code == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def towns(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two small examples."""
    folder = tmp_path_factory.mktemp("towns")
    for name, seed in (("town", "1"), ("island", "2")):
        run("demo", "--schools", "1", "--seed", seed, "--out", folder / name)
    return folder


def test_workers_change_nothing(towns: Path) -> None:
    """Municipalities beside each other have the same figures, whoever computes them."""
    given = ("compare", towns / "town", towns / "island", "--format", "json")
    assert run(*given, "--workers", "2") == run(*given)


def test_a_comparison_is_audited(towns: Path, tmp_path: Path) -> None:
    """Each municipality with its own staff list, which is called as its folder."""
    page = tmp_path / "compared.html"
    run("compare", towns / "town", towns / "island", "--out", page)
    staff = ("--staff", towns / "town", "--staff", towns / "island")
    assert run("audit", page, *staff).startswith("No leaks")
    done = CliRunner().invoke(main, ["audit", str(page), "--staff", str(towns / "town")])
    assert done.exit_code == 1
    assert "of several municipalities" in done.stderr
    elsewhere = tmp_path / "town"
    elsewhere.symlink_to(towns / "island")
    twice = ("--staff", str(towns / "town"), "--staff", str(elsewhere))
    done = CliRunner().invoke(main, ["audit", str(page), *twice, "--lang", "en"])
    assert (done.exit_code, "the same name" in done.stderr) == (2, True)
