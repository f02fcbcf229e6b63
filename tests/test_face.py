"""The package's root: a short face that loads nothing until it is used."""

from __future__ import annotations

import importlib
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from inspect import getdoc, isclass
from operator import attrgetter
from pathlib import Path
from pkgutil import walk_packages

import pytest

import plfkit

HEAVY = (
    "numba",
    "networkx",
    "scipy",
    "jinja2",
    "click",
    "numpy",
    "babel",
    "hypothesis",
)


def test_import_pulls_in_nothing_heavy() -> None:
    """A fresh process that imports plfkit has none of the large libraries loaded."""
    code = f"import sys, plfkit; print([m for m in {HEAVY!r} if m in sys.modules])"
    done = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_every_promised_name_is_there() -> None:
    """Each name of the face leads to something, measures included."""
    assert all(getattr(plfkit, name) is not None for name in plfkit.__all__)


def test_dir_shows_what_there_is() -> None:
    """Who explores by hand sees each name and room, and nothing that is none."""
    assert dir(plfkit) == sorted(plfkit.__all__)
    assert {"read", "snapshot", "compare", "measures", "testing", "errors"} <= set(dir(plfkit))


def test_what_the_docs_name_is_there(root: Path) -> None:
    """Whatever a page, or a docstring that becomes one, calls an attribute of plfkit resolves."""
    pages = [root / "README.md", *(root / "docs").rglob("*.md")]
    said = [_NAME.findall(_DIFF.sub("", page.read_text(encoding="utf-8"))) for page in pages]
    said += [_QUOTED.findall(text) for text in docstrings()]
    names = {name for found in said for name in found}
    assert len(names) > 80
    code = """
import sys, plfkit
from operator import attrgetter
for name in sys.argv[1:]:
    for loaded in [m for m in sys.modules if m.startswith("plfkit.")]:
        parent, _, child = loaded.rpartition(".")
        if vars(sys.modules[parent]).get(child) is sys.modules[loaded]:
            delattr(sys.modules[parent], child)  # as if nobody had asked for it yet
    try:
        attrgetter(name)(plfkit)
    except AttributeError as error:
        print(name, error)
"""
    asked = sorted(name.removeprefix("plfkit.") for name in names)
    done = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", code, *asked], capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.stderr) == ("", "")


def docstrings() -> Iterator[str]:
    """Yield what every module of the package, and all that it defines, says of itself."""
    for _, name, _ in walk_packages(plfkit.__path__, "plfkit."):
        if name.endswith("__main__"):
            continue
        module = importlib.import_module(name)
        own = [o for o in vars(module).values() if getattr(o, "__module__", None) == name]
        inside = [part for each in own if isclass(each) for part in vars(each).items()]
        inner = [part for called, part in inside if not called.startswith("__")]
        yield from filter(None, (getdoc(each) for each in (module, *own, *inner)))


_NAME = re.compile(r"(?<![\w./:-])plfkit(?:\.[A-Za-z]\w*)+")
_DIFF = re.compile(r"```diff\n.*?```", re.DOTALL)
"""What a page tells its reader to add is not there yet."""
_QUOTED = re.compile(r"(?<=`)plfkit(?:\.[A-Za-z]\w*)+")


def test_the_types_are_of_the_same_names(root: Path) -> None:
    """What type checkers see of the face is what the face has, from the same places."""
    stub = (root / "src/plfkit/__init__.pyi").read_text(encoding="utf-8")
    listed = re.findall(r"from (plfkit[\w.]*) import (\w+) as \2", stub)
    assert {name for _, name in listed} == set(plfkit.__all__)
    for room, name in listed:
        assert getattr(importlib.import_module(room), name) is getattr(plfkit, name)


def test_unknown_name_is_an_attribute_error() -> None:
    """A name the face does not have is refused as Python does it."""
    with pytest.raises(AttributeError, match="no attribute 'reed'"):
        plfkit.reed  # type: ignore[attr-defined]  # noqa: B018 - the look-up is what is tested


@pytest.mark.parametrize(
    ("name", "where"),
    [
        ("MeasureError", "use plfkit.errors.MeasureError"),
        ("Catalogue", "use plfkit.measures.Catalogue"),
        ("PictureKind", "use plfkit.report.PictureKind"),
        ("validate", "plfkit.read checks what it reads"),
        ("render_figures", "use plfkit.write_figures"),
    ],
)
def test_what_is_elsewhere_says_where(name: str, where: str) -> None:
    """Who looks on the face for a well-known name is told where it is, or what stands in its place."""
    with pytest.raises(AttributeError, match=re.escape(f"no attribute {name!r}: {where}")):
        getattr(plfkit, name)


def test_every_place_that_is_named_is_there() -> None:
    """No answer about a name that is elsewhere sends anybody astray."""
    from plfkit.elsewhere import INSTEAD, WELL_KNOWN

    for room, names in WELL_KNOWN.items():
        assert set(names.split()) <= set(getattr(plfkit, room).__all__)
    for said in INSTEAD.values():
        for name in re.findall(r"plfkit\.([\w.]+)", said):
            assert attrgetter(name)(plfkit) is not None


def test_every_list_of_the_tables_is_the_same(root: Path) -> None:
    """Rows, records, attributes, the face and readers' words name the same sixteen tables."""
    from plfkit.model.records.native import NativeTables, Records
    from plfkit.model.records.rows import NATIVE_ROWS

    words = tomllib.loads((root / "src/plfkit/model/words/tables.toml").read_text(encoding="utf-8"))
    assert len(NATIVE_ROWS) == 16
    assert set(Records.__annotations__) == set(NATIVE_ROWS) == set(words["tables"])
    for name, row_type in NATIVE_ROWS.items():
        assert getattr(NativeTables, name).row_type is row_type
        assert getattr(plfkit, row_type.__name__) is row_type
