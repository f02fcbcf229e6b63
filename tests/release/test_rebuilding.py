"""Archives that are built twice are compared to the byte, from a copy that differs in all else."""

from __future__ import annotations

import subprocess
from pathlib import Path

from release.rebuilding import LONG_AGO, copy_tree, find_differences


def write_archives(folder: Path, **archives: bytes) -> Path:
    """Write files that end as wheels do."""
    folder.mkdir()
    for name, content in archives.items():
        (folder / f"{name}.whl").write_bytes(content)
    (folder / ".gitignore").write_text("*")
    return folder


def test_differences_are_told(tmp_path: Path) -> None:
    """An archive that differs is named, and so is one that one of the two has not."""
    first = write_archives(tmp_path / "first", same=b"1", other=b"2", gone=b"3")
    second = write_archives(tmp_path / "second", same=b"1", other=b"4")
    assert list(find_differences(first, second)) == [
        f"gone.whl: not in {second}",
        "other.whl: differs when built again",
    ]


def test_a_copy_has_other_times_and_permissions(tmp_path: Path) -> None:
    """It has what git tracks or would track, nothing that it ignores, and keeps what may be run."""
    tree, copy = tmp_path / "tree", tmp_path / "a/copy"
    for name in ("kept.py", "run", "deep/new.py", "ignored.pyc"):
        (tree / name).parent.mkdir(parents=True, exist_ok=True)
        (tree / name).write_text(name)
    (tree / "run").chmod(0o755)
    (tree / ".gitignore").write_text("*.pyc\n")
    command = ("git", "init", "-q", str(tree))
    subprocess.run(command, check=True)  # noqa: S603 - no input from outside
    copy_tree(tree, copy)
    found = {str(p.relative_to(copy)): p.stat() for p in copy.rglob("*") if p.is_file()}
    assert {name: stat.st_mode & 0o777 for name, stat in found.items()} == {
        ".gitignore": 0o600,
        "deep/new.py": 0o600,
        "kept.py": 0o600,
        "run": 0o700,
    }
    assert {stat.st_mtime for stat in found.values()} == {LONG_AGO}
    assert (copy / "deep/new.py").read_text() == "deep/new.py"
