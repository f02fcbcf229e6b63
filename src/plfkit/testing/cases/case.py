"""What a case says: rows of native tables, what is expected of them, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from attrs import Factory, field, fields_dict, frozen

from plfkit.model.records.rows import NATIVE_ROWS
from plfkit.model.validators import FieldError
from plfkit.model.words.kinds import Label

NO_VALUE_WORDS = frozenset({"", "~", "null", "none"})
"""How a case writes that there is no value."""

EXPECTED_KEYS = ("part", "figure", "from_", "to")
"""What tells which of several figures is meant."""

NUMBER_FIELDS = ("value", "lower", "upper", "numerator", "denominator", "n", "observed")

INDICATOR_FIELDS = frozenset({*EXPECTED_KEYS, *NUMBER_FIELDS, "reason", "verdict", "missing"})
"""What may be expected of an indicator."""

CLAIM_FIELDS = frozenset(
    {"verdict", "missing", "supported", "contradicted", "open", "lower", "upper"}
)
"""What may be expected of a claim."""
CASE_TABLES = tuple(NATIVE_ROWS)


@frozen(kw_only=True)
class Expected:
    """What one figure of a case is to be; only what is said is checked.

    Attributes:
        part: The group of `by=` that it is about.
        figure: Which figure, for measures that have several.
        from_: The group that ties, or communities, go from.
        to: The group that they go to.
        value: A decimal, compared to as many digits as it has, or a fraction; nothing for no value.
        reason: Why there is no value.
        verdict: The verdict of the indicator, or of the claim.
        missing: What would have to be filled in or registered.
        supported: Of how many units or people a claim holds.
        contradicted: Of how many it does not hold.
        open: Of how many it is not known.
    """

    part: str | None = None
    figure: str | None = None
    from_: str | None = None
    to: str | None = None
    value: str | None = None
    lower: str | None = None
    upper: str | None = None
    numerator: str | None = None
    denominator: str | None = None
    n: str | None = None
    observed: str | None = None
    reason: str | None = None
    verdict: str | None = None
    missing: tuple[str, ...] | None = None
    supported: str | None = None
    contradicted: str | None = None
    open: str | None = None

    def __attrs_post_init__(self) -> None:
        """Refuse what is no number where one is due."""
        for name in (*NUMBER_FIELDS, "supported", "contradicted", "open"):
            text = getattr(self, name)
            if text is not None and text.strip().lower() not in NO_VALUE_WORDS:
                try:
                    Fraction(text)
                except (ValueError, ZeroDivisionError):
                    raise FieldError(name, f"{text!r} is no number or fraction") from None

    @property
    def says_something(self) -> bool:
        """Whether there is anything to check, beside which figure is meant."""
        said = (name for name in fields_dict(type(self)) if name not in EXPECTED_KEYS)
        return any(getattr(self, name) is not None for name in said)


@frozen(kw_only=True)
class Case:
    """A few rows, and what an indicator or a claim gives on them.

    Attributes:
        title: What it shows, in few words.
        indicator: The indicator's id.
        claim: The claim's id; one of the two is given.
        at: The period.
        story: Who and what, in a few sentences.
        because: How what is expected is worked out.
        expect: What is expected.
        rows: The rows of each native table, as they were written.
        where: The file.
        lines: The line of each row, by table and place from 1; at place 0 the line of each key.
    """

    title: Label
    indicator: str | None = None
    claim: str | None = None
    at: str | None = None
    story: Label
    because: Label
    expect: tuple[Expected, ...] = field()
    rows: Mapping[str, Sequence[Any]] = Factory(dict)
    where: str = ""
    lines: Mapping[tuple[str, int], int] = Factory(dict)

    @expect.validator
    def _require_expectation(self, attribute: Any, value: tuple[Expected, ...]) -> None:
        if not value or not all(one.says_something for one in value):
            raise FieldError(attribute.name, "say what is expected, as { value: 3/4 }")

    def __attrs_post_init__(self) -> None:
        """Refuse a case about nothing, or about two things, and what does not fit it."""
        if (self.indicator is None) == (self.claim is None):
            raise ValueError("name the indicator, or the claim, that the case is about")
        about, known = (
            ("a claim", CLAIM_FIELDS)
            if self.indicator is None
            else ("an indicator", INDICATOR_FIELDS)
        )
        for one in self.expect:
            said = [name for name in fields_dict(Expected) if getattr(one, name) is not None]
            if strange := [name.rstrip("_") for name in said if name not in known]:
                raise FieldError(
                    "expect", f"{about} has no {strange[0]!r}: say {', '.join(sorted(known))}"
                )

    @property
    def name(self) -> str:
        """The indicator's or the claim's id."""
        return self.indicator or self.claim or ""
