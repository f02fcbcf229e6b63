"""Several tests at once: p-values corrected for how many there are."""

from __future__ import annotations

import numpy as np
from attrs import evolve

from plfkit.arrays import Floats
from plfkit.errors import MeasureError
from plfkit.model.results.figures import replace_column
from plfkit.model.results.result import Result
from plfkit.model.words.notes import Note
from plfkit.requiring import require_instance

METHODS = ("holm", "benjamini_hochberg")


def adjusted(result: Result, method: str = "holm") -> Result:
    """Return a result with its p-values corrected, in the column ``p_adjusted``.

    The figures of one result are one family. ``"holm"`` bounds the chance of a single false alarm
    (Holm 1979), ``"benjamini_hochberg"`` the expected share of false alarms among the alarms
    (Benjamini & Hochberg 1995). Figures without a p are left out of the family.

    Args:
        result: A result whose figures were tested.
        method: Which of the two.

    Raises:
        MeasureError: There is no such method, the result has no p-values, or an adaptive test
            stopped early: its p is not made for that.
    """
    from scipy.stats import false_discovery_control  # noqa: PLC0415 - loads for a second

    require_instance(result, Result)
    if method not in METHODS:
        raise MeasureError(f"p-values are corrected by {' or '.join(METHODS)}, not {method!r}")
    if Note.STOPPED_EARLY in result.notes:
        raise MeasureError(
            "an adaptive test that stopped early cannot be corrected: leave adaptive out"
        )
    p = np.array([np.nan if f.p_value is None else f.p_value for f in result])
    tested = ~np.isnan(p)
    if not tested.any():
        raise MeasureError(f"{result.measure} has no p-values here: ask for a null first")
    corrected = np.full(len(p), np.nan)
    correct = _correct_by_holm if method == "holm" else false_discovery_control
    corrected[tested] = correct(p[tested])
    notes = {**result.notes, Note.TESTED_TOGETHER: int(tested.sum())}
    return evolve(
        result, figures=replace_column(result.figures, "p_adjusted", corrected), notes=notes
    )


def _correct_by_holm(p: Floats) -> Floats:
    """Step down: the smallest p times how many there are, the next times one fewer, never falling."""
    order = np.argsort(p, kind="stable")
    steps = np.maximum.accumulate(p[order] * np.arange(len(p), 0, -1))
    corrected = np.empty(len(p))
    corrected[order] = np.minimum(steps, 1.0)
    return corrected
