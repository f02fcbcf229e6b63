"""Long work: draws in chunks, each with chance of its own, on one processor or many.

A chunk's chance comes from the seed, the task's number and its own, so who computes it
does not matter. Results come back in the order of chunks. Interrupting ends the work; what was
drawn until then is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from types import TracebackType
from typing import Self, TypedDict, TypeVar
from uuid import uuid4

import numpy as np
from attrs import Factory, define, field, frozen

from plfkit.arrays import Floats
from plfkit.errors import MeasureError
from plfkit.hints import Hint
from plfkit.pieces import run_pieces
from plfkit.progress import ProgressBar

Draws = Floats
"""One row for each draw, one column for each figure; NaN where a figure does not exist."""

Task = Callable[[np.random.Generator, int], Draws]
"""What is drawn: so many rows, from that chance. It must be picklable to run elsewhere."""

Job = TypeVar("Job")
Done = TypeVar("Done")

CHUNK = 50
"""How many draws are made at a time."""


class DrawingOptions(TypedDict, total=False):
    """Keywords of everything that rests on chance.

    Attributes:
        draws: How many draws a simulated range, an interval or a null rests on; 1,000 if left out,
            and 0 for none.
        seed: The whole number that chance begins with; 0 if left out.
        executor: Where draws are made; any `concurrent.futures.Executor`.
    """

    draws: int
    seed: int
    executor: Executor | None


@frozen(kw_only=True)
class Drawing:
    """How chance is used.

    Attributes:
        draws: How many draws each figure rests on.
        seed: A whole number that chance begins with: the same seed, the same figures.
        executor: Where draws are made: any `concurrent.futures.Executor`; here if None.
    """

    draws: int = 1000
    seed: int = 0
    executor: Executor | None = field(default=None, repr=False)

    def __attrs_post_init__(self) -> None:
        """Refuse what cannot be drawn."""
        if self.draws < 0:
            raise MeasureError(Hint("measure.draws", value=self.draws))
        if self.seed < 0:
            raise MeasureError(Hint("measure.seed", value=self.seed))


@define
class Work:
    """A piece of long work, which tells how far it is and may be interrupted.

    Use it as a context: leaving it takes away what it wrote on the terminal.

    Attributes:
        drawing: How chance is used.
        what: What is drawn, in a few words.
        tasks: How many tasks will be drawn.
        interrupted: Whether somebody interrupted it; it draws nothing more then.
    """

    drawing: Drawing
    what: str
    tasks: int = 1
    interrupted: bool = False
    _tasks_begun: int = 0
    _rows_drawn: int = 0
    _name: str = field(factory=lambda: uuid4().hex)
    _bar: ProgressBar = Factory(lambda work: ProgressBar(work.what), takes_self=True)

    def draw(self, task: Task) -> Draws:
        """Return all draws of a task, fewer if it is interrupted."""
        chunks = list(self.draw_chunks(task))
        return np.concatenate(chunks) if chunks else np.empty((0, 0))

    def draw_chunks(self, task: Task) -> Iterator[Draws]:
        """Yield the draws of a task chunk by chunk, in order; the caller may stop when it likes.

        Raises:
            KeyboardInterrupt: The work was interrupted before anything of it was drawn.
        """
        number, total = self._tasks_begun, self.drawing.draws
        sizes = [min(CHUNK, total - first) for first in range(0, total, CHUNK)]
        seed = self.drawing.seed
        jobs = [
            _DrawingChunk(task, (seed, number, n), size, self._name) for n, size in enumerate(sizes)
        ]
        try:
            for rows in self.run_jobs(_draw_chunk, jobs):
                yield rows
                self._rows_drawn += len(rows)
        except KeyboardInterrupt:
            if not self._rows_drawn:
                raise
            self.interrupted = True

    def run_jobs(self, function: Callable[[Job], Done], jobs: Sequence[Job]) -> Iterator[Done]:
        """Yield what a function makes of each job, in order; nothing once it was interrupted."""
        begun = self._tasks_begun
        self._tasks_begun += 1
        if self.interrupted:
            return
        for number, done in enumerate(run_pieces(function, jobs, self.drawing.executor), 1):
            yield done
            steps = 1000 * (min(begun, self.tasks - 1) + number / len(jobs))
            self._bar(int(steps), 1000 * self.tasks)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._bar.close()


@frozen
class _DrawingChunk:
    """So many draws of a task, with chance that comes from some numbers.

    Dask takes jobs with the same content for one and cancels both; the name of the work, of which
    nothing depends, keeps them apart.
    """

    task: Task
    key: tuple[int, int, int]
    size: int
    work: str


def _draw_chunk(chunk: _DrawingChunk) -> Draws:
    seed, *place = chunk.key
    chance = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=place))
    return chunk.task(chance, chunk.size)
