"""Standards: where lines are drawn that no law and no study draws, so that a municipality may."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from attrs import Factory, asdict, fields, frozen

from plfkit.errors import DocumentError, PeriodError, Problem
from plfkit.model.declared.declarations import LOWEST_STATISTICS
from plfkit.model.words.titles import suggest_word
from plfkit.model.words.wording import Wording
from plfkit.periods import MonthDay

_GAP_TEXT = re.compile(r"([1-9][0-9]{0,2}) (day|week)s?")
_WEEK = 7
WINDOWS = 5
"""In how many stretches of equal length a school year is looked at: two months each."""
_LENGTHS, _DAYS_OF_YEAR = ("longest_gap", "longest_break"), ("opens", "closes")
_KNOWN_SOURCES = {
    "clear": "Olivier & Hipp (2010); SEDL: 3.0 on a scale from 1 to 4 is general agreement"
}
"""Where the numbers come from that plfkit did not choose itself."""
_LIMITS: Mapping[str, tuple[float, float]] = {
    "meetings": (1, 200),
    "windows": (1, WINDOWS),
    "fewest": (2, 200),
    "varied": (0, 100),
    "clear": (0.01, 1),
    "steps": (1, 10),
    "answers": (LOWEST_STATISTICS, 1000),
    "sure": (0, 100),
    "fairly_sure": (0, 100),
    "response_gap": (0, 100),
}
_PER_CENT_FACTOR = 100


@frozen(kw_only=True)
class Standards:
    """Where lines are drawn that no law and no study draws: a municipality may draw them elsewhere.

    Six meetings and six weeks belong together: a Danish school teaches for forty weeks or so, and a
    meeting every six weeks makes six to seven a year. Practice elsewhere is closer, weekly or every
    other week, so these are floors. All that is said of a school year holds in proportion for other
    periods, and for communities that were there for a part of the year.

    Attributes:
        meetings: How many meetings in a school year make a community active.
        windows: In how many of the five two-month windows of a school year an active community meets.
        fewest: How few meetings show no rhythm at all.
        longest_gap: How far apart meetings in a steady rhythm usually lie at most (the median), as
            "6 weeks" or "45 days".
        longest_break: How long may pass without a meeting in a steady rhythm, from the first day of
            teaching to the last.
        varied: How far gaps may vary in a steady rhythm: their standard deviation over their mean.
        opens: The first day of the year on which schools teach, as month and day.
        closes: The day after the last.
        clear: How far up the scale, from 0 to 1, a community must see itself.
        steps: Over how many ties somebody counts as reached.
        answers: The least number of people behind a statistic of answers. It may rise, but never fall
            below what the gate asks for.
        sure: How wide a range may be, in percentage points, for a figure to be called certain.
        fairly_sure: How wide it may be to be called fairly certain.
        response_gap: How far response rates of two years may lie apart, in percentage points, for
            their figures to be compared.
        sources: Where a standard comes from, by its key; one without a source is a convention.
    """

    meetings: int = 6
    windows: int = 4
    fewest: int = 3
    longest_gap: str = "6 weeks"
    longest_break: str = "12 weeks"
    varied: float = 1.0
    opens: str = "08-08"
    closes: str = "06-26"
    clear: float = 2 / 3
    steps: int = 2
    answers: int = LOWEST_STATISTICS
    sure: float = 5.0
    fairly_sure: float = 20.0
    response_gap: float = 5.0
    sources: Mapping[str, str] = Factory(dict)

    def __attrs_post_init__(self) -> None:
        """Refuse what no standard can be, all of it at once."""
        if problems := list(_find_standard_problems(self)):
            raise DocumentError("the standards", problems)

    def find_source(self, name: str) -> str | None:
        """Return where a standard comes from; None for a convention."""
        own = self.sources.get(name)
        return _KNOWN_SOURCES.get(name) if own is None and self._is_default(name) else own

    def _is_default(self, name: str) -> bool:
        return bool(getattr(self, name) == getattr(fields(Standards), name).default)

    @property
    def gap_days(self) -> int:
        """How far apart meetings in a steady rhythm usually lie at most, in days."""
        return _count_gap_days(self.longest_gap)

    @property
    def break_days(self) -> int:
        """How many days may pass without a meeting in a steady rhythm."""
        return _count_gap_days(self.longest_break)


STANDARD_KEYS = tuple(
    attribute.name for attribute in fields(Standards) if attribute.name != "sources"
)
"""The keys of the standards."""

COUNTED = tuple(
    key for key in STANDARD_KEYS if key not in {"answers", "sure", "fairly_sure", "response_gap"}
)
"""Those that change figures, not what is said of them."""


def _split_gap(text: str) -> tuple[int, str]:
    """Return the number and the unit, ``day`` or ``week``, of a length of time as text."""
    number, unit = text.removesuffix("s").split()
    return int(number), unit


def _count_gap_days(text: str) -> int:
    number, unit = _split_gap(text)
    return number * (_WEEK if unit == "week" else 1)


def _find_standard_problems(standards: Standards) -> Iterator[Problem]:
    values = asdict(standards)
    for name, (least, most) in _LIMITS.items():
        if not least <= values[name] <= most:
            message = f"{name} lies between {least:g} and {most:g}, not at {values[name]:g}"
            yield Problem((name,), message)
    for name in _LENGTHS:
        if not _GAP_TEXT.fullmatch(values[name]):
            yield Problem((name,), f'write "6 weeks" or "45 days", not {values[name]!r}')
    for name in _DAYS_OF_YEAR:
        try:
            MonthDay.parse(values[name])
        except PeriodError as error:
            yield Problem((name,), str(error))
    if standards.fairly_sure < standards.sure:
        yield Problem(
            ("fairly_sure",), f"what is fairly sure is no narrower than {standards.sure:g}"
        )
    for name in standards.sources:
        if name not in STANDARD_KEYS:
            hint = suggest_word(name, STANDARD_KEYS) or f"; there are {', '.join(STANDARD_KEYS)}"
            yield Problem(("sources", name), f"there is no standard {name!r}{hint}")


@frozen
class StandardWords(Wording):
    """What readers are told of the standards."""

    package = "plfkit.model.declared"
    file = "standards.toml"

    def tell_standards(self, standards: Standards) -> list[str]:
        """Return each standard as a sentence, with its source or as a convention."""
        return [self._tell_standard(standards, name) for name in STANDARD_KEYS]

    def _tell_standard(self, standards: Standards, name: str) -> str:
        text = self(f"standards.{name}", value=self._write_standard_value(standards, name))
        source = standards.find_source(name)
        origin = self("origin.convention") if source is None else self("origin.source", text=source)
        return f"{text} [{origin}]"

    def _write_standard_value(self, standards: Standards, name: str) -> str:
        if name in _DAYS_OF_YEAR:
            return str(getattr(standards, name))
        if name in _LENGTHS:
            number, unit = _split_gap(getattr(standards, name))
            return (
                self(f"length.one_{unit}") if number == 1 else self(f"length.{unit}", number=number)
            )
        value = getattr(standards, name) * (_PER_CENT_FACTOR if name == "clear" else 1)
        written = f"{value:.3g}" if name == "clear" else f"{value:g}"
        return written.replace(".", ",") if self.language == "da" else written
