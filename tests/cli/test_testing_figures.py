"""The command line on tests: QAP, MRQAP, change, answers that could turn a figure, the catalogue."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from plfkit import inference, measures, read, snapshot
from plfkit.cli import main


def run(*arguments: str | Path) -> Result:
    """Run a command."""
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def document(*arguments: str | Path) -> Any:
    """Run a command that must succeed and read its JSON."""
    done = run(*arguments, "--format", "json")
    assert done.exit_code == 0, done.stderr
    return json.loads(done.stdout)


def test_qap_prints_what_the_function_gives(example: Path) -> None:
    """The figure, its p and its seed are those of the function, rounded by the gate."""
    given = ("--relation", "advice", "--against", "level", "--within", "school")
    printed = document("test", "qap", example, *given, "--draws", "100", "--seed", "7")
    now = snapshot(read(example), "2018/19")
    (figure,) = inference.qap(
        now, relation="advice", against="level", within="school", draws=100, seed=7
    )
    (row,) = printed["rows"]
    assert (printed["draws"], printed["seed"], printed["null"]) == (100, 7, "qap")
    assert row["figure"] == "correlation"
    assert row["value"] == pytest.approx(figure.value, rel=5e-3)
    assert row["p_value"] == pytest.approx(figure.p_value, rel=5e-3)


def test_workers_change_nothing(example: Path) -> None:
    """Two processes print the very bytes that one prints."""
    given = ("test", "qap", example, "--relation", "advice", "--against", "level")
    alone = run(*given, "--within", "school", "--draws", "100")
    shared = run(*given, "--within", "school", "--draws", "100", "--workers", "2")
    assert alone.exit_code == 0
    assert shared.stdout == alone.stdout


def test_mrqap_has_a_row_for_each_predictor(example: Path) -> None:
    """Intercept, predictors and the explained share are rows."""
    given = ("--relation", "advice", "--on", "level", "--on", "school", "--within", "school")
    printed = document("test", "mrqap", example, *given, "--draws", "50")
    names = [row["figure"] for row in printed["rows"]]
    assert names == ["intercept", "level", "school", "r_squared"]
    assert printed["rows"][0].get("p_value") is None
    assert 0 < printed["rows"][1]["p_value"] <= 1
    assert printed["variant"] == "double semi-partialling, robust t"


def test_mrqap_takes_what_people_are(example: Path) -> None:
    """Attributes stand behind a prefix, and the statistic is named."""
    on = ("--on", "sender:teacher", "--on", "difference:fte", "--within", "school")
    given = ("--relation", "advice", *on, "--statistic", "t", "--draws", "20")
    printed = document("test", "mrqap", example, *given)
    names = [row["figure"] for row in printed["rows"]]
    assert names == ["intercept", "sender:teacher", "difference:fte", "r_squared"]
    assert printed["variant"] == "double semi-partialling, plain t"


def test_change_of_the_example_municipality() -> None:
    """Without data it is about the example that fits the profile, and says so."""
    years = ("--from", "2017/18", "--to", "2018/19")
    given = ("--profile", "langeland", "--measure", "density", "--relation", "advice")
    done = run("test", "change", *given, *years, "--draws", "50")
    assert done.exit_code == 0
    assert "this is an example" in done.stderr
    assert "percentage points" in done.stdout


def test_change_between_the_wrong_years_is_refused(example: Path) -> None:
    """A year that the data tell nothing of is refused, with the years there are."""
    given = ("--measure", "density", "--relation", "advice")
    done = run("test", "change", example, *given, "--from", "1999/00", "--to", "2018/19")
    assert done.exit_code == 1
    assert "the data tell nothing of 1999/00" in done.stderr


def test_flips_never_leave_below_the_whole(example: Path) -> None:
    """The number of answers that could turn a school's figure is withheld."""
    given = ("--measure", "density", "--relation", "advice", "--target", "0.3")
    printed = document("test", "flips", example, *given, "--by", "school")
    assert {row["reason"] for row in printed["rows"]} == {"withheld"}


def test_unknown_relations_and_groups_are_misuse(example: Path) -> None:
    """A misspelt relation gets a suggestion and exit code 2."""
    done = run("test", "qap", example, "--relation", "advise", "--against", "level")
    assert done.exit_code == 2
    assert 'did you mean "advice"' in done.stderr


def test_the_catalogue_is_listed() -> None:
    """Every measure is there, with its nulls, in the language asked for."""
    names = [found["name"] for found in document("measures")["measures"]]
    assert names == [found.name for found in measures.CORE]
    known = {found["name"]: found for found in document("measures")["measures"]}
    assert known["reciprocity"]["nulls"] == ["size", "degrees"]
    assert known["density"]["interval"]
    assert known["ei_index"]["interval"]
    assert not known["brokerage"]["interval"]
    assert "missing" in known["density"]["arguments"]
    assert "Tæthed" in run("measures", "--lang", "da").stdout
    assert "Transitivity" in run("measures", "--lang", "en").stdout


def test_a_measure_with_interval_null_and_treatment(example: Path) -> None:
    """What is asked is computed, an interval told where the range is; a treatment advised against warns."""
    given = ("measure", "reciprocity", example, "--relation", "advice", "--draws", "60")
    printed = document(*given, "--interval", "--null", "size")
    (row,) = printed["rows"]
    assert (row["reason"], row.get("interval_lower")) == ("range_withheld", None)
    assert 0 < row["p_value"] <= 1
    assert set(printed["sentence"]) == {"da", "en"}
    done = run(*given, "--missing", "reconstruct")
    assert done.exit_code == 0
    assert "studies of missing network data advise against" in done.stderr
    assert "MissingDataWarning" not in done.stderr


def test_a_refused_option_says_why(example: Path) -> None:
    """An interval where none is valid ends with the reason."""
    done = run("measure", "betweenness", example, "--relation", "advice", "--interval")
    assert done.exit_code == 2
    assert "betweenness has no 95% interval: shortest paths" in done.stderr
