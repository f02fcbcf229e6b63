"""Measures as data: what is known about each, and catalogues that find them by name."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import wraps
from typing import Any, TypeVar, cast

from attrs import NOTHING, evolve, fields, frozen

from plfkit.errors import (
    MeasureError,
    RenamedWarning,
    UnknownMeasureError,
    locate_error,
    say_error,
)
from plfkit.graph.naming import collect_group_names
from plfkit.graph.snapshot import Snapshot
from plfkit.hints import Hint, quote_word
from plfkit.measures.engine.arguments import convert_argument, read_keywords
from plfkit.measures.engine.expanding import write_out_keywords
from plfkit.measures.engine.holding import find_contradictions, find_misfits
from plfkit.measures.engine.renamed import update_call
from plfkit.model.declared.declarations import (
    MEASURE_ATTRIBUTE,
    MeasureInfo,
    find_measure_info,
)
from plfkit.model.results.result import MeasureFunction, Result
from plfkit.model.words.titles import hint_at_word, suggest_word
from plfkit.periods import Period
from plfkit.profiles.plugins import find_owner
from plfkit.requiring import require_instance

Moments = Snapshot | Sequence[Snapshot]
F = TypeVar("F", bound=MeasureFunction)
_DECIDING_OPTIONS = ("missing", "minimum_strength")
"""What every measure may be asked that changes its figures; all else stands beside them."""

OWN_DEFINITION = "plfkit's own definition"
"""How the reference of a measure begins that nobody else has."""


def measure(**about: Any) -> Callable[[F], F]:
    """Attach what is known of a measure to its function, and have its results say how it was called.

    Args:
        about: The attributes of `plfkit.model.declared.declarations.MeasureInfo`: the reference page
            about hooks lists them.

    Raises:
        MeasureError: There is no such attribute, one is missing, or one has a value of another type than
            it takes.
    """
    if problems := [*_find_attribute_problems(about)]:
        raise MeasureError(f"@measure: {'; '.join(problems)}")
    known = MeasureInfo(**about)
    if misfits := [*find_misfits(known)]:
        raise MeasureError(f"@measure: {'; '.join(misfits)}")

    def attach(function: F) -> F:
        own = inspect.signature(function)

        @wraps(function)
        def compute(*given: Any, **named: Any) -> Any:
            if given:
                require_instance(_pick_moment(given[0], known), Snapshot)
            placed, current = update_call(function, _list_moments(given), given, named)
            result: object = function(*placed, **current)
            if not isinstance(result, Result):
                return result
            bound = own.bind(*placed, **current)
            names = collect_group_names(result, _list_moments(bound.args))
            return evolve(
                result,
                label=result.label or known.label,
                reference=result.reference or known.source.en,
                call=_record_call(own, bound),
                names=names,
            )

        setattr(compute, MEASURE_ATTRIBUTE, known)
        return cast("F", write_out_keywords(compute, function))

    return attach


def _pick_moment(given: Any, known: MeasureInfo) -> Any:
    """Return what must be a snapshot: what a measure was given, or of a measure over years the first."""
    several = known.over_years and isinstance(given, Sequence) and len(given) > 0
    return given[0] if several else given


def _find_attribute_problems(about: Mapping[str, Any]) -> Iterator[str]:
    """Yield which attributes there are none of, and which are missing."""
    taken = {one.name: one for one in fields(MeasureInfo)}
    for name in sorted(about.keys() - taken.keys()):
        near = suggest_word(name, taken) or f": there are {', '.join(taken)}"
        yield f"there is no {name!r}{near}"
    missing = [n for n, one in taken.items() if one.default is NOTHING and n not in about]
    if missing:
        yield f"it needs {', '.join(missing)}"


def _list_moments(given: Sequence[Any]) -> list[Snapshot]:
    """Return the moments that a measure was called with: one, or several one after the other."""
    first = given[0] if given else ()
    moments = first if isinstance(first, Sequence) else [first]
    return [moment for moment in moments if isinstance(moment, Snapshot)]


def _record_call(own: inspect.Signature, bound: inspect.BoundArguments) -> dict[str, Any]:
    """Return the arguments of a call that decide what its figures are, defaults included."""
    bound.apply_defaults()
    moments, *_ = own.parameters
    asked = {name: value for name, value in bound.arguments.items() if name != moments}
    for name, parameter in own.parameters.items():
        if parameter.kind is inspect.Parameter.VAR_KEYWORD:
            options = asked.pop(name)
            asked |= {one: options[one] for one in _DECIDING_OPTIONS if one in options}
    return asked


def get_measure_info(function: MeasureFunction) -> MeasureInfo:
    """Return what is attached to a function that is marked as a measure."""
    known: MeasureInfo = getattr(function, MEASURE_ATTRIBUTE)
    return known


def describe_measure(function: MeasureFunction) -> dict[str, Any]:
    """Return what a result tells of its measure, from what is attached to the function."""
    known = get_measure_info(function)
    return {
        "measure": function.__name__,
        "label": known.label,
        "figure_class": known.figure_class,
        "scale": known.scale,
        "extreme": known.extreme,
        "counts_people": known.counts_people,
        "reference": known.source.en,
    }


def hint_at_name(given: object) -> Hint:
    """Say that a measure is given by its name, to who gave the function, or something else."""
    return Hint("measure.by_name", name=getattr(given, "__name__", str(given)))


@frozen
class Measure:
    """A measure that can be called by name: with a snapshot, and arguments as data.

    Attributes:
        name: Its name.
        function: The function that it is.
        about: What is known of it: its label, its tables, what it can be asked.

    Examples:
        >>> import plfkit
        >>> from plfkit.measures import CORE
        >>> now = plfkit.snapshot(plfkit.read("docs/examples/example_municipality"))
        >>> CORE["reciprocity"](now, {"relation": "advice", "draws": "0"}).relation
        'advice'
    """

    name: str
    function: Callable[..., Result]
    about: MeasureInfo

    @property
    def parameters(self) -> tuple[str, ...]:
        """The names of the arguments it takes beside the snapshot; none if it does not say them."""
        with suppress(MeasureError):
            return tuple(read_keywords(self.function))
        return ()

    @property
    def groupings(self) -> tuple[str, ...]:
        """The names of the arguments that part people: they take a mapping as well as a word."""
        return tuple(
            name for name in self.parameters if read_keywords(self.function)[name].takes_mapping
        )

    def __call__(self, moments: Moments, arguments: Mapping[str, Any]) -> Result:
        """Compute the measure.

        Args:
            moments: The moment; for a measure over years their snapshots, the earlier first.
            arguments: Further arguments; numbers may be given as text.

        Raises:
            MeasureError: An argument is unknown, missing, or of the wrong type; or the measure, which
                is not plfkit's own, fails or gives a result that contradicts what it declares.
        """
        ready = self.prepare_arguments(arguments)
        if self.about.over_years == isinstance(moments, Snapshot):
            takes = "takes_two_years" if self.about.over_years else "takes_one_moment"
            raise MeasureError(Hint(f"measure.{takes}", measure=self.name))
        if self._module_name.startswith("plfkit."):
            return self.function(moments, **ready)
        return self._compute_guarded(moments, ready)

    def choose_moments(self, now: Snapshot, at: Callable[[Period], Snapshot]) -> Moments:
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
            values = {"measure": self.name, "period": str(now.period)}
            raise MeasureError(Hint("measure.no_year_before", **values))
        return at(before), now

    def _compute_guarded(self, moments: Moments, ready: Mapping[str, Any]) -> Result:
        """Compute a measure that is not plfkit's own; what it does wrong is said with whose it is."""
        try:
            result: object = self.function(moments, **ready)
            wrong = [*self._list_contradictions(result, moments)]
        except (KeyboardInterrupt, MeasureError, RenamedWarning):
            raise  # the user ends the program, the measure refuses what it was asked, or a call is told of
        except BaseException as error:
            place = f"{locate_error(error, self.function)}, {self._name_owner()}"
            raise MeasureError(
                f"the measure {self.name} fails: {say_error(error)} ({place})"
            ) from error
        if wrong or not isinstance(result, Result):
            why = f"{'; '.join(wrong)} ({self._name_owner()})"
            raise MeasureError(f"the measure {self.name} is set aside: {why}")
        return result

    def _list_contradictions(self, result: object, moments: Moments) -> Iterator[str]:
        if not isinstance(result, Result):
            yield f"it gives {type(result).__name__}, not a plfkit.Result"
            return
        several = (moments,) if isinstance(moments, Snapshot) else moments
        yield from find_contradictions(result, self.name, self.about, several)

    def _name_owner(self) -> str:
        """Name the distribution that brings the measure, or its module where none does."""
        return f"of {find_owner(self._module_name) or f'the module {self._module_name}'}"

    @property
    def _module_name(self) -> str:
        return str(getattr(self.function, "__module__", None))

    def explain_misfit_arguments(self, arguments: Mapping[str, Any]) -> str | None:
        """Say why the measure does not take these arguments; None if it does."""
        try:
            self.prepare_arguments(arguments)
        except MeasureError as error:
            return str(error)
        return None

    def prepare_arguments(self, arguments: Mapping[str, Any]) -> dict[str, Any]:
        """Return arguments given as data as what the measure's annotations ask for.

        Raises:
            MeasureError: An argument is unknown, missing, or of the wrong type.
        """
        keywords = read_keywords(self.function)
        for name in arguments:
            if name not in keywords:
                known = Hint("near.it_takes", names=tuple(keywords))
                near = hint_at_word(name, keywords) or known
                values = {"measure": self.name, "name": quote_word(name), "near": near}
                raise MeasureError(Hint("measure.no_argument", **values))
        for name, keyword in keywords.items():
            if keyword.required and name not in arguments:
                values = {"measure": self.name, "name": quote_word(name)}
                raise MeasureError(Hint("measure.needs_argument", **values))
        return {
            n: convert_argument(self.name, n, v, keywords[n].hint) for n, v in arguments.items()
        }


@frozen(repr=False)
class Catalogue:
    """Measures by name: ``catalogue["density"]``; extending one gives a new one and leaves the old as it was.

    Attributes:
        measures: The measures by their names.
    """

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
            name, about = getattr(function, "__name__", repr(function)), find_measure_info(function)
            if about is None:
                raise MeasureError(f"{name} is no measure: decorate it with @measure(…)")
            if name in measures:
                raise MeasureError(f"the catalogue has a measure {name!r} already: rename yours")
            measures[name] = Measure(name, function, about)
        return Catalogue(measures)

    def __getitem__(self, name: str) -> Measure:
        if not isinstance(name, str):
            raise UnknownMeasureError(hint_at_name(name))
        if name not in self.measures:
            known = Hint("near.there_are", names=tuple(self.measures))
            near = hint_at_word(name, self.measures) or known
            raise UnknownMeasureError(Hint("measure.unknown", name=quote_word(name), near=near))
        return self.measures[name]

    def __repr__(self) -> str:
        return f"<Catalogue of {len(self.measures)} measures>"

    def __contains__(self, name: str) -> bool:
        return name in self.measures

    def _ipython_key_completions_(self) -> list[str]:
        return list(self.measures)

    def __iter__(self) -> Iterator[Measure]:
        return iter(self.measures.values())
