"""Means of a framework: how high people and communities answer, characteristic by characteristic."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Unpack

from attrs import evolve

from plfkit.graph.answers import AnswerSheet
from plfkit.graph.groups import GroupSpec
from plfkit.graph.snapshot import Snapshot
from plfkit.measures.answers.answer_defaults import measure_answers
from plfkit.measures.answers.scoring import (
    ScoreLimits,
    average_if_known,
    average_scores,
    find_score_limits,
)
from plfkit.measures.engine import anchors
from plfkit.measures.engine.answering import (
    PEOPLE,
    build_answers_result,
    explain_missing_score,
    prepare_answer_figure,
    select_answers,
)
from plfkit.measures.engine.options import Options, resolve_options
from plfkit.measures.engine.registered import choose_characteristics
from plfkit.model.results.fields import TOTAL
from plfkit.model.results.figures import Figure
from plfkit.model.results.result import Result
from plfkit.model.words.core import FIVE_CHARACTERISTICS
from plfkit.model.words.kinds import Label
from plfkit.model.words.reasons import Reason


@measure_answers(
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
    anchors=anchors.MEAN,
    reference="the scoring keys of the framework; plfkit's own range",
    example={"respondents": "communities", "level": "pedagogical_staff"},
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

    Formula:
        mean over respondents of the mean of the characteristic's items that each answered

    The score of one respondent is the mean of the characteristic's items that they answered. Of
    each unit, the latest survey that asks about an item counts. Answers to items that a framework
    reverses are turned: lowest + highest − answer. The range puts all missing answers at the one or
    the other end of the scale; without a roster or a scale it is unknown.

    Beware:
        A high mean does not show what others would see: answers tell how respondents see themselves,
        and some judge mildly.

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

    Source:
        The scoring keys of the framework; the range is plfkit's own.

    Examples:
        Ann answers 3 and Bo 4.

        >>> from plfkit.testing import build_moment
        >>> now = build_moment(
        ...     surveys=["q scale date=2018-11-01 lowest=1 highest=4 linked=yes"],
        ...     responses=["q ann,bo yes"],
        ...     answers=["q collaboration 3 respondent=ann", "q collaboration 4 respondent=bo"],
        ... )
        >>> result = framework_mean(now, characteristics=("collaboration",))
        >>> {row.figure: row.value for row in result}
        {'total': 3.5, 'collaboration': 3.5}
    """
    resolve_options(framework_mean, options)
    known = snapshot.vocabulary.frameworks
    wanted = choose_characteristics(snapshot, framework, characteristics or None)
    keys = {name: known[framework].list_items(name) for name in wanted}
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
    # Where one characteristic was not answered the others still bound the total; any other reason does not.
    worse = [reason for reason in reasons if reason not in {None, Reason.NOBODY_ANSWERED}]
    if reason := next(iter(worse), None) or explain_missing_score(sheet):
        return evolve(total, reason=reason)
    lower, upper = (average_if_known(ends) for ends in zip(*limits, strict=True))
    if Reason.NOBODY_ANSWERED in reasons:
        return evolve(total, lower=lower, upper=upper, reason=Reason.SOME_DID_NOT_ANSWER)
    return evolve(
        total,
        value=average_if_known([figure.value for figure in figures]),
        lower=lower,
        upper=upper,
    )
