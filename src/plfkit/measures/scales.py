"""Scales: how high people and communities answer, how far they agree, how items hang together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Unpack

import numpy as np
from attrs import evolve
from numpy.typing import NDArray

from plfkit.errors import MeasureError
from plfkit.graph.answers import Sheet
from plfkit.graph.groups import GroupSpec, nearest_unit
from plfkit.graph.snapshot import Snapshot
from plfkit.measures import anchors
from plfkit.measures.agreement import Defined, alpha, icc, r_wg, variance_limits, variances
from plfkit.measures.answering import (
    PEOPLE,
    answers_result,
    ends_of,
    hear,
    no_answers,
    observed,
    several_scales,
)
from plfkit.measures.catalogue import measure
from plfkit.measures.columns import ANSWERS, COMMUNITIES, UNITS
from plfkit.measures.options import Options, how
from plfkit.measures.registered import check_kinds
from plfkit.model.kinds import Framework, Label
from plfkit.model.result import TOTAL, Figure, Result
from plfkit.model.vocabulary import FIVE_CHARACTERISTICS, did_you_mean

_COLUMNS = (*ANSWERS, "answers.community", *COMMUNITIES, "positions.person", *UNITS)
_NO_NULL = "answers on a scale are compared with nothing that chance gives"
_NO_INTERVAL = "who answers is no random sample, and a staff is counted whole"


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
    columns=_COLUMNS,
    anchors=anchors.MEAN,
    reference="the scoring keys of the framework; plfkit's own range",
    no_null=_NO_NULL,
    no_interval=_NO_INTERVAL,
)
def framework_mean(
    snapshot: Snapshot,
    *,
    framework: str = FIVE_CHARACTERISTICS,
    characteristics: tuple[str, ...] | None = None,
    respondents: str = PEOPLE,
    level: str | None = None,
    by: GroupSpec | None = None,
    **options: Unpack[Options],
) -> Result:
    """Return the mean score of each characteristic of a framework, and of them together.

    The score of one respondent is the mean of the characteristic's items that they answered. Of each
    unit the latest survey that has an item counts. The range has everything that was asked and not
    answered at the one or the other end of the scale; without a roster or a scale it is unknown.

    Answers tell how respondents see themselves. A high mean may also come of mild judges.

    Args:
        snapshot: The moment.
        framework: Whose characteristics.
        characteristics: Only these of them.
        respondents: ``"people"``, or ``"communities"``: how those with enough members assess
            themselves. These are all taken to have been asked.
        level: Communities that stand on this level, or people who hold a position on it.
        by: One set of figures for each of these groups: a unit kind, by the survey's or community's
            unit; for people whose answers are linked to them, any grouping.
        options: What every measure takes; nothing here rests on chance.

    Returns:
        The figures ``"total"``, the mean of the characteristics, and one for each characteristic;
        ``n`` counts the respondents, or the members of the communities that answered. Undefined where
        nobody was asked or answered, and where answers were given on different scales.

    Raises:
        MeasureError: The framework has no such characteristic, or answers under codes are to be told
            apart by level or role.
        UnknownGroupError: There is no such framework, level or grouping.
    """
    how(framework_mean, options)
    keys = _keys(snapshot, framework, characteristics)
    items = tuple(dict.fromkeys(item for of_one in keys.values() for item in of_one))
    heard = hear("framework_mean", snapshot, items, respondents=respondents, level=level, by=by)
    rows = [
        figure
        for part, which in heard.parts
        for figure in _means(heard.sheet.take(which), keys, part)
    ]
    told = (framework, respondents, level)
    variant = ", ".join(word for word in told if word is not None)
    return answers_result(snapshot, framework_mean, heard, rows, variant=variant)


def _keys(
    snapshot: Snapshot, framework: str, chosen: Sequence[str] | None
) -> Mapping[str, tuple[str, ...]]:
    """Return the items of each characteristic wanted."""
    check_kinds(snapshot, "frameworks", (framework,))
    known: Framework = snapshot.vocabulary.frameworks[framework]
    for name in chosen or ():
        if name not in known.characteristics:
            hint = did_you_mean(name, known.characteristics)
            hint = hint or f": there are {', '.join(known.characteristics)}"
            raise MeasureError(f"{framework} has no characteristic {name!r}{hint}")
    return {name: known.items(name) for name in dict.fromkeys(chosen or known.characteristics)}


def _means(sheet: Sheet, keys: Mapping[str, tuple[str, ...]], part: str | None) -> Iterator[Figure]:
    figures = [_mean(sheet.columns(items), part, name) for name, items in keys.items()]
    yield _together(sheet, figures, part)
    yield from figures


def _mean(sheet: Sheet, part: str | None, name: str) -> Figure:
    """Return the mean of respondents' scores, each the mean of the items they answered."""
    figure = _about(sheet, part, name)
    if reason := no_answers(sheet) or several_scales(sheet):
        return evolve(figure, reason=reason)
    score = _scores(sheet)
    value = float(score[~np.isnan(score)].mean())
    ends = ends_of(sheet)
    if ends is None or not sheet.listed.all():
        return evolve(figure, value=value)
    lower, upper = (_filled(sheet, end) for end in ends)
    return evolve(figure, value=value, lower=lower, upper=upper)


def _about(sheet: Sheet, part: str | None, name: str) -> Figure:
    """Return a figure without a value: what it is about, and on how many people it rests."""
    answering = np.asarray(sheet.answered.any(axis=1))
    known = len(sheet) > 0 and bool(sheet.listed.all())
    return Figure(
        part=part,
        figure=name,
        n=sheet.heads(answering),
        observed=observed(sheet),
        response_rate=float(answering.mean()) if known else None,
    )


def _scores(sheet: Sheet) -> NDArray[np.float64]:
    """Return the mean of each row's answers; NaN for a row without any."""
    count = sheet.answered.sum(axis=1)
    total = np.where(sheet.answered, sheet.values, 0.0).sum(axis=1)
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)


def _filled(sheet: Sheet, end: float) -> float:
    """Return what the mean would be with every missing answer at one end of the scale."""
    filled = np.where(sheet.answered, sheet.values, end)
    total = np.where(sheet.asked, filled, 0.0).sum(axis=1)
    return float((total / sheet.asked.sum(axis=1)).mean())


def _together(sheet: Sheet, figures: Sequence[Figure], part: str | None) -> Figure:
    """Return the mean of the characteristics; it rests on the fewest who answered one of them."""
    total = evolve(_about(sheet, part, TOTAL), n=min(figure.n or 0 for figure in figures))
    reasons = [figure.reason for figure in figures if figure.reason is not None]
    if reasons or several_scales(sheet):
        return evolve(total, reason=reasons[0] if reasons else several_scales(sheet))
    value, lower, upper = (
        _mean_of([getattr(figure, name) for figure in figures])
        for name in ("value", "lower", "upper")
    )
    return evolve(total, value=value, lower=lower, upper=upper)


def _mean_of(numbers: Sequence[float | None]) -> float | None:
    known = [number for number in numbers if number is not None]
    return float(np.mean(known)) if len(known) == len(numbers) else None


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
    columns=_COLUMNS,
    reference="Cronbach (1951); James, Demaree & Wolf (1984), doi:10.1037/0021-9010.69.1.85; Bliese (2000)",
    no_null=_NO_NULL,
    no_interval=_NO_INTERVAL,
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
        others have one only where everybody answered everything. Undefined: alpha of one item, agreement
        on a scale whose ends nobody told, the last two with three schools or fewer, and whatever
        needs two respondents or different answers.

    Raises:
        MeasureError: Answers under codes are to be told apart by what people are.
        UnknownGroupError: There is no such framework, or answers cannot be grouped by `by`.

    Source:
        Cronbach (1951), James, Demaree & Wolf (1984), Bliese (2000).
    """
    how(scale_statistics, options)
    keys = _keys(snapshot, framework, None)
    wanted = tuple(dict.fromkeys(items or [item for of_one in keys.values() for item in of_one]))
    heard = hear("scale_statistics", snapshot, wanted, respondents=respondents, by=by)
    rows = [
        figure
        for part, which in heard.parts
        for figure in _statistics(snapshot, heard.sheet.take(which).columns(wanted), part)
    ]
    return answers_result(
        snapshot,
        scale_statistics,
        heard,
        rows,
        variant=", ".join((framework if items is None else "items", respondents)),
        **_agreement_told(heard.sheet, rows),
    )


def _statistics(snapshot: Snapshot, sheet: Sheet, part: str | None) -> Iterator[Figure]:
    yield _mean(sheet, part, "mean")
    yield from (
        _statistic(sheet, part, name, found)
        for name, found in (("sd", _spread(sheet)), ("alpha", alpha(sheet.values)))
    )
    yield _agreement(sheet, part, "r_wg")
    schools = np.append(nearest_unit(snapshot.units, "school"), -1)[sheet.units]
    score = _scores(sheet)
    for name, found in zip(
        ("icc_1", "icc_2"), icc(score, np.where(np.isnan(score), -1, schools)), strict=True
    ):
        yield _statistic(sheet, part, name, found)


def _spread(sheet: Sheet) -> Defined:
    (variance,) = variances(_scores(sheet)[:, None])
    return (None, "too_few_people") if np.isnan(variance) else (float(np.sqrt(variance)), None)


def _statistic(sheet: Sheet, part: str | None, name: str, found: Defined) -> Figure:
    """Return a figure whose range is known only where everybody answered everything."""
    value, reason = found
    figure = _about(sheet, part, name)
    if known := no_answers(sheet) or several_scales(sheet) or reason:
        return evolve(figure, reason=known)
    complete = figure.observed == 1
    return evolve(
        figure, value=value, lower=value if complete else None, upper=value if complete else None
    )


@measure(
    label=Label(da="Enighed i svarene", en="Agreement of answers"),
    tells=Label(
        da="Hvor ens der svares: 1 er fuld enighed, 0 er så spredt som svar i flæng.",
        en="How alike answers are: 1 is full agreement, 0 as spread as answers at random.",
    ),
    beware=Label(
        da="Enighed siger ikke, hvad man er enige om: alle kan mene, at der ikke er fælles værdier.",
        en="Agreement does not say on what: everybody may think that no values are shared.",
    ),
    figure_class="answers",
    scale="index",
    tables=("surveys", "answers"),
    columns=(*ANSWERS, *UNITS),
    reference="James, Demaree & Wolf (1984), doi:10.1037/0021-9010.69.1.85",
    no_null=_NO_NULL,
    no_interval=_NO_INTERVAL,
)
def shared_understanding(
    snapshot: Snapshot,
    *,
    items: tuple[str, ...],
    by: GroupSpec | None = None,
    **options: Unpack[Options],
) -> Result:
    """Return how far people agree on each of some items, and on all of them together.

    Agreement (r_wg) is 1 less the variance of answers over that of answers equally likely on each
    whole number of the scale; 0 where answers vary more than that. For all items together it is
    r_wg(J), which rises with their number. The range has missing answers as near to, and as far from,
    each other as the scale allows; where some are missing it is an outer bound.

    Args:
        snapshot: The moment.
        items: The items.
        by: One set of figures for each of these groups, as in `framework_mean`.
        options: What every measure takes; nothing here rests on chance.

    Returns:
        The figures ``"total"`` and one for each item; ``n`` counts the respondents. Undefined with
        fewer than two answers to an item, and where nobody told the ends of the scale.

    Raises:
        MeasureError: There are no items, or answers under codes are to be told apart by what people
            are.
        UnknownGroupError: Answers cannot be grouped by `by`.

    Source:
        James, Demaree & Wolf (1984).
    """
    how(shared_understanding, options)
    if not items:
        raise MeasureError("shared_understanding needs the names of some items")
    wanted = tuple(dict.fromkeys(items))
    heard = hear("shared_understanding", snapshot, wanted, by=by)
    rows = []
    for part, which in heard.parts:
        sheet = heard.sheet.take(which)
        rows.append(_agreement(sheet.columns(wanted), part, TOTAL))
        rows += [_agreement(sheet.columns((item,)), part, item) for item in wanted]
    return answers_result(
        snapshot, shared_understanding, heard, rows, **_agreement_told(heard.sheet, rows)
    )


def _agreement(sheet: Sheet, part: str | None, name: str) -> Figure:
    """Return r_wg of one item, or r_wg(J) of several."""
    figure = _about(sheet, part, name)
    variance = variances(sheet.values)
    reason = no_answers(sheet) or several_scales(sheet)
    if reason is None and np.isnan(variance).any():
        reason = "too_few_people"
    ends = ends_of(sheet)
    if reason is not None or ends is None:
        return evolve(figure, reason=reason or "scale_unknown")

    def agreement(mean_variance: float) -> float:
        return max(0.0, r_wg(mean_variance, len(sheet.items), ends))

    figure = evolve(figure, value=agreement(float(variance.mean())))
    if not sheet.listed.all():
        return figure
    least, most = np.mean([_limits(sheet, at, ends) for at in range(len(sheet.items))], axis=0)
    return evolve(figure, lower=agreement(float(most)), upper=agreement(float(least)))


def _limits(sheet: Sheet, at: int, ends: tuple[float, float]) -> tuple[float, float]:
    """Return between which limits the variance of one item's answers lies."""
    answered, asked = sheet.answered[:, at], sheet.asked[:, at]
    return variance_limits(sheet.values[answered, at], int((asked & ~answered).sum()), ends)


def _agreement_told(sheet: Sheet, rows: Sequence[Figure]) -> dict[str, Any]:
    """Return what a result tells of its agreement: which range it has, and what was set to 0."""
    missing = (sheet.asked & ~sheet.answered).any()
    below = sum(row.value == 0 and row.figure not in {"icc_1", "icc_2", "mean"} for row in rows)
    return {
        "range_kind": "outer_bound" if missing else "exact",
        "notes": {"agreement_below_zero": below},
    }
