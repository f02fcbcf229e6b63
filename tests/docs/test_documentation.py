"""The documentation is true: generated pages are fresh, and nothing public is undocumented."""

from __future__ import annotations

import inspect
import re
import tomllib
from pathlib import Path
from typing import Literal, get_args, get_origin

import pytest
from attrs import fields
from generate import write_pages
from reference_pages.figures import split_docstring

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
    for path, text in write_pages().items():
        assert (root / "docs" / path).read_text(encoding="utf-8") == text, path


def test_every_public_name_is_documented(root: Path) -> None:
    """The Python page has every name of the face, and each has a docstring, but for words as types."""
    page = (root / "docs/reference/python.md").read_text(encoding="utf-8")
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
    """Each has its place on its reference page."""
    reference = root / "docs/reference"
    text = {path.stem: path.read_text(encoding="utf-8") for path in reference.glob("*.md")}
    assert all(f"## {found.name}\n" in text["measures"] for found in CORE)
    assert all(f"## plfkit {name}\n" in text["commands"] for name in main.commands)
    known = [n for n, e in vars(errors).items() if inspect.isclass(e) and issubclass(e, Exception)]
    assert all(f"| `{name}` |" in text["errors"] for name in known)
    specs = [name for name in vars(hooks) if name.startswith("plfkit_")]
    assert specs
    for name in specs:
        signature = str(inspect.signature(getattr(hooks, name))).replace("'", "")
        assert f"`{name}{signature}`" in text["profiles"]


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
