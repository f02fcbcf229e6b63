"""Disclosure: the gate between what is computed and what is seen."""

from plfkit.disclosure.comparing import compare
from plfkit.disclosure.gate import BAND, WITHHELD, Released, release

__all__ = ["BAND", "WITHHELD", "Released", "compare", "release"]
