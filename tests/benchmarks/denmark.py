"""A native folder of the size of all Danish municipal schools, from a seed.

    python tests/benchmarks/denmark.py FOLDER [SEED] [SCALE]

Some 60,000 people at 1,500 schools, 40,000 communities and a million rows. It has the shape of such
data, nothing else: the figures computed on it mean nothing.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Sequence
from itertools import repeat
from pathlib import Path
from typing import Any

import numpy as np

SCHOOLS, PEOPLE, COMMUNITIES = 1_500, 60_000, 40_000
MEMBERSHIPS, TIES, EVENTS, PARTICIPATIONS = 330_000, 270_000, 60_000, 120_000
ROLES = ("teacher", "teacher", "teacher", "teacher", "pedagogue", "reading_coach", "principal")
KINDS = ("team", "subject_team", "grade_team", "learning_community", "learning_centre")
MEETINGS = ("planning_meeting", "dialogue_meeting", "data_meeting", "observation_visit")
YEAR = [f"2018-{month:02d}-{day:02d}" for month in range(8, 13) for day in range(1, 29)]


def write_denmark(folder: Path, seed: int = 1, scale: float = 1.0) -> int:
    """Write the folder and return how many rows it has.

    Args:
        folder: Where.
        seed: What the chance begins with.
        scale: How large, 1 being all of Denmark.
    """
    rng = np.random.default_rng(seed)
    schools, people, communities, memberships, ties, events, parts = (
        max(int(size * scale), 8)
        for size in (SCHOOLS, PEOPLE, COMMUNITIES, MEMBERSHIPS, TIES, EVENTS, PARTICIPATIONS)
    )
    folder.mkdir(parents=True, exist_ok=True)
    unit = [f"school-{n:04d}" for n in range(schools)]
    person = [f"person-{n:06d}" for n in range(people)]
    community = [f"community-{n:05d}" for n in range(communities)]
    event = [f"event-{n:06d}" for n in range(events)]
    home = rng.integers(0, schools, people)
    asked = rng.random(people) < 0.95
    source, target = pairs(rng, (people, people), ties, np.flatnonzero(asked))
    group, member = pairs(rng, (communities, people), memberships)
    met, present = pairs(rng, (events, people), parts)
    tables: dict[str, tuple[str, Iterable[Sequence[Any]]]] = {
        "units": (
            "id,kind,name,parent",
            [
                ("dk", "municipality", "Eksempelkommune", ""),
                *((u, "school", f"Skole {n}", "dk") for n, u in enumerate(unit)),
            ],
        ),
        "persons": ("id,name,valid_from", joined(person, repeat(""), repeat("2016-08-01"))),
        "positions": (
            "person,unit,role,fte,subject,valid_from,valid_to",
            joined(
                person,
                (unit[u] for u in home),
                chosen(rng, ROLES, people),
                (f"{share / 20:g}" for share in rng.integers(10, 21, people)),
                chosen(rng, ("", "danish", "mathematics"), people),
                repeat("2016-08-01"),
                repeat(""),
            ),
        ),
        "communities": (
            "id,kind,unit,charter,valid_from",
            joined(
                community,
                chosen(rng, KINDS, communities),
                chosen(rng, unit, communities),
                chosen(rng, ("yes", "no", ""), communities),
                repeat("2017-08-01"),
            ),
        ),
        "memberships": (
            "community,person,role,valid_from,valid_to",
            joined(
                (community[c] for c in group),
                (person[p] for p in member),
                repeat("member"),
                repeat("2017-08-01"),
                repeat(""),
            ),
        ),
        "surveys": (
            "id,kind,relation,date",
            [("advice-2018", "network", "advice", "2018-11-01")],
        ),
        "responses": (
            "survey,person,answered",
            zip(repeat("advice-2018"), person, ("yes" if a else "no" for a in asked)),
        ),
        "ties": (
            "source,target,relation,survey,weight",
            joined(
                (person[p] for p in source),
                (person[p] for p in target),
                repeat("advice"),
                repeat("advice-2018"),
                chosen(rng, ("1", "2", "3"), len(source)),
            ),
        ),
        "events": (
            "id,kind,date,unit,hours",
            joined(
                event,
                chosen(rng, MEETINGS, events),
                chosen(rng, YEAR, events),
                chosen(rng, unit, events),
                chosen(rng, ("1", "1.5", "2"), events),
            ),
        ),
        "participations": (
            "event,person,role",
            zip((event[e] for e in met), (person[p] for p in present), repeat("participant")),
        ),
    }
    return sum(write_table(folder / f"{name}.csv", *table) for name, table in tables.items())


def joined(*columns: Iterable[Any]) -> Iterable[tuple[Any, ...]]:
    """Return the rows of columns; those without an end are as long as the others."""
    return zip(*columns, strict=False)


def pairs(
    rng: np.random.Generator, sizes: tuple[int, int], count: int, among: Any = None
) -> tuple[Any, Any]:
    """Draw different pairs of different numbers."""
    first = rng.integers(0, sizes[0], count) if among is None else rng.choice(among, count)
    second = rng.integers(0, sizes[1], count)
    once = np.unique(first * sizes[1] + second)
    first, second = once // sizes[1], once % sizes[1]
    different = first != second
    return first[different].tolist(), second[different].tolist()


def chosen(rng: np.random.Generator, words: Sequence[str], count: int) -> list[str]:
    """Draw words."""
    return [words[n] for n in rng.integers(0, len(words), count)]


def write_table(file: Path, header: str, rows: Iterable[Sequence[Any]]) -> int:
    """Write a table and return how many rows it has."""
    written = list(rows)
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(header.split(","))
        writer.writerows(written)
    return len(written)


if __name__ == "__main__":
    target, *rest = sys.argv[1:]
    seed = int(rest[0]) if rest else 1
    scale = float(rest[1]) if rest[1:] else 1.0
    print(f"{write_denmark(Path(target), seed, scale):,} rows")
