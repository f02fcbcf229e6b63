"""Several figures in one sentence: how many there are, and how far those that are told reach."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import frozen

from plfkit.model.declared.declarations import Scale
from plfkit.model.results.fields import TOTAL, ResultFields
from plfkit.model.results.figures import Figure
from plfkit.model.words.reasons import Reason
from plfkit.model.words.wording import Wording

_PAIR_SIZE = 2
_SHOWN_DIGITS = 3


class Amounts(Wording):
    """How numbers are written in sentences; Danish has a decimal comma."""

    package = "plfkit.model.results"
    file = "saying.toml"

    def write_amount(self, value: float, scale: str) -> str:
        """Write a share in per cent with one decimal, anything else with three digits."""
        return self(f"amounts.{scale}", number=self._write_number(value, scale))

    def write_brief(self, value: float, scale: str) -> str:
        """Write a share in per cent without a decimal that is 0, anything else with three digits."""
        return self(f"amounts.{scale}", number=self._write_number(value, scale, brief=True))

    def write_span(self, values: Sequence[float], scale: str, by: str) -> str:
        """Write the least and the greatest of some figures, or the one that all of them are.

        A span of figures reads as a range does, so it says what they differ by.

        Args:
            values: The figures.
            scale: What they are.
            by: What they are told by: school, level, ….
        """
        least, most = (self.write_brief(end, scale) for end in (min(values), max(values)))
        if least == most:
            return least
        known = by if by in self.read_texts()["depending"] else "other"
        return self("several.span", least=least, most=most, by=self(f"depending.{known}"))

    def write_count(self, number: int) -> str:
        """Write a count, up to ten as a word."""
        words = self.read_texts()["counts"]
        return self.label(words[str(number)]) if str(number) in words else str(number)

    def _write_number(self, value: float, scale: str, *, brief: bool = False) -> str:
        if scale in {"share", "points"}:
            text = f"{round(100 * value, 1) + 0.0:.1f}"  # + 0.0 takes the sign off −0.0
            text = text.removesuffix(".0") if brief else text
        elif abs(value) < 10**_SHOWN_DIGITS - 0.5:
            text = f"{value:.{_SHOWN_DIGITS}g}"
        else:
            text = f"{value:.0f}"
        return text if self.language == "en" else text.replace(".", ",")


@frozen
class _FigureClause:
    """What is told of some of the figures.

    Attributes:
        count: How many they are.
        text: What is told of them.
        one: Whether the same is told of each of them.
    """

    count: int
    text: str
    one: bool = True


def say_several(result: ResultFields, say: Amounts) -> str | None:
    """Say how many of several figures are told, and how far these reach; None if none is told.

    Figures that are shown as a band have no value: of them at least, or at most, one end is told.

    Args:
        result: What to speak of, with two figures or more.
        say: The words of a language.
    """
    rows = [row for row in result if row.figure not in result.scales]
    if any(row.value is not None for row in rows):
        # A whole that has no value stands in no way of its parts.
        rows = [row for row in rows if row.figure != TOTAL or row.value is not None]
    shown = [*_tell_shown_figures(rows, result, say)]
    if not shown:
        return None
    clauses = [*shown, *_tell_absent_figures(rows, say)]
    count = say.write_count(len(rows))
    if len(clauses) == 1:
        key = "all" if not shown[0].one else "both" if len(rows) == _PAIR_SIZE else "same"
        return say(f"several.{key}", all=count, told=shown[0].text)
    parts = [
        say("several.some", count=say.write_count(shown[0].count), all=count, told=shown[0].text)
    ]
    parts += [
        say("several.more", count=say.write_count(clause.count), told=clause.text)
        for clause in clauses[1:-1]
    ]
    last = clauses[-1]
    key = "others" if last.count > 1 else "other" if len(rows) == _PAIR_SIZE else "last"
    return ", ".join([*parts, say(f"several.{key}", told=last.text)])


def _tell_shown_figures(
    rows: Sequence[Figure], result: ResultFields, say: Amounts
) -> Iterator[_FigureClause]:
    """Tell of the figures that have a value or a range, bands from the top first."""
    scale = find_shown_scale(result)
    ranged = [
        (row.lower, row.upper, row.reason == Reason.BAND)
        for row in rows
        if row.value is None and row.lower is not None and row.upper is not None
    ]
    high = [lower for lower, upper, band in ranged if band and upper >= 1]
    low = [upper for lower, upper, band in ranged if band and upper < 1 and lower <= 0]
    between = [(lo, up) for lo, up, band in ranged if not band or (lo > 0 and up < 1)]
    values = [row.value for row in rows if row.value is not None]
    if high:
        yield _FigureClause(
            len(high), say("several.at_least", least=say.write_brief(min(high), scale))
        )
    if values:
        text = say.write_span(values, scale, _find_difference(rows, result))
        yield _FigureClause(len(values), text, text == say.write_brief(values[0], scale))
    if low:
        yield _FigureClause(len(low), say("several.at_most", most=say.write_brief(max(low), scale)))
    if between:
        ends = min(lower for lower, _ in between), max(upper for _, upper in between)
        least, most = (say.write_brief(end, scale) for end in ends)
        yield _FigureClause(len(between), say("several.between", least=least, most=most))


def _find_difference(rows: Sequence[Figure], result: ResultFields) -> str:
    """Return what several figures differ by: the grouping, pairs of groups, or which figure it is."""
    if any(row.part is not None for row in rows):
        return result.by or ""
    return "pair" if any(row.from_ is not None for row in rows) else "figure"


def find_widest_range(result: ResultFields) -> tuple[float, float] | None:
    """Return between what several figures could lie in the worst case; None unless told of each.

    None too where the ranges add nothing to the figures.
    """
    rows = [row for row in result if row.figure not in result.scales and row.value is not None]
    ends = [
        (row.lower, row.upper)
        for row in rows
        if row.lower is not None and row.upper is not None and row.lower < row.upper
    ]
    if not rows or len(ends) < len(rows):
        return None
    return min(lower for lower, _ in ends), max(upper for _, upper in ends)


def find_shown_scale(result: ResultFields) -> Scale:
    """Return what the figures are; the difference of two shares is in points."""
    changed = any(None not in {row.before, row.after} for row in result)
    return "points" if changed and result.scale == "share" else result.scale


def _tell_absent_figures(rows: Sequence[Figure], say: Amounts) -> Iterator[_FigureClause]:
    """Tell how many figures are hidden, and how many cannot be computed."""
    absent = [row for row in rows if row.value is None and None in {row.lower, row.upper}]
    hidden = sum(row.reason == Reason.WITHHELD for row in absent)
    for key, count in (("hidden", hidden), ("missing", len(absent) - hidden)):
        if count:
            yield _FigureClause(count, say(f"several.{key}"))
