"""Whose row it is: the columns that may say so, and how many of them are known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from attrs import frozen

from plfkit.sources.drafting.columns import SeenColumn, gather_answers, name_columns
from plfkit.sources.drafting.knowing import read_mark
from plfkit.sources.drafting.sketching import Sketch, is_titled
from plfkit.sources.drafting.writing import Page
from plfkit.sources.importing.people import split_name
from plfkit.sources.importing.titles import fold_word

_TITLES = ("person", "employee", "name", "address")
_ANONYMOUS = {"anonymous", "anonym"}
Columns = tuple[SeenColumn, ...]


@frozen
class Identity:
    """The columns that may say whose row it is.

    Attributes:
        chosen: Those that do, if that is sure.
        others: Those that may.
    """

    chosen: Columns | None
    others: tuple[Columns, ...]

    @property
    def candidates(self) -> tuple[Columns, ...]:
        """All of them."""
        return (self.chosen, *self.others) if self.chosen else self.others

    def collect_names(self) -> set[tuple[str, ...]]:
        """Return who answered, as names are compared, by any of the columns that may say so."""
        return {split_name(text) for c in self.candidates for text in join_cells(c) if text}

    def list_rows(self) -> list[str]:
        """Return who each row is of, as far as that is sure."""
        return join_cells(self.chosen) if self.chosen else []

    def count_repeated(self) -> int:
        """Count the people with more rows than one, by the column that tells of most of them."""
        counts = [
            Counter(split_name(text) for text in join_cells(c) if text) for c in self.candidates
        ]
        return max((sum(n > 1 for n in rows.values()) for rows in counts), default=0)


def join_cells(columns: Columns) -> list[str]:
    """Return what some columns say together, row by row."""
    rows = zip(*(column.texts for column in columns), strict=True)
    return [" ".join(filter(None, row)) for row in rows]


def list_people(columns: Columns) -> list[str]:
    """Return the different people that some columns tell of together."""
    return list(dict.fromkeys(filter(None, join_cells(columns))))


def is_anonymous(column: SeenColumn) -> bool:
    """Tell whether a column that would say who answered does not."""
    return {answer.casefold() for answer in column.answers} <= _ANONYMOUS


def find_identity(sketch: Sketch, *, is_person_needed: bool) -> Identity:
    """Find the columns that say whose row it is; whoever is known decides which of several.

    Args:
        sketch: The table.
        is_person_needed: Whether a code for whoever answered is not enough.
    """
    candidates = _list_candidates(sketch)
    if not sketch.people.is_empty:
        best = max(
            candidates, key=lambda c: sketch.people.count_known(list_people(c)), default=None
        )
        if best is not None and sketch.people.fits_texts(list_people(best)):
            return Identity(best, tuple(c for c in candidates if c is not best))
    if len(candidates) == 1 and is_person_needed:
        return Identity(candidates[0], ())
    return Identity(None, tuple(candidates))


def _list_candidates(sketch: Sketch) -> list[Columns]:
    first, last = sketch.list_titled("first_name"), sketch.list_titled("last_name")
    pairs: list[Columns] = [(first[0], last[0])] if first and last else []
    titled = [
        (column,)
        for column in sketch.left
        if is_titled(column, *_TITLES) and not is_titled(column, "first_name", "last_name")
    ]
    if pairs or titled:
        return [*pairs, *titled]
    known = [c for c in sketch.left if _is_in_all_rows(c) and sketch.people.fits_column(c)]
    return [(known[0],)] if len(known) == 1 else []  # of two, either may be whom the other names


def _is_in_all_rows(column: SeenColumn) -> bool:
    """Tell whether nearly every row has a cell, as where each is somebody's."""
    is_named = is_titled(column, "named")
    return not is_named and column.filled * 10 >= len(column.cells) * 9


def write_person(page: Page, sketch: Sketch, identity: Identity, keys: Sequence[str]) -> None:
    """Write which column says whose row it is, or ask.

    Args:
        page: Where.
        sketch: The table.
        identity: The columns that may.
        keys: What they may say: ``person`` first.
    """
    if identity.chosen:
        _tell_found(page, sketch, identity.chosen)
        page.put("columns", keys[0], name_columns(identity.chosen))
        sketch.settle(identity.chosen, "person", keys[0])
        sketch.settle([c for columns in identity.others for c in columns], "other_person")
        return
    if not identity.others:
        page.ask("columns", keys[0], "ask.nobody" if len(keys) == 1 else "ask.no_respondent")
        return
    page.ask("columns", keys[0], "ask.person" if len(keys) == 1 else "ask.respondent")
    for columns in identity.others:
        _tell_found(page, sketch, columns)
        sketch.offer_columns(page, keys[0], columns, sketch.words(f"key.{keys[0]}"))
        for key in keys[1:]:
            page.offer_other("columns", key, name_columns(columns), sketch.words(f"key.{key}"))
        sketch.settle(columns, "person", is_open=True)


def _tell_found(page: Page, sketch: Sketch, columns: Columns) -> None:
    if not sketch.people.is_empty:
        people = list_people(columns)
        title = " + ".join(column.title for column in columns)
        found = sketch.people.count_known(people)
        page.say("columns", "tell.found", title=title, found=found, of=len(people))


@frozen
class AnsweredColumn:
    """The column that says whether somebody answered.

    Attributes:
        column: The column.
        meanings: What its cells mean, as far as that is known; None if any but a blank one is a yes.
    """

    column: SeenColumn
    meanings: Mapping[str, bool] | None

    def list_marks(self) -> list[bool]:
        """Return whether each row is marked as answered."""
        if self.meanings is None:
            return list(map(bool, self.column.texts))
        folded = {fold_word(text): mark for text, mark in self.meanings.items()}
        return [folded.get(fold_word(text), False) for text in self.column.texts]


def write_answered(page: Page, sketch: Sketch) -> AnsweredColumn | None:
    """Write which column says whether somebody answered; return it if there is one."""
    titled = sketch.list_titled("answered")
    if not titled:
        return None
    column = titled[0]
    page.say("columns", "tell.answered", title=column.title)
    page.put("columns", "answered", column.title)
    sketch.settle([column], "answered", "answered")
    if column.filled == 0 or column.is_all("moment", "day"):
        page.say("words.answered", "tell.filled_in")
        page.put("words.answered", "*", value=True)
        return AnsweredColumn(column, None)
    meanings = {answer: read_mark(answer) for answer in gather_answers([column])}
    if set(meanings) <= {"0", "1"} and is_titled(column, "answered_flag"):
        meanings = {answer: answer == "1" for answer in meanings}
    known = {answer: mark for answer, mark in meanings.items() if mark is not None}
    for answer, mark in known.items():
        page.put("words.answered", answer, mark)
    if unknown := [answer for answer in meanings if answer not in known]:
        page.ask("words.answered", "", "ask.answered", count=len(unknown))
        for answer in unknown:
            if sketch.may_show(answer):
                page.offer("words.answered", answer, value=True)
    return AnsweredColumn(column, known)
