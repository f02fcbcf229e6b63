"""plfkit new: asks what it has to, makes what was asked for, and says what is to be done."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import plfkit
from plfkit.cli import main


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def run(*arguments: str, answers: str = "") -> Result:
    """Run ``plfkit new``, and answer what it asks."""
    return CliRunner().invoke(main, ["new", *arguments], input=answers)


def test_defaults_ask_nothing() -> None:
    """The distribution stands in a folder of its own name, and what comes next is said."""
    done = run("randers", "--defaults", "--lang", "en")
    assert (done.exit_code, done.stdout) == (0, "plfkit-randers\n")
    assert "python -m pip install -e 'plfkit-randers[testing]'" in done.stderr
    profile = plfkit.load_profile(Path("plfkit-randers/src/plfkit_randers/profile.toml"))
    assert profile.label.da == "Randers Kommune"
    assert profile.code is None


@pytest.mark.parametrize(
    ("language", "question"),
    [("da", "Kommunens navn på dansk [Ny Kommune]"), ("en", "The municipality's name in Danish")],
)
def test_questions_are_asked_in_the_language(language: str, question: str) -> None:
    """What is typed is taken, Enter takes what stands there, and what will not do is asked again."""
    answers = 'Nyby Kommune\n\n99\n999\nsay "x"\nEn Forfatter\n'
    done = run("ny", "--lang", language, answers=answers)
    assert done.exit_code == 0, done.output
    assert question in done.stderr
    assert done.stdout == "plfkit-ny\n"
    profile = plfkit.load_profile(Path("plfkit-ny/src/plfkit_ny/profile.toml"))
    assert (profile.label.da, profile.label.en) == ("Nyby Kommune", "Ny Municipality")
    assert profile.code == "999"
    assert 'name = "En Forfatter"' in Path("plfkit-ny/pyproject.toml").read_text(encoding="utf-8")


def test_options_answer() -> None:
    """With an option for each answer a script is asked nothing."""
    said = ["--danish", "A", "--english", "B", "--code", "123", "--author", "C", "--out", "here/x"]
    done = run("ny", *said)
    assert (done.exit_code, done.stdout) == (0, f"{Path('here/x')}\n")
    profile = plfkit.load_profile(Path("here/x/src/plfkit_ny/profile.toml"))
    assert (profile.label, profile.code) == (plfkit.Label("A", "B"), "123")


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["Randers Kommune"], 1, "for example randers"),
        ([], 2, "as in plfkit new randers"),
        (["randers", "--update", "."], 2, "and nothing else"),
        (["--update", ".", "--code", "730"], 2, "and nothing else"),
        (["--update", "."], 1, "only what plfkit new made"),
        (["--update", "nowhere"], 2, "does not exist"),
        (["randers", "--out", "full"], 1, "full exists"),
        (["randers", "--defaults", "--code", "7"], 1, "three digits"),
    ],
)
def test_what_will_not_do(arguments: list[str], code: int, message: str) -> None:
    """It is refused before a question is asked, with what to do, and nothing is made."""
    Path("full").mkdir()
    Path("full/mine").write_text("mine")
    done = run(*arguments, "--lang", "en")
    assert (done.exit_code, done.stdout) == (code, "")
    assert message in done.stderr
    assert [path.name for path in sorted(Path().rglob("*"))] == ["full", "mine"]


@pytest.fixture
def newer_plfkit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A plfkit that says it is much newer, as an installer would leave it."""
    info = tmp_path / "site" / "plfkit-0.98.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: plfkit\nVersion: 0.98.0\n")
    monkeypatch.syspath_prepend(str(info.parent))


def test_nothing_to_update() -> None:
    """A distribution of this plfkit's stays as it is, and that is said."""
    run("randers", "--defaults")
    done = run("--update", "plfkit-randers", "--lang", "en")
    assert (done.exit_code, done.stdout) == (0, "")
    assert "plfkit-randers is up to date" in done.stderr


def test_an_update_tells_what_it_did(request: pytest.FixtureRequest) -> None:
    """Each file that is not as it was has its line, in the reader's language."""
    run("randers", "--defaults")
    request.getfixturevalue("newer_plfkit")
    done = run("--update", "plfkit-randers", "--lang", "da")
    assert (done.exit_code, done.stdout) == (0, "opdateret: pyproject.toml\n")


def test_a_conflict_is_told(request: pytest.FixtureRequest) -> None:
    """It is marked in the file, the exit code is 1, and the next update waits until it is resolved."""
    run("randers", "--defaults")
    project = Path("plfkit-randers/pyproject.toml")
    text = project.read_text(encoding="utf-8")
    project.write_text(text.replace('"plfkit>=', '"openpyxl", "plfkit>='), encoding="utf-8")
    request.getfixturevalue("newer_plfkit")
    done = run("--update", "plfkit-randers", "--lang", "en")
    assert (done.exit_code, done.stdout) == (1, "conflict, marked in the file: pyproject.toml\n")
    assert "look for <<<<<<<" in done.stderr
    assert '<<<<<<< yours\ndependencies = ["openpyxl", "plfkit>=' in project.read_text("utf-8")
