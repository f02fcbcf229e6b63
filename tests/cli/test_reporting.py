"""``plfkit report``: the page, and beside it document, schema, CSV and workbook; refusals come first."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import jsonschema
import openpyxl
import pytest
from click.testing import CliRunner, Result

from plfkit.cli import main


def run(*arguments: str | Path) -> Result:
    """Run a command."""
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A town, and a report on it with everything beside it."""
    folder = tmp_path_factory.mktemp("report")
    town = folder / "town"
    run("demo", "--profile", "vejle", "--schools", "3", "--out", town)
    done = run(
        *("report", town, "--profile", "vejle", "--lang", "da", "--out", folder / "vejle.html"),
        *("--with", "json,csv,xlsx"),
    )
    assert done.exit_code == 0, done.stderr
    names = ("vejle.html", "vejle.json", "vejle.schema.json", "vejle.csv", "vejle.xlsx")
    assert done.stdout.split() == [str(folder / name) for name in names]
    return folder


def test_the_document_fits_its_schema(written: Path) -> None:
    """Both stand beside the page; the schema is the one that the command prints."""
    document = json.loads((written / "vejle.json").read_text("utf-8"))
    schema = json.loads((written / "vejle.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(document, schema)
    assert json.loads(run("schema", "publication").stdout) == schema
    document["goals"][0]["indicators"][0]["verdict"] = "splendid"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(document, schema)


def test_the_figures_are_those_of_the_document(written: Path) -> None:
    """CSV and workbook hold what the document tells, and nothing that it does not."""
    document = json.loads((written / "vejle.json").read_text("utf-8"))
    told = {one["id"]: one["value"] for goal in document["goals"] for one in goal["indicators"]} | {
        one["id"]: one["value"] for one in document["indicators"]
    }
    with (written / "vejle.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["verdict"] and not row["part"]]
    assert {row["indicator"]: row["value"] for row in rows} == {
        name: "" if value is None else str(value) for name, value in told.items()
    }
    assert {row["example"] for row in rows} == {"Eksempelkommune (med Vejles mål)"}
    assert openpyxl.load_workbook(written / "vejle.xlsx").sheetnames[0] == "Tal"


def test_the_audit_finds_nothing_in_it(written: Path) -> None:
    """Page and document, read together by somebody with the staff list."""
    staff = ("--staff", written / "town", "--profile", "vejle")
    done = run("audit", written / "vejle.html", written / "vejle.json", *staff)
    assert done.exit_code == 0, done.stdout


def test_csv_beside_the_page_may_be_for_excel(written: Path, tmp_path: Path) -> None:
    """As everywhere where CSV is written."""
    out = tmp_path / "page.html"
    run("report", written / "town", "--out", out, "--with", "csv", "--for", "excel", "--lang", "da")
    assert (tmp_path / "page.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert "mål;tal;" in (tmp_path / "page.csv").read_text("utf-8")


def test_the_page_opens_in_the_browser(tmp_path: Path, example: Path) -> None:
    """A browser that the environment names is given the page's address."""
    browser, opened = tmp_path / "browser", tmp_path / "opened"
    browser.write_text(f'#!/bin/sh\nprintf %s "$1" > {opened}\n')
    browser.chmod(0o755)
    out = tmp_path / "page.html"
    done = subprocess.run(  # noqa: S603 - this very Python
        [sys.executable, "-m", "plfkit", "report", example, "--out", out, "--open"],
        env={**os.environ, "BROWSER": f"{browser} %s"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert opened.read_text() == out.as_uri()
    assert "open the report" not in done.stderr


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (("--out", "page.pdf"), "must end in one of .html, .htm"),
        (("--out", "no/page.html"), "does not exist: make it first"),
        (("--out", "folder.html"), "is a folder"),
        (("--out", "page.html/x.html"), "does not exist"),
        (("--out", "/proc/page.html"), "cannot write /proc/page.html"),
        (("--with", "json,xslx"), 'did you mean "xlsx"'),
        (("--with", "pdf"), "use json, csv, xlsx"),
        (("--for", "excel"), "give --with csv"),
        (("--with", "csv", "--out", "taken.html"), "taken.csv is a folder"),
    ],
)
def test_wrong_paths_and_forms_fail_before_the_work(
    more: tuple[str, ...], told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The data have faults: whoever is told of the path was told before they were read."""
    (tmp_path / "persons.csv").write_text("id\na\na\n")
    for name in ("folder.html", "taken.csv"):
        (tmp_path / name).mkdir()
    monkeypatch.chdir(tmp_path)
    done = run("report", tmp_path, *more)
    assert done.exit_code in {1, 2}
    assert told in done.stderr
    assert "faults" not in done.stderr
    assert not [*tmp_path.glob("plfkit-report.*")]


def test_a_missing_library_is_told_before_the_work(tmp_path: Path) -> None:
    """Without XlsxWriter a workbook is refused, with the command that brings it, before data are read."""
    (tmp_path / "persons.csv").write_text("id\na\na\n")
    program = (
        "import sys; sys.modules['xlsxwriter'] = None\n"
        "from plfkit.cli import main; main(sys.argv[1:])"
    )
    asked = (("report", tmp_path, "--with", "xlsx"), ("goals", tmp_path, "--format", "xlsx"))
    for words in asked:
        done = subprocess.run(  # noqa: S603 - this very Python
            [sys.executable, "-c", program, *words],
            capture_output=True,
            text=True,
            check=False,
            cwd=tmp_path,
        )
        assert 'pip install "plfkit[excel]"' in done.stderr
        assert "faults" not in done.stderr
