"""Schools as the page names them: in the order that people expect, and told apart."""

from __future__ import annotations

from attrs import frozen

from plfkit.goals.scorecard import Scorecard
from plfkit.report.texts import Texts, make_collation_key


@frozen
class School:
    """A school: its id, and what readers call it."""

    id: str
    name: str


def list_schools(card: Scorecard, texts: Texts) -> list[School]:
    """Return the schools of a card in the order of their names; those of one name are numbered."""
    parts = {figure.part for figure in card.overview.anchoring_by_school if figure.part}
    labels = {part: texts.label(card.names[part]) for part in parts}
    schools: list[School] = []
    for part, label in sorted(labels.items(), key=lambda pair: (make_collation_key(pair[1]), pair)):
        same = sum(labels[other.id] == label for other in schools)
        schools.append(School(part, f"{label} ({same + 1})" if same else label))
    return schools
