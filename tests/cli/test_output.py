"""One way out for every command: a table, JSON, CSV or a workbook, on stdout or in a file."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result
from terminals import read_terminal

from plfkit.cli import main

ROWS = {
    "profiles": (),
    "measures": (),
    "check": ("{data}",),
    "check-profile": ("generic",),
    "cases": ("{cases}", "--profile", "vejle"),
    "goals": ("{data}",),
    "trend": ("{data}", "--indicator", "advice_density"),
    "measure": ("density", "{data}", "--relation", "advice", "--by", "school"),
    "test qap": ("{data}", "--relation", "advice", "--against", "level", "--draws", "20"),
    "test mrqap": ("{data}", "--relation", "advice", "--on", "level", "--draws", "20"),
    "test flips": ("{data}", "--measure", "density", "--relation", "advice", "--target", "0.3"),
    "ledger": ("{ledger}",),
    "audit": ("{page}", "--staff", "{data}"),
}
"""Every command that prints rows, but for `compare` and `test change`, which need more data."""


def run(*arguments: str | Path) -> Result:
    """Run a command."""
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Data, a page and a ledger of them, and a case."""
    root, folder = Path(__file__).parents[2], tmp_path_factory.mktemp("places")
    known = {
        "data": root / "docs/examples/example_municipality",
        "cases": root / "plugins/plfkit-vejle/tests/cases/any_community.yaml",
        "page": folder / "page.html",
        "ledger": folder / "ledger.json",
    }
    assert run("report", known["data"], "--out", known["page"]).exit_code == 0
    assert run("goals", known["data"], "--ledger", known["ledger"]).exit_code == 0
    return known


@pytest.mark.parametrize("name", ROWS)
def test_every_command_prints_every_form(
    name: str, places: dict[str, Path], tmp_path: Path
) -> None:
    """The same rows are a table, JSON, CSV and a workbook; headings and words are in the language."""
    asked = [*name.split(), *(word.format(**places) for word in ROWS[name]), "-q"]
    assert run(*asked).stdout.strip()
    assert json.loads(run(*asked, "--format", "json").stdout)
    plain = [*csv.reader(io.StringIO(run(*asked, "--format", "csv").stdout))]
    danish = run(*asked, "--for", "excel", "--lang", "da").stdout
    book = tmp_path / "book.xlsx"
    done = run(*asked, "--out", book, "--lang", "da")
    assert (done.exit_code, done.stdout.strip(), done.stderr) == (0, str(book), "")
    [sheet, *_] = openpyxl.load_workbook(book).worksheets
    rows = [*sheet.iter_rows(values_only=True)]
    assert danish[0] == "\ufeff"
    excel = [*csv.reader(io.StringIO(danish[1:]), delimiter=";")]
    assert excel[0] == [*rows[0]]
    assert len(plain) == len(excel) == len(rows)
    english = run(*asked, "--for", "excel", "--lang", "en").stdout.splitlines()[0]
    assert english != danish.splitlines()[0]


def test_plain_csv_is_for_programs(places: dict[str, Path]) -> None:
    """Its columns and words are those of JSON, in whatever language; numbers have points."""
    asked = ("goals", places["data"], "-q", "--format", "csv", "--lang")
    danish, english = (
        [*csv.DictReader(io.StringIO(run(*asked, language).stdout))] for language in ("da", "en")
    )
    assert danish[0].keys() == english[0].keys()
    assert (danish[0]["verdict"], danish[0]["lower"]) == ("shown", "0.865")
    assert danish[0]["label"] != english[0]["label"]


def test_csv_for_excel_is_for_people(places: dict[str, Path]) -> None:
    """Semicolons, decimal commas, and words: what a Danish Excel shows when it is double-clicked."""
    text = run("goals", places["data"], "-q", "--for", "excel", "--lang", "da").stdout
    [first, *_] = csv.DictReader(io.StringIO(text.lstrip("\ufeff")), delimiter=";")
    assert (first["mindst"], first["status"]) == ("0,865", "Intet talmål")
    assert first["grund"] == "det vises kun som et interval"


def write_two_schools(folder: Path) -> Path:
    """Two schools of twenty with names in Danish, three in five and nine in ten of them in a team."""
    folder.mkdir()
    rows = {
        "units": ["id,kind,name", "a,school,Øster Ågård Skole", "b,school,Søndre Skole"],
        "persons": ["id", *(f"{school}{n}" for school in "ab" for n in range(20))],
        "positions": [
            "person,unit,role",
            *(f"{school}{n},{school},teacher" for school in "ab" for n in range(20)),
        ],
        "communities": ["id,kind,unit,name", "t,team,a,Læseteam", "u,team,b,Matematik"],
        "memberships": [
            "community,person",
            *(f"t,a{n}" for n in range(12)),
            *(f"u,b{n}" for n in range(18)),
        ],
    }
    for name, lines in rows.items():
        (folder / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def test_names_stand_beside_ids(tmp_path: Path) -> None:
    """Of schools, levels, and groups on both sides of a tie, in every form; of people never."""
    town = write_two_schools(tmp_path / "town")
    asked = ("measure", "membership_coverage", town, "-q", "--lang", "da", "--by")
    plain = [*csv.DictReader(io.StringIO(run(*asked, "school", "--format", "csv").stdout))]
    names = {"a": "Øster Ågård Skole", "b": "Søndre Skole"}
    assert {row["part"]: row["part_name"] for row in plain} == names
    excel = run(*asked, "school", "--for", "excel").stdout.splitlines()
    assert excel[0].startswith("\ufeffgruppe;gruppens navn;værdi;")
    assert excel[1].startswith("a;Øster Ågård Skole;;0,35;0,65;")
    assert "Øster Ågård Skole" in run(*asked, "school").stdout
    run(*asked, "school", "--out", tmp_path / "book.xlsx")
    [head, *rows] = openpyxl.load_workbook(tmp_path / "book.xlsx").active.iter_rows(
        values_only=True
    )
    assert head[:2] == ("gruppe", "gruppens navn")
    assert {row[0]: row[1] for row in rows} == names
    assert [type(row[3]) for row in rows] == [float, float]
    [level] = csv.DictReader(io.StringIO(run(*asked, "level", "--format", "csv").stdout))
    assert level["part_name"] == "Pædagogisk personale"
    document = json.loads(run(*asked, "school", "--format", "json").stdout)
    assert document["names"]["a"] == {"da": "Øster Ågård Skole", "en": "Øster Ågård Skole"}


def test_every_sheet_of_a_workbook_has_a_name(places: dict[str, Path], tmp_path: Path) -> None:
    """A scorecard's figures, years, claims, standards, and what they are about; numbers are numbers."""
    book = tmp_path / "goals.xlsx"
    run("goals", places["data"], "--lang", "da", "--out", book)
    sheets = openpyxl.load_workbook(book)
    names = ["Tal", "År for år", "Udsagn", "Hvor grænser trækkes", "Om tallene"]
    assert sheets.sheetnames == names
    headings = [cell.value for cell in sheets["Tal"][1]]
    assert sheets["Tal"].cell(2, 1 + headings.index("mindst")).value == 0.865
    first = book.read_bytes()
    run("goals", places["data"], "--lang", "da", "--out", book)
    assert book.read_bytes() == first


def test_numbers_and_texts_are_no_formulas(tmp_path: Path) -> None:
    """A person whose id a spreadsheet would run is a text in CSV, for Excel too, and in a workbook."""
    (tmp_path / "persons.csv").write_text("id\n=cmd()\n@b\n")
    (tmp_path / "ties.csv").write_text("source,target,relation\n=cmd(),@b,reports_to\n")
    asked = (
        *("measure", "degree", tmp_path, "--relation", "reports_to", "--set", "direction=in"),
        *("--identified", "--purpose", "a check", "-q"),
    )
    for more in (("--format", "csv"), ("--for", "excel")):
        rows = run(*asked, *more).stdout.splitlines()[1:]
        assert [row[:2] for row in rows] == ["'=", "'@"]
    run(*asked, "--out", tmp_path / "people.xlsx")
    cells = [
        cell for row in openpyxl.load_workbook(tmp_path / "people.xlsx").active for cell in row
    ]
    assert {"=cmd()", "@b"} <= {cell.value for cell in cells}
    assert "f" not in {cell.data_type for cell in cells}


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (("--out", "rows.pdf"), "must end in one of .txt, .json, .csv, .xlsx"),
        (
            ("--out", "rows.csv", "--format", "json"),
            "the name ends in .csv, and --format says json",
        ),
        (("--for", "excel", "--format", "json"), "--for excel is for CSV"),
        (("--out", "no/rows.csv"), "does not exist: make it first"),
        (("--out", "."), "must end in one of"),
        (("--out", "folder.csv"), "is a folder"),
        (("--format", "yaml"), "'yaml' is not one of"),
    ],
)
def test_wrong_ways_out_are_refused_before_the_work(
    more: tuple[str, ...], told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What cannot be written is said before the data, which have faults, are looked at."""
    (tmp_path / "persons.csv").write_text("id\na\na\n")
    (tmp_path / "folder.csv").mkdir()
    monkeypatch.chdir(tmp_path)
    done = run("goals", tmp_path, *more)
    assert done.exit_code in {1, 2}
    assert told in done.stderr
    assert "faults" not in done.stderr


def test_the_form_goes_by_the_name_or_by_what_is_said(tmp_path: Path) -> None:
    """A suffix chooses the form; a form chooses it for a name that says nothing."""
    run("measures", "--out", tmp_path / "m.json")
    assert json.loads((tmp_path / "m.json").read_text("utf-8"))["measures"]
    run("measures", "--out", tmp_path / "rows.txt")
    assert (tmp_path / "rows.txt").read_text("utf-8").startswith("measure  ")
    run("measures", "--out", tmp_path / "rows.dat", "--format", "csv")
    assert (tmp_path / "rows.dat").read_text("utf-8").startswith("measure,label,")


def test_quiet_silences_notices_and_no_errors(places: dict[str, Path]) -> None:
    """Before the command or after it; what went wrong is told all the same."""
    assert "judged alone" in run("goals", places["data"]).stderr
    assert not run("goals", places["data"], "--quiet").stderr
    assert not run("-q", "goals", places["data"]).stderr
    assert "tell nothing of 1950/51" in run("goals", places["data"], "-q", "--at", "1950/51").stderr


def test_language_where_nobody_says(
    places: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Danish, unless the environment says otherwise; an option says more than both."""
    monkeypatch.delenv("PLFKIT_LANG")
    assert "Baggrundstal" in run("goals", places["data"], "-q").stdout
    assert "bedømt alene" in run("goals", places["data"]).stderr
    assert "Figures that describe" in run("goals", places["data"], "-q", "--lang", "en").stdout
    monkeypatch.setenv("PLFKIT_LANG", "en")
    assert "Figures that describe" in run("goals", places["data"], "-q").stdout


def run_on_terminal(*arguments: str | Path, **environment: str) -> str:
    """Run a command on a terminal of 60 columns, and return what it shows."""
    ours, theirs = pty.openpty()
    known = {**os.environ, "COLUMNS": "60", "TERM": "xterm", **environment}
    process = subprocess.Popen(  # noqa: S603 - this very Python
        [sys.executable, "-m", "plfkit", *map(str, arguments)],
        stdout=theirs,
        stderr=theirs,
        stdin=theirs,
        env=known,
    )
    return read_terminal(process, ours, theirs).decode().replace("\r\n", "\n")


def test_a_terminal_gets_colour_and_lines_that_fit() -> None:
    """Tables wrap in their columns; with NO_COLOR there is no colour; a pipe gets neither."""
    shown = run_on_terminal("measures", "-q", NO_COLOR="1")
    assert max(map(len, shown.splitlines())) <= 60
    assert "\x1b" not in shown
    assert "\x1b[1m" in run_on_terminal("measures", "-q")
    assert "\x1b[32mworks\x1b[0m" in run_on_terminal("profiles", "-q")
    piped = run("measures").stdout
    assert "\x1b" not in piped
    assert max(map(len, piped.splitlines())) > 60


def test_a_workbook_is_not_thrown_at_a_terminal() -> None:
    """It is refused with what to do; into a pipe it goes."""
    assert "--out FILE.xlsx" in run_on_terminal("measures", "--format", "xlsx")
    done = run("measures", "--format", "xlsx")
    assert done.stdout_bytes.startswith(b"PK")
