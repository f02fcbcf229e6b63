"""Agreement and consistency: formulas over arrays of answers, respondents by items.

What is undefined comes back as None with the reason for it.
"""

from __future__ import annotations

import numpy as np

from plfkit.arrays import Floats, Numbers
from plfkit.measures.engine.strata import MOST_FEW_SCHOOLS
from plfkit.model.words.reasons import Reason

Answers = Floats
ValueOrReason = tuple[float | None, str | None]
"""A number, or None and why there is none."""

LEAST_VARIANCE = 1e-12
"""Variances up to this are those of equal answers."""


def compute_variances(values: Answers) -> Answers:
    """Return the variance (n − 1) of each column; NaN for fewer than two answers."""
    answered = ~np.isnan(values)
    count = answered.sum(axis=0)
    safe = np.maximum(count, 1)  # an item without answers is told apart below, not divided by 0
    mean = np.where(answered, values, 0.0).sum(axis=0) / safe
    squares = np.where(answered, (values - mean) ** 2, 0.0).sum(axis=0)
    return np.where(count > 1, squares / np.maximum(count - 1, 1), np.nan)


def find_variance_limits(
    answers: Answers, missing: int, ends: tuple[float, float]
) -> tuple[float, float]:
    """Return the least and greatest variance there could be with some answers missing.

    Missing answers make it least where all lie at the mean of the others, which whole numbers may
    not reach, and greatest where each lies at one end of the scale.

    Args:
        answers: Those that came in; together with the missing ones there are at least two.
        missing: How many did not.
        ends: The least and the greatest answer on the scale.
    """
    count = len(answers) + missing
    least = float(answers.var()) * len(answers) / (count - 1) if len(answers) else 0.0
    # With two missing on a scale from 1 to 4: both at 1, one at either end, both at 4; one of these
    # three spreads answers most.
    high = np.arange(missing + 1)
    total = answers.sum() + high * ends[1] + (missing - high) * ends[0]
    squares = (answers**2).sum() + high * ends[1] ** 2 + (missing - high) * ends[0] ** 2
    return least, float(((squares - total**2 / count) / (count - 1)).max())


def compute_r_wg(mean_variance: float, items: int, ends: tuple[float, float]) -> float:
    """Return the within-group agreement on some items, below 0 where they vary more than at random.

    Args:
        mean_variance: The mean of the items' variances.
        items: How many items.
        ends: The least and the greatest answer; those between are the whole steps from one to the
            other, all equally likely at random.

    Source:
        James, Demaree & Wolf (1984), doi:10.1037/0021-9010.69.1.85.
    """
    options = ends[1] - ends[0] + 1
    # On a scale from 1 to 4 answers at random have variance (4² − 1)/12 = 1.25.
    ratio = mean_variance / ((options**2 - 1) / 12)
    if ratio >= 1:
        return 1 - ratio  # where all items together are no better defined than one
    return items * (1 - ratio) / (items * (1 - ratio) + ratio)


def compute_greatest_variance(count: int, ends: tuple[float, float]) -> float:
    """Return the variance (n − 1) of so many answers, half at either end of the scale."""
    # Of three answers on a scale from 1 to 4 one lies at the one end: 1 · 2/(3 · 2) · 9 = 3.
    half = count // 2
    return half * (count - half) / (count * (count - 1)) * (ends[1] - ends[0]) ** 2


def compute_average_deviation(values: Answers) -> ValueOrReason:
    """Return how far answers lie from the mean of their item, on average over the items (AD).

    Source:
        Burke, Finkelstein & Dusig (1999), doi:10.1177/109442819921004.
    """
    answered = ~np.isnan(values)
    if (count := answered.sum(axis=0)).min() < 2:  # noqa: PLR2004 - one answer has no others
        return None, Reason.TOO_FEW_PEOPLE
    mean = np.where(answered, values, 0.0).sum(axis=0) / count
    away = np.where(answered, np.abs(values - mean), 0.0).sum(axis=0) / count
    return float(away.mean()), None


def compute_alpha(values: Answers) -> ValueOrReason:
    """Return Cronbach's alpha, over those who answered all items.

    Source:
        Cronbach (1951), doi:10.1007/BF02310555.
    """
    complete = values[~np.isnan(values).any(axis=1)]
    items = complete.shape[1]
    if items < 2:  # noqa: PLR2004 - one item hangs together with nothing
        return None, Reason.ONE_ITEM
    if len(complete) < 2:  # noqa: PLR2004
        return None, Reason.TOO_FEW_PEOPLE
    total = float(complete.sum(axis=1).var(ddof=1))
    if total <= LEAST_VARIANCE:
        return None, Reason.SAME_ANSWERS
    return items / (items - 1) * (1 - float(complete.var(axis=0, ddof=1).sum()) / total), None


def compute_icc(scores: Answers, schools: Numbers) -> tuple[ValueOrReason, ValueOrReason]:
    """Return ICC(1) and ICC(2): the share of variance between schools, and how sure their means are.

    They come from a one-way analysis of variance. For the size of schools stands
    (N − Σn²/N) / (G − 1), with N respondents at G schools of n, which is their size where all are alike.

    Args:
        scores: One for each respondent.
        schools: The number of each respondent's school; −1 for none.

    Source:
        Bliese (2000), in Klein & Kozlowski, Multilevel theory, research, and methods.
    """
    inside = schools >= 0
    scores, (_, number) = scores[inside], np.unique(schools[inside], return_inverse=True)
    sizes = np.bincount(number)
    if len(sizes) <= MOST_FEW_SCHOOLS:
        return (None, Reason.TOO_FEW_SCHOOLS), (None, Reason.TOO_FEW_SCHOOLS)
    if len(scores) == len(sizes):
        return (None, Reason.TOO_FEW_PEOPLE), (None, Reason.TOO_FEW_PEOPLE)
    means = np.bincount(number, scores) / sizes
    between = float((sizes * (means - scores.mean()) ** 2).sum()) / (len(sizes) - 1)
    within = float(((scores - means[number]) ** 2).sum()) / (len(scores) - len(sizes))
    if max(between, within) <= LEAST_VARIANCE:
        return (None, Reason.SAME_ANSWERS), (None, Reason.SAME_ANSWERS)
    # Schools of 2 and 4: (6 − 20/6)/1 = 2.67, less than their mean of 3; of 3 and 3: 3.
    size = float(len(scores) - (sizes**2).sum() / len(scores)) / (len(sizes) - 1)
    first = (between - within) / (between + (size - 1) * within)
    sure = (
        (None, Reason.SAME_ANSWERS)
        if between <= LEAST_VARIANCE
        else ((between - within) / between, None)
    )
    return (first, None), sure
