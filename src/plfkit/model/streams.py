"""Streams of bytes that are read to their end: one read may give less than there is."""

from __future__ import annotations

import errno
from typing import IO

_BLOCK_BYTES = 1 << 20


def read_stream(stream: IO[bytes], *, most: int | None = None) -> bytes:
    """Read a stream to its end, however little each read gives: as pipes and sockets do.

    Args:
        stream: The stream.
        most: How many bytes are wanted at most; all if left out.

    Raises:
        TypeError: It is a stream of text.
        BlockingIOError: It has nothing yet, and does not wait until it has.
    """
    blocks: list[bytes] = []
    left = _BLOCK_BYTES if most is None else most
    while left > 0 and (block := stream.read(min(left, _BLOCK_BYTES))) != b"":
        blocks.append(_check_block(block))
        left -= 0 if most is None else len(block)
    return blocks[0] if len(blocks) == 1 else b"".join(blocks)


def _check_block(block: object) -> bytes:
    if block is None:
        reason = "the stream has nothing yet: give one that waits until it has"
        raise BlockingIOError(errno.EAGAIN, reason)
    if not isinstance(block, bytes):
        raise TypeError("a stream of bytes is needed, not of text: open the file with mode 'rb'")
    return block
