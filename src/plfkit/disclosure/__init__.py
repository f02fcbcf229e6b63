"""Disclosure: the gate between what is computed and what is seen."""

from plfkit.disclosure.comparing import compare
from plfkit.disclosure.gate import Released, release

__all__ = ["Released", "compare", "release"]
