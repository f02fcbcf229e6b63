"""What is saved in these tests: an old, a new and a later version, in every kind of place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Literal

from attrs import frozen

from plfkit import Community, Event, Organisation, Person, Position, Tie, Unit, read, write
from plfkit.errors import InvalidDataError
from plfkit.model.words.kinds import Label
from plfkit.sources.saving import save_text

Kind = Literal["csv", "parquet", "xlsx", "text"]
Version = Literal["old", "new", "later"]
FOLDERS: tuple[Kind, ...] = ("csv", "parquet")
KINDS: tuple[Kind, ...] = (*FOLDERS, "xlsx", "text")
_OTHER = "README.txt"
_NAMES: Mapping[Kind, str] = {
    "csv": "data",
    "parquet": "data",
    "xlsx": "data.xlsx",
    "text": "page.html",
}


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


@frozen
class Place:
    """A folder in which data of one kind are saved.

    Attributes:
        kind: What is saved: a folder of CSV or Parquet files, a workbook, or a text.
        folder: Where.
    """

    kind: Kind
    folder: Path

    @property
    def target(self) -> Path:
        """The path that is saved under."""
        return self.folder / _NAMES[self.kind]

    def save(self, version: Version) -> None:
        """Save a version."""
        if self.kind == "text":
            save_text(self.target, _TEXTS[version])
        else:
            write(_ORGANISATIONS[version], self.target, format=self.kind)

    def found(self) -> Version | None:
        """Return the version that somebody finds who reads now; None if nothing at all is there.

        Raises:
            AssertionError: Something is there, but it is no version.
        """
        try:
            data = self.target.read_text("utf-8") if self.kind == "text" else read(self.target)
        except (InvalidDataError, FileNotFoundError) as error:
            if shown := self._shown():
                raise AssertionError(f"{shown} cannot be read: {error}") from error
            return None
        versions: Mapping[Version, object] = _TEXTS if self.kind == "text" else _ORGANISATIONS
        for version, whole in versions.items():
            if data == whole:
                return version
        raise AssertionError(f"nobody saved this: {data}")

    def _shown(self) -> list[str]:
        """Return the names that a user finds under the target."""
        files = (
            self.target.iterdir() if self.target.is_dir() else self.folder.glob(self.target.name)
        )
        return [file.name for file in files if not file.name.startswith(".plfkit-")]

    def files(self) -> list[Path]:
        """Return the files that the data are in."""
        files = self.target.iterdir() if self.target.is_dir() else [self.target]
        return [file for file in files if file.name != _OTHER]

    def strays(self) -> list[str]:
        """Return the names that saves have made for themselves."""
        return [file.name for file in self.folder.rglob(".plfkit-*")]

    def others(self) -> Mapping[str, str]:
        """Return what stands in the files that the user has put beside the data."""
        files = self.folder.rglob(_OTHER)
        return {str(file.relative_to(self.folder)): file.read_text() for file in files}


def begin(kind: Kind, before: Version | None, folder: Path) -> Place:
    """Make a place that holds a version, or none, and a file of the user's in every folder."""
    folder.mkdir()
    place = Place(kind, folder)
    if before is not None:
        place.save(before)
    for home in _folders(place):
        (home / _OTHER).write_text("mine")
    return place


def _folders(place: Place) -> Iterator[Path]:
    yield place.folder
    if place.target.is_dir():
        yield place.target


def assert_mends(place: Place, first: Place) -> None:
    """Hold that the next save goes through, leaves nothing stray and keeps the user's files."""
    place.save("later")
    assert place.found() == "later"
    assert not place.strays()
    assert place.others() == first.others()


def sizes(kind: Kind, folder: Path) -> list[int]:
    """Return sizes that a disk may run out at while the new version is saved; at the last it fits."""
    place = begin(kind, "new", folder)
    lengths = {file.stat().st_size for file in place.files()}
    return sorted({0, *(length - 1 for length in lengths), max(lengths)})
