"""Making a distribution: whole, in a folder of its own, or not at all."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from plfkit.errors import StoreError
from plfkit.hints import Hint
from plfkit.sources.saving import describe_system_error
from plfkit.starting.answers import Answers
from plfkit.starting.templates import find_own_version, render_distribution


def start_distribution(answers: Answers, folder: str | Path) -> Path:
    """Make a distribution with a profile, tests and all else that it takes to publish it.

    Args:
        answers: What its author says of the municipality.
        folder: Where it goes: a folder that is empty, or not there yet.

    Returns:
        The folder.

    Raises:
        StoreError: Something stands there, or it cannot be written; then nothing is.

    Examples:
        >>> from pathlib import Path
        >>> from tempfile import TemporaryDirectory
        >>> from plfkit.starting import answer_by_default, start_distribution
        >>> with TemporaryDirectory() as empty:
        ...     made = start_distribution(answer_by_default("randers"), empty)
        ...     print(*sorted(path.name for path in made.iterdir() if path.is_dir()))
        .github docs src tests
    """
    target = Path(folder)
    texts = render_distribution(answers, plfkit=find_own_version())
    try:
        if target.exists() and not (target.is_dir() and not any(target.iterdir())):
            raise StoreError(Hint("files.exists", path=str(target)))
        target.parent.mkdir(parents=True, exist_ok=True)
        _move_into_place(target.resolve(), texts)
    except OSError as error:
        reason = str(describe_system_error(error))
        raise StoreError(Hint("starting.no_place", folder=str(target), reason=reason)) from error
    return target


def _move_into_place(target: Path, texts: Mapping[str, str]) -> None:
    """Write files beside their folder, and move them there at once."""
    staging = Path(tempfile.mkdtemp(prefix=".plfkit-new-", dir=target.parent))
    try:
        whole = staging / target.name  # not the folder that tempfile closes to everybody else
        for name, text in texts.items():
            place = whole / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text, encoding="utf-8", newline="\n")
        if target.exists():
            _fill_folder(target, whole)
        else:
            whole.rename(target)
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _fill_folder(target: Path, whole: Path) -> None:
    """Move files into a folder that is there and stays the same one: somebody may work in it."""
    names = [entry.name for entry in whole.iterdir()]
    try:
        for name in names:
            (whole / name).rename(target / name)
    except OSError:
        for name in names:
            if not (whole / name).exists():
                (target / name).rename(whole / name)
        raise
