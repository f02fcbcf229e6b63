"""What is public: the lists of the code, the pages that tell of them, and what pages import."""

from __future__ import annotations

import importlib
import inspect
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Literal, get_origin

import pytest
from reference_pages.public import list_public_modules

import plfkit

MODULES = list_public_modules()
_IMPORT = re.compile(r"^ *from (plfkit[\w.]*) import (\([^)]*\)|[^\n]*)", re.MULTILINE)
_BLOCK = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)
_OWN_FILE = "# src/plfkit/"
"""Where a block is a file of plfkit itself, its first line says which."""


@pytest.mark.parametrize("name", MODULES)
def test_modules_show_what_is_public(name: str) -> None:
    """The Tab key shows what the module lists, each name once, and each is there with its docstring."""
    module = MODULES[name]
    assert sorted(dir(module)) == sorted(set(module.__all__))
    for one in module.__all__:
        value = getattr(module, one)
        assert inspect.getdoc(value) or get_origin(value) in {Literal, Callable}, one


def test_the_page_is_the_code(root: Path) -> None:
    """Every public name stands under its module, and no other does."""
    page = (root / "docs/reference/public.md").read_text(encoding="utf-8")
    sections = re.split(r"^## (plfkit[\w.]*)$", page, flags=re.MULTILINE)[1:]
    told = dict(zip(sections[::2], sections[1::2], strict=True))
    assert {*told} == {"plfkit", *(f"plfkit.{name}" for name in MODULES)}
    for title, text in told.items():
        module = plfkit if title == "plfkit" else MODULES[title.removeprefix("plfkit.")]
        rows = re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE)
        named = "\n".join(
            re.findall(r"^(?:Also on the face|\[Measures\].*?):.*$", text, re.MULTILINE)
        )
        found = [*rows, *re.findall(r"`(\w+)`", named)]
        rooms = MODULES.keys() if module is plfkit else ()
        assert sorted(found) == sorted({*module.__all__} - {*rooms}), title


def test_every_public_class_and_function_is_explained(root: Path) -> None:
    """What is public and no measure has its signature on a page of the reference, or a table of its own."""
    reference = [
        path.read_text(encoding="utf-8") for path in (root / "docs/reference").rglob("*.md")
    ]
    shown = {name.rpartition(".")[2] for text in reference for name in _AUTODOC.findall(text)}
    tables = {*list_errors(), *(sort.__name__ for sort in list_words()), "hookimpl"}
    for name, module in MODULES.items():
        found = {one: getattr(module, one) for one in module.__all__}
        named = {one for one, value in found.items() if is_explained(value)}
        measures = {measure.name for measure in plfkit.measures.CORE}
        assert named <= shown | tables | measures, name


def is_explained(value: object) -> bool:
    """Tell whether something has a docstring of its own: a class or a function."""
    return inspect.isclass(value) or inspect.isfunction(value)


_AUTODOC = re.compile(r"^\.\. auto(?:class|function|module|data):: (plfkit[\w.]+)", re.MULTILINE)


def list_errors() -> Iterator[str]:
    """Yield the names of errors and warnings, which have a page."""
    for name in plfkit.errors.__all__:
        found = getattr(plfkit.errors, name)
        if inspect.isclass(found) and issubclass(found, Exception):
            yield name


def list_words() -> list[type]:
    """List the enumerations of closed words, which have a page."""
    from plfkit.model.words.closed import ClosedWord

    return ClosedWord.__subclasses__()


def test_pages_show_public_names_only(root: Path) -> None:
    """What a page shows the signature of can be reached by public names."""
    pages = (root / "docs/reference").rglob("*.md")
    for name in {found for page in pages for found in _AUTODOC.findall(page.read_text("utf-8"))}:
        assert is_public(name) or name in SHOWN_WITH, name


SHOWN_WITH = {
    "plfkit.model.records.rows": "the page of parts: each of them is on the face",
    **{
        f"plfkit.profiles.hooks.plfkit_{name}": "a hook: plug-ins write it, nobody calls it"
        for name in ("profile", "measures", "readers", "sections")
    },
    "plfkit.testing.fixtures": "named in pytest_plugins",
}
"""What the reference shows although it is no public name, and why."""


def test_pages_import_public_names_only(root: Path) -> None:
    """Whatever README, docs and plug-ins import of plfkit is public; plfkit's own files may have more."""
    found = [*list_imports(root)]
    assert len(found) > 20
    private = {(where, name) for where, name in found if not is_public(name)}
    assert not private


def list_imports(root: Path) -> Iterator[tuple[str, str]]:
    """Yield what blocks of pages, and the modules of plug-ins, import of plfkit, and where."""
    for page in [root / "README.md", *(root / "docs").rglob("*.md")]:
        for block in _BLOCK.findall(page.read_text(encoding="utf-8")):
            if not block.startswith(_OWN_FILE):
                yield from ((page.name, name) for name in find_imports(block))
    for module in (root / "plugins").rglob("*.py"):
        yield from (
            (module.name, name) for name in find_imports(module.read_text(encoding="utf-8"))
        )


def find_imports(code: str) -> Iterator[str]:
    """Yield the full names of what code imports of plfkit."""
    for module, names in _IMPORT.findall(code):
        if module == "plfkit" or module.startswith("plfkit."):
            for name in names.strip("()").replace("\n", " ").split(","):
                if one := name.split("#")[0].split(" as ")[0].strip():
                    yield f"{module}.{one}"


def is_public(name: str) -> bool:
    """Tell whether a full name is one of the face, or of a public module, or an attribute of such."""
    found: Any = plfkit
    for part in name.removeprefix("plfkit.").split("."):
        if inspect.ismodule(found) and part not in dir(found):
            return False
        found = getattr(found, part)
    return True


def test_inner_rooms_can_be_reached() -> None:
    """What is private is there for those who look, and shown to nobody."""
    for name in ("kernels", "model", "resampling", "sources"):
        assert getattr(plfkit, name) is importlib.import_module(f"plfkit.{name}")
        assert name not in dir(plfkit)
