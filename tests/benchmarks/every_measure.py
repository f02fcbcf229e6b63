"""Every measure of the core at two sizes, so that none grows faster than the data.

    python tests/benchmarks/every_measure.py [OLDER_SOURCE] [--sizes muni,dk] [--rounds 5]

``muni`` is an example municipality of some 1,400 people with every table filled; ``dk`` is
``denmark.py``'s million rows, which lack what no survey asked there. Each is read and its snapshot made
once; then each measure is called with its own example's arguments, and by school. Ranges that are
simulated are left out. Times are milliseconds of the processor, so that other work on the machine does
not count: the median of the rounds after one that fills what a snapshot keeps.

With the root of an older source every figure is computed by that too, in a process of its own, and must
be the same; its times stand beside.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Any

SCHOOLS, SEED = 22, 1
SIZES = ("muni", "dk")
ROUNDS, LONG = 5, 1.0
WITHOUT_DRAWS = ("betweenness", "brokerage", "constraint", "transitivity")
"""Measures whose ranges are simulated where not all answered: `settled_ranges.py` times those."""

Timed = dict[str, dict[str, Any]]
"""By measure and what parts it was asked for: how long it took, and what stands for its figures."""


def list_calls(size: str, folder: Path) -> Iterator[tuple[str, Callable[[], Any]]]:
    """Yield each measure's calls, the snapshot made before."""
    import plfkit
    from plfkit.measures import CORE

    if size == "muni":
        profile = plfkit.load_profile("vejle")
        town = plfkit.synthetic.municipality(profile, schools=SCHOOLS, seed=SEED)
    else:
        town = plfkit.read(folder)
    now = plfkit.snapshot(town, "2018/19")
    years = [plfkit.snapshot(town, "2017/18"), now]
    for measure in CORE:
        asked: dict[str, Any] = dict(measure.about.example)
        asked.pop("by", None)
        if size == "dk":  # where advice alone was asked about
            asked |= {name: "advice" for name in ("relation", "against") if name in asked}
        if measure.name in WITHOUT_DRAWS:
            asked["draws"] = 0
        if measure.name == "betweenness":
            asked["sources"] = 256
        moments = years if measure.about.over_years else now
        for by in (None, "school") if "by" in measure.parameters else (None,):
            arguments = asked if by is None else {**asked, "by": by}
            yield (
                f"{measure.name}/{by or 'whole'}",
                lambda measure=measure, moments=moments, arguments=arguments: measure(
                    moments, arguments
                ),  # type: ignore[misc]
            )


def time_calls(size: str, folder: Path, rounds: int) -> Timed:
    """Time every call, and tell what figures it gave."""
    timed: Timed = {}
    for name, call in list_calls(size, folder):
        took = []
        for _ in range(rounds + 1):
            start = time.process_time()
            result = call()
            took.append(time.process_time() - start)
            if took[-1] > LONG and len(took) > 1:
                break
        figures = "\n".join(str(figure) for figure in result.figures)
        told = hashlib.sha256(figures.encode()).hexdigest()
        timed[name] = {"first": 1e3 * took[0], "again": 1e3 * median(took[1:]), "told": told}
    return timed


def run_apart(source: Path, size: str, folder: Path, rounds: int) -> Timed:
    """Time every call of some source in a fresh process."""
    places = [source / "src", *sorted((source / "plugins").glob("*/src"))]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, places))}
    asked = [sys.executable, __file__, "--apart", size, "--folder", str(folder)]
    done = subprocess.run(  # noqa: S603 - ourselves
        [*asked, "--rounds", str(rounds)],
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    )
    timed: Timed = json.loads(done.stdout)
    return timed


def print_table(size: str, timed: Timed, older: Timed | None) -> None:
    """Print what each measure took, as the whole and by school."""
    print(f"\n| at {size} (ms) | whole, first | whole | by school |")
    print("|---|---|---|---|")
    for name in dict.fromkeys(key.partition("/")[0] for key in timed):
        whole, school = f"{name}/whole", f"{name}/school"
        print(
            f"| `{name}` | {tell_time(timed, older, whole, 'first')} "
            f"| {tell_time(timed, older, whole, 'again')} "
            f"| {tell_time(timed, older, school, 'again')} |"
        )


def tell_time(timed: Timed, older: Timed | None, name: str, which: str) -> str:
    """Write a time, behind that of an older source if there is one."""
    if name not in timed:
        return ""
    before = f"{older[name][which]:.1f} → " if older else ""
    return f"{before}{timed[name][which]:.1f}"


def check_figures(timed: Timed, older: Mapping[str, Any]) -> None:
    """Stop where an older source tells other figures."""
    others = [name for name, one in timed.items() if one["told"] != older[name]["told"]]
    assert not others, f"other figures than before: {', '.join(others)}"


def main() -> None:
    """Measure, and print what was found."""
    given = argparse.ArgumentParser()
    given.add_argument("older", type=Path, nargs="?")
    given.add_argument("--sizes", default=",".join(SIZES))
    given.add_argument("--rounds", type=int, default=ROUNDS)
    given.add_argument("--apart")
    given.add_argument("--folder", type=Path)
    asked = given.parse_args()
    if asked.apart:
        print(json.dumps(time_calls(asked.apart, asked.folder, asked.rounds)))
        return
    print(f"Python {platform.python_version()}, {platform.machine()}, ", end="")
    print(", ".join(f"{name} {version(name)}" for name in ("numpy", "scipy", "numba")))
    with tempfile.TemporaryDirectory() as place:
        from denmark import write_denmark

        write_denmark(Path(place))
        for size in asked.sizes.split(","):
            timed = run_apart(Path(__file__).parents[2], size, Path(place), asked.rounds)
            older = asked.older and run_apart(asked.older, size, Path(place), asked.rounds)
            if older:
                check_figures(timed, older)
            print_table(size, timed, older)


if __name__ == "__main__":
    main()
