"""Scorecards and tables of figures: how long they take as municipalities grow in number and size.

    python tests/benchmarks/scorecards.py combine|cards|assess|frames [ROUNDS]

``combine`` brings 12, 24, 48 and 98 example municipalities together; ``cards`` assesses one of 10 schools
and one of 100, over three years; ``assess`` brings 48 together and assesses them, each in a fresh process
whose peak memory is told; ``frames`` makes data frames of 340,000 figures. Values are checked before
anything is timed. Times are medians, those of the processor: other work on the machine does not count.
"""

from __future__ import annotations

import platform
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from importlib.metadata import version
from statistics import median
from typing import Any

import numpy as np
from narwhals import from_native

import plfkit
from plfkit.model.records.frames import BACKENDS
from plfkit.model.results.figures import CodedTexts, build_figures
from plfkit.model.results.result import Result

PROFILE, SCHOOLS, YEARS_BACK = "vejle", 9, 2
SIZES, TOGETHER = (12, 24, 48, 98), 48
FIGURES, EACH = 340_000, 5
ROUNDS = 5


def make_towns(count: int) -> Mapping[str, plfkit.Organisation]:
    """Make example municipalities, each from a seed of its own."""
    profile = plfkit.load_profile(PROFILE)
    return {
        f"town_{seed}": plfkit.synthetic.municipality(profile, schools=SCHOOLS, seed=seed)
        for seed in range(count)
    }


def count_rows(organisation: plfkit.Organisation) -> int:
    """Count the rows of all tables."""
    return sum(map(len, organisation.tables.values()))


def time_call(call: Callable[[], Any], rounds: int) -> float:
    """Return the median of the seconds of processor time that a call takes."""
    took = []
    for _ in range(rounds):
        start = time.process_time()
        call()
        took.append(time.process_time() - start)
    return median(took)


def measure_combine(rounds: int) -> None:
    """Bring municipalities together; every row and every person must still be there."""
    towns = make_towns(max(SIZES))
    for size in SIZES:
        some = dict([*towns.items()][:size])
        together = plfkit.combine(some)
        assert len(together.persons) == sum(len(town.persons) for town in some.values())
        assert len(together.ties) == sum(len(town.ties) for town in some.values())
        took = time_call(lambda some=some: plfkit.combine(some), rounds)  # type: ignore[misc]
        print(f"{size:3} municipalities, {count_rows(together):9,} rows: {took:5.2f} s")


def measure_cards(rounds: int) -> None:
    """Assess a municipality; every indicator must have a result in each of three years."""
    profile = plfkit.load_profile(PROFILE)
    for schools in (10, 100):
        town = plfkit.synthetic.municipality(profile, schools=schools, seed=1)
        card = plfkit.assess(town, profile, years_back=YEARS_BACK)
        assert all(one.result is not None for one in card)
        assert {len(one.trend) for one in card} == {YEARS_BACK + 1}
        took = time_call(
            lambda town=town: plfkit.assess(town, profile, years_back=YEARS_BACK),  # type: ignore[misc]
            rounds,
        )
        print(
            f"{schools:3} schools, {count_rows(town):7,} rows, {len(card.indicators)} indicators, "
            f"{YEARS_BACK + 1} years: {took:5.2f} s"
        )


def assess_together() -> None:
    """Bring 48 municipalities together and assess them, in this process; print its peak."""
    towns = make_towns(TOGETHER)
    together = plfkit.combine(towns)
    del towns
    print(f"{TOGETHER} municipalities, {count_rows(together):,} rows brought together", end="; ")
    print(f"peak so far {read_peak():,.0f} MB", flush=True)
    start = time.process_time()
    card = plfkit.assess(together, plfkit.load_profile(PROFILE), years_back=YEARS_BACK)
    assert all(one.result is not None for one in card)
    print(f"assessed in {time.process_time() - start:.1f} s; peak {read_peak():,.0f} MB")


def read_peak() -> float:
    """Return the most memory that this process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def make_result() -> Result:
    """Make a result of 340,000 figures of people, some of which are missing."""
    rng = np.random.default_rng(1)
    people = [f"person-{number:06d}" for number in range(FIGURES // EACH)]
    value = np.where(rng.random(FIGURES) < 0.1, np.nan, rng.random(FIGURES))
    figures = build_figures(
        FIGURES,
        id=CodedTexts.of_repeated(people, times=EACH),
        figure=CodedTexts.of_repeated("abcde", each=len(people)),
        value=value,
        lower=np.minimum(value, 0.5),
        upper=np.maximum(value, 0.5),
        n=rng.integers(1, 99, FIGURES).astype(np.float64),
        reason=CodedTexts(np.where(np.isnan(value), 0, -1).astype(np.int32), ["not_surveyed"]),
    )
    return Result(
        figures=figures, measure="degree", figure_class="answers", at="2018/19", n=1, observed=1.0
    )


def measure_frames(rounds: int) -> None:
    """Make frames of a result; they must hold what its records do."""
    result = make_result()
    some = list(result.figures[:1_000])
    for backend in BACKENDS:
        told = from_native(result.to_frame(backend), eager_only=True)[:1_000]
        assert told["id"].to_list() == [one.id for one in some]
        values = [np.nan if one.value is None else one.value for one in some]
        np.testing.assert_array_equal(told["value"].to_numpy().astype(np.float64), values)
        took = time_call(lambda backend=backend: result.to_frame(backend), rounds)  # type: ignore[misc]
        print(f"{FIGURES:,} figures to {backend}: {1e3 * took:4.0f} ms")


def main(task: str, rounds: int) -> None:
    """Measure one task, and print what was found."""
    names = ("numpy", "scipy", "pandas", "polars", "pyarrow")
    print(f"Python {platform.python_version()}, {platform.machine()}, ", end="")
    print(", ".join(f"{name} {version(name)}" for name in names), f"; median of {rounds}", sep="")
    match task:
        case "combine":
            measure_combine(rounds)
        case "cards":
            measure_cards(rounds)
        case "assess":
            subprocess.run([sys.executable, __file__, "--together"], check=True)  # noqa: S603 - ourselves
        case _:
            measure_frames(rounds)


if __name__ == "__main__":
    if "--together" in sys.argv:
        assess_together()
    else:
        main(sys.argv[1], int(sys.argv[2]) if sys.argv[2:] else ROUNDS)
