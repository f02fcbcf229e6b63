"""Long work: the same on one processor or many, interrupted, stopped early, and telling how far it is."""

from __future__ import annotations

import io
import re
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from typing import Any

import numpy as np
import pytest
from attrs import define, field, frozen
from executors import dask, processes, threads

from plfkit import (
    Organisation,
    Person,
    Response,
    Snapshot,
    Survey,
    Tie,
    measures,
    progress,
    snapshot,
)
from plfkit.errors import MeasureError
from plfkit.inference import change, mrqap, qap
from plfkit.model.results.result import Result
from plfkit.resampling import Drawing, Work
from plfkit.resampling.drawing import CHUNK, Draws

DRAWS = 3 * CHUNK + 7
PEOPLE = "abcdefghijklmnop"


def staff() -> Snapshot:
    """Sixteen people, most of whom answered about two relations."""
    chance = np.random.default_rng(5)
    silent = {"advice": "ck", "observation": "f"}
    shares = {"advice": 0.3, "observation": 0.2}
    return snapshot(
        Organisation.of(
            persons=[Person(name) for name in PEOPLE],
            surveys=[Survey(name, "network", name) for name in silent],
            responses=[
                Response(relation, name, answered=name not in who)
                for relation, who in silent.items()
                for name in PEOPLE
            ],
            ties=[
                Tie(a, b, relation, relation)
                for relation, share in shares.items()
                for a in PEOPLE
                for b in PEOPLE
                if a != b and a not in silent[relation] and chance.random() < share
            ],
        )
    )


def every(executor: Executor | None) -> list[Result]:
    """Results that rest on draws of all sorts."""
    now = staff()
    options: dict[str, Any] = {"draws": DRAWS, "seed": 3, "executor": executor}
    return [
        measures.reciprocity(now, relation="advice", null="size", interval="bootstrap", **options),
        measures.betweenness(now, relation="advice", **options),
        qap(now, relation="advice", against="observation", **options),
        mrqap(now, relation="advice", on=["observation"], **options),
        qap(now, relation="advice", against="observation", adaptive=True, **options),
    ]


def bits(results: list[Result]) -> list[list[tuple[str, bytes]]]:
    """Every number of some results, to the last bit."""
    return [
        [(name, column.values.tobytes()) for name, column in result.figures.columns.items()]
        for result in results
    ]


@contextmanager
def nothing_escapes() -> Iterator[None]:
    """Make an interrupt that comes through a failure of this test, not the end of all tests."""
    try:
        yield
    except KeyboardInterrupt:
        pytest.fail("the interrupt came through")


@pytest.mark.parametrize("executor", [threads, processes, dask], ids=lambda where: where.__name__)
def test_who_computes_it_does_not_matter(
    executor: Callable[[], Any],
) -> None:
    """Threads, processes and a Dask cluster give what one processor gives, to the last bit."""
    here = every(None)
    with executor() as pool:
        there = every(pool)
    assert bits(there) == bits(here)
    assert there == here
    assert {result.draws for result in here} >= {DRAWS}


def yearly(**options: Any) -> Result:
    """The change of transitivity among sixteen people who answered in two years."""
    chance = np.random.default_rng(6)
    days = {"q": date(2017, 10, 1), "r": date(2018, 10, 1)}
    organisation = Organisation.of(
        persons=[Person(name) for name in PEOPLE],
        surveys=[Survey(name, "network", "advice", date=day) for name, day in days.items()],
        responses=[Response(name, person, answered=True) for name in days for person in PEOPLE],
        ties=[
            Tie(a, b, "advice", name)
            for name in days
            for a in PEOPLE
            for b in PEOPLE
            if a != b and chance.random() < 0.3
        ],
    )
    return change(
        organisation, "transitivity", relation="advice", from_="2017/18", to="2018/19", **options
    )


def test_a_change_is_the_same_with_an_executor() -> None:
    """The exchange of years gives the same on threads as here."""
    here = yearly(draws=120)
    with threads() as pool:
        assert bits([yearly(draws=120, executor=pool)]) == bits([here])
    (figure,) = here
    assert figure.p_value is not None


def test_interrupted_change() -> None:
    """Interrupted in the third chunk of its exchanges, a change has the p of two, and says so."""
    with nothing_escapes():
        result = yearly(draws=4 * CHUNK, executor=Interrupting(2))
    (figure,) = result
    assert figure.p_value == next(iter(yearly(draws=2 * CHUNK))).p_value
    assert result.draws == 2 * CHUNK


@define
class Numbers:
    """A task that gives random numbers, and is interrupted in a chunk, counted from nought."""

    interrupted_in: int | None = None
    begun: int = 0

    def __call__(self, chance: np.random.Generator, count: int) -> Draws:
        """Return as many numbers."""
        number, self.begun = self.begun, self.begun + 1
        if number == self.interrupted_in:
            raise KeyboardInterrupt
        return chance.random((count, 1))


def test_chunks() -> None:
    """All draws are made, no two chunks or pieces are alike, and a seed gives the same again."""
    work = Work(Drawing(draws=DRAWS, seed=1), "test", 2)
    sizes = [len(rows) for rows in work.draw_chunks(Numbers())]
    assert sizes == [CHUNK, CHUNK, CHUNK, 7]
    second = work.draw(Numbers())
    again = Work(Drawing(draws=DRAWS, seed=1), "test", 2)
    first = again.draw(Numbers())
    assert (again.draw(Numbers()) == second).all()
    assert len(np.unique(np.concatenate([first, second]))) == 2 * DRAWS
    assert not np.isin(Work(Drawing(draws=DRAWS, seed=2), "test").draw(Numbers()), first).any()


def test_more_draws_begin_with_the_same() -> None:
    """The draws of a whole number of chunks are the first ones of more draws."""
    some = Work(Drawing(draws=2 * CHUNK), "test").draw(Numbers())
    more = Work(Drawing(draws=4 * CHUNK), "test").draw(Numbers())
    assert (more[: 2 * CHUNK] == some).all()


def test_no_draws() -> None:
    """Of none asked for none are made, here or elsewhere."""
    task = Numbers()
    assert len(Work(Drawing(draws=0), "test").draw(task)) == 0
    with threads() as pool:
        assert len(Work(Drawing(draws=0, executor=pool), "test").draw(task)) == 0
    assert task.begun == 0


@pytest.mark.parametrize("pool", [False, True], ids=["here", "threads"])
def test_an_interrupt_keeps_what_was_drawn(pool: bool) -> None:  # noqa: FBT001 - a parameter
    """Interrupted in the third chunk, the draws of the first two are there, and nothing more is drawn."""
    with ThreadPoolExecutor(1) as executor:
        how = Drawing(draws=DRAWS, executor=executor if pool else None)
        work = Work(how, "test", 2)
        with nothing_escapes():
            drawn = work.draw(Numbers(interrupted_in=2))
        assert work.interrupted
        whole = Work(Drawing(draws=DRAWS), "test").draw(Numbers())
        assert (drawn == whole[: 2 * CHUNK]).all()
        later = Numbers()
        assert len(work.draw(later)) == 0
        assert later.begun == 0


@pytest.mark.parametrize("pool", [False, True], ids=["here", "threads"])
def test_an_interrupt_before_anything_was_drawn(pool: bool) -> None:  # noqa: FBT001 - a parameter
    """Interrupted in the first chunk there is nothing to keep, so it comes through."""
    with ThreadPoolExecutor(1) as executor:
        how = Drawing(draws=DRAWS, executor=executor if pool else None)
        with pytest.raises(KeyboardInterrupt):
            Work(how, "test").draw(Numbers(interrupted_in=0))


def test_an_interrupt_keeps_what_earlier_pieces_drew() -> None:
    """Interrupted at the beginning of its second piece, work does not lose the first."""
    work = Work(Drawing(draws=CHUNK), "test", 2)
    assert len(work.draw(Numbers())) == CHUNK
    with nothing_escapes():
        assert len(work.draw(Numbers(interrupted_in=0))) == 0
    assert work.interrupted


@define
class Interrupting(Executor):
    """An executor on which somebody interrupts the work after so many chunks."""

    chunks: int

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Compute at once; after so many, be interrupted."""
        future: Future[Any] = Future()
        if self.chunks > 0:
            future.set_result(fn(*args, **kwargs))
        else:
            future.set_exception(KeyboardInterrupt())
        self.chunks -= 1
        return future


ASKED: dict[str, Callable[..., Result]] = {
    "a range": lambda **more: measures.betweenness(staff(), relation="advice", **more),
    "a null": lambda **more: measures.reciprocity(staff(), relation="advice", null="size", **more),
    "an interval": lambda **more: measures.reciprocity(
        staff(), relation="advice", interval="bootstrap", **more
    ),
    "qap": lambda **more: qap(staff(), relation="advice", against="observation", **more),
    "adaptive": lambda **more: qap(
        staff(), relation="advice", against="advice", adaptive=True, **more
    ),
    "mrqap": lambda **more: mrqap(staff(), relation="advice", on=["observation"], **more),
}


@pytest.mark.parametrize("name", ASKED)
def test_interrupted_figure(name: str) -> None:
    """A figure rests on the draws made until then, and a note tells of those that were not."""
    kept = 16  # as many as wait at an executor, so that a wait comes after them
    with nothing_escapes():
        result = ASKED[name](draws=4000, executor=Interrupting(kept))
    assert result.draws is not None
    assert (kept - 1) * CHUNK <= result.draws <= kept * CHUNK  # one job may be the figure itself
    assert result.notes["draws_missing"] == 4000 - result.draws
    assert "stopped_early" not in result.notes
    assert result.rows() == ASKED[name](draws=result.draws).rows()


@pytest.mark.parametrize("name", ASKED)
def test_a_figure_interrupted_before_its_first_draw(name: str) -> None:
    """Then there is nothing to tell, so the interrupt comes through."""
    with pytest.raises(KeyboardInterrupt):
        ASKED[name](draws=4000, executor=Interrupting(0))


def test_a_measure_keeps_what_earlier_pieces_drew() -> None:
    """Interrupted where its interval ends and its null begins, a measure still gives its interval."""
    with nothing_escapes():
        result = measures.reciprocity(
            staff(),
            relation="advice",
            null="size",
            interval="bootstrap",
            draws=4 * CHUNK,
            executor=Interrupting(4),
        )
    (figure,) = result
    assert (figure.interval_lower is None) != (figure.p_value is None)
    assert result.notes["draws_missing"] == 4 * CHUNK


@define
class Waiting(Executor):
    """An executor that computes the first chunks at once, and lets all others wait."""

    ready: int
    futures: list[Future[Any]] = field(factory=list)

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Compute the first ones."""
        future: Future[Any] = Future()
        if len(self.futures) < self.ready:
            try:
                future.set_result(fn(*args, **kwargs))
            except MeasureError as error:
                future.set_exception(error)
        self.futures.append(future)
        return future


def test_who_stops_leaves_nothing_running() -> None:
    """When the caller stops, what waits at the executor is cancelled, and no more is handed in."""
    executor = Waiting(3)
    chunks = Work(Drawing(draws=100 * CHUNK, executor=executor), "test").draw_chunks(Numbers())
    assert len(next(chunks)) == CHUNK
    assert len(next(chunks)) == CHUNK
    chunks.close()  # type: ignore[attr-defined]
    handed_in = len(executor.futures)
    assert 3 < handed_in < 40
    assert [future.cancelled() for future in executor.futures] == [False] * 3 + [True] * (
        handed_in - 3
    )


def test_an_adaptive_test_leaves_nothing_running() -> None:
    """An adaptive test that has seen enough cancels what waits."""
    groups = dict(zip(PEOPLE, "xy" * 8, strict=True))
    executor = Waiting(17)
    result = qap(
        staff(),
        relation="advice",
        against=groups,
        adaptive=True,
        draws=200 * CHUNK,
        executor=executor,
    )
    assert "stopped_early" in result.notes
    assert all(future.done() for future in executor.futures)
    assert sum(future.cancelled() for future in executor.futures) == len(executor.futures) - 17


@define
class Keeping(Executor):
    """An executor that keeps what it is handed."""

    handed: list[tuple[Any, ...]] = field(factory=list)

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Compute at once."""
        self.handed.append((fn, *args))
        future: Future[Any] = Future()
        future.set_result(fn(*args, **kwargs))
        return future


def test_dask_does_not_take_two_works_for_one() -> None:
    """Dask names jobs by their content: were they alike, stopping one work would cancel another's."""
    from dask.base import tokenize

    executor = Keeping()
    for _ in range(2):
        qap(
            staff(),
            relation="advice",
            against="observation",
            draws=2 * CHUNK,
            executor=executor,
        )
    assert len(executor.handed) == 4
    assert len({tokenize(*job) for job in executor.handed}) == 4


def test_an_error_elsewhere_comes_through() -> None:
    """What a task raises at an executor is raised here, and the rest is cancelled."""
    waiting = Waiting(1)

    def failing(_chance: np.random.Generator, _count: int) -> Draws:
        raise MeasureError("no luck")

    for executor in (None, waiting):
        with pytest.raises(MeasureError, match="no luck"):
            Work(Drawing(draws=40 * CHUNK, executor=executor), "test").draw(failing)
    assert all(future.done() for future in waiting.futures)


@pytest.mark.parametrize("more", [{"draws": -1}, {"seed": -1}], ids=str)
def test_what_cannot_be_drawn(more: dict[str, Any]) -> None:
    """Less than nothing is refused."""
    with pytest.raises(MeasureError, match="0 or more"):
        Drawing(**more)


@frozen
class Slow:
    """A task that takes so many seconds for twenty chunks."""

    seconds: float

    def __call__(self, chance: np.random.Generator, count: int) -> Draws:
        """Return as many numbers, after a while."""
        time.sleep(self.seconds / 20)
        return chance.random((count, 1))


class Terminal(io.StringIO):
    """Something that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("patience", [0.0, 60.0])
@pytest.mark.parametrize("stream", [Terminal, io.StringIO], ids=["terminal", "file"])
def test_only_a_terminal_is_told_how_long_it_takes(
    stream: type[io.StringIO], patience: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Work that lasts tells a terminal what it draws and the time left, a file or short work nothing."""
    written = stream()
    monkeypatch.setattr(sys, "stderr", written)
    monkeypatch.setattr(progress, "_PATIENCE", patience)
    told = stream is Terminal and not patience
    with Work(Drawing(draws=20 * CHUNK), "Telling figures", 2) as work:
        first, second = work.draw(Slow(1.4 if told else 0)), work.draw(Numbers())
    assert len(first) == len(second) == 20 * CHUNK
    text = written.getvalue()
    if told:
        assert "Telling figures" in text
        assert re.search(r"\d\d:\d\d:\d\d", text)  # the time left
        assert "100%" in text
    else:
        assert text == ""


def test_progress_never_goes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """Over several pieces the share that is done only grows."""
    written = Terminal()
    monkeypatch.setattr(sys, "stderr", written)
    monkeypatch.setattr(progress, "_PATIENCE", 0.0)
    with Work(Drawing(draws=8 * CHUNK), "Telling", 3) as work:
        for _ in range(3):
            work.draw(Numbers())
    shares = [int(share) for share in re.findall(r"(\d+)%", written.getvalue())]
    assert shares
    assert shares == sorted(shares)
    assert shares[-1] == 100


def test_a_measure_tells_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test of two relations says so by its name."""
    written = Terminal()
    monkeypatch.setattr(sys, "stderr", written)
    monkeypatch.setattr(progress, "_PATIENCE", 0.0)
    qap(staff(), relation="advice", against="observation", draws=20 * CHUNK)
    assert "QAP correlation" in written.getvalue()
