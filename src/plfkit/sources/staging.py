"""A folder of files saved whole or not at all, and read as one of the two.

New files are first written into a staging folder inside the target. Renaming that to its final name
commits the save; from then on the files move to their places, and a reader who finds some of them
still in the staging folder takes them from there. Whatever was not committed is swept away by the
next save.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from plfkit.errors import Fault, InvalidDataError, Place, StoreError
from plfkit.hints import Hint
from plfkit.model.given_paths import explain_bad_path, name_path
from plfkit.sources.saving import (
    describe_system_error,
    keep_file_mode,
    lock_folder,
    sync_folder,
    write_and_sync,
)

_STAGING = ".plfkit-new-"
_COMMITTED = ".plfkit-committed"
_MANIFEST = "files.json"


@contextmanager
def open_saved_files(path: Path) -> Iterator[Mapping[str, Path]]:
    """Give the files of a folder by name, as the last save that was committed left them.

    The folder is locked against writers meanwhile, where the system can.

    Raises:
        InvalidDataError: There is no such folder, or it cannot be looked into.
    """
    with ExitStack() as stack:
        try:
            if not path.is_dir():
                raise NotADirectoryError("there is none")
            stack.enter_context(lock_folder(path, exclusive=False))
            files = _list_saved_files(path)
        except (OSError, ValueError) as error:
            hint = Hint("file.no_folder", reason=str(describe_system_error(error)))
            hint = explain_bad_path(path, hint)
            raise InvalidDataError([Fault("no_folder", Place(name_path(path)), hint)]) from error
        yield files


def save_folder(
    path: str | Path,
    files: Mapping[str, Callable[[Path], None]],
    *,
    replacing: Callable[[str], bool],
) -> Path:
    """Write files into a folder so that it holds all of the new ones, or all of the old ones.

    Args:
        path: The folder; it is made if it does not exist.
        files: What writes each file, by its name.
        replacing: Which of the old files belong to the same whole, so that they go if they are not
            among the new ones. All other files of the folder stay.

    Raises:
        StoreError: The folder could not be written; what was there before still is.
    """
    target = Path(path)
    try:
        target.mkdir(exist_ok=True)
        with lock_folder(target, exclusive=True):
            _finish_save(target, replacing)
            _commit_files(target, files)
            with suppress(OSError):  # saved: readers find the new files, the next save moves them
                _finish_save(target, replacing)
    except (OSError, ValueError) as error:
        raise StoreError(
            f"cannot write {name_path(target)}: {describe_system_error(error)}"
        ) from error
    return target


def _commit_files(target: Path, files: Mapping[str, Callable[[Path], None]]) -> None:
    staging = Path(tempfile.mkdtemp(prefix=_STAGING, dir=target))
    try:
        _stage_files(staging, files)
        staging.chmod(target.stat().st_mode)
        staging.rename(target / _COMMITTED)
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _stage_files(staging: Path, files: Mapping[str, Callable[[Path], None]]) -> None:
    for name, write in files.items():
        write(staging / name)
        keep_file_mode(staging / name, staging.parent / name)
        with (staging / name).open("rb") as file:
            os.fsync(file.fileno())
    manifest = json.dumps(sorted(files)).encode("ascii")
    write_and_sync(staging / _MANIFEST, manifest)
    sync_folder(staging)


def _finish_save(target: Path, replacing: Callable[[str], bool]) -> None:
    """Bring the files of a committed save to their places, and sweep away what was not committed."""
    for stray in target.glob(f"{_STAGING}*"):
        shutil.rmtree(stray, ignore_errors=True)
    committed = target / _COMMITTED
    names = _read_save_manifest(committed)
    if names is None:
        with suppress(FileNotFoundError):
            committed.rmdir()
        return
    sync_folder(target)  # the commit is on the disk before any old file goes
    for name in filter(replacing, names):
        with suppress(FileNotFoundError):  # moved already
            (committed / name).replace(target / name)
    for file in target.iterdir():
        if file.is_file() and file.name not in names and replacing(file.name):
            file.unlink()
    sync_folder(target)
    (committed / _MANIFEST).unlink()
    committed.rmdir()
    sync_folder(target)


def _read_save_manifest(committed: Path) -> list[str] | None:
    """Return the names that a committed save has; None where there is none, or none any more.

    Raises:
        ValueError: The folder was made by somebody else: it names what no save would.
    """
    try:
        names = json.loads((committed / _MANIFEST).read_text(encoding="ascii"))
    except FileNotFoundError:
        return None
    except (ValueError, RecursionError) as error:
        raise ValueError(f"{committed.name} was not left by plfkit: remove it") from error
    if not isinstance(names, list) or not all(map(_is_plain_name, names)):
        raise ValueError(f"{committed.name} was not left by plfkit: remove it")
    return names


def _is_plain_name(name: object) -> bool:
    return isinstance(name, str) and Path(name).name == name and not name.startswith(".")


def _list_saved_files(path: Path) -> Mapping[str, Path]:
    here = {file.name: file for file in path.iterdir()}
    committed = path / _COMMITTED
    names = _read_save_manifest(committed)
    if names is None:
        return here
    staged = {file.name: file for file in committed.iterdir() if file.name in names}
    return {name: file for name, file in (here | staged).items() if name in names}
