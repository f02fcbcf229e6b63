"""Running tests on broken modules, each in a child of a process that has loaded what is slow to load.

A fault in a function is put into a process that has loaded plfkit and collected all tests, so that it
costs only the tests that run the function. A fault in a module itself, as in a constant, is put into a
process that loads plfkit with it.
"""

from __future__ import annotations

import gc
import importlib.util
import json
import os
import select
import signal
import sys
import time
import traceback
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from importlib.machinery import ModuleSpec, SourceFileLoader
from pathlib import Path
from types import CodeType, FrameType, FunctionType
from typing import Any

import pytest
from attrs import Factory, define, frozen

PYTEST = (
    *("-q", "-s", "-x", "-p", "no:cacheprovider", "--no-header", "-n0", "--hypothesis-seed=0"),
    *("-W", "ignore::pytest.PytestAssertRewriteWarning"),
)
LOADED_ONCE = (
    *("hypothesis", "numpy", "scipy.sparse.csgraph", "scipy.stats", "scipy.optimize", "networkx"),
    *(
        "narwhals",
        "pandas",
        "polars",
        "pyarrow.parquet",
        "openpyxl",
        "xlsxwriter",
        "jinja2",
        "yaml",
    ),
    *(
        "babel.numbers",
        "python_calamine",
        "sybil",
        "click.testing",
        "cattrs",
        "pluggy",
        "packaging",
    ),
)
SLOWEST_TEST = 5.0
"""Seconds of processor time of a test at the most: what only slower tests find counts as not found."""

Place = tuple[str, int]
"""Where a function begins: its file and first line."""

KILLED, SURVIVED, TIMED_OUT = "killed", "survived", "timed out"


@frozen
class Broken:
    """A module with one fault, compiled.

    Attributes:
        module: The name under which it is imported.
        line: The first line of the function that has the fault; 0 for the module itself.
        code: The module's code.
    """

    module: str
    line: int
    code: CodeType

    @property
    def place(self) -> Place:
        """Where the function begins."""
        return self.code.co_filename, self.line

    def replace_code(self, functions: Sequence[FunctionType]) -> None:
        """Put the fault into the function, wherever it is loaded."""
        code = next(one for one in _list_codes(self.code) if one.co_firstlineno == self.line)
        for function in functions:
            function.__code__ = code


def _list_codes(code: CodeType) -> Iterator[CodeType]:
    """Yield the code of each function and class in some code, the outer before the inner."""
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield inner
            yield from _list_codes(inner)


@define
class Tests:
    """Some tests, and what becomes of them when modules are broken.

    Attributes:
        paths: Where they are.
        broken: The broken modules, in order.
        seconds: How much processor time each test takes while nothing is broken, by its id.
        functions: Which functions it runs, each as a file and a first line.
    """

    paths: Sequence[str]
    broken: Sequence[Broken]
    seconds: dict[str, float] = Factory(dict)
    functions: dict[str, list[list[Any]]] = Factory(dict)

    def find_faults(self) -> Iterator[str]:
        """Yield of each broken module whether it was killed, survived or timed out.

        Raises:
            SystemExit: The tests do not pass while nothing is broken.
        """
        found = json.loads(_run_child(self._try_functions, limit=36000) or b"null")
        if found is None:
            raise SystemExit("the tests must pass before anything is broken")
        self.seconds, self.functions, tried = found
        for one, outcome in zip(self.broken, tried, strict=True):
            yield outcome or self._try_module(one)

    def list_tests(self, one: Broken) -> list[str]:
        """List the tests that run the function, the fastest first; all of them for the module itself."""
        quick = [test for test, seconds in self.seconds.items() if seconds <= SLOWEST_TEST]
        there = [test for test in quick if list(one.place) in self.functions[test]]
        return sorted(there or quick, key=self.seconds.__getitem__)

    def limit_time(self, tests: Sequence[str]) -> float:
        """Return after how many seconds some tests have taken too long."""
        return 60 + 20 * sum(map(self.seconds.__getitem__, tests))

    def _try_functions(self) -> bytes:
        """Collect the tests and try each fault in a function; None stands for the others."""
        tried: list[str | None] = []
        collected = _Collected(self, tried)
        code = pytest.main([*PYTEST, *self.paths], plugins=[_Profile(), collected])
        whole = int(code) == 0 and self.seconds
        return json.dumps([self.seconds, self.functions, tried] if whole else None).encode()

    def _try_module(self, one: Broken) -> str:
        tests = self.list_tests(one)

        def run() -> bytes:
            sys.meta_path.insert(0, _Loader(one))
            paths = sorted({test.partition("::")[0] for test in tests})
            plugins = [_Profile(), _Chosen(tests)]
            return str(int(pytest.main([*PYTEST, *paths], plugins=plugins))).encode()

        return _name_outcome(_run_child(run, limit=self.limit_time(tests), quiet=True))


def _name_outcome(answer: bytes | None) -> str:
    return TIMED_OUT if answer is None else SURVIVED if answer == b"0" else KILLED


@define
class _Collected:
    """Does the work of a session in place of pytest's own loop, once the tests are collected."""

    tests: Tests
    tried: list[str | None]
    failed: bool = False
    loaded: dict[Place, list[FunctionType]] = Factory(lambda: defaultdict(list))

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        answer = _run_child(lambda: self._watch(session.items), limit=3600)
        if not answer:
            return True
        self.tests.seconds, self.tests.functions = json.loads(answer)
        items = {item.nodeid: item for item in session.items}
        for one in gc.get_objects():
            if isinstance(one, FunctionType):
                self.loaded[one.__code__.co_filename, one.__code__.co_firstlineno].append(one)
        gc.freeze()  # children share what they do not write
        for broken in self.tests.broken:
            is_loaded = broken.line and self.loaded[broken.place]
            self.tried.append(self._try(broken, items) if is_loaded else None)
            print((self.tried[-1] or "later")[0], end="", flush=True)
        return True

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.failed = self.failed or report.failed

    def _try(self, broken: Broken, items: dict[str, pytest.Item]) -> str:
        names = self.tests.list_tests(broken)

        def run() -> bytes:
            broken.replace_code(self.loaded[broken.place])
            return str(int(self._run([items[name] for name in names]))).encode()

        return _name_outcome(_run_child(run, limit=self.tests.limit_time(names), quiet=True))

    def _run(self, items: Sequence[pytest.Item]) -> bool:
        """Run tests until one fails; tell whether one did."""
        for item, following in zip(items, [*items[1:], None], strict=True):
            item.ihook.pytest_runtest_protocol(item=item, nextitem=following)
            if self.failed:
                return True
        return False

    def _watch(self, items: Sequence[pytest.Item]) -> bytes:
        """Note how long each test takes and which functions it runs; nothing if one fails."""
        files = {one.code.co_filename for one in self.tests.broken}
        seconds: dict[str, float] = {}
        functions: dict[str, list[Place]] = {}
        for item in items:
            reached: set[Place] = set()

            def note(frame: FrameType, _event: str, _: Any, reached: set[Place] = reached) -> None:
                if frame.f_code.co_filename in files:
                    reached.add((frame.f_code.co_filename, frame.f_code.co_firstlineno))

            begun = time.process_time()
            sys.settrace(note)
            broke = self._run([item])
            sys.settrace(None)
            if broke:
                print(f"{item.nodeid} fails")
                return b""
            seconds[item.nodeid] = time.process_time() - begun
            functions[item.nodeid] = sorted(reached)
        return json.dumps([seconds, functions]).encode()


def load_slow_modules() -> None:
    """Import what tests import, but nothing of plfkit: a child may have to load that broken."""
    for name in LOADED_ONCE:
        with suppress(ImportError):
            importlib.import_module(name)


def _run_child(run: Callable[[], bytes], *, limit: float, quiet: bool = False) -> bytes | None:
    """Return what a function gives in a child; nothing if it dies, None if it takes too long."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.setpgid(0, 0)
        if quiet:
            silent = os.open(os.devnull, os.O_WRONLY)
            os.dup2(silent, 1)
            os.dup2(silent, 2)
        try:
            rest = run()
            while rest:
                rest = rest[os.write(writing, rest) :]
        except BaseException:  # noqa: BLE001 - the child ends here, whatever happened
            traceback.print_exc()
        finally:
            sys.stdout.flush()
            os._exit(0)
    os.close(writing)
    answer = _read_all(reading, time.monotonic() + limit)
    os.close(reading)
    with suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return answer


def _read_all(reading: int, until: float) -> bytes | None:
    parts = []
    while select.select([reading], [], [], max(0.0, until - time.monotonic()))[0]:
        parts.append(os.read(reading, 1 << 16))
        if not parts[-1]:
            return b"".join(parts)
    return None


class _Loader(SourceFileLoader):
    """Finds one module and loads it broken."""

    def __init__(self, broken: Broken) -> None:
        super().__init__(broken.module, broken.code.co_filename)
        self.broken = broken

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> ModuleSpec | None:  # noqa: ARG002
        if name != self.broken.module:
            return None
        file = Path(self.path)
        folders = [str(file.parent)] if file.stem == "__init__" else None
        return importlib.util.spec_from_file_location(
            name, file, loader=self, submodule_search_locations=folders
        )

    def get_code(self, fullname: str) -> CodeType:  # noqa: ARG002 - the loader's signature
        return self.broken.code


class _Profile:
    """Lets properties look a little, always in the same places."""

    @pytest.hookimpl(trylast=True)
    def pytest_configure(self) -> None:
        from hypothesis import settings

        settings.register_profile(
            "mutants", deadline=None, max_examples=8, derandomize=True, database=None
        )
        settings.load_profile("mutants")


@frozen
class _Chosen:
    """Runs some tests only, in the order they were given."""

    tests: Sequence[str]

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        place = {test: number for number, test in enumerate(self.tests)}
        chosen = [item for item in items if item.nodeid in place]
        items[:] = sorted(chosen, key=lambda item: place[item.nodeid])
