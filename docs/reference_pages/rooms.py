"""The picture of the rooms."""

from __future__ import annotations

import importlib
import tomllib
from html import escape
from pathlib import Path
from textwrap import wrap

PROJECT = Path(__file__).parents[2] / "pyproject.toml"
LETTER = 5.4
"""How wide a small letter is, in the picture's units."""


def draw_rooms() -> str:
    """Draw the rooms as the layers that the import contract holds."""
    project = tomllib.loads(PROJECT.read_text(encoding="utf-8"))
    contracts = project["tool"]["importlinter"]["contracts"]
    layers = [layer.replace(" | ", " : ").split(" : ") for layer in contracts[0]["layers"]]
    height, width, gap = 46, 760, 8
    label = "The rooms of plfkit, each importing only those below it"
    view = f"0 0 {width} {len(layers) * (height + gap)}"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view}" font-family="sans-serif"',
        f'font-size="13" role="img" aria-label="{label}">',
    ]
    for row, names in enumerate(layers):
        each = (width - gap * (len(names) - 1)) / len(names)
        for place, name in enumerate(names):
            x, y = place * (each + gap), row * (height + gap)
            parts += _room(name, x, y, (each, height), wide=len(names) == 1)
    return "\n".join([*parts, "</svg>"]) + "\n"


def _room(name: str, x: float, y: float, size: tuple[float, float], *, wide: bool) -> list[str]:
    doc = (importlib.import_module(name).__doc__ or "").strip().splitlines()[0]
    purpose = doc.partition(": ")[2] or doc
    title, down = escape(name.removeprefix("plfkit.")), 28 if wide else 17
    words = [f'<text x="{x + 14}" y="{y + down}" font-weight="bold" fill="#14645a">{title}</text>']
    if wide:
        words.append(f'<text x="{x + 120}" y="{y + 28}" fill="#1c2b33">{escape(purpose)}</text>')
    else:
        for number, line in enumerate(wrap(purpose, int(size[0] / LETTER))):
            place = f'x="{x + 14}" y="{y + 29 + 11 * number}"'
            words.append(f'<text {place} font-size="10" fill="#1c2b33">{escape(line)}</text>')
    place = f'x="{x}" y="{y}" width="{size[0]}" height="{size[1]}"'
    box = f'<rect {place} rx="6" fill="#f3f7f6" stroke="#14645a"/>'
    return [box, *words]
