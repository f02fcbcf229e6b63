"""What is promised to programs that run for long: threads, memory, stopping, loading."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import weakref
from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

import plfkit
from plfkit.hints import Language
from plfkit.sources.saving import save_text

THREADS = 8


@pytest.fixture(scope="module")
def town() -> plfkit.Organisation:
    """A made-up municipality."""
    return plfkit.synthetic.municipality(plfkit.load_profile("generic"), schools=2)


def go_the_way(town: plfkit.Organisation, language: Language) -> str:
    """Return all that a reader gets of a municipality."""
    profile = plfkit.load_profile("generic")
    card = plfkit.assess(town, profile, years_back=1)
    released = plfkit.release(card, profile.privacy)
    picture = plfkit.plot(released, "coverage")
    page = plfkit.render_report(released, language=language)
    return f"{page}{picture.svg}{plfkit.to_document(released)}"


def test_threads_give_the_same(town: plfkit.Organisation) -> None:
    """Eight threads at once, in two languages, on values that they share."""
    alone = {language: go_the_way(town, language) for language in ("da", "en")}
    with ThreadPoolExecutor(THREADS) as pool:
        together = [pool.submit(go_the_way, town, ("da", "en")[n % 2]) for n in range(THREADS)]
        found = [future.result() for future in together]
    assert found == [alone["da"], alone["en"]] * (THREADS // 2)


def test_first_calls_from_threads() -> None:
    """Whatever a process calls first, from many threads at once, loads whole."""
    code = f"""
import threading
from concurrent.futures import ThreadPoolExecutor
import plfkit
start = threading.Barrier({THREADS})
def call(number):
    start.wait()
    names = plfkit.__all__[number::{THREADS}]
    return [getattr(plfkit, name) for name in names]
with ThreadPoolExecutor({THREADS}) as pool:
    found = [*pool.map(call, range({THREADS}))]
print(sum(map(len, found)) == len(plfkit.__all__))
"""
    assert run_alone(code) == "True"


def test_first_work_from_threads(root: Path) -> None:
    """Whatever a process does first, from many threads at once, loads what it needs whole."""
    folder = root / "docs/examples/example_municipality"
    code = f"""
import io, threading
from concurrent.futures import ThreadPoolExecutor
import plfkit
start = threading.Barrier({THREADS})
def read_template():
    book = io.BytesIO()
    plfkit.write_template(book)
    try:
        plfkit.read(book.getvalue())
    except plfkit.InvalidDataError:
        pass
works = [
    lambda: plfkit.read({str(folder)!r}),
    read_template,
    lambda: plfkit.describe(plfkit.load_profile("generic")),
    plfkit.available_profiles,
    lambda: plfkit.from_tables({{}}),
    lambda: plfkit.synthetic.municipality(plfkit.load_profile("generic"), schools=1),
    lambda: plfkit.profiles.manifest_schema(),
    lambda: plfkit.sources.importing.ImportMapping,
]
def work(number):
    start.wait()
    try:
        works[number]()
    except plfkit.InvalidDataError:
        pass
    return number
with ThreadPoolExecutor({THREADS}) as pool:
    print(*pool.map(work, range({THREADS})))
"""
    assert run_alone(code) == "0 1 2 3 4 5 6 7"


def run_alone(code: str) -> str:
    """Run code in a process of its own and return what it prints."""
    done = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_saving_from_threads(tmp_path: Path) -> None:
    """The rights of new files follow the process's mask, which nobody changes meanwhile."""
    before = os.umask(0o027)
    try:
        files = [tmp_path / str(number) / "file.txt" for number in range(5 * THREADS)]
        for file in files:
            file.parent.mkdir()
        with ThreadPoolExecutor(THREADS) as pool:
            list(pool.map(lambda file: save_text(file, file.name), files))
        assert {file.stat().st_mode & 0o777 for file in files} == {0o640}
        assert sorted(tmp_path.glob("*/*")) == sorted(files)
    finally:
        assert os.umask(before) == 0o027


def test_nothing_is_kept() -> None:
    """Once they are dropped, data and all that was made of them are gone."""
    profile = plfkit.load_profile("generic")
    town = plfkit.synthetic.municipality(profile, schools=2)
    now = plfkit.snapshot(town)
    result = plfkit.measures.betweenness(now, relation="advice")
    card = plfkit.assess(town, profile, years_back=1)
    released = plfkit.release(card, profile.privacy)
    plfkit.render_report(released)
    kept = [weakref.ref(one) for one in (town, town.persons, now, result, card, released)]
    del town, now, result, card, released
    gc.collect()
    assert [one() for one in kept] == [None] * len(kept)


class StoppedError(Exception):
    """Somebody stopped the work."""


def test_progress_that_raises_stops(town: plfkit.Organisation) -> None:
    """What it raises comes out as it is, after the indicators that were done, and no more are begun."""
    seen: list[int] = []

    def stop(done: int, _all: int) -> None:
        seen.append(done)
        if done == 2:
            raise StoppedError

    with pytest.raises(StoppedError):
        plfkit.assess(town, plfkit.load_profile("generic"), progress=stop)
    assert seen == [1, 2]


class _StoppingExecutor(Executor):
    """Makes some draws, and then somebody stops it."""

    def __init__(self, after: int, error: BaseException) -> None:
        self.left = after
        self.error = error

    def submit(self, call: Callable[..., Any], /, *given: Any, **named: Any) -> Future[Any]:
        future: Future[Any] = Future()
        if self.left <= 0:
            future.set_exception(self.error)
        else:
            future.set_result(call(*given, **named))
        self.left -= 1
        return future


def test_stopped_draws(town: plfkit.Organisation) -> None:
    """An executor's error ends the work; Ctrl-C leaves what rests on the draws made, and says so."""
    now = plfkit.snapshot(town)
    call = {"relation": "advice", "null": "size", "draws": 200}
    executor = _StoppingExecutor(2, StoppedError())
    with pytest.raises(StoppedError):
        plfkit.measures.transitivity(now, **call, executor=executor)  # type: ignore[arg-type]
    interrupted = _StoppingExecutor(2, KeyboardInterrupt())
    result = plfkit.measures.transitivity(now, **call, executor=interrupted)  # type: ignore[arg-type]
    asked = 2 * 200  # for the range, and for chance
    assert result.notes["draws_missing"] == asked - 100


def test_nothing_loads_after_preloading() -> None:
    """After it the whole way is gone without loading anything more, of plfkit's or of others."""
    code = """
import io, sys
import plfkit
plfkit.preload()
before = {*sys.modules}
profile = plfkit.load_profile("generic")
book = io.BytesIO()
plfkit.write(plfkit.synthetic.municipality(profile, schools=3, seed=1), book)
town = plfkit.read(book.getvalue())
released = plfkit.release(plfkit.assess(town, profile), profile.privacy)
plfkit.render_report(released, language="en")
plfkit.to_document(released)
plfkit.measures.betweenness(plfkit.snapshot(town), relation="advice")
print(sorted({*sys.modules} - before))
"""
    assert run_alone(code) == "[]"
