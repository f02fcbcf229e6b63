"""What a check says when something is not kept."""

from __future__ import annotations

from collections.abc import Iterable


def refuse_problems(problems: Iterable[str]) -> None:
    """Fail with advice, if there is any."""
    if found := list(problems):
        raise AssertionError("\n".join(found))
