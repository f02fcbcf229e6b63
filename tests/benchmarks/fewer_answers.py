"""The same network answered by fewer and fewer: what becomes of every value of every measure of ties.

Fifty draws of who answers at each rate; the mean of the values is printed over the value of all.

    python tests/benchmarks/fewer_answers.py --draws 50
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))
from silence import RATES, Key, answered_by, calls, figures_of, mean_of

from plfkit.measures import CORE

WHOLE = (None, None, None)


def compare(draws: int) -> dict[str, list[str]]:
    """Return, call by call, the mean value at each rate over the value where everybody answered."""
    asked = [(name, {**arguments, "draws": 0}) for name, arguments in calls()]
    everybody = answered_by(1.0, 0)
    whole = [mean_of(figures_of(CORE[name](everybody, more))) for name, more in asked]
    rows: dict[str, list[str]] = {
        _title(n, *call, key): [] for n, call in enumerate(asked) for key in _keys(whole[n])
    }
    for rate in RATES:
        drawn: list[dict[Key, list[float]]] = [defaultdict(list) for _ in asked]
        for seed in range(draws):
            now = answered_by(rate, seed)
            for number, (name, more) in enumerate(asked):
                for key, value in mean_of(figures_of(CORE[name](now, more))).items():
                    drawn[number][key].append(value)
        for number, call in enumerate(asked):
            for key in _keys(whole[number]):
                found = drawn[number][key]
                cell = f"{np.mean(found) / whole[number][key]:.3f}" if len(found) == draws else "–"
                rows[_title(number, *call, key)].append(cell)
    return rows


def _keys(values: dict[Key, float]) -> list[Key]:
    """Return the keys of figures of the whole network that are not nothing."""
    return [key for key, value in values.items() if key[:3] == WHOLE and value]


def _title(number: int, name: str, arguments: dict[str, Any], key: Key) -> str:
    shown = {n: v for n, v in arguments.items() if n not in {"draws", "target", "groups"}}
    told = ", ".join(f"{n}={v}" for n, v in shown.items())
    return f"{number:2d} {name} ({told}){f' {key[3]}' if key[3] else ''}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--draws", type=int, default=50)
    rows = compare(parser.parse_args().draws)
    print("| measure |", " | ".join(f"{rate:.0%}" for rate in RATES), "|")
    for title, cells in rows.items():
        print(f"| {title} |", " | ".join(cells), "|")


if __name__ == "__main__":
    main()
