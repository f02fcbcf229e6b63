"""Subtractions: which published figures, and how, tell what a group is."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from attrs import frozen

from plfkit.auditing.leaks import LeakKind
from plfkit.auditing.programmes import Count, IntegerProgramme, Solver, Told
from plfkit.auditing.witnesses import NarrowCount
from plfkit.hints import Hint

_LEAST, _MOST = 1, -1
_SOME = 1e-3


@frozen(eq=False)
class Subtraction:
    """The few figures that bound a count from one side.

    Attributes:
        told: The figures: without any of them the count could be further out.
        signs: Which of them are added (1) and taken away (−1); empty where it is not that simple.
        rest: How many people beside them are to be taken away or added.
    """

    told: tuple[Told, ...]
    signs: tuple[int, ...]
    rest: int


def explain_narrow_count(programme: IntegerProgramme, narrow: NarrowCount) -> Hint:
    """Say which subtraction makes it that a count is known too well."""
    sides = {
        sign: _find_subtraction(programme, narrow.count, sign, end)
        for sign, end in narrow.ends.items()
    }
    if (
        narrow.least == narrow.most
        and len({frozenset(map(id, s.told)) for s in sides.values()}) == 1
    ):
        sign, found = next(iter(sides.items()))
        return _say_side(narrow, sign, found, "exactly")
    clauses = (_say_side(narrow, sign, found) for sign, found in sides.items())
    return Hint("audit.clauses", clauses=tuple(clauses))


def _find_subtraction(
    programme: IntegerProgramme, count: Count, sign: int, end: int
) -> Subtraction:
    """Find the fewest figures that keep the end of a count where it is."""
    weights = _weigh_figures(programme, programme.told, count, sign)
    pairs = zip(programme.told, weights, strict=True)
    likely = [told for told, weight in pairs if abs(weight) > _SOME]
    if not _keeps_end(programme, likely, count, sign, end):
        likely = [*programme.told]
    kept = _drop_needless(programme, likely, count, sign, end)
    signs = _weigh_figures(programme, kept, count, sign)
    return _read_signs(kept, signs, sign, end - count.base)


def _weigh_figures(
    programme: IntegerProgramme, told: Sequence[Told], count: Count, sign: int
) -> list[float]:
    fewer, own = programme.restrict_to(told, count)
    weights: list[float] = Solver(fewer).weigh_told(own, sign).tolist()
    return weights


def _keeps_end(
    programme: IntegerProgramme, told: Sequence[Told], count: Count, sign: int, end: int
) -> bool:
    small, own = programme.restrict_to(told, count)
    return Solver(small).find_end(own, sign) == end


def _drop_needless(
    programme: IntegerProgramme, told: list[Told], count: Count, sign: int, end: int
) -> tuple[Told, ...]:
    """Leave out figures, many at once and then one by one, as long as the end stays."""
    size = max(1, len(told) // 2)
    while True:
        place = 0
        while place < len(told):
            fewer = told[:place] + told[place + size :]
            if _keeps_end(programme, fewer, count, sign, end):
                told = fewer
            else:
                place += size
        if size == 1:
            return tuple(told)
        size //= 2


def _read_signs(told: tuple[Told, ...], signs: Sequence[float], sign: int, end: int) -> Subtraction:
    """Read a subtraction off the weights of its figures, if each of them counts once."""
    if not np.allclose(np.abs(signs), 1):
        return Subtraction(told, (), 0)
    whole = tuple(int(one) for one in np.rint(signs))
    # Least: the least of what is added, less the most of what is taken away. 118 − 108 = 10.
    total = sum(
        one * ((figure.least if one == sign else figure.most) - figure.count.base)
        for one, figure in zip(whole, told, strict=True)
    )
    rest = sign * (total - end)
    return Subtraction(told, whole if rest >= 0 else (), rest)


def _say_side(narrow: NarrowCount, sign: int, found: Subtraction, word: str | None = None) -> Hint:
    """Say one end of a count, after the figures that make it."""
    end = narrow.least if sign == _LEAST else narrow.most
    outcome = Hint(
        f"audit.{word or ('at_least' if sign == _LEAST else 'at_most')}",
        end=end,
        people=narrow.count.people,
        group=narrow.count.words,
        phrase=narrow.count.phrase,
    )
    return Hint("audit.clause", figures=_say_figures(narrow.count, sign, found), outcome=outcome)


def _say_figures(count: Count, sign: int, found: Subtraction) -> Hint:
    if not found.signs:
        parts = tuple(_say_told(told, count, None) for told in found.told)
        return Hint("audit.together", parts=parts)
    if len(found.told) == 1 and found.told[0].count.key == count.key:
        return Hint("audit.directly", part=_say_told(found.told[0], count, sign))
    pairs = [*zip(found.signs, found.told, strict=True)]
    added = [_say_told(told, count, sign) for one, told in pairs if one > 0]
    if count.base > sum(one * told.count.base for one, told in pairs):
        added.insert(0, Hint("audit.all_of", people=count.people, group=count.words))
    taken = [_say_told(told, count, -sign) for one, told in pairs if one < 0]
    if found.rest:
        others = Hint("audit.other") if found.rest == 1 else Hint("audit.others", rest=found.rest)
        (taken if sign == _LEAST else added).append(others)
    words = Hint("audit.added", parts=tuple(added))
    return Hint("audit.less", added=words, taken=tuple(taken)) if taken else words


def _say_told(told: Told, count: Count, sign: int | None) -> Hint:
    """Say the end of a figure that is used, or both if it is not known which."""
    about = {"people": told.count.people, "group": told.count.words}
    if told.least == told.most:
        words = Hint("audit.figure", end=told.least, **about)
    elif sign is None:
        words = Hint("audit.between", least=told.least, most=told.most, **about)
    else:
        end, key = (told.least, "at_least") if sign == _LEAST else (told.most, "at_most")
        words = Hint(f"audit.figure_{key}", end=end, **about)
    same = told.count.phrase == count.phrase or count.what == LeakKind.EXACTLY
    return words if same and told.count.what == count.what else _add_phrase(words, told)


def _add_phrase(words: Hint, told: Told) -> Hint:
    return Hint("audit.told_of", words=words, phrase=told.count.phrase)
