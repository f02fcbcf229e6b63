"""Bringing a distribution up to date with the template that it was made from.

Three texts of each file are known: as the template had it, as it has it now, and as the author has it.
What only one of them changed is taken; what both changed is merged line by line. All of it is worked out
before anything is written; each file is then replaced at once, and the record of the version comes last, so
that an update that was stopped midway can be run again.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

from attrs import frozen
from packaging.version import Version

from plfkit.errors import ProfileError, StoreError
from plfkit.hints import Hint
from plfkit.sources.saving import describe_system_error, save_file, save_text
from plfkit.starting.answers import RECORD, Record, read_record
from plfkit.starting.merging import has_conflict, merge_texts
from plfkit.starting.templates import (
    Templates,
    find_own_version,
    is_content,
    render_distribution,
)


class FileFate(StrEnum):
    """What an update made of a file."""

    ADDED = "added"
    """The template has it now, and the author had none."""
    UPDATED = "updated"
    """Only the template had changed it."""
    MERGED = "merged"
    """Both had, in different lines."""
    CONFLICT = "conflict"
    """Both had, in the same lines: they are marked for the author to choose."""
    REMOVED = "removed"
    """The template has it no more, and the author had left it alone."""
    KEPT = "kept"
    """The template has it no more; the author had changed it, so it stays."""
    LEFT_OUT = "left_out"
    """The template has changed it; the author had deleted it, so it stays away."""
    UNREADABLE = "unreadable"
    """The author's is no text or no file, or stands behind a link: it stays as it is."""


@frozen
class FileChange:
    """What an update made of one file.

    Attributes:
        path: Where it stands in the distribution.
        fate: What was made of it.
        text: What it holds from now on; None if nothing is written.
    """

    path: str
    fate: FileFate
    text: str | None = None

    @property
    def needs_author(self) -> bool:
        """Whether the author has something to do."""
        return self.fate in {FileFate.CONFLICT, FileFate.UNREADABLE}


def update_distribution(
    folder: str | Path, *, plfkit: str | None = None, templates: Templates | None = None
) -> tuple[FileChange, ...]:
    """Bring a distribution up to date with the newest template, and keep what its author changed.

    Files that are content, such as ``profile.toml``, the cases and the README, are left alone.

    Args:
        folder: The distribution.
        plfkit: The version to go to, as ``"0.2"``; this plfkit's if left out.
        templates: The templates there are; those that plfkit ships if left out.

    Returns:
        What was made of each file that is not as it was, by path.

    Raises:
        ProfileError: It was not made by ``plfkit new`` or by a newer one, or holds a conflict that nobody
            has resolved; then nothing is written.
        StoreError: A file could not be written. What it was still is; run it again.

    Examples:
        >>> from tempfile import TemporaryDirectory
        >>> from plfkit.starting import answer_by_default, start_distribution
        >>> with TemporaryDirectory() as folder:
        ...     made = start_distribution(answer_by_default("randers"), folder)
        ...     update_distribution(made)
        ()
    """
    place, own = Path(folder), plfkit or find_own_version()
    record = read_record(place)
    if Version(record.plfkit) > Version(own):
        raise ProfileError(
            Hint("starting.newer", folder=str(place), version=record.plfkit, own=own)
        )
    changes = tuple(_plan_changes(place, record, own, templates))
    _refuse_unresolved(place, changes)
    try:
        for change in changes:
            _make_change(place, change)
        if record.plfkit != own:
            save_text(place / RECORD, str(Record(own, record.answers)))
    except OSError as error:
        reason = str(describe_system_error(error))
        raise StoreError(Hint("starting.no_place", folder=str(place), reason=reason)) from error
    return changes


def _plan_changes(
    folder: Path, record: Record, own: str, templates: Templates | None
) -> Iterator[FileChange]:
    """Yield what has to be made of each file; those that stay as they are left out."""
    was = render_distribution(record.answers, plfkit=record.plfkit, templates=templates)
    now = render_distribution(record.answers, plfkit=own, templates=templates)
    for path in sorted({*was, *now} - {RECORD}):
        if not is_content(path) and was.get(path) != now.get(path):
            yield from _plan_change(folder, path, was.get(path), now.get(path), own)


def _plan_change(
    folder: Path, path: str, was: str | None, now: str | None, own: str
) -> Iterator[FileChange]:
    """Yield what has to be made of a file that the template has changed, if anything."""
    place = folder / path
    if _is_cut_off(folder, place):
        yield FileChange(path, FileFate.UNREADABLE)
        return
    if not (place.exists() or place.is_symlink()):
        if now is not None:
            fate = FileFate.ADDED if was is None else FileFate.LEFT_OUT
            yield FileChange(path, fate, now if was is None else None)
        return
    mine = _read_own(place)
    if mine is None:
        yield FileChange(path, FileFate.UNREADABLE)
    elif now is None:
        yield FileChange(path, FileFate.REMOVED if mine == was else FileFate.KEPT)
    elif mine == was:
        yield FileChange(path, FileFate.UPDATED, now)
    elif mine != now:
        merged = merge_texts(was or "", mine, now, theirs_named=f"plfkit {own}")
        fate = FileFate.CONFLICT if merged.conflicts else FileFate.MERGED
        if merged.text != mine:
            yield FileChange(path, fate, merged.text)


def _is_cut_off(folder: Path, place: Path) -> bool:
    """Tell whether a folder above a file is a link, which may lead out of the distribution, or no folder."""
    above = [one for one in place.parents if folder in one.parents]
    return any(one.is_symlink() or (one.exists() and not one.is_dir()) for one in above)


def _read_own(place: Path) -> str | None:
    """Return the author's text of a file, lines ending as the template's; None if it is no text."""
    if place.is_symlink() or not place.is_file():
        return None
    try:
        text = place.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        return None
    return text.replace("\r\n", "\n") if _has_windows_ends(text) else text


def _has_windows_ends(text: str) -> bool:
    """Tell whether every line of a text ends in two letters, as editors of Windows write it."""
    return "\r\n" in text and text.count("\n") == text.count("\r\n")


def _refuse_unresolved(folder: Path, changes: tuple[FileChange, ...]) -> None:
    """Refuse to merge into a file in which somebody has still to choose."""
    open_ = [
        change.path
        for change in changes
        if change.text is not None and has_conflict(_read_own(folder / change.path) or "")
    ]
    if open_:
        raise ProfileError(Hint("starting.unresolved", files=tuple(open_)))


def _make_change(folder: Path, change: FileChange) -> None:
    place = folder / change.path
    if change.fate is FileFate.REMOVED:
        place.unlink()
    if change.text is None:
        return
    place.parent.mkdir(parents=True, exist_ok=True)
    windows = place.exists() and _has_windows_ends(place.read_bytes().decode("utf-8"))
    text = change.text.replace("\n", "\r\n") if windows else change.text
    save_file(place, text.encode("utf-8"))
