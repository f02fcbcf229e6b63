"""What a check says when something is not kept."""

from __future__ import annotations

from collections.abc import Iterable

from plfkit.hints import Hint


def refuse_problems(problems: Iterable[Hint | str]) -> None:
    """Fail with advice, if there is any; hints are said in the reader's language."""
    if found := tuple(problems):
        raise AssertionError(Hint("contract.lines", lines=found))
