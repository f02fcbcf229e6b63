"""The documentation is true: generated pages are fresh, and nothing public is undocumented."""

from __future__ import annotations

import inspect
import re
import tomllib
from pathlib import Path
from typing import Literal, get_args, get_origin

import pytest
from attrs import fields
from generate import find_stale, write_pages
from reference_pages.figures import split_docstring
from reference_pages.pictures import draw_pictures

import plfkit
from plfkit import errors
from plfkit.cli import main
from plfkit.faults import FaultCode
from plfkit.measures import CORE, ties
from plfkit.model.declared.declarations import Goal, Indicator, PrivacyFloor, Purpose
from plfkit.model.declared.facts import Claim, Programme, Rule, School, Statement
from plfkit.model.records.rows import NATIVE_ROWS
from plfkit.model.words.closed import ClosedWord
from plfkit.profiles import hooks
from plfkit.profiles.profile import Declarations


def test_generated_pages_are_fresh(root: Path) -> None:
    """Run `python docs/generate.py` if this fails."""
    written = write_pages()
    for path, text in written.items():
        assert (root / "docs" / path).read_text(encoding="utf-8") == text, path
    assert not find_stale(root / "docs", written)


@pytest.mark.slow
def test_pictures_are_fresh(root: Path) -> None:
    """Pages show what plfkit draws today, and for those who listen say what it says."""
    for path, text in draw_pictures().items():
        assert (root / "docs" / path).read_text(encoding="utf-8") == text, path


def test_danish_pages_say_so(root: Path) -> None:
    """A page in Danish is read aloud as Danish: those below the start page in Danish, and no others."""
    index = (root / "docs/index.md").read_text(encoding="utf-8")
    [listed] = re.findall(r":caption: På dansk\n\n(.*?)\n```", index, re.DOTALL)
    marked = {
        page.relative_to(root / "docs").with_suffix("").as_posix()
        for page in (root / "docs").rglob("*.md")
        if page.read_text(encoding="utf-8").startswith("---\nlang: da\n---\n")
    }
    assert marked == {*listed.split()}


def test_stale_pages_are_found(tmp_path: Path) -> None:
    """A page of a measure that there is no longer is stale; those that are written are not."""
    folder = tmp_path / "reference/measures"
    folder.mkdir(parents=True)
    gone, kept = folder / "gone.md", folder / "density.md"
    for page in (gone, kept):
        page.touch()
    assert find_stale(tmp_path, ["reference/measures/density.md"]) == [gone]


def test_every_public_name_is_documented(root: Path) -> None:
    """A page on Python has every name of the face, and each has a docstring, but for words as types."""
    reference = root / "docs/reference"
    pages = [reference / "python.md", *(reference / "python").glob("*.md")]
    page = "".join(page.read_text(encoding="utf-8") for page in pages)
    elsewhere = {
        "measures",
        "hookimpl",
        "PlfkitError",
        *(part.__name__ for part in NATIVE_ROWS.values()),
    }
    for name in plfkit.__all__:
        found = getattr(plfkit, name)
        assert inspect.getdoc(found) or get_origin(found) is Literal, name
        is_told = inspect.ismodule(found) or name in elsewhere or f"plfkit.{name}" in page
        assert is_told, name


@pytest.mark.parametrize("name", ties.__all__)
def test_measures_of_ties_say_the_same(name: str) -> None:
    """A docstring has formula, source and an example; what to beware of is what readers are told."""
    told = split_docstring(CORE[name].function)
    assert told["Formula"]
    assert " ".join(told["Beware"].split()) == CORE[name].about.beware.en
    assert "Undefined" in told[""] or "undefined" in told[""]
    assert "Source:" in told[""]
    assert ">>> " in told["Examples"]


def test_every_measure_command_error_and_hook_is_documented(root: Path) -> None:
    """Each has its page, or its place on one, and measures and commands stand in their lists too."""
    reference = root / "docs/reference"
    text = {path.stem: path.read_text(encoding="utf-8") for path in reference.glob("*.md")}
    for folder, names in {"measures": [m.name for m in CORE], "commands": main.commands}.items():
        for name in names:
            page = (reference / folder / f"{name}.md").read_text(encoding="utf-8")
            assert name in page.partition("\n")[0].removeprefix("# ").split()
            assert f"({folder}/{name}.md)" in text[folder]
    known = [n for n, e in vars(errors).items() if inspect.isclass(e) and issubclass(e, Exception)]
    assert all(f"| `{name}` |" in text["errors"] for name in known)
    assert all(f"## {name}\n" in text["hooks"] for name in vars(hooks) if "plfkit_" in name)


@pytest.mark.parametrize(
    "part",
    [
        *(
            Claim,
            Goal,
            Indicator,
            PrivacyFloor,
            Programme,
            Purpose,
            Rule,
            School,
            Statement,
        ),
        Declarations,
    ],
)
def test_every_key_of_a_profile_is_documented(root: Path, part: type) -> None:
    """Each key that a profile may hold stands on the page about profiles."""
    page = (root / "docs/reference/profiles.md").read_text(encoding="utf-8")
    for attribute in fields(part):
        assert f"| `{attribute.name}`" in page, attribute.name


def test_closed_words_are_documented(root: Path) -> None:
    """The page of closed words has a section for each sort, and a row for each word."""
    page = (root / "docs/reference/words.md").read_text(encoding="utf-8")
    for sort in ClosedWord.__subclasses__():
        assert f"\n`{sort.__name__}`: " in page
        assert all(f"| `{word}` | {word.meaning} |" in page for word in sort)


def test_the_readme_names_the_columns_of_every_table(root: Path) -> None:
    """The README's list of tables is the schema's."""
    from plfkit.model.records.schema import list_column_specs

    readme = (root / "README.md").read_text(encoding="utf-8")
    for name, part in NATIVE_ROWS.items():
        columns = ", ".join(spec.name for spec in list_column_specs(part))
        assert re.search(rf"^{name} +{re.escape(columns)}$", readme, re.MULTILINE), name


def test_links_lead_somewhere(root: Path) -> None:
    """Every relative link of README, contributing and documentation has a file at its end."""
    sources = [root / "README.md", root / "CONTRIBUTING.md", *(root / "docs").rglob("*.md")]
    for source in sources:
        if "_build" in source.parts:
            continue
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", source.read_text(encoding="utf-8")):
            assert (source.parent / target).exists(), (source.name, target)


def test_the_rooms_are_the_folders(root: Path) -> None:
    """Every folder and module of the package is a layer of the import contract, and the reverse."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    layers = project["tool"]["importlinter"]["contracts"][0]["layers"]
    named = {name for layer in layers for name in re.split(r" [:|] ", layer)}
    package = root / "src/plfkit"
    rooms = {p.stem for p in package.iterdir() if p.suffix == ".py" or (p / "__init__.py").exists()}
    assert named == {f"plfkit.{room}" for room in rooms - {"__init__", "__main__"}}


def test_every_code_of_a_fault_is_documented(root: Path) -> None:
    """Each code that a fault can have stands once on the page about faults, and no other."""
    page = (root / "docs/reference/faults.md").read_text(encoding="utf-8")
    documented = re.findall(r"^\| `([a-z_]+)` \|", page, re.MULTILINE)
    assert sorted(documented) == sorted(get_args(FaultCode))


@pytest.mark.parametrize("page", ["explanation/rooms.md", "reference/glossary.md"])
def test_paths_are_there(root: Path, page: str) -> None:
    """Whoever looks where these pages send them finds a folder or a file."""
    text = (root / "docs" / page).read_text(encoding="utf-8")
    named = re.findall(r"`(\w+/[\w/]*(?:\.\w+)?)`", text)
    assert len(named) > 20
    places = (root / "src/plfkit", root)
    assert [path for path in named if not any((place / path).exists() for place in places)] == []
