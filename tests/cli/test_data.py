"""The command line on workbooks, exports and templates."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import xlsxwriter
from attrs import asdict
from click.testing import CliRunner, Result

from plfkit import Limits, Organisation, Person, Unit, read, write
from plfkit.cli import main
from plfkit.cli.options import Data
from plfkit.errors import Fault, LimitError, Place
from plfkit.sources.formats import TABLE_FORMATS


def run(*arguments: str | Path) -> Result:
    """Run a command."""
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


USUAL = asdict(Limits())
DANISH = ("--encoding", "cp1252", "--delimiter", ";", "--decimal", ",", "--dates", "day-first")


def test_a_workbook_gives_what_the_folder_gives(example: Path, tmp_path: Path) -> None:
    """Every command that takes data prints the same for both."""
    book = write(read(example), tmp_path / "book.xlsx")
    for arguments in (
        ("check",),
        ("measure", "density", "--relation", "advice", "--format", "json"),
        ("goals", "--format", "json"),
    ):
        command, *options = arguments
        name = [options.pop(0)] if command == "measure" else []
        folder, sheet = (run(command, *name, data, *options) for data in (example, book))
        assert folder.exit_code == sheet.exit_code == 0, sheet.stderr
        assert folder.stdout == sheet.stdout


def test_a_danish_export_is_declared(root: Path) -> None:
    """Declared it has no fault; undeclared, each fault has the option that is missing."""
    export = root / "docs/examples/danish_export"
    assert run("check", export, *DANISH).exit_code == 0
    for number, word in (
        (0, "cp1252"),
        (2, "--delimiter ';'"),
        (4, "--decimal ,"),
        (6, "day-first"),
    ):
        undeclared = run("check", export, *DANISH[:number], *DANISH[number + 2 :])
        assert undeclared.exit_code == 1
        assert word in undeclared.stdout, undeclared.stdout


def test_a_tab_can_be_declared(tmp_path: Path) -> None:
    r"""A shell can hardly type a tab: ``\t`` says it."""
    (tmp_path / "persons.csv").write_text("id\tname\na\tAda\n")
    assert "--delimiter '\\t'" in run("check", tmp_path).stdout
    assert run("check", tmp_path, "--delimiter", "\\t").exit_code == 0


@pytest.mark.parametrize(
    "options",
    [("--encoding", "klingon"), ("--delimiter", "|"), ("--decimal", ";"), ("--dates", "x")],
)
def test_declarations_that_say_nothing_are_refused(example: Path, options: tuple[str, str]) -> None:
    """A wrong declaration ends with a message and no traceback."""
    done = run("check", example, *options)
    assert done.exit_code in {1, 2}
    assert options[0].removeprefix("--") in done.output
    assert isinstance(done.exception, SystemExit)


def test_last_days_can_be_declared(tmp_path: Path) -> None:
    """Check tells of ends that look like last days, with the option that declares them."""
    rows = "".join(f"p{number},2019-07-31\n" for number in range(4))
    (tmp_path / "persons.csv").write_text(f"id,valid_to\n{rows}")
    done = run("check", tmp_path)
    assert done.exit_code == 0
    assert "--ends last-day [last_days]" in done.stdout
    assert "last_days" not in run("check", tmp_path, "--ends", "last-day").stdout


def test_every_limit_can_be_raised(tmp_path: Path) -> None:
    """The fault names the option; several limits can be raised at once, for the export too."""
    (tmp_path / "persons.csv").write_text("id\n" + "".join(f"p{n}\n" for n in range(9)))
    done = run("check", tmp_path, "--limit", "rows=5")
    assert "--limit rows=" in done.stdout
    assert run("check", tmp_path, "--limit", "rows=9", "--limit", "columns=1").exit_code == 0
    (tmp_path / "m.toml").write_text(
        'respondent = "id"\nnames = "n*"\n[survey]\nid = "s"\nrelation = "advice"\n'
    )
    export = tmp_path / "export.txt"
    export.write_text("id,n1,n2\np1,p2,p3\n")
    survey = ("add-survey", tmp_path, export, "--mapping", tmp_path / "m.toml")
    tight = run(*survey, "--out", tmp_path / "out", "--limit", "columns=2")
    assert tight.exit_code == 1
    assert "--limit columns=" in tight.stderr
    wide = run(*survey, "--out", tmp_path / "out", "--limit", "columns=3")
    assert wide.exit_code == 0, wide.stderr


@pytest.mark.parametrize("limit", ["rows", "rows=", "rows=many", "rows=-1", "sheets=3", "=3"])
def test_limits_that_say_nothing_are_refused(example: Path, limit: str) -> None:
    """The limits that there are are listed."""
    done = run("check", example, "--limit", limit)
    assert done.exit_code == 2
    assert isinstance(done.exception, SystemExit)


def test_a_workbook_beyond_the_usual_limits_is_read(
    example: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever else looks into it, for its language or its profile, follows the raised limits."""
    book = write(read(example), tmp_path / "book.xlsx")
    monkeypatch.setattr(Limits.__init__, "__kwdefaults__", {**USUAL, "cells": 10})
    for command in ("check", "goals"):
        assert run(command, book).exit_code == 1
        assert run(command, book, "--limit", "cells=100000").exit_code == 0


def test_check_groups_faults_and_json_lists_each(tmp_path: Path) -> None:
    """Thirty cells with one fault are one line of text and thirty entries of JSON."""
    rows = "".join(f"p{n},yesterday\n" for n in range(30))
    (tmp_path / "persons.csv").write_text(f"id,valid_from\n{rows}")
    lines = run("check", tmp_path).stdout.splitlines()
    assert lines[0].startswith("persons.csv, rows 2–31, column valid_from")
    assert lines[-1] == "30 faults in 1 file or sheet. Row 1 is the header."
    assert len(json.loads(run("check", tmp_path, "--format", "json").stdout)["faults"]) == 30


def test_json_names_the_sheet(tmp_path: Path) -> None:
    """In a workbook the file of a fault is its sheet."""
    book = xlsxwriter.Workbook(tmp_path / "book.xlsx")
    book.add_worksheet("persons").write_column(0, 0, ["id", "a", "a"])
    book.close()
    done = run("check", tmp_path / "book.xlsx", "--format", "json")
    assert done.exit_code == 1
    (fault,) = json.loads(done.stdout)["faults"]
    assert (fault["file"], fault["row"], fault["column"]) == ("persons", 3, "id")


def test_what_is_too_large_is_a_fault_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A limit is told of like any fault, in text and in JSON."""

    def read_too_much(_: Data, __: object) -> None:
        raise LimitError(Fault("limit", Place("persons.csv"), "too many rows"))

    monkeypatch.setattr(Data, "read", read_too_much)
    assert "too many rows [limit]" in run("check", tmp_path).stdout
    found = json.loads(run("check", tmp_path, "--format", "json").stdout)
    assert [fault["code"] for fault in found["faults"]] == ["limit"]


@pytest.mark.parametrize("language", ["da", "en"])
def test_a_template_is_written_and_checked(tmp_path: Path, language: str) -> None:
    """What the command prints is the next command, and it finds no fault."""
    out = tmp_path / "t.xlsx"
    done = run("template", "--out", out, "--lang", language)
    assert done.stdout.split() == ["plfkit", "check", str(out)]
    sound = {"da": "Ingen fejl.", "en": "No faults."}[language]
    assert run("check", out).stdout.startswith(sound)
    assert run("goals", out).exit_code == 0


def test_a_template_ends_in_xlsx(tmp_path: Path) -> None:
    """Another name is misuse."""
    assert run("template", "--out", tmp_path / "t.csv").exit_code == 2


def test_a_survey_is_added(root: Path, tmp_path: Path) -> None:
    """The whole is written as a folder or a workbook, and both read back the same."""
    example = root / "docs/examples/example_municipality"
    survey = root / "docs/examples/survey_export"
    written = []
    for name in ("folder", "book.xlsx"):
        done = run(
            *("add-survey", example, survey / "svar.csv"),
            *("--mapping", survey / "mapping.toml", "--out", tmp_path / name),
        )
        assert done.exit_code == 0, done.stderr
        assert "3 people were asked" in done.stderr
        written.append(read(tmp_path / name))
    assert written[0] == written[1]
    assert len(written[0].surveys) == 2


def test_a_mapping_with_a_slip_is_refused(root: Path, tmp_path: Path) -> None:
    """The message has the key and what was meant; nothing is written."""
    (tmp_path / "m.toml").write_text('respondant = "x"\n')
    survey = root / "docs/examples/survey_export/svar.csv"
    done = run(
        *("add-survey", root / "docs/examples/example_municipality", survey),
        *("--mapping", tmp_path / "m.toml", "--out", tmp_path / "out"),
    )
    assert done.exit_code == 1
    assert "did you mean 'respondent'" in done.stderr
    assert not (tmp_path / "out").exists()


def test_letters_that_a_terminal_lacks_do_no_harm(tmp_path: Path) -> None:
    """A pipe in Windows' encoding gets the number of an arrow, not an error."""
    units = [Unit("a", "school", parent="b"), Unit("b", "school")]
    write(Organisation.of(persons=[Person("p")], units=units), tmp_path)
    text = (tmp_path / "units.csv").read_text().replace("b,school,,,", "b,school,,a,")
    (tmp_path / "units.csv").write_text(text)
    done = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-m", "plfkit.cli", "check", tmp_path],
        capture_output=True,
        check=False,
        env={"PYTHONIOENCODING": "cp1252"},
    )
    assert b"a \\u2192 b \\u2192 a" in done.stdout
    assert done.returncode == 1


@pytest.mark.parametrize("form", [form.name for form in TABLE_FORMATS])
def test_data_are_written_in_any_format(example: Path, tmp_path: Path, form: str) -> None:
    """A folder is what --format says, and reads back as the same data."""
    written = tmp_path / "fewer"
    done = run("exclude", example, "--person", "ek-029", "--out", written, "--format", form)
    assert done.exit_code == 0, done.stderr
    assert {file.suffix for file in written.iterdir()} == {f".{form}", ".json"}
    assert read(written) == read(example).without("ek-029")


@pytest.mark.parametrize(
    ("out", "form", "word"),
    [("data", "ods", "jsonl"), ("data", "xlsx", ".xlsx"), ("d.xlsx", "csv", ".xlsx")],
)
def test_formats_that_cannot_be_are_refused_first(
    tmp_path: Path, out: str, form: str, word: str
) -> None:
    """A wrong format, or one that its place does not take, is told before anything is made."""
    done = run("demo", "--schools", "1", "--out", tmp_path / out, "--format", form)
    assert done.exit_code == 1
    assert word in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_compared_data_are_read_as_declared(example: Path, tmp_path: Path) -> None:
    """How files are written, and how much is read, is said once for all the municipalities."""
    other = write(read(example), tmp_path / "other")
    for file in other.glob("*.csv"):
        file.write_bytes(file.read_bytes().decode("utf-8").encode("utf-16"))
    again = tmp_path / "again"
    shutil.copytree(other, again)
    assert run("compare", other, again).exit_code == 1
    assert run("compare", other, again, "--encoding", "unicode").exit_code == 0
    assert (
        "--limit rows=" in run("compare", example, tmp_path / "other", "--limit", "rows=2").stderr
    )
