"""Mistakes in names are told before data are read: the data here have faults of which nothing is said."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from plfkit.cli import main
from plfkit.cli.naming import find_measure
from plfkit.measures import CORE
from plfkit.profiles import available_profiles, load_profile


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    """A folder whose reading ends with faults."""
    (tmp_path / "persons.csv").write_text("id\na\na\n")
    return tmp_path


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("goals {data} --profile vejl", '"vejle"'),
        ("measure densty {data}", '"density"'),
        ("measure density {data} --relation advise", '"advice"'),
        ("measure density {data} --relation xyz", "there are "),
        ("measure density {data} --relation advice --by scool", '"school"'),
        ("measure density {data} --relation advice --set varient=dyadic", "takes no argument"),
        ("measure reciprocity {data} --relation advice --set variannt=dyadic", '"variant"'),
        ("measure density {data}", "needs the argument 'relation'"),
        ("measure density {data} --relation advice --at soon", "no period"),
        ("trend {data} --indicator advice_densty", '"advice_density"'),
        ("test qap {data} --relation advice --against levle", '"level"'),
        ("test qap {data} --relation advice --against level --within scool", '"school"'),
        ("test mrqap {data} --relation advice --on levle", '"level"'),
        ("test mrqap {data} --relation advice --on sender:techer", '"teacher"'),
        ("test mrqap {data} --relation advice --on sendr:teacher", "sendr:teacher"),
        ("test change {data} --measure densty --from 2017/18 --to 2018/19", '"density"'),
        ("test flips {data} --measure density --relation advise --target 1", '"advice"'),
        ("compare {data} {data}/../other --profile generic --profile vejl", '"vejle"'),
    ],
)
def test_names_come_first(asked: str, meant: str, faulty: Path) -> None:
    """Misuse is told with what was meant, or what there is."""
    (faulty.parent / "other").mkdir(exist_ok=True)
    done = CliRunner().invoke(main, asked.format(data=faulty).split())
    assert (done.exit_code, meant in done.stderr) == (2, True), done.stderr
    assert "fault" not in done.stderr


def test_mistakes_are_told_in_danish_too(faulty: Path) -> None:
    """With what was meant."""
    asked = ["measure", "densty", str(faulty), "--lang", "da"]
    told = CliRunner().invoke(main, asked).stderr
    assert "der er ingen beregning 'densty', mente I \"density\"?" in told


def test_no_name_that_works_is_refused() -> None:
    """Whatever profiles and measures group by passes."""
    profiles = [load_profile(info.id) for info in available_profiles()]
    used = [
        (one, each.measure, each.arguments) for one in profiles for each in one.indicators.values()
    ]
    used += [(one, measure.name, measure.about.example) for one in profiles for measure in CORE]
    tried = 0
    for profile, name, arguments in used:
        if name is not None:
            tried += bool({"by", "groups"} & {*arguments})
            find_measure(profile, name, arguments)
    assert tried > 20
