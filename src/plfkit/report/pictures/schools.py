"""Schools in pictures: what they are called, and in which order they stand."""

from __future__ import annotations

from collections.abc import Iterable

from plfkit.goals.scorecard import Scorecard
from plfkit.report.pictures.phrases import make_natural_key
from plfkit.report.texts import Texts


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
    ordered = sorted(labels.items(), key=lambda item: (make_natural_key(item[1]), item[0]))
    for part, label in ordered:
        same = sum(labels[other] == label for other in names)
        names[part] = f"{label} ({same + 1})" if same else label
    return names
