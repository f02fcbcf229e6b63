"""``plfkit audit``: leaks on stdout, and an exit code that says whether there are any."""

from __future__ import annotations

import json
from pathlib import Path

from audit.publishing import publish, tell
from click.testing import CliRunner, Result

from plfkit.cli import main

SCHOOL = tell(16, 10, at=["engskolen"])
STAFF = tell(14, 9, "pedagogical_staff", at=["engskolen"])


def run(example: Path, *arguments: str | Path) -> Result:
    """Run the command with the example's staff list."""
    return CliRunner().invoke(main, ["audit", *map(str, arguments), "--staff", str(example)])


def test_leaks(tmp_path: Path, example: Path) -> None:
    """A leak is said in Danish or in English, as is asked for, and the exit code is 1."""
    page = publish(tmp_path, SCHOOL, STAFF)
    done = run(example, page, "--lang", "da")
    assert done.exit_code == 1
    assert "netop 1 af de 2 skoleledelse på Engskolen har det\n" in done.stdout
    assert done.stdout.endswith("3 lækager.\n")
    assert "exactly 1 of the 2 school leadership" in run(example, page, "--lang", "en").stdout


def test_no_leaks(tmp_path: Path, example: Path) -> None:
    """Without leaks the exit code is 0, and a sentence says so."""
    done = run(example, publish(tmp_path, tell(52, [20, 29])), "--lang", "en")
    assert done.exit_code == 0
    assert done.stdout.startswith("No leaks")


def test_json(tmp_path: Path, example: Path) -> None:
    """Each leak is an object; several files are read together."""
    files = publish(tmp_path, SCHOOL, name="a.json"), publish(tmp_path, STAFF, name="b.html")
    done = run(example, *files, "--format", "json", "--lang", "en")
    (leak,) = [leak for leak in json.loads(done.stdout)["leaks"] if leak["people"] == 2]
    assert leak.pop("sentence").startswith("membership_coverage in 2018/19: 10 of 16 staff")
    assert leak == {
        "property": "membership_coverage",
        "period": "2018/19",
        "group": "school leadership at Engskolen",
        "people": 2,
        "what": "surely",
        "least": 1,
        "most": 1,
    }


def test_refusals(tmp_path: Path, example: Path) -> None:
    """What is no publication is refused with what to do, and a missing staff list is misuse."""
    page = tmp_path / "a.json"
    page.write_text("{}", encoding="utf-8")
    done = run(example, page, "--lang", "en")
    assert done.exit_code == 1
    assert "does not tell what was published" in done.stderr
    assert CliRunner().invoke(main, ["audit", str(page)]).exit_code == 2
