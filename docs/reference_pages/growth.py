"""The picture of what measures cost as networks grow, of what a benchmark wrote."""

from __future__ import annotations

import json
from html import escape
from math import log10
from pathlib import Path
from typing import Any

MEASURED = Path(__file__).parents[1] / "_static" / "growing.json"
"""What `tests/benchmarks/growing.py` measured; made anew with its name as argument."""

WIDTH, HEIGHT = 760, 440
LEFT, RIGHT, TOP, BOTTOM = 64, 248, 20, 52
LEAST_MS, SECOND, MOST_MS = 0.1, 1_000, 10_000
ROW = 16
"""How far apart the names of lines stand at least."""

COLOURS = ("#14645a", "#b4541a", "#3b5b9c", "#7a4b8f", "#8a6d0b")
DASHES = ("", "6 3")
INK, GRID = "#1c2b33", "#d5dedb"


def draw_growth() -> str:
    """Draw a line for each task, both axes in powers of ten."""
    sizes: list[dict[str, Any]] = json.loads(MEASURED.read_text(encoding="utf-8"))
    tasks = list(sizes[0]["tasks"])
    people = [size["people"] for size in sizes]
    ends = {task: sizes[-1]["tasks"][task]["ms"] for task in tasks}
    alt = (
        f"What measures cost from {people[0]:,} to {people[-1]:,} people, on a snapshot that keeps its "
        "layer; at the largest size, in milliseconds: "
    ) + ", ".join(f"{task} {took:,.0f}" for task, took in ends.items())
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}"',
        f'height="{HEIGHT}" font-family="sans-serif" font-size="13" role="img" aria-label="{escape(alt)}.">',
        *_draw_axes(people),
    ]
    heights = _spread_names({task: _place_ms(took) for task, took in ends.items()})
    for number, task in enumerate(tasks):
        took = [size["tasks"][task]["ms"] for size in sizes]
        lines += _draw_line(number, task, people, took, heights[task])
    return "\n".join([*lines, "</svg>"]) + "\n"


def _draw_axes(people: list[int]) -> list[str]:
    """Draw a line across at each power of ten, and a mark at each size."""
    lines = []
    for power in range(round(log10(LEAST_MS)), round(log10(MOST_MS)) + 1):
        took = 10.0**power
        y, text = _place_ms(took), f"{took / 1000:g} s" if took >= SECOND else f"{took:g} ms"
        lines.append(f'<path d="M{LEFT} {y:.1f} H{WIDTH - RIGHT}" stroke="{GRID}"/>')
        lines.append(
            f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end" fill="{INK}">{text}</text>'
        )
    bottom = HEIGHT - BOTTOM
    for count in people:
        x = _place_people(count, people)
        lines.append(f'<path d="M{x:.1f} {TOP} V{bottom + 5}" stroke="{GRID}"/>')
        lines.append(
            f'<text x="{x:.1f}" y="{bottom + 22}" text-anchor="middle" fill="{INK}">{count:,}</text>'
        )
    middle = (LEFT + WIDTH - RIGHT) / 2
    lines.append(
        f'<text x="{middle:.0f}" y="{HEIGHT - 10}" text-anchor="middle" fill="{INK}">people</text>'
    )
    return lines


def _draw_line(
    number: int, task: str, people: list[int], took: list[float], height: float
) -> list[str]:
    """Draw what a task took at each size, with its name at the end."""
    colour, dash = COLOURS[number % len(COLOURS)], DASHES[number // len(COLOURS) % len(DASHES)]
    points = [
        (_place_people(count, people), _place_ms(ms))
        for count, ms in zip(people, took, strict=True)
    ]
    path = "M" + " L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    dots = [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.5" fill="{colour}"/>' for x, y in points]
    (x, y), to = points[-1], WIDTH - RIGHT + 20
    return [
        f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="2" stroke-dasharray="{dash}"/>',
        *dots,
        f'<path d="M{x + 4:.1f} {y:.1f} L{to - 4} {height:.1f}" stroke="{colour}" stroke-width="0.7"/>',
        f'<text x="{to}" y="{height + 4:.1f}" fill="{colour}">{escape(task)}, {took[-1]:,.0f} ms</text>',
    ]


def _place_people(count: int, people: list[int]) -> float:
    share = log10(count / people[0]) / log10(people[-1] / people[0])
    return LEFT + share * (WIDTH - RIGHT - LEFT)


def _place_ms(took: float) -> float:
    share = log10(max(took, LEAST_MS) / LEAST_MS) / log10(MOST_MS / LEAST_MS)
    return HEIGHT - BOTTOM - share * (HEIGHT - BOTTOM - TOP)


def _spread_names(heights: dict[str, float]) -> dict[str, float]:
    """Move names down until none lies upon another."""
    spread: dict[str, float] = {}
    lowest = float("-inf")
    for task, height in sorted(heights.items(), key=lambda pair: pair[1]):
        lowest = max(height, lowest + ROW)
        spread[task] = lowest
    return spread
