"""Scores: how high respondents answer, on average and how many of them clearly so."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from attrs import evolve

from plfkit.arrays import Floats
from plfkit.graph.answers import AnswerSheet
from plfkit.graph.standing import SCORE_ROUNDING
from plfkit.measures.answers.agreement import ValueOrReason
from plfkit.measures.engine.answering import (
    explain_missing_score,
    find_scale_ends,
    prepare_answer_figure,
)
from plfkit.model.results.figures import Figure
from plfkit.model.words.reasons import Reason

Scores = Floats
ScoreLimits = tuple[float | None, float | None]
TOO_FEW = {Reason.TOO_FEW_PEOPLE, Reason.TOO_FEW_SCHOOLS}


def find_scores(sheet: AnswerSheet) -> Scores:
    """Return the mean of each row's answers; NaN for a row without any."""
    count = sheet.answered.sum(axis=1)
    total = np.where(sheet.answered, sheet.values, 0.0).sum(axis=1)
    # Of three items answered 2, 4 and not at all the score is 3: what was not answered is left out.
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)


def fill_scores(sheet: AnswerSheet, end: float) -> Scores:
    """Return what the score of each row would be with its missing answers at one end of the scale."""
    filled = np.where(sheet.answered, sheet.values, end)
    return np.asarray(np.where(sheet.asked, filled, 0.0).sum(axis=1) / sheet.asked.sum(axis=1))


def find_score_limits(sheet: AnswerSheet) -> ScoreLimits:
    """Return the least and greatest mean score there could be, as far as that is known."""
    ends = find_scale_ends(sheet)
    if ends is None or not sheet.listed.all():
        return None, None
    lower, upper = (float(fill_scores(sheet, end).mean()) for end in ends)
    return lower, upper


def average_scores(sheet: AnswerSheet, part: str | None, name: str) -> Figure:
    """Return the mean of respondents' scores, each the mean of the items they answered."""
    figure = prepare_answer_figure(sheet, part, name)
    if reason := explain_missing_score(sheet):
        return evolve(figure, reason=reason)
    lower, upper = find_score_limits(sheet)
    return evolve(figure, value=float(np.nanmean(find_scores(sheet))), lower=lower, upper=upper)


def compute_clear_share(sheet: AnswerSheet, part: str | None, name: str, *, clear: float) -> Figure:
    """Return the share of respondents whose score lies clearly up the scale.

    Args:
        sheet: The answers.
        part: The group.
        name: The figure.
        clear: How far up the scale, from 0 to 1.
    """
    figure, ends = prepare_answer_figure(sheet, part, name), find_scale_ends(sheet)
    if (reason := explain_missing_score(sheet)) is not None or ends is None:
        return evolve(figure, reason=reason or Reason.SCALE_UNKNOWN)
    mark = ends[0] + clear * (ends[1] - ends[0]) - SCORE_ROUNDING
    scores = find_scores(sheet)
    high, known = int((scores >= mark).sum()), int((~np.isnan(scores)).sum())
    figure = evolve(figure, value=high / known, numerator=float(high), denominator=float(known))
    if not sheet.listed.all():
        return figure
    # Everything that was not answered lies at the lowest answer, or everything at the highest.
    lower, upper = (float((fill_scores(sheet, end) >= mark).mean()) for end in ends)
    return evolve(figure, lower=lower, upper=upper)


def build_statistic(
    sheet: AnswerSheet, part: str | None, name: str, found: ValueOrReason, *, enough: bool
) -> Figure:
    """Return a figure whose range is known only where everybody answered everything.

    Args:
        sheet: The answers.
        part: The group.
        name: The figure.
        found: Its value, or why it has none.
        enough: Whether there were enough to compute it from, had everybody answered.
    """
    value, reason = found
    figure = prepare_answer_figure(sheet, part, name)
    if enough and reason in TOO_FEW:
        reason = Reason.SOME_DID_NOT_ANSWER
    if known := explain_missing_score(sheet) or reason:
        return evolve(figure, reason=known)
    end = value if figure.observed == 1 else None
    return evolve(figure, value=value, lower=end, upper=end)


def average_if_known(numbers: Sequence[float | None]) -> float | None:
    """Return the mean of some numbers; None where one of them is not known."""
    known = [number for number in numbers if number is not None]
    return float(np.mean(known)) if len(known) == len(numbers) else None
