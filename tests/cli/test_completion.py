"""What a shell completes, asked as a shell asks."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.shell_completion import ShellComplete

from plfkit.cli import main
from plfkit.measures import CORE


def complete(line: str) -> list[str]:
    """Return what could stand in place of the last word."""
    *before, begun = line.split(" ")
    found = ShellComplete(main, {}, "plfkit", "_PLFKIT_COMPLETE").get_completions(before, begun)
    return [item.value for item in found]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("me", ["measure", "measures"]),
        ("test ", ["change", "flips", "mrqap", "qap"]),
        ("goals --prof", ["--profile"]),
        ("goals --profile v", ["vejle"]),
        ("describe mid", ["middelfart"]),
        ("measure membership", ["membership_coverage"]),
        ("measure density --relation adv", ["advice"]),
        ("measure density --by lev", ["level"]),
        ("test change --measure recip", ["reciprocity"]),
        ("test qap --relation advice --against lev", ["level"]),
        ("test qap --relation advice --against sen", ["sender:"]),
        ("test qap --relation advice --against sender:ft", ["sender:fte"]),
        ("goals --format ", ["table", "json", "csv", "xlsx"]),
        ("goals --lang ", ["da", "en"]),
        ("goals --profile vejle --nowhere", []),
        ("trend --profile nobody --indicator V", []),
    ],
)
def test_words_are_completed(line: str, words: list[str]) -> None:
    """Commands, options, profiles, measures, relations, groups and forms."""
    assert complete(line) == words


def test_a_profile_that_is_named_completes_its_own() -> None:
    """Its measures, and its indicators; those of the data's own profile where none is named."""
    assert "V1a" in complete("trend --profile vejle --indicator V1")
    assert {*complete("measure ")} >= {measure.name for measure in CORE}


def test_data_say_which_profile_completes(tmp_path: Path) -> None:
    """Whoever gives data need not name the profile that they were written for."""
    from plfkit import load_profile
    from plfkit.sources import write
    from plfkit.synthetic import municipality

    write(municipality(load_profile("langeland"), schools=1), tmp_path / "island")
    assert "L1a_levels" in complete(f"trend {tmp_path / 'island'} --indicator L1a")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shells_get_a_script(shell: str) -> None:
    """The line that the documentation gives prints what the shell reads."""
    environment = {**os.environ, "_PLFKIT_COMPLETE": f"{shell}_source"}
    program = "from plfkit.cli import main; main(prog_name='plfkit')"
    done = subprocess.run(  # noqa: S603 - this very Python
        [sys.executable, "-c", program],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "_PLFKIT_COMPLETE" in done.stdout
    assert "plfkit" in done.stdout
