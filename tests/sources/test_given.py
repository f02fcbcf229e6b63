"""What is given: paths, bytes and streams are read alike, and written to alike."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import plfkit
from plfkit import Organisation, Person, SurveyMapping, Tie, add_survey, draft_mapping, read, write
from plfkit.errors import Fault, InvalidDataError, LimitError, ProfileError, StoreError
from plfkit.hints import Language
from plfkit.model.documents import structure_document
from plfkit.sources import Limits
from plfkit.sources.formats import TABLE_FORMATS
from plfkit.sources.template.writing import write_blank_template
from plfkit.testing import organisations

PEOPLE = Organisation.of(persons=[Person("a", "Ada"), Person("b")], ties=[Tie("a", "b", "advice")])
MAPPING = structure_document(
    {"survey": {"id": "s", "relation": "advice"}, "respondent": "id", "names": "n"},
    SurveyMapping,
    "mapping",
)


class Socket(io.BytesIO):
    """A stream that somebody else has closed."""

    def write(self, data: Any, /) -> int:
        """Fail as a closed connection does."""
        del data
        raise BrokenPipeError(32, "the other side is gone")


class Trickle(io.RawIOBase):
    """A stream without a buffer, as a pipe's or a socket's: it gives a few bytes at a time."""

    def __init__(self, data: bytes) -> None:
        """Hold what is to be read."""
        self._inner = io.BytesIO(data)

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: Any, /) -> int:
        """Give less than was asked for."""
        return self._inner.readinto(memoryview(buffer)[:7])


class Waiting(Trickle):
    """A stream that has nothing yet, and does not wait."""

    def readinto(self, buffer: Any, /) -> Any:
        """Give neither bytes nor the end."""


@given(organisation=organisations())
def test_a_workbook_goes_through_a_stream(organisation: Organisation) -> None:
    """What is written to a stream reads back equal from it, and from its bytes."""
    stream = io.BytesIO()
    assert write(organisation, stream) is None
    assert read(stream.getvalue()) == organisation
    stream.seek(0)
    assert read(stream) == organisation


@pytest.mark.parametrize("form", [form.name for form in TABLE_FORMATS])
@given(organisation=organisations(), opened=st.sets(st.integers(0, 16)))
def test_the_files_of_a_folder_may_be_anywhere(
    tmp_path_factory: pytest.TempPathFactory,
    form: str,
    organisation: Organisation,
    opened: set[int],
) -> None:
    """As bytes, streams and paths, by their names, they are the same organisation."""
    folder = write(organisation, tmp_path_factory.mktemp("files") / form, format=form)
    given: Mapping[str, Any] = {
        file.name: io.BytesIO(file.read_bytes()) if number in opened else file.read_bytes()
        for number, file in enumerate(sorted(folder.iterdir()))
    }
    assert read(given) == organisation
    assert read({file.name: file for file in folder.iterdir()}) == organisation


@pytest.mark.parametrize("language", ["da", "en"])
def test_a_template_may_be_bytes(tmp_path: Path, language: Language) -> None:
    """What a browser uploads is read as the file it came from."""
    path = tmp_path / "t.xlsx"
    write_blank_template(path, language=language)
    assert read(path.read_bytes()) == read(path)


class Connection(io.BytesIO):
    """A stream that gives what has come so far, as a connection does."""

    def read(self, size: int | None = -1, /) -> bytes:
        """Return a few bytes, however many are asked for."""
        return super().read(7 if size is None or size < 0 else min(size, 7))


class Broken(io.BytesIO):
    """A stream that ends before its end."""

    def read(self, _size: int | None = -1, /) -> bytes:
        """Fail as a connection does that is gone."""
        raise ConnectionResetError(104, "Connection reset by peer")


def test_a_stream_that_gives_parts() -> None:
    """All of it is read, or as much as may be: nothing is lost without a word."""
    people = "".join(f"p{number}\n" for number in range(50)).encode()
    files: Mapping[str, Any] = {
        "units.csv": b"id,kind\ns,school\n",
        "persons.csv": Connection(b"id\n" + people),
    }
    assert len(read(files).persons) == 50
    with pytest.raises(LimitError):
        read(Connection(b"id\n" * 100), limits=Limits(bytes=299))


@pytest.mark.parametrize("is_closed", [False, True])
def test_a_stream_that_fails(is_closed: bool) -> None:  # noqa: FBT001 - pytest names it
    """It is a fault of the file, with what the system says."""
    stream: io.BytesIO = Broken(b"id\n")
    if is_closed:
        stream = io.BytesIO(b"id\n")
        stream.close()
    for door in (read, draft_mapping, lambda given: read({"persons.csv": given})):
        with pytest.raises(InvalidDataError) as caught:
            door(stream)
        assert caught.value.faults[0].code == "unreadable"
        assert ("closed" if is_closed else "reset") in caught.value.faults[0].hint


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"id\na\n"])
def test_the_same_faults(tmp_path: Path, data: bytes) -> None:
    """Bytes and streams that are no workbook are refused as files are; a stream by its name."""
    (tmp_path / "list").write_bytes(data)
    faults: list[Fault] = []
    with (tmp_path / "list").open("rb") as stream:
        for source in (tmp_path / "list", stream, data):
            with pytest.raises(InvalidDataError) as caught:
                read(source)
            faults += caught.value.faults
    assert [fault.place.file for fault in faults] == ["list", "list", "data"]
    assert {fault.code for fault in faults} == {"unread_file" if data else "empty_file"}


def test_faults_name_the_files_as_they_were_given() -> None:
    """A table without a header, a stray one, and one that is missing."""
    stream = io.BytesIO(b"")
    stream.name = "upload-1.tmp"
    for files, told in (
        ({"persons.csv": stream}, [("empty_file", "persons.csv")]),
        ({"persons.csv": b"id\na\n", "ties.tsv": b""}, [("unread_file", "ties.tsv")]),
        ({"units.csv": b"id,kind\n"}, [("missing_table", "persons.csv")]),
    ):
        with pytest.raises(InvalidDataError) as caught:
            read(files)
        assert [(fault.code, fault.place.file) for fault in caught.value.faults] == told


def test_limits_hold_for_what_has_no_size() -> None:
    """A stream is read no further than the limit."""
    stream = io.BytesIO(b"x" * 100)
    for source in (stream, b"x" * 100, {"persons.csv": io.BytesIO(b"x" * 100)}):
        with pytest.raises(LimitError, match="bytes"):
            read(source, limits=Limits(bytes=10))
    assert stream.tell() == 11


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("id,name\na,Ada\n" * 1000, "a table"),
        ("<!doctype html>Ada" + "x" * 90_000, "a page in HTML"),
        ('{"name": "Ada"}', "a JSON document"),
        ("Ada" * 1000, "what stands in a file"),
    ],
)
def test_a_text_given_for_a_path_is_not_repeated(text: str, kind: str) -> None:
    """What stands in a file may be personal, and long: messages say what it seems to be."""
    mapping = b'schema_version = 1\n[[take]]\nkind = "edges"\nevery.relation = "advice"\n'
    mapping += b'columns = { source = "who", target = "whom" }\n'
    attempts: list[Callable[[], object]] = [
        lambda: read(text),
        lambda: read({"persons.csv": text}),
        lambda: plfkit.audit(text, staff=PEOPLE),
        lambda: plfkit.import_files(text, b""),
        lambda: plfkit.import_files(mapping, text),
        lambda: plfkit.draft_mapping(text),
        lambda: plfkit.load_profile(text),
        lambda: plfkit.ImportMapping.read(text),
    ]
    for attempt in attempts:
        with pytest.raises(plfkit.PlfkitError) as caught:
            attempt()
        assert "Ada" not in str(caught.value)
        assert len(str(caught.value)) < 400
        assert kind in caught.value.say()
        assert "encode" in caught.value.say()
        assert "encode" not in caught.value.say(language="da", audience="page")


@pytest.mark.parametrize("source", [io.StringIO("id\na\n"), None, 7])
def test_what_is_no_file_is_a_mistake_of_the_program(source: IO[bytes]) -> None:
    """Text streams and other things are named in an error for whoever writes Python."""
    with pytest.raises(TypeError, match="stream"):
        read(source)


def _read_everything(given: Callable[[bytes], Any], folder: Path) -> list[Any]:
    """Return what each reader makes of the same bytes."""
    write(PEOPLE, book := io.BytesIO())
    page = b'{"publication": {"schema_version": 1, "k": 5, "statistics": 15, "figures": []}}'
    profile = 'schema_version = 1\nid = "trickle"\nlabel = { da = "Å", en = "Aa" }\n'.encode()
    mapping = b'schema_version = 1\n[[take]]\nkind = "edges"\nevery.relation = "advice"\n'
    mapping += b'columns = { source = "who", target = "whom" }\n'
    return [
        read({file.name: given(file.read_bytes()) for file in folder.iterdir()}),
        read(given(book.getvalue())),
        plfkit.load_profile(given(profile)),
        plfkit.import_files(
            given(mapping), given(b"who,whom\na,b\n"), into=Organisation.of(persons=PEOPLE.persons)
        ),
        plfkit.draft_mapping(given("Init.;Stilling\nBB;Lærer\n".encode())).text,
        add_survey(Organisation.of(persons=PEOPLE.persons), given(b"id,n\na,b\nb,a\n"), MAPPING),
        plfkit.audit(given(page), staff=PEOPLE),
    ]


def test_a_stream_without_a_buffer_is_read_to_its_end(tmp_path: Path) -> None:
    """However little a read gives, every reader gets the whole: nobody is lost on the way."""
    folder = write(PEOPLE, tmp_path / "data", format="csv")
    assert _read_everything(Trickle, folder) == _read_everything(bytes, folder)


def test_a_stream_that_does_not_wait_is_refused() -> None:
    """What has come so far is not taken for all there is."""
    waiting: Any = Waiting(b"")
    with pytest.raises(BlockingIOError, match="give one that waits"):
        read({"persons.csv": waiting})
    with pytest.raises(ProfileError, match="give one that waits"):
        plfkit.load_profile(waiting)


def test_where_something_is_written_is_not_repeated_either() -> None:
    """A page given in place of the place it should go to stays out of the log."""
    page = "<p>Ada</p>" * 1000
    for attempt in (lambda: write(PEOPLE, page), lambda: plfkit.open_ledger(page)):
        with pytest.raises(plfkit.PlfkitError) as caught:
            attempt()
        assert "Ada" not in str(caught.value)


def test_a_profile_and_limits_are_values() -> None:
    """A name or a dictionary in their place is refused with what to give; so is a limit that is none."""
    wrong: Any = "generic"
    for attempt in (
        lambda: read({"persons.csv": b"id\n"}, profile=wrong),
        lambda: plfkit.from_tables({}, profile=wrong),
        lambda: plfkit.draft_mapping(b"a;b\n", profile=wrong),
        lambda: plfkit.import_files(b"schema_version = 1", profile=wrong),
        lambda: plfkit.write_template(io.BytesIO(), profile=wrong),
        lambda: plfkit.assess(PEOPLE, wrong),
        lambda: plfkit.synthetic.municipality(wrong),
        lambda: plfkit.describe(wrong),
        lambda: plfkit.preload(wrong),
    ):
        with pytest.raises(TypeError, match=r"not str: plfkit.load_profile\(\"…\"\) gives one"):
            attempt()
    limits: Any = {"bytes": 3}
    for attempt in (
        lambda: read(b"", limits=limits),
        lambda: plfkit.from_tables({}, limits=limits),
        lambda: plfkit.draft_mapping(b"a;b\n", limits=limits),
        lambda: plfkit.import_files(b"schema_version = 1", limits=limits),
        lambda: add_survey(PEOPLE, b"", MAPPING, limits=limits),
    ):
        with pytest.raises(TypeError, match="not dict"):
            attempt()
    with pytest.raises(TypeError, match="the limit bytes is a whole number, not '20 MB'"):
        Limits(bytes="20 MB")  # type: ignore[arg-type] # what is refused
    with pytest.raises(ValueError, match="0 or more, not -1"):
        Limits(rows=-1)


def test_a_stream_takes_a_workbook_only() -> None:
    """Folders have no stream; a stream that fails is an error of ours."""
    with pytest.raises(StoreError, match="a stream takes a workbook"):
        write(PEOPLE, io.BytesIO(), format="csv")
    with pytest.raises(StoreError, match="the other side is gone"):
        write(PEOPLE, Socket())


def test_a_survey_may_be_bytes_or_a_stream(tmp_path: Path) -> None:
    """An export is read alike however it is given, and a broken one refused alike."""
    export = b"id,n\na,b\nb,a\n"
    (tmp_path / "svar.csv").write_bytes(export)
    known = Organisation.of(persons=[Person("a"), Person("b")])
    added = [
        add_survey(known, source, MAPPING)
        for source in (tmp_path / "svar.csv", export, io.BytesIO(export))
    ]
    assert len(added[0].ties) == 2
    assert added[0] == added[1] == added[2]
    with pytest.raises(InvalidDataError, match="PDF"):
        add_survey(known, b"%PDF-1.7", MAPPING)


@pytest.mark.parametrize("name", ["staff.xlsx", "notes.txt", "scan.pdf", "notes"])
def test_what_is_sent_beside_tables(name: str) -> None:
    """A file that is none of the tables is told of: whoever sends it means it to be read."""
    with pytest.raises(InvalidDataError) as caught:
        read({"persons.csv": b"id\na\n", name: b"PK"})
    assert [(one.code, one.place.file) for one in caught.value.faults] == [("unread_file", name)]


def test_what_stands_beside_tables_in_a_folder(tmp_path: Path) -> None:
    """In a folder other files are its owner's."""
    (tmp_path / "persons.csv").write_text("id\na\n")
    (tmp_path / "notes.txt").write_text("mine")
    assert len(read(tmp_path).persons) == 1
