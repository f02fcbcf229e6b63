"""Drafts of mappings: a file is looked at, and what it says of itself is written down."""

from __future__ import annotations

from plfkit.sources.drafting.draft import Draft, build_draft
from plfkit.sources.drafting.sketching import FrameworkUse
from plfkit.sources.drafting.writing import Question

__all__ = ["Draft", "FrameworkUse", "Question", "build_draft"]
