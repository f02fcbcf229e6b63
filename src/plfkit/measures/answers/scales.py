"""Scales: how high people and communities answer, and how items and answers hang together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Unpack

import numpy as np
from attrs import evolve

from plfkit.arrays import Numbers
from plfkit.errors import MeasureError
from plfkit.graph.answers import AnswerSheet
from plfkit.graph.groups import GroupSpec, find_nearest_above
from plfkit.graph.snapshot import Snapshot
from plfkit.measures.answers.agreement import (
    ValueOrReason,
    compute_alpha,
    compute_icc,
    compute_variances,
)
from plfkit.measures.answers.scoring import (
    TOO_FEW,
    ScoreLimits,
    average_if_known,
    average_scores,
    build_statistic,
    find_score_limits,
    find_scores,
)
from plfkit.measures.answers.understanding import (
    find_agreement,
    find_agreement_range,
    note_agreement,
)
from plfkit.measures.engine import anchors
from plfkit.measures.engine.answering import (
    ANSWERS_NO_INTERVAL,
    ANSWERS_NO_NULL,
    NOBODY,
    PEOPLE,
    SOME,
    build_answers_result,
    explain_missing_score,
    prepare_answer_figure,
    select_answers,
)
from plfkit.measures.engine.catalogue import measure
from plfkit.measures.engine.columns import ANSWER_COLUMNS, COMMUNITY_COLUMNS, UNIT_COLUMNS
from plfkit.measures.engine.options import Options, resolve_options
from plfkit.measures.engine.registered import check_kinds
from plfkit.model.results.fields import TOTAL
from plfkit.model.results.figures import Figure
from plfkit.model.results.result import Result
from plfkit.model.words.kinds import Framework, Label
from plfkit.model.words.vocabulary import FIVE_CHARACTERISTICS, suggest_word

_SCALE_COLUMNS = (
    *ANSWER_COLUMNS,
    "answers.community",
    *COMMUNITY_COLUMNS,
    "positions.person",
    *UNIT_COLUMNS,
)


@measure(
    label=Label(da="Gennemsnit på skalaen", en="Mean on the scale"),
    tells=Label(
        da="Hvor højt svarene ligger på skalaen, for hvert kendetegn og samlet.",
        en="How high answers lie on the scale, for each characteristic and together.",
    ),
    beware=Label(
        da="Et højt gennemsnit viser, hvordan man ser sig selv, ikke hvad andre ville se; og tal på "
        "forskellige skalaer kan ikke sammenlignes.",
        en="A high mean shows how people see themselves, not what others would see; and figures on "
        "different scales cannot be compared.",
    ),
    figure_class="answers",
    scale="index",
    tables=("surveys", "answers"),
    columns=_SCALE_COLUMNS,
    anchors=anchors.MEAN,
    reference="the scoring keys of the framework; plfkit's own range",
    example={"respondents": "communities", "level": "pedagogical_staff"},
    no_null=ANSWERS_NO_NULL,
    no_interval=ANSWERS_NO_INTERVAL,
)
def framework_mean(
    snapshot: Snapshot,
    *,
    framework: str = FIVE_CHARACTERISTICS,
    characteristics: tuple[str, ...] | None = None,
    respondents: str = PEOPLE,
    level: str | tuple[str, ...] | None = None,
    by: GroupSpec | None = None,
    **options: Unpack[Options],
) -> Result:
    """Return the mean score of each characteristic of a framework, and of them together.

    The score of one respondent is the mean of the characteristic's items that they answered. Of each
    unit the latest survey that has an item counts. Answers to items that a framework reverses are
    turned: lowest + highest − answer. The range has everything that was asked and not answered at the
    one or the other end of the scale; without a roster or a scale it is unknown.

    Answers tell how respondents see themselves. A high mean may also come of mild judges.

    Args:
        snapshot: The moment.
        framework: Whose characteristics.
        characteristics: Only these of them.
        respondents: ``"people"``, or ``"communities"``: how those with enough members assess
            themselves. These are all taken to have been asked.
        level: Communities that stand on this level, or people who hold a position on it; several
            levels are taken together, where one alone has too few people to be shown.
        by: One set of figures for each of these groups: a unit kind, by the survey's or community's
            unit; for people whose answers are linked to them, any grouping.
        options: What every measure takes; nothing here rests on chance.

    Returns:
        The figures ``"total"``, the mean of the characteristics, and one for each characteristic;
        ``n`` counts the respondents, or the members of the communities that answered. Undefined where
        nobody was asked or answered, where answers were given on different scales, and where a
        reversed item is on a scale whose ends nobody told. The total of characteristics of which
        some were not answered at all has a range only.

    Raises:
        MeasureError: The framework has no such characteristic, or answers under codes are to be told
            apart by level or role.
        UnknownGroupError: There is no such framework, level or grouping.
    """
    resolve_options(framework_mean, options)
    keys = _list_characteristic_items(snapshot, framework, characteristics)
    items = tuple(dict.fromkeys(item for of_one in keys.values() for item in of_one))
    heard = select_answers(
        "framework_mean", snapshot, items, respondents=respondents, level=level, by=by
    )
    rows = [
        figure
        for part, which in heard.parts
        for figure in _list_mean_figures(heard.sheet.take(which), keys, part)
    ]
    levels = () if level is None else (level,) if isinstance(level, str) else level
    variant = ", ".join((framework, respondents, *levels))
    return build_answers_result(snapshot, framework_mean, heard, rows, variant=variant)


def _list_characteristic_items(
    snapshot: Snapshot, framework: str, chosen: Sequence[str] | None
) -> Mapping[str, tuple[str, ...]]:
    """Return the items of each characteristic wanted."""
    check_kinds(snapshot, "frameworks", (framework,))
    known: Framework = snapshot.vocabulary.frameworks[framework]
    for name in chosen or ():
        if name not in known.characteristics:
            hint = suggest_word(name, known.characteristics)
            hint = hint or f": there are {', '.join(known.characteristics)}"
            raise MeasureError(f"{framework} has no characteristic {name!r}{hint}")
    return {name: known.items(name) for name in dict.fromkeys(chosen or known.characteristics)}


def _list_mean_figures(
    sheet: AnswerSheet, keys: Mapping[str, tuple[str, ...]], part: str | None
) -> Iterator[Figure]:
    sheets = {name: sheet.select_items(items) for name, items in keys.items()}
    figures = [average_scores(own, part, name) for name, own in sheets.items()]
    yield _average_characteristics(
        sheet, figures, [find_score_limits(own) for own in sheets.values()]
    )
    yield from figures


def _average_characteristics(
    sheet: AnswerSheet, figures: Sequence[Figure], limits: Sequence[ScoreLimits]
) -> Figure:
    """Return the mean of the characteristics; it rests on the fewest who answered one of them."""
    total = prepare_answer_figure(sheet, figures[0].part, TOTAL)
    total = evolve(total, n=min(figure.n or 0 for figure in figures))
    reasons = dict.fromkeys(figure.reason for figure in figures)
    worse = [reason for reason in reasons if reason not in {None, NOBODY}]
    if reason := next(iter(worse), None) or explain_missing_score(sheet):
        return evolve(total, reason=reason)
    lower, upper = (average_if_known(ends) for ends in zip(*limits, strict=True))
    if NOBODY in reasons:
        return evolve(total, lower=lower, upper=upper, reason=SOME)
    return evolve(
        total,
        value=average_if_known([figure.value for figure in figures]),
        lower=lower,
        upper=upper,
    )


@measure(
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
    figure_class="answers",
    scale="index",
    tables=("surveys", "answers"),
    columns=_SCALE_COLUMNS,
    reference="Cronbach (1951); James, Demaree & Wolf (1984), doi:10.1037/0021-9010.69.1.85; Bliese (2000)",
    example={"framework": "eva"},
    no_null=ANSWERS_NO_NULL,
    no_interval=ANSWERS_NO_INTERVAL,
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
    """Return what is usually told of a scale: mean, spread, consistency, agreement, and schools' part.

    A respondent's score is the mean of the items that they answered.

    Args:
        snapshot: The moment.
        framework: The framework whose items make up the scale.
        items: The items, in place of a framework's.
        respondents: ``"people"``, or ``"communities"``: their self-assessments.
        by: One set of figures for each of these groups, as in `framework_mean`.
        options: What every measure takes; nothing here rests on chance.

    Returns:
        The figures ``"mean"`` and ``"sd"`` (n − 1) of scores; ``"alpha"``, Cronbach's, over those who
        answered all items; ``"r_wg"``, agreement on all items together against answers equally likely
        on the whole numbers of the scale, 0 where answers vary more than that; ``"icc_1"`` and
        ``"icc_2"``, from an analysis of variance by school. Mean and agreement have a range; the
        others have one only where everybody answered everything, the last two only where everybody
        is at a school. Undefined: alpha of one item, agreement on a scale whose ends nobody told, and
        with a reversed item there everything; the last two with three schools or fewer; whatever
        needs two respondents or different answers. Alpha is below 0 where items run against each
        other: a note says so, and reversed items are named in the framework.

    Raises:
        MeasureError: Answers under codes are to be told apart by what people are.
        UnknownGroupError: There is no such framework, or answers cannot be grouped by `by`.

    Source:
        Cronbach (1951), James, Demaree & Wolf (1984), Bliese (2000).
    """
    resolve_options(scale_statistics, options)
    keys = _list_characteristic_items(snapshot, framework, None)
    wanted = tuple(dict.fromkeys(items or [item for of_one in keys.values() for item in of_one]))
    heard = select_answers("scale_statistics", snapshot, wanted, respondents=respondents, by=by)
    school_of = np.append(find_nearest_above(snapshot.units, "school"), -1)
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
    notes = {"negative_alpha": negative, "people_in_no_group": outside}
    return build_answers_result(
        snapshot,
        scale_statistics,
        heard,
        rows,
        variant=", ".join((framework if items is None else "items", respondents)),
        range_kind=find_agreement_range(agreements),
        notes=notes | note_agreement(agreements),
    )


def _describe_scores(sheet: AnswerSheet, part: str | None) -> Iterator[Figure]:
    """Yield the mean, the spread of scores, and how items hang together."""
    yield average_scores(sheet, part, "mean")
    several = len(sheet) > 1
    yield build_statistic(sheet, part, "sd", _compute_score_spread(sheet), enough=several)
    yield build_statistic(sheet, part, "alpha", compute_alpha(sheet.values), enough=several)


def _compare_schools(sheet: AnswerSheet, part: str | None, schools: Numbers) -> Iterator[Figure]:
    """Yield how much lies between schools; those at none have no part in it."""
    score = find_scores(sheet)
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
    return (None, "too_few_people") if np.isnan(variance) else (float(np.sqrt(variance)), None)
