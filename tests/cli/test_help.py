"""Help by task, examples that run, and a command line that is there at once."""

from __future__ import annotations

import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from plfkit.cli import main
from plfkit.cli.command import Command
from plfkit.goals.assess import YEARS_BACK
from plfkit.profiles.probing import SECONDS
from plfkit.protection import GENERALISATIONS


def list_commands(commands: Iterable[click.Command]) -> Iterator[tuple[str, Command]]:
    """Yield commands with the words that call them, those of groups among them."""
    for command in commands:
        if isinstance(command, click.Group):
            below = list_commands(command.commands.values())
            yield from ((f"{command.name} {name}", one) for name, one in below)
        else:
            assert isinstance(command, Command)
            yield str(command.name), command


COMMANDS = dict(list_commands(one for task in main.tasks.values() for one in task.load_commands()))


def print_help(*words: str) -> str:
    """Return what the help of a command says."""
    done = CliRunner().invoke(main, [*words, "--help"], prog_name="plfkit")
    assert done.exit_code == 0
    return done.stdout


def test_commands_stand_under_what_one_wants_to_do() -> None:
    """Every command is there once, below one of six tasks, each with an example of its own."""
    text = print_help()
    told = [line.split()[0] for line in text.splitlines() if line.startswith("  ") and line.split()]
    assert all(told.count(name) == 1 for name in main.list_commands(click.Context(main)))
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
    options, told = (
        {one.name: getattr(one, "help", None) for one in COMMANDS[command].params}
        for command in (name, "goals")
    )
    for common in ("lang", "quiet", "strict_plugins"):
        assert options[common] == told[common]


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


def list_loaded_modules(asked: str, *, prefix: str = "") -> set[str]:
    """Return the modules that a command loads in a process of its own."""
    program = (
        "import sys; from plfkit.cli import main\n"
        "try: main(sys.argv[1:])\n"
        "except SystemExit: pass\n"
        "print(*sys.modules)"
    )
    done = subprocess.run(  # noqa: S603 - this very Python
        [sys.executable, "-c", program, *asked.split()], capture_output=True, text=True, check=True
    )
    return {name for name in done.stdout.splitlines()[-1].split() if name.startswith(prefix)}


@pytest.mark.parametrize("asked", ["--help", "--version", "goals --help", "measure --help"])
def test_help_loads_no_room(asked: str) -> None:
    """Whoever asks for help or the version waits for no library of numbers, nor for plug-ins."""
    loaded = list_loaded_modules(asked)
    assert not loaded & {"numpy", "scipy", "networkx", "jinja2", "pluggy", "plfkit.profiles"}


def test_a_command_loads_itself_alone() -> None:
    """Whoever calls one command waits for none of the others."""
    commands = {
        place.partition(":")[0] for task in main.tasks.values() for place in task.commands.values()
    }
    loaded = list_loaded_modules("check --help", prefix="plfkit.cli.")
    assert loaded & {f"plfkit.cli.{name}" for name in commands} == {"plfkit.cli.checking"}


def test_check_enters_few_rooms(root: Path) -> None:
    """A sound folder in plfkit's own words is checked without workbooks, plug-ins, figures or examples."""
    loaded = list_loaded_modules(f"check {root / 'docs/examples/example_municipality'}")
    unneeded = (
        "sources.template",
        "sources.importing",
        "sources.workbook",
        "synthetic",
        "model.results",
    )
    assert not loaded & {
        f"plfkit.{room}" for room in (*unneeded, "graph", "measures", "goals", "profiles.plugins")
    }
    assert not loaded & {"scipy", "pluggy", "packaging", "multiprocessing", "concurrent.futures"}


@pytest.mark.parametrize("ending", ["--version", "profiles"])
def test_nothing_is_searched_at_the_end(ending: str) -> None:
    """A process that has run a command ends, and looks for no objects that only know each other."""
    program = (
        "import gc, sys; from plfkit.cli import main\n"
        "class Known:\n"
        "    def __del__(self): print('searched', file=sys.stderr)\n"
        "gc.disable(); known = Known(); known.self = known; del known\n"
        "main(sys.argv[1:])"
    )
    done = subprocess.run(  # noqa: S603 - this very Python
        [sys.executable, "-c", program, ending], capture_output=True, text=True, check=True
    )
    assert "searched" not in done.stderr


def test_goals_of_an_example_read_nothing() -> None:
    """Whoever judges the example municipality waits for no file format, solver, ledger or comparison."""
    loaded = list_loaded_modules("goals --profile vejle")
    assert "plfkit.disclosure.gate" in loaded
    unneeded = ("sources.formats", "sources.assembling", "disclosure.comparing", "report.page")
    assert not loaded & {f"plfkit.{room}" for room in unneeded}
    assert not loaded & {"scipy.optimize", "scipy.special", "scipy.stats", "numba", "jinja2"}
    assert not loaded & {"unittest", "numpy.f2py.crackfortran", "webbrowser"}


def test_measures_wait_for_no_solver() -> None:
    """All measures are there without what only intervals, chance and the gate's harder cases need."""
    loaded = list_loaded_modules("measures")
    assert "plfkit.measures.ties.cohesion" in loaded
    assert not loaded & {"scipy.special", "scipy.optimize", "scipy.stats", "numba"}


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
