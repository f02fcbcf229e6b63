"""Help by task, examples that run, and a command line that is there at once."""

from __future__ import annotations

import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from plfkit.cli import main
from plfkit.cli.command import Command
from plfkit.goals.assess import YEARS_BACK
from plfkit.profiles.probing import SECONDS
from plfkit.protection import GENERALISATIONS


def list_commands(group: click.Group = main) -> Iterator[tuple[str, Command]]:
    """Yield every command with the words that call it, those of groups among them."""
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from ((f"{name} {below}", one) for below, one in list_commands(command))
        else:
            assert isinstance(command, Command)
            yield name, command


COMMANDS = dict(list_commands())


def print_help(*words: str) -> str:
    """Return what the help of a command says."""
    done = CliRunner().invoke(main, [*words, "--help"], prog_name="plfkit")
    assert done.exit_code == 0
    return done.stdout


def test_commands_stand_under_what_one_wants_to_do() -> None:
    """Every command is there once, below one of six tasks, each with an example of its own."""
    text = print_help()
    told = [line.split()[0] for line in text.splitlines() if line.startswith("  ") and line.split()]
    assert all(told.count(name) == 1 for name in main.commands)
    for task in ("Look around", "Bring data in", "Goals and pages", "Publish safely"):
        assert f"\n{task}:\n" in text
    assert text.count("\n  $ plfkit ") == 6


@pytest.mark.parametrize("name", COMMANDS)
def test_every_help_ends_with_examples(name: str) -> None:
    """They are whole lines, that can be copied, of the command itself."""
    text = print_help(*name.split())
    _, _, shown = text.partition("Examples:\n" if "Examples:\n" in text else "Example:\n")
    examples = [line.strip() for line in shown.splitlines()]
    assert 1 <= len(examples) <= 2
    assert all(example.startswith(f"plfkit {name}") for example in examples)


@pytest.mark.parametrize("name", COMMANDS)
def test_what_all_commands_take(name: str) -> None:
    """Language, quiet and strict plug-ins are options of every command, told in the same words."""
    options = {one.name: getattr(one, "help", None) for one in COMMANDS[name].params}
    for common in ("lang", "quiet", "strict_plugins"):
        assert options[common] == {p.name: p.help for p in COMMANDS["goals"].params}[common]


@pytest.fixture
def beside_a_reader(tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with what examples begin with: staff, office files, a survey, cases, a key; a browser."""
    shutil.copytree(root / "docs/examples/example_municipality", tmp_path / "staff")
    shutil.copytree(root / "plugins/plfkit-vejle/tests/cases", tmp_path / "cases")
    for name in ("svar.csv", "mapping.toml"):
        shutil.copy(root / "docs/examples/survey_export" / name, tmp_path / name)
    for file in (root / "docs/examples/office_files").iterdir():
        shutil.copy(file, tmp_path / file.name)
    key = tmp_path / "own.key"
    key.write_bytes(bytes(range(48)))
    key.chmod(0o600)
    monkeypatch.setenv("BROWSER", "true")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("beside_a_reader")
def test_every_example_runs() -> None:
    """In the order in which the help tells them, each leaving what the next one needs."""
    asked = [line for command in COMMANDS.values() for line in command.examples]
    asked += [task.example for task in main.tasks.values()]
    for line in dict.fromkeys(asked):
        done = CliRunner().invoke(main, shlex.split(line)[1:])
        assert done.exit_code == 0, f"{line}\n{done.output}"


@pytest.mark.parametrize("asked", ["--help", "--version", "goals --help", "measure --help"])
def test_help_loads_no_room(asked: str) -> None:
    """Whoever asks for help or the version waits for no library of numbers."""
    program = (
        "import sys; from plfkit.cli import main\n"
        "try: main(sys.argv[1:])\n"
        "except SystemExit: pass\n"
        "print(sorted({'numpy', 'scipy', 'networkx', 'jinja2'} & set(sys.modules)))"
    )
    done = subprocess.run(  # noqa: S603 - this very Python
        [sys.executable, "-c", program, *asked.split()], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"


def test_what_help_says_is_what_rooms_do() -> None:
    """Help loads no room, so it knows some of their numbers and words by heart."""
    defaults = {name: {p.name: p.default for p in one.params} for name, one in COMMANDS.items()}
    assert defaults["trend"]["years_back"] == YEARS_BACK
    assert defaults["profiles"]["seconds"] == SECONDS
    assert ", ".join(GENERALISATIONS) in " ".join(print_help("pseudonymise").split())


def test_a_mistyped_command_is_understood() -> None:
    """The nearest one is named, or the way to all of them."""
    done = CliRunner().invoke(main, ["mesure"])
    assert (done.exit_code, "did you mean 'measure'?" in done.stderr) == (2, True)
    assert "plfkit --help lists them" in CliRunner().invoke(main, ["xyzzy"]).stderr
