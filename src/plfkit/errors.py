"""Every exception that plfkit raises on purpose, and the faults that one of them carries.

Catch `PlfkitError` to catch them all. A message says what is wrong, where, and what to do about it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from attrs import evolve, frozen


@frozen(order=True)
class Place:
    """Where a fault stands: a file or table, a row of it and a column, as far as they are known.

    Row 1 is the header, as a spreadsheet shows it.
    """

    file: str
    row: int | None = None
    column: str | None = None

    def __str__(self) -> str:
        parts = [self.file]
        if self.row is not None:
            parts.append(f"row {self.row}")
        if self.column is not None:
            parts.append(f"column {self.column}")
        return ", ".join(parts)


@frozen(order=True)
class Fault:
    """One thing wrong in the data: a code to count by, its place, and a hint that mends it.

    `value` is the cell as it stands in the data. It may be personal, so nothing prints it unless
    somebody asks for values.
    """

    code: str
    place: Place
    hint: str
    value: str | None = None

    def __str__(self) -> str:
        return f"{self.place}: {self.hint} [{self.code}]"

    def at(self, file: str, row: int | None) -> Fault:
        """Return the same fault, found in another place."""
        return evolve(self, place=evolve(self.place, file=file, row=row))


@frozen
class FaultGroup:
    """Faults that one hint mends: of one kind, in one column of one file, about one unknown word."""

    faults: tuple[Fault, ...]

    def __str__(self) -> str:
        first = self.faults[0]
        if len(self.faults) == 1:
            return str(first)
        rows = sorted({fault.place.row for fault in self.faults if fault.place.row is not None})
        column = "" if first.place.column is None else f", column {first.place.column}"
        where = f"row{'' if len(rows) == 1 else 's'} {_write_row_runs(rows)}"
        return f"{first.place.file}, {where}{column}: {first.hint} [{first.code}]"


def _write_row_runs(rows: Sequence[int]) -> str:
    """Write rows as ``3–7, 12``; beyond what a line can hold, say where the others are listed."""
    runs: list[list[int]] = []
    for row in rows:
        if runs and row == runs[-1][-1] + 1:
            runs[-1] = [runs[-1][0], row]
        else:
            runs.append([row])
    shown = ", ".join("–".join(map(str, run)) for run in runs[:_RUNS_SHOWN])
    if len(runs) <= _RUNS_SHOWN:
        return shown
    rest = sum(row >= runs[_RUNS_SHOWN][0] for row in rows)
    return f"{shown} and {rest:,} more (plfkit check --format json lists each)"


_RUNS_SHOWN = 50
_WORD_CODES = {"unknown_kind", "unknown_mark"}
"""What is wrong with a word that needs a decision of its own."""


def group_faults(faults: Iterable[Fault]) -> tuple[FaultGroup, ...]:
    """Bring together faults of one kind in one column, in the order in which they are mended.

    Words that no vocabulary or mapping knows are a group each, so that each can be found and mended.
    """
    groups: dict[tuple[str | None, ...], list[Fault]] = {}
    for fault in faults:
        word = fault.value if fault.code in _WORD_CODES else None
        key = (fault.code, fault.place.file, fault.place.column, fault.hint, word)
        groups.setdefault(key, []).append(fault)
    return tuple(FaultGroup(tuple(group)) for group in groups.values())


def say_error(error: BaseException, *, longest: int = 200) -> str:
    """Say in one line what somebody else's code raised, even if the error itself is broken.

    Args:
        error: What was raised.
        longest: How many letters of its message are passed on.
    """
    try:
        text = show_plainly(str(error), longest)
    except Exception:  # noqa: BLE001 - an error that cannot speak
        text = "it does not say what is wrong"
    return f"{type(error).__name__}: {text}" if text else type(error).__name__


def show_plainly(text: str, longest: int) -> str:
    """Return a text in one line, without what a terminal would take for a command."""
    shown = "".join(letter if letter.isprintable() else " " for letter in text)
    return " ".join(shown.split())[:longest]


class PlfkitError(Exception):
    """The root of every error that plfkit raises on purpose."""


class InvalidDataError(PlfkitError):
    """The data break the rules of the tables; `faults` holds every fault, not only the first."""

    shown = 20

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults: tuple[Fault, ...] = tuple(faults)
        super().__init__(_summarise_faults(self.faults, self.shown))


def _summarise_faults(faults: Sequence[Fault], shown: int) -> str:
    count = len(faults)
    groups = group_faults(faults)
    lines = [f"{count} fault{'' if count == 1 else 's'} in the data:"]
    lines += [f"  {group}" for group in groups[:shown]]
    if rest := sum(len(group.faults) for group in groups[shown:]):
        lines.append(f"  … and {rest} more; plfkit check lists them all")
    return "\n".join(lines)


class LimitError(PlfkitError):
    """Something is larger than what plfkit reads; `fault` says what, where and what to do."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        super().__init__(str(fault))


class PeriodError(PlfkitError):
    """A text that is no period, or a period that ends before it begins."""


class MeasureError(PlfkitError):
    """A measure was asked for something it cannot give."""


class NoDataError(PlfkitError):
    """A command was asked about a time of which the data tell nothing; the message names the years."""


class UnknownMeasureError(MeasureError):
    """No measure of that name is in the catalogue."""


class UnknownGroupError(MeasureError):
    """`groups=` or `by=` names nothing that people can be grouped by."""


class UndefinedFigureError(MeasureError):
    """A single number was asked for, but the figure does not exist; the message says why."""


class NotComparableError(MeasureError):
    """Two things were to be compared that do not measure the same."""


class MissingDataWarning(UserWarning):
    """Unobserved ties are treated in a way that the literature advises against."""


class ProfileError(PlfkitError):
    """A profile or its vocabulary cannot be used; the message says what to mend."""


@frozen
class Problem:
    """One thing wrong in a document that somebody wrote: where it stands, and what mends it.

    Attributes:
        path: The keys that lead there.
        message: What is wrong and what to do.
        line: The line of the file, from 1, if it is known.
    """

    path: tuple[str, ...]
    message: str
    line: int | None = None

    def __str__(self) -> str:
        line = [] if self.line is None else [f"line {self.line}"]
        place = ", ".join([*line, *([".".join(self.path)] if self.path else [])])
        return f"{place}: {self.message}" if place else self.message


class DocumentError(ProfileError):
    """A profile or another document that somebody wrote says what it must not; `problems` has all."""

    def __init__(self, where: str, problems: Iterable[Problem]) -> None:
        self.where = where
        self.problems = tuple(problems)
        super().__init__("\n  ".join([f"{where} cannot be used:", *map(str, self.problems)]))


class UnknownProfileError(ProfileError):
    """No installed profile has that name."""


@frozen(order=True)
class SetAside:
    """A plug-in that is not used: which profile it offers, whose it is, why not, and what to do."""

    profile: str
    distribution: str
    version: str
    reason: str
    remedy: str

    def __str__(self) -> str:
        whose = f"the profile {self.profile!r} of {self.distribution} {self.version}".rstrip()
        return f"{whose} is set aside: {self.reason}; {self.remedy}"


class PluginError(ProfileError):
    """Installed plug-ins cannot be used; `set_aside` says whose they are, why, and what to do."""

    def __init__(self, *set_aside: SetAside) -> None:
        self.set_aside = set_aside
        super().__init__("\n".join(map(str, set_aside)))


class DuplicateProfileError(PluginError):
    """Several installed distributions claim one name; none of them is trusted."""


class IncompatibleProfileError(ProfileError):
    """The profile was written for a newer plfkit."""


class DisclosureError(PlfkitError):
    """Something would have left without passing the gate."""


class UnknownLanguageError(PlfkitError):
    """The report does not speak that language."""


class StoreError(PlfkitError):
    """A file could not be written; what was there before is still there."""


class MissingExtraError(PlfkitError):
    """A part of plfkit needs libraries that are not installed.

    Args:
        extra: The extra that brings them, as in ``pip install "plfkit[report]"``.
        purpose: What they are needed for.
        others: Libraries that are needed beside it and that no extra brings.
    """

    def __init__(self, extra: str, purpose: str, *others: str) -> None:
        command = " ".join([f'pip install "plfkit[{extra}]"', *others])
        super().__init__(f"{purpose} needs more libraries: {command}")


class LibraryError(PlfkitError):
    """A library that is installed cannot be imported; mostly another distribution has broken metadata.

    Args:
        library: Its name.
        error: What it raised.
    """

    def __init__(self, library: str, error: BaseException) -> None:
        super().__init__(
            f"{library} cannot be imported ({say_error(error)}): mostly the metadata of another "
            "installed distribution are broken, so repair or uninstall that one"
        )
