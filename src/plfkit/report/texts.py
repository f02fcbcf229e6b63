"""What the report says, in one language: fixed texts, labels, numbers."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any

from attrs import frozen

from plfkit.errors import MissingExtraError
from plfkit.hints import Hint, Language
from plfkit.model.records.needs import Need
from plfkit.model.records.rows import EVENTS_TABLE
from plfkit.model.words.kinds import Label
from plfkit.model.words.wording import Wording
from plfkit.periods import UNDATED
from plfkit.report.needs import word_need

_NUMBERS = re.compile(r"([0-9]+)")
_DANISH_ORDER = str.maketrans({"æ": "{", "ä": "{", "ø": "|", "ö": "|", "å": "}"})
_MAIN_NEEDS = 2
_MINUS = "\N{MINUS SIGN}"
_MOST_NUMBERS = 4096
"""How many numbers are kept as they were written."""
_LOCALES = {"da": "da_DK", "en": "en_GB"}
_PATTERNS = {"da": "#,##0.0 %", "en": "#,##0.0%"}


@frozen
class Texts(Wording):
    """The report's words and numbers in one language."""

    package = "plfkit.report"
    file = "texts.toml"

    def of_id(self, section: str, name: str, **words: Any) -> str:
        """Return the text of an id, or the id itself if it comes from somebody else's measure."""
        known = name in self.read_texts()[section]
        return (
            self(f"{section}.{name}", **words)
            if known
            else ": ".join([name, *map(str, words.values())])
        )

    def say_hint(self, hint: Hint) -> str:
        """Say a hint to somebody who reads the page."""
        language: Language = "da" if self.language == "da" else "en"
        return hint.say(language=language, audience="page")

    def write_needs(
        self, needs: Iterable[Need], kinds: Mapping[str, Label], *, listed: bool = False
    ) -> str:
        """Write what would have to be filled in or registered, as a sentence does.

        Args:
            needs: What would have to be.
            kinds: What readers call kinds of events, roles, levels, communities and qualifications.
            listed: Whether there is a list of who was asked, so that only answers are lacking.
        """
        words = [word_need(need, kinds, self.language, listed=listed) for need in needs]
        return self.write_listing(words)

    def write_main_needs(
        self, needs: Sequence[Need], kinds: Mapping[str, Label], *, listed: bool = False
    ) -> str:
        """Write what is needed in few words: several logs as one, and no more than two things."""
        logs = [need for need in needs if need.of == EVENTS_TABLE]
        others = [need for need in needs if need.of != EVENTS_TABLE]
        words = [word_need(need, kinds, self.language, listed=listed) for need in others]
        if len(logs) > 1:
            words.append(self("needs.logs", count=len(logs)))
        else:
            words += [word_need(need, kinds, self.language, listed=listed) for need in logs]
        if len(words) > _MAIN_NEEDS:
            words = [*words[:_MAIN_NEEDS], self("needs.more", count=len(words) - _MAIN_NEEDS)]
        return self.write_listing(words)

    @property
    def _babel_locale(self) -> Any:
        return _load_locale(self.language)

    def write_number(self, value: float) -> str:
        """Write a number as it is; the gate has rounded it."""
        return _write_decimal(str(value), self.language)

    def write_tenths(self, value: float) -> str:
        """Write a number with one decimal."""
        text: str = _import_babel().format_decimal(value, "#,##0.0", self._babel_locale)
        return text.replace("-", _MINUS)

    def write_per_cent(self, share: float) -> str:
        """Write a share in per cent with one decimal."""
        return _write_percentage(str(share), _PATTERNS[self.language], self.language)

    def write_whole_per_cent(self, share: float) -> str:
        """Write a share in whole per cent."""
        pattern = _PATTERNS[self.language].replace(".0", "")
        return _write_percentage(str(share), pattern, self.language)

    def write_date(self, day: str) -> str:
        """Write an ISO date as people do."""
        from babel.dates import format_date  # noqa: PLC0415 - an extra

        shown = dt.date.fromisoformat(day)
        return str(format_date(shown, "long", locale=self._babel_locale))

    def write_period(self, at: str) -> str:
        """Write a period as its years, or that the data have no dates."""
        return self("page.period_undated") if at == UNDATED else at

    def write_subtitle(self, at: str) -> str:
        """Write which school year a page is about, or that its data have no dates."""
        period = self.write_period(at)
        if at == UNDATED:
            return period[:1].upper() + period[1:]
        return self("page.subtitle", period=period)

    def write_listing(self, words: list[str]) -> str:
        """Join words as a sentence does."""
        from babel.lists import format_list  # noqa: PLC0415 - an extra

        return str(format_list(words, locale=self._babel_locale)) if words else ""


def make_collation_key(name: str) -> tuple[list[tuple[int, str]], str]:
    """Return a key that sorts names as Danes do: æ, ø and å come after z, and 2 before 10."""
    written = name.casefold().translate(_DANISH_ORDER)
    # "skole 10" is split into "skole ", "10" and "": texts and numbers take turns.
    pieces = [
        (int(piece), "") if place % 2 else (0, piece)
        for place, piece in enumerate(_NUMBERS.split(written))
    ]
    return pieces, name


@cache
def _load_locale(language: str) -> Any:
    """Return how a language writes numbers, days and lists; by its name it would be parsed each time."""
    from babel import Locale  # noqa: PLC0415 - an extra

    return Locale.parse(_LOCALES[language])


@lru_cache(_MOST_NUMBERS)
def _write_decimal(number: str, language: str) -> str:
    """Write a number, given as Python writes it, as a language does; a page has each a hundred times."""
    text: str = _import_babel().format_decimal(
        Decimal(number), locale=_load_locale(language), decimal_quantization=False
    )
    return text.replace("-", _MINUS)


@lru_cache(_MOST_NUMBERS)
def _write_percentage(share: str, pattern: str, language: str) -> str:
    """Write a share, given as Python writes it, in per cent by a pattern."""
    text: str = _import_babel().format_percent(Decimal(share), pattern, _load_locale(language))
    return text.replace("-", _MINUS)


def _import_babel() -> Any:
    try:
        from babel import numbers  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise MissingExtraError("report", Hint("libraries.report")) from error
    return numbers
