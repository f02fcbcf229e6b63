"""Trust: the first lines answer a colleague, and say on what that holds."""

from __future__ import annotations

import pytest
from attrs import evolve
from report.made import make_card

from plfkit import release
from plfkit.disclosure.released import WITH_LEDGER
from plfkit.model.declared.declarations import PrivacyFloor, Purpose
from plfkit.model.words.kinds import Label
from plfkit.report.sections.trust import build_trust_view
from plfkit.report.texts import Texts

ENGLISH = Texts("en")


@pytest.mark.parametrize("k", [5, 10])
def test_no_and_why(k: int) -> None:
    """Judged alone the page answers for itself only; with a ledger, for all that is in it."""
    alone = release(make_card(), PrivacyFloor(k=k))
    kept = evolve(alone, judged=WITH_LEDGER)
    first, few, silent, but = build_trust_view(alone, ENGLISH).answer
    assert first.startswith("No, not from this page alone.")
    assert f"fewer than {k}" in few
    assert silent == "Nobody can see from the page whether you answered, or what."
    assert "colleagues tell what they answered" in but
    assert "groups that no list names" in but
    assert build_trust_view(kept, ENGLISH).answer[0].startswith("No. The page was judged together")


def test_purpose_in_the_profiles_words() -> None:
    """What nobody has filled in is said to be so."""
    label = Label("At følge målene.", "To follow the goals.")
    purpose = Purpose(purpose=label, audience=label, limits=label)
    card = evolve(make_card(), purpose=purpose)
    told = dict(build_trust_view(release(card, PrivacyFloor(k=5)), ENGLISH).purpose)
    assert told["Purpose"] == "To follow the goals."
    assert told["Deleted by"] == "not filled in"


def test_rules_hold_the_numbers() -> None:
    """The rules say how wide an interval is, and from how many on something is told."""
    rules = " ".join(build_trust_view(release(make_card(), PrivacyFloor(k=6)), ENGLISH).rules)
    assert "at least 8 possibilities" in rules
    assert "fewer than 15 people are shown together" in rules
