"""``plfkit draft``: a mapping on the screen or in a file, and what to do next."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from plfkit import Organisation, Person, write
from plfkit.cli import main

EXPORT = (
    "Navn,Mail,Hvem sparrer du med?\nEva Eg,eva@by.example,Bo B.\nBo Birk,bo@by.example,Eva Eg\n"
)


def run(*arguments: str | Path) -> Result:
    """Run the command in English."""
    return CliRunner().invoke(main, ["draft", "--lang", "en", *map(str, arguments)])


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """An export of two answers."""
    path = tmp_path / "svar.csv"
    path.write_text(EXPORT, encoding="utf-8")
    return path


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The two of them as data."""
    people = [Person("p1", "Eva Eg"), Person("p2", "Bo Birk")]
    return write(Organisation.of(persons=people), tmp_path / "data")


def test_printed(export: Path) -> None:
    """The mapping is all that is printed; beside it stands how many questions, and what comes next."""
    done = run(export)
    assert tomllib.loads(done.stdout)["take"][0]["kind"] == "network"
    command = f"plfkit import mapping.toml {export} --into staff --out new-data"
    assert command in done.stderr
    assert command in done.stdout
    assert "questions for you to answer: " in done.stderr


def test_written(export: Path, tmp_path: Path) -> None:
    """A file gets the same text but for its own name; one that is there is not written over."""
    out = tmp_path / "mapping.toml"
    assert run(export, "--out", out).stdout.strip() == str(out)
    text = out.read_text(encoding="utf-8")
    assert f"plfkit import {out} {export}" in text
    assert text.partition("schema_version")[2] == run(export).stdout.partition("schema_version")[2]
    out.write_text("mine", encoding="utf-8")
    assert run(export, "--out", out).exit_code == 1
    assert out.read_text(encoding="utf-8") == "mine"


def test_data_decide(export: Path, data: Path) -> None:
    """Data tell which of two columns says who answered; without them that is asked."""
    assert "person" not in tomllib.loads(run(export).stdout)["take"][0]["columns"]
    done = run(export, "--data", data)
    assert tomllib.loads(done.stdout)["take"][0]["columns"]["person"] == "Navn"
    assert f"--into {data}" in done.stderr


def test_profile_is_named(export: Path) -> None:
    """What is to be read with a profile's words is imported with it; a staff list needs no data before."""
    staff = export.with_name("staff.csv")
    staff.write_text("Init.;Stilling;Timer\nBB;Lærer;37\n", encoding="utf-8")
    done = run(staff, "--profile", "vejle")
    assert f"plfkit import mapping.toml {staff} --profile vejle --out staff\n" in done.stderr


def test_names_on_request(export: Path, data: Path) -> None:
    """Who is not found is named only if values were asked for."""
    assert "Bo B." not in run(export, "--data", data).stdout
    assert "Bo B. is not found" in run(export, "--data", data, "--show-values").stdout


def test_limits(export: Path) -> None:
    """How much is read can be said, as with every command that reads files."""
    done = run(export, "--limit", "columns=2")
    assert done.exit_code == 1
    assert "columns" in done.stderr


def test_no_table(tmp_path: Path) -> None:
    """What is neither text nor a workbook is refused with what to do."""
    path = tmp_path / "data.sav"
    path.write_bytes(b"\0\1\2")
    done = run(path)
    assert done.exit_code == 1
    assert "save the file as .xlsx" in done.stderr
