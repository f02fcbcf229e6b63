"""YAML text, strictly: every scalar is text, and every value knows its line.

``0101`` is no octal number, ``NO`` no flag and ``12:30`` no 750: ids stay what they are. Repeated keys,
aliases, and nesting without end are refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from attrs import field, frozen

from plfkit.errors import DocumentError, MissingExtraError, Problem
from plfkit.hints import Hint

DEEPEST = 100

KeyPath = tuple[str, ...]


@frozen
class Document:
    """What a YAML text holds: dicts, lists and texts, and the line of each path."""

    value: Any
    lines: dict[KeyPath, int] = field(factory=dict)

    def find_line(self, path: KeyPath) -> int | None:
        """Return the line of a path, or of as much of it as there is."""
        ways = (path[:end] for end in range(len(path), -1, -1))
        return next((self.lines[way] for way in ways if way in self.lines), None)


def parse_yaml(text: str, where: str) -> Document:
    """Read YAML text.

    Args:
        text: The text.
        where: What it is called in messages.

    Raises:
        DocumentError: The text is no YAML, or holds what is refused; with the line.
        MissingExtraError: The library that reads YAML is not installed.
    """
    try:
        import yaml  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise MissingExtraError("testing", Hint("libraries.case")) from error
    try:
        if problems := list(_find_refused_yaml(yaml, text)):
            raise DocumentError(where, problems)
        root = yaml.compose(text, Loader=yaml.BaseLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or "characters that no text has"
        line = None if mark is None else mark.line + 1
        raise DocumentError(where, [Problem((), f"this is no YAML: {problem}", line)]) from error
    lines: dict[KeyPath, int] = {}
    problems = []
    value = None if root is None else _read_yaml_node(root, (), lines, problems)
    if problems:
        raise DocumentError(where, problems)
    return Document(value, lines)


def _find_refused_yaml(yaml: Any, text: str) -> Iterator[Problem]:
    """Find aliases, and nesting that is too deep, before anything is built."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.BaseLoader):
        line = event.start_mark.line + 1
        if isinstance(event, yaml.AliasEvent):
            yield Problem((), "an alias stands here: write out what it means", line)
            return
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            yield Problem((), f"nested deeper than {DEEPEST}", line)
            return


def _read_yaml_node(
    node: Any, path: KeyPath, lines: dict[KeyPath, int], problems: list[Problem]
) -> Any:
    """Return what a node holds, and note the line of each path below it."""
    lines[path] = node.start_mark.line + 1
    if node.id == "scalar":
        return node.value
    if node.id == "sequence":
        return [
            _read_yaml_node(item, (*path, str(place)), lines, problems)
            for place, item in enumerate(node.value)
        ]
    found: dict[str, Any] = {}
    for key, item in node.value:
        name, line = str(key.value), key.start_mark.line + 1
        if key.id != "scalar" or name in found:
            message = (
                f"the key {name!r} stands twice: keep one" if name in found else "a key is a word"
            )
            problems.append(Problem((*path, name), message, line))
        found[name] = _read_yaml_node(item, (*path, name), lines, problems)
        lines[*path, name] = line
    return found
