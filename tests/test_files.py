"""Files on the face: readers take paths, bytes and streams, writers paths and streams."""

from __future__ import annotations

import inspect
import io
import re
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import plfkit
from plfkit.disclosure import release_comparison
from plfkit.errors import StoreError

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "docs/examples"
STAFF = "Init.,Stilling\nBB,Lærer\n".encode()
MAPPING = b"""
schema_version = 1
[units.nord]
kind = "school"
[[take]]
kind = "staff"
every.unit = "nord"
columns = { person = "Init.", role = "Stilling" }
"""


@pytest.fixture(scope="module")
def town() -> plfkit.Organisation:
    """A made-up municipality."""
    return plfkit.synthetic.municipality(plfkit.load_profile("generic"), schools=2)


@pytest.fixture(scope="module")
def card(town: plfkit.Organisation) -> plfkit.Released[plfkit.Scorecard]:
    """Its scorecard, behind the gate."""
    generic = plfkit.load_profile("generic")
    return plfkit.release(plfkit.assess(town, generic, years_back=0), generic.privacy)


def add_answers(file: Any) -> plfkit.Organisation:
    """Add the example's survey to the example."""
    mapping = plfkit.SurveyMapping.read(EXAMPLES / "survey_export/mapping.toml")
    return plfkit.add_survey(plfkit.read(EXAMPLES / "example_municipality"), file, mapping)


Given = Any
READERS: dict[str, tuple[str, Callable[[plfkit.Organisation, Given], object]]] = {
    "read": ("town.xlsx", lambda _, file: plfkit.read(file)),
    "read a mapping of files": ("persons.csv", lambda _, file: plfkit.read({"persons.csv": file})),
    "draft_mapping": ("staff.csv", lambda _, file: plfkit.draft_mapping(file).questions),
    "import_files": ("staff.csv", lambda _, file: plfkit.import_files(MAPPING, file)),
    "import_files' mapping": ("mapping.toml", lambda _, file: plfkit.import_files(file, STAFF)),
    "add_survey": ("answers.csv", lambda _, file: add_answers(file)),
    "ImportMapping.read": ("mapping.toml", lambda _, file: plfkit.ImportMapping.read(file).takes),
    "SurveyMapping.read": ("survey.toml", lambda _, file: plfkit.SurveyMapping.read(file)),
    "load_profile": ("profile.toml", lambda _, file: plfkit.load_profile(file)),
    "audit a page": ("page.html", lambda town, file: plfkit.audit(file, staff=town)),
    "audit a document": ("page.json", lambda town, file: plfkit.audit(file, staff=town)),
}


@pytest.fixture(scope="module")
def files(
    town: plfkit.Organisation,
    card: plfkit.Released[plfkit.Scorecard],
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """A folder with a file of every sort that is read."""
    folder = tmp_path_factory.mktemp("files")
    plfkit.write(town, folder / "town.xlsx")
    plfkit.write_report(card, folder / "page.html")
    plfkit.write_document(card, folder / "page.json")
    (folder / "persons.csv").write_bytes(b"id,name\np1,Anna\n")
    (folder / "staff.csv").write_bytes(STAFF)
    (folder / "mapping.toml").write_bytes(MAPPING)
    for name, called in {"mapping.toml": "survey.toml", "svar.csv": "answers.csv"}.items():
        (folder / called).write_bytes((EXAMPLES / "survey_export" / name).read_bytes())
    profile = ROOT / "plugins/plfkit-vejle/src/plfkit_vejle/profile.toml"
    (folder / "profile.toml").write_bytes(profile.read_bytes())
    return folder


@pytest.mark.parametrize("reader", READERS)
def test_readers(reader: str, files: Path, town: plfkit.Organisation) -> None:
    """A path as text, a path, bytes and a stream of bytes give the same; a stream of text is refused."""
    name, read = READERS[reader]
    path = files / name
    ways: list[Given] = [str(path), path, path.read_bytes(), io.BytesIO(path.read_bytes())]
    first, *others = [read(town, way) for way in ways]
    assert all(other == first for other in others)
    with path.open("rb") as stream:
        assert read(town, stream) == first
        assert not stream.closed
    with pytest.raises(TypeError, match="mode 'rb'"):
        read(town, io.StringIO("text"))


Write = Callable[[Any, plfkit.Released[plfkit.Scorecard], plfkit.Organisation], Path | None]
WRITERS: dict[str, tuple[str, bool, Write]] = {
    "write": ("town.xlsx", False, lambda to, _, town: plfkit.write(town, to)),
    "write_template": ("blank.xlsx", False, lambda to, *_: plfkit.write_template(to)),
    "write_report": ("page.html", True, lambda to, card, _: plfkit.write_report(card, to)),
    "write_trend": ("years.html", True, lambda to, card, _: plfkit.write_trend(card, to)),
    "write_comparison": (
        "beside.html",
        True,
        lambda to, card, _: plfkit.write_comparison(_compare_with_itself(card), to),
    ),
    "write_document": ("page.json", True, lambda to, card, _: plfkit.write_document(card, to)),
    "write_figures": (
        "page.csv",
        True,
        lambda to, card, _: plfkit.write_figures(card, to, format="csv"),
    ),
    "write_figures in a workbook": (
        "page.xlsx",
        False,
        lambda to, card, _: plfkit.write_figures(card, to, format="xlsx"),
    ),
    "Picture.save": ("years.svg", True, lambda to, card, _: plfkit.plot(card, "coverage").save(to)),
}
"""What writes: a file's name, whether it is text, and the call."""


def _compare_with_itself(card: plfkit.Released[plfkit.Scorecard]) -> Any:
    return release_comparison({"north": card.content, "south": card.content})


@pytest.mark.parametrize("writer", WRITERS)
def test_writers(
    writer: str,
    card: plfkit.Released[plfkit.Scorecard],
    town: plfkit.Organisation,
    tmp_path: Path,
) -> None:
    """A path gets what streams get; the call gives the path, and for a stream nothing."""
    name, is_text, write = WRITERS[writer]
    assert write(tmp_path / name, card, town) == tmp_path / name
    written = (tmp_path / name).read_bytes()
    stream = io.BytesIO()
    assert write(stream, card, town) is None
    assert is_same_file(stream.getvalue(), written)
    if is_text:
        text = io.StringIO()
        write(text, card, town)
        assert text.getvalue().encode() == written
        with tempfile.NamedTemporaryFile("w+", encoding="utf-8", newline="") as file:
            write(file, card, town)
            file.flush()
            assert Path(file.name).read_bytes() == written
    else:
        with pytest.raises(TypeError, match="mode 'wb'"):
            write(io.StringIO(), card, town)
    with pytest.raises(TypeError, match="path or a stream"):
        write(None, card, town)


def is_same_file(one: bytes, other: bytes) -> bool:
    """Tell whether two files are equal; workbooks hold the second at which they were made."""
    return one == other or (one[:2] == other[:2] == b"PK" and abs(len(one) - len(other)) < 10)


class _BrokenStream(io.RawIOBase):
    """A stream that notes what it is given, and takes none of it or little."""

    def __init__(self, error: Exception | None) -> None:
        self.error = error
        self.calls = 0

    def write(self, _data: Any) -> int:
        self.calls += 1
        if self.error is not None:
            raise self.error
        return 1


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), None])
@pytest.mark.parametrize("writer", WRITERS)
def test_streams_that_fail(
    writer: str,
    error: Exception | None,
    card: plfkit.Released[plfkit.Scorecard],
    town: plfkit.Organisation,
) -> None:
    """Everything is made before a stream is written to, once; what it does not take is an error."""
    stream = _BrokenStream(error)
    with pytest.raises(StoreError, match=r"No space left|the stream took 1 of"):
        WRITERS[writer][2](stream, card, town)
    assert stream.calls == 1


def test_what_cannot_be_made_touches_no_stream(
    card: plfkit.Released[plfkit.Scorecard], town: plfkit.Organisation
) -> None:
    """A refusal comes before the first byte."""
    stream = _BrokenStream(None)
    calls: list[Callable[[], object]] = [
        lambda: plfkit.write_report(card, stream, language="de"),  # type: ignore[call-overload]
        lambda: plfkit.write_template(stream, language="de"),  # type: ignore[call-overload]
        lambda: plfkit.write_figures(card, stream, format="pdf"),  # type: ignore[call-overload]
        lambda: plfkit.write(town, stream, format="csv"),  # type: ignore[call-overload]
        lambda: plfkit.write_document(card.content, stream),  # type: ignore[call-overload]
    ]
    for refused in calls:
        with pytest.raises(plfkit.PlfkitError):
            refused()
    assert stream.calls == 0


PATHS_ONLY = {"open_ledger"}
"""What takes a path and nothing else, and why the page says."""


def test_everything_that_takes_files_is_tried() -> None:
    """Each function and method of the face with a file among its arguments is among those above."""
    tried = {name.split(" ")[0].removesuffix("'") for name in (*READERS, *WRITERS)}
    found = {name for name, function in _list_functions() if _takes_files(function)}
    assert found == tried | PATHS_ONLY


def test_the_page_tells_of_them(root: Path) -> None:
    """Whatever takes files stands in the table of the page about Python."""
    table = (root / "docs/reference/python/files.md").read_text(encoding="utf-8")
    told = {name.rpartition("plfkit.")[2] for name in re.findall(r"`(plfkit\.[\w.]+)`", table)}
    assert {name for name, function in _list_functions() if _takes_files(function)} <= told


def _list_functions() -> list[tuple[str, Any]]:
    """List the functions of the face, and the public methods of its classes."""
    found: list[tuple[str, Any]] = []
    for name in plfkit.__all__:
        value = getattr(plfkit, name)
        if inspect.isfunction(value):
            found.append((name, value))
        elif inspect.isclass(value):
            found += [
                (f"{name}.{inner}", getattr(value, inner))
                for inner in vars(value)
                if not inner.startswith("_") and callable(getattr(value, inner))
            ]
    return found


def _takes_files(function: Any) -> bool:
    """Tell whether an argument is a path, bytes or a stream, as its type says; a folder names a place."""
    given = inspect.signature(function).parameters.items()
    files = [str(one.annotation) for name, one in given if name != "folder"]
    return any(re.search(r"Path|Given|Target|Stream|TomlSource", one) for one in files)
