"""Canaries: texts that nobody may ever read, in every cell that may hold one."""

from __future__ import annotations

import csv
import logging
import re
from collections.abc import Callable, Iterator, Mapping
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from click.testing import CliRunner

import plfkit
from plfkit import Organisation
from plfkit.cli import main
from plfkit.measures import CORE
from plfkit.model.records.rows import NATIVE_ROWS
from plfkit.model.records.schema import list_column_specs
from plfkit.model.records.tables import Table
from plfkit.synthetic import municipality

CANARY = re.compile("kanarie|quokka|010190", re.IGNORECASE)
"""What every canary has in it: ids, names and free texts, and numbers like those of CPR."""
FAULTY = ("Quokka Kanariesen", "010190-1234", "quokka@kanarie.dk")
PERSONAL: Mapping[str, tuple[str, ...]] = {
    "persons": ("name",),
    "communities": ("name",),
    "events": ("artefact",),
    "focuses": ("tags",),
}
"""Columns of free text in which every cell holds a canary."""
OPEN_WORDS = ("subject", "grade", "subgroup", "instrument")
"""Columns of words that are counted by: rows beside the others hold a canary there."""


def plant_canaries(town: Organisation) -> Organisation:
    """Return an organisation whose people, respondents and free texts are canaries."""
    tables = {name: plant_in_table(name, table) for name, table in town.tables.items()}
    return Organisation.of(
        vocabulary=town.vocabulary,
        title=town.title,
        synthetic=True,
        **tables,
    )


def plant_in_table(name: str, table: Table[Any]) -> Table[Any]:
    """Return a table with canaries in place of what tells of people."""
    columns = dict(table.columns)
    for spec in list_column_specs(table.row_type):
        column = table.column(spec.name)
        is_person = spec.refers_to == "persons" or (name, spec.name) == ("persons", "id")
        if is_person or spec.name == "respondent":
            columns[spec.name] = column.relabel_texts([f"kanarie {t}" for t in column.categories])
        elif spec.name in PERSONAL.get(name, ()):
            filled = [f"Quokka {name} {row} Kanariesen" for row in range(len(table))]
            columns[spec.name] = type(column).of(spec.codec, filled)
    return Table(table.row_type, columns)


def add_open_words(town: Organisation) -> Organisation:
    """Add rows whose subjects, grades, subgroups and instruments are canaries."""
    person, other = (town.persons[row].id for row in (0, 1))
    unit = next(unit.id for unit in town.units if unit.kind == "school")
    word = "kanarie"
    return town.with_(
        positions=[plfkit.Position(person, unit, "support_staff", None, word)],
        qualifications=[plfkit.Qualification(person, "coach_training", word)],
        ties=[plfkit.Tie(person, other, "coaching", subject=word)],
        surveys=[plfkit.Survey("s-extra", "scale", instrument=word)],
        answers=[plfkit.Answer("s-extra", "kanarie-kode", item=word, value=1)],
        pathways=[plfkit.Pathway(unit, unit, word)],
        outcomes=[plfkit.Outcome(unit, word, word, value=1, n=20)],
    )


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the data are written: two municipalities, with canaries."""
    folder = tmp_path_factory.mktemp("cage")
    for seed, name in enumerate(("north", "south")):
        town = municipality(plfkit.load_profile("vejle"), schools=2, seed=seed)
        plfkit.write(add_open_words(plant_canaries(town)), folder / name)
    return folder


@pytest.fixture
def listen(caplog: pytest.LogCaptureFixture) -> Callable[..., str]:
    """Run a command, and return all that anybody could read of it."""
    caplog.set_level(logging.INFO)
    caplog.set_level(logging.DEBUG, "plfkit")

    def run(*arguments: object) -> str:
        done = CliRunner().invoke(main, [str(argument) for argument in arguments])
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        assert done.exit_code in {0, 1}, done.output  # 2 is misuse: nothing would have been read
        return done.stdout + done.stderr + caplog.text

    return run


def find_canary(text: str) -> list[str]:
    """Return the lines of a text in which a canary sits."""
    return [line for line in text.splitlines() if CANARY.search(line)]


Listen = Callable[..., str]


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("form", ["table", "json", "csv"])
def test_sound_data_show_nobody(place: Path, listen: Listen, language: str, form: str) -> None:
    """A check of data without faults shows no cell, nor does its advice."""
    data = place / "north"
    said = listen("check", data, "--profile", "vejle", "--lang", language, "--format", form)
    assert find_canary(said) == []


MEASURES = sorted(measure.name for measure in CORE)


@pytest.mark.slow
@pytest.mark.parametrize("name", MEASURES)
def test_no_measure_shows_anybody(place: Path, listen: Listen, name: str) -> None:
    """Whatever is measured, no format shows a person; of those that take groups, by group too."""
    example = dict(CORE[name].about.example)
    settings = [part for key, value in example.items() for part in write_setting(key, value)]
    forms = FORMATS if name in {"degree", "brokerage"} else (FORMS[name],)
    for form in forms:
        said = listen(
            "measure", name, place / "north", "--profile", "vejle", "--format", form, *settings,
            "--draws", "5",
        )  # fmt: skip
        assert find_canary(said) == []


FORMATS = ("table", "json", "csv")
FORMS = dict(zip(MEASURES, cycle(FORMATS), strict=False))
"""The format in which each measure is listened to; a few are in all of them."""


def write_setting(key: str, value: Any) -> Iterator[str]:
    """Yield the option that gives a measure an argument, if a command line can."""
    if isinstance(value, bool):
        yield from ("--set", f"{key}={'yes' if value else 'no'}")
    elif isinstance(value, str | int | float):
        yield from ("--set", f"{key}={value}")
    elif isinstance(value, list | tuple) and value:
        yield from ("--set", f"{key}={','.join(map(str, value))}")


GROUPS = ("role", "level", "school", "team", "learning_community")


@pytest.mark.parametrize(("groups", "form"), [*zip(GROUPS, cycle(FORMATS), strict=False)])
def test_groups_show_nobody(place: Path, listen: Listen, groups: str, form: str) -> None:
    """Groups are named by what they are, and not by what people called them, in each format."""
    for name, how in (("density", "--by"), ("block_density", "--groups")):
        arguments = ("--relation", "advice", how, groups, "--format", form)
        said = listen("measure", name, place / "north", "--profile", "vejle", *arguments)
        assert find_canary(said) == []


def test_goals_and_trends_show_nobody(place: Path, listen: Listen) -> None:
    """Neither verdicts, nor years, nor municipalities side by side, nor what a profile says."""
    north, south = place / "north", place / "south"
    profile = ("--profile", "vejle")
    for form in ("table", "json"):
        said = listen("goals", north, *profile, "--format", form)
        said += listen("compare", north, south, "--format", form)
        said += listen("trend", north, "--indicator", "V1b", *profile, "--format", form)
        assert find_canary(said) == []
    assert find_canary(listen("describe", "vejle")) == []


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_page_shows_nobody(place: Path, listen: Listen, tmp_path: Path, language: str) -> None:
    """A report holds none of them, whatever is in its pictures and tables."""
    out = tmp_path / "page.html"
    said = listen("report", place / "north", "--profile", "vejle", "--out", out, "--lang", language)
    assert find_canary(said + out.read_text(encoding="utf-8")) == []
    assert [path.name for path in tmp_path.iterdir()] == ["page.html"]


@pytest.mark.parametrize("table", sorted(NATIVE_ROWS))
def test_faults_show_no_cell(place: Path, listen: Listen, tmp_path: Path, table: str) -> None:
    """With a canary in any cell of a table, a row twice, too long or too short, no cell is shown."""
    rows = read_rows(place / "north" / f"{table}.csv")
    for path in (place / "north").iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    wrong = [
        [*rows[1][:column], FAULTY[(column + step) % len(FAULTY)], *rows[1][column + 1 :]]
        for column in range(len(rows[0]))
        for step in range(2)
    ]
    spoilt = [
        *rows,
        rows[1],
        [*rows[1], *FAULTY],
        list(FAULTY[:1]),
        *wrong,
    ]
    write_rows(tmp_path / f"{table}.csv", spoilt)
    for form in ("table", "json", "csv"):
        for language in ("da", "en"):
            said = listen(
                "check", tmp_path, "--profile", "vejle", "--format", form, "--lang", language
            )
            assert table in said
            assert find_canary(said) == []
    density = ("measure", "density", "--relation", "advice")
    for command in (("goals",), density, ("report", "--out", tmp_path / "p.html")):
        name, *options = command
        head = [options.pop(0)] if name == "measure" else []
        said = listen(name, *head, tmp_path, "--profile", "vejle", *options)
        assert find_canary(said) == []
    shown = listen("check", tmp_path, "--profile", "vejle", "--show-values")
    assert find_canary(shown)


def test_a_workbook_shows_no_cell(listen: Listen, tmp_path: Path) -> None:
    """In a workbook cells are shown as little as in files, whichever sheet they spoil."""
    book = xlsxwriter.Workbook(tmp_path / "book.xlsx")
    sheets = {
        "persons": [["id", "name", "valid_from"], [FAULTY[1], FAULTY[0], FAULTY[2]], [FAULTY[2]]],
        "positions": [["person", "unit", "role"], list(FAULTY)],
        "ties": [["source", "target", "relation", FAULTY[0][:8]], [*FAULTY]],
        "answers": [["survey", "respondent", "item", "value"], ["s", *FAULTY]],
    }
    for name, rows in sheets.items():
        page = book.add_worksheet(name)
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
    book.close()
    for form in ("table", "json", "csv"):
        said = listen("check", tmp_path / "book.xlsx", "--format", form)
        assert "positions" in said
        assert find_canary(said) == []


def test_a_table_without_titles_shows_no_cell(place: Path, listen: Listen, tmp_path: Path) -> None:
    """Where the first row is somebody's, what stands in it is no title to be printed."""
    for path in (place / "north").iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    for table in ("persons", "positions"):
        rows = read_rows(place / "north" / f"{table}.csv")
        write_rows(tmp_path / f"{table}.csv", rows[1:])
    for form in ("table", "json", "csv"):
        assert find_canary(listen("check", tmp_path, "--format", form)) == []


def read_rows(path: Path) -> list[list[str]]:
    """Read the rows of a CSV file, titles included."""
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))


def write_rows(path: Path, rows: list[list[str]]) -> None:
    """Write rows as a CSV file."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows(rows)


MAPPING = """
respondent = "Respondent"
names = "sparring_*"
answered = "Status"
answered_when = ["Ja"]
silent_when = ["Nej"]
people = "{people}"

[survey]
id = "sparring-2019"
relation = "advice"
date = "2019-11-04"
max_ties = 1
"""


@pytest.mark.parametrize("people", ["id", "name"])
def test_surveys_that_are_refused_show_nobody(
    place: Path, listen: Listen, tmp_path: Path, people: str
) -> None:
    """An export with unknown people, marks and titles, or with somebody twice, shows none of them."""
    known = plfkit.read(place / "north", profile=plfkit.load_profile("vejle")).persons
    one, two, three = (str(getattr(known[row], people)) for row in range(3))
    mapping, out = tmp_path / "m.toml", tmp_path / "out"
    mapping.write_text(MAPPING.format(people=people), encoding="utf-8")
    titles = ["Respondent", "Status", "sparring_1", "sparring_2"]
    exports = [
        [titles, [FAULTY[0], "Ja", one, ""], [FAULTY[1], "Ja", FAULTY[2], ""]],
        [titles, [one, FAULTY[0], two, ""], [two, "Nej", one, ""], [two, "Ja", two, ""]],
        [titles, [one, "Ja", two, three]],
        [titles, [one, "Ja", two, two], ["", "Ja", one, ""], [three, "Ja", "", "", FAULTY[0]]],
        [[*titles, FAULTY[0]], [one, "Ja", two, "", "1"]],
        [[one, "Ja", two, ""]],
    ]
    for number, rows in enumerate(exports):
        export = tmp_path / f"svar{number}.csv"
        write_rows(export, rows)
        for language in ("da", "en"):
            said = listen(
                "add-survey", place / "north", export, "--mapping", mapping, "--out", out,
                "--profile", "vejle", "--lang", language,
            )  # fmt: skip
            assert not out.exists()
            assert find_canary(said) == []


def test_people_who_go_or_hide_are_not_shown(place: Path, listen: Listen, tmp_path: Path) -> None:
    """Neither command says whom it is about, and pseudonymised files hold no canary of a person."""
    key, data = tmp_path / "key", place / "north"
    key.write_bytes(bytes(range(32)))
    key.chmod(0o600)
    profile = ("--profile", "vejle")
    said = listen("exclude", data, "--person", "kanarie p-0001", "--out", tmp_path / "no", *profile)
    said += listen(
        "exclude", data, "--person", "kanarie p-00001", "--out", tmp_path / "yes", *profile
    )
    out = tmp_path / "hidden"
    words = ("--generalise", "title,subject,dates")
    said += listen("pseudonymise", data, "--key-file", key, "--out", out, *words, *profile)
    assert find_canary(said) == []
    left = [line for path in out.glob("*.csv") for line in find_canary(path.read_text("utf-8"))]
    assert [line for line in left if "Quokka" in line or re.search(r"kanarie.p-\d", line)] == []
    assert "kanarie-kode" not in "".join(left)
