"""Long work in pieces: here one after the other, or on an executor that the caller owns.

Who computes a piece does not matter: what it gives comes back in the order of the pieces, whoever made
it. Where a worker is lost its piece is done here, so that nothing is missing.
"""

from __future__ import annotations

import logging
import pickle
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future
from typing import Any, Generic, TypeVar
from uuid import uuid4

from plfkit.progress import hide_progress
from plfkit.requiring import require_instance

Piece = TypeVar("Piece")
Done = TypeVar("Done")
Value = TypeVar("Value")

_log = logging.getLogger("plfkit.pieces")

_WINDOW = 16
"""How many pieces wait at an executor."""

_LOST_WORKERS = frozenset({"KilledWorker"})
"""How errors are called that tell of a lost worker and are no `BrokenExecutor`: Dask's, by name, since
Dask need not be installed."""


def run_pieces(
    function: Callable[[Piece], Done], pieces: Iterable[Piece], executor: Executor | None = None
) -> Iterator[Done]:
    """Yield what a function makes of each piece, in order.

    The executor is neither started nor shut down; when the caller stops, what still waits there is
    cancelled. A piece whose worker was lost (it was killed, or ran out of memory) is done here, and a
    warning in the log says so; what was done before stays. Other errors come through as they are.

    Args:
        function: What is done with a piece; on an executor of processes it, the pieces and what it returns
            are pickled.
        pieces: The pieces; each is asked for when there is room for it.
        executor: Where they are done: any `concurrent.futures.Executor`; here if None.

    Raises:
        TypeError: What was given is no executor.
    """
    if executor is None:
        yield from map(function, pieces)
        return
    require_instance(executor, Executor)
    waiting: deque[tuple[Piece, Future[Done]]] = deque()
    try:
        for piece in pieces:
            waiting.append((piece, _submit_piece(executor, function, piece)))
            if len(waiting) >= _WINDOW:
                yield _take_result(function, *waiting.popleft())
        while waiting:
            yield _take_result(function, *waiting.popleft())
    finally:
        for _, future in waiting:
            future.cancel()


def _submit_piece(
    executor: Executor, function: Callable[[Piece], Done], piece: Piece
) -> Future[Done]:
    """Hand a piece to an executor; one whose processes are gone takes none, and the future says so."""
    try:
        return executor.submit(_run_quietly, function, piece)
    except BrokenExecutor as error:
        future: Future[Done] = Future()
        future.set_exception(error)
        return future


def _run_quietly(function: Callable[[Piece], Done], piece: Piece) -> Done:
    """Do a piece without a bar: how far the whole is can only be told where it is put together."""
    with hide_progress():
        return function(piece)


def _take_result(function: Callable[[Piece], Done], piece: Piece, future: Future[Done]) -> Done:
    """Wait for a piece; do it here if its worker was lost."""
    try:
        return future.result()
    except Exception as error:
        if not isinstance(error, BrokenExecutor) and type(error).__name__ not in _LOST_WORKERS:
            raise
        _log.warning("a worker was lost (%s): its piece is done here", type(error).__name__)
    return _run_quietly(function, piece)


class Shared(Generic[Value]):
    """A value that many pieces need, such as an organisation.

    It is a part of each piece. Threads use the very same value. A process that is handed several of the
    pieces unpacks it once and keeps it, with what was worked out from it, until it is handed another.

    Attributes:
        value: The value.
    """

    def __init__(self, value: Value, name: str | None = None) -> None:
        self.value = value
        self._name = uuid4().hex if name is None else name

    def __reduce__(self) -> tuple[Any, ...]:
        packed = pickle.dumps(self.value, pickle.HIGHEST_PROTOCOL)
        return _unpack_shared, (self._name, packed)


_unpacked: dict[str, Shared[Any]] = {}
"""The value that this process was handed last, by its name."""


def _unpack_shared(name: str, packed: bytes) -> Shared[Any]:
    if name not in _unpacked:
        _unpacked.clear()
        _unpacked[name] = Shared(pickle.loads(packed), name)  # noqa: S301 - packed by the caller's process
    return _unpacked[name]
