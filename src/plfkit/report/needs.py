"""Needs in words: what would have to be collected or registered, as somebody could be asked for it."""

from __future__ import annotations

from collections.abc import Mapping

from plfkit.model.records.needs import COMMUNITY_ANSWERS, SILENT_ANSWERS, Need
from plfkit.model.records.rows import EVENTS_TABLE
from plfkit.model.words.kinds import Label
from plfkit.model.words.wording import TableWords


def word_need(
    need: Need, kinds: Mapping[str, Label], language: str, *, listed: bool = False
) -> str:
    """Say which table is needed, or which list: a log of events, or a register, of some kind or all.

    Args:
        need: What would have to be filled in or said to be complete.
        kinds: What readers call kinds; one without a name stands as it is written.
        language: The language.
        listed: Whether there is a list of who was asked, so that only answers are lacking.
    """
    words = TableWords.of(language)
    if need == COMMUNITY_ANSWERS:
        return words("needed.answers_of_communities")
    if listed and need == SILENT_ANSWERS:
        return words("needed.answers_of_silent")
    if need.of is None:
        return words(f"needed.{need.table}")
    if need.kind is None:
        return words(f"lists.{need.of}")
    kind = words.label(kinds[need.kind]).lower() if need.kind in kinds else need.kind
    return words("logs.of" if need.of == EVENTS_TABLE else f"lists.{need.of}_of", kind=kind)
