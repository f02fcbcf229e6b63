"""Published networks as moments of an organisation."""

from __future__ import annotations

from definitions import golden

from plfkit import Organisation, Person, Profile, Tie, snapshot
from plfkit.graph import Snapshot

LABEL = {"da": "Venskab", "en": "Friendship"}


def managers() -> Snapshot:
    """Krackhardt's managers: who seeks whose advice, is whose friend, reports to whom."""
    networks = golden("krackhardt_hightech")["networks"]
    document = {
        "schema_version": 1,
        "id": "managers",
        "label": LABEL,
        "vocabulary": {"relations": {"friendship": {"label": LABEL, "directed": True}}},
    }
    return snapshot(
        Organisation.of(
            vocabulary=Profile.from_document(document).vocabulary,
            persons=[Person(name) for name in networks["advice"]["people"]],
            ties=[
                Tie(source, target, relation)
                for relation in ("advice", "friendship", "reports_to")
                for source, target in networks[relation]["ties"]
            ],
        )
    )
