"""Schools as readers know them: what they are called, told apart, and in the order of their names."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import frozen

from plfkit.goals.scorecard import Scorecard
from plfkit.report.texts import Texts, make_collation_key


@frozen
class NamedSchool:
    """A school: its id, and what readers call it."""

    id: str
    name: str


def list_schools(card: Scorecard, texts: Texts) -> list[NamedSchool]:
    """Return the schools of a card in the order of their names."""
    parts = {figure.part for figure in card.overview.anchoring_by_school if figure.part}
    return [NamedSchool(part, name) for part, name in name_schools(parts, card, texts).items()]


def name_schools(parts: Iterable[str], card: Scorecard, texts: Texts) -> dict[str, str]:
    """Return the names of schools by their ids, in the order of their names: School 2 before School 10.

    Those of one name are told apart by number.

    Args:
        parts: Their ids.
        card: The scorecard that knows their names.
        texts: The words.
    """
    labels = {part: texts.label(card.names[part]) if part in card.names else part for part in parts}
    names: dict[str, str] = {}
    for part, label in sorted(labels.items(), key=lambda one: (make_collation_key(one[1]), one[0])):
        same = sum(labels[other] == label for other in names)
        names[part] = f"{label} ({same + 1})" if same else label
    return names
