"""What a profile declares: goals, the indicators that tell of them, purpose and privacy.

Declarations name measures as text; `plfkit.goals` evaluates them against a catalogue.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import groupby
from math import isfinite
from typing import Any, Literal

from attrs import Factory, field, frozen

from plfkit.model.records.rows import NATIVE_ROWS
from plfkit.model.validators import FieldError, OneOf
from plfkit.model.words.figure_classes import FigureClass, read_figure_class
from plfkit.model.words.kinds import Label
from plfkit.model.words.titles import suggest_word

Scale = Literal["share", "points", "count", "index"]
"""What a figure is: a share, shown in per cent, a difference of two shares, in points, a count, or a
number of another sort."""

LOWEST_THRESHOLD = 3
LOWEST_STATISTICS = 15
_GREATEST = 1e9


def _check_native_tables(instance: object, attribute: Any, value: tuple[str, ...]) -> None:
    del instance
    for name in value:
        if name not in NATIVE_ROWS:
            hint = suggest_word(name, NATIVE_ROWS)
            raise FieldError(attribute.name, f"there is no native table {name!r}{hint}")


def _is_plain_argument(value: Any) -> bool:
    if isinstance(value, list):
        return all(isinstance(item, str) for item in value)
    return isinstance(value, str | bool) or (isinstance(value, int | float) and isfinite(value))


@frozen(kw_only=True)
class Anchor:
    """A usual value of a figure, found elsewhere: context for readers, and never a mark.

    Attributes:
        label: What exactly it is of: which people, where, when.
        lower: The least that was found.
        upper: The most; the same as `lower` for a single value, None where only a lower end is usual.
        source: Where it can be read.
    """

    label: Label
    lower: float
    upper: float | None = None
    source: str


@frozen(kw_only=True)
class MeasureInfo:
    """What readers and the gate need to know of a measure.

    Attributes:
        label: Its name for readers.
        tells: What it tells about the organisation.
        beware: What a high value does not mean.
        figure_class: The rule of the gate that its figures fall under.
        scale: What its figures are.
        tables: The native tables it cannot do without.
        columns: The columns that it reads, as ``"ties.source"``, beside dates of validity.
        reference: Where the definition comes from: a text, which is the same in both languages, or a
            `plfkit.Label`.
        over_years: Whether it takes a sequence of snapshots, the earlier first, in place of one.
        nulls: What chance can hold fixed when the figures are compared with it.
        no_null: Why there is none other, in English, as errors are.
        no_interval: Why there is no interval; None if there is one.
        intervals: In which ways it can be found, as `plfkit.IntervalMethod`, where there are several.
        extreme: Whether a figure rests on a maximum, which tells of single persons.
        counts_people: Whether numerators and denominators count people, or ties between them.
        of_cohorts: Whether it tells of pupils, who are others every year.
        anchors: Usual values of it, with their sources.
        example: Arguments with which it can be tried on an example municipality: the contract, the
            tests and the documentation call it with them. None if it needs none.
        estimator: For measures with one figure for a network: what makes of a snapshot, a layer and
            the measure's own arguments an estimator of that figure.
    """

    label: Label
    tells: Label
    beware: Label
    figure_class: FigureClass = field(converter=read_figure_class)
    scale: Scale = "share"
    tables: tuple[str, ...]
    columns: tuple[str, ...] = ()
    reference: Label | str
    over_years: bool = False
    nulls: tuple[str, ...] = ()
    no_null: str = "it is compared with nothing"
    no_interval: str | None = "none is known to be valid for it"
    intervals: tuple[str, ...] = ()
    extreme: bool = False
    counts_people: bool = True
    of_cohorts: bool = False
    anchors: tuple[Anchor, ...] = ()
    example: Mapping[str, Any] = Factory(dict)
    estimator: Callable[..., Any] | None = None

    @property
    def source(self) -> Label:
        """Where the definition comes from, in both languages."""
        told = self.reference
        return told if isinstance(told, Label) else Label(told, told)


MEASURE_ATTRIBUTE = "plfkit_measure"
"""Where a function that is marked as a measure carries what is known of it."""


def find_measure_info(function: object) -> MeasureInfo | None:
    """Return what is attached to a function; None if it is not marked as a measure.

    Args:
        function: A function, or anything else.
    """
    known = getattr(function, MEASURE_ATTRIBUTE, None)
    return known if isinstance(known, MeasureInfo) else None


Needs = Literal["all"] | float
"""How many parts must reach a target: all of them, or a share of them."""


def _check_target_size(instance: object, attribute: Any, value: float) -> None:
    del instance
    if abs(value) > _GREATEST:
        raise FieldError(attribute.name, f"a target is a number up to {_GREATEST:g}")


@frozen
class Target:
    """What an indicator is to reach.

    Attributes:
        value: The number to reach.
        source: ``"decided"`` by the municipality, or ``"proposed"`` by plfkit or the profile's author.
        by: The school year in which it is to be reached; None if it holds at any time.
        each: The unit kind of which each unit shall reach it, or ``"level"`` for each level; None for
            the whole.
        needs: How many of these must reach it: ``"all"``, or a share of them.
    """

    value: float = field(validator=_check_target_size)
    source: str = field(validator=OneOf(("decided", "proposed")))
    by: str | None = None
    each: str | None = None
    needs: Needs = "all"


@frozen
class Baseline:
    """Where an indicator stood when a target was set.

    Attributes:
        value: The figure then.
        period: The school year that it is of.
    """

    value: float = field(validator=_check_target_size)
    period: str


@frozen
class Indicator:
    """A figure that tells something about a goal.

    Attributes:
        label: What readers call it.
        measure: The measure's name in the catalogue.
        figure_class: The rule of the gate it falls under, for measures the catalogue lacks.
        goal: The goal it belongs to; None for a figure that only describes.
        arguments: What the measure is called with.
        direction: ``"up"`` or ``"down"`` if more or less is better, else None.
        target: The mark it is held against.
        baseline: Where it stood when the target was set.
        steps: What is to be reached on the way to a dated target, by school year.
        tables: Tables it needs beyond what its measure reads.
        note: What readers should know about it.
        combined: Whether it takes the data of several municipalities, combined.
        only_above_zero: Whether readers see it only where it is above zero: a count of what may be a
            difficulty says nothing where there is none.
    """

    label: Label
    measure: str
    figure_class: FigureClass | None = None
    goal: str | None = None
    arguments: Mapping[str, Any] = Factory(dict)
    direction: str | None = field(default=None, validator=OneOf(("up", "down")))
    target: Target | None = None
    baseline: Baseline | None = None
    steps: Mapping[str, float] = Factory(dict)
    tables: tuple[str, ...] = field(default=(), validator=_check_native_tables)
    note: Label | None = None
    combined: bool = False
    only_above_zero: bool = False

    def __attrs_post_init__(self) -> None:
        """Refuse a target that no direction leads to."""
        if self.target is not None and self.direction is None:
            raise ValueError("an indicator with a target needs a direction, up or down")
        for name, value in self.arguments.items():
            if not _is_plain_argument(value):
                raise ValueError(
                    f"the argument {name} is a text, a finite number or a list of texts"
                )

    @property
    def each(self) -> str | None:
        """The parts that its target is for: those the target names, or those it is computed by."""
        if self.target is None:
            return None
        by = self.arguments.get("by")
        return self.target.each or (by if isinstance(by, str) else None)


@frozen
class MatrixRow:
    """One row of a matrix: an aspect of a goal, seen column by column.

    Attributes:
        label: What readers call the row.
        indicators: The ids of its indicators, one for each column; one that stands for several columns
            is named in each of them, side by side.
    """

    label: Label
    indicators: tuple[str, ...]


@frozen
class Matrix:
    """How the indicators of a goal are laid out as a table, aspects by groups.

    Attributes:
        columns: What readers call the columns.
        rows: The rows, each with one indicator for each column.
    """

    columns: tuple[Label, ...]
    rows: tuple[MatrixRow, ...]

    def __attrs_post_init__(self) -> None:
        """Refuse rows that do not fit the columns, and an indicator that stands in two places."""
        if not self.columns or not self.rows:
            raise ValueError("a matrix has columns and rows")
        for row in self.rows:
            if len(row.indicators) != len(self.columns):
                raise ValueError(
                    f"the row {row.label.en!r} names {len(row.indicators)} indicators for "
                    f"{len(self.columns)} columns: name one for each"
                )
        places = [name for row in self.rows for name, _ in groupby(row.indicators)]
        for name in dict.fromkeys(places):
            if places.count(name) > 1:
                raise ValueError(
                    f"{name!r} stands in several places: it may span columns side by side, in one row"
                )


@frozen
class Goal:
    """What a municipality wants to reach, in words, and how its indicators add up.

    Attributes:
        label: The goal in few words.
        text: The goal.
        rule: ``"all"`` indicators must be met, or ``"any"`` one of them suffices.
        serves: The goal that this one is a means to.
        reading: What its figures say and do not say, as somebody would read it aloud.
        leading: The id of the one of its indicators that tells most of it: the figure that is seen first.
        matrix: How its indicators are laid out as a table, if they are.
    """

    label: Label
    text: Label
    rule: str = field(default="all", validator=OneOf(("all", "any")))
    serves: str | None = None
    reading: Label | None = None
    leading: str | None = None
    matrix: Matrix | None = None


@frozen
class PrivacyFloor:
    """What may leave: the thresholds of the gate.

    Attributes:
        k: The least number of people behind a published count; 5 unless the profile says otherwise.
        statistics: The least number of people behind a statistic of answers.
    """

    k: int = field(default=5)
    statistics: int = field(default=15)

    @k.validator
    def _check_k_floor(self, attribute: Any, value: int) -> None:
        if value < LOWEST_THRESHOLD:
            least = f"k is {LOWEST_THRESHOLD} at the very least, not {value}"
            raise FieldError(attribute.name, least)

    @statistics.validator
    def _check_statistics_floor(self, attribute: Any, value: int) -> None:
        least = max(self.k, LOWEST_STATISTICS)
        if value < least:
            message = f"statistics need at least {least} people, not {value}"
            raise FieldError(attribute.name, message)


@frozen
class Purpose:
    """Why data about colleagues are used, and within which limits.

    Attributes:
        purpose: What the data are used for.
        audience: Who sees what.
        limits: What they are not used for.
        discussed_on: When the MED committee (staff and management) dealt with it.
        deleted_by: When person-level data are deleted.
    """

    purpose: Label
    audience: Label
    limits: Label
    discussed_on: str | None = None
    deleted_by: str | None = None
