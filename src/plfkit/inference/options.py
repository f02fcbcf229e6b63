"""Keywords of the tests."""

from __future__ import annotations

from plfkit.graph.groups import GroupSpec
from plfkit.measures.engine.options import Missing
from plfkit.resampling import DrawingOptions


class PermutationOptions(DrawingOptions, total=False):
    """Keywords of tests that permute people.

    Attributes:
        within: People change places only with others of the same of these groups: ``"school"``, ….
        missing: How unobserved ties are treated; see `plfkit.measures.Options`.
        minimum_strength: From which strength on ties count, in every relation.

    With them go ``draws``, ``seed`` and ``executor``: see `plfkit.measures.DrawingOptions`.
    """

    within: GroupSpec | None
    missing: Missing
    minimum_strength: float | None
