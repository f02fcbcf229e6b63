"""The command line: data on stdout, the rest on stderr, exit codes that mean something."""

from __future__ import annotations

import gc
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner, Result

from plfkit import write_template
from plfkit.cli import main
from plfkit.cli.command import Command
from plfkit.errors import PeriodError


def run(*arguments: str | Path) -> Result:
    """Run a command."""
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def refuse(constant: str) -> Any:
    """Refuse what is no JSON number."""
    raise AssertionError(constant)


def document(*arguments: str | Path) -> Any:
    """Run a command that must succeed and read its JSON, in which there is no NaN."""
    done = run(*arguments, "--format", "json")
    assert done.exit_code == 0, done.stderr
    return json.loads(done.stdout, parse_constant=refuse)


def test_profiles_are_listed() -> None:
    """The built-in profile is there, as a table and as JSON."""
    assert "generic" in run("profiles").stdout
    assert "generic" in [profile["id"] for profile in document("profiles")["profiles"]]


@pytest.mark.parametrize("module", ["plfkit", "plfkit.cli"])
def test_python_runs_the_command_line(module: str) -> None:
    """``python -m`` does what the command does, and calls itself as the command is called."""
    done = subprocess.run(  # noqa: S603 - this very Python
        [sys.executable, "-m", module, "--help"], capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("Usage: plfkit ")


@pytest.mark.parametrize("error", [None, PeriodError("no year")])
def test_cycles_are_looked_for_seldom(error: Exception | None) -> None:
    """While a command runs, and as often as before when it has ended, with an error or without."""
    usual, seen = gc.get_threshold(), []

    def look() -> None:
        seen.append(gc.get_threshold()[0])
        if error is not None:
            raise error

    done = CliRunner().invoke(Command("look", callback=look), [])
    assert done.exit_code == (0 if error is None else 2), done.output
    assert seen[0] > usual[0]
    assert gc.get_threshold() == usual


def test_check_accepts_the_example(example: Path) -> None:
    """A folder without faults gives exit code 0 in both formats."""
    assert run("check", example).stdout.startswith("No faults. Organisation: 6 units")
    told = document("check", example)
    assert (told["rows"].pop("units"), told["rows"].pop("persons")) == (6, 55)
    assert (told["ok"], told["faults"], told["advice"]) == (True, [], [])


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    """A folder with faults in two files."""
    (tmp_path / "persons.csv").write_text("id\nada-lovelace\nada-lovelace\n")
    (tmp_path / "units.csv").write_text("id,kind\ns,scool\n")
    return tmp_path


def test_check_lists_every_fault_without_values(faulty: Path) -> None:
    """Faults end with exit code 1; cells are shown on request only."""
    done = run("check", faulty)
    assert done.exit_code == 1
    assert "persons.csv, row 3, column id" in done.stdout
    assert 'did you mean "school"' in done.stdout
    assert "ada-lovelace" not in done.output
    assert "ada-lovelace" in run("check", faulty, "--show-values").stdout
    found = json.loads(run("check", faulty, "--format", "json").stdout)
    assert found["ok"] is False
    assert found["faults"][0] == {
        "code": "unknown_kind",
        "file": "units.csv",
        "row": 2,
        "column": "kind",
        "hint": 'this value is no kind the vocabulary knows, did you mean "school"?',
    }


@pytest.fixture
def skabelon(tmp_path: Path) -> Path:
    """A Danish template in which somebody wrote a share that is too large and a title with a slip."""
    path = write_template(tmp_path / "skabelon.xlsx")
    book = openpyxl.load_workbook(path)
    book["Medarbejdere"]["E2"].value = 80
    book["Medarbejdere"]["D3"].value = "Læsevejledr"
    book.save(path)
    return path


def test_faults_are_told_in_the_language_of_the_data(skabelon: Path) -> None:
    """A Danish template gets Danish hints, in JSON too; ``--lang`` chooses otherwise."""
    title = 'plfkit kender ikke dette ord, mente I "læsevejleder"?'
    danish = [
        "Medarbejdere, række 2, kolonne Andel: skriv højst 1 [out_of_range]",
        f"Medarbejdere, række 3, kolonne Stilling: {title} [unknown_kind]",
        "2 fejl i 1 fil eller ark. Række 1 er overskriften.",
    ]
    assert run("check", skabelon).stdout.splitlines() == danish
    assert "row 2, column Andel: give at most 1" in run("check", skabelon, "--lang", "en").stdout
    for asked, hint in (([], "skriv højst 1"), (["--lang", "en"], "give at most 1")):
        found = json.loads(run("check", skabelon, "--format", "json", *asked).stdout)
        assert found["faults"][0]["hint"].startswith(hint)


def test_every_command_tells_faults_in_that_language(skabelon: Path, faulty: Path) -> None:
    """Whatever reads the data says what is wrong as ``check`` does; a page's default is its own."""
    assert "2 faults in the data:" in run("report", faulty).stderr
    assert "2 fejl i data:" in run("measure", "level_anchoring", skabelon).stderr
    assert "2 fejl i data:" in run("report", skabelon).stderr
    assert "2 faults in the data:" in run("report", skabelon, "--lang", "en").stderr
    assert "2 faults in the data:" in run("goals", skabelon, "--lang", "en").stderr
    assert "2 fejl i data:" in run("trend", skabelon, "--indicator", "advice_density").stderr


def test_a_sound_danish_template_is_told_of_in_danish(tmp_path: Path) -> None:
    """What was counted is said in Danish too; advice as well as faults."""
    path = write_template(tmp_path / "skabelon.xlsx")
    assert run("check", path).stdout.startswith("Ingen fejl. Rækker i data: enheder 2, personer 2")
    english = run("check", path, "--lang", "en").stdout
    assert english.startswith("No faults. Organisation: 2 units, 2 persons")


def test_english_data_speak_danish_when_asked(faulty: Path, example: Path) -> None:
    """The option works on any data, for faults and for errors."""
    told = run("check", faulty, "--lang", "da").stdout
    assert "persons.csv, række 3, kolonne id: en tidligere række har samme id" in told
    nothing = ("measure", "level_anchoring", example, "--at", "1950/51")
    assert "data siger intet om 1950/51" in run(*nothing, "--lang", "da").stderr
    assert "the data tell nothing of 1950/51" in run(*nothing).stderr


def test_measure_prints_the_long_table(example: Path) -> None:
    """JSON has the measure, of whom it tells, and rows; how wide a range is would say who answered."""
    found = document("measure", "density", example, "--relation", "advice", "--at", "2018/19")
    head = {
        key: found[key] for key in ("measure", "variant", "relation", "groups", "by", "at", "n")
    }
    assert head == {
        "measure": "density",
        "variant": None,
        "relation": "advice",
        "groups": None,
        "by": None,
        "at": "2018/19",
        "n": 52,
    }
    (row,) = found["rows"]
    assert list(row) == found["columns"]
    assert 0 < row["value"] < 1
    assert [row[name] for name in ("lower", "upper", "numerator")] == [None] * 3
    assert row["reason"] == "range_withheld"


def test_measure_takes_groups_and_settings(example: Path) -> None:
    """--groups, --by and --set reach the measure; CSV has a header and a row for each figure."""
    found = document(
        "measure",
        "reciprocity",
        example,
        "--relation",
        "advice",
        "--by",
        "school",
        "--set",
        "variant=dyadic",
    )
    assert (found["variant"], found["by"]) == ("dyadic", "school")
    assert [row["part"] for row in found["rows"]] == ["bakkeskolen", "engskolen", "strandskolen"]
    text = run(
        "measure",
        "block_density",
        example,
        "--relation",
        "advice",
        "--groups",
        "level",
        "--format",
        "csv",
    )
    assert text.stdout.startswith("from,from_name,to,to_name,value,")
    assert len(text.stdout.splitlines()) == 1 + 4 * 4


def test_persons_need_a_purpose(example: Path) -> None:
    """By default no row is about a person; with a purpose all are there, and the purpose is printed."""
    command = ("measure", "degree", example, "--relation", "advice", "--set", "direction=in")
    plain = document(*command)
    assert [(row["value"], row["reason"]) for row in plain["rows"]] == [(None, "withheld")]
    assert "id" not in plain["columns"]
    shown = document(*command, "--identified", "--purpose", "feedback to each teacher")
    assert shown["purpose"] == "feedback to each teacher"
    assert len(shown["rows"]) == 52
    assert all(row["upper"] is None for row in shown["rows"])
    assert run(*command, "--identified").exit_code == 2
    assert run(*command, "--purpose", "x").exit_code == 2


def test_goals_of_the_generic_profile_describe(example: Path) -> None:
    """No goals, six figures, and the example is marked as one."""
    found = document("goals", example)
    assert (found["profile"], found["at"], found["example"]) == ("generic", "2018/19", True)
    assert (found["goals"], found["claims"]) == ([], [])
    figures = {entry["id"]: entry for entry in found["indicators"]}
    assert figures["membership_coverage"]["verdict"] == "shown"
    assert len(figures["advice_between_levels"]["evidence"]["figures"]) == 16
    assert "Figures that describe" in run("goals", example).stdout


def test_goals_of_a_profile_have_the_documented_shape(example: Path, tmp_path: Path) -> None:
    """Goal, rule, verdict, counts and indicators are there, and so are claims."""
    path = tmp_path / "profile.toml"
    path.write_text(PROFILE)
    found = document("goals", example, "--profile", path)
    (goal,) = found["goals"]
    # 46 of 52 are in a community; told is that 45 to 52 are.
    assert (goal["id"], goal["rule"], goal["verdict"]) == ("G", "all", "undecided")
    assert goal["counts"] == {"undecided": 1}
    (indicator,) = goal["indicators"]
    assert set(indicator) >= set(INDICATOR_KEYS)
    assert (indicator["target"], indicator["target_source"]) == (0.99, "decided")
    assert [claim["verdict"] for claim in found["claims"]] == ["open"]
    assert "G Goal: Cannot be decided" in run("goals", example, "--profile", path).stdout


def test_goals_tell_a_target_whole_and_part_by_part(example: Path, tmp_path: Path) -> None:
    """By when, from where, over which steps, and a row for each school with its own verdict."""
    path = tmp_path / "profile.toml"
    dated = 'target = { value = 0.99, source = "decided", by = "2027/28", each = "school", needs = 0.5 }'
    more = 'baseline = { value = 0.6, period = "2016/17" }\nsteps = { "2018/19" = 0.95 }'
    text = PROFILE.replace('target = { value = 0.99, source = "decided" }', f"{dated}\n{more}")
    path.write_text(text, encoding="utf-8")
    table = run("goals", example, "--profile", path).stdout
    told = "0.99 (decided) by 2027/28 0.5 of each school from 0.6 in 2016/17 (0.95 in 2018/19)"
    assert told in table
    parts = document("goals", example, "--profile", path)["goals"][0]["indicators"][0]["parts"]
    stand = {"bakkeskolen": "undecided", "engskolen": "undecided", "strandskolen": None}
    assert {part["part"]: part["verdict"] for part in parts} == stand
    assert all(f" ({part['part']}) " in table for part in parts)


def test_report_writes_a_page_and_prints_its_path(example: Path, tmp_path: Path) -> None:
    """The path is the only thing on stdout."""
    out = tmp_path / "page.html"
    done = run("report", example, "--lang", "en", "--out", out)
    assert (done.exit_code, done.stdout.strip()) == (0, str(out))
    assert "Example municipality" in out.read_text(encoding="utf-8")
    assert run("report", example, "--out", tmp_path / "no/page.html").exit_code == 1


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("measure", "desnity", "{example}"), 2, 'did you mean "density"'),
        (("measure", "density", "{example}"), 2, "needs the argument 'relation'"),
        (("measure", "density", "{example}", "--relation", "advise"), 2, 'did you mean "advice"'),
        (
            ("measure", "density", "{example}", "--relation", "advice", "--by", "scool"),
            2,
            '"school"',
        ),
        (("measure", "density", "{example}", "--relation", "advice", "--set", "k"), 2, "KEY=VALUE"),
        (
            ("measure", "density", "{example}", "--relation", "advice", "--at", "soon"),
            2,
            "no period",
        ),
        (("goals", "{example}", "--profile", "genric"), 2, 'did you mean "generic"'),
        (("goals", "{example}/nowhere"), 2, "does not exist"),
        (("goals", "{faulty}"), 1, "2 faults"),
        (("report", "{example}", "--lang", "de"), 2, "'de'"),
    ],
)
def test_errors_say_what_to_do(
    example: Path, faulty: Path, arguments: tuple[str, ...], code: int, message: str
) -> None:
    """Misuse ends with 2, faults with 1; the message is on stderr and there is no traceback."""
    done = run(*(text.format(example=example, faulty=faulty) for text in arguments))
    assert done.exit_code == code
    assert message in done.stderr
    assert done.stdout == ""
    assert isinstance(done.exception, SystemExit)


COVERAGE = ("--measure", "membership_coverage")


def test_a_missing_purpose_is_a_notice(example: Path) -> None:
    """A profile that does not say what the data are for is told of on stderr."""
    assert "does not say what data about colleagues are used for" in run("goals", example).stderr


@pytest.mark.parametrize(
    "command",
    [
        ("measure", "density", "{data}", "--relation", "advice", "--at", "{at}"),
        ("goals", "{data}", "--at", "{at}"),
        ("report", "{data}", "--out", "{out}", "--at", "{at}"),
        ("trend", "{data}", "--indicator", "advice_density", "--at", "{at}"),
        ("compare", "{data}", "--at", "{at}"),
        ("test", "qap", "{data}", "--relation", "advice", "--against", "school", "--at", "{at}"),
        ("test", "mrqap", "{data}", "--relation", "advice", "--on", "school", "--at", "{at}"),
        ("test", "flips", "{data}", "--measure", "density", "--relation", "advice", "--at", "{at}"),
        (*("test", "change", "{data}"), *COVERAGE, *("--from", "{at}", "--to", "2018/19")),
        (*("test", "change", "{data}"), *COVERAGE, *("--from", "2018/19", "--to", "{at}")),
    ],
)
@pytest.mark.parametrize("at", ["2030/31", "1950-01-01"])
def test_a_year_without_data_is_refused(
    command: tuple[str, ...], at: str, example: Path, tmp_path: Path
) -> None:
    """Open ends make any later year look complete: each command names the years there are."""
    done = run(*(word.format(data=example, at=at, out=tmp_path / "x.html") for word in command))
    assert done.exit_code == 1
    assert f"the data tell nothing of {at}: the years there are: 20" in done.stderr
    assert "2018/19" in done.stderr
    assert not done.stdout


def test_a_planned_end_does_not_choose_the_year(tmp_path: Path) -> None:
    """One contract until 2031, and the survey of 2026 is still what the figures are about."""
    (tmp_path / "persons.csv").write_text("id,valid_to\na,2031-07-31\nb,\n")
    (tmp_path / "surveys.csv").write_text("id,kind,relation,date\nv,network,advice,2026-11-02\n")
    (tmp_path / "responses.csv").write_text("survey,person,answered\nv,a,yes\nv,b,yes\n")
    (tmp_path / "ties.csv").write_text("source,target,relation,survey\na,b,advice,v\n")
    found = document("measure", "density", tmp_path, "--relation", "advice")
    assert found["at"] == "2026/27"


def test_what_begins_next_year_is_told_of(tmp_path: Path) -> None:
    """Where staff begin in a year of which nothing else is known, the reader learns of the other."""
    (tmp_path / "persons.csv").write_text("id,valid_from\na,2027-08-01\n")
    (tmp_path / "events.csv").write_text("id,kind,date\ne,workshop,2026-11-02\n")
    assert "later than 2026/27" in run("measure", "membership_coverage", tmp_path).stderr
    done = run("measure", "membership_coverage", tmp_path, "--at", "2026/27")
    assert "later than" not in done.stderr


def test_check_gives_advice_that_is_no_fault(tmp_path: Path) -> None:
    """Staff of a closed school are told of with file and row, and the data are fine to use."""
    (tmp_path / "persons.csv").write_text("id\na\nb\n")
    (tmp_path / "units.csv").write_text("id,kind,valid_to\nold,school,2019-08-01\nnew,school,\n")
    (tmp_path / "positions.csv").write_text(
        "person,unit,role\nb,new,teacher\nb,old,teacher\na,old,teacher\n"
    )
    done = run("check", tmp_path)
    assert done.exit_code == 0
    assert done.stdout.startswith("No faults. Organisation")
    assert "positions.csv, rows 3–4, column unit" in done.stdout
    assert "2 pieces of advice in 1 file or sheet" in done.stdout
    found = document("check", tmp_path)
    assert (found["ok"], found["faults"]) == (True, [])
    assert [(a["code"], a["row"], a["column"]) for a in found["advice"]] == [
        ("outlives", 3, "unit"),
        ("outlives", 4, "unit"),
    ]


def test_csv_is_inert_and_carries_the_purpose(tmp_path: Path) -> None:
    """A text that a spreadsheet would run is quoted, and the purpose stands in every row."""
    (tmp_path / "persons.csv").write_text("id\n=cmd()\nb\n")
    (tmp_path / "ties.csv").write_text("source,target,relation\n=cmd(),b,reports_to\n")
    done = run(
        *("measure", "degree", tmp_path, "--relation", "reports_to", "--set", "direction=in"),
        *("--format", "csv", "--identified", "--purpose", "a check"),
    )
    header, *rows = done.stdout.splitlines()
    assert header.endswith(",purpose")
    assert [row.split(",")[0] for row in rows] == ["'=cmd()", "b"]
    assert all(row.endswith(",a check") for row in rows)


def test_the_same_input_gives_the_same_bytes(example: Path, tmp_path: Path) -> None:
    """Row order and hash seed change nothing in the output."""
    for file in example.glob("*.csv"):
        header, *rows = file.read_text(encoding="utf-8").splitlines()
        text = "\n".join([header, *reversed(rows)]) + "\n"
        (tmp_path / file.name).write_text(text, encoding="utf-8")
    (tmp_path / "datapackage.json").write_bytes((example / "datapackage.json").read_bytes())
    printed = {
        subprocess.run(  # noqa: S603 - our own interpreter
            [sys.executable, "-m", "plfkit.cli", "goals", folder, "--format", "json"],
            capture_output=True,
            check=True,
            env={"PYTHONHASHSEED": seed},
        ).stdout
        for folder, seed in ((example, "0"), (tmp_path, "1"))
    }
    assert len(printed) == 1


INDICATOR_KEYS = (
    "id",
    "label",
    "class",
    "measure",
    "arguments",
    "value",
    "lower",
    "upper",
    "n",
    "observed",
    "target",
    "target_source",
    "verdict",
    "missing",
    "change",
    "evidence",
)

PROFILE = """
schema_version = 1
id = "fake"
label = { da = "Falsk", en = "Fake" }

[goals.G]
label = { da = "Mål", en = "Goal" }
text = { da = "Vi vil", en = "We will" }

[indicators.I]
goal = "G"
label = { da = "Dækning", en = "Coverage" }
measure = "membership_coverage"
figure_class = "participation"
direction = "up"
target = { value = 0.99, source = "decided" }

[claims.C]
text = { da = "Sagt", en = "Said" }
certainty = "stated"
"""
