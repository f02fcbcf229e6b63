"""What is public: every name that is promised, module by module, from the modules' own lists."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Mapping
from importlib import import_module
from itertools import pairwise
from types import ModuleType
from typing import Any, Literal, get_args, get_origin

import plfkit
from plfkit.measures import CORE

_HEAD = """\
# What is public

A name is public if it stands on this page: on the face, `plfkit`, or in the list (`__all__`) of one
of its public modules. `dir()` of a module and the Tab key show these and no others. What may change when, [is
promised](../explanation/promises.md). Everything else is private, wherever it can be reached, and changes
without a word: `plfkit.model`, `plfkit.sources`, `plfkit.kernels` and `plfkit.resampling`, the modules inside
the public ones, and names that begin with an underscore. Of a value, those attributes and methods
are promised that its page of the reference shows; `dir()` of a value may show others, which are as private.
"""
_MEASURES = {measure.name for measure in CORE}


def list_public_names() -> str:
    """List every public name by its module, with what it is in a sentence."""
    lines = [_HEAD]
    modules = list_public_modules()
    lines += _list_face(modules)
    for name, module in modules.items():
        lines += _list_module(f"plfkit.{name}", module)
    return "\n".join(lines) + "\n"


def list_public_modules() -> dict[str, ModuleType]:
    """Return the public modules by their names on the face."""
    found = {name: getattr(plfkit, name) for name in plfkit.__all__}
    return {name: one for name, one in found.items() if inspect.ismodule(one)}


def _list_face(modules: Mapping[str, ModuleType]) -> list[str]:
    names = [name for name in plfkit.__all__ if name not in modules]
    rooms = {one: f"plfkit.{name}" for name, room in modules.items() for one in room.__all__}
    head = ["## plfkit", "", "| name | what it is |", "|---|---|"]
    return [
        *head,
        *(_write_row(rooms.get(name, "plfkit"), name, getattr(plfkit, name)) for name in names),
        "",
    ]


def _list_module(called: str, module: ModuleType) -> list[str]:
    """List a module; measures have a page of their own, and what is on the face is only named."""
    lines = [f"## {called}", "", (inspect.getdoc(module) or "").partition("\n\n")[0], ""]
    own, shared, measures = [], [], []
    for name in sorted(module.__all__):
        value = getattr(module, name)
        if name in _MEASURES:
            measures.append(f"`{name}`")
        elif getattr(plfkit, name, None) is value:
            shared.append(f"`{name}`")
        else:
            own.append(_write_row(called, name, value))
    if own:
        lines += ["| name | what it is |", "|---|---|", *own, ""]
    if measures:
        lines += [f"[Measures](measures.md): {', '.join(measures)}.", ""]
    if shared:
        lines += [f"Also on the face: {', '.join(shared)}.", ""]
    return lines


def _write_row(room: str, name: str, value: Any) -> str:
    return f"| `{name}` | {_summarise(room, name, value)} |".replace("\n", " ")


def _summarise(room: str, name: str, value: Any) -> str:
    """Return the first sentence of a docstring, or of what stands below a constant; words as words."""
    if get_origin(value) is Literal:
        words = get_args(value)
        shown = ", ".join(f"`{word}`" for word in words[:_MOST_WORDS])
        return shown + ("" if len(words) <= _MOST_WORDS else ", …")
    is_explained = inspect.isclass(value) or inspect.isroutine(value)
    text = (inspect.getdoc(value) or "") if is_explained else find_constant_text(room, name)
    return text.partition("\n\n")[0].replace("|", "\\|")


def find_constant_text(module: str, name: str) -> str:
    """Return what stands below a constant or a type where it is assigned, in whichever module that is.

    Raises:
        LookupError: Nothing stands there.
    """
    tree = ast.parse(inspect.getsource(import_module(module)))
    for one, below in pairwise(tree.body):
        if isinstance(one, ast.Assign | ast.AnnAssign) and name in _list_targets(one):
            if isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant):
                return inspect.cleandoc(str(below.value.value))
            raise LookupError(f"say below {name} in {module} what it is")
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module is not None:
            for alias in node.names:
                if name == (alias.asname or alias.name):
                    return find_constant_text(node.module, alias.name)
    raise LookupError(f"{module} has no {name}")


def _list_targets(assignment: ast.Assign | ast.AnnAssign) -> list[str]:
    if isinstance(assignment, ast.AnnAssign):
        return [ast.unparse(assignment.target)]
    return [ast.unparse(target) for target in assignment.targets]


_MOST_WORDS = 8
