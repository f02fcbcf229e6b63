"""Standards: what is asked of a community before it is called active, or its rhythm steady."""

from __future__ import annotations

from attrs import frozen


@frozen
class Standards:
    """What plfkit asks for. Each of these is a *convention*: no source gives the number.

    Six meetings and six weeks belong together: a Danish school teaches for forty weeks or so, and a
    meeting every six weeks makes six to seven a year. Practice elsewhere is closer, weekly or every
    other week, so these are floors. All that is said of a school year holds in proportion for other
    periods, and for communities that were there for a part of the year.

    Attributes:
        meetings: How many meetings in a school year make a community active.
        windows: In how many stretches of equal length a school year is looked at: two months each.
        windows_met: In how many of them an active community met.
        fewest: How few meetings show no rhythm at all.
        between: How many days the median gap between meetings may have.
        longest: How many days may pass without a meeting, from the first day of teaching to the last.
        varied: How far gaps may vary: their standard deviation over their mean.
        clear: How far up a scale is clear: two thirds, which is 3 on a scale from 1 to 4.
        opens: The first day of the year on which schools teach, by month and day.
        closes: The day after the last.
    """

    meetings: int = 6
    windows: int = 5
    windows_met: int = 4
    fewest: int = 3
    between: int = 42
    longest: int = 84
    varied: float = 1.0
    clear: float = 2 / 3
    opens: str = "08-08"
    closes: str = "06-26"


STANDARDS = Standards()
"""The *convention* that all measures follow."""
