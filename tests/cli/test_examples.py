"""The example municipality on the command line: there without data, and never mistaken for any."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import plfkit
from plfkit.cli import main

NAME = {"da": "Eksempelkommune (med Vejles mål)", "en": "Example municipality (with Vejle's goals)"}


def run(*arguments: str | Path) -> Result:
    """Run a command that must succeed."""
    done = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert done.exit_code == 0, done.output
    return done


def test_example_without_data() -> None:
    """Check, goals and measure work at once, and say what they are about."""
    assert "No faults" in run("check", "--profile", "vejle").stdout
    goals = json.loads(run("goals", "--profile", "vejle", "--format", "json").stdout)
    assert (goals["example"], goals["title"]) == (True, NAME)
    verdicts = {indicator["verdict"] for goal in goals["goals"] for indicator in goal["indicators"]}
    assert not verdicts & {"met", "not_met"}
    asked = ("measure", "density", "--relation", "advice", "--profile", "vejle")
    assert NAME["en"] in run(*asked).stdout
    assert NAME["da"] in run(*asked, "--lang", "da").stdout
    figure = json.loads(run(*asked, "--format", "json").stdout)
    assert (figure["example"], figure["title"]) == (True, NAME["en"])


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_report_is_an_example_throughout(tmp_path: Path, language: str) -> None:
    """Its title and its picture say so; what was said about Vejle gets no state."""
    page = tmp_path / "page.html"
    run("report", "--profile", "vejle", "--lang", language, "--out", page)
    text = page.read_text(encoding="utf-8").replace("&#39;", "'")
    assert f"<b>{NAME[language]}</b>" in text
    picture = text[text.index("<svg") : text.index("</svg>")]
    assert {"da": "EKSEMPEL", "en": "EXAMPLE"}[language] in picture
    assert {"da": "Politisk niveau", "en": "Political level"}[language] not in text
    claims = text[text.index('<section id="claims">') :]
    claims = claims[: claims.index("</section>")]
    assert {"da": "Hvad der er sagt", "en": "What has been said"}[language] in claims
    assert {"da": "ikke op mod et eksempel", "en": "not held against an example"}[
        language
    ] in claims
    assert {"da": "ikke efterprøvet", "en": "not checked"}[language] not in claims


def test_the_demo_is_written_and_read_as_an_example(tmp_path: Path) -> None:
    """It has the schools that were asked for, every table, and its name in the data."""
    out = tmp_path / "demo"
    assert run("demo", "--profile", "vejle", "--out", out, "--schools", "2", "--seed", "5").stdout
    example = plfkit.read(out, profile=plfkit.load_profile("vejle"))
    assert example.synthetic
    assert example.title == plfkit.Label(**NAME)
    assert sum(unit.kind == "school" for unit in example.units) == 2
    assert all(len(table) for table in example.tables.values())
    vejle = plfkit.load_profile("vejle")
    assert example == plfkit.synthetic.municipality(vejle, schools=2, seed=5)
    assert "an example" in run("goals", out, "--profile", "vejle").stdout


def test_a_demo_replaces_a_demo_and_nothing_else(tmp_path: Path) -> None:
    """What somebody may need is left alone, and so is a template that is filled in."""
    demo, own = tmp_path / "demo", tmp_path / "own"
    for _ in range(2):
        run("demo", "--out", demo, "--schools", "1")
    own.mkdir()
    (own / "persons.csv").write_text("id\nreal\n")
    workbook = tmp_path / "skabelon.xlsx"
    run("template", "--out", workbook)
    for command in (
        ("demo", "--out", own),
        ("template", "--out", workbook),
        ("demo", "--out", workbook),
    ):
        done = CliRunner().invoke(main, [str(argument) for argument in command])
        assert done.exit_code == 1
        assert "exists: give another name" in done.stderr
    assert (own / "persons.csv").read_text() == "id\nreal\n"


def test_data_of_another_profile_are_told_of(tmp_path: Path) -> None:
    """Goals of one municipality on the data of another are a slip more often than not."""
    out = tmp_path / "demo"
    run("demo", "--profile", "langeland", "--out", out)
    assert "written for the profile langeland" in run("goals", out, "--profile", "vejle").stderr
    assert "written for" not in run("goals", out, "--profile", "langeland").stderr


@pytest.mark.parametrize("command", ["--schools=0", "--schools=9999", "--seed=-1"])
def test_an_impossible_example_is_refused(tmp_path: Path, command: str) -> None:
    """Too few or too many schools, and a seed that is none, end with a message."""
    done = CliRunner().invoke(main, ["demo", "--out", str(tmp_path / "demo"), command])
    assert done.exit_code in {1, 2}
    assert "Traceback" not in done.output
    assert not (tmp_path / "demo").exists()


def test_describe_and_schema_print() -> None:
    """In the language asked for, and schemas that are JSON."""
    assert run("describe", "langeland", "--lang", "da").stdout.startswith(
        "Profil: Langeland Kommune"
    )
    assert run("describe", "langeland", "--lang", "en").stdout.startswith("Profile: Langeland")
    assert json.loads(run("schema").stdout)["title"] == "A plfkit profile"
