"""Rounding: with how many digits figures leave."""

from __future__ import annotations

from math import floor, log10
from typing import Any

from attrs import evolve

from plfkit.model.results.figures import Figure
from plfkit.model.results.result import Result

_SCALED_COLUMNS = ("value", "lower", "upper", "interval_lower", "interval_upper", "expected", "sd")
"""Columns in the unit of the figure; with them go what it was before and after a change."""


_UNITLESS_COLUMNS = ("z", "t", "p_greater", "p_less", "p_value", "p_adjusted")


_RELEASED_DIGITS = 3


def round_figure(figure: Figure, result: Result) -> Figure:
    """Round every number of a figure, each in its own unit."""
    scales = {
        **dict.fromkeys((*_SCALED_COLUMNS, "before", "after"), result.scale_of(figure)),
        **dict.fromkeys(("observed", "response_rate"), "share"),
        **dict.fromkeys(_UNITLESS_COLUMNS, "index"),
    }
    rounded: dict[str, Any] = {
        name: round_by_scale(getattr(figure, name), scale) for name, scale in scales.items()
    }
    return evolve(figure, **rounded)


def round_by_scale(value: float | None, scale: str) -> float | None:
    """Round a share to a tenth of a per cent, anything else to three significant digits."""
    if value is None or not value:
        return value
    if scale in {"share", "points"}:
        return round(value, _RELEASED_DIGITS)
    # 0.01234 has its first digit at 10⁻², so it is rounded to 3 − 1 + 2 = 4 decimals: 0.0123.
    return round(value, _RELEASED_DIGITS - 1 - floor(log10(abs(value))))
