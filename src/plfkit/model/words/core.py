"""The document of the core vocabulary, ``core.toml``."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

from plfkit.model.documents import parse_toml

FIVE_CHARACTERISTICS = "five_characteristics"
"""The framework that the others answer to."""


@cache
def load_core_document() -> Mapping[str, Any]:
    """Return what ``core.toml`` holds."""
    text = resources.files("plfkit.model.words").joinpath("core.toml").read_text(encoding="utf-8")
    return parse_toml(text, "core.toml")
