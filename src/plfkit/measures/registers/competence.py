"""Coverage of lessons by teachers who are qualified in the subject, as municipalities supply it."""

from __future__ import annotations

from typing import Unpack

from plfkit.errors import MeasureError
from plfkit.graph.snapshot import Snapshot
from plfkit.measures.engine.options import Options, resolve_options
from plfkit.measures.engine.registered import build_register_result, check_kinds
from plfkit.measures.registers.register_defaults import measure_supplies
from plfkit.measures.registers.supplied import SuppliedFigures, read_supplied_figures
from plfkit.model.records.needs import Need
from plfkit.model.results.figures import Figure
from plfkit.model.results.result import Result
from plfkit.model.words.figure_classes import FigureClass
from plfkit.model.words.kinds import Label
from plfkit.model.words.reasons import Reason

COVERAGE = "competence_coverage"
"""What the supplied figure is called in ``outcomes``; its subgroup is the subject, its n lessons."""


@measure_supplies(
    label=Label(da="Kompetencedækning", en="Coverage of teaching qualifications"),
    tells=Label(
        da="Hvor stor en del af undervisningstimerne der ifølge de leverede tal læses af en lærer med "
        "undervisningskompetence i faget eller noget tilsvarende.",
        en="How large a part of the lessons, by the supplied figures, a teacher gives who is qualified to "
        "teach the subject, or has the equivalent.",
    ),
    beware=Label(
        da="Tallet siger, hvem der læser timerne, ikke hvordan der undervises; hvad der er tilsvarende, "
        "vurderer hver skoleleder.",
        en="The figure tells who gives the lessons, not how they are taught; what is equivalent is for "
        "each principal to judge.",
    ),
    figure_class=FigureClass.ORGANISATIONAL,
    reference="the ministry's kompetencedækning; plfkit's own mean, weighted by lessons",
    example={"subject": "danish"},
    no_interval="lessons are counted, not drawn",
    counts_people=False,
)
def competence_coverage(
    snapshot: Snapshot,
    *,
    subject: str | None = None,
    per: str = "school",
    **options: Unpack[Options],
) -> Result:
    """Return the share of lessons that are given by a teacher who is qualified in the subject.

    Formula:
        sum of share · lessons over the schools / sum of lessons

    Schools count by their lessons. Each supplies the row `competence_coverage` of ``outcomes``,
    with the subject as its subgroup and lessons as its ``n``. Where a school supplied nothing,
    nobody knows what the whole would be, so there is no range.

    Beware:
        A high share does not mean that lessons are taught well; what is equivalent to being qualified,
        each principal judges.

    Args:
        snapshot: The moment.
        subject: Lessons of this subject only; of all subjects if left out.
        per: The kind of unit that supplies it.
        options: What every measure takes; nothing here rests on chance or on answers.

    Returns:
        One figure; ``numerator`` and ``denominator`` count lessons. Undefined where nothing was
        supplied.

    Raises:
        MeasureError: A supplied figure is no share.
        UnknownGroupError: There is no such unit kind.

    Source:
        The ministry's kompetencedækning; the mean, weighted by lessons, is plfkit's own.

    Examples:
        Nine of ten of 100 lessons at one school, half of 300 at the other: (90 + 150)/400.

        >>> from plfkit.testing import build_moment
        >>> now = build_moment(outcomes=["s competence_coverage 0.9 100", "z competence_coverage 0.5 300"])
        >>> competence_coverage(now).item()
        0.6
    """
    resolve_options(competence_coverage, options)
    check_kinds(snapshot, "unit_kinds", (per,))
    found = read_supplied_figures(snapshot, COVERAGE, subject, per)
    if not found.are_shares:
        raise MeasureError(
            "competence_coverage: the supplied figures do not all lie between 0 and 1"
        )
    # Without any such unit there is nothing that could have been supplied.
    whole = found.whole or not found.asked
    return build_register_result(
        snapshot,
        competence_coverage,
        [_build_lesson_figure(found, whole=whole)],
        variant=subject,
        needs=() if whole else (Need("outcomes"),),
        evidence={"places": found.places},
    )


def _build_lesson_figure(found: SuppliedFigures, *, whole: bool) -> Figure:
    value, lessons = found.mean, float(found.n.sum())
    if value is None:
        return Figure(reason=Reason.NOT_SUPPLIED)
    end = value if whole else None
    covered = float(found.values @ found.n)
    return Figure(value=value, lower=end, upper=end, numerator=covered, denominator=lessons)
