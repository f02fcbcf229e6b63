"""Drafts of mappings: a file is looked at, and what it says of itself is written down."""

from __future__ import annotations

from plfkit.sources.drafting.draft import MappingDraft, build_draft
from plfkit.sources.drafting.writing import Question

__all__ = ["MappingDraft", "Question", "build_draft"]
