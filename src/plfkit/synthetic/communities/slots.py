"""Slots: the places for communities, before anybody is in them."""

from __future__ import annotations

from attrs import frozen

from plfkit.arrays import Numbers

TEAM_SIZE = 6


@frozen(eq=False)
class Slot:
    """A place for a community at a school: its kind, its name, who belongs there, and since when."""

    kind: str
    name: str
    seats: Numbers
    first: int = 0
