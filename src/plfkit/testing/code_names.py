"""Ids of before in the code of a distribution: texts that stand there and name a kind by them."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from contextlib import suppress
from importlib.resources.abc import Traversable

from plfkit.hints import Hint

_DECLARING = "formerly"
"""The key under which an id of before is declared, which names nothing by it."""


def find_former_ids(package: Traversable, current: Mapping[str, str]) -> Iterator[Hint]:
    """Yield where the code of a package names kinds by ids of before: file, line, and what to write.

    Args:
        package: The package's folder.
        current: The ids of before, and those of now.
    """
    for name, text in _list_code_files(package, ""):
        with suppress(SyntaxError):
            for line, old in _list_named(ast.parse(text), current):
                yield Hint("word.renamed_at", where=name, line=str(line), old=old, new=current[old])


def _list_code_files(folder: Traversable, above: str) -> Iterator[tuple[str, str]]:
    """Yield the Python files in a folder and those below it, with their texts."""
    for entry in sorted(folder.iterdir(), key=lambda one: one.name):
        if entry.is_dir():
            yield from _list_code_files(entry, f"{above}{entry.name}/")
        elif entry.name.endswith(".py"):
            yield f"{above}{entry.name}", entry.read_text(encoding="utf-8")


def _list_named(node: ast.AST, current: Mapping[str, str]) -> Iterator[tuple[int, str]]:
    """Yield the lines on which an id of before stands as a text of its own."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in current:
        yield node.lineno, node.value
    if isinstance(node, ast.keyword) and node.arg == _DECLARING:
        return
    if isinstance(node, ast.Dict):
        pairs = zip(node.keys, node.values, strict=True)
        inner: list[ast.AST] = [
            one for pair in pairs if not _is_declaring(pair[0]) for one in pair if one
        ]
    else:
        inner = [*ast.iter_child_nodes(node)]
    for one in inner:
        yield from _list_named(one, current)


def _is_declaring(key: ast.expr | None) -> bool:
    return isinstance(key, ast.Constant) and key.value == _DECLARING
