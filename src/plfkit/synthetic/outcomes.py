"""Outcomes: supplied figures of pupils and of lessons, unit by unit."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from plfkit.synthetic.claims.holders import find_nearest_units
from plfkit.synthetic.draft import RowDraft
from plfkit.synthetic.events.meetings import interpolate_share
from plfkit.synthetic.setting import Setting, StreamPurpose
from plfkit.synthetic.units import SchoolUnits
from plfkit.synthetic.years import YEARS, find_start_day

PUPILS_A_STAFF, HIGH_BACKGROUND, BACKGROUND_SPREAD = 11, 0.55, 0.09
PUPILS_COME_AND_GO = 0.04
GAPS_DIFFER = 0.35
"""How far apart the gaps of schools are, as a share of the usual one."""
LEAST_PUPILS = 24
WELLBEING, PROGRESSION = "wellbeing", "progression_share"
MEAN_LEVEL, SHARE_LEVEL = (3.6, 0.12), (0.68, 0.05)
"""Where schools lie on average, and how far apart: on a scale from 1 to 5, and for shares."""
MEAN_GAPS, SHARE_GAPS = (0.14, 0.1), (0.16, 0.12)
"""How far apart pupils of high and of low social background are, in the first and last year."""
COVERAGE, COVERED, COVERED_SPREAD, LESSONS_A_STAFF = "competence_coverage", 0.87, 0.04, 640
"""How many lessons a year there are, and how many of them qualified teachers give."""
_COVERAGE_STREAM = 1_000_000
HIGH, LOW = BACKGROUNDS = ("high", "low")


def add_outcomes(draft: RowDraft, setting: Setting, school: SchoolUnits) -> None:
    """Add supplied figures about a school's pupils, all of them and by social background."""
    number = school.plan.number
    chance = setting.open_stream(StreamPurpose.OUTCOMES, number)
    counts = [_draw_pupil_counts(chance, school) for _ in YEARS]
    means = {WELLBEING} - {*setting.named.list_given("measure")}
    for measure in _list_supplied_measures(setting):
        level, spread = MEAN_LEVEL if measure in means else SHARE_LEVEL
        gaps = MEAN_GAPS if measure in means else SHARE_GAPS
        own, wider = level + chance.normal(0, spread), 1 + chance.normal(0, GAPS_DIFFER)
        for year, (pupils, high) in enumerate(counts):
            usual = interpolate_share(gaps, setting.compute_progress(number, year))
            gap = wider * usual + chance.normal(0, spread / 5)
            # Weighted by their numbers, those above and below meet at the school's own level, but for chance.
            low = own - gap * high / pupils + chance.normal(0, spread / 5)
            mean = (high * (low + gap) + (pupils - high) * low) / pupils
            told: dict[str | None, tuple[float, int]] = {None: (mean, pupils)}
            told |= {HIGH: (low + gap, high), LOW: (low, pupils - high)}
            for further, share in _split_pupils(setting):
                told[further] = mean + gap * (share - 0.5), int(pupils * share)
            for subgroup, (value, n) in told.items():
                _add_outcome(draft, school, (measure, year), subgroup, round(value, 3), n)


def _split_pupils(setting: Setting) -> Iterator[tuple[str, float]]:
    """Yield the subgroups that are named beside those by social background, with their shares."""
    named = setting.named.list_given("subgroup", "subgroups")
    further = [word for word in named if word not in BACKGROUNDS]
    for place, subgroup in enumerate(further, start=1):
        yield subgroup, place / (len(further) + 1)


def add_outcomes_above(draft: RowDraft, setting: Setting) -> None:
    """Add the figures of units above the schools, where an indicator looks at such units.

    Each is the mean of its schools' figures, by their pupils.
    """
    for kind in setting.named.list_given("per"):
        if kind in setting.vocabulary.unit_kinds and kind != "school":
            _add_means_of_units(draft, kind)


def _add_means_of_units(draft: RowDraft, kind: str) -> None:
    unit = draft.read_cells("outcomes", "unit")
    of_schools = draft.is_word("units", "kind", ["school"])[unit]
    above = np.where(of_schools, find_nearest_units(draft, kind)[unit], -1)
    measures, measure_words = draft.read_words("outcomes", "measure")
    groups, group_words = draft.read_words("outcomes", "subgroup")
    n, values = (draft.read_cells("outcomes", name) for name in ("n", "value"))
    starts = draft.read_cells("outcomes", "valid_from")
    ends = draft.read_cells("outcomes", "valid_to")
    rows = np.flatnonzero(above >= 0)
    # A column for each row of a school; those of one unit, measure, subgroup and year are equal, and make
    # one figure: 0.6 of 100 pupils and 0.9 of 200 make 0.8 of 300.
    keys = np.stack([above, measures, groups, starts.astype(np.int64)])[:, rows]
    found, first, inverse = np.unique(keys, axis=1, return_index=True, return_inverse=True)
    n, values, of_key = n[rows], values[rows], inverse.reshape(-1)
    pupils = np.bincount(of_key, n)
    draft.add(
        "outcomes",
        len(first),
        unit=found[0],
        measure=np.array(measure_words, object)[found[1]],
        subgroup=np.array([*group_words, None], object)[found[2]],
        value=np.round(np.bincount(of_key, n * values) / pupils, 3),
        n=pupils.astype(np.int64),
        valid_from=starts[rows][first],
        valid_to=ends[rows][first],
    )


def add_coverage(draft: RowDraft, setting: Setting, school: SchoolUnits) -> None:
    """Add how many lessons qualified teachers give, in all and in the subjects that indicators name."""
    measures = (indicator.measure for indicator in setting.profile.indicators.values())
    if COVERAGE not in {*measures, *setting.named.list_given("measure")}:
        return
    asked = setting.named.list_given("subject")
    chance = setting.open_stream(StreamPurpose.OUTCOMES, _COVERAGE_STREAM + school.plan.number)
    lessons = LESSONS_A_STAFF * school.plan.size
    for year in range(len(YEARS)):
        for subject in dict.fromkeys((None, *asked)):
            share = float(np.clip(chance.normal(COVERED, COVERED_SPREAD), 0, 1))
            hours = lessons if subject is None else lessons // 5
            _add_outcome(draft, school, (COVERAGE, year), subject, round(share, 3), hours)


def _draw_pupil_counts(chance: np.random.Generator, school: SchoolUnits) -> tuple[int, int]:
    """Return how many pupils a school has in a year, and how many of high social background."""
    usual = PUPILS_A_STAFF * school.plan.size * (1 + chance.normal(0, PUPILS_COME_AND_GO))
    pupils = max(2 * LEAST_PUPILS, round(usual))
    high = round(pupils * (HIGH_BACKGROUND + chance.normal(0, BACKGROUND_SPREAD)))
    return pupils, int(np.clip(high, LEAST_PUPILS, pupils - LEAST_PUPILS))


def _list_supplied_measures(setting: Setting) -> list[str]:
    """Return the figures that are supplied: two of our own, and what indicators and claims name."""
    named = setting.named.list_given("measure", "outcomes")
    return [name for name in dict.fromkeys([WELLBEING, PROGRESSION, *named]) if name != COVERAGE]


def _add_outcome(
    draft: RowDraft,
    school: SchoolUnits,
    about: tuple[str, int],
    subgroup: str | None,
    value: float,
    n: int,
) -> None:
    measure, year = about
    draft.add_one(
        "outcomes",
        unit=school.unit,
        measure=measure,
        subgroup=subgroup,
        value=value,
        n=n,
        valid_from=find_start_day(year),
        valid_to=find_start_day(year + 1),
    )
