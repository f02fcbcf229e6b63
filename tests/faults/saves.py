"""What is saved in these tests: an old, a new and a later version, in every kind of place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Literal

from plfkit import Community, Event, Organisation, Person, Position, Tie, Unit, read, write
from plfkit.errors import InvalidDataError
from plfkit.model.vocabulary import Label
from plfkit.sources.saving import save_text

Kind = Literal["csv", "parquet", "xlsx", "text"]
Version = Literal["old", "new", "later"]
FOLDERS: tuple[Kind, ...] = ("csv", "parquet")
KINDS: tuple[Kind, ...] = (*FOLDERS, "xlsx", "text")


def _organisation(title: str, persons: str, **more: Any) -> Organisation:
    people = [Person(person) for person in persons.split()]
    return Organisation.of(title=Label(title, title), persons=people, **more)


# Each lacks tables that the others have, so that whatever is left of another version shows.
_ORGANISATIONS: Mapping[Version, Organisation] = {
    "old": _organisation(
        "Old",
        "ada bo",
        units=[Unit("east", "school")],
        positions=[Position("ada", "east", "teacher")],
        ties=[Tie("ada", "bo", "advice")],
    ),
    "new": _organisation(
        "New",
        "carl dora erik",
        units=[Unit("west", "school")],
        positions=[Position("dora", "west", "principal")],
        events=[Event("first", "data_meeting", date(2018, 9, 1), "west")],
    ),
    "later": _organisation("Later", "frida", communities=[Community("team", "team")]),
}
_TEXTS: Mapping[Version, str] = {"old": "old\n" * 99, "new": "new æøå\n" * 88, "later": "later"}


def save(kind: Kind, version: Version, place: Path) -> None:
    """Save a version into a place."""
    if kind == "text":
        save_text(target(kind, place), _TEXTS[version])
    else:
        write(_ORGANISATIONS[version], target(kind, place), format=kind)


def target(kind: Kind, place: Path) -> Path:
    """Return what a save of this kind writes."""
    return place / {"xlsx": "data.xlsx", "text": "page.html"}.get(kind, "data")


def found(kind: Kind, place: Path) -> Version | None:
    """Return the version that somebody finds who reads now; None if nothing at all is there.

    Raises:
        AssertionError: Something is there, but it is no version.
    """
    path = target(kind, place)
    try:
        data = path.read_text("utf-8") if kind == "text" else read(path)
    except (InvalidDataError, FileNotFoundError) as error:
        if path.is_file() or (path.is_dir() and not all(_own(file) for file in path.iterdir())):
            raise AssertionError(f"what is there cannot be read: {error}") from error
        return None
    versions: Mapping[Version, object] = _TEXTS if kind == "text" else _ORGANISATIONS
    for version, whole in versions.items():
        if data == whole:
            return version
    raise AssertionError(f"this is a version that nobody saved: {data}")


def _own(file: Path) -> bool:
    """Tell whether a file is one that a save keeps to itself."""
    return file.name.startswith(".plfkit-")


def begin(kind: Kind, before: Version | None, place: Path) -> Path:
    """Make a place that holds a version, or none, and a file of the user's in every folder."""
    place.mkdir()
    if before is not None:
        save(kind, before, place)
    for folder in _folders(kind, before, place):
        (folder / "README.txt").write_text("mine")
    return place


def _folders(kind: Kind, before: Version | None, place: Path) -> Iterator[Path]:
    yield place
    if before is not None and kind in FOLDERS:
        yield target(kind, place)


def assert_mends(kind: Kind, before: Version | None, place: Path) -> None:
    """Hold that the next save goes through, leaves nothing stray and keeps the user's files."""
    save(kind, "later", place)
    assert found(kind, place) == "later"
    assert not [file for file in place.rglob("*") if _own(file)]
    for folder in _folders(kind, before, place):
        assert (folder / "README.txt").read_text() == "mine"
