"""Reversed items: answers turned round, so that a high one means the same for every item of a scale."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from plfkit.arrays import Floats, Numbers
from plfkit.model.records.rows import Answer, Survey
from plfkit.model.records.tables import Column, Table, recode_column


def turn_answers(answers: Table[Answer], surveys: Table[Survey], items: Iterable[str]) -> Floats:
    """Return all answers, those to reversed items turned: lowest + highest − answer.

    On a scale from 1 to 4 a 4 to a reversed item becomes a 1. The scale is that of the survey which
    the answer is from; where it does not tell its ends, a reversed item cannot be turned and has NaN.

    Args:
        answers: The answers, of these surveys.
        surveys: The surveys.
        items: The reversed items.
    """
    values = np.array(answers.column("value").values, np.float64)
    against = np.flatnonzero(recode_column(answers.column("item"), tuple(items)) >= 0)
    if not len(against):
        return values
    survey = find_survey_rows(answers.column("survey"), surveys)[against]
    # Ends that nobody told are NaN, and so is whatever is taken from them.
    lowest, highest = (read_scale_ends(surveys, name)[survey] for name in ("lowest", "highest"))
    values[against] = lowest + highest - values[against]
    return values


def find_survey_rows(column: Column, surveys: Table[Survey]) -> Numbers:
    """Return the row of the survey that each cell of a column names."""
    ids = surveys.column("id")
    row_of = np.zeros(len(ids.categories) + 1, np.int64)
    row_of[ids.values] = np.arange(len(ids))
    return np.asarray(row_of[recode_column(column, ids.categories)])


def read_scale_ends(surveys: Table[Survey], name: str) -> Floats:
    """Return the ``"lowest"`` or ``"highest"`` answer of each survey's scale; NaN if nobody told."""
    column = surveys.column(name)
    return np.where(column.missing, np.nan, column.values)
