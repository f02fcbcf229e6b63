"""Measures as data: what is known about each, and catalogues that find them by name."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from math import isfinite
from pathlib import Path
from traceback import extract_tb
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from attrs import frozen

from plfkit.errors import MeasureError, PlfkitError, UnknownMeasureError
from plfkit.graph.snapshot import Snapshot
from plfkit.model.declarations import MeasureInfo
from plfkit.model.result import Result
from plfkit.model.vocabulary import did_you_mean
from plfkit.periods import Period

Measured = Callable[..., Result]
Moments = Snapshot | Sequence[Snapshot]
F = TypeVar("F", bound=Measured)
_ATTRIBUTE = "plfkit_measure"


def measure(**about: Any) -> Callable[[F], F]:
    """Attach what is known of a measure to its function, and change nothing else.

    Args:
        about: The attributes of `plfkit.model.declarations.MeasureInfo`.
    """
    known = MeasureInfo(**about)

    def attach(function: F) -> F:
        setattr(function, _ATTRIBUTE, known)
        return function

    return attach


def known_of(function: Measured) -> MeasureInfo | None:
    """Return what is attached to a function; None if it is not marked as a measure."""
    known: MeasureInfo | None = getattr(function, _ATTRIBUTE, None)
    return known


def info_of(function: Measured) -> MeasureInfo:
    """Return what is attached to a function that is marked as a measure."""
    known: MeasureInfo = getattr(function, _ATTRIBUTE)
    return known


def described(function: Measured) -> dict[str, Any]:
    """Return what a result tells of its measure, from what is attached to the function."""
    known = info_of(function)
    return {
        "measure": function.__name__,
        "label": known.label,
        "figure_class": known.figure_class,
        "scale": known.scale,
        "extreme": known.extreme,
        "counts_people": known.counts_people,
        "reference": known.reference,
    }


def keywords_of(function: Measured) -> dict[str, Keyword]:
    """Return the keywords of a measure: its own, and those of an unpacked `TypedDict`."""
    found: dict[str, Keyword] = {}
    hints = get_type_hints(function)
    for name, parameter in [*inspect.signature(function).parameters.items()][1:]:
        if parameter.kind is inspect.Parameter.VAR_KEYWORD:
            (options,) = get_args(hints[name])
            found |= {n: Keyword(hint) for n, hint in get_type_hints(options).items()}
        else:
            required = parameter.default is inspect.Parameter.empty
            found[name] = Keyword(hints[name], required=required)
    return found


@frozen
class Keyword:
    """A keyword of a measure: the type it takes, and whether it must be given."""

    hint: Any
    required: bool = False


@frozen
class Measure:
    """A measure that can be called by name: with a snapshot, and arguments as data."""

    name: str
    function: Callable[..., Result]
    about: MeasureInfo

    @property
    def parameters(self) -> tuple[str, ...]:
        """The names of the arguments it takes beside the snapshot."""
        return tuple(keywords_of(self.function))

    def __call__(self, moments: Moments, arguments: Mapping[str, Any]) -> Result:
        """Compute the measure.

        Args:
            moments: The moment; for a measure over years their snapshots, the earlier first.
            arguments: Further arguments; numbers may be given as text.

        Raises:
            MeasureError: An argument is unknown, missing, or of the wrong type; or the measure, which
                is not plfkit's own, fails.
        """
        ready = self.ready(arguments)
        if self.about.over_years == isinstance(moments, Snapshot):
            takes = "the snapshots of two years" if self.about.over_years else "one snapshot"
            raise MeasureError(f"{self.name} takes {takes}")
        if self.function.__module__.startswith("plfkit."):
            return self.function(moments, **ready)
        return self._guarded(moments, ready)

    def moments(self, now: Snapshot, at: Callable[[Period], Snapshot]) -> Moments:
        """Return what the measure is to be called with: a moment, or it and the year before.

        Args:
            now: The moment.
            at: What gives the snapshot of another period.

        Raises:
            MeasureError: It compares two years, and there is no year before.
        """
        if not self.about.over_years:
            return now
        before = now.period.year_before()
        if before is None:
            raise MeasureError(f"{self.name} compares two years, and {now.period} is none")
        return at(before), now

    def _guarded(self, moments: Moments, ready: Mapping[str, Any]) -> Result:
        """Compute a measure of somebody else's; whatever it does wrong is told as its own."""
        try:
            result: object = self.function(moments, **ready)
        except PlfkitError:
            raise
        except (Exception, SystemExit) as error:
            told = f"{type(error).__name__}: {error} ({self._place(error)})"
            raise MeasureError(f"the measure {self.name} fails: {told}") from error
        if not isinstance(result, Result):
            given = type(result).__name__
            raise MeasureError(f"the measure {self.name} gives {given}, not a plfkit.Result")
        return result

    def _place(self, error: BaseException) -> str:
        """Return the file and line at which the measure failed: its own, not that of a library."""
        frames = extract_tb(error.__traceback__)
        own = inspect.getsourcefile(self.function)
        frame = [*frames[-1:], *(frame for frame in frames if frame.filename == own)][-1]
        return f"{Path(frame.filename).name}, line {frame.lineno}"

    def misfit(self, arguments: Mapping[str, Any]) -> str | None:
        """Say why the measure does not take these arguments; None if it does."""
        try:
            self.ready(arguments)
        except MeasureError as error:
            return str(error)
        return None

    def ready(self, arguments: Mapping[str, Any]) -> dict[str, Any]:
        """Return arguments given as data as what the measure's annotations ask for.

        Raises:
            MeasureError: An argument is unknown, missing, or of the wrong type.
        """
        keywords = keywords_of(self.function)
        for name in arguments:
            if name not in keywords:
                hint = did_you_mean(name, keywords) or f"; it takes {', '.join(keywords)}"
                raise MeasureError(f"{self.name} takes no argument {name!r}{hint}")
        for name, keyword in keywords.items():
            if keyword.required and name not in arguments:
                raise MeasureError(f"{self.name} needs the argument {name!r}")
        return {n: _convert(self.name, n, v, keywords[n].hint) for n, v in arguments.items()}


@frozen
class Catalogue:
    """Measures by name. A value: extending one leaves it as it was."""

    measures: Mapping[str, Measure]

    @classmethod
    def of(cls, *functions: Callable[..., Result]) -> Catalogue:
        """Build a catalogue from functions that `measure` has marked.

        Raises:
            MeasureError: A function is not marked, or two have one name.
        """
        return cls({}).extended(*functions)

    def extended(self, *functions: Callable[..., Result]) -> Catalogue:
        """Return a catalogue with more measures.

        Raises:
            MeasureError: A function is not marked, or its name is taken.
        """
        measures = dict(self.measures)
        for function in functions:
            name = function.__name__
            about = known_of(function)
            if about is None:
                raise MeasureError(f"{name} is no measure: decorate it with @measure(…)")
            if name in measures:
                raise MeasureError(f"the catalogue has a measure {name!r} already: rename yours")
            measures[name] = Measure(name, function, about)
        return Catalogue(measures)

    def __getitem__(self, name: str) -> Measure:
        if name not in self.measures:
            hint = did_you_mean(name, self.measures) or f": there are {', '.join(self.measures)}"
            raise UnknownMeasureError(f"there is no measure {name!r}{hint}")
        return self.measures[name]

    def __contains__(self, name: str) -> bool:
        return name in self.measures

    def __iter__(self) -> Iterator[Measure]:
        return iter(self.measures.values())


_FLAGS = {"yes": True, "no": False, "true": True, "false": False}


def _convert(measure_name: str, name: str, value: Any, hint: Any) -> Any:
    """Turn an argument given as data into what the measure's annotation asks for, or refuse it."""
    wanted = {hint} if get_origin(hint) is tuple else set(get_args(hint)) or {hint}
    if value is None and type(None) in wanted:
        return None
    if tuple[str, ...] in wanted and isinstance(value, str | list | tuple):
        words = value.split(",") if isinstance(value, str) else value
        if all(isinstance(word, str) for word in words):
            return tuple(words)
    if isinstance(value, str):
        value = _from_text(value, wanted)
    if float in wanted and type(value) is int:
        return float(value)
    if type(value) in wanted & {bool, int, float}:
        return value
    if isinstance(value, Mapping) and any(get_origin(kind) is Mapping for kind in wanted):
        return value
    texts = str in wanted or any(isinstance(word, str) for word in wanted)
    if (isinstance(value, str) and texts) or (Executor in wanted and isinstance(value, Executor)):
        return value
    raise MeasureError(f"{measure_name}: {name} must be {_expected(wanted)}")


def _from_text(text: str, wanted: set[Any]) -> Any:
    """Return what a text means where a number, yes or no is wanted; else the text."""
    if bool in wanted and text in _FLAGS:
        return _FLAGS[text]
    if int in wanted and text.strip("+-").isdecimal():
        return int(text)
    return _number(text) if float in wanted else text


def _number(text: str) -> float | str:
    """Return a text as a number; a text that is none, or is not finite, as it stands."""
    try:
        number = float(text)
    except ValueError:
        return text
    return number if isfinite(number) else text


def _expected(wanted: set[Any]) -> str:
    names: dict[Any, str] = {
        tuple[str, ...]: "a list of texts",
        bool: "yes or no",
        int: "a whole number",
        float: "a number",
    }
    known = [name for kind, name in names.items() if kind in wanted]
    return known[0] if known else "an executor" if Executor in wanted else "a text"
