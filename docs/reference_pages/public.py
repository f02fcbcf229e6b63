"""What is public: every name that is promised, module by module, from the modules' own lists."""

from __future__ import annotations

import inspect
from types import ModuleType, UnionType
from typing import Any, Literal, get_args, get_origin

import plfkit
from plfkit.measures import CORE

_HEAD = """\
# What is public

A name is public if it stands on this page: on the face, `plfkit`, or in the list (`__all__`) of one
of its public modules. `dir()` and the Tab key show these and no others. What may change when, [is
promised](../explanation/promises.md). Everything else is private, wherever it can be reached, and changes
without a word: `plfkit.model`, `plfkit.sources`, `plfkit.kernels` and `plfkit.resampling`, the modules inside
the public ones, and names that begin with an underscore.
"""
_MEASURES = {measure.name for measure in CORE}


def list_public_names() -> str:
    """List every public name by its module, with what it is in a sentence."""
    lines = [_HEAD]
    modules = list_public_modules()
    lines += _list_face({*modules})
    for name, module in modules.items():
        lines += _list_module(f"plfkit.{name}", module)
    return "\n".join(lines) + "\n"


def list_public_modules() -> dict[str, ModuleType]:
    """Return the public modules by their names on the face."""
    found = {name: getattr(plfkit, name) for name in plfkit.__all__}
    return {name: one for name, one in found.items() if inspect.ismodule(one)}


def _list_face(modules: set[str]) -> list[str]:
    names = [name for name in plfkit.__all__ if name not in modules]
    head = ["## plfkit", "", "| name | what it is |", "|---|---|"]
    return [*head, *(_write_row(name, getattr(plfkit, name)) for name in names), ""]


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
            own.append(_write_row(name, value))
    if own:
        lines += ["| name | what it is |", "|---|---|", *own, ""]
    if measures:
        lines += [f"[Measures](measures.md): {', '.join(measures)}.", ""]
    if shared:
        lines += [f"Also on the face: {', '.join(shared)}.", ""]
    return lines


def _write_row(name: str, value: Any) -> str:
    return f"| `{name}` | {_summarise(value)} |".replace("\n", " ")


def _summarise(value: Any) -> str:
    """Return the first sentence of a docstring; of words as a type the words, of a constant its value."""
    if get_origin(value) is Literal:
        words = get_args(value)
        shown = ", ".join(f"`{word}`" for word in words[:_MOST_WORDS])
        return shown + ("" if len(words) <= _MOST_WORDS else ", …")
    if isinstance(value, UnionType):
        return "A type: what is given in one of several ways."
    if isinstance(value, str | tuple):
        return "A constant."
    first = (inspect.getdoc(value) or "").partition("\n\n")[0]
    return first.replace("|", "\\|")


_MOST_WORDS = 8
