"""The profile of Middelfart Municipality.

These tests are the same for every municipality, and plfkit brings them up to date. Tests of your own stand
best in a file beside this one.
"""

from __future__ import annotations

from pathlib import Path

import plfkit
import pytest
from plfkit.testing import (
    Check,
    Subject,
    check_cases,
    check_indicator_page,
    parametrize_with_checks,
    read_cases,
)

HERE = Path(__file__).parent
CASES, CLAIMS = HERE / "cases", HERE / "claims"


@parametrize_with_checks("middelfart")
def test_contract(subject: Subject, check: Check) -> None:
    """It keeps what every profile must keep."""
    check(subject)


@pytest.fixture
def profile() -> plfkit.Profile:
    """The installed profile."""
    return plfkit.load_profile("middelfart")


def test_it_is_installed_under_its_own_distribution() -> None:
    """The listing names the distribution, without loading the profile."""
    owners = {info.id: info.distribution for info in plfkit.available_profiles()}
    assert owners["middelfart"] == "plfkit-middelfart"


def test_cases_worked_out_by_hand_hold(profile: plfkit.Profile) -> None:
    """Each indicator gives, on a few people and events, what was worked out by hand."""
    check_cases(profile, CASES)


def test_every_indicator_has_a_case(profile: plfkit.Profile) -> None:
    """No figure of the profile goes without a case that a consultant can check."""
    assert {case.name for case in read_cases(CASES)} == set(profile.indicators)


def test_cases_of_claims_hold(profile: plfkit.Profile) -> None:
    """Each claim is true, false or open on a few rows, as was worked out by hand."""
    check_cases(profile, CLAIMS)


def test_every_claim_is_shown_true_false_and_open(profile: plfkit.Profile) -> None:
    """A claim that can only be open is no claim."""
    shown = {(case.claim, one.verdict) for case in read_cases(CLAIMS) for one in case.expect}
    verdicts = ("supported", "contradicted", "open")
    assert shown == {(name, verdict) for name in profile.claims for verdict in verdicts}


def test_the_page_of_indicators_is_fresh(profile: plfkit.Profile) -> None:
    """What docs/indicators.md says is what the profile says."""
    check_indicator_page(profile, HERE.parent / "docs" / "indicators.md")
