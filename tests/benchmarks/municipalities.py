"""Many municipalities on one core, on a pool and on a Dask cluster: the same bytes first, then the times.

    python tests/benchmarks/municipalities.py [--count 12] [--schools 10] [--workers 2] [--rounds 5]
    python tests/benchmarks/municipalities.py --audit 10 30 100
    python tests/benchmarks/municipalities.py --shares [--schools 100]

Without options made-up municipalities are written to folders; these are read, assessed, released and
compared on each of the three, in turn, so that what else the machine does touches all of them alike. Each
way runs in a process of its own, whose memory, with that of its workers, is looked at ten times a second.
`--audit` audits a comparison of so many municipalities. `--shares` assesses one organisation on one core and
on a pool, and tells how much is sent.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import pickle
import platform
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from typing import Any

from attrs import frozen

import plfkit
from plfkit.disclosure import release_comparison, release_folders
from plfkit.pieces import Shared
from plfkit.synthetic import municipality

PROFILE = "vejle"
WAYS = ("one core", "pool", "Dask")
PAUSE = 0.1
MEGABYTE = 1e6


@frozen
class Run:
    """One run of one way.

    Attributes:
        digest: Of all that was told.
        seconds: How long it took, after its workers had begun.
        megabytes: How much memory it took at most, with all its workers.
    """

    digest: str
    seconds: float
    megabytes: float


@contextmanager
def start_pool(workers: int) -> Iterator[Executor]:
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        yield pool


@contextmanager
def start_cluster(workers: int) -> Iterator[Executor]:
    from distributed import Client, LocalCluster

    own: dict[str, Any] = {"host": "127.0.0.1", "dashboard_address": "127.0.0.1:0"}
    with (
        LocalCluster(n_workers=workers, threads_per_worker=1, **own) as cluster,  # type: ignore[no-untyped-call]
        Client(cluster) as client,  # type: ignore[no-untyped-call]
    ):
        yield client.get_executor()


@contextmanager
def start_way(way: str, workers: int) -> Iterator[Executor | None]:
    """Begin one of the ways, with workers that have loaded plfkit."""
    if way == "one core":
        yield None
        return
    with start_pool(workers) if way == "pool" else start_cluster(workers) as executor:
        list(executor.map(_load_rooms, range(2 * workers)))
        yield executor


def _load_rooms(_: int) -> None:
    town = municipality(plfkit.load_profile(PROFILE), schools=1)
    plfkit.release(
        plfkit.assess(town, plfkit.load_profile(PROFILE)), plfkit.load_profile(PROFILE).privacy
    )


def write_folders(place: Path, count: int, schools: int) -> dict[str, Path]:
    """Write made-up municipalities, each to a folder of its own."""
    profile = plfkit.load_profile(PROFILE)
    folders = {f"kommune-{number:03d}": place / f"{number:03d}" for number in range(count)}
    for seed, folder in enumerate(folders.values()):
        plfkit.write(municipality(profile, schools=schools, seed=seed), folder)
    return folders


def go_the_whole_way(folders: dict[str, Path], executor: Executor | None) -> str:
    """Read, assess, release and compare; return a digest of all that was told."""
    found = release_folders(folders, plfkit.load_profile(PROFILE), executor=executor)
    compared = release_comparison(found.released)
    everything: list[plfkit.Released[Any]] = [*found.released.values(), compared]
    told = [plfkit.to_document(one) for one in everything]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def run_way(way: str, folders: dict[str, Path], workers: int) -> Run:
    """Go the whole way once in this process and its workers."""
    _load_rooms(0)
    with start_way(way, workers) as executor, watch_memory() as peak:
        began = time.perf_counter()
        digest = go_the_whole_way(folders, executor)
        seconds = time.perf_counter() - began
    return Run(digest, seconds, peak[0])


@contextmanager
def watch_memory() -> Iterator[list[float]]:
    """Give the most memory, in megabytes, that this process and all below it took together."""
    peak, done = [0.0], threading.Event()

    def look() -> None:
        while not done.wait(PAUSE):
            peak[0] = max(peak[0], sum(map(read_memory, list_processes(os.getpid()))))

    watcher = threading.Thread(target=look)
    watcher.start()
    try:
        yield peak
    finally:
        done.set()
        watcher.join()


def list_processes(top: int) -> list[int]:
    """Return a process and all below it."""
    tasks = Path(f"/proc/{top}/task")
    children = [
        int(child)
        for task in (tasks.iterdir() if tasks.is_dir() else ())
        for child in _read_text(task / "children").split()
    ]
    return [top, *(one for child in children for one in list_processes(child))]


def read_memory(process: int) -> float:
    """Return how much memory of its own a process holds: what it shares is counted in part."""
    rows = dict(
        line.split(":", 1)
        for line in _read_text(Path(f"/proc/{process}/smaps_rollup")).splitlines()[1:]
    )
    return int(rows["Pss"].split()[0]) * 1024 / MEGABYTE if "Pss" in rows else 0.0


def _read_text(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii")
    except OSError:  # it has ended meanwhile
        return ""


def compare_ways(count: int, schools: int, workers: int, rounds: int) -> None:
    """Print how long the ways take and how much memory, once they were seen to give the same."""
    runs: dict[str, list[Run]] = {way: [] for way in WAYS}
    with tempfile.TemporaryDirectory() as place:
        folders = write_folders(Path(place), count, schools)
        for _ in range(rounds):
            for way in WAYS:
                with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as alone:
                    runs[way].append(alone.submit(run_way, way, folders, workers).result())
    digests = {run.digest for found in runs.values() for run in found}
    if len(digests) > 1:
        raise SystemExit("the ways do not give the same")
    print(f"{count} municipalities of {schools} schools, {workers} workers: the same bytes")
    whole = median(run.seconds for run in runs["one core"])
    for way, found in runs.items():
        seconds = median(run.seconds for run in found)
        memory = max(run.megabytes for run in found)
        print(f"{way:10} {seconds:8.2f} s {whole / seconds:6.2f} x {memory:8.0f} MB in all")


def time_audits(counts: list[int]) -> None:
    """Print how long the audit of a comparison takes, by how many municipalities it is of."""
    profile = plfkit.load_profile("generic")
    few = [municipality(profile, schools=2 + seed % 3, seed=seed) for seed in range(10)]
    cards = [plfkit.assess(town, profile, years_back=0) for town in few]
    for count in counts:
        names = {f"kommune-{number:03d}": number % len(few) for number in range(count)}
        released = release_comparison({name: cards[place] for name, place in names.items()})
        document = json.dumps(plfkit.to_document(released)).encode()
        began = time.process_time()
        leaks = plfkit.audit(document, staff={name: few[place] for name, place in names.items()})
        seconds = time.process_time() - began
        print(
            f"{count:4} municipalities: {seconds:7.1f} s, {seconds / count:.3f} each, {len(leaks)} leaks"
        )


def time_shares(schools: int, workers: int, rounds: int) -> None:
    """Print how long one organisation takes on one core and on a pool, and how much each share sends."""
    profile = plfkit.load_profile(PROFILE)
    town = municipality(profile, schools=schools, seed=1)
    rows = sum(count for _, count in town.list_table_sizes())
    sent = len(pickle.dumps(Shared(town), pickle.HIGHEST_PROTOCOL))
    print(f"{rows} rows: {sent / MEGABYTE:.1f} MB go with each share")
    with start_way("pool", workers) as pool:
        ways: dict[str, Callable[[], Any]] = {
            "assess, one core": lambda: plfkit.assess(town, profile),
            "assess, pool": lambda: plfkit.assess(town, profile, executor=pool),
            "municipality, one core": lambda: municipality(profile, schools=schools),
            "municipality, pool": lambda: municipality(profile, schools=schools, executor=pool),
        }
        taken: dict[str, list[float]] = {way: [] for way in ways}
        for _ in range(rounds):
            for way, call in ways.items():
                began = time.perf_counter()
                call()
                taken[way].append(time.perf_counter() - began)
    for way, seconds in taken.items():
        print(f"{way:24} {median(seconds):8.2f} s")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--count", type=int, default=12)
    parser.add_argument("--schools", type=int, default=10)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--audit", type=int, nargs="+")
    parser.add_argument("--shares", action="store_true")
    given = parser.parse_args()
    print(f"{platform.python_version()}, {os.cpu_count()} cores")
    if given.audit:
        time_audits(given.audit)
    elif given.shares:
        time_shares(given.schools, given.workers, given.rounds)
    else:
        compare_ways(given.count, given.schools, given.workers, given.rounds)


if __name__ == "__main__":
    main()
