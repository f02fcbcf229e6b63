"""Where organisations come from: one short module a format, and one door to all of them."""

from __future__ import annotations

from pathlib import Path

from plfkit.model.organisation import Organisation
from plfkit.model.vocabulary import Vocabulary
from plfkit.sources.folder import read_folder

__all__ = ["read"]


def read(path: str | Path, *, vocabulary: Vocabulary | None = None) -> Organisation:
    """Read an organisation from a native folder.

    Args:
        path: The folder.
        vocabulary: The kinds that rows may name; the core vocabulary if left out.

    Raises:
        InvalidDataError: Something is wrong with the files or their rows; every fault is in it.
    """
    return read_folder(Path(path), vocabulary)
