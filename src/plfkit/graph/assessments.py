"""Self-assessments: what communities said of themselves, and how far up the scale that is."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from attrs import frozen

from plfkit.arrays import Flags, Floats
from plfkit.graph.snapshot import Snapshot
from plfkit.model.records.reversed_items import find_survey_rows, read_scale_ends, turn_answers
from plfkit.model.records.tables import recode_column


@frozen(eq=False)
class Assessments:
    """The latest answers of communities that answered as one.

    Attributes:
        items: What they were asked.
        values: The answer of each community (row) to each item (column), turned if the item is
            reversed; NaN if there is none, or none that can be turned.
        scores: The same from 0, the least answer on its scale, to 1, the greatest; NaN also where
            the survey does not say which these are.
    """

    items: tuple[str, ...]
    values: Floats
    scores: Floats


def gather_assessments(
    snapshot: Snapshot, ids: tuple[str, ...], items: tuple[str, ...]
) -> Assessments:
    """Return what communities said of themselves in the period; the latest survey wins.

    Args:
        snapshot: The moment.
        ids: The communities, in the order wanted.
        items: The items, in the order wanted.
    """
    answers, surveys = snapshot.answers, snapshot.surveys
    community, item = (
        recode_column(answers.column("community"), ids),
        recode_column(answers.column("item"), items),
    )
    survey = find_survey_rows(answers.column("survey"), surveys)
    kept = np.flatnonzero((community >= 0) & (item >= 0))
    days = surveys.column("date").values[survey[kept]]
    # Ties between surveys of one day go to the later id, so that rows may stand in any order.
    kept = kept[np.lexsort((surveys.column("id").values[survey[kept]], days))]
    values, scores = np.full((2, len(ids), len(items)), np.nan)
    at = community[kept], item[kept]
    turned_values = turn_answers(answers, surveys, snapshot.vocabulary.reversed_items)[kept]
    values[at] = turned_values
    lowest, highest = (
        read_scale_ends(surveys, name)[survey[kept]] for name in ("lowest", "highest")
    )
    scores[at] = (turned_values - lowest) / (highest - lowest)
    return Assessments(items, values, scores)


@frozen(eq=False)
class CharacteristicScores:
    """How far up the scale communities (rows) see themselves on characteristics (columns).

    Attributes:
        least: The mean over a characteristic's items, from 0 to 1, if those not answered were at the
            least answer.
        most: The same if they were at the greatest.
        known: Whether every item was answered, so that the two are one.
    """

    least: Floats
    most: Floats
    known: Flags


def gather_characteristic_scores(
    snapshot: Snapshot, ids: tuple[str, ...], keys: Mapping[str, tuple[str, ...]]
) -> CharacteristicScores:
    """Return how far up the scale communities see themselves, by the items of each characteristic.

    Args:
        snapshot: The moment.
        ids: The communities, in the order wanted.
        keys: The items of each characteristic, in the order wanted.
    """
    items = tuple(dict.fromkeys(item for own in keys.values() for item in own))
    scores = gather_assessments(snapshot, ids, items).scores
    own = [scores[:, [items.index(item) for item in wanted]] for wanted in keys.values()]
    return CharacteristicScores(
        np.stack([np.nan_to_num(one, nan=0.0).mean(axis=1) for one in own], axis=1),
        np.stack([np.nan_to_num(one, nan=1.0).mean(axis=1) for one in own], axis=1),
        np.stack([~np.isnan(one).any(axis=1) for one in own], axis=1),
    )
