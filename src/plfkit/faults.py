"""What is wrong in data: a fault has a code, a place, and a hint that mends it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from attrs import evolve, field, frozen

from plfkit.hints import Audience, Bilingual, Hint, Language

FaultCode = Literal[
    "no_folder",
    "unreadable",
    "unread_file",
    "unknown_table",
    "missing_table",
    "missing_file",
    "two_files",
    "two_sheets",
    "empty_file",
    "encoding",
    "delimiter",
    "unknown_dialect",
    "bad_csv",
    "bad_json",
    "bad_parquet",
    "bad_workbook",
    "bad_reader",
    "bad_descriptor",
    "other_profile",
    "limit",
    "unknown_column",
    "duplicate_column",
    "missing_column",
    "row_width",
    "invalid_type",
    "error_cell",
    "uncomputed",
    "merged_cells",
    "example_row",
    "invalid_value",
    "missing_value",
    "unknown_kind",
    "out_of_range",
    "dangling_reference",
    "unknown_mark",
    "unknown_name",
    "ambiguous",
    "duplicate",
    "cycle",
    "reversed_interval",
    "overlap",
    "outside",
    "over_full_time",
    "contradiction",
    "self_tie",
    "self_pathway",
    "wrong_survey",
    "not_asked",
    "not_answered",
    "too_many_ties",
    "linked_respondent",
    "outlives",
    "predates",
    "last_days",
    "no_school",
    "renamed",
    "older_format",
    "bad_name",
    "nothing",
    "left_out",
    "not_said",
]
"""What can be wrong, in a word; the page about faults says what each means."""
_RUNS_SHOWN = 50
_WORD_CODES = {"unknown_kind", "unknown_mark", "unknown_name"}
"""What is wrong with a word that needs a decision of its own."""


@frozen(order=True)
class Place:
    """Where a fault stands: a file or table, a row of it and a column, as far as they are known.

    Attributes:
        file: The file, the sheet of a workbook, or the table of frames and of records.
        row: The row; None where the fault is not of one. Row 1 is the header, as a spreadsheet shows it;
            of frames and records it is the first.
        column: The column, as the data call it; None where the fault is not of one.
    """

    file: str
    row: int | None = None
    column: str | None = None

    def say(self, *, language: Language = "en") -> str:
        """Say the place in a language."""
        row = None if self.row is None else Hint("place.row", row=self.row)
        return _join_place(self, row, language, "python")

    def __str__(self) -> str:
        return self.say()


def _join_place(place: Place, rows: Hint | None, language: Language, audience: Audience) -> str:
    column = None if place.column is None else Hint("place.column", column=place.column)
    parts = (part.say(language=language, audience=audience) for part in (rows, column) if part)
    return ", ".join([place.file, *parts])


def to_hint(given: Hint | Bilingual | str) -> Hint:
    """Return the hint that was given; a text, in one language or in both, as a hint that says it."""
    return Hint.of(given)


@frozen(order=True, repr=False)
class Fault:
    """One thing wrong in the data: a code to count by, its place, and a hint that mends it.

    Attributes:
        code: What is wrong, in a word.
        place: Where.
        remedy: What mends it. It is given as ``hint``: as a text in both languages, a `plfkit.Label`, which
            is how a reader of your own says it; as a `Hint`, plfkit's own; or as a text, which is then the
            same in every language.
        value: The cell as it stands in the data. It may be personal, so nothing prints it unless
            somebody asks for values.
        nearest: What it is most like, of what is known; as personal as the cell.
    """

    code: FaultCode
    place: Place
    remedy: Hint = field(converter=to_hint, alias="hint", order=str)
    value: str | None = None
    nearest: tuple[str, ...] = ()

    @property
    def hint(self) -> str:
        """What mends it, in English and with Python's keywords."""
        return self.remedy.say()

    def say(self, *, language: Language = "en", audience: Audience = "python") -> str:
        """Say where the fault is, what mends it and, where it can be looked up, its code.

        Args:
            language: ``"da"`` or ``"en"``.
            audience: Who reads it: ``"command_line"`` is told of options, ``"python"`` of keywords,
                ``"page"`` of neither and of no code.
        """
        return _say_line(self, self.place.say(language=language), language, audience)

    def __str__(self) -> str:
        return self.say()

    def __repr__(self) -> str:
        return f"<Fault: {self.say()}>"

    def at(self, file: str, row: int | None) -> Fault:
        """Return the same fault, found in another place."""
        return evolve(self, place=evolve(self.place, file=file, row=row))


def _say_line(fault: Fault, place: str, language: Language, audience: Audience) -> str:
    line = Hint("fault.line", place=place, hint=fault.remedy, code=fault.code)
    said = line.say(language=language, audience=audience)
    # Names of files and what readers say are somebody else's: a terminal would obey some letters.
    return "".join(letter if letter.isprintable() else " " for letter in said)


@frozen
class FaultGroup:
    """Faults that one hint mends: of one kind, in one column of one file, about one unknown word."""

    faults: tuple[Fault, ...]

    def say(self, *, language: Language = "en", audience: Audience = "python") -> str:
        """Say where they are and what mends them, as `Fault.say` does for one."""
        first = self.faults[0]
        if len(self.faults) == 1:
            return first.say(language=language, audience=audience)
        rows = sorted({fault.place.row for fault in self.faults if fault.place.row is not None})
        place = _join_place(first.place, _name_rows(rows), language, audience)
        return _say_line(first, place, language, audience)

    def __str__(self) -> str:
        return self.say()


def _name_rows(rows: Sequence[int]) -> Hint | None:
    """Name rows as ``3–7, 12``; beyond what a line can hold, say where the others are listed."""
    if len(rows) <= 1:
        return Hint("place.row", row=rows[0]) if rows else None
    runs: list[list[int]] = []
    for row in rows:
        if runs and row == runs[-1][-1] + 1:
            runs[-1] = [runs[-1][0], row]
        else:
            runs.append([row])
    shown = ", ".join("–".join(map(str, run)) for run in runs[:_RUNS_SHOWN])
    if len(runs) <= _RUNS_SHOWN:
        return Hint("place.rows", rows=shown)
    rest = sum(row >= runs[_RUNS_SHOWN][0] for row in rows)
    return Hint("place.rows", rows=Hint("place.more_rows", rows=shown, more=rest))


def group_faults(faults: Iterable[Fault]) -> tuple[FaultGroup, ...]:
    """Bring together faults of one kind in one column, in the order in which they are mended.

    Words that no vocabulary or mapping knows are a group each, so that each can be found and mended.
    """
    groups: dict[tuple[object, ...], list[Fault]] = {}
    for fault in faults:
        word = fault.value if fault.code in _WORD_CODES else None
        key = (fault.code, fault.place.file, fault.place.column, fault.remedy, word)
        groups.setdefault(key, []).append(fault)
    return tuple(FaultGroup(tuple(group)) for group in groups.values())


def say_faults(
    faults: Sequence[Fault],
    *,
    shown: int,
    language: Language = "en",
    audience: Audience = "python",
) -> str:
    """Say how many faults there are and what the first groups of them are, a line each.

    Args:
        faults: The faults.
        shown: How many groups have a line.
        language: ``"da"`` or ``"en"``.
        audience: Who reads it, as in `Fault.say`.
    """
    count = len(faults)
    groups = group_faults(faults)
    head = Hint("listing.fault") if count == 1 else Hint("listing.faults", count=count)
    lines = [head.say(language=language, audience=audience)]
    lines += [f"  {one.say(language=language, audience=audience)}" for one in groups[:shown]]
    if rest := sum(len(group.faults) for group in groups[shown:]):
        left = Hint("listing.rest", rest=rest)
        lines.append(f"  {left.say(language=language, audience=audience)}")
    return "\n".join(lines)
