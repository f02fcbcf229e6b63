"""``compare``, ``trend`` and ``cases`` from the command line."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from plfkit import (
    Answer,
    Community,
    Membership,
    Organisation,
    Person,
    Position,
    Response,
    Survey,
    Unit,
    load_profile,
)
from plfkit.cli import main
from plfkit.periods import Period
from plfkit.sources import write
from plfkit.synthetic import municipality

CASES = Path(__file__).parents[2] / "plugins"


def run(*arguments: str | Path) -> Result:
    """Run a command."""
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def document(*arguments: str | Path) -> Any:
    """Run a command that must succeed and read its JSON."""
    done = run(*arguments, "--format", "json")
    assert done.exit_code == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Examples of Vejle's and Langeland's goals, and one without goals."""
    folder = tmp_path_factory.mktemp("municipalities")
    for name in ("vejle", "langeland", "generic"):
        write(
            municipality(load_profile(name), schools=None if name == "langeland" else 2),
            folder / name,
        )
    return folder


def test_compare_puts_the_same_calls_beside_each_other(data: Path) -> None:
    """Coverage and anchoring are the same in both profiles under other ids; each keeps its own."""
    printed = document("compare", data / "vejle", data / "langeland")
    assert printed["names"] == printed["examples"] == ["vejle", "langeland"]
    compared = [tuple(row["indicator"] for row in figure["rows"]) for figure in printed["figures"]]
    assert ("V1b", "L1a_members") in compared
    assert ("V1a", "L1a_levels") in compared
    refused = {(row["name"], row["indicator"]): row["reason"] for row in printed["refused"]}
    assert refused["vejle", "V1d_human"] == "other_arguments"
    assert refused["langeland", "L3_wellbeing"] == "not_measured_elsewhere"


def test_compare_refuses_what_is_not_the_same(data: Path) -> None:
    """One municipality alone, two years, or the same name twice are refused with the reason."""
    assert run("compare", data / "vejle").exit_code == 1
    assert "two DATA have the same name" in run("compare", data / "vejle", data / "vejle").stderr
    done = run("compare", data / "vejle", data / "langeland", "--profile", "vejle")
    assert (done.exit_code, "once for each DATA" in done.stderr) == (2, True)
    table = run("compare", data / "vejle", data / "langeland").stdout
    assert table.startswith("vejle (an example), langeland (an example), 2018/19")
    assert "Not compared, and why:" in table
    [row] = [line for line in table.splitlines() if " L3_wellbeing " in line]
    assert row.split("  ")[0] == "langeland"
    assert row.endswith("Not measured elsewhere")


def test_trend_follows_one_indicator(data: Path) -> None:
    """The profile is the one that the data were written for; three years, the last one this year's."""
    printed = document("trend", data / "vejle", "--indicator", "any_community")
    assert [point["at"] for point in printed["trend"]] == ["2016/17", "2017/18", "2018/19"]
    assert printed["trend"][-1]["value"] == printed["value"]
    change = printed["trend"][-1]["value"] - printed["trend"][-2]["value"]
    assert printed["change"] == pytest.approx(change)
    shorter = document("trend", data / "vejle", "--indicator", "any_community", "--years", "1")
    assert len(shorter["trend"]) == 2


def test_trend_of_several_figures_has_a_row_for_each(data: Path) -> None:
    """Each school of Langeland's coverage has its row in each year."""
    table = run("trend", data / "langeland", "--indicator", "L1a_members_by_school").stdout
    assert table.count("skole-01") == table.count("2018/19") == 3
    printed = document("trend", data / "langeland", "--indicator", "L1a_members_by_school")
    assert [[row["part"] for row in point["several"]] for point in printed["trend"]] == [
        ["skole-01", "skole-02", "skole-03"]
    ] * 3


def test_what_is_not_measured_says_why(data: Path) -> None:
    """In a year of which nothing is known a reason stands where no table could be named."""
    told = run("goals", data / "langeland", "--profile", "langeland", "--at", "1999/00").stdout
    [row] = [line.split() for line in told.splitlines() if line.startswith("L1b ")]
    assert " ".join(row[-7:]) == "Not measured yet it is not registered"


def test_trend_refuses_an_unknown_indicator(data: Path) -> None:
    """With the nearest one."""
    done = run("trend", data / "vejle", "--indicator", "V1x")
    assert done.exit_code == 2
    assert "did you mean" in done.stderr


def test_goals_print_change_trend_and_claims(data: Path) -> None:
    """An indicator has its change and its years, a claim its counts and what is missing."""
    printed = document("goals", data / "langeland", "--profile", "langeland")
    rows = {row["id"]: row for goal in printed["goals"] for row in goal["indicators"]}
    assert rows["L1b"]["change"] == 0
    assert rows["L1b"]["change_range"] == [0, 0]
    claims = {claim["id"]: claim for claim in printed["claims"]}
    assert claims["whole_municipality_2016"]["supported"] == 3
    assert claims["whole_municipality_2015"]["missing"][:2] == [
        "registrations:workshop",
        "registrations:training_day",
    ]
    told = run("goals", data / "langeland", "--profile", "langeland").stdout
    assert "Claims are not held against an example" in told


def test_measures_over_years_are_measured_by_name(data: Path) -> None:
    """The command gives them the year before too."""
    printed = document("measure", "community_persistence", data / "vejle", "--profile", "vejle")
    assert printed["variant"] == "2017/18 – 2018/19"
    assert printed["rows"][0]["denominator"] > 0


def test_cases_hold_or_tell(tmp_path: Path) -> None:
    """A folder of cases that hold exits 0; one that does not exits 1 and says what came out."""
    folder = CASES / "plfkit-vejle" / "tests" / "cases"
    assert all(case["holds"] for case in document("cases", folder, "--profile", "vejle")["cases"])
    wrong = tmp_path / "any_community.yaml"
    text = (folder / "any_community.yaml").read_text(encoding="utf-8")
    wrong.write_text(text.replace("value: 0.75", "value: 0.5"), encoding="utf-8")
    done = run("cases", wrong, "--profile", "vejle")
    assert done.exit_code == 1
    assert "value: expected 0.5, found 0.75" in done.stderr
    wrong.write_text(text.replace("persons:", "person:"), encoding="utf-8")
    done = run("cases", wrong, "--profile", "vejle")
    assert done.exit_code == 1
    assert "line 8, person: unknown key 'person', did you mean \"persons\"" in done.stderr


def list_of_today(path: Path) -> Path:
    """Write a list of two dozen teachers as they are in November 2018, and what each of them answered."""
    people = [f"p{number:02d}" for number in range(24)]
    hired = [Period(date(2011 + number % 7, 8, 1)) for number in range(len(people))]
    org = Organisation.of(
        units=[Unit("s", "school")],
        persons=[Person(name) for name in people],
        positions=[
            Position(name, "s", "teacher", valid=since)
            for name, since in zip(people, hired, strict=True)
        ],
        communities=[Community("t", "team", unit="s")],
        memberships=[
            Membership("t", name, valid=since) for name, since in zip(people, hired, strict=True)
        ],
        surveys=[Survey("q", "scale", date=date(2018, 11, 9), lowest=1, highest=4, linked=True)],
        responses=[Response("q", name, answered=True) for name in people],
        answers=[
            Answer("q", name, item=item, value=3)
            for name in people
            for item in ("shared_values", "deprivatised_practice")
        ],
    )
    write(org, path)
    return path


def test_years_that_are_not_told_of(tmp_path: Path) -> None:
    """Hire dates of those who are still there make no years, and the command says why there are none."""
    data = list_of_today(tmp_path / "data")
    asked = ("trend", data, "--profile", "vejle", "--indicator", "any_community")
    done = run(*asked)
    assert "2018/19" in done.stdout
    assert "2017/18" not in done.stdout
    assert "the data tell nothing of the years before 2018/19" in done.stderr
    assert "data fortæller ikke om årene før 2018/19" in run(*asked, "--lang", "da").stderr
    assert "the data tell nothing" not in run(*asked, "--years", "0").stderr


def test_answers_of_single_people(tmp_path: Path) -> None:
    """Where a figure rests on what teams answer, and only people did, table, JSON and page say so."""
    data = list_of_today(tmp_path / "data")
    asked = (data, "--profile", "vejle")
    assert "there are answers of single people" in run("goals", *asked).stdout
    assert "der er svar fra enkeltpersoner" in run("goals", *asked, "--lang", "da").stdout
    figures = {
        one["id"]: one for goal in document("goals", *asked)["goals"] for one in goal["indicators"]
    }
    culture = figures["V2_culture_pedagogical_staff"]
    assert (culture["reason"], culture["missing"]) == (
        "communities_not_asked",
        ["answers:communities"],
    )
    page = tmp_path / "page.html"
    run("report", *asked, "--lang", "da", "--out", page)
    assert "Kræver fællesskabernes egne svar (der er svar fra enkeltpersoner" in page.read_text()
