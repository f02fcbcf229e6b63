"""Disclosure: the gate between what is computed and what is seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from plfkit.rooms import index_names, load_name

if TYPE_CHECKING:
    from plfkit.disclosure.comparing import compare, release_comparison
    from plfkit.disclosure.folders import ReleasedFolders, release_folders
    from plfkit.disclosure.gate import release
    from plfkit.disclosure.ledger import Ledger, open_ledger
    from plfkit.disclosure.released import Released

__all__ = [
    "Ledger",
    "Released",
    "ReleasedFolders",
    "compare",
    "open_ledger",
    "release",
    "release_comparison",
    "release_folders",
]
_PLACES = index_names(
    {
        "disclosure.comparing": "compare release_comparison",
        "disclosure.folders": "ReleasedFolders release_folders",
        "disclosure.gate": "release",
        "disclosure.ledger": "Ledger open_ledger",
        "disclosure.released": "Released",
    }
)
"""Where each name stands: whoever judges one scorecard compares no municipalities, and keeps no ledger."""


if not TYPE_CHECKING:

    def __getattr__(name: str) -> Any:
        return load_name(__name__, name, _PLACES)


def __dir__() -> list[str]:
    return list(__all__)
