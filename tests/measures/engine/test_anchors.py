"""Usual values from other studies: each with where it comes from."""

from __future__ import annotations

import pytest

from plfkit.measures.engine import anchors
from plfkit.model.declared.declarations import Anchor

SHARES = {
    "density": anchors.DENSITY,
    "reciprocity": anchors.RECIPROCITY,
    "centralization": anchors.CENTRALIZATION,
    "observer": anchors.OBSERVER,
    "participation": anchors.PARTICIPATION,
}


@pytest.mark.parametrize("anchor", [one for each in SHARES.values() for one in each], ids=str)
def test_usual_shares(anchor: Anchor) -> None:
    """Each lies between nought and one, is told in both languages, and has a source."""
    assert anchor.upper is not None
    assert 0 < anchor.lower <= anchor.upper < 1
    assert anchor.label.da != anchor.label.en
    assert "doi:10." in anchor.source


def test_usual_means() -> None:
    """On a questionnaire's own scale from 1 to 4 agreement begins at 3, and has no end."""
    (anchor,) = anchors.MEAN
    assert (anchor.lower, anchor.upper) == (3, None)
    assert "Olivier & Hipp" in anchor.source
