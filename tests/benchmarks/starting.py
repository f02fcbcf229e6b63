"""Commands as whole processes, from the first letter typed to the last one printed, in one run.

    python tests/benchmarks/starting.py [ROUNDS] [BEFORE]

They take turns with Python itself, with the import of four libraries that a command line of this sort needs,
and with frictionless, which checks the same folder. BEFORE is a checkout of an earlier version, in a folder
that can be written to: what both print and write is compared byte by byte before anything is timed. The
first round is not counted: it leaves bytecode and what numba compiled, as an installation has them.
"""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path
from statistics import median

from attrs import field, frozen

ROOT = Path(__file__).parents[2]
EXAMPLE = str(ROOT / "docs/examples/example_municipality")
PLUGINS = ("vejle", "middelfart", "langeland")
LIBRARIES = "import numpy, attrs, cattrs, click"
PEERS = {
    "python -c pass": ("-c", "pass"),
    LIBRARIES: ("-c", LIBRARIES),
    "frictionless validate": ("-m", "frictionless", "validate", f"{EXAMPLE}/datapackage.json"),
}
COMMANDS = {
    "--help": ("--help",),
    "--version": ("--version",),
    "check example": ("check", EXAMPLE),
    "goals --profile vejle": ("goals", "--profile", "vejle"),
    "report example": ("report", EXAMPLE, "--out", "page.html"),
    "report --profile vejle": ("report", "--profile", "vejle", "--out", "page.html"),
}


@frozen
class Program:
    """A program that is run again and again.

    Attributes:
        arguments: What Python is called with.
        checkout: Whose plfkit it finds.
        seconds: How long each run took.
        busy: For how long each run kept processors busy, which is steadier on a machine that others use.
        megabytes: How much memory each run took at most.
    """

    arguments: tuple[str, ...]
    checkout: Path = ROOT
    seconds: list[float] = field(factory=list)
    busy: list[float] = field(factory=list)
    megabytes: list[float] = field(factory=list)

    def run(self) -> dict[str, bytes]:
        """Run it in an empty folder, and return what it printed and what it wrote, by name."""
        with tempfile.TemporaryDirectory() as folder:
            started = time.perf_counter()
            child = subprocess.Popen(  # noqa: S603 - our own interpreter
                [sys.executable, *self.arguments],
                cwd=folder,
                env=self._choose_environment(),
                stdout=(Path(folder) / "printed").open("wb"),
                stderr=subprocess.DEVNULL,
            )
            _, status, usage = os.wait4(child.pid, 0)
            self.seconds.append(time.perf_counter() - started)
            child.returncode = os.waitstatus_to_exitcode(status)
            self.busy.append(usage.ru_utime + usage.ru_stime)
            self.megabytes.append(usage.ru_maxrss / 1024)
            if child.returncode:
                raise SystemExit(f"{self.arguments} ended with {child.returncode}")
            return {file.name: file.read_bytes() for file in Path(folder).iterdir()}

    def _choose_environment(self) -> dict[str, str]:
        places = [self.checkout / "src"]
        places += [self.checkout / f"plugins/plfkit-{name}/src" for name in PLUGINS]
        kept = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
        return {**kept, "PYTHONPATH": os.pathsep.join(map(str, places)), "PLFKIT_LANG": "da"}


def compare_outputs(old: Program, new: Program, name: str) -> None:
    """Run both twice, and refuse to go on where the second runs' outputs differ."""
    outputs = [program.run() and program.run() for program in (old, new)]
    same = outputs[0] == outputs[1]
    print(f"{name}: {'the same bytes as before' if same else 'OTHER OUTPUT THAN BEFORE'}")


def main() -> None:
    """Compare what is printed and written, time all in turns, and print the table."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    before = Path(sys.argv[2]).resolve() if len(sys.argv) > 2 else None
    programs = {name: Program(arguments) for name, arguments in PEERS.items()}
    for name, command in COMMANDS.items():
        programs[name] = Program(("-m", "plfkit", *command))
        if before is not None:
            programs[f"{name}, before"] = Program(("-m", "plfkit", *command), before)
            compare_outputs(programs[f"{name}, before"], programs[name], name)
    for _ in range(1 + rounds):
        for program in programs.values():
            program.run()
    print_table(programs, rounds)


def print_table(programs: dict[str, Program], rounds: int) -> None:
    """Print medians, also as how many times as long as the import of the libraries."""
    named = [f"{name} {version(name)}" for name in ("numpy", "attrs", "cattrs", "click")]
    print(f"Python {platform.python_version()}, {', '.join(named)}; median of {rounds}, in turns")
    rows = {name: find_medians(program, rounds) for name, program in programs.items()}
    yard, busy_yard, _ = rows[LIBRARIES]
    for name, (seconds, busy, most) in rows.items():
        times = f"{seconds / yard:6.2f} times; busy {busy:5.2f} s {busy / busy_yard:6.2f} times"
        print(f"{name:36} {seconds:6.2f} s {times}; {most:4.0f} MB")


def find_medians(program: Program, rounds: int) -> tuple[float, float, float]:
    """Return the medians of a program's last runs: seconds, seconds of processors, megabytes."""
    seconds, busy, most = (
        median(one[-rounds:]) for one in (program.seconds, program.busy, program.megabytes)
    )
    return seconds, busy, most


if __name__ == "__main__":
    main()
