"""Who asks whom: contacts between levels, beside what chance alone would give."""

from __future__ import annotations

from plfkit.goals.scorecard import Scorecard
from plfkit.report.pictures import Picture, draw_contacts
from plfkit.report.texts import Texts


def list_contact_pictures(card: Scorecard, texts: Texts) -> list[Picture]:
    """Return a picture for each relation that people were asked about this year."""
    if not card.overview.years:
        return []
    drawn = [
        draw_contacts(result, card, texts) for result in card.overview.years[-1].contacts.values()
    ]
    return [picture for picture in drawn if picture is not None]
