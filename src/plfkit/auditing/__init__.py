"""The audit: what published figures tell of people, found out as a reader with a staff list would."""

from typing import TYPE_CHECKING

from plfkit.auditing.judging import audit
from plfkit.auditing.leaks import Leak, LeakKind
from plfkit.rooms import load_module

__all__ = ["Leak", "LeakKind", "audit"]

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        return load_module(__name__, name)


def __dir__() -> list[str]:
    return list(__all__)
