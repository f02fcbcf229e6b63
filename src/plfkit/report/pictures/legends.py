"""Legends: which signs a picture has, and what each of them means."""

from __future__ import annotations

from collections.abc import Iterable

from plfkit.report.pictures.canvas import LegendEntry
from plfkit.report.pictures.signs import SIGNS, draw_mark_sign
from plfkit.report.texts import Texts


def list_entries(used: Iterable[str], texts: Texts, *, mark: str = "") -> list[LegendEntry]:
    """Return what the signs of figures mean that a picture has, in one order everywhere.

    Args:
        used: The names of the signs.
        texts: The words.
        mark: What the mark is called, if there is one.
    """
    shown = set(used)
    entries = [
        LegendEntry(draw, texts(f"pictures.sign_{name}"))
        for name, draw in SIGNS.items()
        if name in shown
    ]
    return entries + ([LegendEntry(draw_mark_sign, mark)] if mark else [])
