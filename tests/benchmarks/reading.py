"""Reading with all checks and one snapshot, beside Python's csv module, in one run.

    python tests/benchmarks/reading.py [ROUNDS] [SCALE]

Time is the median of the rounds after one that warms up. Memory is the peak of a fresh process
less what it holds before it reads. Each reader is a process of its own; they take turns.
"""

from __future__ import annotations

import csv
import json
import platform
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Any

from denmark import write_denmark

import plfkit

READERS = ("csv.DictReader, no checks", "plfkit, CSV", "plfkit, Parquet")


def read_with_csv(folder: Path) -> list[Any]:
    """Read every file into a list of dicts, and check nothing."""
    tables = []
    for file in sorted(folder.glob("*.csv")):
        with file.open(encoding="utf-8", newline="") as stream:
            tables.append(list(csv.DictReader(stream)))
    return tables


def read_with_plfkit(folder: Path) -> plfkit.Snapshot:
    """Read with all checks and take a snapshot."""
    return plfkit.snapshot(plfkit.read(folder), "2018/19")


def one_process(reader: str, folder: Path, rounds: int) -> None:
    """Read several times and print the seconds of each, and the megabytes."""
    function = read_with_csv if reader == READERS[0] else read_with_plfkit
    if function is read_with_plfkit:
        warm_up()
    before = peak()
    seconds = []
    for _ in range(rounds):
        start = time.perf_counter()
        kept = function(folder)
        seconds.append(time.perf_counter() - start)
        del kept
    print(json.dumps({"seconds": seconds, "megabytes": (peak() - before) / 1024}))


def peak() -> int:
    """Return the most memory that this process has had, in kilobytes, as Linux counts it."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0])


def warm_up() -> None:
    """Load every library that reading needs."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "small"
        write_denmark(folder, scale=0.001)
        for form in ("csv", "parquet"):
            copy = Path(place) / form
            plfkit.write(plfkit.read(folder), copy, format=form)
            read_with_plfkit(copy)


def measured(reader: str, folder: Path) -> dict[str, Any]:
    """Measure one reader once in a fresh process."""
    command = [sys.executable, __file__, "--one", reader, str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 - ourselves
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def main(rounds: int, scale: float) -> None:
    """Make the data, let the readers take turns, and print a table."""
    with tempfile.TemporaryDirectory() as place:
        folder, parquet = Path(place) / "csv", Path(place) / "parquet"
        rows = write_denmark(folder, scale=scale)
        organisation = plfkit.read(folder)
        plfkit.write(organisation, parquet, format="parquet")
        assert plfkit.read(parquet) == organisation
        folders = dict(zip(READERS, (folder, folder, parquet), strict=True))
        runs = [{name: measured(name, f) for name, f in folders.items()} for _ in range(rounds + 1)]
    print(f"{rows:,} rows; Python {platform.python_version()}, numpy {version('numpy')}, ", end="")
    print(f"pyarrow {version('pyarrow')}, {platform.machine()}; median of {rounds}")
    base: tuple[float, float] | None = None
    for name in READERS:
        took = median(run[name]["seconds"][0] for run in runs[1:])
        size = median(run[name]["megabytes"] for run in runs[1:])
        base = base or (took, size)
        print(
            f"{name:28} {took:6.2f} s, {took / base[0]:4.2f} times; "
            f"{size:4.0f} MB, {size / base[1]:4.2f} times"
        )
    ratios = [run[READERS[2]]["seconds"][0] / run[READERS[1]]["seconds"][0] for run in runs[1:]]
    print(f"Parquet takes {median(ratios):.2f} of the time of CSV")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        one_process(sys.argv[2], Path(sys.argv[3]), 1)
    else:
        given = sys.argv[1:]
        main(int(given[0]) if given else 5, float(given[1]) if given[1:] else 1.0)
