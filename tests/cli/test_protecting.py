"""``plfkit pseudonymise`` and ``plfkit exclude``."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from plfkit import Organisation, Person, Tie, pseudonymise, read, write
from plfkit.cli import main

KEY = bytes(range(32))


def run(*arguments: str | Path) -> Result:
    """Run a command."""
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture
def key(tmp_path: Path) -> Path:
    """A key's file, apart from all data."""
    path = tmp_path / "key"
    path.write_bytes(KEY)
    path.chmod(0o600)
    return path


@pytest.mark.parametrize("name", ["hidden", "hidden.xlsx"])
def test_pseudonyms_from_the_command_line(
    example: Path, key: Path, tmp_path: Path, name: str
) -> None:
    """A folder or a workbook, the same as in Python; the path is all that goes to stdout."""
    (tmp_path / "out").mkdir()
    out = tmp_path / "out" / name
    words = ("--generalise", "dates, title")
    done = run("pseudonymise", example, "--key-file", key, "--out", out, *words)
    assert (done.exit_code, done.stdout) == (0, f"{out}\n"), done.output
    assert "still personal" in done.stderr
    assert read(out) == pseudonymise(read(example), KEY, generalise=["title", "dates"])


def test_nothing_is_written_over(example: Path, key: Path, tmp_path: Path) -> None:
    """A folder with something in it is left alone, by both commands."""
    for command in (("pseudonymise", example, "--key-file", key), ("exclude", example)):
        person = ("--person", "x") if command[0] == "exclude" else ()
        done = run(*command, *person, "--out", tmp_path)
        assert done.exit_code == 1
        assert "exists: give another name" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["key"]


def test_keys_that_will_not_do(example: Path, key: Path, tmp_path: Path) -> None:
    """Open to others, too short, or where the result goes: refused, with what to do, and no file."""
    out = tmp_path / "out"

    def refuse(*more: str) -> str:
        done = run("pseudonymise", example, "--key-file", key, "--out", out, *more)
        assert (done.exit_code, done.stdout) == (1, "")
        assert not out.exists() or not [*out.glob("*.csv")]
        return done.stderr

    key.chmod(0o644)
    assert f"chmod 600 {key}" in refuse()
    assert "luk den med chmod 600" in refuse("--lang", "da")
    key.chmod(0o600)
    key.write_bytes(KEY[1:])
    assert "must have 32" in refuse()
    out.mkdir()
    key.write_bytes(KEY)
    assert "title" in refuse("--generalise", "titel")
    done = run("pseudonymise", example, "--key-file", key, "--out", tmp_path / "key.xlsx")
    assert done.exit_code == 1
    assert "move it elsewhere" in done.stderr


def test_somebody_goes(tmp_path: Path) -> None:
    """Rows about them are gone from what is written; a slip shows nobody, unless asked to."""
    people = [Person("anna-1"), Person("anna-2"), Person("bodil")]
    known = Organisation.of(persons=people, ties=[Tie("bodil", "anna-1", "advice")])
    data, out = write(known, tmp_path / "data"), tmp_path / "out"
    slip = run("exclude", data, "--person", "anna-3", "--out", out)
    assert (slip.exit_code, slip.stdout, out.exists()) == (1, "", False)
    assert "one of the 2 that are near it" in slip.stderr
    assert "anna" not in slip.output
    danish = run("exclude", data, "--person", "anna-3", "--out", out, "--lang", "da")
    assert "ingen har dette id, men 2 ligner det" in danish.stderr
    shown = run("exclude", data, "--person", "anna-3", "--out", out, "--show-values")
    assert "anna-1" in shown.stderr
    done = run("exclude", data, "--person", "anna-1", "--out", out)
    assert (done.exit_code, done.stdout) == (0, f"{out}\n")
    assert "gone with this person: 1\n" in done.stderr
    assert "anna" not in done.stderr
    assert [person.id for person in read(out).persons] == ["anna-2", "bodil"]
    assert len(read(out).ties) == 0
