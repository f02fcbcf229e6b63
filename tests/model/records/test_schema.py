"""Cells: what a column accepts, and how it says no."""

from __future__ import annotations

import pytest

from plfkit.model.records.schema import DATE, ID, INTEGER, NUMBER, TEXT


@pytest.mark.parametrize(
    "text",
    [
        "0102031234",
        "010203-1234",
        "010203 1234",
        "010203–1234",
        "Anna 010203-1234",
        "610203-1234",
    ],
)
def test_cpr_numbers_are_refused_wherever_they_stand(text: str) -> None:
    """With a hyphen, a space or nothing, inside other text, and as replacement numbers."""
    with pytest.raises(ValueError, match="CPR"):
        TEXT.decode(text)


@pytest.mark.parametrize("text", ["9912311234567", "630001", "9999999999", "0012", "2018-08-01"])
def test_other_numbers_are_fine(text: str) -> None:
    """Institution numbers, longer numbers and impossible dates are no CPR numbers."""
    assert TEXT.decode(text) == text


@pytest.mark.parametrize(
    "text", ["p\u200b1", "\u202ep1", "a\ufeff", "a\u0007", "a\nb", "a\tb", "\ud800"]
)
def test_ids_have_no_invisible_characters(text: str) -> None:
    """Two ids that look alike are one id."""
    with pytest.raises(ValueError, match="control characters"):
        ID.decode(text)


@pytest.mark.parametrize(
    "text",
    [
        "9999-12-31",
        "0001-01-01",
        "1850-01-01",
        "2018-W01-1",
        "20180101",
        "2018-02-30",
        "\uff12018-01-01",
    ],
)
def test_dates_are_days_that_somebody_may_have_meant(text: str) -> None:
    """Open ends are blank, not the year 9999; weeks and shorthand are not read as days."""
    with pytest.raises(ValueError, match="date"):
        DATE.decode(text)


@pytest.mark.parametrize(
    "text", ["1e999", "nan", "inf", "0,5", "٣", "1_000", "", "0x10", "9" * 5000]
)
def test_numbers_are_finite_and_plain(text: str) -> None:
    """Commas, other digits, infinities and names of numbers are refused."""
    with pytest.raises(ValueError, match="number"):
        NUMBER.decode(text)


@pytest.mark.parametrize("text", ["1.0", "1e3", "٣", "9" * 5000])
def test_whole_numbers_are_whole(text: str) -> None:
    """No point, no exponent, no endless digits."""
    with pytest.raises(ValueError, match="whole number"):
        INTEGER.decode(text)
