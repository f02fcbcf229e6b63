"""What follows from a value alone is worked out once, safely for threads."""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import numpy as np
import pytest
from attrs import field, frozen

from plfkit.arrays import Numbers
from plfkit.model.caching import MOST_KEPT, Caching, work_out_once

THREADS = 8


@frozen(eq=False, slots=False)
class Heap(Caching):
    """Some numbers, and what is called each time something is worked out of them."""

    size: int
    tell: Callable[[], object] = field(default=int, repr=False)

    @property
    @work_out_once
    def numbers(self) -> Numbers:
        """All of them."""
        self.tell()
        return np.arange(self.size)

    @work_out_once
    def find_multiples(self, factor: int) -> tuple[Numbers, int]:
        """Those that are multiples, and how many."""
        self.tell()
        found = self.numbers[self.numbers % factor == 0]
        return found, len(found)


def test_once() -> None:
    """What was asked for before is not worked out again, for each value and each argument."""
    calls: list[None] = []
    heap = Heap(10, lambda: calls.append(None))
    assert heap.numbers is heap.numbers
    assert heap.find_multiples(3)[1] == 4  # 0, 3, 6, 9
    assert heap.find_multiples(5)[1] == 2
    assert heap.find_multiples(3) is heap.find_multiples(3)
    assert len(calls) == 3
    assert Heap(4).find_multiples(3)[1] == 2


def test_sealed() -> None:
    """Nobody can write to an array that others will be given."""
    heap = Heap(10)
    for array in (heap.numbers, heap.find_multiples(2)[0]):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 7


def test_bounded() -> None:
    """However much is asked, only so many answers are kept, the newest among them."""
    calls: list[None] = []
    heap = Heap(10, lambda: calls.append(None))
    for factor in range(1, 3 * MOST_KEPT):
        heap.find_multiples(factor)
    before = len(calls)
    heap.find_multiples(3 * MOST_KEPT - 1)
    assert len(calls) == before
    heap.find_multiples(1)
    assert len(calls) == before + 1
    (kept,) = (vars(heap)[name] for name in vars(heap) if name.endswith("find_multiples"))
    assert len(kept) == MOST_KEPT


def test_not_pickled() -> None:
    """What was kept stays behind when a value travels, and is worked out anew where it arrives."""
    heap = Heap(100_000)
    light = len(pickle.dumps(heap))
    heap.find_multiples(2)
    assert len(pickle.dumps(heap)) == light
    assert pickle.loads(pickle.dumps(heap)).find_multiples(2)[1] == 50_000  # noqa: S301 - our own


def test_threads_get_the_same() -> None:
    """Threads that ask at once, and all begin to work it out, are all given one and the same answer."""
    start = Barrier(THREADS, timeout=30)
    heap = Heap(1000, start.wait)
    with ThreadPoolExecutor(THREADS) as pool:
        found = [*pool.map(lambda _: heap.numbers, range(THREADS))]
    assert all(one is heap.numbers for one in found)


def test_nobody_waits() -> None:
    """While one thread is at work on something another can ask for the same, and for something else."""
    begun, finished = Event(), Event()

    def stop_first() -> None:
        if not begun.is_set():
            begun.set()
            assert finished.wait(30)

    heap = Heap(10, stop_first)
    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(lambda: heap.numbers)
        assert begun.wait(30)
        assert heap.numbers.tolist() == list(range(10))
        assert heap.find_multiples(5)[1] == 2
        finished.set()
        assert slow.result(30) is heap.numbers


def test_first_import_in_the_middle() -> None:
    """Two threads that import and ask for what is kept, in either order, do not wait for each other."""
    code = """
import sys, threading
from attrs import frozen
from plfkit.model.caching import Caching, work_out_once
asked, importing = threading.Event(), threading.Event()

@frozen(slots=False)
class Value(Caching):
    @property
    @work_out_once
    def answer(self):
        asked.set()
        importing.wait(20)
        import slow_room
        return 42

class Finder:
    def find_spec(self, name, path=None, target=None):
        if name == "slow_room":
            import importlib.machinery
            return importlib.machinery.ModuleSpec(name, self)
    def create_module(self, spec):
        return None
    def exec_module(self, module):
        importing.set()
        asked.wait(20)
        module.answer = value.answer if threading.current_thread() is second else None

sys.meta_path.append(Finder())
value = Value()
first = threading.Thread(target=lambda: value.answer, daemon=True)
second = threading.Thread(target=lambda: __import__("slow_room"), daemon=True)
first.start(); asked.wait(20); second.start()
first.join(20); second.join(20)
print(not first.is_alive() and not second.is_alive())
"""
    done = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=120
    )
    assert done.stdout.strip() == "True", done.stderr
