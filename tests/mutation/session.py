"""Break plfkit in small ways, one at a time, and see whether its tests find it.

    python tests/mutation/session.py [--each N] [AREA ...]

README.md beside this file says what it found. It ends with 1 where too much was not found.
"""

from __future__ import annotations

import argparse
import ast
import random
import sys
import time
import tomllib
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from mutating import Fault, compile_broken, list_faults
from running import KILLED, SURVIVED, Broken, Tests, load_slow_modules

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
SOURCE = ROOT / "src"
SEED = 1
LEAST_KILLED = 0.9
STRICT_AREAS = {"disclosure"}
"""Where every survivor must be explained."""


def main(arguments: Sequence[str]) -> int:
    """Run the session."""
    areas = tomllib.loads((HERE / "areas.toml").read_text("utf-8"))
    explained = set(tomllib.loads((HERE / "explained.toml").read_text("utf-8")))
    parser = argparse.ArgumentParser()
    parser.add_argument("areas", nargs="*", default=list(areas))
    parser.add_argument("--each", type=int, default=150, help="faults tried in an area")
    chosen = parser.parse_args(arguments)
    sys.path.insert(0, str(SOURCE))
    load_slow_modules()
    enough = [
        _try_area(area, areas[area], chosen.each, explained=explained) for area in chosen.areas
    ]
    return 0 if all(enough) else 1


def _try_area(area: str, about: dict[str, list[str]], most: int, *, explained: set[str]) -> bool:
    """Try the faults of one area, say what was not found, and tell whether enough was."""
    begun = time.monotonic()
    faults = [pair for pattern in about["sources"] for pair in _list_area_faults(pattern)]
    if len(faults) > most:
        chosen = sorted(random.Random(SEED).sample(range(len(faults)), most))  # noqa: S311 - no secret
        faults = [faults[number] for number in chosen]
    broken = [
        Broken(_name_module(file), fault.line, compile_broken(tree, fault, str(file)))
        for file, tree, fault in faults
    ]
    counts = Counter[str]()
    for (file, _, fault), outcome in zip(
        faults, Tests(about["tests"], broken).find_faults(), strict=True
    ):
        name = f"{file.relative_to(SOURCE / 'plfkit')}:{fault}"
        told = "explained" if outcome == SURVIVED and name in explained else outcome
        counts[told] += 1
        if told != KILLED:
            print(f"  {told}: {name}", flush=True)
    counted = ", ".join(f"{number} {told}" for told, number in sorted(counts.items()))
    seconds = time.monotonic() - begun
    print(f"{area}: {len(faults)} faults, {counted}; {seconds:.0f} seconds", flush=True)
    if area in STRICT_AREAS:
        return counts[SURVIVED] == 0
    return counts[SURVIVED] <= (1 - LEAST_KILLED) * len(faults)


def _name_module(file: Path) -> str:
    """Return the name under which Python imports a file."""
    return ".".join(file.relative_to(SOURCE).with_suffix("").parts).removesuffix(".__init__")


def _list_area_faults(pattern: str) -> list[tuple[Path, ast.Module, Fault]]:
    pairs = []
    for file in sorted(SOURCE.glob(f"plfkit/{pattern}")):
        tree = ast.parse(file.read_text("utf-8"))
        pairs += [(file, tree, fault) for fault in list_faults(tree)]
    return pairs


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
