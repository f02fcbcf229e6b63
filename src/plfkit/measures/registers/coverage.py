"""Coverage of lessons by teachers who are qualified in the subject, as municipalities supply it."""

from __future__ import annotations

from typing import Unpack

import numpy as np

from plfkit.errors import MeasureError
from plfkit.graph.groups import find_nearest_above
from plfkit.graph.snapshot import Snapshot
from plfkit.measures.engine.catalogue import measure
from plfkit.measures.engine.columns import UNIT_COLUMNS
from plfkit.measures.engine.options import Options, resolve_options
from plfkit.measures.engine.registered import build_register_result, check_kinds
from plfkit.model.records.tables import recode_column
from plfkit.model.results.figures import Figure
from plfkit.model.results.result import Result
from plfkit.model.words.kinds import Label

COVERAGE = "competence_coverage"
"""What the supplied figure is called in ``outcomes``; its subgroup is the subject, its n lessons."""


@measure(
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
    figure_class="organisational",
    tables=("units", "outcomes"),
    columns=(
        *UNIT_COLUMNS,
        *(f"outcomes.{name}" for name in ("unit", "measure", "subgroup", "value", "n")),
    ),
    reference="the ministry's kompetencedækning; plfkit's own mean, weighted by lessons",
    example={"subject": "danish"},
    no_null="supplied aggregates do not tell what chance would give",
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
    """Return the share of lessons that a teacher gives who is qualified to teach the subject.

    Schools count by their lessons. Each supplies the row `competence_coverage` of ``outcomes``, with
    the subject as its subgroup and lessons as its ``n``. Where a school supplied nothing, what the
    whole would be is not known, so there is no range.

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
    """
    resolve_options(competence_coverage, options)
    check_kinds(snapshot, "unit_kinds", (per,))
    ids = snapshot.units.column("id").categories
    of_kind = np.append(find_nearest_above(snapshot.units, per) == np.arange(len(ids)), False)
    table = snapshot.outcomes
    unit, group = recode_column(table.column("unit"), ids), table.column("subgroup")
    rows = table.column("measure").match_text(COVERAGE) & (unit >= 0) & of_kind[unit]
    rows &= group.missing if subject is None else group.match_text(subject)
    shares = table.column("value").values[rows]
    lessons = table.column("n").values[rows].astype(np.float64)
    if ((shares < 0) | (shares > 1)).any():
        raise MeasureError(
            "competence_coverage: the supplied figures do not all lie between 0 and 1"
        )
    whole = int(rows.sum()) == int(of_kind.sum())
    return build_register_result(
        snapshot,
        competence_coverage,
        [
            _compute_lesson_share(
                float(shares @ lessons), float(lessons.sum()), int(of_kind.sum()), whole=whole
            )
        ],
        variant=subject,
        needs=() if whole else ("outcomes",),
        evidence={"places": int(rows.sum())},
    )


def _compute_lesson_share(covered: float, lessons: float, asked: int, *, whole: bool) -> Figure:
    if not lessons:
        return Figure(reason="not_supplied")
    value = covered / lessons
    end = value if whole and asked else None
    return Figure(value=value, lower=end, upper=end, numerator=covered, denominator=lessons)
