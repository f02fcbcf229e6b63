"""A staff list of sixty thousand rows into tables, beside pandas, in one run.

    python tests/benchmarks/importing.py [ROUNDS] [ROWS]

Both read the same list, as CSV and as a workbook, as an office writes it: title rows, a total, decimal
commas, hours, last days, two jobs in one cell, schools in several spellings. Both give the same persons
and positions, compared before anything is timed. pandas has what somebody would write for this one list;
plfkit looks for every fault besides, and checks the tables. Each is a process of its own; they take turns.
"""

from __future__ import annotations

import io
import json
import platform
import random
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Any

import pandas as pd
import xlsxwriter

import plfkit
from plfkit.sources import Limits

ROUNDS, ROWS, SCHOOLS = 5, 60_000, 300
TITLES = ["Nr.", "Navn", "Skole", "Stilling", "Timer", "Ansat", "Sidste dag"]
JOBS = {
    "Lærer": ["teacher"],
    "Skolepædagog": ["pedagogue"],
    "Skoleleder": ["principal"],
    "Lærer/læsevejleder": ["teacher", "reading_coach"],
    "Bh.kl.leder": ["teacher"],
}
WORKERS = ("pandas, CSV", "plfkit, CSV", "pandas, xlsx", "plfkit, xlsx")


def write_list(folder: Path, rows: int) -> None:
    """Write the list as CSV and as a workbook, and the mapping."""
    chance = random.Random(7)  # noqa: S311 - an example
    jobs = list(JOBS)
    lines = [["Personaleliste"], [], TITLES]
    for number in range(rows):
        school = chance.randrange(SCHOOLS)
        spelling = f"Skole {school}" if chance.random() < 0.9 else f"Sk. {school}"
        day = f"{chance.randint(1, 28):02}-{chance.randint(1, 12):02}-{chance.randint(1995, 2025)}"
        end = chance.choice(["", "", "31-07-2027"])
        hours = chance.choice(["37", "32,5", "18,5"])
        name = f"Fornavn{number % 4000} Efternavn{number}"
        lines.append([f"m{number}", name, spelling, chance.choice(jobs), hours, day, end])
    lines.append(["I alt", f"{rows}"])
    text = "\r\n".join(";".join([*line, *[""] * (7 - len(line))]) for line in lines)
    (folder / "list.csv").write_bytes(text.encode("cp1252"))
    book = xlsxwriter.Workbook(folder / "list.xlsx")
    page = book.add_worksheet()
    for number, line in enumerate(lines):
        page.write_row(number, 0, line)
    book.close()
    (folder / "list.toml").write_text(build_mapping(), encoding="utf-8")


def build_mapping() -> str:
    """Return what the list is."""
    units = "".join(
        f'[units.s{n}]\nkind = "school"\nname = "Skole {n}"\nparent = "k"\n' for n in range(SCHOOLS)
    )
    words = "".join(f'"Sk. {n}" = "s{n}"\n' for n in range(SCHOOLS))
    columns = dict(
        zip(("person", "name", "unit", "role", "hours", "valid_from", "valid_to"), TITLES)  # noqa: B905
    )
    return (
        'schema_version = 1\n[file]\nencoding = "cp1252"\ndelimiter = ";"\ndecimal = ","\n'
        'dates = "day-first"\nends = "last day"\nheader = "Nr."\nskip = ["I alt"]\n'
        f'[units.k]\nkind = "municipality"\n{units}'
        '[[take]]\nkind = "staff"\nevery.full_time = 37\nsplit.role = "/"\n[take.columns]\n'
        + "".join(f'{key} = "{title}"\n' for key, title in columns.items())
        + f"[take.words.unit]\n{words}"
    )


def read_with_plfkit(file: Path) -> tuple[int, int, float]:
    """Read the list by its mapping; return counts and the sum of shares."""
    staff = plfkit.import_files(file.with_name("list.toml"), file, limits=Limits(ratio=1000))
    shares = [share for share in staff.positions.column("fte").tolist() if share is not None]
    return len(staff.persons), len(staff.positions), round(sum(shares), 2)


def read_with_pandas(file: Path) -> tuple[int, int, float]:
    """Read the list as one would by hand; return the same."""
    if file.suffix == ".csv":
        text = file.read_bytes().decode("cp1252").split("\r\n", 2)[2]
        rows = pd.read_csv(io.StringIO(text), sep=";", dtype=str)
    else:
        rows = pd.read_excel(file, header=2, dtype=str, engine="calamine")
    rows = rows[rows["Nr."] != "I alt"].copy()
    rows["unit"] = "s" + rows["Skole"].str.extract(r"(\d+)$")[0]
    rows["fte"] = (rows["Timer"].str.replace(",", ".").astype(float) / 37).round(4)
    rows["start"] = pd.to_datetime(rows["Ansat"], format="%d-%m-%Y")
    ends = pd.to_datetime(rows["Sidste dag"], format="%d-%m-%Y")
    rows["end"] = ends + pd.Timedelta(days=1)
    rows["role"] = rows["Stilling"].map(JOBS)
    if rows["role"].isna().any() or rows["Nr."].duplicated().any():
        raise ValueError("a title is not known, or a number stands twice")
    positions = rows.explode("role")
    positions.loc[positions.index.duplicated(keep=False), "fte"] = None
    persons = rows[["Nr.", "Navn"]]
    return len(persons), len(positions), round(float(positions["fte"].sum()), 2)


def run_one(worker: str, folder: Path, rounds: int) -> None:
    """Read several times and print the seconds of each, and what came out."""
    library, form = worker.split(", ")
    read = read_with_pandas if library == "pandas" else read_with_plfkit
    file = folder / f"list.{form.lower()}"
    found: Any = read(file)
    seconds = []
    for _ in range(rounds):
        start = time.perf_counter()
        found = read(file)
        seconds.append(time.perf_counter() - start)
    print(json.dumps({"found": found, "seconds": seconds}))


def main() -> None:
    """Write the list, and let each read it in turn."""
    if sys.argv[1:2] == ["--one"]:
        run_one(sys.argv[2], Path(sys.argv[3]), int(sys.argv[4]))
        return
    given = list(map(int, sys.argv[1:3]))
    rounds, rows = [*given, *(ROUNDS, ROWS)[len(given) :]]
    print(platform.python_version(), *(f"{n} {version(n)}" for n in ("pandas", "python-calamine")))
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        write_list(folder, rows)
        done = {}
        for worker in WORKERS:
            command = [sys.executable, __file__, "--one", worker, str(folder), str(rounds)]
            answer = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603
            done[worker] = json.loads(answer.stdout)
    found = {str(one["found"]) for one in done.values()}
    if len(found) > 1:
        raise SystemExit(f"they do not agree: {found}")
    print(f"{rows:,} rows, persons, positions and sum of shares: {found.pop()}")
    for worker, one in done.items():
        print(f"{worker:14} {median(one['seconds']):6.2f} s")


if __name__ == "__main__":
    main()
