"""Properties: which yes/no, or which statistic, a figure tells of, whomever it is about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import field, frozen

from plfkit.model.results.result import Result

THRESHOLDS = ("at_least", "threshold", "k", "minimum_strength")
"""Arguments from how much on something counts. Those who reach one but not the next may be very few."""

_WHOSE, _KINDS = "by", "kinds"


@frozen
class Property:
    """What a figure tells of people.

    Attributes:
        name: The measure and all arguments but those that choose of whom it tells.
        family: The same without its threshold and its kinds.
        threshold: From how much on it counts; None without one.
        period: When, as text.
        persons: Everybody on the staff list.
        source: The data that it is of.
        kinds: The kinds of community that count, with their sorts; None for all, or where none are meant.
    """

    name: str
    family: str
    threshold: float | None
    period: str
    persons: tuple[str, ...]
    source: object = field(eq=False, repr=False)
    kinds: frozenset[str] | None = None

    def is_within(self, other: Property) -> bool:
        """Tell whether whoever has it has another property of the family: of fewer times, or more kinds."""
        wider = other.kinds is None or (self.kinds is not None and self.kinds <= other.kinds)
        return wider and (self.threshold or 0) >= (other.threshold or 0)

    def is_of_same_data(self, other: Property) -> bool:
        """Tell whether another property is of the same data."""
        return self.source is other.source

    def has_people_of(self, other: Property) -> bool:
        """Tell whether another property is of other data about some of the same people."""
        return not self.is_of_same_data(other) and bool({*self.persons} & {*other.persons})


def name_property(result: Result) -> Property:
    """Return what the figures of a result tell of."""
    chosen = {_WHOSE, *(result.facts.selecting if result.facts is not None else ())}
    meaning = {} if result.facts is None else result.facts.meaning
    named = {**result.call, **meaning}
    asked = {
        name: value for name, value in named.items() if name not in chosen and value is not None
    }
    limits = {name: asked[name] for name in THRESHOLDS if isinstance(asked.get(name), int | float)}
    # What kinds a measure means, with their sorts, it says itself: of other words nobody knows the order.
    kinds = meaning.get(_KINDS)
    beside = {*limits, *([_KINDS] if _KINDS in meaning else [])}
    rest = {name: value for name, value in asked.items() if name not in beside}
    staff = None if result.facts is None else result.facts.staff
    threshold = float(next(iter(limits.values()))) if limits else None
    family = write_call(result.measure, rest)
    return Property(
        write_call(result.measure, asked),
        family,
        threshold,
        result.at,
        () if staff is None else staff.persons,
        None if staff is None else staff.source,
        None if kinds is None else frozenset(kinds),
    )


def write_call(measure: str, arguments: Mapping[str, Any]) -> str:
    """Write a measure with its arguments, in the order of their names."""
    written = [f"{name}={_write_argument(arguments[name])}" for name in sorted(arguments)]
    return " ".join([measure, *written])


def _write_argument(value: Any) -> str:
    if isinstance(value, Mapping):
        return ",".join(f"{key}:{value[key]}" for key in sorted(value))
    # In whatever order kinds are named, and however often, the same is asked.
    return ",".join(sorted(set(map(str, value)))) if isinstance(value, list | tuple) else str(value)
