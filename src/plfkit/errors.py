"""Every exception that plfkit raises on purpose; the faults that some of them carry are here too.

Catch `PlfkitError` to catch them all. A message says what is wrong, where, and what to do about it.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from pathlib import Path
from traceback import extract_tb

from attrs import field, frozen

from plfkit.faults import Fault, FaultGroup, Place, group_faults, say_faults, to_hint
from plfkit.hints import Audience, Hint, Language

__all__ = [
    "DisclosureError",
    "DocumentError",
    "DuplicateProfileError",
    "Fault",
    "FaultGroup",
    "IncompatibleProfileError",
    "InvalidDataError",
    "LibraryError",
    "LimitError",
    "MeasureError",
    "MissingDataWarning",
    "MissingExtraError",
    "NoDataError",
    "NotComparableError",
    "PeriodError",
    "Place",
    "PlfkitError",
    "PluginError",
    "PluginWarning",
    "Problem",
    "ProfileError",
    "ProtectionError",
    "RenamedWarning",
    "SectionWarning",
    "SetAside",
    "StoreError",
    "UndefinedFigureError",
    "UnknownGroupError",
    "UnknownLanguageError",
    "UnknownMeasureError",
    "UnknownProfileError",
    "group_faults",
    "locate_error",
    "say_error",
    "show_plainly",
]


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


def locate_error(error: BaseException, function: Callable[..., object]) -> str:
    """Return where somebody else's function failed: its own file and line, not those of a library.

    Args:
        error: What it raised.
        function: The function.
    """
    frames = extract_tb(error.__traceback__)
    own = getattr(getattr(inspect.unwrap(function), "__code__", None), "co_filename", None)
    frame = [*frames[-1:], *(frame for frame in frames if frame.filename == own)][-1]
    return f"{Path(frame.filename).name}, line {frame.lineno}"


def show_plainly(text: str, longest: int) -> str:
    """Return a text in one line, without what a terminal would take for a command."""
    shown = "".join(letter if letter.isprintable() else " " for letter in text)
    return " ".join(shown.split())[:longest]


class PlfkitError(Exception):
    """The root of every error that plfkit raises on purpose."""

    def say(self, *, language: Language = "en", audience: Audience = "python") -> str:
        """Say what is wrong and what to do; an error that was given a plain text says that text.

        Args:
            language: ``"da"`` or ``"en"``.
            audience: Who reads it: ``"command_line"``, ``"python"`` or ``"page"``.
        """
        said = self.args[0] if self.args else None
        return (
            said.say(language=language, audience=audience) if isinstance(said, Hint) else str(self)
        )


class InvalidDataError(PlfkitError):
    """The data break the rules of the tables; `faults` holds every fault, not only the first."""

    shown = 20

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults: tuple[Fault, ...] = tuple(faults)
        super().__init__(say_faults(self.faults, shown=self.shown))

    def say(self, *, language: Language = "en", audience: Audience = "python") -> str:
        """Say the faults, as many as a screen holds."""
        return say_faults(self.faults, shown=self.shown, language=language, audience=audience)


class LimitError(PlfkitError):
    """Something is larger than what plfkit reads; `fault` says what, where and what to do."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        super().__init__(str(fault))

    def say(self, *, language: Language = "en", audience: Audience = "python") -> str:
        """Say the fault."""
        return self.fault.say(language=language, audience=audience)


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
    message: Hint = field(converter=to_hint)
    line: int | None = None

    def say(self, *, language: Language = "en", audience: Audience = "python") -> str:
        """Say where it stands and what mends it, as `PlfkitError.say` does."""
        line = () if self.line is None else (Hint("document.line", line=self.line),)
        place = (*line, *((".".join(self.path),) if self.path else ()))
        key = "document.problem" if place else "document.problem_at_large"
        values = {"place": place, "message": self.message} if place else {"message": self.message}
        return Hint(key, **values).say(language=language, audience=audience)

    def __str__(self) -> str:
        return self.say()


class DocumentError(ProfileError):
    """A profile or another document that somebody wrote says what it must not; `problems` has all."""

    def __init__(self, where: str, problems: Iterable[Problem]) -> None:
        self.where = where
        self.problems = tuple(problems)
        super().__init__(self.say())

    def say(self, *, language: Language = "en", audience: Audience = "python") -> str:
        """Say all that is wrong, a line each."""
        head = Hint("document.unusable", where=self.where)
        all_: tuple[Hint | Problem, ...] = (head, *self.problems)
        lines = (one.say(language=language, audience=audience) for one in all_)
        return "\n  ".join(lines)


class UnknownProfileError(ProfileError):
    """No installed profile has that name."""


@frozen(order=True)
class SetAside:
    """A plug-in, or a part of what it brings, that is not used.

    Attributes:
        profile: Which profile it offers.
        distribution: Whose it is.
        version: The distribution's version.
        reason: Why it is not used.
        remedy: What to do.
        part: What is not used: a hook, as ``"plfkit_readers"``, or one thing that it brings, as
            ``"the reader 'payroll'"``; None for the whole profile.
    """

    profile: str
    distribution: str
    version: str
    reason: str
    remedy: str
    part: str | None = None

    def __str__(self) -> str:
        whose = f"the profile {self.profile!r} of {self.distribution} {self.version}".rstrip()
        what = whose if self.part is None else f"{self.part} of {whose}"
        return f"{what} is set aside: {self.reason}; {self.remedy}"


class PluginError(ProfileError):
    """Installed plug-ins cannot be used; `set_aside` says whose they are, why, and what to do."""

    def __init__(self, *set_aside: SetAside) -> None:
        self.set_aside = set_aside
        super().__init__("\n".join(map(str, set_aside)))


class PluginWarning(UserWarning):
    """A profile works without a part of what its distribution brings; `set_aside` says which, and why."""

    def __init__(self, set_aside: SetAside) -> None:
        self.set_aside = set_aside
        super().__init__(str(set_aside))


class SectionWarning(UserWarning):
    """A page goes without a section that a profile brings: it says whose it is, why, and what to do."""


class RenamedWarning(DeprecationWarning):
    """A kind is named by an id that it had before: it is read as the one of now, and told where.

    Args:
        hint: Where, and what it is called now.
    """

    def __init__(self, hint: Hint) -> None:
        super().__init__(hint)


class DuplicateProfileError(PluginError):
    """Several installed distributions claim one name; none of them is trusted."""


class IncompatibleProfileError(ProfileError):
    """The profile was written for a newer plfkit."""


class DisclosureError(PlfkitError):
    """Something would have left without passing the gate."""


class ProtectionError(PlfkitError):
    """People cannot be pseudonymised as asked: the key will not do, or a word is unknown."""


class UnknownLanguageError(PlfkitError):
    """The report does not speak that language."""


class StoreError(PlfkitError):
    """A file could not be written; what was there before is still there."""


class MissingExtraError(PlfkitError):
    """A part of plfkit needs libraries that are not installed.

    Args:
        extra: The extra that brings them, as in ``pip install "plfkit[report]"``.
        purpose: What they are needed for, as a hint or a text.
        others: Libraries that are needed beside it and that no extra brings.
    """

    def __init__(self, extra: str, purpose: Hint | str, *others: str) -> None:
        command = " ".join([f'pip install "plfkit[{extra}]"', *others])
        super().__init__(
            Hint("libraries.missing", purpose=Hint.of(purpose), command=command, extra=extra)
        )


class LibraryError(PlfkitError):
    """A library that is installed cannot be imported; mostly another distribution has broken metadata.

    Args:
        library: Its name.
        error: What it raised.
    """

    def __init__(self, library: str, error: BaseException) -> None:
        super().__init__(Hint("libraries.broken", library=library, error=say_error(error)))


def __dir__() -> list[str]:
    return list(__all__)
