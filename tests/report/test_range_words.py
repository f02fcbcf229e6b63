"""Three things have one word each: a range, a band in place of a figure, and a 95 % interval."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

import pytest

from plfkit.model.words.kinds import Label
from plfkit.model.words.notes import Note
from plfkit.model.words.ranges import RangeKind
from plfkit.model.words.reasons import Reason
from plfkit.report.listings import Headings
from plfkit.report.texts import Texts

WORDS = {
    r"(?i)(?<!s)spænd(et|ets)?\b": r"(?i)\branges?\b",
    r"\b[Ii]nterval(let|ler|lerne)?\b": r"\bbands?\b",
    r"usikkerhedsinterval": r"interval",
}
"""What stands in Danish where the other stands in English."""


def list_texts() -> Iterator[Label]:
    """Every text of the page, of tables and of closed words."""
    sections = chain(Texts.read_texts().values(), Headings.read_texts().values())
    yield from (label for section in sections for label in section.values())
    yield from (word.words for kind in (Note, Reason) for word in kind)
    yield from (kind.method for kind in RangeKind if kind.method is not None)


@pytest.mark.parametrize("danish", WORDS)
def test_one_word_for_one_thing(danish: str) -> None:
    """Where one language speaks of a range, a band or an interval, the other has its word for the same."""
    english = WORDS[danish]
    texts = [label for label in list_texts() if "onfiden" not in label.en]
    assert any(re.search(danish, label.da) for label in texts)
    assert [
        label
        for label in texts
        if bool(re.search(danish, label.da)) != bool(re.search(english, label.en))
    ] == []
