"""Results in words: one Danish or English sentence that says what is known, and how surely.

It says what was found, never what brought it about.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, assert_never

from attrs import frozen

from plfkit.model.results.fields import ResultFields
from plfkit.model.results.figures import Figure
from plfkit.model.results.several import (
    Amounts,
    find_shown_scale,
    find_widest_range,
    say_several,
)
from plfkit.model.words.figure_classes import FigureClass
from plfkit.model.words.intervals import IntervalMethod
from plfkit.model.words.kinds import Label
from plfkit.model.words.notes import Note
from plfkit.model.words.ranges import RangeKind
from plfkit.model.words.reasons import Reason
from plfkit.periods import UNDATED

_P_ROUNDED = 0.01
"""By how much of itself a p may be rounded."""

_P_WRITTEN = 0.001
"""The least p that is written out: 0.0 % would say that chance never is as far out."""

_NARROW_INTERVALS = {
    Note.NARROW_WHERE_TIES_CLOSE: "sentence.interval_narrow",
    Note.NARROW_WHERE_SCHOOLS_DIFFER: "sentence.interval_of_people",
}
"""What is said of an interval that takes no account of something, by the note that tells of it."""


@frozen
class Sayings(Amounts):
    """The words of results."""

    def say_reason(self, name: str | None) -> str:
        """Say why there is no value; a reason of somebody else's measure stands as it is."""
        known = Reason.find_word(name)
        return str(name) if known is None else self.label(known.words)


def say_result(result: ResultFields, language: str) -> str:
    """Say in one sentence what a result shows, and how sure that is."""
    say = Sayings.of(language)
    figure = result.main
    clauses = (
        _say_all_figures(result, say)
        if figure is None or _has_parts_only(result, figure)
        else _say_figure_clauses(result, figure, say)
    )
    sentence = "; ".join(clauses)
    return sentence[0].upper() + sentence[1:] + "."


def _has_parts_only(result: ResultFields, figure: Figure) -> bool:
    """Tell whether there is no figure of the whole, but figures of its parts."""
    whole = figure.value is not None or figure.lower is not None
    return not whole and any(row.value is not None for row in result)


def _say_all_figures(result: ResultFields, say: Sayings) -> Iterator[str]:
    words = {
        "label": _name_result_measure(result, say),
        "about": _say_relation_and_date(result, say),
    }
    if figures := _say_predictors(result, say) or say_several(result, say):
        yield say("sentence.figures", told=figures, **words)
        yield from _say_predictor_ranges(result, say)
        yield from _say_all_ranges(result, say)
        yield from _say_absent_p(result, say)
        return
    reasons = {figure.reason for figure in result} - {Reason.WITHHELD}
    if len(reasons) != 1 or any(figure.reason == Reason.WITHHELD for figure in result):
        yield say("sentence.nothing", **words)
        return
    yield say("sentence.missing", reason=_say_missing_reason(reasons.pop(), say), **words)


def _say_predictors(result: ResultFields, say: Sayings) -> str:
    """Say of each thing that a relation is held against how it goes with it; empty of other results."""
    if result.null != "qap":
        return ""
    told = []
    for row in result:
        if row.figure is not None and row.figure in result.names and row.value is not None:
            key = "without_p" if row.p_value is None else "with_p"
            words = {"name": say.label(result.names[row.figure])}
            words["value"] = say.write_amount(row.value, result.scale)
            words["p"] = "" if row.p_value is None else say.write_amount(row.p_value, "share")
            least = "_least" if _is_least_p(result, row.p_value) else ""
            told.append(say(f"predictors.{key}{least}", **words))
    return ", ".join(told)


def _say_predictor_ranges(result: ResultFields, say: Sayings) -> Iterator[str]:
    """Say between what each thing that a relation is held against could lie, had everybody answered."""
    told = [
        say(
            "predictors.range",
            name=say.label(result.names[row.figure]),
            lower=say.write_amount(row.lower, result.scale),
            upper=say.write_amount(row.upper, result.scale),
        )
        for row in result
        if row.figure is not None
        and row.figure in result.names
        and row.lower is not None
        and row.upper is not None
        and row.lower < row.upper
    ]
    if result.null == "qap" and told:
        yield say(f"predictors.{result.range_kind}", told=", ".join(told), draws=result.draws)
    if result.notes.get(Note.NO_RANGE_OF_PREDICTORS):
        yield say("predictors.no_range")


def _say_all_ranges(result: ResultFields, say: Sayings) -> Iterator[str]:
    """Say how far several figures could reach, or that it is not shown."""
    if any(row.reason == Reason.RANGE_WITHHELD for row in result):
        yield say("sentence.ranges_withheld")
    elif result.null != "qap" and (found := find_widest_range(result)):
        lower, upper = (say.write_brief(end, find_shown_scale(result)) for end in found)
        yield say("sentence.widest", lower=lower, upper=upper)
        yield from _say_rounded_ends(result, say)


def _say_figure_clauses(result: ResultFields, figure: Figure, say: Sayings) -> Iterator[str]:
    """Say of one figure what it is, or why there is none, and then what tells how sure it is."""
    # The difference of two shares is in points, not in per cent of anything.
    changed = None not in {figure.before, figure.after} and result.scale == "share"
    scale = "points" if changed else result.scale

    def write(value: float | None, scale: str = scale) -> str:
        return "–" if value is None else say.write_amount(value, scale)

    words: dict[str, Any] = {
        "label": _name_result_measure(result, say),
        "about": _say_relation_and_date(result, say),
    }
    if figure.value is None:
        yield from _say_missing_value(result, figure, say, scale=scale, **words)
        return
    both = {
        "before": write(figure.before, result.scale),
        "after": write(figure.after, result.scale),
    }
    if None not in {figure.before, figure.after}:
        yield say("sentence.change", value=write(figure.value), **words, **both)
    else:
        yield from _say_figure_value(result, figure, say, value=write(figure.value), **words)
    if figure.n is not None:
        yield say("sentence.people", n=figure.n)
    yield from _say_range(result, figure, say, scale)
    yield from _say_left_out(result, say)
    if figure.interval_lower is not None and figure.interval_upper is not None:
        ends = {"lower": write(figure.interval_lower), "upper": write(figure.interval_upper)}
        yield _say_interval(result, say, ends)
    yield from _say_group_levels(result, say)
    if figure.expected is not None:
        yield say("sentence.expected", expected=write(figure.expected))
    yield from _say_p_values(result, figure, say)


def _say_interval(result: ResultFields, say: Sayings, ends: dict[str, str]) -> str:
    """Say between what an interval lies, of what, and where it would have to be wider."""
    method = result.interval
    words = (
        say("sentence.interval", **ends) if method is None else say.fill_in(method.words, **ends)
    )
    narrow = [say(clause) for note, clause in _NARROW_INTERVALS.items() if note in result.notes]
    return f"{words} ({'; '.join(narrow)})" if narrow else words


def _say_p_values(result: ResultFields, figure: Figure, say: Sayings) -> Iterator[str]:
    """Say how often chance is as far out; the least that so many draws can give is told as a most.

    So is one that would be written as 0.0 %, or nearly.
    """
    name = "p_computed" if result.interval == IntervalMethod.PAIRS else "p"
    for key, p in ((name, figure.p_value), ("p_adjusted", figure.p_adjusted)):
        if p is not None:
            least = "_least" if p < _P_WRITTEN or _is_least_p(result, figure.p_value) else ""
            told = max(p, _P_WRITTEN) if least else p
            yield say(f"sentence.{key}{least}", p=say.write_amount(told, "share"))
    if figure.p_value is None:
        yield from _say_absent_p(result, say)


def _is_least_p(result: ResultFields, p: float | None) -> bool:
    if p is None or not result.draws:
        return False
    # Two one-sided p are doubled; those of permuted people are counted on both sides at once.
    least = (1 if result.null == "qap" else 2) / (result.draws + 1)
    return p <= least * (1 + _P_ROUNDED)


def _say_absent_p(result: ResultFields, say: Sayings) -> Iterator[str]:
    """Say why there is no p: few schools stand in its way, or there is nothing to be permuted."""
    if count := result.notes.get(Note.TOO_FEW_SCHOOLS):
        yield say("sentence.p_absent", count=count)
    if count := result.notes.get(Note.CANNOT_CHANGE):
        several = "_several" if count > 1 else ""
        yield say(f"sentence.p_unchanged{several}", count=count)


def _say_group_levels(result: ResultFields, say: Sayings) -> Iterator[str]:
    """Say where the groups lie whose difference a figure is."""
    if levels := [
        say.write_amount(row.value, "share") for row in result.levels if row.value is not None
    ]:
        yield say("sentence.levels", levels=" – ".join(levels))


def _say_missing_reason(reason: str | None, say: Sayings) -> str:
    words = say.say_reason(reason)
    return words[0].lower() + words[1:]


def _say_missing_value(
    result: ResultFields, figure: Figure, say: Sayings, *, scale: str, **words: Any
) -> Iterator[str]:
    """Say why there is no value, and between what it lies."""
    if figure.reason == Reason.BAND:
        ends = {name: say.write_amount(getattr(figure, name), scale) for name in ("lower", "upper")}
        yield say("sentence.band", **words, **ends)
        return
    rate = _say_response_rate(figure, say) if figure.reason == Reason.SOME_DID_NOT_ANSWER else ""
    yield say("sentence.missing", reason=_say_missing_reason(figure.reason, say) + rate, **words)
    if None not in {figure.lower, figure.upper}:
        yield from _say_range(result, figure, say, scale)


def _say_figure_value(
    result: ResultFields, figure: Figure, say: Sayings, **words: Any
) -> Iterator[str]:
    """Say a value; where some did not answer, whom it rests on, and what must hold for it to be all's."""
    rate = _say_response_rate(figure, say)
    if result.method is None or not rate:
        yield say("sentence.figure", **words)
        return
    yield say(f"methods.{result.method}", rate=rate, **words)
    if result.method in say.read_texts()["holds"]:
        yield say(f"holds.{result.method}")


def _say_response_rate(figure: Figure, say: Sayings) -> str:
    """Write the share who answered, in brackets; nothing where everybody did, or nobody knows."""
    if figure.response_rate in {None, 1}:
        return ""
    return say("sentence.rate", rate=f"{100 * (figure.response_rate or 0):.0f}")


def _say_left_out(result: ResultFields, say: Sayings) -> Iterator[str]:
    """Say how many people and ties were left out, in no group or not asked."""
    for note in Note:
        if note.clause is not None and (count := result.notes.get(note)):
            yield say.fill_in(note.clause, count=count)


def _say_range(result: ResultFields, figure: Figure, say: Sayings, scale: str) -> Iterator[str]:
    if figure.reason == Reason.RANGE_WITHHELD:
        yield _say_missing_reason(figure.reason, say)
        return
    if figure.lower is None or figure.upper is None:
        if result.range_kind is RangeKind.UNKNOWN and result.null not in {"qap", "years"}:
            yield say(f"sentence.{_find_doubt_key(result)}")
        return
    if result.range_kind is not RangeKind.OF_REGISTERED and figure.lower == figure.upper:
        yield from _say_certainty(result, figure, say)
        return
    if words := _choose_range_words(result, figure, say):
        lower, upper = (say.write_amount(end, scale) for end in (figure.lower, figure.upper))
        yield say.fill_in(words, lower=lower, upper=upper, draws=result.draws)
        yield from _say_rounded_ends(result, say)


def _say_rounded_ends(result: ResultFields, say: Sayings) -> Iterator[str]:
    """Say that a range may begin a little above nothing, or end a little below all."""
    if result.notes.get(Note.RANGE_ENDS_ROUNDED):
        yield say("sentence.ends_rounded")


def _choose_range_words(result: ResultFields, figure: Figure, say: Sayings) -> Label | None:
    """Return the words of a range; of those who answered alone it is told what it is of everybody."""
    sentences, kind = say.read_texts()["sentence"], result.range_kind
    everybody = result.relation is not None and bool(_say_response_rate(figure, say))
    asked = result.figure_class == FigureClass.ANSWERS
    match kind:
        case RangeKind.UNKNOWN:
            return None
        case RangeKind.OF_REGISTERED:
            return kind.words
        case RangeKind.EXACT | RangeKind.OUTER_BOUND | RangeKind.SIMULATED if not asked:
            return sentences["logged"]
        case RangeKind.EXACT:
            return sentences["everybody"] if everybody else kind.words
        case RangeKind.OUTER_BOUND:
            return sentences["everybody_outer"] if everybody else kind.words
        case RangeKind.SIMULATED:
            return kind.words
        case _:
            assert_never(kind)


def _find_doubt_key(result: ResultFields) -> str:
    """Return the key of the words that say why there is no range."""
    if result.figure_class != FigureClass.ANSWERS:
        return "unlogged"
    tables = {need.table for need in result.needs}
    if "outcomes" in tables:
        return "unsupplied"
    return "unscaled" if {"surveys", "responses"} & tables == {"surveys"} else "unknown"


def _say_certainty(result: ResultFields, figure: Figure, say: Sayings) -> Iterator[str]:
    """Say why a range is a point: all is known, or what is missing makes no difference.

    People in no group are left out, so that neither can be said of everybody.
    """
    known = result.observed if figure.observed is None else figure.observed
    if known is None and result.figure_class == FigureClass.ANSWERS:
        yield say("sentence.unknown")
    elif not any(note.clause is not None for note in map(Note.find_word, result.notes) if note):
        whole = known in {None, 1} and not result.needs
        yield say("sentence.certain" if whole else "sentence.settled")


def _name_result_measure(result: ResultFields, say: Sayings) -> str:
    return result.measure if result.label is None else say.label(result.label)


def _say_relation_and_date(result: ResultFields, say: Sayings) -> str:
    relation = result.relation_label
    about = (
        "" if relation is None else say("sentence.relation", relation=say.label(relation).lower())
    )
    return about + ("" if result.at == UNDATED else say("sentence.at", at=result.at))
