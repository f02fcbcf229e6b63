"""Updates: what the template changed comes, what the author changed stays, and nothing is lost midway."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from plfkit.errors import ProfileError, StoreError
from plfkit.starting import (
    RECORD,
    FileChange,
    FileFate,
    answer_by_default,
    render_distribution,
    start_distribution,
    update_distribution,
)

WAS = {
    "both.txt": "one\ntwo\nthree\nfour\n",
    "gone.txt": "old\n",
    "profile.txt": "the same\n",
    "README.md": "of $danish\n",
    "src/$name.txt": "old\n",
}
NOW = {
    "both.txt": "ONE\ntwo\nthree\nfour\n",
    "new.txt": "for $danish\n",
    "profile.txt": "the same\n",
    "README.md": "anew of $danish\n",
    "src/$name.txt": "new\n",
}
NONE = object()
"""A file that the author deletes."""

Author = dict[str, bytes | object]
Update = Callable[[], dict[str, FileFate]]


@pytest.fixture
def templates(tmp_path: Path) -> dict[str, Path]:
    """Two templates: one as it was and one as it is."""
    for version, files in (("0.2", WAS), ("0.3", NOW)):
        for path, text in files.items():
            place = tmp_path / "templates" / version / f"{path}.template"
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text, encoding="utf-8")
    return {version: tmp_path / "templates" / version for version in ("0.2", "0.3")}


@pytest.fixture
def made(tmp_path: Path, templates: dict[str, Path]) -> Path:
    """A distribution as the older template made it."""
    folder = tmp_path / "made"
    answers = answer_by_default("randers")
    for path, text in render_distribution(answers, plfkit="0.2", templates=templates).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(text.encode("utf-8"))
    return folder


def write_as_author(folder: Path, changes: Author) -> None:
    """FileFate files as an author would."""
    for path, data in changes.items():
        if isinstance(data, bytes):
            (folder / path).write_bytes(data)
        else:
            (folder / path).unlink()


def read_all(folder: Path) -> dict[str, bytes]:
    """Return every file that stands in a folder."""
    files = (path for path in folder.rglob("*") if path.is_file() or path.is_symlink())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_a_newer_template_comes(made: Path, templates: dict[str, Path]) -> None:
    """Files change, come and go with the template; content stays, and the record says what was done."""
    changes = update_distribution(made, plfkit="0.3", templates=templates)
    assert {one.path: one.fate for one in changes} == {
        "both.txt": FileFate.UPDATED,
        "gone.txt": FileFate.REMOVED,
        "new.txt": FileFate.ADDED,
        "src/randers.txt": FileFate.UPDATED,
    }
    found = read_all(made)
    anew = render_distribution(answer_by_default("randers"), plfkit="0.3", templates=templates)
    assert found.pop("README.md") == b"of Randers Kommune\n"
    assert found == {path: text.encode() for path, text in anew.items() if path != "README.md"}
    assert update_distribution(made, plfkit="0.3", templates=templates) == ()


@pytest.mark.parametrize(
    ("author", "path", "fate", "after"),
    [
        (
            {"both.txt": b"one\ntwo\nthree\nmine\n"},
            "both.txt",
            "merged",
            b"ONE\ntwo\nthree\nmine\n",
        ),
        ({"both.txt": b"ONE\ntwo\nthree\nfour\n"}, "both.txt", None, b"ONE\ntwo\nthree\nfour\n"),
        ({"both.txt": b"ONE\ntwo\nthree\nmine\n"}, "both.txt", None, b"ONE\ntwo\nthree\nmine\n"),
        (
            {"both.txt": b"mine\ntwo\n"},
            "both.txt",
            "conflict",
            b"<<<<<<< yours\nmine\n=======\nONE\n>>>>>>> plfkit 0.3\ntwo\n",
        ),
        ({"both.txt": NONE}, "both.txt", "left_out", None),
        ({"both.txt": b"\xff\x00"}, "both.txt", "unreadable", b"\xff\x00"),
        ({"gone.txt": b"mine\n"}, "gone.txt", "kept", b"mine\n"),
        ({"gone.txt": NONE}, "gone.txt", None, None),
        ({"new.txt": b"for Randers Kommune\n"}, "new.txt", None, b"for Randers Kommune\n"),
        (
            {"new.txt": b"mine\n"},
            "new.txt",
            "conflict",
            b"<<<<<<< yours\nmine\n=======\nfor Randers Kommune\n>>>>>>> plfkit 0.3\n",
        ),
        ({"profile.txt": b"mine\n"}, "profile.txt", None, b"mine\n"),
        ({"README.md": b"mine\n"}, "README.md", None, b"mine\n"),
        ({"own.txt": b"mine\n"}, "own.txt", None, b"mine\n"),
        (
            {"both.txt": b"one\r\ntwo\r\nthree\r\nmine\r\n"},
            "both.txt",
            "merged",
            b"ONE\r\ntwo\r\nthree\r\nmine\r\n",
        ),
        (
            {"both.txt": b"one\r\ntwo\r\nthree\r\nfour\r\n"},
            "both.txt",
            "updated",
            b"ONE\r\ntwo\r\nthree\r\nfour\r\n",
        ),
    ],
)
def test_what_the_author_did(
    made: Path,
    templates: dict[str, Path],
    author: Author,
    path: str,
    fate: str | None,
    after: bytes | None,
) -> None:
    """Each thing that an author may have done to a file is kept, merged or marked."""
    write_as_author(made, author)
    changes = update_distribution(made, plfkit="0.3", templates=templates)
    assert {one.path: str(one.fate) for one in changes}.get(path) == fate
    assert read_all(made).get(path) == after


def test_links_and_folders_are_left_alone(
    made: Path, templates: dict[str, Path], tmp_path: Path
) -> None:
    """What stands elsewhere is not written to, and a folder where a file would go is the author's."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_text("one\ntwo\nthree\nmine\n")
    (made / "both.txt").unlink()
    (made / "both.txt").symlink_to(elsewhere)
    (made / "new.txt").mkdir()
    changes = update_distribution(made, plfkit="0.3", templates=templates)
    assert [one.path for one in changes if one.needs_author] == ["both.txt", "new.txt"]
    assert elsewhere.read_text() == "one\ntwo\nthree\nmine\n"
    assert (made / "both.txt").is_symlink()
    assert (made / "new.txt").is_dir()


@pytest.mark.parametrize("put", [Path.symlink_to, lambda place, _: place.write_text("mine")])
def test_nothing_is_written_through_a_link(
    made: Path, templates: dict[str, Path], tmp_path: Path, put: Callable[[Path, Path], object]
) -> None:
    """Where a folder is a link, or a file, what would stand in it is left to the author."""
    for version, text in (("0.2", "old\n"), ("0.3", "new\n")):
        (templates[version] / "linked").mkdir()
        (templates[version] / "linked" / "was.txt.template").write_text(text)
    (templates["0.3"] / "linked" / "new.txt.template").write_text("new\n")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "was.txt").write_text("old\n")
    put(made / "linked", elsewhere)
    changes = update_distribution(made, plfkit="0.3", templates=templates)
    left = [one.path for one in changes if one.fate is FileFate.UNREADABLE]
    assert left == ["linked/new.txt", "linked/was.txt"]
    assert read_all(elsewhere) == {"was.txt": b"old\n"}
    assert 'plfkit = "0.3"' in (made / RECORD).read_text()


def test_an_open_conflict_is_resolved_first(made: Path, templates: dict[str, Path]) -> None:
    """Marks are never put between marks: such an update is refused before anything is written."""
    (made / "both.txt").write_text("<<<<<<< yours\na\n=======\nb\n>>>>>>> plfkit 0.2\n")
    before = read_all(made)
    with pytest.raises(ProfileError, match=r"conflicts that nobody has resolved in both\.txt"):
        update_distribution(made, plfkit="0.3", templates=templates)
    assert read_all(made) == before


def test_a_newer_distribution_is_refused(made: Path, templates: dict[str, Path]) -> None:
    """A plfkit does not take back what a newer one made."""
    update_distribution(made, plfkit="0.3", templates=templates)
    with pytest.raises(ProfileError, match=r"made by plfkit 0\.3, and this is 0\.2"):
        update_distribution(made, plfkit="0.2", templates=templates)


def test_bounds_move_without_a_new_template(tmp_path: Path) -> None:
    """A plfkit that brings no new template moves the bounds on itself all the same."""
    made = start_distribution(answer_by_default("randers"), tmp_path / "made")
    changes = update_distribution(made, plfkit="0.97")
    assert [(one.path, one.fate) for one in changes] == [("pyproject.toml", FileFate.UPDATED)]
    assert "plfkit>=0.97,<0.98" in (made / "pyproject.toml").read_text(encoding="utf-8")


@contextmanager
def fill_disk(most: int) -> Iterator[None]:
    """Let the system refuse files above a size, as a disk that is full does."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_failure_midway(made: Path, templates: dict[str, Path]) -> None:
    """What stopped an update is said; once it is out of the way, the update is finished."""
    below, text = templates["0.3"] / "zz" / "below.txt.template", "below\n" * 1_000
    below.parent.mkdir()
    below.write_text(text)
    with fill_disk(5_000), pytest.raises(StoreError, match="cannot write"):
        update_distribution(made, plfkit="0.3", templates=templates)
    assert (made / "both.txt").read_text() == NOW["both.txt"]
    assert 'plfkit = "0.2"' in (made / RECORD).read_text()
    changes = update_distribution(made, plfkit="0.3", templates=templates)
    assert changes == (FileChange("zz/below.txt", FileFate.ADDED, text),)
    assert 'plfkit = "0.3"' in (made / RECORD).read_text()


DIE = """
import os, sys
from pathlib import Path
from plfkit.starting import update_distribution
left = int(sys.argv[3])
def die(event, _):
    global left
    if event in {"os.rename", "os.remove", "os.mkdir"}:
        left -= 1
        if left < 0:
            os._exit(9)
sys.addaudithook(die)
templates = {place.name: place for place in Path(sys.argv[2]).iterdir()}
update_distribution(sys.argv[1], plfkit="0.3", templates=templates)
"""


@pytest.mark.slow
def test_death_midway(made: Path, templates: dict[str, Path]) -> None:
    """Whenever it is killed, every file is whole, and the same update run again ends the same."""
    write_as_author(made, {"both.txt": b"one\ntwo\nthree\nmine\n", "src/randers.txt": NONE})
    first = read_all(made)
    assert update_and_die(made, templates, after=99) == 0
    expected = read_all(made)
    for calls in range(99):
        for path in read_all(made):
            (made / path).unlink()
        write_as_author(made, {**first})
        ended = update_and_die(made, templates, after=calls)
        for path, data in read_all(made).items():
            assert path.endswith(".tmp") or data in {first.get(path), expected.get(path)}
        update_distribution(made, plfkit="0.3", templates=templates)
        assert read_all(made) == expected
        if ended == 0:
            break
    assert calls > 3


def update_and_die(folder: Path, templates: dict[str, Path], *, after: int) -> int:
    """Update in a process that ends for good at a call that changes the disk; return how it ended."""
    above = str(templates["0.2"].parent)
    command = [sys.executable, "-c", DIE, str(folder), above, str(after)]
    known = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    return subprocess.run(command, check=False, env=known).returncode  # noqa: S603 - this very Python
