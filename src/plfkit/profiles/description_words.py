"""The words in which profiles are described, as text and on the page of indicators."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import frozen

from plfkit.model.declared.declarations import Indicator
from plfkit.model.words.wording import TableWords, Wording

_PER_CENT = 100
_DANISH_NUMBERS = str.maketrans(".,", ",.")


@frozen
class DescriptionWords(Wording):
    """The words of a description."""

    package = "plfkit.profiles"
    file = "description.toml"

    def write_number(self, value: float) -> str:
        """Write a number as people do."""
        written = f"{value:,.10g}"
        return written.translate(_DANISH_NUMBERS) if self.language == "da" else written

    def write_period(self, text: str) -> str:
        """Write a period; one without an end as what has held since."""
        start, slash, end = text.partition("/")
        if slash and not end:
            return self("lines.since", text=start.removesuffix("-01-01"))
        return self("lines.period", text=text)

    def name_tables(self, names: Iterable[str]) -> str:
        """Write what tables hold."""
        words = TableWords.of(self.language)
        return ", ".join(words(f"tables.{name}") for name in names)


def describe_direction(indicator: Indicator, say: DescriptionWords) -> Iterator[str]:
    """Yield what is wanted: more or less, a target, by when and for whom, where it began and on which way."""
    yield say(f"lines.{indicator.direction or 'no_direction'}")
    if (target := indicator.target) is not None:
        yield say(f"lines.{target.source}", value=say.write_number(target.value))
        if target.by is not None:
            yield say("lines.target_by", year=target.by)
        if indicator.each is not None and target.needs == "all":
            yield say("lines.target_each", each=indicator.each)
        elif indicator.each is not None and target.needs != "all":
            share = say.write_number(_PER_CENT * target.needs)
            yield say("lines.target_share", share=share, each=indicator.each)
    if (began := indicator.baseline) is not None:
        yield say("lines.baseline", value=say.write_number(began.value), year=began.period)
    for year, value in sorted(indicator.steps.items()):
        yield say("lines.step", value=say.write_number(value), year=year)


def write_measure_call(indicator: Indicator) -> str:
    """Return the call that computes an indicator, as one writes it in Python."""
    arguments = (
        f"{name}={' + '.join(value) if isinstance(value, list) else value}"
        for name, value in indicator.arguments.items()
    )
    return f"{indicator.measure}({', '.join(arguments)})"
