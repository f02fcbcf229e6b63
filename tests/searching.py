"""How far properties look: each as far as it is worth, and all of them deeper on request."""

from __future__ import annotations

from math import ceil
from typing import Any

from hypothesis import settings

DEPTHS = {"quick": 5, "plfkit": 10, "deep": 100, "long": 1000}
"""How many examples a property of no depth of its own looks at, by the profile's name."""
_USUAL = 50
_FEWEST = 3


def search(examples: int, **more: Any) -> settings:
    """Say how far one property looks: at so many examples where others look at fifty.

    Args:
        examples: How many; a profile that looks less far or farther does so here in proportion.
        more: Other settings of hypothesis.
    """
    share = settings().max_examples / _USUAL
    return settings(max_examples=max(_FEWEST, ceil(examples * share)), **more)
