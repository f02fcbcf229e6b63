"""Where organisations come from and go to: a short module a format, and one door each way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from plfkit.rooms import index_names, load_name

if TYPE_CHECKING:
    from plfkit.sources.dialects import Dialect
    from plfkit.sources.formats import WORKBOOK
    from plfkit.sources.given import Given
    from plfkit.sources.limits import Limits
    from plfkit.sources.readers import Reader, TextRow
    from plfkit.sources.reading_sources import read_frames, read_source
    from plfkit.sources.self_description import find_data_language, find_profile_name
    from plfkit.sources.writing import write

__all__ = [
    "WORKBOOK",
    "Dialect",
    "Given",
    "Limits",
    "Reader",
    "TextRow",
    "find_data_language",
    "find_profile_name",
    "read_frames",
    "read_source",
    "write",
]
_PLACES = index_names(
    {
        "sources.dialects": "Dialect",
        "sources.formats": "WORKBOOK",
        "sources.given": "Given",
        "sources.limits": "Limits",
        "sources.readers": "Reader TextRow",
        "sources.reading_sources": "read_frames read_source",
        "sources.self_description": "find_data_language find_profile_name",
        "sources.writing": "write",
    }
)
"""Where each name stands: it loads when it is asked for, since a folder needs nothing of workbooks."""

if not TYPE_CHECKING:

    def __getattr__(name: str) -> Any:
        return load_name(__name__, name, _PLACES)
