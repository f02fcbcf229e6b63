"""Preloading: all that loads and compiles on first use, at a time of one's own choosing."""

from __future__ import annotations

import io
from collections.abc import Mapping
from contextlib import suppress
from functools import partial

from plfkit.disclosure import release
from plfkit.door.reading import read
from plfkit.errors import MeasureError, MissingExtraError
from plfkit.goals import assess
from plfkit.graph import snapshot
from plfkit.hints import LANGUAGES
from plfkit.kernels import load_compiler
from plfkit.measures import CORE
from plfkit.model.records.organisation import Organisation
from plfkit.profiles import GENERIC, Profile, load_profile
from plfkit.progress import hide_progress
from plfkit.report import render_report, to_document
from plfkit.sources import write
from plfkit.synthetic import municipality

_SCHOOLS = 2
_DRAWS: Mapping[str, int] = {"draws": 20}
"""Enough to compile what draws."""


def preload(*profiles: Profile) -> None:
    """Load, compile and read now what would otherwise be so when it is first used.

    A server calls it once, before it takes requests or makes processes of itself, so that nobody waits for
    it. It goes the whole way on a small example municipality: workbook, measures, goals, gate and page. It
    keeps nothing of that, and takes some seconds. What needs libraries that are not installed is left out.

    Args:
        *profiles: The profiles that will be used, whose own measures are tried as well; the generic one
            if none is named.
    """
    load_compiler()
    with hide_progress():
        for profile in profiles or (load_profile(GENERIC),):
            _measure_example(profile, municipality(profile, schools=_SCHOOLS))


def _measure_example(profile: Profile, town: Organisation) -> None:
    with suppress(MissingExtraError):
        book = io.BytesIO()
        write(town, book)
        read(book.getvalue(), profile=profile)
    _call_measures(town)
    released = release(assess(town, profile), floor=profile.privacy)
    to_document(released)
    with suppress(MissingExtraError):
        for language in LANGUAGES:
            render_report(released, language=language)


def _call_measures(town: Organisation) -> None:
    """Call each measure with the example that its module gives, where the town has what it asks for."""
    find_moment = partial(snapshot, town)
    now = find_moment()
    for measure in CORE:
        drawn = {name: value for name, value in _DRAWS.items() if name in measure.parameters}
        with suppress(MeasureError):
            measure(measure.choose_moments(now, find_moment), {**measure.about.example, **drawn})
