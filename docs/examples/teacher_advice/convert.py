"""Turn the advice networks of three real schools into a native folder.

The data (Pitts & Spillane 2009) tell who turns to whom, in which school, and who teaches which grade.
They do not tell who was asked and did not answer, nor when: so no responses and no dates are written,
and plfkit calls the observed share unknown.

    python convert.py SOURCE_FOLDER NATIVE_FOLDER
"""

from __future__ import annotations

import csv
import json
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

TITLE = {
    "da": "Faglig sparring på tre skoler (Pitts og Spillane)",
    "en": "Advice at three schools (Pitts & Spillane)",
}


def main(source: Path, target: Path) -> None:
    """Write the native folder."""
    people = _read(source / "nodes.csv")
    ties = _read(source / "edges.csv")
    schools = sorted({person["school"] for person in people})
    target.mkdir(parents=True, exist_ok=True)
    _write(target, "units", ("id", "kind"), [(school, "school") for school in schools])
    _write(target, "persons", ("id",), [(person["id"],) for person in people])
    _write(
        target,
        "positions",
        ("person", "unit", "role"),
        [(person["id"], person["school"], "teacher") for person in people],
    )
    _write_teams(target, people)
    _write(
        target,
        "surveys",
        ("id", "kind", "relation", "unit"),
        [(f"advice-{school}", "network", "advice", school) for school in schools],
    )
    _write(
        target,
        "ties",
        ("source", "target", "relation", "survey"),
        [(tie["from"], tie["to"], "advice", f"advice-{tie['school']}") for tie in ties],
    )
    descriptor = {"name": "teacher-advice", "plfkit": {"title": TITLE, "synthetic": False}}
    (target / "datapackage.json").write_text(
        json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n", encoding="utf-8"
    )


def _write_teams(target: Path, people: list[dict[str, str]]) -> None:
    """Teachers of one grade are a team; somebody alone on a grade is not."""
    teams = {person["id"]: f"{person['school']}-{person['grade_group']}" for person in people}
    sizes = Counter(teams.values())
    real = sorted(team for team, size in sizes.items() if size > 1)
    _write(
        target,
        "communities",
        ("id", "kind", "unit"),
        [(team, "grade_team", team.partition("-")[0]) for team in real],
    )
    _write(
        target,
        "memberships",
        ("community", "person"),
        [(team, person) for person, team in teams.items() if team in real],
    )


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _write(target: Path, table: str, header: tuple[str, ...], rows: Iterable[object]) -> None:
    with (target / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)  # type: ignore[arg-type]


if __name__ == "__main__":
    if len(sys.argv) != 3:  # noqa: PLR2004 - the script, the source and the target
        sys.exit(__doc__)
    main(Path(sys.argv[1]), Path(sys.argv[2]))
