"""Hold the licences of all that plfkit needs when it runs: none may bind those who use it.

    python tests/release/licences.py

Looks at the distributions that are installed here, extras and what they need in turn included, lists
what each says of its licence, and ends with 1 where one is not permissive.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution, distributions

from license_expression import AND, OR, ExpressionError, LicenseSymbol, get_spdx_licensing
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PERMISSIVE = {
    *("0BSD", "Apache-2.0", "Apache-2.0 WITH LLVM-exception", "BSD-2-Clause", "BSD-3-Clause"),
    *("CC0-1.0", "ISC", "MIT", "MIT-CMU", "PSF-2.0", "Unlicense", "Zlib"),
}
IN_OLD_WORDS = {
    "Apache Software License": "Apache-2.0",
    "Apache 2.0": "Apache-2.0",
    "BSD": "BSD-3-Clause",
    "BSD License": "BSD-3-Clause",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
}
"""What older metadata say, and what it means at the least."""
ADMITTED = {"hypothesis": "MPL-2.0"}
"""Admitted all the same: the MPL binds whoever changes hypothesis's own files, and only tests import it."""


def main() -> int:
    """List the licences, then what is wrong with them."""
    ours = [found.name for found in distributions() if found.name.startswith("plfkit")]
    needed = list_dependencies(f"{name}[all]" if name == "plfkit" else name for name in ours)
    for name, found in needed.items():
        print(f"{name:20} {found.version if found else '?':15} {read_licence(found) or '?'}")
    problems = list(find_problems(needed))
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


def list_dependencies(roots: Iterable[str]) -> dict[str, Distribution | None]:
    """Return what the roots need, themselves included, by name; None for what is not installed."""
    found: dict[str, Distribution | None] = {}
    seen: set[tuple[str, frozenset[str]]] = set()
    waiting = [Requirement(root) for root in roots]
    while waiting:
        wanted = waiting.pop()
        key = (canonicalize_name(wanted.name), frozenset(wanted.extras))
        if key in seen:
            continue
        seen.add(key)
        try:
            found[key[0]] = distribution(wanted.name)
        except PackageNotFoundError:
            found[key[0]] = None
        else:
            waiting += _list_requirements(found[key[0]], wanted.extras)
    return dict(sorted(found.items()))


def _list_requirements(found: Distribution | None, extras: set[str]) -> Iterator[Requirement]:
    for text in (found.requires if found else None) or ():
        needed = Requirement(text)
        if needed.marker is None or any(
            needed.marker.evaluate({"extra": extra}) for extra in ("", *extras)
        ):
            yield needed


def read_licence(found: Distribution | None) -> str | None:
    """Return what a distribution says of its licence as an SPDX expression; None if it says nothing."""
    if found is None:
        return None
    about = found.metadata.json
    if "license_expression" in about:
        return str(about["license_expression"])
    classifiers = [line.split(" :: ") for line in about.get("classifier", ())]
    words = [words[-1] for words in classifiers if words[0] == "License"]
    said = [word for word in words if word != "OSI Approved"] or [str(about.get("license", ""))]
    return " AND ".join(sorted({IN_OLD_WORDS.get(word, word) for word in said})) or None


def find_problems(needed: dict[str, Distribution | None]) -> Iterator[str]:
    """Yield what is not known to be permissive, and what to do about it."""
    for name, found in needed.items():
        licence = read_licence(found)
        if licence is None:
            yield f"{name}: its licence is not known here; install it, or read its files"
        elif licence != ADMITTED.get(name) and not is_permissive(licence):
            yield f"{name}: {licence} is not among the permissive licences; do without it"


def is_permissive(licence: str) -> bool:
    """Whether an SPDX expression lets everybody use, change and pass on without a condition of its own."""
    try:
        return _holds(get_spdx_licensing().parse(licence, validate=True))
    except ExpressionError:
        return False


def _holds(parsed: LicenseSymbol | AND | OR) -> bool:
    if isinstance(parsed, AND):
        return all(_holds(part) for part in parsed.args)
    if isinstance(parsed, OR):
        return any(_holds(part) for part in parsed.args)
    return parsed.render() in PERMISSIVE


if __name__ == "__main__":
    sys.exit(main())
