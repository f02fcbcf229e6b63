"""What can be asked of every measure: how to treat what is missing, intervals, nulls, draws."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, get_args

from attrs import field, frozen

from plfkit.errors import MeasureError
from plfkit.graph.groups import GroupSpec
from plfkit.hints import Hint, quote_word
from plfkit.measures.engine.catalogue import get_measure_info
from plfkit.measures.engine.expanding import DEFAULTS, tell_keywords_of
from plfkit.model.declared.declarations import MeasureInfo
from plfkit.model.results.result import MeasureFunction
from plfkit.model.words.choices import check_choice
from plfkit.model.words.titles import hint_at_word
from plfkit.resampling import Drawing, DrawingOptions

Missing = Literal["available", "reconstruct", "null"]
"""How unobserved ties are treated in the value; the range never depends on it."""


@tell_keywords_of(DrawingOptions)
class Options(DrawingOptions, total=False):
    """Keywords that every measure takes beside its own.

    Attributes:
        missing: How unobserved ties enter the value: with ``"available"``, the default, none of them
            counts as absent, with ``"null"`` all of them do; ``"reconstruct"`` fills in what the
            other side told, which the literature advises against.
        interval: Whether to give a 95 % interval: how far the figure would move if other
            people of the same sort were the staff. ``True`` chooses the way that a simulation study
            supports: ``"schools"`` leaves out each school in turn, where ten or more have 15 answers
            each, ``"jackknife"`` each person. ``"bootstrap"``, for some measures, draws people anew.
            Refused where none is known to be valid.
        null: What chance holds fixed: ``"size"`` the number of ties, ``"mutuals"`` the numbers of
            returned and of one-sided ones, ``"degrees"`` everybody's number of ties, ``"labels"``
            the network itself, while people change groups. Nothing is compared if left out.
        within: People change groups only with others of the same of these: ``"school"``, ….
    """

    missing: Missing
    interval: bool | str
    null: str | None
    within: GroupSpec | None


@tell_keywords_of(Options)
class TieOptions(Options, total=False):
    """Keywords that every measure of ties takes beside its own.

    Attributes:
        minimum_strength: From which strength on a tie counts, as ``3`` for *every week* where people
            answered from 1 to 4. A tie without a strength counts in any case; one of strength 0 never.
    """

    minimum_strength: float | None


@frozen(kw_only=True)
class CheckedOptions:
    """The same, checked, with what was left out filled in."""

    missing: str = "available"
    interval: bool | str = False
    null: str | None = None
    within: GroupSpec | None = None
    minimum_strength: float | None = None
    drawing: Drawing = field(factory=Drawing)


def resolve_options(
    function: MeasureFunction, options: Options, known: type[Options] = Options
) -> CheckedOptions:
    """Check what is asked of a measure that takes some keywords.

    Raises:
        MeasureError: There is no such option, or the measure refuses it; the message says why.
    """
    name, about = function.__name__, get_measure_info(function)
    check_options(name, options, known)
    asked = {**DEFAULTS, **options}
    missing, null = asked["missing"], asked["null"]
    check_missing_treatment(name, missing)
    check_interval(name, asked["interval"], about)
    if null is not None and null not in about.nulls:
        raise MeasureError(_refuse_null(name, null, about))
    if asked["within"] is not None and null != "labels":
        raise MeasureError(Hint("measure.within_needs_labels", measure=name))
    return CheckedOptions(
        missing=missing,
        interval=asked["interval"],
        null=null,
        within=asked["within"],
        minimum_strength=asked["minimum_strength"],
        drawing=build_drawing(options),
    )


def _refuse_null(name: str, null: object, about: MeasureInfo) -> Hint:
    """Say which comparisons with chance a measure has; or why it has none."""
    if about.nulls:
        values = {"null": quote_word(null), "known": tuple(map(repr, about.nulls))}
        return Hint("measure.unknown_null", measure=name, **values)
    return Hint("measure.no_null", measure=name, null=quote_word(null), reason=about.no_null or "")


def check_interval(name: str, interval: bool | str, about: MeasureInfo) -> None:  # noqa: FBT001 - as it is asked
    """Refuse an interval that a measure does not have.

    Raises:
        MeasureError: It has none, or none that is found in this way.
    """
    if not interval:
        return
    if about.no_interval is not None:
        raise MeasureError(Hint("measure.no_interval", measure=name, reason=about.no_interval))
    if interval is not True:
        check_choice(name, "interval", interval, about.intervals)


def check_missing_treatment(name: str, missing: str) -> None:
    """Refuse a treatment of unobserved ties that there is not.

    Raises:
        MeasureError: There is no such treatment.
    """
    known = get_args(Missing)
    if missing not in known:
        near = hint_at_word(missing, known) or Hint("near.choices", names=known)
        hint = Hint("measure.unknown_missing", measure=name, missing=missing, near=near)
        raise MeasureError(hint)


def build_drawing(options: DrawingOptions) -> Drawing:
    """Return how chance is used, from the keywords that say so."""
    asked = {**DEFAULTS, **options}
    return Drawing(draws=asked["draws"], seed=asked["seed"], executor=asked["executor"])


def check_options(name: str, options: Mapping[str, Any], known: type) -> None:
    """Refuse keywords that there are not.

    Raises:
        MeasureError: There is no such keyword.
    """
    keywords = known.__annotations__  # of a `TypedDict` those of what it builds on as well
    for key in options:
        if key not in keywords:
            near = hint_at_word(key, keywords) or Hint("near.it_takes", names=tuple(keywords))
            values = {"measure": name, "name": quote_word(key), "near": near}
            raise MeasureError(Hint("measure.no_argument", **values))
