"""Calls of measures written out: what was given, and the defaults of what was left out."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from typing import Any

from plfkit.measures.engine.arguments import read_keywords
from plfkit.measures.engine.catalogue import Measure
from plfkit.measures.engine.expanding import DEFAULTS


def fill_in_arguments(measure: Measure, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Return every argument of a call, as the measure takes it: two that are equal ask the same.

    Args:
        measure: The measure.
        arguments: What it is called with; the rest is filled in with its defaults.

    Raises:
        MeasureError: An argument is unknown, missing, or of the wrong type.
    """
    keywords = read_keywords(measure.function)
    own = inspect.signature(measure.function).parameters
    defaults = {name: own[name].default for name in keywords if name in own}
    return {
        # What stands later wins: nothing, defaults of options, those of the measure, what is given.
        **dict.fromkeys(keywords),
        **{name: default for name, default in DEFAULTS.items() if name in keywords},
        **defaults,
        **measure.prepare_arguments(arguments),
    }
