"""Build every archive again in another place, and see that it is the same to the byte.

    python tests/release/rebuilding.py UV DIST

DIST has archives that were built here, each wheel from its sdist. They are built again from a copy of
the tree: another folder, other permissions, another time, and each wheel from the tree itself.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).parents[2]
LONG_AGO = 1_000_000_000


def main(uv: str, dist: Path) -> int:
    """Build again, and say which archives differ."""
    with tempfile.TemporaryDirectory() as folder:
        copy, again = Path(folder) / "another/place", Path(folder) / "again"
        copy_tree(ROOT, copy)
        for kind in ("--sdist", "--wheel"):
            build = [uv, "build", "-q", kind, "--all-packages", "-o", str(again)]
            subprocess.run(build, cwd=copy, check=True)  # noqa: S603 - our own tool
        different = list(find_differences(dist, again))
    print(*different or [f"{dist}: built twice, and equal"], sep="\n")
    return 1 if different else 0


def copy_tree(root: Path, target: Path) -> None:
    """Copy what git tracks or would track; nobody else may read it, and it is old."""
    asked = ["git", "-C", str(root), "ls-files", "-z", "-c", "-o", "--exclude-standard"]
    listed = subprocess.run(asked, check=True, capture_output=True, text=True).stdout  # noqa: S603 - the same
    for name in filter(None, listed.split("\0")):
        source, copied = root / name, target / name
        if not source.exists():  # deleted, and not committed yet
            continue
        copied.parent.mkdir(parents=True, exist_ok=True)
        copied.write_bytes(source.read_bytes())
        copied.chmod(0o700 if os.access(source, os.X_OK) else 0o600)
        os.utime(copied, (LONG_AGO, LONG_AGO))


def find_differences(first: Path, second: Path) -> Iterator[str]:
    """Yield each archive that one folder lacks, or that differs."""
    sums = [_sum_archives(folder) for folder in (first, second)]
    for name in sorted(sums[0].keys() | sums[1].keys()):
        if len({of.get(name) for of in sums}) > 1:
            lacking = [
                str(of)
                for of, known in zip((first, second), sums, strict=True)
                if name not in known
            ]
            yield f"{name}: " + (f"not in {lacking[0]}" if lacking else "differs when built again")


def _sum_archives(folder: Path) -> dict[str, str]:
    archives = [path for path in folder.iterdir() if path.suffix in {".whl", ".gz"}]
    return {path.name: sha256(path.read_bytes()).hexdigest() for path in archives}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], Path(sys.argv[2])))
