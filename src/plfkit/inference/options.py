"""Keywords of the tests."""

from __future__ import annotations

from plfkit.graph.groups import GroupSpec
from plfkit.measures.engine.expanding import tell_keywords_of
from plfkit.measures.engine.options import Missing
from plfkit.resampling import DrawingOptions


@tell_keywords_of(DrawingOptions)
class PermutationOptions(DrawingOptions, total=False):
    """Keywords of tests that permute people.

    Attributes:
        within: People change places only with others of the same of these groups: ``"school"``, ….
        missing: How unobserved ties are treated; see `plfkit.measures.Options`.
        minimum_strength: From which strength on ties count, in every relation.
    """

    within: GroupSpec | None
    missing: Missing
    minimum_strength: float | None
