"""Paths as messages call them: a text that was given in place of a path is never said."""

from __future__ import annotations

import os

from plfkit.hints import Hint

_LONGEST_PATH = 300
"""Letters from which on a text that is no file's path is taken for what stands in one."""
_FIRST_LETTERS = {"<": "page", "{": "json", "[": "json"}


def name_path(path: str | os.PathLike[str], unnamed: str = "data") -> str:
    """Return a path as messages call it.

    Args:
        path: The path.
        unnamed: What is said in place of what seems to be the text of a file.
    """
    text = os.fspath(path)
    return unnamed if _is_contents(text) else text


def explain_bad_path(path: str | os.PathLike[str], otherwise: Hint) -> Hint:
    """Say of a path that cannot be read that it seems to be the text of a file, where it does.

    Args:
        path: The path.
        otherwise: What else is wrong with it.
    """
    text = os.fspath(path)
    if not _is_contents(text):
        return otherwise
    kind = "table" if len(text.splitlines()) > 1 else "contents"
    kind = _FIRST_LETTERS.get(text.lstrip()[:1], kind)
    return Hint("given.text", length=len(text), what=Hint(f"given.{kind}"))


def _is_contents(text: str) -> bool:
    is_long = len(text) > _LONGEST_PATH or any(sign in text for sign in "\r\n")
    return is_long or text.lstrip()[:1] in {"<", "{"}
