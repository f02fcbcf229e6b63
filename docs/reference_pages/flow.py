"""The picture of the flow: the way of data, in one direction."""

from __future__ import annotations

from html import escape

WIDTH, BOX, GAP = 460, 54, 26
LABEL = {
    "da": "Dataens vej, i én retning: ",
    "en": "The way of data, in one direction: ",
}
STEPS = {
    "da": (
        ("Filer", "personaleliste, team, svar, møder"),
        ("Organisationen", "alle år, kontrolleret: hver fejl med sted og råd"),
        ("Et skoleår", "hvem der var hvor, og hvem der blev spurgt"),
        ("Tal", "hvert med et spænd: hvad det kunne være"),
        ("Mål", "nået, ikke nået eller ikke til at afgøre endnu"),
        ("Porten", "hvad der må vises, så ingen kan udpeges"),
        ("Siden", "til mødet, på dansk eller engelsk"),
    ),
    "en": (
        ("Files", "a staff list, teams, answers, meetings"),
        ("read: an organisation", "all years, checked: each fault with place and hint"),
        ("snapshot: a school year", "who was where, and who was asked"),
        ("measures: figures", "each with a range: what it could be"),
        ("assess: goals", "reached, not reached, or not to be decided yet"),
        ("release: the gate", "what may be seen, so that nobody can be pointed at"),
        ("write_report: a page", "for the meeting, in Danish or English"),
    ),
}
"""What becomes of data, step by step: a title, and what there is."""


def draw_flow(language: str) -> str:
    """Draw the steps one below the other, with an arrow from each to the next."""
    steps = STEPS[language]
    height = len(steps) * (BOX + GAP) - GAP + 2
    alt = LABEL[language] + "; ".join(f"{title} ({about})" for title, about in steps)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}"',
        f'height="{height}" font-family="sans-serif" role="img" aria-label="{escape(alt)}.">',
    ]
    for row, (title, about) in enumerate(steps):
        top = row * (BOX + GAP) + 1
        lines += _draw_step(top, title, about)
        if row:
            lines.append(_draw_arrow(top))
    return "\n".join([*lines, "</svg>"]) + "\n"


def _draw_step(top: int, title: str, about: str) -> list[str]:
    place = f'x="1" y="{top}" width="{WIDTH - 2}" height="{BOX}"'
    heading = 'font-size="15" font-weight="bold" fill="#14645a"'
    return [
        f'<rect {place} rx="6" fill="#f3f7f6" stroke="#14645a"/>',
        f'<text x="16" y="{top + 22}" {heading}>{escape(title)}</text>',
        f'<text x="16" y="{top + 42}" font-size="14" fill="#1c2b33">{escape(about)}</text>',
    ]


def _draw_arrow(top: int) -> str:
    """Draw an arrow that ends at the upper edge of a box."""
    path = f"M{WIDTH // 2} {top - GAP + 2} V{top - 8} m-6 0 h12 l-6 7 z"
    return f'<path d="{path}" fill="#14645a" stroke="#14645a"/>'
