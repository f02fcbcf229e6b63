"""Publishing from the command line: ledgers, what is not told, refused questions, the audit of a page."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result


def run(*arguments: str | Path) -> Result:
    """Run a command."""
    from plfkit.cli import main

    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A made-up municipality of three schools."""
    place = tmp_path_factory.mktemp("data") / "town"
    done = run("demo", "--profile", "vejle", "--schools", "3", "--out", place)
    assert done.exit_code == 0, done.stderr
    return place


def measure_coverage(town: Path, *more: str | Path) -> Result:
    """Ask for the coverage of the municipality."""
    return run("measure", "membership_coverage", town, "--profile", "vejle", *more)


def test_alone(town: Path) -> None:
    """Without a ledger it is said that a publication was judged alone."""
    assert "judged alone" in measure_coverage(town).stderr


def test_with_a_ledger(town: Path, tmp_path: Path) -> None:
    """With one it is not; asked twice the same is printed, and the ledger lists what was told, once."""
    place = tmp_path / "ledger.json"
    first, second = (measure_coverage(town, "--ledger", place, "--format", "json") for _ in "ab")
    assert "judged alone" not in first.stderr
    assert json.loads(first.stdout)["publication"]["judged"] == "ledger"
    assert first.stdout == second.stdout
    listed = run("ledger", place, "--format", "json")
    (entry,) = json.loads(listed.stdout)["told"]
    assert entry["property"] == "membership_coverage basis=registered"
    assert "confidential" in listed.stderr
    assert "membership_coverage" in run("ledger", place).stdout


@pytest.fixture(scope="module")
def published(town: Path) -> Path:
    """A folder with a page and a document of the municipality's goals, and the ledger of each."""
    folder = town.parent
    wanted = ("--profile", "vejle", "--ledger")
    page = run("report", town, *wanted, folder / "of_page.json", "--out", folder / "page.html")
    goals = run("goals", town, *wanted, folder / "of_goals.json", "--format", "json")
    assert (page.exit_code, goals.exit_code) == (0, 0), page.stderr + goals.stderr
    (folder / "goals.json").write_text(goals.stdout, "utf-8")
    return folder


@pytest.mark.parametrize("ledger", ["of_page.json", "of_goals.json"])
def test_reports_have_ledgers(published: Path, ledger: str) -> None:
    """The commands that show a scorecard take a ledger too."""
    assert len(json.loads((published / ledger).read_text("utf-8"))["counts"]) > 10


def test_no_ledger_but_a_file(town: Path, tmp_path: Path) -> None:
    """A file that is no ledger is refused, and stays as it was."""
    place = tmp_path / "notes.txt"
    place.write_text("mine", "utf-8")
    done = measure_coverage(town, "--ledger", place)
    assert done.exit_code == 1
    assert "no ledger" in done.stderr
    assert place.read_text("utf-8") == "mine"


def test_thresholds_that_nobody_names(town: Path) -> None:
    """A threshold that neither the measure nor the profile names is refused with the reason."""
    asked: list[str | Path] = ["measure", "practice_participation", town, "--profile", "vejle"]
    kinds = ["--set", "kinds=dialogue_meeting,data_meeting", "--set"]
    assert run(*asked, *kinds, "at_least=5").exit_code == 0
    done = run(*asked, *kinds, "at_least=6")
    assert done.exit_code == 1
    assert "at_least is released only as" in done.stderr


def test_what_is_not_told(town: Path) -> None:
    """How many figures are not told, and why, stands beside them."""
    asked: list[str | Path] = ["measure", "qualification_share", town, "--profile", "vejle"]
    done = run(*asked, "--set", "kind=coach_training", "--by", "role")
    assert "because they are of few people" in done.stderr


@pytest.mark.parametrize("form", ["page.html", "goals.json"])
def test_audit(town: Path, published: Path, form: str) -> None:
    """The audit reads a page and a document, and finds nothing in what the gate lets out."""
    done = run("audit", published / form, "--staff", town, "--profile", "vejle", "--lang", "en")
    assert done.exit_code == 0, done.stdout


def test_audit_of_a_leak(town: Path, published: Path, tmp_path: Path) -> None:
    """A document that says that nobody of a level has something is found, and named in words."""
    document = json.loads((published / "goals.json").read_text("utf-8"))
    counts = [row for row in document["publication"]["figures"] if row["kind"] == "count"]
    level = next(row for row in counts if row.get("who", {}).get("of") == ["resource_persons"])
    level["surely"] = level["possibly"] = [0, 0]
    document["publication"]["figures"] = [level]
    place = tmp_path / "goals.json"
    place.write_text(json.dumps(document), "utf-8")
    done = run("audit", place, "--staff", town, "--profile", "vejle", "--lang", "en")
    assert done.exit_code == 1
    assert "resource persons" in done.stdout
