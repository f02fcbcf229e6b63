"""Closed words: complete tables, and needs that are text at the edge."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plfkit.model.records.needs import Need, read_needs
from plfkit.model.records.rows import NATIVE_ROWS, REGISTERS
from plfkit.model.words.breaks import Break, Mismatch
from plfkit.model.words.closed import ClosedWord
from plfkit.model.words.figure_classes import FigureClass
from plfkit.model.words.intervals import IntervalMethod
from plfkit.model.words.notes import Note
from plfkit.model.words.ranges import RangeKind, pick_weakest_kind
from plfkit.model.words.reasons import Reason
from plfkit.model.words.verdicts import ClaimVerdict, Verdict

SORTS = (
    *(Verdict, ClaimVerdict, Reason, Note, RangeKind, IntervalMethod),
    *(FigureClass, Break, Mismatch),
)


def test_each_sort_is_here() -> None:
    """Every list of closed words is held to what follows."""
    assert {*ClosedWord.__subclasses__()} == {*SORTS}


@pytest.mark.parametrize("sort", SORTS)
def test_rows_are_whole(sort: type[ClosedWord]) -> None:
    """Each word has a meaning and words of its own in two languages."""
    for word in sort:
        assert word == word.name.lower()
        assert word.meaning[0].isupper()
        assert word.meaning.endswith(".")
        assert word.words.da
        assert word.words.en
        assert word.words.da != word.words.en
    for language in ("da", "en"):
        assert len({word.words[language] for word in sort}) == len(sort)


def test_both_languages_fill_in_the_same_blanks() -> None:
    """Words, clauses and what the page says of ranges have the same blanks in Danish and English."""
    labels = [word.words for sort in SORTS for word in sort]
    labels += [note.clause for note in Note if note.clause is not None]
    labels += [kind.method for kind in RangeKind if kind.method is not None]
    for label in labels:
        assert set(re.findall(r"{\w+}", label.da)) == set(re.findall(r"{\w+}", label.en)), label


def test_words_are_found() -> None:
    """A text that is a word is found, one of somebody else's is not."""
    assert Reason.find_word("no_ties") is Reason.NO_TIES
    assert Reason.find_word("moon_was_full") is Reason.find_word(None) is None


def test_few_have_a_note() -> None:
    """What is told in place of a count of a few is a note itself, and says no more."""
    replaced = [note for note in Note if note.few is not None]
    assert replaced
    for note in replaced:
        few = Note.find_word(note.few)
        assert few is not None
        assert few.clause is not None
        assert few.sight is note.sight


def test_a_whole_is_as_sure_as_its_weakest_part() -> None:
    """Of several kinds of range the least certain stands for all; of none nothing is known."""
    assert pick_weakest_kind([RangeKind.EXACT, RangeKind.OUTER_BOUND]) is RangeKind.OUTER_BOUND
    assert pick_weakest_kind([*RangeKind]) is pick_weakest_kind([]) is RangeKind.UNKNOWN


KINDS = st.from_regex(r"[a-z][a-z_]{0,9}", fullmatch=True).filter(
    lambda kind: kind not in REGISTERS
)
NEEDS = st.one_of(
    st.builds(Need, st.sampled_from([*NATIVE_ROWS])),
    st.builds(Need.of_list, st.sampled_from([*REGISTERS]), st.none() | KINDS),
)


@given(NEEDS)
def test_needs_survive_as_text(need: Need) -> None:
    """A need that is written and read again is the same."""
    assert Need.from_text(str(need)) == need
    assert read_needs([need, str(need)]) == (need, need)


@pytest.mark.parametrize(
    ("text", "need"),
    [
        ("answers", Need("answers")),
        ("registrations:data_meeting", Need("registrations", "events", "data_meeting")),
        ("registrations:positions", Need("registrations", "positions")),
        ("registrations:positions:teacher", Need("registrations", "positions", "teacher")),
    ],
)
def test_needs_as_documents_have_them(text: str, need: Need) -> None:
    """A table, a log of events, and lists of all kinds or of one."""
    assert Need.from_text(text) == need
    assert str(need) == text
