"""Scales: how high and how differently people answer, and how items and answers hang together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Unpack

import numpy as np
from attrs import evolve

from plfkit.arrays import Numbers
from plfkit.graph.answers import AnswerSheet
from plfkit.graph.groups import GroupSpec
from plfkit.graph.snapshot import Snapshot
from plfkit.graph.unit_trees import find_nearest_above
from plfkit.measures.answers.agreement import (
    ValueOrReason,
    compute_alpha,
    compute_icc,
    compute_variances,
)
from plfkit.measures.answers.answer_defaults import measure_answers
from plfkit.measures.answers.scoring import (
    TOO_FEW,
    average_scores,
    build_statistic,
    find_scores,
)
from plfkit.measures.answers.understanding import (
    find_agreement,
    find_agreement_range,
    note_agreement,
)
from plfkit.measures.engine.answering import (
    PEOPLE,
    build_answers_result,
    select_answers,
)
from plfkit.measures.engine.options import Options, resolve_options
from plfkit.measures.engine.registered import choose_characteristics
from plfkit.model.results.figures import Figure
from plfkit.model.results.result import Result
from plfkit.model.words.core import FIVE_CHARACTERISTICS
from plfkit.model.words.kinds import Label
from plfkit.model.words.notes import Note
from plfkit.model.words.reasons import Reason


@measure_answers(
    label=Label(da="Skalaens egenskaber", en="Properties of the scale"),
    tells=Label(
        da="Gennemsnit og spredning, hvor godt spørgsmålene hænger sammen, hvor enige svarene er, og "
        "hvor meget af forskellen der ligger mellem skoler.",
        en="Mean and spread, how well the questions hang together, how far answers agree, and how much "
        "of the difference lies between schools.",
    ),
    beware=Label(
        da="Mange næsten ens spørgsmål hænger sammen, uden at måle mere; og enighed om et lavt tal er "
        "også enighed.",
        en="Many questions that are nearly the same hang together without measuring more; and "
        "agreement on a low figure is agreement too.",
    ),
    reference="Cronbach (1951); James, Demaree & Wolf (1984), doi:10.1037/0021-9010.69.1.85; Bliese (2000)",
    example={"framework": "eva"},
)
def scale_statistics(
    snapshot: Snapshot,
    *,
    framework: str = FIVE_CHARACTERISTICS,
    items: tuple[str, ...] | None = None,
    respondents: str = PEOPLE,
    by: GroupSpec | None = None,
    **options: Unpack[Options],
) -> Result:
    """Return what is usually told of a scale: mean, spread, consistency, agreement, and how schools differ.

    Formula:
        alpha = k/(k − 1) · (1 − sum of the k items' variances / variance of their sum);
        r_wg, of k items with mean variance v against e = (options² − 1)/12: with q = 1 − v/e,
        k·q/(k·q + v/e);
        icc_1 = (between − within)/(between + (size − 1) · within), icc_2 = (between −
        within)/between

    A respondent's score is the mean of the items that they answered.

    Beware:
        A high alpha does not mean that more is measured: many items that are nearly the same hang
        together. Agreement on a low figure is agreement too.

    Args:
        snapshot: The moment.
        framework: The framework whose items make up the scale.
        items: The items, in place of a framework's.
        respondents: ``"people"``, or ``"communities"``: their self-assessments.
        by: One set of figures for each of these groups, as in `framework_mean`.
        options: What every measure takes; nothing here rests on chance.

    Returns:
        The figures ``"mean"`` and ``"sd"`` (n − 1) of scores; ``"alpha"``, Cronbach's, over those
        who answered all items; ``"r_wg"``, agreement on all items together against answers equally
        likely on the whole numbers of the scale, 0 where answers vary more than that; ``"icc_1"``
        and ``"icc_2"``, from an analysis of variance by school. Mean and agreement have a range;
        the others have one only where everybody answered everything, the last two only where
        everybody is at a school. Undefined are alpha of one item, agreement on a scale whose ends
        nobody told (with a reversed item there every figure), the last two with three schools or
        fewer, and whatever needs two respondents, or different answers, where there are none. Alpha
        is below 0 where items run against each other: a note says so, and reversed items are named
        in the framework.

    Raises:
        MeasureError: Answers under codes are to be told apart by what people are.
        UnknownGroupError: There is no such framework, or answers cannot be grouped by `by`.

    Source:
        Cronbach (1951), James, Demaree & Wolf (1984), Bliese (2000).

    Examples:
        Ann answers 2 to both items and Bo 4: their scores 2 and 4 have mean 3. Each item has variance
        2, the sums 4 and 8 have variance 8, so alpha = 2 · (1 − 4/8).

        >>> from plfkit.testing import build_moment
        >>> now = build_moment(
        ...     surveys=["q scale date=2018-11-01 lowest=1 highest=4 linked=yes"],
        ...     responses=["q ann,bo yes"],
        ...     answers=["q one,two 2 respondent=ann", "q one,two 4 respondent=bo"],
        ... )
        >>> found = {row.figure: row.value for row in scale_statistics(now, items=("one", "two"))}
        >>> found["mean"], found["alpha"]
        (3.0, 1.0)
    """
    resolve_options(scale_statistics, options)
    wanted = tuple(dict.fromkeys(items or _list_scale_items(snapshot, framework)))
    heard = select_answers("scale_statistics", snapshot, wanted, respondents=respondents, by=by)
    school_of = np.append(find_nearest_above(snapshot, "school"), -1)
    rows, agreements, outside = [], [], 0
    for part, which in heard.parts:
        sheet = heard.sheet.take(which).select_items(wanted)
        schools = school_of[sheet.units]
        agreements.append(find_agreement(sheet, part, "r_wg"))
        between = list(_compare_schools(sheet, part, schools))
        outside += (
            sheet.count_heads(schools < 0) if any(row.value is not None for row in between) else 0
        )
        rows += [*_describe_scores(sheet, part), agreements[-1].figure, *between]
    negative = sum(row.figure == "alpha" and (row.value or 0) < 0 for row in rows)
    notes = {Note.NEGATIVE_ALPHA: negative, Note.PEOPLE_IN_NO_GROUP: outside}
    return build_answers_result(
        snapshot,
        scale_statistics,
        heard,
        rows,
        variant=", ".join((framework if items is None else "items", respondents)),
        range_kind=find_agreement_range(agreements),
        notes=notes | note_agreement(agreements),
    )


def _list_scale_items(snapshot: Snapshot, framework: str) -> list[str]:
    """Return the items of all characteristics of a framework."""
    names = choose_characteristics(snapshot, framework, None)
    known = snapshot.vocabulary.frameworks[framework]
    return [item for name in names for item in known.list_items(name)]


def _describe_scores(sheet: AnswerSheet, part: str | None) -> Iterator[Figure]:
    """Yield the mean, the spread of scores, and how items hang together."""
    yield average_scores(sheet, part, "mean")
    several = len(sheet) > 1
    yield build_statistic(sheet, part, "sd", _compute_score_spread(sheet), enough=several)
    yield build_statistic(sheet, part, "alpha", compute_alpha(sheet.values), enough=several)


def _compare_schools(sheet: AnswerSheet, part: str | None, schools: Numbers) -> Iterator[Figure]:
    """Yield how much lies between schools; those at none have no part in it."""
    score = find_scores(sheet)
    # As if all who were asked had answered, each something else: would there have been enough?
    asked = compute_icc(np.arange(len(sheet), dtype=np.float64), schools)
    found = compute_icc(score, np.where(np.isnan(score), -1, schools))
    for name, known, whole in zip(("icc_1", "icc_2"), found, asked, strict=True):
        figure = build_statistic(sheet, part, name, known, enough=whole[1] not in TOO_FEW)
        if figure.value is not None and (schools < 0).any():
            inside = sheet.count_heads(~np.isnan(score) & (schools >= 0))
            figure = evolve(figure, n=inside, lower=None, upper=None)
        yield figure


def _compute_score_spread(sheet: AnswerSheet) -> ValueOrReason:
    (variance,) = compute_variances(find_scores(sheet)[:, None])
    return (None, Reason.TOO_FEW_PEOPLE) if np.isnan(variance) else (float(np.sqrt(variance)), None)
