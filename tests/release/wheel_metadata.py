"""Hold what wheels say of themselves: complete, and plug-ins bounded on both sides.

python tests/release/wheel_metadata.py DIST
"""

from __future__ import annotations

import re
import sys
import zipfile
from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message
from pathlib import Path

from packaging.requirements import Requirement
from packaging.version import Version

COMPLETE = (
    *("Summary", "Author", "License-Expression", "License-File", "Requires-Python"),
    *("Keywords", "Description-Content-Type"),
)
"""What an index shows of a distribution, and readers choose by."""
FILE_LINK = re.compile(r"\]\((?!https?://|#)")


def main(dist: Path) -> int:
    """Say what the wheels of a folder lack."""
    abouts = [read_metadata(wheel) for wheel in sorted(dist.glob("*.whl"))]
    version = next(Version(about["Version"]) for about in abouts if about["Name"] == "plfkit")
    problems = [problem for about in abouts for problem in find_problems(about, version)]
    print(*problems or [f"{len(abouts)} wheels say of themselves what they should"], sep="\n")
    return 1 if problems else 0


def read_metadata(wheel: Path) -> Message:
    """Return the metadata of a wheel."""
    with zipfile.ZipFile(wheel) as opened:
        name = next(name for name in opened.namelist() if name.endswith(".dist-info/METADATA"))
        return message_from_bytes(opened.read(name))


def find_problems(about: Message, version: Version) -> Iterator[str]:
    """Yield what a wheel's metadata lack, beside plfkit of a version."""
    name = about["Name"]
    yield from (f"{name}: has no {field}" for field in COMPLETE if not about[field])
    classifiers = about.get_all("Classifier") or []
    if "Typing :: Typed" not in classifiers:
        yield f"{name}: is typed, and its classifiers do not say so"
    if FILE_LINK.search(str(about.get_payload())):
        yield f"{name}: its README links to a file, which an index does not have"
    if name != "plfkit":
        yield from check_bounds(about, version)


def check_bounds(about: Message, version: Version) -> Iterator[str]:
    """Yield where a plug-in does not ask for this minor version of plfkit, and no later one."""
    wanted = f"plfkit>={version.major}.{version.minor},<{version.major}.{version.minor + 1}"
    needed = [Requirement(text) for text in about.get_all("Requires-Dist") or []]
    found = [needs.specifier for needs in needed if needs.name == "plfkit" and not needs.marker]
    if found != [Requirement(wanted).specifier]:
        said = ", ".join(f"plfkit{specifier}" for specifier in found) or "no plfkit"
        yield f"{about['Name']}: needs {said}; write {wanted}"


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
