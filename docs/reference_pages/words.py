"""The closed words: one table for each sort, from the enumerations that hold them."""

from __future__ import annotations

import inspect
from collections.abc import Iterator

from plfkit.model.words.breaks import Break, Mismatch
from plfkit.model.words.closed import ClosedWord
from plfkit.model.words.figure_classes import FigureClass
from plfkit.model.words.intervals import IntervalMethod
from plfkit.model.words.notes import Note
from plfkit.model.words.ranges import RangeKind
from plfkit.model.words.reasons import Reason
from plfkit.model.words.verdicts import ClaimVerdict, Verdict

SORTS: dict[str, type[ClosedWord]] = {
    "Verdicts": Verdict,
    "Verdicts of claims": ClaimVerdict,
    "Reasons": Reason,
    "Notes": Note,
    "Kinds of range": RangeKind,
    "Ways to an interval": IntervalMethod,
    "Figure classes": FigureClass,
    "Breaks": Break,
    "Mismatches": Mismatch,
}


def list_closed_words() -> str:
    """List every closed word: what it means, who may see it, and what readers are told."""
    lines = [
        "# Closed words",
        "",
        "These words are plfkit's own, and no profile adds any. They stand in JSON and CSV as they are",
        "here, and the page and sentences say them in Danish or English. Each sort is an enumeration in",
        "`plfkit`, whose members are text. *Seen by* is what the gate goes by. Reasons and",
        "notes of a plug-in's own measures stand as they are. What is *needed* for a figure is no such",
        "word, but a value that [documents write](json.md) as `registrations:positions:teacher`.",
    ]
    for title, sort in SORTS.items():
        lines += ["", *_describe_sort(title, sort)]
    return "\n".join(lines) + "\n"


def _describe_sort(title: str, sort: type[ClosedWord]) -> Iterator[str]:
    doc = (inspect.getdoc(sort) or "").splitlines()[0]
    yield from (f"## {title}", "", f"`{sort.__name__}`: {doc[0].lower()}{doc[1:]}", "")
    yield from ("| word | meaning | seen by | Danish | English |", "|---|---|---|---|---|")
    for word in sort:
        cells = (word.meaning, word.sight.value, word.words.da, word.words.en)
        yield f"| `{word}` | {' | '.join(cells)} |"
