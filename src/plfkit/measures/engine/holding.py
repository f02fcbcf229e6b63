"""Holding a result to what its measure declares, and to what it says itself.

The gate believes a result: its class says which rule is used, its counts and `n` whether enough people
stand behind a figure, its labels that they name no person. plfkit's own measures are held to all of it
by tests; a measure of somebody else's is held each time it is called.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import repeat
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import numpy as np
from attrs import fields

from plfkit.arrays import Flags, Floats
from plfkit.graph.snapshot import Snapshot
from plfkit.model.declared.declarations import MeasureInfo
from plfkit.model.records.rows import NATIVE_ROWS
from plfkit.model.records.tables import Table
from plfkit.model.results.figures import Figure
from plfkit.model.results.result import Result
from plfkit.model.words.figure_classes import FigureClass
from plfkit.model.words.titles import is_kind_id

_SCALE_BOUNDS = {
    "share": (0.0, 1.0),
    "points": (-1.0, 1.0),
    "count": (0.0, np.inf),
    "index": (-np.inf, np.inf),
}
_IN_SCALE_COLUMNS = ("value", "lower", "upper", "expected")
_SHARE_COLUMNS = ("observed", "response_rate", "p_greater", "p_less", "p_value", "p_adjusted")
_COUNT_COLUMNS = ("numerator", "denominator", "n")
_LABEL_COLUMNS = ("part", "from", "to", "figure")
_FLOAT_SLACK = 1e-9
"""How much floating-point arithmetic may be off."""
_NUMBER_COLUMNS = [
    field.name.rstrip("_")
    for field in fields(Figure)
    if "float" in str(field.type) or field.name == "n"
]


def find_contradictions(
    result: Result, name: str, about: MeasureInfo, moments: Sequence[Snapshot]
) -> Iterator[str]:
    """Yield what a result says although its measure, the moment or its own figures say otherwise.

    Args:
        result: What the measure gave.
        name: The measure's name.
        about: What it declares.
        moments: The snapshots that it was called with.
    """
    if misfits := [*find_misfits(result)]:
        yield from misfits
        return
    yield from _compare_with_declaration(result, name, about)
    yield from _compare_with_moments(result, moments)
    yield from _find_odd_numbers(result)
    yield from _find_odd_reasons(result)


def find_misfits(record: Any) -> Iterator[str]:
    """Yield the fields of a result or a declaration whose value is of another type than they take."""
    kind: type = type(record)
    hints = _find_field_hints(kind)
    for field in fields(kind):
        value = getattr(record, field.name)
        if not _fits_annotation(value, hints[field.name]):
            shown = repr(value) if isinstance(value, str) else f"of type {type(value).__name__}"
            yield f"{field.name} cannot be {shown}"


@cache
def _find_field_hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _fits_annotation(value: Any, hint: Any) -> bool:
    """Tell whether a value is of the type that an annotation asks for."""
    kind, inner = get_origin(hint), get_args(hint)
    if kind is None:
        # A whole number is a float to annotations, though not to isinstance.
        return hint is Any or isinstance(value, int | float if hint is float else hint)
    if kind in {Union, UnionType}:
        return any(_fits_annotation(value, one) for one in inner)
    if kind is Literal:
        return isinstance(value, str) and value in inner
    if kind is Table:
        return isinstance(value, Table) and value.row_type is inner[0]
    return isinstance(value, kind) and all(
        _fits_annotation(*pair) for pair in _pair_with_hints(value, inner)
    )


def _pair_with_hints(value: Any, inner: tuple[Any, ...]) -> Iterator[tuple[Any, Any]]:
    """Yield what a container holds, each with the annotation that it has to fit."""
    if isinstance(value, Mapping):
        for key, cell in value.items():
            yield from zip((key, cell), inner, strict=True)
    elif isinstance(value, tuple | frozenset):
        # tuple[str, ...] names one type for all it holds, tuple[str, int] one for each.
        alike = isinstance(value, frozenset) or inner[-1] is Ellipsis
        yield from zip(value, repeat(inner[0]) if alike else inner, strict=False)


def _compare_with_declaration(result: Result, name: str, about: MeasureInfo) -> Iterator[str]:
    declared = {"measure": name, "figure_class": about.figure_class, "scale": about.scale}
    for field, word in declared.items():
        if getattr(result, field) != word:
            yield f"{field} is {getattr(result, field)!r}, and declared is {word!r}"
    if about.extreme and not result.extreme:
        yield "extreme=True is declared, and the result does not say so"
    if about.counts_people and not result.counts_people:
        yield "counts_people=False is not declared, and the result says so"
    if result.weight < 1:
        yield f"weight is at least 1, not {result.weight}"
    for need in result.needs:
        if need.table not in NATIVE_ROWS:
            yield f"needs names {str(need)!r}, which is no native table"


def _compare_with_moments(result: Result, moments: Sequence[Snapshot]) -> Iterator[str]:
    periods = [str(moment.period) for moment in moments]
    if result.at not in periods:
        yield f"at is {result.at!r}, and the measure was called with {', '.join(periods)}"
    days = {None, *(moment.reference_text for moment in moments)}
    if result.reference_day not in days:
        yield f"reference_day is {result.reference_day!r}, which is not that of the snapshot"
    if result.relation not in {None, *moments[-1].vocabulary.relations}:
        yield f"there is no relation {result.relation!r}"
    if strangers := set(result.rests_on) - _collect_table_ids(moments, "communities"):
        yield f"rests_on names {len(strangers)} that are no communities"
    yield from _find_hidden_people(result, moments)


def _find_hidden_people(result: Result, moments: Sequence[Snapshot]) -> Iterator[str]:
    """Yield where people stand whom the gate would not find, or more of them than there are."""
    persons = _collect_table_ids(moments, "persons")
    others = {"units", "communities", "focuses"}
    # A unit may have the id of a person: "5a" in a column of groups is no sign of somebody.
    named = persons.difference(*(_collect_table_ids(moments, table) for table in others))
    for column in _LABEL_COLUMNS:
        if found := named.intersection(result.figures.column(column).categories):
            yield f"{column} names {len(found)} persons: put them in id, where the gate finds them"
    for field, ids in {
        "silent": result.silent,
        "id": result.figures.column("id").categories,
    }.items():
        if strangers := {*ids} - persons:
            yield f"{field} names {len(strangers)} that are no persons"
    if result.figure_class == FigureClass.PARTICIPATION and (result.n or 0) > len(persons):
        yield f"n is {result.n}, and there are {len(persons)} persons"
    if result.figure_class == FigureClass.ANSWERS:
        yield from _find_unsized_groups(result)


def _find_unsized_groups(result: Result) -> Iterator[str]:
    """Yield the groups of which the gate cannot tell how many people they have."""
    ends = {
        (figure.part, group)
        for figure in result
        for group in (figure.from_, figure.to)
        if group is not None
    }
    if unsized := ends - result.sizes.keys():
        yield f"sizes lacks {len(unsized)} of the groups that ties run between"


def _collect_table_ids(moments: Sequence[Snapshot], table: str) -> set[str]:
    return {id_ for moment in moments for id_ in moment.tables[table].column("id").categories}


def _find_odd_numbers(result: Result) -> Iterator[str]:
    scales = [result.scale_of(figure) for figure in result]
    for scale in dict.fromkeys(scales):
        rows = np.array([one == scale for one in scales], np.bool_)
        yield from _find_out_of_bounds(result, scale, rows)
    numbers = {
        name: _read_figure_numbers(result, name) for name in ("n", "lower", "value", "upper")
    }
    if _is_any_below(numbers["upper"], numbers["lower"]):
        yield "lower lies above upper"
    elif _is_any_below(numbers["value"], numbers["lower"]) or _is_any_below(
        numbers["upper"], numbers["value"]
    ):
        yield "value lies outside its range"
    whole = np.inf if result.n is None else result.n
    if whole < 0:
        yield "n of the whole is negative"
    elif _is_any_below(whole, numbers["n"]):
        yield f"n of a figure is greater than {whole:g}, which is n of the whole"


def _find_out_of_bounds(result: Result, scale: str, rows: Flags) -> Iterator[str]:
    """Yield which numbers of some rows, all of one scale, cannot be."""
    numbers = {name: _read_figure_numbers(result, name)[rows] for name in _NUMBER_COLUMNS}
    for name, cells in numbers.items():
        least, most = _find_column_bounds(name, scale)
        if np.isinf(cells).any():
            yield f"{name} is infinite: leave it out and give a reason"
        elif _is_any_below(cells, least) or _is_any_below(most, cells):
            yield f"{name} lies outside {least:g} to {most:g}"
    if scale == "share":
        counts = [numbers[name] for name in ("value", "numerator", "denominator")]
        # With "paths" the counts are of those who surely get there; the value adds those who may.
        yield from _compare_counts(*counts, sure_only=result.method == "paths")


def _find_column_bounds(name: str, scale: str) -> tuple[float, float]:
    if name in _IN_SCALE_COLUMNS:
        return _SCALE_BOUNDS[scale]
    if name in _SHARE_COLUMNS:
        return _SCALE_BOUNDS["share"]
    return _SCALE_BOUNDS["count" if name in _COUNT_COLUMNS else "index"]


def _compare_counts(
    value: Floats, numerator: Floats, denominator: Floats, *, sure_only: bool
) -> Iterator[str]:
    """Hold a share to its counts; where these are of sure cases only, it may be greater."""
    # Multiplied, not divided: 0 of 0 needs no rule of its own. Rounding grows with the counts.
    off, slack = value * denominator - numerator, _FLOAT_SLACK * np.maximum(1, denominator)
    if _is_any_below(denominator, numerator):
        yield "a numerator is greater than its denominator"
    elif (off < -slack).any() or (not sure_only and (off > slack).any()):
        yield "a share is not its numerator over its denominator"


def _find_odd_reasons(result: Result) -> Iterator[str]:
    values, reasons = result.figures.column("value"), result.figures.column("reason")
    if (values.missing & reasons.missing).any():
        yield "a figure is missing without a reason: NaN and None need one"
    if (~values.missing & ~reasons.missing).any():
        yield "a figure has a value and a reason for having none: give one of the two"
    for reason in reasons.categories:
        if not is_kind_id(reason):
            yield f"a reason is a code in lower-case letters, not {reason[:40]!r}"


def _read_figure_numbers(result: Result, name: str) -> Floats:
    """Return a column of numbers; NaN is missing."""
    column = result.figures.column(name)
    return np.where(column.missing, np.nan, column.values.astype(np.float64))


def _is_any_below(cells: Floats | float, mark: Floats | float) -> bool:
    """Tell whether any cell lies below its mark; what is missing does not."""
    return bool(np.any(np.asarray(cells) < np.asarray(mark) - _FLOAT_SLACK))
