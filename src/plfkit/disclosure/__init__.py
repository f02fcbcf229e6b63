"""Disclosure: the gate between what is computed and what is seen."""

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


def __dir__() -> list[str]:
    return list(__all__)
